import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Effect, SqlDialect } from '../../src/core/model.ts';
import { sqlEffects } from '../../src/core/sql/effects.ts';

/*
 * A line a statement: what it does, shortly. `destroy rows users *` is all rows; `-` is nothing but reading. Without a
 * dialect it must hold for an unknown one too.
 */

type Row = readonly [sql: string, effects: string];
const nothing = '-';

const tables: Readonly<Record<string, readonly Row[]>> = {
  'unknown: ordinary work': [
    ['SELECT 1', nothing],
    ['', nothing],
    ['-- DROP TABLE orders', nothing],
    ["SELECT 'DROP TABLE orders'", nothing],
    ['INSERT INTO orders VALUES (1)', 'change rows orders'],
    ['REPLACE INTO orders VALUES (1)', 'change rows orders'],
    ['DELETE FROM orders WHERE id = 3', 'change rows orders'],
    ['UPDATE orders SET paid = true WHERE id = 3', 'change rows orders'],
    ['WITH old AS (SELECT 1) DELETE FROM orders USING old WHERE orders.id = old.id', 'change rows orders'],
    ['INSERT INTO a (b) VALUES (1) ON CONFLICT (b) DO UPDATE SET b = 2', 'change rows a'],
    ['INSERT INTO a (b) VALUES (1) ON DUPLICATE KEY UPDATE b = 2', 'change rows a'],
    ['CREATE TABLE a (b int REFERENCES c ON DELETE CASCADE ON UPDATE SET NULL)', 'change table a'],
    ['CREATE POLICY own ON a FOR DELETE USING (b = current_user)', 'change protection own'],
    ['CREATE OR REPLACE VIEW a AS SELECT 1', 'change code a'],
    ['ALTER TABLE a ADD COLUMN password text', 'change table a'],
    [
      'ALTER TABLE a ALTER COLUMN b DROP NOT NULL, ALTER COLUMN c DROP DEFAULT',
      'change column b; change table a',
    ],
    ['ALTER TABLE a RENAME TO b', 'change table a'],
    ['GRANT SELECT, UPDATE, DELETE ON a TO reporting', 'change access'],
    ['SELECT * FROM jobs FOR UPDATE SKIP LOCKED', nothing],
    ['EXPLAIN DELETE FROM orders', nothing],
    ['EXPLAIN (ANALYZE false) DELETE FROM orders', nothing],
    ['CREATE TABLE a (b timestamp DEFAULT now() ON UPDATE CURRENT_TIMESTAMP)', 'change table a'],
    ['BEGIN; UPDATE a SET b = 1 WHERE c = 2; COMMIT', 'change rows a'],
    ['UPDATE a SET b = CASE WHEN c = 1 THEN 2 ELSE 3 END WHERE d = 4', 'change rows a'],
    ['UPDATE a SET b = if(c, 1, 2), "end" = 3 WHERE d = 4', 'change rows a'],
    ['MERGE INTO a USING b ON a.c = b.c WHEN MATCHED THEN UPDATE SET d = b.d', 'change rows a'],
  ],
  'unknown: objects': [
    ['DROP TABLE orders', 'destroy table orders'],
    ['drop\n\ttable/**/if exists "Orders"', 'destroy table Orders'],
    ['DROP TABLE a, b.c CASCADE', 'destroy table a; destroy table b.c'],
    ['DROP VIEW totals', 'destroy code totals'],
    ['DROP MATERIALIZED VIEW IF EXISTS totals', 'destroy table totals'],
    ['DROP SCHEMA stock CASCADE', 'destroy schema stock'],
    ['DROP DATABASE IF EXISTS d', 'destroy database d'],
    ['DROP INDEX CONCURRENTLY by_name', 'destroy resource by_name'],
    ['DROP ROLE IF EXISTS clerk', 'destroy access clerk'],
    ['DROP OWNED BY r', 'destroy schema r'],
    ['DROP POLICY p ON a', 'destroy protection p'],
    ['DROP SOMETHING NEW', 'destroy resource SOMETHING'],
    ['TRUNCATE a, b', 'destroy rows a *; destroy rows b *'],
    ['TRUNCATE TABLE a RESTART IDENTITY CASCADE', 'destroy rows a *'],
    ['ALTER TABLE a DROP COLUMN b', 'destroy column a.b'],
    ['ALTER TABLE a ADD c int, DROP COLUMN IF EXISTS b', 'change table a; destroy column a.b'],
    ['ALTER TABLE a DROP CONSTRAINT c', 'destroy resource c'],
    ['ALTER TABLE a DISABLE ROW LEVEL SECURITY', 'destroy protection a'],
    ['ALTER TABLE a NO FORCE ROW LEVEL SECURITY', 'destroy protection a'],
    ['ALTER TABLE a DISABLE TRIGGER ALL', 'destroy protection a'],
    ['ALTER TABLE a OWNER TO b', 'destroy access a'],
    ['ALTER ROLE a SUPERUSER', 'destroy access a'],
    ['REVOKE ALL ON a FROM b', 'destroy access'],
    ['REASSIGN OWNED BY clerk TO owner', 'destroy access clerk'],
    ['GRANT ALL ON a TO b', 'destroy protection'],
    ['GRANT SELECT ON a TO PUBLIC', 'destroy protection'],
    ['CREATE OR REPLACE TABLE a (b int)', 'destroy table a'],
    ['MERGE INTO a USING b ON a.c = b.c WHEN MATCHED THEN DELETE', 'destroy rows'],
    ['MERGE INTO a USING b ON a.c = b.c WHEN MATCHED AND b.d THEN DELETE', 'change rows a'],
    ['SELECT pg_terminate_backend(7)', 'interrupt process'],
    ['CALL tidy()', 'unknown'],
    ['SELECT delete_everything()', 'unknown'],
    ['SELEC 1', 'unknown'],
    ["SELECT 'open", 'unknown'],
    ['{{ statement }}', 'unknown'],
    ['USE shop; DROP TABLE a', 'destroy table a in shop'],
  ],
  'unknown: all rows': [
    ['DELETE FROM a', 'destroy rows a *'],
    ['UPDATE a SET b = 1', 'destroy rows a *'],
    ...[
      '1 = 1',
      'true',
      "'a' = 'a'",
      'b = b',
      'NOT false',
      'NOT (1 = 2)',
      'b = 3 OR 1 = 1',
      '(b = 3) OR (2 > 1)',
      '(((1)))',
      "b LIKE '%'",
      'id > 0',
      'id IS NOT NULL',
      'now() = now()',
      'EXISTS (SELECT 1)',
      '1 BETWEEN 0 AND 2',
      'id IN (SELECT id FROM a)',
    ].map((condition): Row => [`DELETE FROM a WHERE ${condition}`, 'destroy rows a *']),
    ...[
      'b = 1',
      '1 = 2',
      'false',
      'b = 1 AND 1 = 1',
      'b IS NOT NULL',
      'b BETWEEN 1 AND 2',
      'b = c',
      "b NOT LIKE '%'",
      'deleted',
      'b = $1',
      'id IN (SELECT id FROM other)',
      'b > now()',
      'CURRENT OF c',
    ].map((condition): Row => [`DELETE FROM a WHERE ${condition}`, 'change rows a']),
    ['WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone WHERE b = 1', 'destroy rows a *'],
    ['WITH kept AS (DELETE FROM a WHERE b = 1 RETURNING *) SELECT * FROM kept', 'change rows a'],
    ['EXPLAIN ANALYZE DELETE FROM a', 'destroy rows a *'],
    ['EXPLAIN (ANALYZE, VERBOSE) DELETE FROM a', 'destroy rows a *'],
    ['PREPARE p AS DELETE FROM a', 'destroy rows a *'],
    ['SELECT 1; DELETE FROM a; SELECT 2', 'destroy rows a *'],
    ['BEGIN; DELETE FROM a; ROLLBACK', 'destroy rows a *'],
  ],
  postgresql: [
    ["SELECT 'it\\'; DROP TABLE a; --'", 'destroy table a'],
    ["SELECT E'it\\'; DROP TABLE a; --'", nothing],
    ['SELECT $$; DROP TABLE a; $$', nothing],
    ['SELECT $x$ $$ ; DROP TABLE a $x$', nothing],
    ['SELECT /* /* */ DROP TABLE a; */ 1', nothing],
    ['CREATE FUNCTION f() RETURNS void AS $$ DELETE FROM a $$ LANGUAGE sql', 'change code f'],
    [
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM a; SELECT 2; END; DROP TABLE b',
      'change code f; destroy table b',
    ],
    ['CREATE FUNCTION f() RETURNS int AS $$ x $$ LANGUAGE plpython3u', 'unknown'],
    ['CREATE TRIGGER t BEFORE DELETE ON a EXECUTE FUNCTION f()', 'change code t'],
    ['CREATE RULE r AS ON INSERT TO a DO INSTEAD DELETE FROM b', 'destroy rows b *'],
    ['CREATE RULE r AS ON DELETE TO a DO INSTEAD NOTHING', 'change code r'],
    ['DO $$ BEGIN DELETE FROM a; END $$', 'destroy rows a *'],
    ['DO LANGUAGE plpgsql $$ BEGIN x := 1; PERFORM f(); END $$', 'change database'],
    ["DO $$ BEGIN EXECUTE 'DROP TABLE a'; END $$", 'destroy table a'],
    ["DO $$ BEGIN EXECUTE format('DROP TABLE %I', x); END $$", 'unknown'],
    ["DO $$ BEGIN EXECUTE 'DROP TABLE ' || x; END $$", 'destroy table; unknown'],
    ['DO LANGUAGE plpython3u $$ import os $$', 'unknown'],
    ['EXPLAIN (ANALYZE off, "analyze") DELETE FROM a', 'destroy rows a *'],
    ['EXECUTE tidy(1)', 'unknown'],
    ['PREPARE p AS SELECT 1; EXECUTE p', nothing],
    ['EXPLAIN ANALYZE EXECUTE p', 'unknown'],
    ["SELECT query_to_xml('DELETE FROM a', true, true, '')", 'destroy rows a *'],
    ["SELECT dblink_exec('c', 'DROP TABLE a')", 'destroy table a; unknown'],
    ["COPY a FROM PROGRAM 'curl x'", 'run curl; unknown'],
    ["COPY a TO '/tmp/a.csv'", 'unknown; write /tmp/a.csv'],
    ["COPY a FROM '/tmp/a.csv'", 'change rows a; read /tmp/a.csv'],
    ['COPY a FROM STDIN', 'change rows a'],
    ['COPY (DELETE FROM a RETURNING *) TO STDOUT', 'destroy rows a *'],
    ["SELECT pg_read_file('/srv/key')", 'read /srv/key; unknown'],
    ['SELECT pg_read_file(name) FROM a', 'unknown'],
    ["SELECT lo_export(1, '/tmp/x')", 'unknown; write /tmp/x'],
    ["ALTER SYSTEM SET archive_command = 'rm %p'", 'run rm; unknown'],
    ['ALTER SYSTEM SET fsync = off', 'destroy protection fsync'],
    ['ALTER TABLE a ALTER COLUMN b TYPE int USING c::int', 'destroy column a'],
    ['ALTER TABLE a ALTER COLUMN b TYPE bigint', 'change table a'],
    ['ALTER TABLE a SET UNLOGGED', 'destroy protection a'],
    ['SET standard_conforming_strings = on', nothing],
    ['SET standard_conforming_strings = off', 'unknown'],
    ['\\dt\nSELECT 1', nothing],
    ['\\x \\\\ DROP TABLE a', 'destroy table a'],
    ['\\! touch here', 'run touch; unknown'],
    ['\\echo `rm x`', 'run rm; unknown'],
    ['\\i part.sql', 'follow part.sql'],
    ["\\copy a to 'a.csv' csv", 'write a.csv'],
    ["\\copy a from program 'curl x'", 'run curl; unknown'],
    ['SELECT a FROM b \\g | tidy', 'run tidy; unknown'],
    ['SELECT 1 \\g out.txt', 'write out.txt'],
    ['SELECT text FROM a \\gexec', 'unknown'],
    ["\\set q 'DROP TABLE a'\n:q;", 'destroy table a; unknown'],
    ["COPY a FROM stdin;\n1\tit's\nDROP TABLE b;\n\\.\nDROP TABLE c;", 'change rows a; destroy table c'],
    ['COPY a FROM stdin;\nDROP TABLE b;', 'change rows a; destroy table b'],
    ['\\c other\nDROP TABLE a', 'destroy table a in other'],
  ],
  mysql: [
    ['/*!50000 DROP TABLE a */', 'destroy table a'],
    ['SELECT 1 /*!; DROP TABLE a */', 'destroy table a'],
    ["/*!99999 ' */ DROP TABLE a; -- '", 'destroy table a'],
    ['SELECT 1; --DROP TABLE a\nDROP TABLE b', 'destroy table a; destroy table b; unknown'],
    ['SELECT 1 -- DROP TABLE a', nothing],
    ['SELECT 1 # ; DROP TABLE a', nothing],
    ['SELECT "it\'s; DROP TABLE a"', nothing],
    ['DELETE a FROM a JOIN b ON a.c = b.c WHERE b.d = 1', 'change rows a'],
    ['DELETE a, b FROM a JOIN b ON a.c = b.c', 'destroy rows a *; destroy rows b *'],
    ['DELETE FROM a LIMIT 10', 'destroy rows a'],
    ['UPDATE a JOIN b ON a.c = b.c SET a.d = 1', 'destroy rows a *'],
    ['ALTER TABLE a DROP b', 'destroy column a.b'],
    ['ALTER TABLE a DROP PRIMARY KEY', 'destroy resource'],
    ['ALTER TABLE a DROP PARTITION p', 'destroy rows a *'],
    ['ALTER TABLE a TRUNCATE PARTITION p', 'destroy rows a *'],
    ['SELECT TRUNCATE(1.5, 1)', nothing],
    ["SELECT LOAD_FILE('/srv/key')", 'read /srv/key; unknown'],
    ["SELECT * FROM a INTO OUTFILE '/tmp/a'", 'unknown; write /tmp/a'],
    ["LOAD DATA INFILE '/tmp/a' INTO TABLE b", 'change rows; read /tmp/a'],
    ["PREPARE s FROM 'DROP TABLE a'; EXECUTE s", 'destroy table a'],
    ['PREPARE s FROM @q', 'unknown'],
    ['CREATE PROCEDURE p() BEGIN DELETE FROM a; DROP TABLE b; END', 'change code p'],
    [
      'CREATE PROCEDURE p() BEGIN IF x THEN SELECT 1; END IF; END; DROP TABLE b',
      'change code p; destroy table b',
    ],
    ['CREATE PROCEDURE p() BEGIN SELECT 1; DROP TABLE b', 'change code p; unknown'],
    [
      'DELIMITER //\nCREATE PROCEDURE p() BEGIN DROP TABLE a; END//\nDELIMITER ;\nDROP TABLE b;',
      'change code p; destroy table b',
    ],
    ['CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM a', 'destroy rows a *'],
    [
      'CREATE DEFINER=`root`@`%` TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN DELETE FROM b; END',
      'change code t',
    ],
    ['CREATE SERVER trigger BEGIN; DROP TABLE a; END', 'change service trigger; destroy table a'],
    ['RESET BINARY LOGS AND GTIDS', 'destroy backup *'],
    ['PURGE BINARY LOGS BEFORE now()', 'destroy backup'],
    ['KILL QUERY 41', 'interrupt process'],
    ['SELECT a FROM b\\G', nothing],
    ['\\! touch here', 'run touch; unknown'],
    ['system touch here', 'run touch; unknown'],
    ['source part.sql', 'follow part.sql'],
    ["SET sql_mode = 'ANSI_QUOTES'", 'unknown'],
    ["SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'", nothing],
  ],
  mariadb: [
    ['/*M! DROP TABLE a */', 'destroy table a'],
    ['SELECT 1 /*M!100000 ; DROP TABLE a */', 'destroy table a'],
    ['DELETE HISTORY FROM a', 'destroy backup a'],
    ['ANALYZE FORMAT=JSON DELETE FROM a', 'destroy rows a *'],
    ['SET STATEMENT max_statement_time=1 FOR DELETE FROM a', 'destroy rows a *'],
    ['SET STATEMENT max_statement_time=1 FOR UPDATE a SET b=1 WHERE c=1', 'change rows a'],
  ],
  sqlite: [
    ['SELECT [drop table] FROM `delete from`', nothing],
    ['PRAGMA table_info(a)', nothing],
    ['PRAGMA writable_schema = yes', 'destroy protection'],
    ['PRAGMA writable_schema = 0', 'change database'],
    ["VACUUM INTO 'copy.db'", 'write copy.db'],
    ["ATTACH DATABASE 'stock.db' AS stock", 'read stock.db'],
    ["SELECT writefile('/tmp/x', 'y')", 'write /tmp/x'],
    ["SELECT load_extension('./spell')", 'unknown'],
    [
      'CREATE TRIGGER trim AFTER UPDATE ON stock BEGIN DELETE FROM log; SELECT 1; DELETE FROM cache; END',
      'change code trim',
    ],
    ['.tables\n.mode json\nSELECT 1;', nothing],
    ['.tables\nDROP TABLE a;', 'destroy table a'],
    ['.shell rm x', 'run rm; unknown'],
    ['.sys rm x', 'run rm; unknown'],
    ['.read part.sql', 'follow part.sql'],
    ['.read |make-sql', 'run make-sql; unknown'],
    ['.output | tidy', 'run tidy; unknown'],
    ['.once out.txt', 'write out.txt'],
    ['.import --csv in.csv a', 'read in.csv'],
    ['.restore old.db', 'destroy database *; read old.db'],
    ['.backup new.db', 'write new.db'],
  ],
  transactsql: [
    ['SELECT 1 DROP TABLE a', 'destroy table a'],
    ['SELECT 1DROP TABLE a', 'destroy table a'],
    ['DELETE FROM a SELECT * FROM b WHERE c = 1', 'destroy rows a *'],
    ['DELETE FROM a WHERE b = 1 SELECT 2', 'change rows a'],
    ['SET NOCOUNT ON DELETE FROM a', 'destroy rows a *'],
    ['SET NOCOUNT ON DROP TABLE a', 'destroy table a'],
    ['SELECT 1 AS after DELETE FROM a', 'destroy rows a *'],
    ['DROP MASTER KEY DROP TABLE a', 'destroy key; destroy table a'],
    ['EXPLAIN DELETE FROM a', 'destroy rows a *'],
    ['DELETE a', 'destroy rows a *'],
    ['DELETE TOP (5) FROM a', 'destroy rows a'],
    ['UPDATE STATISTICS a', 'change table'],
    ["IF OBJECT_ID('a') IS NOT NULL DROP TABLE a", 'destroy table a'],
    ['DROP TABLE IF EXISTS #scratch', nothing],
    ['SELECT 1\nGO\nDROP TABLE a\nGO', 'destroy table a'],
    ['CREATE PROCEDURE p AS DELETE FROM a; DROP TABLE b', 'change code p'],
    ['CREATE PROCEDURE p AS DELETE FROM a\nGO\nDROP TABLE b', 'change code p; destroy table b'],
    ["EXEC('DR' + 'OP TABLE a')", 'destroy table a'],
    ['EXEC(@q)', 'unknown'],
    ["EXEC sp_executesql N'DROP TABLE a'", 'destroy table a'],
    ['EXEC sp_executesql @stmt = @made', 'unknown'],
    ["EXEC master..xp_cmdshell 'dir'", 'run dir; unknown'],
    ["EXEC sp_help 'a'", nothing],
    ['EXEC tidy', 'unknown'],
    ['ALTER TABLE a DROP CONSTRAINT b, COLUMN c', 'destroy column a.c; destroy resource b'],
    ['ALTER DATABASE a SET OFFLINE', 'interrupt database a'],
    ['DENY SELECT ON a TO b', 'destroy access'],
    [':r part.sql', 'follow part.sql'],
    ['!! del x', 'run del; unknown'],
  ],
  bigquery: [
    ['DELETE FROM d.t WHERE TRUE', 'destroy rows d.t *'],
    ["SELECT '''a'b; DROP TABLE c'''", nothing],
    ["SELECT r'\\'; DROP TABLE c'", nothing],
    ['BEGIN DROP TABLE a; END', 'destroy table a'],
    ['DROP SNAPSHOT TABLE a', 'destroy snapshot a'],
    ["EXECUTE IMMEDIATE 'DROP TABLE a'", 'destroy table a'],
    ['EXECUTE IMMEDIATE made USING 1', 'unknown'],
  ],
  snowflake: [
    ['SELECT 1 // ; DROP TABLE a', nothing],
    ['CREATE OR REPLACE DATABASE a', 'destroy database a'],
    ['ALTER TABLE a SET DATA_RETENTION_TIME_IN_DAYS = 0', 'destroy backup a'],
    ['ALTER TABLE a SET DATA_RETENTION_TIME_IN_DAYS = 9', 'change table a'],
    ['REMOVE @incoming/may', 'destroy object @incoming *'],
    ['DROP WAREHOUSE w', 'destroy service w'],
    ['ALTER WAREHOUSE w SUSPEND', 'change cluster w'],
    ['UNDROP TABLE a', 'change table a'],
    ["EXECUTE IMMEDIATE FROM '@scripts/x.sql'", 'unknown'],
    ['PUT file:///home/me/a.csv @incoming', 'change object; read /home/me/a.csv'],
    ['GRANT OWNERSHIP ON TABLE a TO ROLE b', 'destroy access a'],
    ['!source part.sql', 'follow part.sql'],
  ],
};

