import { array, object, optional, string, union, unknown } from 'valibot';
import type { Action } from '../../core/model.ts';
import { patchActions } from '../../core/patch.ts';
import {
  decoded,
  fetches,
  fetching,
  lists,
  parsed,
  reading,
  replacing,
  runs,
  searches,
  searching,
  severally,
  shellIn,
  writes,
  writing,
} from '../../core/plainTool.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';

/** Fields that the editor's hook is handed as a text of JSON. */
const encoded = ['commands', 'files', 'queries', 'requests', 'paths', 'arguments'];

/** The input as its tool takes it, whichever of its two programs hands it over. */
export function inputOf(parameters: unknown): unknown {
  return decoded(parameters, encoded);
}

const texts = union([string(), array(string())]);

/**
 * Tools of the CLI and of the newer build of the extension as declared by 3.0.65 and seen in its hook; below them those of
 * the older build (its repository as of August 2026).
 */
export const tools: Readonly<Record<string, Tool>> = {
  run_commands: tool({ commands: texts }, ({ commands }, machine) =>
    severally([commands].flat().map(line => shellIn(line, undefined, machine))),
  ),
  read_files: tool({ files: array(union([string(), object({ path: string() })])) }, ({ files }) =>
    severally(files.map(file => reading(typeof file === 'string' ? file : file.path))),
  ),
  editor: tool(
    { path: string(), old_text: optional(unknown()), new_text: string() },
    ({ path, old_text, new_text }) =>
      typeof old_text === 'string' ? replacing(path, old_text, new_text) : writing(path, new_text),
  ),
  search_codebase: tool({ queries: texts }, ({ queries }) =>
    severally([queries].flat().map(query => searching(query, '.'))),
  ),
  fetch_web_content: tool({ requests: array(object({ url: string() })) }, ({ requests }) =>
    severally(requests.map(({ url }) => fetching(url))),
  ),
  apply_patch: tool({ input: string() }, ({ input }) => patchActions(input)),

  execute_command: runs('command'),
  read_file: tool({ path: string() }, ({ path }) => reading(path)),
  write_to_file: writes('path', 'content'),
  new_rule: writes('path', 'content'),
  replace_in_file: tool({ path: string(), diff: string() }, ({ path, diff }) => writing(path, diff)),
  search_files: searches('regex', 'path', 'file_pattern'),
  list_files: lists('path'),
  list_code_definition_names: lists('path'),
  web_fetch: fetches('url'),
  browser_action: tool({ action: string(), url: optional(string()) }, ({ action, url }) =>
    url === undefined || url === ''
      ? { kind: 'harmless', what: `uses its browser: ${action}` }
      : fetching(url),
  ),
  use_mcp_tool: tool(
    { server_name: string(), tool_name: string(), arguments: optional(unknown()) },
    ({ server_name, tool_name, arguments: input }): Action => ({
      kind: 'tool',
      server: server_name,
      name: tool_name,
      input: typeof input === 'string' ? parsed(input) : input,
    }),
  ),
  access_mcp_resource: tool({ server_name: string(), uri: string() }, ({ server_name, uri }) => ({
    kind: 'tool',
    server: server_name,
    name: 'read_resource',
    input: { uri },
  })),
  // May show its result by a command.
  attempt_completion: tool({ command: optional(string()) }, ({ command }, machine) =>
    command === undefined || command === ''
      ? { kind: 'harmless', what: 'says that it is done' }
      : shellIn(command, undefined, machine),
  ),
  ...Object.fromEntries(
    [
      ...['ask_question', 'ask_followup_question', 'plan_mode_respond', 'act_mode_respond', 'new_task'],
      ...['condense', 'summarize_task', 'report_bug', 'focus_chain', 'load_mcp_documentation'],
      ...['use_skill', 'skills', 'use_subagents', 'spawn_agent', 'web_search', 'submit_and_exit'],
      ...[
        ...['team_spawn_teammate', 'team_shutdown_teammate', 'team_status', 'team_task', 'team_run_task'],
        ...['team_cancel_run', 'team_list_runs', 'team_await_runs', 'team_send_message', 'team_broadcast'],
        ...['team_read_mailbox', 'team_mission_log', 'team_cleanup', 'team_create_outcome'],
        ...['team_attach_outcome_fragment', 'team_review_outcome_fragment', 'team_finalize_outcome'],
        'team_list_outcomes',
      ],
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};
