import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handedGiven } from '../../src/core/origin.ts';

test('what a window hands out ahead is taken from an answer that is one', () => {
  const one = { name: 'DB', from: '.env' };
  assert.deepEqual(
    handedGiven(JSON.stringify({ handed: [one, null, { name: 'a b', from: '' }, { name: 'X' }] })),
    [one],
  );
  for (const wrong of ['', '{', 'null', '[]', '{}', '{"handed":1}', '{"stored":true}'])
    assert.deepEqual(handedGiven(wrong), [], wrong);
});
