import type { Agent, Launch } from '../../core/agent.ts';
import { denial, preToolUse, readToolCall, serverTool } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import { tools } from './tools.ts';
import { toolTrials } from '../../core/trials.ts';

const [id, name] = ['droid', 'Factory Droid'];
const timeout = 600;

/**
 * Factory's Droid, the CLI. By its documentation (Factory-AI/factory, hooks-reference, July 2026) and the strings of 0.225.2;
 * nobody ran it. Its dialect is Claude Code's, with other tools.
 */
export const droid: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readToolCall({ id, name }, { tools, server: serverTool }),
      reply: preToolUse,
      refuse: denial,
    },
  },
  timeout,
  traces: [{ program: 'droid' }, { file: '~/.factory' }],
  wiring: [
    {
      file: '~/.factory/hooks.json',
      at: ['hooks', 'PreToolUse'],
      entry: launch => ({ matcher: '*', hooks: [{ type: 'command', command: command(launch), timeout }] }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'a hook that cannot start or takes too long is a yes',
      'hooks that changed outside of it wait for a person to look at them in `/hooks`',
      '`hooksDisabled` in its settings switches hooks off',
      'older versions read hooks from `~/.factory/settings.json` alone',
      'with its own sandbox on, a hook that cannot be confined stops every call',
    ],
    known: 'read',
    source: 'its documentation, July 2026, and the strings of 0.225.2; not run by us',
  },
  trials: (launch, cwd) => toolTrials(command(launch), 'PreToolUse', 'Execute', cwd),
  off: ['~/.factory/settings.json', './.factory/settings.json', './.factory/settings.local.json'].map(
    file => ({ file, key: 'hooksDisabled', value: true }),
  ),
  switches: [
    '~/.factory/hooks.json',
    '~/.factory/settings.json',
    '~/.factory/hooks/**',
    '**/.factory/hooks.json',
    '**/.factory/settings.json',
    '**/.factory/settings.local.json',
    '**/.factory/hooks/**',
  ],
};

function command(launch: Launch): string {
  return hookCommand(launch, id, 'PreToolUse', timeout - 10);
}
