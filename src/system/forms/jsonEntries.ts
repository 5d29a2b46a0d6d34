import { isDeepStrictEqual } from 'node:util';
import { append, isBlank, nodeAt, plain, remove, tree, type Path } from '../jsonc.ts';
import type { Form, Found, IsOurs } from './form.ts';

/**
 * Entries of arrays in JSON with comments. `start` is what a file begins with that was not there, such as the number of
 * a version.
 */
export function jsonEntries(start: Readonly<Record<string, unknown>> = {}): Form {
  const fresh = `${JSON.stringify(start, null, 2)}\n`;
  return {
    find: (text, places, isOurs) => foundIn(valueOf(parsing(text)), places, isOurs),
    put: (text, wanted) => {
      let result = text.trim() === '' ? fresh : text;
      for (const { at, value } of wanted) {
        const expected = appended(valueOf(result), at, value);
        const next = append(result, at, value);
        // Keys that stand twice, and what else we did not think of, are left to the person.
        if (next === undefined || expected === undefined || !isDeepStrictEqual(valueOf(next), expected))
          throw new Error(`is not as expected at \`${at.join('.')}\``);
        result = next;
      }
      return result;
    },
    take: (text, found, remembered) => {
      if (!found.length) return text;
      // From the back, so that the indices of those before stay right.
      let result = [...found].reverse().reduce((rest, { path: at }) => remove(rest, at), text);
      const made = [...remembered.made].sort((a, b) => b.length - a.length);
      for (const at of made) result = withoutEmpty(result, at);
      const root = tree(result);
      if (!root) throw new Error('is not as expected');
      const nothing = isBlank(result, root) || isDeepStrictEqual(plain(root), start);
      return remembered.fresh && nothing ? undefined : result;
    },
    made: (text, wanted) => {
      const root = tree(text);
      const all = wanted.flatMap(({ at }) => at.map((_, index) => at.slice(0, index + 1)));
      return all.filter(at => !root || !nodeAt(root, at));
    },
  };
}

/** Elements of ours in the arrays at the places. */
export function foundIn(
  value: unknown,
  places: readonly (readonly string[])[],
  isOurs: IsOurs,
): readonly Found[] {
  return places.flatMap(at => {
    const array = at.reduce<unknown>(
      (held, key) =>
        typeof held === 'object' && held !== null && Object.hasOwn(held, key)
          ? (held as Record<string, unknown>)[key]
          : undefined,
      value,
    );
    if (!Array.isArray(array)) return [];
    return array.flatMap((entry: unknown, index) =>
      isOurs(at, entry) ? smallest([...at, index], entry, part => isOurs(at, part)) : [],
    );
  });
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

/** The value that an array gets by one more entry, worked out on the value itself; `undefined` where something is in the way. */
function appended(value: unknown, at: readonly string[], entry: unknown): unknown {
  const [key, ...rest] = at;
  if (key === undefined)
    return value === undefined
      ? [entry]
      : Array.isArray(value)
        ? [...(value as unknown[]), entry]
        : undefined;
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
    return undefined;
  const held = new Map(Object.entries(value ?? {}));
  const inner = appended(held.get(key), rest, entry);
  return inner === undefined ? undefined : Object.fromEntries(held.set(key, inner));
}

function parsing(text: string): string {
  if (text.trim() !== '' && !tree(text)) throw new Error('does not parse as JSON');
  return text;
}

function valueOf(text: string): unknown {
  const root = tree(text);
  return root && plain(root);
}

function withoutEmpty(text: string, at: readonly string[]): string {
  const root = tree(text);
  const node = root && nodeAt(root, at);
  const isEmpty = node && (node.type === 'object' || node.type === 'array') && isBlank(text, node);
  return isEmpty ? remove(text, at) : text;
}
