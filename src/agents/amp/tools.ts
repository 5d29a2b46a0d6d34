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

/** Tools as 0.0.1790142911 declares them (September 2026), and those of January 2026 that it no longer has; not seen. */
export const tools: Readonly<Record<string, Tool>> = {
  Bash: either(runs('cmd', 'cwd'), runs('command', 'cwd')),
  shell_command: either(runs('command', 'workdir'), runs('cmd', 'workdir')),
  // Of what the shell tool left running.
  shell_command_status: harmless('looks at a command it started'),
  shell_command_kill: harmless('stops a command it started'),
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
  // Of a pattern, in the workspace.
  glob: lists('path'),
  list_directory: lists('path'),
  read_web_page: fetches('url'),
  read_mcp_resource: tool({ server: string(), uri: string() }, ({ server, uri }) => ({
    kind: 'tool',
    server,
    name: 'read_resource',
    input: { uri },
  })),
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
