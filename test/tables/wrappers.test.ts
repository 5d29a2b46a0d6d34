import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { programName, wrappers } from '../../src/core/shell/wrappers.ts';
import { effectsFor } from '../support/line.ts';

/** How each wrapper is called before `rm -rf data`: plainly, and with its options. */
const called: Readonly<Record<string, readonly string[]>> = {
  sudo: ['', '-u root', '-n -E', '--user=root', '-u root X=1', '--'],
  doas: ['', '-u root'],
  env: ['', 'X=1', '-i X=1 Y=2', '-u HOME', '-C /work/project', '--', 'X="a b"'],
  command: ['', '-p', '--'],
  builtin: [''],
  exec: ['', '-a name'],
  nohup: [''],
  noglob: [''],
  nocorrect: [''],
  setsid: ['', '-f'],
  time: ['', '-p'],
  timeout: ['5', '-k 1 5', '-s KILL 5', '--signal=KILL 5', '--foreground 1m'],
  nice: ['', '-n 5', '-5'],
  ionice: ['', '-c 3', '-c2 -n7'],
  stdbuf: ['-oL', '-o L', '-i0 -o0'],
  unbuffer: [''],
  caffeinate: ['', '-i', '-t 5'],
  xargs: ['', '-n 1', '-0', '-P4 -n1', '-t'],
  parallel: ['', '-j 4'],
  watch: ['', '-n 5', '-d'],
  flock: ['/tmp/lock', '-n /tmp/lock', '-w 5 /tmp/lock'],
  chroot: ['/', '--userspec=a:b /'],
  strace: ['', '-f -e trace=file', '-o log'],
  ltrace: ['', '-f'],
  busybox: [''],
  toybox: [''],
  'dbus-run-session': ['', '--'],
  'xvfb-run': ['', '-a'],
  'systemd-run': ['', '--user --scope', '-p X=1'],
  'cross-env': ['', 'X=1'],
  dotenv: ['-e .env --', ''],
};

describe('a wrapper', () => {
  for (const name of Object.keys(wrappers))
    test(`${name} has its lines here`, () => assert.ok(Object.hasOwn(called, name)));

  for (const [name, ways] of Object.entries(called))
    for (const way of ways)
      test(`${name} ${way}`, async () => {
        const effects = await effectsFor(`${name} ${way} rm -rf data`);
        assert.ok(
          effects.some(it => it.does === 'delete' && it.path === '/work/project/data' && it.deep),
          JSON.stringify(effects),
        );
      });

  test('env -S reads its text', async () =>
    assert.ok((await effectsFor(`env -S 'rm -rf data'`)).some(it => it.does === 'delete')));
  test('flock -c reads its text', async () =>
    assert.ok((await effectsFor(`flock /tmp/lock -c 'rm -rf data'`)).some(it => it.does === 'delete')));
  test('command -v only tells', async () => assert.deepEqual(await effectsFor('command -v rm'), []));

  test('what xargs adds is what stood in the pipe', async () => {
    const paths = async (line: string) =>
      (await effectsFor(line)).flatMap(it => (it.does === 'delete' ? [it.path] : []));
    assert.deepEqual(await paths('echo a b | xargs rm -rf'), ['/work/project/a', '/work/project/b']);
    assert.deepEqual(await paths('echo a b | xargs -I{} rm x/{}'), [
      '/work/project/x/a',
      '/work/project/x/b',
    ]);
    assert.deepEqual(await paths('xargs rm <<< "a b"'), ['/work/project/a', '/work/project/b']);
    assert.deepEqual(await paths('find src lib -name x | xargs rm'), [
      '/work/project/src/*',
      '/work/project/lib/*',
    ]);
  });
});

describe('the name of a program', () => {
  for (const [text, name] of [
    ['rm', 'rm'],
    ['/bin/rm', 'rm'],
    ['./x/rm', 'rm'],
    ['RM.EXE', 'rm'],
    ['C:\\Windows\\System32\\cmd.exe', 'cmd'],
    ['npm.cmd', 'npm'],
    ['a.sh', 'a.sh'],
    ['', ''],
  ] as const)
    test(text || 'nothing', () => assert.equal(programName(text), name));
});
