import type { Doing, Resource } from '../model.ts';
import { truth } from './condition.ts';
import type { Token } from './lexer.ts';
import { pattern } from './pattern.ts';
import type { Pattern } from './pattern.ts';

/*
 * What statements do, one row a form. The first row that fits a place wins, so the narrower stands first.
 * A new form is a row here; a function that does something is a row in `functions.ts`.
 */

/** What a form does: an effect, or something that must be read first. */
export type Deed =
  | Doing
  /** Tokens that yield SQL which runs. What is not all literal is unknown as well. */
  | { readonly does: 'sql'; readonly tokens: readonly Token[]; readonly body?: true }
  /** A line for a shell: `client` on this machine, `server` on the database's. */
  | { readonly does: 'shell'; readonly line: string; readonly on: 'client' | 'server' }
  /** What stands behind it in the statement does not run. */
  | { readonly does: 'stop' }
  /** From here on another database is meant. */
  | { readonly does: 'use'; readonly database: string }
  /** What follows alters this. */
  | { readonly does: 'alter'; readonly owner: Owner }
  | { readonly does: 'prepare'; readonly name: string }
  | { readonly does: 'execute'; readonly name: string };

interface Found {
  readonly service: string;
  readonly names: readonly string[];
  readonly text: string | undefined;
  /** The tokens of the match, and those behind it that belong to the same statement. */
  readonly taken: readonly Token[];
  readonly rest: readonly Token[];
  /** What the ALTER alters that this is a part of: `TABLE`, and its name. */
  readonly owner: Owner | undefined;
}

export interface Owner {
  readonly kind: string;
  readonly name: string | undefined;
}

export interface Form {
  readonly form: string;
  readonly pattern: Pattern;
  /** Only where a statement may begin: these words mean something else elsewhere. */
  readonly start?: boolean;
  /** Only within an ALTER. */
  readonly part?: boolean;
  readonly does: (found: Found) => readonly Deed[];
}

type Does = Form['does'];
type Row = readonly [form: string, does: Does];

/** What DROP takes away, by the words behind it. */
const objects: readonly (readonly [words: string, what: Resource])[] = [
  ['TABLE', 'table'],
  ['TEMPORARY|TEMP|FOREIGN|EXTERNAL|DYNAMIC|HYBRID|ICEBERG|TRANSIENT TABLE', 'table'],
  ['SNAPSHOT TABLE', 'snapshot'],
  ['MATERIALIZED VIEW', 'table'],
  ['SNAPSHOT', 'snapshot'],
  ['BACKUP', 'backup'],
  ['SCHEMA', 'schema'],
  ['EXTERNAL SCHEMA', 'schema'],
  ['DATABASE AUDIT|ENCRYPTION', 'protection'],
  ['DATABASE SCOPED CREDENTIAL', 'access'],
  ['DATABASE|CATALOG', 'database'],
  ['[UNDO] TABLESPACE', 'volume'],
  ['OWNED BY', 'schema'],
  ['ROLE|USER|LOGIN|GROUP|CREDENTIAL|PROFILE|SHARE', 'access'],
  ['USER MAPPING', 'access'],
  ['APPLICATION|SERVER|DATABASE ROLE', 'access'],
  ['ALL ROW ACCESS POLICIES', 'protection'],
  [
    '[ROW|MASKING|NETWORK|PASSWORD|SESSION|SECURITY|AGGREGATION|PROJECTION|AUTHENTICATION] [ACCESS] POLICY',
    'protection',
  ],
  ['[SERVER] AUDIT [SPECIFICATION]', 'protection'],
  ['MASTER|SYMMETRIC|ASYMMETRIC KEY', 'key'],
  ['COLUMN MASTER|ENCRYPTION KEY', 'key'],
  ['CERTIFICATE|SECRET', 'key'],
  ['STAGE', 'bucket'],
  ['QUEUE|STREAM|PIPE', 'queue'],
  ['PUBLICATION|SUBSCRIPTION|SERVER|ENDPOINT|TASK|ALERT|SERVICE|REPLICATION|WAREHOUSE|CONNECTION', 'service'],
  ['COMPUTE POOL', 'cluster'],
  ['AVAILABILITY GROUP', 'cluster'],
  ['EVENT TRIGGER', 'code'],
  ['VIEW|FUNCTION|PROCEDURE|PROC|ROUTINE|TRIGGER|EVENT|PACKAGE|AGGREGATE|MACRO|RULE|ASSEMBLY|MODEL', 'code'],
  [
    'INDEX|SEQUENCE|EXTENSION|TYPE|DOMAIN|CAST|COLLATION|CONVERSION|LANGUAGE|OPERATOR|STATISTICS|TRANSFORM|SYNONYM|' +
      'INTEGRATION|TAG|NOTEBOOK|STREAMLIT|DEFAULT|FULLTEXT|PARTITION',
    'resource',
  ],
  ['TEXT SEARCH', 'resource'],
  ['ACCESS METHOD', 'resource'],
  ['FOREIGN DATA WRAPPER', 'service'],
  ['[RESOURCE|SEARCH|VECTOR|PRIMARY|FILE|XML] INDEX|POOL|FORMAT', 'resource'],
];

