import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import {
  assertWhole,
  clear,
  entries,
  isRefusal,
  openChaperone,
  recorded,
  stateOf,
  terminal,
} from './chaperone.ts';
import { unasked } from './window.ts';
import type { EditorWindow } from './window.ts';

/* Modes, as a person chooses them from the status bar, and settings as they stand in files. */

let window: EditorWindow;

before(async () => {
  window = await openChaperone({ settings: unasked, files: { 'README.md': '# Work\n' } });
});

beforeEach(async () => {
  await mkdir(join(window.workspace, 'data'), { recursive: true });
  await writeFile(join(window.workspace, 'data/file.txt'), 'work\n');
});

afterEach(() => clear(window));
after(() => window?.dispose());

test('watching needs a yes, stops nothing but what would switch it off, and records what it spared', async () => {
  await pick('Watch');
  await window.waitForModal();
  await window.pressEnter();
  await says(/^Chaperone$/);

  await pick('Watch');
  await window.waitForModal();
  await window.press('Switch to Watch');
  await says(/Watch/);
  const seen = await window.ask('watched', [
    terminal('rm -rf ./data'),
    terminal(`rm -rf '${stateOf(window)}'`),
    { tool: 'run_vscode_command', input: { commandId: 'chaperone.mode.pause', name: 'pause', args: [] } },
  ]);
  assert.deepEqual(seen.map(isRefusal), [false, true, true]);
  assert.equal(existsSync(join(window.workspace, 'data')), false);
  assert.ok(existsSync(join(stateOf(window), 'ledger.jsonl')));
  const [spared] = await entries(window, 'rm -rf ./data');
  assert.deepEqual([spared?.outcome, spared?.spared], ['allowed', 'watch']);
  assert.deepEqual(
    spared?.findings.map(it => it.rule),
    ['files.delete-many'],
  );
});

test('a pause counts down and ends when the person says so; enforcing again needs no yes', async () => {
  await pick('Enforce');
  await says(/^Chaperone$/);
  await pick('Paused');
  await window.quickPick('5 minutes');
  await window.waitForModal();
  await window.press('Pause for 5 minutes');
  await says(/^Paused 4:5\d$/);
  await window.ask('paused', [terminal('rm -rf ./data')]);
  assert.equal(existsSync(join(window.workspace, 'data')), false);
  assert.equal((await entries(window, 'rm -rf ./data')).at(-1)?.spared, 'paused');

  await window.runCommand('Chaperone: Resume');
  await says(/^Chaperone$/);
  await mkdir(join(window.workspace, 'data'));
  await window.prompt('resumed', [terminal('rm -rf ./data')]);
  await window.waitForModal();
  await window.press('Deny');
  await window.ended('resumed');
  assert.ok(existsSync(join(window.workspace, 'data')));
});

test('a workspace makes it stricter, never looser', async () => {
  await workspaceSettings({ 'chaperone.mode': 'strict', 'chaperone.rules': { 'files.delete-many': 'deny' } });
  await says(/Strict/);
  const seen = await window.ask('stricter', [terminal('rm -rf ./data')]);
  assert.deepEqual(seen.map(isRefusal), [true]);
  assert.deepEqual((await recorded(window, 'rm -rf ./data')).at(-1), [
    'refused',
    'policy',
    'files.delete-many',
  ]);

  await workspaceSettings({ 'chaperone.mode': 'watch', 'chaperone.rules': { 'files.delete-many': 'allow' } });
  await says(/^Chaperone$/);
  await window.prompt('loosened', [terminal('rm -rf ./data')]);
  await window.waitForModal();
  await window.press('Deny');
  await window.ended('loosened');
  assert.ok(existsSync(join(window.workspace, 'data')));
  await rm(join(window.workspace, '.vscode'), { recursive: true });
});

test('a setting that does not parse leaves the last good one, and is shown', async () => {
  await window.set({ 'chaperone.mode': 'strict' });
  await says(/Strict/);
  await window.prompt('unknown program', [terminal('frobnicate --all')]);
  await window.waitForModal();
  await window.press('Deny');
  await window.ended('unknown program');
  assert.deepEqual(await recorded(window, 'frobnicate'), [['refused', 'person', 'execution.unfamiliar']]);

  await window.set({ 'chaperone.mode': 7 });
  await window.until('the problem', async () => (await look()).includes('codicon-warning'));
  await says(/Strict/);
  assert.equal(await keptMode(), 'strict');
  await window.set({ 'chaperone.mode': null });
  await says(/^Chaperone$/);
  await window.until('the problem to go', async () => !(await look()).includes('codicon-warning'));
});

test('the record is whole', () => assertWhole(window));

async function pick(mode: string): Promise<void> {
  await window.clickStatusBar((await window.statusBar('chaperone'))[0] ?? '');
  await window.quickPick(mode);
}

async function says(what: RegExp): Promise<void> {
  await window.until(`${what} in the status bar`, async () =>
    (await window.statusBar('chaperone')).some(it => what.test(it)),
  );
}

/** How the item of the status bar is drawn. */
async function look(): Promise<string> {
  return window.page.locator('.statusbar-item[id*="chaperone"]').first().innerHTML();
}

async function workspaceSettings(settings: object): Promise<void> {
  await mkdir(join(window.workspace, '.vscode'), { recursive: true });
  await writeFile(join(window.workspace, '.vscode/settings.json'), JSON.stringify(settings));
}

async function keptMode(): Promise<unknown> {
  const text = await readFile(join(stateOf(window), 'settings.json'), 'utf8');
  return (JSON.parse(text) as { readonly mode?: unknown }).mode;
}
