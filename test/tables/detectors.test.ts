import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base62, hex } from '../../src/core/detector.ts';
import { scanText } from '../../src/core/scan.ts';
import { detectors } from '../../src/secrets/index.ts';

/** Milliseconds for a hostile text; what is not linear takes minutes. Generous: machines are busy. */
const patience = 1_500;
const length = 200_000;
const long = (piece: string) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** What makes a pattern look again and again: its own beginnings, its alphabets, its separators. */
const hostile = [
  ...[base62, hex, 'a', 'A', '0', '-', '_', '.', ' ', '\n', '=', ':', '/', '@', '"', '\\', 'aA0'].map(long),
  ...[
    'a.',
    'a-',
    'a_',
    'a:',
    'a/',
    'a=',
    '=a',
    'eyJa.',
    'eyJ',
    '://',
    'a://a:',
    'token',
    'token=',
    'key',
    'x-api-key ',
    'secret: ',
    'bearer ',
    'Basic basic ',
    'password"',
    '-----BEGIN ',
    'PRIVATE KEY-----',
  ].map(long),
];

describe('a detector', () => {
  for (const detector of detectors) {
    const { id, title, hints, pattern, examples } = detector;
    const finds = (text: string) => scanText('', text, [detector]).length > 0;
    describe(id, () => {
      for (const text of examples.catches) test(`finds ${text.slice(0, 12)}…`, () => assert.ok(finds(text)));
      for (const text of examples.leaves) test(`leaves ${text}`, () => assert.ok(!finds(text)));

      test('is written as the others are', () => {
        assert.match(id, /^[a-z0-9]+\.[a-z0-9-]+$/);
        assert.match(title, /^\w[^\n]*[^.\n]$/);
        assert.ok(hints.length > 0);
        assert.deepEqual(
          hints,
          hints.map(hint => hint.toLowerCase()),
        );
        assert.ok(hints.every(hint => hint.length >= 2));
        assert.ok(pattern.flags.includes('g'));
        assert.ok(examples.catches.length > 0 && examples.leaves.length > 0);
      });

      test('begins at a boundary, or stands where only a secret does', () =>
        assert.match(pattern.source, /^(?:\\b|\(\?<!|-----)|\(\?<secret>/));

      test('needs one of its hints, so that none is missed without the pattern', () => {
        for (const text of examples.catches) assert.ok(hints.some(hint => text.toLowerCase().includes(hint)));
      });

      test('is linear', () => {
        for (const piece of [
          ...hostile,
          ...hints.flatMap(hint => [long(hint), hint + long('a'), hint + long('A0')]),
        ]) {
          const began = performance.now();
          for (const _ of piece.matchAll(pattern));
          const took = performance.now() - began;
          assert.ok(took < patience, `${Math.round(took)} ms over ${JSON.stringify(piece.slice(0, 20))}…`);
        }
      });
    });
  }
});