const ifExists = '[CONCURRENTLY] [IF EXISTS]';

const drops: readonly Row[] = objects.map(([words, what]) => [
  `DROP ${words} ${ifExists} [<names>]`,
  destroys(what),
]);

/** Parts of an ALTER. */
const parts: readonly Row[] = [
  ['DROP DEFAULT|IDENTITY|EXPRESSION', nothing],
  ['DROP NOT NULL', nothing],
  ['DROP COLUMN [IF EXISTS] [<names>]', columns],
  ['DROP SYSTEM VERSIONING', destroys('backup')],
  ['DROP PARTITION [IF EXISTS] [<names>]', emptied],
  ['DROP CONSTRAINT|CHECK|KEY|INDEX [IF EXISTS] [<names>]', destroys('resource')],
  ['DROP PRIMARY|FOREIGN KEY [IF EXISTS] [<names>]', destroys('resource')],
  ['DROP ALL ROW ACCESS POLICIES', destroys('protection')],
  ['DROP ROW ACCESS POLICY', destroys('protection')],
  ['DROP MASKING|AGGREGATION|PROJECTION POLICY', destroys('protection')],
  ['DROP MEMBER <names>', destroys('access')],
  ...drops,
  ['DROP VALUE|ATTRIBUTE [IF EXISTS] [<names>]', destroys('resource')],
  ['DROP [IF EXISTS] <names>', columns],
  [', COLUMN <names>', columns],
  ['TRUNCATE [SUB] PARTITION', emptied],
  ['EXCHANGE PARTITION', emptied],
  ['DETACH PARTITION', emptied],
  ['DISCARD [PARTITION] TABLESPACE', owned('table')],
  ['DISABLE ROW LEVEL SECURITY', owned('protection')],
  ['NO FORCE ROW LEVEL SECURITY', owned('protection')],
  ['DISABLE [ALWAYS|REPLICA] TRIGGER|RULE', owned('protection')],
  ['DISABLE INNODB REDO_LOG', owned('protection')],
  ['NOCHECK CONSTRAINT', owned('protection')],
  ['UNSET MASKING POLICY', owned('protection')],
  ['SET UNLOGGED', owned('protection')],
  ['DATA_RETENTION_TIME_IN_DAYS =', setTo(/^0$/, 'backup')],
  ['SET OFFLINE|SINGLE_USER|EMERGENCY|RESTRICTED_USER', owned('service')],
  ['SET RECOVERY SIMPLE', owned('backup')],
  ['SET ENCRYPTION OFF', owned('protection')],
  ['REMOVE FILE|FILEGROUP', owned('volume')],
  ['OWNER TO', owned('access')],
  ['TYPE … USING', found => (found.owner?.kind === 'TABLE' ? owned('column')(found) : [])],
  ['SUPERUSER|BYPASSRLS|CREATEROLE|NOLOGIN|PASSWORD', roleOf],
  ['IDENTIFIED', roleOf],
  ['ACCOUNT LOCK', roleOf],
  ['DISABLE', roleOf],
  ['ADD MEMBER', roleOf],
  ['REVOKE', destroys('access')],
];

