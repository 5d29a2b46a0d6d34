import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { vscode } from './agents/vscode/index.ts';
import type { Cli } from './cli/cli.ts';
import { forAgent } from './core/explain.ts';
import { maskedOutput } from './core/masked.ts';
import { shortest, type Named } from './core/masking.ts';
import type { Redacted } from './core/model.ts';
import type { Action } from './core/model.ts';
import { across, handedAsked, handedGiven, secretGiven, wanted, type SecretAsked } from './core/origin.ts';
import { lineWith, ownShell } from './core/ours.ts';
import type { Supervision } from './core/ports.ts';
import { normal } from './core/paths.ts';
import { tighten, type Settings } from './core/settings.ts';
import { supervise } from './core/supervise.ts';
import { detectors } from './secrets/index.ts';
import { originOf } from './secrets/sources.ts';
import { callWindow } from './system/caller.ts';
import { thisMachine } from './system/machine.ts';
import { runMasked } from './system/masked.ts';
import { textsAround, valueOf, type Around, type Got } from './system/origins.ts';
import { loadSettings, workspaceSettings } from './system/settings.ts';
import { workspaceOf } from './system/workspace.ts';

/*
 * Secrets that a command gets and nobody sees: the table of sources, the machine and the window introduced to each other.
 */

const machine = thisMachine();

/** A person's settings in the state folder, as a workspace tightens them. */
export function settingsIn(state: string, workspace: string): Settings {
  return tighten(loadSettings(state).settings, workspaceSettings(workspace).settings);
}

/** What `guard run` needs. */
export function injecting(state: string, cwd: string): Pick<Cli, 'pin' | 'secret' | 'start'> {
  const workspace = workspaceOf(cwd, machine);
  return {
    pin: () => settingsIn(state, workspace).environment,
    secret: (name, from, command) =>
      secretFrom(name, from, settingsIn(state, workspace), {
        cwd: process.cwd(),
        workspace,
        ...storage(state, cwd, command),
      }),
    start: (argv, secrets) =>
      runMasked({
        argv,
        cwd: process.cwd(),
        variables: inherited(),
        secrets,
        input: 'ours',
        out: process.stdout,
        error: process.stderr,
      }),
  };
}

/** The value that `--with NAME=from` names, or a sentence why there is none. Never rejects. */
export async function secretFrom(
  name: string,
  from: string,
  { environments, secretPrograms }: Settings,
  around: Pick<Around, 'cwd' | 'workspace' | 'window' | 'isStored'>,
): Promise<Got> {
  const origin = originOf(name, from);
  if (!origin) return { problem: `cannot get \`${name}\`: nothing is known by the name \`${from}\`` };
  return valueOf(origin, name, from, {
    ...around,
    variables: inherited(),
    environments,
    programs: secretPrograms,
  });
}

/**
 * Which variables of this environment a person handed out ahead, to an agent by its id and in a folder: those that hold
 * the very secret, and `others`. Asks the window that holds the folder; without one nothing is handed out. Never rejects.
 */
export async function handedHere(
  state: string,
  {
    agent,
    cwd,
    command,
  }: { readonly agent: string; readonly cwd: string; readonly command: readonly string[] },
): Promise<{ readonly names: readonly string[]; readonly others: readonly string[] }> {
  const called = await callWindow({
    state,
    agent,
    event: '',
    payload: handedAsked,
    cwd,
    wait: timeToSay,
    secret: true,
    machine,
  });
  const handed = 'reply' in called && called.reply.exit === 0 ? handedGiven(called.reply.stdout) : [];
  const workspace = workspaceOf(cwd, machine);
  const settings = settingsIn(state, workspace);
  const around = { cwd, workspace, ...storage(state, cwd, command) };
  const [same, others]: [Set<string>, Set<string>] = [new Set(), new Set()];
  for (const { name, from } of handed) {
    if (!process.env[name]) continue;
    const got = await secretFrom(name, from, settings, around);
    const is = 'value' in got && got.value === process.env[name];
    if (is && across(settings.environment, got.environment) === undefined) same.add(name);
    else others.add(name);
  }
  return { names: [...same], others: [...others].filter(name => !same.has(name)) };
}

/** Milliseconds for a window to say what is handed out, which asks nobody. */
const timeToSay = 5_000;

/** The editor's secret storage, for a command that is to be run. */
function storage(
  state: string,
  cwd: string,
  command: readonly string[],
): Pick<Around, 'window' | 'isStored'> {
  return {
    window: name => askWindow(state, cwd, { name, command }),
    isStored: async name => !('problem' in (await askWindow(state, cwd, { name }))),
  };
}

async function askWindow(state: string, cwd: string, asked: SecretAsked): Promise<Got> {
  const payload = JSON.stringify(asked);
  const called = await callWindow({
    state,
    agent: '',
    event: '',
    payload,
    cwd: normal(cwd, machine),
    wait: timeToDecide,
    secret: true,
    machine,
  });
  if ('nobody' in called)
    return { problem: `cannot get \`${asked.name}\` from the editor's secret storage: ${called.nobody}` };
  const { stdout, stderr, exit } = called.reply;
  return exit === 0 ? secretGiven(stdout) : { problem: stderr.trim() };
}

