import { looseObject, optional, safeParse, string, unknown } from 'valibot';
import type { Agent, Hook, Launch } from '../../core/agent.ts';
import { forAgent } from '../../core/explain.ts';
import { json, silence, unreadablePayload } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Reply, Ruling } from '../../core/model.ts';
import { actionOf } from '../../core/tool.ts';
import { tools } from './tools.ts';
import { usualTrials } from '../../core/trials.ts';

/** Copilot CLI, and the sessions of VS Code's agent host, which run it. */
export const copilot: Agent = {
  id: 'copilot',
  name: 'Copilot CLI',
  hooks: {
    // How the key is spelled picks the dialect: with a small letter, tools have their own names.
    preToolUse: { read, reply, refuse: denial },
  },
  timeout: 600,
  traces: [{ program: 'copilot' }, { file: '~/.copilot/config.json' }],
  wiring: [
    {
      file: '~/.copilot/hooks/chaperone.json',
      at: ['hooks', 'preToolUse'],
      start: { version: 1 },
      entry: launch => ({
        type: 'command',
        [launch.platform === 'windows' ? 'powershell' : 'bash']: command(launch),
        timeoutSec: copilot.timeout,
      }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'pages of instructions, `AGENTS.md` and `CLAUDE.md`, show what they import before any hook',
      '`disableAllHooks` in a repository that was there before the session switches the hook off',
      'another `COPILOT_HOME` has hooks of its own',
      'sessions of the agent host in VS Code were not tried',
    ],
    known: 'run',
    source: '1.0.102, November 2026',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch), line => ({
      sessionId: 'doctor',
      timestamp: 0,
      cwd,
      toolName: 'bash',
      toolArgs: { command: line, description: 'trial' },
    })),
  // VS Code's own agent runs this folder's hooks too, in its own dialect (code.visualstudio.com, hooks, October 2026; not tried).
  hosts: [
    {
      agent: 'vscode',
      is: (said, marks) => {
        const isTold = typeof said === 'object' && said !== null;
        return !marks.includes('COPILOT_CLI') && isTold && 'hook_event_name' in said && !('toolName' in said);
      },
    },
  ],
  // Not in the files of hooks themselves (observed with 1.0.102, November 2026).
  off: [
    '~/.copilot/settings.json',
    '~/.copilot/config.json',
    './.github/copilot/settings.json',
    './.github/copilot/settings.local.json',
  ].map(file => ({ file, key: 'disableAllHooks', value: true })),
  switches: [
    '~/.copilot/hooks/**',
    '~/.copilot/settings.json',
    '~/.copilot/config.json',
    '**/.github/hooks/**',
    '**/.github/copilot/settings.json',
    '**/.github/copilot/settings.local.json',
    '/etc/github-copilot/**',
  ],
};

/** What Copilot writes to a hook (observed with 1.0.102, November 2026). `toolArgs` was a text that holds JSON in 1.0.71. */
const payload = looseObject({
  sessionId: string(),
  cwd: string(),
  toolName: string(),
  toolArgs: optional(unknown()),
  agentType: optional(string()),
});

function read(from: unknown, machine: Parameters<Hook['read']>[1]): ReturnType<Hook['read']> {
  const parsed = safeParse(payload, from);
  if (!parsed.success) return unreadablePayload(copilot.id, copilot.name);
  const { sessionId, cwd, toolName, toolArgs, agentType } = parsed.output;
  const { id, name } = copilot;
  return {
    subject: { agent: id, name, session: sessionId, cwd, ...(agentType && { subagent: agentType }) },
    action: actionOf(toolName, inputOf(toolArgs), tools, serverTool, machine),
  };
}

/** A patch is a text that is no JSON. */
function inputOf(args: unknown): unknown {
  if (typeof args !== 'string') return args;
  try {
    return JSON.parse(args) as unknown;
  } catch {
    return args;
  }
}

/**
 * `server-tool`. Both may hold a hyphen: cut at the first, all words of the tool stay among its own (which part is which
 * was seen for names without one only).
 */
function serverTool(name: string): readonly [string, string] | undefined {
  const cut = name.indexOf('-');
  return cut > 0 && cut + 1 < name.length ? [name.slice(0, cut), name.slice(cut + 1)] : undefined;
}

/** Only a person's yes is worded as one: it skips Copilot's own question. */
function reply(ruling: Ruling): Reply {
  if (ruling.outcome === 'refused') return denial(forAgent(ruling));
  return ruling.by === 'person' || ruling.by === 'grant'
    ? decided('allow', 'A person said yes in Chaperone.')
    : silence;
}

function denial(reason: string): Reply {
  return decided('deny', reason);
}

function decided(permissionDecision: 'allow' | 'deny', permissionDecisionReason: string): Reply {
  return json({ permissionDecision, permissionDecisionReason });
}

function command(launch: Launch): string {
  return hookCommand(launch, copilot.id, 'preToolUse', copilot.timeout - 10);
}
