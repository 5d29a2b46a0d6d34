import type { Agent, Launch } from '../../core/agent.ts';
import {
  denial,
  onlyNo,
  preToolUse,
  readToolCall,
  refusedRequest,
  serverTool,
} from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import { hosts } from './hosts.ts';
import { narrower, tools } from './tools.ts';
import { toolTrials } from '../../core/trials.ts';

// `cwd` follows a `cd` in Bash; paths in `tool_input` are absolute, links unresolved (observed with 2.1.330, November 2026).
const read = readToolCall({ id: 'claude', name: 'Claude Code' }, { tools, server: serverTool, narrower });

/** Claude Code, the CLI and the editor extension that carries it. */
export const claude: Agent = {
  id: 'claude',
  name: 'Claude Code',
  hooks: {
    PreToolUse: { read, reply: preToolUse, refuse: denial },
    // Follows PreToolUse where a prompt would be shown. Read for those who wire it; we do not, so that nobody is asked twice.
    PermissionRequest: { read, ...onlyNo(refusedRequest) },
  },
  timeout: 600,
  traces: [{ program: 'claude' }, { file: '~/.claude' }, { file: '~/.claude.json' }],
  wiring: [
    {
      file: '~/.claude/settings.json',
      at: ['hooks', 'PreToolUse'],
      // `onFailure` must stand in the handler itself; Claude Code before 2.1.295 lets it be (observed November 2026).
      entry: launch => ({
        matcher: '*',
        hooks: [
          {
            type: 'command',
            command: command(launch),
            ...(launch.platform === 'windows' && { shell: 'powershell' }),
            timeout: claude.timeout,
            onFailure: 'block',
          },
        ],
      }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'notebooks', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      '`@` mentions and imports of instruction files are read before any hook: its own `permissions.deny` stops them',
      '`disableAllHooks` in a repository that was there before the session switches the hook off, unless it is in managed settings, which are an administrator’s',
      '`--bare` runs no hooks',
      'a hook that came with the repository and rewrites a call does so after ours has judged it',
    ],
    known: 'run',
    source: '2.1.330, November 2026',
  },
  trials: (launch, cwd) => toolTrials(command(launch), 'PreToolUse', 'Bash', cwd),
  off: ['~/.claude/settings.json', './.claude/settings.json', './.claude/settings.local.json'].map(file => ({
    file,
    key: 'disableAllHooks',
    value: true,
  })),
  hosts: hosts(),
  // `disableAllHooks` in any of these frees an agent one second later (observed with 2.1.330).
  switches: [
    '~/.claude/settings.json',
    '~/.claude/settings.local.json',
    '~/.claude.json',
    '**/.claude/settings.json',
    '**/.claude/settings.local.json',
    '/etc/claude-code/**',
  ],
};

function command(launch: Launch): string {
  return hookCommand(launch, claude.id, 'PreToolUse', claude.timeout - 10);
}
