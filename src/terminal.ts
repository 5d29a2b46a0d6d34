import * as fs from 'node:fs';
import * as path from 'node:path';
import { agentsWith } from './agents/index.ts';
import { terminalAgents, type TerminalAgent } from './agents/terminal.ts';
import type { Confined, Confining } from './cli/cli.ts';
import { anywhere, exceptedBy, hiddenBy, lastNames, type HiddenBy } from './core/hidden.ts';
import { holding } from './core/holding.ts';
import { keptIn } from './core/kept.ts';
import { basename, beforeWildcard } from './core/paths.ts';
import type { Machine } from './core/ports.ts';
import type { Settings } from './core/settings.ts';
import { withheld } from './core/withheld.ts';
import { secretContents } from './secrets/contents.ts';
import { secretFiles } from './secrets/files.ts';
import { detectors } from './secrets/index.ts';
import { windows } from './system/caller.ts';
import { confine } from './system/sandbox/confine.ts';
import { fence, type Fence } from './system/sandbox/fence.ts';
import { missingParts, setupPage } from './system/sandbox/missing.ts';
import { tracer } from './system/traced/tracer.ts';
import { clock } from './system/world/clock.ts';
import { contentNow } from './system/world/regular.ts';

/*
 * What a guarded terminal is made of. Loaded by `alone.ts` when one is started, and a bundle of its own: it holds the
 * sandbox runtime.
 */

export interface Given extends Confining {
  readonly machine: Machine;
  readonly settings: Settings;
  readonly workspace: string;
  readonly state: string;
  /** Where the bundles lie. */
  readonly program: string;
  /** What a person handed out ahead to whoever starts here. Never rejects. */
  readonly handed: () => Promise<HandedHere>;
}

/** Variables that stand in the environment here and that a person handed out ahead. */
export interface HandedHere {
  readonly names: readonly string[];
  /** Those that have another value here than what was handed out, or must not be used here. */
  readonly others: readonly string[];
}

/** Runs a command in a guarded terminal, or says why it was not started. Never without its fence; never rejects. */
export async function guarded(given: Given): Promise<Confined> {
  const { command, cwd, workspace, machine, settings, say } = given;
  const terminal = process.stdin.isTTY && process.stdout.isTTY;
  const missing = missingParts({ platform: process.platform, path: process.env.PATH ?? '', terminal });
  if (missing.length) return { problems: [...missing, `what it needs and how to install it: ${setupPage}`] };
  const wrong = unfit(cwd, workspace, machine);
  if (wrong) return { problems: [wrong] };
  const switches = switchesOf(settings);
  const keep = [...settings.sandbox.keep, ...given.keep];
  const handed = await given.handed();
  const out = withheld(process.env, [...keep, ...handed.names], detectors);
  const agent = terminalAgents.find(it => it.program === path.basename(command[0] ?? ''));
  const shown = (agent?.stores ?? []).map(glob => `!${glob}`);
  const globs = [...settings.hidden, ...shown];
  const named = hiddenBy(secretFiles, globs, machine);
  const found = await holdersIn(workspace, named, globs, machine);
  const names = lastNames([...hiddenGlobs(settings), ...switches, ...loginGlobs], machine);
  const login = loginBy(globs, machine);
  const made = fence({
    platform: process.platform,
    home: machine.home,
    workspace,
    hiddenBy: file => named(file) ?? found.by(file) ?? login(file),
    places: placesOf(hiddenGlobs(settings)),
    own: ownFiles(given, agent, switches),
    guarded: guardedAnywhere(machine, switches),
    names: name => names(name) || found.names.has(name),
    needed: [given.state, given.program, path.dirname(process.execPath)],
    sockets: [...windows(given.state).map(({ socket }) => socket), ...keptSockets(keep)],
  });
  const { finished, looked } = made.walked;
  if (!finished)
    return {
      problems: [
        `cannot tell what is hidden: after ${looked} files in \`${workspace}\` and \`${machine.home}\` there were still more`,
      ],
    };
  const domains = given.domains.length ? given.domains : settings.sandbox.domains;
  for (const sentence of [
    ...told(made, out, domains),
    ...handing(handed, out),
    ...found.said,
    ...(agent ? lacking(agent, out) : []),
  ])
    say(sentence);
  const confined = await confine({
    command,
    cwd,
    platform: process.platform,
    fence: made,
    env: environment(out.map(it => it.name)),
    domains,
    terminal,
    jar: path.join(given.program, 'srt-proxy-agent.jar'),
  });
  return 'problem' in confined ? { problems: [confined.problem] } : confined;
}

