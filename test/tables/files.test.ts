import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secretContents } from '../../src/secrets/contents.ts';
import { secretFiles } from '../../src/secrets/files.ts';

describe('a kind of file known by what stands in it', () => {
  for (const { id, hints, holds, examples } of secretContents)
    describe(id, () => {
      const takes = (text: string) =>
        hints.some(hint => text.toLowerCase().includes(hint)) && holds(text) >= 0;
      for (const [index, text] of examples.catches.entries())
        test(`is known: ${index}`, () => assert.ok(takes(text)));
      for (const text of examples.leaves) test(`is not ${text}`, () => assert.ok(!takes(text)));
    });
});

test('every kind of hidden file says what to do instead', () => {
  for (const { id, instead } of [...secretFiles, ...secretContents])
    assert.match(instead, /^(?:[a-z`]).*\.$/, id);
});

test('no kind of hidden file stands twice', () => {
  for (const rows of [secretFiles, secretContents])
    assert.equal(new Set(rows.map(it => it.id)).size, rows.length);
});
