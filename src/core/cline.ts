import { array, looseObject, nullish, object, optional, safeParse, string, union, unknown } from 'valibot';
import type { Agent, Hook, Launch } from './agent.ts';
import { json, onlyNo, unreadablePayload } from './hookDialect.ts';
import { failed, hookCommand } from './launch.ts';
import type { Action, Reply } from './model.ts';
import { patchActions } from './patch.ts';
import { folderAt, serverBefore } from './pathRead.ts';
import { decoded, fetches, lists, parsed, runs, searches, writes } from './plainTool.ts';
import { actionOf, harmless, tool, type Tool } from './tool.ts';
import { fetching, reading, replacing, searching, severally, shellIn, writing } from './toolActions.ts';
import { usualTrials } from './trials.ts';

/*
 * Cline, the editor extension and the CLI: each has a folder of hooks, and waits a time of its own, which nothing sets. The
 * CLI runs those of both folders (observed with 3.0.65, November 2026).
 */

/** What both have. `file` is where its hook goes, and it waits `timeout` seconds for it. */
export function clineAgent({
  id,
  name,
  file,
  timeout,
}: Pick<Agent, 'id' | 'name' | 'timeout'> & { readonly file: string }): Pick<
  Agent,
  'id' | 'name' | 'hooks' | 'timeout' | 'wiring' | 'trials'
> {
  // Ours ends before.
  const seconds = timeout - Math.ceil(timeout / 24);
  return {
    id,
    name,
    hooks: {
      PreToolUse: {
        read: reader({ id, name }),
        ...onlyNo(cancelled),
      },
    },
    timeout,
    wiring: [{ file, text: launch => `#!/bin/sh\n${script(launch, id, seconds)}`, executable: true }],
    trials: (launch, cwd) =>
      // As both hand it over: the editor's hook leaves to the CLI's own what only the CLI writes.
      usualTrials(script(launch, id, seconds), line => ({
        taskId: 'doctor',
        workspaceRoots: [cwd],
        hookName: 'PreToolUse',
        preToolUse: { toolName: 'run_commands', parameters: { commands: JSON.stringify([line]) } },
      })),
  };
}

/** Whether the CLI wrote a payload. */
export function isFromClineCli(said: unknown): boolean {
  return typeof said === 'object' && said !== null && 'tool_call' in said;
}

/**
 * Cline takes nothing but one JSON for a no, whatever the exit status, and everything else for a yes (observed with the CLI
 * 3.0.65, November 2026). So whatever goes wrong, this prints it.
 */
function script(launch: Launch, id: string, seconds: number): string {
  const no = JSON.stringify({ cancel: true, errorMessage: failed });
  return `# Chaperone is asked about every tool call. It wrote this file, and takes it away again: guard uninstall ${id}
said=$(${hookCommand(launch, id, 'PreToolUse', seconds)}) || said=failed
case "$said" in
  '' | '{"cancel":true,'*) printf '%s' "$said" ;;
  *) printf '%s' '${no}' ;;
esac
`;
}

function cancelled(reason: string): Reply {
  return json({ cancel: true, errorMessage: reason });
}

/**
 * The CLI says what is called in `tool_call`, and both do in `preToolUse`, where what is no text is a
 * text of JSON (observed with the CLI 3.0.65; the extension from its repository, August 2026).
 */
const payload = looseObject({
  taskId: optional(string()),
  workspaceRoots: optional(array(string())),
  parent_agent_id: nullish(string()),
  tool_call: optional(looseObject({ name: string(), input: optional(unknown()) })),
  preToolUse: optional(
    looseObject({
      toolName: optional(string()),
      tool: optional(string()),
      parameters: optional(unknown()),
    }),
  ),
});

function reader({ id, name }: Pick<Agent, 'id' | 'name'>): Hook['read'] {
  return (from, machine) => {
    const parsed = safeParse(payload, from);
    if (!parsed.success) return unreadablePayload(id, name);
    const { taskId = 'unknown', workspaceRoots = [], parent_agent_id, tool_call, preToolUse } = parsed.output;
    const called = tool_call?.name ?? preToolUse?.toolName ?? preToolUse?.tool;
    if (called === undefined) return unreadablePayload(id, name);
    const input = tool_call ? tool_call.input : inputOf(preToolUse?.parameters);
    return {
      subject: {
        agent: id,
        name,
        session: taskId,
        cwd: folderAt(workspaceRoots, ['0'], machine),
        ...(typeof parent_agent_id === 'string' && { subagent: 'subagent' }),
      },
      action: actionOf(called, input, tools, server, machine),
    };
  };
}

