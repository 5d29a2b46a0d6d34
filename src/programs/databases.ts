import type { Reach, SqlDialect } from '../core/model.ts';
import type { Command, Input, Program, Said } from '../core/program.ts';
import { readArguments, type Arguments } from '../core/shell/flags.ts';
import { printed } from '../core/shell/commands.ts';
import { programName } from '../core/shell/wrappers.ts';
import type { Word } from '../core/shell/words.ts';
import { hostOf } from '../core/urls.ts';

/** How a client of a database is told what to run. The next one is a row. */
interface Client {
  readonly dialect: SqlDialect;
  readonly values: readonly string[];
  /** Options that hold a statement, and options that hold a file of them. */
  readonly text: readonly string[];
  readonly file: readonly string[];
  readonly database: readonly string[];
  readonly host: readonly string[];
  /** Operands: the database first, then perhaps a statement. */
  readonly operands: 'database' | 'database, then statements';
  /** Options have one dash and no clusters. */
  readonly single?: true;
}

const mysql: Client = {
  dialect: 'mysql',
  values: [
    '-u',
    '--user',
    '-P',
    '--port',
    '-S',
    '--socket',
    '--defaults-file',
    '--default-character-set',
    '--prompt',
    '--delimiter',
  ],
  text: ['-e', '--execute'],
  file: [],
  database: ['-D', '--database'],
  host: ['-h', '--host'],
  operands: 'database',
};

/** psql 15 and sqlite3 3.40 by their own `--help` (November 2026); mysql and mariadb not checked against their manuals. */
const clients: Readonly<Record<string, Client>> = {
  psql: {
    dialect: 'postgresql',
    values: [
      '-U',
      '--username',
      '-p',
      '--port',
      '-v',
      '--set',
      '--variable',
      '-o',
      '--output',
      '-L',
      '--log-file',
      '-P',
      '--pset',
      '-F',
      '--field-separator',
      '-R',
      '--record-separator',
      '-T',
    ],
    text: ['-c', '--command'],
    file: ['-f', '--file'],
    database: ['-d', '--dbname'],
    host: ['-h', '--host'],
    operands: 'database',
  },
  mysql,
  mariadb: { ...mysql, dialect: 'mariadb' },
  sqlite3: {
    dialect: 'sqlite',
    values: [
      '-cmd',
      '-init',
      '-separator',
      '-newline',
      '-nullvalue',
      '-maxsize',
      '-mmap',
      '-vfs',
      '-lookaside',
      '-pagecache',
      '-heap',
    ],
    text: ['-cmd'],
    file: ['-init'],
    database: [],
    host: [],
    operands: 'database, then statements',
    single: true,
  },
};

export const databases: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(Object.entries(clients).map(([name, row]) => [name, client(row)])),
  dropdb: ({ words: [, ...rest] }) => {
    const { operands, value } = readArguments(rest, {
      values: ['-h', '--host', '-p', '--port', '-U', '--username', '--maintenance-db'],
    });
    const host = value('-h', '--host')?.text;
    return operands.map(({ text, at }): Said => ({
      does: 'destroy',
      what: 'database',
      service: 'postgresql',
      name: text,
      all: true,
      at,
      ...(host && { reach: { host } }),
    }));
  },
  dropuser: ({ words: [, ...rest] }) =>
    readArguments(rest, { values: ['-h', '-p', '-U'] }).operands.map(({ text, at }): Said => ({
      does: 'destroy',
      what: 'access',
      service: 'postgresql',
      name: text,
      all: false,
      at,
    })),
};

function client(row: Client): Program {
  const options = {
    values: [...row.values, ...row.text, ...row.file, ...row.database, ...row.host],
    ...(row.single && { single: row.single }),
  };
  return command => {
    const given = readArguments(command.words.slice(1), options);
    const reach = reachOf(given, row);
    const [, ...statements] = row.operands === 'database' ? [] : given.operands;
    const texts = [...given.all(...row.text), ...statements];
    const files = given.all(...row.file).filter(word => word.text !== '-');
    const fed = texts.length || files.length ? [] : input(command.input, row.dialect, reach);
    return [...texts.map(word => statement(word, row.dialect, reach)), ...files.map(sqlFile), ...fed];
  };
}

function statement(
  { text, known, at }: Pick<Word, 'text' | 'known' | 'at'>,
  dialect: SqlDialect,
  reach: Reach,
): Said {
  if (!known && /^\$\(|^`|^\$\{?\w+\}?$/.test(text))
    return { does: 'unknown', why: 'a statement that another command writes', at };
  return { nested: 'sql', text, dialect, reach, at };
}

function sqlFile({ text, at }: Pick<Word, 'text' | 'at'>): Said {
  return { does: 'follow', lead: { to: 'file', path: text, as: 'sql' }, at };
}

/** What is fed to a client: a text, a file, or what the command before it in the pipe prints. */
function input(fed: Input, dialect: SqlDialect, reach: Reach): readonly Said[] {
  switch (fed.from) {
    case 'nowhere':
      return [];
    case 'text':
      return [statement(fed, dialect, reach)];
    case 'file':
      return [sqlFile(fed.path)];
    case 'pipe':
      return fed.commands
        .filter(({ words }) => words.length)
        .flatMap(command => piped(command, dialect, reach));
  }
}

function piped(command: Command, dialect: SqlDialect, reach: Reach): readonly Said[] {
  const text = printed(command);
  const { at } = command;
  if (text)
    return text.options.map(option => statement({ text: option, known: text.known, at }, dialect, reach));
  const [name, ...rest] = command.words;
  if (programName(name?.text ?? '') === 'cat')
    return rest.filter(word => !word.text.startsWith('-')).map(sqlFile);
  return [{ does: 'unknown', why: `what \`${name?.text ?? ''}\` prints is run as SQL`, at }];
}

/** Host and database of a client, from options, the operand, or a URL in either. */
function reachOf({ value, operands }: Arguments, row: Client): Reach {
  const database = value(...row.database)?.text ?? operands[0]?.text;
  const host = value(...row.host)?.text;
  if (database && /^[a-z]+:\/\//i.test(database))
    return {
      host: hostOf(database),
      database: /^[^?#]*\/([^/?#]*)/.exec(database.replace(/^[a-z]+:\/\//i, ''))?.[1] ?? database,
    };
  return { ...(host && { host }), ...(database && { database }) };
}
