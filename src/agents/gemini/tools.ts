import { array, boolean, object, optional, string } from 'valibot';
import type { Action } from '../../core/model.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';
import {
  fetching,
  listing,
  reading,
  replacing,
  searching,
  severally,
  shellIn,
  writing,
} from '../../core/toolActions.ts';

/** Gemini CLI's tools and their inputs: as 0.61.0 declares them and as seen in its hooks' payloads (November 2026). */
export const tools: Readonly<Record<string, Tool>> = {
  run_shell_command: tool(
    { command: string(), dir_path: optional(string()) },
    ({ command, dir_path }, machine) => shellIn(command, dir_path, machine),
  ),
  read_file: tool({ file_path: string() }, ({ file_path }) => reading(file_path)),
  read_many_files: tool(
    {
      include: array(string()),
      file_filtering_options: optional(object({ respect_git_ignore: optional(boolean()) })),
    },
    ({ include, file_filtering_options }) =>
      severally(include.map(it => readsAll(it, file_filtering_options?.respect_git_ignore === false))),
  ),
  write_file: tool({ file_path: string(), content: string() }, ({ file_path, content }) =>
    writing(file_path, content),
  ),
  replace: tool(
    { file_path: string(), old_string: string(), new_string: string() },
    ({ file_path, old_string, new_string }) => replacing(file_path, old_string, new_string),
  ),
  grep_search: tool(
    {
      pattern: string(),
      dir_path: optional(string()),
      include_pattern: optional(string()),
      fixed_strings: optional(boolean()),
      names_only: optional(boolean()),
      no_ignore: optional(boolean()),
    },
    ({ pattern, dir_path, include_pattern, fixed_strings, no_ignore }) =>
      searching(pattern, {
        regex: !fixed_strings,
        path: dir_path,
        include: include_pattern,
        // Its search without ripgrep may be that of `grep`, which knows no ignore list: a pattern that names files is not trusted to one.
        ignored: no_ignore === true || include_pattern !== undefined,
      }),
  ),
  glob: tool({ pattern: string(), dir_path: optional(string()) }, ({ dir_path }) => listing(dir_path)),
  list_directory: tool({ dir_path: string() }, ({ dir_path }) => listing(dir_path)),
  // Fetched by Google, or from here where that fails.
  web_fetch: tool({ prompt: string() }, ({ prompt }) => {
    const urls = prompt.match(/\bhttps?:\/\/[^\s"'`<>)\]}]+/gi) ?? [];
    return urls.length
      ? severally(urls.map(it => fetching(it.replace(/[.,;:!?]{1,4}$/, ''))))
      : { kind: 'harmless', what: 'fetches nothing' };
  }),
  save_memory: tool({ fact: string() }, ({ fact }) => writing('~/.gemini/GEMINI.md', fact)),
  // Which server it asks is not told.
  read_mcp_resource: tool({ uri: string() }, ({ uri }) => ({
    kind: 'tool',
    name: 'read_resource',
    input: { uri },
  })),
  ...Object.fromEntries(
    [
      ...['invoke_agent', 'complete_task', 'activate_skill', 'ask_user', 'enter_plan_mode', 'exit_plan_mode'],
      ...['update_topic', 'write_todos', 'google_web_search', 'get_internal_docs', 'list_mcp_resources'],
      ...['list_background_processes', 'read_background_output'],
      ...['tracker_create_task', 'tracker_update_task', 'tracker_get_task', 'tracker_list_tasks'],
      ...['tracker_add_dependency', 'tracker_visualize'],
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};

/** Everything in the files of a pattern is shown, as a search for nothing would. */
function readsAll(include: string, ignored: boolean): Action {
  return /[*?[{]/.test(include) ? searching('', { include, ignored }) : reading(include);
}
