import type { Reply } from './model.ts';

/*
 * Messages between a client and a server of the Model Context Protocol, one JSON a line (modelcontextprotocol.io,
 * 2025-11-25). Only what must be judged is read; everything else is nobody's business here.
 */

/** By which a request and its answer are brought together. */
export type Id = string | number;

/** What a message asks of the server that must be judged first. */
export interface Asking {
  readonly event: 'CallTool' | 'ReadResource';
  /** Missing where no answer is expected. */
  readonly id?: Id;
  readonly params: Readonly<Record<string, unknown>>;
}

/** One message, and what of it we mind. */
export interface Message {
  readonly value: unknown;
  readonly asks?: Asking;
  /** It takes back the request of that id. */
  readonly cancels?: Id;
  /** The answer to it will tell which tools there are. */
  readonly lists?: Id;
}

/** What a line from a client holds. `plain`: nothing that we mind, whatever it is. */
export type Line =
  | { readonly is: 'plain' }
  | { readonly is: 'messages'; readonly messages: readonly Message[]; readonly batch: boolean }
  | { readonly is: 'unreadable'; readonly why: string };

/** Reads a line from a client. A line that could hold a call for any reader of JSON, and not for us, is unreadable. */
export function heard(line: string): Line {
  const text = line.replace(/\r?\n$/, '');
  if (!mentions.test(text)) return { is: 'plain' };
  // Servers that take it for the end of a line would read another message than we do.
  if (text.includes('\r')) return { is: 'unreadable', why: 'a line break inside' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { is: 'unreadable', why: 'not JSON' };
  }
  if (repeatsKey(text)) return { is: 'unreadable', why: 'a key that stands twice' };
  const batch = Array.isArray(value);
  const values: readonly unknown[] = batch ? (value as unknown[]) : [value];
  if (!values.every(isPlainlyWritten)) return { is: 'unreadable', why: 'a key in other letters than it has' };
  return { is: 'messages', messages: values.map(messageOf), batch };
}

/** The text of a method that we mind, in any way that JSON can write it. */
const mentions = /tools\\?\/|resources\\?\/|cancelled|\\u/i;

function messageOf(value: unknown): Message {
  const { method, id, params } = recordOf(value);
  const given = recordOf(params);
  const named = isId(id) ? { id } : {};
  switch (method) {
    case 'tools/call':
      return { value, asks: { event: 'CallTool', params: given, ...named } };
    case 'resources/read':
      return { value, asks: { event: 'ReadResource', params: given, ...named } };
    case 'tools/list':
      return isId(id) ? { value, lists: id } : { value };
    case 'notifications/cancelled':
      return isId(given['requestId']) ? { value, cancels: given['requestId'] } : { value };
    default:
      return { value };
  }
}

/** Some readers of JSON take `Method` for `method`. */
function isPlainlyWritten(value: unknown): boolean {
  const message = recordOf(value);
  return [message, recordOf(message['params'])].every(it =>
    Object.keys(it).every(key => !known.has(key.toLowerCase()) || known.has(key)),
  );
}

const known = new Set(['method', 'id', 'params', 'name', 'arguments', 'uri']);

/** Whether an object in a JSON text that parses has a key twice, in whatever letters: readers differ in which one counts. */
export function repeatsKey(json: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  let expected = false;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case '{':
        open.push(new Set());
        expected = true;
        break;
      case '[':
        open.push(undefined);
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        expected = true;
        break;
      case ':':
        expected = false;
        break;
      case '"': {
        const end = endOf(json, at);
        const keys = expected ? open.at(-1) : undefined;
        if (keys) {
          const key = String(JSON.parse(json.slice(at, end + 1)));
          // Deeper down are arguments, where `a` and `A` may well be two things.
          const kept = open.length <= 2 ? key.toLowerCase() : key;
          if (keys.has(kept)) return true;
          keys.add(kept);
        }
        at = end;
      }
    }
  }
  return false;
}

function endOf(json: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = json.indexOf('"', at);
    if (at < 0) return json.length;
    let slashes = 0;
    while (json[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
}

/** Tools as a server lists them, by name: what it says of each that we look at. */
export function toolsIn(
  message: unknown,
): { readonly id: Id; readonly tools: readonly ListedTool[] } | undefined {
  const { id, result } = recordOf(message);
  const { tools } = recordOf(result);
  if (!isId(id)) return undefined;
  const listed = (Array.isArray(tools) ? (tools as unknown[]) : []).map(recordOf);
  return {
    id,
    tools: listed.flatMap(({ name, annotations, inputSchema }) =>
      typeof name === 'string' ? [{ name, annotations, schema: outlined(inputSchema) }] : [],
    ),
  };
}

export interface ListedTool {
  readonly name: string;
  readonly annotations: unknown;
  /** Of each field, what is said about it. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Of a schema what tells a person what a field is, and not more of it than that takes. */
function outlined(schema: unknown): Readonly<Record<string, unknown>> {
  const fields = Object.entries(recordOf(recordOf(schema)['properties'])).slice(0, 100);
  return Object.fromEntries(
    fields.map(([name, field]) => {
      const { title, description, format } = recordOf(field);
      const said = [title, description, format].filter(it => typeof it === 'string').join('. ');
      return [name, said.slice(0, 500)];
    }),
  );
}

/** Why a reply of the line is a no; `undefined` where it is none. What cannot be told is a no. */
export function refusedBy({ stdout, stderr, exit }: Reply): string | undefined {
  if (exit === 0 && stdout === '') return undefined;
  const answer = recordOf(recordOf(parsed(stdout))['hookSpecificOutput']);
  if (exit === 0 && answer['permissionDecision'] === 'allow') return undefined;
  const reason = answer['permissionDecisionReason'];
  return typeof reason === 'string' && reason ? reason : stderr.trim() || 'Chaperone refused this.';
}

/**
 * The answer to a request that is not handed on. A tool's is a result, so that the model reads why; where there is no
 * such result (a resource, a call that is to become a task) it is an error of the protocol.
 */
export function refusalOf({ event, id, params }: Asking, reason: string): object | undefined {
  if (id === undefined) return undefined;
  if (event !== 'CallTool' || params['task'] !== undefined)
    return { jsonrpc: '2.0', id, error: { code: refusedCode, message: reason } };
  return { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: reason }], isError: true } };
}

/** In the range that the protocol leaves to whoever implements it. */
const refusedCode = -32_003;

/** The answer to a line that could be a call and cannot be read. */
export function unreadable(why: string): object {
  const message = `Chaperone did not hand this on: it could be a call, and cannot be read (${why})`;
  return { jsonrpc: '2.0', id: null, error: { code: -32_700, message } };
}

/** Identifies a request among all: `1` is not `"1"`. */
export function keyOf(id: Id): string {
  return JSON.stringify(id);
}

function isId(value: unknown): value is Id {
  return typeof value === 'string' || typeof value === 'number';
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
