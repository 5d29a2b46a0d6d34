import type { Agent, Hook, Launch, Sight, Wiring } from './agent.ts';
import { onlyNo, statusTwo } from './hookDialect.ts';
import { hookCommand, statusCommand } from './launch.ts';
import { readAt, serverBefore, type Places } from './pathRead.ts';
import { dirname } from './paths.ts';
import { deletes, fetches, lists, reads, runs, searches, writes } from './plainTool.ts';
import { harmless, type Tool } from './tool.ts';
import { usualTrials } from './trials.ts';

/*
 * An agent that a person describes in their settings: one more in the table, for hooks that are a command with JSON on its
 * standard input.
 */

/** What a tool does, and in which field of its input it says to what. */
export type CustomTool =
  | { readonly runs: string }
  | { readonly reads: string }
  | { readonly lists: string }
  | { readonly writes: string; readonly text?: string }
  | { readonly deletes: string }
  | { readonly searches: string; readonly in?: string }
  | { readonly fetches: string }
  | { readonly harmless: true };

export interface CustomAgent {
  readonly id: string;
  readonly name: string;
  /** A file of JSON with comments, or of YAML by its name. `~/` is the home folder. */
  readonly file: string;
  /** Where the list of its hooks is in the file, with dots between names. */
  readonly at: string;
  /** What is put into that list; `$COMMAND` in it is what starts the guard. */
  readonly entry: unknown;
  /** Seconds it waits for its hook. */
  readonly timeout: number;
  /** Where its payload says what, with dots between names. */
  readonly payload: {
    readonly session?: string;
    readonly cwd?: string;
    readonly tool: string;
    readonly input: string;
  };
  readonly tools: Readonly<Record<string, CustomTool>>;
  /** What stands between a server and a tool of it, where servers of MCP have tools. */
  readonly serverMark?: string;
  /** How it is told a no: by exit status 2 and a reason, or by this, with `$REASON` in it. */
  readonly no: 'exit 2' | { readonly json: unknown };
}

/** The one event of its that we know. */
const event = 'tool';

/** The agent that the settings describe. */
export function agentFrom(custom: CustomAgent): Agent {
  const { id, name, file, at, entry, timeout, payload, tools, no } = custom;
  const known = Object.fromEntries(Object.entries(tools).map(([it, does]) => [it, toolFrom(it, does)]));
  const server = custom.serverMark ? serverBefore(custom.serverMark) : () => undefined;
  const command = (launch: Launch) =>
    (no === 'exit 2' ? statusCommand : hookCommand)(launch, id, event, timeout - Math.min(10, timeout / 4));
  const wiring: Wiring = {
    file,
    at: at.split('.'),
    entry: launch => filled(entry, '$COMMAND', command(launch)),
  };
  return {
    id,
    name,
    hooks: {
      [event]: { read: readAt({ id, name }, placesOf(payload), { tools: known, server }), ...said(no) },
    },
    timeout,
    traces: [{ file: dirname(file) === '~' ? file : dirname(file) }],
    wiring: [wiring],
    trials: (launch, cwd) => {
      const [shell] = Object.entries(tools).flatMap(([it, does]) =>
        'runs' in does ? [[it, does.runs]] : [],
      );
      const [tool = '', field = ''] = shell ?? [];
      return shell
        ? usualTrials(command(launch), line => payloadOf(payload, { cwd, tool, input: { [field]: line } }))
        : [];
    },
    coverage: {
      sees: sightsOf(custom),
      failing: 'unknown',
      gaps: ['what it does where its hook fails, and what no hook of its is told of, is not known here'],
      known: 'heard',
      source: 'your setting `chaperone.customAgents`',
    },
    off: [],
    switches: [file],
  };
}

function said(no: CustomAgent['no']): Pick<Hook, 'reply' | 'refuse'> {
  return onlyNo(
    no === 'exit 2'
      ? statusTwo
      : reason => ({ stdout: JSON.stringify(filled(no.json, '$REASON', reason)), stderr: '', exit: 0 }),
  );
}

function toolFrom(name: string, does: CustomTool): Tool {
  if ('runs' in does) return runs(does.runs);
  if ('reads' in does) return reads(does.reads);
  if ('lists' in does) return lists(does.lists);
  if ('writes' in does) return writes(does.writes, ...(does.text ? [does.text] : []));
  if ('deletes' in does) return deletes(does.deletes);
  if ('searches' in does) return searches(does.searches, does.in ?? 'path');
  if ('fetches' in does) return fetches(does.fetches);
  return harmless(`uses its own tool ${name}`);
}

function placesOf({ session, cwd, tool, input }: CustomAgent['payload']): Places {
  return { session: session ? [session] : [], cwd: cwd ? [cwd] : [], tool: [tool], input: [input] };
}

