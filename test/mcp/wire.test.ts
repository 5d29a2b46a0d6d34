import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpoint } from '../../src/system/endpoint.ts';
import { environment, guarded, its, secret } from './between.ts';

/*
 * What passes between, to the byte. The server is a mirror: the client gets back what reached it.
 */

after(its.dispose);
const posix = process.platform !== 'win32';
const mirror = [process.execPath, '-e', 'process.stdin.pipe(process.stdout)'];

interface Talk {
  readonly child: ChildProcess;
  readonly say: (text: string | Buffer) => void;
  readonly heard: () => string;
  /** What was heard, once it is as it should be. */
  readonly until: (fits: (heard: string) => boolean) => Promise<string>;
  readonly ended: Promise<{ readonly exit: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly stderr: () => string;
}

function talk(server: readonly string[], state = its.state()): Talk {
  const [command = '', ...args] = guarded(server, 'mirror', state);
  const child = spawn(command, args, { cwd: its.folder, env: environment, stdio: 'pipe' });
  const chunks: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  child.stdin.on('error', () => undefined);
  const heard = () => Buffer.concat(chunks).toString('utf8');
  return {
    child,
    heard,
    say: text => void child.stdin.write(text),
    until: async fits => {
      for (const end = Date.now() + 15_000; Date.now() < end; await sleep(10))
        if (fits(heard())) return heard();
      return assert.fail(`never heard it: ${heard().slice(0, 2000)} ${stderr}`);
    },
    ended: new Promise(resolve => child.once('close', (exit, signal) => resolve({ exit, signal }))),
    stderr: () => stderr,
  };
}

const lines = (text: string) => text.split('\n').slice(0, -1);
const call = (id: unknown, name: string, input: unknown, more: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: input, ...more } });
const hidden = (id: unknown) => call(id, 'read_file', { path: '.env' });
const isRefusal = (message: unknown) => JSON.stringify(message).includes('Chaperone stopped this.');

describe('what passes', () => {
  test('is the same to the byte, whatever it is', async () => {
    const it = talk(mirror);
    const passing = Buffer.concat(
      [
        '{"jsonrpc" : "2.0","id":12345678901234567890, "method":"x/unknown", "params":{"n":1.0e2,"\\u0061":"\\ud800"}}\r\n',
        'no JSON at all\n',
        '\n\n',
        '{"half": \n',
        '[]\n[{"jsonrpc":"2.0","method":"ping","id":1},{"jsonrpc":"2.0","result":{},"id":"s"}]\n',
        '{"id":1,"result":{"content":[{"type":"text","text":"tools/call resources/read"}]}}\n',
        call(7, 'echo', { text: 'ü\u2028 { " \\', big: 1e21 })
          .replace('1e+21', '1000000000000000000001')
          .concat('\n'),
        `${' '.repeat(70)}${call('x', 'echo', { text: 'y'.repeat(3_000_000) })}\n`,
        Buffer.from([0xff, 0xfe, 0x00, 0x0a]),
        `{"jsonrpc":"2.0","method":"big","params":"${'z'.repeat(5_000_000)}"}\n`,
      ].map(part => Buffer.from(part)),
    );
    for (let at = 0; at < passing.length; at += 70_001) it.say(passing.subarray(at, at + 70_001));
    it.child.stdin?.end('without an end');
    await it.ended;
    const got = it.heard();
    const [want, found] = [passing.toString('utf8') + 'without an end', got].map(text =>
      text.split('\n').sort(),
    );
    assert.deepEqual(found, want);
  });

  test('comes at once, though a call is held', async () => {
    const state = its.state();
    const asked = window(state);
    await asked.ready;
    const it = talk(mirror, state);
    it.say(`${hidden(1)}\n`);
    await asked.asked();
    it.say('{"jsonrpc":"2.0","id":2,"method":"ping"}\n');
    assert.equal(
      await it.until(heard => heard.includes('ping')),
      '{"jsonrpc":"2.0","id":2,"method":"ping"}\n',
    );
    asked.answer();
    await it.until(heard => heard.includes('read_file'));
    asked.dispose();
    it.child.stdin?.end();
    await it.ended;
  });
});

