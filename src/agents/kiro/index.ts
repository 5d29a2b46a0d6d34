import type { Agent, Launch } from '../../core/agent.ts';
import { onlyNo, statusTwo } from '../../core/hookDialect.ts';
import { statusCommand } from '../../core/launch.ts';
import { readAt } from '../../core/pathRead.ts';
import { tools } from './tools.ts';
import { toolTrials } from '../../core/trials.ts';

const [id, name] = ['kiro', 'Kiro'];
const timeout = 600;

/**
 * Kiro, the CLI from version 3 and the editor from 1.0, by kiro.dev/docs/hooks (August 2026) and from others; nobody ran it.
 * Its hooks say no by their exit status.
 */
export const kiro: Agent = {
  id,
  name,
  hooks: {
    PreToolUse: {
      read: readAt(
        { id, name },
        { session: ['session_id'], cwd: ['cwd'], tool: ['tool_name'], input: ['tool_input'] },
        { tools, server },
      ),
      ...onlyNo(statusTwo),
    },
  },
  timeout,
  traces: [{ program: 'kiro-cli' }, { program: 'kiro' }, { file: '~/.kiro' }],
  wiring: [{ file: '~/.kiro/hooks/chaperone.json', text: hookFile }],
  coverage: {
    sees: ['commands', 'reads', 'writes', 'MCP calls'],
    failing: 'refuses',
    gaps: [
      'hooks of a person, beside those of a folder, are known of the CLI from version 3 alone: that its editor reads them is not confirmed',
      'what it does where a hook takes too long is not known',
      'version 2 of the CLI keeps hooks in the files of its agents, which are not written',
      'its tools beside those for commands and files are not confirmed: what is not known is asked about',
    ],
    known: 'read',
    source: 'kiro.dev/docs/hooks, August 2026; not run by us',
  },
  trials: (launch, cwd) => toolTrials(command(launch), 'PreToolUse', 'execute_bash', cwd),
  off: [],
  switches: [
    '~/.kiro/hooks/**',
    '~/.kiro/settings/**',
    '~/.kiro/agents/**',
    '**/.kiro/hooks/**',
    '**/.kiro/agents/**',
  ],
};

function command(launch: Launch): string {
  return statusCommand(launch, id, 'PreToolUse', timeout - 10);
}

function hookFile(launch: Launch): string {
  const hook = {
    name: 'Chaperone',
    trigger: 'PreToolUse',
    matcher: '.*',
    action: { type: 'command', command: command(launch) },
    timeout,
    enabled: true,
  };
  return `${JSON.stringify({ version: 'v1', hooks: [hook] }, null, 2)}\n`;
}

/** `@server/tool`. */
function server(tool: string): readonly [string, string] | undefined {
  const [, from, of] = /^@([^/]+)\/(.+)$/.exec(tool) ?? [];
  return from && of ? [from, of] : undefined;
}
