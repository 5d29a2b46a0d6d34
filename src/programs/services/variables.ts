import type { Reach } from '../../core/model.ts';
import type { Service } from '../../core/service.ts';

/*
 * Which variables steer a command line elsewhere, where the line itself sets them. Written from knowledge of the
 * programs; not checked against their references.
 */

type Variables = { readonly [K in keyof Reach]?: string };

const databaseUrl: Variables = {
  host: 'DATABASE_URL POSTGRES_URL POSTGRES_PRISMA_URL DIRECT_URL DB_URL MYSQL_URL SQLALCHEMY_DATABASE_URI DB_HOST DATABASE_HOST PGHOST MYSQL_HOST',
  database: 'DB_NAME DB_DATABASE PGDATABASE',
};

const amazon: Variables = {
  profile: 'AWS_DEFAULT_PROFILE AWS_PROFILE',
  region: 'AWS_DEFAULT_REGION AWS_REGION',
  host: 'AWS_ENDPOINT_URL',
};

const cluster: Variables = { context: 'KUBECONFIG KUBECONTEXT', namespace: 'KUBE_NAMESPACE' };

/** By service. What a table says itself comes before it. */
const variables: Readonly<Record<string, Variables>> = {
  aws: amazon,
  cdk: { ...amazon, host: '' },
  serverless: { ...amazon, host: '', environment: 'SLS_STAGE STAGE' },
  sst: { ...amazon, host: '', environment: 'SST_STAGE' },
  terraform: {
    profile: 'AWS_PROFILE',
    project: 'GOOGLE_PROJECT GOOGLE_CLOUD_PROJECT',
    account: 'ARM_SUBSCRIPTION_ID',
    environment:
      'TF_VAR_env TF_VAR_environment TF_VAR_stage TF_VAR_workspace_name TG_WORKING_DIR TF_CLI_ARGS TF_CLI_ARGS_destroy TF_CLI_ARGS_apply TF_WORKSPACE',
  },
  pulumi: { profile: 'AWS_PROFILE', environment: 'PULUMI_STACK' },
  gcloud: {
    project: 'GOOGLE_CLOUD_PROJECT CLOUDSDK_CORE_PROJECT',
    account: 'CLOUDSDK_CORE_ACCOUNT',
    profile: 'CLOUDSDK_ACTIVE_CONFIG_NAME',
  },
  bigquery: { project: 'GOOGLE_CLOUD_PROJECT CLOUDSDK_CORE_PROJECT' },
  azure: { account: 'AZURE_SUBSCRIPTION_ID', project: 'AZURE_DEFAULTS_GROUP' },
  docker: {
    context: 'DOCKER_CONTEXT',
    host: 'DOCKER_HOST CONTAINER_HOST',
    project: 'COMPOSE_PROJECT_NAME',
    environment: 'COMPOSE_FILE',
  },
  kubernetes: cluster,
  helm: { ...cluster, context: 'KUBECONFIG HELM_KUBECONTEXT', namespace: 'HELM_NAMESPACE' },
  flux: cluster,
  argo: cluster,
  velero: cluster,
  argocd: { context: 'ARGOCD_SERVER' },
  vault: { host: 'VAULT_ADDR', namespace: 'VAULT_NAMESPACE' },
  consul: { host: 'CONSUL_HTTP_ADDR' },
  nomad: { host: 'NOMAD_ADDR', namespace: 'NOMAD_NAMESPACE' },
  heroku: { project: 'HEROKU_APP' },
  fly: { project: 'FLY_APP' },
  railway: { environment: 'RAILWAY_ENVIRONMENT', project: 'RAILWAY_PROJECT_ID' },
  cloudflare: { environment: 'CLOUDFLARE_ENV' },
  netlify: { project: 'NETLIFY_SITE_ID' },
  doppler: { environment: 'DOPPLER_CONFIG DOPPLER_ENVIRONMENT', project: 'DOPPLER_PROJECT' },
  prisma: databaseUrl,
  drizzle: databaseUrl,
  sequelize: databaseUrl,
  typeorm: {
    ...databaseUrl,
    host: `${databaseUrl.host ?? ''} TYPEORM_URL TYPEORM_HOST`,
    environment: 'NODE_ENV',
  },
  knex: databaseUrl,
  'mikro-orm': databaseUrl,
  kysely: databaseUrl,
  rails: databaseUrl,
  django: databaseUrl,
  laravel: databaseUrl,
  symfony: databaseUrl,
  doctrine: databaseUrl,
  ecto: databaseUrl,
  alembic: databaseUrl,
  flask: databaseUrl,
  flyway: { host: 'FLYWAY_URL' },
  liquibase: { host: 'LIQUIBASE_COMMAND_URL' },
  dbmate: databaseUrl,
  sqlx: databaseUrl,
  diesel: databaseUrl,
  goose: { host: 'GOOSE_DBSTRING' },
};

/** A table with the variables that its service is known by. */
export function withVariables(table: Service): Service {
  const known = Object.hasOwn(variables, table.service) ? variables[table.service] : undefined;
  return known ? { ...table, variables: { ...known, ...table.variables } } : table;
}
