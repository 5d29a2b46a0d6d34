import { join } from 'node:path';
import { bin, noKey, offer } from './agent.ts';
import type { LiveAgent } from './agent.ts';

export const qwen = {
  package: '@qwen-code/qwen-code',
  version: '0.24.4',
  program: bin('qwen'),
  settle: (home: string) =>
    offer(join(home, '.qwen/settings.json'), {
      security: { auth: { selectedType: 'openai' } },
      general: { enableAutoUpdate: false, disableAutoUpdate: true },
      privacy: { usageStatisticsEnabled: false },
    }),
  args: (prompt: string) => [
    ...['--approval-mode', 'yolo', '--auth-type', 'openai'],
    ...['-m', 'scripted', '-o', 'json', prompt],
  ],
  env: (url: string) => ({
    OPENAI_API_KEY: noKey,
    OPENAI_BASE_URL: `${url}/v1`,
    OPENAI_MODEL: 'scripted',
    // Else it starts itself once more, for a larger heap.
    QWEN_CODE_NO_RELAUNCH: 'true',
  }),
  calls: {
    shell: (command: string) => ({
      tool: 'run_shell_command',
      input: { command, description: 'a test command', is_background: false },
    }),
    read: (path: string) => ({ tool: 'read_file', input: { file_path: path } }),
    write: (path: string, content: string) => ({ tool: 'write_file', input: { file_path: path, content } }),
    search: (pattern: string) => ({ tool: 'grep_search', input: { pattern } }),
  },
} as const satisfies LiveAgent;
