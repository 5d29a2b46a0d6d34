import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { agents } from '../agents/live/agents.ts';
import type { LiveAgentId } from '../agents/live/agents.ts';
import { shownIn, turns } from '../agents/live/guarded.ts';
import { run } from '../agents/live/run.ts';
import { ensureAgent } from '../agents/live/setup.ts';
import { writeAll } from '../agents/live/workspace.ts';
import { assertWhole, clear, commit, guard, openChaperone, recorded, stateOf } from './chaperone.ts';
import type { EditorWindow } from './window.ts';

/* Every agent's real program at work in the folder of a window, which asks the person: here with a yes, then with a no. */

const ids = Object.keys(agents) as readonly LiveAgentId[];
let window: EditorWindow;

before(async () => {
  window = await openChaperone({
    agent: false,
    files: { 'README.md': '# Work\n' },
  });
  await commit(window);
  // No commit holds these.
  const folders = ids.flatMap(id => [`${id}/yes`, `${id}/no`]);
  await writeAll(window.workspace, Object.fromEntries(folders.map(it => [`${it}/work.txt`, 'work\n'])));
});
after(() => window?.dispose());

for (const id of ids)
  test(`${id}: a yes in the window is a yes, and a no is one`, { timeout: 180_000 }, async t => {
    t.after(() => clear(window));
    const home = await mkdtemp(join(tmpdir(), 'programs-'));
    t.after(() => rm(home, { recursive: true, force: true }));
    const program = await ensureAgent(id);
    await agents[id].settle(home);
    const { calls } = agents[id];
    const installed = spawnSync(process.execPath, [guard, 'install', id, '--state', stateOf(window)], {
      env: { PATH: [dirname(program), process.env['PATH']].join(delimiter), HOME: home },
      encoding: 'utf8',
    });
    assert.equal(installed.status, 0, installed.stderr);

    const script = turns([calls.shell(`rm -r ${id}/yes`), calls.shell(`rm -r ${id}/no`)]);
    const running = run({ agent: id, script, home, workspace: window.workspace });
    for (const [folder, button] of [
      ['yes', 'Allow Once'],
      ['no', 'Deny'],
    ] as const) {
      const { message, detail } = await window.waitForModal(90);
      assert.match(`${message} ${detail}`, new RegExp(`${id}/${folder}`));
      await window.press(button);
      await window.until('the question to go', async () => !(await window.hasModal()));
    }
    const outcome = await running;
    assert.equal(existsSync(join(window.workspace, id, 'yes')), false, shownIn(outcome).get('main 0')?.text);
    assert.ok(existsSync(join(window.workspace, id, 'no/work.txt')));
    assert.deepEqual(
      (await recorded(window, `rm -r ${id}/`)).map(([came, by]) => [came, by]),
      [
        ['allowed', 'person'],
        ['refused', 'person'],
      ],
    );
  });

test('the record is whole', () => assertWhole(window));
