import { looksLikeProduction } from './rule.ts';

/** Where the value of a secret comes from, as far as words tell: see the table in `secrets/sources.ts`. */
export type Origin =
  /** What a person stored in the editor; only a window can give it. */
  | { readonly kind: 'window'; readonly name: string }
  /** A variable of an env file, by a path as it was written. */
  | { readonly kind: 'file'; readonly path: string; readonly key: string }
  /** A variable that our own process was started with. */
  | { readonly kind: 'variable'; readonly name: string }
  /** A program that prints it. `field` is a key of the JSON that it prints. */
  | {
      readonly kind: 'program';
      readonly program: string;
      readonly args: readonly string[];
      readonly prints: 'value' | 'aws';
      readonly field?: string;
    }
  /** A program that a person set up under a name, which is given the secret's name and prints the value. */
  | { readonly kind: 'custom'; readonly id: string; readonly name: string }
  /** No source was named: it is looked for where secrets usually are. */
  | { readonly kind: 'anywhere'; readonly name: string };

/** A row of the table of sources. */
export interface SecretSource {
  readonly id: string;
  readonly title: string;
  /** How `--with NAME=…` names it. */
  readonly form: string;
  /** The origin where the text is one of this source, `undefined` where it is not. */
  readonly takes: (text: string, name: string) => Origin | undefined;
  /** From where the command lines are known, or by what they were tried. */
  readonly known: string;
  readonly examples: Readonly<Record<string, Origin>>;
}

/** Whether a name can be that of a variable that a program is started with. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w{0,127}$/.test(name);
}

/** `NAME` or `NAME=SOURCE`; `undefined` where it is neither. */
export function wanted(text: string): { readonly name: string; readonly from: string } | undefined {
  const [, name = '', from = ''] = /^([^=]*)(?:=([^]*))?$/.exec(text) ?? [];
  return isVariableName(name) && from.length <= longest ? { name, from } : undefined;
}

const longest = 2048;

/** The environment that names speak of: production by a cautious reading, another one where a word says it plainly. */
export function environmentOf(...names: readonly (string | undefined)[]): string | undefined {
  if (looksLikeProduction(...names)) return 'production';
  return names.flatMap(
    name => plainly.find(([, word]) => name !== undefined && word.test(name))?.[0] ?? [],
  )[0];
}

const plainly: readonly (readonly [name: string, word: RegExp])[] = [
  ['staging', /(?:^|[^a-z])(?:staging|stage|stg)(?:[^a-z]|$)/i],
  ['test', /(?:^|[^a-z])(?:test|testing|qa)(?:[^a-z]|$)/i],
  ['development', /(?:^|[^a-z])(?:dev|development|local)(?:[^a-z]|$)/i],
];

/** The pin that forbids it: a secret of production has no place in a session that is pinned to something else. */
export function across(pin: string | undefined, environment: string | undefined): string | undefined {
  const isProduction = environment !== undefined && looksLikeProduction(environment);
  return pin && isProduction && !looksLikeProduction(pin) ? pin : undefined;
}

/** What a window is asked for: a secret that is stored there, for a command; without one, whether it is there at all. */
export interface SecretAsked {
  readonly name: string;
  readonly command?: readonly string[];
}

/** What a window gave, as its reply has it. */
export function secretGiven(
  reply: string,
): { readonly value: string; readonly environment?: string } | { readonly problem: string } {
  const told = jsonOf(reply);
  if (told?.['stored'] === true) return { value: '' };
  const { value, environment } = told ?? {};
  if (typeof value !== 'string') return { problem: 'the editor window gave an answer that is not one' };
  return { value, ...(typeof environment === 'string' && { environment }) };
}

/** What is asked of a window, parsed at its door. */
export function secretAsked(payload: string): SecretAsked | undefined {
  const { name, command } = jsonOf(payload) ?? {};
  if (typeof name !== 'string' || !isVariableName(name)) return undefined;
  if (command === undefined) return { name };
  return Array.isArray(command) && command.every(it => typeof it === 'string')
    ? { name, command }
    : undefined;
}

/** What asks a window for the names that are handed out ahead, in place of a `SecretAsked`. */
export const handedAsked = '{"handed":true}';

/** The secrets that a window says are handed out ahead, as `--with` names them; nothing where that is no such answer. */
export function handedGiven(reply: string): readonly { readonly name: string; readonly from: string }[] {
  const told = jsonOf(reply)?.['handed'];
  if (!Array.isArray(told)) return [];
  return told.flatMap((it: unknown) => {
    const { name, from } = (it ?? {}) as Record<string, unknown>;
    return typeof name === 'string' && isVariableName(name) && typeof from === 'string'
      ? [{ name, from }]
      : [];
  });
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
