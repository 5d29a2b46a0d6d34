import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { shellsReady } from './ready.ts';
import { mark, stage, type More, type Stage, type Terminal } from './stage.ts';

/* Shells that somebody types into, as an agent does in the editor's terminal. */

const without = await shellsReady();
const shells: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash'],
  zsh: ['zsh'],
  fish: ['fish'],
};
let its: Stage;
let open: Terminal | undefined;

const opened = (argv: readonly string[], more?: More): Terminal => (open = its.terminal(argv, more));
const marked = (argv: readonly string[]): Terminal => opened(argv, { env: mark });

describe('a shell that is typed into', { skip: without ?? false }, () => {
  before(async () => {
    its = await stage();
    await its.answering('deny');
  });
  beforeEach(async () => {
    its.furnish();
    await its.asked();
  });
  afterEach(() => {
    open?.close();
    open = undefined;
  });
  after(() => its?.dispose());

  for (const [shell, argv] of Object.entries(shells)) {
    test(`${shell} does not run what is refused, and goes on`, async () => {
      const terminal = marked(argv);
      await terminal.enter('rm -rf data');
      await terminal.until('Chaperone stopped this.');
      assert.match(await its.asked(), /Roo Code, in a terminal wants to delete \.\/data/);
      await terminal.enter('echo first; rm -rf data; echo last');
      await terminal.enter(' rm -rf data');
      assert.doesNotMatch(await terminal.enter('echo still-$(echo here)'), /^(?:first|last)$/m);
      await terminal.until('still-here');
      assert.equal(its.gone(), false);
    });

    test(`${shell} asks nothing without a mark`, async () => {
      const terminal = opened(argv);
      await terminal.enter('rm -rf data');
      assert.deepEqual([its.gone(), await its.asked()], [true, '']);
    });

    test(`${shell} runs what a person says yes to`, async () => {
      await its.answering('allow');
      const terminal = marked(argv);
      await terminal.enter('rm -rf data; echo done-$(echo so)');
      await terminal.until('done-so');
      await its.answering('deny');
      assert.equal(its.gone(), true);
    });

    test(`${shell} asks once for a line, whatever is in it`, async () => {
      const terminal = marked(argv);
      await terminal.enter('echo a; echo b | cat; ls; true; uname');
      assert.equal(await its.asked(), 'Roo Code, in a terminal: nothing to object to\n');
    });

    test(`${shell} is ended by itself`, async () => {
      const bin = path.join(its.state, 'bin');
      renameSync(bin, `${bin}.away`);
      try {
        const terminal = marked(argv);
        await terminal.enter('touch made');
        await terminal.until(/a person can open another terminal/);
        terminal.type('exit');
        await assert.rejects(terminal.until('never', 2));
        assert.equal(existsSync(path.join(its.folder, 'made')), false);
      } finally {
        renameSync(`${bin}.away`, bin);
      }
    });
  }

  // fish hears no Ctrl-C while a key is at work.
  for (const shell of ['bash', 'zsh'])
    test(`${shell} is interrupted while it asks, and the line does not run`, async () => {
      const quick = path.join(its.state, 'bin/hook.sh');
      const text = readFileSync(quick, 'utf8');
      writeFileSync(quick, 'echo waiting >&2; sleep 60\n');
      const terminal = marked([shell]);
      try {
        await terminal.until(/\$$/);
        terminal.type('touch made');
        await terminal.until('waiting');
        terminal.press('C-c');
        await terminal.until(/waiting[^]*\n\$$/);
      } finally {
        writeFileSync(quick, text);
      }
      await terminal.enter('echo on-$(echo ward)');
      await terminal.until('on-ward');
      assert.equal(existsSync(path.join(its.folder, 'made')), false);
    });

  test('lines of several are asked about as one', async () => {
    for (const [shell, lines] of Object.entries({
      bash: ['for i in 1 2; do', 'rm -rf data', 'done'],
      zsh: ['f() {', 'rm -rf data', '}; f'],
    })) {
      const terminal = marked([shell]);
      for (const [at, line] of lines.entries())
        await (at < lines.length - 1 && shell === 'bash'
          ? terminal.enter(line, '>')
          : entered(terminal, line));
      await terminal.until('Chaperone stopped this.');
      assert.deepEqual([shell, its.gone()], [shell, false]);
      terminal.close();
    }
  });

  test('bash: a line that the history does not take cannot be read, and is asked about', async () => {
    const history = path.join(its.bench.home, '.bash_history');
    writeFileSync(history, 'ls\nls -l\n');
    const terminal = marked(['bash']);
    await terminal.enter(' ls -l');
    await terminal.until('Chaperone stopped this.');
    await terminal.enter('set +o history');
    await terminal.enter('echo a');
    assert.match(await its.asked(), /cannot be read|nobody can read/);
    rmSync(history);
  });

  test('bash: who takes no interrupt is ended', async () => {
    const terminal = marked(['bash']);
    await terminal.enter("trap '' INT");
    await terminal.enter('echo alive');
    terminal.type('rm -rf data');
    await assert.rejects(terminal.until('never', 2));
    assert.equal(its.gone(), false);
  });

  test('bash: a mark counts from when it is there, and in shells below', async () => {
    const terminal = opened(['bash']);
    await terminal.enter('export ROO_ACTIVE=true');
    terminal.type('bash --norc');
    await terminal.until('bash-5');
    terminal.type('rm -rf data');
    await terminal.until('Chaperone stopped this.');
    assert.equal(its.gone(), false);
  });

  for (const [shell, lines] of Object.entries(ordinary()))
    test(`${shell} prints what it prints without us`, async () => {
      const screens: string[] = [];
      for (const env of [{ BASH_ENV: '', PS0: '', ZDOTDIR: '', XDG_DATA_DIRS: '/usr/share' }, {}, mark]) {
        if ('ZDOTDIR' in env) env.ZDOTDIR = its.bench.home;
        const terminal = opened([shell], { env });
        for (const line of lines) await entered(terminal, line);
        screens.push(terminal.screen().replaceAll(/\d{3,}/g, 'N'));
        terminal.close();
      }
      assert.equal(screens[1], screens[0]);
      assert.equal(screens[2], screens[0]);
    });
});

