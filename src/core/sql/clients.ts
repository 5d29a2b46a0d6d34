import type { SqlDialect } from '../model.ts';
import type { Deed } from './deeds.ts';

/*
 * Lines that clients take for themselves, one row a command. They reach files and shells of this machine.
 * Commands of psql, sqlite3 (which duckdb takes too), mysql, sqlcmd, snowsql and sqlplus; not checked against their manuals.
 */

export type ClientDeed =
  | Deed
  /** Text that may become SQL later. */
  | { readonly does: 'text'; readonly sql: string }
  /** No command of this client: perhaps the text was written for another. */
  | { readonly does: 'strange'; readonly why: string };

/** What a client's own line does. `line` begins with its first character: a backslash, a dot, a colon, a word. */
export function clientLine(line: string, dialect: SqlDialect): readonly ClientDeed[] {
  if (line.length > longest) return unknown('a very long line for the client');
  switch (dialect) {
    case 'postgresql':
      return psql(line);
    case 'mysql':
    case 'mariadb':
      return mysql(line);
    case 'sqlite':
    case 'duckdb':
      return sqlite(line);
    case 'oracle':
      return sqlplus(line);
    case 'transactsql':
      return sqlcmd(line);
    case 'snowflake':
      return snowsql(line);
    case 'bigquery':
    case 'clickhouse':
    case 'unknown':
      return [{ does: 'unknown', why: 'a line for a client' }];
  }
}

/** Characters. The patterns below look at a line more than once. */
const longest = 4096;

type Does = (rest: string) => readonly ClientDeed[];
type Commands = readonly (readonly [names: string, does: Does])[];

const psqlCommands: Commands = [
  ['!', shell],
  ['i include ir include_relative', follow],
  ['copy', copy],
  ['g gx', outputs],
  ['o out w write s', outputs],
  ['gexec', () => unknown('runs what a query gives')],
  ['e edit ef ev', () => unknown('starts an editor')],
  ['c connect', connects],
  ['set', variable],
  ['lo_import', reads],
  ['lo_export', rest => writes(rest.replace(/^\S+\s*/, ''))],
  [
    'lo_unlink',
    rest => [{ does: 'destroy', what: 'object', service: 'postgresql', name: word(rest), all: false }],
  ],
  ['password', () => [{ does: 'destroy', what: 'access', service: 'postgresql', all: false }]],
];

/** `\c other`, and `\c other user host`, where `-` keeps what was. */
function connects(rest: string): readonly ClientDeed[] {
  const [database = '-', , host = '-'] = rest.split(/\s+/).map(unquoted);
  const reach = {
    ...(/^[\w-]*\w/.test(database) && { database }),
    ...(/^[\w.-]*\w/.test(host) && { host }),
  };
  return Object.keys(reach).length ? [{ does: 'use', reach }] : [];
}

const psqlHarmless =
  /^(?:(?:d|bind|close|flush)\w*\+{0,2}|(?:[afhHlpqrtTxzCZ?]|sf|sv|gset|gdesc|crosstabview|watch|echo|qecho|warn|if|elif|else|endif|timing|pset|conninfo|encoding|errverbose|prompt|cd|setenv|getenv|unset|help|html|quit|reset|print|title|copyright|parse|startpipeline|endpipeline|syncpipeline|sendpipeline|getresults|restrict|unrestrict)[+SAx]{0,4})$/;

function psql(line: string): readonly ClientDeed[] {
  const [, name = '', rest = ''] = /^\\(!|\?|[a-zA-Z_]+\+?)\s*([^]*)$/.exec(line) ?? [];
  const quoted = name === '!' ? [] : backquoted(rest);
  const found = row(psqlCommands, name);
  if (found) return [...quoted, ...found(rest)];
  return psqlHarmless.test(name) ? quoted : [...quoted, ...strange(`psql's \`\\${name}\``)];
}

/** psql runs what stands in backquotes among a command's arguments. */
function backquoted(rest: string): readonly ClientDeed[] {
  return rest.split('`').flatMap((part, index) => (index % 2 ? shell(part) : []));
}

function variable(rest: string): readonly ClientDeed[] {
  return [{ does: 'text', sql: unquoted(rest.replace(/^\S+\s*/, '')) }];
}