/** Certain to roll back, and not. What rolls back in PostgreSQL need not elsewhere. */
const transactions: Readonly<Record<string, readonly Row[]>> = {
  'postgresql: transactions': [
    ['BEGIN; DELETE FROM a; ROLLBACK', nothing],
    ['BEGIN; DROP TABLE a; INSERT INTO b VALUES (1); ABORT', nothing],
    ['START TRANSACTION READ WRITE; TRUNCATE a; ROLLBACK WORK', nothing],
    ['BEGIN; DELETE FROM a; ROLLBACK; DELETE FROM b', 'destroy rows b *'],
    ['BEGIN; DELETE FROM a; COMMIT; ROLLBACK', 'destroy rows a *'],
    ['BEGIN; DELETE FROM a; END', 'destroy rows a *'],
    ['BEGIN; SAVEPOINT s; DELETE FROM a; ROLLBACK TO s; COMMIT', 'destroy rows a *'],
    ["BEGIN; DELETE FROM a; PREPARE TRANSACTION 'x'; ROLLBACK", 'destroy rows a *; unknown'],
    ['BEGIN; DELETE FROM a;\n\\c other\nROLLBACK', 'destroy rows a *'],
    ["BEGIN; SELECT setval('s', 1); ROLLBACK", 'change resource s'],
    ["BEGIN; SELECT pg_drop_replication_slot('s'); ROLLBACK", 'destroy backup s'],
    ["BEGIN; COPY a TO PROGRAM 'curl x'; ROLLBACK", 'run curl; unknown'],
    ['BEGIN; CALL tidy(); ROLLBACK', 'unknown'],
    ['DELETE FROM a; ROLLBACK', 'destroy rows a *'],
    ['BEGIN; DELETE FROM a', 'destroy rows a *'],
  ],
  'sqlite: transactions': [
    ['BEGIN; DELETE FROM a; ROLLBACK', nothing],
    ['BEGIN DEFERRED TRANSACTION; SELECT 1; DROP TABLE a; ROLLBACK TRANSACTION', nothing],
    ['BEGIN IMMEDIATE; DELETE FROM a; ROLLBACK', 'destroy rows a *'],
    ['BEGIN; DELETE FROM a; DELETE FROM b; ROLLBACK', 'destroy rows a *; destroy rows b *'],
    ['SAVEPOINT s; DELETE FROM a; ROLLBACK TO s', 'destroy rows a *'],
    ['BEGIN; DELETE FROM a;\n.print x\nROLLBACK', 'destroy rows a *'],
  ],
  'mysql: transactions': [
    ['BEGIN; DELETE FROM a; ROLLBACK', 'destroy rows a *'],
    ['START TRANSACTION; DROP TABLE a; ROLLBACK', 'destroy table a'],
  ],
  'transactsql: transactions': [['BEGIN TRAN DELETE FROM a ROLLBACK', 'destroy rows a *']],
};

