import { opendir } from 'node:fs/promises';
import type { Clock } from './clock.ts';

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

interface Walk {
  readonly time: Clock;
  /** Whether to look into a folder that was found. */
  readonly enters: (folder: Entry) => boolean;
  /** Given every entry; `false` ends the walk. */
  readonly sees: (entry: Entry) => boolean | void;
  /** Given every folder that cannot be read. */
  readonly fails?: (folder: string) => void;
}

const mostEntries = 200_000;
const foldersAtOnce = 8;

/**
 * Sees everything below a folder, what is nearest first, without following links. Tells whether it saw everything:
 * it did not where time ended, `sees` ended it or a folder could not be read. Never rejects.
 */
export async function walk(folder: string, { time, enters, sees, fails }: Walk): Promise<boolean> {
  const queue = [folder];
  let left = mostEntries;
  let whole = true;
  let ended = false;
  const look = async (path: string) => {
    try {
      for await (const found of await opendir(path, { bufferSize: 512 })) {
        if (ended || time.over() || left-- <= 0) {
          ended = true;
          return;
        }
        const kind = found.isFile()
          ? 'file'
          : found.isDirectory()
            ? 'folder'
            : found.isSymbolicLink()
              ? 'link'
              : 'other';
        const entry: Entry = {
          path: path.endsWith('/') ? path + found.name : `${path}/${found.name}`,
          name: found.name,
          kind,
        };
        if (sees(entry) === false) ended = true;
        if (kind === 'folder' && !kernel.has(entry.path) && enters(entry)) queue.push(entry.path);
      }
    } catch {
      whole = false;
      fails?.(path);
    }
  };
  for (let next = 0; next < queue.length && !ended;) {
    const batch = queue.slice(next, next + foldersAtOnce);
    next += batch.length;
    await Promise.all(batch.map(look));
  }
  return whole && !ended;
}

/** Not files of anybody's. */
const kernel = new Set(['/proc', '/sys', '/dev']);
