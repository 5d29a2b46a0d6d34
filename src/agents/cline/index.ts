import type { Agent } from '../../core/agent.ts';
import { clineAgent, isFromClineCli } from '../../core/cline.ts';

/** Cline, the editor extension. */
export const cline: Agent = {
  ...clineAgent({ id: 'cline', name: 'Cline', file: '~/Documents/Cline/Hooks/PreToolUse', timeout: 30 }),
  traces: [{ file: '~/Documents/Cline' }],
  coverage: {
    sees: ['commands', 'reads', 'searches', 'writes', 'web requests', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'a hook that is gone, or that takes more than 30 s, is a yes: a person has about 20 s',
      '`@` mentions are read without a hook',
      'its hooks can be switched off in its own settings',
      'on Windows its hooks are not confirmed to run',
    ],
    known: 'read',
    source: 'the extension 4.1.13 from its repository, August 2026',
  },
  hosts: [{ agent: 'cline-cli', is: isFromClineCli }],
  off: [],
  switches: ['~/Documents/Cline/Hooks/**', '**/.clinerules/hooks/**'],
};
