import { mostDays, rotationDays, usualDays, type RotationDays } from './ages.ts';
import { readCustomAgents, type CustomAgent } from './customAgent.ts';
import { isProductionName, type Environments } from './environment.ts';
import { modes, verdicts, type Mode, type Verdict } from './model.ts';
import { wanted } from './origin.ts';
import { plainWords } from './plainWords.ts';
import { databaseKinds, type Connection } from './query.ts';

/** What a person decided, after reading. `readSettings` alone makes one. */
export interface Settings {
  readonly mode: Exclude<Mode, 'paused'>;
  /** Rule id → what a person made of it. */
  readonly rules: Readonly<Record<string, Verdict>>;
  /** Rule id → the least that a workspace asks for, whatever a person made of it. */
  readonly floors: Readonly<Record<string, Verdict>>;
  /** Globs of files that agents must not read; `!` before a glob is an exception. */
  readonly hidden: readonly string[];
  /** What a person calls their environments, and globs of what belongs to each. */
  readonly environments: Environments;
  /** The environment that sessions are pinned to, for secrets of production are handed to no other; empty for none. */
  readonly environment: string;
  /** Programs of a person's own that print secrets, by id: absolute paths. */
  readonly secretPrograms: Readonly<Record<string, string>>;
  /** Databases that models may ask by these names. */
  readonly connections: Readonly<Record<string, Connection>>;
  /** Seconds a person has to answer. */
  readonly approvalTimeout: number;
  /** Ids of the agents a person agreed to have wired. */
  readonly agents: readonly string[];
  /** Agents that a person described: wired and read like those of the table. */
  readonly customAgents: readonly CustomAgent[];
  /** After how many days secrets are to be replaced. */
  readonly rotationDays: RotationDays;
  /** What replaces a secret, by its name, kind or provider: lines of one program and its words. */
  readonly rotationCommands: Readonly<Record<string, string>>;
  /** Ids of agents' own lists that a person agreed to have written. */
  readonly denyLists: readonly string[];
  /** Whether what is hidden from agents is hidden in the person's explorer and search too. */
  readonly hideInEditor: boolean;
  /** For guarded terminals: hosts that can be reached there, `*` for all, and names of variables that stay. */
  readonly sandbox: { readonly domains: readonly string[]; readonly keep: readonly string[] };
  /** Whether terminals ask about what agents do in them. */
  readonly shellGuard: boolean;
  /** Whether scripts that ask stand before programs of the gravest tier on PATH. */
  readonly pathShims: boolean;
  /** Whether secrets are looked for in files that are opened or saved, and in the workspace without being asked. */
  readonly scan: { readonly onSave: boolean; readonly onStartup: boolean };
}

