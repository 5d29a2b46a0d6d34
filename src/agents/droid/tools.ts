import { string } from 'valibot';
import { patchActions } from '../../core/patch.ts';
import { serverBefore } from '../../core/pathRead.ts';
import { fetches, lists, reads, replaces, runs, searches, writes } from '../../core/plainTool.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';

/** Droid's tools and their inputs: as declared by 0.215.0 and 0.225.2 and seen in hook payloads (November 2026). */
export const tools: Readonly<Record<string, Tool>> = {
  // By `bash -c`, in the folder of the session.
  Execute: runs('command'),
  Read: reads('file_path'),
  Create: writes('file_path', 'content'),
  Edit: replaces('file_path', 'old_str', 'new_str'),
  // For models that patch: read in the package, and not seen.
  ApplyPatch: tool({ input: string() }, ({ input }) => patchActions(input)),
  Grep: searches('pattern', 'path', 'glob_pattern'),
  Glob: lists('folder'),
  LS: lists('directory_path'),
  FetchUrl: fetches('url'),
  ...Object.fromEntries(
    [
      ...['Task', 'TaskOutput', 'TaskStop', 'Loop', 'Skill', 'ToolSearch', 'WebSearch', 'TodoWrite'],
      ...['AskUser', 'ExitSpecMode'],
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};

/** `server___tool`, as seen; a connected app has two underscores, as read in 0.225.2. */
export function server(name: string): readonly [string, string] | undefined {
  return serverBefore('___')(name) ?? serverBefore('__')(name);
}
