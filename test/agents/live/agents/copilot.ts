import { join } from 'node:path';
import { bin, noKey, offer } from './agent.ts';
import type { LiveAgent, Stage } from './agent.ts';

export const copilot = {
  package: '@github/copilot',
  version: '1.0.102',
  program: bin('copilot'),
  settle: () => Promise.resolve(),
  // It runs no hooks of a folder that is not trusted.
  prepare: ({ home, workspace }: Stage) =>
    offer(join(home, '.copilot/config.json'), { trusted_folders: [workspace], trustedFolders: [workspace] }),
  args: (prompt: string) => [
    ...['-p', prompt],
    ...['--allow-all-tools', '--allow-all-paths', '--no-auto-update', '--disable-builtin-mcps'],
  ],
  env: (url: string, { folder }: Stage) => ({
    // A model of one's own and no login.
    COPILOT_OFFLINE: 'true',
    COPILOT_PROVIDER_TYPE: 'openai',
    COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
    COPILOT_PROVIDER_API_KEY: noKey,
    COPILOT_MODEL: 'gpt-4.1',
    // It unpacks itself there, once, which takes seconds.
    XDG_CACHE_HOME: join(folder, 'cache'),
  }),
  calls: {
    shell: (command: string) => ({ tool: 'bash', input: { command, description: 'a test command' } }),
    read: (path: string) => ({ tool: 'view', input: { path } }),
    write: (path: string, content: string) => ({ tool: 'create', input: { path, file_text: content } }),
    search: (pattern: string) => ({ tool: 'grep', input: { pattern, output_mode: 'content' } }),
  },
} as const satisfies LiveAgent;