/** Reads every setting there is. What does not parse is left at `fallback`, with a sentence in `problems`. */
export function readSettings(
  get: (key: string) => unknown,
  fallback: Settings = factory,
): { readonly settings: Settings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const take = <T>(
    key: string,
    parse: (value: unknown) => T | undefined,
    expected: string,
    otherwise: T,
  ): T => {
    const value = get(key);
    if (value === undefined || value === null) return otherwise;
    const parsed = parse(value);
    if (parsed === undefined) problems.push(`cannot use setting \`chaperone.${key}\`: it is not ${expected}`);
    return parsed ?? otherwise;
  };
  const settings: Settings = {
    mode: take(
      'mode',
      value => settableModes.find(mode => mode === value),
      `one of ${settableModes.join(', ')}`,
      fallback.mode,
    ),
    rules: take(
      'rules',
      verdictTable,
      `a table of rule ids, each \`allow\`, \`ask\` or \`deny\``,
      fallback.rules,
    ),
    floors: fallback.floors,
    hidden: take('hidden', globs, `a list of globs of at most ${maxGlob} characters`, fallback.hidden),
    environments: take(
      'environments',
      environmentTable,
      `a table of names, each a list of globs of at most ${maxGlob} characters`,
      fallback.environments,
    ),
    environment: take(
      'environment',
      value => (typeof value === 'string' && /^(?:[\w .:-]{1,64})?$/.test(value) ? value : undefined),
      'the name of an environment',
      fallback.environment,
    ),
    secretPrograms: take(
      'secretPrograms',
      programTable,
      'a table of names, each the absolute path of a program',
      fallback.secretPrograms,
    ),
    connections: take(
      'connections',
      connectionTable,
      `a table of names, each with a \`kind\` (${databaseKinds.join(', ')}) and a \`from\``,
      fallback.connections,
    ),
    approvalTimeout: take(
      'approval.timeout',
      value => inRange(value, 5, 540),
      'a number of seconds from 5 to 540',
      fallback.approvalTimeout,
    ),
    agents: take('agents', texts, 'a list of agent ids', fallback.agents),
    customAgents: take(
      'customAgents',
      readCustomAgents,
      'a list of agents, each with `id`, `name`, `file`, `at`, `entry`, `payload`, `tools` and `no` as its description says',
      fallback.customAgents,
    ),
    rotationDays: take(
      'rotation.days',
      rotationDays,
      `a number of days from 0 to ${mostDays}, or a table of them`,
      fallback.rotationDays,
    ),
    rotationCommands: take(
      'rotation.commands',
      commandTable,
      `a table of names, each a program and its words in at most ${maxCommand} characters, without a shell`,
      fallback.rotationCommands,
    ),
    denyLists: take('denyLists', texts, 'a list of ids of lists', fallback.denyLists),
    hideInEditor: take('hideInEditor', flag, 'true or false', fallback.hideInEditor),
    sandbox: {
      domains: take('sandbox.domains', hosts, 'a list of host names', fallback.sandbox.domains),
      keep: take('sandbox.keep', variableNames, 'a list of names of variables', fallback.sandbox.keep),
    },
    shellGuard: take('shellGuard', flag, 'true or false', fallback.shellGuard),
    pathShims: take('pathShims', flag, 'true or false', fallback.pathShims),
    scan: {
      onSave: take('scan.onSave', flag, 'true or false', fallback.scan.onSave),
      onStartup: take('scan.onStartup', flag, 'true or false', fallback.scan.onStartup),
    },
  };
  return { settings, problems };
}

/** The names of all settings, as `package.json` has them behind `chaperone.`. */
export const settingKeys = [
  'mode',
  'rules',
  'hidden',
  'environments',
  'environment',
  'secretPrograms',
  'connections',
  'approval.timeout',
  'agents',
  'customAgents',
  'rotation.days',
  'rotation.commands',
  'denyLists',
  'hideInEditor',
  'sandbox.domains',
  'sandbox.keep',
  'shellGuard',
  'pathShims',
  'scan.onSave',
  'scan.onStartup',
] as const;

/** What we do for somebody who set nothing. */
export const factory: Settings = {
  mode: 'enforce',
  rules: {},
  floors: {},
  hidden: [],
  environments: {},
  environment: '',
  secretPrograms: {},
  connections: {},
  approvalTimeout: 120,
  agents: [],
  customAgents: [],
  rotationDays: usualDays,
  rotationCommands: {},
  denyLists: [],
  hideInEditor: false,
  sandbox: { domains: ['*'], keep: [] },
  shellGuard: true,
  pathShims: false,
  scan: { onSave: true, onStartup: false },
};

/** What a workspace asks for on top of a person's settings: it can tighten, never loosen. */
export function tighten(person: Settings, workspace: Settings): Settings {
  return {
    ...person,
    mode: strictness(workspace.mode) > strictness(person.mode) ? workspace.mode : person.mode,
    floors: workspace.rules,
    hidden: [...person.hidden, ...workspace.hidden.filter(glob => !glob.startsWith('!'))],
    environments: withProduction(person.environments, workspace.environments),
    environment: pinOf(person.environment, workspace.environment),
    approvalTimeout: Math.min(person.approvalTimeout, workspace.approvalTimeout),
    sandbox: { ...person.sandbox, domains: both(person.sandbox.domains, workspace.sandbox.domains) },
  };
}

