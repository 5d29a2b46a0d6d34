import { looseObject, object, optional, safeParse, string, unknown } from 'valibot';
import type { Hook } from './agent.ts';
import { forAgent } from './explain.ts';
import type { Attempt, Narrower, Reply, Ruling } from './model.ts';
import type { Machine } from './ports.ts';
import { actionOf, type Tool } from './tool.ts';

/*
 * The dialect of hooks that Claude Code began and others took over: JSON on standard output, exit 0
 * (code.claude.com/docs/en/hooks; observed with Claude Code 2.1.330 and VS Code 1.139, November 2026).
 */

/** What an agent of this dialect adds to it. */
export interface Spoken {
  readonly tools: Readonly<Record<string, Tool>>;
  /** The server and the tool of a name that is not in the table; `undefined` where it is of no server. */
  readonly server: (name: string, known?: string) => readonly [server: string, tool: string] | undefined;
  readonly narrower?: (name: string, input: unknown, machine: Machine) => Narrower | undefined;
}

/** Reads what a hook is told about a tool. `session_id` and `cwd` are always there; what lacks them cannot be read. */
export function readToolCall(
  { id, name }: { readonly id: string; readonly name: string },
  { tools, server, narrower }: Spoken,
): Hook['read'] {
  return (from, machine): Attempt => {
    const parsed = safeParse(toolCall, from);
    if (!parsed.success) return unreadablePayload(id, name);
    const { session_id, cwd, tool_name, tool_input, agent_type, mcp_server, mcp_context } = parsed.output;
    const known = mcp_server?.name ?? mcp_context?.server_name;
    const less = narrower?.(tool_name, tool_input, machine);
    return {
      subject: { agent: id, name, session: session_id, cwd, ...(agent_type && { subagent: agent_type }) },
      action: actionOf(tool_name, tool_input, tools, it => server(it, known), machine),
      ...(less && { narrower: less }),
    };
  };
}

const toolCall = looseObject({
  session_id: string(),
  cwd: string(),
  tool_name: string(),
  tool_input: optional(unknown()),
  agent_type: optional(string()),
  mcp_server: optional(object({ name: string() })),
  mcp_context: optional(object({ server_name: string() })),
});

/** `mcp__server__tool`. A server's own name may hold underscores, so the payload's word for it comes first. */
export function serverTool(name: string, known?: string): readonly [string, string] | undefined {
  const end = name.startsWith('mcp__') ? name.indexOf('__', 6) : -1;
  return end > 0 && end + 2 < name.length ? [known ?? name.slice(5, end), name.slice(end + 2)] : undefined;
}

/** What came of a payload that nobody can read. */
export function unreadablePayload(id: string, name: string): Attempt {
  return {
    subject: { agent: id, name, session: 'unknown', cwd: '/' },
    action: { kind: 'unreadable', why: 'a hook payload that is not as it was' },
  };
}

/** A no that is an exit status and a reason: what nearly every agent takes for one, if the reason is not empty. */
export function statusTwo(reason: string): Reply {
  return { stdout: '', stderr: `${reason}\n`, exit: 2 };
}

/** No objection: nothing at all. An `allow` would skip the agent's own prompts. */
export const silence: Reply = { stdout: '', stderr: '', exit: 0 };

/** A ruling as the answer to `PreToolUse`. Only a person's yes is worded as one: they need not be asked again. */
export function preToolUse(ruling: Ruling): Reply {
  if (ruling.outcome === 'refused') return denial(forAgent(ruling));
  if (ruling.narrowed) return lessened(ruling.narrowed);
  return ruling.by === 'person' || ruling.by === 'grant'
    ? decided('allow', 'A person said yes in Chaperone.')
    : silence;
}

/**
 * How an agent is answered that is told a no in its own words and else nothing: a yes would be an error there, or more than
 * one person's yes to one call. `most` is how many characters of a reason it shows its model.
 */
export function onlyNo(refuse: Hook['refuse'], most?: number): Pick<Hook, 'reply' | 'refuse'> {
  return {
    reply: ruling => (ruling.outcome === 'refused' ? refuse(forAgent(ruling, most)) : silence),
    refuse,
  };
}

/**
 * Yes to less than was asked for. Only with a yes is the input sure to be replaced, and a search is nothing that either
 * agent would ask about (code.claude.com/docs/en/hooks; VS Code 1.139, observed November 2026).
 */
function lessened(updatedInput: Narrower['input']): Reply {
  const said = 'Chaperone left out of this search what would have shown files that are hidden from agents.';
  return json({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'allow',
      permissionDecisionReason: said,
      updatedInput,
      additionalContext: said,
    },
  });
}

/** A no to `PreToolUse`. Some agents ignore a no without a reason. */
export function denial(reason: string): Reply {
  return decided('deny', reason);
}

function decided(permissionDecision: 'allow' | 'deny', permissionDecisionReason: string): Reply {
  return json({
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason },
  });
}

/** A no to `PermissionRequest`. */
export function refusedRequest(message: string): Reply {
  return json({
    hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message } },
  });
}

/** An answer on standard output. */
export function json(value: unknown): Reply {
  return { stdout: JSON.stringify(value), stderr: '', exit: 0 };
}
