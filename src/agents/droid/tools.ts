import { string } from 'valibot';
import { patchActions } from '../../core/patch.ts';
import { either, fetches, lists, reads, replaces, runs, searches, writes } from '../../core/plainTool.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';

/**
 * Tools by the strings of 0.225.2 (November 2026). Fields other than `command` and `file_path` are those of the tools of
 * Claude Code that they are modelled on, and not confirmed.
 */
export const tools: Readonly<Record<string, Tool>> = {
  Execute: runs('command'),
  Bash: runs('command'),
  Read: reads('file_path'),
  Create: writes('file_path', 'content'),
  Write: writes('file_path', 'content'),
  Edit: either(
    replaces('file_path', 'old_str', 'new_str'),
    replaces('file_path', 'old_string', 'new_string'),
    writes('file_path'),
  ),
  MultiEdit: writes('file_path'),
  ApplyPatch: either(
    tool({ input: string() }, ({ input }) => patchActions(input)),
    tool({ patch: string() }, ({ patch }) => patchActions(patch)),
  ),
  Grep: either(searches('pattern', 'path', 'glob_pattern'), searches('query', 'path')),
  Glob: lists('folder'),
  LS: lists('directory_path'),
  FetchUrl: fetches('url'),
  WebFetch: fetches('url'),
  ...Object.fromEntries(
    ['Task', 'WebSearch', 'TodoWrite', 'ExitSpecMode', 'AskUser', 'Skill'].map(name => [
      name,
      harmless(`uses its own tool ${name}, whose calls are seen by themselves`),
    ]),
  ),
};
