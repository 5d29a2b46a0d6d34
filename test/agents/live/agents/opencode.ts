import { copyFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { bin, isThere, noKey, unlessThere } from './agent.ts';
import type { LiveAgent, Stage } from './agent.ts';

const version = '1.18.33';

/** Its settings are in its environment, so that `opencode.json` is the workspace's alone. */
export const opencode = {
  package: 'opencode-ai',
  version,
  program: bin('opencode'),
  beside: { plugin: `@opencode-ai/plugin@${version}` },
  settle: () => Promise.resolve(),
  prepare: async ({ home, workspace, folder }: Stage) => {
    for (const place of [join(home, '.config/opencode'), join(workspace, '.opencode')])
      if (await hasPlugins(place)) await linkPackage(join(folder, 'plugin'), place);
  },
  args: (prompt: string) => ['run', '--format', 'json', '--auto', prompt],
  env: (url: string) => ({
    OPENCODE_CONFIG_CONTENT: JSON.stringify(settings(url)),
    OPENCODE_DISABLE_AUTOUPDATE: 'true',
    OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
    OPENCODE_DISABLE_MODELS_FETCH: 'true',
  }),
  calls: {
    shell: (command: string) => ({ tool: 'bash', input: { command, description: 'a test command' } }),
    read: (path: string) => ({ tool: 'read', input: { filePath: path } }),
    write: (path: string, content: string) => ({ tool: 'write', input: { filePath: path, content } }),
    // It fetches ripgrep for it, which fails where there is none and no network.
    search: (pattern: string) => ({ tool: 'grep', input: { pattern } }),
  },
} as const satisfies LiveAgent;

async function hasPlugins(place: string): Promise<boolean> {
  return (await isThere(join(place, 'plugin'))) || (await isThere(join(place, 'plugins')));
}

/** It installs the package beside any plugin by itself; without a network it would wait for that without end. */
async function linkPackage(from: string, place: string): Promise<void> {
  for (const name of ['package.json', 'package-lock.json'])
    await copyFile(join(from, name), join(place, name));
  await symlink(join(from, 'node_modules'), join(place, 'node_modules')).catch(unlessThere);
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
