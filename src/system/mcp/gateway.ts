import spawn from 'cross-spawn';
import { isUtf8 } from 'node:buffer';
import type { Readable, Writable } from 'node:stream';
import {
  heard,
  keyOf,
  refusalOf,
  refusedBy,
  toolsIn,
  unreadable,
  type Asking,
  type Id,
  type Line,
  type ListedTool,
  type Message,
} from '../../core/mcp.ts';
import type { Reply } from '../../core/model.ts';
import { passSignals, type Ended } from '../masked.ts';
import { reason } from '../state.ts';

/*
 * Stands between a client and a server that speak to each other by standard input and output. Both are handed the bytes
 * that the other wrote: nothing is parsed and written anew, because a proxy that knows the protocol of today loses what
 * that of tomorrow adds. Only a line that asks for a tool or a resource is held until it is ruled on, by itself.
 */

export interface Between {
  /** The server's program and its arguments. */
  readonly argv: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly input: Readable;
  readonly output: Writable;
  /** Rules on a call. Aborted where nobody waits for it any more. May reject, which is a no. */
  readonly ask: (call: Called, signal: AbortSignal) => Promise<Reply>;
}

/** What is asked of the server, and what the server said of the tool. */
export interface Called extends Pick<Asking, 'event' | 'params'> {
  readonly tool?: ListedTool;
}

/** Runs the server to its end, or until the client has gone. Never rejects. */
export function standBetween({ argv, variables, input, output, ask }: Between): Promise<Ended> {
  const [program = '', ...args] = argv;
  return new Promise(resolve => {
    const failed = (error: unknown) => resolve({ problem: `cannot start \`${program}\`: ${reason(error)}` });
    let child: ReturnType<typeof spawn>;
    try {
      child = spawn(program, args, {
        env: { ...variables },
        stdio: ['pipe', 'pipe', 'inherit'],
        windowsHide: true,
      });
    } catch (error) {
      return failed(error);
    }
    const { stdin, stdout } = child;
    if (!stdin || !stdout) return failed(new Error('it has no standard input or output'));
    const letGo = passSignals(child);
    const server = writing(stdin, input);
    const client = answers(output, stdout);
    const tools = listed();
    const held = new Set<Held>();

    const rule = async ({ asks }: Message): Promise<string | undefined> => {
      if (!asks) return undefined;
      const mine: Held = { id: asks.id, gone: new AbortController() };
      held.add(mine);
      try {
        const { event, params } = asks;
        const tool = event === 'CallTool' ? tools.named(params['name']) : undefined;
        const reply = await ask({ event, params, ...(tool && { tool }) }, mine.gone.signal);
        return mine.gone.signal.aborted ? withdrawn : refusedBy(reply);
      } catch (error) {
        return mine.gone.signal.aborted ? withdrawn : `Chaperone failed and refuses: ${reason(error)}`;
      } finally {
        held.delete(mine);
      }
    };
    /** Whether a request is held under that id: then the server has never heard of it, and need not hear that it is off. */
    const withdraw = (id: Id): boolean => {
      const its = [...held].filter(it => it.id !== undefined && keyOf(it.id) === keyOf(id));
      for (const { gone } of its) gone.abort();
      return its.length > 0;
    };
    const hand = async (line: Buffer, messages: readonly Message[], batch: boolean): Promise<void> => {
      for (const { lists } of messages) if (lists !== undefined) tools.awaited(lists);
      const left = messages.filter(it => it.cancels === undefined || !withdraw(it.cancels));
      if (left.length === messages.length && left.every(it => !it.asks)) return server(line);
      const ruled = await Promise.all(left.map(async it => ({ it, no: await rule(it) })));
      for (const { it, no } of ruled)
        if (no !== undefined && no !== withdrawn && it.asks) client.say(refusalOf(it.asks, no));
      const passed = ruled.flatMap(({ it, no }) => (no === undefined ? [it] : []));
      if (passed.length === messages.length) server(line);
      else if (batch && passed.length) server(Buffer.from(`${JSON.stringify(passed.map(it => it.value))}\n`));
    };
    const take = (line: Buffer): void => {
      const read = lineOf(line);
      if (read.is === 'plain') server(line);
      else if (read.is === 'unreadable') client.say(unreadable(read.why));
      else pending.add(hand(line, read.messages, read.batch));
    };
    const pending = waited();

    const lines = splitter(longest);
    input.on('data', (chunk: Buffer) => {
      for (const line of lines.push(chunk))
        if (line) take(line);
        else client.say(unreadable('longer than anything that could be judged'));
    });
    let [force, leaving]: [NodeJS.Timeout | undefined, boolean] = [undefined, false];
    const leave = async () => {
      if (leaving) return;
      leaving = true;
      const rest = lines.rest();
      if (rest.length) take(rest);
      // Nobody reads what comes of a question now; what needs none may still be done.
      await Promise.race([pending.all(), sleep(timeToRule)]);
      for (const { gone } of held) gone.abort();
      stdin.end();
      force = setTimeout(() => {
        child.kill('SIGTERM');
        force = setTimeout(() => child.kill('SIGKILL'), timeToEnd);
      }, timeToEnd);
    };
    input.once('end', () => void leave());
    input.once('error', () => void leave());
    output.on('error', () => {
      stdout.resume();
      void leave();
    });
    stdout.on('data', (chunk: Buffer) => {
      tools.look(chunk);
      client.pass(chunk);
    });
    stdin.on('error', () => undefined);
    stdout.on('error', () => undefined);

    const end = (ended: Ended) => {
      letGo();
      clearTimeout(force);
      for (const { gone } of held) gone.abort();
      input.removeAllListeners('data');
      input.destroy();
      client.end();
      resolve(ended);
    };
    child.once('error', error => {
      end({ problem: `cannot start \`${program}\`: ${reason(error)}` });
    });
    child.once('exit', (code, signal) => {
      const ended: Ended = signal ? { signal } : { exit: code ?? 1 };
      // What it left running may hold its output open: that is not waited for.
      void Promise.race([new Promise(closed => child.once('close', closed)), sleep(lull)]).then(() =>
        end(ended),
      );
    });
  });
}

