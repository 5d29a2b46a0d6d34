import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { bench, run, type Ended, type How } from '../support/guard.ts';

/*
 * The real guard as an agent's hook starts it. However it fails, what is destructive never passes: it ends in a no in
 * the agent's own words, or in exit 2 with a reason.
 */

const its = bench();
after(its.dispose);
const posix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

const payload = (command: string, more: object = {}) =>
  JSON.stringify({
    session_id: 's-1',
    cwd: its.folder,
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command },
    ...more,
  });
const [ordinary, destructive] = [payload('echo hello'), payload('rm -rf /etc')];

interface Hook extends Partial<How> {
  readonly state?: string;
  readonly args?: readonly string[];
  readonly guard?: string;
}

function hook({
  state = its.state(),
  args = ['claude', 'PreToolUse'],
  guard = its.guard,
  ...how
}: Hook = {}) {
  return run([process.execPath, guard, 'hook', ...args, '--state', state], {
    cwd: its.folder,
    input: destructive,
    ...how,
    env: { HOME: its.home, CHAPERONE_STATE: '', CHAPERONE_WINDOW: '', ...how.env },
  });
}

function isSilent({ exit, stdout }: Ended): void {
  assert.deepEqual({ exit, stdout }, { exit: 0, stdout: '' });
}

/** A no that an agent understands: its JSON with a reason, or exit 2 with one. */
function isNo({ exit, stdout, stderr }: Ended): void {
  assert.ok(!/"allow"/.test(stdout), stdout);
  if (exit === 2) return assert.match(stderr, /\S{3}/);
  assert.equal(exit, 0, stderr);
  const { hookSpecificOutput: said } = JSON.parse(stdout) as {
    hookSpecificOutput: { permissionDecision: string; permissionDecisionReason: string };
  };
  assert.equal(said.permissionDecision, 'deny');
  assert.match(said.permissionDecisionReason, /\S{3}/);
}

/** Takes its ten seconds while the others run. */
const silent = hook({ input: undefined, patience: 11_500 });

/** Both: what must be stopped is, and what is ordinary passes. */
async function judgesAlone(how: Hook): Promise<void> {
  const [no, yes] = await Promise.all([hook(how), hook({ ...how, input: ordinary })]);
  isNo(no);
  isSilent(yes);
}

/** Neither passes. */
async function refusesAll(how: Hook): Promise<void> {
  for (const no of await Promise.all([hook(how), hook({ ...how, input: ordinary })])) isNo(no);
}

describe('with no window', { concurrency: 4 }, () => {
  test('an ordinary command passes in silence, a destructive one does not', () => judgesAlone({}));

  test('what a person would be asked is refused, and the agent is told', async () => {
    const ended = await hook({ input: payload('rm -rf src') });
    isNo(ended);
    assert.match(ended.stdout, /Nobody said yes/);
  });

  test('VS Code speaks its own tools', async () => {
    const asks = (command: string) =>
      JSON.stringify({
        cwd: its.folder,
        tool_name: 'run_in_terminal',
        tool_input: { command, explanation: 'x', isBackground: false },
      });
    isSilent(await hook({ args: ['vscode', 'PreToolUse'], input: asks('ls') }));
    isNo(await hook({ args: ['vscode', 'PreToolUse'], input: asks('rm -rf /etc') }));
  });

  test('PermissionRequest has words of its own', async () => {
    const { exit, stdout } = await hook({ args: ['claude', 'PermissionRequest'] });
    assert.equal(exit, 0);
    assert.match(stdout, /"behavior":"deny"/);
  });

  test('what was decided stands in the ledger', async () => {
    const state = its.state();
    await hook({ state });
    await hook({ state, input: ordinary });
    const lines = fs.readFileSync(path.join(state, 'ledger.jsonl'), 'utf8').trim().split('\n');
    const decided = lines.map(line => JSON.parse(line) as { verdict?: string; outcome?: string });
    assert.deepEqual(
      decided.flatMap(({ verdict, outcome }) => (verdict ? [`${verdict} ${outcome}`] : [])),
      ['deny refused', 'allow allowed'],
    );
  });
});

