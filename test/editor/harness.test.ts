import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, test } from 'node:test';
import { openWindow, unasked } from './window.ts';
import type { EditorWindow } from './window.ts';

let window: EditorWindow;

before(async () => {
  window = await openWindow({ settings: unasked, files: { 'note.txt': 'a note\n' } });
});

after(() => window?.dispose());

test('the workbench opens on the workspace', async () => {
  assert.deepEqual(await window.rows('workspace'), ['note.txt']);
});

test('what an agent runs reaches the model', async () => {
  const seen = await window.ask('please add', [
    {
      tool: 'run_in_terminal',
      input: { command: 'echo sum-$((40+2))', explanation: '-', goal: '-', mode: 'sync' },
    },
  ]);
  assert.deepEqual(
    seen.map(it => [it.tool, it.text]),
    [['run_in_terminal', 'sum-42']],
  );
});

test('a second message has a script of its own', async () => {
  const note = `${window.workspace}/note.txt`;
  const seen = await window.ask('please read', [
    { tool: 'read_file', input: { filePath: note, startLine: 1, endLine: 1 } },
    { tool: 'list_dir', input: { path: window.workspace } },
  ]);
  assert.deepEqual(
    seen.map(it => it.tool),
    ['read_file', 'list_dir'],
  );
  assert.match(seen[0]?.text ?? '', /a note/);
});

test('what is waited for in vain leaves a picture', async () => {
  const { message } = await window.waitForModal(1).then(
    () => new Error('there is a dialog'),
    (error: Error) => error,
  );
  const [, picture = ''] = /in vain: see `(.+)`$/.exec(message) ?? [];
  const bytes = await readFile(picture);
  await rm(dirname(picture), { recursive: true });
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
});
