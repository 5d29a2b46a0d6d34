import type { Reach, Resource, SqlDialect } from '../model.ts';
import { unknown, type Said } from '../program.ts';
import { resourceOf, takesAway, wordsOf } from '../resources.ts';
import { hostOf } from '../urls.ts';
import type { CallRow } from './calls.ts';
import type { Call } from './cursor.ts';
import { textOf, type Made, type Value } from './values.ts';

/*
 * Calls by which a program changes what a database or a service keeps: statements of SQL, object-relational mappers,
 * the libraries of clouds. From the libraries' own documentation as we know it; not checked against each.
 */

/** A method that an object-relational mapper or a client of a store has. */
function destroys(name: RegExp, service: string, what: Resource, all = true): CallRow {
  return {
    name,
    does: call => [
      { does: 'destroy', what, service, all, reach: reachOf(call), ...nameIn(call), at: call.at },
    ],
  };
}

export const stores: readonly CallRow[] = [
  {
    name: /(?:^|\.)(?:execute\w*|exec|query\w*|raw|\$?(?:execute|query)Raw(?:Unsafe)?|run|unsafe|command|sql|prepare\w*|all|get|each|select\w*|statement|unprepared|batch|do|one|none|any|fetch|fetchrow|fetchval|fetchall|multi_query|(?:mysqli|pg|sqlite)_(?:multi_)?(?:query|exec|send_query)|async_exec|dbGetQuery|dbExecute|dbSendStatement|callproc|read_sql\w*)$/,
    does: statement,
  },
  {
    name: /(?:^|\.)[sS]equelize(?:\.Sequelize)?\.sync$|(?:^|\.)(?:synchronize|sync_schema)$/,
    does: call => synchronized(call),
  },
  {
    name: /^(?:[A-Z]\w*|(?:db|models)\.\w+)\.sync$/,
    does: call => (/^File|^Deno|^Bun/.test(call.name) ? [] : synchronized(call)),
  },
  destroys(
    /(?:^|\.)[sS]equelize(?:\.Sequelize)?\.drop$|(?:^|\.)(?:drop_all|dropAllTables|dropSchema|drop_all_tables)$/,
    'sql',
    'schema',
  ),
  destroys(/(?:^|\.)[sS]equelize(?:\.Sequelize)?\.truncate$/, 'sql', 'rows'),
  destroys(/(?:^|\.)(?:dropDatabase|drop_database)$/, 'sql', 'database'),
  destroys(
    /(?:^|\.)(?:dropTable|dropTableIfExists|drop_table|dropCollection|drop_collection|Schema\.drop(?:IfExists|AllTables|Columns)?)$/,
    'sql',
    'table',
  ),
  destroys(/(?:^|\.)(?:dropColumn|drop_column|removeColumn|remove_column)$/, 'sql', 'column', false),
  // Prisma, Mongoose and MongoDB: everything, where nothing narrows it down.
  { name: /(?:^|\.)(?:deleteMany|delete_many)$/, does: call => (isNarrowed(call) ? [] : rows(call)) },
  { name: /(?:^|\.)(?:updateMany|update_many)$/, does: call => (isNarrowed(call) ? [] : rows(call)) },
  // Sequelize: `Model.destroy({ truncate: true })`, `Model.destroy({ where: {} })`.
  {
    languages: ['javascript'],
    name: /(?:^|\.)destroy$/,
    does: call => (isTrue(call.named.get('truncate')) || isEmpty(call.named.get('where')) ? rows(call) : []),
  },
  // Active Record, Django, Eloquent, SQLAlchemy, Knex.
  {
    languages: ['ruby'],
    name: /^(?!.*\.where\.)[A-Z][\w.]*\.(?:delete_all|destroy_all|unscoped\.delete_all|update_all)$/,
    does: call => rows(call),
  },
  {
    languages: ['python'],
    name: /\.objects(?:\.all)?\.(?:delete|update|all\.delete)$/,
    does: call => rows(call),
  },
  { languages: ['python'], name: /(?:^|\.)query\.delete$/, does: call => rows(call) },
  { languages: ['php'], name: /(?:^|\.)truncate$/, does: call => rows(call) },
  { languages: ['php'], name: /^(?:DB\.table|[A-Z]\w*\.query)\.delete$/, does: call => rows(call) },
  {
    languages: ['javascript'],
    name: /^(?:knex|db|trx)\.(?:del|delete|truncate)$/,
    does: call => (isTable(call) ? rows(call) : []),
  },
  { name: /^(?:knex|trx)\.[\w.]*truncate$/, does: call => rows(call) },
  // Redis.
  destroys(/(?:^|\.)(?:flushall|flushAll|flushdb|flushDb|FLUSHALL|FLUSHDB)$/, 'redis', 'database'),
  // Elasticsearch and OpenSearch.
  destroys(/(?:^|\.)indices\.delete$/, 'elasticsearch', 'table'),
  destroys(/(?:^|\.)(?:deleteByQuery|delete_by_query)$/, 'elasticsearch', 'rows'),
];