/** Hosts that are in two lists. `*` is every host; a host below one that is listed is not looked for. */
function both(person: readonly string[], workspace: readonly string[]): readonly string[] {
  if (person.includes('*')) return workspace;
  return workspace.includes('*') ? person : person.filter(host => workspace.includes(host));
}

/** A workspace pins what a person did not pin, and what a person pinned to production. */
function pinOf(person: string, workspace: string): string {
  return person === '' || isProductionName(person) ? workspace || person : person;
}

const settableModes = modes.filter(mode => mode !== 'paused');
const maxGlob = 256;
const maxCommand = 1000;
const environmentName = /^[\w .:-]{1,64}$/;

function strictness(mode: Mode): number {
  return ['paused', 'watch', 'enforce', 'strict'].indexOf(mode);
}

function verdictTable(value: unknown): Settings['rules'] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.values(value).every(verdict => verdicts.includes(verdict))
    ? (value as Settings['rules'])
    : undefined;
}

function environmentTable(value: unknown): Environments | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const rows = Object.entries(value).map(([name, patterns]) => [name, globs(patterns)] as const);
  return rows.every(([name, patterns]) => environmentName.test(name) && patterns)
    ? (Object.fromEntries(rows) as Environments)
    : undefined;
}

/** What a workspace calls production is added; that something is not production only a person says. */
function withProduction(person: Environments, workspace: Environments): Environments {
  const added = Object.entries(workspace).filter(([name]) => isProductionName(name));
  return {
    ...person,
    ...Object.fromEntries(
      added.map(([name, patterns]) => [name, [...new Set([...(own(person, name) ?? []), ...patterns])]]),
    ),
  };
}

function programTable(value: unknown): Settings['secretPrograms'] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.values(value).every(program => typeof program === 'string' && isAbsolutePath.test(program))
    ? (value as Settings['secretPrograms'])
    : undefined;
}

function connectionTable(value: unknown): Settings['connections'] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const rows = Object.entries(value).map(([name, row]) => [name, connectionOf(row)] as const);
  return rows.every(([name, connection]) => environmentName.test(name) && connection)
    ? (Object.fromEntries(rows) as Settings['connections'])
    : undefined;
}

function connectionOf(value: unknown): Connection | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind: named, from, environment, writable = false } = value as Readonly<Record<string, unknown>>;
  const kind = databaseKinds.find(it => it === named);
  if (!kind || typeof from !== 'string' || !from || typeof writable !== 'boolean') return undefined;
  if (kind !== 'sqlite' && !wanted(from)) return undefined;
  if (environment === undefined) return { kind, from, writable };
  return typeof environment === 'string' && environmentName.test(environment)
    ? { kind, from, environment, writable }
    : undefined;
}

const isAbsolutePath = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;

function own(environments: Environments, name: string): readonly string[] | undefined {
  return Object.hasOwn(environments, name) ? environments[name] : undefined;
}

function globs(value: unknown): readonly string[] | undefined {
  const list = texts(value);
  return list?.every(glob => glob.length > 0 && glob.length <= maxGlob) ? list : undefined;
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every(item => typeof item === 'string') ? value : undefined;
}

function hosts(value: unknown): readonly string[] | undefined {
  return texts(value)?.every(host => /^(?:\*|(?:\*\.)?[\w.-]{1,253}(?::\d{1,5})?)$/.test(host))
    ? texts(value)
    : undefined;
}

function variableNames(value: unknown): readonly string[] | undefined {
  return texts(value)?.every(name => /^\w{1,128}$/.test(name)) ? texts(value) : undefined;
}

function commandTable(value: unknown): Settings['rotationCommands'] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const isCommand = (it: unknown) => typeof it === 'string' && it.length <= maxCommand && plainWords(it);
  return Object.values(value).every(isCommand) ? (value as Settings['rotationCommands']) : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function inRange(value: unknown, from: number, to: number): number | undefined {
  return typeof value === 'number' && value >= from && value <= to ? value : undefined;
}
