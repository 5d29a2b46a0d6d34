import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { bench, run } from '../support/guard.ts';

/*
 * The command line of the real guard: exit statuses, what it writes, and what it leaves on the disk.
 */

const its = bench();
after(its.dispose);
const posix = process.platform !== 'win32';

interface Where {
  readonly state?: string;
  readonly home?: string;
  readonly input?: string;
  readonly cwd?: string;
}

function guard(
  args: readonly string[],
  { state = its.state(), home = its.home, input = '', cwd = its.folder }: Where = {},
) {
  return run([process.execPath, its.guard, ...args, '--state', state], {
    cwd,
    input,
    env: { HOME: home, CHAPERONE_STATE: '', PATH: process.env.PATH ?? '' },
  });
}

const parallel = { concurrency: 3 };

describe('read', parallel, () => {
  const value = `v${process.pid}xyz98765`;
  const put = (name: string, text: string) => {
    const file = path.join(its.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  };
  put('read/.env', `API_TOKEN=${value}\nPORT=3000\n`);
  put('read/app.ts', `one\nconst it = '${value}';\nthree\n`);
  put('read/server.key', `${value}\n`);
  put('read/image.png', `\0${value}`);

  for (const [args, exit, stdout] of [
    [['read/.env'], 0, `API_TOKEN=<text, ${value.length} characters>\nPORT=<number, 4 characters>\n`],
    [['read/.env', '--lines', '1'], 0, `API_TOKEN=<text, ${value.length} characters>\n`],
    [['read/app.ts', '--from', '2', '--lines', '1'], 0, `const it = '<API_TOKEN>';\n`],
    [['read/server.key'], 4, ''],
    [['read/image.png'], 1, ''],
    [['read/none'], 1, ''],
    [['read'], 1, ''],
    [[], 64, ''],
    [['a', 'b'], 64, ''],
    [['read/app.ts', '--from', '0'], 64, ''],
  ] as const)
    test(`${args.join(' ')}: ${exit}`, async () => {
      const it = await guard(['read', ...args]);
      assert.deepEqual([it.exit, it.stdout], [exit, stdout]);
      assert.equal(it.stderr === '', exit === 0);
      assert.doesNotMatch(it.stderr, new RegExp(value));
    });
});

describe('check', parallel, () => {
  for (const [line, exit] of [
    ['ls', 0],
    ['rm -rf src', 3],
    ['rm -rf /etc', 4],
  ] as const)
    test(`${line}: ${exit}`, async () => {
      const [text, json] = await Promise.all([guard(['check', line]), guard(['check', line, '--json'])]);
      assert.equal(text.exit, exit);
      assert.equal(json.exit, exit);
      const { verdict, findings } = JSON.parse(json.stdout) as { verdict: string; findings: unknown[] };
      assert.equal(verdict, ['allow', '', '', 'ask', 'deny'][exit]);
      assert.equal(findings.length > 0, exit > 0);
      assert.ok(text.stdout.startsWith(verdict));
    });

  test('--cwd says where', async () => {
    assert.equal((await guard(['check', 'rm -rf etc', '--cwd', '/'])).exit, 4);
  });

  test('--jsonl answers every row, and fails where one cannot be read', async () => {
    const rows = [
      { id: 1, command: 'ls' },
      { id: 'b', command: 'rm -rf /etc' },
      { id: 3, sql: 'DROP TABLE a', dialect: 'postgresql' },
      { id: 4, sql: 'SELECT 1', dialect: 'klingon' },
      { id: 5, read: '.env' },
      { id: 6, command: 'rm -rf etc', cwd: '/' },
      { id: 7, command: 'rm -rf x', shell: 'cmd' },
      { id: 8 },
      { id: 9, command: 7 },
      { id: null, command: '' },
    ].map(row => JSON.stringify(row));
    const input = [...rows, 'garbage', '[]', '7', '"x"', 'null', ''].join('\n');
    const { exit, stdout } = await guard(['check', '--jsonl'], { input });
    const told = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { id: unknown; verdict: string; error?: string });
    assert.deepEqual(
      told.slice(0, 10).map(({ id, verdict, error }) => [id, error ? 'error' : verdict]),
      [
        [1, 'allow'],
        ['b', 'deny'],
        [3, 'ask'],
        [4, 'allow'],
        [5, 'deny'],
        [6, 'deny'],
        [7, told[6]?.verdict],
        [8, 'error'],
        [9, 'error'],
        [null, 'allow'],
      ],
    );
    assert.ok(told.slice(10).every(({ verdict, error }) => verdict === 'ask' && error));
    assert.ok(told.length >= 14);
    assert.equal(exit, 1);
  });

  test('a read is answered as a read', async () => {
    const { stdout, exit } = await guard(['check', '--jsonl'], { input: '{"id":1,"command":"ls"}\n' });
    assert.equal(exit, 0);
    const { id, verdict, findings } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual({ id, verdict, findings }, { id: 1, verdict: 'allow', findings: [] });
  });
});

