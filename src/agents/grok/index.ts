import type { Agent, Launch } from '../../core/agent.ts';
import { json, onlyNo } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Reply } from '../../core/model.ts';
import { readAt, serverBefore, valueAt } from '../../core/pathRead.ts';
import {
  either,
  fetches,
  lists,
  reads,
  readsAll,
  replaces,
  runs,
  searches,
  writes,
} from '../../core/plainTool.ts';
import { harmless, type Tool } from '../../core/tool.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['grok', 'Grok Build'];
const timeout = 600;
/** Characters of a no that its model is shown. */
const mostShown = 256;

/**
 * Grok Build, the CLI of xAI (observed with 1.0.41 and its own user guide, November 2026). Its own hooks run before those of
 * Claude Code's files, which it runs too, and the first no counts. A command that names a variable which is not set is
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
      ...onlyNo(refused, mostShown),
    },
  },
  timeout,
  traces: [{ program: 'grok' }, { file: '~/.grok' }],
  wiring: [{ file: '~/.grok/hooks/chaperone.json', text: hookFile }],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      '`@` mentions are read before any hook',
      'a hook of a person, a plugin or a trusted repository that rewrites a call does so after ours has judged it',
      '`allow_managed_hooks_only` in its managed settings, and a line in `~/.grok/disabled-hooks`, switch the hook off',
      'another `GROK_HOME` has hooks of its own',
      'an input of more than 128 kB is told cut off, and is asked about',
      'its model is shown 256 characters of a no',
      'on Windows the command of our hook names variables of PowerShell, for which it may not be started (not tried)',
      'commands that a person types behind `!` are theirs',
    ],
    known: 'run',
    source: '1.0.41, November 2026',
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
  off: [
    ...['~/.grok/requirements.toml', '~/.grok/managed_config.toml'].flatMap(file =>
      ['allow_managed_hooks_only', 'allowManagedHooksOnly'].map(key => ({ file, key, value: true })),
    ),
    { file: '~/.grok/disabled-hooks', key: 'global/chaperone:pre_tool_use[0].hooks[0]', value: true },
  ],
  // Read when a session starts: what is written there frees the next one.
  switches: [
    '~/.grok/hooks/**',
    '~/.grok/hooks-paths',
    '~/.grok/disabled-hooks',
    '~/.grok/config.toml',
    '~/.grok/managed_config.toml',
    '~/.grok/requirements.toml',
    '~/.grok/trusted_folders.toml',
    '~/.grok/plugins/**',
    '**/.grok/hooks/**',
    '**/.grok/config.toml',
    '/etc/grok/**',
  ],
};

/** It takes two dollar signs for one, and starts nothing where a name then follows. */
function command(launch: Launch): string {
  return hookCommand(launch, id, 'PreToolUse', timeout - 10).replaceAll('$$', () => '${$}');
}

function hookFile(launch: Launch): string {
  const hooks = [{ type: 'command', command: command(launch), timeout }];
  return `${JSON.stringify({ hooks: { PreToolUse: [{ hooks }] } }, null, 2)}\n`;
}

function refused(reason: string): Reply {
  return json({ decision: 'deny', reason });
}

/**
 * A tool of a server is called through another, whose two words stay around the input; a file that holds it was read by then.
 * Beside other words they are nothing but words.
 */
function inner(input: unknown): unknown {
  const words = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  return words.sort().join(' ') === 'tool_input tool_name' ? valueAt(input, 'tool_input') : input;
}

/** Its tools, as it declares them to a model; those whose names begin with `hashline_` are of its strings alone. */
function toolsThere(): Readonly<Record<string, Tool>> {
  const read = reads('target_file');
  const edit = replaces('file_path', 'old_string', 'new_string');
  const search = searches('pattern', 'path', 'glob');
  return {
    run_terminal_command: runs('command'),
    monitor: runs('command'),
    read_file: read,
    hashline_read: either(read, reads('file_path'), reads('path')),
    write: writes('file_path', 'content'),
    search_replace: edit,
    hashline_edit: either(edit, writes('file_path'), writes('path')),
    grep: search,
    hashline_grep: search,
    list_dir: lists('target_directory'),
    web_fetch: fetches('url'),
    image_edit: readsAll('image'),
    image_to_video: reads('image'),
    reference_to_video: readsAll('images'),
    ...Object.fromEntries(
      [
        ...['spawn_subagent', 'workflow', 'scheduler_create', 'scheduler_delete', 'scheduler_list'],
        ...['get_command_or_subagent_output', 'kill_command_or_subagent', 'search_tool', 'web_search'],
        ...[
          'todo_write',
          'ask_user_question',
          'enter_plan_mode',
          'exit_plan_mode',
          'send_feedback',
          'image_gen',
        ],
      ].map(it => [it, harmless(`uses its own tool ${it}, whose calls are seen by themselves`)]),
    ),
  };
}
