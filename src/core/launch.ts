import { quote } from 'shell-quote';
import type { Launch } from './agent.ts';
import { dirname } from './paths.ts';

/** What an agent and its model are told when even the guard's own no did not come. */
export const failed =
  'Chaperone could not judge this, so it is refused. Ask the person to look at the Chaperone log.';

/** Seconds that the guard waits for a person where nothing is said: ten less than the command in the hook file. */
export const usualPatience = 580;

/**
 * The command a hook file holds. It starts the guard, and turns everything that is not a plain success (a missing or
 * killed guard, a missing Node, a crash, a hang beyond `seconds`) into exit 2 with a reason, which agents take for a no
 * (observed with Claude Code 2.1.330 and VS Code 1.139, November 2026).
 */
export function hookCommand(launch: Launch, agent: string, event: string, seconds: number): string {
  return launch.platform === 'windows'
    ? powershell(launch, agent, event, seconds)
    : posix(launch, agent, event, seconds);
}

/** The same for agents that know no other no than an exit status: where the guard said it, its reason stands alone. */
export function statusCommand(launch: Launch, agent: string, event: string, seconds: number): string {
  return launch.platform === 'windows'
    ? `${powershellStart(launch, agent, event, seconds)}; if ($LASTEXITCODE -eq 2) { exit 2 }; ${refusingPowershell}`
    : `${posixStart(launch, agent, event, seconds)} || { [ $? = 2 ] || echo '${failed}' >&2; exit 2; }`;
}

/**
 * The same for the plugin in our package, whose place and Node only the editor knows: it replaces `${CLAUDE_PLUGIN_ROOT}`,
 * and our extension sets the variables (observed with VS Code 1.139, November 2026).
 */
export function pluginCommand(
  platform: Launch['platform'],
  agent: string,
  event: string,
  seconds: number,
): string {
  return platform === 'windows' ? pluginPowershell(agent, event) : pluginPosix(agent, event, seconds);
}

/**
 * The same for an agent that hands its hooks to cmd.exe. PowerShell by its whole path: cmd.exe looks into the folder at hand
 * first (not tried on Windows).
 */
export function throughCmd(command: string): string {
  return `%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -NoProfile -NonInteractive -Command "${command}"`;
}

function pluginPosix(agent: string, event: string, seconds: number): string {
  const dist = '${CLAUDE_PLUGIN_ROOT}/../../dist';
  const start = `/bin/sh "${dist}/hook.sh" "\${CHAPERONE_NODE:-node}" "${dist}/guard.js" hook ${agent} ${event} --state "$CHAPERONE_STATE"`;
  return `${alone} ${bound(seconds)} ${start} || ${refusing}`;
}

function pluginPowershell(agent: string, event: string): string {
  const start = `& $node '\${CLAUDE_PLUGIN_ROOT}\\..\\..\\dist\\guard.js' hook ${agent} ${event} --state "$env:CHAPERONE_STATE"`;
  return `$node = if ($env:CHAPERONE_NODE) { $env:CHAPERONE_NODE } else { 'node' }; ${piped(start)}; ${refusingPowershell}`;
}

function posix(launch: Launch, agent: string, event: string, seconds: number): string {
  return `${posixStart(launch, agent, event, seconds)} || ${refusing}`;
}

function posixStart(launch: Launch, agent: string, event: string, seconds: number): string {
  return `${alone} ${bound(seconds)} ${startCommand(launch, agent, event, seconds)}`;
}

/** The words that start the guard in a POSIX shell, with the payload on its input. Any failure of it is a no. */
export function startCommand(
  { node, guard, state }: Launch,
  agent: string,
  event: string,
  seconds: number,
): string {
  const quick = `${dirname(guard)}/hook.sh`;
  return quote(['/bin/sh', quick, node, guard, 'hook', agent, event, '--state', state, ...within(seconds)]);
}

function powershell(launch: Launch, agent: string, event: string, seconds: number): string {
  return `${powershellStart(launch, agent, event, seconds)}; ${refusingPowershell}`;
}

function powershellStart(launch: Launch, agent: string, event: string, seconds: number): string {
  return piped(startPowershell(launch, agent, event, seconds));
}

/** The same for PowerShell, which has set the variables that it needs. */
export function startPowershell(
  { node, guard, state }: Launch,
  agent: string,
  event: string,
  seconds: number,
): string {
  const [quotedNode, quotedGuard, quotedState] = [node, guard, state].map(
    text => `'${text.replaceAll("'", "''")}'`,
  );
  return `& ${quotedNode} ${quotedGuard} hook ${agent} ${event} --state ${quotedState}${within(seconds)
    .map(it => ` ${it}`)
    .join('')}`;
}

/** An agent that waits less long hears a no before, so that no silence of ours is taken for a yes. */
function within(seconds: number): readonly string[] {
  const patience = Math.min(usualPatience, Math.max(1, Math.floor(seconds - Math.min(10, seconds / 4))));
  return patience === usualPatience ? [] : ['--within', String(patience)];
}

/** Electron as Node, nothing preloaded that an environment names, and the shell to end with. */
const alone = 'ELECTRON_RUN_AS_NODE=1 NODE_OPTIONS= CHAPERONE_SHELL=$$';
const refusing = `{ echo '${failed}' >&2; exit 2; }`;

// Whole paths: an agent can put a `timeout` or a `sh` of its own on the PATH. `timeout` is not on every machine; there the
// guard's own deadline and the agent's own switch remain.
function bound(seconds: number): string {
  return `$([ -x /usr/bin/timeout ] && echo /usr/bin/timeout -k 1 ${seconds})`;
}

const refusingPowershell = `if ($LASTEXITCODE -ne 0) { [Console]::Error.WriteLine('${failed}'); exit 2 }`;

function piped(start: string): string {
  return `$env:ELECTRON_RUN_AS_NODE='1'; $env:NODE_OPTIONS=''; $OutputEncoding=[Text.Encoding]::UTF8; $input | ${start}`;
}