describe('how it is called', parallel, () => {
  for (const [args, exit] of [
    [['check'], 64],
    [['check', 'a', 'b'], 64],
    [['check', '--nonsense', 'a'], 64],
    [['explain'], 64],
    [['frobnicate'], 64],
    [['__proto__'], 64],
    [['install'], 64],
    [['install', 'nobody'], 64],
    [['audit'], 64],
    [['approve', '--answer', 'maybe'], 64],
    [['help'], 0],
    [['help', 'check'], 0],
    [['check', '--help'], 0],
    [['help', 'frobnicate'], 0],
    [['--version'], 0],
    [[], 0],
  ] as const)
    test(`${args.join(' ') || 'nothing'}: ${exit}`, async () => {
      const ended = await guard(args);
      assert.equal(ended.exit, exit, ended.stderr);
      assert.ok(!/^\s+at /m.test(ended.stdout + ended.stderr), 'no stack');
      assert.ok((exit === 0 ? ended.stdout : ended.stderr).length > 0);
    });

  test('rotate tells the steps of a provider, and lists them all', async () => {
    const { stdout, exit } = await guard(['rotate', 'railway']);
    assert.deepEqual([exit, stdout.split('\n').length], [0, 10]);
    assert.match(stdout, /^Railway\n\n1\. Open https:/);
    assert.ok((await guard(['rotate'])).stdout.split('\n').includes('railway'));
    assert.equal((await guard(['rotate', 'nobody'])).exit, 64);
  });

  test('explain tells each effect', async () => {
    const { exit, stdout } = await guard(['explain', 'cat README.md && rm -rf src']);
    assert.equal(exit, 3);
    for (const text of ['read ', 'delete ', 'Verdict: ask']) assert.ok(stdout.includes(text), text);
  });
});

describe('install and uninstall', { skip: !posix }, () => {
  const homeWith = (settings?: string) => {
    const home = fs.mkdtempSync(path.join(its.root, 'home-'));
    fs.mkdirSync(path.join(home, '.claude'));
    const file = path.join(home, '.claude', 'settings.json');
    if (settings !== undefined) fs.writeFileSync(file, settings);
    return { home, file, state: its.state() };
  };

  test('what was there stays, and comes back to the byte', async () => {
    const before =
      '{\n  // mine\n  "model": "x",\n\t"hooks": {"PreToolUse": [ {"matcher":"Bash","hooks":[]} ]}\n}\n';
    const { home, file, state } = homeWith(before);
    assert.equal((await guard(['install', 'claude'], { home, state })).exit, 0);
    const wired = fs.readFileSync(file, 'utf8');
    assert.ok(wired.includes('// mine') && wired.includes('"matcher":"Bash"'));
    assert.ok(wired.includes('guard.js'));
    assert.equal((await guard(['install', 'claude'], { home, state })).exit, 0);
    assert.equal(fs.readFileSync(file, 'utf8'), wired);
    assert.equal((await guard(['uninstall', '--all'], { home, state })).exit, 0);
    assert.equal(fs.readFileSync(file, 'utf8'), before);
  });

  test('all that are here are one command, and no others', async () => {
    const { home, file, state } = homeWith('{}');
    fs.mkdirSync(path.join(home, '.qwen'));
    fs.writeFileSync(path.join(home, '.qwen/settings.json'), '{}');
    const { exit, stdout } = await guard(['install', '--all'], { home, state });
    assert.equal(exit, 0);
    assert.match(stdout, /^Claude Code: wired in .*\nQwen Code: wired in .*\n$/);
    assert.match(fs.readFileSync(file, 'utf8'), /hook claude/);
    assert.deepEqual(fs.readdirSync(home).sort(), ['.claude', '.qwen']);
    assert.equal((await guard(['uninstall', '--all'], { home, state })).exit, 0);
    assert.equal(fs.readFileSync(file, 'utf8'), '{}');
    fs.rmSync(path.join(home, '.claude'), { recursive: true });
    fs.rmSync(path.join(home, '.qwen'), { recursive: true });
    assert.match((await guard(['install', '--all'], { home, state })).stdout, /No agent is found here/);
  });

  test('doctor tries both hooks of Cline where both are there', async () => {
    const { home, state } = homeWith('{}');
    assert.equal((await guard(['install', 'cline', 'cline-cli'], { home, state })).exit, 0);
    const { stdout } = await guard(['doctor'], { home, state });
    assert.equal(stdout.match(/^ok +deleting the machine: stopped/gm)?.length, 2, stdout);
  });

  test('doctor starts the hooks, and says what is broken', async () => {
    const { home, file, state } = homeWith('{}');
    assert.equal((await guard(['install', 'claude'], { home, state })).exit, 0);
    const well = await guard(['doctor'], { home, state });
    assert.equal(well.exit, 0, well.stdout);
    assert.match(well.stdout, /an ordinary command: let pass/);
    assert.match(well.stdout, /deleting the machine: stopped/);
    fs.rmSync(path.join(state, 'bin'), { recursive: true });
    const ill = await guard(['doctor'], { home, state });
    assert.equal(ill.exit, 1);
    assert.match(ill.stdout, /^BAD /m);
    fs.writeFileSync(file, '{ not json');
    assert.equal((await guard(['doctor'], { home, state })).exit, 1);
  });

  test('settings that do not parse are left as they are', async () => {
    const { home, file, state } = homeWith('{ not json');
    const { exit, stderr } = await guard(['install', 'claude'], { home, state });
    assert.equal(exit, 1);
    assert.ok(stderr.length > 0);
    assert.equal(fs.readFileSync(file, 'utf8'), '{ not json');
  });
});

