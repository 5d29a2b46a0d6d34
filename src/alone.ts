import type { Met } from './core/met.ts';
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import * as path from 'node:path';
import { version } from '../package.json';
import type { Asker, Cli } from './cli/cli.ts';
import { run } from './cli/index.ts';
import { hiddenBy } from './core/hidden.ts';
import type { Reply } from './core/model.ts';
import { absolute, normal } from './core/paths.ts';
import type { Approver, Ledger, Supervision } from './core/ports.ts';
import { effectsOf, judged } from './core/supervise.ts';
import { handedHere, inherited, injecting, settingsIn } from './injected.ts';
import {
  agentsIn,
  answerHook,
  examine,
  launchFrom,
  readMasked,
  refusal,
  secretScanner,
  hereIn,
  supervisor,
  whereIs,
  wiringIn,
  type Given,
} from './parts.ts';
import { fileAges } from './system/ages.ts';
import { callWindow, windows, type Call } from './system/caller.ts';
import { endpoint } from './system/endpoint.ts';
import { hearing } from './system/heard.ts';
import { fileLedger, readLedger, verifyLedger } from './system/ledger.ts';
import { secretFiles } from './secrets/files.ts';
import { rotations } from './secrets/rotation.ts';
import { thisMachine } from './system/machine.ts';
import type { Ended } from './system/masked.ts';
import { installCommitHook, uninstallCommitHook } from './system/scan/hook.ts';
import type { WorkerScanner } from './system/scan/scanner.ts';
import { stagedSecrets } from './system/scan/staged.ts';
import { loadSettings } from './system/settings.ts';
import { defaultState, parts, stateFolder, type Folder } from './system/state.ts';
import { install, uninstall } from './system/wiring.ts';
import { workspaceOf } from './system/workspace.ts';

/*
 * Root where there is no editor: the same line, with nobody to ask, and the command line. `guard.ts` loads it.
 */

const make = supervisor(createRequire(__filename));
const machine = thisMachine();

/** A hook's answer without a window: what needs a person is refused, with the reason that nobody was there. */
export async function decideAlone(call: Call, nobody: string): Promise<Reply> {
  const state = call.state || defaultState(process.env, machine.home);
  const approver: Approver = { ask: async () => ({ outcome: 'refused', by: 'nobody', note: nobody }) };
  const here = hereIn(state, loadSettings(state).settings);
  try {
    return await answerHook(
      call,
      make(supervisionIn(state, call.cwd, approver, ledgerIn(state))),
      here,
      ({ subject }) => hearing(state, Date.now).note(subject.agent, call.event),
    );
  } catch (error) {
    return refusal(call, error instanceof Error ? error.message : String(error), here.custom);
  }
}

function supervisionIn(state: string, cwd: string, approver: Approver, ledger: Ledger): Given {
  const workspace = workspaceOf(cwd, machine);
  const settings = settingsIn(state, workspace);
  return {
    settings,
    mode: settings.mode,
    workspace: [workspace],
    own: [state, process.execPath],
    approver,
    ledger,
  };
}

function ledgerIn(state: string): Ledger {
  const folder = stateFolder(state);
  if ('problem' in folder) return { append: async () => complain(folder.problem) };
  return fileLedger(state, { now: () => new Date(), complain });
}

function complain(sentence: string): void {
  process.stderr.write(`chaperone: ${sentence}\n`);
}

/** The command line. Gives the exit status; every failure is a sentence. */
export function main(argv: readonly string[]): Promise<number> {
  const { state, rest } = chosenState(argv);
  return run(rest, cli(state));
}

