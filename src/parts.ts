import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agentOf, agents, agentsWith } from './agents/index.ts';
import type { Agent, Examined, Launch } from './core/agent.ts';
import { code } from './core/code.ts';
import type { CustomAgent } from './core/customAgent.ts';
import { guardedBy } from './core/guarded.ts';
import { silence } from './core/hookDialect.ts';
import { describedVariables } from './core/envFile.ts';
import { exceptedBy, hiddenBy, supposedBy, toldBy } from './core/hidden.ts';
import { holding } from './core/holding.ts';
import { keptIn } from './core/kept.ts';
import { masked, type Masked } from './core/masked.ts';
import { failed } from './core/launch.ts';
import { understandWhole } from './core/mention.ts';
import type { Met } from './core/met.ts';
import type { Attempt, Handed, Mode, Reply, Ruling, SecretFact } from './core/model.ts';
import { isWithin, dirname, normal } from './core/paths.ts';
import type { Approver, Ignored, Ledger, Machine, ParseSql, Supervision, World } from './core/ports.ts';
import { isVariableName } from './core/origin.ts';
import { redact } from './core/redact.ts';
import { scanText } from './core/scan.ts';
import type { Settings } from './core/settings.ts';
import { supervise as throughTheLine } from './core/supervise.ts';
import { understandText, type Understanding } from './core/understand.ts';
import { commandEffects } from './programs/commands.ts';
import { harmless, programs } from './programs/index.ts';
import { services } from './programs/services/index.ts';
import { harmlessThere, powershell } from './programs/powershell.ts';
import { toolEffects } from './programs/tools.ts';
import { rules } from './rules/index.ts';
import { secretContents } from './secrets/contents.ts';
import { secretFiles } from './secrets/files.ts';
import { credentialPlaces } from './core/credentialPlaces.ts';
import { detectors } from './secrets/index.ts';
import { askProgram } from './system/asking.ts';
import { fingerprintKey } from './system/fingerprint.ts';
import { thisMachine } from './system/machine.ts';
import { runHook } from './system/process.ts';
import { ignoredSecrets } from './system/scan/ignored.ts';
import { workerScanner, type WorkerScanner } from './system/scan/scanner.ts';
import { lazySqlParser } from './system/sqlParser.ts';
import { loadSettings } from './system/settings.ts';
import { switchedOff } from './system/switched.ts';
import { installProgram, parts } from './system/state.ts';
import { found } from './system/traces.ts';
import { wiringStatus, type WiringGiven } from './system/wiring.ts';
import { originOf } from './secrets/sources.ts';
import { secretFact, variablesAround } from './system/origins.ts';
import { machineWorld, type Surrounded, type Watching } from './system/world.ts';
import { contentOf } from './system/world/regular.ts';

/*
 * What both roots are made of: the folders introduced to each other, once. `extension.ts` adds the editor and
 * `alone.ts` the command line.
 */

export interface Given {
  readonly settings: Settings;
  readonly mode: Mode;
  /** The folders a person works in, absolute. */
  readonly workspace: readonly string[];
  /** Where Chaperone keeps its state, and where its program lies: an agent touches neither. */
  readonly own: readonly string[];
  readonly approver: Approver;
  readonly ledger: Ledger;
  /** Hears of each command that is found. */
  readonly met?: (met: Met) => void;
}

/** What a window knows of secrets: what a person stored in it, and what is handed out. */
export interface Desk extends Required<Pick<Surrounded, 'handed'>> {
  readonly stored: (name: string) => { readonly environment?: string } | undefined;
}

/** What is known of a secret that an attempt names. */
async function known(
  { name, from, cwd }: { readonly name: string; readonly from: string; readonly cwd: string },
  workspace: readonly string[],
  { environments, environment }: Settings,
  desk: Desk,
): Promise<SecretFact> {
  const origin = originOf(name, from);
  if (!origin) return { found: false };
  const around = {
    cwd,
    workspace: workspace.find(folder => isWithin(cwd, folder, thisMachine())) ?? cwd,
    variables: process.env,
    environments,
    programs: {},
    window: async () => ({ problem: '' }),
    isStored: async (stored: string) => desk.stored(stored) !== undefined,
    stored: desk.stored,
  };
  return secretFact(origin, { name, from }, around, environment);
}

