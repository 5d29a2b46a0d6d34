import * as path from 'node:path';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { shortest } from '../core/masking.ts';
import type { Machine } from '../core/ports.ts';
import { rowsIn, tableOf, type Connection } from '../core/query.ts';
import { runMasked } from './masked.ts';
import { found } from './traces.ts';

/*
 * Statements through the client program that a person has installed. What opens the database is in the environment of
 * that process alone, never among its arguments.
 */

export interface Query {
  readonly connection: Connection;
  /** The address of the database; of SQLite its file, absolute. */
  readonly address: string;
  readonly statement: string;
  readonly limit: number;
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What came of it, as text for a model. Never rejects. */
export async function queried(query: Query, machine: Machine): Promise<string> {
  const client = clientOf(query);
  if ('problem' in client) return client.problem;
  const given = { home: machine.home, path: query.variables['PATH'] ?? '' };
  const program = await found({ traces: [{ program: client.program }] }, given);
  if (program === undefined)
    return `It was not run: the program \`${client.program}\` is not installed here.`;
  const enough = new AbortController();
  const [out, errors] = [collected(() => enough.abort()), collected(() => undefined)];
  const late = AbortSignal.timeout(timeToRun + 5000);
  const { password, ...rest } = { password: '', ...client.variables };
  const ended = await runMasked({
    argv: [program, ...client.args],
    cwd: query.cwd,
    variables: {
      ...without(query.variables),
      ...rest,
      ...(password.length < shortest && secret(client, password)),
    },
    secrets: password.length < shortest ? [] : [{ name: client.secret, value: password }],
    input: 'nothing',
    out: out.stream,
    error: errors.stream,
    signal: AbortSignal.any([query.signal, late, enough.signal]),
  });
  if ('problem' in ended) return `It was not run: ${ended.problem}`;
  if (query.signal.aborted) return 'It was taken back.';
  const cut = enough.signal.aborted;
  if (!cut && late.aborted) return 'It was ended: it took too long.';
  if (!cut && !('exit' in ended && ended.exit === 0))
    return `It failed: ${errors.text().trim().slice(0, 4000) || 'the client said nothing'}`;
  const rows = rowsIn(out.text(), client.separator);
  return rows.length ? tableOf(rows, query.limit, cut) : 'Done. No rows.';
}

/** Milliseconds. */
const timeToRun = 30_000;
const mostRead = 4 * 1024 * 1024;

interface ClientCall {
  readonly program: string;
  readonly args: readonly string[];
  /** `password` is none of its variables: `secret` names the one that it goes into. */
  readonly variables: Readonly<Record<string, string>>;
  readonly secret: string;
  readonly separator: ',' | '\t';
}

function clientOf({
  connection: { kind, writable },
  address,
  statement,
}: Query): ClientCall | { readonly problem: string } {
  if (kind === 'sqlite') {
    const careful = writable ? [] : ['-readonly', '-safe'];
    const args = [
      '-batch',
      '-bail',
      '-csv',
      '-header',
      '-nullvalue',
      'NULL',
      ...careful,
      path.resolve(address),
      // A statement is none of its options, nor a command of its own.
      ` ${statement}`,
    ];
    return { program: 'sqlite3', args, variables: {}, secret: '', separator: ',' };
  }
  const url = parsed(address);
  const fits = kind === 'postgres' ? /^postgres(?:ql)?(?:\+\w+)?:$/ : /^(?:mysql|mariadb)(?:\+\w+)?:$/;
  if (!url || !fits.test(url.protocol))
    return { problem: `It was not run: the address of this connection is not one of ${kind}.` };
  const [user, password] = [decoded(url.username), decoded(url.password)];
  const [host, database] = [
    decoded(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    decoded(url.pathname.slice(1)),
  ];
  if (kind === 'mysql')
    return {
      program: 'mysql',
      args: [
        ...['--batch', '--raw', '--no-auto-rehash', '--connect-timeout=10'],
        ...(host ? [`--host=${host}`] : []),
        ...(url.port ? [`--port=${url.port}`] : []),
        ...(user ? [`--user=${user}`] : []),
        ...(writable ? [] : ['--init-command=SET SESSION TRANSACTION READ ONLY']),
        ...(database ? [`--database=${database}`] : []),
        `--execute=${statement}`,
      ],
      variables: { password },
      secret: 'MYSQL_PWD',
      separator: '\t',
    };
  const options = [
    ...(writable ? [] : ['default_transaction_read_only=on']),
    `statement_timeout=${timeToRun}`,
  ];
  const asked = (name: string, variable: string) => {
    const value = url.searchParams.get(name);
    return value ? { [variable]: value } : {};
  };
  return {
    program: 'psql',
    args: ['-X', '-q', '-w', '--csv', '-P', 'null=NULL', '-v', 'ON_ERROR_STOP=1', '-c', ` ${statement}`],
    variables: {
      password,
      PGCONNECT_TIMEOUT: '10',
      PGOPTIONS: options.map(it => `-c ${it}`).join(' '),
      ...(host && { PGHOST: host }),
      ...asked('host', 'PGHOST'),
      ...(url.port && { PGPORT: url.port }),
      ...asked('port', 'PGPORT'),
      ...(user && { PGUSER: user }),
      ...(database && { PGDATABASE: database }),
      ...asked('sslmode', 'PGSSLMODE'),
      ...asked('sslrootcert', 'PGSSLROOTCERT'),
    },
    secret: 'PGPASSWORD',
    separator: ',',
  };
}

/** Too short to be told apart in what it prints, and yet needed. */
function secret(client: ClientCall, password: string): Readonly<Record<string, string>> {
  return client.secret && password ? { [client.secret]: password } : {};
}

/** What would lead the client elsewhere than the connection says. */
function without(variables: Query['variables']): Query['variables'] {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !/^(?:PG|MYSQL|MARIADB|SQLITE)/.test(name)),
  );
}

function collected(full: () => void) {
  const decoder = new StringDecoder('utf8');
  let text = '';
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      if (text.length < mostRead) text += decoder.write(chunk);
      else full();
      done();
    },
  });
  return { stream, text: () => text };
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