const rows: readonly Row[] = [
  ...drops,
  ['TRUNCATE TABLE [IF EXISTS] [ONLY] [<names>]', emptied],

  ['DELETE HISTORY FROM <names>', destroys('backup')],
  ['DELETE [LOW_PRIORITY] [QUICK] [IGNORE] [TOP (…)] FROM [ONLY] <names>', rowsWithout('WHERE')],
  ['UPDATE STATISTICS', nothing],
  [
    'UPDATE [LOW_PRIORITY] [IGNORE] [OR ROLLBACK|ABORT|REPLACE|FAIL|IGNORE] [ONLY] [TOP (…)] <names> … SET',
    rowsWithout('WHERE'),
  ],
  ['MATCHED [BY SOURCE|TARGET] THEN DELETE', destroys('rows')],
  ['INSERT OVERWRITE [INTO] [TABLE] <names>', emptied],
  ['LOAD DATA OVERWRITE <names>', emptied],

  [
    'CREATE OR REPLACE [TEMP|TEMPORARY] [TRANSIENT|EXTERNAL|DYNAMIC|HYBRID] TABLE [IF NOT EXISTS] [<name>]',
    destroys('table'),
  ],
  ['CREATE OR REPLACE [TRANSIENT] SCHEMA [<name>]', destroys('schema')],
  ['CREATE OR REPLACE [TRANSIENT] DATABASE [<name>]', destroys('database')],
  ['CREATE OR REPLACE [TEMPORARY|TEMP] STAGE [<name>]', destroys('bucket')],
  ['CREATE OR REPLACE ROLE|USER [<name>]', destroys('access')],

  ['COPY … PROGRAM <text>', ({ text }) => [{ does: 'shell', line: text ?? '', on: 'server' }]],
  ['COPY … TO <text>', writesFile],
  ['COPY … FROM <text>', readsFile],
  ['INTO OUTFILE|DUMPFILE <text>', writesFile],
  ['LOAD DATA|XML [LOW_PRIORITY|CONCURRENT] [LOCAL] INFILE <text>', readsFile],
  ['BULK INSERT <name> FROM <text>', readsFile],
  ['BULK <text>', readsFile],
];

const altered =
  'ROLE|USER|LOGIN|DATABASE|GROUP|SCHEMA|TYPE|DOMAIN|PUBLICATION|SEQUENCE|FUNCTION|SYSTEM|INDEX|ACCOUNT|SERVER|INSTANCE|AGGREGATE';

