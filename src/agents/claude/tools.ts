import { array, boolean, object, optional, string } from 'valibot';
import { harmless, tool, type Tool } from '../../core/tool.ts';

/** Claude Code's tools and their inputs: as declared by 2.1.330 and seen in its hook payloads (November 2026). */
export const tools: Readonly<Record<string, Tool>> = {
  Bash: tool({ command: string() }, ({ command }) => ({ kind: 'shell', line: command, dialect: 'posix' })),
  PowerShell: tool({ command: string() }, ({ command }) => ({
    kind: 'shell',
    line: command,
    dialect: 'powershell',
  })),
  // Runs a shell line, or listens to a web socket and runs nothing.
  Monitor: tool({ command: optional(string()) }, ({ command }) =>
    command === undefined
      ? { kind: 'harmless', what: 'listens to a web socket' }
      : { kind: 'shell', line: command, dialect: 'posix' },
  ),
  Read: tool({ file_path: string() }, ({ file_path }) => ({ kind: 'file', access: 'read', path: file_path })),
  Write: tool({ file_path: string(), content: string() }, ({ file_path, content }) => ({
    kind: 'file',
    access: 'write',
    path: file_path,
    text: content,
  })),
  // What is replaced counts as well as what replaces it: both are about what the edit changes.
  Edit: tool(
    { file_path: string(), old_string: string(), new_string: string() },
    ({ file_path, old_string, new_string }) => ({
      kind: 'file',
      access: 'write',
      path: file_path,
      text: `${old_string}\n${new_string}`,
    }),
  ),
  MultiEdit: tool(
    { file_path: string(), edits: array(object({ old_string: string(), new_string: string() })) },
    ({ file_path, edits }) => ({
      kind: 'file',
      access: 'write',
      path: file_path,
      text: edits.map(edit => `${edit.old_string}\n${edit.new_string}`).join('\n'),
    }),
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
      ignored: glob !== undefined,
      ...(glob !== undefined && { include: glob }),
    }),
  ),
  Glob: tool({ pattern: string(), path: optional(string()) }, ({ path }) => ({
    kind: 'file',
    access: 'list',
    path: path ?? '.',
  })),
  LS: tool({ path: string() }, ({ path }) => ({ kind: 'file', access: 'list', path })),
  WebFetch: tool({ url: string() }, ({ url }) => ({ kind: 'web', url, method: 'GET' })),
  WebSearch: harmless('searches the web'),
  EnterWorktree: harmless('makes a worktree'),
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
      ...['Agent', 'Task', 'Workflow', 'Skill', 'SlashCommand', 'SendMessage', 'ListAgents'],
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
