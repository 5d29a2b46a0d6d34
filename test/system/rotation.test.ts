import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { rotating } from '../../src/system/rotation.ts';

const onPosix = { skip: process.platform === 'win32' && 'permissions of POSIX' };
const made: string[] = [];
after(() => made.forEach(folder => fs.rmSync(folder, { recursive: true, force: true })));

function desk(script = '#!/bin/sh\necho fine\n', mode = 0o700) {
  const root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'rotation-')));
  made.push(root);
  const at = (name: string) => join(root, name);
  for (const folder of ['bin', 'ws']) fs.mkdirSync(at(folder), { mode: 0o700 });
  const write = (name: string, text: string, its = 0o700) => {
    fs.writeFileSync(at(name), text);
    fs.chmodSync(at(name), its);
  };
  write('bin/rotate', script, mode);
  const it = rotating({
    machine: { platform: 'posix', home: root },
    path: ['relative', at('bin'), '/usr/bin', '/bin'].join(':'),
    workspace: () => [at('ws')],
    exposes: text => (text.includes('CREDENTIAL') ? { kind: 'a token', line: 2 } : undefined),
    masked: (text, values) => values.reduce((left, value) => left.replaceAll(value, '<secret>'), text),
  });
  const run = (argv: readonly string[], signal = new AbortController().signal) =>
    it.run(argv, { cwd: root, env: { CHAPERONE_SECRET_NAME: 'TOKEN' }, hide: ['hush-hush'], signal });
  return { ...it, at, write, run };
}

describe('a command that replaces a secret', onPosix, () => {
  for (const [how, line] of [
    ['by its path', 'ROOT/bin/rotate now'],
    ['below the home folder', '~/bin/rotate now'],
    ['by its name', 'rotate now'],
  ] as const)
    test(`is found ${how}`, async () => {
      const it = desk();
      const { argv, problems, doubts, marks } = await it.examine(line.replace('ROOT', it.at('')));
      assert.deepEqual([problems, doubts], [[], []]);
      assert.deepEqual([fs.realpathSync(argv[0] ?? ''), argv[1]], [it.at('bin/rotate'), 'now']);
      assert.deepEqual(Object.keys(marks), [it.at('bin/rotate')]);
    });

  for (const [line, why] of [
    ['none-such', /not found/],
    ['bin/rotate', /not found/],
    ['ROOT/bin', /not found/],
    ['rotate | cat', /more than one program/],
    ['rotate $(x)', /more than one program/],
    ['', /more than one program/],
  ] as const)
    test(`is not run: ${line}`, async () => {
      const it = desk();
      const { argv, problems } = await it.examine(line.replace('ROOT', it.at('')));
      assert.deepEqual([argv, problems.length], [[], 1]);
      assert.match(problems[0] ?? '', why);
    });

  for (const [how, change, why] of [
    ['everybody can write to', it => fs.chmodSync(it.at('bin/rotate'), 0o702), /everybody can write/],
    [
      'a group can write to',
      it => (fs.chownSync(it.at('bin/rotate'), 0, 12345), fs.chmodSync(it.at('bin/rotate'), 0o770)),
      /a group can write/,
    ],
    [
      'in a folder everybody can write to',
      it => fs.chmodSync(it.at('bin'), 0o777),
      /everybody can write to `.*bin`/,
    ],
    ['of somebody else', it => fs.chownSync(it.at('bin/rotate'), 12345, 0), /belongs to somebody else/],
    [
      'with a credential in it',
      it => it.write('bin/rotate', '#!/bin/sh\nCREDENTIAL'),
      /a token\) stands in .*line 2/,
    ],
  ] as readonly (readonly [string, (it: ReturnType<typeof desk>) => unknown, RegExp])[])
    test(
      `is not run: ${how}`,
      { skip: process.getuid?.() !== 0 && 'only root can give files away' },
      async () => {
        const it = desk();
        change(it);
        const { problems } = await it.examine('rotate');
        assert.match(problems.join('\n'), why);
      },
    );

  test('is looked at in all of its files', async () => {
    const it = desk();
    it.write('bin/more.sh', 'CREDENTIAL', 0o606);
    const { problems } = await it.examine(`/bin/sh ${it.at('bin/more.sh')}`);
    assert.equal(problems.length, 2);
  });

  test('in the workspace is told, and by a link too', async () => {
    const it = desk();
    it.write('ws/rotate', '#!/bin/sh\n');
    fs.symlinkSync(it.at('ws/rotate'), it.at('bin/link'));
    for (const line of [it.at('ws/rotate'), 'link']) {
      const { problems, doubts } = await it.examine(line);
      assert.deepEqual([problems, doubts.length], [[], 1]);
      assert.match(doubts[0] ?? '', /lies in the workspace/);
    }
  });

  test('has another mark when it was changed', async () => {
    const it = desk();
    const before = await it.examine('rotate');
    assert.deepEqual(await it.examine('rotate'), before);
    it.write('bin/rotate', '#!/bin/sh\necho another\n');
    assert.notDeepEqual((await it.examine('rotate')).marks, before.marks);
  });

  test('is told the name, and shows no value', async () => {
    const it = desk('#!/bin/sh\necho "$CHAPERONE_SECRET_NAME is hush-hush"; echo hush-hush >&2; exit 3\n');
    const { argv } = await it.examine('rotate');
    const { exit, output } = await it.run(argv);
    assert.equal(exit, 3);
    assert.ok(output.includes('TOKEN is <secret>') && !output.includes('hush'), output);
  });

  test('ends with what it started when it is stopped', async () => {
    const it = desk('#!/bin/sh\nsleep 60 & echo $! > pid; wait\n');
    const ending = new AbortController();
    const running = it.run((await it.examine('rotate')).argv, ending.signal);
    while (!fs.existsSync(it.at('pid')) || !fs.readFileSync(it.at('pid'), 'utf8').trim())
      await new Promise(resolve => setTimeout(resolve, 20));
    ending.abort();
    assert.equal((await running).exit, undefined);
    const pid = Number(fs.readFileSync(it.at('pid'), 'utf8'));
    const gone = () => {
      try {
        // One that nobody waits for stays as a zombie where there is no init.
        return /^State:\s*Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return true;
      }
    };
    for (let tries = 0; tries < 100 && !gone(); tries++)
      await new Promise(resolve => setTimeout(resolve, 20));
    assert.ok(gone());
  });

  test('that cannot start says so', async () => {
    const it = desk('#!/none/such\n');
    const { exit, output } = await it.run([it.at('bin/rotate')]);
    assert.deepEqual([exit, output], [undefined, 'it does not exist']);
  });

  test('that was stopped before it began does not last', async () => {
    const it = desk('#!/bin/sh\nsleep 60\n');
    assert.equal((await it.run([it.at('bin/rotate')], AbortSignal.abort())).exit, undefined);
  });
});