describe('the record', () => {
  const decide = (state: string, command: string) =>
    guard(['hook', 'claude', 'PreToolUse'], {
      state,
      input: JSON.stringify({
        session_id: 's',
        cwd: its.folder,
        tool_name: 'Bash',
        tool_input: { command },
      }),
    });

  test('is verified, shown, and found out when it was changed', async () => {
    const state = its.state();
    for (const command of ['ls', 'rm -rf /etc', 'git status']) await decide(state, command);
    assert.equal((await guard(['audit', 'verify'], { state })).exit, 0);
    const { stdout } = await guard(['audit', 'show', '--last', '2'], { state });
    assert.deepEqual(
      ['ls', 'rm -rf /etc', 'git status'].filter(text => stdout.includes(text)),
      ['rm -rf /etc', 'git status'],
    );
    const file = path.join(state, 'ledger.jsonl');
    const text = fs.readFileSync(file, 'utf8');
    for (const changed of [
      text.replace('rm -rf /etc', 'rm -rf /tmp'),
      text.split('\n').toSpliced(1, 1).join('\n'),
      text.replace('"refused"', '"allowed"'),
      `garbage\n${text}`,
    ]) {
      assert.notEqual(changed, text);
      fs.writeFileSync(file, changed);
      assert.equal((await guard(['audit', 'verify'], { state })).exit, 1);
    }
  });

  test('that is not there is whole and empty', async () => {
    assert.equal((await guard(['audit', 'verify'])).exit, 0);
    assert.deepEqual((await guard(['audit', 'show'])).stdout, '');
  });
});

describe('approve', { skip: !posix }, () => {
  for (const [answer, passes] of [
    ['allow', true],
    ['deny', false],
  ] as const)
    test(`--answer ${answer}: a hook in another process gets it`, { timeout: 20_000 }, async context => {
      const state = its.state();
      const approver = spawn(process.execPath, [its.guard, 'approve', '--answer', answer, '--state', state], {
        cwd: its.folder,
        env: { ...process.env, HOME: its.home, XDG_RUNTIME_DIR: its.root },
      });
      context.after(() => approver.kill('SIGKILL'));
      let said = '';
      await new Promise<void>(resolve => {
        approver.stdout.on('data', (chunk: Buffer) => {
          said += chunk.toString('utf8');
          if (said.includes('asks here')) resolve();
        });
      });
      const hook = (command: string) =>
        guard(['hook', 'claude', 'PreToolUse'], {
          state,
          input: JSON.stringify({
            session_id: 's',
            cwd: its.folder,
            tool_name: 'Bash',
            tool_input: { command },
          }),
        });
      const { exit, stdout } = await hook('rm -rf src');
      assert.equal(exit, 0);
      assert.equal(/"permissionDecision":"allow"/.test(stdout), passes, stdout);
      assert.equal(/"permissionDecision":"deny"/.test(stdout), !passes, stdout);
      assert.match((await hook('rm -rf /etc')).stdout, /"permissionDecision":"deny"/);
      assert.ok(said.includes('rm -rf src'));
      const ended = new Promise(resolve => approver.once('exit', resolve));
      approver.kill('SIGTERM');
      assert.equal(await ended, 0);
      assert.deepEqual(fs.readdirSync(path.join(state, 'windows')), []);
    });
});

