import { array, boolean, optional, string, union } from 'valibot';
import type { Action } from '../../core/model.ts';
import { patchActions } from '../../core/patch.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';
import {
  fetching,
  listing,
  reading,
  replacing,
  searching,
  severally,
  typed,
  writing,
} from '../../core/toolActions.ts';

const places = { path: optional(string()), paths: optional(union([string(), array(string())])) };
const grep = tool({ pattern: string(), glob: optional(string()), ...places }, ({ pattern, glob, ...where }) =>
  severally(
    // As ripgrep searches: a glob that names a hidden file reaches it although git ignores it.
    placesIn(where).map(path =>
      searching(pattern, { path, include: glob, ignored: glob !== undefined && !glob.startsWith('!') }),
    ),
  ),
);
const bash = tool({ command: string() }, ({ command }) => ({
  kind: 'shell',
  line: command,
  dialect: 'posix',
}));
// Keys stand in braces; those that show what was typed before show nothing new.
const typing = tool({ input: string() }, ({ input }, machine) =>
  typed(input.replace(/\{enter\}/gi, '\n').replace(/\{(?:up|down|left|right|backspace)\}/gi, ''), machine),
);
const patch = tool({ input: optional(string()), patch: optional(string()) }, ({ input, patch: text }) =>
  patchActions(input ?? text ?? ''),
);

/**
 * Copilot's tools and their inputs: as 1.0.102 declares them to its models and as seen in its hooks' payloads; those that it
 * declares elsewhere by the names and inputs that its program holds (November 2026).
 */
export const tools: Readonly<Record<string, Tool>> = {
  bash,
  local_shell: bash,
  powershell: tool({ command: string() }, ({ command }) => ({
    kind: 'shell',
    line: command,
    dialect: 'powershell',
  })),
  write_bash: typing,
  write_powershell: typing,
  view: tool({ path: string() }, ({ path }) => reading(path)),
  create: tool({ path: string(), file_text: string() }, ({ path, file_text }) => writing(path, file_text)),
  edit: tool(
    { path: string(), old_str: optional(string()), new_str: optional(string()) },
    ({ path, old_str = '', new_str = '' }) => replacing(path, old_str, new_str),
  ),
  str_replace_editor: tool(
    {
      command: string(),
      path: string(),
      old_str: optional(string()),
      new_str: optional(string()),
      file_text: optional(string()),
    },
    ({ command, path, old_str = '', new_str = '', file_text }) =>
      command === 'view'
        ? reading(path)
        : file_text === undefined
          ? replacing(path, old_str, new_str)
          : writing(path, file_text),
  ),
  // The patch itself, or an object that holds it.
  apply_patch: (input, machine) => (typeof input === 'string' ? patchActions(input) : patch(input, machine)),
  grep,
  rg: grep,
  grep_search: tool(
    { query: string(), isRegexp: optional(boolean()), includePattern: optional(string()) },
    ({ query, isRegexp, includePattern }) =>
      searching(query, { regex: isRegexp ?? false, include: includePattern }),
  ),
  semantic_search: tool({ query: string() }, ({ query }) => searching(query, { regex: false })),
  semantic_code_search: tool({ query: string() }, ({ query }) => searching(query, { regex: false })),
  lexical_code_search: tool({ query: string() }, ({ query }) => searching(query, { regex: false })),
  glob: tool({ pattern: string(), ...places }, where => severally(placesIn(where).map(listing))),
  file_search: tool({ query: string() }, () => listing()),
  read_file: tool({ path: optional(string()), filePath: optional(string()) }, ({ path, filePath }) =>
    readsOne(path ?? filePath),
  ),
  view_image: tool({ path: optional(string()), filePath: optional(string()) }, ({ path, filePath }) =>
    readsOne(path ?? filePath),
  ),
  web_fetch: tool({ url: string() }, ({ url }) => fetching(url)),
  // A database of the session's own, and one of past sessions.
  sql: harmless('keeps notes of its own session'),
  session_store_sql: harmless('looks at past sessions'),
  ...Object.fromEntries(
    [
      ...['read_bash', 'stop_bash', 'list_bash', 'read_powershell', 'stop_powershell', 'list_powershell'],
      ...['task', 'read_agent', 'list_agents', 'write_agent', 'search_code_subagent', 'execution_subagent'],
      ...['skill', 'ask_user', 'exit_plan_mode', 'report_intent', 'update_todo', 'task_complete'],
      ...['store_memory', 'vote_memory', 'read_memories', 'context_board', 'send_inbox', 'read_inbox'],
      ...['session_history', 'session_artifacts', 'get_context_remaining', 'new_context', 'web_search'],
      ...['catalog_search', 'catalog_select', 'manage_schedule', 'submit_security_review_scope'],
      ...['fetch_copilot_cli_documentation', 'list_canvas_capabilities', 'open_canvas'],
      ...['run_dynamic_workflow', 'dynamic_workflows_manage'],
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};

function placesIn({
  path,
  paths,
}: {
  readonly path?: string | undefined;
  readonly paths?: string | string[] | undefined;
}): readonly string[] {
  const named = typeof paths === 'string' ? [paths] : (paths ?? []);
  return named.length ? named : [path ?? '.'];
}

function readsOne(path: string | undefined): Action {
  return path === undefined
    ? { kind: 'unreadable', why: 'a look at a file that is not named' }
    : reading(path);
}
