import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Reply } from '../../src/core/model.ts';
import { callWindow, windows, type Call, type Called, type Window } from '../../src/system/caller.ts';
import { endpoint, type Asked, type EndpointGiven } from '../../src/system/endpoint.ts';
import { stateFolder } from '../../src/system/state.ts';

const root = fs.mkdtempSync(path.join(tmpdir(), 'endpoint-test-'));
after(() => fs.rmSync(root, { recursive: true }));
// Where sockets go: what a killed window leaves goes with the folder.
process.env['XDG_RUNTIME_DIR'] = root;
const posix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;
const said = (stdout: string): Reply => ({ stdout, stderr: '', exit: 0 });
const ok = (stdout: string): Called => ({ reply: said(stdout) });

function fresh(): string {
  const state = path.join(fs.mkdtempSync(path.join(root, 'case-')), 'state');
  assert.ok('parts' in stateFolder(state));
  return state;
}

function call(state: string, more: Partial<Call> = {}): Promise<Called> {
  const machine = { platform: posix ? 'posix' : 'windows', home: '/home/x' } as const;
  return callWindow({
    state,
    agent: 'a',
    event: 'e',
    payload: 'p',
    cwd: '/w',
    wait: 20_000,
    machine,
    ...more,
  });
}

async function open(
  context: TestContext,
  state: string,
  more: Partial<EndpointGiven> = {},
): Promise<{
  readonly id: string;
  readonly dispose: () => void;
  readonly update: () => void;
  readonly complaints: string[];
}> {
  const complaints: string[] = [];
  const window = endpoint({
    state,
    folders: () => ['/w'],
    focused: () => 1,
    answer: async () => said('yes'),
    complain: sentence => void complaints.push(sentence),
    ...more,
  });
  context.after(window.dispose);
  assert.equal(await window.ready, true);
  return { ...window, complaints };
}

const readFile = (state: string, id: string): Window =>
  JSON.parse(fs.readFileSync(path.join(state, 'windows', `${id}.json`), 'utf8'));
const nobody = (called: Called): string =>
  'nobody' in called ? called.nobody : `answered: ${called.reply.stdout}`;

describe('a window', () => {
  test('is asked, word for word, and its reply comes back', async context => {
    const state = fresh();
    const heard: Asked[] = [];
    const payload = `{"a":"ä\n${'x'.repeat(2_000_000)}"}`;
    const reply = { stdout: `ö${'y'.repeat(1_000_000)}`, stderr: 'e\n', exit: 2 };
    await open(context, state, {
      answer: async asked => {
        heard.push(asked);
        return reply;
      },
    });
    assert.deepEqual(await call(state, { payload, agent: 'claude', event: 'PreToolUse', cwd: '/w/x' }), {
      reply,
    });
    assert.deepEqual(
      heard.map(({ wait, ...rest }) => ({ ...rest, inTime: wait > 19_000 && wait <= 20_000 })),
      [{ agent: 'claude', event: 'PreToolUse', payload, cwd: '/w/x', inTime: true }],
    );
  });

  test('is private: folder, file, socket and its short path', { skip: !posix }, async context => {
    const state = fresh();
    const { id } = await open(context, state);
    const { socket, token, pid } = readFile(state, id);
    assert.equal(fs.statSync(path.join(state, 'windows', `${id}.json`)).mode & 0o777, 0o600);
    assert.equal(fs.statSync(path.dirname(socket)).mode & 0o777, 0o700);
    assert.ok(Buffer.byteLength(socket) <= 100);
    assert.match(token, /^[0-9a-f]{64}$/);
    assert.equal(pid, process.pid);
  });

  test(
    'finds a place for its socket when the usual ones have long names',
    { skip: !posix },
    async context => {
      const long = path.join(root, 'x'.repeat(90));
      fs.mkdirSync(long);
      process.env['XDG_RUNTIME_DIR'] = long;
      context.after(() => (process.env['XDG_RUNTIME_DIR'] = root));
      const state = fresh();
      const { id } = await open(context, state);
      assert.ok(Buffer.byteLength(readFile(state, id).socket) <= 100);
      assert.deepEqual(await call(state), ok('yes'));
    },
  );

  test('leaves nothing behind, and those who wait know at once', async context => {
    const state = fresh();
    let signal: AbortSignal | undefined;
    const window = await open(context, state, {
      answer: (_, it) => {
        signal = it;
        return new Promise(() => {});
      },
    });
    const { socket } = readFile(state, window.id);
    const waiting = call(state);
    while (!signal) await sleep(5);
    window.dispose();
    assert.match(nobody(await waiting), /closed without an answer/);
    assert.deepEqual(fs.readdirSync(path.join(state, 'windows')), []);
    if (posix) assert.equal(fs.existsSync(path.dirname(socket)), false);
    for (let i = 0; i < 100 && !signal.aborted; i++) await sleep(10);
    assert.equal(signal.aborted, true);
    window.update();
    window.dispose();
    assert.deepEqual(fs.readdirSync(path.join(state, 'windows')), []);
  });

  test('takes its time while a person thinks', { timeout: 20_000 }, async context => {
    const state = fresh();
    await open(context, state, { answer: () => sleep(9000, said('late')) });
    assert.deepEqual(await call(state), ok('late'));
  });

  test('is told when the guard has gone', async context => {
    const state = fresh();
    let aborted = false;
    await open(context, state, {
      answer: (_, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (aborted = true));
        }),
    });
    assert.match(nobody(await call(state, { wait: 300 })), /in time/);
    for (let i = 0; i < 100 && !aborted; i++) await sleep(10);
    assert.equal(aborted, true);
  });

  test('that fails says so, and nobody has answered', async context => {
    const state = fresh();
    const { complaints } = await open(context, state, { answer: () => Promise.reject(new Error('oh')) });
    assert.match(nobody(await call(state)), /closed without an answer/);
    assert.deepEqual(complaints, ['cannot answer a guard: oh']);
  });

  test('that cannot listen says so', { skip: !posix }, async () => {
    const state = fresh();
    fs.rmSync(path.join(state, 'windows'), { recursive: true });
    fs.writeFileSync(path.join(state, 'windows'), '');
    const complaints: string[] = [];
    const window = endpoint({
      state,
      folders: () => [],
      focused: () => 0,
      answer: async () => said(''),
      complain: sentence => void complaints.push(sentence),
    });
    await window.ready;
    window.dispose();
    assert.equal(complaints.length, 1);
  });
});

