import { string } from 'valibot';
import type { Agent, Hook } from '../../core/agent.ts';
import { onlyNo, readToolCall } from '../../core/hookDialect.ts';
import { markedNames, marks } from '../../core/marks.ts';
import type { Reply } from '../../core/model.ts';
import { tool, type Tool } from '../../core/tool.ts';

/*
 * Whoever works in a terminal and has no hook, or slips past it: asked about by the shell itself. Our own scripts in
 * `src/shell/` speak here; they stop a line by a failure of `ask.sh`.
 */

const tools: Readonly<Record<string, Tool>> = {
  Bash: tool({ command: string() }, ({ command }) => ({ kind: 'shell', line: command, dialect: 'posix' })),
  PowerShell: tool({ command: string() }, ({ command }) => ({
    kind: 'shell',
    line: command,
    dialect: 'powershell',
  })),
  Unseen: () => ({
    kind: 'unreadable',
    why: 'a line that the shell does not keep, so that nobody can read it',
  }),
};

const readCall = readToolCall({ id: 'shell', name: 'A terminal' }, { tools, server: () => undefined });

const read: Hook['read'] = (payload, machine) => {
  const attempt = readCall(payload, machine);
  const name = markedNames.get(told(payload, 'agent'));
  return attempt && name
    ? { ...attempt, subject: { ...attempt.subject, name: `${name}, in a terminal` } }
    : attempt;
};

/** What shells know as found and not run. */
function stopped(why: string): Reply {
  return { stdout: '', stderr: `${why}\n`, exit: 126 };
}

/** Agents that slip past their own hooks where somebody types. */
const slipping = new Set(marks.filter(it => it.slips).map(it => it.agent));
/** VS Code's own agent asks by its plugin unless that is switched off, which the table of wirings does not know. */
const hosting = [...new Set(marks.map(it => it.agent))].filter(it => it !== 'vscode' && it !== 'another');

export const shell: Agent = {
  id: 'shell',
  name: 'Terminals',
  hooks: {
    command: {
      read,
      ...onlyNo(stopped),
      refuse: why =>
        stopped(`${why} It was not run. Ask the person before you try again; do not look for another way.`),
    },
  },
  timeout: 600,
  traces: [],
  wiring: [],
  trials: () => [],
  coverage: {
    sees: ['commands'],
    failing: 'refuses',
    gaps: [
      'only in terminals of the editor, and only where an agent left its mark in the environment',
      'not `sh`, `bash -i -c`, and shells that were told to read no files of their own',
      'what a program does without a shell',
    ],
    known: 'run',
    source: 'bash 5.2, zsh 5.9, fish 3.6, November 2026',
  },
  hosts: hosting.map(agent => ({
    agent,
    is: payload =>
      told(payload, 'agent') === agent && !(slipping.has(agent) && told(payload, 'how') !== 'run'),
  })),
  switches: [],
  off: [],
};

function told(payload: unknown, key: string): string {
  if (typeof payload !== 'object' || payload === null) return '';
  const value: unknown = (payload as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'string' ? value : '';
}