const moreDialects: Readonly<Record<string, readonly Row[]>> = {
  clickhouse: [
    ['SELECT 1', nothing],
    ['ALTER TABLE a DELETE WHERE 1', 'destroy rows a *'],
    ['ALTER TABLE a DELETE WHERE b = 1', 'change rows a; change table a'],
    ['ALTER TABLE a UPDATE b = 1 WHERE true', 'destroy rows a *'],
    ['ALTER TABLE a DROP PARTITION 202601', 'destroy rows a *'],
    ['ALTER TABLE a ON CLUSTER c DROP COLUMN b', 'destroy column a.b'],
    ['TRUNCATE TABLE IF EXISTS a', 'destroy rows a *'],
    ['DROP DICTIONARY d', 'destroy table d'],
    ['DETACH TABLE a', 'interrupt database a'],
    ['SYSTEM SHUTDOWN', 'interrupt database'],
    ['SYSTEM DROP MARK CACHE', 'destroy cache'],
    ["KILL MUTATION WHERE table = 'a'", 'interrupt process'],
    ["SELECT 'it\\'s; DROP TABLE a'", nothing],
    ['SELECT 1 # ; DROP TABLE a', nothing],
    ['SELECT $x$; DROP TABLE a$x$', nothing],
    ["SELECT * FROM a INTO OUTFILE 'a.csv'", 'write a.csv'],
    ['OPTIMIZE TABLE a FINAL', 'change table a'],
    ['INSERT INTO a SELECT * FROM b', 'change rows a'],
  ],
  duckdb: [
    ["SELECT * FROM 'a.csv'", 'read a.csv'],
    ["FROM 'a.parquet'", 'read a.parquet'],
    ["SELECT * FROM read_csv('a.csv')", 'read a.csv'],
    ["COPY a TO 'a.csv'", 'change rows a; write a.csv'],
    ["EXPORT DATABASE 'out'", 'change database out; write out'],
    ['DROP TABLE a', 'destroy table a'],
    ['CREATE OR REPLACE TABLE a AS SELECT 1', 'destroy table a'],
    ['DROP SECRET s', 'destroy key s'],
    ['.shell rm x', 'run rm; unknown'],
    ['SELECT $$; DROP TABLE a$$', nothing],
  ],
  oracle: [
    ['SELECT * FROM dual', nothing],
    ["SELECT q'[it's; DROP TABLE a]' FROM dual", nothing],
    ["SELECT nq'!it's; DROP TABLE a!' FROM dual", nothing],
    ["SELECT q'(x)', 'y; DROP TABLE a' FROM dual", nothing],
    ['DROP TABLE a PURGE', 'destroy table a'],
    ['PURGE RECYCLEBIN', 'destroy backup *'],
    ['FLASHBACK DATABASE TO TIMESTAMP x', 'destroy rows'],
    ["BEGIN EXECUTE IMMEDIATE 'DROP TABLE a'; END;\n/", 'destroy table a'],
    [
      'CREATE PROCEDURE p AS x NUMBER; BEGIN DELETE FROM a; END;\n/\nDROP TABLE b;',
      'change code p; destroy table b',
    ],
    ['SHUTDOWN IMMEDIATE', 'interrupt database'],
    ['@part.sql', 'follow part.sql'],
    ['host rm x', 'run rm; unknown'],
    ['ALTER USER a IDENTIFIED BY b', 'destroy access a'],
  ],
  'unknown: who may log in': [
    ["UPDATE users SET password_hash = 'x' WHERE id = 7", 'change access users'],
    ['UPDATE users SET "isAdmin" = true WHERE id = 7', 'change access users'],
    ["UPDATE users SET name = 'x', role = 'owner' WHERE id = 7", 'change access users'],
    ["INSERT INTO users (name, api_key) VALUES ('a', 'b')", 'change access users'],
    ["UPDATE users SET note = 'password' WHERE password = 'x'", 'change rows users'],
    ["INSERT INTO notes (text) VALUES ('role')", 'change rows notes'],
    ["UPDATE users SET password = 'x'", 'destroy rows users *'],
  ],
};

