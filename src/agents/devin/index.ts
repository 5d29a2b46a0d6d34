import type { Agent, Launch } from '../../core/agent.ts';
import { json, onlyNo, serverTool } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Reply } from '../../core/model.ts';
import { readAt } from '../../core/pathRead.ts';
import { either, fetches, lists, reads, replaces, runs, searches, writes } from '../../core/plainTool.ts';
import { harmless, type Tool } from '../../core/tool.ts';
import { toolTrials } from '../../core/trials.ts';

const [id, name] = ['devin', 'Devin'];
const timeout = 600;

/**
 * Devin Local, the agent of Devin Desktop (once Windsurf), and its CLI. From excerpts of docs.devin.ai/cli/extensibility/hooks
 * and from others, September 2026. It runs Claude Code's hook files too.
 */
export const devin: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readAt(
        { id, name },
        {
          session: ['session_id'],
          cwd: ['cwd'],
          tool: ['tool_name'],
          input: ['tool_input'],
          subagent: ['agent_type'],
        },
        { tools: toolsThere(), server: it => serverTool(it) },
      ),
      // It knows no `allow`, only `approve`, of which it is not known what it skips.
      ...onlyNo(refused),
    },
  },
  timeout,
  traces: [{ program: 'devin' }, { file: '~/.config/devin' }],
  wiring: [
    {
      file: '~/.config/devin/config.json',
      at: ['hooks', 'PreToolUse'],
      entry: launch => ({ matcher: '.*', hooks: [{ type: 'command', command: command(launch), timeout }] }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'MCP calls'],
    failing: 'refuses',
    gaps: [
      'how long it waits for a hook, and what it does then, is not known; a hook that cannot start is a yes',
      'its payload may not say the folder: then that of the hook counts',
      'its tools beside `exec`, `read`, `edit`, `grep` and `glob`, and the fields of all, are not confirmed: what cannot be read is asked about',
      'folders in restricted mode run no hooks',
    ],
    known: 'heard',
    source: 'docs.devin.ai in excerpts, September 2026',
  },
  trials: (launch, cwd) => toolTrials(command(launch), 'PreToolUse', 'exec', cwd),
  off: [],
  switches: [
    '~/.config/devin/config.json',
    '**/.devin/config.json',
    '**/.devin/config.local.json',
    '**/.devin/hooks.v1.json',
  ],
};

function command(launch: Launch): string {
  return hookCommand(launch, id, 'PreToolUse', timeout - 10);
}

function refused(reason: string): Reply {
  return json({ decision: 'block', reason });
}

function toolsThere(): Readonly<Record<string, Tool>> {
  return {
    exec: runs('command', 'cwd'),
    read: either(reads('file_path'), reads('path')),
    write: either(writes('file_path', 'content'), writes('path', 'content')),
    edit: either(
      replaces('file_path', 'old_string', 'new_string'),
      replaces('path', 'old_str', 'new_str'),
      writes('file_path'),
      writes('path'),
    ),
    grep: searches('pattern', 'path', 'glob'),
    glob: lists('path'),
    web_fetch: fetches('url'),
    ...Object.fromEntries(
      ['todo_write', 'ask_user_question', 'skill', 'web_search'].map(it => [
        it,
        harmless(`uses its own tool ${it}`),
      ]),
    ),
  };
}
