import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Postgres } from './ready.ts';

const run = promisify(execFile);

/** A server on loopback, with nothing in it that anybody needs. */
export interface Server {
  /** Makes a database as another is. */
  readonly copy: (name: string, from: string) => Promise<void>;
  readonly drop: (name: string) => Promise<void>;
  /** Runs a text as psql's input, whatever becomes of it. */
  readonly psql: (database: string, text: string) => Promise<void>;
  /** One text for schema, rows, rights, sequences and large objects, as a hash. */
  readonly checksum: (database: string) => Promise<string>;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Milliseconds: bounds for what hangs, not for what is slow. */
const patience = 60_000;

export async function startPostgres({ programs, user }: Postgres): Promise<Server> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaperone-postgres-'));
  if (user) await chown(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const program = (name: string) => path.join(programs, name);
  const as = { ...user, cwd: folder, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' } };
  const port = await freePort();
  const place = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
  const bounded = { ...as, timeout: patience, maxBuffer: 64 * 1024 * 1024 };

  await run(program('initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '-N', '-E', 'UTF8'], bounded);
  const server = spawn(
    program('postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-F', '-c', 'max_connections=20'],
    { ...as, stdio: 'ignore' },
  );
  const ended = new Promise<void>(resolve => void server.once('exit', () => resolve()));

  const asked = async (database: string, text: string) => {
    const psql = run(program('psql'), ['-X', '-q', ...place, '-d', database, '-f', '-'], bounded);
    psql.child.stdin?.end(text);
    await psql;
  };
  const sql = async (statement: string) => {
    await run(program('psql'), ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...place, '-c', statement], bounded);
  };

  const stop = async () => {
    server.kill('SIGINT');
    const late = setTimeout(() => server.kill('SIGKILL'), patience);
    await ended;
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answers(() => sql('SELECT 1'));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    copy: (name, from) => sql(`CREATE DATABASE "${name}" TEMPLATE "${from}"`),
    drop: name => sql(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
    psql: (database, text) => asked(database, text).catch(() => undefined),
    checksum: async database => {
      const { stdout } = await run(program('pg_dump'), ['--blobs', ...place, '-d', database], bounded);
      // Newer versions write a random word around the dump.
      const plain = stdout.replace(/^\\(?:un)?restrict .*$/gm, '');
      return createHash('sha256').update(plain).digest('hex');
    },
    port,
    stop,
  };
}

async function answers(ask: () => Promise<void>): Promise<void> {
  const until = Date.now() + patience;
  for (;;) {
    const failed = await ask().then(
      () => undefined,
      (error: unknown) => error ?? new Error('no answer'),
    );
    if (failed === undefined) return;
    if (Date.now() > until) throw new Error('the database server does not answer', { cause: failed });
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>(resolve => void server.close(() => resolve()));
  return port;
}
