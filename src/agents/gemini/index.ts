import type { Agent, Launch } from '../../core/agent.ts';
import { json, onlyNo, readToolCall } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Reply } from '../../core/model.ts';
import { policy } from './policy.ts';
import { tools } from './tools.ts';
import { toolTrials } from '../../core/trials.ts';

// Nothing in a payload tells a subagent's call from another (observed with 0.61.0, November 2026).
const read = readToolCall({ id: 'gemini', name: 'Gemini CLI' }, { tools, server: serverTool });

/** Gemini CLI. */
export const gemini: Agent = {
  id: 'gemini',
  name: 'Gemini CLI',
  hooks: { BeforeTool: { read, ...onlyNo(denial) } },
  timeout: 600,
  traces: [{ program: 'gemini' }, { file: '~/.gemini/settings.json' }],
  wiring: [
    {
      file: '~/.gemini/settings.json',
      at: ['hooks', 'BeforeTool'],
      // Milliseconds.
      entry: launch => ({
        matcher: '.*',
        hooks: [
          { type: 'command', name: 'chaperone', command: command(launch), timeout: gemini.timeout * 1000 },
        ],
      }),
    },
    { file: '~/.gemini/policies/chaperone.toml', text: policy },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      "the workspace's `.env` is in the environment of every command, without any file being read",
      '`@` mentions and imports of `GEMINI.md` are read before any hook',
      '`hooksConfig` in a repository that was there before the session switches the hook off',
      'another `GEMINI_CLI_HOME` has hooks of its own',
      'a hook that came with the repository and rewrites a call does so after ours has judged it',
    ],
    known: 'run',
    source: '0.61.0, November 2026',
  },
  trials: (launch, cwd) => toolTrials(command(launch), 'BeforeTool', 'run_shell_command', cwd),
  off: ['~/.gemini/settings.json', './.gemini/settings.json'].flatMap(file => [
    { file, key: 'hooksConfig.enabled', value: false },
    { file, key: 'hooksConfig.disabled', value: 'chaperone' },
  ]),
  switches: [
    '~/.gemini/settings.json',
    '~/.gemini/policies/**',
    '~/.gemini/trustedFolders.json',
    '~/.gemini/trusted_hooks.json',
    '**/.gemini/settings.json',
    '/etc/gemini-cli/**',
  ],
};

/** `mcp_server_tool`. A server's own name may hold underscores, so the payload's word for it comes first. */
function serverTool(name: string, known?: string): readonly [string, string] | undefined {
  if (known !== undefined && name.startsWith(`mcp_${known}_`)) return [known, name.slice(known.length + 5)];
  const match = /^mcp_([^_]+)_(.+)$/s.exec(name);
  return match?.[1] && match[2] ? [match[1], match[2]] : undefined;
}

/** A yes is never worded: Gemini asks by its own settings, and a policy that asks stays. */
function denial(reason: string): Reply {
  return json({ decision: 'deny', reason });
}

function command(launch: Launch): string {
  return hookCommand(launch, gemini.id, 'BeforeTool', gemini.timeout - 10);
}
