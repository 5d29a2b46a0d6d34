import { at, plainName, some, text, url, type Source } from './source.ts';

/** What an application's own tools reach: the variable that nearly all of them read, and `.env` files. */
const application: readonly Source[] = [{ connection: 'DATABASE_URL DB_URL' }];
/** What hosts us sets this too: ours is not the application's. */
const node: Source = { variable: 'NODE_ENV', part: 'environment', files: 'only' };

const prisma: readonly Source[] = [
  ...['./prisma/schema.prisma', './schema.prisma'].map((file): Source => ({
    file,
    as: 'text',
    says: schema => {
      const written = /\burl\s*=\s*(?:env\(\s*"(\w+)"\s*\)|"([^"\n]*)")/.exec(schema);
      return written?.[1] ? { variable: written[1] } : url(written?.[2]);
    },
  })),
  ...application,
];

const rails: readonly Source[] = [
  { variable: 'RAILS_ENV', part: 'environment', files: 'too' },
  { variable: 'RACK_ENV', part: 'environment', files: 'too' },
  ...application,
  {
    file: './config/database.yml',
    as: 'yaml',
    says: (config, { reach }) => {
      const environment = reach.environment ?? 'development';
      const own = at(config, environment);
      const one = at(own, 'primary') ?? own;
      const adapter = text(one, 'adapter');
      if (adapter === undefined) return some({ environment });
      const written = text(one, 'url');
      if (written !== undefined) return { environment, ...url(written) };
      const host = text(one, 'host');
      const plain = host !== undefined && /^[\w.-]+$/.test(host);
      return {
        ...some({ environment, host: plain ? host : undefined, database: plainName(text(one, 'database')) }),
        ...(host === undefined && { here: true }),
      };
    },
  },
];

const sequelize: readonly Source[] = [
  node,
  {
    file: './config/config.json',
    as: 'json',
    says: (config, { reach }) => {
      const environment = reach.environment ?? 'development';
      const own = at(config, environment);
      if (own === undefined) return {};
      const variable = text(own, 'use_env_variable');
      if (variable !== undefined) return { environment, variable };
      if (text(own, 'storage') !== undefined) return { environment, here: true };
      return some({ environment, host: text(own, 'host'), database: plainName(text(own, 'database')) });
    },
  },
  ...application,
];

const laravel: readonly Source[] = [
  { variable: 'APP_ENV', part: 'environment', files: 'too' },
  ...application,
  { variable: 'DB_HOST', part: 'host', files: 'too' },
  { variable: 'DB_DATABASE', part: 'database', files: 'too' },
];

const typeorm: readonly Source[] = [
  node,
  { connection: 'TYPEORM_URL DATABASE_URL DB_URL' },
  { variable: 'TYPEORM_HOST', part: 'host', files: 'too' },
  { variable: 'TYPEORM_DATABASE', part: 'database', files: 'too' },
  { variable: 'DB_HOST', part: 'host', files: 'too' },
  { variable: 'DB_NAME', part: 'database', files: 'too' },
  { variable: 'DB_DATABASE', part: 'database', files: 'too' },
];

/** By services, with blanks between them. Not checked against the manuals of all of them. */
export const applications: Readonly<Record<string, readonly Source[]>> = {
  prisma,
  'drizzle knex mikro-orm objection node-pg-migrate umzug kysely': [node, ...application],
  sequelize,
  typeorm,
  'rails rake activerecord': rails,
  'django flask': [
    { variable: 'DJANGO_SETTINGS_MODULE', part: 'environment', files: 'too' },
    { variable: 'FLASK_ENV', part: 'environment', files: 'too' },
    { connection: 'DATABASE_URL SQLALCHEMY_DATABASE_URI DB_URL' },
  ],
  alembic: [
    ...application,
    {
      file: './alembic.ini',
      as: 'sections',
      says: sections => url(sections.get('alembic')?.get('sqlalchemy.url')),
    },
  ],
  'laravel artisan': laravel,
  'doctrine symfony': [{ variable: 'APP_ENV', part: 'environment', files: 'too' }, ...application],
  'ecto phoenix': [{ variable: 'MIX_ENV', part: 'environment' }, ...application],
  'dbmate sqlx diesel sql': application,
  goose: [{ connection: 'GOOSE_DBSTRING DATABASE_URL' }],
  flyway: [
    { connection: 'FLYWAY_URL' },
    { file: './flyway.conf', as: 'sections', says: it => url(it.get('')?.get('flyway.url')) },
    { file: './conf/flyway.conf', as: 'sections', says: it => url(it.get('')?.get('flyway.url')) },
  ],
  liquibase: [
    { connection: 'LIQUIBASE_COMMAND_URL' },
    {
      file: './liquibase.properties',
      as: 'sections',
      says: it => url(it.get('')?.get('url') ?? it.get('')?.get('liquibase.command.url')),
    },
  ],
};
