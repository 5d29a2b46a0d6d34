import { array, optional, string, union } from 'valibot';
import type { Dialect } from './model.ts';
import { tool, type Tool } from './tool.ts';
import {
  deleting,
  fetching,
  listing,
  reading,
  replacing,
  searching,
  severally,
  shellIn,
  writing,
} from './toolActions.ts';

/*
 * Tools that most agents have, each by the names its fields have there.
 */

/** Runs a line of the shell, in the folder that `folder` names. */
export function runs(field: string, folder?: string, dialect?: Dialect): Tool {
  return tool({ [field]: string(), ...(folder && { [folder]: optional(string()) }) }, (input, machine) =>
    shellIn(text(input[field]), folder && input[folder], machine, dialect),
  );
}

export function reads(field: string): Tool {
  return tool({ [field]: string() }, input => reading(text(input[field])));
}

/** Reads one file or several. */
export function readsAll(field: string): Tool {
  return tool({ [field]: union([string(), array(string())]) }, input =>
    severally([input[field]].flat().map(it => reading(text(it)))),
  );
}

/** Shows names only. Without a path, those of the agent's folder. */
export function lists(field: string): Tool {
  return tool({ [field]: optional(string()) }, input => listing(text(input[field]) || '.'));
}

export function deletes(field: string): Tool {
  return tool({ [field]: union([string(), array(string())]) }, input =>
    severally([input[field]].flat().map(it => deleting(text(it)))),
  );
}

/** Writes a whole file; where the text is in none of the fields, nothing is known of it. */
export function writes(field: string, ...texts: readonly string[]): Tool {
  return tool({ [field]: string(), ...optionals(texts) }, input => {
    const written = texts.map(name => input[name]).find(it => it !== undefined);
    return writing(text(input[field]), written === undefined ? undefined : text(written));
  });
}

export function replaces(field: string, before: string, after: string): Tool {
  return tool({ [field]: string(), [before]: string(), [after]: string() }, input =>
    replacing(text(input[field]), text(input[before]), text(input[after])),
  );
}

/** Looks for a text in files that git does not ignore, unless a glob names some. */
export function searches(query: string, path: string, include?: string): Tool {
  return tool(
    { [query]: string(), [path]: optional(string()), ...(include && { [include]: optional(string()) }) },
    input => {
      const glob = (include && input[include]) || undefined;
      const ignored = glob !== undefined && !glob.startsWith('!');
      return searching(text(input[query]), { path: text(input[path]) || '.', ignored, include: glob });
    },
  );
}

export function fetches(field: string): Tool {
  return tool({ [field]: string() }, input => fetching(text(input[field])));
}

/** The first of these that can read an input: for names that are not confirmed, or that differ between versions. */
export function either(...readers: readonly [Tool, ...Tool[]]): Tool {
  return (input, machine) => {
    const read = readers.map(it => it(input, machine));
    return read.find(it => it.kind !== 'unreadable') ?? readers[0](input, machine);
  };
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
