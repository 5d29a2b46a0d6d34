import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { shellsReady } from './ready.ts';
import { mark, stage, type Stage } from './stage.ts';

/* Shells that are given a command, or read their commands from a pipe, as agents start them. */

const without = await shellsReady();
const shells = ['bash', 'zsh', 'fish'] as const;
let its: Stage;

describe('a command for a shell', { skip: without ?? false }, () => {
  before(async () => {
    its = await stage();
    await its.answering('deny');
  });
  beforeEach(async () => {
    its.furnish();
    await its.asked();
  });
  after(() => its?.dispose());

  for (const shell of shells) {
    for (const line of ['rm -rf data', 'echo a; rm -rf ./data', 'true && (cd . && rm -rf data) | cat'])
      test(`${shell} does not run \`${line}\``, async () => {
        const { exit, stdout, stderr } = await its.shell([shell, '-c', line], { env: mark });
        assert.deepEqual([exit, stdout, its.gone()], [126, '', false]);
        assert.match(stderr, /^Chaperone stopped this\./);
        assert.match(await its.asked(), /Roo Code, in a terminal wants to delete/);
      });

    test(`${shell} asks nothing without a mark`, async () => {
      const { exit } = await its.shell([shell, '-c', 'rm -rf data']);
      assert.deepEqual([exit, its.gone(), await its.asked()], [0, true, '']);
    });

    test(`${shell} asks a shell in a shell too`, async () => {
      const script = path.join(its.folder, 'opaque.py');
      writeFileSync(script, `import subprocess\nsubprocess.run(["${shell}", "-c", "r" "m -rf data"])\n`);
      await its.shell([shell, '-c', 'python3 opaque.py'], { env: mark });
      assert.equal(its.gone(), false);
    });

    test(`${shell} runs what a person says yes to`, async () => {
      await its.answering('allow');
      const { exit, stderr } = await its.shell([shell, '-c', 'rm -rf data; exit 3'], { env: mark });
      await its.answering('deny');
      assert.deepEqual([exit, stderr, its.gone()], [3, '', true]);
    });
  }

  for (const shell of ['bash', 'zsh'])
    test(`${shell} is stopped in what it reads from a pipe`, async () => {
      const input = 'echo one\nif true; then\n  rm -rf data\nfi\necho two\n';
      const { exit, stdout } = await its.shell(['sh', '-c', `cat | ${shell}`], { env: mark, input });
      assert.deepEqual([exit, stdout, its.gone()], [126, 'one\n', false]);
    });

  for (const options of [['-i', '-c'], ['-l', '-c'], ['-lic']])
    for (const shell of ['zsh', 'fish'])
      test(`${shell} ${options.join(' ')} is stopped`, async () => {
        const { exit } = await its.shell([shell, ...options, 'rm -rf data'], { env: mark });
        assert.deepEqual([exit, its.gone()], [126, false]);
      });

  for (const options of [
    ['-l', '-c'],
    ['-euo', 'pipefail', '-c'],
    ['--norc', '--noprofile', '-c'],
  ])
    test(`bash ${options.join(' ')} is stopped`, async () => {
      const { exit } = await its.shell(['bash', ...options, 'rm -rf data'], { env: mark });
      assert.deepEqual([exit, its.gone()], [126, false]);
    });

  test('bash -i -c, sh and zsh -f are not: only the line that starts them is seen', async () => {
    for (const words of [
      ['bash', '-i', '-c'],
      ['sh', '-c'],
      ['zsh', '-f', '-c'],
    ]) {
      its.furnish();
      await its.shell([...words, 'rm -rf data'], { env: mark });
      assert.equal(its.gone(), true, words.join(' '));
    }
    its.furnish();
    await its.shell(['bash', '-c', 'sh -c "rm -rf data"'], { env: mark });
    assert.equal(its.gone(), false);
  });
});