function cli(state: string): Cli {
  const cwd = normal(process.cwd(), machine);
  return {
    version,
    machine,
    agents: agentsIn(state),
    rotations,
    cwd,
    state,
    write: text => process.stdout.write(text),
    complain: text => process.stderr.write(text),
    lines: () => createInterface({ input: process.stdin, crlfDelay: Infinity }),
    consider: considerer(state),
    read: path => {
      const approver: Approver = { ask: async () => ({ outcome: 'refused', by: 'nobody' }) };
      const ledger: Ledger = { append: async () => undefined };
      const given = supervisionIn(state, cwd, approver, ledger);
      return readMasked(path, given.workspace, make(given).world);
    },
    isHere: async agent => (await whereIs(agent)) !== undefined,
    install: async agent => {
      const folder = stateFolder(state);
      return 'problem' in folder
        ? folder
        : install(agent, await launchFrom(state, __dirname, version), wiringIn(state));
    },
    uninstall: agent => uninstall(agent, wiringIn(state)),
    examine: agent => examine(agent, state, cwd),
    problems: () => [...problemsOf(stateFolder(state)), ...loadSettings(state).problems],
    windows: () => windows(state),
    verify: () => verifyLedger(parts(state).ledger),
    recent: last => readLedger(parts(state).ledger, { last }),
    serve: (ask, seen) => serve(state, cwd, ask, seen),
    question,
    scan: async scan => (await scannerIn(state, cwd)).scan(scan),
    scanStaged: async (paths, signal) =>
      stagedSecrets({
        cwd,
        paths,
        machine,
        env: process.env,
        named: hiddenIn(state, cwd),
        look: (await scannerIn(state, cwd)).text,
        signal,
      }),
    ages: async secrets => ({
      sightings: await fileAges({ state, machine, distrusted: [cwd], now: Date.now }).note(secrets),
      days: settingsIn(state, workspaceOf(cwd, machine)).rotationDays,
      now: Date.now(),
    }),
    commitHook: async how => {
      if (how === 'uninstall') return uninstallCommitHook(cwd, machine);
      const folder = stateFolder(state);
      if ('problem' in folder) return folder;
      return installCommitHook(cwd, await launchFrom(state, __dirname, version), machine);
    },
    status: line => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
    },
    real: path => normal(realpathSync.native(path), machine),
    interrupted: ended => {
      process.once('SIGINT', ended);
      return () => process.off('SIGINT', ended);
    },
    lists: async () => {
      const workspace = workspaceOf(cwd, machine);
      const folder = stateFolder(state);
      if ('problem' in folder) throw new Error(folder.problem);
      const { listsIn } = await import('./lists.ts');
      return listsIn({ state, folders: [workspace], hidden: settingsIn(state, workspace).hidden });
    },
    confine: async given => {
      const workspace = workspaceOf(given.cwd, machine);
      const { guarded } = await import('./terminal.ts');
      return guarded({
        ...given,
        machine,
        workspace,
        settings: settingsIn(state, workspace),
        state,
        program: __dirname,
        handed: () => handedHere(state, { agent: agentIn(given.command, state), ...given }),
      });
    },
    standBetween: (name, command) => gateway(state, name, command),
    servers: serversIn(state, cwd),
    ...injecting(state, cwd),
  };
}

/** The id of the agent that a command starts; empty where it is none that we know. */
function agentIn([program = '']: readonly string[], state: string): string {
  return agentsIn(state).find(it => it.id === path.basename(program))?.id ?? '';
}

/** Stands between standard input and output here and a server, and has each call ruled on as a hook would. */
async function gateway(state: string, server: string, command: readonly string[]): Promise<Ended> {
  const { standBetween } = await import('./system/mcp/gateway.ts');
  const about = { session_id: `mcp-${randomUUID()}`, cwd: process.cwd(), ...(server && { server }) };
  return standBetween({
    argv: command,
    variables: inherited(),
    input: process.stdin,
    output: process.stdout,
    ask: async ({ event, params, tool }, gone) => {
      const { name, arguments: input, uri } = params;
      const { annotations, schema } = tool ?? {};
      const asked =
        event === 'ReadResource' ? { uri } : { tool_name: name, tool_input: input, annotations, schema };
      const call: Call = {
        state,
        agent: 'mcp',
        event,
        payload: JSON.stringify({ ...about, ...asked }),
        cwd: about.cwd,
        wait: patience,
        preferred: process.env.CHAPERONE_WINDOW ?? latestWindow(state),
        machine,
      };
      const called = await callWindow(call, gone);
      if ('reply' in called) return called.reply;
      return gone.aborted ? refusal(call, called.nobody, []) : decideAlone(call, called.nobody);
    },
  });
}

