import type { Agent } from '../../core/agent.ts';
import { clineAgent } from '../../core/cline.ts';

/** Cline CLI. */
export const clineCli: Agent = {
  ...clineAgent({ id: 'cline-cli', name: 'Cline CLI', file: '~/.cline/hooks/PreToolUse', timeout: 120 }),
  traces: [{ program: 'cline' }, { file: '~/.cline' }],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'a hook that is gone, or that takes more than 120 s, is a yes',
      'it ends its whole run at a no, and tells the model no reason',
      '`@` mentions are read without a hook',
      'the `.env` of the workspace is in the environment of its commands and hooks, without being read',
      'another `CLINE_DIR` has hooks of its own',
    ],
    known: 'run',
    source: '3.0.65, November 2026',
  },
  off: [],
  switches: ['~/.cline/hooks/**', '~/.cline/data/settings/**', '**/.cline/hooks/**'],
};
