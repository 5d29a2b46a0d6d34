import { connectionIn } from '../../core/connection.ts';
import type { Reach, SqlDialect } from '../../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import { fedTo } from '../../core/shell/printed.ts';
import type { Word } from '../../core/shell/words.ts';
import { programName } from '../../core/shell/wrappers.ts';

/** How a client of a database is told what to run, and where. Options are written with blanks between them. */
export interface Client {
  readonly dialect: SqlDialect;
  /** Other options that are followed by a value. */
  readonly values?: string;
  /** Options whose value stands glued to them and may be missing: MySQL's `-p`. */
  readonly glued?: string;
  /** Options that hold a statement, and options that hold a file of them. */
  readonly text?: string;
  readonly file?: string;
  readonly database?: string;
  readonly host?: string;
  /** Options that name a socket of this machine. */
  readonly socket?: string;
  /** What each operand is, in turn; the last counts for the rest. */
  readonly operands?: readonly ('database' | 'host' | 'statement' | 'file' | 'other')[];
  /** Variables that say what no option does, where the line itself sets them. */
  readonly hostVariable?: string;
  readonly databaseVariable?: string;
  /** The database is a file of this machine. */
  readonly embedded?: true;
  /** Where it connects when nobody says anything: not by a variable or a file of settings. */
  readonly otherwise?: string;
  /** Options have one dash and no clusters. */
  readonly single?: true;
  /** With these it says something and ends. */
  readonly idle?: string;
}

/** The program of a client. */
export function client(row: Client): Program {
  const options = {
    values: [row.values, row.text, row.file, row.database, row.host, row.socket].flatMap(list),
    ...(row.single && { single: row.single }),
  };
  const glued = list(row.glued);
  return command => {
    const [, ...all] = command.words;
    const rest = all.filter(
      ({ text }) =>
        !glued.some(it => text.startsWith(it) && text.length > it.length && !text.startsWith('--')),
    );
    const given = readArguments(rest, options);
    if (given.has('--help', '--version', ...list(row.idle))) return [];
    const reach = reachOf(given, row, command);
    const operands = (kind: string) => given.operands.filter((_, index) => kindAt(row, index) === kind);
    const texts = [...given.all(...list(row.text)), ...operands('statement')];
    const files = [...given.all(...list(row.file)), ...operands('file')].filter(word => !isInput(word.text));
    const isFed = texts.length === 0 && files.length === 0;
    return [
      ...texts.map(word => statement(unquotedBy(word, rest), row.dialect, reach)),
      ...files.map(word => sqlFile(word, row.dialect, reach)),
      ...(isFed ? input(command, row.dialect, reach) : []),
    ];
  };
}

export function list(text: string | undefined): readonly string[] {
  return text?.split(/\s+/).filter(Boolean) ?? [];
}

function kindAt({ operands = ['database'] }: Client, index: number): string {
  return operands[index] ?? operands.at(-1) ?? 'other';
}

function isInput(path: string): boolean {
  return path === '-' || path === '/dev/stdin' || path === '/proc/self/fd/0';
}

/** `-e DROP TABLE a`: the quotes were forgotten, and the client is likely mended with the rest. */
function unquotedBy(word: Word, rest: readonly Word[]): Word {
  if (!/^(?:drop|truncate|delete|update|alter|revoke)$/i.test(word.text)) return word;
  const more = rest.slice(rest.indexOf(word) + 1);
  return { ...word, text: [word, ...more].map(it => it.text).join(' ') };
}

type Text = Pick<Word, 'text' | 'known' | 'at'>;

/** A statement as a text within the text; what a command or a variable yields cannot be seen. */
export function statement({ text, known, at }: Text, dialect: SqlDialect, reach: Reach): Said {
  if (!known && isWhollyUnseen(text)) return unknown('a statement that is made while it runs', at);
  return { nested: 'sql', text, dialect, reach, at };
}

