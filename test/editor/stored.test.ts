import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { promisify } from 'node:util';
import { sandboxReady } from '../sandbox/ready.ts';
import { clear, openChaperone, outsider, recorded, stateOf } from './chaperone.ts';
import type { EditorWindow } from './window.ts';

/*
 * What a person does about secrets without an agent: stores one, hands it out ahead, takes it back, removes it; and what
 * hides files from agents or from themselves.
 */

const run = promisify(execFile);

/** Made up here. */
const [inStorage, inFile] = [randomBytes(18).toString('base64url'), randomBytes(18).toString('base64url')];
const cursorIgnore = '# ours\r\ndata/\nno end of line';

const unguardable = await sandboxReady();

let window: EditorWindow;

before(async () => {
  window = await openChaperone({
    agent: false,
    homeFiles: { '.claude.json': '{}\n' },
    files: {
      '.env': `SERVICE_PASSWORD=${inFile}\n`,
      '.env.example': 'SERVICE_PASSWORD=\n',
      '.cursorignore': cursorIgnore,
      'README.md': '# Work\n',
    },
  });
});

afterEach(() => clear(window));
after(() => window?.dispose());

test('a secret is stored, and its value is in none of our files', async () => {
  await window.runCommand('Chaperone: Store a Secret…');
  await type('its name', 'API_TOKEN');
  await type('the value of API_TOKEN', inStorage);
  await type('the environment of API_TOKEN', 'staging');
  await told(/API_TOKEN is stored/);
  assert.ok(existsSync(stateOf(window)));
  assert.deepEqual(await filesWith(inStorage, stateOf(window)), []);
  assert.deepEqual(await filesWith(inStorage, window.workspace), []);
});

