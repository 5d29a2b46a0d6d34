import { join } from 'node:path';
import type { LiveAgent } from './agent.ts';
import { openCodeFork } from './openCodeFork.ts';

export const opencode = {
  ...openCodeFork({
    program: 'opencode',
    prefix: 'OPENCODE',
    installs: '@opencode-ai/plugin',
    folders: (home, workspace) => [join(home, '.config/opencode'), join(workspace, '.opencode')],
  }),
  package: 'opencode-ai',
  version: '1.18.33',
} as const satisfies LiveAgent;
