import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** A pipe that nobody writes to would keep us for ever, so nothing is opened that could wait. */
export const neverWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

export type Content =
  | { readonly found: 'bytes'; readonly bytes: Buffer }
  | { readonly found: 'nothing' }
  | { readonly found: 'unreadable'; readonly why: string };

/** The bytes of an ordinary file of at most `most` bytes. Never a device, a pipe or a socket. Never rejects. */
export async function contentOf(path: string, most: number): Promise<Content> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, neverWaiting);
    const stat = await file.stat();
    if (!stat.isFile()) return { found: 'unreadable', why: `\`${path}\` is not an ordinary file` };
    if (stat.size > most) return { found: 'unreadable', why: `\`${path}\` is larger than ${most} bytes` };
    // One byte more than allowed: files in /proc say they are empty.
    const bytes = Buffer.alloc(Math.max(stat.size, 64 * 1024) + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
      if (!bytesRead) break;
      length += bytesRead;
    }
    if (length > most) return { found: 'unreadable', why: `\`${path}\` is larger than ${most} bytes` };
    return { found: 'bytes', bytes: bytes.subarray(0, length) };
  } catch (error) {
    return isMissing(error)
      ? { found: 'nothing' }
      : { found: 'unreadable', why: `cannot read \`${path}\`: ${codeOf(error)}` };
  } finally {
    await file?.close().catch(() => undefined);
  }
}

/** The same without waiting, for many small files; absent whatever is wrong with the file. */
export function contentNow(path: string, most: number): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, neverWaiting);
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > most) return undefined;
    const bytes = Buffer.alloc(stat.size);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      if (!read) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