describe('what does not pass', () => {
  test('is answered in its place: an error of the tool, of the protocol where there is none', async () => {
    const it = talk(mirror);
    it.say(`${hidden(1)}\n${hidden('1')}\n`);
    it.say(`${call(2, 'read_file', { path: '.env' }, { task: { ttl: 1 } })}\n`);
    it.say('{"jsonrpc":"2.0","id":3,"method":"resources/read","params":{"uri":"file:.env"}}\n');
    it.say(`${hidden(undefined)}\n`);
    it.child.stdin?.end();
    await it.ended;
    const answers = lines(it.heard()).map(line => JSON.parse(line) as Record<string, unknown>);
    assert.ok(answers.every(isRefusal), it.heard());
    assert.deepEqual(
      answers
        .map(({ id, result }) => `${JSON.stringify(id)} ${result ? 'of the tool' : 'of the protocol'}`)
        .sort(),
      ['"1" of the tool', '1 of the tool', '2 of the protocol', '3 of the protocol'],
    );
    assert.ok(!it.heard().includes(secret));
  });

  test('of a batch is that alone', async () => {
    const it = talk(mirror);
    const ping = { jsonrpc: '2.0', id: 9, method: 'ping' };
    it.say(`[${hidden(1)},${JSON.stringify(ping)},${call(2, 'echo', {})}]\n`);
    it.child.stdin?.end();
    await it.ended;
    const [one, other] = lines(it.heard()).map(line => JSON.parse(line) as unknown);
    assert.ok(isRefusal(one));
    assert.deepEqual(other, [ping, JSON.parse(call(2, 'echo', {}))]);
  });

  test('is what a server could take for a call and we cannot', async () => {
    const inner = hidden(1);
    for (const line of [
      inner.replace('"method"', '"method":"ping","method"'),
      inner.replace('}', ''),
      `\uFEFF${inner}`,
      inner.replace('"method"', '"Method"'),
      inner.replace('"path"', '"path":"a","path"'),
      `{"jsonrpc":"2.0","method":"ping","params":\r${inner}\r}`,
      `${inner}\r${inner}`,
      inner.replace('tools/call', 'tools\\/call').replace('"id"', '"id":2,"ID"'),
      inner.replace('tools', '\\u0074ools').replace('}', ''),
      Buffer.concat([Buffer.from(inner.slice(0, -3)), Buffer.from([0xff]), Buffer.from(inner.slice(-3))]),
    ]) {
      const it = talk(mirror);
      it.say(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
      it.child.stdin?.end();
      await it.ended;
      const [answer, ...more] = lines(it.heard()).map(
        text => JSON.parse(text) as { error?: { code: number } },
      );
      assert.equal(answer?.error?.code, -32700, `${line.toString()} ${it.heard()}`);
      assert.deepEqual(more, []);
    }
  });

  test('written so that it looks like something else is refused all the same', async () => {
    const it = talk(mirror);
    it.say(`${hidden(1).replace('tools', '\\u0074ools').replace('.env', '\\u002eenv')}\n`);
    it.child.stdin?.end();
    await it.ended;
    assert.ok(isRefusal(it.heard()));
  });

  test('stands between the lines of a server, never within one', async () => {
    const halves = `
      process.stdin.once('data', () => {
        process.stdout.write('{"jsonrpc":"2.0","method":"half');
        setTimeout(() => process.stdout.write('and half"}\\n{"begun":'), 1500);
        setTimeout(() => process.stdout.write('1}\\n'), 1700);
      });`;
    const it = talk([process.execPath, '-e', halves]);
    it.say('begin\n');
    await it.until(heard => heard.endsWith('half'));
    it.say(`${hidden(1)}\n`);
    const heard = await it.until(text => text.endsWith('1}\n'));
    const [first, second, third] = lines(heard).map(line => JSON.parse(line) as unknown);
    assert.deepEqual([first, third], [{ jsonrpc: '2.0', method: 'halfand half' }, { begun: 1 }]);
    assert.ok(isRefusal(second));
    it.child.stdin?.end();
    await it.ended;
  });
});

describe('a question', () => {
  test('is taken back when the call is, and the server never hears of either', async () => {
    const state = its.state();
    const asked = window(state);
    await asked.ready;
    const it = talk(mirror, state);
    it.say(`${call(5, 'echo', {})}\n`);
    await asked.asked();
    it.say('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}\n');
    await asked.gone();
    it.say('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":6}}\n');
    assert.equal(
      await it.until(heard => heard.includes('cancelled')),
      '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":6}}\n',
    );
    asked.dispose();
    it.child.stdin?.end();
    await it.ended;
  });

  for (const how of ['leaves', 'is killed'] as const)
    test(`is taken back when the client ${how}`, { skip: !posix && 'it needs signals' }, async () => {
      const state = its.state();
      const asked = window(state);
      await asked.ready;
      const it = talk(mirror, state);
      it.say(`${call(5, 'echo', {})}\n`);
      await asked.asked();
      if (how === 'leaves') it.child.stdin?.end();
      else it.child.kill('SIGKILL');
      await asked.gone();
      await it.ended;
      assert.equal(it.heard(), '');
      asked.dispose();
    });
});

describe('an end', { skip: !posix && 'it needs signals' }, () => {
  const pidFile = () => path.join(fs.mkdtempSync(path.join(its.root, 'pid-')), 'pid');
  const writing = (file: string, then: string) => [
    process.execPath,
    '-e',
    `require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); ${then}`,
  ];
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const dies = async (file: string) => {
    const pid = Number(fs.readFileSync(file, 'utf8'));
    for (const end = Date.now() + 10_000; isAlive(pid) && Date.now() < end;) await sleep(20);
    assert.equal(isAlive(pid), false, 'the server is still there');
  };
  const begun = async (file: string) => {
    for (const end = Date.now() + 10_000; !fs.existsSync(file) && Date.now() < end;) await sleep(20);
    await sleep(50);
  };

  test('of the server is ours, with its status, its last words and what it said of errors', async () => {
    const it = talk([
      process.execPath,
      '-e',
      'process.stderr.write("oh"); process.stdout.write("{}\\n", () => process.exit(7))',
    ]);
    assert.deepEqual(await it.ended, { exit: 7, signal: null });
    assert.deepEqual([it.heard(), it.stderr()], ['{}\n', 'oh']);
  });

  test('of the server by a signal is ours by that signal', async () => {
    const it = talk([process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")']);
    assert.deepEqual(await it.ended, { exit: null, signal: 'SIGKILL' });
  });

  test('of what could not be started is a sentence', async () => {
    const it = talk([path.join(its.folder, 'nothing')]);
    assert.deepEqual(await it.ended, { exit: 127, signal: null });
    assert.match(it.stderr(), /^chaperone: cannot start/);
  });

  for (const [what, end] of [
    ['the client closes our input', (it: Talk) => void it.child.stdin?.end()],
    ['we are ended', (it: Talk) => void it.child.kill('SIGTERM')],
    ['we are killed', (it: Talk) => void it.child.kill('SIGKILL')],
  ] as const)
    test(`of the server comes when ${what}`, async () => {
      const file = pidFile();
      const it = talk(writing(file, 'process.stdin.resume()'));
      await begun(file);
      end(it);
      await it.ended;
      await dies(file);
    });

  test('of a server that will not end comes by force', async () => {
    const file = pidFile();
    const it = talk(writing(file, 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'));
    await begun(file);
    it.child.stdin?.end();
    await it.ended;
    await dies(file);
  });
});

/** A window that is asked, and answers with nothing to object to when it is told to. */
function window(state: string) {
  let [asked, gone, answer] = [0, 0, () => undefined as void];
  const answering = new Promise<void>(resolve => (answer = resolve));
  const here = endpoint({
    state,
    folders: () => [its.folder],
    focused: () => Date.now(),
    answer: async (_, signal) => {
      asked++;
      signal.addEventListener('abort', () => gone++);
      await answering;
      return { stdout: '', stderr: '', exit: 0 };
    },
    complain: () => undefined,
  });
  const until = async (happened: () => boolean) => {
    for (const end = Date.now() + 15_000; !happened() && Date.now() < end;) await sleep(10);
    assert.ok(happened(), 'it never happened');
  };
  return {
    ready: here.ready,
    dispose: here.dispose,
    answer,
    asked: () => until(() => asked > 0),
    gone: () => until(() => gone > 0),
  };
}
