import type { Agent } from '../../core/agent.ts';
import { openCodeAgent } from '../../core/openCode.ts';

/** OpenCode, the CLI and what is built on its server. */
export const opencode: Agent = {
  ...openCodeAgent({
    id: 'opencode',
    name: 'OpenCode',
    file: '~/.config/opencode/plugin/chaperone.js',
  }),
  traces: [{ program: 'opencode' }, { file: '~/.config/opencode' }, { file: '~/.local/share/opencode' }],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'a plugin that cannot be loaded is left out with at most a line in its log, and everything runs',
      '`--pure` and `OPENCODE_PURE` load no plugins',
      'with a plugin it installs a package of its own beside it once: without a network that first start hangs',
      '`XDG_CONFIG_HOME` and `OPENCODE_CONFIG_DIR` move the folder that its plugins are in',
      'commands that a person types behind `!` are theirs; whether `@` mentions are told is not confirmed',
    ],
    known: 'run',
    source: '1.18.33, November 2026',
  },
  switches: [
    '~/.config/opencode/plugin/**',
    '~/.config/opencode/plugins/**',
    '**/.opencode/plugin/**',
    '**/.opencode/plugins/**',
  ],
  off: [],
};
