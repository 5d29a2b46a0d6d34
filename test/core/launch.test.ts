import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { failed, hookCommand, statusCommand } from '../../src/core/launch.ts';
import { runHook } from '../../src/system/process.ts';

/*
 * The command in a hook file, run by the real shell: whatever becomes of what it starts, nothing but a plain success
 * passes.
 */

const skip = process.platform === 'win32' && 'the command of Windows is another';
const root = mkdtempSync(path.join(tmpdir(), 'launch-'));
after(() => rmSync(root, { recursive: true, force: true }));
const hookScript = path.join(import.meta.dirname, '../../src/hook.sh');

/** Runs the command with a guard of this text, or without one. */
async function hooked(
  guard: string | undefined,
  { folder = 'plain', node = process.execPath, seconds = 20, before = '', by = hookCommand } = {},
) {
  const dist = mkdtempSync(path.join(root, `${folder}-`));
  mkdirSync(path.join(dist, 'state'));
  copyFileSync(hookScript, path.join(dist, 'hook.sh'));
  if (guard !== undefined) writeFileSync(path.join(dist, 'guard.js'), guard);
  const launch = {
    node,
    guard: path.join(dist, 'guard.js'),
    state: path.join(dist, 'state'),
    platform: 'posix',
  } as const;
  const command = `${before}${by(launch, 'claude', 'PreToolUse', seconds)}`;
  return { ...(await runHook(command, '{"a":1}', root, 15_000)), state: launch.state };
}

const told = `process.stdout.write(JSON.stringify({ args: process.argv.slice(2), options: process.env.NODE_OPTIONS, electron: process.env.ELECTRON_RUN_AS_NODE, shell: Number(process.env.CHAPERONE_SHELL) > 1, read: require('fs').readFileSync(0, 'utf8') }));`;

const refused: Readonly<Record<string, Parameters<typeof hooked>>> = {
  'a missing guard': [undefined],
  'a missing Node': ['', { node: path.join(root, 'no', 'node') }],
  'a guard that does not parse': ['{{{'],
  'a guard that throws': ['throw new Error("x")'],
  'a guard that ends with 1': ['process.exitCode = 1'],
  'a guard that ends with 2': ['process.exitCode = 2'],
  'a guard that ends undecided': ['process.exitCode = 70'],
  'a guard that is killed': [`process.kill(process.pid, 'SIGKILL')`],
  'a guard that ends itself': [`process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 9e3)`],
  'a guard that hangs': ['setTimeout(() => {}, 9e3)', { seconds: 1 }],
  'a guard that hangs and does not listen': [
    `process.on('SIGTERM', () => {}); setTimeout(() => {}, 9e3)`,
    { seconds: 1 },
  ],
};

describe('the command of a hook', { skip }, () => {
  for (const folder of ['plain', 'with blanks', "it's", 'a"b', 'a$HOME`ls`', 'a;b&c', 'a\\b', 'é €', '-rf'])
    test(`starts the guard in a folder named ${folder}`, async () => {
      const { exit, stdout, stderr, state } = await hooked(told, { folder });
      assert.equal(stderr, '');
      assert.equal(exit, 0);
      assert.deepEqual(JSON.parse(stdout), {
        args: ['hook', 'claude', 'PreToolUse', '--state', state, '--within', '15'],
        options: '',
        electron: '1',
        shell: true,
        read: '{"a":1}',
      });
    });

  test('silence and 0 pass as they are', async () => {
    const { exit, stdout, stderr } = await hooked('');
    assert.deepEqual({ exit, stdout, stderr }, { exit: 0, stdout: '', stderr: '' });
  });

  test('an environment that preloads something is not heard', async () => {
    const before = `export NODE_OPTIONS='--require /nowhere/at-all.js' ELECTRON_RUN_AS_NODE=0; `;
    assert.equal((await hooked(told, { before })).exit, 0);
  });

  for (const [name, how] of Object.entries(refused))
    test(`${name} is a no with a reason`, async () => {
      const { exit, stderr, stdout } = await hooked(...how);
      assert.equal(exit, 2);
      assert.ok(stderr.includes(failed), stderr);
      assert.equal(stdout, '');
    });
});

describe('the command for agents that heed an exit status alone', { skip }, () => {
  test('leaves the reason of the guard alone', async () => {
    const { exit, stderr } = await hooked(`console.error('not this'); process.exitCode = 2`, {
      by: statusCommand,
    });
    assert.deepEqual({ exit, stderr }, { exit: 2, stderr: 'not this\n' });
  });

  test('silence and 0 pass as they are', async () => {
    const { exit, stdout, stderr } = await hooked('', { by: statusCommand });
    assert.deepEqual({ exit, stdout, stderr }, { exit: 0, stdout: '', stderr: '' });
  });

  for (const [name, [guard, how]] of Object.entries(refused).filter(([it]) => !it.endsWith('with 2')))
    test(`${name} is a no with a reason`, async () => {
      const { exit, stderr } = await hooked(guard, { ...how, by: statusCommand });
      assert.equal(exit, 2);
      assert.ok(stderr.includes(failed), stderr);
    });
});

describe('the command for PowerShell', () => {
  const launch = {
    node: "C:\\it's\\node.exe",
    guard: 'C:\\a b\\guard.js',
    state: 'C:\\s$x',
    platform: 'windows',
  } as const;
  const command = hookCommand(launch, 'claude', 'PreToolUse', 590);

  test('quotes every path as PowerShell does', () => {
    for (const text of ["'C:\\it''s\\node.exe'", "'C:\\a b\\guard.js'", "'C:\\s$x'"])
      assert.ok(command.includes(text), text);
  });

  test('turns every failure into exit 2', () => assert.match(command, /\$LASTEXITCODE -ne 0.*exit 2/));
});
