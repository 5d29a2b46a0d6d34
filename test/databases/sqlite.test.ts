import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sqliteReady } from './ready.ts';
import { said } from './says.ts';

/*
 * The same against the real sqlite3: each text is the program's input, on a copy of its own of one file.
 */

const made = `
  CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INT DEFAULT 1);
  CREATE TABLE orders (id INTEGER PRIMARY KEY, item INT REFERENCES items, paid INT DEFAULT 0);
  CREATE TABLE [Odd Name] (a INT);
  CREATE TABLE "drop" (a INT);
  CREATE INDEX by_name ON items (name);
  CREATE VIEW dear AS SELECT * FROM items WHERE price > 5;
  CREATE VIEW paid AS SELECT * FROM orders WHERE paid;
  CREATE TRIGGER unpaid INSTEAD OF DELETE ON paid BEGIN DELETE FROM orders WHERE id = OLD.id; END;
  CREATE TRIGGER noted AFTER UPDATE ON items BEGIN SELECT 1; END;
  CREATE VIRTUAL TABLE texts USING fts5(body);
  INSERT INTO items (name, price) VALUES ('a', 1), ('b', 2), ('c', 30);
  INSERT INTO orders (item, paid) VALUES (1, 1), (2, 0);
  INSERT INTO [Odd Name] VALUES (1);
  INSERT INTO "drop" VALUES (1);
  INSERT INTO texts VALUES ('some words');
`;

const destroying: readonly string[] = [
  'DROP TABLE orders',
  'drop table if exists orders',
  'DROP TABLE [Odd Name]',
  'DROP TABLE `drop`',
  'DROP TABLE "drop"',
  'DROP TABLE main.orders',
  'DROP VIEW dear',
  'DROP INDEX by_name',
  'DROP TRIGGER noted',
  'DROP TABLE texts',
  'DELETE FROM orders',
  'DELETE FROM main.orders;',
  'DELETE FROM [Odd Name]',
  'DELETE FROM orders WHERE 1',
  'DELETE FROM orders WHERE true',
  'DELETE FROM orders WHERE 1 = 1',
  'DELETE FROM orders WHERE id = id',
  'DELETE FROM orders WHERE rowid > 0',
  "DELETE FROM items WHERE name LIKE '%'",
  "DELETE FROM items WHERE name GLOB '*'",
  'DELETE FROM orders WHERE paid = 0 OR 1',
  'DELETE FROM orders WHERE NOT 0',
  'DELETE FROM orders WHERE id IN (SELECT id FROM orders)',
  'DELETE FROM orders WHERE EXISTS (SELECT 1)',
  'DELETE FROM orders -- WHERE id = 1',
  'DELETE FROM orders /* WHERE id = 1 */',
  'UPDATE items SET price = 0',
  'UPDATE OR IGNORE items SET price = 0',
  'UPDATE items SET price = 0 WHERE 2 > 1',
  'UPDATE items SET (name, price) = (1, 2)',
  'WITH x AS (SELECT 1) DELETE FROM orders',
  'WITH x AS (SELECT 1) UPDATE items SET price = (SELECT * FROM x) + 8',
  'SELECT 1; DROP TABLE orders',
  "SELECT 'it\\'; DROP TABLE orders; --'",
  "SELECT 'it''s'; DROP TABLE orders",
  'SELECT 1 -- a comment\n; DROP TABLE orders',
  'SELECT 1 /* a /* comment */; DROP TABLE orders',
  'SELECT [a]];\nDROP TABLE orders; --]',
  'SELECT `a``b` FROM (SELECT 1 AS `a``b`); DROP TABLE orders',
  'BEGIN; DELETE FROM orders; COMMIT',
  'BEGIN; DELETE FROM orders; END',
  'BEGIN; DELETE FROM orders; ROLLBACK; DELETE FROM items',
  'SAVEPOINT s; DELETE FROM orders; RELEASE s',
  'BEGIN IMMEDIATE; DROP VIEW dear; COMMIT TRANSACTION',
  "BEGIN;\nINSERT OR ROLLBACK INTO items (id, name) VALUES (1, 'x');\nDELETE FROM orders;\nROLLBACK;",
  'ALTER TABLE orders DROP COLUMN item',
  'ALTER TABLE orders DROP item',
  "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema WHERE name = 'dear'",
  'CREATE TABLE orders2 AS SELECT * FROM orders; DROP TABLE orders; ALTER TABLE orders2 RENAME TO orders',
  '.mode json\nDROP TABLE orders',
  '.tables\nDELETE FROM orders;',
  '.bail off\nSELECT nothing;\nDROP TABLE orders;',
  'EXPLAIN SELECT 1;\nDELETE FROM orders;',
  'DETACH nowhere;\nDROP TABLE orders;',
  'DELETE FROM texts',
  'DELETE FROM orders RETURNING *',
  'DELETE FROM orders INDEXED BY nothing;\nDELETE FROM orders',
  '\n\n\t;;; drop table orders ;;',
  'CREATE TRIGGER t AFTER INSERT ON items BEGIN DELETE FROM orders; END; DROP TABLE orders',
  "REPLACE INTO items (id, name) VALUES (9, 'z'); DELETE FROM items",
  '# a comment of the program\nDROP TABLE orders;',
];

