import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rating } from '../../src/core/model.ts';
import { isLive, type Secret } from '../../src/core/report.ts';

const rating: Rating = { provider: 'a', reach: 'scoped', stage: 'live', lasts: 'long' };

function secret(
  file: string,
  its: Partial<Omit<Secret, 'rating'>> & { rating?: Partial<Rating> } = {},
): Secret {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const kind = { fingerprint: file, detector: 'a.b', title: 'A', provider: 'a', shown: '…', sure: true };
  return { file, ...place, ...kind, ...its, rating: { ...rating, ...its.rating } };
}

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
