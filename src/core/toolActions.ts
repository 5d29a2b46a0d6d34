import type { Action, Dialect } from './model.ts';
import type { Machine } from './ports.ts';

/*
 * What tools do, in our words.
 */

type File = Action & { readonly kind: 'file' };

export function reading(path: string): File {
  return { kind: 'file', access: 'read', path: pathOf(path) };
}

/** Shows names only. */
export function listing(path = '.'): File {
  return { kind: 'file', access: 'list', path: pathOf(path) };
}

/** Where the text is not known, nothing is known of it. */
export function writing(path: string, text?: string): File {
  return { kind: 'file', access: 'write', path: pathOf(path), ...(text !== undefined && { text }) };
}

/** What is replaced counts as well as what replaces it: both are about what the edit changes. */
export function replacing(path: string, before: string, after: string): File {
  return { ...writing(path, `${before}\n${after}`), fresh: freshLines(before, after) };
}

export function deleting(path: string): File {
  return { kind: 'file', access: 'delete', path: pathOf(path) };
}

/** A look for text that is told where to look as agents tell it. */
export function searching(
  query: string,
  {
    regex = true,
    path = '.',
    ignored = false,
    include,
  }: {
    readonly regex?: boolean | undefined;
    readonly path?: string | undefined;
    readonly ignored?: boolean | undefined;
    readonly include?: string | undefined;
  } = {},
): Action {
  return {
    kind: 'search',
    query,
    regex,
    path: pathOf(path),
    ignored,
    ...(include !== undefined && { include }),
  };
}

export function fetching(url: string): Action {
  return /^file:/i.test(url) ? reading(url) : { kind: 'web', url, method: 'GET' };
}

/** All of these, or the only one. */
export function severally(actions: readonly Action[]): Action {
  const [only] = actions;
  if (!only) return { kind: 'unreadable', why: 'a call that names nothing' };
  return actions.length === 1 ? only : { kind: 'several', actions };
}

/** A line for the shell that the machine's terminals run. */
export function shell(line: string, machine: Machine): Action & { readonly kind: 'shell' } {
  return { kind: 'shell', line, dialect: usualShell(machine) };
}

/** A line as it runs in another folder than the agent's. */
export function shellIn(
  line: string,
  folder: unknown,
  machine: Machine,
  dialect = usualShell(machine),
): Action {
  const goes = typeof folder === 'string' && folder !== '' ? `${entering(folder, dialect)}${line}` : line;
  return { kind: 'shell', line: goes, dialect };
}

function entering(folder: string, dialect: Dialect): string {
  if (dialect === 'powershell') return `Set-Location -LiteralPath '${folder.replaceAll("'", "''")}'; `;
  return dialect === 'cmd'
    ? `cd /d "${folder}" && `
    : `cd -- '${folder.replaceAll("'", String.raw`'\''`)}' && `;
}

/** Typed into whatever runs in a terminal: a shell, or a client or an interpreter that was started before. */
export function typed(text: string, machine: Machine): Action {
  const asked: readonly Action[] = statement.test(text)
    ? [{ kind: 'sql', statement: text, dialect: 'unknown' }]
    : [
        { kind: 'code', language: 'python', text },
        { kind: 'code', language: 'javascript', text },
      ];
  return { kind: 'several', actions: [shell(text, machine), ...asked] };
}

const statement = /^\s*(?:alter|create|delete|drop|grant|insert|replace|revoke|truncate|update)\s/i;

/** The lines of a text that were not in the one before it. */
export function freshLines(before: string, after: string): string {
  const old = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter(line => !old.has(line))
    .join('\n');
}

/** The path of a `file:` address; anything else stays as it is. */
export function pathOf(uri: string): string {
  const [, host = '', path = ''] = /^file:(?:\/\/([^/]*))?(\/.*|[^/].*)$/is.exec(uri) ?? [];
  if (!path) return uri;
  const local = /^(?:|localhost|127\.0\.0\.1)$/i.test(host) ? path : `//${host}${path}`;
  try {
    return decodeURIComponent(local.replace(/[?#].*$/s, '')).replace(/^\/([A-Za-z]:)/, '$1');
  } catch {
    return local;
  }
}

/** The shell that a machine's terminals run, unless a person chose another. */
export function usualShell({ platform }: Machine): Dialect {
  return platform === 'windows' ? 'powershell' : 'posix';
}