const statementLike =
  /^[\s(;]*(?:(?:--[^\n]*\n|\/\*[^*]*\*\/)\s*)?(?:with|select|insert|update|delete|drop|truncate|alter|create|grant|revoke|merge|replace\s+into|vacuum|begin|pragma|attach|call|copy|rename|comment\s+on|reindex|lock\s+table|explain|do\s+\$|set\s+\w+|use\s+\w+)\b[\s(*]/i;

/** The first text that reads as a statement. What a database is sent and cannot be known is said to be that. */
function statement(call: Call): readonly Said[] {
  const { given, named, at } = call;
  if (isMemory(call)) return [];
  const candidates = [
    ...given,
    named.get('query'),
    named.get('sql'),
    named.get('text'),
    named.get('statement'),
  ];
  const found = candidates.find(
    it => it?.is === 'text' && it.options.some(option => statementLike.test(option)),
  );
  const reach = reachOf(call);
  if (found?.is === 'text')
    return found.options
      .filter(option => statementLike.test(option))
      .map((text): Said => ({ nested: 'sql', text, dialect: dialectOf(call), reach, at }));
  const [first] = given;
  const isDriver =
    dialectOf(call) !== 'unknown' && /(?:^|\.)(?:execute\w*|exec|query|unsafe|raw)$/.test(call.name);
  return isDriver &&
    first &&
    (first.is !== 'text' || (!first.known && first.options.every(option => option.startsWith('$'))))
    ? first.is === 'thing' || first.is === 'unknown' || first.is === 'text'
      ? [unknown('a statement for a database which cannot be known here', at)]
      : []
    : [];
}

/** A schema made to fit the program's models: dropped first where it says so. */
function synchronized(call: Call): readonly Said[] {
  if (isMemory(call)) return [];
  const reach = reachOf(call);
  const { at, named } = call;
  return isTrue(named.get('force'))
    ? [{ does: 'destroy', what: 'schema', service: 'sql', all: true, reach, at }]
    : [{ does: 'change', what: 'schema', service: 'sequelize', reach, at }];
}

function rows(call: Call): readonly Said[] {
  if (isMemory(call)) return [];
  const steps = call.name.split('.');
  const name = steps.at(-2);
  return [
    {
      does: 'destroy',
      what: 'rows',
      service: 'sql',
      all: true,
      reach: reachOf(call),
      ...(name && { name }),
      at: call.at,
    },
  ];
}

function isTrue(value: Value | undefined): boolean {
  return value?.is === 'text' && value.options.some(option => /^true$/i.test(option));
}

function isEmpty(value: Value | undefined): boolean {
  return value?.is === 'table' && value.entries.size === 0;
}

/** `deleteMany({ where: { id } })` and `deleteMany({ id })` say which; `{}` and nothing do not. */
function isNarrowed({ given }: Call): boolean {
  const [first] = given;
  if (!first) return false;
  if (first.is !== 'table') return true;
  const where = first.entries.get('where');
  return where ? !isEmpty(where) : [...first.entries.keys()].some(key => key !== 'data' && key !== 'limit');
}

function isTable({ callee }: Call): boolean {
  return callee.is === 'thing' && callee.made !== undefined && /^(?:knex|db|trx)$/.test(callee.made.name);
}

function nameIn({ given, named }: Call): { readonly name?: string } {
  const value = given.find(it => it.is === 'text') ?? named.get('index') ?? named.get('name');
  const name = value?.is === 'text' ? value.options[0] : undefined;
  return name !== undefined && name !== '' && name.length < 200 ? { name } : {};
}

function madeBy({ callee }: Call): Made | undefined {
  return callee.is === 'thing' ? callee.made : undefined;
}

function isMemory(call: Call): boolean {
  return (madeBy(call)?.given ?? []).some(
    it => it.is === 'text' && it.options.some(option => /:memory:/.test(option)),
  );
}

const dialects: readonly (readonly [SqlDialect, RegExp])[] = [
  ['sqlite', /sqlite|DatabaseSync|SQLite/],
  [
    'postgresql',
    /psycopg|asyncpg|pg8000|(?:^|\.)(?:pg|PG|postgres|pgPromise|pg-promise)(?:\.|$)|^pg_|Npgsql|@vercel\.postgres|@neondatabase/,
  ],
  ['mariadb', /mariadb/],
  ['mysql', /mysql|MySQL|Mysql2/],
  ['bigquery', /bigquery|BigQuery/],
  ['snowflake', /snowflake/],
  ['transactsql', /pyodbc|pymssql|mssql|tedious/],
];

function dialectOf(call: Call): SqlDialect {
  const names = `${call.name} ${madeBy(call)?.name ?? ''}`;
  const connection = addresses(call).find(it => /^(?:postgres|mysql|sqlite|mariadb)/.test(it)) ?? '';
  const found = dialects.find(([, pattern]) => pattern.test(names) || pattern.test(connection));
  if (found) return found[0];
  return connection.startsWith('postgres') ? 'postgresql' : 'unknown';
}

function addresses(call: Call): readonly string[] {
  const made = madeBy(call);
  return [...(made?.given ?? []), ...(made?.named.values() ?? [])].flatMap(it =>
    it.is === 'text' ? it.options : [],
  );
}

/** What the connection goes to, as far as the program says it: an address, or the variable that holds it. */
function reachOf(call: Call): Reach {
  const made = madeBy(call);
  const values = [...(made?.given ?? []), ...(made?.named.values() ?? [])];
  const variable = values.find(it => it.is === 'text' && it.variable !== undefined);
  const url = addresses(call).find(it => /^[a-z][a-z0-9+.-]*:\/\//i.test(it));
  const host = made?.named.get('host');
  const database = made?.named.get('database') ?? made?.named.get('dbname');
  const known = (value: Value | undefined) =>
    value?.is === 'text' && value.known ? value.options[0] : undefined;
  const at = known(host) ?? (url ? hostOf(url) : undefined);
  const name =
    known(database) ?? (url ? /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*\/([^?#]+)/i.exec(url)?.[1] : undefined);
  return {
    ...(at !== undefined && at !== '' && { host: at }),
    ...(name !== undefined && { database: name }),
    ...(variable?.is === 'text' && variable.variable !== undefined && { variable: variable.variable }),
  };
}

/** The libraries of services, by how their modules and classes begin; and what findings call them. */
const kits: readonly (readonly [service: string, begins: RegExp])[] = [
  ['aws', /^(?:boto3|botocore|aioboto3|@aws-sdk|aws-sdk|AWS|Aws)\b/],
  ['google', /^(?:google\.cloud|googleapiclient|@google-cloud|googleapis)\b/],
  ['azure', /^(?:azure\.|@azure\.)/],
  ['kubernetes', /^(?:kubernetes|@kubernetes\.client-node)\b/],
  ['docker', /^(?:docker|dockerode|Docker)\b/],
  ['digitalocean', /^(?:pydo|digitalocean|do-wrapper)\b/],
  ['linode', /^(?:linode_api4|@linode)\b/],
  ['hetzner', /^hcloud\b/],
  ['cloudflare', /^(?:cloudflare|CloudFlare|Cloudflare)\b/],
  ['github', /^(?:github\.|@octokit|octokit|Octokit|Github\b)/],
  ['gitlab', /^(?:gitlab\.|@gitbeaker)/],
  ['stripe', /^(?:stripe|Stripe)\b/],
  ['twilio', /^twilio\b/],
  ['slack', /^(?:slack_sdk|@slack)\b/],
  ['pinecone', /^(?:pinecone|@pinecone-database)\b/],
  ['qdrant', /^(?:qdrant_client|@qdrant)\b/],
  ['weaviate', /^weaviate\b/],
  ['meilisearch', /^meilisearch\b/],
  ['typesense', /^typesense\b/],
  ['algolia', /^algoliasearch\b/],
  ['elasticsearch', /^(?:elasticsearch|opensearchpy|@elastic|@opensearch-project)\b/],
  ['firebase', /^(?:firebase_admin|firebase-admin)\b/],
  ['supabase', /^(?:supabase|@supabase)\b/],
  ['vault', /^(?:hvac|node-vault)\b/],
  ['consul', /^consul\b/],
  ['openai', /^openai\b/],
  ['shopify', /^(?:shopify|@shopify)\b/],
  ['sendgrid', /^(?:sendgrid|@sendgrid)\b/],
];

/** Clouds and services: what a method's own name takes away. */
export const kit: CallRow = { name: /./, does: byKit };

/** `boto3.client('s3').delete_bucket(…)`, `new DeleteBucketCommand({ Bucket })`, `stripe.customers.del(…)`. */
function byKit(call: Call): readonly Said[] {
  const { name, at } = call;
  const last = name.slice(name.lastIndexOf('.') + 1);
  const words = wordsOf(last);
  if (!takesAway(words) || name === last) return [];
  const found = kits.find(([, begins]) => begins.test(name) || begins.test(madeBy(call)?.name ?? ''));
  if (!found) return [];
  // `DeleteBucketCommand` is sent once it is made; a service's own object is named by the steps before.
  if (/^[A-Z]/.test(last) && !/Command$|^Delete|^Destroy/.test(last)) return [];
  const steps = name.split('.').slice(-3).flatMap(wordsOf);
  const about = words.length > 1 ? words : steps;
  const endpoint = [...(madeBy(call)?.named.values() ?? [])]
    .flatMap(it => (it.is === 'text' ? it.options : []))
    .find(it => /^https?:\/\//.test(it));
  const thing = [...call.given, ...call.named.values()].find(it => it.is === 'text' && it.known);
  return [
    {
      does: 'destroy',
      what: resourceOf(about),
      service: found[0],
      all: false,
      reach: endpoint ? { host: hostOf(endpoint) } : {},
      ...(thing && { name: textOf(thing).options[0] ?? last }),
      at,
    },
  ];
}
