import { appendFileSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dialects } from './dialects.ts';
import { parsed, texts } from './json.ts';
import { player } from './play.ts';
import type { DeclaredTool, Wire } from './dialect.ts';
import type { Line, Timed } from './play.ts';
import type { Script } from './script.ts';

export interface ModelOptions {
  readonly script: Script;
  /** A folder that gets `requests.jsonl` and `transcript.jsonl`. */
  readonly log?: string;
  /** A Unix socket to listen on as well: it can be reached from another network namespace. */
  readonly socket?: string;
}

/** A request as it came; headers are left out, for they may hold keys. */
export interface ModelRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface Model {
  readonly url: string;
  readonly port: number;
  readonly transcript: readonly Timed[];
  readonly requests: readonly ModelRequest[];
  /** Every tool that was ever declared to the model, the first declaration of each. */
  readonly tools: () => readonly DeclaredTool[];
  /** Whether the text was in anything the model was ever sent, as sent or with JSON's escapes undone. */
  readonly received: (text: string) => boolean;
  readonly close: () => Promise<void>;
}

/** A model that plays a script, on 127.0.0.1 only. */
export async function startModel({ script, log, socket }: ModelOptions): Promise<Model> {
  const transcript: Timed[] = [];
  const requests: ModelRequest[] = [];
  const keep = keeper(log);
  const closing = new AbortController();
  const play = player(script, note);

  function note(line: Line): void {
    const timed = { ...line, at: performance.now() };
    transcript.push(timed);
    keep('transcript.jsonl', timed);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '/' } = request;
    const asked = { method, path: url, body: await bodyOf(request) };
    requests.push(asked);
    keep('requests.jsonl', asked);
    const [path = ''] = url.split('?');
    const dialect = dialects.find(it => method === 'POST' && it.speaks(path));
    if (!dialect) return other(method, path, response, note);
    const body = parsed(asked.body);
    const said = play(dialect.read(body));
    await wait(said.delay, undefined, { signal: closing.signal });
    send(response, dialect.write(body, said, path));
  }

  const servers = [listening(answer, 0), ...(socket ? [listening(answer, socket)] : [])];
  const [server] = await Promise.all(servers);
  const port = portOf(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    transcript,
    requests,
    tools: () => declaredIn(requests),
    received: text => requests.some(it => holds(it, text)),
    close: async () => {
      closing.abort();
      await Promise.all(servers.map(async it => stop(await it)));
    },
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function listening(handler: Handler, where: number | string): Promise<Server> {
  const server = createServer((request, response) => {
    handler(request, response).catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    if (typeof where === 'number') server.listen(where, '127.0.0.1', () => resolve(server));
    else server.listen(where, () => resolve(server));
  });
}

function portOf(server: Server | undefined): number {
  const address = server?.address();
  if (typeof address !== 'object' || !address) throw new Error('cannot tell the port: not listening');
  return address.port;
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function other(method: string, path: string, response: ServerResponse, note: (line: Line) => void): void {
  if (path.endsWith('/count_tokens')) return send(response, { kind: 'body', body: { input_tokens: 10 } });
  // Some look whether anybody is there.
  if (method === 'HEAD' || path === '/') return void response.writeHead(200).end();
  note({ type: 'unknown', request: `${method} ${path}` });
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { type: 'not_found_error', message: 'not in the script' } }));
}

function send(response: ServerResponse, wire: Wire): void {
  switch (wire.kind) {
    case 'body':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(wire.body));
      return;
    case 'events':
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
      for (const { event, data } of wire.events) {
        const line = typeof data === 'string' ? data : JSON.stringify(data);
        response.write(`${event ? `event: ${event}\n` : ''}data: ${line}\n\n`);
      }
      response.end();
  }
}

function holds({ path, body }: ModelRequest, text: string): boolean {
  return [path, body, ...texts(parsed(body))].some(it => it.includes(text));
}

function declaredIn(requests: readonly ModelRequest[]): readonly DeclaredTool[] {
  const found = new Map<string, DeclaredTool>();
  for (const { path, body } of requests) {
    const dialect = dialects.find(it => it.speaks(path.split('?')[0] ?? ''));
    for (const tool of dialect?.read(parsed(body)).tools ?? []) {
      if (!found.has(tool.name)) found.set(tool.name, tool);
    }
  }
  return [...found.values()];
}

function keeper(folder: string | undefined): (file: string, value: unknown) => void {
  if (!folder) return () => {};
  mkdirSync(folder, { recursive: true });
  return (file, value) => appendFileSync(join(folder, file), `${JSON.stringify(value)}\n`);
}
