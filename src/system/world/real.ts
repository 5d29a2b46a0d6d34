import { lstat, readlink, realpath } from 'node:fs/promises';
import { absolute, basename, dirname, isAbsolute, normal } from '../../core/paths.ts';
import type { Machine } from '../../core/ports.ts';

/**
 * The path with its links resolved, as far as it exists: a link that leads nowhere counts as what it names. Throws
 * for what cannot be a path of this machine.
 */
export async function realOf(written: string, machine: Machine): Promise<string> {
  return resolved(stated(written, machine), machine, 40);
}

/** The path as it was written, made normal. Throws for what cannot be a path of this machine. */
export function stated(written: string, machine: Machine): string {
  if (written.includes('\0')) throw new Error('a path with a zero byte');
  if (written.length > longestPath) throw new Error('a path longer than any there is');
  const tilde = written === '~' || written.startsWith('~/');
  if (!tilde && !isAbsolute(written, machine)) throw new Error('a path relative to nothing');
  const path = absolute(written, '/', machine);
  const ofProcess = /^\/proc\/(?:self|thread-self|[0-9]+)(?:\/task\/[0-9]+)?\/(root|cwd)(\/.*|$)/.exec(path);
  // Ours is not the folder of the process that will be asked.
  if (ofProcess?.[1] === 'cwd') throw new Error("another process's folder");
  return ofProcess ? ofProcess[2] || '/' : path;
}

const longestPath = 32_768;

async function resolved(path: string, machine: Machine, hops: number): Promise<string> {
  // Which terminal or pipe these are depends on who opens them.
  if (/^\/(?:dev\/(?:std(?:in|out|err)|fd|tty)|proc\/[^/]+\/fd)(?:\/|$)/.test(path)) return path;
  let exists = path;
  const rest: string[] = [];
  for (;;) {
    try {
      const real = normal(await realpath(exists), machine);
      return rest.length ? normal(`${real}/${rest.join('/')}`, machine) : real;
    } catch {
      const target = hops > 0 ? await linkAt(exists) : undefined;
      if (target !== undefined) {
        const folder = await resolved(dirname(exists), machine, hops - 1);
        const there = absolute(target, folder, machine);
        return resolved(normal([there, ...rest].join('/'), machine), machine, hops - 1);
      }
      const parent = dirname(exists).replace(/^[A-Z]:$/, '$&/');
      if (parent === exists || parent === '.') return path;
      rest.unshift(basename(exists));
      exists = parent;
    }
  }
}

async function linkAt(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch {
    return undefined;
  }
}
