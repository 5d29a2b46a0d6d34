import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rating } from '../../src/core/model.ts';
import { byGravity, isLive, type Secret } from '../../src/core/report.ts';

const rating: Rating = { provider: 'a', reach: 'scoped', stage: 'live', lasts: 'long' };

function secret(
  file: string,
  its: Partial<Omit<Secret, 'rating'>> & { rating?: Partial<Rating> } = {},
): Secret {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const kind = { fingerprint: file, detector: 'a.b', title: 'A', provider: 'a', shown: '…', sure: true };
  return { file, ...place, ...kind, ...its, rating: { ...rating, ...its.rating } };
}

test('the gravest comes first, what is not certain later, what is ignored last', () => {
  const secrets = [
    secret('ignored', { ignored: 'x', rating: { reach: 'blanket' } }),
    secret('doubtful', { sure: false, rating: { reach: 'blanket' } }),
    secret('b', { rating: { stage: 'test' } }),
    secret('a', { rating: { stage: 'test' } }),
    secret('blanket', { rating: { reach: 'blanket' } }),
    secret('scoped'),
  ];
  const order = ['blanket', 'scoped', 'a', 'b', 'doubtful', 'ignored'];
  assert.deepEqual(
    byGravity(secrets).map(it => it.file),
    order,
  );
  assert.deepEqual(
    byGravity(secrets.toReversed()).map(it => it.file),
    order,
  );
});

test('live is what is certain, not for tests, and minded; what nobody knows counts as live', () => {
  const live = [secret('a'), secret('b', { rating: { stage: 'unknown' } })];
  const others = [
    secret('c', { sure: false }),
    secret('d', { rating: { stage: 'test' } }),
    secret('e', { ignored: 'x' }),
  ];
  assert.deepEqual(
    [...live, ...others].filter(isLive).map(it => it.file),
    ['a', 'b'],
  );
});