function copy(rest: string): readonly ClientDeed[] {
  const query = /^\s*\(([^]*)\)\s*to\b/i.exec(rest)?.[1];
  const inner: readonly ClientDeed[] = query === undefined ? [] : [{ does: 'text', sql: query }];
  const found =
    /\b(from|to)\s+(program\s+)?('(?:[^']|'')*'|[^\s;]+)(?![^]*\b(?:from|to)\s+(?:program\b|'))/i.exec(
      query === undefined ? rest : rest.slice(rest.lastIndexOf(')', rest.search(/\)\s*to\b/i))),
    );
  const [, way = '', program, target = ''] = found ?? [];
  if (program) return [...inner, ...shell(unquoted(target))];
  if (!found || /^p?std(?:in|out)$/i.test(target)) return inner;
  return [...inner, ...(way.toLowerCase() === 'to' ? writes(target) : reads(target))];
}

const sqliteCommands: Commands = [
  ['shell system', shell],
  ['read', rest => (rest.startsWith('|') ? shell(rest.slice(1)) : follow(rest))],
  ['output once', outputs],
  ['excel www', () => unknown('starts another program')],
  ['import', rest => piped(withoutOptions(rest), reads)],
  [
    'restore',
    rest => [{ does: 'destroy', what: 'database', service: 'sqlite', all: true }, ...reads(last(rest))],
  ],
  ['backup save', rest => writes(last(rest))],
  ['clone', writes],
  ['load', () => unknown('loads a library')],
  ['open', opens],
  ['log trace', rest => (/^(?:on|off|stdout|stderr)?$/i.test(rest) ? [] : writes(rest))],
  ['archive ar', rest => (/(?:^|\s)-{0,2}(?:t|list)/.test(rest) ? [] : unknown('packs or unpacks files'))],
  ['session', () => []],
  ['testcase', outputs],
];

const sqliteHarmless =
  /^\.(?:auth|bail|binary|cd|changes|check|connection|crlf|crnl|databases|dbconfig|dbinfo|dbtotxt|dump|echo|eqp|exit|expert|explain|filectrl|fullschema|headers?|help|imposter|indexes|indices|intck|iotrace|limit|lint|mode|nonce|nullvalue|parameter|param|print|progress|prompt|quit|recover|scanstats|schema|selftest|separator|sha3sum|show|stats|tables|timeout|timer|unmodule|version|vfsinfo|vfslist|vfsname|vfs|width)$/;

/** sqlite3 takes the beginning of a command for the command. */
function sqlite(line: string): readonly ClientDeed[] {
  const [, name = '', rest = ''] = /^(\.[a-zA-Z0-9]*)\s*([^]*)$/.exec(line) ?? [];
  if (sqliteHarmless.test(name)) return [];
  const found =
    row(sqliteCommands, name.slice(1)) ??
    (name.length > 1
      ? sqliteCommands.find(([names]) => names.split(' ').some(it => it.startsWith(name.slice(1))))?.[1]
      : undefined);
  return found ? found(rest) : harmlessBeginning.test(name) ? [] : strange(`sqlite3's \`${name}\``);
}

const harmlessBeginning = /^\.(?:tab|sch|head|he|mo|da|du|ex|q|ti|wi|nu|ind)/;

function opens(rest: string): readonly ClientDeed[] {
  const path = last(rest);
  if (/--?new\b/.test(rest)) return [{ does: 'write', path: unquoted(path), how: 'empty' }];
  return path ? [{ does: 'use', reach: { database: unquoted(path) } }] : [];
}

const mysqlCommands: Commands = [
  ['! system', shell],
  ['. source', follow],
  ['T tee', writes],
  ['P pager', rest => (rest ? shell(rest) : [])],
  ['e edit', () => unknown('starts an editor')],
  ['u use', rest => [{ does: 'use', reach: { database: word(rest) } }]],
  ['r R s notee nopager', () => []],
];

function mysql(line: string): readonly ClientDeed[] {
  const [, name = '', rest = ''] = /^\\?([!.]|(?<=\\)[a-zA-Z]|[a-zA-Z]+)\s*([^]*)$/.exec(line) ?? [];
  const found = row(mysqlCommands, line.startsWith('\\') ? name : name.toLowerCase());
  return found ? found(rest.replace(/;\s*$/, '')) : strange(`mysql's \`${name}\``);
}