/** Why no fence can be put around a folder. */
function unfit(cwd: string, workspace: string, machine: Machine): string | undefined {
  if (!fs.statSync(cwd, { throwIfNoEntry: false })?.isDirectory())
    return `cannot run in \`${cwd}\`: it is no folder`;
  const above =
    machine.home === workspace || machine.home.startsWith(workspace === '/' ? '/' : `${workspace}/`);
  return above
    ? `cannot guard \`${workspace}\`: the home folder is in it or is it; start in the folder of a project`
    : undefined;
}

/** Milliseconds in which the project's files are looked into. */
const longestLook = 20_000;

const mostNamed = 10;

interface Held {
  readonly by: HiddenBy;
  readonly names: ReadonlySet<string>;
  /** In sentences: which they are, since no name tells, and what was not looked into. */
  readonly said: readonly string[];
}

/** The files of the project that are hidden for what stands in them, as those who judge attempts find them. */
async function holdersIn(
  workspace: string,
  named: HiddenBy,
  globs: readonly string[],
  machine: Machine,
): Promise<Held> {
  const folder = fs.realpathSync.native(workspace);
  const excepted = exceptedBy(globs, machine);
  const looking = tracer({
    workspace: [folder],
    places: [],
    hidden: named,
    kept: (file, text, hidden) => (hidden ? [] : keptIn(file, text, hidden, detectors)),
    holds: (file, text, kept) =>
      !excepted(file) &&
      holding(file.slice(folder.length), text, secretContents, kept.length ? detectors : [])?.hidden === true,
    stays: false,
    patience: longestLook,
  });
  const { files, whole } = await looking.holders(clock(longestLook));
  const all = [...files].map(file => file.slice(folder.length + 1)).toSorted();
  const more = all.length > mostNamed ? ` and ${all.length - mostNamed} more` : '';
  const byName = all.length
    ? [
        `hidden for what stands in them: ${all.slice(0, mostNamed).join(', ')}${more}; \`chaperone.hidden\` shows one again, with \`!\` before its name`,
      ]
    : [];
  return {
    by: file => (files.has(file) ? 'what stands in it' : undefined),
    names: new Set([...files].map(basename)),
    said: whole
      ? byName
      : [
          ...byName,
          `not all files of \`${workspace}\` could be looked into: one that only what stands in it hides may be read`,
        ],
  };
}

const loginGlobs = ['**/.docker/config.json', ...secretContents.flatMap(({ names = [] }) => names)];

/** Settings of programs, wherever they lie, that hold a login: by their names and what stands in them. */
function loginBy(globs: readonly string[], machine: Machine): HiddenBy {
  const isOne = loginGlobs.map(glob => anywhere(glob, machine));
  const excepted = exceptedBy(globs, machine);
  return file => {
    if (file.endsWith('/') || excepted(file) || !isOne.some(is => is(file))) return undefined;
    const text = contentNow(file, largestSettings)?.toString('utf8');
    return text === undefined ? undefined : holding(file, text, secretContents, [])?.kind;
  };
}

/** Bytes. */
const largestSettings = 256 * 1024;

function switchesOf({ customAgents }: Settings): readonly string[] {
  return agentsWith(customAgents).flatMap(agent => agent.switches);
}

function hiddenGlobs({ hidden }: Settings): readonly string[] {
  return [...secretFiles.flatMap(it => it.globs), ...hidden.filter(glob => !glob.startsWith('!'))];
}

