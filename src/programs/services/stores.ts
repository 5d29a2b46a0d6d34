import type { Service, VerbDoes } from '../../core/service.ts';

/*
 * Databases that somebody hosts, and what keeps databases alive: their backups and clusters. Written from knowledge of
 * the command lines; not checked against their references.
 */

type Verbs = Readonly<Record<string, VerbDoes | readonly VerbDoes[]>>;

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

/** What MongoDB's CLI does with Atlas: `atlas clusters delete`, once `mongocli atlas clusters delete`. */
const mongo: Verbs = {
  'cluster|clusters delete|terminate': { destroys: 'database' },
  'cluster|clusters pause|failover': { interrupts: 'database' },
  'cluster|clusters update|upgrade': { changes: 'database' },
  'cluster|clusters search indexes delete': { destroys: 'table' },
  'backup|backups snapshot|snapshots delete': { destroys: 'backup' },
  'backup|backups schedule delete|update': { destroys: 'protection' },
  'backup|backups restore|restores start|create': { changes: 'database' },
  'backup|backups compliancepolicy *': { changes: 'protection' },
  'project|projects delete': { destroys: 'project' },
  'dbuser|dbusers|customdbrole|customdbroles delete': { destroys: 'access' },
  'dbuser|dbusers create|update': { changes: 'access' },
  'accesslist|accesslists|accessList|accessLists create': { changes: 'access', where: /0\.0\.0\.0/ },
  'deployment|deployments delete|pause': { destroys: 'database' },
  'deployments connect': quiet,
  'auth|config|completion|setup *': quiet,
};

