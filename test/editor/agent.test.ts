import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import {
  assertWhole,
  clear,
  commit,
  isRefusal,
  openChaperone,
  recorded,
  stateOf,
  terminal,
} from './chaperone.ts';
import type { EditorWindow } from './window.ts';

/*
 * VS Code's own agent as it comes, with the editor's own confirmations on, in a repository with work that no commit holds.
 */

/** Made up here. */
const token = `rw_${Array.from({ length: 32 }, (_, at) => (at * 7 + 3) % 10).join('')}`;

let window: EditorWindow;
let outside: string;

before(async () => {
  outside = await mkdtemp(join(tmpdir(), 'editor-outside-'));
  await fakeCurl();
  const firstOnPath = `PATH='${join(outside, 'bin')}':"$PATH"\n`;
  window = await openChaperone({
    files: {
      'data/old.csv': '1;2\n',
      'src/index.ts': 'export const one = 1;\n',
      'README.md': '# Work\n',
      'scripts/old/domains.sh': `#!/bin/sh\nAPI_TOKEN=${token}\n`,
    },
    homeFiles: { '.bashrc': firstOnPath, '.bash_profile': firstOnPath },
    mcp: {
      records: {
        command: process.execPath,
        args: [join(import.meta.dirname, 'mcp-server.mjs'), join(outside, 'records.txt')],
      },
    },
  });
  await commit(window);
  await renew();
});

afterEach(() => clear(window));

after(async () => {
  await window?.dispose();
  await rm(outside, { recursive: true, force: true });
});

test('it is installed and starts', async () => {
  assert.ok((await window.installed()).some(it => it.startsWith('chaperone.chaperone@')));
  await window.until('the status bar', async () =>
    (await window.statusBar('chaperone')).includes('Chaperone'),
  );
});

test('an ordinary command is left to the editor, which asks as it would without us', async () => {
  await window.prompt('add', [terminal('echo sum-$((40+2))')]);
  await window.waitForConfirmation();
  assert.equal(await window.hasModal(), false);
  await window.answerConfirmation('Allow');
  const seen = await window.ended('add');
  assert.equal(seen[0]?.text, 'sum-42');
  assert.deepEqual(await recorded(window, 'echo sum-'), [['allowed', 'policy']]);
});

test('a folder with work in it stays when the person says no, by Enter and by Escape', async () => {
  for (const key of ['Enter', 'Escape'] as const) {
    await window.prompt(`remove it, ${key}`, [terminal('rm -rf ./data')]);
    const modal = await window.waitForModal();
    assert.match(modal.message, /delete 2 files in \.\/data/);
    assert.equal(modal.focused, 'Deny');
    await (key === 'Enter' ? window.pressEnter() : window.pressEscape());
    const seen = await window.ended(`remove it, ${key}`);
    assert.ok(seen.every(isRefusal), JSON.stringify(seen));
    assert.ok(existsSync(work()));
  }
  assert.deepEqual(await recorded(window, 'rm -rf ./data'), [
    ['refused', 'person', 'files.delete-many'],
    ['refused', 'person', 'files.delete-many'],
  ]);
});

test('it goes once when the person allows it once, and the editor does not ask again', async () => {
  await window.prompt('remove it, once', [terminal('rm -rf ./data'), terminal('rm -rf ./data/more')]);
  await window.waitForModal();
  await window.press('Allow Once');
  await window.until('the folder to go', async () => !existsSync(join(window.workspace, 'data')));
  assert.equal(await window.hasConfirmation(), false);
  await renew();
  const next = await window.waitForModal();
  assert.match(next.message, /delete/);
  await window.press('Deny');
  const seen = await window.ended('remove it, once');
  assert.deepEqual(seen.map(isRefusal), [false, true]);
  assert.ok(existsSync(work()));
});

test('a yes for the session covers exactly the same, shows in the view, and can be taken back', async () => {
  await window.prompt('remove it, session', [terminal('rm -rf ./data'), terminal('rm -rf ./src')]);
  await window.waitForModal();
  await window.press('Allow for This Session…');
  assert.equal((await window.quickItems()).length, 3);
  await window.quickPick('10 minutes');
  const other = await window.waitForModal();
  assert.match(other.message, /\.\/src/);
  await window.press('Deny');
  await window.ended('remove it, session');
  assert.ok(!existsSync(work()) && existsSync(join(window.workspace, 'src')));

  await renew();
  await window.ask('remove it, again', [terminal('rm -rf ./data')]);
  assert.ok(!existsSync(work()));
  assert.deepEqual((await recorded(window, 'rm -rf ./data')).at(-1), [
    'allowed',
    'grant',
    'files.delete-many',
  ]);

  await renew();
  await window.runCommand('Chaperone: Show Approvals');
  const [, granted = ''] = await window.rows('Approvals');
  assert.ok(granted);
  await window.clickRowAction('Approvals', granted.slice(0, 12), 'Take Back');
  await window.prompt('remove it, taken back', [terminal('rm -rf ./data')]);
  await window.waitForModal();
  await window.press('Deny');
  await window.ended('remove it, taken back');
  assert.ok(existsSync(work()));
});

