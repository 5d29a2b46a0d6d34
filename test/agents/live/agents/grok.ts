import { join } from 'node:path';
import { writeAll } from '../workspace.ts';
import { bin, noKey } from './agent.ts';
import type { LiveAgent, Stage } from './agent.ts';

export const grok = {
  package: '@xai-official/grok',
  version: '1.0.41',
  program: bin('grok'),
  settle: () => Promise.resolve(),
  prepare: ({ home, url }: Stage) => writeAll(join(home, '.grok'), { 'config.toml': settings(url) }),
  args: (prompt: string) => [
    ...['-p', prompt, '--output-format', 'json'],
    ...['--always-approve', '-m', 'scripted'],
  ],
  env: () => ({ GROK_DISABLE_AUTOUPDATER: '1' }),
  calls: {
    shell: (command: string) => ({
      tool: 'run_terminal_command',
      input: { command, description: 'a test command' },
    }),
    read: (path: string) => ({ tool: 'read_file', input: { target_file: path } }),
    write: (path: string, content: string) => ({ tool: 'write', input: { file_path: path, content } }),
    search: (pattern: string) => ({ tool: 'grep', input: { pattern } }),
  },
} as const satisfies LiveAgent;

function settings(url: string): string {
  return `[models]
default = "scripted"

[model.scripted]
model = "scripted"
base_url = "${url}/v1"
api_key = "${noKey}"
api_backend = "chat_completions"
context_window = 100000

[features]
telemetry = false

[cli]
auto_update = false
`;
}
