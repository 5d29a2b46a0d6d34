import type { Span } from '../model.ts';
import { scanner } from './lexer.ts';
import type { Fault, Reading, Scanner, Token } from './lexer.ts';

/** What a text is made of: statements for the server, and lines that its usual client takes for itself. */
export type Piece =
  | {
      readonly kind: 'statement';
      readonly tokens: readonly Token[];
      readonly at: Span;
      /** It makes a function, procedure or trigger: what stands in it does not run now. */
      readonly routine: boolean;
    }
  | { readonly kind: 'client'; readonly line: string; readonly at: Span };

export interface Statements {
  readonly pieces: readonly Piece[];
  /** Where the text does not end as it began: unclosed strings, comments, bodies. */
  readonly faults: readonly Fault[];
}

/** Cuts a text as the dialect's usual client does. Linear in the text. */
export function statements(text: string, reading: Reading): Statements {
  const scan = scanner(text, reading);
  const lineEnd = lineEnds(text);
  const faults: Fault[] = [];
  const pieces: Piece[] = [];
  let open = opened();
  let delimiter = ';';

  for (let begin = scan.begin(); begin < text.length; begin = scan.begin()) {
    const isEmpty = open.tokens.length === 0;
    const line =
      isEmpty || mayBegin.test(text[begin] ?? '')
        ? clientLine({ text, from: begin, lineEnd }, reading, isEmpty)
        : undefined;
    if (line) takeLine(line, begin);
    else if (delimiter !== ';' && text.startsWith(delimiter, begin)) {
      finish();
      scan.jump(begin + delimiter.length);
    } else take(scan);
  }
  finish();
  return { pieces, faults: [...scan.faults, ...faults] };

  function takeLine(line: ClientLine, begin: number): void {
    scan.jump(line.end);
    if (line.means === 'keep') return;
    if (line.means !== 'line' || line.finishes) finish();
    if (line.means === 'delimiter') delimiter = line.delimiter || ';';
    if (line.means === 'line') pieces.push({ kind: 'client', line: line.text, at: [begin, line.end] });
  }

  function take(from: Scanner): void {
    const token = from.next();
    if (!token) return;
    const ends = token.word === ';' && delimiter === ';' && !isInside(open, reading);
    if (!ends) return grow(open, token, reading);
    const to = dataEnd(text, token.at[1], open.tokens, reading);
    if (to !== undefined) from.jump(to);
    finish();
  }

  function finish(): void {
    const [first, last] = [open.tokens[0], open.tokens.at(-1)];
    if (!first || !last) return;
    const at: Span = [first.at[0], last.at[1]];
    if (open.depth > 0 && !reading.loose && reading.dialect !== 'oracle')
      faults.push({ why: 'a body without its end', at });
    pieces.push({ kind: 'statement', tokens: open.tokens, at, routine: open.routine });
    open = opened();
  }
}

/** psql takes the lines behind `COPY … FROM STDIN;` for data, up to one that is `\.`, and so do dumps. */
function dataEnd(
  text: string,
  from: number,
  tokens: readonly Token[],
  { dialect }: Reading,
): number | undefined {
  if (dialect !== 'postgresql' || tokens[0]?.word !== 'COPY') return undefined;
  const isFromClient = tokens.some(
    ({ word }, index) => word === 'STDIN' && tokens[index - 1]?.word === 'FROM',
  );
  if (!isFromClient || !/^[ \t]*\r?\n/.test(text.slice(from, from + 80))) return undefined;
  const end = text.indexOf('\n\\.', from);
  return end < 0 || /\S/.test(text[end + 3] ?? '') ? undefined : end + 3;
}

/** The statement being read. */
interface Open {
  readonly tokens: Token[];
  /** How many BEGIN and CASE wait for their END. */
  depth: number;
  /** It has a body, in which a semicolon ends nothing. */
  bodied: boolean;
  /** The body runs later, and only when called. */
  routine: boolean;
  /** Whether its head may still turn out to be a routine's. */
  undecided: boolean;
}

function opened(): Open {
  return { tokens: [], depth: 0, bodied: false, routine: false, undecided: true };
}

