import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Reply } from '../core/model.ts';
import { maxLine, removeWindow, windows, type Request, type Window } from './caller.ts';
import { parts, reason, writePrivate } from './state.ts';

/** A window's end of the socket, from which guards get their replies. */
export interface Endpoint {
  readonly id: string;
  /** Whether guards can find the window; where they cannot, `complain` has said why. Never rejects. */
  readonly ready: Promise<boolean>;
  /** Says anew which folders the window holds and when it was last turned to. */
  readonly update: () => void;
  readonly dispose: () => void;
}

export interface EndpointGiven {
  readonly state: string;
  /** The folders open in the window, absolute. */
  readonly folders: () => readonly string[];
  /** When a person last turned to the window, in milliseconds since 1970. */
  readonly focused: () => number;
  /** Aborted when the guard has gone away: nobody will read the reply. */
  readonly answer: (request: Asked, signal: AbortSignal) => Promise<Reply>;
  readonly complain: (sentence: string) => void;
}

export type Asked = Omit<Request, 'token'>;

/** Opens a private socket for guards and tells them of it in the state folder. */
export function endpoint(given: EndpointGiven): Endpoint {
  const { state, complain } = given;
  const id = randomBytes(8).toString('hex');
  const token = randomBytes(32).toString('hex');
  const peers = new Set<Socket>();
  let socket: string | undefined;
  let disposed = false;

  const server = createServer(peer => {
    peers.add(peer);
    peer.on('close', () => peers.delete(peer));
    serve(peer, token, given);
  });
  server.maxConnections = maxConnections;
  server.on('drop', () => complain('cannot answer a guard: too many are connected'));

  const update = (): void => {
    if (disposed || !socket || !server.listening) return;
    const window: Window = {
      id,
      pid: process.pid,
      socket,
      token,
      folders: withRealPaths(given.folders()),
      focused: given.focused(),
    };
    try {
      writePrivate(path.join(parts(state).windows, `${id}.json`), `${JSON.stringify(window)}\n`);
    } catch (error) {
      complain(`cannot tell guards of this window: ${reason(error)}`);
    }
  };

  const ready = new Promise<boolean>(resolve => {
    const fail = (error: unknown): void => {
      complain(`cannot listen for guards: ${reason(error)}`);
      resolve(false);
    };
    server.on('error', fail);
    try {
      windows(state); // Whoever looks removes what dead windows left.
      socket = newSocket(id);
      server.listen(socket, () => {
        update();
        resolve(!disposed);
      });
    } catch (error) {
      fail(error);
    }
  });

  return {
    id,
    ready,
    update,
    dispose: () => {
      if (disposed) return;
      disposed = true;
      for (const peer of peers) peer.destroy();
      server.close();
      if (socket) removeWindow(state, { id, socket });
    },
  };
}

const maxConnections = 64;
/** Milliseconds in which a guard must have said what it wants. */
const timeToAsk = 5000;
const timeBetweenSigns = 2000;
/** Milliseconds for which a guard is kept after the time it gave itself. */
const grace = 2000;
const maxWait = 24 * 60 * 60 * 1000;
/** macOS allows 104 bytes with the zero at the end, Linux 108. */
const maxPath = 100;

/** A path for the socket in a new folder that only this person can enter; on Windows a pipe nobody can guess. */
function newSocket(id: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\chaperone-${id}-${randomBytes(16).toString('hex')}`;
  const folders = [process.env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp'].filter(
    folder => folder !== undefined && path.isAbsolute(folder),
  ) as readonly string[];
  let failure: unknown = new Error('every temporary folder has too long a name');
  for (const folder of folders) {
    const prefix = path.join(folder, 'chaperone-');
    if (Buffer.byteLength(`${prefix}123456/s`) > maxPath) continue;
    try {
      return path.join(fs.mkdtempSync(prefix), 's');
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** One guard: a request that is whole and has the token is answered, anything else is dropped without a word. */
function serve(peer: Socket, token: string, { answer, complain }: EndpointGiven): void {
  const chunks: Buffer[] = [];
  let held = 0;
  const impatience = setTimeout(() => peer.destroy(), timeToAsk);
  peer.on('error', () => peer.destroy());
  peer.on('close', () => clearTimeout(impatience));
  peer.on('data', (chunk: Buffer) => {
    held += chunk.length;
    chunks.push(chunk);
    if (held > maxLine) return void peer.destroy();
    if (!chunk.includes(newline)) return;
    clearTimeout(impatience);
    peer.removeAllListeners('data').resume();
    const all = Buffer.concat(chunks);
    const request = requestOf(all.subarray(0, all.indexOf(newline)).toString('utf8'));
    if (request && isSame(request.token, token)) return converse(peer, request, answer, complain);
    if (request) complain('a program without the right token tried to ask this window: it got no answer');
    peer.destroy();
  });
}

function converse(
  peer: Socket,
  { token: _token, ...asked }: Request,
  answer: EndpointGiven['answer'],
  complain: (sentence: string) => void,
): void {
  const gone = new AbortController();
  const say = (message: object): void => void peer.write(`${JSON.stringify(message)}\n`);
  const signs = setInterval(() => say({ waiting: true }), timeBetweenSigns);
  const overdue = setTimeout(() => peer.destroy(), Math.min(Math.max(asked.wait, 0), maxWait) + grace);
  const leave = (): void => {
    clearInterval(signs);
    clearTimeout(overdue);
    gone.abort();
  };
  peer.on('end', leave);
  peer.on('close', leave);
  say({ heard: true });
  void reply(asked, gone.signal, answer).then(
    reply => {
      clearInterval(signs);
      if (!gone.signal.aborted) peer.end(`${JSON.stringify({ reply })}\n`);
    },
    (error: unknown) => {
      if (!gone.signal.aborted) complain(`cannot answer a guard: ${reason(error)}`);
      peer.destroy();
    },
  );
}

async function reply(asked: Asked, signal: AbortSignal, answer: EndpointGiven['answer']): Promise<Reply> {
  const { stdout, stderr, exit } = await answer(asked, signal);
  return { stdout, stderr, exit };
}

const newline = 0x0a;

function requestOf(text: string): Request | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { token, agent, event, payload, cwd, wait, secret, marks } = value as Record<string, unknown>;
  return typeof token === 'string' &&
    typeof agent === 'string' &&
    typeof event === 'string' &&
    typeof payload === 'string' &&
    typeof cwd === 'string' &&
    typeof wait === 'number'
    ? {
        token,
        agent,
        event,
        payload,
        cwd,
        wait,
        ...(secret === true && { secret }),
        ...(typeof marks === 'string' && { marks }),
      }
    : undefined;
}

/** Takes as long for any two texts, so that a token cannot be guessed letter by letter. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A guard sees its folder with links resolved or not, as its agent was started. */
function withRealPaths(folders: readonly string[]): readonly string[] {
  const real = (folder: string): string => {
    try {
      return fs.realpathSync.native(folder);
    } catch {
      return folder;
    }
  };
  return [...new Set(folders.flatMap(folder => [folder, real(folder)]))];
}
