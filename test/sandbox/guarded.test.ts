import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer as webServer, request } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { endpoint, type Asked } from '../../src/system/endpoint.ts';
import { bench, run, type Ended } from '../support/guard.ts';
import { sandboxReady } from './ready.ts';

/*
 * The guarded terminal for real: the built guard, bubblewrap, and programs that try to get at what is hidden. Every way
 * is tried without the fence first, where it must work: else it would prove nothing.
 */

const skip = (await sandboxReady()) ?? false;
const root = path.resolve(import.meta.dirname, '../..');
const value = sample(base62, 31);
const isRoot = process.getuid?.() === 0;

interface Place {
  readonly work: string;
  readonly home: string;
  readonly temp: string;
  readonly state: string;
  readonly guard: string;
  readonly dispose: () => void;
  readonly unguarded: (line: string, env?: NodeJS.ProcessEnv) => Promise<Ended>;
  readonly guarded: (line: string, how?: How) => Promise<Ended>;
}

interface How {
  readonly env?: NodeJS.ProcessEnv;
  readonly options?: readonly string[];
  readonly cwd?: string;
}

/** A project with a secret in it, and somebody's home. */
function place(owner?: number): Place {
  const its = bench();
  const { root: here, folder: work, home } = its;
  const [temp, state] = [path.join(here, 'temp'), its.state()];
  fs.mkdirSync(temp);
  fs.rmSync(path.join(work, '.git'), { recursive: true });
  execFileSync('git', ['init', '-q', work], { env: { ...process.env, HOME: home } });
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  write(path.join(work, '.env'), `SECRET=${value}\n`);
  write(path.join(work, '.gitignore'), '.env*\n');
  write(path.join(work, 'src/deep/er/.env.production'), `SECRET=${value}\n`);
  write(path.join(work, 'notes.txt'), 'nothing\n');
  write(path.join(work, '.claude/settings.json'), '{}\n');
  write(path.join(home, '.ssh/id_rsa'), `${value}\n`);
  write(path.join(home, '.ssh/known_hosts'), 'a host\n');
  write(path.join(home, '.aws/credentials'), `${value}\n`);
  write(path.join(home, '.bashrc'), '');
  write(path.join(home, '.gitconfig'), '');
  write(path.join(home, '.claude/settings.json'), '{}\n');
  fs.symlinkSync('.env', path.join(work, 'link'));
  fs.symlinkSync('.', path.join(work, 'here'));
  fs.linkSync(path.join(work, '.env'), path.join(work, 'other-name.txt'));
  if (owner !== undefined) execFileSync('chown', ['-R', `${owner}:${owner}`, here]);
  const as = owner === undefined ? [] : ['setpriv', `--reuid=${owner}`, `--regid=${owner}`, '--clear-groups'];
  const basic = { HOME: home, TMPDIR: temp, CHAPERONE_STATE: state, NODE_TEST_CONTEXT: undefined };
  return {
    work,
    home,
    temp,
    state,
    guard: its.guard,
    dispose: its.dispose,
    unguarded: (line, env) =>
      run([...as, 'sh', '-c', line], { cwd: work, env: { ...basic, ...env }, input: '' }),
    guarded: (line, { env, options = [], cwd = work } = {}) =>
      run([...as, process.execPath, its.guard, 'sandbox', ...options, '--', 'sh', '-c', line], {
        cwd,
        env: { ...basic, ...env },
        input: '',
        patience: 120_000,
      }),
  };
}

/** Opens everything of a live account. */
const live = `sk_live_${sample(base62, 24)}`;

/** Ways to a file that is hidden for what stands in it, of which no name tells. */
const heldWays: readonly string[] = [
  'cat old/pay.sh',
  'grep -rn KEY .',
  'rg KEY .',
  'cat old/*',
  'git add -f old && git --no-pager show :old/pay.sh',
  'cat soft-pay',
  'cat hard-pay',
  'cp old/pay.sh copy && cat copy',
  'mv old moved && cat moved/pay.sh; mv moved old',
  'sh -x old/pay.sh 2>&1',
];

