import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { walked } from '../support/walked.ts';

/** A text of one to eight characters that a shell would read as something else, each as it must be quoted. */
const text = fc.string({
  unit: fc.constantFrom(...'ab \'"\\$`*?[]{}(),;|&<>~#!=\n\t-é€'),
  minLength: 1,
  maxLength: 8,
});

describe('a text comes through quoting as it is', () => {
  for (const [name, quoted] of Object.entries({
    'single quotes': (it: string) => `'${it.replaceAll("'", `'\\''`)}'`,
    'double quotes': (it: string) => `"${it.replaceAll(/["\\$`]/g, '\\$&')}"`,
    'ANSI-C quotes': (it: string) =>
      `$'${it.replaceAll(/['\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`,
    'a backslash before each': (it: string) =>
      [...it].map(character => (character === '\n' ? `$'\\n'` : `\\${character}`)).join(''),
  }))
    test(name, () =>
      fc.assert(
        fc.property(text, it => {
          const shown = /\s/.test(it) ? `‹${it}›` : it;
          // A quoted tilde is no home folder, and is said so; an escaped one is taken for it, to be careful.
          fc.pre(!it.startsWith('~') || !name.startsWith('a backslash'));
          const kept = it.startsWith('~') ? shown.replace('~', './~') : shown;
          assert.deepEqual(walked(`rm ${quoted(it)}`), [`rm ${kept}`]);
        }),
        { numRuns: 300 },
      ),
    );
});
