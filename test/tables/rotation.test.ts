import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectors } from '../../src/secrets/index.ts';
import { rotations } from '../../src/secrets/rotation.ts';

test('every provider of a detector has its rotation, and no other', () =>
  assert.deepEqual(
    Object.keys(rotations).toSorted(),
    [...new Set(detectors.map(it => it.provider))].toSorted(),
  ));

test('a rotation says where, and ends in full stops', () => {
  for (const { name, where, make, revoke, depends } of Object.values(rotations)) {
    assert.ok(name.length > 1 && where.length > 8, name);
    assert.ok(!where.endsWith('.'), `${name}: ${where}`);
    for (const text of [make, revoke, depends]) assert.match(text, /[^.]\.$/, `${name}: ${text}`);
  }
});