/** Forms whose first word means something only where a statement begins. */
const starting: readonly Row[] = [
  ['EXPLAIN|DESCRIBE|DESC [QUERY PLAN] [EXTENDED|VERBOSE] ANALYZE FALSE|OFF', stops],
  ['EXPLAIN|DESCRIBE|DESC ANALYZE|ANALYSE', nothing],
  ['EXPLAIN|DESCRIBE|DESC (…)', explained],
  ['EXPLAIN|DESCRIBE|DESC', stops],
  ['ALTER SYSTEM SET|RESET <name>', alterSystem],
  ['ALTER [FOREIGN|EXTERNAL|MATERIALIZED] TABLE|VIEW [IF EXISTS] [ONLY] [<name>]', alters],
  [`ALTER ${altered} [IF EXISTS] [<name>]`, alters],
  ['ALTER', alters],
  ['DROP [IF EXISTS] <names>', destroys('resource')],
  ['TRUNCATE [IF EXISTS] [ONLY] <names>', emptied],
  ['DELETE [LOW_PRIORITY] [QUICK] [IGNORE] [TOP (…)] <names>', rowsWithout('WHERE')],

  ['REVOKE', destroys('access')],
  ['DENY', destroys('access')],
  ['REASSIGN OWNED BY [<names>]', destroys('access')],
  ['GRANT OWNERSHIP … ON [TABLE|SCHEMA|DATABASE|VIEW|ALL|FUTURE] [<name>]', destroys('access')],
  ['GRANT ALL', destroys('protection')],
  ['GRANT … WITH GRANT|ADMIN OPTION', destroys('protection')],
  ['GRANT … TO PUBLIC', destroys('protection')],
  ['GRANT SUPER|CONTROL|IMPERSONATE', destroys('protection')],
  ['GRANT … SPECIALGROUP|ALLUSERS', destroys('protection')],
  ['GRANT', nothing],
  ['SECURITY LABEL … IS NULL', destroys('protection')],
  ['DISABLE TRIGGER [<names>]', destroys('protection')],
  ['SET PASSWORD', destroys('access')],
  ['SET [SESSION] SQL_LOG_BIN =', setTo(/^(?:0|off|false)$/i, 'protection')],
  ['SET STANDARD_CONFORMING_STRINGS =|TO OFF|FALSE', unsure('changes how strings are read')],
  [
    'SET STANDARD_CONFORMING_STRINGS =|TO <text>',
    ({ text }) => (/^on$/i.test(text ?? '') ? [] : unsure('changes how strings are read')()),
  ],
  ['SET [SESSION|GLOBAL] SQL_MODE = <text>', sqlMode],
  ['PRAGMA WRITABLE_SCHEMA =|(', setTo(/^(?!(?:0|off|false|no)$)/i, 'protection')],

  ['RESET MASTER|BINARY', destroysAll('backup')],
  ['RESET SLAVE|REPLICA', destroysAll('service')],
  ['PURGE BINARY|MASTER LOGS', destroys('backup')],
  ['STOP SLAVE|REPLICA|GROUP_REPLICATION', destroys('service')],
  ['UNINSTALL PLUGIN|COMPONENT|SONAME [<names>]', destroys('service')],
  ['KILL [HARD|SOFT] [CONNECTION|QUERY]', destroys('service')],
  ['SHUTDOWN', destroysAll('service')],
  ['RESTART', found => (found.rest.length ? [] : destroysAll('service')(found))],
  ['RESTORE DATABASE|LOG [<name>]', destroysAll('database')],
  ['BACKUP DATABASE|LOG … DISK = <text>', writesFile],
  [
    'DBCC CHECKALLOC|CHECKCATALOG|CHECKCONSTRAINTS|CHECKDB|CHECKFILEGROUP|CHECKTABLE … REPAIR_ALLOW_DATA_LOSS',
    destroys('rows'),
  ],
  [
    'DBCC CHECKALLOC|CHECKCATALOG|CHECKCONSTRAINTS|CHECKDB|CHECKFILEGROUP|CHECKTABLE|CHECKIDENT|HELP|INPUTBUFFER|OPENTRAN|SHOWCONTIG|SHOW_STATISTICS|SQLPERF|TRACEON|TRACEOFF|TRACESTATUS|USEROPTIONS|OUTPUTBUFFER',
    nothing,
  ],
  ['DBCC DROPCLEANBUFFERS|FREEPROCCACHE|FREESYSTEMCACHE|FREESESSIONCACHE', destroys('cache')],
  ['DBCC', destroys('database')],
  ['REMOVE|RM @', destroysAll('object')],
  ['REMOVE|RM <name>', destroysAll('object')],
  ['VACUUM [<name>] INTO <text>', writesFile],
  ['ATTACH [DATABASE] <text>', readsFile],
  ['HANDLER', nothing],
  ['LOAD DATA', nothing],
  [
    'LOAD <text>',
    ({ text }) => [
      { does: 'run', program: text ?? '', origin: 'unfamiliar' },
      ...unsure('loads a library into the server')(),
    ],
  ],
  ['PUT|GET', transfer],
  ['USE SCHEMA|ROLE|WAREHOUSE <name>', nothing],
  ['USE [DATABASE|CATALOG] <name>', uses],

  ['DO', block],
  ['CALL [<name>]', ({ names }) => unsure(`calls the procedure ${ticked(names[0])}`)()],
  ['PREPARE <name> FROM', prepares],
  ['PREPARE <name> [(…)] AS', ({ names }) => [{ does: 'prepare', name: names[0] ?? '' }]],
  ['PREPARE <name>', prepares],
  ['EXECUTE IMMEDIATE', dynamic],
  ['EXECUTE FUNCTION|PROCEDURE', nothing],
  ['EXECUTE TASK|SERVICE|ALERT|NOTEBOOK', unsure('runs what is kept on the server')],
  ['EXEC|EXECUTE AS USER|LOGIN|CALLER|OWNER|SELF', nothing],
  [
    'EXEC|EXECUTE (…)',
    ({ taken, rest }) => [
      ...executed(taken.slice(2, -1)),
      ...(rest[0]?.word === 'AT' ? unsure('runs on another server')() : []),
    ],
  ],
  ['EXEC|EXECUTE', procedure],
  ['CREATE [OR REPLACE] [AGGREGATE] FUNCTION … SONAME', unsure('loads a library into the server')],
  [
    'CREATE [OR REPLACE] FUNCTION … LANGUAGE C|PLPYTHONU|PLPYTHON3U|PLPERLU|PLTCLU',
    unsure('makes code that runs outside of SQL'),
  ],
];

