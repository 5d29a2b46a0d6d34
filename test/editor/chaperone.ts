import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Entry } from '../../src/core/model.ts';
import { openWindow } from './window.ts';
import type { Call, EditorWindow, Seen, WindowOptions } from './window.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
/** The guard's program, as built. */
export const guard = join(root, 'dist/guard.js');

/** A window with Chaperone in it, as it was packaged. Whoever opens it disposes it. */
export async function openChaperone(options: WindowOptions = {}): Promise<EditorWindow> {
  const window = await openWindow({ ...options, vsix: [join(root, 'chaperone.vsix')] });
  await window.until('Chaperone', async () => (await window.statusBar('chaperone')).length > 0, 120);
  return window;
}

/** What an agent does in a terminal, waiting for its end. */
export function terminal(command: string): Call {
  return { tool: 'run_in_terminal', input: { command, explanation: '-', goal: '-', mode: 'sync' } };
}

/** An editor's command, run by an agent. */
export function command(commandId: string, ...args: readonly string[]): Call {
  return { tool: 'run_vscode_command', input: { commandId, name: commandId, args } };
}

/** Makes the workspace a git repository with all of its files committed. */
export async function commit(window: EditorWindow): Promise<void> {
  const person = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.invalid'];
  for (const words of [
    ['init', '-q'],
    ['add', '-A'],
    [...person, 'commit', '-qm', 'begin'],
  ])
    await run('git', words, { cwd: window.workspace, env: { ...process.env, HOME: window.home } });
}

export function stateOf(window: EditorWindow): string {
  return join(window.userData, 'User/globalStorage/chaperone.chaperone');
}

/** The record's entries of attempts whose text holds this, oldest first. */
export async function entries(window: EditorWindow, part: string): Promise<readonly Entry[]> {
  const lines = await readFile(join(stateOf(window), 'ledger.jsonl'), 'utf8').catch(() => '');
  return lines
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Entry)
    .filter(entry => entry.text.includes(part));
}

/** The same in short: outcome, by whom, and the rules. */
export async function recorded(window: EditorWindow, part: string): Promise<readonly (readonly string[])[]> {
  const found = await entries(window, part);
  return found.map(({ outcome, by, findings }) => [outcome, by, ...findings.map(it => it.rule)]);
}

/** Fails unless the record is whole, which the guard's own command line says. */
export async function assertWhole(window: EditorWindow): Promise<void> {
  const { stdout } = await run(process.execPath, [guard, 'audit', 'verify', '--state', stateOf(window)]);
  assert.match(stdout, /whole/);
}

/** Whether the model was told that a call was stopped, and by us. */
export function isRefusal({ text: told }: Pick<Seen, 'text'>): boolean {
  return /denied/.test(told) && /Chaperone/.test(told);
}

/** Ends what a test left open, so that it is not the next one's: questions with a no, and the agent's turn. */
export async function clear(window: EditorWindow): Promise<void> {
  for (let tries = 0; tries < 10 && (await window.hasModal()); tries++) {
    await window.pressEscape();
    await pause(700);
  }
  if (await window.isBusy()) await window.cancelTurn();
}

/** Another agent, which asks through its hook from outside the editor. */
export interface Outsider {
  /** What its hook says in the end. */
  readonly reply: Promise<string>;
  /** Ends its hook, as an agent that is stopped does. */
  readonly stop: () => void;
}

/** Claude Code is about to run this line in the window's workspace. */
export function outsider(window: EditorWindow, line: string, session = 'outside'): Outsider {
  const words = [guard, 'hook', 'claude', 'PreToolUse', '--state', stateOf(window)];
  const hook = spawn(process.execPath, words, {
    env: { PATH: process.env['PATH'], HOME: window.home },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  hook.stdin.end(
    JSON.stringify({
      session_id: session,
      cwd: window.workspace,
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_input: { command: line },
    }),
  );
  const reply = Promise.all([text(hook.stdout), once(hook, 'close')]).then(([said]) => said);
  return { reply, stop: () => void hook.kill() };
}
