import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { encodings, utf8 } from '../../src/core/encodings.ts';
import { masker, type Named } from '../../src/core/masking.ts';

const runs = { numRuns: Number(process.env['RUNS'] ?? 400), seed: Number(process.env['SEED'] ?? 1) };

/** As programs write a value: each by functions that are not ours. */
const writers: readonly ((value: string) => string)[] = [
  value => value,
  value => Buffer.from(value).toString('base64'),
  value => Buffer.from(`ab${value}cd`).toString('base64'),
  value => Buffer.from(`a${value}`).toString('base64url'),
  value =>
    (
      Buffer.from(`user:${value}\n`)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n'),
  value =>
    (
      Buffer.from(value)
        .toString('base64')
        .match(/.{1,5}/g) ?? []
    ).join('\r\n    '),
  value => Buffer.from(value).toString('hex'),
  value => (Buffer.from(value).toString('hex').toUpperCase().match(/../g) ?? []).join(':'),
  value =>
    (
      Buffer.from(value)
        .toString('hex')
        .match(/.{1,30}/g) ?? []
    ).join('\n'),
  value => encodeURIComponent(value),
  value => new URLSearchParams({ value }).toString(),
  value => JSON.stringify(value),
  value => JSON.stringify({ nested: JSON.stringify({ value }) }),
  value => `'${value.replaceAll("'", "'\\''")}'`,
  value => `https://user:${value}@host/`,
];

/** Without halves of characters, which others refuse to write. */
function isWhole(text: string): boolean {
  return Buffer.from(text).toString() === text;
}

const value = fc
  .oneof(
    fc.string({ minLength: 4, maxLength: 60, unit: fc.constantFrom(...'abAB01') }),
    fc.string({ minLength: 4, maxLength: 80, unit: 'grapheme-ascii' }),
    fc.string({ minLength: 4, maxLength: 20, unit: 'grapheme' }),
    fc.string({ minLength: 4, maxLength: 6, unit: fc.constantFrom(...'aab') }),
  )
  .filter(it => it.trim().length >= 4 && isWhole(it) && !/^<?[SECRT<>0-9]*$/.test(it));

/** Some that are prefixes of others, some that overlap. */
const secrets = fc
  .array(value, { minLength: 1, maxLength: 3 })
  .chain(values =>
    fc
      .tuple(fc.constant(values), fc.boolean(), fc.boolean())
      .map(([all, prefix, overlap]) => [
        ...all,
        ...(prefix ? [`${all[0]}xy`] : []),
        ...(overlap ? [`${(all[0] ?? '').slice(-3)}yx`] : []),
      ]),
  )
  .filter(values => values.every(it => it.trim().length >= 4 && isWhole(it)))
  .map(values => values.map((value, index): Named => ({ name: `SECRET${index}`, value })));

const text = fc.oneof(
  fc.string({ maxLength: 30, unit: 'grapheme' }),
  fc.string({ maxLength: 30, unit: fc.constantFrom(...'abAB01=\n ') }),
);

const story = secrets.chain(all =>
  fc.record({
    all: fc.constant(all),
    pieces: fc.array(
      fc.oneof(
        text,
        fc
          .tuple(fc.nat(all.length - 1), fc.nat(writers.length - 1))
          .map(([who, how]) => (writers[how] as (value: string) => string)((all[who] as Named).value)),
        // A beginning, without its end.
        fc
          .tuple(fc.nat(all.length - 1), fc.nat(6))
          .map(([who, length]) => (all[who] as Named).value.slice(0, length)),
      ),
      { maxLength: 12 },
    ),
    cuts: fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
    pauses: fc.infiniteStream(fc.boolean()),
  }),
);

function chunks(bytes: string, cuts: Iterator<number>): readonly string[] {
  const all: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = cuts.next().value as number;
    all.push(bytes.slice(at, at + length));
    at += length;
  }
  return all;
}

function whole(all: readonly Named[], bytes: string): string {
  const mask = masker(all);
  return mask.push(bytes) + mask.end();
}

/** Every form that stands in what was shown, in any of the readings. */
function leaks(all: readonly Named[], shown: string): readonly string[] {
  const plain = shown.replace(/<SECRET\d>/g, '\u0001');
  const unwrapped = plain.replace(/[ \t\r\n]/g, '');
  return all.flatMap(({ value }) => [
    ...encodings(value, 4).filter(form => plain.includes(utf8(form))),
    ...[
      Buffer.from(value).toString('base64').replace(/.?=*$/, ''),
      Buffer.from(value).toString('hex'),
    ].filter(form => form.length >= 8 && unwrapped.includes(form)),
  ]);
}

describe('masked output', () => {
  test('never lets a value through, whatever the chunks and the pauses', () => {
    fc.assert(
      fc.property(story, ({ all, pieces, cuts, pauses }) => {
        const mask = masker(all);
        const out: string[] = [];
        for (const chunk of chunks(utf8(pieces.join('')), cuts)) {
          out.push(mask.push(chunk));
          if (pauses.next().value) out.push(mask.pause());
        }
        out.push(mask.end());
        assert.deepEqual(leaks(all, out.join('')), []);
      }),
      runs,
    );
  });

  test('is the same however the stream is cut', () => {
    fc.assert(
      fc.property(story, ({ all, pieces, cuts }) => {
        const bytes = utf8(pieces.join(''));
        const mask = masker(all);
        const out = chunks(bytes, cuts).map(chunk => mask.push(chunk));
        assert.equal(out.join('') + mask.end(), whole(all, bytes));
      }),
      runs,
    );
  });

  test('leaves every other byte as it is', () => {
    fc.assert(
      fc.property(text, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (other, cuts) => {
        const secret = [{ name: 'SECRET0', value: 'Zq9-Zq9-Zq9-Zq9' }];
        const mask = masker(secret);
        const bytes = utf8(other);
        const out = chunks(bytes, cuts).map(chunk => mask.push(chunk) + mask.pause());
        assert.equal(out.join('') + mask.end(), bytes);
      }),
      runs,
    );
  });

  test('shows at most three bytes of a value that comes a byte at a time with a pause behind each', () => {
    fc.assert(
      fc.property(value, it => {
        const mask = masker([{ name: 'SECRET0', value: it }]);
        const shown = Array.from(utf8(it), byte => mask.push(byte) + mask.pause()).join('') + mask.end();
        const [before] = shown.split('<');
        assert.ok(
          shown.includes('<SECRET0>') && (before ?? '').length <= 3 + it.length - it.trimStart().length,
          shown,
        );
      }),
      runs,
    );
  });
});
