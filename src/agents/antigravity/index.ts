import type { Agent, Launch } from '../../core/agent.ts';
import { forAgent } from '../../core/explain.ts';
import { json, silence } from '../../core/hookDialect.ts';
import { hookCommand } from '../../core/launch.ts';
import type { Reply } from '../../core/model.ts';
import { readAt, serverBefore } from '../../core/pathRead.ts';
import { tools } from './tools.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['antigravity', 'Antigravity'];
const timeout = 600;

/**
 * Google Antigravity: its editor and the CLI `agy`. All of it from others (antigravity.google/docs/hooks as of October 2026,
 * measured with `agy` 1.2.3). Its payload has no event's name; an empty answer is no objection, but `{}` is a no.
 */
export const antigravity: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readAt(
        { id, name },
        {
          session: ['conversationId'],
          cwd: ['toolCall.args.Cwd', 'workspacePaths.0'],
          tool: ['toolCall.name'],
          input: ['toolCall.args'],
        },
        { tools, server: serverBefore('__') },
      ),
      reply: ruling => {
        if (ruling.outcome === 'refused') return refused(forAgent(ruling));
        const said = ruling.by === 'person' || ruling.by === 'grant';
        return said ? json({ decision: 'allow', reason: 'A person said yes in Chaperone.' }) : silence;
      },
      refuse: refused,
    },
  },
  timeout,
  traces: [
    { program: 'agy' },
    { program: 'antigravity' },
    { file: '~/.gemini/antigravity-cli' },
    { file: '~/.antigravity' },
  ],
  wiring: [
    {
      file: '~/.gemini/config/hooks.json',
      // The name of the group is ours to choose.
      at: ['chaperone', 'PreToolUse'],
      entry: launch => ({ matcher: '.*', hooks: [{ type: 'command', command: command(launch), timeout }] }),
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls'],
    failing: 'refuses',
    gaps: [
      'what it does where a hook takes too long is not known',
      'that its editor runs the same hooks as its CLI is not confirmed',
      'how it names the tools of MCP servers is not confirmed: what is not known is asked about',
      'whether subagents are told is not known',
    ],
    known: 'heard',
    source: 'others, with `agy` 1.2.3, October 2026',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch), line => ({
      conversationId: 'doctor',
      workspacePaths: [cwd],
      toolCall: { name: 'run_command', args: { CommandLine: line, Cwd: cwd } },
    })),
  off: [{ file: '~/.gemini/config/hooks.json', key: 'chaperone.enabled', value: false }],
  switches: ['~/.gemini/config/**', '**/.agents/hooks.json', '~/.gemini/antigravity-cli/settings.json'],
};

function command(launch: Launch): string {
  return hookCommand(launch, id, 'PreToolUse', timeout - 10);
}

function refused(reason: string): Reply {
  return json({ decision: 'deny', reason });
}
