import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { base62, hex, sample } from '../../src/core/detector.ts';
import { detect, redact } from '../../src/core/redact.ts';
import { detectors } from '../../src/secrets/index.ts';

const hidden = (text: string) => redact(text, detectors) as string;
const examples = detectors.flatMap(({ id, examples: { catches } }) => catches.map(text => ({ id, text })));

describe('redact', () => {
  for (const { id, text } of examples)
    test(`${id}: nothing of an example is left`, () => {
      for (const { value } of detect(text, detectors)) {
        assert.ok(value.length >= 3);
        assert.ok(!hidden(text).includes(value), value);
        for (const [before, after] of [
          ['', ''],
          ['export X="', '"; ls'],
          ['curl -H "X: ', '" https://example.com'],
          ["'", "'"],
          ['{"a":"', '"}'],
          ['\n', '\n'],
        ] as const)
          assert.ok(!hidden(`${before}${text}${after}`).includes(value), `${before}…${after}`);
      }
    });

  test('twice is once', () => {
    const piece = fc.oneof(
      fc.constantFrom(...examples.map(it => it.text)),
      fc.string({ maxLength: 12 }),
      fc.constantFrom(' ', '\n', '=', ': ', '"', "'", '://', '@', 'token=', 'Bearer ', 'password: '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const once = hidden(pieces.join(''));
        assert.equal(hidden(once), once);
      }),
      { numRuns: 400 },
    );
  });

  test('the same token many times is hidden each time', () => {
    const token = `ghp_${sample(base62, 36)}`;
    assert.ok(!hidden(`${token} ${token}\n${token}`).includes(token));
  });

  test('ordinary text stays as it is', () => {
    for (const text of [
      'npm test -- --watch',
      'git commit -m "Add a token parser"',
      'const key = keys[0];',
      'https://example.com:8080/a/b?c=d',
      `sha ${sample(hex, 40)}`,
      'PATH=/usr/bin:/bin',
    ])
      assert.equal(hidden(text), text);
  });
});

test('a place that was found is the place of the value', () =>
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.string(), fc.string(), ({ text }, before, after) => {
      const all = `${before} ${text} ${after}`;
      for (const { value, at } of detect(all, detectors)) assert.equal(all.slice(...at), value);
    }),
  ));
