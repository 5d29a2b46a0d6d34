import type { Span } from '../../model.ts';
import { absolute } from '../../paths.ts';
import type { Machine } from '../../ports.ts';
import { unknown, type Said } from '../../program.ts';
import type { Item } from './values.ts';

/** What is done to a path that a command or a method of PowerShell names. */
export interface Place extends Item {
  readonly at: Span;
}

/** A registry's path rather than a file's, in either of its notations. */
export function isRegistry(path: string): boolean {
  return /^(?:microsoft\.powershell\.core[\\/])?(?:registry::|hk(?:lm|cu|cr|u|cc):|hkey_)/i.test(path);
}

/** The file that a path names: providers, long forms and backslashes taken away. */
export function fileOf(path: string): string {
  return path
    .replace(/^(?:microsoft\.powershell\.core[\\/])?filesystem::/i, '')
    .replaceAll('\\', '/')
    .replace(/^\/\/[?.]\/(?=[A-Za-z]:)/, '');
}

/** A drive that holds no files: `env:`, `cert:`, `variable:`. Drives of disks have one letter. */
export function providerOf(path: string): string | undefined {
  return /^([a-z]{2,}):(?![\\/]{2}\w)/i.exec(path)?.[1]?.toLowerCase();
}

/** Deleting what stands there. A path of which not even the name can be known may be any. */
export function deletes({ text, known, wild, at }: Place, deep: boolean, by: string): Said {
  const path = fileOf(text);
  const written = withoutEnd(withoutBrackets(path));
  const name = written.slice(written.lastIndexOf('/') + 1);
  const plain = name.replace(/\$\w*/g, '');
  if (!known && (/[*?]/.test(name) || !/[\w]/.test(plain) || (deep && plain !== name)))
    return unknown(`\`${by}\` deletes \`${text}\`, which cannot be known here`, at);
  return { does: 'delete', path, deep: deep || wild === true || /[*?]/.test(name), at };
}

/** The path without what a bracket in it gives, which only shows how it was written. */
export function withoutBrackets(path: string): string {
  const [from, to] = [path.indexOf('$('), path.lastIndexOf(')')];
  return from >= 0 && to > from ? `${path.slice(0, from)}$${path.slice(to + 1)}` : path;
}

function withoutEnd(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

export function reads({ text, at }: Place): Said {
  return { does: 'read', path: fileOf(text), at };
}

export function writes(
  { text, at }: Place,
  how: 'create' | 'append' | 'empty' | 'edit',
  content?: string,
): Said {
  return { does: 'write', path: fileOf(text), how, at, ...(content !== undefined && { text: content }) };
}

export function moves({ text, at }: Place, to: string): Said {
  return { does: 'move', path: fileOf(text), to: fileOf(to), at };
}

/** A disk of Windows stands where Linux sees it, on a machine that is not Windows. */
export function onDisk(path: string, { platform }: Machine): string {
  const disk = platform === 'posix' ? /^([A-Za-z]):(?=[\\/]|$)(.*)$/s.exec(path) : null;
  return disk ? `/mnt/${(disk[1] ?? '').toLowerCase()}${(disk[2] ?? '').replaceAll('\\', '/')}` : path;
}

/** Where a change of folder leads. */
export function moved(path: string, cwd: string, machine: Machine): string {
  return absolute(onDisk(path.replaceAll('\\', '/'), machine), cwd, machine);
}