/** Types a line and waits until the screen says that it is over: a prompt of any kind. */
async function entered(terminal: Terminal, line: string): Promise<void> {
  await terminal.until(/(?:^|\n)(?:\$|>|\w+>)$/);
  const before = terminal.screen();
  terminal.type(line);
  for (let tries = 0; terminal.screen() === before && tries < 100; tries++)
    await new Promise(resolve => setTimeout(resolve, 20));
  await new Promise(resolve => setTimeout(resolve, 150));
  await terminal.until(/(?:^|\n)(?:\$|>|\w+>)$/);
}

function ordinary(): Readonly<Record<string, readonly string[]>> {
  const posix = [
    'false',
    'echo $?',
    '(exit 7) || echo "$?"',
    'for i in 1 2; do',
    'echo $i',
    'done | tail -n 1',
    'f() { echo in $1; return 3; }',
    'f it; echo $?',
    'sleep 50 &',
    'jobs',
    'kill %1; wait 2>/dev/null',
    'x=$(echo inside); echo $x',
    'cd / && pwd && cd - >/dev/null',
    'ls nothing-of-the-kind',
    'echo $?',
  ];
  return {
    bash: [
      ...posix,
      'PROMPT_COMMAND=\'echo "prompt $?"\'',
      'false',
      'PROMPT_COMMAND=',
      'trap \'echo "[$BASH_COMMAND]"\' DEBUG',
      'echo a | cat',
      'trap - DEBUG',
      'echo "$_"',
      'history 2 | cut -c 8-',
      'set -o | cksum; shopt | cksum; trap -p; declare -F',
    ],
    zsh: [
      ...posix,
      'precmd() { echo "prompt $?" }',
      'false',
      'unfunction precmd',
      "trap 'echo dbg' DEBUG; echo a; trap - DEBUG",
      'setopt | cksum',
    ],
    fish: [
      'false',
      'echo $status',
      'ls | tail -n 1',
      'cd /; pwd',
      'ls nothing-of-the-kind',
      'bind | wc -l >/dev/null',
    ],
  };
}
