import type { Service, VerbDoes } from '../../core/service.ts';

/*
 * The command lines of web frameworks, for what they do to databases. Written from knowledge of the command lines; not
 * checked against their references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

/** A database of that name is made anew by each run of the tests. */
const tests = /(?:^|[._-])tests?(?:ing)?$/i;

/** Tasks of Rails and Rake, of which several may stand in one line. */
const tasks: readonly VerbDoes[] = [
  {
    destroys: 'database',
    where:
      /(?:^| )(?:\w+:)?db:(?:drop|reset|purge|truncate_all|setup|schema:load|structure:load|seed:replant|migrate:reset)(?::(?!test)\w+)?(?: |$)/,
  },
  {
    destroys: 'table',
    where: /(?:^| )(?:\w+:)?db:(?:rollback|migrate:(?:down|redo|rollback))(?::\w+)?(?: |$)/,
  },
  {
    reveals: 'the credentials of an application',
    where: /(?:^| )(?:credentials|secrets|encrypted):show(?: |$)/,
  },
];

/** Mix, where several tasks stand behind `do`. */
const ecto: readonly VerbDoes[] = [
  { destroys: 'database', where: /(?:^| )ecto\.(?:drop|reset)\b/ },
  { destroys: 'table', where: /(?:^| )ecto\.rollback\b/ },
];

