import type { Agent, Hook, Launch } from '../../core/agent.ts';
import { forAgent } from '../../core/explain.ts';
import { json, silence, unreadablePayload } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Action, Reply, Ruling } from '../../core/model.ts';
import { folderAt, readAt, textAt, valueAt } from '../../core/pathRead.ts';
import { parsed } from '../../core/plainTool.ts';
import { isToldAgain, tools } from './tools.ts';
import { reading, shellIn } from '../../core/toolActions.ts';
import { usualTrials } from '../../core/trials.ts';

const events = ['beforeShellExecution', 'beforeReadFile', 'beforeMCPExecution', 'preToolUse'] as const;
const [id, name] = ['cursor', 'Cursor'];
const timeout = 600;

/**
 * Cursor, the editor and its CLI, by its documentation alone (cursor.com/docs/hooks, October 2026): nobody ran it with these
 * hooks. An `ask` is not enforced there, so that a person is asked by us.
 */
export const cursor: Agent = {
  id,
  name,
  hooks: {
    beforeShellExecution: {
      read: told(payload => {
        const line = valueAt(payload, 'command');
        return typeof line === 'string' ? machine => shellIn(line, undefined, machine) : undefined;
      }),
      reply,
      refuse: refused,
    },
    beforeReadFile: {
      read: told(payload => {
        const path = valueAt(payload, 'file_path');
        return typeof path === 'string' ? () => reading(path) : undefined;
      }),
      reply,
      refuse: refused,
    },
    beforeMCPExecution: {
      read: told(payload => {
        const tool = valueAt(payload, 'tool_name');
        const input = valueAt(payload, 'tool_input');
        return typeof tool === 'string' && input !== undefined
          ? () => ({
              kind: 'tool',
              server: textAt(payload, ['mcp_server_name', 'command', 'url']) ?? 'MCP',
              name: tool,
              input: typeof input === 'string' ? parsed(input) : input,
            })
          : undefined;
      }),
      reply,
      refuse: refused,
    },
    preToolUse: { read, reply, refuse: refused },
  },
  timeout,
  traces: [
    { program: 'cursor-agent' },
    { program: 'cursor' },
    { file: '~/.cursor' },
    { file: '~/.config/Cursor' },
    { file: '~/Library/Application Support/Cursor' },
  ],
  wiring: events.map(event => ({
    file: '~/.cursor/hooks.json',
    at: ['hooks', event],
    start: { version: 1 },
    entry: launch => ({ command: command(launch, event), timeout, failClosed: true }),
  })),
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'notebooks', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'files that are open in its editor, and what a person attaches, are read without a hook that could stop it',
      'Tab, its completions, is not guarded',
      'whether a hook that fails closed may answer nothing is not confirmed',
      'its cloud agents run on other machines, without these hooks',
    ],
    known: 'read',
    source: 'cursor.com/docs/hooks, October 2026; not run by us',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch, 'beforeShellExecution'), line => ({
      conversation_id: 'doctor',
      hook_event_name: 'beforeShellExecution',
      workspace_roots: [cwd],
      command: line,
      cwd,
    })),
  off: [],
  switches: [
    '~/.cursor/hooks.json',
    '**/.cursor/hooks.json',
    '~/.cursor/cli-config.json',
    '**/.cursor/cli.json',
    '/etc/cursor/**',
  ],
};

function command(launch: Launch, event: string): string {
  return hookCommand(launch, id, event, timeout - 10);
}

/** Cursor may leave `cwd` empty. */
const places = {
  session: ['conversation_id', 'session_id'],
  cwd: ['cwd', 'workspace_roots.0'],
  tool: ['tool_name'],
  input: ['tool_input'],
};

const called = readAt({ id, name }, places, { tools, server: () => undefined });

function read(...[payload, machine]: Parameters<Hook['read']>): ReturnType<Hook['read']> {
  const tool = textAt(payload, places.tool);
  return tool !== undefined && isToldAgain(tool) ? undefined : called(payload, machine);
}

/** Events that name no tool: what each says of an action. */
function told(
  actionOf: (payload: unknown) => ((machine: Parameters<Hook['read']>[1]) => Action) | undefined,
): Hook['read'] {
  return (payload, machine) => {
    const action = actionOf(payload);
    if (!action) return unreadablePayload(id, name);
    const session = textAt(payload, places.session) ?? 'unknown';
    return {
      subject: { agent: id, name, session, cwd: folderAt(payload, places.cwd, machine) },
      action: action(machine),
    };
  };
}

function reply(ruling: Ruling): Reply {
  if (ruling.outcome === 'refused') return refused(forAgent(ruling));
  return ruling.by === 'person' || ruling.by === 'grant' ? json({ permission: 'allow' }) : silence;
}

function refused(reason: string): Reply {
  return json({ permission: 'deny', user_message: reason, agent_message: reason });
}