for (const [title, rows] of [
  ...Object.entries(tables),
  ...Object.entries(transactions),
  ...Object.entries(moreDialects),
])
  describe(title, () => {
    const dialect = (title.split(':')[0] ?? 'unknown') as SqlDialect;
    for (const [sql, expected] of rows)
      test(JSON.stringify(sql), () => {
        assert.equal(summary(sqlEffects(sql, dialect, { parse: () => undefined, here: true })), expected);
      });
  });

function summary(effects: readonly Effect[]): string {
  const words = effects.map(short);
  return (
    words
      .filter((it, index) => words.indexOf(it) === index)
      .sort()
      .join('; ') || nothing
  );
}

function short(effect: Effect): string {
  switch (effect.does) {
    case 'destroy': {
      const reach = effect.reach?.database;
      const parts = [effect.what, effect.name, effect.all ? '*' : '', reach ? `in ${reach}` : ''];
      return ['destroy', ...parts.filter(Boolean)].join(' ');
    }
    case 'change':
    case 'interrupt':
      return [effect.does, effect.what, effect.name].filter(Boolean).join(' ');
    case 'read':
    case 'write':
      return `${effect.does} ${effect.path}`;
    case 'run':
      return `run ${effect.program}`;
    case 'follow':
      return effect.lead.to === 'file' ? `follow ${effect.lead.path}` : 'follow';
    default:
      return effect.does;
  }
}

describe('a text that no client of this machine reads', () => {
  const elsewhere: readonly (readonly [sql: string, dialect: SqlDialect, effects: string])[] = [
    ['\\i part.sql', 'postgresql', 'follow part.sql; unknown'],
    ['source part.sql', 'mysql', 'follow part.sql; unknown'],
    ['.output |tidy', 'sqlite', 'run tidy; unknown'],
    ['.backup new.db', 'sqlite', 'unknown; write new.db'],
    ["SELECT writefile('x', 'y')", 'sqlite', 'unknown; write x'],
    ["VACUUM INTO 'copy.db'", 'sqlite', 'unknown; write copy.db'],
    ["SELECT readfile('x')", 'sqlite', 'read x'],
    ["\\copy a from 'a.csv' csv", 'postgresql', 'read a.csv'],
    ['PUT file:///home/me/a.csv @incoming', 'snowflake', 'change object; read /home/me/a.csv'],
  ];
  for (const [sql, dialect, expected] of elsewhere)
    test(`${dialect}: ${JSON.stringify(sql)}`, () => {
      assert.equal(summary(sqlEffects(sql, dialect, { parse: () => undefined })), expected);
    });
});