describe('a command that nobody minds', { skip: without ?? false }, () => {
  before(async () => {
    its = await stage();
    await its.answering('deny');
  });
  after(() => its?.dispose());

  const posix: readonly string[] = [
    'false; echo $?',
    '(exit 7); echo "$?"; exit 9',
    'f() { return 3; }; f; echo $?',
    'for i in 1 2 3; do echo $i; done | tail -n 1',
    'echo one >&2; echo two',
    'cat <<X\nbody $((1 + 1))\nX',
    'set -e; false; echo not here',
    'set -u; echo "${nothing-none}"; echo $nothing',
    "trap 'echo bye' EXIT; echo hi",
    'sleep 0.2 & wait $!; echo $?',
    'kill -TERM $$; echo not here',
    'echo "quotes \\" and \\\\ and \t tab and ünïcode 🙂"',
    'read line; echo "read $line"',
    'x=$(echo in); echo $x `echo ticks`',
    'cd / && pwd',
    '',
  ];
  const lines: Readonly<Record<string, readonly string[]>> = {
    bash: [
      ...posix,
      'echo "$0 $1 $# $BASH_SUBSHELL $-"',
      'set -T; trap \'echo "[$BASH_COMMAND]"\' DEBUG; echo a; (echo b)',
      'trap \'echo "err $?"\' ERR; false; echo c',
      'echo $BASH_COMMAND $LINENO',
      'shopt -s extdebug; shopt extdebug; declare -F; trap -p',
      'set -o; shopt -p | cksum',
      'a=(1 2 "3 4"); printf "<%s>" "${a[@]}"',
    ],
    zsh: [
      ...posix,
      'echo "$0 $1 $# $ZDOTDIR_ $-"',
      "trap 'echo dbg' DEBUG; echo a",
      'TRAPZERR() { echo err }; false; true',
      'setopt | sort | cksum; print -l ${(k)functions:#__chaperone*} | cksum',
    ],
    fish: [
      'false; echo $status',
      'echo one >&2; echo two',
      'cd / && pwd',
      'read line; echo "read $line"',
      'echo "quotes \\" and \\\\ and \t tab and ünïcode 🙂"',
      'status is-interactive; echo $status; set -n | grep -c "^__[wlo]"',
    ],
  };
  test('fish: what only fish writes so is not understood, and is asked about', async () => {
    for (const line of ['function f; return 3; end; f', 'for i in 1 2; echo $i; end', 'set -l x (echo in)'])
      assert.equal((await its.shell(['fish', '-c', line], { env: mark })).exit, 126, line);
  });

  for (const [shell, each] of Object.entries(lines))
    for (const line of each)
      test(`${shell}: ${line}`, async () => {
        const how = { input: 'input\n' };
        const words = [shell, '-c', line, 'zero', 'first'];
        const plain = await its.shell(words, {
          ...how,
          env: { BASH_ENV: '', PS0: '', ZDOTDIR: its.bench.home, XDG_DATA_DIRS: '/usr/share' },
        });
        for (const env of [{}, mark]) {
          const { exit, stdout, stderr } = await its.shell(words, { ...how, env });
          assert.deepEqual(
            { exit, stdout, stderr },
            { exit: plain.exit, stdout: plain.stdout, stderr: plain.stderr },
          );
        }
      });
});

describe('what was there before', { skip: without ?? false }, () => {
  before(async () => {
    its = await stage();
    await its.answering('deny');
  });
  beforeEach(() => its.furnish());
  after(() => its?.dispose());

  test('BASH_ENV is still sourced, with and without a mark', async () => {
    const own = path.join(its.bench.home, 'own.sh');
    writeFileSync(own, 'OWN=mine\n');
    for (const env of [{}, mark]) {
      const words = ['bash', '-c', 'echo $OWN'];
      const { stdout } = await its.shell(words, { env: { ...env, CHAPERONE_BASH_ENV: '$HOME/own.sh' } });
      assert.equal(stdout, 'mine\n');
    }
  });

  test("a person's own files of zsh are read, from where they lie", async () => {
    const folder = path.join(its.bench.home, 'zsh');
    mkdirSync(folder);
    for (const name of ['.zshenv', '.zprofile', '.zshrc', '.zlogin'])
      writeFileSync(path.join(folder, name), `print -n "${name} "\n`);
    for (const env of [{}, mark]) {
      const given = { env: { ...env, CHAPERONE_ZDOTDIR: folder } };
      assert.match((await its.shell(['zsh', '-c', 'echo'], given)).stdout, /^\.zshenv \n$/);
      assert.match(
        (await its.shell(['zsh', '-lic', 'echo $ZDOTDIR'], given)).stdout,
        new RegExp(`^\\.zshenv \\.zprofile \\.zshrc \\.zlogin ${folder}\n$`),
      );
    }
  });
});

