import { array, looseObject, object, safeParse, string, unknown } from 'valibot';
import type { Agent, Launch } from '../../core/agent.ts';
import { denial, onlyNo, readToolCall, serverTool } from '../../core/hookDialect.ts';
import { hookCommand, throughCmd } from '../../core/launch.ts';
import { tools } from './tools.ts';
import { toolTrials } from '../../core/trials.ts';

// `cwd` is where the command runs: the tool's `workdir` shows there alone (observed with 0.169.0, November 2026).
const read = readToolCall({ id: 'codex', name: 'Codex' }, { tools, server: serverTool });

/** Codex, the CLI and the editor extension that carries it. */
export const codex: Agent = {
  id: 'codex',
  name: 'Codex',
  hooks: {
    // An `allow`, an `ask` or a field that it does not know is a failure of the hook, and the tool runs: so is a no without a reason.
    PreToolUse: { read, ...onlyNo(denial) },
  },
  timeout: 600,
  traces: [{ program: 'codex' }, { file: '~/.codex' }],
  wiring: [
    {
      file: '~/.codex/hooks.json',
      at: ['hooks', 'PreToolUse'],
      entry: launch => ({ hooks: [{ type: 'command', command: command(launch), timeout: codex.timeout }] }),
    },
    // A hook whose hash is not here is left out without a word (observed with 0.169.0, November 2026).
    {
      file: '~/.codex/config.toml',
      block: (launch, told) => trust(command(launch), told),
      asks: home => ({
        program: 'codex',
        args: ['app-server'],
        lines: [
          {
            jsonrpc: '2.0',
            id: 1,
            method: 'initialize',
            params: { clientInfo: { name: 'chaperone', version: '1' } },
          },
          { jsonrpc: '2.0', method: 'initialized' },
          { jsonrpc: '2.0', id: 2, method: 'hooks/list', params: { cwds: [home] } },
        ],
        isLast: answer => typeof answer === 'object' && answer !== null && 'id' in answer && answer.id === 2,
      }),
      untold: 'open Codex, run `/hooks` there and trust the hook of Chaperone',
    },
  ],
  coverage: {
    sees: ['commands', 'reads', 'writes', 'MCP calls', 'subagents'],
    failing: 'refuses',
    gaps: [
      'what is typed into a program that runs reaches no hook, so an interactive shell is asked about when it is started: one that a script opens is not seen',
      'which shell a command is for is not told: it is read as one for the usual shell of the machine',
      'its own web search has no hook',
      '`[features] hooks = false` in a trusted repository, or on its command line, switches the hook off',
      'another `CODEX_HOME` has hooks of its own',
      'its editor extension and app server have been said to leave hooks out (not confirmed)',
    ],
    known: 'run',
    source: '0.169.0, November 2026',
  },
  trials: (launch, cwd) => toolTrials(command(launch), 'PreToolUse', 'Bash', cwd),
  // `codex_hooks` is its older name.
  off: ['~/.codex/config.toml', './.codex/config.toml'].flatMap(file =>
    ['features.hooks', 'features.codex_hooks'].map(key => ({ file, key, value: false })),
  ),
  switches: [
    '~/.codex/hooks.json',
    '~/.codex/config.toml',
    '**/.codex/hooks.json',
    '**/.codex/config.toml',
    '/etc/codex/**',
  ],
};

/** On Windows by cmd.exe, as the strings of its program say (0.169.0, November 2026; not tried). */
function command(launch: Launch): string {
  const line = hookCommand(launch, codex.id, 'PreToolUse', codex.timeout - 10);
  return launch.platform === 'windows' ? throughCmd(line) : line;
}

const listed = looseObject({
  result: object({
    data: array(
      looseObject({
        hooks: array(looseObject({ key: string(), command: unknown(), currentHash: string() })),
      }),
    ),
  }),
});

/** What `hooks/list` says of our hook, as `/hooks` would write it once a person trusted it there. */
function trust(ours: string, told: readonly unknown[]): string | undefined {
  const hooks = told.flatMap(it => {
    const parsed = safeParse(listed, it);
    return parsed.success ? parsed.output.result.data.flatMap(({ hooks }) => hooks) : [];
  });
  const lines = hooks
    .filter(it => it.command === ours)
    .map(
      ({ key, currentHash }) =>
        `[hooks.state.${JSON.stringify(key)}]\ntrusted_hash = ${JSON.stringify(currentHash)}\n`,
    );
  return lines.length ? [...new Set(lines)].join('') : undefined;
}
