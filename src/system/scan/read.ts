import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { Skip } from '../../core/report.ts';
import { neverWaiting } from '../world/regular.ts';

/** Bytes. What is longer is data, and would take longer than all else together. */
export const largest = 5 * 1024 * 1024;

export type Text = { readonly text: string; readonly bytes: number } | { readonly skip: Skip };

/** The text of an ordinary file, or why there is none. `named`: it holds secrets by its name, so that it is read whatever it is. */
export function textOfFile(file: string, named: boolean): Text {
  let handle: number | undefined;
  try {
    handle = openSync(file, neverWaiting);
    const before = fstatSync(handle);
    if (!before.isFile()) return { skip: 'special' };
    if (before.size > largest) return { skip: 'large' };
    const bytes = Buffer.alloc(before.size + 1);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(handle, bytes, length, bytes.length - length, null);
      if (!read) break;
      length += read;
    }
    if (length !== before.size || markOf(fstatSync(handle)) !== markOf(before)) return { skip: 'changing' };
    return textOf(bytes.subarray(0, length), named);
  } catch {
    return { skip: 'unreadable' };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** The text that bytes are; PowerShell writes its files in UTF-16. */
export function textOf(bytes: Uint8Array, named: boolean): Text {
  const [first, second] = bytes;
  const wide =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff && 'utf-16be';
  if (!wide && !named && bytes.subarray(0, 8192).includes(0)) return { skip: 'binary' };
  return { text: new TextDecoder(wide || 'utf-8').decode(bytes), bytes: bytes.length };
}

/** Changes when a file does. */
export function markOf({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}