const harmless: readonly string[] = [
  'SELECT * FROM items',
  "VALUES (1, 'DROP TABLE items')",
  "SELECT 'DROP TABLE items; DELETE FROM orders'",
  "SELECT 'it''s; DROP TABLE items; --'",
  'SELECT "DELETE FROM items" FROM (SELECT 1 AS "DELETE FROM items")',
  'SELECT [delete from items] FROM (SELECT 1 AS [delete from items])',
  'SELECT `drop table items` FROM (SELECT 1 AS `drop table items`)',
  'SELECT 1 -- ; DROP TABLE items',
  'SELECT 1 /* ; DROP TABLE items */',
  'SELECT count(*) FROM items GROUP BY price',
  'SELECT * FROM "drop"',
  'SELECT a AS "update" FROM [Odd Name]',
  'WITH i AS (SELECT * FROM items) SELECT * FROM i',
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT * FROM n',
  'EXPLAIN DELETE FROM items',
  'EXPLAIN QUERY PLAN UPDATE items SET price = 0',
  'EXPLAIN DROP TABLE items',
  'BEGIN; SELECT 1; COMMIT',
  'BEGIN; DELETE FROM orders; ROLLBACK',
  'BEGIN TRANSACTION; DROP TABLE orders; ROLLBACK TRANSACTION',
  'BEGIN DEFERRED; SELECT 1; UPDATE items SET price = 0; SELECT 2; ROLLBACK',
  'BEGIN; ALTER TABLE items DROP COLUMN price; ROLLBACK',
  'SAVEPOINT s; SELECT 1; RELEASE s',
  'PRAGMA table_info(items)',
  'PRAGMA foreign_keys = ON',
  'PRAGMA foreign_key_check',
  'PRAGMA integrity_check',
  'PRAGMA user_version',
  'PRAGMA journal_mode',
  'PRAGMA cache_size = 100; SELECT 1',
  'PRAGMA query_only = 1; SELECT 1',
  'PRAGMA writable_schema',
  "ATTACH ':memory:' AS m; SELECT 1; DETACH m",
  'SELECT replace(name, $$a$$, $$b$$) FROM items',
  "SELECT replace(name, 'a', 'b') FROM items",
  "SELECT printf('%s', 'DELETE FROM items')",
  'SELECT CASE WHEN price > 1 THEN name END FROM items',
  "SELECT * FROM items WHERE name = 'x' OR 1 = 1; -- DELETE FROM items",
  'SELECT * FROM pragma_table_info($$items$$)',
  "SELECT * FROM texts WHERE texts MATCH 'some'",
  'SELECT * FROM sqlite_schema',
  "SELECT sql FROM sqlite_master WHERE type = 'table'",
  'SELECT last_insert_rowid(), changes(), random()',
  '.tables',
  '.schema items',
  '.dump',
  '.mode json\nSELECT * FROM items;',
  '.headers on\n.mode column\nSELECT * FROM orders;',
  '.indexes items',
  '.show\n.databases',
  '.print DROP TABLE items',
  '.echo on\nSELECT 1;',
  '.timer on\nSELECT 1;\n.quit',
  '.width 5 5\n.nullvalue x\nSELECT NULL;',
  '.sha3sum',
  '.stats on\nSELECT 1;',
  '.explain on\nEXPLAIN SELECT 1;',
  'SELECT 1;;;\n;SELECT 2;',
  '# only a comment\nSELECT 1;',
  'SELECT :a, ?1, @b, $c',
  "SELECT x'44524f50', 'a' || 'b'",
];

