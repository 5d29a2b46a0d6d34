import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../../src/core/model.ts';
import { lineWith } from '../../src/core/ours.ts';
import { passed } from '../../src/core/passed.ts';

const line = (text: string): Action => ({ kind: 'shell', line: text, dialect: 'posix' });

test('what passed its hook counts once, and only as it was', () => {
  const noted = passed(() => 0);
  noted.note(line('a'));
  assert.equal(noted.take(line('b')), false);
  assert.equal(noted.take(line('a')), true);
  assert.equal(noted.take(line('a')), false);
});

test('what passed long ago, or before many others, is judged anew', () => {
  let now = 0;
  const noted = passed(() => now);
  noted.note(line('old'));
  now = 3_600_000;
  assert.equal(noted.take(line('old')), false);
  for (let count = 0; count < 60; count++) noted.note(line(`${count}`));
  assert.equal(noted.take(line('0')), false);
  assert.equal(noted.take(line('59')), true);
});

test('a command for our own tool is one word of the line that it stands for', () => {
  assert.equal(
    lineWith(['A', "B=it's here/.env"], "echo '$A'; rm x"),
    `chaperone run --with A --with 'B=it'\\''s here/.env' -- sh -c 'echo '\\''$A'\\''; rm x'`,
  );
});
