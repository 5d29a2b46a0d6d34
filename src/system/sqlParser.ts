import type { SqlDialect } from '../core/model.ts';
import type { ParseSql } from '../core/ports.ts';

/** Dialects that node-sql-parser has no build for: our own reading is the only one. */
type Unparsed = 'clickhouse' | 'duckdb' | 'oracle' | 'unknown';

/** The build of node-sql-parser for a dialect: `node-sql-parser/build/<file>`, bundled as `sql/<file>`. */
export const sqlParserFiles: Readonly<Record<Exclude<SqlDialect, Unparsed>, string>> = {
  postgresql: 'postgresql.js',
  mysql: 'mysql.js',
  mariadb: 'mariadb.js',
  sqlite: 'sqlite.js',
  transactsql: 'transactsql.js',
  bigquery: 'bigquery.js',
  snowflake: 'snowflake.js',
};

/** Characters. The parser takes half a second for a list of ten thousand. */
const longest = 8_192;

/**
 * The dialect's own parser, loaded by `load` (given one of `sqlParserFiles`) when a statement first needs it. Gives
 * nothing for what it cannot parse, for an unknown dialect, and where its file cannot be loaded. Never throws.
 */
export function lazySqlParser(load: (file: string) => unknown): ParseSql {
  const parsers = new Map<SqlDialect, Parser | undefined>();
  return (statement, dialect) => {
    if (!isParsed(dialect) || statement.length > longest || statement.includes('\0')) return undefined;
    if (!parsers.has(dialect)) parsers.set(dialect, loaded(load, sqlParserFiles[dialect]));
    return trees(parsers.get(dialect), statement);
  };
}

function isParsed(dialect: SqlDialect): dialect is keyof typeof sqlParserFiles {
  return Object.hasOwn(sqlParserFiles, dialect);
}

interface Parser {
  readonly astify: (statement: string) => unknown;
}

function loaded(load: (file: string) => unknown, file: string): Parser | undefined {
  try {
    const { Parser } = load(file) as { readonly Parser: new () => Parser };
    return new Parser();
  } catch {
    return undefined;
  }
}

/** Deep nesting ends its stack; that is no tree either. */
function trees(parser: Parser | undefined, statement: string): readonly unknown[] | undefined {
  try {
    const found = parser?.astify(statement);
    return found === undefined || found === null ? undefined : Array.isArray(found) ? found : [found];
  } catch {
    return undefined;
  }
}
