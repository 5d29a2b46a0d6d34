import { isDeepStrictEqual } from 'node:util';
import type { Path } from '../jsonc.ts';
import type { Found, IsOurs, Wanted } from './form.ts';

/* What entries of lists are in a value, whatever it is written in. */

/** Elements of ours in the arrays at the places. */
export function foundIn(
  value: unknown,
  places: readonly (readonly string[])[],
  isOurs: IsOurs,
): readonly Found[] {
  return places.flatMap(at => {
    const array = valueAt(value, at);
    if (!Array.isArray(array)) return [];
    return array.flatMap((entry: unknown, index) =>
      isOurs(at, entry) ? smallest([...at, index], entry, part => isOurs(at, part)) : [],
    );
  });
}

/** What a value holds at a path. */
export function valueAt(value: unknown, at: readonly string[]): unknown {
  return at.reduce<unknown>(
    (held, key) =>
      typeof held === 'object' && held !== null && Object.hasOwn(held, key)
        ? (held as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

/** Somebody may have put their own hook into the group we made: then only our part of it is ours. */
function smallest(at: Path, entry: unknown, isOurs: (part: unknown) => boolean): readonly Found[] {
  if (typeof entry === 'object' && entry !== null && !Array.isArray(entry))
    for (const [key, part] of Object.entries(entry)) {
      if (!Array.isArray(part) || part.length < 2) continue;
      const items = part.filter(item => typeof item === 'object' && item !== null);
      const ours = items.filter(isOurs);
      if (ours.length === 0 || ours.length === items.length) continue;
      return part.flatMap((item: unknown, index) =>
        ours.includes(item) ? [{ path: [...at, key, index], value: item }] : [],
      );
    }
  return [{ path: at, value: entry }];
}

/** How a kind of text is read and added to. */
export interface Adding {
  /** Of a text that cannot be read it gives `undefined` or throws. */
  readonly valueOf: (text: string) => unknown;
  /** `undefined` where something is in the way. */
  readonly append: (text: string, at: readonly string[], value: unknown) => string | undefined;
}

/** The text with each that is wanted at the end of its list, and nothing else changed. Throws a sentence where it cannot be. */
export function withAdded(text: string, wanted: readonly Wanted[], { valueOf, append }: Adding): string {
  return wanted.reduce((before, { at, value }) => {
    const expected = appended(valueOf(before), at, value);
    const next = append(before, at, value);
    // Keys that stand twice, lists that stand for two by an anchor, and what else we did not think of, are left to the person.
    if (next === undefined || expected === undefined || !isValue(next, expected, valueOf))
      throw new Error(`is not as expected at \`${at.join('.')}\``);
    return next;
  }, text);
}

/** Whether a text can be read, and says this. */
export function isValue(text: string, expected: unknown, valueOf: Adding['valueOf']): boolean {
  try {
    return isDeepStrictEqual(valueOf(text), expected);
  } catch {
    return false;
  }
}

/**
 * The value that an array gets by one more entry, worked out on the value itself; `undefined` where something is in the way.
 * `null` is nothing: whether it may stand there is for what writes to say.
 */
function appended(value: unknown, at: readonly string[], entry: unknown): unknown {
  const [key, ...rest] = at;
  if (key === undefined) return value === undefined ? [entry] : isList(value) ? [...value, entry] : undefined;
  if (value !== undefined && (typeof value !== 'object' || isList(value))) return undefined;
  const held = new Map<string, unknown>(Object.entries(value ?? {}));
  const inner = appended(held.get(key) ?? undefined, rest, entry);
  return inner === undefined ? undefined : Object.fromEntries(held.set(key, inner));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The containers on the way to what is wanted that are not there yet. */
export function missing(
  wanted: readonly Wanted[],
  isThere: (at: readonly string[]) => boolean,
): readonly (readonly string[])[] {
  return wanted.flatMap(({ at }) => at.map((_, index) => at.slice(0, index + 1))).filter(at => !isThere(at));
}

/** The innermost first: what is in another goes before it. */
export function inwards(made: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...made].sort((a, b) => b.length - a.length);
}
