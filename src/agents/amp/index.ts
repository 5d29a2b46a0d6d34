import type { Agent, Launch } from '../../core/agent.ts';
import { readToolCall, serverTool } from '../../core/hookDialect.ts';
import { answered, asking } from '../../core/inProcess.ts';
import { hookCommand } from '../../core/launch.ts';
import { tools } from './tools.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['amp', 'Amp'];
/** How long it waits for a plugin is not known: this is our own end. */
const timeout = 600;

/**
 * Amp, the CLI: a plugin, since its own permissions wait ten seconds for a program. By ampcode.com/manual/plugin-api (September
 * 2026) and from others; nobody ran it.
 */
export const amp: Agent = {
  id,
  name,
  hooks: {
    'tool.call': { read: readToolCall({ id, name }, { tools, server: serverTool }), ...answered },
  },
  timeout,
  traces: [{ program: 'amp' }, { file: '~/.config/amp' }],
  wiring: [{ file: '~/.config/amp/plugins/chaperone.ts', text: plugin }],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'unknown',
    gaps: [
      'a plugin that cannot be loaded is taken to be left out, and then everything runs',
      'our plugin must say yes or no: whether its yes passes over prompts of Amp’s own is not confirmed',
      'the first line of our plugin agrees that plugins are an experiment, as early versions want it',
      'whether the calls of subagents are told is not confirmed',
      '`XDG_CONFIG_HOME` moves the folder that its plugins are in',
    ],
    known: 'heard',
    source: 'its plugin API in excerpts, September 2026',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch), line => ({
      session_id: 'doctor',
      cwd,
      tool_name: 'Bash',
      tool_input: { cmd: line },
    })),
  off: [],
  switches: [
    '~/.config/amp/plugins/**',
    '~/.config/amp/settings.json',
    '**/.amp/settings.json',
    '**/.amp/settings.jsonc',
    '**/.amp/plugins/**',
    '/etc/ampcode/**',
  ],
};

function command(launch: Launch): string {
  return hookCommand(launch, id, 'tool.call', timeout - 10);
}

/** What it throws may be no no: so it throws nothing, and says it. */
function plugin(launch: Launch): string {
  return `// @i-know-the-amp-plugin-api-is-wip-and-very-experimental-right-now
${asking(launch, id, 'tool.call', timeout - 10)}
export default function (amp) {
  amp.on('tool.call', async event => {
    try {
      const { tool, input, thread } = event;
      const session = String((thread && thread.id) || 'unknown');
      await ask({ session_id: session, cwd: process.cwd(), tool_name: tool, tool_input: input });
      return { action: 'allow' };
    } catch (error) {
      return { action: 'reject-and-continue', message: (error && error.message) || failed };
    }
  });
}
`;
}
