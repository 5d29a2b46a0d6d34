import { here, hostOr, some, text, word, type Source } from './source.ts';

const postgresql: readonly Source[] = [
  { variable: 'PGHOST', part: 'host' },
  { variable: 'PGHOSTADDR', part: 'host' },
  { variable: 'PGDATABASE', part: 'database' },
  {
    file: '~/.pg_service.conf',
    moved: 'PGSERVICEFILE',
    as: 'sections',
    says: (sections, { reach, variable }) => {
      const section = sections.get(reach.profile ?? variable('PGSERVICE') ?? '');
      return some({ host: section?.get('host'), database: section?.get('dbname') });
    },
  },
];

const mysql: readonly Source[] = [
  { variable: 'MYSQL_HOST', part: 'host' },
  {
    file: '~/.my.cnf',
    as: 'sections',
    says: sections => {
      const key = (name: string) => sections.get('mysql')?.get(name) ?? sections.get('client')?.get(name);
      return some({ host: key('host'), database: key('database') });
    },
  },
];

/** By services, with blanks between them. Not checked against the manuals of all of them. */
export const databases: Readonly<Record<string, readonly Source[]>> = {
  postgresql,
  'cockroach cockroachdb': [{ connection: 'COCKROACH_URL' }, { variable: 'COCKROACH_HOST', part: 'host' }],
  'mysql mariadb': mysql,
  'sqlite duckdb': [here],
  'transactsql sqlserver mssql': [
    { variable: 'SQLCMDSERVER', part: 'host' },
    { variable: 'SQLCMDDBNAME', part: 'database' },
  ],
  'redis valkey': [{ connection: 'REDIS_URL REDISCLI_URL VALKEY_URL' }],
  mongodb: [{ connection: 'MONGODB_URI MONGO_URL MONGODB_URL MONGO_URI' }],
  snowflake: [
    { variable: 'SNOWFLAKE_ACCOUNT', part: 'account' },
    { variable: 'SNOWFLAKE_DATABASE', part: 'database' },
    {
      file: '~/.snowflake/config.toml',
      as: 'sections',
      says: (sections, { reach }) => {
        const profile = reach.profile ?? sections.get('')?.get('default_connection_name') ?? 'default';
        const one = sections.get(`connections.${profile}`);
        return one ? some({ profile, account: one.get('account'), database: one.get('database') }) : {};
      },
    },
    {
      file: '~/.snowsql/config',
      as: 'sections',
      says: (sections, { reach: { profile } }) => {
        const one = sections.get(profile === undefined ? 'connections' : `connections.${profile}`);
        return some({ account: one?.get('accountname'), database: one?.get('dbname') });
      },
    },
  ],
  hasura: [
    { connection: 'HASURA_GRAPHQL_ENDPOINT' },
    { file: './config.yaml', as: 'yaml', says: it => some({ host: hostOr(text(it, 'endpoint')) }) },
  ],
  supabase: [{ file: './supabase/.temp/project-ref', as: 'text', says: ref => some({ project: word(ref) }) }],
  neon: [
    { variable: 'NEON_PROJECT_ID', part: 'project' },
    {
      file: './.neon',
      as: 'json',
      says: it =>
        some({ project: text(it, 'projectId'), branch: text(it, 'branchId') ?? text(it, 'branch') }),
    },
  ],
  planetscale: [
    {
      file: './.pscale.yml',
      as: 'yaml',
      says: it =>
        some({ account: text(it, 'org'), database: text(it, 'database'), branch: text(it, 'branch') }),
    },
  ],
};
