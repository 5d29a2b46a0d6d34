import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { assertWhole, clear, openChaperone, outsider, recorded } from './chaperone.ts';
import type { EditorWindow } from './window.ts';

/*
 * A folder that nobody has said they trust. The editor runs no agent of its own there: enabling it asks for trust first
 * (seen with VS Code 1.139, November 2026). Agents outside the editor work there all the same, and are guarded.
 */

let window: EditorWindow;

before(async () => {
  window = await openChaperone({
    agent: false,
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
    },
    files: {
      '.env': 'API_KEY=value\n',
      'data/file.txt': 'work\n',
      '.vscode/settings.json': JSON.stringify({
        'chaperone.mode': 'watch',
        'chaperone.rules': { 'git.force-push': 'deny', 'files.delete-many': 'allow' },
      }),
    },
  });
});

afterEach(() => clear(window));
after(() => window?.dispose());

test('Chaperone is there, in the mode of the person', async () => {
  assert.deepEqual(await window.statusBar('chaperone'), ['Chaperone']);
  await window.until('the restricted mode', async () =>
    (await window.statusBar()).some(it => it.includes('Restricted Mode')),
  );
});

test('it refuses and asks as elsewhere, whatever the folder says to loosen it', async () => {
  assert.match(await outsider(window, 'cat .env').reply, /deny/);
  assert.equal(await window.hasModal(), false);
  const removal = outsider(window, 'rm -rf ./data');
  await window.waitForModal();
  await window.press('Deny');
  assert.match(await removal.reply, /deny/);
  assert.ok(existsSync(join(window.workspace, 'data/file.txt')));
});

test('what the folder says to tighten it counts', async () => {
  assert.match(await outsider(window, 'git push --force origin main').reply, /deny/);
  assert.deepEqual(await recorded(window, 'git push'), [['refused', 'policy', 'git.force-push']]);
  await assertWhole(window);
});
