import { boolean, optional, string, unknown } from 'valibot';
import { serverTool } from '../../core/hookDialect.ts';
import type { Action } from '../../core/model.ts';
import type { Machine } from '../../core/ports.ts';
import { actionOf, harmless, tool, type Tool } from '../../core/tool.ts';
import {
  fetching,
  listing,
  reading,
  replacing,
  searching,
  shellIn,
  writing,
} from '../../core/toolActions.ts';

const commands = tool(
  { command: string(), directory: optional(string()) },
  ({ command, directory }, machine) => runs(command, directory, machine),
);

/**
 * Qwen Code's tools and their inputs: as 0.24.4 declares them to its models, as its program holds them, and as seen in its
 * hooks' payloads (November 2026). Those for media that are off unless somebody sets them up are not here.
 */
export const tools: Readonly<Record<string, Tool>> = {
  run_shell_command: commands,
  monitor: commands,
  read_file: tool({ file_path: string() }, ({ file_path }) => reading(file_path)),
  zoom_image: tool({ file_path: string() }, ({ file_path }) => reading(file_path)),
  display_image: tool({ file_path: string() }, ({ file_path }) => reading(file_path)),
  // Published where it is set up to be.
  artifact: tool({ file_path: string() }, ({ file_path }) => reading(file_path)),
  write_file: tool({ file_path: string(), content: string() }, ({ file_path, content }) =>
    writing(file_path, content),
  ),
  edit: tool(
    { file_path: string(), old_string: string(), new_string: string() },
    ({ file_path, old_string, new_string }) => replacing(file_path, old_string, new_string),
  ),
  notebook_edit: tool(
    { notebook_path: string(), new_source: optional(string()) },
    ({ notebook_path, new_source }) => writing(notebook_path, new_source),
  ),
  grep_search: tool(
    { pattern: string(), path: optional(string()), glob: optional(string()) },
    ({ pattern, path, glob }) =>
      // A glob that names a hidden file reaches it although git ignores it, as ripgrep has it.
      searching(pattern, { path, include: glob, ignored: glob !== undefined && !glob.startsWith('!') }),
  ),
  glob: tool({ pattern: string(), path: optional(string()) }, ({ path }) => listing(path)),
  list_directory: tool({ path: string() }, ({ path }) => listing(path)),
  web_fetch: tool({ url: string() }, ({ url }) => fetching(url)),
  // A script that can only call the other tools; it is read all the same.
  exec: tool({ source: string() }, ({ source }) => ({ kind: 'code', language: 'javascript', text: source })),
  // Hooks are told the tool that it calls; one that is told of this is told all that it takes.
  tool_call: tool({ name: string(), arguments: optional(unknown()) }, ({ name, ...rest }, machine) =>
    name === 'tool_call'
      ? { kind: 'unreadable', why: 'a call of a call' }
      : actionOf(name, rest.arguments, tools, serverTool, machine),
  ),
  save_memory: tool({ fact: string() }, ({ fact }) => writing('~/.qwen/QWEN.md', fact)),
  read_mcp_resource: tool({ server_name: string(), uri: string() }, ({ server_name, uri }) => ({
    kind: 'tool',
    server: server_name,
    name: 'read_resource',
    input: { uri },
  })),
  // Its script can only start subagents, whose own calls are seen; a script from a file is read.
  workflow: tool({ scriptPath: optional(string()) }, ({ scriptPath }) =>
    scriptPath === undefined
      ? { kind: 'harmless', what: 'starts subagents by a script' }
      : reading(scriptPath),
  ),
  exit_worktree: tool(
    { action: optional(string()), discard_changes: optional(boolean()) },
    ({ action, discard_changes }) =>
      discard_changes || action === 'remove'
        ? { kind: 'shell', line: 'git worktree remove --force', dialect: 'posix' }
        : { kind: 'harmless', what: 'leaves a worktree' },
  ),
  enter_worktree: harmless('goes into a worktree of this repository'),
  ...Object.fromEntries(
    [
      ...['agent', 'skill', 'list_agents', 'send_message', 'create_sub_session', 'request_shutdown'],
      ...['team_create', 'team_delete', 'team_plan_approval', 'structured_output', 'report_findings'],
      ...['task_create', 'task_get', 'task_list', 'task_update', 'task_stop', 'task_output', 'todo_write'],
      ...['cron_create', 'cron_list', 'cron_delete', 'loop_wakeup', 'lsp', 'tool_search', 'web_search'],
      ...['get_goal', 'update_goal', 'propose_goal', 'image_gen', 'record_artifact', 'record_source'],
      ...['ask_user_question', 'enter_plan_mode', 'exit_plan_mode'],
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};

/** On Windows it starts what `ComSpec` names, usually cmd.exe (as its program has it; not tried). */
function runs(line: string, folder: string | undefined, machine: Machine): Action {
  return shellIn(line, folder, machine, machine.platform === 'windows' ? 'cmd' : 'posix');
}
