import { array, object, optional, string } from 'valibot';
import { either, fetches, lists, reads, runs, searches, writes } from '../../core/plainTool.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';
import { replacing, severally } from '../../core/toolActions.ts';

/** Tools and fields as others saw them in payloads of `agy` 1.2.3 (October 2026); those beside them are not confirmed. */
export const tools: Readonly<Record<string, Tool>> = {
  run_command: runs('CommandLine'),
  send_command_input: runs('Input'),
  view_file: reads('AbsolutePath'),
  view_file_outline: reads('AbsolutePath'),
  view_code_item: reads('File'),
  write_to_file: writes('TargetFile', 'CodeContent'),
  replace_file_content: either(
    tool(
      { TargetFile: string(), TargetContent: optional(string()), ReplacementContent: string() },
      ({ TargetFile, TargetContent = '', ReplacementContent }) =>
        replacing(TargetFile, TargetContent, ReplacementContent),
    ),
    writes('TargetFile'),
  ),
  multi_replace_file_content: either(
    tool(
      {
        TargetFile: string(),
        ReplacementChunks: array(object({ TargetContent: optional(string()), ReplacementContent: string() })),
      },
      ({ TargetFile, ReplacementChunks }) =>
        severally(
          ReplacementChunks.map(it => replacing(TargetFile, it.TargetContent ?? '', it.ReplacementContent)),
        ),
    ),
    writes('TargetFile'),
  ),
  grep_search: searches('Query', 'SearchPath'),
  codebase_search: searches('Query', 'SearchPath'),
  find_by_name: lists('SearchDirectory'),
  list_dir: lists('DirectoryPath'),
  read_url_content: fetches('Url'),
  ...Object.fromEntries(
    [
      ...[
        'search_web',
        'command_status',
        'task_boundary',
        'notify_user',
        'generate_image',
        'browser_subagent',
      ],
      ...['view_content_chunk', 'read_terminal', 'list_resources'],
    ].map(name => [name, harmless(`uses its own tool ${name}`)]),
  ),
};