export function isWhollyUnseen(text: string): boolean {
  return /^\$\(|^`|^\$\{?\w+\}?$|^<\(/.test(text.trim());
}

function sqlFile({ text, known, wild, at }: Word, dialect: SqlDialect, reach: Reach): Said {
  if (!known || wild) return unknown('files of SQL that are not named', at);
  return { does: 'follow', lead: { to: 'file', path: text, as: 'sql', dialect, reach }, at };
}

/** What is fed to a client: a text, a file, or what the command before it in the pipe prints. */
function input(command: Command, dialect: SqlDialect, reach: Reach): readonly Said[] {
  return fed(
    command,
    text => [statement(text, dialect, reach)],
    path => sqlFile(path, dialect, reach),
  );
}

/** The same for a client of any language: how a text is read, and how a file. */
export function fed(
  command: Command,
  text: (it: Text) => readonly Said[],
  file: (path: Word) => Said,
): readonly Said[] {
  const { input: from, at } = command;
  switch (from.from) {
    case 'nowhere':
      return [];
    case 'text':
      return text(from);
    case 'file':
      return isInput(from.path.text) || from.path.text === '/dev/null' ? [] : [file(from.path)];
    case 'pipe': {
      const value = fedTo(command);
      if (value) return value.options.flatMap(it => text({ text: it, known: value.known, at }));
      return from.commands.filter(it => it.words.length).flatMap(it => piped(it, file));
    }
  }
}

function piped({ words: [name, ...rest], at }: Command, file: (path: Word) => Said): readonly Said[] {
  const program = programName(name?.text ?? '');
  const paths = rest.filter(word => !word.text.startsWith('-'));
  if (program === 'cat' && paths.length) return paths.map(file);
  return [unknown(`what \`${program}\` prints is run by a database`, at)];
}

/** Where a client connects: options, operands, a URL in either, and variables that the line sets. */
function reachOf(given: Arguments, row: Client, command: Command): Reach {
  const operand = (kind: string) => given.operands.find((_, index) => kindAt(row, index) === kind);
  const database = given.value(...list(row.database)) ?? operand('database');
  const host = given.value(...list(row.host)) ?? operand('host');
  if (row.embedded) return file(database);
  const url = [database, host].find(it => it && /:\/\/|^\w+=/.test(it.text));
  // A password that nobody sees tells nothing of the place: `postgres://me:$SECRET@localhost/shop`.
  const address = url && addressed(url.text);
  if (address && (url.known || address.host !== undefined)) return address;
  const variable = variableOf(url) ?? variableOf(host) ?? variableOf(database);
  if (variable !== undefined) return { variable };
  const there =
    host?.text ??
    (given.value(...list(row.socket)) ? 'localhost' : undefined) ??
    set(command, row.hostVariable) ??
    row.otherwise;
  const name = database?.text ?? set(command, row.databaseVariable);
  return {
    ...(there && {
      host: there.startsWith('/') ? 'localhost' : (there.replace(/^tcp:/i, '').split(/[,\\]/, 1)[0] ?? there),
    }),
    ...(name && { database: name }),
  };
}

/** What an address says; where it names neither host nor socket, a variable or a file may. */
export function addressed(text: string): Reach {
  const connection = connectionIn(text);
  if (!connection) return {};
  const isSaid = !connection.here || /host|socket|%2f|^(?:file|sqlite|duckdb):/i.test(text);
  return connection.here && isSaid ? { host: 'localhost', ...connection.reach } : connection.reach;
}

/** A file, or memory; some services have addresses of their own. */
function file(database: Word | undefined): Reach {
  if (database && /^(?:md|motherduck|postgres|mysql|https?|s3|gs|az):/i.test(database.text))
    return { database: database.text };
  return { host: 'localhost', ...(database && database.text !== '' && { database: database.text }) };
}

/** The variable that a word is, or is made with, where the line does not set it. */
export function variableOf(word: Word | undefined): string | undefined {
  return word?.known === false ? /\$\{?(\w+)/.exec(word.text)?.[1] : undefined;
}

function set({ variable }: Command, name: string | undefined): string | undefined {
  const value = name === undefined ? undefined : variable(name);
  return value?.known && value.options.length === 1 ? value.options[0] : undefined;
}
