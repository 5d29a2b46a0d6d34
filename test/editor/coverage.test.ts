import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openChaperone, outsider } from './chaperone.ts';
import type { EditorWindow } from './window.ts';

/* Which agents are here, how each is covered, and what runs past a hook that is silent. */

let window: EditorWindow;
const theirs = '{\n  "model": "sonnet" // mine\n}\n';

before(async () => {
  window = await openChaperone({
    agent: false,
    files: { 'README.md': '# Work\n' },
    homeFiles: { '.claude/settings.json': theirs },
  });
});
after(() => window?.dispose());

const rows = async () => (await window.rows('Coverage')).join('\n');
const settings = () => join(window.home, '.claude/settings.json');

test('a person is asked once, and nothing is written without a yes', async () => {
  await window.until('the offer', async () =>
    (await window.notifications()).some(it => /found Claude Code on this machine/.test(it)),
  );
  assert.equal(await readFile(settings(), 'utf8'), theirs);
  await window.pressInNotification('Choose…');
  await window.until('the agents', async () => (await window.quickItems()).length > 0);
  assert.ok((await window.quickItems()).some(it => /Claude Code/.test(it)));
  await window.pressEscape();
  assert.equal(await readFile(settings(), 'utf8'), theirs);
});

test('the view says who is not guarded, what guarding would write, and guards on a click', async () => {
  await window.runCommand('Chaperone: Show Coverage');
  await window.until('the row', async () => /Claude Code\s*not guarded/.test(await rows()));
  await window.screenshot(join(tmpdir(), 'chaperone-pictures', 'coverage-open.png'));
  await window.clickRowAction('Coverage', 'Claude Code', 'Guard an Agent…');
  await window.until('the row', async () =>
    /Claude Code\s*hook in place, nothing heard yet/.test(await rows()),
  );
  assert.match(await readFile(settings(), 'utf8'), /hook claude PreToolUse/);
  assert.match(await readFile(settings(), 'utf8'), /"model": "sonnet", \/\/ mine/);
});

test('an agent whose hook spoke is covered', async () => {
  assert.equal(await outsider(window, 'echo hello').reply, '');
  await window.until('the row', async () => {
    await window.runCommand('Chaperone: Look Again');
    return /Claude Code\s*guarded, spoke/.test(await rows());
  });
  await window.clickRow('Coverage', 'Claude Code');
  await window.until('its lines', async () => /PreToolUse/.test(await rows()));
  await window.screenshot(join(tmpdir(), 'chaperone-pictures', 'coverage.png'));
});

test('an agent that runs commands in a terminal while its hook is silent is told of within seconds', async () => {
  await window.runCommand('Terminal: Create New Terminal');
  const ready = join(window.workspace, 'ready');
  await window.until('the terminal', async () => window.page.locator('.xterm-helper-textarea').isVisible());
  await window.page.locator('.xterm-helper-textarea').focus();
  await window.until(
    'the shell',
    async () => {
      await window.page.keyboard.type(`touch ready; ROO_ACTIVE=true sleep 60\n`);
      return existsSync(ready);
    },
    60,
  );
  await window.until(
    'the warning',
    async () =>
      (await window.page.locator('.statusbar-item[id*="chaperone"]').first().innerHTML()).includes(
        'codicon-warning',
      ),
    20,
  );
  await window.screenshot(join(tmpdir(), 'chaperone-pictures', 'coverage-silent.png'));
});

test('undoing brings the file back to the byte', async () => {
  await window.clickRowAction('Coverage', 'Claude Code', 'Stop Guarding an Agent…');
  await window.waitForModal();
  await window.press('Stop Guarding Claude Code');
  await window.until('the file', async () => (await readFile(settings(), 'utf8')) === theirs);
});
