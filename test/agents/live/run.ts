import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startModel } from '../../support/model/server.ts';
import type { DeclaredTool } from '../../support/model/dialect.ts';
import type { Timed } from '../../support/model/play.ts';
import type { Script } from '../../support/model/script.ts';
import { agents } from './agents.ts';
import type { LiveAgent } from './agents/agent.ts';
import type { LiveAgentId } from './agents.ts';
import { isolated } from './isolation.ts';
import type { Started } from './isolation.ts';
import { end, endLeftovers } from './leftovers.ts';
import { ensureAgent, folderOf } from './setup.ts';

export interface Run {
  readonly agent: LiveAgentId;
  readonly script: Script;
  /** Not the person's: every process that is left with this HOME is ended. */
  readonly home: string;
  readonly workspace: string;
  readonly prompt?: string;
  /** More arguments for the program, after ours: the last of two wins. */
  readonly args?: readonly string[];
  /** More variables; nothing of our own environment reaches the agent. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the run is ended; two minutes if not given. */
  readonly timeout?: number;
  /** Processes with the same HOME that live on, such as an approver beside the run. */
  readonly spare?: readonly number[];
  /** A folder for the model's `requests.jsonl` and `transcript.jsonl`. */
  readonly log?: string;
}

export interface Outcome {
  /** What the model asked for and what it was shown. */
  readonly transcript: readonly Timed[];
  readonly exit: number | NodeJS.Signals | 'timeout';
  readonly stdout: string;
  readonly stderr: string;
  /** Whether a text was in anything the model was sent. */
  readonly received: (text: string) => boolean;
  readonly tools: readonly DeclaredTool[];
  /** Whether it ran without a network but loopback. */
  readonly isolated: boolean;
}

/**
 * Runs an agent's real program once, without a person, against a model that plays the script. Its hooks reach
 * a Unix socket by its path, in a namespace or not: whoever answers there may be this process or another.
 */
export async function run(given: Run): Promise<Outcome> {
  const agent: LiveAgent = agents[given.agent];
  const program = await ensureAgent(given.agent);
  await agent.settle(given.home);
  const scratch = await mkdtemp(join(tmpdir(), 'run-'));
  const socket = join(scratch, 'model.sock');
  const model = await startModel({ script: given.script, socket, ...(given.log && { log: given.log }) });
  try {
    const { home, workspace } = given;
    const stage = { home, workspace, url: model.url, folder: folderOf(given.agent) };
    await agent.prepare?.(stage);
    const args = [...agent.args(given.prompt ?? 'Do the task.', stage), ...(given.args ?? [])];
    const env = { ...(await plainEnv(home)), ...agent.env(model.url, stage), ...given.env };
    const plain = withEnv({ program, args }, env);
    const inside = await isolated(plain, { port: model.port, socket });
    const ended = await finished(inside ?? plain, given);
    const { transcript, received } = model;
    return { ...ended, transcript, received, tools: model.tools(), isolated: inside !== undefined };
  } finally {
    await model.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

type Env = Readonly<Record<string, string>>;

async function plainEnv(home: string): Promise<Env> {
  const scratch = join(home, 'tmp');
  await mkdir(scratch, { recursive: true });
  return {
    HOME: home,
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    USER: 'tester',
    LOGNAME: 'tester',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    SHELL: '/bin/bash',
    SHLVL: '1',
    TMPDIR: scratch,
  };
}

/** Its variables reach the agent alone: a NODE_OPTIONS or a BASH_ENV would change what starts it too. */
function withEnv({ program, args }: Started, env: Env): Started {
  const pairs = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return { program: 'env', args: ['-i', ...pairs, program, ...args] };
}

async function finished({ program, args }: Started, given: Run) {
  const { workspace: cwd, home, spare, timeout = 120_000 } = given;
  const env = { PATH: process.env['PATH'] };
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', part => (output.stdout += part));
  child.stderr.setEncoding('utf8').on('data', part => (output.stderr += part));
  const closed = new Promise(resolve => child.once('close', resolve));
  const exit = await exitOf(child, timeout);
  if (child.pid) end(-child.pid);
  await endLeftovers(home, spare);
  await Promise.race([closed, wait(1_000)]);
  return { exit, ...output };
}

/** Waits for the end, or makes one when the time is up. */
function exitOf(child: ChildProcess, timeout: number): Promise<Outcome['exit']> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => resolve('timeout'), timeout);
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'timeout'));
    child.once('error', () => clearTimeout(late));
    child.once('exit', () => clearTimeout(late));
  });
}
