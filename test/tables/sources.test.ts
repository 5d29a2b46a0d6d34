import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { originOf, sources } from '../../src/secrets/sources.ts';

for (const { id, examples } of sources)
  describe(`source ${id}`, () => {
    for (const [from, origin] of Object.entries(examples))
      test(from, () => assert.deepEqual(originOf('NAME', from), origin));
  });

test('a source has examples, and an id of its own', () => {
  assert.ok(sources.every(it => Object.keys(it.examples).length > 0));
  assert.equal(new Set(sources.map(it => it.id)).size, sources.length);
});

describe('what is no source', () => {
  for (const from of [
    'vault:secret/app',
    'vault:-flag#x',
    'aws:--endpoint-url',
    'doppler:app',
    'doppler:-p/x',
    'op://Work',
    'https://example.com/.env',
    'keychain:NAME',
    'exec:../../bin/sh',
    'exec:/bin/sh',
    '#NAME',
  ])
    test(from, () => assert.equal(originOf('NAME', from), undefined));

  test('none at all is looked for', () =>
    assert.deepEqual(originOf('NAME', ''), { kind: 'anywhere', name: 'NAME' }));
});
