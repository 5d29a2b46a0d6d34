import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guardShells } from '../../src/shells.ts';
import { pathStart } from '../../src/system/shims.ts';
import { bench, run, type Bench, type Ended } from '../support/guard.ts';

/*
 * Real shells with the real scripts and the real guard: started with `-c`, fed by a pipe, or typed into under tmux.
 */

/** What a person answers, or that there is nobody. */
export type Answering = 'deny' | 'allow' | 'nobody';

export interface Stage {
  readonly bench: Bench;
  readonly state: string;
  readonly folder: string;
  /** What terminals are given. */
  readonly variables: Readonly<Record<string, string>>;
  /** Starts a shell and gives what came of it. */
  readonly shell: (argv: readonly string[], more?: More) => Promise<Ended>;
  /** Opens a terminal with a shell in it. Whoever opens it closes it. */
  readonly terminal: (argv: readonly string[], more?: More) => Terminal;
  /** What was asked about, as the guard that answers tells it, since the last look. */
  readonly asked: () => Promise<string>;
  /** Makes `data/` with a file in it, as before. */
  readonly furnish: () => void;
  readonly gone: () => boolean;
  readonly answering: (how: Answering) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export interface More {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

export interface Terminal {
  /** Types a line, and Enter. */
  readonly type: (line: string) => void;
  /** The same, and waits for the prompt, `$` or `>`. */
  readonly enter: (line: string, prompt?: '$' | '>') => Promise<string>;
  readonly press: (key: string) => void;
  readonly screen: () => string;
  /** Waits for a text on the screen, and gives the screen. */
  readonly until: (text: string | RegExp, seconds?: number) => Promise<string>;
  readonly close: () => void;
}

/** An agent's mark that no hook belongs to. */
export const mark = { ROO_ACTIVE: 'true' };

export async function stage({ pathShims = false, path: programs = '' } = {}): Promise<Stage> {
  const its = bench();
  const state = its.state();
  const { folder, home } = its;
  for (const name of ['.zshrc', '.bashrc'])
    writeFileSync(path.join(home, name), "PS1='$ '; PS2='> '; HISTCONTROL=ignoreboth\n");
  mkdirSync(path.join(home, '.config/fish'), { recursive: true });
  writeFileSync(
    path.join(home, '.config/fish/config.fish'),
    "function fish_prompt; echo '$ '; end; set -g fish_greeting; set -g fish_autosuggestion_enabled 0\n",
  );
  const plain = {
    PATH: `${programs && `${programs}:`}${process.env['PATH'] ?? ''}`,
    HOME: home,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    SHLVL: '1',
  };
  const wanted = { shellGuard: true, pathShims, also: [] };
  const variables = {
    ...(await guardShells({ state, program: its.dist, version: '0' }, wanted, plain)),
    ...(pathShims && { PATH: pathStart(state, true) + plain.PATH }),
  } as Record<string, string>;
  let approver: ChildProcess | undefined;
  let heard = '';
  const end = async () => {
    const ended = approver && new Promise(resolve => approver?.once('close', resolve));
    approver?.kill('SIGTERM');
    await ended;
    approver = undefined;
  };
  let terminals = 0;
  return {
    bench: its,
    state,
    folder,
    variables,
    shell: (argv, { env = {}, input = '', cwd = folder } = {}) =>
      run(['/usr/bin/env', '-i', ...pairs({ ...plain, ...variables, ...env }), ...argv], { cwd, input }),
    terminal: (argv, { env = {}, cwd = folder } = {}) =>
      terminal(path.join(its.root, `tmux-${terminals++}`), argv, { ...plain, ...variables, ...env }, cwd),
    asked: async () => {
      await pause(150);
      const text = heard;
      heard = '';
      return text;
    },
    furnish: () => {
      mkdirSync(path.join(folder, 'data'), { recursive: true });
      writeFileSync(path.join(folder, 'data/file.txt'), 'work\n');
    },
    gone: () => !existsSync(path.join(folder, 'data/file.txt')),
    answering: async how => {
      await end();
      if (how === 'nobody') return;
      const words = [its.guard, 'approve', '--answer', how, '--state', state];
      const started = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
      approver = started;
      await new Promise(resolve => started.stdout.once('data', resolve));
      started.stdout.on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')));
    },
    dispose: async () => {
      await end();
      its.dispose();
    },
  };
}

function pairs(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function terminal(
  socket: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Terminal {
  const start = `${socket}.sh`;
  const words = ['/usr/bin/env', '-i', ...pairs(env), ...argv];
  writeFileSync(start, `exec ${words.map(it => `'${it.replaceAll("'", `'\\''`)}'`).join(' ')}\n`);
  chmodSync(start, 0o700);
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', cwd });
  tmux('new-session', '-d', '-x', '180', '-y', '60', `/bin/sh ${start}`);
  const screen = () => tmux('capture-pane', '-p', '-J').trimEnd();
  const until: Terminal['until'] = async (text, seconds = 6) => {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const now = screen();
      if (typeof text === 'string' ? now.includes(text) : text.test(now)) return now;
      if (Date.now() > end) throw new Error(`there was no ${String(text)} on the screen:\n${now}`);
      await pause(50);
    }
  };
  return {
    type: line => {
      tmux('send-keys', '-l', '--', line);
      tmux('send-keys', 'Enter');
    },
    press: key => void tmux('send-keys', key),
    screen,
    until,
    enter: async (line, prompt = '$') => {
      await until(/(?:^|\n)[$>]$/);
      tmux('send-keys', '-l', '--', line);
      const typed = await until(/[^\n]{2,}$/);
      tmux('send-keys', 'Enter');
      for (let tries = 0; screen() === typed && tries < 100; tries++) await pause(20);
      return until(prompt === '$' ? /(?:^|\n)\$$/ : /(?:^|\n)>$/);
    },
    close: () => {
      try {
        tmux('kill-server');
      } catch {
        // Its shell has ended, and it with that.
      }
      rmSync(start, { force: true });
    },
  };
}

/** The whole of a file of the workspace; empty where it is not there. */
export function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
