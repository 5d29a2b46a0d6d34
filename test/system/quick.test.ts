import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Reply } from '../../src/core/model.ts';
import { endpoint, type Asked, type Endpoint } from '../../src/system/endpoint.ts';

const source = path.resolve(import.meta.dirname, '../../src');
const without =
  process.platform === 'win32'
    ? 'there is no POSIX shell'
    : !existsSync('/usr/bin/perl') && 'there is no perl';

/** The real `hook.sh` and `hook.pl`, a real window, and a stand-in for the guard that says what it was given. */
describe('the quick client', { skip: without }, () => {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'quick-')));
  const [state, folder, dist] = ['state', 'work space', 'dist'].map(name => path.join(root, name)) as [
    string,
    string,
    string,
  ];
  const asked: Asked[] = [];
  const windows: Endpoint[] = [];
  let answer: (asked: Asked, signal: AbortSignal) => Promise<Reply>;

  const openWindow = async (folders: readonly string[]) => {
    const here = endpoint({
      state,
      folders: () => folders,
      focused: () => 1,
      answer: (it, signal) => (asked.push(it), answer(it, signal)),
      complain: () => undefined,
    });
    windows.push(here);
    assert.ok(await here.ready);
    return here;
  };

  before(async () => {
    for (const it of [path.join(state, 'windows'), folder, dist])
      mkdirSync(it, { recursive: true, mode: 0o700 });
    for (const name of ['hook.sh', 'hook.pl'])
      writeFileSync(path.join(dist, name), readFileSync(path.join(source, name)));
    writeFileSync(
      path.join(dist, 'guard.js'),
      `const text = require('node:fs').readFileSync(0, 'utf8'); process.stdout.write(JSON.stringify({ args: process.argv.slice(2), text })); process.exit(7);`,
    );
    await openWindow([folder]);
  });
  after(() => {
    for (const window of windows) window.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  const run = (
    payload: string | Buffer,
    {
      env = {},
      more = [],
      started = () => undefined,
    }: {
      env?: Record<string, string>;
      more?: readonly string[];
      started?: (child: ChildProcess) => void;
    } = {},
  ) =>
    new Promise<{ exit: number | null; stdout: string; stderr: string }>(resolve => {
      const child = spawn(
        '/bin/sh',
        [
          path.join(dist, 'hook.sh'),
          process.execPath,
          path.join(dist, 'guard.js'),
          'hook',
          'claude',
          'PreToolUse',
          '--state',
          state,
          ...more,
        ],
        { cwd: root, env: { ...process.env, ...env } },
      );
      const out = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (out.stderr += text));
      child.on('close', exit => resolve({ exit, ...out }));
      child.stdin.on('error', () => undefined);
      child.stdin.end(payload);
      started(child);
    });
  const payloadOf = (command: string, cwd = folder) =>
    JSON.stringify({ session_id: 's', cwd, tool_name: 'Bash', tool_input: { command } });
  /** What the stand-in for the guard says it was given: all of the payload, and whether a window had been asked. */
  const handed = (payload: string, alone = false) => ({
    exit: 7,
    stderr: '',
    stdout: JSON.stringify({
      args: ['hook', 'claude', 'PreToolUse', '--state', state, ...(alone ? ['--alone'] : [])],
      text: payload,
    }),
  });

  test('hands the payload to the window, and writes what it says', async () => {
    const stdout = JSON.stringify({ reason: 'no: "quoted", back\\slash, tab\t, ünïcode 🙂' });
    answer = async () => ({ stdout, stderr: 'line one\nline two\n', exit: 2 });
    const payload = payloadOf('echo "hello \\ wörld 🙂\n\tsecond line\u0001"');
    assert.deepEqual(await run(payload), { exit: 2, stdout, stderr: 'line one\nline two\n' });
    assert.deepEqual(asked.at(-1), {
      agent: 'claude',
      event: 'PreToolUse',
      payload,
      cwd: folder,
      wait: 580_000,
    });
  });

  test('tells the window who started it, and waits as long as it is told to', async () => {
    answer = async () => ({ stdout: '', stderr: '', exit: 0 });
    const env = { COPILOT_CLI: '1', CURSOR_VERSION: '3.9' };
    await run(payloadOf('ls'), { env, more: ['--within', '7'] });
    const { marks, wait } = asked.at(-1) ?? {};
    assert.deepEqual([marks, wait], ['COPILOT_CLI CURSOR_VERSION', 7_000]);
  });

  test('looks for the same marks as the guard', () => {
    const [perl, guard] = ['hook.pl', 'guard.ts'].map(name => readFileSync(path.join(source, name), 'utf8'));
    const marks = /@hosts\s*= qw\(([^)]*)\)/.exec(perl ?? '')?.[1]?.split(' ') ?? [];
    assert.ok(marks.length > 3);
    const told = /hostMarks = \[([^\]]*)\]/.exec(guard ?? '')?.[1] ?? '';
    assert.deepEqual(
      [...told.matchAll(/'(\w+)'/g)].map(([, name]) => name),
      marks,
    );
  });

  test('takes the first folder of an agent that says no other', async () => {
    answer = async () => ({ stdout: 'fine', stderr: '', exit: 0 });
    for (const name of ['workspace_roots', 'workspaceRoots', 'workspacePaths']) {
      const payload = JSON.stringify({ [name]: [folder, '/nowhere'], tool_call: { name: 'run_commands' } });
      assert.equal((await run(payload)).stdout, 'fine', name);
      assert.equal(asked.at(-1)?.cwd, folder);
    }
  });

  test('says nothing where the window says nothing', async () => {
    answer = async () => ({ stdout: '', stderr: '', exit: 0 });
    assert.deepEqual(await run(payloadOf('ls')), { exit: 0, stdout: '', stderr: '' });
  });

  test('takes a payload of a megabyte', async () => {
    answer = async ({ payload }) => ({ stdout: String(payload.length), stderr: '', exit: 0 });
    const payload = payloadOf('x'.repeat(1_000_000));
    assert.equal((await run(payload)).stdout, String(payload.length));
  });

  test('waits for a person', async () => {
    answer = () =>
      new Promise(resolve => setTimeout(resolve, 4_500, { stdout: 'at last', stderr: '', exit: 0 }));
    assert.equal((await run(payloadOf('rm -rf x'))).stdout, 'at last');
  });

  test('leaves what it does not plainly know to the guard, with the whole payload', async () => {
    const before = asked.length;
    for (const payload of [
      payloadOf('ls', '/nowhere'),
      '',
      'not json',
      '{"cwd":"/a","tool_input":{"cwd":"/b"}}',
      JSON.stringify({ workspaceRoots: [] }),
      JSON.stringify({ workspaceRoots: [folder], working_dir: '/nowhere' }),
      JSON.stringify({ workspaceRoots: [folder], tool_call: { input: { workspaceRoots: [folder] } } }),
      payloadOf('ls', `${folder}/with "quotes"`),
      payloadOf('ls', `${folder}-beside`),
    ])
      assert.deepEqual(await run(payload), handed(payload), payload);
    assert.equal(asked.length, before);
  });

  test('leaves the choice between two windows to the guard', async () => {
    const other = await openWindow([root]);
    const payload = payloadOf('ls');
    assert.deepEqual(await run(payload), handed(payload));
    other.dispose();
  });

  test('has the guard decide alone where the window failed, and does not ask twice', async () => {
    answer = () => Promise.reject(new Error('broken'));
    const payload = payloadOf('rm -rf x');
    const before = asked.length;
    assert.deepEqual(await run(payload), handed(payload, true));
    assert.equal(asked.length, before + 1);
  });

  test('leaves a reply it cannot read to the guard', async () => {
    answer = async () => ({ stdout: '\u0000', stderr: '', exit: 0 });
    const payload = payloadOf('rm -rf x');
    assert.deepEqual(await run(payload), handed(payload, true));
  });

  test('does not believe a window file that others can change', async () => {
    const [name = ''] = readdirSync(path.join(state, 'windows')).filter(it => it.endsWith('.json'));
    const file = path.join(state, 'windows', name);
    const { chmodSync } = await import('node:fs');
    chmodSync(file, 0o660);
    const payload = payloadOf('ls');
    assert.deepEqual(await run(payload), handed(payload));
    chmodSync(file, 0o600);
  });

  test('ends when the shell of the hook is gone, so that the question goes away', async () => {
    const shell = spawn('sleep', ['60']);
    let gone: () => void = () => undefined;
    const aborted = new Promise<void>(resolve => (gone = resolve));
    answer = (_, signal) => {
      signal.addEventListener('abort', () => gone());
      shell.kill();
      return new Promise(() => undefined);
    };
    const { exit } = await run(payloadOf('rm -rf x'), { env: { CHAPERONE_SHELL: String(shell.pid) } });
    assert.equal(exit, 70);
    await aborted;
  });

  test('takes a shell that is no number for none', async () => {
    answer = async () => ({ stdout: 'fine', stderr: '', exit: 0 });
    const { stdout, stderr } = await run(payloadOf('ls'), { env: { CHAPERONE_SHELL: '$' } });
    assert.deepEqual([stdout, stderr], ['fine', '']);
  });

  test('loads nothing that an environment names', async () => {
    answer = async () => ({ stdout: 'fine', stderr: '', exit: 0 });
    const { stdout } = await run(payloadOf('ls'), {
      env: { PERL5OPT: '-MNothing::OfTheKind', PERL5LIB: '/nowhere' },
    });
    assert.equal(stdout, 'fine');
  });

  test('says nothing about a locale that is not installed', async () => {
    answer = async () => ({ stdout: '', stderr: '', exit: 0 });
    const { stderr } = await run(payloadOf('ls'), { env: { LC_ALL: 'xx_XX.UTF-8', LANG: 'xx_XX.UTF-8' } });
    assert.equal(stderr, '');
  });
});