export const stores: readonly Service[] = [
  {
    service: 'neon',
    title: 'Neon',
    programs: ['neonctl', 'neon'],
    values:
      '--api-key --output -o --parent --name --org-id --compute --psql --role-name --preserve-under-name',
    reach: { project: '--project-id', branch: '--branch', database: '--database-name' },
    verbs: {
      'project|projects delete': { destroys: 'project' },
      'branch|branches delete': { destroys: 'database' },
      'branch|branches reset|restore': { destroys: 'database' },
      'branch|branches set-default': { changes: 'database' },
      'database|databases|db delete': { destroys: 'database' },
      'role|roles delete': { destroys: 'access' },
      'connection-string|cs': { reveals: 'a connection string with its password' },
      'set-context|auth|me|orgs|projects list|branches list': quiet,
    },
    examples: {
      catches: [
        'neonctl projects delete cool-sun-1',
        'neonctl branches delete main --project-id cool-sun-1',
        'neon branches reset dev --parent',
        'npx neonctl databases delete shop --branch main',
        'neonctl cs main',
      ],
      leaves: [
        'neonctl projects list',
        'neonctl branches create --name delete-me',
        'neonctl me',
        'neonctl branches list',
      ],
    },
  },
  {
    service: 'planetscale',
    title: 'PlanetScale',
    programs: ['pscale'],
    values: '-f --format --api-token --service-token --service-token-id --region --role',
    reach: { account: '--org' },
    verbs: {
      'database|db delete|rm': { destroys: 'database' },
      'branch delete|rm': { destroys: 'database' },
      'branch demote|promote': { changes: 'database' },
      'branch safe-migrations disable': { destroys: 'protection' },
      'backup delete|rm': { destroys: 'backup' },
      'deploy-request|dr deploy|revert': { changes: 'schema' },
      'password create': { reveals: 'a password of a database' },
      'password delete|rm': { destroys: 'key' },
      'service-token add-access|create': { changes: 'access' },
      'shell|sql': { queries: 'mysql', text: '-e --execute' },
      connect: { evaluates: 'shell', text: '--execute' },
      'keyspace|workflow *': quiet,
      'keyspace delete': { destroys: 'database' },
    },
    examples: {
      catches: [
        'pscale database delete shop --force',
        'pscale branch delete shop main',
        'pscale backup delete shop main b1',
        'pscale deploy-request deploy shop 7',
        'echo "DROP TABLE users" | pscale shell shop main',
        'pscale password create shop main agent',
      ],
      leaves: [
        'pscale database list',
        'pscale branch create shop delete-me',
        'pscale deploy-request create shop dev',
        'echo "SELECT 1" | pscale shell shop main',
      ],
    },
  },
  {
    service: 'turso',
    title: 'Turso',
    programs: ['turso'],
    values: '--group --location --expiration --from-file --from-db --type',
    verbs: {
      'db destroy|rm': { destroys: 'database' },
      'group destroy|rm': { destroys: 'database' },
      'group unarchive|aws-migration': quiet,
      'group tokens invalidate': { destroys: 'key' },
      'db tokens invalidate': { destroys: 'key' },
      'db|group tokens create': { reveals: 'a token of a database' },
      'auth token': { reveals: 'the token of turso' },
      'db shell': { queries: 'sqlite', after: 1 },
      'org destroy': { destroys: 'project' },
      'org members rm|remove': { destroys: 'access' },
      'db config delete-protection disable': { destroys: 'protection' },
      'db config|list|show|create|inspect|import|locations': quiet,
    },
    examples: {
      catches: [
        'turso db destroy shop --yes',
        'turso db shell shop "DROP TABLE users"',
        'turso group destroy eu',
        'turso db tokens create shop',
        'turso db tokens invalidate shop',
      ],
      leaves: [
        'turso db list',
        'turso db shell shop "SELECT 1"',
        'turso db create delete-me',
        'turso db show shop',
      ],
    },
  },
  {
    service: 'atlas',
    title: 'MongoDB Atlas, and the Atlas of schemas',
    programs: ['atlas', 'mongocli'],
    values: `--output -o --to --dev-url --exclude --tx-mode --revisions-schema -c --config --var --username --clusterName --tier
      --provider --role --password --dir`,
    reach: {
      project: '--projectId --project-id',
      account: '--orgId',
      environment: '--env',
      profile: '-P --profile',
      context: '-u --url',
    },
    verbs: {
      ...mongo,
      ...Object.fromEntries(Object.entries(mongo).map(([path, does]) => [`atlas ${path}`, does])),
      'schema clean': { destroys: 'database' },
      'schema apply': [
        { destroys: 'table', with: '--auto-approve' },
        { changes: 'schema', without: '--auto-approve' },
      ],
      'migrate down': { destroys: 'table' },
      'migrate set': { changes: 'schema' },
      'migrate rm|apply|diff|hash|lint|new|status|validate|import|push|test|checkpoint|rebase': quiet,
      'schema diff|inspect|fmt|plan|test|push|lint': quiet,
    },
    examples: {
      catches: [
        'atlas clusters delete shop --force',
        'mongocli atlas clusters delete shop',
        'atlas backups snapshots delete 5b0e --clusterName shop',
        'atlas projects delete 5b0e',
        'atlas schema clean -u postgres://db.example.com/shop --auto-approve',
        'atlas schema apply --env live --auto-approve',
        'atlas accessLists create 0.0.0.0/0 --type cidrBlock',
        'atlas migrate down --env live',
      ],
      leaves: [
        'atlas clusters list',
        'atlas schema inspect -u sqlite://app.db',
        'atlas migrate diff remove_users --env local',
        'atlas migrate apply --env dev',
        'atlas schema apply --dry-run --env live',
        'atlas auth login',
      ],
    },
  },
  {
    service: 'convex',
    title: 'Convex',
    programs: ['convex'],
    values: '--table --format --url --admin-key --component',
    reach: { project: '--preview-name --deployment-name' },
    verbs: {
      deploy: { publishes: 'release' },
      import: { destroys: 'table', with: '--replace --replace-all' },
      'env remove|unset': { destroys: 'key' },
      'env get|list': { reveals: 'the variables of a deployment' },
      run: { changes: 'database', with: '--prod' },
      'dev|codegen|logs|data|dashboard|docs|export': quiet,
    },
    examples: {
      catches: [
        'npx convex deploy',
        'npx convex import --replace --table users users.jsonl',
        'npx convex env list',
        'npx convex run --prod users:removeAll',
      ],
      leaves: [
        'npx convex dev',
        'npx convex logs',
        'npx convex import --table users users.jsonl',
        'npx convex run users:list',
      ],
    },
  },
  {
    service: 'aiven',
    title: 'Aiven',
    programs: ['avn'],
    values: '--auth-token --username --plan --cloud --service-type -t --topic',
    reach: { project: '--project', account: '--organization-id' },
    verbs: {
      'service terminate|delete': { destroys: 'database' },
      'service update': {
        changes: 'protection',
        with: '--no-termination-protection --disable-termination-protection --power-off',
      },
      'service topic-delete': { destroys: 'queue' },
      'service database-delete': { destroys: 'database' },
      'service user-delete|user-password-reset|user-creds-download': { destroys: 'access' },
      'service index-delete': { destroys: 'table' },
      'service cli|connection-info|user-list|get': quiet,
      'project delete': { destroys: 'project' },
      'user access-token revoke': { destroys: 'key' },
    },
    examples: {
      catches: [
        'avn service terminate pg-shop --force',
        'avn service topic-delete kafka-shop orders',
        'avn project delete shop',
        'avn service update pg-shop --no-termination-protection',
      ],
      leaves: ['avn service list', 'avn service get pg-shop', 'avn project list', 'avn service logs pg-shop'],
    },
  },
  {
    service: 'hosted database',
    title: 'Other hosted databases',
    programs: ['cb', 'ticloud', 'astra', 'upstash', 'xata', 'fauna', 'redisctl'],
    values: '-o --output --region --secret --api-key -c --cluster-id -k --keyspace',
    reach: {
      project: '-p --project-id --project',
      account: '--org --organization',
      database: '--db --database',
      branch: '--branch',
      profile: '--profile',
    },
    verbs: {
      'destroy|delete': { destroys: 'database' },
      'db|database|redis|cluster|serverless|keyspace|keyspaces delete|destroy|terminate|reset': {
        destroys: 'database',
      },
      'redis reset-password': { changes: 'access' },
      'serverless|db branch delete': { destroys: 'database' },
      'branch delete': { destroys: 'database' },
      'backup|backups delete': { destroys: 'backup' },
      'restart|suspend|upgrade|detach': { interrupts: 'database' },
      'db delete-*': { destroys: 'table' },
      'shell|sql': { queries: 'unknown', text: '-e --execute -q --query' },
    },
    examples: {
      catches: [
        'cb destroy 5b0e',
        'ticloud serverless delete -c 7',
        'upstash redis delete 5b0e',
        'xata branch delete dev',
        'fauna database delete --name shop',
        'astra db delete shop',
        'cb restart 5b0e',
      ],
      leaves: [
        'cb list',
        'ticloud serverless list',
        'upstash redis list',
        'xata branch list',
        'astra db list',
        'fauna database list',
      ],
    },
  },
  {
    service: 'pgbackrest',
    title: 'Backups of PostgreSQL',
    programs: ['pgbackrest', 'barman', 'wal-g', 'pg_probackup', 'pgmoneta-cli', 'wal-e'],
    values: '-c --config -B --backup-path -D --pgdata -i --backup-id --type --target',
    reach: { project: '--stanza --instance' },
    verbs: {
      'expire|stanza-delete|delete|delete-backup|del-instance|del-backup|expunge|repo-rm': {
        destroys: 'backup',
      },
      keep: { destroys: 'protection', with: '--release -r' },
      'retain|retention': { changes: 'protection' },
      'restore|recover|backup-fetch|archive-restore': {
        changes: 'database',
        without: '--remote-ssh-command',
      },
      stop: { interrupts: 'service' },
      'check|info|backup|list-backup|list-backups|list-server|show-backup|show|status|backup-list|backup-push|wal-push|wal-show|archive-push|archive-get|cron|switch-wal|switch-xlog|receive-wal|version':
        quiet,
    },
    examples: {
      catches: [
        'pgbackrest --stanza=shop expire --set=20260101',
        'pgbackrest stanza-delete --stanza=shop --force',
        'barman delete shop oldest',
        'wal-g delete everything FORCE --confirm',
        'pg_probackup delete -B /srv/backup --instance shop',
      ],
      leaves: [
        'pgbackrest info',
        'barman list-backup shop',
        'wal-g backup-list',
        'pgbackrest --stanza=shop backup',
        'barman check shop',
      ],
    },
  },
  {
    service: 'patroni',
    title: 'Clusters of PostgreSQL',
    programs: ['patronictl', 'pg_autoctl', 'repmgr', 'stolonctl'],
    values: '-c --config-file -d --dcs --leader --candidate -f --pgdata',
    verbs: {
      'remove|reinit|init': { destroys: 'database' },
      'drop node|monitor|formation': { destroys: 'database' },
      'failover|switchover|restart|pause|flush|failkeeper': { interrupts: 'database' },
      'perform failover|switchover|promotion': { interrupts: 'database' },
      'standby|primary|witness switchover|promote|unregister': { interrupts: 'database' },
      'removekeeper|clusterdata': { destroys: 'database' },
      'edit-config': { changes: 'database' },
      query: { queries: 'postgresql', text: '-c --command', file: '--file' },
      'list|topology|show|history|dsn|status|cluster': quiet,
    },
    examples: {
      catches: [
        'patronictl -c p.yml remove shop',
        'patronictl reinit shop pg2 --force',
        'patronictl switchover shop',
        'pg_autoctl drop node --destroy',
        'repmgr standby promote',
      ],
      leaves: [
        'patronictl list',
        'patronictl -c p.yml topology',
        'pg_autoctl show state',
        'repmgr cluster show',
      ],
    },
  },
  {
    service: 'elasticsearch',
    title: 'Tools of Elasticsearch and OpenSearch',
    programs: [
      'curator_cli',
      'elasticsearch-keystore',
      'elasticsearch-users',
      'elasticsearch-reset-password',
      'elasticsearch-node',
      'elasticsearch-shard',
      'opensearch-keystore',
      'opensearch-node',
      'opensearch-cli',
    ],
    values: '--filter_list --config --hosts -u --username',
    verbs: {
      'delete-indices|delete_indices': { destroys: 'table', all: true },
      'delete-snapshots|delete_snapshots': { destroys: 'snapshot' },
      'close|rollover|shrink': { interrupts: 'database' },
      remove: { destroys: 'key' },
      show: { reveals: 'a secret of the keystore' },
      'userdel|roles': { changes: 'access' },
      'passwd|useradd': { changes: 'access' },
      'detach-cluster|unsafe-bootstrap|remove-settings|remove-customs|repurpose|override-version|remove-corrupted-data':
        { destroys: 'database' },
      '': { changes: 'access', with: '-i --interactive -a --auto -u --username' },
      'show-indices|show-snapshots|show_indices|show_snapshots|list|create|add|upgrade|version|has-passwd':
        quiet,
    },
    examples: {
      catches: [
        'curator_cli delete-indices --filter_list x',
        'elasticsearch-keystore remove s3.client.default.secret_key',
        'elasticsearch-node unsafe-bootstrap',
        'elasticsearch-reset-password -u elastic',
        'elasticsearch-users userdel app',
      ],
      leaves: [
        'curator_cli show-indices',
        'elasticsearch-keystore list',
        'curator_cli --dry-run delete-indices --filter_list x',
        'elasticsearch-users list',
      ],
    },
  },
];