/** The words that statements begin with, besides those of the forms. Whatever begins otherwise is not understood. */
const harmlessStarts: ReadonlySet<string> = new Set(
  (
    'SELECT WITH VALUES TABLE INSERT REPLACE UPDATE MERGE CREATE ALTER GRANT SHOW SET RESET BEGIN START COMMIT END ' +
    'ROLLBACK ABORT SAVEPOINT RELEASE LOCK UNLOCK USE PRAGMA VACUUM ANALYZE ANALYSE REINDEX CLUSTER CHECKPOINT COMMENT ' +
    'NOTIFY LISTEN UNLISTEN DECLARE FETCH MOVE CLOSE OPEN DEALLOCATE DISCARD REFRESH COPY IMPORT RENAME OPTIMIZE CHECK ' +
    'CHECKSUM REPAIR FLUSH INSTALL HELP XA BINLOG CHANGE CACHE SIGNAL RESIGNAL GET ATTACH DETACH PRINT RAISERROR THROW ' +
    'IF ELSE ELSEIF ELSIF WHILE FOR LOOP REPEAT UNTIL LEAVE ITERATE CASE WHEN RETURN BREAK CONTINUE GOTO WAITFOR TRY ' +
    'CATCH TRAN SECURITY ASSERT EXPORT LIST LS UNDROP DESC DESCRIBE EXPLAIN RECONFIGURE BACKUP BULK SAVE ENABLE READTEXT ' +
    'WRITETEXT UPDATETEXT REVERT UNLOAD LOAD PERFORM RAISE EXCEPTION GETDIAGNOSTICS DIAGNOSTICS NULL EXIT CLONE SUMMARIZE ' +
    'REASSIGN APPEND REFRESH UNSET LET ('
  ).split(' '),
);

export const forms: ReadonlyMap<string, readonly Form[]> = indexed([
  ...parts.map(row => form(row, { part: true })),
  ...rows.map(row => form(row, {})),
  ...starting.map(row => form(row, { start: true })),
]);

/** The words with which a statement of one of our forms, or a harmless one, begins. */
export const starts: ReadonlySet<string> = new Set([
  ...harmlessStarts,
  ...[...rows, ...starting].flatMap(([words]) => (words.split(' ')[0] ?? '').split('|')),
]);

function form([words, does]: Row, place: Pick<Form, 'start' | 'part'>): Form {
  return { form: words, pattern: pattern(words), does, ...place };
}

/** By first word: at most places of a text there is then nothing to try. */
function indexed(all: readonly Form[]): ReadonlyMap<string, readonly Form[]> {
  const index = new Map<string, Form[]>();
  for (const it of all)
    for (const word of (it.form.split(' ')[0] ?? '').split('|'))
      index.set(word, [...(index.get(word) ?? []), it]);
  return index;
}

function nothing(): readonly Deed[] {
  return [];
}

/** SQL Server knows no EXPLAIN: it fails on the word and goes on with what follows. */
function stops({ service }: Found): readonly Deed[] {
  return service === 'transactsql' ? [] : [{ does: 'stop' }];
}

