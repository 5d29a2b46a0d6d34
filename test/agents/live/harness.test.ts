import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Script } from '../../support/model/script.ts';
import { run } from './run.ts';
import type { Outcome } from './run.ts';
import { ensureAgent } from './setup.ts';
import { freshPlace, writeAll } from './workspace.ts';
import type { Place } from './workspace.ts';

const onLinux = { skip: process.platform !== 'linux' && 'processes are looked up in /proc' };

describe('the harness, with Claude Code', { timeout: 300_000 }, () => {
  before(() => ensureAgent('claude'));

  test('an ordinary command runs, and the model sees its output', async t => {
    const place = await placeFor(t);
    const outcome = await claude(place, [shell('echo $((6 * 7)) > data/answer.txt; cat data/answer.txt')]);
    assert.equal(outcome.exit, 0, outcome.stderr);
    assert.deepEqual(shown(outcome), [{ error: false, text: '42' }]);
    assert.equal(await readFile(join(place.workspace, 'data/answer.txt'), 'utf8'), '42\n');
  });

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

function claude({ home, workspace }: Place, script: Script, timeout = 45_000): Promise<Outcome> {
  return run({ agent: 'claude', script, home, workspace, timeout });
}

function shell(command: string) {
  return { tool: 'Bash', input: { command, description: 'a test command' } };
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
