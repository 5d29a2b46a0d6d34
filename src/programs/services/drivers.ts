import type { Service } from '../../core/service.ts';

/*
 * Migrations that stand alone, of whatever language, and those that build tools start. Written from knowledge of the
 * command lines; not checked against their references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

export const drivers: readonly Service[] = [
  {
    service: 'alembic',
    title: 'Alembic',
    programs: ['alembic'],
    values: '-c --config -n --name -x --rev-range -m --message',
    dry: '--sql',
    verbs: {
      downgrade: { destroys: 'table' },
      stamp: { changes: 'schema' },
      'revision|merge|upgrade|history|current|heads|branches|check|show|edit': quiet,
    },
    examples: {
      catches: [
        'alembic downgrade -1',
        'alembic -c live.ini downgrade base',
        'alembic stamp head',
        'alembic downgrade 5b0e',
      ],
      leaves: [
        'alembic upgrade head',
        'alembic revision -m "drop users"',
        'alembic downgrade base --sql',
        'alembic history',
      ],
    },
  },
  {
    service: 'migrations',
    title: 'Other migrations of Python',
    programs: ['aerich', 'yoyo', 'piccolo', 'pw_migrate', 'masonite-orm'],
    values: '-c --config -d --database --directory -v --version --name',
    verbs: {
      downgrade: { destroys: 'table' },
      'rollback|reapply|migrate:rollback|migrate:reset|migrate:refresh': { destroys: 'table' },
      'migrations backwards': { destroys: 'table' },
      'migrations clean': { changes: 'schema' },
    },
    examples: {
      catches: [
        'aerich downgrade',
        'yoyo rollback --all -d postgres://db.example.com/shop',
        'piccolo migrations backwards shop all',
        'pw_migrate rollback 3',
      ],
      leaves: [
        'aerich upgrade',
        'yoyo apply',
        'piccolo migrations forwards shop',
        'aerich migrate --name drop_users',
      ],
    },
  },
  {
    service: 'flyway',
    title: 'Flyway',
    programs: ['flyway'],
    single: true,
    reach: { context: '-url --url', environment: '-environment -configFiles' },
    dry: '-dryRunOutput',
    verbs: {
      clean: { destroys: 'database' },
      undo: { destroys: 'table' },
      '': { destroys: 'database', where: /(?:^| )clean(?: |$)|-cleanOnValidationError=true/ },
      'migrate|info|validate|baseline|check|repair': {
        destroys: 'database',
        where: /(?:^| )clean(?: |$)|-cleanOnValidationError=true/,
      },
    },
    examples: {
      catches: [
        'flyway clean',
        'flyway -url=jdbc:postgresql://db.example.com/shop clean migrate',
        'flyway undo',
        'flyway migrate -cleanOnValidationError=true',
      ],
      leaves: ['flyway migrate', 'flyway info', 'flyway repair', 'flyway validate'],
    },
  },
  {
    service: 'liquibase',
    title: 'Liquibase',
    programs: ['liquibase', 'liquibase.jar'],
    values:
      '--changelog-file --changeLogFile --username --password --defaults-file --tag --count --driver --classpath',
    reach: { context: '--url' },
    verbs: {
      'dropAll|drop-all': { destroys: 'database' },
      'rollback*': { destroys: 'table' },
      'rollbackSQL|rollback-sql|rollbackCountSQL|rollback-count-sql|rollbackToDateSQL|rollback-to-date-sql|rollback-one-changeset-sql|rollback-one-update-sql|futureRollbackSQL|future-rollback-sql|future-rollback-count-sql|future-rollback-from-tag-sql':
        quiet,
      'execute-sql|executeSql': { queries: 'unknown', text: '--sql', file: '--sql-file --sqlFile' },
      'clear-checksums|clearCheckSums|release-locks|releaseLocks|update|status|history|validate|diff|snapshot|tag':
        quiet,
    },
    examples: {
      catches: [
        'liquibase dropAll',
        'liquibase --url=jdbc:postgresql://db.example.com/shop drop-all',
        'liquibase rollback-count 3',
        'liquibase rollback v1',
        'liquibase execute-sql --sql="DROP TABLE users"',
      ],
      leaves: [
        'liquibase update',
        'liquibase rollback-sql v1',
        'liquibase status',
        'liquibase clear-checksums',
        'liquibase execute-sql --sql="SELECT 1"',
      ],
    },
  },
  {
    service: 'hasura',
    title: 'Hasura',
    programs: ['hasura'],
    values: '--admin-secret --project --envfile --log-level --version --name',
    reach: { context: '--endpoint', database: '--database-name', environment: '--envfile' },
    verbs: {
      'migrate apply': {
        destroys: 'table',
        with: '--down --goto --type',
        where: /--down|--goto|--type[= ]down/,
      },
      'migrate delete': { destroys: 'code' },
      'metadata clear': { destroys: 'schema' },
      'migrate squash|create|status': quiet,
    },
    examples: {
      catches: [
        'hasura migrate apply --down all --database-name default',
        'hasura metadata clear',
        'hasura migrate apply --goto 0',
        'hasura migrate delete --all --server',
      ],
      leaves: [
        'hasura migrate apply',
        'hasura metadata reload',
        'hasura console',
        'hasura migrate squash --from 1 --delete-source',
      ],
    },
  },
  {
    service: 'dbmate',
    title: 'dbmate',
    programs: ['dbmate'],
    values: '-d --migrations-dir -s --schema-file --migrations-table',
    reach: { context: '-u --url', environment: '-e --env --env-file' },
    verbs: {
      drop: { destroys: 'database' },
      'down|rollback': { destroys: 'table' },
      'up|migrate|new|status|dump|load|wait|create': quiet,
    },
    examples: {
      catches: [
        'dbmate drop',
        'dbmate rollback',
        'dbmate --url postgres://db.example.com/shop drop',
        'dbmate -e LIVE_URL down',
      ],
      leaves: ['dbmate up', 'dbmate new drop_users', 'dbmate status', 'dbmate dump'],
    },
  },
  {
    service: 'goose',
    title: 'goose',
    programs: ['goose'],
    single: true,
    values: '-dir -table -env -timeout',
    verbs: {
      'create|up|status|version|fix|validate': quiet,
      '': [
        { destroys: 'database', where: /(?:^| )(?:reset|down-to 0)(?: |$)/ },
        { destroys: 'table', where: /(?:^| )(?:down|redo|down-to [1-9]\d*)(?: |$)/ },
      ],
    },
    examples: {
      catches: [
        'goose postgres "host=db.example.com" down',
        'goose -dir migrations reset',
        'goose sqlite3 app.db down-to 0',
        'goose redo',
      ],
      leaves: [
        'goose -dir migrations up',
        'goose status',
        'goose create down sql',
        'goose postgres "host=db.example.com" up',
      ],
    },
  },
  {
    service: 'migrate',
    title: 'migrate of Go, sql-migrate, soda and tern',
    programs: ['migrate', 'sql-migrate', 'soda', 'tern'],
    values:
      '-path -source --path --source --source-url -lock-timeout -prefetch -config -c --config -p -ext -dir -m --migrations --limit -limit',
    reach: { context: '-database --database --conn-string', environment: '-env --env -e' },
    scratch: /^tests?$/,
    verbs: {
      'drop|reset': { destroys: 'database' },
      'down|redo': { destroys: 'table' },
      'migrate down|reset': { destroys: 'table' },
      migrate: { destroys: 'table', where: /(?:-d|--destination)[ =](?:0|-)/ },
      force: { changes: 'schema' },
      goto: { destroys: 'table' },
      'create|new|up|status|version|generate': quiet,
    },
    examples: {
      catches: [
        'migrate -path migrations -database postgres://db.example.com/shop down',
        'migrate -source file://migrations -database "$URL" drop -f',
        'sql-migrate down -env=live',
        'soda reset',
        'tern migrate -d -1',
        'migrate -path m -database "$URL" force 3',
      ],
      leaves: [
        'migrate -path migrations -database "$URL" up',
        'migrate create -ext sql -dir migrations drop_users',
        'sql-migrate status',
        'tern migrate',
        'soda migrate up',
      ],
    },
  },
  {
    service: 'sqlx',
    title: 'Migrations of Rust',
    programs: ['sqlx', 'diesel', 'sea-orm-cli', 'sea', 'refinery'],
    values:
      '--source --connect-timeout --migration-dir --migrations-dir --config-file -s --database-schema -n --num',
    reach: { context: '-D --database-url -u' },
    verbs: {
      'database|db drop|reset': { destroys: 'database' },
      'migrate revert|down': { destroys: 'table' },
      'migration revert|redo': { destroys: 'table' },
      'migrate fresh|reset|refresh': { destroys: 'database' },
      'migrate|migration|setup|print-schema|prepare|generate': quiet,
    },
    examples: {
      catches: [
        'sqlx database drop -y',
        'sqlx migrate revert',
        'diesel database reset',
        'diesel migration redo',
        'sea-orm-cli migrate fresh',
      ],
      leaves: [
        'sqlx migrate run',
        'sqlx database create',
        'diesel migration run',
        'diesel migration generate drop_users',
        'sea-orm-cli migrate up',
      ],
    },
  },
  {
    service: 'sqitch',
    title: 'Sqitch and Evolve',
    programs: ['sqitch', 'evolve'],
    values: '--plan-file --db-host --db-name --db-user --to --set -s -c --connection-string',
    reach: { context: '-t --target', database: '--db-name' },
    verbs: {
      'revert|rebase|checkout': { destroys: 'table' },
      erase: { destroys: 'database' },
      'deploy|add|plan|log|status|verify|tag|rework|migrate|repair|info': quiet,
    },
    examples: {
      catches: [
        'sqitch revert -y',
        'sqitch rebase --onto @HEAD^',
        'evolve erase postgresql -c "Host=db.example.com"',
        'sqitch revert live',
      ],
      leaves: ['sqitch deploy', 'sqitch add drop_users -n x', 'sqitch status', 'sqitch verify'],
    },
  },
  {
    service: 'efcore',
    title: '.NET: Entity Framework, packages and secrets of a user',
    programs: ['dotnet', 'dotnet-ef'],
    guesses: false,
    values:
      '-p --project -s --startup-project -c --context --configuration -f --framework --connection -o --output -k --api-key --source',
    variables: { environment: 'ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT' },
    verbs: {
      'ef database drop': { destroys: 'database' },
      'database drop': { destroys: 'database' },
      'ef database update 0': { destroys: 'database' },
      'database update 0': { destroys: 'database' },
      'ef database update *': { changes: 'schema' },
      'database update *': { changes: 'schema' },
      'ef migrations remove': { destroys: 'table', with: '-f --force' },
      'migrations remove': { destroys: 'table', with: '-f --force' },
      'nuget delete': { destroys: 'code' },
      'user-secrets list': { reveals: 'the secrets of a user' },
      'user-secrets clear|remove': { destroys: 'key' },
    },
    examples: {
      catches: [
        'dotnet ef database drop --force',
        'dotnet ef database update 0',
        'dotnet nuget delete Shop 1.0.0 --non-interactive',
        'dotnet user-secrets list',
        'dotnet ef database update BeforeUsers',
      ],
      leaves: [
        'dotnet build',
        'dotnet test',
        'dotnet ef database update',
        'dotnet ef migrations add DropUsers',
        'dotnet ef migrations remove',
        'dotnet remove package Shop',
        'dotnet ef database drop --dry-run',
      ],
    },
  },
  {
    service: 'flyway',
    title: 'Maven and Gradle, for migrations',
    programs: ['mvn', 'mvnw', 'mvnd', 'gradle', 'gradlew'],
    guesses: false,
    values: '-f --file -pl --projects -P -p --project-dir -b',
    verbs: {
      '': [
        {
          destroys: 'database',
          where:
            /(?:^| |:)(?:flyway:clean|flywayClean|liquibase:dropAll|dropAll|hibernate:drop|flyway-maven-plugin:[\d.]*:?clean)(?: |$)/,
        },
        {
          destroys: 'table',
          where: /(?:^| |:)(?:flyway:undo|flywayUndo|liquibase:rollback|rollback(?:Count|ToDate)?)(?: |$)/,
        },
      ],
    },
    examples: {
      catches: [
        'mvn flyway:clean',
        './gradlew flywayClean',
        'mvn clean flyway:clean flyway:migrate',
        './mvnw liquibase:dropAll',
        './gradlew :db:flywayClean',
        'gradle rollbackCount -PliquibaseCommandValue=1',
      ],
      leaves: [
        'mvn clean install',
        './gradlew clean build',
        'mvn flyway:migrate',
        'gradle test',
        './mvnw -q package',
      ],
    },
  },
  {
    service: 'strapi',
    title: 'Strapi, Directus and KeystoneJS',
    programs: ['strapi', 'directus'],
    values: '-f --file --to --from --to-token --from-token --only --exclude',
    verbs: {
      import: { destroys: 'database' },
      transfer: { destroys: 'database', with: '--to' },
      'admin:reset-user-password|admin:reset': { changes: 'access' },
      'schema apply': { changes: 'schema' },
      'database migrate:down': { destroys: 'table' },
      'users passwd': { changes: 'access' },
      'develop|build|export|generate|start|database|bootstrap': quiet,
    },
    examples: {
      catches: [
        'strapi import -f x.tar.gz --force',
        'npx strapi transfer --to https://cms.example.com/admin --to-token x',
        'directus schema apply s.yaml',
        'directus database migrate:down',
      ],
      leaves: ['strapi develop', 'strapi export -f x', 'directus start', 'directus schema snapshot s.yaml'],
    },
  },
];