/** Ways to a file that is hidden. Each prints it where nothing stands in the way. */
const ways: readonly string[] = [
  'cat .env',
  'cat src/../.env',
  'cat ././/.env',
  'cat $PWD/.env',
  'cat link',
  'cat here/here/.env',
  'cat other-name.txt',
  'cat src/deep/er/.env.production',
  'cat /proc/self/cwd/.env',
  'cat /proc/self/root$PWD/.env',
  'cat .e?v',
  'tac .env',
  'head -c 99 .env',
  'dd if=.env status=none',
  'cp .env copy && cat copy',
  'find . -name ".env*" -exec cat {} +',
  'grep -r SECRET . --include=.env',
  'grep -rI . -e SECRET --no-messages',
  'tar cf - .env | tr -d "\\0"',
  'tar cf - -C .. work/.env | tr -d "\\0"',
  'git --no-pager diff --no-index /dev/null .env; true',
  'git add -f .env && git --no-pager show :.env',
  'python3 -c "print(open(\'.env\').read())"',
  'perl -ne print .env',
  "node -e \"process.stdout.write(require('fs').readFileSync('.env'))\"",
  'sh -c "while read l; do echo $l; done" < .env; sed -n p .env',
  'ln .env hard && cat hard',
  'ln -s "$PWD/.env" soft && cat soft',
  'mv .env moved && cat moved; mv moved .env',
  'mv src moved && cat moved/deep/er/.env.production; mv moved src',
  'bash -c \'source .env; echo "$SECRET"\'',
  'exec 7< .env; cat /proc/self/fd/7',
  'cat "$HOME/.ssh/id_rsa"',
  'cat ~/.aws/credentials',
  'cat /proc/$$/root$PWD/.env',
  '(cd / && cat ".$OLDPWD/.env")',
];

/** What must not be changed. Each line changes it where nothing stands in the way. */
const changes: readonly string[] = [
  'echo x >> .claude/settings.json',
  'echo x > .claude/settings.local.json',
  'rm .claude/settings.json',
  'mv .claude gone',
  'rm -r .claude',
  'mkdir -p .vscode && echo {} > .vscode/settings.json',
  'mkdir -p .chaperone && echo x > .chaperone/x',
  'mkdir -p .github/hooks && echo x > .github/hooks/x.json',
  'echo x > .git/hooks/pre-commit',
  'git config core.fsmonitor ./x',
  'echo x >> ~/.claude/settings.json',
  'mv ~/.claude/settings.json ~/.claude/x',
  'echo x > ~/.claude/settings.local.json',
  'echo x >> ~/.bashrc',
  'git config --global core.hooksPath x',
  'echo x > "$CHAPERONE_STATE/ledger.jsonl"',
  'echo x > "$CHAPERONE_STATE/bin/x.js"',
  'rm -r "$CHAPERONE_STATE"',
];

