import type { Host } from '../../core/agent.ts';
import { textAt } from '../../core/pathRead.ts';

/**
 * Who else runs Claude Code's hook files, and tells them in words of its own. A mark alone says nothing where the payload
 * is plainly Claude Code's, which may have been started by one of these.
 */
export function hosts(): readonly Host[] {
  return [
    // Third-party hooks of Cursor (cursor.com/docs/hooks, October 2026; not run).
    told('cursor', (payload, marks) => has(payload, 'cursor_version') || marks.includes('CURSOR_VERSION')),
    // Devin reads them unless `read_config_from` says otherwise (docs.devin.ai in excerpts, September 2026; not run).
    told('devin', (_, marks) => marks.includes('DEVIN_PROJECT_DIR')),
    // Grok Build runs the person's after its own (observed with 1.0.41, November 2026).
    told(
      'grok',
      (payload, marks) => has(payload, 'hookEventName', 'toolName') || marks.includes('GROK_HOOK_EVENT'),
    ),
    // Copilot runs a repository's hooks of this form, and tells them no transcript (observed with 1.0.102, November 2026).
    told(
      'copilot',
      (payload, marks) => marks.includes('COPILOT_CLI') && isWithout(payload, 'transcript_path'),
    ),
    // VS Code with `chat.useClaudeHooks`: the ids of its calls, and names of tools as only it has them (1.139, November 2026).
    told('vscode', payload => {
      const [call = '', tool = ''] = [textAt(payload, ['tool_use_id']), textAt(payload, ['tool_name'])];
      return call.includes('__vscode') || only.has(tool) || /^(?:vscode|copilot)_/.test(tool);
    }),
  ];
}

const only: ReadonlySet<string> = new Set([
  ...[
    'run_in_terminal',
    'send_to_terminal',
    'create_and_run_task',
    'run_notebook_cell',
    'run_vscode_command',
  ],
  ...[
    'replace_string_in_file',
    'multi_replace_string_in_file',
    'insert_edit_into_file',
    'edit_notebook_file',
  ],
  ...['fetch_webpage', 'runSubagent', 'manage_todo_list', 'install_extension', 'get_errors', 'file_search'],
]);

function told(agent: string, is: Host['is']): Host {
  return { agent, is: (payload, marks) => !isOwn(payload) && is(payload, marks) };
}

function isOwn(payload: unknown): boolean {
  return /[\\/]\.claude[\\/]/.test(textAt(payload, ['transcript_path']) ?? '');
}

function isWithout(payload: unknown, name: string): boolean {
  return typeof payload === 'object' && payload !== null && !(name in payload);
}

function has(payload: unknown, ...names: readonly string[]): boolean {
  return names.every(name => textAt(payload, [name]) !== undefined);
}
