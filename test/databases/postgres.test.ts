import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { postgresReady } from './ready.ts';
import { said } from './says.ts';
import { startPostgres, type Server } from './server.ts';

/*
 * What is said of statements, against a real PostgreSQL: each runs through psql in a copy of its own of one database,
 * and a checksum of everything in that copy tells what became of it.
 */

const made = `
  CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL, price int DEFAULT 1);
  CREATE TABLE orders (id serial PRIMARY KEY, item int REFERENCES items ON DELETE CASCADE, paid boolean DEFAULT false);
  CREATE TABLE "Odd ""Name" (a int);
  CREATE INDEX by_name ON items (name);
  CREATE VIEW dear AS SELECT * FROM items WHERE price > 5;
  CREATE MATERIALIZED VIEW totals AS SELECT sum(price) AS total FROM items;
  CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
  CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER note AFTER UPDATE ON items FOR EACH ROW EXECUTE FUNCTION noted();
  CREATE PROCEDURE tidy() LANGUAGE sql AS 'DELETE FROM orders WHERE paid';
  CREATE SCHEMA stock;
  CREATE TABLE stock.places (id int);
  CREATE TYPE colour AS ENUM ('red', 'green');
  CREATE SEQUENCE numbers;
  CREATE PUBLICATION news FOR TABLE items;
  ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON orders USING (true);
  INSERT INTO items (name, price) VALUES ('a', 1), ('b', 2), ('c', 30);
  INSERT INTO orders (item, paid) VALUES (1, true), (2, false);
  INSERT INTO stock.places VALUES (1), (2);
  INSERT INTO "Odd ""Name" VALUES (1);
  SELECT lo_from_bytea(4242, 'kept');
  GRANT SELECT ON items TO PUBLIC;
`;

const destroying: readonly string[] = [
  'DROP TABLE orders',
  'drop\n\ttable /* now */ orders',
  'DROP TABLE IF EXISTS orders, items CASCADE',
  'DROP TABLE "Odd ""Name"',
  'DROP VIEW dear',
  'DROP MATERIALIZED VIEW totals',
  'DROP INDEX by_name',
  'DROP FUNCTION twice(int)',
  'DROP TRIGGER note ON items',
  'DROP PROCEDURE tidy',
  'DROP SCHEMA stock CASCADE',
  'DROP TYPE colour',
  'DROP SEQUENCE numbers',
  'DROP PUBLICATION news',
  'DROP POLICY own ON orders',
  'DROP OWNED BY CURRENT_USER CASCADE; DROP TABLE orders',
  'TRUNCATE items CASCADE',
  'TRUNCATE TABLE ONLY orders RESTART IDENTITY',
  'DELETE FROM orders',
  'DELETE FROM ONLY stock.places',
  'DELETE FROM orders WHERE true',
  'DELETE FROM orders WHERE 1 = 1',
  'DELETE FROM orders WHERE id IS NOT NULL',
  "DELETE FROM items WHERE name LIKE '%'",
  'DELETE FROM orders WHERE id > 0',
  'DELETE FROM orders WHERE paid OR NOT false',
  'DELETE FROM orders WHERE id IN (SELECT id FROM orders)',
  'UPDATE items SET price = 0',
  'UPDATE items SET price = 0 WHERE (((1)::boolean))',
  'WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM gone',
  'WITH RECURSIVE n(i) AS (SELECT 1), gone AS (DELETE FROM stock.places RETURNING *) SELECT 1',
  'EXPLAIN ANALYZE DELETE FROM orders',
  'EXPLAIN (COSTS off, ANALYZE true) UPDATE items SET price = 9',
  'EXPLAIN (ANALYZE off, "analyze") DELETE FROM orders',
  'DO $$ BEGIN DELETE FROM orders; END $$',
  "DO 'BEGIN TRUNCATE orders; END'",
  'DO LANGUAGE plpgsql $x$ BEGIN PERFORM 1; DROP VIEW dear; END $x$',
  "DO $$ BEGIN EXECUTE 'DROP TABLE orders'; END $$",
  "DO $$ BEGIN EXECUTE 'DROP TABLE ' || 'orders'; END $$",
  'DO $$ BEGIN IF true THEN DELETE FROM orders; END IF; END $$',
  'SELECT 1; DROP TABLE orders',
  "SELECT 'it\\'; DROP TABLE orders; --'",
  'SELECT 1 -- a comment\n; DROP TABLE orders',
  'SELECT 1 /* /* nested */ */; DROP TABLE orders',
  'BEGIN; DELETE FROM orders; COMMIT',
  'BEGIN; SAVEPOINT s; DELETE FROM orders; ROLLBACK TO s; DELETE FROM items; COMMIT',
  'BEGIN; DELETE FROM orders; ROLLBACK; DELETE FROM orders',
  'START TRANSACTION; DROP VIEW dear; END',
  'PREPARE p AS DELETE FROM orders; EXECUTE p',
  'COPY (DELETE FROM orders RETURNING id) TO STDOUT',
  'ALTER TABLE items DROP COLUMN price CASCADE',
  'ALTER TABLE items DROP price CASCADE',
  'ALTER TABLE orders DROP CONSTRAINT orders_pkey',
  'ALTER TABLE orders DISABLE ROW LEVEL SECURITY',
  'ALTER TABLE items DISABLE TRIGGER ALL',
  'ALTER TABLE items SET UNLOGGED; ALTER TABLE items DISABLE TRIGGER note',
  'REVOKE SELECT ON items FROM PUBLIC',
  'GRANT ALL ON orders TO PUBLIC',
  'CREATE RULE gone AS ON INSERT TO stock.places DO ALSO DELETE FROM orders; INSERT INTO stock.places VALUES (3)',
  'MERGE INTO orders o USING items i ON o.item = i.id WHEN MATCHED THEN DELETE',
  'SELECT lo_unlink(4242)',
  "\\set q 'DROP TABLE orders'\n:q;",
  '\\x \\\\ DROP TABLE orders',
  'SELECT 1 \\g\nDELETE FROM orders;',
  'SELECT 1 \\; DROP TABLE orders;',
  'COPY stock.places FROM stdin;\n7\n\\.\nDROP TABLE orders;',
];

