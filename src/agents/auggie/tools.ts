import { optional, string } from 'valibot';
import type { Action } from '../../core/model.ts';
import type { Machine } from '../../core/ports.ts';
import { patchActions } from '../../core/patch.ts';
import { deletes, either, fetches, lists, reads, runs, writes } from '../../core/plainTool.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';
import { replacing, searching, severally, writing } from '../../core/toolActions.ts';

/** Tools as its package 0.36.0 names them (November 2026); those without a field there are by their names alone. */
export const tools: Readonly<Record<string, Tool>> = {
  'launch-process': runs('command'),
  // Typed into whatever runs there, mostly a shell.
  'write-process': either(runs('input_text'), runs('input')),
  view: tool(
    { path: string(), type: optional(string()), search_query_regex: optional(string()) },
    ({ path, type, search_query_regex }): Action =>
      type === 'directory'
        ? { kind: 'file', access: 'list', path }
        : search_query_regex === undefined
          ? { kind: 'file', access: 'read', path }
          : searching(search_query_regex, { path }),
  ),
  'save-file': writes('path', 'file_content'),
  'str-replace-editor': replaced,
  'remove-files': deletes('file_paths'),
  apply_patch: tool({ input: string() }, ({ input }) => patchActions(input)),
  'web-fetch': fetches('url'),
  'open-browser': fetches('url'),
  'list-directory': lists('path'),
  'read-file': reads('path'),
  ...Object.fromEntries(
    [
      ...['codebase-retrieval', 'web-search', 'diagnostics', 'render-mermaid', 'remember'],
      ...['kill-process', 'read-process', 'list-processes', 'read-terminal'],
      ...['view_tasklist', 'add_tasks', 'update_tasks', 'reorganize_tasklist'],
      ...['view-range-untruncated', 'search-untruncated'],
    ].map(name => [name, harmless(`uses its own tool ${name}`)]),
  ),
};

/** Its pieces are `old_str_1`, `new_str_1`, `old_str_2`, …, or one text that is put in. */
function replaced(input: unknown, machine: Machine): Action {
  const whole = tool({ path: string() }, ({ path }) => writing(path))(input, machine);
  if (whole.kind !== 'file') return whole;
  const given = new Map(Object.entries(input ?? {}));
  const textOf = (key: string) => {
    const value: unknown = given.get(key);
    return typeof value === 'string' ? value : '';
  };
  const pieces = [...given.keys()]
    .filter(key => key.startsWith('new_str'))
    .map(key => replacing(whole.path, textOf(key.replace('new_', 'old_')), textOf(key)));
  return pieces.length ? severally(pieces) : whole;
}