/** Where absolute globs begin. Those under the home folder and in any folder are found from there. */
function placesOf(globs: readonly string[]): readonly string[] {
  return [
    ...new Set(
      globs
        .filter(glob => glob.startsWith('/') && !/^\/(?:proc|dev)\//.test(glob))
        .map(glob => beforeWildcard(glob).folder)
        .filter(folder => folder !== '/' && folder !== ''),
    ),
  ];
}

/**
 * What of ours has a place of its own: written as it is, or in the folder that is worked in. There a folder that holds
 * nothing but settings is kept as a whole, and one that is missing is kept from being made. The folder of the agent that
 * is started is made, since it would make it, and its settings in it.
 */
function ownFiles(
  { state, program, workspace, machine }: Given,
  agent: TerminalAgent | undefined,
  switches: readonly string[],
): readonly string[] {
  const written = [...switches, '**/.chaperone/any'].flatMap(glob => {
    const bare = glob.replace(/\/\*\*$/, '/any');
    if (bare.startsWith('~/')) return inHome(path.join(machine.home, bare.slice(2)), machine, agent);
    if (!bare.startsWith('**/')) return [bare];
    const file = path.join(workspace, bare.slice(3));
    const folder = path.dirname(file);
    return [folder !== workspace && fs.existsSync(folder) ? folder : file];
  });
  return [state, program, process.execPath, ...editorFiles(state), ...written].filter(
    file => !/[*?]/.test(file),
  );
}

/** An editor that is not here has no settings to be kept; an agent's that are not, could be written for it. */
function inHome(file: string, { home }: Machine, agent: TerminalAgent | undefined): readonly string[] {
  const folder = path.dirname(file);
  if (/[*?]/.test(file) || fs.existsSync(folder)) return [file];
  if (/code|^\.config$|^Library$|^AppData$/.test(path.relative(home, file).split(path.sep)[0] ?? ''))
    return [];
  if (path.basename(folder) === `.${agent?.program}`) fs.mkdirSync(folder, { mode: 0o700 });
  return [file];
}

function guardedAnywhere(machine: Machine, switches: readonly string[]): (file: string) => boolean {
  const all = switches.map(glob => anywhere(glob, machine));
  return file => all.some(is => is(file));
}

/** Where the state is an extension's storage, the editor notes beside it which extensions are on. */
function editorFiles(state: string): readonly string[] {
  const storage = path.dirname(state);
  return path.basename(storage) === 'globalStorage'
    ? [
        path.join(path.dirname(storage), 'settings.json'),
        path.join(path.dirname(storage), 'profiles'),
        storage,
      ]
    : [];
}

function keptSockets(keep: readonly string[]): readonly string[] {
  return keep
    .map(name => process.env[name] ?? '')
    .filter(value => fs.statSync(value, { throwIfNoEntry: false })?.isSocket());
}

function environment(without: readonly string[]): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !without.includes(entry[0]),
  );
  // Electron as Node is our own way to start; Node's own clients are told to ask the proxy.
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = Object.fromEntries(kept);
  return { ...rest, NODE_USE_ENV_PROXY: '1', CHAPERONE_SANDBOX: '1' };
}

function told(made: Fence, out: ReturnType<typeof withheld>, domains: readonly string[]): readonly string[] {
  const { files, folders, otherNames } = made.walked;
  return [
    `guarded terminal: ${files.length} hidden files and ${folders.length} hidden folders cannot be read in it`,
    ...(out.length
      ? [
          `kept out of its environment: ${out.map(({ name, why }) => `${name} (${why})`).join(', ')}; --keep NAME passes one on`,
        ]
      : []),
    domains.includes('*')
      ? 'every host can be reached through a proxy; programs that know no proxy reach none, nor what listens on this machine'
      : `hosts that can be reached: ${domains.join(', ') || 'none'}`,
    ...otherNames.map(file => `\`${file}\` has another name that was not found: by that one it can be read`),
  ];
}

function handing({ names, others }: HandedHere, out: ReturnType<typeof withheld>): readonly string[] {
  const kept = others.filter(name => out.some(it => it.name === name));
  return [
    ...(names.length ? [`in its environment, since you handed it out: ${names.join(', ')}`] : []),
    ...kept.map(
      name => `${name} is kept out although you handed it out: what it holds here is something else`,
    ),
  ];
}

/** An agent that cannot log in says so in its own words, which do not tell why. */
function lacking({ name, keys, stores }: TerminalAgent, out: ReturnType<typeof withheld>): readonly string[] {
  return [
    ...keys
      .filter(key => out.some(it => it.name === key))
      .map(key => `${name} logs in with ${key}, which is kept out: --keep ${key} passes it on`),
    ...(stores.length ? [`${name} can read where it keeps its own login: ${stores.join(', ')}`] : []),
  ];
}
