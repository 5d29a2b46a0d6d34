import type { Doing, Interrupted, Resource } from '../model.ts';
import { changed, unsure, type Deed } from './deeds.ts';
import type { Token } from './lexer.ts';

/*
 * Functions that do more than compute, one row each: what a SELECT may do. Built into the servers, their usual
 * extensions, or SQLite's shell.
 */

/** The arguments, each as its tokens, and who keeps what is lost. */
type Called = (args: readonly (readonly Token[])[], service: string) => readonly Deed[];

/** What a function does by its name, in capitals; nothing for one that only computes. */
export function called(name: string): Called | undefined {
  return functions.get(name) ?? (telling.test(name) && !computing.test(name) ? tells(name) : undefined);
}

const functions: ReadonlyMap<string, Called> = new Map<string, Called>([
  ['PG_READ_FILE', reads(0)],
  ['PG_READ_BINARY_FILE', reads(0)],
  ['PG_STAT_FILE', reads(0)],
  ['PG_LS_DIR', lists(0)],
  ['PG_LS_LOGDIR', unsure("lists files of the database's machine")],
  ['PG_LS_WALDIR', unsure("lists files of the database's machine")],
  ['PG_LS_TMPDIR', unsure("lists files of the database's machine")],
  ['PG_FILE_RENAME', unsure("moves files of the database's machine")],
  ['PG_FILE_SYNC', writes(0)],
  ['LO_IMPORT', reads(0)],
  ['LO_EXPORT', writes(1)],
  ['LO_UNLINK', destroys('object')],
  ['PG_FILE_WRITE', writes(0)],
  ['PG_FILE_UNLINK', removes(0)],
  ['LOAD_FILE', reads(0)],
  ['READFILE', reads(0)],
  ...[
    'READ_CSV',
    'READ_CSV_AUTO',
    'READ_JSON',
    'READ_JSON_AUTO',
    'READ_TEXT',
    'READ_BLOB',
    'READ_PARQUET',
  ].map((name): [string, Called] => [name, reads(0)]),
  ['WRITEFILE', writes(0)],
  ['FSDIR', lists(0)],
  ['LOAD_EXTENSION', unsure('loads a library')],
  ['EDIT', unsure('starts an editor')],
  ['OPENROWSET', unsure('reads from another source')],
  ['OPENQUERY', sql(1)],
  ['EXTERNAL_QUERY', sql(1)],
  ['SYS_EXEC', shell(0)],
  ['SYS_EVAL', shell(0)],
  ['LO_TRUNCATE', destroys('object')],
  ['LO_CREATE', changes('object')],
  ['LO_CREAT', changes('object')],
  ['LO_FROM_BYTEA', changes('object')],
  ['LO_PUT', changes('object')],
  ['LOWRITE', changes('object')],
  ['SETVAL', changes('resource')],
  ['NEXTVAL', changes('resource')],
  ['PG_RELOAD_CONF', changes('database')],
  ['PG_ROTATE_LOGFILE', changes('database')],
  ['PG_SWITCH_WAL', changes('database')],
  ['PG_CREATE_RESTORE_POINT', changes('database')],
  ['PG_LOGICAL_EMIT_MESSAGE', changes('database')],
  ['PG_REPLICATION_SLOT_ADVANCE', changes('database')],
  ['PG_CREATE_PHYSICAL_REPLICATION_SLOT', changes('database')],
  ['PG_CREATE_LOGICAL_REPLICATION_SLOT', changes('database')],
  ['PG_WAL_REPLAY_PAUSE', interrupts('database')],
  ['PG_TERMINATE_BACKEND', interrupts('process')],
  ['PG_CANCEL_BACKEND', interrupts('process')],
  ['PG_DROP_REPLICATION_SLOT', destroys('backup')],
  ['PG_PROMOTE', destroys('cluster')],
  ['PG_STAT_RESET', destroys('cache')],
  ['DROP_CHUNKS', destroys('rows')],
  ['DROPGEOMETRYTABLE', destroys('table')],
  ['DROPGEOMETRYCOLUMN', destroys('column')],
  ['DROPTOPOLOGY', destroys('schema')],
  ['QUERY_TO_XML', sql(0)],
  ['QUERY_TO_XMLSCHEMA', sql(0)],
  ['QUERY_TO_XML_AND_XMLSCHEMA', sql(0)],
  ['TS_STAT', sql(0)],
  ['CURSOR_TO_XML', unsure('runs a cursor')],
  ['DBLINK', linked],
  ['DBLINK_EXEC', linked],
  ['DBLINK_SEND_QUERY', linked],
  ['SYSTEM$CANCEL_ALL_QUERIES', interrupts('process')],
  ['SYSTEM$ABORT_SESSION', interrupts('process')],
  ['SYSTEM$CANCEL_QUERY', interrupts('process')],
]);

/** Nobody's but the database's own: all that is known of it is its name. */
const telling =
  /^(?:DROP|DELETE|PURGE|TRUNCATE|WIPE|DESTROY|ERASE|CLEANUP|CLEAN_UP|CLEAR)_|_(?:CLEANUP|PURGE|WIPE|TRUNCATE)$/;
const computing = /^(?:TRUNCATE_(?:DATE|TIME)|ARRAY_|JSON|DATE_)/;

function tells(name: string): Called {
  return unsure(`calls the function \`${name.toLowerCase()}\``);
}

function literal(tokens: readonly Token[] | undefined): string | undefined {
  return tokens?.find(it => it.kind === 'string')?.text;
}

function reads(index: number): Called {
  return args => onPath(literal(args[index]), path => ({ does: 'read', path }));
}

function lists(index: number): Called {
  return args => onPath(literal(args[index]), path => ({ does: 'list', path }));
}

function writes(index: number): Called {
  return args => onPath(literal(args[index]), path => ({ does: 'write', path, how: 'create' }));
}

function removes(index: number): Called {
  return args => onPath(literal(args[index]), path => ({ does: 'delete', path, deep: false }));
}

function onPath(path: string | undefined, doing: (path: string) => Doing): readonly Deed[] {
  return path === undefined
    ? unsure('a file whose name is not in the text')()
    : [{ does: 'file', of: 'server', doing: doing(path) }];
}

function changes(what: Resource): Called {
  return (args, service) => [changed(what, service, literal(args[0]))];
}

function interrupts(what: Interrupted): Called {
  return (_, service) => [{ does: 'interrupt', what, service, all: false }];
}

function destroys(what: Resource): Called {
  return (args, service) => {
    const name = literal(args[0]);
    return [{ does: 'destroy', what, service, all: false, ...(name === undefined ? {} : { name }) }];
  };
}

function sql(index: number): Called {
  return args => [{ does: 'sql', tokens: args[index] ?? [] }];
}

function shell(index: number): Called {
  return args => [{ does: 'shell', line: literal(args[index]) ?? '', on: 'server' }];
}

/** SQL for another server: read here, and not known there. */
function linked(args: readonly (readonly Token[])[]): readonly Deed[] {
  return [{ does: 'sql', tokens: args[1] ?? args[0] ?? [] }, ...unsure('runs on another server')()];
}
