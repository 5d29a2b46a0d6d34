import type { Effect, Span, SqlDialect } from '../model.ts';
import type { ParseSql } from '../ports.ts';
import { clientLine } from './clients.ts';
import { done } from './done.ts';
import { starts } from './forms.ts';
import { moved, unknown, type Given, type Memory, type ReadShell } from './given.ts';
import { readings, type Fault, type Reading } from './lexer.ts';
import { statementEffects, type Statement } from './statement.ts';
import { statements } from './statements.ts';
import { rolledBack, type Step } from './transactions.ts';

/** What a text of SQL is read with. */
export interface SqlGiven {
  readonly parse: ParseSql;
  /** Where the text begins: spans are moved by it. */
  readonly at?: number;
  /** Reads the lines that a client hands to the shell. Without it they are not understood. */
  readonly shell?: ReadShell;
  /** A client on this machine reads the text: the files it names are this machine's. */
  readonly here?: boolean;
}

/**
 * What a text of SQL would bring about, beyond reading rows. Never throws; linear in the text. Where the dialect is not
 * known, every dialect's reading counts. The parser only adds.
 */
export function sqlEffects(
  text: string,
  dialect: SqlDialect,
  { parse, at = 0, shell = unreadShell, here = false }: SqlGiven,
): readonly Effect[] {
  const effects = understood(text, {
    dialect,
    parse,
    shell,
    here,
    understand: understood,
    depth: 0,
    body: false,
  });
  const whole: Span = [0, text.length];
  const more = effects.length > most ? [unknown(`${effects.length - most} effects more`, whole)] : [];
  const zero = text.includes('\0') ? [unknown('a zero character', whole)] : [];
  return [...effects.slice(0, most), ...more, ...zero].map(it => moved(it, at));
}

/** Nobody reads more. */
const most = 200;
const mostChanges = 40;
/** Characters of one text, times the ways to read it, that are read; of the rest nothing is known. */
const longest = 131_072;
const mostShellLines = 64;
/** Characters that the dialect's parser, which is slow, reads of one text; a statement costs some besides. */
const longestParsed = 8_192;
const deepest = 5;

function understood(text: string, given: Given): readonly Effect[] {
  if (given.depth > deepest) return [unknown('text within text too deep to follow', [0, text.length])];
  const ways = readingsOf(text, given);
  const most = Math.floor(longest / ways.length);
  const rest = text.length > most ? [unknown('more SQL than is read', [most, text.length])] : [];
  const part = rest.length ? text.slice(0, most) : text;
  const reads = ways.map(reading => read(part, reading, given));
  const effects = reads.flatMap(it => it.effects);
  // A reading in which the text does not end or begins with no known word is likely not the one it was written for.
  const faults = reads.every(it => it.faults.length > 0) ? (reads[0]?.faults ?? []) : [];
  return unique([...effects, ...faults.map(({ why, at }) => unknown(why, at)), ...rest]);
}

const likely: readonly Reading[] = [
  readings.postgresql,
  readings.mysql,
  readings.sqlite,
  readings.transactsql,
  readings.bigquery,
  readings.snowflake,
];

/** What two of them are for a text that all but SQL Server read alike; MySQL trusts no transaction. */
const alike: readonly Reading[] = [readings.mysql, readings.transactsql];

/** What dialects read differently: quotes and comments of their own, lines for clients, bodies of routines. */
const telling =
  /[\\`[\]#$"]|\/[/*]|--(?!\s)|'''|(?:^|[^\w'])(?:[nexbr]|u&|rb|br)'|(?:^|[\n\r\ufeff])[ \t]*(?:[.!:@]|(?:source|system|tee|pager|edit|notee|nopager)\b)|\b(?:delimiter|stdin|function|procedure|proc|trigger|package|event|task)\b/i;

/** An executable comment may be meant for a newer server and then is none. */
function readingsOf(text: string, { dialect, within }: Given): readonly Reading[] {
  if (within) return [within];
  const known = dialect !== 'unknown' ? [readings[dialect]] : telling.test(text) ? likely : alike;
  if (!/\/\*M?!/.test(text)) return known;
  return known.flatMap(it => (it.executable ? [it, { ...it, executable: false }] : [it]));
}

interface Read {
  readonly effects: readonly Effect[];
  readonly faults: readonly Fault[];
}

function read(text: string, reading: Reading, given: Given): Read {
  const { pieces, faults } = statements(text, reading);
  const memory: Memory = {
    prepared: new Set(),
    reach: undefined,
    budget: { left: 4 * text.length + 10_000 },
    shellLines: mostShellLines,
    parsed: longestParsed,
  };
  // Texts within it are read as it is, but for one that every dialect reads alike.
  const inside: Given =
    alike.includes(reading) && !telling.test(text) ? given : { ...given, within: reading };
  // A statement whose last string stays open runs nowhere; but in the dialect it was sent for, we may be wrong.
  const isGuess = given.dialect === 'unknown';
  const steps: Step[] = [];
  const strange: Fault[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'client') {
      const deeds = clientLine(piece.line, reading.dialect);
      const effects = deeds.flatMap(deed => done(deed, piece.at, piece, { given: inside, memory }));
      steps.push({ effects });
      strange.push(
        ...deeds.flatMap(deed => (deed.does === 'strange' ? [{ why: deed.why, at: piece.at }] : [])),
      );
    } else {
      const isBroken = isGuess && faults.some(({ at }) => at[0] >= piece.at[0] && at[0] < piece.at[1]);
      const effects = isBroken ? [] : statementEffects(piece, { text, reading, given: inside, memory });
      steps.push({ tokens: piece.tokens, effects });
      strange.push(...(given.body ? [] : strangeness(piece)));
    }
  }
  const effects = rolledBack(steps, reading.dialect);
  const left = memory.budget.left <= 0 ? [unknown('too much to read', [0, text.length])] : [];
  return { effects: [...effects, ...left], faults: [...faults, ...strange] };
}

/** A statement that begins with no word that statements begin with. */
function strangeness({ tokens, at }: Statement): readonly Fault[] {
  const first = tokens.find(it => it.word !== '(' && it.word !== ')');
  const isLabel = tokens[1]?.word === ':' || first?.word === '<';
  if (!first || starts.has(first.word) || isLabel) return [];
  return [{ why: `not a statement we know: \`${first.text.slice(0, 40)}\``, at }];
}

function unreadShell(line: string, at: number): readonly Effect[] {
  const span: Span = [at, at + line.length];
  const program = line.trim().split(/\s/, 1)[0] ?? '';
  return [{ does: 'run', program, origin: 'unfamiliar', at: span }, unknown('a line for the shell', span)];
}

/** Each effect once. Of changes each kind once, and not more than anybody reads: they are all minded alike. */
function unique(effects: readonly Effect[]): readonly Effect[] {
  const met = new Map<string, Effect>();
  let changes = 0;
  for (const it of effects) {
    const key =
      it.does === 'change'
        ? `${it.what} ${it.name} ${it.reach?.host} ${it.reach?.database}`
        : JSON.stringify({ ...it, at: it.at[0] });
    if (met.has(key)) continue;
    if (it.does === 'change' && it.what !== 'access' && ++changes > mostChanges) continue;
    met.set(key, it);
  }
  return [...met.values()];
}
