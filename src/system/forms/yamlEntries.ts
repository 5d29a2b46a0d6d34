import { isDeepStrictEqual } from 'node:util';
import { append, hasAt, remove, textOf, valueOf } from '../yaml.ts';
import { foundIn, inwards, isValue, missing, valueAt, withAdded } from './entries.ts';
import type { Form } from './form.ts';

/** Entries of lists in YAML. `start` is what a file begins with that was not there. */
export function yamlEntries(start: Readonly<Record<string, unknown>> = {}): Form {
  const fresh = isDeepStrictEqual(start, {}) ? '' : textOf(start);
  return {
    find: (text, places, isOurs) => foundIn(valueOf(text), places, isOurs),
    put: (text, wanted) => withAdded(text.trim() === '' ? fresh : text, wanted, { valueOf, append }),
    take: (text, found, remembered) => {
      if (!found.length) return text;
      // From the back, so that the indices of those before stay right.
      let result = [...found].reverse().reduce((rest, { path }) => remove(rest, path), text);
      for (const at of inwards(remembered.made))
        if (isEmpty(valueAt(valueOf(result), at))) result = remove(result, at);
      const nothing = !result.includes('#') && isValue(result, start, it => valueOf(it) ?? {});
      return remembered.fresh && nothing ? undefined : result;
    },
    made: (text, wanted) => missing(wanted, at => hasAt(text, at)),
  };
}

function isEmpty(value: unknown): boolean {
  return isDeepStrictEqual(value, []) || isDeepStrictEqual(value, {});
}
