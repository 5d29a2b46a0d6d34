import { bin, noKey } from './agent.ts';
import type { LiveAgent, Stage } from './agent.ts';

/** Its settings are arguments, so that `~/.codex/config.toml` is the person's alone. */
export const codex = {
  package: '@openai/codex',
  version: '0.169.0',
  program: bin('codex'),
  settle: () => Promise.resolve(),
  args: (prompt: string, { url, workspace }: Stage) => [
    'exec',
    ...settings(url, workspace).flatMap(setting => ['-c', setting]),
    ...['--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox'],
    prompt,
  ],
  env: () => ({ SCRIPTED_KEY: noKey }),
  calls: {
    shell: (command: string) => ({ tool: 'exec_command', input: { cmd: command } }),
    write: (path: string, content: string) => ({
      tool: 'apply_patch',
      input: { patch: added(path, content) },
    }),
  },
} as const satisfies LiveAgent;

function settings(url: string, workspace: string): readonly string[] {
  const model = Object.entries({
    name: '"scripted"',
    base_url: `"${url}/v1"`,
    wire_api: '"responses"',
    env_key: '"SCRIPTED_KEY"',
    request_max_retries: '0',
    stream_max_retries: '0',
  });
  return [
    // What it bundles about this model decides the tools: others have no `apply_patch`, or JavaScript alone.
    'model="gpt-5.5"',
    'model_provider="scripted"',
    ...model.map(([name, value]) => `model_providers.scripted.${name}=${value}`),
    `projects={"${workspace}"={trust_level="trusted"}}`,
    'check_for_update_on_startup=false',
    'analytics.enabled=false',
    'otel.exporter="none"',
  ];
}

function added(path: string, content: string): string {
  const lines = content.replace(/\n$/, '').split('\n');
  return ['*** Begin Patch', `*** Add File: ${path}`, ...lines.map(it => `+${it}`), '*** End Patch', ''].join(
    '\n',
  );
}