/** The variables of a folder's env files, as `--with` names them: what has a value, without it. Never rejects. */
export function variablesIn(
  folder: string,
): Promise<readonly { readonly name: string; readonly from: string }[]> {
  const cwd = normal(folder, thisMachine());
  return variablesAround({ cwd, workspace: cwd }, text =>
    describedVariables(text, detectors)
      .filter(it => it.kind !== 'empty' && isVariableName(it.name))
      .map(it => it.name),
  );
}

/** A secret as it would be handed out in a folder; `undefined` where it is not there. */
export async function secretIn(
  folder: string,
  secret: { readonly name: string; readonly from: string },
  settings: Settings,
  desk: Desk,
): Promise<(Handed & Pick<SecretFact, 'pinned'>) | undefined> {
  const cwd = normal(folder, thisMachine());
  const { found, ...fact } = await known({ ...secret, cwd }, [cwd], settings, desk);
  return found ? { ...secret, cwd, ...fact } : undefined;
}

export interface Supervisor {
  (given: Given): Supervision;
  /** Hears of a file that was made, changed or deleted. */
  readonly changed: (path: string) => void;
}

/** The tables that understanding is made of; the tests understand by the same. */
export function understandingOf(parseSql: ParseSql, machine: Machine): Understanding {
  return {
    programs,
    commandLines: new Set(services.flatMap(it => it.programs)),
    cmdlets: powershell,
    harmless: new Set([...harmless, ...harmlessThere]),
    code,
    tool: toolEffects,
    command: commandEffects,
    parseSql,
    machine,
  };
}

/**
 * Makes the supervision of one attempt, from the settings of that moment. `load` finds the parsers beside the bundle;
 * `stays` where this process outlives its answers.
 */
export function supervisor(
  load: (file: string) => unknown,
  stays?: 'stays',
  desk: Desk = { handed: () => false, stored: () => undefined },
): Supervisor {
  const machine = thisMachine();
  const understanding = understandingOf(
    lazySqlParser(file => load(`./sql/${file}`)),
    machine,
  );
  const switches = agents.flatMap(agent => agent.switches);
  const temp = temporaryFolders(machine);
  const worldOf = remembering(({ settings, workspace, own }: Surroundings) =>
    machineWorld({
      machine,
      workspace: normalised(workspace, machine),
      temp,
      hiddenBy: hiddenBy(secretFiles, settings.hidden, machine),
      supposedBy: supposedBy(secretContents, settings.hidden, machine),
      environments: settings.environments,
      secret: asked => known(asked, workspace, settings, desk),
      handed: desk.handed,
      exposes: (text, path) => holding(path, text, secretContents, detectors),
      excepted: exceptedBy(settings.hidden, machine),
      told: toldBy(secretFiles, text => describedVariables(text, detectors)),
      traces: {
        kept: (path, text, hidden) => keptIn(path, text, hidden, detectors),
        holds: (path, text, kept) =>
          // In a text without a credential only its kind is left to hide it.
          holding(path, text, secretContents, kept.length ? detectors : [])?.hidden === true,
        spotted: text => scanText('', text, detectors).find(it => it.sure),
        places: credentialPlaces(secretFiles, machine),
        stays: stays !== undefined,
      },
      guarded: guardedBy(
        normalised(own, machine),
        [...switches, ...settings.customAgents.map(it => it.file)],
        machine,
      ),
    }),
  );
  const supervise = ({ settings, mode, workspace, own, approver, ledger, met }: Given): Supervision => ({
    policy: { rules, verdicts: settings.rules, floors: settings.floors, mode },
    machine,
    understand: attempt => understandWhole(attempt, explained(understanding, met)),
    understandText: (text, lead, source, cwd, at) =>
      understandText(text, lead, source, cwd, at, explained(understanding, met)),
    world: worldOf.of({ settings, workspace, own }),
    approver,
    ledger,
    redact: text => redact(text, detectors),
  });
  return Object.assign(supervise, { changed: worldOf.changed });
}

function explained(understanding: Understanding, met: Given['met']): Understanding {
  return met ? { ...understanding, met } : understanding;
}

type Surroundings = Pick<Given, 'settings' | 'workspace' | 'own'>;

/** Hundreds of globs are compiled for a world: they are kept while nothing they are made from changes. */
function remembering(make: (around: Surroundings) => Watching) {
  let last: { readonly key: string; readonly world: Watching } | undefined;
  const of = (around: Surroundings): World => {
    const key = JSON.stringify([
      around.settings.hidden,
      around.settings.customAgents.map(it => it.file),
      around.settings.environments,
      around.settings.environment,
      around.workspace,
      around.own,
    ]);
    if (last?.key !== key) last = { key, world: make(around) };
    return last.world;
  };
  return { of, changed: (path: string) => last?.world.changed(path) };
}

