import * as fs from 'node:fs';
import { connect } from 'node:net';
import * as path from 'node:path';
import type { Reply } from '../core/model.ts';
import type { Machine } from '../core/ports.ts';

/*
 * The guard's end of the socket. How fast this loads is how fast a hook is: three built-in modules, nothing else.
 *
 * One JSON a line. Guard: a `Request`. Window: `{"heard":true}` at once, `{"waiting":true}` while a person thinks,
 * then `{"reply":…}`.
 */

/** What a guard asks of a window. `wait` is in milliseconds; `payload` what the agent gave its hook. */
export interface Request {
  readonly token: string;
  readonly agent: string;
  readonly event: string;
  readonly payload: string;
  readonly cwd: string;
  readonly wait: number;
  /** It is the value of a secret that is asked for, and no hook: `payload` is a `SecretAsked`. */
  readonly secret?: true;
  /** Names of variables, with a space between them, by which it is seen who started the hook. */
  readonly marks?: string;
}

/** A file in the folder of windows: one for each editor window that can be asked. Its name is its id. */
export interface Window {
  readonly id: string;
  readonly pid: number;
  readonly socket: string;
  readonly token: string;
  readonly folders: readonly string[];
  /** When a person last turned to it, in milliseconds since 1970. */
  readonly focused: number;
}

export interface Call {
  readonly state: string;
  readonly agent: string;
  readonly event: string;
  readonly payload: string;
  readonly cwd: string;
  /** Milliseconds in all. */
  readonly wait: number;
  readonly secret?: true;
  readonly marks?: string;
  /** The id of the window that the environment names. It only chooses among windows that would do. */
  readonly preferred?: string;
  readonly machine: Machine;
}

/** A window answered, or nobody did, in words. */
export type Called = { readonly reply: Reply } | { readonly nobody: string };

/** The longest line that either end takes, in bytes. */
export const maxLine = 4 * 1024 * 1024;

/** Asks the window in charge of a folder. Never rejects, and is back within `wait`, or when `gone` says that nobody waits. */
export async function callWindow(call: Call, gone?: AbortSignal): Promise<Called> {
  const end = performance.now() + call.wait;
  let why = 'no editor window is open for this folder';
  for (const window of inCharge(windows(call.state), call)) {
    const left = end - performance.now();
    if (left <= 0) return { nobody: 'no editor window answered in time' };
    const { heard, ...called } = await ask(window, call, left, gone);
    if ('reply' in called || heard || gone?.aborted) return called;
    why = called.nobody;
  }
  return { nobody: why };
}

/** The windows that are alive, as far as their files say. Removes the files of those that are not. */
export function windows(state: string): readonly Window[] {
  const folder = path.join(state, 'windows');
  let names: readonly string[];
  try {
    if (!isOurs(fs.lstatSync(folder))) return [];
    names = fs.readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap(name => {
    const window = name.endsWith('.json') && readWindow(path.join(folder, name), name.slice(0, -5));
    if (!window) return [];
    // In a guarded terminal no process outside can be seen: whether a window answers is found by asking it.
    if (process.env['CHAPERONE_SANDBOX'] || isAlive(window.pid)) return [window];
    removeWindow(state, window);
    return [];
  });
}

/** Takes a window's file and socket away, as far as they are there. */
export function removeWindow(state: string, { id, socket }: Pick<Window, 'id' | 'socket'>): void {
  attempt(() => fs.unlinkSync(path.join(state, 'windows', `${id}.json`)));
  attempt(() => {
    if (!fs.lstatSync(socket).isSocket()) return;
    fs.unlinkSync(socket);
  });
  // Only ever an empty folder, and only one that we named.
  if (path.basename(path.dirname(socket)).startsWith('chaperone-'))
    attempt(() => fs.rmdirSync(path.dirname(socket)));
}

const newline = 0x0a;
const timeToHear = 1500;
const timeOfSilence = 8000;
const maxFile = 256 * 1024;
const maxWindows = 200;

/** Whose folder holds `cwd`, the longest folder first; after them, or without them, the preferred one. */
function inCharge(all: readonly Window[], call: Call): readonly Window[] {
  const places = [call.cwd, attempt(() => fs.realpathSync.native(call.cwd)) ?? call.cwd];
  const holding = all
    .slice(0, maxWindows)
    .map(window => ({ window, depth: depth(window, places, call.machine) }))
    .filter(({ depth }) => depth >= 0)
    .sort(
      (a, b) =>
        b.depth - a.depth ||
        Number(b.window.id === call.preferred) - Number(a.window.id === call.preferred) ||
        b.window.focused - a.window.focused,
    )
    .map(({ window }) => window);
  const preferred = all.filter(window => window.id === call.preferred && !holding.includes(window));
  return [...holding, ...preferred];
}

/** The length of the longest folder of the window's that holds one of the places; -1 where none does. */
function depth({ folders }: Window, places: readonly string[], machine: Machine): number {
  const paths = machine.platform === 'windows' ? path.win32 : path.posix;
  const holds = (folder: string, place: string): boolean => {
    const way = paths.relative(folder, place);
    return way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way);
  };
  return Math.max(
    -1,
    ...folders.filter(folder => places.some(place => holds(folder, place))).map(folder => folder.length),
  );
}

