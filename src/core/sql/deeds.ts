import type { Doing, Interrupted, Reach, Resource } from '../model.ts';
import type { Token } from './lexer.ts';
import type { Pattern } from './pattern.ts';

/*
 * What forms and functions say they do, and how the rows of their tables are written.
 */

/** What a form does: an effect, or something that must be read first. */
export type Deed =
  | Doing
  /** Touches a file. Of the server, it lies on the machine of the database; of the client, on the one that asks. */
  | { readonly does: 'file'; readonly of: 'server' | 'client'; readonly doing: Doing }
  /** Tokens that yield SQL which runs. What is not all literal is unknown as well. */
  | { readonly does: 'sql'; readonly tokens: readonly Token[]; readonly body?: true }
  /** A line for a shell: `client` on this machine, `server` on the database's. `fed` with what a query gives. */
  | { readonly does: 'shell'; readonly line: string; readonly on: 'client' | 'server'; readonly fed?: true }
  /** What stands behind it in the statement does not run. */
  | { readonly does: 'stop' }
  /** From here on another database is meant. */
  | { readonly does: 'use'; readonly reach: Reach }
  /** What follows alters this. */
  | { readonly does: 'alter'; readonly owner: Owner }
  | { readonly does: 'prepare'; readonly name: string }
  | { readonly does: 'execute'; readonly name: string };

export interface Found {
  readonly service: string;
  readonly names: readonly string[];
  readonly text: string | undefined;
  /** The tokens of the match, and those behind it that belong to the same statement. */
  readonly taken: readonly Token[];
  readonly rest: readonly Token[];
  /** What the ALTER alters that this is a part of: `TABLE`, and its name. */
  readonly owner: Owner | undefined;
}

export interface Owner {
  readonly kind: string;
  readonly name: string | undefined;
}

export interface Form {
  readonly form: string;
  readonly pattern: () => Pattern;
  /** Only where a statement may begin: these words mean something else elsewhere. */
  readonly start?: boolean;
  /** Only within an ALTER. */
  readonly part?: boolean;
  readonly does: (found: Found) => readonly Deed[];
}

export type Does = Form['does'];
export type Row = readonly [form: string, does: Does];

export function nothing(): readonly Deed[] {
  return [];
}

export function unsure(why: string): () => readonly Deed[] {
  return () => [{ does: 'unknown', why }];
}

/** What only one family of servers understands so. */
export function only(services: readonly string[], does: Does): Does {
  return found => (services.includes(found.service) || found.service === 'sql' ? does(found) : []);
}

export function destroys(what: Resource): Does {
  return found => gone(found, what, false);
}

export function destroysAll(what: Resource): Does {
  return found => gone(found, what, true);
}

export function changes(what: Resource): Does {
  return ({ service, names }) => [changed(what, service, names[0])];
}

export function changed(what: Resource, service: string, name: string | undefined): Doing {
  return { does: 'change', what, service, ...(name !== undefined && { name }) };
}

export function interrupts(what: Interrupted): Does {
  return found => interrupted(found, what, false);
}

export function interruptsAll(what: Interrupted): Does {
  return found => interrupted(found, what, true);
}

function interrupted(
  { service, names: [name], owner }: Found,
  what: Interrupted,
  all: boolean,
): readonly Deed[] {
  const whose = name ?? owner?.name;
  return [{ does: 'interrupt', what, service, all, ...(whose !== undefined && { name: whose }) }];
}

export function emptied(found: Found): readonly Deed[] {
  return gone(
    found.owner?.name === undefined ? found : { ...found, names: [found.owner.name] },
    'rows',
    true,
  );
}

/** What is taken from the ALTER's own object. */
export function owned(what: Resource): Does {
  return found => gone({ ...found, names: found.owner?.name ? [found.owner.name] : [] }, what, false);
}

/** Temporary tables of SQL Server go with their session anyway. */
export function gone(
  { service, names }: Pick<Found, 'service' | 'names'>,
  what: Resource,
  all: boolean,
): readonly Deed[] {
  const kept = names.filter(name => !name.startsWith('#'));
  if (names.length && !kept.length) return [];
  const effect = { does: 'destroy', what, service, all } as const;
  return kept.length ? kept.map(name => ({ ...effect, name })) : [effect];
}

/** What a setting becomes: only some values take something away. */
export function setTo(value: RegExp, what: Resource): Does {
  return found => (value.test(found.rest[0]?.text ?? '') ? owned(what)(found) : []);
}

/** The index of the first word outside of parentheses that `is` so, or -1. */
export function outside(tokens: readonly Token[], is: (word: string) => boolean): number {
  let depth = 0;
  for (const [index, { word }] of tokens.entries()) {
    if (word === '(') depth++;
    if (word === ')') depth--;
    if (depth === 0 && word && is(word)) return index;
  }
  return -1;
}

/** The tokens up to one of these words, outside of parentheses and of CASE. */
export function until(tokens: readonly Token[], words: ReadonlySet<string>): readonly Token[] {
  let [depth, cases] = [0, 0];
  for (const [index, { word }] of tokens.entries()) {
    if (word === '(') depth++;
    if (word === ')') depth--;
    if (word === 'CASE') cases++;
    if (word === 'END') cases--;
    if (depth === 0 && cases <= 0 && words.has(word)) return tokens.slice(0, index);
  }
  return tokens;
}

export function ticked(name: string | undefined): string {
  return `\`${name ?? ''}\``;
}
