import type { Hook } from './agent.ts';
import { unreadablePayload } from './hookDialect.ts';
import { isAbsolute } from './paths.ts';
import type { Machine } from './ports.ts';
import { actionOf, type Tool } from './tool.ts';

/** Where a payload says what, as names with dots between them. Of several, the first that is there counts; of folders, the first that is absolute. */
export interface Places {
  readonly session: readonly string[];
  readonly cwd: readonly string[];
  readonly tool: readonly string[];
  readonly input: readonly string[];
  readonly subagent?: readonly string[];
}

/** What an agent's tools are called, beside its own. */
export interface Known {
  readonly tools: Readonly<Record<string, Tool>>;
  /** The server and the tool of a name that is not in the table; `undefined` where it is of no server. */
  readonly server: (name: string, payload: unknown) => readonly [server: string, tool: string] | undefined;
  /** What of the input is the tool's, where something stands around it. */
  readonly inner?: (input: unknown) => unknown;
}

/** Reads a payload that names a tool and its input. A payload that names no tool cannot be read. */
export function readAt(
  { id, name }: { readonly id: string; readonly name: string },
  places: Places,
  { tools, server, inner = it => it }: Known,
): Hook['read'] {
  return (payload, machine) => {
    const called = textAt(payload, places.tool);
    if (called === undefined) return unreadablePayload(id, name);
    const subagent = textAt(payload, places.subagent ?? []);
    const input = inner(firstAt(payload, places.input));
    return {
      subject: {
        agent: id,
        name,
        session: textAt(payload, places.session) ?? 'unknown',
        cwd: folderAt(payload, places.cwd, machine),
        ...(subagent && { subagent }),
      },
      action: actionOf(called, input, tools, it => server(it, payload), machine),
    };
  };
}

/** What stands at a path with dots in it; `0` is the first of a list. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (held, key) =>
        typeof held === 'object' && held !== null && Object.hasOwn(held, key)
          ? (held as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}

function firstAt(value: unknown, paths: readonly string[]): unknown {
  return paths.map(path => valueAt(value, path)).find(it => it !== undefined && it !== null);
}

/** The first text there that is not empty. */
export function textAt(value: unknown, paths: readonly string[]): string | undefined {
  return paths
    .map(path => valueAt(value, path))
    .find((it): it is string => typeof it === 'string' && it !== '');
}

/** The first absolute path there, and nothing where there is none. */
export function folderAt(value: unknown, paths: readonly string[], machine: Machine): string {
  const absolute = paths.flatMap(path => textAt(value, [path]) ?? []).filter(it => isAbsolute(it, machine));
  return absolute[0] ?? '';
}

/** A name of a server, a mark and a name of a tool. A server's name may hold the mark: the first piece is taken for it. */
export function serverBefore(
  mark: string,
): (name: string) => readonly [server: string, tool: string] | undefined {
  return name => {
    const at = name.indexOf(mark);
    const tool = name.slice(at + mark.length);
    return at > 0 && tool !== '' ? [name.slice(0, at), tool] : undefined;
  };
}
