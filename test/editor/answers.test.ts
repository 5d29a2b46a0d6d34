import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import {
  assertWhole,
  clear,
  isRefusal,
  openChaperone,
  outsider,
  recorded,
  stateOf,
  terminal,
} from './chaperone.ts';
import { unasked } from './window.ts';
import type { EditorWindow } from './window.ts';

/* Who answers, when, and what counts: several at once, too late, nobody any more. */

let window: EditorWindow;

before(async () => {
  window = await openChaperone({
    settings: { ...unasked, 'chaperone.approval.timeout': 45 },
    files: Object.fromEntries(['one', 'two', 'three', 'four'].map(it => [`${it}/file.txt`, `${it}\n`])),
  });
});

afterEach(() => clear(window));
after(() => window?.dispose());

test('several wait in a row, are counted, and are answered from the view', async () => {
  const first = outsider(window, 'rm -rf ./one', 'first');
  await window.waitForModal();
  await window.press('Deny');
  assert.match(await first.reply, /deny/);

  const one = outsider(window, 'rm -rf ./one', 'first');
  await window.waitForModal();
  const two = outsider(window, 'rm -rf ./two', 'second');
  await waiting(2);
  const three = outsider(window, 'rm -rf ./three', 'second');
  await waiting(3);
  await window.press('Deny');
  await one.reply;
  await window.until('the next question', async () =>
    (await window.waitForModal()).buttons.includes('Review All 2'),
  );
  await window.press('Review All 2');
  await window.until('the question to go', async () => !(await window.hasModal()));
  await waiting(2);

  await window.clickRowAction('Approvals', rowOf(await window.rows('Approvals'), 0), 'Deny');
  assert.match(await two.reply, /deny/);
  await waiting(1);
  await window.clickRowAction('Approvals', rowOf(await window.rows('Approvals'), 0), 'Allow Once');
  const modal = await window.waitForModal();
  assert.match(modal.message, /three/);
  await window.press('Allow Once');
  assert.match(await three.reply, /allow/);
  await waiting(0);
  assert.deepEqual(await recorded(window, 'rm -rf ./three'), [['allowed', 'person', 'files.delete-many']]);
});

test('a question goes away with the agent that asked it, and with the turn of one', async () => {
  await window.prompt('wait and remove', [terminal('sleep 4'), terminal('rm -rf ./two')]);
  const first = outsider(window, 'rm -rf ./one', 'first');
  await waiting(1);
  const second = outsider(window, 'rm -rf ./one', 'second');
  const third = outsider(window, 'rm -rf ./one', 'third');
  await waiting(4);
  await window.press('Deny');
  await first.reply;
  await window.until('the next question', async () =>
    (await window.waitForModal()).buttons.includes('Review All 3'),
  );
  await window.press('Review All 3');
  await window.until('the question to go', async () => !(await window.hasModal()));

  second.stop();
  await waiting(2, 8);
  await window.cancelTurn();
  await waiting(1, 8);
  assert.deepEqual((await recorded(window, 'rm -rf ./two')).at(-1), [
    'refused',
    'nobody',
    'files.delete-many',
  ]);
  third.stop();
  await waiting(0, 8);
  assert.ok(existsSync(join(window.workspace, 'one')) && existsSync(join(window.workspace, 'two')));
});

test('no answer in time is a no, and a late yes runs nothing', async () => {
  await window.set({ 'chaperone.approval.timeout': 5 });
  await window.until('the setting to be kept', async () => (await kept())['approval.timeout'] === 5);
  await window.prompt('nobody', [terminal('rm -rf ./two')]);
  await window.waitForModal();
  const [seen] = await window.ended('nobody', 15);
  assert.ok(seen && isRefusal(seen));
  assert.match(seen.text, /[Aa]sk the person/);
  assert.ok(await window.hasModal());
  await window.press('Allow Once');
  await window.until('word that it was too late', async () =>
    (await window.notifications()).some(it => /too late/.test(it)),
  );
  assert.ok(existsSync(join(window.workspace, 'two')));
  assert.deepEqual((await recorded(window, 'rm -rf ./two')).at(-1), [
    'refused',
    'nobody',
    'files.delete-many',
  ]);
  await window.set({ 'chaperone.approval.timeout': 45 });
});

test('a window that closes with a question open has refused it, and works again when it is back', async () => {
  const before = (await recorded(window, 'rm -rf ./four')).length;
  await window.prompt('close', [terminal('rm -rf ./four')]);
  await window.waitForModal();
  await window.closePage();
  await window.until(
    'the refusal',
    async () => (await recorded(window, 'rm -rf ./four')).length > before,
    20,
  );
  for (const entry of await recorded(window, 'rm -rf ./four'))
    assert.deepEqual(entry, ['refused', 'nobody', 'files.delete-many']);
  assert.ok(existsSync(join(window.workspace, 'four')));

  await window.openPage();
  await window.until('Chaperone', async () => (await window.statusBar('chaperone')).length > 0, 60);
  await window.prompt('back', [terminal('echo back-$((1+1))'), terminal('rm -rf ./four')]);
  await window.waitForModal();
  await window.press('Allow Once');
  const seen = await window.ended('back');
  assert.equal(seen[0]?.text, 'back-2');
  assert.equal(existsSync(join(window.workspace, 'four')), false);
  await assertWhole(window);
});

async function waiting(count: number, seconds = 15): Promise<void> {
  const says = count === 0 ? 'Chaperone' : `${count} waiting`;
  await window.until(
    `\`${says}\``,
    async () => (await window.statusBar('chaperone')).includes(says),
    seconds,
  );
}

/** Rows of what waits stand at the top, each above what it is made of; their text begins with a title. */
function rowOf(rows: readonly string[], at: number): string {
  return rows.filter(row => /Claude Code, until/.test(row))[at] ?? '';
}

/** What Chaperone keeps of the settings. */
async function kept(): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await readFile(join(stateOf(window), 'settings.json'), 'utf8')) as Record<
    string,
    unknown
  >;
}
