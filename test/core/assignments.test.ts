import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sectionsIn, variablesIn } from '../../src/core/assignments.ts';

const plain = (text: string, outer?: (name: string) => string | undefined) =>
  Object.fromEntries(variablesIn(text, outer));

test('variables of an .env file', () => {
  assert.deepEqual(
    plain(`# a comment
A=1
export B = "two words" # why
C='$A' 
D=$A/\${B}
E=\${MISSING:-usual}
F=x#y
G: yaml
not a line
A=last`),
    { A: 'last', B: 'two words', C: '$A', D: '1/two words', E: 'usual', F: 'x#y', G: 'yaml' },
  );
});

test('variables refer to those around, and to nothing else', () => {
  assert.deepEqual(
    plain('A=$X-$Y', name => (name === 'X' ? 'x' : undefined)),
    { A: 'x-$Y' },
  );
  assert.deepEqual(plain('A=$A$A\nB=$B'), { A: '$A$A', B: '$B' });
});

test('sections', () => {
  const sections = sectionsIn(`top = "1" # why
[a]
Key = value ; more
; comment
[profile x y]
k=v=w
[[table]]
n = 'q'
[a]
second=2
`);
  assert.deepEqual(
    [...sections].map(([name, keys]) => [name, Object.fromEntries(keys)]),
    [
      ['', { top: '1' }],
      ['a', { key: 'value', second: '2' }],
      ['profile x y', { k: 'v=w' }],
      ['table', { n: 'q' }],
    ],
  );
});