/** SQL Server's routines take all the rest of their batch, and Oracle's the lines up to one that is `/`. */
function isInside(open: Open, reading: Reading): boolean {
  const isWhole = reading.loose || reading.dialect === 'oracle';
  return open.bodied && ((isWhole && open.routine) || open.depth > 0);
}

const routineWords = new Set(['FUNCTION', 'PROCEDURE', 'PROC', 'TRIGGER', 'PACKAGE']);
/** These run without being called. */
const scheduledWords = new Set(['EVENT', 'TASK']);
/** psql counts BEGIN and END only here: elsewhere a semicolon ends the statement. */
const bodiedInPostgres = new Set(['FUNCTION', 'PROCEDURE']);
const ends = new Set(['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR']);

function grow(open: Open, token: Token, reading: Reading): void {
  const before = open.tokens.at(-1)?.word;
  open.tokens.push(token);
  if (open.undecided) settle(open, token, reading);
  if (!open.bodied) return;
  if (token.word === 'BEGIN' || (token.word === 'CASE' && before !== 'END')) open.depth++;
  else if (token.word === 'END') open.depth--;
  else if (before === 'END' && ends.has(token.word)) open.depth++;
}

/** Words that may stand between CREATE and what is made. */
const modifiers = new Set(
  'OR REPLACE ALTER TEMP TEMPORARY AGGREGATE SECURE CONSTRAINT EXTERNAL TABLE DEFINER = ( ) IF NOT EXISTS'.split(
    ' ',
  ),
);

/** A routine shows in the first words of its statement. */
function settle(open: Open, { word, kind }: Token, reading: Reading): void {
  if (open.tokens.length === 1) {
    open.undecided = word === 'CREATE' || (word === 'ALTER' && reading.loose);
  } else if (routineWords.has(word) || scheduledWords.has(word)) {
    open.routine = routineWords.has(word);
    open.bodied = reading.dialect !== 'postgresql' || bodiedInPostgres.has(word);
    open.undecided = false;
  } else if (!modifiers.has(word)) {
    // A definer's name may be any word; nothing else may.
    const isDefiner = open.tokens.slice(-5).some(it => it.word === 'DEFINER');
    open.undecided = isDefiner || kind === 'variable';
  }
}

type ClientLine =
  | { readonly means: 'line'; readonly text: string; readonly end: number; readonly finishes: boolean }
  | { readonly means: 'delimiter'; readonly delimiter: string; readonly end: number }
  | { readonly means: 'end'; readonly end: number }
  | { readonly means: 'keep'; readonly end: number };

/** What a client's line begins with in the middle of a statement. */
const mayBegin = /[\\:!gG/]/;

/** A place in a text where a client's line may begin. */
interface Here {
  readonly text: string;
  readonly from: number;
  readonly lineEnd: (from: number) => number;
}

/** Where the line of a place ends. Remembers the last answer, so that many places of a long line cost one look. */
function lineEnds(text: string): (from: number) => number {
  let [begin, end] = [0, -1];
  return from => {
    if (from >= begin && from <= end) return end;
    const found = text.indexOf('\n', from);
    [begin, end] = [from, found < 0 ? text.length : found];
    return end;
  };
}

/** The line that the dialect's client would take for itself, beginning here, if it is one. */
function clientLine(here: Here, reading: Reading, empty: boolean): ClientLine | undefined {
  const first = here.text[here.from];
  switch (reading.dialect) {
    case 'postgresql':
      return first === '\\' ? psqlLine(here) : undefined;
    case 'mysql':
    case 'mariadb':
      return first === '\\' ? mysqlShort(here) : empty ? mysqlLine(here) : undefined;
    case 'sqlite':
    case 'duckdb':
      if (!empty || !atLineStart(here)) return undefined;
      return first === '.' ? whole(here) : first === '#' ? { means: 'keep', end: ending(here) } : undefined;
    case 'transactsql':
      return atLineStart(here) ? sqlcmdLine(here) : undefined;
    case 'snowflake':
      return first === '!' && atLineStart(here) ? whole(here) : undefined;
    case 'oracle':
      return empty || here.text[here.from] === '/' ? sqlplusLine(here) : undefined;
    case 'bigquery':
    case 'clickhouse':
      return undefined;
  }
}