for (const [who, owner] of [
  ['as it is', undefined],
  ['as an ordinary user', isRoot ? 65534 : undefined],
] as const) {
  const not = skip || (who === 'as an ordinary user' && !isRoot && 'needs root to become somebody else');
  describe(`a guarded terminal, ${who}`, { skip: not }, () => {
    let its: Place;
    before(() => (its = place(owner)));
    after(() => its.dispose());

    test('shows nothing of a hidden file, by no way', async () => {
      const mark = (at: number) => `=== ${at} ===`;
      const script = ways.map((way, at) => `echo '${mark(at)}'; (${way}) 2>&1`).join('\n');
      const parts = ({ stdout }: Ended) => ways.map((_, at) => stdout.split(mark(at))[1]?.split('=== ')[0]);
      const outside = place(owner);
      try {
        const bare = parts(await outside.unguarded(script));
        for (const [at, said] of bare.entries())
          assert.ok(said?.includes(value), `without the fence it shows nothing: ${ways[at]}: ${said}`);
      } finally {
        outside.dispose();
      }
      const ended = await its.guarded(script);
      for (const [at, said] of parts(ended).entries())
        assert.ok(said !== undefined && !said.includes(value), `${ways[at]}: ${said}`);
      assert.doesNotMatch(ended.stdout + ended.stderr, new RegExp(value));
      assert.match(ended.stdout, /Permission denied/);
    });

    test('shows nothing of a file that is hidden for what stands in it', async () => {
      const write = (folder: string) => {
        fs.mkdirSync(path.join(folder, 'old'), { recursive: true });
        fs.mkdirSync(path.join(folder, 'docs'), { recursive: true });
        fs.writeFileSync(path.join(folder, 'old/pay.sh'), `KEY=${live}\n`);
        fs.writeFileSync(path.join(folder, 'old/plain.sh'), 'KEY=the one of the vault\n');
        fs.writeFileSync(path.join(folder, 'docs/pay.sh'), 'KEY=sk_live_… as it looks\n');
        fs.symlinkSync('old/pay.sh', path.join(folder, 'soft-pay'));
        fs.linkSync(path.join(folder, 'old/pay.sh'), path.join(folder, 'hard-pay'));
        if (owner !== undefined) execFileSync('chown', ['-R', `${owner}:${owner}`, folder]);
      };
      const outside = place(owner);
      try {
        write(outside.work);
        for (const way of heldWays) {
          const { stdout, stderr } = await outside.unguarded(way);
          assert.ok((stdout + stderr).includes(live), `without the fence it shows nothing: ${way}`);
        }
      } finally {
        outside.dispose();
      }
      const inside = place(owner);
      try {
        write(inside.work);
        fs.mkdirSync(path.join(inside.home, '.docker'));
        const login = `{"auths":{"ghcr.io":{"auth":"${sample(base62, 24)}"}}}`;
        fs.writeFileSync(path.join(inside.home, '.docker/config.json'), login);
        if (owner !== undefined) execFileSync('chown', ['-R', `${owner}`, inside.home]);
        const ended = await inside.guarded(
          `${heldWays.map(way => `(${way}) 2>&1`).join('\n')}; cat ~/.docker/config.json; cat old/plain.sh docs/pay.sh`,
        );
        assert.doesNotMatch(ended.stdout + ended.stderr, new RegExp(`${live}|"auths"`));
        assert.match(ended.stdout, /the one of the vault\nKEY=sk_live_… as it looks\n$/);
        assert.match(ended.stderr, /hidden for what stands in them: hard-pay, old\/pay\.sh;/);
        assert.doesNotMatch(ended.stderr, /could be looked into/);
      } finally {
        inside.dispose();
      }
    });

    test('what is in a hidden folder and no secret is there', async () => {
      const { stdout } = await its.guarded('ls ~/.ssh; cat ~/.ssh/known_hosts');
      assert.equal(stdout, 'known_hosts\na host\n');
    });

    test('changes nothing that keeps us in the way', async () => {
      const tried = (line: string) => `(${line}) 2>/dev/null && echo 'done: ${line.replaceAll("'", '')}'`;
      const outside = place(owner);
      try {
        for (const line of changes) {
          fs.mkdirSync(path.join(outside.state, 'bin'), { recursive: true });
          if (owner !== undefined) execFileSync('chown', ['-R', `${owner}`, outside.state]);
          const { stdout, stderr } = await outside.unguarded(
            `mkdir -p .claude ~/.claude; echo {} > .claude/settings.json; echo {} > ~/.claude/settings.json\n${tried(line)}`,
          );
          assert.match(stdout, /done/, `without the fence it changes nothing: ${line}: ${stderr}`);
        }
      } finally {
        outside.dispose();
      }
      const { stdout } = await its.guarded(changes.map(tried).join('\n'));
      assert.equal(stdout, '');
    });

    test('leaves nothing behind, in the project or elsewhere', async () => {
      const status = () =>
        execFileSync('find', ['.', '-printf', '%y %p %s\n'], { cwd: its.work, encoding: 'utf8' })
          .split('\n')
          .filter(line => !line.includes('.git/'))
          .sort();
      const seen = status();
      const homes = () =>
        (fs.readdirSync(its.home, { recursive: true }) as string[])
          .filter(it => !it.startsWith('.npm'))
          .sort();
      const before = homes();
      await its.guarded('true');
      assert.deepEqual(status(), seen);
      assert.deepEqual(homes(), before);
      assert.deepEqual(fs.readdirSync(its.temp), []);
      assert.deepEqual(processesAbout(its.work), []);
    });

    test('ends as its command does', async () => {
      assert.equal((await its.guarded('exit 7')).exit, 7);
      assert.equal((await its.guarded('kill -TERM $$')).exit, 143);
    });

    test('has no credentials in its environment, but for those handed in', async () => {
      const env = {
        GH_TOKEN: `ghp_${sample(base62, 36)}`,
        PLAIN: `https://user:${value}@db.example.com/x`,
        HARMLESS: 'yes',
        ANTHROPIC_API_KEY: value,
        TMUX: '/tmp/tmux/default,1,0',
      };
      const { stdout, stderr } = await its.guarded('env', { env, options: ['--keep', 'ANTHROPIC_API_KEY'] });
      const names = stdout.split('\n').map(line => line.split('=')[0]);
      assert.deepEqual(
        Object.keys(env).filter(name => names.includes(name)),
        ['HARMLESS', 'ANTHROPIC_API_KEY'],
      );
      assert.match(stderr, /GH_TOKEN \(named like a credential\)/);
      assert.doesNotMatch(stderr, new RegExp(value));
    });
  });
}

