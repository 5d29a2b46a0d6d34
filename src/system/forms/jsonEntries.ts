import { isDeepStrictEqual } from 'node:util';
import { append, isBlank, nodeAt, plain, remove, tree } from '../jsonc.ts';
import { foundIn, inwards, missing, withAdded } from './entries.ts';
import type { Form } from './form.ts';

/**
 * Entries of arrays in JSON with comments. `start` is what a file begins with that was not there, such as the number of
 * a version.
 */
export function jsonEntries(start: Readonly<Record<string, unknown>> = {}): Form {
  const fresh = `${JSON.stringify(start, null, 2)}\n`;
  return {
    find: (text, places, isOurs) => foundIn(valueOf(parsing(text)), places, isOurs),
    put: (text, wanted) => withAdded(text.trim() === '' ? fresh : text, wanted, { valueOf, append }),
    take: (text, found, remembered) => {
      if (!found.length) return text;
      // From the back, so that the indices of those before stay right.
      let result = [...found].reverse().reduce((rest, { path: at }) => remove(rest, at), text);
      for (const at of inwards(remembered.made)) result = withoutEmpty(result, at);
      const root = tree(result);
      if (!root) throw new Error('is not as expected');
      const nothing = isBlank(result, root) || isDeepStrictEqual(plain(root), start);
      return remembered.fresh && nothing ? undefined : result;
    },
    made: (text, wanted) => {
      const root = tree(text);
      return missing(wanted, at => root !== undefined && nodeAt(root, at) !== undefined);
    },
  };
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
