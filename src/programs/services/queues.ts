import type { Service } from '../../core/service.ts';

/*
 * Brokers of messages and queues of jobs. Written from knowledge of the command lines; not checked against their
 * references.
 */

/** Verbs that take nothing away; what stands behind them is a name, whatever it is called. */
const quiet = { harmless: true } as const;

/** Kafka's own scripts and the packages that leave the ending away. */
const script = (name: string) => [name, `${name}.sh`, `${name}.bat`];

const kafkaValues = `--topic --group --partitions --replication-factor --config --command-config --entity-type --entity-name
  --entity-default --add-config --offset-json-file --to-offset --to-datetime --shift-by --zookeeper`;
const kafkaReach = { context: '--bootstrap-server --zookeeper --broker-list' };

export const queues: readonly Service[] = [
  {
    service: 'kafka',
    title: 'Topics of Kafka',
    programs: script('kafka-topics'),
    values: kafkaValues,
    named: '--topic',
    reach: kafkaReach,
    verbs: { '': { destroys: 'queue', with: '--delete' } },
    examples: {
      catches: [
        'kafka-topics --bootstrap-server kafka:9092 --delete --topic orders',
        'bin/kafka-topics.sh --delete --topic orders --bootstrap-server kafka:9092',
      ],
      leaves: [
        'kafka-topics --bootstrap-server kafka:9092 --list',
        'kafka-topics.sh --bootstrap-server kafka:9092 --create --topic deleted',
      ],
    },
  },
  {
    service: 'kafka',
    title: 'Groups and records of Kafka',
    programs: [
      ...script('kafka-consumer-groups'),
      ...script('kafka-delete-records'),
      ...script('kafka-streams-application-reset'),
    ],
    values: kafkaValues,
    named: '--group --topic --application-id',
    reach: kafkaReach,
    verbs: {
      '': [
        { destroys: 'queue', with: '--delete --delete-offsets --offset-json-file --application-id' },
        { changes: 'queue', with: '--reset-offsets', where: /--execute/ },
      ],
    },
    examples: {
      catches: [
        'kafka-consumer-groups --bootstrap-server kafka:9092 --delete --group billing',
        'kafka-consumer-groups.sh --bootstrap-server kafka:9092 --group billing --topic orders --reset-offsets --to-latest --execute',
        'kafka-delete-records.sh --bootstrap-server kafka:9092 --offset-json-file o.json',
        'kafka-streams-application-reset --application-id billing',
      ],
      leaves: [
        'kafka-consumer-groups --bootstrap-server kafka:9092 --list',
        'kafka-consumer-groups --bootstrap-server kafka:9092 --describe --group delete',
        'kafka-consumer-groups --bootstrap-server kafka:9092 --group billing --reset-offsets --to-latest --topic orders --dry-run',
        'kafka-streams-application-reset --application-id billing --dry-run',
      ],
    },
  },
  {
    service: 'kafka',
    title: 'Settings and rights of Kafka',
    programs: [
      ...script('kafka-configs'),
      ...script('kafka-acls'),
      ...script('kafka-leader-election'),
      ...script('kafka-reassign-partitions'),
      ...script('kafka-storage'),
      ...script('kafka-server-stop'),
    ],
    values: `${kafkaValues} --allow-principal --deny-principal --operation`,
    named: '--entity-name --topic --group',
    reach: kafkaReach,
    verbs: {
      '': [
        { destroys: 'protection', with: '--delete-config' },
        { changes: 'protection', with: '--add-config', where: /retention|cleanup\.policy/ },
        { destroys: 'access', with: '--remove' },
        { changes: 'access', with: '--allow-principal --deny-principal', without: '--remove' },
        { changes: 'queue', with: '--reassignment-json-file', where: /--execute/ },
      ],
      format: { destroys: 'volume' },
    },
    examples: {
      catches: [
        'kafka-configs --bootstrap-server kafka:9092 --alter --entity-type topics --entity-name orders --delete-config retention.ms',
        'kafka-configs.sh --bootstrap-server kafka:9092 --alter --entity-type topics --entity-name orders --add-config retention.ms=1',
        'kafka-acls --bootstrap-server kafka:9092 --remove --allow-principal User:app --topic orders',
        'kafka-storage.sh format -t id -c server.properties',
      ],
      leaves: [
        'kafka-configs --bootstrap-server kafka:9092 --describe --entity-type brokers',
        'kafka-acls --bootstrap-server kafka:9092 --list',
        'kafka-storage random-uuid',
        'kafka-configs --bootstrap-server kafka:9092 --alter --entity-type topics --entity-name orders --add-config max.message.bytes=9',
      ],
    },
  },
  {
    service: 'kafka',
    title: 'Confluent and Redpanda',
    programs: ['confluent', 'rpk', 'kafkactl'],
    values: '-X --config -o --output -p --partitions -c --topic-config --subject --version',
    reach: {
      environment: '--environment',
      context: '--brokers --url --bootstrap --cluster --context --profile',
    },
    verbs: {
      'kafka topic delete': { destroys: 'queue' },
      'topic delete|trim-prefix': { destroys: 'queue' },
      'group delete|offset-delete': { destroys: 'queue' },
      'delete topic|records|consumer-group*': { destroys: 'queue' },
      'group seek': { changes: 'queue' },
      'kafka cluster delete': { destroys: 'cluster' },
      'environment|env delete': { destroys: 'environment' },
      'api-key delete': { destroys: 'key' },
      'schema-registry|registry schema|subject delete': { destroys: 'schema' },
      'connect cluster|connector delete': { destroys: 'service' },
      'connect cluster pause': { interrupts: 'service' },
      'cluster maintenance enable': { interrupts: 'cluster' },
      'redpanda admin brokers decommission': { destroys: 'cluster' },
      'container purge': { destroys: 'container' },
      'acl|security *': quiet,
      'acl delete': { destroys: 'access' },
      'security acl|user|role delete': { destroys: 'access' },
      'plugin|context|profile|completion|local|generate': quiet,
    },
    examples: {
      catches: [
        'confluent kafka topic delete orders',
        'rpk topic delete orders',
        'confluent environment delete env-1',
        'rpk topic trim-prefix orders -o 9',
        'confluent api-key delete ABC',
      ],
      leaves: [
        'confluent kafka topic list',
        'rpk topic create delete-events',
        'rpk cluster info',
        'rpk topic consume orders',
        'kafkactl get topics',
      ],
    },
  },
  {
    service: 'rabbitmq',
    title: 'RabbitMQ',
    programs: ['rabbitmqctl', 'rabbitmqadmin', 'rabbitmq-queues', 'rabbitmq-plugins'],
    values: '-t --timeout -l --longnames -u --username -p --vhost --password -P --port -N -c --config',
    reach: { context: '-n --node -H --host', environment: '-V' },
    verbs: {
      'delete_queue|purge_queue': { destroys: 'queue', all: true },
      'delete_vhost|reset|force_reset|forget_cluster_node': { destroys: 'database' },
      'delete_*|clear_permissions|clear_topic_permissions|clear_password': { destroys: 'access' },
      'clear_*': { changes: 'service' },
      'delete_shovel|delete_member': { destroys: 'service' },
      'stop|stop_app|shutdown|close_connection|close_all_connections|suspend_listeners|drain|force_boot|rotate_logs':
        {
          interrupts: 'service',
        },
      'rotate_logs|hash_password': quiet,
      'change_password|set_permissions|set_user_tags|add_user': { changes: 'access' },
      'eval|eval_file': { changes: 'service' },
      'delete vhost': { destroys: 'database' },
      'delete queue|exchange|binding|shovel': { destroys: 'queue' },
      'delete user|permission|permissions': { destroys: 'access' },
      'delete policy|parameter': { changes: 'service' },
      'purge queue': { destroys: 'queue', all: true },
      'queues|exchanges|bindings|streams delete|purge': { destroys: 'queue' },
      disable: { interrupts: 'service' },
      'declare|publish|get|export|import': quiet,
    },
    examples: {
      catches: [
        'rabbitmqctl delete_queue orders',
        'rabbitmqctl -n rabbit@mq1 force_reset',
        'rabbitmqctl delete_vhost shop',
        'rabbitmqctl eval "application:stop(rabbit)."',
        'rabbitmqadmin -V shop purge queue name=orders',
        'rabbitmqctl stop_app',
        'rabbitmqctl change_password app x',
      ],
      leaves: [
        'rabbitmqctl list_queues',
        'rabbitmqctl status',
        'rabbitmqadmin list queues',
        'rabbitmqadmin get queue=delete',
        'rabbitmqctl await_startup',
      ],
    },
  },
  {
    service: 'nats',
    title: 'NATS',
    programs: ['nats'],
    values: '--user --password --creds --nkey --tlscert --tlskey --tlsca --timeout',
    reach: { context: '-s --server --context', namespace: '--js-domain' },
    verbs: {
      'stream|str|s rm|delete|del|purge|rmm': { destroys: 'queue' },
      'consumer|con|c rm|delete|del': { destroys: 'queue' },
      'kv|object|obj del|rm|delete|purge|compact|seal|revert': { destroys: 'bucket' },
      'stream restore': quiet,
      'stream edit': { changes: 'queue' },
      'context rm|delete|edit': quiet,
      'server request kick': { interrupts: 'service' },
      'server raft step-down|peer-remove': { interrupts: 'cluster' },
      'auth * rm|delete': { destroys: 'key' },
      'pub|publish|sub|subscribe|req|request|reply|bench': quiet,
    },
    examples: {
      catches: [
        'nats stream rm ORDERS -f',
        'nats str purge ORDERS',
        'nats kv del CONFIG',
        'nats consumer rm ORDERS billing',
        'nats object rm files a.zip',
      ],
      leaves: [
        'nats stream ls',
        'nats pub orders.delete hello',
        'nats kv get CONFIG a',
        'nats context select live',
        'nats server check',
      ],
    },
  },
  {
    service: 'pulsar',
    title: 'Pulsar',
    programs: ['pulsar-admin', 'pulsarctl'],
    reach: { context: '--admin-url' },
    verbs: {
      'topics|topic delete|delete-partitioned-topic|truncate|clear-backlog|skip-all|skip|expire-messages*|unsubscribe':
        {
          destroys: 'queue',
        },
      'namespaces|namespace delete|clear-backlog|unload': { destroys: 'queue', all: true },
      'namespaces|namespace remove-retention|set-retention': { changes: 'protection' },
      'tenants|tenant delete': { destroys: 'project' },
      'clusters|cluster delete': { destroys: 'cluster' },
      'functions|sinks|sources delete': { destroys: 'service' },
      'functions|sinks|sources stop|restart': { interrupts: 'service' },
      'topics|topic reset-cursor': { changes: 'queue' },
    },
    examples: {
      catches: [
        'pulsar-admin topics delete persistent://shop/orders/new',
        'pulsar-admin namespaces clear-backlog shop/orders',
        'pulsar-admin tenants delete shop',
        'pulsar-admin topics reset-cursor -s billing -t 2h persistent://shop/a/b',
      ],
      leaves: [
        'pulsar-admin topics list shop/orders',
        'pulsar-admin topics stats persistent://shop/a/b',
        'pulsar-admin brokers healthcheck',
        'pulsar-admin topics create persistent://shop/a/b',
      ],
    },
  },
  {
    service: 'activemq',
    title: 'ActiveMQ',
    programs: ['activemq', 'artemis'],
    values: '--amqurl --user --password --name --jmxurl',
    reach: { context: '--url --jmxurl' },
    verbs: {
      purge: { destroys: 'queue', all: true },
      'queue|address delete|purge': { destroys: 'queue' },
      'stop|restart|kill': { interrupts: 'service' },
    },
    examples: {
      catches: [
        'activemq purge orders',
        'artemis queue delete --name orders',
        'artemis address delete --name orders',
        'activemq stop',
      ],
      leaves: ['activemq query', 'artemis queue stat', 'activemq list', 'artemis producer --message-count 1'],
    },
  },
  {
    service: 'celery',
    title: 'Celery',
    programs: ['celery'],
    values:
      '-A --app -Q --queues -b --broker --result-backend --workdir -C --config -n --hostname -c --concurrency -l --loglevel -d --destination',
    reach: { context: '-b --broker' },
    verbs: {
      purge: { destroys: 'queue', all: true },
      'amqp queue.delete|queue.purge|exchange.delete': { destroys: 'queue' },
      'control shutdown|revoke|terminate|cancel_consumer|pool_shrink': { interrupts: 'service' },
      'multi stop|kill|restart|stopwait': { interrupts: 'process' },
      'worker|beat|inspect|status|report|result|events|flower|call|list': quiet,
    },
    examples: {
      catches: [
        'celery -A shop purge -f',
        'celery -A shop purge -Q mail',
        'celery -A shop amqp queue.delete mail',
        'celery -A shop control shutdown',
      ],
      leaves: [
        'celery -A shop worker -l info',
        'celery -A shop inspect active',
        'celery -A shop beat',
        'celery -A shop status',
      ],
    },
  },
  {
    service: 'jobs',
    title: 'Queues of jobs',
    programs: ['rq', 'sidekiqctl'],
    values: '-u --url -c --config',
    reach: { context: '-u --url' },
    verbs: {
      'empty|flush|purge|delete': { destroys: 'queue', all: true },
      'suspend|stop|quiet': { interrupts: 'service' },
      'worker|info|enqueue|requeue|resume': quiet,
    },
    examples: {
      catches: [
        'rq empty --all',
        'rq suspend',
        'rq empty mail -u redis://queue.example.com',
        'sidekiqctl stop tmp/sidekiq.pid',
      ],
      leaves: ['rq info', 'rq worker mail', 'rq requeue --all', 'rq resume'],
    },
  },
];
