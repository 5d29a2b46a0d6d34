import { readings } from './sql/lexer.ts';
import { statements, type Piece } from './sql/statements.ts';

/** A database that a person named, for models to ask without knowing how it is reached. */
export interface Connection {
  readonly kind: DatabaseKind;
  /** Where its address is, as `--with` names it; of SQLite its file. */
  readonly from: string;
  /** What a person calls the environment it belongs to. */
  readonly environment?: string;
  /** Whether more than reading is possible at all. */
  readonly writable: boolean;
}

export const databaseKinds = ['postgres', 'mysql', 'sqlite'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

const dialects = { postgres: 'postgresql', mysql: 'mysql', sqlite: 'sqlite' } as const;

/**
 * Why a client is not handed a text; `undefined` where it may be. What a client takes for itself (`\!`, `.shell`) never
 * goes to one. Where only reading is allowed it is one statement that begins as a question does: a setting, or a second
 * statement, could end what makes the database read-only.
 */
export function unfit(
  text: string,
  { kind, writable }: Pick<Connection, 'kind' | 'writable'>,
): string | undefined {
  if (text.length > longest) return 'the statement is too long';
  if (text.includes('\0')) return 'the statement has a zero in it';
  const { pieces, faults } = statements(text, readings[dialects[kind]]);
  if (faults.length) return 'the statement does not end as it began';
  if (!pieces.length) return 'there is no statement';
  const told = pieces.some(it => it.kind === 'client') || /^\s*[\\.]/.test(text);
  if (told || (kind === 'mysql' && withoutStrings(text, pieces).includes('\\')))
    return 'it holds a command for the client program rather than a statement';
  if (writable) return undefined;
  const [only, ...more] = pieces;
  if (more.length) return 'this connection is read-only, and takes one statement at a time';
  const first = only?.kind === 'statement' ? only.tokens[0]?.word : undefined;
  return first !== undefined && questions.test(first)
    ? undefined
    : 'this connection is read-only: the statement does not begin as a question does';
}

const longest = 100_000;
const questions = /^(?:SELECT|WITH|VALUES|TABLE|SHOW|EXPLAIN|DESC|DESCRIBE|PRAGMA|\()$/;

/** The text as far as it stands in no string and no quoted name. */
function withoutStrings(text: string, pieces: readonly Piece[]): string {
  const strings = pieces.flatMap(it =>
    it.kind === 'statement' ? it.tokens.filter(({ kind }) => kind === 'string' || kind === 'name') : [],
  );
  let [rest, from] = ['', 0];
  for (const { at } of strings) {
    rest += text.slice(from, at[0]);
    from = at[1];
  }
  return rest + text.slice(from);
}

/** The rows of comma- or tab-separated values; the last one only where it ends. */
export function rowsIn(text: string, separator: ',' | '\t'): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let [row, field, at]: [string[], string, number] = [[], '', 0];
  while (at < text.length) {
    const character = text[at] ?? '';
    if (separator === ',' && character === '"' && field === '') {
      const end = closing(text, at);
      if (end < 0) return rows;
      field = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else if (character === separator) {
      row.push(field);
      field = '';
      at++;
    } else if (character === '\n') {
      rows.push([...row, field.replace(/\r$/, '')]);
      [row, field] = [[], ''];
      at++;
    } else {
      const next = text.slice(at).search(separator === ',' ? /[,\n]/ : /[\t\n]/);
      field += next < 0 ? text.slice(at) : text.slice(at, at + next);
      at = next < 0 ? text.length : at + next;
    }
  }
  return rows;
}

function closing(text: string, start: number): number {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || text[at + 1] !== '"') return at;
  }
}

/** A table as models read it, the first row its head. `cut` where there may be more than was read. */
export function tableOf(rows: readonly (readonly string[])[], limit: number, cut: boolean): string {
  const [head, ...body] = rows;
  if (!head) return 'No rows.';
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const shown = body.slice(0, limit);
  const left = cut || body.length > shown.length;
  const count = left
    ? `The first ${shown.length} rows; there are more.`
    : `${shown.length} ${shown.length === 1 ? 'row' : 'rows'}.`;
  return [line(head), line(head.map(() => '---')), ...shown.map(line), '', count].join('\n');
}

function cell(text: string): string {
  const short = text.length > widest ? `${text.slice(0, widest)}… (${text.length} characters)` : text;
  return short.replaceAll('|', '\\|').replaceAll(/\r?\n/g, '⏎');
}

const widest = 1000;

export const usualRows = 200;
export const mostRows = 2000;