function atLineStart({ text, from }: Here): boolean {
  let before = from;
  while (before > 0 && (text[before - 1] === ' ' || text[before - 1] === '\t')) before--;
  return before === 0 || /[\n\r\ufeff]/.test(text[before - 1] ?? '');
}

function ending({ from, lineEnd }: Here): number {
  return lineEnd(from);
}

function whole(here: Here): ClientLine {
  const end = ending(here);
  return { means: 'line', text: here.text.slice(here.from, end).trimEnd(), end, finishes: true };
}

/** Characters. Where a longer line is cut does not matter: nobody will understand it. */
const longest = 4096;

/** `\!` and `\copy` take their line; others end at `\\`, or where the next one begins. `\;` is a plain semicolon. */
function psqlLine(here: Here): ClientLine {
  const { text, from } = here;
  if (text[from + 1] === ';' || text[from + 1] === '\\') return { means: 'end', end: from + 2 };
  if (ending(here) - from > longest) return whole(here);
  const line = text.slice(from, ending(here));
  const takesAll = /^\\(?:!|copy\b|[eh]\b)/i.test(line);
  const next = takesAll ? -1 : line.slice(1).search(/\\\\|\s\\[a-z!?]/i);
  const length = next < 0 ? line.length : next + 1;
  const finishes = /^\\(?:g|crosstabview|watch|r\b|reset)/.test(line);
  return { means: 'line', text: line.slice(0, length).trimEnd(), end: from + length, finishes };
}

/** MySQL's client knows one-letter commands anywhere outside of quotes. */
function mysqlShort(here: Here): ClientLine {
  const command = here.text[here.from + 1] ?? '';
  if (command === 'd') return delimiterOf(here, 2);
  if (/[!.TPuRrse]/.test(command)) return whole(here);
  return { means: 'end', end: Math.min(here.text.length, here.from + 2) };
}

const mysqlWords = new Set(['system', 'source', 'tee', 'pager', 'edit', 'notee', 'nopager']);

function mysqlLine(here: Here): ClientLine | undefined {
  const word = /^[a-z]+/i.exec(here.text.slice(here.from, here.from + 16))?.[0].toLowerCase() ?? '';
  if (word === 'delimiter') return delimiterOf(here, word.length);
  return mysqlWords.has(word) && atLineStart(here) ? whole(here) : undefined;
}

function delimiterOf(here: Here, length: number): ClientLine {
  const end = ending(here);
  const rest = here.text.slice(here.from + length, end).trim();
  return { means: 'delimiter', delimiter: rest.split(/\s/, 1)[0] ?? '', end };
}

/** `GO` sends the batch, whatever it was in; `:` and `!!` begin sqlcmd's own lines. */
function sqlcmdLine(here: Here): ClientLine | undefined {
  const line = here.text.slice(here.from, Math.min(ending(here), here.from + 400));
  if (/^go(?:\s{1,9}\d{1,9})?[\s;]*(?:--.*)?$/i.test(line)) return { means: 'end', end: ending(here) };
  return /^(?::?!!|:[a-z])/i.test(line) ? whole(here) : undefined;
}

const sqlplusWords = new Set(
  'start get host ho spool spo edit ed connect conn execute exec define def'.split(' '),
);

/** A line that is `/` runs what stands before it; `@file`, `!line` and some words are sqlplus's own. */
function sqlplusLine(here: Here): ClientLine | undefined {
  if (!atLineStart(here)) return undefined;
  const line = here.text.slice(here.from, Math.min(ending(here), here.from + 400));
  if (/^\/\s*$/.test(line)) return { means: 'end', end: ending(here) };
  if (/^[@!$]/.test(line)) return whole(here);
  const word = /^[a-z]+/i.exec(line)?.[0].toLowerCase() ?? '';
  return sqlplusWords.has(word) ? whole(here) : undefined;
}