function ask(
  window: Window,
  call: Call,
  left: number,
  gone?: AbortSignal,
): Promise<{ readonly heard: boolean } & Called> {
  const { agent, event, payload, cwd, secret, marks } = call;
  const request: Request = {
    token: window.token,
    agent,
    event,
    payload,
    cwd,
    wait: Math.floor(left),
    ...(secret && { secret }),
    ...(marks && { marks }),
  };
  const line = Buffer.from(`${JSON.stringify(request)}\n`);
  if (line.length > maxLine)
    return Promise.resolve({ heard: false, nobody: 'what the agent sent is too long for the editor window' });
  return new Promise(resolve => {
    let heard = false;
    let done = false;
    let chunks: Buffer[] = [];
    let held = 0;
    const socket = connect(window.socket);
    const finish = (called: Called): void => {
      done = true;
      clearTimeout(silence);
      clearTimeout(overall);
      gone?.removeEventListener('abort', withdraw);
      socket.removeAllListeners().on('error', () => {});
      socket.destroy();
      resolve({ heard, ...called });
    };
    const nobody = (why: string) => (): void => finish({ nobody: why });
    const withdraw = nobody('the agent took it back');
    gone?.addEventListener('abort', withdraw);
    const overall = setTimeout(nobody('the editor window did not answer in time'), left);
    let silence = setTimeout(nobody('the editor window does not respond'), timeToHear);
    const take = (text: string): void => {
      if (done) return;
      const message = parse(text);
      if (message?.['heard'] !== true && message?.['waiting'] !== true)
        return finish(replyOf(message) ?? { nobody: 'the editor window gave an answer that is not one' });
      heard = true;
      clearTimeout(silence);
      silence = setTimeout(nobody('the editor window stopped responding'), timeOfSilence);
    };
    socket.on('connect', () => socket.write(line));
    socket.on('data', (chunk: Buffer) => {
      held += chunk.length;
      if (held > maxLine) return finish({ nobody: 'the editor window gave an answer that is too long' });
      chunks.push(chunk);
      if (!chunk.includes(newline)) return;
      const all = Buffer.concat(chunks);
      const end = all.lastIndexOf(newline);
      chunks = [all.subarray(end + 1)];
      held = all.length - end - 1;
      all.subarray(0, end).toString('utf8').split('\n').forEach(take);
    });
    socket.on('error', nobody('the editor window cannot be reached'));
    socket.on('close', nobody('the editor window closed without an answer'));
  });
}

function replyOf(message: Readonly<Record<string, unknown>> | undefined): Called | undefined {
  const reply = message?.['reply'];
  if (typeof reply !== 'object' || reply === null) return undefined;
  const { stdout, stderr, exit } = reply as Record<string, unknown>;
  return typeof stdout === 'string' && typeof stderr === 'string' && Number.isInteger(exit)
    ? { reply: { stdout, stderr, exit: exit as number } }
    : undefined;
}

/** Somebody else's file, or one that others can change or read, is no window: it could lead us to another socket. */
function readWindow(file: string, id: string): Window | undefined {
  // On Windows there is no such flag, and the folder lies in the person's own profile.
  const flags = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);
  const text = attempt(() => {
    const handle = fs.openSync(file, flags);
    try {
      const stat = fs.fstatSync(handle);
      return stat.isFile() && isOurs(stat) && stat.size <= maxFile
        ? fs.readFileSync(handle, 'utf8')
        : undefined;
    } finally {
      fs.closeSync(handle);
    }
  });
  const value = text === undefined ? undefined : parse(text);
  return value && isWindow(value) && value.id === id ? value : undefined;
}

function isWindow(value: object): value is Window {
  const { id, pid, socket, token, folders, focused } = value as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    Number.isSafeInteger(pid) &&
    (pid as number) > 0 &&
    typeof socket === 'string' &&
    typeof token === 'string' &&
    Array.isArray(folders) &&
    folders.every(folder => typeof folder === 'string') &&
    typeof focused === 'number'
  );
}

function isOurs({ uid, mode }: fs.Stats): boolean {
  return process.platform === 'win32' || (uid === process.getuid?.() && (mode & 0o077) === 0);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = attempt((): unknown => JSON.parse(text));
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
