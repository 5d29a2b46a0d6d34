import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { describedVariables, variablesIn } from '../../src/core/envFile.ts';
import { detectors } from '../../src/secrets/index.ts';

const cases: readonly { what: string; text: string; gives: readonly [string, string, number][] }[] = [
  {
    what: 'plain',
    text: 'A=1\nB=two words\n',
    gives: [
      ['A', '1', 1],
      ['B', 'two words', 2],
    ],
  },
  { what: 'nothing', text: '', gives: [] },
  {
    what: 'empty values',
    text: 'A=\nB=  \nC= # why',
    gives: [
      ['A', '', 1],
      ['B', '', 2],
      ['C', '', 3],
    ],
  },
  { what: 'export and spaces', text: '  export  A = 1 \n', gives: [['A', '1', 1]] },
  { what: 'a colon', text: 'A: 1\nhttp://x', gives: [['A', '1', 1]] },
  { what: 'names with dots and dashes', text: 'a.b-c=1', gives: [['a.b-c', '1', 1]] },
  {
    what: 'comments',
    text: '# A=1\nB=1 # no\nC=a#b',
    gives: [
      ['B', '1', 2],
      ['C', 'a#b', 3],
    ],
  },
  {
    what: 'quotes',
    text: `A='1 # x' # y\nB="2"\nC=\`3\``,
    gives: [
      ['A', '1 # x', 1],
      ['B', '2', 2],
      ['C', '3', 3],
    ],
  },
  {
    what: 'escapes',
    text: String.raw`A="a\nb\"c\\d\$e\x"` + '\n' + String.raw`B='a\nb\'c'`,
    gives: [
      ['A', 'a\nb"c\\d$e\\x', 1],
      ['B', String.raw`a\nb'c`, 2],
    ],
  },
  {
    what: 'several lines',
    text: 'A="1\n2\n3"\nB=4',
    gives: [
      ['A', '1\n2\n3', 1],
      ['B', '4', 4],
    ],
  },
  {
    what: 'a quote that nothing closes',
    text: `A="1\nB=it's\nC='3`,
    gives: [
      ['A', '"1', 1],
      ['B', "it's", 2],
      ['C', "'3", 3],
    ],
  },
  {
    what: 'something behind the quotes',
    text: `A="1"2\nB=3`,
    gives: [
      ['A', '"1"2', 1],
      ['B', '3', 2],
    ],
  },
  {
    what: 'line ends of Windows, and of old',
    text: '\uFEFFA=1\r\nB="2\r\n3"\r\nC=4\rD=5',
    gives: [
      ['A', '1', 1],
      ['B', '2\n3', 2],
      ['C', '4', 4],
      ['D', '5', 5],
    ],
  },
  {
    what: 'twice',
    text: 'A=1\nA=2',
    gives: [
      ['A', '1', 1],
      ['A', '2', 2],
    ],
  },
  { what: 'other texts', text: 'if [ x ]\nhello world\n=x\n{"a":1}\n\0', gives: [] },
];

for (const { what, text, gives } of cases)
  test(`variables: ${what}`, () =>
    assert.deepEqual(
      variablesIn(text),
      gives.map(([name, value, line]) => ({ name, value, line })),
    ));

test('a long text takes a time that grows with its length', () => {
  for (const piece of ['A="\n', `A='\\'\n`, 'A=`x` y\n', 'A', ' ', '\t#', 'A= ', '"', 'export '])
    for (const end of ['', '"', "'"]) {
      const started = performance.now();
      variablesIn(piece.repeat(300_000 / piece.length) + end);
      assert.ok(performance.now() - started < 1500, JSON.stringify(piece));
    }
});

test('variables are described by kind and length, never by value', () => {
  const key = `sk_live_${sample(base62, 24)}`;
  const password = sample(base62, 16);
  const text = [
    `DATABASE_URL=postgres://app:${password}@db.internal/shop`,
    `STRIPE_KEY="${key}"`,
    'PORT=3000',
    'DEBUG=true',
    'NAME=shop',
    `SALT=${sample(base62, 30)}`,
    'SITE=https://example.com',
    'EMPTY=',
    'NAME=shop two',
  ].join('\n');
  assert.deepEqual(describedVariables(text, detectors), [
    { name: 'DATABASE_URL', kind: 'URL with a password', length: 48 },
    { name: 'STRIPE_KEY', kind: 'Stripe secret key', length: 32 },
    { name: 'PORT', kind: 'number', length: 4 },
    { name: 'DEBUG', kind: 'true or false', length: 4 },
    { name: 'NAME', kind: 'text', length: 8 },
    { name: 'SALT', kind: 'random text', length: 30 },
    { name: 'SITE', kind: 'URL', length: 19 },
    { name: 'EMPTY', kind: 'empty', length: 0 },
  ]);
});
