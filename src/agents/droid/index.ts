import type { Agent, Launch } from '../../core/agent.ts';
import { forAgent } from '../../core/explain.ts';
import { preToolUse, readToolCall, statusTwo } from '../../core/hookDialect.ts';
import { statusCommand } from '../../core/launch.ts';
import { server, tools } from './tools.ts';
import { toolTrials } from '../../core/trials.ts';

const [id, name] = ['droid', 'Factory Droid'];
const timeout = 600;

/**
 * Factory's Droid, the CLI (observed with 0.215.0 and 0.225.2, November 2026). Its dialect is Claude Code's, with other tools.
 * A no is said by exit status 2: of several hooks the first decision in JSON counts, and those of a folder come before ours.
 */
export const droid: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readToolCall({ id, name }, { tools, server }),
      reply: ruling => (ruling.outcome === 'refused' ? statusTwo(forAgent(ruling)) : preToolUse(ruling)),
      refuse: statusTwo,
    },
  },
  timeout,
  traces: [{ program: 'droid' }, { file: '~/.factory' }],
  wiring: [
    {
      file: '~/.factory/hooks.json',
      // No `hooks` around it, as its documentation has it and as `settings.json` needs it: that is passed over.
      at: ['PreToolUse'],
      entry: launch => ({ matcher: '*', hooks: [{ type: 'command', command: command(launch), timeout }] }),
      displaces: [
        { file: '~/.factory/settings.json', at: ['hooks', 'PreToolUse'] },
        { file: '~/.factory/hooks/hooks.json', at: [] },
      ],
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      '`hooksDisabled` in a `.factory/hooks.json`, a `.factory/hooks/hooks.json` or under `hooks` in a `.factory/settings.json` that came with the repository switches hooks off, and so does a start with `--settings`',
      'a hook that came with the repository and rewrites a call does so after ours has judged it',
      '`@` mentions are read before any hook',
      'with its own sandbox on, the hook runs in it: nothing is recorded and nobody is asked, so that what would be asked is refused',
      'beside our `~/.factory/hooks.json`, hooks for `PreToolUse` in `~/.factory/settings.json` and all of `~/.factory/hooks/hooks.json` are not run: where there are any, ours is not put in before they are moved',
      'its own `Script`, which calls other tools, is asked about as a tool that is not known',
    ],
    known: 'run',
    source: '0.215.0 and 0.225.2, November 2026',
  },
  trials: (launch, cwd) => toolTrials(command(launch), 'PreToolUse', 'Execute', cwd),
  off: ['~', '.'].flatMap(folder => [
    { file: `${folder}/.factory/hooks.json`, key: 'hooksDisabled', value: true },
    { file: `${folder}/.factory/hooks/hooks.json`, key: 'hooksDisabled', value: true },
    { file: `${folder}/.factory/settings.json`, key: 'hooks.hooksDisabled', value: true },
  ]),
  // Any of these takes effect within three seconds, in a session that runs.
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
  return statusCommand(launch, id, 'PreToolUse', timeout - 10);
}
