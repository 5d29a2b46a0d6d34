import { join } from 'node:path';
import { bin, noKey, offer } from './agent.ts';
import type { LiveAgent, Stage } from './agent.ts';

export const gemini = {
  package: '@google/gemini-cli',
  version: '0.61.0',
  program: bin('gemini'),
  // With another address than its own it takes no login from its environment: whoever writes this file too settles first.
  settle: (home: string) =>
    offer(join(home, '.gemini/settings.json'), {
      security: { auth: { selectedType: 'gemini-api-key' } },
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    }),
  // It refuses to work without a person in a folder that is not trusted, and runs no hooks of the folder's own.
  prepare: ({ home, workspace }: Stage) =>
    offer(join(home, '.gemini/trustedFolders.json'), { [workspace]: 'TRUST_FOLDER' }),
  args: (prompt: string) => [
    // By default no shell is declared where nobody can be asked.
    ...['--approval-mode', 'yolo'],
    ...['-m', 'gemini-2.5-flash', '-o', 'json', '-p', prompt],
  ],
  env: (url: string) => ({
    GEMINI_API_KEY: noKey,
    GOOGLE_GEMINI_BASE_URL: url,
    // Else it starts itself once more, for a larger heap.
    GEMINI_CLI_NO_RELAUNCH: 'true',
  }),
  calls: {
    shell: (command: string) => ({
      tool: 'run_shell_command',
      input: { command, description: 'a test command' },
    }),
    read: (path: string) => ({ tool: 'read_file', input: { file_path: path } }),
    write: (path: string, content: string) => ({ tool: 'write_file', input: { file_path: path, content } }),
    search: (pattern: string) => ({ tool: 'grep_search', input: { pattern } }),
  },
} as const satisfies LiveAgent;
