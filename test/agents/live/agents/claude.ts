import { join } from 'node:path';
import { bin, noKey, offer } from './agent.ts';
import type { LiveAgent } from './agent.ts';

export const claude = {
  package: '@anthropic-ai/claude-code',
  version: '2.1.330',
  program: bin('claude'),
  settle: (home: string) => offer(join(home, '.claude.json'), { hasCompletedOnboarding: true }),
  args: (prompt: string) => [
    '-p',
    prompt,
    ...['--permission-mode', 'bypassPermissions'],
    ...['--output-format', 'stream-json', '--verbose'],
    ...['--model', 'claude-sonnet-4-5'],
  ],
  env: (url: string) => ({
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: noKey,
    // Without it the CLI refuses bypassPermissions to root.
    IS_SANDBOX: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_TELEMETRY: '1',
    // With it on, MCP and other tools are not declared to the model until it searches for them.
    ENABLE_TOOL_SEARCH: 'false',
  }),
  declaring: ['--tools', 'Bash,Read,Write,Grep'],
  calls: {
    shell: (command: string) => ({ tool: 'Bash', input: { command, description: 'a test command' } }),
    read: (path: string) => ({ tool: 'Read', input: { file_path: path } }),
    write: (path: string, content: string) => ({ tool: 'Write', input: { file_path: path, content } }),
    search: (pattern: string) => ({ tool: 'Grep', input: { pattern, output_mode: 'content' } }),
  },
} as const satisfies LiveAgent;
