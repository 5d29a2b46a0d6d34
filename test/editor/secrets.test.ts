import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openChaperone } from './chaperone.ts';
import type { EditorWindow } from './window.ts';

/* Secrets in the real editor: a scan, the view, the marks and a quick fix. */

const run = promisify(execFile);

/** Made up here. */
const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const values = {
  stripe: `sk_live_${hex(12)}`,
  forTests: `sk_test_${hex(12)}`,
  github: `ghp_${hex(18)}`,
};

let window: EditorWindow;

before(async () => {
  window = await openChaperone({
    agent: false,
    files: {
      'src/pay.ts': `import Stripe from 'stripe';\n\nexport const stripe = new Stripe('${values.stripe}');\n`,
      'test/pay.test.ts': `const stripeKey = '${values.forTests}';\n`,
      'scripts/release.sh': `#!/bin/sh\ncurl -H "Authorization: token ${values.github}" "$1"\n`,
      'README.md': '# Shop\n',
    },
  });
  const ago = `${Math.floor(Date.now() / 1000) - 102 * 24 * 3600} +0000`;
  const person = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.invalid'];
  const env = { ...process.env, HOME: window.home, GIT_COMMITTER_DATE: ago, GIT_AUTHOR_DATE: ago };
  for (const words of [
    ['init', '-q'],
    ['add', '-A'],
    [...person, 'commit', '-qm', 'begin'],
  ])
    await run('git', words, { cwd: window.workspace, env });
});

after(() => window?.dispose());

const tree = async () => (await window.rows('Secrets')).join('\n');
const text = (name: string) => readFile(join(window.workspace, name), 'utf8');

test('a scan fills the view, with the gravest on top and how old each is by git', async () => {
  await window.runCommand('Chaperone: Scan for Secrets');
  await window.until('the scan to end', async () =>
    (await window.notifications()).some(it => /3 secrets in \d+ files/.test(it)),
  );
  await window.pressInNotification('Show');
  await window.until('the rows', async () => (await tree()).includes('Stripe'));
  const rows = await tree();
  assert.match(rows, /overdue by 12 days/);
  assert.ok(rows.indexOf('pay.ts') < rows.indexOf('pay.test.ts'), rows);
  await noValueShown();
});

test('the Problems view lists what was found', async () => {
  await window.runCommand('Problems: Focus on Problems View');
  const problems = window.page.locator('.markers-panel .monaco-list-row');
  const listed = async () => (await problems.allInnerTexts()).join('\n');
  await window.until('the problems', async () => (await listed()).includes('Stripe'));
  assert.match(await listed(), /GitHub/);
  assert.match(await listed(), /Chaperone/);
  await noValueShown();
});

test('a quick fix moves a value to secret storage and leaves a reference', async () => {
  await window.clickRow('Secrets', 'sk_live_');
  const marked = window.page.locator('.monaco-editor :is(.squiggly-error, .squiggly-warning)').first();
  await window.until('the mark', () => marked.isVisible(), 60);
  await window.page.locator('.monaco-editor .view-line', { hasText: 'new Stripe' }).first().click();
  const action = window.page.locator('.action-widget .monaco-list-row', {
    hasText: 'Move to secret storage',
  });
  // The language's own server may still be starting, and the list closes without it.
  await window.until(
    'the quick fixes',
    async () => {
      await window.page.keyboard.press('Control+.');
      return action
        .first()
        .waitFor({ timeout: 5_000 })
        .then(
          () => true,
          () => false,
        );
    },
    60,
  );
  await action.first().click();
  await window.quickType('STRIPE_KEY');
  await window.pressEnter();
  await window.until('the file to be saved', async () => !(await text('src/pay.ts')).includes(values.stripe));
  assert.match(await text('src/pay.ts'), /new Stripe\(process\.env\.STRIPE_KEY\)/);
  await window.until('the row to go', async () => !(await tree()).includes('sk_live_'));
  await window.until('the word', async () =>
    (await window.notifications()).some(it => /history may still have the value/.test(it)),
  );
  const state = await run('grep', ['-rl', values.stripe, window.userData]).then(
    ({ stdout }) => stdout,
    () => '',
  );
  assert.doesNotMatch(state, /globalStorage\/chaperone/);
});

/** The tree, the Problems view and notifications, but not the text of the file itself. */
async function noValueShown(): Promise<void> {
  for (const part of ['.part.sidebar', '.part.panel', '.notifications-toasts']) {
    const shown = (await window.page.locator(part).allInnerTexts()).join('\n');
    for (const value of Object.values(values)) assert.ok(!shown.includes(value.slice(-10)), part);
  }
}