test(
  'approve: a question is withdrawn where its hook is gone, and the next one is asked',
  {
    skip: !posix,
    timeout: 30_000,
  },
  async context => {
    const state = its.state();
    const env = { ...process.env, HOME: its.home, XDG_RUNTIME_DIR: its.root };
    const approver = spawn(process.execPath, [its.guard, 'approve', '--state', state], {
      cwd: its.folder,
      env,
    });
    context.after(() => approver.kill('SIGKILL'));
    let said = '';
    approver.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const until = async (words: string) => {
      while (!said.includes(words)) await new Promise(resolve => setTimeout(resolve, 20));
    };
    const hook = (command: string) => {
      const child = spawn(process.execPath, [its.guard, 'hook', 'claude', 'PreToolUse', '--state', state], {
        cwd: its.folder,
        env,
      });
      const tool = { tool_name: 'Bash', tool_input: { command } };
      child.stdin.end(JSON.stringify({ session_id: 's', cwd: its.folder, ...tool }));
      context.after(() => child.kill('SIGKILL'));
      return child;
    };
    await until('asks here');
    const first = hook('rm -rf src');
    await until('rm -rf src');
    first.kill('SIGKILL');
    await until('withdrawn');
    hook('rm -rf src/.');
    await until('rm -rf src/.');
  },
);

describe('hide', parallel, () => {
  const posixOnly = { skip: !posix };
  const place = () => {
    const cwd = fs.mkdtempSync(path.join(its.root, 'hide-'));
    const home = path.join(cwd, 'home');
    fs.mkdirSync(path.join(cwd, '.git'));
    fs.mkdirSync(home);
    return { cwd, home, state: its.state() };
  };

  test('writes, compares both ways, and undoes', posixOnly, async () => {
    const where = place();
    const list = path.join(where.cwd, '.cursorignore');
    fs.writeFileSync(list, 'mine\n');
    assert.equal((await guard(['hide'], where)).exit, 64);
    assert.equal((await guard(['hide', 'nobody'], where)).exit, 1);
    assert.equal((await guard(['hide', '--check', 'cursor'], where)).exit, 0);
    assert.match((await guard(['hide', 'cursor'], where)).stdout, /written to .*\.cursorignore/);
    assert.match((await guard(['doctor'], where)).stdout, /ok +list of cursor: written/);
    fs.writeFileSync(list, fs.readFileSync(list, 'utf8').replace('**/.env\n', 'foreign\n'));
    const { exit, stdout } = await guard(['hide', '--check', 'cursor'], where);
    assert.equal(exit, 1);
    assert.match(stdout, /lacks +\*\*\/\.env\n[^]*besides foreign\n[^]*covers: [^]*not: /);
    assert.match((await guard(['hide', '--undo'], where)).stdout, /undone in/);
    assert.equal(fs.readFileSync(list, 'utf8'), 'mine\n');
  });

  test('our block in a list is ours, and the rest of the list is not', posixOnly, async () => {
    const where = place();
    const check = async (line: string) => (await guard(['check', line], where)).exit;
    fs.writeFileSync(path.join(where.cwd, '.cursorignore'), 'mine\n');
    assert.equal(await check("echo 'dist/' > .cursorignore"), 0);
    await guard(['hide', 'cursor'], where);
    for (const line of [
      '> .cursorignore',
      'rm .cursorignore',
      'mv .cursorignore x',
      "sed -i '/Chaperone/d' .cursorignore",
      'node guard.js hide --undo',
    ])
      assert.equal(await check(line), 4, line);
    assert.equal(await check("echo 'dist/' >> .cursorignore"), 0);
  });
});
