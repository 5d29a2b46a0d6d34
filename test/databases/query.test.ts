import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import type { Answer } from '../../src/core/ports.ts';
import type { Connection } from '../../src/core/query.ts';
import { factory } from '../../src/core/settings.ts';
import { queryForModel } from '../../src/queried.ts';
import { paperLine } from '../support/line.ts';
import { postgresReady, sqliteReady } from './ready.ts';
import { startPostgres, type Server } from './server.ts';

/*
 * The tool that asks databases, without an editor: the real clients, the real line, somebody who answers.
 */

const folder = fs.mkdtempSync(path.join(fs.realpathSync(tmpdir()), 'query-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const vault = { window: async () => ({ problem: 'nothing is stored' }), isStored: async () => false };
const no: Answer = { outcome: 'refused', by: 'person' };
const yes: Answer = { outcome: 'allowed', by: 'person' };

function ask(
  connections: Readonly<Record<string, Connection>>,
  connection: string,
  statement: string,
  { answer = no, limit = 200, environment = '', passed = false } = {},
): Promise<string> {
  const signal = AbortSignal.timeout(30_000);
  return queryForModel(
    { connection, statement, limit, cwd: folder },
    paperLine({ answer }),
    { ...factory, connections, environment },
    vault,
    () => passed,
    signal,
  );
}

describe('sqlite', async () => {
  const skip = await sqliteReady();
  const file = path.join(folder, 'people.db');
  const names: Readonly<Record<string, Connection>> = {
    people: { kind: 'sqlite', from: 'people.db', writable: false },
    open: { kind: 'sqlite', from: file, writable: true },
    live: { kind: 'sqlite', from: file, environment: 'production', writable: false },
  };
  const count = () =>
    execFileSync('sqlite3', [file, 'SELECT count(*) FROM people'], { encoding: 'utf8' }).trim();
  before(() => {
    if (skip) return;
    const rows = "('Ada', 'a|b'), ('Grace', NULL), ('', '-- \n x')";
    execFileSync('sqlite3', [file, `CREATE TABLE people (name, what); INSERT INTO people VALUES ${rows}`]);
  });

  test('shows rows as a table', { skip }, async () => {
    assert.equal(
      await ask(names, 'people', '-- all of them\nSELECT * FROM people'),
      '| name | what |\n| --- | --- |\n| Ada | a\\|b |\n| Grace | NULL |\n|  | -- ⏎ x |\n\n3 rows.',
    );
    assert.match(
      await ask(names, 'people', 'SELECT name FROM people', { limit: 2 }),
      /The first 2 rows; there are more\.$/,
    );
    assert.equal(await ask(names, 'people', 'SELECT 1 WHERE 0'), 'Done. No rows.');
    assert.match(await ask(names, 'people', 'SELECT * FROM no_such'), /^It failed: .*no such table/);
  });

  test('takes no more than can be read of too many rows', { skip }, async () => {
    const endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, 'some more text' FROM n";
    assert.match(
      await ask(names, 'people', endless, { limit: 3 }),
      /\| 3 \| some more text \|\n\nThe first 3 rows; there are more\.$/,
    );
  });

  test('only reads, by us and by itself', { skip }, async () => {
    for (const statement of ["INSERT INTO people VALUES ('x', 1)", 'DROP TABLE people', "ATTACH 'x' AS y"])
      assert.match(
        await ask(names, 'people', statement, { answer: yes }),
        /^It was not run: this connection is read-only/,
      );
    for (const statement of [
      "WITH a AS (SELECT 1) INSERT INTO people VALUES ('x', 1)",
      'PRAGMA user_version = 7',
      "SELECT writefile('made', 'x')",
      "SELECT load_extension('x')",
      "SELECT edit('x', 'touch made')",
    ])
      assert.match(
        await ask(names, 'people', statement, { answer: yes }),
        /^It (?:failed|was not run)/,
        statement,
      );
    assert.equal(count(), '3');
    assert.ok(!fs.existsSync(path.join(folder, 'made')));
  });

  test('does what a person allows where it may be written', { skip }, async () => {
    assert.match(await ask(names, 'open', 'DELETE FROM people'), /^It was not run\. Chaperone stopped this/);
    assert.equal(count(), '3');
    assert.equal(await ask(names, 'open', "INSERT INTO people VALUES ('x', 1)"), 'Done. No rows.');
    assert.equal(await ask(names, 'open', 'DELETE FROM people', { answer: yes }), 'Done. No rows.');
    assert.equal(count(), '0');
    assert.equal(await ask(names, 'open', 'DROP TABLE people', { passed: true }), 'Done. No rows.');
  });

  test('is not another environment’s, and not another name', async () => {
    assert.match(
      await ask(names, 'live', 'SELECT 1', { environment: 'staging' }),
      /is for production, and this is pinned/,
    );
    for (const name of ['', 'nobody', 'constructor', '__proto__'])
      assert.equal(
        await ask(names, name, 'SELECT 1'),
        'It was not run: there is no such connection. There are: people, open, live.',
      );
    assert.match(await ask({}, 'x', 'SELECT 1'), /the person has named no connection/);
  });
});

describe('postgres', async () => {
  const ready = await postgresReady();
  const skip = typeof ready === 'string' && ready;
  let server: Server | undefined;
  const names: Readonly<Record<string, Connection>> = {
    db: { kind: 'postgres', from: 'DATABASE_URL', writable: false },
    open: { kind: 'postgres', from: 'DATABASE_URL', writable: true },
  };
  before(async () => {
    if (typeof ready === 'string') return;
    server = await startPostgres(ready);
    const url = `postgres://postgres:n0t-needed-here@127.0.0.1:${server.port}/postgres`;
    fs.writeFileSync(path.join(folder, '.env'), `DATABASE_URL=${url}\n`);
    await server.psql('postgres', "CREATE TABLE people (name text); INSERT INTO people VALUES ('Ada')");
  });
  after(() => server?.stop());

  test('shows rows as a table, reached by what stands in a hidden file', { skip }, async () => {
    assert.equal(
      await ask(names, 'db', 'SELECT name, NULL AS x FROM people'),
      '| name | x |\n| --- | --- |\n| Ada | NULL |\n\n1 row.',
    );
  });

  test('only reads, by the database’s own doing', { skip }, async () => {
    for (const statement of [
      "WITH a AS (INSERT INTO people VALUES ('x') RETURNING name) SELECT * FROM a",
      "SELECT set_config('transaction_read_only', 'off', false), (SELECT lo_create(7))",
      'SELECT * INTO copied FROM people',
      'EXPLAIN ANALYZE DELETE FROM people WHERE name = $$Ada$$',
    ])
      assert.match(
        await ask(names, 'db', statement, { answer: yes }),
        /^It failed: .*read-(?:only|write)/s,
        statement,
      );
    assert.match(await ask(names, 'open', 'DELETE FROM people', { answer: yes }), /^Done/);
  });
});

describe('the password', { skip: process.platform === 'win32' && 'it needs sh' }, () => {
  const password = `p_${sample(base62, 30)}`;
  const programs = path.join(folder, 'bin');
  const saved = process.env['PATH'];
  before(() => {
    fs.mkdirSync(programs);
    for (const name of ['psql', 'mysql']) {
      const script =
        '#!/bin/sh\nprintf "said\\n"\nprintf "%s " "$@" | tr "\\n" " "; printf "\\n"\nenv | sort\n';
      fs.writeFileSync(path.join(programs, name), script, { mode: 0o755 });
    }
    process.env['PATH'] = `${programs}${path.delimiter}${saved}`;
    process.env['PGSERVICE'] = 'elsewhere';
  });
  after(() => {
    process.env['PATH'] = saved;
    delete process.env['PGSERVICE'];
  });

  for (const [kind, variable] of [
    ['postgres', 'PGPASSWORD'],
    ['mysql', 'MYSQL_PWD'],
  ] as const)
    test(`of ${kind} is in the client's environment alone, and unseen in what it prints`, async () => {
      fs.writeFileSync(
        path.join(folder, '.env.it'),
        `IT_URL=${kind}://me%40x:${password}@db.example.com:7/it?sslmode=require\n`,
      );
      const connection: Connection = { kind, from: 'IT_URL=.env.it', writable: false };
      const said = await ask({ it: connection }, 'it', 'SELECT 1');
      assert.ok(said.includes(`| ${variable}=<${variable}> |`), said);
      assert.ok(!said.includes(password) && !said.includes('PGSERVICE'));
      const args = said.split('\n')[2] ?? '';
      assert.ok(args.includes('SELECT 1') && !args.includes(variable), args);
      assert.ok(
        kind === 'mysql'
          ? args.includes('--user=me@x')
          : said.includes('PGUSER=me@x') && said.includes('PGSSLMODE=require'),
      );
    });

  test('of what is no address is none', async () => {
    fs.writeFileSync(path.join(folder, '.env.it'), `IT_URL=https://me:${password}@example.com\n`);
    const connection: Connection = { kind: 'postgres', from: 'IT_URL=.env.it', writable: false };
    const said = await ask({ it: connection }, 'it', 'SELECT 1');
    assert.match(said, /^It was not run: the address/);
    assert.ok(!said.includes(password));
  });
});
