import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { clear, commit, openChaperone, outsider, terminal } from './chaperone.ts';
import { unasked } from './window.ts';
import type { EditorWindow } from './window.ts';

/* The pictures of the README, taken anew with `SCREENSHOTS=1 npm run test:editor`. */

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../../media/screenshots');
/** It can be read in the pictures. */
const workspace = join(tmpdir(), 'shop');
const skip = process.env['SCREENSHOTS'] ? false : 'set SCREENSHOTS=1 to take them';

let window: EditorWindow;

before(async () => {
  if (skip) return;
  const orders = Array.from({ length: 120 }, (_, day) => [
    `data/orders/day-${day}.csv`,
    `id;total\n${day};99\n`.repeat(900),
  ]);
  window = await openChaperone({
    settings: unasked,
    workspace,
    files: {
      ...Object.fromEntries(orders),
      'src/shop.ts': 'export const shop = "open";\n',
      'README.md': '# Shop\n',
    },
    homeFiles: { '.claude/settings.json': '{}\n', '.codex/config.toml': '', '.qwen/settings.json': '{}\n' },
  });
  await commit(window);
  for (const day of Array(37).keys())
    await writeFile(join(window.workspace, `data/orders/new-${day}.csv`), 'id;total\n1;99\n'.repeat(700));
  await write('scripts/old/domains.sh', `#!/bin/sh\nRAILWAY_TOKEN=${token()}\n`);
});

after(async () => {
  await window?.dispose();
  if (!skip) await rm(workspace, { recursive: true, force: true });
});

test('the question', { skip }, async () => {
  await window.prompt('Free some space on the disk, please.', [terminal('df -h . && rm -rf ./data')]);
  await window.waitForModal();
  await picture('modal.png', window.page.locator('.monaco-dialog-box'), 24);
  await clear(window);
});

test('the gravest question', { skip }, async () => {
  const body = JSON.stringify({ query: 'mutation { volumeDelete(volumeId: "v-1") }' });
  const line = `curl -X POST https://backboard.railway.invalid/graphql/v2 -H "Authorization: Bearer $RAILWAY_TOKEN" -d '${body}'`;
  await window.prompt('The staging volume is broken, mend it.', [terminal(line)]);
  await window.waitForModal();
  await picture('modal-gravest.png', window.page.locator('.monaco-dialog-box'), 24, { scale: 'css' });
  await clear(window);
});

test('the view', { skip }, async () => {
  const first = outsider(window, 'git push --force origin main', 'first');
  await window.waitForModal();
  const second = outsider(window, 'git push --force origin main', 'second');
  const third = outsider(window, 'rm -rf ./data', 'third');
  await window.until('three', async () => (await window.statusBar('chaperone')).includes('3 waiting'));
  await window.press('Deny');
  await first.reply;
  await window.until('the next', async () => (await window.waitForModal()).buttons.includes('Review All 2'));
  await window.press('Review All 2');
  await window.until('the dialog to go', async () => !(await window.hasModal()));
  await picture('statusbar.png', window.page.locator('.statusbar .left-items'), 0, { width: 300 });
  await toggle('Coverage', 'Secrets');
  await widen(590);
  await pause(500);
  const rows = await window.rows('Approvals');
  await picture('tree.png', window.page.locator('.part.sidebar'), 0, { height: 70 + rows.length * 22 });
  await toggle('Coverage', 'Secrets');
  second.stop();
  third.stop();
});

test('the coverage', { skip }, async () => {
  await window.runCommand('Notifications: Clear All Notifications');
  await window.runCommand('Chaperone: Show Coverage');
  await window.until('the rows', async () => (await window.rows('Coverage')).length > 3);
  await window.clickRowAction('Coverage', 'Claude Code', 'Guard an Agent…');
  await outsider(window, 'echo hello', 'coverage').reply;
  await window.until('what was heard', async () => {
    await window.runCommand('Chaperone: Look Again');
    return /Claude Code\s*guarded, spoke/.test((await window.rows('Coverage')).join('\n'));
  });
  await window.clickRow('Coverage', 'Claude Code');
  await toggle('Approvals', 'Secrets');
  await widen(760);
  await pause(500);
  await picture('coverage.png', window.page.locator('.part.sidebar'), 0, { height: 460 });
  await toggle('Approvals', 'Secrets');
});

test('the secrets', { skip }, async () => {
  await write('src/pay.ts', `export const stripe = new Stripe('sk_live_${random(24)}');\n`);
  await write('test/pay.test.ts', `const stripe = new Stripe('sk_test_${random(24)}');\n`);
  await write('scripts/release.sh', `#!/bin/sh\ncurl -H "Authorization: token ghp_${random(36)}" "$1"\n`);
  await commitDaysAgo(102, 'src/pay.ts', 'test/pay.test.ts');
  await window.runCommand('View: Close All Editors');
  await window.runCommand('Chaperone: Scan for Secrets');
  await window.until('the scan to end', async () =>
    (await window.notifications()).some(it => /secrets in \d+ files/.test(it)),
  );
  await window.runCommand('Notifications: Clear All Notifications');
  await window.runCommand('View: Hide Secondary Side Bar');
  await window.runCommand('Problems: Focus on Problems View');
  await window.runCommand('View: Toggle Maximized Panel');
  await window.runCommand('Chaperone: Focus on Secrets View');
  await toggle('Approvals', 'Coverage');
  await widen(530);
  const rows = await window.rows('Secrets');
  const height = 140 + rows.length * 22;
  await picture('secrets.png', window.page.locator('.part.sidebar'), 0, { width: 1228, height });
});

/** Opens or closes parts of the side bar. */
async function toggle(...names: readonly string[]): Promise<void> {
  for (const name of names) await window.page.locator('.pane-header', { hasText: name }).click();
}

/** Moves the edge of the side bar there. */
async function widen(to: number): Promise<void> {
  const bar = await window.page.locator('.part.sidebar').boundingBox();
  if (!bar) throw new Error('cannot widen the side bar: it is not there');
  await window.page.mouse.move(bar.x + bar.width, 400);
  await window.page.mouse.down();
  await window.page.mouse.move(to, 400, { steps: 5 });
  await window.page.mouse.up();
  await window.page.mouse.move(900, 300);
}

async function commitDaysAgo(days: number, ...files: readonly string[]): Promise<void> {
  const date = `${Math.floor(Date.now() / 1000) - days * 24 * 3600} +0000`;
  const env = { ...process.env, HOME: window.home, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  const person = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.invalid'];
  for (const words of [
    ['add', ...files],
    [...person, 'commit', '-qm', 'pay'],
  ])
    await run('git', words, { cwd: window.workspace, env });
}

/** A part of the window with so much around it. */
async function picture(
  name: string,
  what: Locator,
  around: number,
  size: { readonly width?: number; readonly height?: number; readonly scale?: 'css' | 'device' } = {},
): Promise<void> {
  await pause(500);
  const box = await what.boundingBox();
  if (!box) throw new Error(`cannot take ${name}: it is not there`);
  await mkdir(folder, { recursive: true });
  const { width, height, scale } = { scale: 'device' as const, ...box, ...size };
  const clip = {
    x: box.x - around,
    y: box.y - around,
    width: width + 2 * around,
    height: height + 2 * around,
  };
  await window.page.screenshot({ path: join(folder, name), clip, scale });
}

/** Made up here. */
function random(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length);
}

/** Made up here. */
function token(): string {
  return Array.from({ length: 4 }, (_, at) => ((at + 3) * 48_271).toString(16).padStart(8, '5')).join('-');
}

async function write(path: string, text: string): Promise<void> {
  const file = join(window.workspace, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