describe('a file that is hidden for what stands in it, with no window', { concurrency: 2 }, () => {
  const project = path.join(its.root, 'shop');
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    fs.writeFileSync(path.join(project, file), text);
  };
  write('old/pay.sh', `# for the shop\nKEY=sk_live_${sample(base62, 24)}\n`);
  write('src/a.ts', 'export const shop = 1;\n');
  execFileSync('git', ['init', '-q', project]);
  execFileSync('git', ['-C', project, 'add', '.']);
  const bash = (command: string) =>
    hook({ cwd: project, input: payload(command, { cwd: project, tool_input: { command } }) });
  const grep = (input: object) =>
    hook({ cwd: project, input: payload('', { cwd: project, tool_name: 'Grep', tool_input: input }) });
  const shown = { output_mode: 'content' };

  for (const line of [
    'grep -rn shop .',
    'rg shop',
    'git grep shop',
    'cat old/*',
    'grep -rn . old',
    'rg "KEY|shop" old/pay.sh',
  ])
    test(`is not shown by ${line}`, async () => {
      const ended = await bash(line);
      isNo(ended);
      if (!line.startsWith('cat') && !line.endsWith('pay.sh'))
        assert.match(ended.stdout, /It would show \S+old\/pay\.sh\./);
    });

  test('is not shown by a tool that searches', async () =>
    isNo(await grep({ pattern: 'shop', path: project, ...shown })));

  for (const line of [
    'grep -rn shop src',
    'rg exported',
    'git grep nowhere',
    'grep -rn --include=*.ts shop .',
    'cat src/*',
  ])
    test(`is nothing to ${line}`, async () => isSilent(await bash(line)));

  test('is nothing to a tool that searches elsewhere', async () =>
    isSilent(await grep({ pattern: 'shop', path: path.join(project, 'src'), ...shown })));
});

describe('what the agent writes', { concurrency: 4 }, () => {
  const inputs: Readonly<Record<string, string | Buffer>> = {
    nothing: '',
    'no JSON': 'rm -rf /etc',
    'half of it': destructive.slice(0, -10),
    'a number': '7',
    'a list': '[]',
    null: 'null',
    'no tool': JSON.stringify({ session_id: 's', cwd: its.folder }),
    'an unknown tool': payload('x', { tool_name: 'Frobnicate' }),
    'a tool with another input': payload('x', { tool_input: { commands: ['rm -rf /'] } }),
    'a tool without an input': payload('x', { tool_input: undefined }),
    'bytes that are no text': Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
    'nine megabytes': Buffer.alloc(9 * 1024 * 1024, 0x20),
    'nine megabytes of a command': payload(`echo ${'x'.repeat(9 * 1024 * 1024)}`),
    'a line that is too long to read': payload(`echo ${'x'.repeat(70_000)}`),
    'an input nested deeply':
      `{"session_id":"s","cwd":"/","tool_name":"mcp__a__b","tool_input":${'['.repeat(50_000)}${']'.repeat(50_000)}}`.replace(
        'mcp__a__b',
        'mcp__a__delete_b',
      ),
    'everything nested deeply': '['.repeat(100_000),
  };
  for (const [name, input] of Object.entries(inputs))
    test(`${name}: a no`, async () => isNo(await hook({ input })));
});

describe('who starts it, and how', { concurrency: 4 }, () => {
  for (const args of [
    ['nobody', 'PreToolUse'],
    ['claude', 'Nothing'],
    ['__proto__', 'PreToolUse'],
    ['claude', 'constructor'],
    ['', ''],
    [],
  ])
    test(`hook ${args.join(' ')}: a no`, () => refusesAll({ args }));

  test('without a state: judged all the same', async () => {
    const command = [process.execPath, its.guard, 'hook', 'claude', 'PreToolUse'];
    const how = { cwd: its.folder, env: { HOME: its.home, CHAPERONE_STATE: '', XDG_STATE_HOME: '' } };
    isNo(await run(command, { ...how, input: destructive }));
    isSilent(await run(command, { ...how, input: ordinary }));
  });

  test('the environment does not beat `--state`', async () => {
    const [mine, theirs] = [its.state(), its.state()];
    fs.writeFileSync(path.join(theirs, 'settings.json'), '{"mode":"watch"}');
    const env = { CHAPERONE_STATE: theirs };
    await judgesAlone({ state: mine, env });
    assert.ok(fs.existsSync(path.join(mine, 'ledger.jsonl')));
    assert.ok(!fs.existsSync(path.join(theirs, 'ledger.jsonl')));
  });

  test('a folder that is gone', async () =>
    isNo(await hook({ input: payload('rm -rf /etc', { cwd: path.join(its.root, 'gone') }) })));
});