test('handed out ahead, it is used without a question, and another is not', async () => {
  await window.pressInNotification('Hand It Out…');
  await choose('Who may use API_TOKEN?', 'Claude Code');
  await choose('How long may API_TOKEN be used?', 'for 10 minutes');
  const { message, detail } = await window.waitForModal();
  assert.equal(message, 'Hand out API_TOKEN to Claude Code for 10 minutes?');
  assert.match(detail, /VS Code's secret storage \(staging\)/);
  await window.press('Hand Out API_TOKEN');
  await window.until('the modal to go', async () => !(await window.hasModal()));

  const line = 'chaperone run --with API_TOKEN -- ls';
  assert.match(await outsider(window, line).reply, /"permissionDecision":"allow"/);
  assert.ok(!(await window.hasModal()));
  assert.deepEqual(await recorded(window, line), [['allowed', 'grant', 'secrets.inject']]);

  const other = outsider(window, 'chaperone run --with SERVICE_PASSWORD -- ls');
  assert.match((await window.waitForModal()).message, /SERVICE_PASSWORD/);
  await window.press('Deny');
  assert.match(await other.reply, /"permissionDecision":"deny"/);
});

test('taken back, it is asked about again', async () => {
  await window.runCommand('Chaperone: Focus on Approvals View');
  await window.clickRowAction('Approvals', 'API_TOKEN', 'Take Back');
  await isAskedAbout('chaperone run --with API_TOKEN -- ls -a');
});

test('a variable of an env file is handed out too, until the window closes', async () => {
  await window.runCommand('Chaperone: Hand Out a Secret…');
  await choose('Which secret should be handed out?', 'SERVICE_PASSWORD');
  await choose('Who may use SERVICE_PASSWORD?', 'any agent');
  await choose('How long may SERVICE_PASSWORD be used?', 'until this window closes');
  await window.waitForModal();
  await window.press('Hand Out SERVICE_PASSWORD');
  await window.until('the modal to go', async () => !(await window.hasModal()));
  const { reply } = outsider(window, 'chaperone run --with SERVICE_PASSWORD -- ls -l');
  assert.match(await reply, /"permissionDecision":"allow"/);
});

test('a secret that is removed is handed out no more', async () => {
  await window.runCommand('Chaperone: Hand Out a Secret…');
  await choose('Which secret should be handed out?', 'API_TOKEN');
  await choose('Who may use API_TOKEN?', 'any agent');
  await choose('How long may API_TOKEN be used?', 'for an hour');
  await window.waitForModal();
  await window.press('Hand Out API_TOKEN');
  await window.until('the row', async () => (await approvals()).includes('API_TOKEN'));

  await window.runCommand('Chaperone: Remove a Stored Secret…');
  await choose('Which secret should be removed?', 'API_TOKEN');
  assert.equal((await window.waitForModal()).message, 'Remove API_TOKEN from the secret storage?');
  await window.press('Remove API_TOKEN');
  await window.until('the row to go', async () => !(await approvals()).includes('API_TOKEN'));
  await window.runCommand('Chaperone: Remove a Stored Secret…');
  await told(/No secret is stored/);
});

test('a guarded terminal has no hidden file', { skip: unguardable ?? false }, async () => {
  await window.runCommand('Chaperone: Start an Agent in a Guarded Terminal…');
  await choose('What should run in a guarded terminal?', 'Another command…');
  await type('Command', 'cat .env .env.example > had.txt 2> said.txt; ls -a > seen.txt; sleep 60');
  const written = (name: string) => readFile(join(window.workspace, name), 'utf8').catch(() => '');
  await window.until('what it saw', async () => (await written('seen.txt')).includes('README.md'));
  assert.equal(await written('had.txt'), 'SERVICE_PASSWORD=\n');
  assert.match(await written('said.txt'), /\.env: Permission denied/);
});

test("agents' own lists are written as picked, and undone to the byte", async () => {
  const file = join(window.workspace, '.cursorignore');
  const pick = async () => {
    await window.runCommand("Chaperone: Hide Secrets by Agents' Own Lists…");
    await choose('Which lists should name what is hidden', 'Cursor');
    await window.pressEnter();
  };
  await pick();
  await told(/Chaperone changed \.cursorignore/);
  const written = await readFile(file, 'utf8');
  assert.ok(written.endsWith(`\n${cursorIgnore}`), written);
  assert.ok(written.split('\r\n').includes('**/.env'), written);
  assert.ok(!existsSync(join(window.workspace, '.geminiignore')));
  await pick();
  await window.until('the list to be undone', async () => (await readFile(file, 'utf8')) === cursorIgnore);
});

test('what is hidden leaves the explorer where a person wants that, and comes back', async () => {
  await window.runCommand('View: Show Explorer');
  await window.until('the files', async () => (await explorer()).includes('.env'));
  await window.set({ 'chaperone.hideInEditor': true });
  await window.until('.env to go', async () => !(await explorer()).includes('.env'));
  assert.ok((await explorer()).includes('.env.example'));
  await window.set({ 'chaperone.hideInEditor': null });
  await window.until('.env to come back', async () => (await explorer()).includes('.env'));
});

/** Fills the input box that has this in its title, and goes on. */
async function type(title: string, text: string): Promise<void> {
  await titled(title);
  await window.quickType(text);
  await window.pressEnter();
}

/** Picks an item of the list that has this in its title. */
async function choose(title: string, label: string): Promise<void> {
  await titled(title);
  await window.quickPick(label);
}

function titled(title: string): Promise<void> {
  const shown = window.page.locator('.quick-input-widget:visible', { hasText: title });
  return window.until(`\`${title}\``, async () => (await shown.count()) > 0);
}

/** Waits for a notification. */
function told(words: RegExp): Promise<void> {
  return window.until(String(words), async () => (await window.notifications()).some(it => words.test(it)));
}

async function isAskedAbout(line: string): Promise<void> {
  const asking = outsider(window, line);
  await window.waitForModal();
  await window.press('Deny');
  assert.match(await asking.reply, /"permissionDecision":"deny"/);
}

async function approvals(): Promise<string> {
  return (await window.rows('Approvals')).join('\n');
}

async function explorer(): Promise<readonly string[]> {
  const rows = await window.page.locator('.explorer-folders-view .monaco-list-row').allInnerTexts();
  return rows.map(it => it.trim());
}

async function filesWith(text: string, folder: string): Promise<readonly string[]> {
  // `grep` ends with 1 where it finds nothing.
  const { stdout } = await run('grep', ['-rlF', text, folder]).catch((error: { code?: unknown }) => {
    if (error.code !== 1) throw error;
    return { stdout: '' };
  });
  return stdout.split('\n').filter(Boolean);
}