describe('of several windows', () => {
  const choose = async (
    context: TestContext,
    all: Readonly<Record<string, { folders: readonly string[]; focused?: number }>>,
    more: Partial<Call> & { prefer?: string } = {},
  ): Promise<Called> => {
    const state = fresh();
    const ids = new Map<string, string>();
    for (const [name, { folders, focused }] of Object.entries(all)) {
      const window = await open(context, state, {
        folders: () => folders,
        focused: () => focused ?? 0,
        answer: async () => said(name),
      });
      ids.set(name, window.id);
    }
    const { prefer, ...rest } = more;
    return call(state, { ...rest, ...(prefer ? { preferred: ids.get(prefer) ?? prefer } : {}) });
  };

  test('the one with the longest folder answers', async context => {
    const all = {
      far: { folders: ['/'], focused: 9 },
      near: { folders: ['/q', '/w'] },
      not: { folders: ['/w/xy'] },
    };
    assert.deepEqual(await choose(context, all, { cwd: '/w/x', prefer: 'far' }), ok('near'));
  });
  test('then the preferred one', async context => {
    const all = { a: { folders: ['/w'], focused: 9 }, b: { folders: ['/w'] } };
    assert.deepEqual(await choose(context, all, { prefer: 'b' }), ok('b'));
  });
  test('then the one last turned to', async context => {
    const all = {
      a: { folders: ['/w'], focused: 1 },
      b: { folders: ['/w'], focused: 2 },
      c: { folders: ['/w'] },
    };
    assert.deepEqual(await choose(context, all), ok('b'));
  });
  test('without one for the folder, the preferred', async context => {
    const all = { a: { folders: ['/a'] }, b: { folders: [] } };
    assert.deepEqual(await choose(context, all, { prefer: 'b' }), ok('b'));
  });
  test('without one for the folder, and none preferred, nobody', async context => {
    const all = { a: { folders: ['/a'] }, b: { folders: ['/ww'] } };
    assert.match(nobody(await choose(context, all, { prefer: '../../x' })), /no editor window is open/);
  });
  test('a folder reached through a link counts', { skip: !posix }, async context => {
    const base = fs.mkdtempSync(path.join(root, 'links-'));
    fs.mkdirSync(path.join(base, 'real'));
    fs.symlinkSync('real', path.join(base, 'link'));
    const linked = { a: { folders: [path.join(base, 'link')] } };
    assert.deepEqual(await choose(context, linked, { cwd: path.join(base, 'real') }), ok('a'));
    const real = { a: { folders: [path.join(base, 'real')] } };
    assert.deepEqual(await choose(context, real, { cwd: path.join(base, 'link') }), ok('a'));
  });
  test('folders may change', async context => {
    const state = fresh();
    let folders = ['/a'];
    const window = await open(context, state, { folders: () => folders });
    assert.match(nobody(await call(state)), /no editor window is open/);
    folders = ['/w'];
    window.update();
    assert.deepEqual(await call(state), ok('yes'));
  });
});

