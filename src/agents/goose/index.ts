import { optional, string } from 'valibot';
import type { Agent, Launch } from '../../core/agent.ts';
import { json, onlyNo } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Action, Reply } from '../../core/model.ts';
import { readAt, serverBefore } from '../../core/pathRead.ts';
import { either, lists, reads, replaces, runs, writes } from '../../core/plainTool.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';
import { reading, replacing, writing } from '../../core/toolActions.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['goose', 'Goose'];
const timeout = 600;

/**
 * Goose, the CLI and the desktop, from 1.34: a plugin of two files. Its documentation's page on hooks (May 2026) says how they
 * are told, and nothing of a no: that `PreToolUse` can say one, and `on_failure`, is from others (autumn of 2026).
 */
export const goose: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readAt(
        { id, name },
        {
          session: ['session_id'],
          cwd: ['working_dir', 'cwd'],
          tool: ['tool_name'],
          input: ['tool_input'],
        },
        { tools: toolsThere(), server: serverBefore('__') },
      ),
      ...onlyNo(refused),
    },
  },
  timeout,
  traces: [{ program: 'goose' }, { file: '~/.config/goose' }],
  wiring: [
    { file: '~/.agents/plugins/chaperone/hooks/hooks.json', text: hookFile },
    {
      file: '~/.agents/plugins/chaperone/plugin.json',
      text: () =>
        formatted({
          name: 'chaperone',
          version: '1.0.0',
          description: 'Asks Chaperone about every tool call.',
        }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'writes', 'MCP calls'],
    failing: 'unknown',
    gaps: [
      'versions before 1.34 run no hooks, and the first that do may not heed a no',
      'that a hook may say no, and that one that fails is a no by `on_failure`, is from others and not confirmed',
      'in which unit it reads `timeout` is not confirmed',
      'the fields of its tools beside `command` and `path` are not confirmed',
    ],
    known: 'heard',
    source: 'its documentation, May 2026, and others, autumn of 2026',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch), line => ({
      event: 'PreToolUse',
      session_id: 'doctor',
      tool_name: 'developer__shell',
      tool_input: { command: line },
      working_dir: cwd,
    })),
  off: [],
  switches: ['~/.agents/plugins/**', '~/.config/goose/config.yaml', '**/.agents/plugins/**'],
};

function command(launch: Launch): string {
  return hookCommand(launch, id, 'PreToolUse', timeout - 10);
}

function hookFile(launch: Launch): string {
  const hooks = [{ type: 'command', command: command(launch), timeout, on_failure: 'block' }];
  return formatted({ hooks: { PreToolUse: [{ hooks }] } });
}

function formatted(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function refused(reason: string): Reply {
  return json({ decision: 'block', reason });
}

/** Tools of the extension that comes with it, with its name before them and, in newer versions, without. */
function toolsThere(): Readonly<Record<string, Tool>> {
  const own: Readonly<Record<string, Tool>> = {
    shell: runs('command'),
    text_editor: tool(
      {
        command: string(),
        path: string(),
        file_text: optional(string()),
        old_str: optional(string()),
        new_str: optional(string()),
        diff: optional(string()),
      },
      ({ command: verb, path, file_text, old_str = '', new_str, diff }): Action =>
        verb === 'view'
          ? reading(path)
          : new_str === undefined
            ? writing(path, file_text ?? diff)
            : replacing(path, old_str, new_str),
    ),
    write: writes('path', 'content', 'file_text'),
    edit: either(replaces('path', 'before', 'after'), replaces('path', 'old_str', 'new_str'), writes('path')),
    read: reads('path'),
    tree: lists('path'),
    analyze: lists('path'),
    image_processor: reads('path'),
    screen_capture: harmless('takes a picture of the screen'),
    list_windows: harmless('lists windows'),
  };
  return {
    ...own,
    ...Object.fromEntries(Object.entries(own).map(([it, read]) => [`developer__${it}`, read])),
    ...Object.fromEntries(
      ['todo__todo_write', 'todo__todo_read', 'platform__manage_schedule', 'subagent', 'delegate'].map(it => [
        it,
        harmless(`uses its own tool ${it}`),
      ]),
    ),
  };
}
