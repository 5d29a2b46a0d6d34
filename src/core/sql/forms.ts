import { objectOf } from './changes.ts';
import {
  changed,
  changes,
  destroys,
  destroysAll,
  emptied,
  gone,
  interrupts,
  interruptsAll,
  nothing,
  only,
  setTo,
  ticked,
  unsure,
  type Deed,
  type Form,
  type Found,
  type Row,
} from './deeds.ts';
import { drops, parts } from './drops.ts';
import { loadsFile, readsFile, transfer, writesFile, writesOut } from './files.ts';
import { pattern, type Pattern } from './pattern.ts';
import { block, dynamic, executed, prepares, procedure } from './procedures.ts';
import { rowsAdded, rowsWhere } from './rows.ts';

/*
 * What statements do, one row a form. The first row that fits a place wins, so the narrower stands first.
 * A new form is a row here; a function that does something is a row in `functions.ts`.
 */

const rows: readonly Row[] = [
  ...drops,
  ['TRUNCATE TABLE [IF EXISTS] [ONLY] [<names>]', emptied],

  ['DELETE HISTORY FROM <names>', destroys('backup')],
  ['DELETE [LOW_PRIORITY] [QUICK] [IGNORE] [TOP (…)] FROM [ONLY] <names>', rowsWhere],
  ['UPDATE STATISTICS', changes('table')],
  [
    'UPDATE [LOW_PRIORITY] [IGNORE] [OR ROLLBACK|ABORT|REPLACE|FAIL|IGNORE] [ONLY] [TOP (…)] <names> … SET',
    rowsWhere,
  ],
  ['MATCHED [BY SOURCE|TARGET] THEN DELETE', destroys('rows')],
  ['INSERT OVERWRITE [INTO] [TABLE] <names>', emptied],
  [
    'INSERT [LOW_PRIORITY|DELAYED|HIGH_PRIORITY] [IGNORE] [OR ROLLBACK|ABORT|REPLACE|FAIL|IGNORE] [TOP (…)] INTO [TABLE] <names>',
    rowsAdded,
  ],
  ['REPLACE [LOW_PRIORITY|DELAYED] INTO <names>', rowsAdded],
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
  ['INTO OUTFILE|DUMPFILE <text>', writesOut],
  ['LOAD DATA|XML [LOW_PRIORITY|CONCURRENT] [LOCAL] INFILE <text>', loadsFile],
  ['BULK INSERT <name> FROM <text>', loadsFile],
  ['BULK <text>', readsFile],
  // DuckDB reads a file where others have a table.
  ['FROM|JOIN <text>', found => (found.service === 'duckdb' ? readsFile(found) : [])],
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
  ['ALTER SESSION', nothing],
  ['ALTER [FOREIGN|EXTERNAL|MATERIALIZED] TABLE|VIEW [IF EXISTS] [ONLY] [<name>]', alters],
  [`ALTER ${altered} [IF EXISTS] [<name>]`, alters],
  ['ALTER', alters],
  ['DROP [IF EXISTS] <names>', destroys('resource')],
  ['TRUNCATE [IF EXISTS] [ONLY] <names>', emptied],
  ['DELETE [LOW_PRIORITY] [QUICK] [IGNORE] [TOP (…)] <names>', rowsWhere],
  ['INSERT [LOW_PRIORITY|DELAYED|HIGH_PRIORITY] [IGNORE] [TOP (…)] <names>', rowsAdded],
  ['REPLACE [LOW_PRIORITY|DELAYED] <names>', rowsAdded],
  ['MERGE [TOP (…)] [INTO] <names>', rowsAdded],

  ['REVOKE', destroys('access')],
  ['DENY', destroys('access')],
  ['REASSIGN OWNED BY [<names>]', destroys('access')],
  ['GRANT OWNERSHIP … ON [TABLE|SCHEMA|DATABASE|VIEW|ALL|FUTURE] [<name>]', destroys('access')],
  ['GRANT ALL', destroys('protection')],
  ['GRANT … WITH GRANT|ADMIN OPTION', destroys('protection')],
  ['GRANT … TO PUBLIC', destroys('protection')],
  ['GRANT SUPER|CONTROL|IMPERSONATE', destroys('protection')],
  ['GRANT … SPECIALGROUP|ALLUSERS', destroys('protection')],
  ['GRANT', changes('access')],
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
  ['PURGE RECYCLEBIN|DBA_RECYCLEBIN', destroysAll('backup')],
  ['PURGE TABLE|INDEX|TABLESPACE [<name>]', destroys('backup')],
  ['FLASHBACK DATABASE|TABLE [<name>]', destroys('rows')],
  ['NOAUDIT', destroys('protection')],
  ['STOP SLAVE|REPLICA|GROUP_REPLICATION', interrupts('database')],
  ['UNINSTALL PLUGIN|COMPONENT|SONAME [<names>]', destroys('service')],
  ['KILL MUTATION', interrupts('process')],
  ['KILL [HARD|SOFT] [CONNECTION|QUERY]', interrupts('process')],
  ['SHUTDOWN', interruptsAll('database')],
  ['STARTUP', interruptsAll('database')],
  ['RESTART', found => (found.rest.length ? [] : interruptsAll('database')(found))],
  ['SYSTEM SHUTDOWN|KILL', interruptsAll('database')],
  ['SYSTEM STOP|RESTART|SUSPEND', interrupts('database')],
  ['SYSTEM DROP REPLICA|DATABASE|CATALOG', destroys('cluster')],
  ['SYSTEM DROP', destroys('cache')],
  [
    'DETACH TABLE|DATABASE|VIEW|DICTIONARY [IF EXISTS] [<names>]',
    only(['clickhouse'], interrupts('database')),
  ],
  ['RESTORE DATABASE|LOG [<name>]', destroysAll('database')],
  ['BACKUP DATABASE|LOG [<name>]', changes('backup')],
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
  ['EXPORT DATABASE [<name> TO] <text>', only(['duckdb'], writesFile)],
  ['ATTACH [DATABASE] <text>', readsFile],
  ['HANDLER', nothing],
  ['LOAD DATA', changes('rows')],
  [
    'LOAD <text>',
    ({ text }) => [
      { does: 'run', program: text ?? '', origin: 'unfamiliar' },
      ...unsure('loads a library into the server')(),
    ],
  ],
  ['PUT|GET', transfer],
  ['USE SCHEMA|ROLE|WAREHOUSE <name>', nothing],
  ['SET GLOBAL|PERSIST|PERSIST_ONLY', changes('database')],
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
  ['CREATE', found => [made(found)]],
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
    'REASSIGN APPEND REFRESH UNSET LET FROM PIVOT UNPIVOT APPLY CONSISTENCY TRACING PAGING EXPAND REM PROMPT WHENEVER COLUMN ' +
    'ACCEPT VARIABLE DEFINE UNDEFINE CLEAR CONNECT QUIT SYSTEM WATCH AUDIT NOAUDIT FLASHBACK ADMIN EXISTS PURGE ('
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

/** Read when it is first tried: every hook loads this, and few lines have a statement. */
function form([words, does]: Row, place: Pick<Form, 'start' | 'part'>): Form {
  let read: Pattern | undefined;
  return { form: words, pattern: () => (read ??= pattern(words)), does, ...place };
}

/** By first word: at most places of a text there is then nothing to try. */
function indexed(all: readonly Form[]): ReadonlyMap<string, readonly Form[]> {
  const index = new Map<string, Form[]>();
  for (const it of all)
    for (const word of (it.form.split(' ')[0] ?? '').split('|'))
      index.set(word, [...(index.get(word) ?? []), it]);
  return index;
}

/** SQL Server knows no EXPLAIN: it fails on the word and goes on with what follows. */
function stops({ service }: Found): readonly Deed[] {
  return service === 'transactsql' ? [] : [{ does: 'stop' }];
}

function alters({ service, taken, names, rest }: Found): readonly Deed[] {
  const kind = taken.find((it, index) => index > 0 && !modifiers.has(it.word))?.word ?? '';
  return [
    { does: 'alter', owner: { kind, name: names[0] } },
    made({ service, rest: [...taken.slice(1), ...rest] }),
  ];
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

function uses({ names: [database] }: Found): readonly Deed[] {
  return database === undefined ? [] : [{ does: 'use', reach: { database } }];
}

/** CREATE and ALTER: the kind of the thing, and its name. */
function made({ service, rest }: Pick<Found, 'service' | 'rest'>): Deed {
  const [what, name] = objectOf(rest);
  return changed(what, service, name);
}