export const frameworks: readonly Service[] = [
  {
    service: 'rails',
    title: 'Rails and Rake',
    programs: ['rails', 'rake'],
    values: '-f --rakefile -I -C --directory -N',
    reach: { environment: '-e --environment' },
    variables: { environment: 'RAILS_ENV RACK_ENV' },
    scratch: tests,
    verbs: {
      '': tasks,
      'runner|r': { evaluates: 'ruby', after: 0 },
      'dbconsole|db': { queries: 'unknown' },
      'destroy|d|generate|g|new|server|s|test|t|routes|console|c|notes|stats|about|db:migrate|db:seed|db:version':
        [...tasks, quiet],
      'tmp:*|log:*|assets:*|cache:*|test:*|spec:*|webpacker:*|bootsnap:*|db:test:*|db:environment:*|clobber|clean':
        [...tasks, quiet],
    },
    examples: {
      catches: [
        'bin/rails db:drop',
        'bundle exec rake db:schema:load',
        'rails db:migrate:reset',
        'rails db:rollback STEP=3',
        'RAILS_ENV=production rails db:seed:replant',
        'rake tmp:clear db:drop:all',
        'rails credentials:show',
        `rails runner "system('rm -rf /srv/data')"`,
        'rake shop:purge_orders',
        'rails dbconsole <<< "DROP TABLE users"',
      ],
      leaves: [
        'bin/rails db:migrate',
        'rails db:create',
        'rails tmp:clear',
        'rails generate migration DropUsers',
        'rake assets:clobber',
        'rails test',
        'RAILS_ENV=test bin/rails db:reset',
        'rails db:test:purge',
        'rails runner "puts 1"',
        'rake test',
      ],
    },
  },
  {
    service: 'django',
    title: 'Django',
    programs: ['manage.py', 'django-admin', 'django-admin.py', 'manage'],
    values: '--pythonpath -v --verbosity',
    reach: { environment: '--settings', database: '--database' },
    variables: { environment: 'DJANGO_SETTINGS_MODULE' },
    scratch: tests,
    verbs: {
      'flush|reset_db|reset_schema|drop_db|sqlflush': { destroys: 'database' },
      sqlflush: quiet,
      'migrate * zero': { destroys: 'table' },
      dbshell: { queries: 'unknown', text: '-c --command' },
      'shell|shell_plus': { evaluates: 'python', text: '-c --command' },
      'clearsessions|clear_cache|collectstatic|makemigrations|migrate|runserver|test|loaddata|dumpdata|remove_stale_contenttypes|drop_test_database|startapp|startproject|makemessages|help':
        quiet,
      remove_stale_contenttypes: { destroys: 'rows' },
      changepassword: { changes: 'access' },
      search_index: { destroys: 'table', with: '--delete --rebuild' },
    },
    examples: {
      catches: [
        './manage.py flush --no-input',
        'python manage.py reset_db',
        'django-admin migrate shop zero',
        'manage.py shell -c "import shutil; shutil.rmtree(\'/srv/data\')"',
        'echo "DROP TABLE users" | ./manage.py dbshell',
        './manage.py delete_old_orders',
      ],
      leaves: [
        './manage.py migrate',
        './manage.py makemigrations',
        './manage.py runserver',
        './manage.py test',
        './manage.py flush --settings=shop.settings.test',
        'django-admin startproject purge',
        './manage.py shell -c "print(1)"',
      ],
    },
  },
  {
    service: 'flask',
    title: 'Flask',
    programs: ['flask'],
    values: '-A --app -e --env-file -d --directory -h --host -p --port',
    verbs: {
      'db downgrade': { destroys: 'table' },
      'db stamp': { changes: 'schema' },
      'run|shell|routes|db': quiet,
    },
    examples: {
      catches: [
        'flask db downgrade',
        'flask --app shop drop-db',
        'flask db downgrade base',
        'flask reset-db --yes',
      ],
      leaves: ['flask run --debug', 'flask db upgrade', 'flask db migrate -m "drop users"', 'flask routes'],
    },
  },
  {
    service: 'laravel',
    title: 'Artisan of Laravel',
    programs: ['artisan', 'artisan.php'],
    values: '--path --seeder --step',
    reach: { environment: '--env', database: '--database' },
    variables: { environment: 'APP_ENV' },
    scratch: tests,
    verbs: {
      'migrate:fresh|migrate:refresh|migrate:reset|db:wipe|tenants:migrate-fresh|module:migrate-refresh|module:migrate-reset':
        {
          destroys: 'database',
          without: '--pretend',
        },
      'migrate:rollback|tenants:rollback|module:migrate-rollback': {
        destroys: 'table',
        without: '--pretend',
      },
      tinker: { evaluates: 'php', text: '--execute' },
      down: { interrupts: 'service' },
      'key:generate': { destroys: 'key', with: '--force' },
      'passport:keys|jwt:secret': { destroys: 'key', with: '--force' },
      'queue:flush|queue:clear|queue:forget|horizon:clear|horizon:forget': { destroys: 'queue', all: true },
      'model:prune': { destroys: 'rows', without: '--pretend' },
      'scout:flush|scout:delete-index|scout:delete-all-indexes': { destroys: 'table' },
      'backup:clean': { destroys: 'backup' },
      'env:decrypt': { reveals: 'the variables of an application' },
      '*:clear|*:clear-*|*:prune|*:prune-*|clear-compiled|make:*|list|serve|test|migrate|storage:unlink':
        quiet,
    },
    examples: {
      catches: [
        'php artisan migrate:fresh --seed',
        'artisan db:wipe --force',
        'php artisan migrate:rollback --step=2',
        'php artisan queue:flush',
        'php artisan tinker --execute="shell_exec(\'rm -rf /srv/data\');"',
        'php artisan key:generate --force',
        'sail artisan migrate:reset',
      ],
      leaves: [
        'php artisan migrate',
        'php artisan cache:clear',
        'php artisan make:command PurgeUsers',
        'php artisan key:generate',
        'php artisan migrate:fresh --env=testing',
        'php artisan serve',
        'php artisan optimize:clear',
      ],
    },
  },
  {
    service: 'symfony',
    title: 'Symfony and Doctrine',
    programs: ['console', 'symfony', 'doctrine', 'doctrine-migrations'],
    values: '--connection --em --group --conn',
    reach: { environment: '-e --env' },
    variables: { environment: 'APP_ENV' },
    scratch: tests,
    verbs: {
      ...doctrine(''),
      ...doctrine('console '),
      'cloud:environment:delete|cloud:project:delete': { destroys: 'environment' },
      'php|composer|run *': { runs: 0 },
    },
    examples: {
      catches: [
        'php bin/console doctrine:database:drop --force',
        'bin/console doctrine:schema:update --force',
        'symfony console doctrine:fixtures:load --no-interaction',
        'bin/console doctrine:migrations:migrate prev',
        'bin/console dbal:run-sql "DROP TABLE users"',
        'vendor/bin/doctrine orm:schema-tool:drop --force',
        'bin/console secrets:list --reveal',
      ],
      leaves: [
        'bin/console cache:clear',
        'bin/console doctrine:migrations:migrate --no-interaction',
        'bin/console doctrine:schema:update --dump-sql',
        'bin/console doctrine:fixtures:load --append',
        'bin/console doctrine:database:drop --force --env=test',
        'symfony serve',
        'bin/console make:migration',
      ],
    },
  },
  {
    service: 'php',
    title: 'Other frameworks of PHP',
    programs: ['spark', 'yii', 'phinx', 'cake', 'craft', 'magento', 'n98-magerun2', 'occ', 'typo3'],
    values: '-c --configuration --parser',
    reach: { environment: '-e --environment' },
    scratch: tests,
    verbs: {
      'migrate:rollback|migrate:refresh|migrate/down|migrate/redo|rollback|migrate/to|migrate/mark': {
        destroys: 'table',
      },
      'migrations rollback': { destroys: 'table' },
      'migrate/fresh|setup:uninstall|db:drop|db:wipe': { destroys: 'database' },
      'cache:*|cache/*|cache|setup:upgrade|generate:*|make:*|clear-caches/*': quiet,
      'maintenance:enable|maintenance:mode': { interrupts: 'service', where: /enable|--on/ },
    },
    examples: {
      catches: [
        'php spark migrate:refresh',
        'php yii migrate/fresh',
        'vendor/bin/phinx rollback -e production -t 0',
        'bin/magento setup:uninstall',
      ],
      leaves: [
        'php spark migrate',
        'php yii migrate',
        'vendor/bin/phinx migrate',
        'bin/magento cache:flush',
        'bin/cake cache clear_all',
      ],
    },
  },
  {
    service: 'ecto',
    title: 'Mix and Ecto',
    programs: ['mix'],
    values: '-r --repo -n --step --to',
    variables: { environment: 'MIX_ENV' },
    scratch: tests,
    verbs: {
      '': ecto,
      'hex.publish': { destroys: 'code', with: '--revert' },
      'hex.retire': { destroys: 'code' },
      'hex.owner remove|add|transfer': { changes: 'access' },
      'ecto.gen.*|ecto.migrate|ecto.create|archive.uninstall|escript.uninstall|deps.*|local.*|phx.*|test|compile|format|clean|release|run':
        quiet,
    },
    examples: {
      catches: [
        'mix ecto.drop',
        'mix ecto.reset',
        'mix do ecto.drop, ecto.create',
        'MIX_ENV=prod mix ecto.rollback --step 3',
        'mix hex.publish --revert 1.0.0',
      ],
      leaves: [
        'mix ecto.migrate',
        'mix test',
        'mix phx.server',
        'MIX_ENV=test mix ecto.reset',
        'mix deps.clean --all',
        'mix ecto.gen.migration drop_users',
      ],
    },
  },
  {
    service: 'laravel',
    title: 'Sail of Laravel',
    programs: ['sail'],
    verbs: {
      down: { destroys: 'volume', with: '-v --volumes' },
      'up|build|ps|stop|logs|restart|pull|share|shell|root-shell|tinker': quiet,
      '': { runs: 0 },
    },
    examples: {
      catches: [
        'sail down -v',
        './vendor/bin/sail artisan migrate:fresh',
        'sail psql -c "DROP TABLE users"',
        'sail php artisan db:wipe',
      ],
      leaves: ['sail up -d', 'sail down', 'sail artisan migrate', 'sail npm run dev'],
    },
  },
  {
    service: 'ddev',
    title: 'DDEV and Lando',
    programs: ['ddev', 'lando'],
    values: '-s --service -d --dir -p --project -u --user',
    verbs: {
      'delete|destroy': { destroys: 'volume' },
      stop: { destroys: 'volume', with: '-R --remove-data' },
      'import-db|db-import': { changes: 'database' },
      snapshot: { destroys: 'snapshot', with: '-c --cleanup' },
      exec: { runs: 0 },
      ssh: { evaluates: 'shell', text: '-c --command' },
      'auth|config|start|restart|describe|list|logs|poweroff|share|launch|rebuild|info|get|add-on|clean':
        quiet,
      '': {
        runs: 0,
        where:
          /(?:^| )(?:drush|wp|php|artisan|composer|npm|npx|yarn|mysql|psql|console|craft|magento|cake|typo3) /,
      },
    },
    examples: {
      catches: [
        'ddev delete -O',
        'ddev stop --remove-data',
        'ddev mysql -e "DROP DATABASE shop"',
        'lando destroy -y',
        'ddev exec rm -rf /srv/data',
      ],
      leaves: [
        'ddev start',
        'ddev stop',
        'ddev describe',
        'ddev exec ls',
        'lando rebuild -y',
        'ddev snapshot',
      ],
    },
  },
];

