import type { Doing, Resource } from '../model.ts';
import { changed, outside } from './deeds.ts';
import type { Token } from './lexer.ts';

/*
 * What a statement changes of which no form says what it does: everything but reading and steering the session.
 */

export interface Sort {
  readonly service: string;
  /** A block's body: `SELECT … INTO` fills a variable there. */
  readonly body: boolean;
}

/** The change that a statement makes which begins with a word we know; nothing where it only reads. */
export function changeOf(tokens: readonly Token[], { service, body }: Sort): Doing | undefined {
  const from = tokens.findIndex(it => it.word !== '(');
  const first = tokens[from]?.word ?? '';
  const change = (what: Resource, name?: string) => changed(what, service, name);
  switch (first) {
    case 'SELECT':
    case 'WITH': {
      const table = body ? undefined : selectedInto(tokens);
      return table === undefined ? undefined : change('table', table);
    }
    case 'SET':
      return /^@@(?:global|persist)/i.test(tokens[from + 1]?.text ?? '') ? change('database') : undefined;
    case 'PRAGMA':
      return isLastingPragma(tokens.slice(from + 1)) ? change('database') : undefined;
    case 'ANALYZE':
      return /^(?:SELECT|FORMAT|WITH)$/.test(tokens[from + 1]?.word ?? '') ? undefined : change('table');
    case 'COPY':
      return isQueryOut(tokens.slice(from + 1)) ? undefined : change('rows', tokens[from + 1]?.text);
    case 'ALTER':
      return tokens[from + 1]?.word === 'SESSION' ? undefined : change(...objectOf(tokens.slice(from + 1)));
    case 'DO':
      return change('database');
    case 'VACUUM':
      return tokens.some(it => it.word === 'INTO') ? undefined : change('table');
    case 'PUT':
      return change('object');
    default:
      return reading.has(first) || own.has(first) ? undefined : change(...objectOf(tokens.slice(from + 1)));
  }
}

/** They read, or steer the session. */
const reading: ReadonlySet<string> = new Set(
  (
    'VALUES TABLE SHOW RESET BEGIN START COMMIT END ROLLBACK ABORT SAVEPOINT RELEASE LOCK UNLOCK USE DECLARE FETCH MOVE ' +
    'CLOSE OPEN DEALLOCATE DISCARD LISTEN UNLISTEN NOTIFY PREPARE EXECUTE EXEC HELP XA GET ATTACH DETACH PRINT RAISERROR ' +
    'THROW IF ELSE ELSEIF ELSIF WHILE FOR LOOP REPEAT UNTIL LEAVE ITERATE CASE WHEN RETURN BREAK CONTINUE GOTO WAITFOR ' +
    'TRY CATCH TRAN ASSERT LIST LS DESC DESCRIBE EXPLAIN READTEXT SAVE REVERT PERFORM RAISE EXCEPTION GETDIAGNOSTICS ' +
    'DIAGNOSTICS NULL EXIT SUMMARIZE LET UNSET CACHE SIGNAL RESIGNAL HANDLER CHECK CHECKSUM FROM PIVOT UNPIVOT APPLY ' +
    'CONSISTENCY TRACING PAGING EXPAND REM PROMPT WHENEVER COLUMN ACCEPT VARIABLE DEFINE UNDEFINE CLEAR CONNECT QUIT DBCC (' +
    ' EXISTS WATCH'
  ).split(' '),
);

/** Their forms say all that they do. */
const own: ReadonlySet<string> = new Set(
  'DROP TRUNCATE DELETE UPDATE INSERT REPLACE MERGE KILL SHUTDOWN STARTUP RESTART CALL'.split(' '),
);

/** `SELECT … INTO new FROM old`. A variable, or a passing table of SQL Server, is none. */
function selectedInto(tokens: readonly Token[]): string | undefined {
  const at = outside(tokens, it => it === 'INTO');
  if (at < 0) return undefined;
  const rest = tokens.slice(at + 1).filter(it => !modifiers.has(it.word));
  const [name] = rest;
  if (!name || (name.kind !== 'word' && name.kind !== 'name') || notTables.has(name.word)) return undefined;
  return name.text.startsWith('#') ? undefined : name.text;
}