test('a tool that nobody knows is asked about', async () => {
  const note = { tool: 'scripted_note', input: { text: 'first' } };
  await window.prompt('note, no', [note]);
  await window.waitForModal();
  await window.press('Deny');
  assert.ok((await window.ended('note, no')).every(isRefusal));
  assert.deepEqual(await recorded(window, 'scripted_note'), [['refused', 'person', 'execution.unknown']]);
  await window.prompt('note, yes', [note]);
  await window.waitForModal();
  await window.press('Allow Once');
  assert.equal((await window.ended('note, yes'))[0]?.text, 'noted first');
});

test('of a server of tools, only what takes something away is asked about', async () => {
  await window.prompt('records', [
    { tool: 'mcp_records_find_record', input: { id: 'r-1' } },
    { tool: 'mcp_records_delete_record', input: { id: 'r-1' } },
  ]);
  await window.waitForConfirmation();
  assert.equal(await window.hasModal(), false);
  await window.answerConfirmation('Allow');
  await window.waitForModal();
  await window.press('Deny');
  const seen = await window.ended('records');
  assert.deepEqual(seen.map(isRefusal), [false, true]);
  assert.equal(await readFile(join(outside, 'records.txt'), 'utf8'), 'find_record r-1\n');
});

test('a volume is not deleted with a token found in a script, nor with another until its name is typed', async () => {
  const body = JSON.stringify({ query: 'mutation { volumeDelete(volumeId: "v-1") }' });
  const deletes = (bearer: string) =>
    `curl -X POST https://backboard.railway.invalid/graphql/v2 -H "Authorization: Bearer ${bearer}" -d '${body}'`;
  const line = deletes('$API_TOKEN');

  await window.prompt('fetch', [terminal('curl -s https://backboard.railway.invalid/health')]);
  await window.until('the editor to ask or the request', async () => {
    if (await window.hasConfirmation()) await window.answerConfirmation('Allow');
    return existsSync(requests());
  });
  await window.ended('fetch');
  assert.match(await readFile(requests(), 'utf8'), /health/);

  await window.prompt('delete the volume, borrowed', [terminal(deletes(token))]);
  const borrowed = await window.ended('delete the volume, borrowed');
  assert.ok(borrowed.every(isRefusal), JSON.stringify(borrowed));
  assert.match(borrowed[0]?.text ?? '', /scripts\/old\/domains\.sh, line 2, as API_TOKEN/);
  assert.equal(await window.hasModal(), false);

  for (const how of ['Deny', 'another name', 'nothing'] as const) {
    await window.prompt(`delete the volume, ${how}`, [terminal(line)]);
    const modal = await window.waitForModal();
    assert.match(modal.message, /volume v-1/);
    assert.ok(!modal.buttons.some(it => /session/i.test(it)));
    await window.press(how === 'Deny' ? 'Deny' : 'Allow Once');
    if (how === 'another name') await window.quickType('v-2');
    if (how !== 'Deny') {
      await pause(500);
      await (how === 'nothing' ? window.pressEscape() : window.pressEnter());
    }
    assert.ok((await window.ended(`delete the volume, ${how}`)).every(isRefusal));
  }
  assert.doesNotMatch(await readFile(requests(), 'utf8'), /volumeDelete/);
  assert.deepEqual(await recorded(window, 'volumeDelete'), [
    ['refused', 'policy', 'secrets.leak', 'services.delete-gravest'],
    ...Array.from({ length: 3 }, () => ['refused', 'person', 'services.delete-gravest']),
  ]);

  await window.prompt('delete the volume, yes', [terminal(line)]);
  await window.waitForModal();
  await window.press('Allow Once');
  await window.quickType('v-1');
  await window.pressEnter();
  await window.ended('delete the volume, yes');
  assert.match(await readFile(requests(), 'utf8'), /volumeDelete/);
});

test('the record is whole, and holds no token', async () => {
  await assertWhole(window);
  const record = await readFile(join(stateOf(window), 'ledger.jsonl'), 'utf8');
  assert.ok(record.includes('volumeDelete') && !record.includes(token));
});

function work(): string {
  return join(window.workspace, 'data/new.csv');
}

/** The folder again, with a file that no commit holds. */
async function renew(): Promise<void> {
  await mkdir(join(window.workspace, 'data/more'), { recursive: true });
  await writeFile(join(window.workspace, 'data/old.csv'), '1;2\n');
  await writeFile(work(), '3;4\n');
}

function requests(): string {
  return join(outside, 'requests.txt');
}

/** First on the path: writes down what it was to send. */
async function fakeCurl(): Promise<void> {
  const file = join(outside, 'bin/curl');
  await mkdir(join(outside, 'bin'));
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${requests()}'\n`);
  await chmod(file, 0o755);
}
