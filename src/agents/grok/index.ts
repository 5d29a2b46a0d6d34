import type { Agent, Launch } from '../../core/agent.ts';
import { forAgent } from '../../core/explain.ts';
import { json, silence } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Reply } from '../../core/model.ts';
import { readAt, serverBefore, valueAt } from '../../core/pathRead.ts';
import { either, fetches, lists, reads, replaces, runs, searches, writes } from '../../core/plainTool.ts';
import { harmless, type Tool } from '../../core/tool.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['grok', 'Grok Build'];
const timeout = 600;

/**
 * Grok Build, the CLI of xAI, by a digest of its source and of its own guide to hooks (September 2026); nobody ran it. It runs
 * the hook files of Claude Code and Cursor too, with its own payload. A command that names a variable which is not set is
 * not started: ours names none.
 */
export const grok: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readAt(
        { id, name },
        {
          session: ['sessionId', 'session_id'],
          cwd: ['cwd', 'workspaceRoot'],
          tool: ['toolName', 'tool_name'],
          input: ['toolInput', 'tool_input'],
          subagent: ['subagentType'],
        },
        { tools: toolsThere(), server: serverBefore('__'), inner },
      ),
      // Its `allow` means no more than silence.
      reply: ruling => (ruling.outcome === 'refused' ? refused(forAgent(ruling)) : silence),
      refuse: refused,
    },
  },
  timeout,
  traces: [{ program: 'grok' }, { file: '~/.grok' }],
  wiring: [{ file: '~/.grok/hooks/chaperone.json', text: hookFile }],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'little is known of it: nobody ran it with this hook',
      'a hook that cannot start or takes too long is a yes',
      'an input of more than 128 kB is told cut off, and is asked about',
      'on Windows the command of our hook names variables of PowerShell, for which it may not be started',
      'commands that a person types behind `!` are theirs',
      '`GROK_HOME` moves the folder that its hooks are in',
    ],
    known: 'heard',
    source: 'a digest of its source, September 2026',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch), line => ({
      hookEventName: 'pre_tool_use',
      sessionId: 'doctor',
      cwd,
      toolName: 'run_terminal_command',
      toolInput: { command: line },
      toolInputTruncated: false,
    })),
  off: [],
  switches: [
    '~/.grok/hooks/**',
    '~/.grok/config.toml',
    '~/.grok/trusted_folders.toml',
    '**/.grok/hooks/**',
    '**/.grok/config.toml',
  ],
};

function command(launch: Launch): string {
  return hookCommand(launch, id, 'PreToolUse', timeout - 10);
}

function hookFile(launch: Launch): string {
  const hooks = [{ type: 'command', command: command(launch), timeout }];
  return `${JSON.stringify({ hooks: { PreToolUse: [{ hooks }] } }, null, 2)}\n`;
}

function refused(reason: string): Reply {
  return json({ decision: 'deny', reason });
}

/** A tool of a server is called through another, whose words stay around the input. */
function inner(input: unknown): unknown {
  return typeof valueAt(input, 'tool_name') === 'string' ? valueAt(input, 'tool_input') : input;
}

/** Its tools by the names that Claude Code's have there; fields are not confirmed but `command`. */
function toolsThere(): Readonly<Record<string, Tool>> {
  const read = either(reads('target_file'), reads('file_path'), reads('path'));
  const edit = either(
    replaces('file_path', 'old_string', 'new_string'),
    replaces('path', 'old_string', 'new_string'),
    writes('file_path'),
    writes('path'),
  );
  const search = searches('pattern', 'path', 'glob');
  return {
    run_terminal_command: runs('command'),
    monitor: runs('command'),
    read_file: read,
    hashline_read: read,
    write: either(writes('file_path', 'content', 'contents'), writes('path', 'content', 'contents')),
    search_replace: edit,
    hashline_edit: edit,
    grep: search,
    hashline_grep: search,
    list_dir: lists('path'),
    web_fetch: fetches('url'),
    ...Object.fromEntries(
      [
        'spawn_subagent',
        'web_search',
        'search_tool',
        'todo_write',
        'ask_user_question',
        'exit_plan_mode',
      ].map(it => [it, harmless(`uses its own tool ${it}, whose calls are seen by themselves`)]),
    ),
  };
}
