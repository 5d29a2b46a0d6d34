import type { Agent, Launch } from '../../core/agent.ts';
import { denial, preToolUse } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import { readAt, serverBefore, valueAt } from '../../core/pathRead.ts';
import { tools } from './tools.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['auggie', 'Auggie'];
const timeout = 600;

/**
 * Augment's agent: the CLI `auggie`, and its editor extensions, which by its documentation read the same file. From its
 * package 0.36.0 and docs.augmentcode.com/cli/hooks, November 2026; nobody ran it.
 */
export const auggie: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readAt(
        { id, name },
        {
          session: ['conversation_id'],
          cwd: ['tool_input.cwd', 'workspace_roots.0'],
          tool: ['tool_name'],
          input: ['tool_input'],
        },
        { tools, server },
      ),
      reply: preToolUse,
      refuse: denial,
    },
  },
  timeout,
  traces: [{ program: 'auggie' }, { file: '~/.augment' }],
  wiring: [
    {
      file: '~/.augment/settings.json',
      at: ['hooks', 'PreToolUse'],
      // Milliseconds. Its documentation wants the path of a script; what needs a shell its package gives to `bash -c`.
      entry: launch => ({
        matcher: '.*',
        hooks: [{ type: 'command', command: command(launch), timeout: timeout * 1000 }],
      }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls'],
    failing: 'refuses',
    gaps: [
      'a hook that cannot start or takes too long is a yes: its `script-policy` would make it a no, but gives a person 30 s, and how it names every tool is not confirmed',
      'its search by meaning shows what it indexed, whatever our hook says',
      'that its editor extensions run hooks is by its documentation, and not confirmed',
      'whether subagents are told is not known',
    ],
    known: 'read',
    source: 'its package 0.36.0, November 2026; not run by us',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch), line => ({
      hook_event_name: 'PreToolUse',
      conversation_id: 'doctor',
      workspace_roots: [cwd],
      tool_name: 'launch-process',
      tool_input: { command: line, cwd },
      is_mcp_tool: false,
    })),
  off: [],
  switches: [
    '~/.augment/settings.json',
    '**/.augment/settings.json',
    '**/.augment/settings.local.json',
    '/etc/augment/**',
  ],
};

function command(launch: Launch): string {
  return hookCommand(launch, id, 'PreToolUse', timeout - 10);
}

/** It says itself which tools are of a server; how their names are made is not confirmed. */
function server(tool: string, payload: unknown): readonly [string, string] | undefined {
  if (valueAt(payload, 'is_mcp_tool') !== true || tool === '') return undefined;
  return serverBefore(':')(tool.replace(/^mcp:/, '')) ?? ['MCP', tool];
}
