import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Script } from '../../support/model/script.ts';
import { agents } from './agents.ts';
import type { Calls } from './agents/agent.ts';
import type { LiveAgentId } from './agents.ts';
import { run } from './run.ts';
import type { Outcome } from './run.ts';
import { ensureAgent } from './setup.ts';
import { freshPlace, writeAll } from './workspace.ts';
import type { Place } from './workspace.ts';

const { shell } = agents.claude.calls;
const onLinux = { skip: process.platform !== 'linux' && 'processes are looked up in /proc' };

for (const id of Object.keys(agents) as LiveAgentId[])
  describe(`the harness, with ${id}`, { timeout: 900_000 }, () => {
    let place: Place;
    let outcome: Outcome;
    before(async () => {
      await ensureAgent(id);
      place = await freshPlace();
      const { home, workspace } = place;
      const { shell, read = lookAt(shell) }: Calls = agents[id].calls;
      const script = [
        // What it prints is nowhere in the line itself.
        shell('echo beneath | tr a-z A-Z > data/answer.txt; cat data/answer.txt'),
        shell("tail -n +3 /proc/self/net/dev | cut -d: -f1 | tr -d ' ' > data/network.txt"),
        read(join(workspace, 'README.md')),
      ];
      outcome = await run({ agent: id, script, home, workspace });
    });
    after(() => place.dispose());
    const written = (file: string) => readFile(join(place.workspace, file), 'utf8');

    test('an ordinary command runs, and the model sees its output', async () => {
      assert.equal(await written('data/answer.txt'), 'BENEATH\n');
      assert.match(shownAt(outcome, 0), /\bBENEATH\b/);
    });

    test('a file is read, and the model sees its text', () =>
      assert.match(shownAt(outcome, 2), /Hello, world\./));

    test('nothing but loopback is there', onLinux, async t => {
      if (!outcome.isolated) return t.skip('no network namespace on this machine');
      assert.equal(await written('data/network.txt'), 'lo\n');
    });

    test('the run ends well, and asks for nothing that the model does not speak', () => {
      assert.equal(outcome.exit, 0, outcome.stderr);
      assert.equal(outcome.transcript.at(-1)?.type, 'final');
      assert.deepEqual(
        outcome.transcript.filter(line => line.type === 'unknown'),
        [],
      );
    });
  });

describe('the harness, whatever the agent', { timeout: 300_000 }, () => {
  before(() => ensureAgent('claude'));

  test('what the model received can be searched', async t => {
    const place = await placeFor(t);
    const outcome = await claude(place, [shell('cat .env')]);
    assert.ok(outcome.received(place.secret));
    assert.ok(!outcome.received('not committed yet'));
  });

  test('a hook that says no stops the command, and the model sees why', async t => {
    const place = await placeFor(t);
    await hook(place, "echo 'not on my watch' >&2; exit 2");
    const outcome = await claude(place, [shell('rm -r data')]);
    const [result] = shown(outcome);
    assert.ok(result?.error && result.text.includes('not on my watch'), result?.text);
    assert.equal(await readFile(join(place.workspace, 'data/notes.txt'), 'utf8'), 'not committed yet\n');
  });

  test('a hook reaches a Unix socket that is held outside', async t => {
    const place = await placeFor(t);
    const approver = createServer(caller => caller.end('refused outside'));
    const socket = join(place.home, 'approver.sock');
    await new Promise<void>(resolve => approver.listen(socket, resolve));
    t.after(() => approver.close());
    const ask = `require('net').connect('${socket}').pipe(process.stderr).on('unpipe', () => process.exitCode = 2)`;
    await hook(place, `exec node -e "${ask}"`);
    const outcome = await claude(place, [shell('rm -r data')]);
    assert.match(shown(outcome)[0]?.text ?? '', /refused outside/);
  });

  test('nothing but loopback is there, and nothing is left behind', onLinux, async t => {
    const place = await placeFor(t);
    const outcome = await claude(place, [
      shell('setsid sleep 300 >/dev/null 2>&1 & echo $! > pid'),
      shell('tail -n +3 /proc/self/net/dev | cut -d: -f1'),
    ]);
    assert.equal(await stateOf(Number(await readFile(join(place.workspace, 'pid'), 'utf8'))), 'gone');
    if (!outcome.isolated) return t.skip('no network namespace on this machine');
    assert.equal(shown(outcome)[1]?.text, 'lo');
  });

  test('a process beside the run with the same HOME is spared', onLinux, async t => {
    const { home, workspace } = await placeFor(t);
    const beside = spawn('sleep', ['60'], {
      env: { PATH: process.env['PATH'], HOME: home },
      stdio: 'ignore',
    });
    t.after(() => beside.kill('SIGKILL'));
    const pid = beside.pid ?? 0;
    await run({ agent: 'claude', script: [], home, workspace, spare: [pid], timeout: 45_000 });
    assert.equal(await stateOf(pid), 'there');
  });

  test('a run that does not end is ended', async t => {
    const place = await placeFor(t);
    const outcome = await claude(place, [{ text: 'too late', delay: 60_000 }], 3_000);
    assert.equal(outcome.exit, 'timeout');
  });
});

/** For an agent that reads by its shell alone. */
function lookAt(shell: Calls['shell']): NonNullable<Calls['read']> {
  return path => shell(`cat ${path}`);
}

/** What the model was shown for the only call of a turn. */
function shownAt({ transcript }: Outcome, turn: number): string {
  const found = transcript.find(line => line.type === 'result' && line.id === `toolu_main_${turn}_0`);
  return found?.type === 'result' ? found.text : '';
}

function claude({ home, workspace }: Place, script: Script, timeout = 45_000): Promise<Outcome> {
  return run({ agent: 'claude', script, home, workspace, timeout });
}

/** The tool results, without the reminders that the CLI appends to them. */
function shown({ transcript }: Outcome) {
  return transcript.flatMap(line => {
    if (line.type !== 'result') return [];
    const [text = ''] = line.text.split('<system-reminder>');
    return [{ error: line.error, text: text.trim() }];
  });
}

async function hook({ home }: Place, script: string): Promise<void> {
  const command = `/bin/sh ${join(home, 'hook.sh')}`;
  const hooks = { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command, timeout: 20 }] }] };
  await writeAll(home, { 'hook.sh': `${script}\n`, '.claude/settings.json': JSON.stringify({ hooks }) });
}

async function placeFor(t: { after: (done: () => Promise<void>) => void }): Promise<Place> {
  const place = await freshPlace();
  t.after(() => place.dispose());
  return place;
}

/** A zombie is gone too: whoever should reap it takes its time. */
async function stateOf(pid: number): Promise<'there' | 'gone'> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat === '' || stat.includes(') Z ') ? 'gone' : 'there';
}
