import { optional, string } from 'valibot';
import type { Action } from '../../core/model.ts';
import { patchActions } from '../../core/patch.ts';
import type { Machine } from '../../core/ports.ts';
import { harmless, tool, type Tool } from '../../core/tool.ts';
import { listing, reading, searching, severally, shell, typed } from '../../core/toolActions.ts';

/**
 * Codex's tools by the names that its hooks are told, and their inputs: observed with 0.169.0, or as it declares them to
 * its models; what its repository has beside (November 2026) was not seen.
 */
export const tools: Readonly<Record<string, Tool>> = {
  // `exec_command`, `shell` and their like, with nothing of their input but the command: neither `shell` nor `tty`.
  Bash: tool({ command: string() }, ({ command }, machine) => runs(command, machine)),
  apply_patch: tool({ command: optional(string()), input: optional(string()) }, ({ command, input }) =>
    patchActions(command ?? input ?? ''),
  ),
  // No hook is told of it by 0.169.0; one that is would be told what is typed.
  write_stdin: tool({ chars: optional(string()) }, ({ chars }, machine) =>
    chars ? typed(chars, machine) : { kind: 'harmless', what: 'waits for what a program prints' },
  ),
  view_image: tool({ path: string() }, ({ path }) => reading(path)),
  read_mcp_resource: tool({ server: string(), uri: string() }, ({ server, uri }) => ({
    kind: 'tool',
    server,
    name: 'read_resource',
    input: { uri },
  })),
  js_repl: tool({ code: string() }, ({ code }) => ({ kind: 'code', language: 'javascript', text: code })),
  read_file: tool({ file_path: string() }, ({ file_path }) => reading(file_path)),
  list_dir: tool({ dir_path: string() }, ({ dir_path }) => listing(dir_path)),
  grep_files: tool(
    { pattern: string(), path: optional(string()), include: optional(string()) },
    ({ pattern, path, include }) => searching(pattern, { path, include }),
  ),
  spawn_agents_on_csv: tool({ csv_path: string() }, ({ csv_path }) => reading(csv_path)),
  ...Object.fromEntries(
    [
      ...['list_mcp_resources', 'list_mcp_resource_templates', 'tool_search', 'web_search', 'update_plan'],
      ...['get_goal', 'create_goal', 'update_goal', 'report_agent_job_result', 'image_generation'],
      ...['request_permissions', 'get_context_remaining', 'new_context'],
      // Its script can only call the other tools, each of which is seen by itself (observed with `gpt-6.1-sol`).
      ...inNamespace('functions', ['exec', 'wait', 'request_user_input', 'request_user_input_async']),
      ...inNamespace('clock', ['sleep']),
      ...inNamespace('collaboration', [
        ...['followup_task', 'interrupt_agent', 'list_agents', 'send_message', 'spawn_agent', 'wait_agent'],
      ]),
      ...inNamespace('multi_agent_v1', [
        ...['close_agent', 'resume_agent', 'send_input', 'spawn_agent', 'wait_agent'],
      ]),
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};

/** What it starts may have a terminal, which `write_stdin` types into without a hook (observed with 0.169.0, November 2026). */
function runs(line: string, machine: Machine): Action {
  const run: Action = { ...shell(line, machine), open: true };
  // Codex takes `apply_patch` in a line for its own tool.
  return /\*\*\* Begin Patch/.test(line) && /\bapply_?patch\b/.test(line)
    ? severally([run, patchActions(line)])
    : run;
}

/** Hooks are told some tools by their name, and others with their namespace before it; the source joins them without a mark. */
function inNamespace(namespace: string, names: readonly string[]): readonly string[] {
  return names.flatMap(name => [name, ...['', '.', '__'].map(mark => `${namespace}${mark}${name}`)]);
}
