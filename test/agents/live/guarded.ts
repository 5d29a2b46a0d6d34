import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Call, Script, Turn } from '../../support/model/script.ts';
import { agents } from './agents.ts';
import type { LiveAgentId } from './agents.ts';
import { run } from './run.ts';
import type { Outcome, Run } from './run.ts';
import { ensureAgent } from './setup.ts';
import { freshPlace } from './workspace.ts';
import type { Place } from './workspace.ts';

/** What a subcommand of the guard gave. */
export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A place with the built guard beside it, started as a person would. */
export interface Guarded extends Place {
  readonly state: string;
  readonly settings: string;
  readonly guard: (...args: readonly string[]) => Said;
  /** Somebody who answers in the place of a window of that folder, the workspace if not given, once they do. */
  readonly approver: (answer: 'allow' | 'deny' | 'nothing', folder?: string) => Promise<Approver>;
  readonly run: (agent: LiveAgentId, script: Script, more?: Partial<Run>) => Promise<Outcome>;
  readonly claude: (script: Script, more?: Partial<Run>) => Promise<Outcome>;
}

export interface Approver {
  readonly pid: number;
  /** What it has written so far. */
  readonly said: () => string;
}

/** With the agent's program where a person has it, for the guard to find. */
export async function guardedPlace(agent: LiveAgentId = 'claude'): Promise<Guarded> {
  const place = await freshPlace();
  const installed = dirname(await ensureAgent(agent));
  await agents[agent].settle(place.home);
  const { home, workspace } = place;
  const state = join(home, '.local/state/chaperone');
  const program = join(await builtGuard(), 'guard.js');
  const path = [dirname(process.execPath), installed, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  const env = { HOME: home, PATH: path, TMPDIR: tmpdir() };
  const approvers: ChildProcess[] = [];

  async function approver(answer: 'allow' | 'deny' | 'nothing', folder = workspace): Promise<Approver> {
    const args = answer === 'nothing' ? [] : ['--answer', answer];
    const child = spawn(process.execPath, [program, 'approve', ...args, '--state', state], {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    approvers.push(child);
    let said = '';
    child.stdout.setEncoding('utf8').on('data', part => (said += part));
    await until(() => said.includes('Chaperone asks here'), 10_000);
    return { pid: child.pid ?? 0, said: () => said };
  }

  const runs: Guarded['run'] = (agent, script, more = {}) =>
    run({
      agent,
      script,
      home,
      workspace,
      timeout: 240_000,
      spare: approvers.flatMap(({ pid }) => pid ?? []),
      ...more,
    });

  return {
    ...place,
    state,
    settings: join(home, '.claude/settings.json'),
    guard: (...args) =>
      spawnSync(process.execPath, [program, ...args, '--state', state], {
        cwd: workspace,
        env,
        encoding: 'utf8',
        timeout: 30_000,
      }),
    approver,
    run: runs,
    claude: (script, more) => runs('claude', script, more),
    dispose: async () => {
      await Promise.all(approvers.map(ended));
      await place.dispose();
    },
  };
}

/** Ends an approver, which takes its socket away when it is let. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await exit;
  clearTimeout(late);
}

/** A copy of the build: a guard that others are building meanwhile is not tried. */
function builtGuard(): Promise<string> {
  return (built ??= copied());
}

let built: Promise<string> | undefined;

async function copied(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chaperone-build-'));
  await cp(join(import.meta.dirname, '../../../dist'), folder, { recursive: true });
  return folder;
}

export async function removeBuilt(): Promise<void> {
  if (built) await rm(await built, { recursive: true, force: true });
}

/** Waits for something to become so. Rejects where it does not. */
export async function until(isSo: () => boolean | Promise<boolean>, longest: number): Promise<void> {
  const end = performance.now() + longest;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`it did not become so within ${longest} ms`);
    await wait(25);
  }
}

/** The guards that hooks have started with this HOME, by PID: the program itself, without what bounds its time. */
export async function guardsOf(home: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const [program = '', file = '', ...words] = (
      await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    ).split('\0');
    if (/^(?:node|perl)$/.test(basename(program)) && file.startsWith(home) && words.includes('hook'))
      found.push(Number(name));
  }
  return found;
}

/** What came of a call: what the model was shown, without the reminders that the CLI appends. */
export interface Shown {
  readonly error: boolean;
  readonly text: string;
}

/** What came of each call of a run, by the call's id: `main 3` is the fourth turn's, `one 0` the first of a subagent's. */
export function shownIn({ transcript }: Outcome): ReadonlyMap<string, Shown> {
  return new Map(
    transcript.flatMap(line => {
      if (line.type !== 'result') return [];
      const [, part = '', turn = '', index = '0'] = /^toolu_([a-z]+)_(\d+)_(\d+)$/.exec(line.id) ?? [];
      const [text = ''] = line.text.split('<system-reminder>');
      const name = index === '0' ? `${part} ${turn}` : `${part} ${turn} ${index}`;
      return [[name, { error: line.error, text: text.trim() }] as const];
    }),
  );
}

export function bash(command: string): Call {
  return { tool: 'Bash', input: { command, description: 'a test command' } };
}

/** A call of a tool on a file of the workspace. */
export function inWork(tool: string, file: string, input: object = {}): (place: Guarded) => Call {
  return ({ workspace }) => ({ tool, input: { file_path: join(workspace, file), ...input } });
}

/** In a settings file of Claude Code, this switches every hook off. */
export const hooksOff = '{"disableAllHooks":true}';

export function turns(calls: readonly Call[]): readonly Turn[] {
  return calls.map(call => ({ ...call, undeclared: true }));
}
