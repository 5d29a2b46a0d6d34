import { looseObject, optional, safeParse, string, unknown, type InferOutput } from 'valibot';
import type { Agent, Hook } from '../../core/agent.ts';
import { denial, preToolUse } from '../../core/hookDialect.ts';
import { pluginCommand } from '../../core/launch.ts';
import type { Attempt } from '../../core/model.ts';
import type { Machine } from '../../core/ports.ts';
import { actionOf } from '../../core/tool.ts';
import { narrower, tools } from './tools.ts';

/** VS Code's own agent mode, through the plugin in our package: nothing is written anywhere. */
export const vscode: Agent = {
  id: 'vscode',
  name: 'VS Code agent',
  hooks: { PreToolUse: { read, reply: preToolUse, refuse: denial } },
  timeout: 600,
  traces: [],
  wiring: [],
  coverage: {
    sees: [
      'commands',
      'reads',
      'searches',
      'writes',
      'notebooks',
      'tasks',
      'web requests',
      'MCP calls',
      'subagents',
    ],
    failing: 'refuses',
    gaps: ['sessions of its agent host, which run in another program', 'inline chat has no hooks'],
    known: 'run',
    source: '1.139, November 2026',
  },
  trials: () => [],
  off: ['chat.useHooks', 'chat.plugins.enabled'].map(key => ({
    file: './.vscode/settings.json',
    key,
    value: false,
  })),
  // `chat.useHooks`, `chat.plugins.*` and our own settings stand in these; the names are those of every fork.
  switches: [
    ...[
      '~/.config/*/User/settings.json',
      '~/Library/Application Support/*/User/settings.json',
      '~/AppData/Roaming/*/User/settings.json',
    ],
    ...[
      '~/.config/*/User/profiles/**',
      '~/Library/Application Support/*/User/profiles/**',
      '~/AppData/Roaming/*/User/profiles/**',
    ],
    ...[
      '~/.vscode-server/data/Machine/settings.json',
      '~/.local/share/code-server/User/settings.json',
      '~/.local/share/code-server/Machine/settings.json',
    ],
    ...[
      '**/.vscode/settings.json',
      '**/*.code-workspace',
      '/etc/vscode/**',
      '**/.github/hooks/**',
      '~/.copilot/hooks/**',
    ],
  ],
};

/** What VS Code writes to a hook (code.visualstudio.com/docs/agents/reference/hooks-reference; observed with 1.139, November 2026). */
const payload = looseObject({
  session_id: optional(string()),
  cwd: optional(string()),
  tool_name: string(),
  tool_input: optional(unknown()),
});

function read(from: unknown, machine: Machine): ReturnType<Hook['read']> {
  const parsed = safeParse(payload, from);
  return parsed.success
    ? attempt(parsed.output, machine)
    : attemptOf('unknown', '/', { kind: 'unreadable', why: 'a hook payload that is not as it was' });
}

function attempt(
  { session_id, cwd, tool_name, tool_input }: InferOutput<typeof payload>,
  machine: Machine,
): Attempt {
  const less = narrower(tool_name, tool_input, machine);
  return {
    ...attemptOf(
      session_id ?? 'unknown',
      cwd ?? '/',
      actionOf(tool_name, tool_input, tools, server, machine),
    ),
    ...(less && { narrower: less }),
  };
}

function attemptOf(session: string, cwd: string, action: Attempt['action']): Attempt {
  return { subject: { agent: vscode.id, name: vscode.name, session, cwd }, action };
}

/** `mcp_server_tool`. */
function server(name: string): readonly [string, string] | undefined {
  const match = /^mcp_([^_]+)_(.+)$/.exec(name);
  return match?.[1] && match[2] ? [match[1], match[2]] : undefined;
}

/** The hooks of the plugin in our package, as `media/plugin/hooks/hooks.json` holds them. */
export const pluginHooks = {
  hooks: {
    PreToolUse: [
      {
        hooks: [
          {
            type: 'command',
            command: pluginCommand('posix', vscode.id, 'PreToolUse', vscode.timeout - 10),
            windows: pluginCommand('windows', vscode.id, 'PreToolUse', vscode.timeout - 10),
            timeout: vscode.timeout,
          },
        ],
      },
    ],
  },
} as const;