const server = serverBefore('__');

/** Fields that the editor's hook is handed as a text of JSON. */
const encoded = ['commands', 'files', 'queries', 'requests', 'paths', 'arguments'];

/** The input as its tool takes it, whichever of the two hands it over. */
function inputOf(parameters: unknown): unknown {
  return decoded(parameters, encoded);
}

const texts = union([string(), array(string())]);

/**
 * Tools of the CLI and of the newer build of the extension as declared by 3.0.65 and seen in its hook; below them those of
 * the older build (its repository as of August 2026).
 */
const tools: Readonly<Record<string, Tool>> = {
  run_commands: tool({ commands: texts }, ({ commands }, machine) =>
    severally([commands].flat().map(line => shellIn(line, undefined, machine))),
  ),
  read_files: tool({ files: array(union([string(), object({ path: string() })])) }, ({ files }) =>
    severally(files.map(file => reading(typeof file === 'string' ? file : file.path))),
  ),
  editor: tool(
    { path: string(), old_text: optional(unknown()), new_text: string() },
    ({ path, old_text, new_text }) =>
      typeof old_text === 'string' ? replacing(path, old_text, new_text) : writing(path, new_text),
  ),
  search_codebase: tool({ queries: texts }, ({ queries }) =>
    severally([queries].flat().map(query => searching(query))),
  ),
  fetch_web_content: tool({ requests: array(object({ url: string() })) }, ({ requests }) =>
    severally(requests.map(({ url }) => fetching(url))),
  ),
  apply_patch: tool({ input: string() }, ({ input }) => patchActions(input)),

  execute_command: runs('command'),
  read_file: tool({ path: string() }, ({ path }) => reading(path)),
  write_to_file: writes('path', 'content'),
  new_rule: writes('path', 'content'),
  replace_in_file: tool({ path: string(), diff: string() }, ({ path, diff }) => writing(path, diff)),
  search_files: searches('regex', 'path', 'file_pattern'),
  list_files: lists('path'),
  list_code_definition_names: lists('path'),
  web_fetch: fetches('url'),
  browser_action: tool({ action: string(), url: optional(string()) }, ({ action, url }) =>
    url === undefined || url === ''
      ? { kind: 'harmless', what: `uses its browser: ${action}` }
      : fetching(url),
  ),
  use_mcp_tool: tool(
    { server_name: string(), tool_name: string(), arguments: optional(unknown()) },
    ({ server_name, tool_name, arguments: input }): Action => ({
      kind: 'tool',
      server: server_name,
      name: tool_name,
      input: typeof input === 'string' ? parsed(input) : input,
    }),
  ),
  access_mcp_resource: tool({ server_name: string(), uri: string() }, ({ server_name, uri }) => ({
    kind: 'tool',
    server: server_name,
    name: 'read_resource',
    input: { uri },
  })),
  // May show its result by a command.
  attempt_completion: tool({ command: optional(string()) }, ({ command }, machine) =>
    command === undefined || command === ''
      ? { kind: 'harmless', what: 'says that it is done' }
      : shellIn(command, undefined, machine),
  ),
  ...Object.fromEntries(
    [
      ...['ask_question', 'ask_followup_question', 'plan_mode_respond', 'act_mode_respond', 'new_task'],
      ...['condense', 'summarize_task', 'report_bug', 'focus_chain', 'load_mcp_documentation'],
      ...['use_skill', 'skills', 'use_subagents', 'spawn_agent', 'web_search', 'submit_and_exit'],
      ...[
        ...['team_spawn_teammate', 'team_shutdown_teammate', 'team_status', 'team_task', 'team_run_task'],
        ...['team_cancel_run', 'team_list_runs', 'team_await_runs', 'team_send_message', 'team_broadcast'],
        ...['team_read_mailbox', 'team_mission_log', 'team_cleanup', 'team_create_outcome'],
        ...['team_attach_outcome_fragment', 'team_review_outcome_fragment', 'team_finalize_outcome'],
        'team_list_outcomes',
      ],
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};