const notTables = new Set(['OUTFILE', 'DUMPFILE', 'STRICT']);

/** `COPY (SELECT …) TO STDOUT` is a SELECT. */
function isQueryOut(tokens: readonly Token[]): boolean {
  if (tokens[0]?.word !== '(') return false;
  const to = outside(tokens, it => it === 'TO');
  return to >= 0;
}

/** Settings of SQLite that last no longer than the connection. */
const passing =
  /^(?:foreign_keys|cache_size|synchronous|temp_store|busy_timeout|case_sensitive_like|recursive_triggers|query_only|mmap_size|threads|automatic_index|cell_size_check|defer_foreign_keys|ignore_check_constraints|locking_mode|read_uncommitted|reverse_unordered_selects|trusted_schema|analysis_limit|cache_spill|full_column_names|short_column_names|memory_limit|enable_progress_bar)$/i;

const doing = /^(?:wal_checkpoint|optimize|incremental_vacuum)$/i;

function isLastingPragma(tokens: readonly Token[]): boolean {
  const name = (tokens[1]?.word === '.' ? tokens[2] : tokens[0])?.text ?? '';
  return doing.test(name) || (tokens.some(it => it.word === '=') && !passing.test(name));
}

/** Words between a verb and the kind of what it is about. */
const modifiers: ReadonlySet<string> = new Set(
  (
    'OR REPLACE ALTER TEMP TEMPORARY UNLOGGED GLOBAL LOCAL TRANSIENT EXTERNAL FOREIGN DYNAMIC HYBRID ICEBERG MATERIALIZED ' +
    'RECURSIVE UNIQUE CLUSTERED NONCLUSTERED FULLTEXT SPATIAL VIRTUAL SECURE AGGREGATE CONSTRAINT EVENT VECTOR BITMAP ' +
    'IF NOT EXISTS CONCURRENTLY ONLY ON VERBOSE FULL FREEZE'
  ).split(' '),
);

/** MySQL's clauses before the kind: `CREATE DEFINER = me TRIGGER t`. */
const leading = new Set(['DEFINER', 'ALGORITHM', 'SQL']);

const kinds: Readonly<Record<string, Resource>> = {
  TABLE: 'table',
  TABLES: 'table',
  VIEW: 'code',
  FUNCTION: 'code',
  PROCEDURE: 'code',
  TRIGGER: 'code',
  RULE: 'code',
  TASK: 'code',
  MACRO: 'code',
  SCHEMA: 'schema',
  DATABASE: 'database',
  KEYSPACE: 'database',
  SYSTEM: 'database',
  ROLE: 'access',
  USER: 'access',
  LOGIN: 'access',
  GROUP: 'access',
  POLICY: 'protection',
  TABLESPACE: 'volume',
  PUBLICATION: 'service',
  SUBSCRIPTION: 'service',
  SERVER: 'service',
  STAGE: 'bucket',
  STREAM: 'queue',
  COLUMN: 'column',
  WAREHOUSE: 'cluster',
};

/** The kind and the name of what a statement is about, behind its verb. */
export function objectOf(tokens: readonly Token[]): readonly [Resource, string?] {
  const near = tokens.slice(0, 12).filter(it => !modifiers.has(it.word));
  const isLed = leading.has(near[0]?.word ?? '');
  const [kind, name] = near.slice(
    isLed
      ? Math.max(
          0,
          near.findIndex(it => it.word in kinds),
        )
      : 0,
  );
  const what = kinds[kind?.word ?? ''];
  const named = what === undefined ? kind : name;
  const isName = named && named.kind !== 'mark' && named.kind !== 'number';
  const kept = what ?? (isName ? 'resource' : 'database');
  return isName ? [kept, named.text] : [kept];
}