/** Milliseconds for a person to say whether a command may have a secret. */
const timeToDecide = 580_000;

/** Without what makes an editor's program a Node, which was meant for us. */
export function inherited(): Readonly<Record<string, string | undefined>> {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = process.env;
  return rest;
}

/** A line for a shell that somebody wants to run with secrets, by name. */
export interface Line {
  readonly command: string;
  /** `NAME` or `NAME=SOURCE`, as `--with` has them. */
  readonly secrets: readonly string[];
  /** The longest it may take. */
  readonly seconds?: number;
  readonly cwd: string;
  readonly workspace: string;
}

/**
 * Runs it for a model, by the one line: what comes back is what it printed, masked, or why it was not run. What `passed`
 * its hook is not ruled on a second time. Never rejects; `signal` ends it.
 */
export async function runForModel(
  { command, secrets, seconds = longestRun, cwd, workspace }: Line,
  given: Supervision,
  settings: Settings,
  vault: Pick<Around, 'window' | 'isStored'>,
  passed: (action: Action) => boolean,
  signal: AbortSignal,
): Promise<string> {
  const action: Action = secrets.length
    ? { kind: 'shell', line: lineWith(secrets, command), dialect: 'posix' }
    : ownShell(command, machine);
  const subject = { agent: vscode.id, name: vscode.name, session: 'chaperone_run', cwd };
  const ruling = passed(action) ? undefined : await supervise({ subject, action }, given);
  if (ruling?.outcome === 'refused') return `It was not run. ${forAgent(ruling)}`;
  const named: Named[] = [];
  for (const text of secrets) {
    const { name, from } = wanted(text) ?? { name: text, from: '' };
    const got = await secretFrom(name, from, settings, { cwd, workspace, ...vault });
    if ('problem' in got) return `It was not run: ${got.problem}`;
    if (across(settings.environment, got.environment) !== undefined)
      return `It was not run: \`${name}\` is for ${got.environment}, and this is pinned to ${settings.environment}`;
    if (got.value.trim().length < shortest) return `It was not run: \`${name}\` is too short to be masked`;
    named.push({ name, value: got.value });
  }
  const out = collector();
  const inEnvironment = ownSecrets().filter(it => !named.some(({ name }) => name === it.name));
  const late = AbortSignal.timeout(Math.min(seconds, longestRun) * 1000);
  const shell =
    machine.platform === 'windows' ? ['cmd.exe', '/d', '/s', '/c', command] : ['/bin/sh', '-c', command];
  const ended = await runMasked({
    argv: shell,
    cwd,
    variables: inherited(),
    secrets: [...named, ...inEnvironment],
    input: 'nothing',
    out: out.stream(),
    error: out.stream(),
    signal: AbortSignal.any([signal, late]),
  });
  const how =
    'problem' in ended
      ? ended.problem
      : 'exit' in ended
        ? `exit status ${ended.exit}`
        : late.aborted
          ? `ended: it took longer than ${seconds} seconds`
          : `ended by ${ended.signal}`;
  // Before it is cut: half a credential is recognised by nobody.
  const shown = await maskedAround(out.text(), { cwd, workspace });
  return `${shortened(shown)}\n(${how})`;
}

/** A text without credentials, and without what env files around a folder keep secret. */
export async function maskedAround(text: string, place: Pick<Line, 'cwd' | 'workspace'>): Promise<Redacted> {
  return maskedOutput(text, await textsAround(place), detectors);
}

/** Variables of our own environment that hold a secret by their names. */
function ownSecrets(): readonly Named[] {
  return Object.entries(inherited()).flatMap(([name, value = '']) =>
    secretName.test(name) && value.length >= 8 && /\d/.test(value) ? [{ name, value }] : [],
  );
}

const secretName =
  /(?:password|passwd|passphrase|secret|token|api_?key|access_?key|private_?key|credentials?)$/i;

/** Ten minutes, and as much as a model reads of what was printed. */
const longestRun = 600;
const mostShown = 60_000;
const mostHeld = 1_000_000;

function shortened(text: string): string {
  const half = mostShown / 2;
  return text.length > mostShown ? `${text.slice(0, half)}\n[…]\n${text.slice(-half)}` : text;
}

/** What is printed, as far as it is held: its beginning and its end. */
function collector() {
  let [first, last] = ['', ''];
  const write = (text: string) => {
    const room = mostHeld - first.length;
    first += text.slice(0, Math.max(room, 0));
    last = (last + text.slice(Math.max(room, 0))).slice(-mostHeld);
  };
  return {
    stream: () => {
      const decoder = new StringDecoder('utf8');
      return new Writable({
        write: (chunk: Buffer, _, done) => {
          write(decoder.write(chunk));
          done();
        },
      });
    },
    text: () => first + last,
  };
}