/** The commands of Doctrine's bundles, behind a prefix. */
function doctrine(prefix: string): Readonly<Record<string, VerbDoes | readonly VerbDoes[]>> {
  const verbs: Readonly<Record<string, VerbDoes | readonly VerbDoes[]>> = {
    'doctrine:database:drop|d:d:d': { destroys: 'database', with: '-f --force' },
    'doctrine:schema:drop|d:s:d|orm:schema-tool:drop|doctrine:mongodb:schema:drop|odm:schema:drop': {
      destroys: 'database',
      without: '--dump-sql',
    },
    'doctrine:schema:update|d:s:u|orm:schema-tool:update': { destroys: 'column', with: '-f --force' },
    'doctrine:fixtures:load|d:f:l|doctrine:mongodb:fixtures:load|hautelook:fixtures:load': {
      destroys: 'database',
      without: '--append',
    },
    'doctrine:migrations:migrate|d:m:m|migrations:migrate|migrate': {
      destroys: 'table',
      where: / (?:first|prev|0)(?: |$)/,
    },
    'doctrine:migrations:execute|migrations:execute': { destroys: 'table', with: '--down' },
    'doctrine:migrations:rollup|doctrine:migrations:version': { changes: 'schema' },
    'dbal:run-sql|doctrine:query:sql|doctrine:query:dql': { queries: 'unknown', after: 0 },
    'messenger:failed:remove': { destroys: 'queue' },
    'secrets:remove': { destroys: 'key' },
    'secrets:list|secrets:reveal': { reveals: 'the secrets of an application', where: /reveal/ },
    'cache:*|doctrine:cache:*|make:*|debug:*|lint:*|assets:*|server:*|importmap:*': quiet,
  };
  return Object.fromEntries(Object.entries(verbs).map(([path, does]) => [`${prefix}${path}`, does]));
}
