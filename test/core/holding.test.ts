import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base62, sample, type Detector } from '../../src/core/detector.ts';
import { holding } from '../../src/core/holding.ts';

const opens = (reach: 'blanket' | 'scoped', stage: 'live' | 'test'): Detector => ({
  id: `${reach}.${stage}`,
  title: `${reach} ${stage}`,
  provider: 'x',
  hints: [`${reach}_${stage}_`],
  pattern: new RegExp(`\\b${reach}_${stage}_[A-Za-z0-9]{10}`, 'g'),
  rate: () => ({ reach, stage }),
  examples: { catches: [], leaves: [] },
});
const detectors = [opens('scoped', 'live'), opens('blanket', 'test'), opens('blanket', 'live')];
const value = sample(base62, 10);
const [scoped, tried, blanket] = ['scoped_live_', 'blanket_test_', 'blanket_live_'].map(mark => mark + value);
const found = (path: string, text: string) => {
  const it = holding(path, text, [], detectors);
  return it && [it.kind, it.at, it.hidden ?? false];
};

test('a credential that opens everything of a live account hides its file, and comes before others', () => {
  assert.deepEqual(found('/scripts/old.sh', `${scoped} ${blanket}`), ['blanket live', 23, true]);
  assert.equal(typeof holding('/a', blanket ?? '', [], detectors)?.instead, 'string');
});

test('any other is worth a question', () => {
  assert.deepEqual(found('/a.ts', `x ${scoped}`), ['scoped live', 2, false]);
  assert.deepEqual(found('/a.ts', `x ${tried}`), ['blanket test', 2, false]);
  assert.equal(found('/a.ts', 'nothing'), undefined);
});

test('what tests and pages show is mostly made up: it is asked about and not hidden', () => {
  for (const path of [
    '/test/a.sh',
    '/src/__fixtures__/x',
    '/docs/x.txt',
    '/README.md',
    '/src/a.test.ts',
    '\\Tests\\a',
  ])
    assert.deepEqual(found(path, `${blanket}`), ['blanket live', 0, false], path);
  for (const path of ['/latest/a.sh', '/contest.ts', '/src/docs.ts', '/testing'])
    assert.deepEqual(found(path, `${blanket}`), ['blanket live', 0, true], path);
});
