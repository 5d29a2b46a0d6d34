import type { Agent, Launch } from '../../core/agent.ts';
import { denial, onlyNo, readToolCall, serverTool } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import { tools } from './tools.ts';
import { toolTrials } from '../../core/trials.ts';

const read = readToolCall({ id: 'qwen', name: 'Qwen Code' }, { tools, server: serverTool });

/** Qwen Code. */
export const qwen: Agent = {
  id: 'qwen',
  name: 'Qwen Code',
  hooks: {
    // An `allow` of a person's hook beats a `deny` of a repository's (observed with 0.24.4, November 2026): a yes is silence.
    PreToolUse: { read, ...onlyNo(denial) },
  },
  timeout: 600,
  traces: [{ program: 'qwen' }, { file: '~/.qwen/settings.json' }],
  wiring: [
    {
      file: '~/.qwen/settings.json',
      at: ['hooks', 'PreToolUse'],
      // Seconds below 1000, and milliseconds from there.
      entry: launch => ({
        matcher: '*',
        hooks: [
          {
            type: 'command',
            name: 'chaperone',
            command: command(launch),
            ...(launch.platform === 'windows' && { shell: 'powershell' }),
            timeout: qwen.timeout,
          },
        ],
      }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'notebooks', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      "the workspace's `.env` is in the environment of every command, without any file being read",
      '`@` mentions and imports of `QWEN.md` are read before any hook: its own `permissions.deny` stops them',
      '`disableAllHooks` in a repository that was there before the session switches the hook off',
      '`--bare` and `--safe-mode` run no hooks',
      'another `QWEN_HOME` has hooks of its own',
    ],
    known: 'run',
    source: '0.24.4, November 2026',
  },
  trials: (launch, cwd) => toolTrials(command(launch), 'PreToolUse', 'run_shell_command', cwd),
  // Read when a session starts.
  off: ['~/.qwen/settings.json', './.qwen/settings.json'].map(file => ({
    file,
    key: 'disableAllHooks',
    value: true,
  })),
  switches: [
    '~/.qwen/settings.json',
    '~/.qwen/trustedFolders.json',
    '**/.qwen/settings.json',
    '/etc/qwen-code/**',
  ],
};

function command(launch: Launch): string {
  return hookCommand(launch, qwen.id, 'PreToolUse', qwen.timeout - 10);
}
