import { client, type Client } from './client.ts';

/*
 * Clients that are told SQL. psql 15 and sqlite3 3.40 by their own `--help` (November 2026); the others not checked
 * against their manuals.
 */

const psql: Client = {
  dialect: 'postgresql',
  values:
    '-U --username -p --port -v --set --variable -o --output -L --log-file -P --pset -F --field-separator -R --record-separator -T',
  text: '-c --command',
  file: '-f --file',
  database: '-d --dbname',
  host: '-h --host',
  operands: ['database', 'other'],
  hostVariable: 'PGHOST',
  databaseVariable: 'PGDATABASE',
  idle: '-l --list -V -?',
};

const mysql: Client = {
  dialect: 'mysql',
  values:
    '-u --user -P --port --defaults-file --default-character-set --prompt --delimiter --login-path --protocol',
  glued: '-p',
  text: '-e --execute',
  database: '-D --database',
  host: '-h --host',
  socket: '-S --socket',
  hostVariable: 'MYSQL_HOST',
  idle: '-V -?',
};

const sqlite: Client = {
  dialect: 'sqlite',
  values: '-separator -newline -nullvalue -maxsize -mmap -vfs -lookaside -pagecache -heap',
  text: '-cmd',
  file: '-init',
  operands: ['database', 'statement'],
  embedded: true,
  single: true,
  idle: '-help -version',
};

const sqlcmd: Client = {
  dialect: 'transactsql',
  values: '-U -P -o -v -l -t -h -s -w -a -K -m -M -r -y -Y -D --user --password --output',
  text: '-Q -q --query --initial-query',
  file: '-i --input-file',
  database: '-d --database-name --database',
  host: '-S --server',
  operands: ['other'],
};

const clickhouse: Client = {
  dialect: 'clickhouse',
  values:
    '--port -u --user --password --format -f --config-file --config -C --param --max_threads --output-format',
  text: '-q --query',
  file: '--queries-file',
  database: '-d --database',
  host: '-h --host',
  operands: ['other'],
};

const bigTables: Client = {
  dialect: 'unknown',
  text: '-e',
  file: '-f -i',
  operands: ['other'],
  idle: '--version -H',
};

const trino: Client = {
  dialect: 'unknown',
  values: '--user --password --output-format --session --source --truststore-path --keystore-path --schema',
  text: '--execute',
  file: '-f --file',
  database: '--catalog',
  host: '--server',
  operands: ['other'],
};

const rows: Readonly<Record<string, Client>> = {
  psql,
  pgcli: { ...psql, values: `${psql.values} -u --user --prompt --pgclirc`, text: '-c --command' },
  mysql,
  mariadb: { ...mysql, dialect: 'mariadb' },
  mycli: { ...mysql, values: `${mysql.values} --csv --myclirc`, database: '-D --database -d --dsn' },
  sqlite3: sqlite,
  litecli: {
    ...sqlite,
    text: '-e --execute',
    file: '',
    values: '-D --database --liteclirc',
    operands: ['database'],
  },
  duckdb: {
    ...sqlite,
    dialect: 'duckdb',
    text: '-c -s -cmd',
    file: '-f -file -init',
  },
  sqlcmd,
  'mssql-cli': sqlcmd,
  snowsql: {
    dialect: 'snowflake',
    values:
      '-a --accountname -u --username -s --schemaname -r --rolename -w --warehouse -c --connection -o --option -D --variable',
    text: '-q --query',
    file: '-f --filename',
    database: '-d --dbname',
    host: '-h --host',
    operands: ['other'],
  },
  'clickhouse-client': clickhouse,
  'clickhouse-local': {
    ...clickhouse,
    otherwise: 'localhost',
    host: '',
    values: `${clickhouse.values} --path`,
  },
  cqlsh: {
    dialect: 'unknown',
    values:
      '-u --username -p --password -k --keyspace --encoding --cqlshrc --connect-timeout --request-timeout',
    text: '-e --execute',
    file: '-f --file',
    operands: ['host', 'other'],
  },
  usql: { ...psql, values: '-o --out -v --set -P --pset -F -R -T', operands: ['database', 'other'] },
  isql: { dialect: 'unknown', operands: ['database', 'other'] },
  hive: { ...bigTables, values: '--hiveconf --hivevar -d --define' },
  beeline: { ...bigTables, values: '-n -p -d --hiveconf --hivevar --outputformat', database: '-u' },
  'spark-sql': { ...bigTables, values: '--master --conf --hiveconf -d --packages --jars' },
  'impala-shell': { ...bigTables, text: '-q --query', host: '-i --impalad', values: '-u -o -d --database' },
  trino,
  presto: trino,
  'presto-cli': trino,
  'trino-cli': trino,
  db2: { dialect: 'unknown', file: '-f', operands: ['statement'] },
  cbq: {
    dialect: 'unknown',
    text: '-s --script',
    file: '-f --file',
    host: '-e --engine',
    values: '-u -p -c',
  },
};

export const clients = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, client(row)]));

/** Clients that are a verb of a bigger program: `clickhouse client`, `cockroach sql`. */
export const within: Readonly<Record<string, Readonly<Record<string, Client>>>> = {
  dolt: {
    sql: {
      dialect: 'mysql',
      values: '-r --result-format',
      text: '-q --query',
      file: '-f --file',
      otherwise: 'localhost',
    },
  },
  clickhouse: { client: clickhouse, local: { ...clickhouse, otherwise: 'localhost', host: '' } },
  cockroach: {
    sql: {
      dialect: 'postgresql',
      values: '--port -p --user -u --certs-dir --format --set --watch --read-timeout',
      text: '-e --execute',
      file: '-f --file',
      database: '-d --database --url',
      host: '--host',
      operands: ['other'],
    },
  },
};