/** As long as a hook waits for a person, in milliseconds. */
const patience = 580_000;

/** Servers are often started in no folder of a window's: then a person is asked where they were last. */
function latestWindow(state: string): string {
  return windows(state).reduce((last, it) => (it.focused > last.focused ? it : last), { id: '', focused: 0 })
    .id;
}

function serversIn(state: string, cwd: string): Cli['servers'] {
  const files = () => import('./system/mcp/files.ts');
  return {
    guard: async named => {
      const { guardServers, usualFiles } = await files();
      const folder = stateFolder(state);
      if ('problem' in folder) return [folder];
      await launchFrom(state, __dirname, version);
      return guardServers(named.length ? named : usualFiles(cwd, machine.home), state);
    },
    letGo: async named => (await files()).letServersGo(named, state),
  };
}

async function scannerIn(state: string, cwd: string): Promise<WorkerScanner> {
  const folder = stateFolder(state);
  if ('problem' in folder) throw new Error(folder.problem);
  const { hidden } = settingsIn(state, workspaceOf(cwd, machine));
  return (await secretScanner(state, __dirname, hidden)).scanner;
}

/** Whether a file holds secrets by its name. */
function hiddenIn(state: string, cwd: string): (path: string) => boolean {
  const hidden = hiddenBy(secretFiles, settingsIn(state, workspaceOf(cwd, machine)).hidden, machine);
  return path => hidden(path) !== undefined;
}

/** `--state DIR` may stand anywhere; else the environment says, else the usual place. */
function chosenState(argv: readonly string[]): { readonly state: string; readonly rest: readonly string[] } {
  const end = argv.indexOf('--');
  const index = (end < 0 ? argv : argv.slice(0, end)).indexOf('--state');
  const given = index < 0 ? process.env.CHAPERONE_STATE : argv[index + 1];
  const rest = index < 0 ? argv : argv.filter((_, number) => number !== index && number !== index + 1);
  return {
    state: given ? absolute(given, process.cwd(), machine) : defaultState(process.env, machine.home),
    rest,
  };
}

function problemsOf(folder: Folder): readonly string[] {
  return 'problem' in folder ? [folder.problem] : [];
}

/** Considers attempts without asking or recording. The world of a folder is made once. */
function considerer(state: string): Cli['consider'] {
  const approver: Approver = { ask: async () => ({ outcome: 'refused', by: 'nobody' }) };
  const ledger: Ledger = { append: async () => undefined };
  const made = new Map<string, Supervision>();
  let met: Met[] = [];
  return async attempt => {
    const { cwd } = attempt.subject;
    const given =
      made.get(cwd) ?? make({ ...supervisionIn(state, cwd, approver, ledger), met: it => met.push(it) });
    made.set(cwd, given);
    met = [];
    const effects = await effectsOf(attempt, given);
    return { met, effects, decision: await judged(effects, attempt.subject, given) };
  };
}

async function serve(
  state: string,
  cwd: string,
  ask: Asker,
  seen: Parameters<Cli['serve']>[1],
): Promise<() => void> {
  const folder = stateFolder(state);
  if ('problem' in folder) throw new Error(folder.problem);
  const ledger = ledgerIn(state);
  const answering = endpoint({
    state,
    folders: () => [cwd],
    focused: () => Date.now(),
    answer: async (asked, signal) =>
      // Nothing is stored here, and nothing handed out.
      asked.secret
        ? { stdout: '', stderr: 'no secret is stored here\n', exit: 1 }
        : answerHook(
            asked,
            make({
              ...supervisionIn(state, cwd, { ask: (...of) => ask(...of, signal) }, ledger),
              workspace: [cwd],
            }),
            hereIn(state, loadSettings(state).settings),
            seen,
          ),
    complain,
  });
  if (!(await answering.ready)) throw new Error('cannot ask here: no socket could be opened');
  return answering.dispose;
}

async function question(text: string, signal?: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await new Promise(resolve => {
      terminal.question(text, resolve);
      terminal.once('close', () => resolve(''));
      signal?.addEventListener('abort', () => terminal.close());
    });
  } finally {
    terminal.close();
  }
}
