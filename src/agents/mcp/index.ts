import { looseObject, optional, safeParse, string, unknown } from 'valibot';
import type { Agent, Hook } from '../../core/agent.ts';
import { denial, preToolUse, unreadablePayload } from '../../core/hookDialect.ts';
import type { Attempt } from '../../core/model.ts';
import { hintsOf } from './hints.ts';

/** Whoever uses a server of the Model Context Protocol through `guard mcp`: it tells the hook of each call. */
export const mcp: Agent = {
  id: 'mcp',
  name: 'MCP client',
  hooks: {
    CallTool: { read: calling, reply: preToolUse, refuse: denial },
    ReadResource: { read: reading, reply: preToolUse, refuse: denial },
  },
  timeout: 600,
  traces: [],
  wiring: [],
  instead: '`guard mcp --install`, or **Guard MCP Servers…**, puts it before the servers in a file',
  coverage: {
    sees: ['MCP calls'],
    failing: 'refuses',
    gaps: [
      'servers that are reached by HTTP',
      'what a server does without being called, and what its tools do besides what their input says',
      'resources that are no files, prompts and completions',
    ],
    known: 'run',
    source: 'protocol 2025-11-25, November 2026',
  },
  trials: () => [],
  off: [],
  switches: [],
};

/** What `guard mcp` tells of each call: ours. */
const call = looseObject({
  session_id: string(),
  cwd: string(),
  server: optional(string()),
  tool_name: string(),
  tool_input: optional(unknown()),
  annotations: optional(unknown()),
  schema: optional(unknown()),
});

const resource = looseObject({
  session_id: string(),
  cwd: string(),
  server: optional(string()),
  uri: string(),
});

function calling(from: unknown): ReturnType<Hook['read']> {
  const parsed = safeParse(call, from);
  if (!parsed.success) return unreadablePayload(mcp.id, mcp.name);
  const { session_id, cwd, server, tool_name, tool_input, annotations, schema } = parsed.output;
  const hints = hintsOf(annotations, schema);
  return attempt(session_id, cwd, {
    kind: 'tool',
    ...(server && { server }),
    name: tool_name,
    input: tool_input ?? {},
    ...(hints && { hints }),
  });
}

/** An address of a file is understood as such; what else a server calls a resource is its own. */
function reading(from: unknown): ReturnType<Hook['read']> {
  const parsed = safeParse(resource, from);
  if (!parsed.success) return unreadablePayload(mcp.id, mcp.name);
  const { session_id, cwd, server, uri } = parsed.output;
  return attempt(session_id, cwd, {
    kind: 'tool',
    ...(server && { server }),
    name: 'read_resource',
    input: { uri },
  });
}

function attempt(session: string, cwd: string, action: Attempt['action']): Attempt {
  return { subject: { agent: mcp.id, name: mcp.name, session, cwd }, action };
}
