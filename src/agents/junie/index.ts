import type { Agent, Launch } from '../../core/agent.ts';
import { json, onlyNo, serverTool } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Reply } from '../../core/model.ts';
import { readAt } from '../../core/pathRead.ts';
import { either, fetches, lists, reads, replaces, runs, searches, writes } from '../../core/plainTool.ts';
import { harmless, type Tool } from '../../core/tool.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['junie', 'Junie'];
const timeout = 600;

/**
 * Junie, the CLI of JetBrains, in early access. By a digest of junie.jetbrains.com/docs/junie-cli-hooks (September 2026);
 * nobody ran it. Its payload says neither session nor folder.
 */
export const junie: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readAt(
        { id, name },
        {
          session: ['session_id'],
          cwd: ['cwd', 'project_path'],
          tool: ['tool_name'],
          input: ['tool_input'],
        },
        { tools: toolsThere(), server: it => serverTool(it) },
      ),
      ...onlyNo(refused),
    },
  },
  timeout,
  traces: [{ program: 'junie' }, { file: '~/.junie' }],
  wiring: [
    {
      file: '~/.junie/config.json',
      at: ['hooks', 'PreToolUse'],
      // Without a matcher it runs for every tool.
      entry: launch => ({ hooks: [{ type: 'command', command: command(launch), timeout }] }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'MCP calls'],
    failing: 'refuses',
    gaps: [
      'inside the editors of JetBrains, and wherever else it runs as a server, it runs no hooks',
      'a hook that cannot start or takes too long is a yes',
      'its payload does not say the folder: that of the hook counts',
      'its tools beside `Bash` are not confirmed: what cannot be read is asked about',
      'on Windows it gives hooks to `cmd`, which ours is not written for',
    ],
    known: 'heard',
    source: 'junie.jetbrains.com/docs in a digest, September 2026',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch), line => ({
      hook_event_name: 'PreToolUse',
      cwd,
      tool_name: 'Bash',
      tool_input: { command: line, run_in_background: false, timeout: 30 },
    })),
  off: [],
  switches: ['~/.junie/config.json', '~/.junie/extensions/**'],
};

function command(launch: Launch): string {
  return hookCommand(launch, id, 'PreToolUse', timeout - 10);
}

function refused(reason: string): Reply {
  return json({ decision: 'block', reason });
}

function toolsThere(): Readonly<Record<string, Tool>> {
  return {
    Bash: runs('command'),
    Read: either(reads('file_path'), reads('path')),
    Write: either(writes('file_path', 'content'), writes('path', 'content')),
    Edit: either(
      replaces('file_path', 'old_string', 'new_string'),
      replaces('path', 'old_string', 'new_string'),
    ),
    Grep: searches('pattern', 'path', 'glob'),
    Glob: lists('path'),
    WebFetch: fetches('url'),
    ...Object.fromEntries(
      ['Task', 'TodoWrite', 'WebSearch', 'AskUserQuestion', 'Skill'].map(it => [
        it,
        harmless(`uses its own tool ${it}`),
      ]),
    ),
  };
}
