import { array, boolean, object, optional, record, string, union, unknown } from 'valibot';
import type { Action, Narrower } from '../../core/model.ts';
import { lineWith, ownShell } from '../../core/ours.ts';
import { patchActions } from '../../core/patch.ts';
import type { Machine } from '../../core/ports.ts';
import { harmless, narrowerBy, tool, type Tool } from '../../core/tool.ts';
import { fetching, reading, replacing, shell, typed, writing } from '../../core/toolActions.ts';

const replacement = { filePath: string(), oldString: string(), newString: string() };

/** Tools of VS Code's agent mode and their inputs: as its built-in chat extension declares them (1.139, November 2026). */
export const tools: Readonly<Record<string, Tool>> = {
  run_in_terminal: tool({ command: string() }, ({ command }, machine) => shell(command, machine)),
  send_to_terminal: tool({ command: string() }, ({ command }, machine) => typed(command, machine)),
  create_and_run_task: tool(
    {
      task: object({
        command: optional(string()),
        args: optional(array(union([string(), record(string(), unknown())]))),
      }),
    },
    ({ task }, machine) => shell([task.command ?? '', ...(task.args ?? []).map(plain)].join(' '), machine),
  ),
  read_file: tool({ filePath: string() }, ({ filePath }) => reading(filePath)),
  view_image: tool({ filePath: string() }, ({ filePath }) => reading(filePath)),
  read_notebook_cell_output: tool({ filePath: string() }, ({ filePath }) => reading(filePath)),
  copilot_getNotebookSummary: tool({ filePath: string() }, ({ filePath }) => reading(filePath)),
  list_dir: tool({ path: string() }, ({ path }) => ({ kind: 'file', access: 'list', path })),
  file_search: harmless('looks for file names'),
  grep_search: tool(
    {
      query: string(),
      isRegexp: optional(boolean()),
      includePattern: optional(string()),
      includeIgnoredFiles: optional(boolean()),
    },
    ({ query, isRegexp, includePattern, includeIgnoredFiles }) => ({
      kind: 'search',
      query,
      regex: isRegexp ?? false,
      path: '.',
      ignored: includeIgnoredFiles ?? false,
      ...(includePattern !== undefined && { include: includePattern }),
    }),
  ),
  create_file: tool({ filePath: string(), content: optional(string()) }, ({ filePath, content }) =>
    writing(filePath, content),
  ),
  replace_string_in_file: tool(replacement, replaced),
  insert_edit_into_file: tool({ filePath: string(), code: optional(string()) }, ({ filePath, code }) =>
    writing(filePath, code),
  ),
  multi_replace_string_in_file: tool({ replacements: array(object(replacement)) }, ({ replacements }) => ({
    kind: 'several',
    actions: replacements.map(replaced),
  })),
  apply_patch: tool({ input: string() }, ({ input }) => patchActions(input)),
  edit_notebook_file: tool(
    { filePath: string(), newCode: optional(union([string(), array(string())])) },
    ({ filePath, newCode }) => writing(filePath, typeof newCode === 'string' ? newCode : newCode?.join('\n')),
  ),
  create_directory: harmless('makes a folder'),
  run_notebook_cell: tool({ filePath: string(), cellId: string() }, ({ filePath, cellId }) => ({
    kind: 'follow',
    lead: { to: 'cell', path: filePath, cell: cellId },
  })),
  run_vscode_command: tool(
    { commandId: string(), args: optional(array(unknown())) },
    ({ commandId, args }) => ({ kind: 'command', id: commandId, input: args ?? [] }),
  ),
  install_extension: tool({ id: string() }, ({ id }) => ({
    kind: 'command',
    id: 'workbench.extensions.installExtension',
    input: [id],
  })),
  fetch_webpage: tool({ urls: array(string()) }, ({ urls }) => ({
    kind: 'several',
    actions: urls.map(fetching),
  })),
  // Ours: they are judged as what they stand for; what reading a file shows no credential.
  chaperone_run: tool({ command: string(), secrets: array(string()) }, ({ command, secrets }) => ({
    kind: 'shell',
    line: lineWith(secrets, command),
    dialect: 'posix',
  })),
  chaperone_runCommand: tool({ command: string() }, ({ command }, machine) => ownShell(command, machine)),
  chaperone_query: tool(
    { connection: string(), statement: string() },
    ({ connection: profile, statement: asked }) => ({
      kind: 'sql',
      statement: asked,
      dialect: 'unknown',
      profile,
    }),
  ),
  chaperone_readFile: harmless('reads a file with its credentials masked'),
  memory: tool(
    {
      command: string(),
      path: optional(string()),
      old_path: optional(string()),
      new_path: optional(string()),
    },
    ({ command, ...named }) => memory(command, Object.values(named).filter(isText)),
  ),
  // The rename reaches further than this file, where only the language server knows.
  vscode_renameSymbol: tool(
    { symbol: string(), newName: string(), filePath: optional(string()), uri: optional(string()) },
    ({ symbol, newName, filePath, uri }) => {
      const path = filePath ?? uri;
      return path === undefined
        ? { kind: 'unreadable', why: 'a rename that names no file' }
        : writing(path, `${symbol}\n${newName}`);
    },
  ),
  // It shows the lines that are wrong.
  get_errors: tool({ filePaths: optional(array(string())) }, ({ filePaths }) =>
    filePaths?.length
      ? { kind: 'several', actions: filePaths.map(reading) }
      : { kind: 'harmless', what: 'looks at problems' },
  ),
  get_changed_files: tool({ repositoryPath: optional(string()) }, ({ repositoryPath }) => ({
    kind: 'exec',
    argv: ['git', ...(repositoryPath === undefined ? [] : ['-C', repositoryPath]), 'diff', 'HEAD'],
  })),
  // By meaning rather than by text: what it shows is likely to hold the words all the same.
  semantic_search: tool({ query: string() }, ({ query }) => ({
    kind: 'search',
    query,
    regex: false,
    path: '.',
    ignored: false,
  })),
  // A store of past conversations, which the tool itself opens for reading only.
  session_store_sql: harmless('looks at past conversations'),
  ...Object.fromEntries(
    [
      ...[
        'get_terminal_output',
        'terminal_last_command',
        'terminal_selection',
        'kill_terminal',
        'get_task_output',
        'testFailure',
        'test_failure',
        'test_search',
      ],
      ...[
        'search_workspace_symbols',
        'list_code_usages',
        'vscode_listCodeUsages',
        'read_project_structure',
        'get_search_view_results',
        'get_vscode_api',
        'resolve_memory_file_uri',
      ],
      ...[
        'runSubagent',
        'search_subagent',
        'explore_subagent',
        'execution_subagent',
        'switch_agent',
        'skill',
        'tool_search',
        'manage_todo_list',
        'vscode_askQuestions',
        'ask_questions',
      ],
      ...[
        'create_new_workspace',
        'setup_tools_createNewWorkspace',
        'create_new_jupyter_notebook',
        'get_project_setup_info',
        'configure_notebook',
        'github_repo',
        'github_text_search',
        'renderMermaidDiagram',
        'vscode_searchExtensions_internal',
        'open_simple_browser',
      ],
      ...['runTests', 'task_complete'],
    ].map(name => [name, harmless(`uses its own tool ${name}`)]),
  ),
};

/** A search with ignored files included, without them. */
export function narrower(name: string, input: unknown, machine: Machine): Narrower | undefined {
  const wide =
    name === 'grep_search' &&
    typeof input === 'object' &&
    input !== null &&
    'includeIgnoredFiles' in input &&
    input.includeIgnoredFiles === true;
  return wide ? narrowerBy(name, input, { includeIgnoredFiles: false }, tools, machine) : undefined;
}

/** The tool's own notes; a path beside them is a file like any other. */
function memory(command: string, paths: readonly string[]): Action {
  const beside = paths.filter(path => !path.startsWith('/memories') || path.includes('..'));
  const access = command === 'view' ? 'read' : command === 'delete' ? 'delete' : 'write';
  return beside.length
    ? { kind: 'several', actions: beside.map(path => ({ kind: 'file', access, path })) }
    : { kind: 'harmless', what: `its own memory: ${command}` };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function replaced(it: {
  readonly filePath: string;
  readonly oldString: string;
  readonly newString: string;
}): Action {
  return replacing(it.filePath, it.oldString, it.newString);
}

function plain(argument: string | Record<string, unknown>): string {
  return typeof argument === 'string' ? argument : typeof argument.value === 'string' ? argument.value : '';
}
