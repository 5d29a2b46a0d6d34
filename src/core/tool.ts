import { object, safeParse, type GenericSchema, type InferOutput, type ObjectEntries } from 'valibot';
import type { Action, Dialect, Narrower } from './model.ts';
import type { Machine } from './ports.ts';

/** What a tool of an agent is about to do with an input, in our words. */
export type Tool = (input: unknown, machine: Machine) => Action;

/** A tool whose input has these fields. Other fields are let be; an input without these cannot be read. */
export function tool<E extends ObjectEntries>(
  entries: E,
  make: (input: InferOutput<ReturnType<typeof object<E>>>, machine: Machine) => Action,
): Tool {
  const schema = object(entries);
  return (input, machine) => {
    const parsed = safeParse(schema as GenericSchema, input);
    if (parsed.success) return make(parsed.output as InferOutput<ReturnType<typeof object<E>>>, machine);
    const [issue] = parsed.issues;
    return {
      kind: 'unreadable',
      why: `an input that is not as it was: ${issue?.path?.map(({ key }) => String(key)).join('.') ?? 'all of it'}`,
      input,
    };
  };
}

/** A tool that touches nothing of anybody's: a list of things to do, a question, a subagent whose own calls are seen. */
export function harmless(what: string): Tool {
  return () => ({ kind: 'harmless', what });
}

/** The tool of that name; what is neither known nor of an MCP server cannot be read. */
export function actionOf(
  name: string,
  input: unknown,
  tools: Readonly<Record<string, Tool>>,
  server: (name: string) => readonly [server: string, tool: string] | undefined,
  machine: Machine,
): Action {
  const known = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (known) return known(input, machine);
  const named = server(name);
  return named
    ? { kind: 'tool', server: named[0], name: named[1], input }
    : { kind: 'unreadable', why: `the tool \`${name}\`, which is not known`, input };
}

export function reads(path: string): Action {
  return { kind: 'file', access: 'read', path: pathOf(path) };
}

export function lists(path = '.'): Action {
  return { kind: 'file', access: 'list', path };
}

export function writes(path: string, text?: string): Action & { readonly kind: 'file' } {
  return { kind: 'file', access: 'write', path: pathOf(path), ...(text !== undefined && { text }) };
}

/** What is replaced counts as well as what replaces it: both are about what the edit changes. */
export function replaces(path: string, before: string, after: string): Action {
  return { ...writes(path, `${before}\n${after}`), fresh: freshLines(before, after) };
}

/** A look for text that is told where to look as agents tell it. */
export function searches(
  query: string,
  {
    regex = true,
    path = '.',
    ignored = false,
    include,
  }: {
    readonly regex?: boolean | undefined;
    readonly path?: string | undefined;
    readonly ignored?: boolean | undefined;
    readonly include?: string | undefined;
  },
): Action {
  return { kind: 'search', query, regex, path, ignored, ...(include !== undefined && { include }) };
}

/** All of these, or the only one. */
export function all(actions: readonly Action[]): Action {
  const [only] = actions;
  return actions.length === 1 && only ? only : { kind: 'several', actions };
}

export function fetches(url: string): Action {
  return /^file:/i.test(url) ? reads(url) : { kind: 'web', url, method: 'GET' };
}

/** A line for the shell that the machine's terminals run. */
export function shell(line: string, machine: Machine): Action & { readonly kind: 'shell' } {
  return { kind: 'shell', line, dialect: usualShell(machine) };
}

/** The same, run in another folder than the agent's. */
export function shellIn(folder: string | undefined, line: string, machine: Machine): Action {
  if (folder === undefined || folder === '') return shell(line, machine);
  const go =
    machine.platform === 'windows'
      ? `Set-Location -LiteralPath '${folder.replaceAll("'", "''")}'`
      : `cd -- '${folder.replaceAll("'", "'\\''")}'`;
  return shell(`${go}\n${line}`, machine);
}

/** Typed into whatever runs in a terminal: a shell, or a client or an interpreter that was started before. */
export function typed(text: string, machine: Machine): Action {
  const asked: readonly Action[] = statement.test(text)
    ? [{ kind: 'sql', statement: text, dialect: 'unknown' }]
    : [
        { kind: 'code', language: 'python', text },
        { kind: 'code', language: 'javascript', text },
      ];
  return { kind: 'several', actions: [shell(text, machine), ...asked] };
}

const statement = /^\s*(?:alter|create|delete|drop|grant|insert|replace|revoke|truncate|update)\s/i;

/** The lines of a text that were not in the one before it. */
export function freshLines(before: string, after: string): string {
  const old = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter(line => !old.has(line))
    .join('\n');
}

/** The path of a `file:` address; anything else stays as it is. */
export function pathOf(uri: string): string {
  const [, host = '', path = ''] = /^file:(?:\/\/([^/]*))?(\/.*|[^/].*)$/is.exec(uri) ?? [];
  if (!path) return uri;
  const local = /^(?:|localhost|127\.0\.0\.1)$/i.test(host) ? path : `//${host}${path}`;
  try {
    return decodeURIComponent(local.replace(/[?#].*$/s, '')).replace(/^\/([A-Za-z]:)/, '$1');
  } catch {
    return local;
  }
}

/** The same with other fields in the input, and what that would do. */
export function narrowerBy(
  name: string,
  input: unknown,
  fields: Readonly<Record<string, unknown>>,
  tools: Readonly<Record<string, Tool>>,
  machine: Machine,
): Narrower | undefined {
  const known = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (!known || typeof input !== 'object' || input === null) return undefined;
  const less = { ...input, ...fields };
  return { input: less, action: known(less, machine) };
}

/** The shell that a machine's terminals run, unless a person chose another. */
export function usualShell({ platform }: Machine): Dialect {
  return platform === 'windows' ? 'powershell' : 'posix';
}