const changing: readonly string[] = [
  "INSERT INTO items (name) VALUES ('d')",
  "REPLACE INTO items (id, name) VALUES (1, 'z')",
  "INSERT OR REPLACE INTO items (id, name) VALUES (1, 'z')",
  'UPDATE items SET price = 7 WHERE id = 1',
  'UPDATE OR IGNORE items SET price = 7 WHERE id = 1',
  'DELETE FROM orders WHERE id = 1',
  'WITH c AS (SELECT 1 AS id) DELETE FROM orders WHERE id IN c',
  'CREATE TABLE more (id INT)',
  'CREATE TABLE copied AS SELECT * FROM items',
  'CREATE VIEW cheap AS SELECT * FROM items WHERE price < 5',
  'CREATE TRIGGER t AFTER INSERT ON items BEGIN DELETE FROM orders; END',
  'ALTER TABLE items ADD COLUMN weight INT',
  'ALTER TABLE items RENAME TO things',
  'CREATE INDEX by_price ON items (price)',
  'PRAGMA user_version = 7; CREATE TABLE more (id INT)',
  'BEGIN; INSERT INTO orders (item) VALUES (3); COMMIT',
  "INSERT INTO texts VALUES ('more words')",
];

const missing = await sqliteReady();

describe('the real sqlite3', { skip: missing ?? false, concurrency: 4 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chaperone-sqlite-'));
  const original = path.join(folder, 'original.db');
  let untouched = '';
  let number = 0;

  before(async () => {
    await sqlite(original, made);
    untouched = await checksum(original);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function checksumAfter(text: string): Promise<string> {
    const copy = path.join(folder, `copy-${++number}.db`);
    copyFileSync(original, copy);
    await sqlite(copy, `${text}\n;\n`);
    return checksum(copy);
  }

  test('the original is whole, and a copy is as it', async () => {
    assert.match(await sqlite(original, 'SELECT count(*) FROM orders;'), /^2\s*$/);
    assert.equal(await checksumAfter('SELECT 1'), untouched);
  });

  const lists = [
    ['destroys', destroying, true],
    ['changes', changing, true],
    ['harmless', harmless, false],
  ] as const;
  for (const [expected, statements, isTouched] of lists)
    for (const statement of statements)
      test(`${expected}: ${JSON.stringify(statement)}`, async () => {
        assert.equal(await said(statement, 'sqlite'), expected);
        const isChanged = (await checksumAfter(statement)) !== untouched;
        assert.equal(isChanged, isTouched, 'what it really did');
      });
});

async function checksum(file: string): Promise<string> {
  return createHash('sha256')
    .update(await sqlite(file, '.dump'))
    .digest('hex');
}

/** What the program prints for this input, whatever becomes of it. A bound, for what hangs. */
function sqlite(file: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('sqlite3', ['-batch', '-init', '/dev/null', file], { timeout: 60_000 });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => void (printed += part));
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', () => resolve(printed));
    // Where it ends before it has read all, there is nobody to write to.
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
  });
}
