import type { Agent, Hook, Launch } from '../../core/agent.ts';
import { onlyNo, statusTwo, unreadablePayload } from '../../core/hookDialect.ts';
import { statusCommand } from '../../core/launch.ts';
import { folderAt, textAt, valueAt } from '../../core/pathRead.ts';
import { runs } from '../../core/plainTool.ts';
import { tool, type Tool } from '../../core/tool.ts';
import { array, object, optional, string, unknown } from 'valibot';
import { reading, replacing, severally, writing } from '../../core/toolActions.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['cascade', 'Windsurf Cascade'];
/** Nothing is said of how long it waits: as long as agents do that say it and wait little. */
const timeout = 60;

/** What each event says in `tool_info` (docs.windsurf.com/windsurf/cascade/hooks, read in November 2026). */
const told: Readonly<Record<string, Tool>> = {
  pre_run_command: runs('command_line'),
  pre_read_code: tool({ file_path: string() }, ({ file_path }) => reading(file_path)),
  pre_write_code: tool(
    {
      file_path: string(),
      edits: optional(array(object({ old_string: optional(string()), new_string: string() }))),
    },
    ({ file_path, edits = [] }) =>
      edits.length
        ? severally(edits.map(it => replacing(file_path, it.old_string ?? '', it.new_string)))
        : writing(file_path),
  ),
  pre_mcp_tool_use: tool(
    { mcp_server_name: string(), mcp_tool_name: string(), mcp_tool_arguments: optional(unknown()) },
    ({ mcp_server_name, mcp_tool_name, mcp_tool_arguments }) => ({
      kind: 'tool',
      server: mcp_server_name,
      name: mcp_tool_name,
      input: mcp_tool_arguments,
    }),
  ),
};

/**
 * Cascade, the agent of Windsurf before it became Devin Desktop in September 2026. By its documentation alone. It knows no no
 * but exit status 2.
 */
export const cascade: Agent = {
  id,
  name,
  hooks: Object.fromEntries(Object.entries(told).map(([event, read]) => [event, hook(read)])),
  timeout,
  traces: [{ file: '~/.codeium/windsurf' }, { program: 'windsurf' }],
  wiring: Object.keys(told).map(event => ({
    file: '~/.codeium/windsurf/hooks.json',
    at: ['hooks', event],
    entry: launch => ({
      [launch.platform === 'windows' ? 'powershell' : 'command']: command(launch, event),
      show_output: true,
    }),
  })),
  coverage: {
    sees: ['commands', 'reads', 'writes', 'MCP calls'],
    failing: 'refuses',
    gaps: [
      'its searches have no hook',
      'how long it waits for a hook, and what it does then, is not documented: a person has 45 s',
      'a hook that cannot start is a yes',
      'the plugin for JetBrains keeps its hooks in another file, which is not written',
      'newer versions have another agent, Devin',
    ],
    known: 'read',
    source: 'docs.windsurf.com/windsurf/cascade/hooks, November 2026; not run by us',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch, 'pre_run_command'), line => ({
      agent_action_name: 'pre_run_command',
      trajectory_id: 'doctor',
      tool_info: { command_line: line, cwd },
    })),
  off: [],
  switches: [
    '~/.codeium/windsurf/hooks.json',
    '~/.codeium/hooks.json',
    '**/.windsurf/hooks.json',
    '/etc/windsurf/**',
  ],
};

function hook(read: Tool): Hook {
  return {
    read: (payload, machine) => {
      const info = valueAt(payload, 'tool_info');
      if (info === undefined) return unreadablePayload(id, name);
      const session = textAt(payload, ['trajectory_id']) ?? 'unknown';
      return {
        subject: { agent: id, name, session, cwd: folderAt(info, ['cwd'], machine) },
        action: read(info, machine),
      };
    },
    ...onlyNo(statusTwo),
  };
}

function command(launch: Launch, event: string): string {
  return statusCommand(launch, id, event, timeout);
}