export function unsure(why: string): () => readonly Deed[] {
  return () => [{ does: 'unknown', why }];
}

function destroys(what: Resource): Does {
  return found => gone(found, what, false);
}

function destroysAll(what: Resource): Does {
  return found => gone(found, what, true);
}

function emptied(found: Found): readonly Deed[] {
  return gone(
    found.owner?.name === undefined ? found : { ...found, names: [found.owner.name] },
    'rows',
    true,
  );
}

/** What is taken from the ALTER's own object. */
function owned(what: Resource): Does {
  return found => gone({ ...found, names: found.owner?.name ? [found.owner.name] : [] }, what, false);
}

function columns(found: Found): readonly Deed[] {
  const { owner, names } = found;
  const of = owner?.name === undefined ? '' : `${owner.name}.`;
  return gone({ ...found, names: names.map(name => of + name) }, 'column', false);
}

/** Temporary tables of SQL Server go with their session anyway. */
function gone({ service, names }: Found, what: Resource, all: boolean): readonly Deed[] {
  const kept = names.filter(name => !name.startsWith('#'));
  if (names.length && !kept.length) return [];
  const effect = { does: 'destroy', what, service, all } as const;
  return kept.length ? kept.map(name => ({ ...effect, name })) : [effect];
}

/** All rows, where the condition is missing or chooses none; a LIMIT or TOP alone takes some of them. */
function rowsWithout(word: string): Does {
  return found => {
    const at = outside(found.rest, it => it === word);
    const condition = at < 0 ? [] : until(found.rest.slice(at + 1), afterCondition);
    const isChosen = at >= 0 && condition.length > 0 && truth(condition, found.names[0]) !== 'always';
    if (isChosen) return [];
    const isSome =
      found.taken.some(it => it.word === 'TOP') || outside(found.rest, it => it === 'LIMIT') >= 0;
    return gone(found, 'rows', !isSome);
  };
}

const afterCondition = new Set(['RETURNING', 'ORDER', 'LIMIT', 'OPTION', 'GROUP', 'HAVING', 'WHEN']);

/** The index of the first word outside of parentheses that `is` so, or -1. */
function outside(tokens: readonly Token[], is: (word: string) => boolean): number {
  let depth = 0;
  for (const [index, { word }] of tokens.entries()) {
    if (word === '(') depth++;
    if (word === ')') depth--;
    if (depth === 0 && word && is(word)) return index;
  }
  return -1;
}

function until(tokens: readonly Token[], words: ReadonlySet<string>): readonly Token[] {
  let [depth, cases] = [0, 0];
  for (const [index, { word }] of tokens.entries()) {
    if (word === '(') depth++;
    if (word === ')') depth--;
    if (word === 'CASE') cases++;
    if (word === 'END') cases--;
    if (depth === 0 && cases <= 0 && words.has(word)) return tokens.slice(0, index);
  }
  return tokens;
}

/** What a setting becomes: only some values take something away. */
function setTo(value: RegExp, what: Resource): Does {
  return found => (value.test(found.rest[0]?.text ?? '') ? owned(what)(found) : []);
}

const accounts = new Set(['ROLE', 'USER', 'LOGIN', 'GROUP']);

function roleOf(found: Found): readonly Deed[] {
  return accounts.has(found.owner?.kind ?? '') ? owned('access')(found) : [];
}

function alters({ taken, names }: Found): readonly Deed[] {
  const kind = taken.find((it, index) => index > 0 && !modifiers.has(it.word))?.word ?? '';
  return [{ does: 'alter', owner: { kind, name: names[0] } }];
}

const modifiers = new Set(['FOREIGN', 'EXTERNAL', 'MATERIALIZED']);

/** `EXPLAIN (…)`: a later option counts more than an earlier one, and its name may be quoted. */
function explained(found: Found): readonly Deed[] {
  const { taken } = found;
  const runs = taken.some(
    ({ text }, index) =>
      /^analy[sz]e$/i.test(text) && !/^(?:false|off|0)$/i.test(taken[index + 1]?.text ?? ''),
  );
  return runs ? [] : stops(found);
}