describe('a guarded terminal', { skip }, () => {
  let its: Place;
  before(() => (its = place()));
  after(() => its.dispose());

  test('ends when it is told to, with all that was started in it', async () => {
    const child = spawn(process.execPath, [its.guard, 'sandbox', '--', 'sh', '-c', 'echo on; sleep 600'], {
      cwd: its.work,
      env: { ...process.env, HOME: its.home, TMPDIR: its.temp, CHAPERONE_STATE: its.state },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise(resolve => child.stdout.once('data', resolve));
    const ended = new Promise<number | null>(resolve => void child.once('exit', resolve));
    child.kill('SIGTERM');
    assert.notEqual(await ended, 0);
    assert.deepEqual(processesAbout(its.work), []);
    assert.deepEqual(fs.readdirSync(its.temp), []);
    assert.ok(!fs.existsSync(path.join(its.work, '.vscode')));
  });

  test('is a terminal: its size, Ctrl+C, jobs, and the status at the end', async () => {
    const line = `stty rows 33 cols 77; exec ${process.execPath} ${its.guard} sandbox --quiet -- bash --norc`;
    const child = spawn('script', ['-qefc', line, '/dev/null'], {
      cwd: its.work,
      env: { ...process.env, HOME: its.home, TMPDIR: its.temp, CHAPERONE_STATE: its.state },
    });
    let said = '';
    const heard = async (what: RegExp) => {
      for (let left = 600; left > 0 && !what.test(said); left--)
        await new Promise(resolve => setTimeout(resolve, 50));
      assert.match(said, what);
    };
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const ended = new Promise<number | null>(resolve => void child.once('exit', resolve));
    try {
      await heard(/bash-[\d.]+[#$] /);
      child.stdin.write('stty size; echo shell $SHELL\n');
      await heard(/33 77/);
      child.stdin.write('sleep 500; echo "interrupted: $?"\n');
      await new Promise(resolve => setTimeout(resolve, 700));
      child.stdin.write('\u0003');
      child.stdin.write('sleep 400 & jobs; kill %1; echo be""yond\n');
      await heard(/beyond/);
      assert.match(said, /Running\s+sleep 400/);
      assert.doesNotMatch(said, /no job control/);
      child.stdin.write('exit 5\n');
      assert.equal(await ended, 5);
    } finally {
      child.kill();
    }
    assert.deepEqual(processesAbout(its.work), []);
  });

  test('builds this project, sees its repository, runs the tests of another', async () => {
    const copy = path.join(its.work, 'chaperone');
    for (const name of ['src', 'package.json', 'esbuild.mjs', 'tsconfig.json'])
      fs.cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    fs.symlinkSync(fs.realpathSync(path.join(root, 'node_modules')), path.join(copy, 'node_modules'));
    fs.writeFileSync(path.join(its.work, 'package.json'), '{"scripts":{"test":"node --test a.test.js"}}');
    fs.writeFileSync(
      path.join(its.work, 'a.test.js'),
      "require('node:test')('one', () => require('node:assert').equal(1 + 1, 2));",
    );
    // git adds no file that it cannot read, and a second name of a hidden one is no file it ignores.
    fs.rmSync(path.join(its.work, 'other-name.txt'));
    const line = '(cd chaperone && npm run build) && git add -A && git status --short && npm test';
    const { exit, stdout, stderr } = await its.guarded(line);
    assert.equal(exit, 0, stdout + stderr);
    assert.ok(fs.statSync(path.join(copy, 'dist/guard.js')).size > 1000);
    assert.match(stdout, /A {2}notes\.txt/);
    assert.match(stdout, /pass 1/);
    assert.doesNotMatch(stdout, /settings\.local|\.(?:vscode|chaperone|github|bashrc)/);
  });

  test('its hooks ask the window, and are answered', async () => {
    const env = { ...process.env, HOME: its.home, TMPDIR: its.temp };
    const window = spawn(
      process.execPath,
      [its.guard, 'approve', '--answer', 'allow', '--state', its.state],
      {
        cwd: its.work,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      await new Promise(resolve => window.stdout.once('data', resolve));
      const payload = JSON.stringify({
        session_id: 's',
        cwd: its.work,
        tool_name: 'Bash',
        tool_input: { command: 'rm -rf src' },
      });
      const hook = `echo '${payload}' | ${process.execPath} ${its.guard} hook claude PreToolUse --state ${its.state}`;
      const { stdout, stderr } = await its.guarded(hook);
      assert.match(stdout, /"permissionDecision":"allow"/, stderr);
    } finally {
      window.kill();
      await new Promise(resolve => window.once('exit', resolve));
    }
  });

  test('a person shows what is hidden for what stands in it', async () => {
    const own = place();
    try {
      fs.writeFileSync(path.join(own.work, 'pay.sh'), `KEY=${live}\n`);
      fs.mkdirSync(own.state, { recursive: true });
      fs.writeFileSync(path.join(own.state, 'settings.json'), '{"hidden":["!pay.sh"]}');
      assert.ok((await own.guarded('cat pay.sh')).stdout.includes(live));
    } finally {
      own.dispose();
    }
  });

  test('says where it could not look into all there is', async () => {
    const own = place();
    try {
      fs.mkdirSync(path.join(own.work, 'many'));
      for (let at = 0; at < 20_001; at++) fs.writeFileSync(path.join(own.work, 'many', `${at}`), '');
      const { stdout, stderr } = await own.guarded('cat .env; echo started');
      assert.equal(stdout, 'started\n');
      assert.match(stderr, /not all files of `.*\/work` could be looked into/);
    } finally {
      own.dispose();
    }
  });

  describe('where a window hands out secrets', () => {
    const [same, other, stored] = ['a', 'b', 'c'].map(end => `${sample(base62, 30)}${end}`);
    const env = { API_TOKEN: same, DB_PASSWORD: other, VAULT_TOKEN: stored, GH_TOKEN: stored };
    const handed = [
      { name: 'API_TOKEN', from: '.env.local' },
      { name: 'DB_PASSWORD', from: '.env.local' },
      { name: 'VAULT_TOKEN', from: 'vscode' },
      { name: 'UNSET_TOKEN', from: '.env.local' },
    ];
    const asked: Asked[] = [];
    const started = async (answers: (request: Asked) => string | undefined, command = 'env') => {
      const own = place();
      fs.writeFileSync(
        path.join(own.work, '.env.local'),
        `API_TOKEN=${same}\nDB_PASSWORD=${same}\nUNSET_TOKEN=x\n`,
      );
      const window = endpoint({
        state: own.state,
        folders: () => [own.work],
        focused: () => 1,
        answer: async request => {
          asked.push(request);
          const stdout = answers(request);
          return { stdout: stdout ?? '', stderr: '', exit: stdout === undefined ? 1 : 0 };
        },
        complain: sentence => assert.fail(sentence),
      });
      try {
        assert.ok(await window.ready);
        const ended = await own.guarded(command, { env });
        const names = ended.stdout.split('\n').map(line => line.split('=')[0] ?? '');
        return { ...ended, names: Object.keys(env).filter(name => names.includes(name)) };
      } finally {
        window.dispose();
        own.dispose();
      }
    };
    const given = ({ payload }: Asked) =>
      payload.includes('"handed"')
        ? JSON.stringify({ handed })
        : JSON.stringify({
            value: (JSON.parse(payload) as { name: string }).name === 'VAULT_TOKEN' ? stored : '',
          });

    test('the very secrets stay in its environment, and no other by their names', async () => {
      const { names, stdout, stderr } = await started(given);
      assert.deepEqual(names, ['API_TOKEN', 'VAULT_TOKEN']);
      assert.doesNotMatch(stdout, /UNSET_TOKEN/);
      assert.match(stderr, /since you handed it out: API_TOKEN, VAULT_TOKEN/);
      assert.match(stderr, /DB_PASSWORD is kept out although you handed it out/);
      assert.doesNotMatch(stderr, new RegExp([same, other, stored].join('|')));
    });

    test('the window is asked for whom it is', async () => {
      asked.length = 0;
      await started(given, 'true');
      assert.deepEqual(
        asked.filter(it => it.payload.includes('"handed"')).map(it => it.agent),
        [''],
      );
    });

    test('nothing stays where the window does not say so', async () => {
      for (const answers of [() => undefined, () => 'no answer', () => '{"handed":[{}]}'])
        assert.deepEqual((await started(answers)).names, []);
    });
  });

  test('reaches no other socket, whether it was there before or comes later', async () => {
    const listen = (file: string) =>
      new Promise<Server>(resolve => {
        const server = createServer(peer => peer.end('outside\n'));
        server.listen(file, () => resolve(server));
      });
    const files = [
      path.join(its.work, 's'),
      path.join(its.home, 's'),
      path.join(tmpdir(), `s-${process.pid}`),
    ];
    const servers = await Promise.all(files.map(listen));
    try {
      const line = files.map(file => `socat -u UNIX-CONNECT:${file} -`).join('; ');
      assert.equal((await its.unguarded(line)).stdout, 'outside\n'.repeat(3));
      assert.equal((await its.guarded(line)).stdout, '');
    } finally {
      for (const server of servers) server.close();
    }
  });

  describe('the network', () => {
    let own: Server;
    let parent: Server;
    const asked: string[] = [];
    before(async () => {
      own = webServer((_, reply) => reply.end('from this machine\n'));
      // Stands for the world: what the sandbox's proxy lets through is asked here.
      parent = webServer((asking, reply) => {
        asked.push(asking.url ?? '');
        reply.end('from the world\n');
      });
      for (const server of [own, parent])
        await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
    });
    after(() => {
      own.close();
      parent.close();
    });
    const get = (url: string, proxy = '"$HTTP_PROXY"') =>
      `${process.execPath} -e '
        const { request } = require("node:http");
        const proxy = new URL(process.argv[2] || "http://127.0.0.1:9");
        const headers = { Host: new URL(process.argv[1]).host, "Proxy-Authorization": "Basic " + btoa(decodeURIComponent(proxy.username) + ":" + proxy.password) };
        const to = process.argv[2] ? { host: "127.0.0.1", port: proxy.port, path: process.argv[1], headers } : process.argv[1];
        request(to, reply => reply.on("data", it => process.stdout.write(it))).on("error", error => console.log(error.code)).end();
      ' ${url} ${proxy}`;
    const port = (server: Server) => (server.address() as AddressInfo).port;

    test('reaches every host through the proxy, and nothing that listens on this machine', async () => {
      const env = { HTTP_PROXY: `http://127.0.0.1:${port(parent)}`, NO_PROXY: '' };
      assert.equal(await fetched(port(own)), 'from this machine\n');
      const world = await its.guarded(get('http://example.com/x'), { env });
      assert.equal(world.stdout, 'from the world\n', world.stderr);
      assert.deepEqual(asked, ['http://example.com/x']);
      const local = `http://127.0.0.1:${port(own)}/`;
      const direct = await its.guarded(get(local, '""'));
      assert.equal(direct.stdout, 'ECONNREFUSED\n');
      for (const url of [local, `http://localhost:${port(own)}/`, `http://2130706433:${port(own)}/`]) {
        const proxied = await its.guarded(get(url));
        assert.doesNotMatch(proxied.stdout, /from this machine/, url);
      }
    });

    test('reaches only the hosts that were named', async () => {
      const env = { HTTP_PROXY: `http://127.0.0.1:${port(parent)}`, NO_PROXY: '' };
      const options = ['--domain', '*.example.org'];
      const line = `${get('http://a.example.org/')}; ${get('http://example.com/')}`;
      const { stdout } = await its.guarded(line, { env, options });
      assert.match(stdout, /^from the world\n/);
      assert.match(stdout.slice('from the world\n'.length), /blocked/i);
    });
  });

  describe('is not started', () => {
    const bin = () => fs.mkdtempSync(path.join(its.temp, 'bin-'));
    const link = (folder: string, ...names: readonly string[]) => {
      for (const name of names) fs.symlinkSync(`/usr/bin/${name}`, path.join(folder, name));
    };
    const refused = async (how: How, ...said: readonly RegExp[]) => {
      const { exit, stdout, stderr } = await its.guarded('echo started > mark; echo started', how);
      assert.equal(exit, 125, stderr);
      assert.equal(stdout, '');
      assert.ok(!fs.existsSync(path.join(its.work, 'mark')));
      for (const it of [...said, /was not started/]) assert.match(stderr, it);
    };

    test('where parts are missing, with what to install', async () => {
      const folder = bin();
      link(folder, 'socat', 'sh');
      await refused(
        { env: { PATH: folder } },
        /`bwrap` is missing: install `bubblewrap`/,
        /`rg` is missing/,
        /https:/,
      );
      fs.rmSync(folder, { recursive: true });
    });

    test('where bubblewrap cannot isolate', async () => {
      const folder = bin();
      link(folder, 'socat', 'rg', 'sh');
      fs.writeFileSync(
        path.join(folder, 'bwrap'),
        '#!/bin/sh\necho "No permissions to create new namespace" >&2; exit 1',
        {
          mode: 0o755,
        },
      );
      await refused({ env: { PATH: folder } }, /No permissions to create new namespace/, /user namespaces/);
      fs.rmSync(folder, { recursive: true });
    });

    test('in the home folder or above it, or where there is no folder', async () => {
      await refused({ cwd: its.home }, /the home folder is in it/);
      await refused({ options: ['--cwd', '/'] }, /the home folder is in it/);
      await refused({ options: ['--cwd', '/nowhere'] }, /it is no folder/);
    });
  });
});

function processesAbout(text: string): readonly string[] {
  return fs
    .readdirSync('/proc')
    .filter(pid => /^\d+$/.test(pid))
    .flatMap(pid => {
      try {
        const line = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return /^(?:bwrap|script|socat) /.test(line) && line.includes(text) ? [line.slice(0, 200)] : [];
      } catch {
        return [];
      }
    });
}

function fetched(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port }, reply => {
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      reply.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
}
