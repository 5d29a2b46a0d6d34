import { array, optional, string, union } from 'valibot';
import type { Action, Dialect } from './model.ts';
import type { Machine } from './ports.ts';
import { freshLines, pathOf, tool, usualShell, type Tool } from './tool.ts';

/*
 * Tools that most agents have, each by the names its fields have there.
 */

/** Runs a line of the shell, in the folder that `folder` names. */
export function runs(field: string, folder?: string, dialect?: Dialect): Tool {
  return tool({ [field]: string(), ...(folder && { [folder]: optional(string()) }) }, (input, machine) =>
    shellIn(text(input[field]), folder && input[folder], machine, dialect),
  );
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

export function reads(field: string): Tool {
  return tool({ [field]: string() }, input => reading(text(input[field])));
}

export function reading(path: string): Action {
  return { kind: 'file', access: 'read', path: pathOf(path) };
}

/** Reads one file or several. */
export function readsAll(field: string): Tool {
  return tool({ [field]: union([string(), array(string())]) }, input =>
    severally([input[field]].flat().map(it => reading(text(it)))),
  );
}

/** Shows names only. Without a path, those of the agent's folder. */
export function lists(field: string): Tool {
  return tool({ [field]: optional(string()) }, input => ({
    kind: 'file',
    access: 'list',
    path: pathOf(text(input[field]) || '.'),
  }));
}

export function deletes(field: string): Tool {
  return tool({ [field]: union([string(), array(string())]) }, input =>
    severally(
      [input[field]].flat().map((it): Action => ({ kind: 'file', access: 'delete', path: pathOf(text(it)) })),
    ),
  );
}

/** Writes a whole file; where the text is in none of the fields, nothing is known of it. */
export function writes(field: string, ...texts: readonly string[]): Tool {
  return tool({ [field]: string(), ...optionals(texts) }, input => {
    const written = texts.map(name => input[name]).find(it => it !== undefined);
    return writing(text(input[field]), written === undefined ? undefined : text(written));
  });
}

export function writing(path: string, written?: string): Action & { readonly kind: 'file' } {
  return {
    kind: 'file',
    access: 'write',
    path: pathOf(path),
    ...(written !== undefined && { text: written }),
  };
}

/** Replaces a piece of a file: what is replaced counts as well as what replaces it. */
export function replaces(field: string, before: string, after: string): Tool {
  return tool({ [field]: string(), [before]: string(), [after]: string() }, input =>
    replacing(text(input[field]), text(input[before]), text(input[after])),
  );
}

export function replacing(path: string, before: string, after: string): Action {
  const fresh = freshLines(before, after);
  return {
    kind: 'file',
    access: 'write',
    path: pathOf(path),
    text: `${before}\n${after}`,
    ...(fresh !== `${before}\n${after}` && { fresh }),
  };
}

/** Looks for a text in files that git does not ignore, unless a glob names some. */
export function searches(query: string, path: string, include?: string): Tool {
  return tool(
    { [query]: string(), [path]: optional(string()), ...(include && { [include]: optional(string()) }) },
    input => {
      const glob = include ? input[include] : undefined;
      return searching(text(input[query]), text(input[path]) || '.', glob);
    },
  );
}

export function searching(query: string, path: string, glob?: string): Action {
  const named = glob !== undefined && glob !== '';
  return {
    kind: 'search',
    query,
    regex: true,
    path: pathOf(path),
    ignored: named && !glob.startsWith('!'),
    ...(named && { include: glob }),
  };
}

export function fetches(field: string): Tool {
  return tool({ [field]: string() }, input => fetching(text(input[field])));
}

export function fetching(url: string): Action {
  return /^file:/i.test(url) ? reading(url) : { kind: 'web', url, method: 'GET' };
}

/** The first of these that can read an input: for names that are not confirmed, or that differ between versions. */
export function either(...readers: readonly [Tool, ...Tool[]]): Tool {
  return (input, machine) => {
    const read = readers.map(it => it(input, machine));
    return read.find(it => it.kind !== 'unreadable') ?? readers[0](input, machine);
  };
}

/** Several actions, or the one. */
export function severally(actions: readonly Action[]): Action {
  const [only] = actions;
  if (!only) return { kind: 'unreadable', why: 'a call that names nothing' };
  return actions.length === 1 ? only : { kind: 'several', actions };
}

/** A list of things, each an object, that some agents hand over as a text of JSON. */
export function decoded(input: unknown, fields: readonly string[]): unknown {
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([key, value]): [string, unknown] => [
      key,
      fields.includes(key) && typeof value === 'string' ? parsed(value) : value,
    ]),
  );
}

/** What a text of JSON says; the text where it is none. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function optionals(names: readonly string[]) {
  return Object.fromEntries(names.map(name => [name, optional(string())]));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
