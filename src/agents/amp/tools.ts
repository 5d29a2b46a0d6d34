import { patchActions } from '../../core/patch.ts';
import { string } from 'valibot';
import {
  deletes,
  either,
  fetches,
  lists,
  reads,
  replaces,
  runs,
  searches,
  writes,
} from '../../core/plainTool.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';

/** Tools as its last readable build names them (January 2026) and as others name them since; not confirmed. */
export const tools: Readonly<Record<string, Tool>> = {
  Bash: either(runs('cmd', 'cwd'), runs('command', 'cwd')),
  shell_command: either(runs('command', 'workdir'), runs('cmd', 'workdir')),
  Read: reads('path'),
  look_at: reads('path'),
  create_file: writes('path', 'content'),
  edit_file: replaces('path', 'old_str', 'new_str'),
  undo_edit: writes('path'),
  format_file: writes('path'),
  delete_file: deletes('path'),
  apply_patch: either(
    tool({ patchText: string() }, ({ patchText }) => patchActions(patchText)),
    tool({ patch: string() }, ({ patch }) => patchActions(patch)),
    tool({ input: string() }, ({ input }) => patchActions(input)),
  ),
  Grep: searches('pattern', 'path', 'glob'),
  glob: lists('path'),
  list_directory: lists('path'),
  read_web_page: fetches('url'),
  ...Object.fromEntries(
    [
      ...[
        'Task',
        'oracle',
        'librarian',
        'finder',
        'todo_read',
        'todo_write',
        'mermaid',
        'web_search',
        'skill',
      ],
      ...['read_thread', 'find_thread', 'get_diagnostics', 'handoff', 'painter', 'task_list'],
    ].map(name => [name, harmless(`uses its own tool ${name}`)]),
  ),
};
