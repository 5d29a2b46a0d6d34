import { array, boolean, object, optional, string } from 'valibot';
import type { Action, Narrower } from '../../core/model.ts';
import type { Machine } from '../../core/ports.ts';
import { harmless, narrowerBy, tool, type Tool } from '../../core/tool.ts';
import { pageActions } from './page.ts';
import { freshLines, pathOf } from '../../core/toolActions.ts';

/** Claude Code's tools and their inputs: as declared by 2.1.330 and seen in its hook payloads (November 2026). */
export const tools: Readonly<Record<string, Tool>> = {
  Bash: tool({ command: string() }, ({ command }) => ({ kind: 'shell', line: command, dialect: 'posix' })),
  PowerShell: tool({ command: string() }, ({ command }) => ({
    kind: 'shell',
    line: command,
    dialect: 'powershell',
  })),
  // Runs a shell line, or listens to a web socket and runs nothing.
  Monitor: tool(
    { command: optional(string()), ws: optional(object({ url: string() })) },
    ({ command, ws }) => {
      if (command !== undefined) return { kind: 'shell', line: command, dialect: 'posix' };
      return ws
        ? { kind: 'web', url: ws.url, method: 'GET' }
        : { kind: 'unreadable', why: 'a monitor of nothing that is known' };
    },
  ),
  Read: tool({ file_path: string() }, ({ file_path }) => ({ kind: 'file', access: 'read', path: file_path })),
  Write: tool({ file_path: string(), content: string() }, ({ file_path, content }) =>
    writes(file_path, content, content),
  ),
  // What is replaced counts as well as what replaces it: both are about what the edit changes.
  Edit: tool(
    { file_path: string(), old_string: string(), new_string: string() },
    ({ file_path, old_string, new_string }) =>
      writes(file_path, `${old_string}\n${new_string}`, new_string, freshLines(old_string, new_string)),
  ),
  MultiEdit: tool(
    { file_path: string(), edits: array(object({ old_string: string(), new_string: string() })) },
    ({ file_path, edits }) =>
      writes(
        file_path,
        edits.map(edit => `${edit.old_string}\n${edit.new_string}`).join('\n'),
        edits.map(edit => edit.new_string).join('\n'),
        edits.map(edit => freshLines(edit.old_string, edit.new_string)).join('\n'),
      ),
  ),
  NotebookEdit: tool({ notebook_path: string(), new_source: string() }, ({ notebook_path, new_source }) => ({
    kind: 'file',
    access: 'write',
    path: notebook_path,
    text: new_source,
  })),
  NotebookRead: tool({ notebook_path: string() }, ({ notebook_path }) => ({
    kind: 'file',
    access: 'read',
    path: notebook_path,
  })),
  Grep: tool(
    { pattern: string(), path: optional(string()), glob: optional(string()) },
    ({ pattern, path, glob }) => ({
      kind: 'search',
      query: pattern,
      regex: true,
      path: path ?? '.',
      // A glob that names a hidden file reaches it although git ignores it (observed).
      ignored: glob !== undefined && !glob.startsWith('!'),
      ...(glob !== undefined && { include: glob }),
    }),
  ),
  Glob: tool({ pattern: string(), path: optional(string()) }, ({ path }) => ({
    kind: 'file',
    access: 'list',
    path: path ?? '.',
  })),
  LS: tool({ path: string() }, ({ path }) => ({ kind: 'file', access: 'list', path })),
  WebFetch: tool({ url: string() }, ({ url }) =>
    /^file:/i.test(url)
      ? { kind: 'file', access: 'read', path: pathOf(url) }
      : { kind: 'web', url, method: 'GET' },
  ),
  WebSearch: harmless('searches the web'),
  // Its script can only start subagents, whose own calls are seen; a script from a file is read.
  Workflow: tool({ scriptPath: optional(string()) }, ({ scriptPath }) =>
    scriptPath === undefined
      ? { kind: 'harmless', what: 'starts subagents by a script' }
      : { kind: 'file', access: 'read', path: scriptPath },
  ),
  EnterWorktree: tool({ name: optional(string()), path: optional(string()) }, () => ({
    kind: 'harmless',
    what: 'goes into a worktree of this repository',
  })),
  ExitWorktree: tool(
    { action: optional(string()), discard_changes: optional(boolean()) },
    ({ action, discard_changes }) =>
      discard_changes || action === 'remove'
        ? { kind: 'shell', line: 'git worktree remove --force', dialect: 'posix' }
        : { kind: 'harmless', what: 'leaves a worktree' },
  ),
  ReadMcpResourceTool: tool({ server: string(), uri: string() }, ({ server, uri }) => ({
    kind: 'tool',
    server,
    name: 'read_resource',
    input: { uri },
  })),
  ListMcpResourcesTool: harmless('lists the resources of MCP servers'),
  ...Object.fromEntries(
    [
      ...['Agent', 'Task', 'Skill', 'SlashCommand', 'SendMessage', 'ListAgents'],
      ...[
        'TaskCreate',
        'TaskGet',
        'TaskList',
        'TaskStop',
        'TaskUpdate',
        'TaskOutput',
        'TodoWrite',
        'TodoRead',
        'BashOutput',
        'KillShell',
        'KillBash',
      ],
      ...[
        'CronCreate',
        'CronDelete',
        'CronList',
        'ScheduleWakeup',
        'ReportFindings',
        'StructuredOutput',
        'ToolSearch',
        'LSP',
      ],
      ...['AskUserQuestion', 'EnterPlanMode', 'ExitPlanMode', 'PushNotification'],
    ].map(name => [name, harmless(`uses its own tool ${name}, whose calls are seen by themselves`)]),
  ),
};

/**
 * A page of instructions is written with all that it will make Claude Code do; `after` is what stands there then, `fresh`
 * what of it was not there before.
 */
function writes(path: string, text: string, after: string, fresh = after): Action {
  const write: Action = { kind: 'file', access: 'write', path, text, ...(fresh !== text && { fresh }) };
  const led = pageActions(path, after);
  return led.length ? { kind: 'several', actions: [write, ...led] } : write;
}

/** A search of everything, without the names that hidden files have most: `Grep` hands its glob to ripgrep. */
export function narrower(name: string, input: unknown, machine: Machine): Narrower | undefined {
  const all = name === 'Grep' && typeof input === 'object' && input !== null && !('glob' in input);
  return all ? narrowerBy(name, input, { glob: usuallyHidden }, tools, machine) : undefined;
}

const usuallyHidden =
  '!{.env,.env.*,*.env,.envrc,.dev.vars,*.pem,*.key,id_*,*.p12,*.pfx,*.tfvars,*.tfstate,*.tfstate.*,.npmrc,.netrc,.pgpass,.htpasswd,secrets.*,credentials.json}';