/** The longest line of a client that is looked at, in bytes. */
const longest = 64 * 1024 * 1024;
const longestList = 16 * 1024 * 1024;
/** Milliseconds: for what is being ruled on when the client leaves; for a server to end; for its last words. */
const timeToRule = 2000;
const timeToEnd = 3000;
const lull = 1000;
const withdrawn = 'withdrawn';

interface Held {
  readonly id: Id | undefined;
  readonly gone: AbortController;
}

function lineOf(bytes: Buffer): Line {
  if (isUtf8(bytes)) return heard(bytes.toString('utf8'));
  return heard(bytes.toString('latin1')).is === 'plain'
    ? { is: 'plain' }
    : { is: 'unreadable', why: 'not UTF-8' };
}

/** Writes without taking in more than can be written. */
function writing(to: Writable, from: Readable): (bytes: Buffer) => void {
  let full = false;
  return bytes => {
    if (to.destroyed || to.writableEnded || to.write(bytes) || full) return;
    full = true;
    from.pause();
    to.once('drain', () => {
      full = false;
      from.resume();
    });
  };
}

/** What goes to the client: what the server wrote as it wrote it, and answers of ours, never within a line of its. */
function answers(to: Writable, from: Readable) {
  const write = writing(to, from);
  let within = false;
  let ours: string[] = [];
  const flush = () => {
    const text = ours.join('');
    ours = [];
    if (text) write(Buffer.from(text));
  };
  return {
    say: (message: object | undefined): void => {
      if (message) ours.push(`${JSON.stringify(message)}\n`);
      if (!within) flush();
    },
    pass: (chunk: Buffer): void => {
      const end = ours.length ? chunk.lastIndexOf(newline) + 1 : 0;
      if (end) {
        write(chunk.subarray(0, end));
        flush();
      }
      const rest = chunk.subarray(end);
      if (rest.length) write(rest);
      within = chunk.at(-1) !== newline;
    },
    end: flush,
  };
}

/** The tools that the server has listed so far. Only answers to a request for them are read. */
function listed() {
  const tools = new Map<string, ListedTool>();
  const awaited = new Set<string>();
  const lines = splitter(longestList);
  let looking = false;
  let within = false;
  const read = (line: Buffer): void => {
    let message: unknown;
    try {
      message = JSON.parse(line.toString('utf8'));
    } catch {
      return;
    }
    for (const it of Array.isArray(message) ? (message as unknown[]) : [message]) {
      const found = toolsIn(it);
      if (!found || !awaited.delete(keyOf(found.id))) continue;
      for (const tool of found.tools) if (tools.size < mostTools) tools.set(tool.name, tool);
    }
  };
  return {
    named: (name: unknown) => (typeof name === 'string' ? tools.get(name) : undefined),
    awaited: (id: Id) => void awaited.add(keyOf(id)),
    look: (chunk: Buffer): void => {
      // A line that began before anybody asked answers nothing that was asked.
      const start = within && !looking ? chunk.indexOf(newline) + 1 : 0;
      const begins = !within || start > 0;
      within = chunk.at(-1) !== newline;
      if (!looking && !(awaited.size && begins)) return;
      looking = true;
      for (const line of lines.push(chunk.subarray(start))) if (line) read(line);
      if (!within && !awaited.size) looking = false;
    },
  };
}

const mostTools = 5000;

/** Cuts into lines, each with its end; `undefined` for one that is too long, which is dropped. */
function splitter(most: number) {
  let parts: Buffer[] = [];
  let length = 0;
  return {
    push: (chunk: Buffer): readonly (Buffer | undefined)[] => {
      const lines: (Buffer | undefined)[] = [];
      let from = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
        const last = chunk.subarray(from, end + 1);
        length += last.length;
        lines.push(length > most ? undefined : parts.length ? Buffer.concat([...parts, last]) : last);
        [parts, length, from] = [[], 0, end + 1];
      }
      const rest = chunk.subarray(from);
      length += rest.length;
      if (length > most) parts = [];
      else if (rest.length) parts.push(rest);
      return lines;
    },
    rest: (): Buffer => {
      const rest = Buffer.concat(parts);
      [parts, length] = [[], 0];
      return rest;
    },
  };
}

const newline = 0x0a;

/** Whatever is under way. */
function waited() {
  const all = new Set<Promise<void>>();
  return {
    add: (work: Promise<void>): void => {
      all.add(work);
      void work.finally(() => all.delete(work));
    },
    all: () => Promise.all(all),
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => void setTimeout(resolve, milliseconds).unref());
}