describe('a broken program', { concurrency: 4 }, () => {
  const broken = (name: string, change: (dist: string) => void): string => {
    const dist = path.join(its.root, `dist-${name}`);
    fs.cpSync(its.dist, dist, { recursive: true });
    change(dist);
    return path.join(dist, 'guard.js');
  };
  test('without alone.js', () =>
    refusesAll({ guard: broken('missing', dist => fs.rmSync(path.join(dist, 'alone.js'))) }));
  test('with a broken alone.js', () =>
    refusesAll({ guard: broken('broken', dist => fs.writeFileSync(path.join(dist, 'alone.js'), '{{{')) }));
  test('with an empty alone.js', () =>
    refusesAll({ guard: broken('empty', dist => fs.writeFileSync(path.join(dist, 'alone.js'), '')) }));
  test('with half of alone.js', () =>
    refusesAll({
      guard: broken('half', dist => {
        const text = fs.readFileSync(path.join(dist, 'alone.js'), 'utf8');
        fs.writeFileSync(path.join(dist, 'alone.js'), text.slice(0, text.length / 2));
      }),
    }));
  test('without the parsers of SQL', async () => {
    const guard = broken('sql', dist => fs.rmSync(path.join(dist, 'sql'), { recursive: true }));
    isNo(await hook({ guard, input: payload('psql -c "DROP TABLE users"') }));
    isSilent(await hook({ guard, input: ordinary }));
  });
});

describe('a broken state', { concurrency: 4 }, () => {
  const files: Readonly<Record<string, (state: string) => void>> = {
    'that is a file': state => {
      fs.rmSync(state, { recursive: true });
      fs.writeFileSync(state, 'x');
    },
    'that is a link to nowhere': state => {
      fs.rmSync(state, { recursive: true });
      fs.symlinkSync('/nowhere/at/all', state);
    },
    'whose windows are a file': state => {
      fs.rmSync(path.join(state, 'windows'), { recursive: true });
      fs.writeFileSync(path.join(state, 'windows'), 'x');
    },
    'whose ledger is a folder': state => fs.mkdirSync(path.join(state, 'ledger.jsonl')),
    'whose ledger is garbage': state => fs.writeFileSync(path.join(state, 'ledger.jsonl'), 'garbage\n\0\n'),
    'whose ledger is on a full disk': state => fs.symlinkSync('/dev/full', path.join(state, 'ledger.jsonl')),
    'whose settings are garbage': state => fs.writeFileSync(path.join(state, 'settings.json'), '{"mode":'),
    'whose settings are a folder': state => fs.mkdirSync(path.join(state, 'settings.json')),
    'whose settings are of another kind': state =>
      fs.writeFileSync(path.join(state, 'settings.json'), '{"mode":"off","rules":[],"hidden":7}'),
    'whose settings are huge': state =>
      fs.writeFileSync(path.join(state, 'settings.json'), ' '.repeat(2 * 1024 * 1024)),
    'that others can read': state => fs.chmodSync(state, 0o755),
    'with a window that is garbage': state => fs.writeFileSync(path.join(state, 'windows', 'a.json'), '{'),
    'with a socket that nobody listens to': state => windowIn(state, path.join(state, 'dead.sock')),
    'with a socket that is a file': state => {
      fs.writeFileSync(path.join(state, 'file.sock'), 'x');
      windowIn(state, path.join(state, 'file.sock'));
    },
    'with a window that has died': state => windowIn(state, path.join(state, 'dead.sock'), 2 ** 22 + 1),
  };
  for (const [name, breaks] of Object.entries(files))
    test(`a state ${name}`, { skip: !posix }, async () => {
      const state = its.state();
      breaks(state);
      await judgesAlone({ state });
    });

  test('a state that cannot be written', { skip: !posix || isRoot }, async () => {
    const state = its.state();
    fs.chmodSync(state, 0o500);
    await judgesAlone({ state });
    fs.chmodSync(state, 0o700);
  });

  test('settings of a workspace can only tighten', async () => {
    const folder = path.join(its.root, 'loose');
    fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    const settings = { 'chaperone.mode': 'watch', 'chaperone.rules': { 'files.delete-system': 'allow' } };
    fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
    isNo(await hook({ input: payload('rm -rf /etc', { cwd: folder }) }));
  });
});

