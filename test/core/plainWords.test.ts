import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainWords } from '../../src/core/plainWords.ts';

for (const [line, words] of [
  ['rotate', ['rotate']],
  ['  /a/rotate.sh  --name\tx ', ['/a/rotate.sh', '--name', 'x']],
  [`'/a b/rotate' "c d" e\\ f ''`, ['/a b/rotate', 'c d', 'e f', '']],
  [`a"b"'c'`, ['abc']],
  ['"say \\"x\\""', ['say "x"']],
  [`'$HOME'`, ['$HOME']],
  ['', undefined],
  ['  ', undefined],
  [`''`, undefined],
  ['a | b', undefined],
  ['a && b', undefined],
  ['a; b', undefined],
  ['a > b', undefined],
  ['a $B', undefined],
  ['a "$B"', undefined],
  ['a `b`', undefined],
  ["a 'b", undefined],
  ['a\nb', undefined],
  ['a *', undefined],
  ['a \\', undefined],
] as const)
  test(JSON.stringify(line), () => assert.deepEqual(plainWords(line), words));
