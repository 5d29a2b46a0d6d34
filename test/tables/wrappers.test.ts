import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { programName } from '../../src/core/shell/names.ts';
import { wrappers } from '../../src/core/shell/wrappers.ts';
import { understand } from '../../src/core/understand.ts';
import { actionFor, attemptTo, effectsFor, understanding } from '../support/line.ts';

/** How each wrapper is called before `rm -rf data`, or with it as one text where `@` stands. */
const called: Readonly<Record<string, readonly string[]>> = {
  sudo: ['', '-u root', '-n -E', '--user=root', '-u root X=1', '--', '-D /work/project'],
  doas: ['', '-u root'],
  pkexec: ['', '--user root'],
  runuser: ['-u x --', '-l x -c @'],
  gosu: ['nobody'],
  'su-exec': ['nobody'],
  setuidgid: ['nobody'],
  setpriv: ['--reuid=1'],
  sg: ['staff -c @'],
  env: ['', 'X=1', '-i X=1 Y=2', '-u HOME', '-C /work/project', '--', 'X="a b"', '-S @'],
  command: ['', '-p', '--'],
  builtin: [''],
  exec: ['', '-a name'],
  nohup: [''],
  arch: ['', '-x86_64'],
  setarch: ['-R', 'x86_64 -R'],
  linux32: [''],
  linux64: [''],
  i386: [''],
  x86_64: [''],
  prlimit: ['--nofile=10'],
  faketime: ["'2020-01-01'", '-f +1d'],
  envdir: ['./e'],
  chpst: ['-u x'],
  softlimit: ['-m 9'],
  cpulimit: ['-l 9 --'],
  tsp: ['', '-L x'],
  run0: ['', '-u x'],
  'run-one': [''],
  daemonize: ['-c /work/project'],
  dtach: ['-n /tmp/s'],
  sshpass: ['-p x'],
  capsh: ['-- -c @'],
  noglob: [''],
  nocorrect: [''],
  and: [''],
  or: [''],
  not: [''],
  begin: [''],
  '{': [''],
  $: [''],
  '%': [''],
  repeat: ['3'],
  setsid: ['', '-f'],
  time: ['', '-p'],
  gtime: ['-v'],
  timeout: ['5', '-k 1 5', '-s KILL 5', '--signal=KILL 5', '--foreground 1m'],
  gtimeout: ['5'],
  nice: ['', '-n 5', '-5'],
  ionice: ['', '-c 3', '-c2 -n7'],
  chrt: ['10', '-b 0'],
  taskset: ['0x1', '-c 0'],
  numactl: ['--all', '-N 0'],
  stdbuf: ['-oL', '-o L', '-i0 -o0'],
  gstdbuf: ['-oL'],
  unbuffer: [''],
  caffeinate: ['', '-i', '-t 5'],
  chronic: [''],
  xargs: ['', '-n 1', '-0', '-P4 -n1', '-t'],
  parallel: ['', '-j 4'],
  sem: ['-j 2'],
  watch: ['', '-n 5', '-d'],
  watchexec: ['-e ts --', '-w src'],
  nodemon: ['--exec @', '-x @ --ext ts'],
  entr: ['-c'],
  onchange: ['src/*.ts --'],
  flock: ['/tmp/lock', '-n /tmp/lock', '-w 5 /tmp/lock', '/tmp/lock -c @'],
  chroot: ['/', '--userspec=a:b /'],
  unshare: ['-r', '-n --'],
  nsenter: ['-t 1 -m'],
  'ip netns exec': ['blue'],
  fakeroot: ['', '--'],
  proot: ['-r /'],
  firejail: ['', '--net=none'],
  bwrap: ['--bind / / --', '--ro-bind /usr /usr --dev /dev --setenv A b'],
  script: ['-c @', '-q /dev/null'],
  strace: ['', '-f -e trace=file', '-o log'],
  ltrace: ['', '-f'],
  valgrind: ['--tool=none'],
  rlwrap: ['', '-f words'],
  proxychains: ['', '-f file'],
  proxychains4: ['-q'],
  torsocks: [''],
  torify: [''],
  tsocks: [''],
  catchsegv: [''],
  'perf stat': ['', '-r 5'],
  'perf record': ['-g', '-o file'],
  busybox: [''],
  toybox: [''],
  tini: ['--'],
  'dumb-init': ['', '--'],
  'dbus-run-session': ['', '--'],
  'xvfb-run': ['', '-a'],
  'systemd-run': ['', '--user --scope', '-p X=1'],
  'systemd-inhibit': [''],
  'flatpak-spawn': ['--host'],
  'machinectl shell': ['box'],
  'distrobox enter': ['box --'],
  'toolbox run': ['-c box'],
  'guix shell': ['coreutils --'],
  'nix-shell': ['--run @', '-p coreutils --command @'],
  'nix develop': ['-c', '.#x --command'],
  'nix shell': ['nixpkgs#coreutils -c'],
  'devbox run': ['', '--'],
  'devenv shell': ['', '--'],
  'flox activate': ['-d x --'],
  'bundle exec': [''],
  'poetry run': ['', '--'],
  'pipenv run': [''],
  'pdm run': [''],
  'rye run': [''],
  'hatch run': [''],
  'pixi run': ['-e test'],
  'uv run': ['', '--with x', '--python 3.12', '--'],
  'conda run': ['-n base', '--no-capture-output -n base'],
  'mamba run': ['-n base'],
  'micromamba run': ['-n base'],
  'mise exec': ['--', 'node@20 --', '-c @'],
  'mise x': ['--'],
  'rtx exec': ['--'],
  'asdf exec': [''],
  'direnv exec': ['.'],
  'rbenv exec': [''],
  'pyenv exec': [''],
  'nodenv exec': [''],
  'volta run': ['--node 20'],
  'fnm exec': ['--using=20', '--using 20'],
  'nvm exec': ['20'],
  'lerna exec': ['--', '--scope x --'],
  'nx exec': ['--'],
  dotenv: ['-e .env --', ''],
  dotenvx: ['run -f .env --', '--quiet run --'],
  'dotenvx run': ['--', '-f .env --'],
  'env-cmd': ['', '-f .env'],
  'with-env': ['', 'X=1'],
  'cross-env': ['', 'X=1'],
  'cross-env-shell': ['', 'X=1'],
  'op run': ['--', '--env-file=.env --'],
  'doppler run': ['--', '-p x -c dev --', '--command @'],
  'infisical run': ['--', '--env=dev --', '--command @'],
  'vercel env run': ['-e preview --'],
  'netlify dev:exec': [''],
  'aws-vault exec': ['dev --', '--no-session dev --'],
  'saml2aws exec': ['-a dev --'],
  'aws-okta exec': ['dev --'],
  'chamber exec': ['service --'],
  'teller run': ['--'],
  'sops exec-env': ['file @'],
  'sops exec-file': ['file @'],
  envchain: ['name'],
  concurrently: ['@', "-k -n a,b 'ls' @"],
  hyperfine: ['@', '-w 3 ls @', '--prepare @ ls'],
};

