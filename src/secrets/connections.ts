import { base62, isDummy, isRandom, sample, type Detector } from '../core/detector.ts';
import { environmentIn, type Told } from '../core/rating.ts';
import { isLocalHost } from '../core/rule.ts';

/*
 * Passwords in addresses (RFC 3986, "User Information") and in connection strings. Users that may do everything are
 * those that PostgreSQL, MySQL, SQL Server, MongoDB and the clouds' own databases are set up with.
 */
export const connections: readonly Detector[] = [
  {
    id: 'database.postgresql',
    title: 'PostgreSQL password in an address',
    provider: 'postgresql',
    hints: ['postgres', 'cockroach', 'redshift'],
    pattern:
      /(?<![a-z0-9+.-])(?:jdbc:)?(?:postgres(?:ql)?|cockroachdb|redshift)(?:\+\w{1,20})?:\/\/[^\s:@/'"`]*:(?<secret>[^\s:@/'"`$<>{}]{3,})@/gi,
    plausible: isPassword,
    confirm: isRemote,
    rate: account,
    rates: 'a superuser (`postgres`, `root`, `admin`, an `…_owner`) is blanket; the environment by the host',
    examples: {
      catches: [`postgres://app:${sample(base62, 16)}@db.example.com/shop`],
      leaves: ['postgres://app:$PASSWORD@db/shop', 'postgres://db/shop'],
    },
  },
  {
    id: 'database.mysql',
    title: 'MySQL password in an address',
    provider: 'mysql',
    hints: ['mysql', 'mariadb'],
    pattern:
      /(?<![a-z0-9+.-])(?:jdbc:)?(?:mysqlx?|mariadb)(?:\+\w{1,20})?:\/\/[^\s:@/'"`]*:(?<secret>[^\s:@/'"`$<>{}]{3,})@/gi,
    plausible: isPassword,
    confirm: isRemote,
    rate: account,
    rates: '`root` and `admin` are blanket; the environment by the host',
    examples: {
      catches: [`mysql://root:${sample(base62, 16)}@db.internal.net/shop`],
      leaves: ['mysql://root@db/shop'],
    },
  },
  {
    id: 'database.mongodb',
    title: 'MongoDB password in an address',
    provider: 'mongodb',
    hints: ['mongodb'],
    pattern: /(?<![a-z0-9+.-])mongodb(?:\+srv)?:\/\/[^\s:@/'"`]*:(?<secret>[^\s:@/'"`$<>{}]{3,})@/gi,
    plausible: isPassword,
    confirm: isRemote,
    rate: account,
    rates: '`root` and `admin` are blanket; the environment by the host',
    examples: {
      catches: [`mongodb+srv://admin:${sample(base62, 16)}@cluster0.abcde.mongodb.net/shop`],
      leaves: ['mongodb://localhost:27017/shop', 'mongodb+srv://<user>:<password>@cluster0.mongodb.net'],
    },
  },
  {
    id: 'database.redis',
    title: 'Redis password in an address',
    provider: 'redis',
    hints: ['redis', 'valkey'],
    pattern: /(?<![a-z0-9+.-])(?:rediss?|valkeys?):\/\/[^\s:@/'"`]*:(?<secret>[^\s:@/'"`$<>{}]{3,})@/gi,
    plausible: isPassword,
    confirm: isRemote,
    rate: account,
    rates: 'the user `default`, or none, is blanket; the environment by the host',
    examples: {
      catches: [`redis://:${sample(base62, 20)}@cache.example.net:6379`],
      leaves: ['redis://localhost:6379'],
    },
  },
  {
    id: 'database.sqlserver',
    title: 'Password in a connection string',
    provider: 'sqlserver',
    hints: ['data source=', 'server=', 'initial catalog=', 'host=', 'sqlserver:'],
    pattern: /;\s{0,4}(?:password|pwd)\s{0,3}=\s{0,3}(?<secret>[^;"'`\s<>{}$]{4,})/gi,
    plausible: (value, before) => isPassword(value, before) && hostIn(before) !== undefined,
    confirm: (value, before) => isRemoteHost(hostIn(before)) && isStrong(value),
    rate: (_, before) =>
      rating(/(?:user id|uid|user|username)\s{0,3}=\s{0,3}([^;]{1,80})/i.exec(before)?.[1], hostIn(before)),
    rates: '`sa` and `admin` are blanket; the environment by the server',
    examples: {
      catches: [`Server=tcp:a.database.windows.net,1433;User ID=sa;Password=${sample(base62, 16)};`],
      leaves: ['Server=localhost;Integrated Security=true;'],
    },
  },
  {
    id: 'database.other',
    title: 'Password in an address of a store or a queue',
    provider: 'store',
    hints: ['://'],
    pattern:
      /(?<![a-z0-9+.-])(?:clickhouse|amqps?|kafka|cassandra|neo4j(?:\+ssc?)?|bolt|influxdb|oracle(?:\+\w{1,20})?|snowflake|elasticsearch|opensearch|nats|mqtts?|ldaps?|smtps?|imaps?|ftps?|sftp|ssh|smb|mssql(?:\+\w{1,20})?|couchbase|couchdb|libsql|trino|presto|hive|vertica|db2|sqlserver|memcached|stomp):\/\/[^\s:@/'"`]*:(?<secret>[^\s:@/'"`$<>{}]{3,})@/gi,
    plausible: isPassword,
    confirm: isRemote,
    rate: account,
    rates: '`root`, `admin` and `sa` are blanket; the environment by the host',
    examples: {
      catches: [`amqps://app:${sample(base62, 20)}@mq.example.net/vhost`],
      leaves: ['amqp://localhost'],
    },
  },
  {
    id: 'url.password',
    title: 'Password in an address',
    provider: 'unknown',
    hints: ['://'],
    pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/'"`]*:(?<secret>[^\s:@/'"`$<>{}]{3,})@/gi,
    plausible: isPassword,
    confirm: isRandom,
    rate: account,
    rates: 'the environment by the host',
    examples: {
      catches: [`https://app:${sample(base62, 24)}@git.example.com/a/b`],
      leaves: ['https://example.com:8080/', 'https://app:$PASSWORD@example.com/'],
    },
  },
  {
    id: 'url.query',
    title: 'Credential in the query of an address',
    provider: 'unknown',
    hints: ['password=', 'token=', 'key=', 'secret='],
    pattern:
      /[?&](?:\w{0,20}password|(?:access_|auth_|api_|private_)?token|api_?key|client_secret|secret|auth_?key)=(?<secret>[A-Za-z0-9_.~%+/=-]{8,400})/gi,
    plausible: isRandom,
    rate: () => ({}),
    rates: 'does not tell: taken for blanket',
    examples: {
      catches: [`https://api.example.com/v1?access_token=${sample(base62, 32)}`],
      leaves: ['/?token=$TOKEN'],
    },
  },
];

/** Not a variable, not the word that stands for a password in every manual, not the user's name again. */
function isPassword(value: string, before: string): boolean {
  const user = userIn(before)?.toLowerCase();
  return (
    !isDummy(value) && !spoken.test(value) && value.toLowerCase() !== user && !/^%[A-Za-z_]+%?$/.test(value)
  );
}

const spoken =
  /^(?:my|your|the|db|user)?[-_]?(?:p(?:ass)?w(?:or)?d|passwd|pass|password\d{0,4}|passphrase|secret|user(?:name)?|postgres|postgresql|mysql|mongo|redis|root|admin|guest|test|testing|token|key|foo|bar|baz|qux|abc|local|dev|x-oauth-basic|x-access-token|\*+|\.+|123456?|12345678|hunter2)$/i;

/** A password for a machine that is not this one. */
function isRemote(value: string, _before: string, after: string): boolean {
  return isRemoteHost(/^@([^/?#\s'"`]{1,253})/.exec(after)?.[1]) && isStrong(value);
}

function isRemoteHost(host: string | undefined): boolean {
  const name = host?.replace(/:\d{1,5}$/, '').replace(/^tcp:/i, '');
  return (
    name !== undefined &&
    name.includes('.') &&
    !isLocalHost(name) &&
    !/(?:^|\.)example\.(?:com|org|net)$/i.test(name)
  );
}

/** More than a word: people's passwords for remote machines have digits or both cases. */
function isStrong(value: string): boolean {
  return value.length >= 8 && (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)));
}

function account(_: string, before: string, after: string): Told {
  return rating(userIn(before), /^@([^/?#\s'"`]{1,253})/.exec(after)?.[1]);
}

/** Of `postgres://app:`, `app`. */
function userIn(before: string): string | undefined {
  const user = before.slice(before.lastIndexOf('//') + 2, -1);
  return before.includes('//') && before.endsWith(':') && !/[:@/]/.test(user) ? user : undefined;
}

function rating(user: string | undefined, host: string | undefined): Told {
  const name = host?.replace(/:\d{1,5}$/, '') ?? '';
  const environment = environmentIn(name);
  return {
    reach: user !== undefined && superuser.test(user.trim()) ? 'blanket' : 'unknown',
    lasts: 'long',
    ...(isLocalHost(name) ? { stage: 'test', environment: 'development' } : environment && { environment }),
  };
}

const superuser =
  /^(?:|postgres|root|sa|sys|system|admin|administrator|superuser|master|doadmin|avnadmin|dbadmin|default|elastic|neo4j|rabbitmq|cloudsqlsuperuser|rdsadmin|\w{0,40}_(?:owner|admin|root|superuser))(?:\.\w{1,40})?$/i;

function hostIn(before: string): string | undefined {
  return /(?:server|data source|host|sqlserver:\/\/)\s{0,3}=?\s{0,3}(?:tcp:)?([\w.-]{1,253})/i.exec(
    before,
  )?.[1];
}