const harmless: readonly string[] = [
  'SELECT * FROM items',
  'TABLE items',
  "VALUES (1, 'DROP TABLE items')",
  "SELECT 'DROP TABLE items; DELETE FROM orders'",
  "SELECT E'it\\'s; DROP TABLE items; --'",
  'SELECT $$; DROP TABLE items; $$',
  'SELECT $x$ $$ ; DELETE FROM items $x$',
  'SELECT 1 -- ; DROP TABLE items',
  'SELECT 1 /* ; /* DROP */ TABLE items; */',
  'SELECT "name" AS "delete from items" FROM items',
  'SELECT 1 AS "DROP TABLE items"',
  'SELECT count(*) FROM items GROUP BY price HAVING count(*) > 1',
  'SELECT * FROM items FOR UPDATE SKIP LOCKED',
  'SELECT twice(2), lower(name), now(), random() FROM items',
  'SELECT current_setting($$search_path$$), pg_backend_pid(), version()',
  "SELECT set_config('work_mem', '8MB', true)",
  'WITH i AS (SELECT * FROM items) SELECT * FROM i',
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT * FROM n',
  'EXPLAIN SELECT * FROM items',
  'EXPLAIN DELETE FROM items',
  'EXPLAIN (ANALYZE false) UPDATE items SET price = 0',
  'EXPLAIN (ANALYZE) SELECT * FROM items',
  'EXPLAIN VERBOSE TRUNCATE items',
  'PREPARE p AS SELECT * FROM items; EXECUTE p; DEALLOCATE p',
  'BEGIN; SELECT 1; COMMIT',
  'BEGIN; DELETE FROM orders; ROLLBACK',
  'BEGIN; DROP TABLE orders; ALTER TABLE items DROP COLUMN price; ABORT',
  'START TRANSACTION; TRUNCATE items CASCADE; ROLLBACK WORK',
  'BEGIN; SAVEPOINT s; DELETE FROM items; ROLLBACK TO s; SELECT 1; ROLLBACK',
  'BEGIN; DECLARE c CURSOR FOR SELECT * FROM items; FETCH ALL FROM c; CLOSE c; COMMIT',
  'SET search_path = stock; SELECT * FROM places',
  'SET LOCAL work_mem = $$8MB$$',
  'SHOW ALL',
  'RESET ALL',
  'DISCARD PLANS',
  'LISTEN news; NOTIFY news; UNLISTEN *',
  'BEGIN; LOCK TABLE items IN ACCESS EXCLUSIVE MODE; COMMIT',
  'COPY (SELECT * FROM items) TO STDOUT WITH CSV',
  '\\d',
  '\\dt+ items',
  '\\l\n\\du\n\\conninfo',
  '\\x on\nSELECT * FROM items;',
  '\\timing\n\\echo DROP TABLE items',
  'SELECT * FROM items \\gx',
  'SELECT 1 \\gset\nSELECT 2;',
  "\\if false\nSELECT 'DROP TABLE items';\n\\endif",
  "SELECT regexp_replace('DELETE FROM items', 'DELETE', 'x')",
  "SELECT 'a' 'b'",
  'SELECT * FROM "Odd ""Name"',
  'SELECT U&"d\\0061t\\+000061" FROM (SELECT 1 AS data) t',
  'SELECT * FROM pg_stat_activity',
  "SELECT * FROM information_schema.tables WHERE table_name = 'drop'",
  'SELECT pg_size_pretty(pg_database_size(current_database()))',
  'SELECT pg_try_advisory_lock(1), pg_advisory_unlock_all()',
  'SELECT CASE WHEN price > 1 THEN name END AS "update" FROM items',
  'SELECT * FROM items LIMIT 1 OFFSET 1;;;',
  '(SELECT 1) UNION (SELECT 2)',
  "SELECT query_to_xml('SELECT 1', true, true, '')",
  'SELECT xmin, ctid, * FROM items',
  "SELECT * FROM items WHERE name = 'x' OR 1 = 1; -- DELETE FROM items",
];