/** Those that start scripts of the package. */
const ofScripts = ['npm-run-all', 'npm-run-all2', 'run-s', 'run-p'];

describe('a wrapper', () => {
  for (const name of Object.keys(wrappers))
    test(`${name} has its lines here`, () =>
      assert.ok(Object.hasOwn(called, name) || ofScripts.includes(name)));

  for (const [name, ways] of Object.entries(called))
    for (const way of ways)
      test(`${name} ${way}`, async () => {
        const line =
          way.includes('@ ') || way.endsWith('@')
            ? way.replace(/@(?= |$)/, "'rm -rf data'")
            : `${way} rm -rf data`;
        const effects = await effectsFor(`${name} ${line}`);
        assert.ok(
          effects.some(it => it.does === 'delete' && it.path === '/work/project/data' && it.deep),
          JSON.stringify(effects),
        );
      });

  for (const name of ofScripts)
    test(`${name} runs the scripts it names`, () => {
      const leads = understand(attemptTo(actionFor(`${name} clean build:js`)), understanding);
      assert.deepEqual(
        leads.map(it => (it.does === 'follow' && it.lead.to === 'script' ? it.lead.name : it.does)),
        ['clean', 'build:js'],
      );
    });

  test('env -S reads its text', async () =>
    assert.ok((await effectsFor(`env -S 'rm -rf data'`)).some(it => it.does === 'delete')));
  test('flock -c reads its text', async () =>
    assert.ok((await effectsFor(`flock /tmp/lock -c 'rm -rf data'`)).some(it => it.does === 'delete')));
  test('an option behind the command is read both ways', async () =>
    assert.ok(
      (await effectsFor(`flock /tmp/lock pwsh -c 'Remove-Item -Recurse data'`)).some(
        it => it.does === 'delete',
      ),
    ));
  for (const line of [
    'sudo -i',
    'sudo -s',
    'su -',
    'su',
    'newgrp x',
    'chroot /mnt',
    'unshare -r',
    'ssh host',
    'ssh host bash -s',
    "ssh host 'sudo sh'",
  ])
    test(`${line} alone reads its input`, async () =>
      assert.ok((await effectsFor(`${line} <<'E'\nrm -rf data\nE`)).some(it => it.does === 'delete')));
  for (const line of ['echo x | sudo -S -v', 'cat a | ssh host tar x', 'sudo -l'])
    test(`${line} starts no shell`, async () =>
      assert.ok(
        (await effectsFor(line)).every(
          it => it.does !== 'unknown' && !(it.does === 'run' && it.program === 'x'),
        ),
      ));
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
      '/work/project/src/**/x',
      '/work/project/lib/**/x',
    ]);
  });
});

describe('what is read chooses what runs', () => {
  const isAsked = async (line: string) => (await effectsFor(line)).some(it => it.does === 'unknown');
  for (const line of [
    'xargs bash',
    'cat list | xargs sudo --',
    'cat list | xargs perl',
    'cat list | xargs -I{} bash {}',
    'cat list | xargs -I{} sh -c {}',
    'echo ls | xargs -I{} sh -c {}',
    'cat list | xargs sh -c',
    "cat list | xargs -I% sh -c 'ls %'",
    'cat list | xargs -J % sh -c %',
    'cat list | xargs -I{} node {}',
    'cat list | xargs -I{} python3 -m {}',
    'cat list | xargs -I{} awk -f{}',
    'cat list | xargs -I{} git {}',
    'cat list | xargs git -C x',
    'cat list | xargs -I{} git reset --ha{}',
    'cat list | xargs -I{} git merge {}',
    'cat list | xargs find . -name x',
    'cat list | xargs -I{} find . -exec sh -c {} ;',
    'cat list | xargs sh -c \'"$1"\' _',
    'cat list | parallel',
    'parallel < list',
    'cat list | parallel bash -c {}',
  ])
    test(line, async () => assert.ok(await isAsked(line)));

  for (const line of [
    'cat list | xargs ls',
    'cat list | xargs',
    'cat list | xargs git add',
    'cat list | xargs git log --',
    'cat list | xargs -n1 sudo ls',
    'find src -name x | xargs -I{} sh -c \'ls "{}"\'',
    'parallel ls ::: a b',
    'seq 3 | xargs -n1 echo',
  ])
    test(`not in ${line}`, async () => assert.ok(!(await isAsked(line))));
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
