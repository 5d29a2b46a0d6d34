import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aged, agedWords, grade, gravestFirst, pressingFirst } from '../../src/core/aged.ts';
import type { Sighting } from '../../src/core/ages.ts';
import type { Rating } from '../../src/core/model.ts';
import type { Secret } from '../../src/core/report.ts';

const day = 24 * 60 * 60 * 1000;
const now = 1_800_000_000_000;

function secret(id: string, rating: Partial<Rating> = {}, more: Partial<Secret> = {}): Secret {
  return {
    ...{ fingerprint: id, file: `/w/${id}`, line: 1, column: 1, endLine: 1, endColumn: 9 },
    ...{ detector: 'github.token', title: 'GitHub token', provider: 'github', shown: 'ghp_…', sure: true },
    rating: { provider: 'github', reach: 'unknown', stage: 'unknown', lasts: 'long', ...rating },
    ...more,
  };
}

const seen = (fingerprint: string, days: number): [string, Sighting] => [
  fingerprint,
  {
    ...{ fingerprint, kind: 'github.token', file: `/w/${fingerprint}`, place: 'TOKEN', by: 'scan' },
    ...{ firstSeen: now - days * day, lastSeen: now },
  },
];

const blanket = secret('blanket', { reach: 'blanket', stage: 'live' });
const scoped = secret('scoped', { reach: 'scoped', stage: 'live' });
const test1 = secret('test', { reach: 'blanket', stage: 'test' });
const unsure = secret('unsure', { reach: 'blanket', stage: 'live' }, { sure: false });
const ignored = secret('ignored', { reach: 'blanket', stage: 'live' }, { ignored: 'an example' });

test('a secret is graded', () => {
  assert.deepEqual([blanket, scoped, secret('x'), test1, unsure, ignored].map(grade), [
    'error',
    'warning',
    'warning',
    'information',
    'information',
    undefined,
  ]);
});

describe('secrets are sorted', () => {
  const all = [ignored, test1, unsure, scoped, blanket];
  const names = (sort: typeof gravestFirst, ages: readonly [string, Sighting][] = []) =>
    all
      .map(it => aged(it, new Map(ages), 90, now))
      .sort(sort)
      .map(it => it.secret.fingerprint);

  test('the gravest first', () =>
    assert.deepEqual(names(gravestFirst), ['blanket', 'scoped', 'unsure', 'test', 'ignored']));

  test('what presses most first', () =>
    assert.deepEqual(
      names(pressingFirst, [seen('test', 200), seen('scoped', 100), seen('blanket', 10), seen('unsure', 80)]),
      ['test', 'scoped', 'unsure', 'blanket', 'ignored'],
    ));
});

test('a secret in words', () => {
  const days = { github: 30 };
  assert.equal(agedWords({ secret: blanket }), 'blanket, live');
  assert.equal(
    agedWords(aged(blanket, new Map([seen('blanket', 3)]), days, now)),
    'blanket, live; 3 days old',
  );
  assert.equal(
    agedWords(aged(unsure, new Map([seen('unsure', 31)]), days, now)),
    'blanket, live; not certain; overdue by 1 day',
  );
  assert.equal(agedWords({ secret: ignored }), 'blanket, live; ignored: an example');
});
