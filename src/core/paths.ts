import type { Machine } from './ports.ts';

/*
 * Path arithmetic for both kinds of system, without touching any. Windows paths come out with forward slashes and
 * an upper-case drive letter; what is compared is compared without case there.
 */

/** The absolute, normal form of a path as a person or program writes it: `~`, `.`, `..` and doubled slashes resolved. */
export function absolute(path: string, cwd: string, machine: Machine): string {
  const written = machine.platform === 'windows' ? path.replaceAll('\\', '/') : path;
  const expanded = untilded(written, cwd, machine);
  return normal(isAbsolute(expanded, machine) ? expanded : `${cwd}/${expanded}`, machine);
}

/**
 * Linux's names for the folder and the root of the process that asks, resolved: of a shell's, where its number stands for
 * it. Any other path as it is.
 */
export function ofProcess(path: string, cwd: string): string {
  const [, at, rest = ''] =
    /^\/+proc\/+(?:self|thread-self|\$\$|\$\{?(?:\$|BASHPID|PPID)\}?)\/+(cwd|root)(\/.*|)$/s.exec(path) ?? [];
  return at === undefined ? path : at === 'cwd' ? cwd + rest : rest || '/';
}

/** `~` is one's own home, `~+` the folder at hand, `~name` somebody's home beside one's own, but for root's. */
function untilded(path: string, cwd: string, { home, platform }: Machine): string {
  const [, who, rest = ''] = /^~([+a-z_][\w.-]{0,31}|)(\/.*|)$/s.exec(path) ?? [];
  if (who === undefined) return path;
  if (who === '') return home + rest;
  if (who === '+') return cwd + rest;
  if (platform === 'windows') return path;
  return who === 'root' ? `/root${rest}` : `${dirname(home)}/${who}${rest}`;
}

export function isAbsolute(path: string, machine: Machine): boolean {
  return machine.platform === 'windows' ? /^(?:[A-Za-z]:)?[\\/]/.test(path) : path.startsWith('/');
}

/** Resolves `.`, `..` and doubled slashes of an absolute path. `..` of the root is the root. */
export function normal(path: string, machine: Machine): string {
  const slashed = machine.platform === 'windows' ? path.replaceAll('\\', '/') : path;
  const drive = machine.platform === 'windows' ? (/^[A-Za-z]:/.exec(slashed)?.[0] ?? '') : '';
  const parts: string[] = [];
  for (const part of slashed.slice(drive.length).split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return `${drive.toUpperCase()}/${parts.join('/')}`;
}

/** Whether `path` is `folder` or lies below it. Both absolute and normal. */
export function isWithin(path: string, folder: string, machine: Machine): boolean {
  const [inner, outer] = [comparable(path, machine), comparable(folder, machine)];
  return inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
}

/** The way from `folder` down to `path`, `.` for itself, or `path` unchanged where it does not lie below. */
export function relative(path: string, folder: string, machine: Machine): string {
  if (!isWithin(path, folder, machine)) return path;
  return path.slice(folder.endsWith('/') ? folder.length : folder.length + 1) || '.';
}

export function basename(path: string): string {
  return path.slice(path.replace(/(?<!\/)\/+$/, '').lastIndexOf('/') + 1).replace(/(?<!\/)\/+$/, '');
}

export function dirname(path: string): string {
  const cut = path.replace(/(?<!\/)\/+$/, '').lastIndexOf('/');
  return cut < 0 ? '.' : path.slice(0, cut) || '/';
}

function comparable(path: string, machine: Machine): string {
  return machine.platform === 'windows' ? path.toLowerCase() : path;
}

/** The part of a path before its first wildcard segment, and whether there was one. */
export function beforeWildcard(path: string): { readonly folder: string; readonly wild: boolean } {
  const parts = path.split('/');
  const first = parts.findIndex(part => /[*?[{]/.test(part));
  return first < 0
    ? { folder: path, wild: false }
    : { folder: parts.slice(0, first).join('/') || '/', wild: true };
}
