import type { Resource } from '../model.ts';
import {
  destroys,
  emptied,
  gone,
  interrupts,
  nothing,
  only,
  owned,
  setTo,
  type Deed,
  type Found,
  type Row,
} from './deeds.ts';
import { rowsWhere } from './rows.ts';

/*
 * What DROP takes away, and what an ALTER can take away. The first row that fits a place wins, so the narrower stands
 * first.
 */

/** What DROP takes away, by the words behind it. */
const objects: readonly (readonly [words: string, what: Resource])[] = [
  ['TABLE', 'table'],
  ['TEMPORARY|TEMP|FOREIGN|EXTERNAL|DYNAMIC|HYBRID|ICEBERG|TRANSIENT TABLE', 'table'],
  ['SNAPSHOT TABLE', 'snapshot'],
  ['MEASUREMENT|COLUMNFAMILY|SERIES|DICTIONARY', 'table'],
  ['RETENTION POLICY', 'backup'],
  ['RESTORE POINT', 'backup'],
  ['DATABASE LINK', 'service'],
  ['SETTINGS PROFILE', 'resource'],
  ['NAMED COLLECTION', 'key'],
  ['CONTINUOUS QUERY', 'code'],
  ['PERSISTENT|TEMPORARY SECRET', 'key'],
  ['MATERIALIZED VIEW LOG', 'resource'],
  ['MATERIALIZED VIEW', 'table'],
  ['SNAPSHOT', 'snapshot'],
  ['BACKUP', 'backup'],
  ['SCHEMA', 'schema'],
  ['EXTERNAL SCHEMA', 'schema'],
  ['DATABASE AUDIT|ENCRYPTION', 'protection'],
  ['DATABASE SCOPED CREDENTIAL', 'access'],
  ['DATABASE|CATALOG|KEYSPACE', 'database'],
  ['PLUGGABLE DATABASE', 'database'],
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

export const drops: readonly Row[] = objects.map(([words, what]) => [
  `DROP ${words} ${ifExists} [<names>]`,
  destroys(what),
]);

/** Parts of an ALTER. */
export const parts: readonly Row[] = [
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
  ['DROP PART', emptied],
  ['DROP PROJECTION [IF EXISTS] [<names>]', destroys('resource')],
  ['CLEAR COLUMN|INDEX|PROJECTION', owned('column')],
  ['DELETE|UPDATE [IN PARTITION <name>]', only(['clickhouse'], rowsWhere)],
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
  ['SET OFFLINE|SINGLE_USER|EMERGENCY|RESTRICTED_USER', interrupts('database')],
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

function columns(found: Found): readonly Deed[] {
  const { owner, names } = found;
  const of = owner?.name === undefined ? '' : `${owner.name}.`;
  return gone({ ...found, names: names.map(name => of + name) }, 'column', false);
}

const accounts = new Set(['ROLE', 'USER', 'LOGIN', 'GROUP']);

function roleOf(found: Found): readonly Deed[] {
  return accounts.has(found.owner?.kind ?? '') ? owned('access')(found) : [];
}
