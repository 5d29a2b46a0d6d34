import { array, looseObject, nullish, optional, safeParse, string, unknown } from 'valibot';
import type { Agent, Hook, Launch } from '../../core/agent.ts';
import { forAgent } from '../../core/explain.ts';
import { json, silence, unreadablePayload } from '../../core/hookDialect.ts';
import { failed, hookCommand } from '../../core/launch.ts';
import type { Reply } from '../../core/model.ts';
import { folderAt, serverBefore, usualTrials } from '../../core/pathRead.ts';
import { actionOf } from '../../core/tool.ts';
import { inputOf, tools } from './tools.ts';

/** Cline, the editor extension and the CLI. Each has a folder of hooks, and waits a time of its own, which nothing sets. */
export const cline: Agent = {
  id: 'cline',
  name: 'Cline',
  hooks: {
    PreToolUse: {
      read,
      reply: ruling => (ruling.outcome === 'refused' ? cancelled(forAgent(ruling)) : silence),
      refuse: cancelled,
    },
  },
  timeout: 30,
  traces: [{ program: 'cline' }, { file: '~/.cline' }, { file: '~/Documents/Cline' }],
  wiring: [
    {
      file: '~/Documents/Cline/Hooks/PreToolUse',
      text: launch => `#!/bin/sh\n${script(launch, 28)}`,
      executable: true,
    },
    {
      file: '~/.cline/hooks/PreToolUse',
      text: launch => `#!/bin/sh\n${script(launch, 115)}`,
      executable: true,
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'a hook that is gone, or that takes more than 30 s in the editor and 120 s in the CLI, is a yes: a person has about 20 s',
      'the CLI ends its whole run at a no, and tells the model no reason',
      '`@` mentions are read without a hook',
      'the `.env` of the workspace is in the environment of its commands and hooks, without being read',
      'the hooks of its editor extension can be switched off in its own settings',
      'hooks in the editor are from its documentation, and on Windows they are not confirmed to run',
    ],
    known: 'run',
    source: 'CLI 3.0.65, November 2026; the extension 4.1.13 from its repository, August 2026',
  },
  trials: (launch, cwd) =>
    usualTrials(script(launch, 28), line => ({
      taskId: 'doctor',
      workspaceRoots: [cwd],
      hookName: 'tool_call',
      tool_call: { id: 'doctor', name: 'run_commands', input: { commands: [line] } },
    })),
  off: [],
  switches: [
    '~/Documents/Cline/Hooks/**',
    '~/.cline/hooks/**',
    '~/.cline/data/settings/**',
    '**/.clinerules/hooks/**',
  ],
};

/**
 * Cline takes nothing but one JSON for a no, whatever the exit status, and everything else for a yes (observed with the CLI
 * 3.0.65, November 2026). So whatever goes wrong, this prints it.
 */
function script(launch: Launch, seconds: number): string {
  const no = JSON.stringify({ cancel: true, errorMessage: failed });
  return `# Chaperone is asked about every tool call. It wrote this file, and takes it away again: guard uninstall cline
said=$(${hookCommand(launch, 'cline', 'PreToolUse', seconds)}) || said=failed
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
 * Two programs write it: the CLI says what is called in `tool_call`, and both in `preToolUse`, where what is no text is a
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

function read(from: unknown, machine: Parameters<Hook['read']>[1]): ReturnType<Hook['read']> {
  const parsed = safeParse(payload, from);
  if (!parsed.success) return unreadablePayload(cline.id, cline.name);
  const { taskId = 'unknown', workspaceRoots = [], parent_agent_id, tool_call, preToolUse } = parsed.output;
  const name = tool_call?.name ?? preToolUse?.toolName ?? preToolUse?.tool;
  if (name === undefined) return unreadablePayload(cline.id, cline.name);
  const input = tool_call ? tool_call.input : inputOf(preToolUse?.parameters);
  return {
    subject: {
      agent: cline.id,
      name: cline.name,
      session: taskId,
      cwd: folderAt(workspaceRoots, ['0'], machine),
      ...(typeof parent_agent_id === 'string' && { subagent: 'subagent' }),
    },
    action: actionOf(name, input, tools, server, machine),
  };
}

const server = serverBefore('__');