/** A payload as the agent would write it. */
function payloadOf(
  { session, cwd, tool, input }: CustomAgent['payload'],
  given: { readonly cwd: string; readonly tool: string; readonly input: unknown },
): unknown {
  const values: readonly (readonly [string | undefined, unknown])[] = [
    [session, 'doctor'],
    [cwd, given.cwd],
    [tool, given.tool],
    [input, given.input],
  ];
  return values.reduce<unknown>(
    (made, [path, value]) => (path ? put(made, path.split('.'), value) : made),
    {},
  );
}

function put(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const held = new Map<string, unknown>(
    typeof into === 'object' && into !== null ? Object.entries(into) : [],
  );
  const inner = put(held.get(key), rest, value);
  if (Array.isArray(into) || (into === undefined && key === '0')) return [inner];
  return Object.fromEntries(held.set(key, inner));
}

function sightsOf({ tools, serverMark }: CustomAgent): readonly Sight[] {
  const kinds = new Set(Object.values(tools).flatMap(it => Object.keys(it)));
  const told: readonly (readonly [string, Sight])[] = [
    ['runs', 'commands'],
    ['reads', 'reads'],
    ['searches', 'searches'],
    ['writes', 'writes'],
    ['fetches', 'web requests'],
  ];
  return [
    ...told.flatMap(([kind, sight]) => (kinds.has(kind) ? [sight] : [])),
    ...(serverMark ? (['MCP calls'] as const) : []),
  ];
}

/** The value with a text in the place of a name, wherever a text holds it. */
function filled(value: unknown, name: string, text: string): unknown {
  if (typeof value === 'string') return value.replaceAll(name, () => text);
  if (Array.isArray(value)) return value.map(it => filled(it, name, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, filled(it, name, text)]));
}

/** What a setting says, where all of it can be used. */
export function readCustomAgents(value: unknown): readonly CustomAgent[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const read = value.map(customAgent);
  const agents = read.filter(it => it !== undefined);
  const ids = new Set(agents.map(({ id }) => id));
  return agents.length === value.length && ids.size === agents.length ? agents : undefined;
}

const most = 20;
const mostTools = 500;

function customAgent(value: unknown): CustomAgent | undefined {
  if (!isRecord(value)) return undefined;
  const { id, name, file, at, entry, timeout = 60, payload, tools, serverMark, no } = value;
  const right =
    isText(id, /^[a-z][a-z0-9-]{1,31}$/) &&
    isText(name, /^[^\r\n]{1,64}$/) &&
    isText(file, /^(?:~\/|\/|[A-Za-z]:[\\/])[^\r\n]{1,250}\.(?:jsonc?|ya?ml)$/) &&
    !/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(file) &&
    isPath(at) &&
    holds(entry, '$COMMAND') &&
    typeof timeout === 'number' &&
    timeout >= 5 &&
    timeout <= 600 &&
    isRecord(payload) &&
    isPath(payload['tool']) &&
    isPath(payload['input']) &&
    (payload['session'] === undefined || isPath(payload['session'])) &&
    (payload['cwd'] === undefined || isPath(payload['cwd'])) &&
    isRecord(tools) &&
    Object.keys(tools).length <= mostTools &&
    Object.values(tools).every(isTool) &&
    (serverMark === undefined || isText(serverMark, /^[^\w\s]{1,8}$|^_{1,4}$/)) &&
    (no === 'exit 2' || (isRecord(no) && holds(no['json'], '$REASON')));
  return right ? ({ ...value, timeout } as unknown as CustomAgent) : undefined;
}

const fields: Readonly<Record<string, readonly string[]>> = {
  runs: [],
  reads: [],
  lists: [],
  writes: ['text'],
  deletes: [],
  searches: ['in'],
  fetches: [],
};

function isTool(value: unknown): value is CustomTool {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  if (keys.length === 1 && value['harmless'] === true) return true;
  const kinds = keys.filter(key => Object.hasOwn(fields, key));
  const [kind] = kinds;
  return (
    kind !== undefined &&
    kinds.length === 1 &&
    keys.every(key => (key === kind || fields[kind]?.includes(key)) && isText(value[key], /^[^\r\n]{1,128}$/))
  );
}

function holds(value: unknown, name: string): boolean {
  return JSON.stringify(value ?? null).includes(name);
}

function isPath(value: unknown): value is string {
  return isText(value, /^[\w$@-]+(?:\.[\w$@-]+){0,9}$/) && !/(?:^|\.)__proto__(?:\.|$)/.test(value);
}

function isText(value: unknown, as: RegExp): value is string {
  return typeof value === 'string' && as.test(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