/**
 * What finds secrets, and what a person said about those that do not matter. `program` is the folder of our bundles,
 * `hidden` a person's own globs. Rejects where the state cannot keep what fingerprints are made with.
 */
export async function secretScanner(
  state: string,
  program: string,
  hidden: readonly string[],
): Promise<{ readonly scanner: WorkerScanner; readonly ignored: Ignored }> {
  const ignored = ignoredSecrets(state, Date.now);
  const worker = path.join(program, 'scanner.js');
  const key = await fingerprintKey(state);
  return {
    scanner: workerScanner({ machine: thisMachine(), key, hidden, ignored, program: worker }),
    ignored,
  };
}

/** A file as an agent may see it, by the same tables. The path is absolute. Never rejects. */
export async function readMasked(path: string, workspace: readonly string[], world: World): Promise<Masked> {
  const { paths, contents } = await world.answer([
    { about: 'path', path, loss: false },
    { about: 'contents', path },
  ]);
  const fact = paths.get(path);
  const read = await contentOf(path, largestShown);
  if (read.found === 'nothing') return { shows: 'nothing', why: `\`${path}\` is not there`, failed: true };
  if (read.found === 'unreadable') return { shows: 'nothing', why: read.why, failed: true };
  if (!fact) return { shows: 'nothing', why: `cannot tell what \`${path}\` is`, failed: true };
  if (read.bytes.subarray(0, 8192).includes(0))
    return { shows: 'nothing', why: `\`${path}\` is no text`, failed: true };
  const beside = [...new Set([...workspace, dirname(path)])].flatMap(folder =>
    ['.env', '.env.local'].map(name => `${folder}/${name}`),
  );
  const around = await Promise.all(beside.map(file => contentOf(file, largestAround)));
  const found = contents.get(path);
  return masked(
    {
      path,
      text: read.bytes.toString('utf8'),
      fact,
      ...(found && { contents: found }),
      around: around.flatMap(it => (it.found === 'bytes' ? it.bytes.toString('utf8') : [])),
    },
    detectors,
  );
}

/** As long as what is looked at for a credential in it. */
const largestShown = 256 * 1024;
const largestAround = 64 * 1024;

export interface Asked {
  readonly agent: string;
  readonly event: string;
  readonly payload: string;
  /** Where the hook ran: for agents that do not say where they are. */
  readonly cwd?: string;
  /** Names of variables, with a space between them, by which it is seen who started the hook. */
  readonly marks?: string;
}

/**
 * From a payload to a reply, for whoever asks: the agent's hook reads, the line rules, the agent's hook words it. Another
 * program may have run that agent's hook file: `speaks` tells whether it has a hook of its own.
 */
export async function answerHook(
  { agent, event, payload, cwd = '/', marks = '' }: Asked,
  supervision: Supervision,
  { custom, speaks }: Here,
  seen: (attempt: Attempt, reply: Reply, ruling: Ruling) => void = () => undefined,
): Promise<Reply> {
  const named = agentOf(agent, custom);
  const own = named?.hooks[event];
  if (!own) throw new Error(`there is no hook \`${event}\` of an agent \`${agent}\``);
  const said = parsed(payload);
  const host = agentOf(named.hosts?.find(it => it.is(said, marks.split(' ')))?.agent ?? '');
  // It asks by its own hook: nobody is asked twice.
  if (host && (await speaks(host))) return silence;
  // One that has an event of that name speaks its own dialect, also to another's hook.
  const hook = host?.hooks[event] ?? own;
  const read = hook.read(said, supervision.machine);
  if (!read) return silence;
  const subject = { ...read.subject, ...(host && { agent: host.id, name: host.name }) };
  const attempt = { ...read, subject: { ...subject, cwd: subject.cwd || cwd } };
  const ruling = await throughTheLine(attempt, supervision);
  const reply = hook.reply(ruling);
  seen(attempt, reply, ruling);
  return reply;
}

/** The line itself, for what is no hook. */
export function supervised(attempt: Attempt, supervision: Supervision): Promise<Ruling> {
  return throughTheLine(attempt, supervision);
}

