import { array, object, string, unknown } from 'valibot';
import type { Agent, Launch } from './agent.ts';
import { readToolCall } from './hookDialect.ts';
import { answered, asking } from './inProcess.ts';
import { hookCommand } from './launch.ts';
import { patchActions } from './patch.ts';
import { serverBefore } from './pathRead.ts';
import { fetches, lists, reads, replaces, runs, searches, writes } from './plainTool.ts';
import { actionOf, harmless, tool, type Tool } from './tool.ts';
import { replacing, severally } from './toolActions.ts';
import { usualTrials } from './trials.ts';

/*
 * OpenCode and its forks: no hook that is a command, but plugins, which a call of `tool.execute.before` stops by
 * throwing (observed with OpenCode 1.18.33 and Kilo 7.7.7, November 2026).
 */

const event = 'tool.execute.before';
/** The agent waits for ever: this is our own end. */
const timeout = 600;

/** What every one of them has. `file` is where its plugin goes. */
export function openCodeAgent({
  id,
  name,
  file,
  more = {},
}: Pick<Agent, 'id' | 'name'> & {
  readonly file: string;
  readonly more?: Readonly<Record<string, Tool>>;
}): Pick<Agent, 'id' | 'name' | 'hooks' | 'timeout' | 'wiring' | 'trials'> {
  const read = readToolCall({ id, name }, { tools: { ...tools, ...more }, server });
  const seconds = timeout - 10;
  return {
    id,
    name,
    hooks: { [event]: { read, ...answered } },
    timeout,
    wiring: [{ file, text: launch => plugin(launch, id, seconds) }],
    trials: (launch, cwd) =>
      usualTrials(hookCommand(launch, id, event, seconds), line => ({
        session_id: 'doctor',
        cwd,
        tool_name: 'bash',
        tool_input: { command: line },
      })),
  };
}

/**
 * It exports one function and nothing else: every export is taken for a plugin, and a file with one that is no function is
 * let be (observed with OpenCode 1.18.33).
 */
function plugin(launch: Launch, id: string, seconds: number): string {
  return `${asking(launch, id, event, seconds)}
export const Chaperone = async ({ directory }) => ({
  '${event}': async ({ tool, sessionID }, { args: input }) =>
    ask({ session_id: String(sessionID), cwd: directory, tool_name: tool, tool_input: input }),
});
`;
}

const server = serverBefore('_');

/** Tools as declared by 1.18.33 and seen in its hook, and those that its documentation names (November 2026). */
const tools: Readonly<Record<string, Tool>> = {
  bash: runs('command', 'workdir'),
  shell: runs('command', 'workdir'),
  read: reads('filePath'),
  write: writes('filePath', 'content'),
  edit: replaces('filePath', 'oldString', 'newString'),
  multiedit: tool(
    { filePath: string(), edits: array(object({ oldString: string(), newString: string() })) },
    ({ filePath, edits }) =>
      severally(edits.map(({ oldString, newString }) => replacing(filePath, oldString, newString))),
  ),
  patch: tool({ patchText: string() }, ({ patchText }) => patchActions(patchText)),
  apply_patch: tool({ patchText: string() }, ({ patchText }) => patchActions(patchText)),
  grep: searches('pattern', 'path', 'include'),
  glob: lists('path'),
  list: lists('path'),
  webfetch: fetches('url'),
  lsp: reads('filePath'),
  // Whether its calls are told by themselves is not known, so each is read here.
  batch: tool(
    { tool_calls: array(object({ tool: string(), parameters: unknown() })) },
    ({ tool_calls }, machine) =>
      severally(
        tool_calls.map(it =>
          it.tool === 'batch'
            ? { kind: 'unreadable', why: 'a batch in a batch' }
            : actionOf(it.tool, it.parameters, tools, server, machine),
        ),
      ),
  ),
  ...Object.fromEntries(
    [
      'task',
      'skill',
      'todowrite',
      'todoread',
      'question',
      'websearch',
      'codesearch',
      'plan_enter',
      'plan_exit',
      'invalid',
    ].map(name => [name, harmless(`uses its own tool ${name}`)]),
  ),
};
