import type { Resource } from '../model.ts';
import { ticked, unsure, until, type Deed, type Found } from './deeds.ts';
import type { Token } from './lexer.ts';

/*
 * SQL that is made from text, and procedures that are known by name.
 */

/** `DO $$ … $$`. Other languages than PostgreSQL's own are not ours to read. MySQL's DO is an expression. */
export function block({ rest }: Found): readonly Deed[] {
  const at = rest.findIndex(it => it.word === 'LANGUAGE');
  const language = at < 0 ? undefined : rest[at + 1];
  if (language && !/^(?:plpgsql|sql)$/i.test(language.text))
    return unsure(`a block of ${ticked(language.text)}`)();
  const body = rest.find(it => it.kind === 'string' && it !== language);
  if (!body || (rest[0] !== body && at !== 0)) return [];
  return [{ does: 'sql', tokens: [body], body: true }];
}

export function prepares({ names, rest }: Found): readonly Deed[] {
  return [
    { does: 'prepare', name: names[0] ?? '' },
    { does: 'sql', tokens: argument(rest) },
  ];
}

export function dynamic({ rest }: Found): readonly Deed[] {
  // Snowflake's `EXECUTE IMMEDIATE FROM @stage/file.sql`.
  if (rest[0]?.word === 'FROM') return unsure('runs a file that the server keeps')();
  return [{ does: 'sql', tokens: argument(rest) }];
}

const afterDynamic = new Set([',', 'USING', 'INTO', ')']);

/** The first argument: up to a comma or a clause. */
function argument(tokens: readonly Token[]): readonly Token[] {
  return until(tokens, afterDynamic);
}

/** Of `EXEC`: a name that was prepared, a procedure, or SQL made from text. */
export function procedure({ rest }: Found): readonly Deed[] {
  const isAssigned = rest[0]?.kind === 'variable' && rest[1]?.word === '=';
  const call = isAssigned ? rest.slice(2) : rest;
  const last = call.findIndex((_, index) => call[index + 1]?.word !== '.' && call[index]?.word !== '.');
  const name = call[last];
  if (!name) return unsure('runs something that is not named')();
  if (name.kind === 'string') return executed(call);
  const known = procedures.find(([names]) => names.test(name.text));
  if (known) return known[1](call.slice(last + 1));
  if (name.kind === 'variable') return unsure(`runs what is in ${ticked(name.text)}`)();
  return [{ does: 'execute', name: name.text }];
}

export function executed(tokens: readonly Token[]): readonly Deed[] {
  return [{ does: 'sql', tokens: argument(tokens) }];
}

type Called = (rest: readonly Token[]) => readonly Deed[];

/** Procedures of SQL Server, by name. */
const procedures: readonly (readonly [RegExp, Called])[] = [
  [/^sp_executesql$/i, rest => [{ does: 'sql', tokens: argument(valueOf(rest)) }]],
  [/^(?:sp_msforeachtable|sp_msforeachdb)$/i, rest => [{ does: 'sql', tokens: argument(valueOf(rest)) }]],
  [
    /^xp_cmdshell$/i,
    rest => [{ does: 'shell', line: rest.find(it => it.kind === 'string')?.text ?? '', on: 'server' }],
  ],
  [
    /^sp_(?:help\w*|who2?|columns|tables|spaceused|databases|lock|depends|stored_procedures|fkeys|pkeys|statistics|describe_\w+|server_info|datatype_info)$/i,
    () => [],
  ],
  [/^sp_(?:detach_db|dropserver|removedbreplication)$/i, rest => lost('database', rest)],
  [
    /^sp_(?:drop|remove|revoke|deny)(?:login|user|role|rolemember|srvrolemember|app_?role|alias)?$|^sp_(?:droplogin|dropuser|droprole|droprolemember|dropsrvrolemember|dropapprole|revokelogin|revokedbaccess|denylogin)$/i,
    rest => lost('access', rest),
  ],
  [/^sp_delete_backuphistory$|^xp_delete_file$/i, rest => lost('backup', rest)],
  [/^sp_(?:drop|delete|remove|revoke|cycle|purge)\w*$/i, rest => lost('resource', rest)],
  [/^sp_rename(?:db)?$/i, rest => lost('resource', rest)],
];

function lost(what: Resource, rest: readonly Token[]): readonly Deed[] {
  const name = rest.find(it => it.kind === 'string')?.text;
  return [
    { does: 'destroy', what, service: 'transactsql', all: false, ...(name === undefined ? {} : { name }) },
  ];
}

/** The value of `@stmt = N'…'`, or of `N'…'`. */
function valueOf(rest: readonly Token[]): readonly Token[] {
  return rest[0]?.kind === 'variable' && rest[1]?.word === '=' ? rest.slice(2) : rest;
}
