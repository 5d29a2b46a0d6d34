import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One agent's real command line program: what to install, how to start it without a person, where it asks. */
export interface LiveAgent {
  /** Pinned: what these tests know about an agent was seen in this version. */
  readonly package: string;
  readonly version: string;
  /** The program, from the folder it was installed in. */
  readonly program: string;
  /** Writes what the program expects in a HOME that has been used before. */
  readonly settle: (home: string) => Promise<void>;
  readonly args: (prompt: string) => readonly string[];
  /** `url` is where the scripted model listens. */
  readonly env: (url: string) => Readonly<Record<string, string>>;
}

/** The agents we can run. The next one is a row. */
export const agents = {
  claude: {
    package: '@anthropic-ai/claude-code',
    version: '2.1.330',
    program: 'node_modules/.bin/claude',
    settle: settleClaude,
    args: argsOfClaude,
    env: envOfClaude,
  },
} as const satisfies Readonly<Record<string, LiveAgent>>;

export type LiveAgentId = keyof typeof agents;

async function settleClaude(home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const settled = JSON.stringify({ hasCompletedOnboarding: true });
  await writeFile(join(home, '.claude.json'), settled, { flag: 'wx' }).catch(unlessThere);
}

function argsOfClaude(prompt: string): readonly string[] {
  const permissions = ['--permission-mode', 'bypassPermissions'];
  const output = ['--output-format', 'stream-json', '--verbose'];
  return ['-p', prompt, ...permissions, ...output, '--model', 'claude-sonnet-4-5'];
}

function envOfClaude(url: string): Readonly<Record<string, string>> {
  return {
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'not-a-key',
    // Without it the CLI refuses bypassPermissions to root.
    IS_SANDBOX: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_TELEMETRY: '1',
    // With it on, MCP and other tools are not declared to the model until it searches for them.
    ENABLE_TOOL_SEARCH: 'false',
  };
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
