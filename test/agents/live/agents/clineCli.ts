import { join } from 'node:path';
import { writeAll } from '../workspace.ts';
import { bin, noKey } from './agent.ts';
import type { LiveAgent, Stage } from './agent.ts';

export const clineCli = {
  package: 'cline',
  version: '3.0.65',
  program: bin('cline'),
  settle: () => Promise.resolve(),
  prepare: ({ home, url }: Stage) =>
    writeAll(join(home, '.cline/data/settings'), { 'providers.json': JSON.stringify(providers(url)) }),
  args: (prompt: string) => [
    ...['--json', '-P', 'openai-compatible', '-m', 'scripted'],
    ...['--auto-approve', 'true', prompt],
  ],
  env: () => ({ CLINE_NO_AUTO_UPDATE: '1', CLINE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }),
  endsAtNo: true,
  calls: {
    shell: (command: string) => ({ tool: 'run_commands', input: { commands: [command] } }),
    read: (path: string) => ({ tool: 'read_files', input: { files: [{ path }] } }),
    write: (path: string, content: string) => ({ tool: 'editor', input: { path, new_text: content } }),
    search: (pattern: string) => ({ tool: 'search_codebase', input: { queries: [pattern] } }),
  },
} as const satisfies LiveAgent;

/** What `cline auth` writes. */
function providers(url: string) {
  const settings = {
    provider: 'openai-compatible',
    apiKey: noKey,
    model: 'scripted',
    baseUrl: `${url}/v1`,
  };
  return {
    version: 1,
    lastUsedProvider: 'openai-compatible',
    modes: {},
    providers: {
      'openai-compatible': { settings, updatedAt: new Date().toISOString(), tokenSource: 'manual' },
    },
  };
}
