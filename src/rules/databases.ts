import type { Effect, Facts, Rule } from '../core/model.ts';
import { does, isDatabase, reachedBy } from '../core/rule.ts';

/** What we mind about databases: losing tables, whole tables of rows, and who may use them. */
export const databases: readonly Rule[] = [
  {
    id: 'databases.drop',
    title: 'Dropping from a database',
    verdict: 'ask',
    because: 'It drops a table or more, with everything in it.',
    instead: 'take a backup first, and ask the person to run it.',
    minds: destroys(it => ['table', 'schema', 'column', 'resource'].includes(it.what)),
    examples: {
      catches: [
        'psql -c "DROP TABLE users"',
        "mysql -e 'drop table users;'",
        'sqlite3 app.db "DROP TABLE users"',
        'echo "DROP TABLE users;" | psql',
        'psql <<SQL\nDROP TABLE users;\nSQL',
        'psql -c "ALTER TABLE users DROP COLUMN email"',
      ],
      leaves: [
        'psql -c "SELECT * FROM users"',
        'psql -c "CREATE TABLE t (id int)"',
        "grep 'DROP TABLE' migrations/1.sql",
        'psql --version',
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
      catches: ['dropdb shop', 'psql -c "DROP DATABASE shop"', 'mysql -e "DROP DATABASE shop"'],
      leaves: ['createdb shop', 'psql -l', 'psql -c "CREATE DATABASE shop"'],
    },
  },
  {
    id: 'databases.all-rows',
    title: 'Changing every row',
    verdict: 'ask',
    because: 'It changes or deletes every row: nothing narrows it down.',
    instead: 'add a WHERE that names the rows.',
    minds: destroys(it => it.what === 'rows' && it.all),
    examples: {
      catches: [
        'psql -c "DELETE FROM users"',
        'psql -c "TRUNCATE users"',
        'sqlite3 app.db "UPDATE users SET admin = 1"',
        'psql -c "DELETE FROM users WHERE 1 = 1"',
      ],
      leaves: [
        'psql -c "DELETE FROM users WHERE id = 7"',
        'psql -c "UPDATE users SET name = \'x\' WHERE id = 7"',
        'psql -c "INSERT INTO users VALUES (1)"',
      ],
    },
  },
  {
    id: 'databases.access',
    title: 'Changing who may use a database',
    verdict: 'ask',
    because: 'It takes away or hands out rights, users or protection in a database.',
    minds: destroys(it => ['access', 'protection', 'backup', 'key'].includes(it.what)),
    examples: {
      catches: ['psql -c "REVOKE ALL ON users FROM app"', 'psql -c "DROP ROLE app"', 'dropuser app'],
      leaves: ['psql -c "SELECT current_user"', 'psql -c "\\du"'],
    },
  },
  {
    id: 'databases.production',
    title: 'Destroying in production',
    verdict: 'ask',
    because: 'It destroys something in what looks like production.',
    grave: true,
    minds: destroys((it, facts) => reachedBy(it, facts)?.production ?? false),
    examples: {
      catches: ['psql -h db.prod.example.com -c "DROP TABLE users"', 'mysql -h live-db -e "TRUNCATE orders"'],
      leaves: ['psql -h db.prod.example.com -c "SELECT 1"', 'psql -h product-db -c "SELECT 1"'],
    },
  },
];

function destroys(minds: (it: Effect & { does: 'destroy' }, facts: Facts) => boolean): Rule['minds'] {
  return does('destroy', (it, facts) => isDatabase(it.service) && minds(it, facts));
}