/** A window's file, as the editor writes it. */
function windowIn(state: string, socket: string, pid = process.pid): void {
  const id = 'a'.repeat(16);
  const window = { id, pid, socket, token: 't'.repeat(64), folders: [its.folder], focused: 1 };
  fs.writeFileSync(path.join(state, 'windows', `${id}.json`), JSON.stringify(window), { mode: 0o600 });
}

describe('a broken window', { skip: !posix, concurrency: 4 }, () => {
  const listening = async (
    context: TestContext,
    answer: (line: string, say: (text: string) => void) => void,
  ) => {
    const state = its.state();
    const socket = path.join(state, 'w.sock');
    const server = createServer(peer => {
      peer.on('error', () => undefined);
      peer.on('data', chunk => answer(chunk.toString('utf8'), text => void peer.write(text)));
    });
    await new Promise<void>(resolve => void server.listen(socket, resolve));
    context.after(() => void server.close());
    windowIn(state, socket);
    return state;
  };

  test('that takes the question and says nothing: not for long', async context => {
    const state = await listening(context, () => undefined);
    const ended = await hook({ state });
    isNo(ended);
    assert.ok(ended.took > 1_000 && ended.took < 30_000, String(ended.took));
  });

  for (const [name, text] of [
    ['garbage', 'garbage\n'],
    ['an empty object', '{}\n'],
    ['a reply that is none', '{"reply":{"permission":"allow"}}\n'],
    ['a reply without an end status', '{"reply":{"stdout":"","stderr":""}}\n'],
    ['null', 'null\n'],
  ] as const)
    test(`that says ${name}`, async context =>
      isNo(await hook({ state: await listening(context, (_, say) => say(text)) })));

  test('that hears, and then is killed while it asks', async context => {
    const state = its.state();
    const socket = path.join(state, 'w.sock');
    const script = `require('net').createServer(peer => peer.on('data', () => peer.write('{"heard":true}\\n'))).listen(${JSON.stringify(socket)}, () => process.stdout.write('up'))`;
    const window = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    context.after(() => window.kill('SIGKILL'));
    await new Promise(resolve => window.stdout.once('data', resolve));
    windowIn(state, socket, window.pid);
    const ended = hook({ state, started: () => setTimeout(() => window.kill('SIGKILL'), 700) });
    isNo(await ended);
  });

  test('whose reply comes is its reply', async context => {
    const state = await listening(context, (_, say) =>
      say('{"heard":true}\n{"reply":{"stdout":"said","stderr":"why","exit":2}}\n'),
    );
    const { exit, stdout, stderr } = await hook({ state });
    assert.deepEqual({ exit, stdout, stderr }, { exit: 2, stdout: 'said', stderr: 'why' });
  });
});

describe('an agent that writes', () => {
  test('nothing, and never an end: a no within eleven seconds', { timeout: 15_000 }, async () => {
    const { stdout, stderr } = await silent;
    assert.match(stdout, /"permissionDecision":"deny"/);
    assert.match(stderr, /\S{3}/);
  });

  test('and the guard ends itself by force, which its command makes a refusal of', async () =>
    assert.equal((await silent).exit, null));
});
