import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { endpoint } from '../../src/system/endpoint.ts';
import { bench, run } from '../support/guard.ts';

/*
 * `guard run` with real programs. The value is made here and must never be seen in what comes out.
 */

const its = bench();
after(its.dispose);
const posix = process.platform !== 'win32';
const skip = !posix && 'it needs sh';
const token = `tok_${sample(base62, 44)}`;
const state = its.state();

fs.writeFileSync(path.join(its.folder, '.env'), `# ours\nAPI_TOKEN="${token}"\nSHORT=abc\nPORT=3000\n`);
fs.writeFileSync(
  path.join(its.folder, '.env.production'),
  `DB_URL=postgres://app:${token}@db.prod.example.com/app\n`,
);
fs.writeFileSync(path.join(its.folder, '.env.example'), 'API_TOKEN=\nPORT=\n');

interface Where {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly patience?: number;
}

function guard(
  args: readonly string[],
  { cwd = its.folder, input = '', env = {}, patience = 20_000 }: Where = {},
) {
  const from = { HOME: its.home, CHAPERONE_STATE: state, ...env };
  return run([process.execPath, its.guard, 'run', ...args], { cwd, input, env: from, patience });
}

const withToken = ['--with', 'API_TOKEN=.env', '--'];

describe('a command with a secret', { skip, concurrency: 3 }, () => {
  for (const [what, line, shown] of [
    ['echo', 'echo "it is $API_TOKEN!"', 'it is <API_TOKEN>!\n'],
    ['standard error', 'echo "$API_TOKEN" >&2', ''],
    ['twice, without a newline', 'printf %s%s "$API_TOKEN" "$API_TOKEN"', '<API_TOKEN><API_TOKEN>'],
    ['base64', 'printf %s "$API_TOKEN" | base64 -w0', undefined],
    [
      'base64 in lines',
      'printf "%s" "user:$API_TOKEN and more text behind it, for lines" | base64',
      undefined,
    ],
    ['hex', 'printf %s "$API_TOKEN" | od -An -v -tx1', undefined],
    [
      'a letter at a time',
      'printf %s "$API_TOKEN" | while IFS= read -r -n1 c; do printf %s "$c"; done',
      undefined,
    ],
    ['set -x', 'set -x; : "$API_TOKEN"', ''],
    ['the environment', 'env | grep API_', 'API_TOKEN=<API_TOKEN>\n'],
    ['a child of a child', 'sh -c \'sh -c "printenv API_TOKEN"\'', '<API_TOKEN>\n'],
  ] as const)
    test(`shows the name: ${what}`, async () => {
      const { stdout, stderr, exit } = await guard([
        ...withToken,
        what.startsWith('a letter') ? 'bash' : 'sh',
        '-c',
        line,
      ]);
      const all = stdout + stderr;
      assert.equal(exit, 0, stderr);
      assert.ok(all.includes('<API_TOKEN>'), all);
      if (shown !== undefined) assert.equal(stdout, shown);
      for (const form of [
        token,
        Buffer.from(token).toString('base64').slice(0, 20),
        Buffer.from(token).toString('hex').slice(0, 40),
      ])
        assert.ok(!all.replace(/\s/g, '').includes(form));
    });

  test('Python and Node see it, and what they print of it in JSON and URLs is masked', async () => {
    const script =
      'const v = process.env.API_TOKEN; console.log(JSON.stringify({ v, n: v.length }), encodeURIComponent(v), Buffer.from(v).toString("base64url"))';
    const { stdout } = await guard([...withToken, process.execPath, '-e', script]);
    assert.ok(stdout.startsWith(`{"v":"<API_TOKEN>","n":${token.length}} <API_TOKEN> <API_TOKEN>`), stdout);
  });

  test(
    'it is in no argument, and not in the environment of the guard',
    { skip: process.platform !== 'linux' && 'it needs /proc' },
    async () => {
      const script =
        'tr "\\0" "\\n" < /proc/$PPID/environ | grep -c "^API_TOKEN=" ; tr "\\0" " " < /proc/$PPID/cmdline; tr "\\0" " " < /proc/$$/cmdline';
      const { stdout } = await guard([...withToken, 'sh', '-c', script]);
      assert.ok(stdout.startsWith('0\n'), stdout);
      assert.ok(stdout.includes('--with API_TOKEN=.env') && !stdout.includes('<API_TOKEN>'), stdout);
    },
  );

  test('standard input and the exit status pass through, and other bytes as they are', async () => {
    const { stdout, exit } = await guard([...withToken, 'sh', '-c', 'cat; exit 7'], {
      input: 'a\u0000ä\r\nb',
    });
    assert.deepEqual([stdout, exit], ['a\u0000ä\r\nb', 7]);
  });

  test('what stands behind the mark is the command’s own', async () => {
    const { stdout } = await guard([
      ...withToken,
      'sh',
      '-c',
      'echo "$@"',
      'sh',
      '--help',
      '--state',
      'x',
      '--',
      '-h',
    ]);
    assert.equal(stdout, '--help --state x -- -h\n');
  });

  test('a megabyte and more comes whole, and in its order', async () => {
    const script =
      'for (let i = 0; i < 60000; i++) console.log(`line ${i} of many ${i % 1000 ? "" : process.env.API_TOKEN}`)';
    const { stdout } = await guard([...withToken, process.execPath, '-e', script]);
    const lines = stdout.split('\n');
    assert.equal(lines.length, 60001);
    assert.equal(lines[59000], 'line 59000 of many <API_TOKEN>');
    assert.ok(lines.slice(0, -1).every((line, index) => line.startsWith(`line ${index} of many `)));
  });

  test('a prompt is shown before it is answered', async () => {
    const child = spawn(
      process.execPath,
      [its.guard, 'run', ...withToken, 'sh', '-c', 'printf "name t"; read a; echo "hello $a"'],
      {
        cwd: its.folder,
        env: { ...process.env, HOME: its.home, CHAPERONE_STATE: state },
      },
    );
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    let shown = '';
    const end = new Promise(resolve => child.once('close', resolve));
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (shown === 'name t') child.stdin.end('me\n');
    });
    assert.equal(await end, 0);
    clearTimeout(late);
    assert.equal(shown, 'name thello me\n');
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    test(`${signal} reaches it, and how it ended is passed on`, async () => {
      const child = spawn(
        process.execPath,
        [
          its.guard,
          'run',
          ...withToken,
          'sh',
          '-c',
          `trap 'echo told; exit 5' INT TERM; echo up; while :; do sleep 0.05; done`,
        ],
        {
          cwd: its.folder,
          env: { ...process.env, HOME: its.home, CHAPERONE_STATE: state },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      let shown = '';
      child.stdout.on('data', (chunk: Buffer) => {
        if (!shown) child.kill(signal);
        shown += chunk.toString();
      });
      const ended = await new Promise(resolve => child.once('close', (...how) => resolve(how)));
      clearTimeout(late);
      assert.deepEqual([shown, ended], ['up\ntold\n', [5, null]]);
    });

  test('a command that is ended by a signal ends us by the same', async () => {
    const child = spawn(process.execPath, [its.guard, 'run', ...withToken, 'sh', '-c', 'kill -TERM $$'], {
      cwd: its.folder,
      env: { ...process.env, HOME: its.home, CHAPERONE_STATE: state },
      stdio: 'ignore',
    });
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    const ended = await new Promise(resolve => child.once('close', (...how) => resolve(how)));
    clearTimeout(late);
    assert.deepEqual(ended, [null, 'SIGTERM']);
  });

  test('what it leaves running does not keep us', async () => {
    // Ended by patience it would have no exit status.
    const line = [...withToken, 'sh', '-c', '(sleep 90; echo late) & echo done'];
    const { exit, stdout } = await guard(line, { patience: 60_000 });
    assert.deepEqual([exit, stdout], [0, 'done\n']);
  });

  test('whoever stops reading ends it', async () => {
    const { exit, took } = await run(
      [
        'sh',
        '-c',
        `"${process.execPath}" "${its.guard}" run --with API_TOKEN=.env -- yes "$0" | head -1`,
        'y',
      ],
      { cwd: its.folder, input: '', env: { HOME: its.home, CHAPERONE_STATE: state }, patience: 15_000 },
    );
    assert.equal(exit, 0);
    assert.ok(took < 12_000, `${took} ms`);
  });
});

describe('where values come from', { skip, concurrency: 3 }, () => {
  const prints = (name: string) => ['--', 'sh', '-c', `printf "%s" "$${name}" | wc -c`];

  test('the nearest env file that has it, where no other does', async () => {
    const { stdout, exit } = await guard(['--with', 'API_TOKEN', ...prints('API_TOKEN')]);
    assert.deepEqual([Number(stdout), exit], [token.length, 0]);
  });

  test('several places are named, and nothing is started', async () => {
    fs.mkdirSync(path.join(its.folder, 'app'), { recursive: true });
    fs.writeFileSync(path.join(its.folder, 'app/.env.local'), `API_TOKEN=${token}2\n`);
    const { stdout, stderr, exit } = await guard(['--with', 'API_TOKEN', '--', 'echo', 'started'], {
      cwd: path.join(its.folder, 'app'),
    });
    assert.deepEqual([stdout, exit], ['', 1]);
    assert.ok(
      stderr.includes('`--with API_TOKEN=.env.local`, `--with API_TOKEN=../.env`') && !stderr.includes(token),
      stderr,
    );
  });

  test('another name in the file, and a variable that we were started with', async () => {
    const one = await guard(['--with', 'OTHER=.env#API_TOKEN', '--', 'printenv', 'OTHER']);
    assert.equal(one.stdout, '<OTHER>\n');
    const two = await guard(['--with', 'OTHER=env:MINE', '--', 'printenv', 'OTHER'], {
      env: { MINE: token },
    });
    assert.equal(two.stdout, '<OTHER>\n');
  });

  for (const [what, args, status] of [
    ['no such name', ['--with', 'NOTHING_OF_THE_KIND'], 1],
    ['no such file', ['--with', 'A=.env.nowhere'], 1],
    ['a folder', ['--with', 'A=src/'], 1],
    ['a name that the file has not', ['--with', 'A=.env'], 1],
    ['no such source', ['--with', 'A=keychain:x'], 1],
    ['too short to be masked', ['--with', 'SHORT=.env'], 1],
    ['no window', ['--with', 'A=vscode'], 1],
    ['no such program', ['--with', 'A=op://a/b/c'], 1],
    ['no such program of a person’s', ['--with', 'A=exec:pass'], 1],
    ['production, pinned to staging', ['--with', 'DB_URL=.env.production', '--environment', 'staging'], 4],
    ['no name', ['--with', '1A=.env'], 64],
    ['an option that is none', ['--without', 'A'], 64],
    ['no secret', [], 64],
  ] as const)
    test(`nothing is started: ${what}`, async () => {
      const { stdout, stderr, exit } = await guard([...args, '--', 'echo', 'started'], {
        env: { PATH: '/usr/bin:/bin' },
      });
      assert.deepEqual([stdout, exit], ['', status], stderr);
      assert.ok(stderr.trim() && !stderr.includes(token) && !stderr.includes('   at '), stderr);
    });

  test('a workspace pins by its settings', async () => {
    const folder = path.join(its.root, 'pinned');
    fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    fs.writeFileSync(path.join(folder, '.vscode/settings.json'), '{ "chaperone.environment": "staging" }');
    fs.writeFileSync(path.join(folder, '.env.live'), `DB=${token}\n`);
    const { exit, stderr } = await guard(['--with', 'DB=.env.live', '--', 'true'], { cwd: folder });
    assert.equal(exit, 4, stderr);
    fs.writeFileSync(path.join(folder, '.env.staging'), `DB=${token}\n`);
    assert.equal((await guard(['--with', 'DB=.env.staging', '--', 'true'], { cwd: folder })).exit, 0);
  });

  test('a command that is not there', async () => {
    const { exit, stderr } = await guard([...withToken, './no-such-program']);
    assert.equal(exit, 127);
    assert.ok(stderr.includes('it does not exist'), stderr);
  });
});

/*
 * Contract tests: small programs that take the documented words and nothing else. The real ones need accounts.
 */
describe('programs that print secrets, by their documented command lines', { skip, concurrency: 3 }, () => {
  const bin = path.join(its.root, 'bin');
  fs.mkdirSync(bin);
  const program = (name: string, body: string) => {
    const file = path.join(bin, name);
    fs.writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    return file;
  };
  const takes = (words: string) =>
    `test "$*" = "${words}" && printf '%s\\n' "$FIXTURE" && exit 0; echo "oops $FIXTURE $*" >&2; exit 3`;
  program('vault', takes('kv get -field=password secret/app'));
  program('op', takes('read --no-newline op://Work/Database/password'));
  program('doppler', takes('secrets get TOKEN --plain --project app --config stg'));
  const env = { PATH: `${bin}:/usr/bin:/bin`, FIXTURE: token };

  for (const from of ['vault:secret/data/app#password', 'op://Work/Database/password', 'doppler:app/stg'])
    test(from, async () => {
      const { stdout, stderr } = await guard(
        ['--with', `TOKEN=${from}`, '--', 'printenv', 'TOKEN', 'FIXTURE'],
        { env },
      );
      assert.equal(stdout, '<TOKEN>\n<TOKEN>\n', stderr);
    });

  test('what one says on failing is not passed on', async () => {
    const { stderr, exit, stdout } = await guard(
      ['--with', 'TOKEN=vault:secret/other#password', '--', 'true'],
      { env },
    );
    assert.deepEqual([stdout, exit], ['', 1]);
    assert.equal(stderr, 'chaperone: cannot get `TOKEN` from `vault`: it ended with exit status 3\n');
  });

  test('a program of a person’s own gets the name', async () => {
    const mine = program('print-secret', 'test "$#" = 1 && test "$1" = work/api && printf %s "$FIXTURE"');
    const own = its.state();
    fs.writeFileSync(path.join(own, 'settings.json'), JSON.stringify({ secretPrograms: { mine } }), {
      mode: 0o600,
    });
    const from = { ...env, CHAPERONE_STATE: own };
    const { stdout, stderr } = await guard(
      ['--with', 'TOKEN=exec:mine#work/api', '--', 'printenv', 'TOKEN'],
      { env: from },
    );
    assert.equal(stdout, '<TOKEN>\n', stderr);
    assert.equal((await guard(['--with', 'TOKEN=exec:mine', '--', 'true'], { env: from })).exit, 1);
  });
});

describe('the real aws', { skip: !fs.existsSync('/usr/bin/aws') && 'it needs the package awscli' }, () => {
  test('gives a secret and a key of one from a server that speaks Secrets Manager', async () => {
    const asked: unknown[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { SecretId } = JSON.parse(body) as { SecretId: string };
        asked.push([request.headers['x-amz-target'], SecretId]);
        const known = SecretId === 'app/staging';
        response.writeHead(known ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
        const SecretString = JSON.stringify({ password: token, port: 5432 });
        response.end(
          JSON.stringify(known ? { Name: SecretId, SecretString } : { __type: 'ResourceNotFoundException' }),
        );
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    // Debian's knows no other way to name an endpoint.
    const bin = fs.mkdtempSync(path.join(its.root, 'aws-'));
    fs.writeFileSync(
      path.join(bin, 'aws'),
      `#!/bin/sh\nexec /usr/bin/aws --endpoint-url http://127.0.0.1:${port} "$@"\n`,
      { mode: 0o755 },
    );
    const env = {
      PATH: `${bin}:/usr/bin:/bin`,
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none-at-all',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    try {
      const key = await guard(['--with', 'PW=aws:app/staging#password', '--', 'printenv', 'PW'], { env });
      assert.equal(key.stdout, '<PW>\n', key.stderr);
      const whole = await guard(
        ['--with', 'ALL=aws:app/staging', '--', 'sh', '-c', 'printf %s "$ALL" | wc -c'],
        { env },
      );
      assert.equal(
        Number(whole.stdout),
        JSON.stringify({ password: token, port: 5432 }).length,
        whole.stderr,
      );
      const none = await guard(['--with', 'PW=aws:app/none', '--', 'true'], { env });
      assert.equal(none.exit, 1);
      assert.deepEqual(asked[0], ['secretsmanager.GetSecretValue', 'app/staging']);
    } finally {
      server.close();
    }
  });
});

describe('the window', { skip }, () => {
  test('hands a stored secret over by its private socket, and no hook can ask for it', async () => {
    const requests: unknown[] = [];
    const window = endpoint({
      state,
      folders: () => [its.folder],
      focused: () => Date.now(),
      answer: async ({ secret, payload }) => {
        requests.push([secret, payload]);
        if (!secret) return { stdout: '', stderr: 'no secret was asked for', exit: 2 };
        const { command } = JSON.parse(payload) as { command?: unknown };
        const told = command ? { value: token, environment: 'staging' } : { stored: true };
        return { stdout: JSON.stringify(told), stderr: '', exit: 0 };
      },
      complain: () => undefined,
    });
    assert.ok(await window.ready);
    try {
      const given = await guard(['--with', 'STORED=vscode', '--', 'printenv', 'STORED']);
      assert.equal(given.stdout, '<STORED>\n', given.stderr);
      assert.deepEqual(requests, [
        [true, JSON.stringify({ name: 'STORED', command: ['printenv', 'STORED'] })],
      ]);
      const found = await guard(['--with', 'ONLY_STORED', '--', 'printenv', 'ONLY_STORED']);
      assert.equal(found.stdout, '<ONLY_STORED>\n', found.stderr);
      const hook = await run([process.execPath, its.guard, 'hook', '', ''], {
        cwd: its.folder,
        input: JSON.stringify({ name: 'STORED', command: ['x'], secret: true }),
        env: { HOME: its.home, CHAPERONE_STATE: state },
      });
      assert.ok(!(hook.stdout + hook.stderr).includes(token));
    } finally {
      window.dispose();
    }
  });
});
