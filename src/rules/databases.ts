import type { Effect, Facts, Resource, Rule } from '../core/model.ts';
import { any, does, isDatabase, looksLikeProduction, reachedBy } from '../core/rule.ts';

/** What has a rule of its own; everything else that a database can lose is dropped. */
const apart: ReadonlySet<Resource> = new Set([
  'rows',
  'database',
  'access',
  'protection',
  'backup',
  'snapshot',
  'key',
  'volume',
  'cluster',
]);

/** What we mind about databases: losing what is in them, who may use them, and changing one that nobody can place. */
export const databases: readonly Rule[] = [
  {
    id: 'databases.drop',
    title: 'Dropping from a database',
    verdict: 'ask',
    because: 'It drops a part of a database, with everything in it.',
    instead: 'take a backup first, and ask the person to run it.',
    minds: destroys(it => !apart.has(it.what)),
    examples: {
      catches: [
        'psql -c "DROP TABLE users"',
        "mysql -e 'drop table users;'",
        'sqlite3 app.db "DROP TABLE users"',
        'echo "DROP TABLE users;" | psql',
        'psql <<SQL\nDROP TABLE users;\nSQL',
        'psql -c "ALTER TABLE users DROP COLUMN email"',
        'psql -c "DROP VIEW totals"',
        "mongosh shop --eval 'db.orders.drop()'",
        { kind: 'sql', statement: 'DROP WAREHOUSE reporting', dialect: 'snowflake' },
      ],
      leaves: [
        'psql -c "SELECT * FROM users"',
        'psql -h localhost -c "CREATE TABLE t (id int)"',
        "grep 'DROP TABLE' migrations/1.sql",
        'psql --version',
        { kind: 'sql', statement: 'CREATE OR REPLACE VIEW totals AS SELECT 1', dialect: 'postgresql' },
      ],
    },
  },
  {
    id: 'databases.drop-database',
    title: 'Dropping a database',
    verdict: 'ask',
    because: 'It drops a whole database, with everything in it.',
    grave: true,
    minds: destroys(it => it.what === 'database'),
    examples: {
      catches: [
        'dropdb shop',
        'psql -c "DROP DATABASE shop"',
        'mysql -e "DROP DATABASE shop"',
        'redis-cli FLUSHALL',
        "mongosh shop --eval 'db.dropDatabase()'",
      ],
      leaves: ['createdb shop', 'psql -l', 'psql -h localhost -c "CREATE DATABASE shop"', 'redis-cli GET a'],
    },
  },
  {
    id: 'databases.all-rows',
    title: 'Changing every row',
    verdict: 'ask',
    because: 'It changes or deletes rows, and nothing says which.',
    instead: 'add a WHERE that names the rows.',
    minds: destroys(it => it.what === 'rows'),
    examples: {
      catches: [
        'psql -c "DELETE FROM users"',
        'psql -c "TRUNCATE users"',
        'sqlite3 app.db "UPDATE users SET admin = 1"',
        'psql -c "DELETE FROM users WHERE 1 = 1"',
        { kind: 'sql', statement: 'DELETE FROM users LIMIT 10', dialect: 'mysql' },
        "mongosh shop --eval 'db.orders.deleteMany({})'",
      ],
      leaves: [
        'psql -h localhost -c "DELETE FROM users WHERE id = 7"',
        'psql -h localhost -c "UPDATE users SET name = \'x\' WHERE id = 7"',
        'psql -h localhost -c "INSERT INTO users VALUES (1)"',
        "mongosh shop --eval 'db.orders.deleteMany({paid: true})'",
      ],
    },
  },
  {
    id: 'databases.backups',
    title: 'Taking away what a loss is mended with',
    verdict: 'ask',
    because:
      'It takes away backups, logs, keys or storage of a database: what is lost then cannot be brought back.',
    grave: true,
    minds: destroys(it => ['backup', 'snapshot', 'key', 'volume', 'cluster'].includes(it.what)),
    examples: {
      catches: [
        'mysql -e "PURGE BINARY LOGS BEFORE now()"',
        { kind: 'sql', statement: 'DROP TABLESPACE fast', dialect: 'postgresql' },
        { kind: 'sql', statement: "SELECT pg_drop_replication_slot('standby')", dialect: 'postgresql' },
      ],
      leaves: ['pg_dump shop > shop.sql', 'mysql -e "SHOW BINARY LOGS"'],
    },
  },
  {
    id: 'databases.access',
    title: 'Changing who may use a database',
    verdict: 'ask',
    because: 'It takes away or hands out rights, users, passwords or protection in a database.',
    minds: any(
      destroys(it => it.what === 'access' || it.what === 'protection'),
      changes((it, facts) => it.what === 'access' && reachedBy(it, facts)?.local === false),
    ),
    examples: {
      catches: [
        'psql -c "REVOKE ALL ON users FROM app"',
        'psql -c "DROP ROLE app"',
        'dropuser app',
        'psql "$DATABASE_URL" -c "UPDATE users SET password_hash = \'x\' WHERE id = 7"',
        'psql -h db.example.com -c "CREATE ROLE guest LOGIN"',
      ],
      leaves: [
        'psql -c "SELECT current_user"',
        'psql -c "\\du"',
        'psql -h localhost -c "UPDATE users SET password_hash = \'x\' WHERE id = 7"',
      ],
    },
  },
  {
    id: 'databases.interrupt',
    title: 'Stopping a database',
    verdict: 'ask',
    because: 'It stops a database server, or takes a database away from whoever uses it.',
    minds: does('interrupt', it => isDatabase(it.service) && it.what === 'database'),
    examples: {
      catches: [
        'redis-cli SHUTDOWN',
        'mysqladmin -h localhost shutdown',
        { kind: 'sql', statement: 'ALTER DATABASE shop SET OFFLINE', dialect: 'transactsql' },
      ],
      leaves: ['redis-cli INFO', 'psql -h localhost -c "SELECT pg_cancel_backend(7)"'],
    },
  },
  {
    id: 'databases.change-unplaced',
    title: 'Changing a database that nobody can place',
    verdict: 'ask',
    because: 'It changes a database, and nothing says that it is not the one that users rely on.',
    instead: 'name the host of a database on this machine, or ask the person which one is meant.',
    minds: changes((it, facts) => {
      const reached = reachedBy(it, facts);
      return reached !== undefined && !reached.local && reached.environment === undefined;
    }),
    examples: {
      catches: [
        'psql -c "UPDATE users SET name = \'x\' WHERE id = 7"',
        'psql "$DATABASE_URL" -c "INSERT INTO users VALUES (1)"',
        'mysql -h db.example.com -e "CREATE INDEX i ON users (name)"',
      ],
      leaves: [
        'psql -c "SELECT * FROM users"',
        'psql -h localhost -c "INSERT INTO users VALUES (1)"',
        'sqlite3 app.db "INSERT INTO users VALUES (1)"',
        'redis-cli SET a 1',
        { kind: 'sql', statement: 'INSERT INTO users VALUES (1)', dialect: 'postgresql' },
      ],
    },
  },
  {
    id: 'databases.change-production',
    title: 'Changing production',
    verdict: 'ask',
    because: 'It changes a database of what looks like production.',
    minds: changes((it, facts) => reachedBy(it, facts)?.production ?? false),
    examples: {
      catches: [
        'psql -h db.prod.example.com -c "UPDATE users SET name = \'x\' WHERE id = 7"',
        'mysql -h live-db -e "INSERT INTO orders VALUES (1)"',
      ],
      leaves: [
        'psql -h db.prod.example.com -c "SELECT 1"',
        'psql -h localhost -c "INSERT INTO a VALUES (1)"',
      ],
    },
  },
  {
    id: 'databases.production',
    title: 'Destroying in production',
    verdict: 'ask',
    because: 'It destroys something in what looks like production.',
    grave: true,
    minds: destroys(
      (it, facts) =>
        (reachedBy(it, facts)?.production ?? false) ||
        (it.what === 'database' && looksLikeProduction(it.name)),
    ),
    examples: {
      catches: [
        'psql -h db.prod.example.com -c "DROP TABLE users"',
        'mysql -h live-db -e "TRUNCATE orders"',
        'dropdb shop_live',
      ],
      leaves: ['psql -h db.prod.example.com -c "SELECT 1"', 'psql -h product-db -c "SELECT 1"'],
    },
  },
];

function destroys(minds: (it: Effect & { does: 'destroy' }, facts: Facts) => boolean): Rule['minds'] {
  return does('destroy', (it, facts) => isDatabase(it.service) && minds(it, facts));
}

function changes(minds: (it: Effect & { does: 'change' }, facts: Facts) => boolean): Rule['minds'] {
  return does('change', (it, facts) => isDatabase(it.service) && minds(it, facts));
}