describe('a guard that cannot judge', { skip: without ?? false }, () => {
  before(async () => {
    its = await stage();
    await its.answering('deny');
  });
  beforeEach(() => its.furnish());
  after(() => its?.dispose());

  const shellFolder = () => path.join(its.state, 'shell');
  const refused = async (why: RegExp | undefined) => {
    for (const shell of shells) {
      const { exit, stdout, stderr } = await its.shell([shell, '-c', 'echo hi'], { env: mark });
      assert.deepEqual([exit, stdout], [126, ''], shell);
      if (why) assert.match(stderr, why);
    }
  };

  for (const file of ['ask.sh', 'run.bash'])
    test(`refuses where ${file} is gone`, async () => {
      const from = path.join(shellFolder(), file);
      renameSync(from, `${from}.away`);
      const { exit, stdout } = await its.shell(['bash', '-c', 'echo hi'], { env: mark });
      renameSync(`${from}.away`, from);
      assert.deepEqual([exit, stdout], [126, '']);
    });

  test('refuses where the guard is gone, and says what a person can do', async () => {
    const bin = path.join(its.state, 'bin');
    renameSync(bin, `${bin}.away`);
    await refused(/a person can open another terminal, or switch `chaperone\.shellGuard` off/);
    renameSync(`${bin}.away`, bin);
  });

  test('refuses where the guard is killed', async () => {
    const quick = path.join(its.state, 'bin/hook.sh');
    const text = readFileSync(quick, 'utf8');
    chmodSync(quick, 0o600);
    writeFileSync(quick, 'kill -KILL $$\n');
    await refused(/could not judge/);
    writeFileSync(quick, text);
  });

  test('waits for one that is slow', async () => {
    const quick = path.join(its.state, 'bin/hook.sh');
    const text = readFileSync(quick, 'utf8');
    writeFileSync(quick, `sleep 2\n${text}`);
    const { exit, took } = await its.shell(['bash', '-c', 'rm -rf data'], { env: mark });
    writeFileSync(quick, text);
    assert.deepEqual([exit, its.gone()], [126, false]);
    assert.ok(took > 2000);
  });

  test('refuses what needs a person where there is none, and nothing else', async () => {
    await its.answering('nobody');
    for (const shell of shells) {
      const stopped = await its.shell([shell, '-c', 'rm -rf data'], { env: mark });
      assert.deepEqual([stopped.exit, its.gone()], [126, false]);
      assert.equal((await its.shell([shell, '-c', 'echo hi'], { env: mark })).stdout, 'hi\n');
    }
    await its.answering('deny');
  });

  test('lets everything pass where a person switched it off', async () => {
    const off = path.join(shellFolder(), 'off');
    writeFileSync(off, '');
    await its.shell(['bash', '-c', 'rm -rf data'], { env: mark });
    rmSync(off);
    assert.equal(its.gone(), true);
  });

  test('does not ask again about an agent whose hook asks, but about what is typed into a Codex', async () => {
    const wired = path.join(shellFolder(), 'wired');
    writeFileSync(wired, 'claude codex\n');
    for (const [env, asks] of [
      [{ CLAUDECODE: '1' }, false],
      [{ CLAUDECODE: '1', AGENT: 'amp' }, true],
      [{ CODEX_THREAD_ID: 'x' }, false],
      [{ OPENCODE: '1', KILO: '1' }, true],
      [{ AGENT: '1' }, false],
      [{ OR_APP_NAME: 'Aider' }, true],
      [{ OR_APP_NAME: 'mine' }, false],
    ] as const) {
      its.furnish();
      await its.shell(['bash', '-c', 'rm -rf data'], { env });
      assert.equal(its.gone(), !asks, JSON.stringify(env));
    }
    writeFileSync(wired, '\n');
  });
});
