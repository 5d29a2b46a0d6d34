import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bin, isThere, noKey, offer } from './agent.ts';
import type { LiveAgent, Stage } from './agent.ts';

/**
 * What OpenCode and its forks have in common. Their settings are in their environment, so that files of settings are the
 * workspace's alone.
 */
export function openCodeFork({ program, prefix, installs, folders }: Fork) {
  return {
    program: bin(program),
    settle: () => Promise.resolve(),
    prepare: async ({ home, workspace }: Stage) => {
      for (const place of folders(home, workspace))
        if (await hasPlugins(place)) await seemInstalled(installs, place);
    },
    args: (prompt: string) => ['run', '--format', 'json', '--auto', prompt],
    env: (url: string) => ({
      [`${prefix}_CONFIG_CONTENT`]: JSON.stringify(settings(url)),
      [`${prefix}_DISABLE_AUTOUPDATE`]: 'true',
      [`${prefix}_DISABLE_LSP_DOWNLOAD`]: 'true',
      [`${prefix}_DISABLE_MODELS_FETCH`]: 'true',
    }),
    calls: {
      shell: (command: string) => ({ tool: 'bash', input: { command, description: 'a test command' } }),
      read: (path: string) => ({ tool: 'read', input: { filePath: path } }),
      write: (path: string, content: string) => ({ tool: 'write', input: { filePath: path, content } }),
      // It fetches ripgrep for it, which fails where there is none and no network.
      search: (pattern: string) => ({ tool: 'grep', input: { pattern } }),
    },
  } as const satisfies Partial<LiveAgent>;
}

interface Fork {
  readonly program: string;
  /** What the names of its variables begin with. */
  readonly prefix: string;
  /** The package that it installs beside any plugin. */
  readonly installs: string;
  /** Where it looks for plugins. */
  readonly folders: (home: string, workspace: string) => readonly string[];
}

async function hasPlugins(place: string): Promise<boolean> {
  return (await isThere(join(place, 'plugin'))) || (await isThere(join(place, 'plugins')));
}

/** Without a network it would wait for its package without end. It looks for the folder and the name in the lock alone. */
async function seemInstalled(name: string, place: string): Promise<void> {
  const packages = { '': { dependencies: { [name]: '*' } } };
  await offer(join(place, 'package-lock.json'), { lockfileVersion: 3, packages });
  await mkdir(join(place, 'node_modules'), { recursive: true });
}

function settings(url: string) {
  const model = { name: 'scripted', tool_call: true, limit: { context: 100_000, output: 8_000 } };
  const provider = {
    npm: '@ai-sdk/openai-compatible',
    name: 'scripted',
    options: { baseURL: `${url}/v1`, apiKey: noKey },
    models: { scripted: model },
  };
  return {
    autoupdate: false,
    share: 'disabled',
    // Else it runs git some forty times a run, to be able to undo.
    snapshot: false,
    model: 'scripted/scripted',
    small_model: 'scripted/scripted',
    provider: { scripted: provider },
  };
}