describe('a window that dies', () => {
  const module = fileURLToPath(new URL('../../src/system/endpoint.ts', import.meta.url));
  const script = `const { endpoint } = await import(${JSON.stringify(module)});
    const [state, folder] = process.argv.slice(1);
    const window = endpoint({ state, folders: () => [folder], focused: () => 1, complain: it => console.error(it),
      answer: () => { console.log('asked'); return new Promise(() => {}); } });
    await window.ready;
    console.log('ready');`;
  const start = async (
    context: TestContext,
    state: string,
    folder = '/w',
  ): Promise<{ readonly child: ChildProcess; readonly says: (word: string) => Promise<void> }> => {
    const child = spawn(
      process.execPath,
      ['--no-warnings', '--input-type=module', '-e', script, state, folder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let output = '';
    child.stdout.on('data', chunk => (output += String(chunk)));
    context.after(() => child.kill('SIGKILL'));
    const says = async (word: string): Promise<void> => {
      while (!output.includes(word)) await sleep(5);
    };
    await says('ready');
    return { child, says };
  };
  const options = { skip: !posix, timeout: 30_000 };

  test('while it is asked: nobody, and its traces go', options, async context => {
    const state = fresh();
    const { child, says } = await start(context, state);
    const [window] = windows(state);
    const waiting = call(state);
    await says('asked');
    const gone = new Promise(resolve => child.on('close', resolve));
    child.kill('SIGKILL');
    assert.match(nobody(await waiting), /closed without an answer/);
    await gone;
    assert.match(nobody(await call(state)), /no editor window is open/);
    assert.deepEqual(fs.readdirSync(path.join(state, 'windows')), []);
    assert.equal(fs.existsSync(path.dirname(window?.socket ?? '/')), false);
  });

  test('is swept away by the next window', options, async context => {
    const state = fresh();
    const { child } = await start(context, state);
    child.kill('SIGKILL');
    await new Promise(resolve => child.on('close', resolve));
    const { id } = await open(context, state);
    assert.deepEqual(fs.readdirSync(path.join(state, 'windows')), [`${id}.json`]);
  });

  test('or stands still before it is asked: the next one answers', options, async context => {
    const state = fresh();
    const { child } = await start(context, state, '/w/x');
    await open(context, state);
    child.kill('SIGSTOP');
    const begun = performance.now();
    assert.deepEqual(await call(state, { cwd: '/w/x' }), ok('yes'));
    assert.ok(performance.now() - begun < 20_000);
  });

  test('or stands still while it is asked: nobody, after eight seconds', options, async context => {
    const state = fresh();
    const { child, says } = await start(context, state);
    const waiting = call(state);
    await says('asked');
    child.kill('SIGSTOP');
    const begun = performance.now();
    assert.match(nobody(await waiting), /stopped responding/);
    assert.ok(performance.now() - begun < 40_000);
  });

  test('and stands still: the wait in all counts', options, async context => {
    const state = fresh();
    const { child } = await start(context, state);
    child.kill('SIGSTOP');
    const begun = performance.now();
    assert.match(nobody(await call(state, { wait: 400 })), /in time/);
    assert.ok(performance.now() - begun < 10_000);
  });
});

describe('a forged window', () => {
  const forge = (state: string, more: object = {}, mode = 0o600): string => {
    const file = path.join(state, 'windows', 'forged.json');
    const window = {
      id: 'forged',
      pid: process.pid,
      socket: '/s',
      token: 't',
      folders: ['/w'],
      focused: 9e15,
    };
    fs.writeFileSync(file, JSON.stringify({ ...window, ...more }));
    fs.chmodSync(file, mode);
    return file;
  };
  const left = (state: string): readonly string[] => windows(state).map(({ id }) => id);

  test('is one when it looks like one', () => {
    const state = fresh();
    forge(state);
    assert.deepEqual(left(state), ['forged']);
  });
  for (const mode of [0o620, 0o602, 0o640, 0o604])
    test(`that others can touch (${mode.toString(8)}) is none`, { skip: !posix }, () => {
      const state = fresh();
      forge(state, {}, mode);
      assert.deepEqual(left(state), []);
    });
  test('of another owner is none', { skip: !isRoot }, () => {
    const state = fresh();
    fs.chownSync(forge(state), 12345, 12345);
    assert.deepEqual(left(state), []);
  });
  test('that is a link is none', { skip: !posix }, () => {
    const state = fresh();
    const file = forge(state);
    fs.renameSync(file, path.join(state, 'elsewhere'));
    fs.symlinkSync(path.join(state, 'elsewhere'), file);
    assert.deepEqual(left(state), []);
  });
  test('in a folder that others can write to is none', { skip: !posix }, () => {
    const state = fresh();
    forge(state);
    fs.chmodSync(path.join(state, 'windows'), 0o770);
    assert.deepEqual(left(state), []);
  });
  for (const more of [{ id: 'other' }, { pid: -1 }, { pid: 'x' }, { folders: '/w' }, { token: 1 }])
    test(`with ${JSON.stringify(more)} is none`, () => {
      const state = fresh();
      forge(state, more);
      assert.deepEqual(left(state), []);
    });
  test('of a dead process takes no file with it that is no socket', async () => {
    const state = fresh();
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise(resolve => child.on('exit', resolve));
    const precious = path.join(root, 'precious');
    fs.writeFileSync(precious, '');
    forge(state, { pid: child.pid, socket: precious });
    assert.deepEqual(left(state), []);
    assert.ok(fs.existsSync(precious));
  });
  test('that answers nonsense is nobody', { skip: !posix }, async context => {
    for (const answer of [
      'nonsense\n',
      '{"reply":{}}\n',
      '{"heard":true}\n{"reply":{"stdout":1}}\n',
      'x'.repeat(5_000_000),
    ]) {
      const state = fresh();
      const socket = path.join(fs.mkdtempSync(path.join(root, 's-')), 's');
      const server = net.createServer(peer => {
        peer.on('error', () => {});
        peer.write(answer);
      });
      context.after(() => server.close());
      await new Promise<void>(resolve => server.listen(socket, resolve));
      forge(state, { socket });
      assert.match(nobody(await call(state)), /an answer that is/);
    }
  });
});

describe('what is not a guard', () => {
  const peer = async (
    context: TestContext,
    socket: string,
    text?: string | Buffer,
  ): Promise<() => Promise<string>> => {
    const it = net.connect(socket);
    let heard = '';
    it.on('data', chunk => (heard += String(chunk)));
    it.on('error', () => {});
    context.after(() => it.destroy());
    const closed = new Promise<void>(resolve => it.on('close', () => resolve()));
    await new Promise<void>(resolve => it.on('connect', resolve));
    if (text !== undefined) it.write(text);
    return () => closed.then(() => heard);
  };
  const request = (token: string): string =>
    `${JSON.stringify({ token, agent: 'a', event: 'e', payload: '', cwd: '/w', wait: 1000 })}\n`;

  test('gets no answer with a wrong token', async context => {
    const state = fresh();
    let asked = 0;
    const { id, complaints } = await open(context, state, { answer: async () => said(String(++asked)) });
    const { socket, token } = readFile(state, id);
    for (const wrong of [
      '',
      'x',
      token.slice(1),
      `${token}0`,
      token.replace(/^./, it => (it === '0' ? '1' : '0')),
    ])
      assert.equal(await (await peer(context, socket, request(wrong)))(), '');
    assert.equal(asked, 0);
    assert.equal(complaints.length, 5);
    assert.equal((await (await peer(context, socket, request(token)))()).split('\n')[0], '{"heard":true}');
  });

  test('is dropped, and guards are answered all the same', { timeout: 20_000 }, async context => {
    const state = fresh();
    const { id } = await open(context, state);
    const { socket, token } = readFile(state, id);
    const garbage = [
      '\n',
      'null\n',
      '[]\n',
      '{"token":1}\n',
      'GET / HTTP/1.1\r\n\r\n',
      Buffer.from([0, 255, 10]),
    ];
    for (const text of garbage) assert.equal(await (await peer(context, socket, text))(), '');
    assert.equal(await (await peer(context, socket, 'x'.repeat(4_300_000)))(), '');
    const silent = await peer(context, socket);
    const slow = await peer(context, socket, request(token).slice(0, 40));
    assert.deepEqual(await call(state), ok('yes'));
    assert.deepEqual(await Promise.all([silent(), slow()]), ['', '']);
  });

  test('cannot keep guards out for long by its number', { timeout: 20_000 }, async context => {
    const state = fresh();
    const { id, complaints } = await open(context, state);
    const { socket } = readFile(state, id);
    await Promise.all(Array.from({ length: 80 }, () => peer(context, socket)));
    assert.match(nobody(await call(state)), /editor window/);
    assert.ok(complaints.some(it => it.includes('too many')));
    await sleep(5500);
    assert.deepEqual(await call(state), ok('yes'));
  });
});

test('what is too long for a window is not sent', async context => {
  const state = fresh();
  await open(context, state);
  assert.match(nobody(await call(state, { payload: 'x'.repeat(4_200_000) })), /too long/);
});

test('without a state folder there is nobody', async () => {
  assert.match(nobody(await call('/nowhere')), /no editor window is open/);
});

test('the caller loads three modules of Node and nothing else', () => {
  const source = fs.readFileSync(new URL('../../src/system/caller.ts', import.meta.url), 'utf8');
  const loaded = [...source.matchAll(/^import (?!type)[^;]* from '([^']+)'/gm)].map(([, name]) => name);
  assert.deepEqual(loaded, ['node:fs', 'node:net', 'node:path']);
});