const sqlcmdCommands: Commands = [
  [':!! !!', shell],
  [':r', follow],
  [':out :error', rest => (/^(?:stdout|stderr)$/i.test(rest) ? [] : writes(rest))],
  [':connect', rest => [{ does: 'use', reach: { host: word(rest).split(/[\\,]/, 1)[0] ?? '' } }]],
  [':setvar', variable],
  [':ed', () => unknown('starts an editor')],
  [':on :list :listvar :reset :exit :quit :perftrace :serverlist :help :xml :reset', () => []],
];

function sqlcmd(line: string): readonly ClientDeed[] {
  const [, name = '', rest = ''] = /^(:?!!|:[a-zA-Z]+)\s*([^]*)$/.exec(line) ?? [];
  return (row(sqlcmdCommands, name.toLowerCase()) ?? (() => strange(`sqlcmd's \`${name}\``)))(rest);
}

const snowsqlCommands: Commands = [
  ['source load', follow],
  ['system', shell],
  ['spool', rest => (/^off$/i.test(rest) ? [] : writes(rest))],
  ['edit', () => unknown('starts an editor')],
  ['define', variable],
  [
    'set variables vars print queries options opts quit exit disconnect connect help abort result pause rehash',
    () => [],
  ],
];

function snowsql(line: string): readonly ClientDeed[] {
  const [, name = '', rest = ''] = /^!([a-zA-Z]*)\s*([^]*)$/.exec(line) ?? [];
  return (row(snowsqlCommands, name.toLowerCase()) ?? (() => strange(`snowsql's \`!${name}\``)))(rest);
}

const sqlplusCommands: Commands = [
  ['@ @@ start get', follow],
  ['! host ho', shell],
  ['$', shell],
  ['spool spo', rest => (/^(?:off|out)?$/i.test(rest) ? [] : writes(rest))],
  ['edit ed', () => unknown('starts an editor')],
  ['connect conn', () => []],
  ['execute exec', rest => [{ does: 'unknown', why: `runs \`${rest.slice(0, 60)}\`` }]],
  ['define def', variable],
];

function sqlplus(line: string): readonly ClientDeed[] {
  const [, name = '', rest = ''] = /^(@@?|[!$]|[a-zA-Z]+)\s*([^]*)$/.exec(line) ?? [];
  return (row(sqlplusCommands, name.toLowerCase()) ?? (() => strange(`sqlplus's \`${name}\``)))(rest);
}

function row(commands: Commands, name: string): Does | undefined {
  return commands.find(([names]) => names.split(' ').includes(name))?.[1];
}

function shell(rest: string): readonly ClientDeed[] {
  return [{ does: 'shell', line: rest.trim(), on: 'client' }];
}

function follow(rest: string): readonly ClientDeed[] {
  return [{ does: 'follow', lead: { to: 'file', path: unquoted(rest), as: 'sql' } }];
}

function reads(rest: string): readonly ClientDeed[] {
  return [{ does: 'read', path: word(rest) }];
}

function writes(rest: string): readonly ClientDeed[] {
  return [{ does: 'file', of: 'client', doing: { does: 'write', path: word(rest), how: 'create' } }];
}

/** A file to write to, a pipe into a shell, or nothing: back to the screen. */
function outputs(rest: string): readonly ClientDeed[] {
  const target = unquoted(rest.replace(/^\((?:[^)]*)\)\s*/, '').replace(/^(?:-\w+\s+)+/, ''));
  return target === '' || target === 'stdout' || target === 'off' ? [] : piped(target, writes);
}

function piped(rest: string, otherwise: Does): readonly ClientDeed[] {
  const target = unquoted(rest);
  return target.startsWith('|')
    ? [{ does: 'shell', line: target.slice(1).trim(), on: 'client', fed: true }]
    : otherwise(rest);
}

function withoutOptions(rest: string): string {
  return rest.replace(/^(?:--?(?:skip|schema)\s+\S+\s+|--?\w+\s+)+/, '');
}

function unknown(why: string): readonly ClientDeed[] {
  return [{ does: 'unknown', why }];
}

function strange(why: string): readonly ClientDeed[] {
  return [{ does: 'strange', why }];
}

function word(rest: string): string {
  return unquoted(/^(?:'[^']*'|"[^"]*"|[^\s;]+)/.exec(rest.trim())?.[0] ?? '');
}

function last(rest: string): string {
  return rest.trim().split(/\s+/).at(-1) ?? '';
}

function unquoted(text: string): string {
  const trimmed = text.trim().replace(/;$/, '');
  return /^(['"])[^]*\1$/.test(trimmed) && trimmed.length > 1 ? trimmed.slice(1, -1) : trimmed;
}
