import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { shellsReady } from '../shell/ready.ts';
import { clear, openChaperone, recorded, stateOf } from './chaperone.ts';
import type { EditorWindow } from './window.ts';

/* The editor's own terminals, with its shell integration: those of a person, and one that an agent's extension opened. */

let window: EditorWindow;
const shells = ['bash', 'zsh', 'fish'];

before(async () => {
  assert.equal(await shellsReady(), undefined);
  const profile = (shell: string, env: object) => ({ path: `/usr/bin/${shell}`, env });
  window = await openChaperone({
    agent: false,
    settings: {
      'terminal.integrated.profiles.linux': Object.fromEntries(
        [...shells, 'sh'].flatMap(shell => [
          [`own ${shell}`, profile(shell, {})],
          [`roo ${shell}`, profile(shell, { ROO_ACTIVE: 'true' })],
        ]),
      ),
      'terminal.integrated.defaultProfile.linux': 'own bash',
    },
    files: { 'README.md': '# Work\n' },
    homeFiles: {
      '.bashrc': "PROMPT_COMMAND='touch ~/prompted'\n",
      '.zshenv': 'touch ~/env-was-read\n',
      '.zshrc': 'touch ~/rc-was-read\n',
      '.config/fish/config.fish': 'touch ~/fish-was-read\n',
    },
  });
  await window.until('the scripts', async () => existsSync(join(stateOf(window), 'shell/wired')));
});

beforeEach(async () => {
  await mkdir(join(window.workspace, 'data'), { recursive: true });
  await writeFile(join(window.workspace, 'data/file.txt'), 'work\n');
});

afterEach(() => clear(window));
after(() => window?.dispose());

for (const shell of shells) {
  test(`${shell}: a terminal of an agent asks, and runs what is allowed`, async () => {
    await open(`roo ${shell}`);
    await type('echo one > one.txt');
    await made('one.txt');
    await type('rm -rf ./data; echo over > over.txt');
    const { message } = await window.waitForModal();
    assert.match(message, /Roo Code, in a terminal/);
    await window.press('Deny');
    await window.until('the refusal', async () => (await recorded(window, 'over.txt')).length > 0);
    await type(`echo two > ${shell}.txt`);
    await made(`${shell}.txt`);
    assert.deepEqual(
      ['data', 'over.txt'].map(it => existsSync(join(window.workspace, it))),
      [true, false],
    );
    await type('rm -rf ./data');
    await window.waitForModal();
    await window.press('Allow Once');
    await window.until('the end of it', async () => !existsSync(join(window.workspace, 'data')));
  });

  test(`${shell}: a person's own terminal is untouched`, async () => {
    const before = (await recorded(window, '')).length;
    await open(`own ${shell}`);
    await type(`rm -rf ./data; echo done > own-${shell}.txt`);
    await made(`own-${shell}.txt`);
    assert.equal(existsSync(join(window.workspace, 'data')), false);
    assert.equal((await recorded(window, '')).length, before);
  });
}

test("a person's own files of their shells were read", () => {
  for (const name of ['prompted', 'env-was-read', 'rc-was-read', 'fish-was-read'])
    assert.ok(existsSync(join(window.home, name)), name);
});

test('switched off, nothing is asked: in the terminal that is open, and not in a new one', async () => {
  await open('roo bash');
  await type('echo a > a.txt');
  await made('a.txt');
  await window.set({ 'chaperone.shellGuard': false });
  await window.until('it to be off', async () => existsSync(join(stateOf(window), 'shell/off')));
  await type('rm -rf ./data; echo "$PS0" > now.txt');
  await made('now.txt');
  assert.equal(existsSync(join(window.workspace, 'data')), false);
  await open('roo bash');
  await type('echo "[$PS0$BASH_ENV]" > new.txt');
  await made('new.txt');
  const { readFile } = await import('node:fs/promises');
  assert.equal(await readFile(join(window.workspace, 'new.txt'), 'utf8'), '[]\n');
});

test('what stands before programs is first on PATH of new terminals, and goes with the setting', async () => {
  await window.set({ 'chaperone.shellGuard': false, 'chaperone.pathShims': true });
  const shim = join(stateOf(window), 'shims/shred');
  await window.until('the scripts before programs', async () => existsSync(shim));
  const { readFile } = await import('node:fs/promises');
  await open('own bash');
  await type('command -v shred > where.txt; shred -u data/file.txt; echo done > shred.txt');
  await made('shred.txt');
  assert.equal(await readFile(join(window.workspace, 'where.txt'), 'utf8'), `${shim}\n`);
  assert.equal(existsSync(join(window.workspace, 'data/file.txt')), false);
  await writeFile(join(window.workspace, 'data/file.txt'), 'work\n');
  await open('roo sh');
  await type('shred -u data/file.txt; echo over $? > said.txt');
  const { message } = await window.waitForModal();
  assert.match(message, /Roo Code, in a terminal/);
  await window.press('Deny');
  await made('said.txt');
  assert.equal(await readFile(join(window.workspace, 'said.txt'), 'utf8'), 'over 126\n');
  assert.equal(existsSync(join(window.workspace, 'data/file.txt')), true);
  await window.set({ 'chaperone.pathShims': false });
  await window.until('them to be gone', async () => !existsSync(shim));
  await open('roo sh');
  await type('command -v shred > after.txt');
  await made('after.txt');
  assert.equal(await readFile(join(window.workspace, 'after.txt'), 'utf8'), '/usr/bin/shred\n');
});

async function open(profile: string): Promise<void> {
  await window.set({ 'terminal.integrated.defaultProfile.linux': profile });
  await window.runCommand('Terminal: Create New Terminal');
  await window.page.waitForTimeout(3000);
}

async function type(line: string): Promise<void> {
  await window.page.waitForTimeout(1000);
  await window.page.locator('.terminal-wrapper.active textarea.xterm-helper-textarea').last().focus();
  await window.page.keyboard.type(line, { delay: 10 });
  await window.page.keyboard.press('Enter');
}

async function made(file: string): Promise<void> {
  await window.until(`\`${file}\``, async () => existsSync(join(window.workspace, file)));
}
