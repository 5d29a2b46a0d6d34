import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rating } from '../../src/core/model.ts';
import { nameIn } from '../../src/core/named.ts';
import { gravity, rated, ratingWords } from '../../src/core/rating.ts';

const unknown: Rating = { provider: 'x', reach: 'unknown', stage: 'unknown', lasts: 'unknown' };

describe('rated', () => {
  test('what nothing tells is unknown', () =>
    assert.deepEqual(rated({ provider: 'x' }, 'v', '', 'a.ts'), unknown));

  test('a detector tells first', () =>
    assert.deepEqual(
      rated(
        { provider: 'x', rate: () => ({ reach: 'scoped', environment: 'staging' }) },
        'v',
        'PROD_KEY=',
        '.env.production',
      ),
      { ...unknown, reach: 'scoped', environment: 'staging' },
    ));

  for (const [before, path, environment] of [
    ['PROD_DB_URL=', '.env', 'production'],
    ['"stagingKey": "', 'a.json', undefined],
    ['STAGING_KEY: ', 'a.yml', 'staging'],
    ['KEY=', '/app/.env.production', 'production'],
    ['KEY=', '/app/.env.test', 'test'],
    ['KEY=', '/app/prod/values.yaml', 'production'],
    ['KEY=', '/prod/app/values/a.yaml', undefined],
    ['KEY=', '/app/.env.local', 'development'],
    ['KEY=', '/app/product.ts', undefined],
  ] as const)
    test(`${before} in ${path}: ${environment}`, () =>
      assert.equal(rated({ provider: 'x' }, 'v', before, path).environment, environment));

  test('production is live unless the credential says otherwise', () => {
    assert.equal(rated({ provider: 'x' }, 'v', 'PROD_KEY=', '').stage, 'live');
    assert.equal(
      rated({ provider: 'x', rate: () => ({ stage: 'test' }) }, 'v', 'PROD_KEY=', '').stage,
      'test',
    );
  });
});

test('the name a value is given to', () => {
  assert.equal(nameIn('export A_TOKEN="'), 'A_TOKEN');
  assert.equal(nameIn('  "a.b": "'), 'a.b');
  assert.equal(nameIn("env['A_B'] = '"), 'A_B');
  assert.equal(nameIn('curl --api-key '), 'api-key');
  assert.equal(nameIn('ENV A_TOKEN '), 'A_TOKEN');
  assert.equal(nameIn('a := '), 'a');
  assert.equal(nameIn('curl '), '');
});

test('the graver the higher, and unknown is the worse', () => {
  const grave: readonly Partial<Rating>[] = [
    { reach: 'blanket', stage: 'live', lasts: 'long', environment: 'production' },
    { reach: 'blanket', stage: 'live', lasts: 'long' },
    { reach: 'blanket' },
    {},
    { stage: 'test' },
    { reach: 'scoped', stage: 'live' },
    { reach: 'scoped', stage: 'test', lasts: 'session' },
  ];
  const heights = grave.map(it => gravity({ ...unknown, ...it }));
  assert.deepEqual(
    heights,
    heights.toSorted((a, b) => b - a),
  );
  assert.equal(new Set(heights).size, heights.length);
});

test('in words', () => {
  assert.equal(ratingWords(unknown), 'reach unknown');
  assert.equal(
    ratingWords({ ...unknown, reach: 'blanket', stage: 'live', environment: 'production' }),
    'blanket, live, production',
  );
  assert.equal(
    ratingWords({ ...unknown, reach: 'blanket', stage: 'test', environment: 'test' }),
    'blanket, test',
  );
  for (const day of ['1970-01-01', '2000-02-29', '2026-11-29', '2100-03-01', '1999-12-31'])
    assert.equal(
      ratingWords({ ...unknown, reach: 'scoped', lasts: 'session', expires: Date.parse(day) }),
      `scoped, short-lived, ends ${day}`,
    );
});
