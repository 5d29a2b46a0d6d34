import { optional, string } from 'valibot';
import type { Agent } from '../../core/agent.ts';
import { openCodeAgent } from '../../core/openCode.ts';
import { harmless, tool } from '../../core/tool.ts';
import { shellIn } from '../../core/toolActions.ts';

/**
 * Kilo, the CLI and the editor extension, a fork of OpenCode. Its CLI was run; that its extension loads the same plugins is
 * what its package says. Plugins in OpenCode's own folders it does not load: nobody is asked twice.
 */
export const kilo: Agent = {
  ...openCodeAgent({
    id: 'kilo',
    name: 'Kilo',
    file: '~/.config/kilo/plugin/chaperone.js',
    more: {
      // Only a start has a command; the others name what was started.
      background_process: tool(
        { action: string(), command: optional(string()), workdir: optional(string()) },
        ({ action, command, workdir }, machine) =>
          command === undefined
            ? { kind: 'harmless', what: `uses its own tool background_process: ${action}` }
            : shellIn(command, workdir, machine),
      ),
      ...Object.fromEntries(
        [
          'board_post',
          'board_read',
          'cancel_wakeup',
          'codebase_search',
          'kilo_local_recall',
          'recall',
          'schedule_wakeup',
          'suggest',
        ].map(name => [name, harmless(`uses its own tool ${name}`)]),
      ),
    },
  }),
  traces: [{ program: 'kilo' }, { file: '~/.config/kilo' }],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'that its editor extension loads the same plugins is not confirmed',
      'a plugin that cannot be loaded is left out, and everything runs, as in OpenCode',
      '`--pure` and `KILO_PURE` load no plugins',
      'with a plugin it installs a package of its own beside it once: without a network that first start hangs',
      '`XDG_CONFIG_HOME` moves the folder that its plugins are in',
      'it loads plugins that come with a repository, in `.kilo` and `.kilocode`, without asking',
      'with `kilo run` an `@` mention opens nothing; whether one in its own window is told is not confirmed',
    ],
    known: 'run',
    source: 'its CLI 7.7.7, November 2026',
  },
  switches: [
    '~/.config/kilo/plugin/**',
    '~/.config/kilo/plugins/**',
    '**/.kilo/plugin/**',
    '**/.kilo/plugins/**',
    '**/.kilocode/plugin/**',
    '**/.kilocode/plugins/**',
  ],
  off: [],
};
