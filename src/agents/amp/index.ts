import type { Agent, Launch } from '../../core/agent.ts';
import { readToolCall, serverTool } from '../../core/hookDialect.ts';
import { answered, asking } from '../../core/inProcess.ts';
import { hookCommand } from '../../core/launch.ts';
import { tools } from './tools.ts';
import { usualTrials } from '../../core/trials.ts';

const [id, name] = ['amp', 'Amp'];
/** It waits for a plugin as long as that answers at all: this is our own end. */
const timeout = 600;

/**
 * Amp, the CLI: a plugin, since its own permissions wait ten seconds for a program. By the text in its package,
 * `@ampcode/cli-linux-x64` 0.0.1790142911 (September 2026), which holds the types of its plugins; nobody ran it.
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
    // What a plugin throws ends the call, and one that does not answer a ping is restarted, which ends it too.
    failing: 'refuses',
    gaps: [
      'a plugin that is gone, has crashed or cannot be loaded is left out, and then everything runs',
      '`PLUGINS` in its environment leaves out plugins',
      'of several plugins, the first that says more than yes counts: one that came with the repository may change a call before our no',
      'orbs, which are machines of Amp’s, have no plugin of this machine',
      'the first line of our plugin agrees that plugins are an experiment, as early versions want it',
      'whether the calls of subagents are told is not confirmed',
      '`XDG_CONFIG_HOME` moves the folder that its plugins are in',
    ],
    known: 'read',
    source: 'its package, 0.0.1790142911, September 2026; not run by us',
  },
  trials: (launch, cwd) =>
    usualTrials(command(launch), line => ({
      session_id: 'doctor',
      cwd,
      tool_name: 'shell_command',
      tool_input: { command: line },
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

/** What it throws would end the call and the thread: so it throws nothing, and says it. */
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
