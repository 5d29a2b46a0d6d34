import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { base62 } from '../../src/core/detector.ts';
import { encodings } from '../../src/core/encodings.ts';
import { Keyed, Values } from '../../src/system/traced/values.ts';

const keyed = new Keyed();
function indexed(...all: readonly string[]): Values<string> {
  const values = new Values<string>(keyed);
  for (const value of all) for (const mark of keyed.marksOf(value)) values.add(mark, value);
  return values;
}

const runs = { seed: 20_261_129, numRuns: Number(process.env.RUNS ?? 300) };
const secret = fc
  .string({ unit: fc.constantFrom(...base62, ...'-_/+=!$%&@'), minLength: 8, maxLength: 60 })
  .filter(value => new Set(value).size >= 5);

test('a value is found at any place of any text, whatever stands around it', () =>
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
      const met = indexed(value).in(`${before}${value}${after}`);
      assert.ok(
        met.some(it => it.value === value && it.at[0] === before.length),
        `${before}|${after}`,
      );
      assert.equal(met[0] && `${before}${value}${after}`.slice(...met[0].at).length > 0, true);
    }),
    runs,
  ));

test('in every form that programs write it in', () =>
  fc.assert(
    fc.property(secret, fc.string({ maxLength: 9 }), (value, before) => {
      const values = indexed(value);
      for (const form of encodings(value)) assert.ok(values.in(`${before}${form}"`).length > 0, form);
      assert.ok(values.in(Buffer.from(`${before}:${value}:after`).toString('base64')).length > 0);
      assert.ok(values.in(Buffer.from(value).toString('hex')).length > 0);
      assert.ok(values.in(JSON.stringify({ a: value })).length > 0);
      assert.ok(values.in(encodeURIComponent(value)).length > 0);
    }),
    runs,
  ));

test('no other text has it', () =>
  fc.assert(
    fc.property(secret, fc.string({ maxLength: 300 }), (value, text) => {
      fc.pre(!text.includes(value));
      assert.deepEqual(
        indexed(value)
          .in(text)
          .filter(it => !encodings(value).includes(text.slice(...it.at))),
        [],
      );
    }),
    runs,
  ));

test('a value that is nearly it is another', () => {
  const value = randomBytes(24).toString('base64url');
  const values = indexed(value);
  for (let at = 0; at < value.length; at++) {
    const other = value.slice(0, at) + (value[at] === 'x' ? 'y' : 'x') + value.slice(at + 1);
    assert.deepEqual(values.in(other), [], `${at}`);
  }
  assert.deepEqual(values.in(value.slice(1)), []);
});

describe('many values', () => {
  const many = Array.from(
    { length: 2_000 },
    (_, at) => `postgres://app:${randomBytes(9).toString('hex')}${at}@db.example.com/shop`,
  );
  const values = indexed(...many);
  test('that agree in most of their characters are told apart', () => {
    for (const value of many.slice(0, 50))
      assert.deepEqual(
        values.in(`x ${value} y`).map(it => it.value),
        [value],
      );
  });

  test(
    'and a hostile text of their common parts takes no longer than its length',
    { timeout: 20_000 },
    () => {
      const text = '@db.example.com/shop'.repeat(10_000);
      assert.deepEqual(values.in(text), []);
    },
  );
});

test('marks tell nothing to whoever has other keys', () => {
  const value = randomBytes(24).toString('base64url');
  const values = new Values<string>(new Keyed());
  for (const mark of keyed.marksOf(value)) values.add(mark, value);
  assert.deepEqual(values.in(value), []);
  assert.ok(!JSON.stringify(keyed.marksOf(value)).includes(value.slice(0, 8)));
});

test('what is too short is not looked for, what is too long cannot be looked through', () => {
  assert.deepEqual(keyed.marksOf('A1b2'), []);
  assert.deepEqual(indexed('A1b2C3d4').in('A1b2C3d'), []);
  assert.throws(() => indexed('A1b2C3d4').in('x'.repeat(8_000_001)), /too long/);
});