/** A no in the agent's dialect, where something of ours failed: without a hook to word it, in the one most understand. */
export function refusal(
  { agent, event }: Pick<Asked, 'agent' | 'event'>,
  why: string,
  custom: readonly CustomAgent[],
): Reply {
  const sentence = `${failing}: ${why}. Ask the person to look at the Chaperone log.`;
  return (
    agentOf(agent, custom)?.hooks[event]?.refuse(sentence) ?? { stdout: '', stderr: `${sentence}\n`, exit: 2 }
  );
}

const failing = 'Chaperone failed and refuses';

/** Whether a reason is that something of ours failed. */
function isFailure(reason: string): boolean {
  return reason.includes(failing) || reason.includes(failed);
}

/** A payload that is not JSON stays a text, which no hook can read: it is refused as unreadable. */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

/** What wiring is given here: an agent's own program is found as a person's shell would find it. */
export function wiringIn(state: string): WiringGiven {
  const { home } = thisMachine();
  return {
    home,
    state,
    ask: async asking => {
      const program = await whereIs({ traces: [{ program: asking.program }] });
      return program === undefined
        ? { problem: `\`${asking.program}\` is not found here` }
        : askProgram({ ...asking, program }, { home, path: process.env.PATH ?? '' });
    },
  };
}

/** Who is answered beside the agents of the table, and whether an agent has a hook of its own here. */
export interface Here {
  readonly custom: readonly CustomAgent[];
  readonly speaks: (agent: Agent) => boolean | Promise<boolean>;
}

export function hereIn(state: string, { customAgents }: Pick<Settings, 'customAgents'>): Here {
  const given = { home: thisMachine().home, state };
  return {
    custom: customAgents,
    speaks: async agent =>
      !agent.wiring.length || (await wiringStatus(agent, launchIn(state), given)).is === 'wired',
  };
}

/** All agents, by the settings as the editor wrote them last. */
export function agentsIn(state: string): readonly Agent[] {
  return agentsWith(loadSettings(state).settings.customAgents);
}

/** Where hooks find Node and the guard: a copy beside the state, which stays where it is when our folder moves. Throws. */
export async function launchFrom(state: string, program: string, version: string): Promise<Launch> {
  return { ...launchIn(state), guard: await installProgram(state, program, version) };
}

export function launchIn(state: string): Launch {
  return { node: process.execPath, guard: parts(state).guard, state, platform: thisMachine().platform };
}

/** The first sign of an agent on this machine. */
export function whereIs(agent: Pick<Agent, 'traces'>): Promise<string | undefined> {
  return found(agent, { home: thisMachine().home, path: process.env.PATH ?? '' });
}

/** Looks for an agent, at its wiring, and starts its hooks as it would: with something ordinary, and with something that must be stopped. */
export async function examine(agent: Agent, state: string, cwd: string): Promise<Examined> {
  const { home } = thisMachine();
  const launch = launchIn(state);
  const status = await wiringStatus(agent, launch, { home, state });
  const trials = status.is === 'wired' ? agent.trials(launch, cwd) : [];
  const tried = await Promise.all(
    trials.map(async ({ what, command, payload, stops }) => {
      const { exit, stdout, stderr, took } = await runHook(command, JSON.stringify(payload), cwd);
      // Some agents know no other no than this exit status, with a reason that is not a failure's.
      const worked = exit === 0 || (exit === 2 && stderr.trim() !== '' && !isFailure(stderr));
      const stopped = exit !== 0 || stdout !== '';
      const said = worked
        ? stopped
          ? 'stopped'
          : 'let pass'
        : `failed with exit status ${exit}: ${stderr.trim()}`;
      return { what, ok: stopped === stops && worked, took, said };
    }),
  );
  const where = await whereIs(agent);
  const off = switchedOff(agent, { home, workspace: cwd });
  return { found: where, off, wired: status.is === 'unreadable' ? status.problem : status.is, tried };
}

function normalised(folders: readonly string[], machine: Machine): readonly string[] {
  return folders.map(folder => normal(folder, machine));
}

function temporaryFolders(machine: Machine): readonly string[] {
  const named = machine.platform === 'windows' ? [tmpdir()] : [tmpdir(), '/tmp', '/var/tmp'];
  return [
    ...new Set(
      normalised(
        named.flatMap(folder => [folder, real(folder)]),
        machine,
      ),
    ),
  ];
}

function real(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}
