import type { Service } from '../../core/service.ts';
import { drivers } from './drivers.ts';
import { frameworks } from './frameworks.ts';

/*
 * Tools that change the schema of databases. Written from knowledge of the command lines; not checked against their
 * references. To apply the migrations that a project has is what everybody does all day, and silent; what takes
 * something back, empties a database, or changes it without a migration asks.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

/** A database of that name is made anew by each run of the tests. */
const tests = /^tests?(?:ing)?$/i;

export const migrations: readonly Service[] = [
  {
    service: 'prisma',
    title: 'Prisma',
    programs: ['prisma', 'zenstack', 'prisma-client-py', 'blitz'],
    values:
      '--config --name -n --from-url --to-url --from-schema-datamodel --to-schema-datamodel --shadow-database-url',
    reach: { context: '--url' },
    verbs: {
      'migrate reset': { destroys: 'database' },
      'db push': [
        { destroys: 'database', with: '--force-reset' },
        { destroys: 'column', with: '--accept-data-loss', without: '--force-reset' },
        { changes: 'schema', without: '--force-reset --accept-data-loss' },
      ],
      'db execute': { queries: 'unknown', file: '--file' },
      'db drop': { destroys: 'database' },
      'migrate|db|generate|studio|validate|format|init|version|debug|mcp|dev *': quiet,
      'platform * delete|remove|disable': { destroys: 'project' },
      // `blitz prisma …`
      '': { runs: 0, where: /^prisma / },
    },
    examples: {
      catches: [
        'npx prisma migrate reset --force',
        'prisma db push',
        'prisma db push --accept-data-loss',
        'npx prisma db push --force-reset --schema prisma/schema.prisma',
        'echo "DROP TABLE users" | prisma db execute --stdin --schema prisma/schema.prisma',
      ],
      leaves: [
        'npx prisma generate',
        'prisma migrate dev --name remove_users',
        'prisma migrate deploy',
        'prisma db seed',
        'prisma db pull',
        'echo "SELECT 1" | prisma db execute --stdin',
        'prisma studio',
      ],
    },
  },
  {
    service: 'drizzle',
    title: 'Drizzle Kit',
    programs: ['drizzle-kit'],
    values: '--config --schema --out --dialect --tablesFilter --schemaFilters --name',
    reach: { context: '--url', project: '--host' },
    verbs: {
      'push|push:pg|push:mysql|push:sqlite|push:singlestore': [
        { destroys: 'table', with: '--force' },
        { changes: 'schema', without: '--force' },
      ],
      drop: { destroys: 'code' },
      'generate|generate:*|migrate|studio|introspect|introspect:*|pull|check|check:*|up|up:*|export': quiet,
    },
    examples: {
      catches: [
        'npx drizzle-kit push',
        'drizzle-kit push --force --config drizzle.live.ts',
        'drizzle-kit push:pg',
        'drizzle-kit drop',
      ],
      leaves: [
        'drizzle-kit generate --name drop_users',
        'drizzle-kit migrate',
        'drizzle-kit studio',
        'drizzle-kit check',
      ],
    },
  },
  {
    service: 'sequelize',
    title: 'Sequelize',
    programs: ['sequelize', 'sequelize-cli'],
    values:
      '--config --migrations-path --seeders-path --models-path --options-path --to --from --name --seed',
    reach: { environment: '--env', context: '--url' },
    variables: { environment: 'NODE_ENV' },
    scratch: tests,
    verbs: {
      'db:drop': { destroys: 'database' },
      'db:migrate:undo': { destroys: 'table' },
      'db:migrate:undo:all': { destroys: 'database' },
      'db:seed:undo|db:seed:undo:all': { destroys: 'rows', all: true },
    },
    examples: {
      catches: [
        'npx sequelize-cli db:drop',
        'sequelize db:migrate:undo:all',
        'sequelize db:migrate:undo',
        'NODE_ENV=production sequelize db:seed:undo:all',
      ],
      leaves: [
        'sequelize db:migrate',
        'sequelize migration:generate --name drop-users',
        'sequelize db:drop --env test',
        'NODE_ENV=test npx sequelize db:drop',
        'sequelize db:seed:all',
      ],
    },
  },
  {
    service: 'typeorm',
    title: 'TypeORM',
    programs: ['typeorm', 'typeorm-ts-node-commonjs', 'typeorm-ts-node-esm', 'typeorm-extension'],
    values: '-d --dataSource -c --connection -f --config',
    verbs: {
      'schema:drop': { destroys: 'database' },
      'db:drop': { destroys: 'database' },
      'schema:sync': { changes: 'schema' },
      'migration:revert': { destroys: 'table' },
      query: { queries: 'unknown', after: 0 },
      'cache:clear': quiet,
    },
    examples: {
      catches: [
        'npx typeorm schema:drop -d dist/data-source.js',
        'typeorm-ts-node-commonjs migration:revert -d src/db.ts',
        'typeorm schema:sync',
        'typeorm query "DROP TABLE users"',
      ],
      leaves: [
        'typeorm migration:run -d src/db.ts',
        'typeorm migration:generate src/Drop',
        'typeorm schema:log',
        'typeorm query "SELECT 1"',
        'typeorm cache:clear',
      ],
    },
  },
  {
    service: 'knex',
    title: 'Knex',
    programs: ['knex'],
    values:
      '--knexfile --knexpath --cwd --client --connection --migrations-directory --migrations-table-name --specific',
    reach: { environment: '--env' },
    variables: { environment: 'NODE_ENV' },
    scratch: tests,
    verbs: {
      'migrate:rollback': [
        { destroys: 'database', with: '--all' },
        { destroys: 'table', without: '--all' },
      ],
      'migrate:down': { destroys: 'table' },
      'migrate:*|seed:*|init': quiet,
    },
    examples: {
      catches: [
        'npx knex migrate:rollback',
        'knex migrate:rollback --all --env production',
        'knex migrate:down 20260101_users.js',
        'knex migrate:rollback --knexfile k.js',
      ],
      leaves: [
        'knex migrate:latest',
        'knex migrate:make drop_users',
        'knex seed:run',
        'knex migrate:rollback --env test',
        'knex migrate:list',
      ],
    },
  },
  {
    service: 'mikro-orm',
    title: 'MikroORM',
    programs: ['mikro-orm', 'mikro-orm-esm'],
    values: '--config',
    verbs: {
      'schema:drop|schema:fresh': { destroys: 'database', with: '-r --run' },
      'schema:update': { changes: 'schema', with: '-r --run' },
      'migration:down': { destroys: 'table' },
      'migration:fresh': { destroys: 'database' },
      'cache:clear': quiet,
    },
    examples: {
      catches: [
        'npx mikro-orm schema:drop --run',
        'mikro-orm schema:fresh -r',
        'mikro-orm migration:fresh',
        'mikro-orm schema:update --run',
        'mikro-orm migration:down',
      ],
      leaves: [
        'mikro-orm migration:up',
        'mikro-orm schema:drop --dump',
        'mikro-orm migration:create',
        'mikro-orm cache:clear',
      ],
    },
  },
  {
    service: 'kysely',
    title: 'Other migrations of Node',
    programs: [
      'kysely',
      'node-pg-migrate',
      'db-migrate',
      'migrate-mongo',
      'ts-migrate-mongoose',
      'graphile-migrate',
      'umzug',
      'payload',
      'medusa',
      'keystone',
      'wasp',
      'ace',
      'rw',
      'redwood',
    ],
    values: '--config -f --file -m --migrations-dir --database-url-var --table',
    reach: { environment: '-e --env' },
    variables: { environment: 'NODE_ENV' },
    scratch: tests,
    verbs: {
      'down|redo|undo|rollback': { destroys: 'table' },
      reset: { destroys: 'database' },
      'migrate down|rollback|redo': { destroys: 'table' },
      'migrate:down|migrate:rollback|migrate:undo|migrate:redo|migration:rollback|db:rollback': {
        destroys: 'table',
      },
      'migrate reset|fresh|refresh': { destroys: 'database' },
      'migrate:fresh|migrate:reset|migrate:refresh|migration:fresh|migration:reset|migration:refresh|db:wipe|db:truncate|db:drop':
        {
          destroys: 'database',
        },
      'db reset|drop': { destroys: 'database' },
      'dev|develop': { destroys: 'database', with: '--reset-db' },
      'data-migrate|generate|g|build|watch|create|up': quiet,
      '': { runs: 0, where: /^prisma / },
    },
    examples: {
      catches: [
        'npx node-pg-migrate down',
        'db-migrate reset',
        'payload migrate:fresh',
        'npx migrate-mongo down',
        'wasp db reset',
        'keystone dev --reset-db',
        'rw prisma migrate reset',
        'graphile-migrate reset --erase',
      ],
      leaves: [
        'node-pg-migrate up',
        'payload migrate',
        'migrate-mongo status',
        'rw prisma generate',
        'keystone dev',
        'db-migrate create drop-users',
        'db-migrate reset --env test',
      ],
    },
  },
  ...frameworks,
  ...drivers,
];