/** Settings of PostgreSQL that are a shell's lines, and those without which a crash or a fault cannot be mended. */
function alterSystem(found: Found): readonly Deed[] {
  const setting = found.names[0]?.toLowerCase() ?? '';
  if (setting.endsWith('_command')) {
    const line = found.rest.find(it => it.kind === 'string')?.text ?? '';
    return line ? [{ does: 'shell', line, on: 'server' }] : [];
  }
  return /^(?:fsync|full_page_writes|archive_mode|wal_level|ssl|row_security)$/.test(setting)
    ? gone(found, 'protection', false)
    : [];
}

function sqlMode({ text }: Found): readonly Deed[] {
  return /ANSI|NO_BACKSLASH_ESCAPES|PIPES_AS_CONCAT|ORACLE|MSSQL/i.test(text ?? '')
    ? unsure('changes how strings are read')()
    : [];
}

function readsFile({ text = '' }: Found): readonly Deed[] {
  return isFile(text) ? [{ does: 'read', path: text }] : [];
}

function writesFile({ text = '' }: Found): readonly Deed[] {
  return isFile(text) ? [{ does: 'write', path: text, how: 'create' }] : [];
}

/** Neither a bucket's address nor SQLite's memory. */
function isFile(path: string): boolean {
  return (
    path !== '' &&
    !/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(path) &&
    !/^:memory:/i.test(path) &&
    !path.startsWith('@')
  );
}

/** Snowflake's PUT reads a file of this machine, its GET writes into a folder. */
function transfer({ taken, rest }: Found): readonly Deed[] {
  const words = rest.map(it => it.text).join('');
  const path = /file:\/\/([^@'\s]*)/i.exec(words)?.[1];
  if (path === undefined) return [];
  return taken[0]?.word === 'PUT' ? [{ does: 'read', path }] : [{ does: 'write', path, how: 'create' }];
}

function uses({ names }: Found): readonly Deed[] {
  return names[0] === undefined ? [] : [{ does: 'use', database: names[0] }];
}

/** `DO $$ … $$`. Other languages than PostgreSQL's own are not ours to read. MySQL's DO is an expression. */
function block({ rest }: Found): readonly Deed[] {
  const at = rest.findIndex(it => it.word === 'LANGUAGE');
  const language = at < 0 ? undefined : rest[at + 1];
  if (language && !/^(?:plpgsql|sql)$/i.test(language.text))
    return unsure(`a block of ${ticked(language.text)}`)();
  const body = rest.find(it => it.kind === 'string' && it !== language);
  if (!body || (rest[0] !== body && at !== 0)) return [];
  return [{ does: 'sql', tokens: [body], body: true }];
}

function prepares({ names, rest }: Found): readonly Deed[] {
  return [
    { does: 'prepare', name: names[0] ?? '' },
    { does: 'sql', tokens: argument(rest) },
  ];
}

function dynamic({ rest }: Found): readonly Deed[] {
  return [{ does: 'sql', tokens: argument(rest) }];
}

const afterDynamic = new Set([',', 'USING', 'INTO', ')']);

/** The first argument: up to a comma or a clause. */
function argument(tokens: readonly Token[]): readonly Token[] {
  return until(tokens, afterDynamic);
}

/** Of `EXEC`: a name that was prepared, a procedure, or SQL made from text. */
function procedure({ rest }: Found): readonly Deed[] {
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

function executed(tokens: readonly Token[]): readonly Deed[] {
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
    /^sp_(?:help\w*|who2?|columns|tables|spaceused|databases|lock|depends|stored_procedures|fkeys|pkeys|statistics|describe_\w+)$/i,
    () => [],
  ],
  [/^sp_(?:detach_db|dropserver|removedbreplication)$/i, rest => lost('database', rest)],
  [/^sp_(?:drop|delete|remove|revoke|cycle|purge)\w*$/i, rest => lost('resource', rest)],
  [/^sp_rename$/i, rest => lost('resource', rest)],
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

function ticked(name: string | undefined): string {
  return `\`${name ?? ''}\``;
}
