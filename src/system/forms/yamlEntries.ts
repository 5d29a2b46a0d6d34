import { isDeepStrictEqual } from 'node:util';
import { append, hasAt, remove, textOf, valueOf } from '../yaml.ts';
import { appended, foundIn, inwards, missing, valueAt } from './entries.ts';
import type { Form } from './form.ts';

/** Entries of lists in YAML. `start` is what a file begins with that was not there. */
export function yamlEntries(start: Readonly<Record<string, unknown>> = {}): Form {
  const fresh = isDeepStrictEqual(start, {}) ? '' : textOf(start);
  return {
    find: (text, places, isOurs) => foundIn(valueOf(text), places, isOurs),
    put: (text, wanted) => {
      let result = text.trim() === '' ? fresh : text;
      for (const { at, value } of wanted) {
        const expected = appended(valueOf(result), at, value);
        const next = append(result, at, value);
        // A list that stands for two by an anchor, and what else we did not think of, is left to the person.
        if (next === undefined || expected === undefined || !isValue(next, expected))
          throw new Error(`is not as expected at \`${at.join('.')}\``);
        result = next;
      }
      return result;
    },
    take: (text, found, remembered) => {
      if (!found.length) return text;
      // From the back, so that the indices of those before stay right.
      let result = [...found].reverse().reduce((rest, { path }) => remove(rest, path), text);
      for (const at of inwards(remembered.made))
        if (isEmpty(valueAt(valueOf(result), at))) result = remove(result, at);
      const nothing = !result.includes('#') && isValue(result, start);
      return remembered.fresh && nothing ? undefined : result;
    },
    made: (text, wanted) => missing(wanted, at => hasAt(text, at)),
  };
}

function isValue(text: string, expected: unknown): boolean {
  try {
    return isDeepStrictEqual(valueOf(text) ?? {}, expected);
  } catch {
    return false;
  }
}

function isEmpty(value: unknown): boolean {
  return isDeepStrictEqual(value, []) || isDeepStrictEqual(value, {});
}
