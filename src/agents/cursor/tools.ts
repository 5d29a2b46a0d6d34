import { deletes, either, fetches, lists, reads, replaces, searches, writes } from '../../core/plainTool.ts';
import { harmless, type Tool } from '../../core/tool.ts';

/**
 * Tools as `preToolUse` names them (cursor.com/docs/hooks, October 2026: Shell, Read, Write, Grep, Delete, Task and `MCP:`);
 * the others, and the names of fields, are known from others and not confirmed.
 */
export const tools: Readonly<Record<string, Tool>> = {
  Write: either(writes('file_path', 'content', 'contents'), writes('path', 'contents', 'content')),
  StrReplace: either(
    replaces('file_path', 'old_string', 'new_string'),
    replaces('path', 'old_string', 'new_string'),
  ),
  EditNotebook: either(
    writes('target_notebook', 'new_string'),
    writes('file_path', 'new_string'),
    writes('path', 'new_string'),
  ),
  Delete: either(deletes('file_path'), deletes('path')),
  Grep: searches('pattern', 'path', 'glob'),
  SemanticSearch: searches('query', 'target_directory'),
  Glob: lists('target_directory'),
  LS: lists('path'),
  WebFetch: fetches('url'),
  ReadLints: either(reads('path'), harmless('looks at what linters say')),
  ...Object.fromEntries(
    [
      'Task',
      'TodoWrite',
      'AskQuestion',
      'SwitchMode',
      'CreatePlan',
      'WebSearch',
      'GenerateImage',
      'Await',
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};

/** Told again by a hook of its own, which is asked: `beforeShellExecution`, `beforeReadFile`, `beforeMCPExecution`. */
export function isToldAgain(name: string): boolean {
  return name === 'Shell' || name === 'Read' || name.startsWith('MCP:');
}
