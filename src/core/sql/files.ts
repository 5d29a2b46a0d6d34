import { changed, type Deed, type Found } from './deeds.ts';

/** A file that a statement reads: a bulk load, which is an ordinary thing. */
export function readsFile({ text = '' }: Found): readonly Deed[] {
  return isFile(text) ? [{ does: 'read', path: text }] : [];
}

export function loadsFile(found: Found): readonly Deed[] {
  return [...readsFile(found), changed('rows', found.service, found.names[0])];
}

/** A file that the server writes where it runs. */
export function writesFile({ text = '' }: Found): readonly Deed[] {
  return isFile(text)
    ? [{ does: 'file', of: 'server', doing: { does: 'write', path: text, how: 'create' } }]
    : [];
}

/** ClickHouse's client writes where it runs, and MySQL's server does. */
export function writesOut(found: Found): readonly Deed[] {
  return writesFile(found).map(deed =>
    deed.does === 'file' && found.service === 'clickhouse' ? { ...deed, of: 'client' } : deed,
  );
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
export function transfer({ taken, rest }: Found): readonly Deed[] {
  const words = rest.map(it => it.text).join('');
  const path = /file:\/\/([^@'\s]*)/i.exec(words)?.[1];
  if (path === undefined) return [];
  return taken[0]?.word === 'PUT' ? [{ does: 'read', path }] : [{ does: 'write', path, how: 'create' }];
}
