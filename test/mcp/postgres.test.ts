import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cache, ensureInstalled } from '../agents/live/setup.ts';
import { postgresReady } from '../databases/ready.ts';
import { startPostgres, type Server } from '../databases/server.ts';
import { assertRefused, connected, guarded, its, somebody, textOf, type Connected } from './between.ts';

/*
 * The server for PostgreSQL from npm before a real database. It wraps a statement in a transaction that only reads, and a
 * statement that ends the transaction gets out of it.
 */

const what = '@modelcontextprotocol/server-postgres';
const version = '0.6.2';
const program = path.join('node_modules', what, 'dist/index.js');
const folder = path.join(cache(), `server-postgres-${version}`);
const ready = await postgresReady();
const skip = typeof ready === 'string' && ready;

describe('the server for PostgreSQL', { skip, timeout: 300_000 }, () => {
  let database: Server;
  const open: Connected[] = [];
  const client = async (between: boolean) => {
    const server = [
      process.execPath,
      path.join(folder, program),
      `postgres://postgres@127.0.0.1:${database.port}/postgres`,
    ];
    const made = await connected(between ? guarded(server, 'postgres') : server);
    open.push(made);
    return made;
  };
  const fill = () =>
    database.psql('postgres', "CREATE TABLE IF NOT EXISTS people AS SELECT 'Ada' AS name; SELECT 1");
  const count = async () => {
    const { call } = await client(false);
    return textOf(await call('query', { sql: 'SELECT count(*)::int AS n FROM people' }).catch(failed));
  };
  before(async () => {
    await ensureInstalled({ what, version, program, folder });
    if (typeof ready !== 'string') database = await startPostgres(ready);
    await fill();
  });
  after(async () => {
    await Promise.all(open.map(it => it.client.close()));
    await database?.stop();
    rmSync(its.root, { recursive: true, force: true });
  });

  const way = { sql: 'COMMIT; DROP TABLE people' };

  test('answers questions as ever', async () => {
    const { call } = await client(true);
    assert.match(textOf(await call('query', { sql: 'SELECT name FROM people' })), /Ada/);
  });

  test('drops what it is told to, without the guard', async () => {
    const { call } = await client(false);
    await call('query', way).catch(failed);
    assert.match(await count(), /does not exist/);
    await fill();
  });

  test('drops nothing behind it where nobody says yes', async () => {
    const { call } = await client(true);
    assertRefused(await call('query', way));
    assert.match(await count(), /"n": 1/);
    const gone = await somebody('deny');
    assertRefused(await call('query', way));
    await gone();
    assert.match(await count(), /"n": 1/);
  });
});

/** The client throws what the server reports as an error of the protocol. */
function failed(error: unknown) {
  return { content: [{ type: 'text' as const, text: String(error) }] };
}
