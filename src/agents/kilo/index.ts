import type { Agent } from '../../core/agent.ts';
import { openCodeAgent } from '../../core/openCode.ts';
import { harmless } from '../../core/tool.ts';

/**
 * Kilo, the CLI and the editor extension, a fork of OpenCode that loads the same plugins (its package 7.7.9; its loader's
 * source as of September 2026). Nobody ran it with ours.
 */
export const kilo: Agent = {
  ...openCodeAgent({
    id: 'kilo',
    name: 'Kilo',
    file: '~/.config/kilo/plugin/chaperone.js',
    more: Object.fromEntries(
      ['suggest', 'recall', 'codebase_search'].map(name => [name, harmless(`uses its own tool ${name}`)]),
    ),
  }),
  traces: [{ program: 'kilo' }, { file: '~/.config/kilo' }],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'that its editor extension loads the same plugins is not confirmed',
      'a plugin that cannot be loaded is left out, and everything runs, as in OpenCode',
      '`KILO_PURE` loads no plugins',
      '`XDG_CONFIG_HOME` moves the folder that its plugins are in',
    ],
    known: 'read',
    source: 'its package 7.7.9, November 2026',
  },
  switches: [
    '~/.config/kilo/plugin/**',
    '~/.config/kilo/plugins/**',
    '**/.kilo/plugin/**',
    '**/.kilo/plugins/**',
    '**/.kilocode/plugin/**',
  ],
  off: [],
};