/** They write without destroying: the checksum changes, and nobody is asked where the place is known. */
const changing: readonly string[] = [
  "INSERT INTO items (name) VALUES ('d')",
  'UPDATE items SET price = 7 WHERE id = 1',
  'DELETE FROM orders WHERE id = 1',
  'DELETE FROM orders USING items WHERE orders.item = items.id AND items.price = 1',
  'WITH u AS (UPDATE items SET price = 8 WHERE id = 2 RETURNING *) SELECT * FROM u',
  'CREATE TABLE more (id int)',
  'CREATE TABLE copied AS SELECT * FROM items',
  'SELECT * INTO copied FROM items',
  'CREATE OR REPLACE VIEW dear AS SELECT * FROM items WHERE price > 6',
  'ALTER TABLE items ADD COLUMN weight int',
  'ALTER TABLE items RENAME TO things',
  "COMMENT ON TABLE items IS 'x'",
  'GRANT UPDATE ON items TO pg_monitor',
  'CREATE INDEX by_price ON items (price)',
  "SELECT setval('numbers', 7)",
  "SELECT nextval('numbers')",
  'COPY stock.places FROM stdin;\n7\n\\.\n',
  'REFRESH MATERIALIZED VIEW totals; INSERT INTO stock.places VALUES (9)',
  'MERGE INTO orders o USING items i ON o.item = i.id WHEN MATCHED THEN UPDATE SET paid = NOT paid',
  'BEGIN; INSERT INTO stock.places VALUES (3); COMMIT',
  'CREATE FUNCTION thrice(n int) RETURNS int LANGUAGE sql AS $$ SELECT n * 3 $$',
];

const ready = await postgresReady();

describe('a real PostgreSQL', { skip: typeof ready === 'string' ? ready : false, concurrency: 4 }, () => {
  let server: Server;
  let untouched = '';
  let number = 0;

  before(async () => {
    if (typeof ready === 'string') return;
    server = await startPostgres(ready);
    await server.copy('original', 'template1');
    await server.psql('original', made);
    untouched = await server.checksum('original');
    await server.copy('probe', 'original');
    assert.equal(await server.checksum('probe'), untouched, 'a copy is as the original');
  });
  after(() => server.stop());

  async function checksumAfter(statement: string): Promise<string> {
    const name = `copy_${++number}`;
    await server.copy(name, 'original');
    await server.psql(name, `${statement}\n;\n`);
    const found = await server.checksum(name);
    await server.drop(name);
    return found;
  }

  const lists = [
    ['destroys', destroying, true],
    ['changes', changing, true],
    ['harmless', harmless, false],
  ] as const;
  for (const [expected, statements, isTouched] of lists)
    for (const statement of statements)
      test(`${expected}: ${JSON.stringify(statement)}`, async () => {
        assert.equal(await said(statement, 'postgresql'), expected);
        const isChanged = (await checksumAfter(statement)) !== untouched;
        assert.equal(isChanged, isTouched, 'what it really did');
      });
});
