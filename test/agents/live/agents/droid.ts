import { join } from 'node:path';
import { writeAll } from '../workspace.ts';
import { bin, noKey } from './agent.ts';
import type { LiveAgent, Stage } from './agent.ts';

export const droid = {
  package: 'droid',
  version: '0.215.0',
  program: bin('droid'),
  settle: () => Promise.resolve(),
  prepare: ({ home, url }: Stage) =>
    writeAll(join(home, '.factory'), { 'settings.json': JSON.stringify(settings(url)) }),
  args: (prompt: string) => ['exec', '--skip-permissions-unsafe', '-m', 'custom:scripted', prompt],
  // Without it a login at Factory is asked for, whosever the model is.
  env: () => ({ FACTORY_AIRGAP_ENABLED: 'true' }),
  calls: {
    shell: (command: string) => ({ tool: 'Execute', input: { command, ...risk } }),
    read: (path: string) => ({ tool: 'Read', input: { file_path: path } }),
    write: (path: string, content: string) => ({ tool: 'Create', input: { file_path: path, content } }),
    search: (pattern: string) => ({ tool: 'Grep', input: { pattern, output_mode: 'content' } }),
  },
} as const satisfies LiveAgent;

const risk = {
  summary: 'Run a test command',
  riskLevelReason: 'It is a test.',
  riskLevel: 'low',
} as const;

function settings(url: string) {
  const model = {
    model: 'scripted',
    displayName: 'Scripted',
    baseUrl: url,
    apiKey: noKey,
    provider: 'anthropic',
    maxOutputTokens: 8000,
  };
  return { customModels: [model] };
}
