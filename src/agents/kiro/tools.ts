import { array, object, optional, string } from 'valibot';
import type { Action } from '../../core/model.ts';
import { either, fetches, lists, reads, runs, searches, writes } from '../../core/plainTool.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';
import { reading, replacing, searching, severally, writing } from '../../core/toolActions.ts';

/**
 * Tools of Amazon Q's CLI, which Kiro's grew from (its repository, April 2026), and their short names; which version has
 * which is not confirmed.
 */
const shell = runs('command');

const operation = object({
  mode: optional(string()),
  path: optional(string()),
  image_paths: optional(array(string())),
  pattern: optional(string()),
});

const read: Tool = either(
  tool({ operations: array(operation) }, ({ operations }) =>
    severally(
      operations.flatMap(({ mode, path = '.', image_paths, pattern }): readonly Action[] =>
        mode === 'Directory'
          ? [{ kind: 'file', access: 'list', path }]
          : mode === 'Search'
            ? [searching(pattern ?? '', { path })]
            : (image_paths ?? [path]).map(reading),
      ),
    ),
  ),
  reads('path'),
  reads('file_path'),
);

const write: Tool = either(
  tool(
    {
      path: string(),
      command: optional(string()),
      old_str: optional(string()),
      new_str: string(),
    },
    ({ path, old_str, new_str }) =>
      old_str === undefined ? writing(path, new_str) : replacing(path, old_str, new_str),
  ),
  writes('path', 'file_text', 'content', 'text'),
  writes('file_path', 'content'),
);

export const tools: Readonly<Record<string, Tool>> = {
  execute_bash: shell,
  execute_cmd: shell,
  shell,
  fs_read: read,
  read,
  fs_write: write,
  write,
  glob: lists('path'),
  grep: searches('pattern', 'path', 'include'),
  web_fetch: fetches('url'),
  // Everything that the command line of AWS can do.
  use_aws: tool(
    { service_name: string(), operation_name: string() },
    ({ service_name, operation_name }, machine) =>
      shell({ command: `aws ${service_name} ${operation_name}` }, machine),
  ),
  ...Object.fromEntries(
    [
      'thinking',
      'knowledge',
      'todo_list',
      'introspect',
      'report_issue',
      'web_search',
      'delegate',
      'use_subagent',
    ].map(name => [name, harmless(`uses its own tool ${name}`)]),
  ),
};
