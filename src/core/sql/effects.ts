import type { Effect, Span, SqlDialect } from '../model.ts';
import type { ParseSql } from '../ports.ts';
import { clientLine } from './clients.ts';
import type { ClientDeed } from './clients.ts';
import { forms, starts } from './forms.ts';
import type { Deed, Form, Owner } from './forms.ts';
import { called } from './functions.ts';
import { readings } from './lexer.ts';
import type { Fault, Reading, Token } from './lexer.ts';
import { closing, match } from './pattern.ts';
import type { Budget, Match } from './pattern.ts';
import { statements } from './statements.ts';
import type { Piece } from './statements.ts';
import { treeEffects } from './tree.ts';

/** Reads a shell's line that a client would hand to the shell of this machine; `at` is where it begins. */
export type ReadShell = (line: string, at: number) => readonly Effect[];

/**
 * What a text of SQL would bring about, beyond reading and writing rows. Spans are moved by `at0`. Never throws;
 * linear in the text. Where the dialect is not known, every dialect's reading counts. The parser only adds.
 */
export function sqlEffects(
  text: string,
  dialect: SqlDialect,
  parse: ParseSql,
  at0 = 0,
  shell: ReadShell = unreadShell,
): readonly Effect[] {
  const given: Given = { dialect, parse, shell, depth: 0, body: false };
  const effects = understood(text, given);
  const whole: Span = [0, text.length];
  const more = effects.length > most ? [unknown(`${effects.length - most} effects more`, whole)] : [];
  const zero = text.includes('\0') ? [unknown('a zero character', whole)] : [];
  return [...effects.slice(0, most), ...more, ...zero].map(it => moved(it, at0));
}

/** Nobody reads more. */
const most = 200;

/** What stays the same while a text and the texts in it are read. */
interface Given {
  readonly dialect: SqlDialect;
  readonly parse: ParseSql;
  readonly shell: ReadShell;
  readonly depth: number;
  /** The text is a block's body: a statement may begin with a variable's name there. */
  readonly body: boolean;
}

const deepest = 5;

function understood(text: string, given: Given): readonly Effect[] {
  if (given.depth > deepest) return [unknown('text within text too deep to follow', [0, text.length])];
  const reads = readingsOf(text, given.dialect).map(reading => read(text, reading, given));
  const effects = reads.flatMap(it => it.effects);
  // A reading in which the text does not end or begins with no known word is likely not the one it was written for.
  const faults = reads.every(it => it.faults.length > 0) ? (reads[0]?.faults ?? []) : [];
  return unique([...effects, ...faults.map(({ why, at }) => unknown(why, at))]);
}

const likely: readonly Reading[] = [
  readings.postgresql,
  readings.mysql,
  readings.sqlite,
  readings.transactsql,
  readings.bigquery,
  readings.snowflake,
];

/** An executable comment may be meant for a newer server and then is none. */
function readingsOf(text: string, dialect: SqlDialect): readonly Reading[] {
  const known = dialect === 'unknown' ? likely : [readings[dialect]];
  if (!/\/\*M?!/.test(text)) return known;
  return known.flatMap(it => (it.executable ? [it, { ...it, executable: false }] : [it]));
}

interface Read {
  readonly effects: readonly Effect[];
  readonly faults: readonly Fault[];
}

/** What is remembered from one statement to the next. */
interface Memory {
  readonly prepared: Set<string>;
  database: string | undefined;
  readonly budget: Budget;
}

function read(text: string, reading: Reading, given: Given): Read {
  const { pieces, faults } = statements(text, reading);
  const memory: Memory = {
    prepared: new Set(),
    database: undefined,
    budget: { left: 4 * text.length + 10_000 },
  };
  // A statement whose last string stays open runs nowhere; but in the dialect it was sent for, we may be wrong.
  const isGuess = given.dialect === 'unknown';
  const effects: Effect[] = [];
  const strange: Fault[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'client') {
      const deeds = clientLine(piece.line, reading.dialect);
      effects.push(...deeds.flatMap(deed => done(deed, piece.at, piece, { given, memory })));
      strange.push(
        ...deeds.flatMap(deed => (deed.does === 'strange' ? [{ why: deed.why, at: piece.at }] : [])),
      );
    } else {
      const isBroken = isGuess && faults.some(({ at }) => at[0] >= piece.at[0] && at[0] < piece.at[1]);
      if (!isBroken) effects.push(...statementEffects(piece, { text, reading, given, memory }));
      strange.push(...(given.body ? [] : strangeness(piece)));
    }
  }
  if (memory.budget.left <= 0) effects.push(unknown('too much to read', [0, text.length]));
  return { effects, faults: [...faults, ...strange] };
}

type Statement = Extract<Piece, { readonly kind: 'statement' }>;

interface Context {
  readonly text: string;
  readonly reading: Reading;
  readonly given: Given;
  readonly memory: Memory;
}

/** A statement that begins with no word that statements begin with. */
function strangeness({ tokens, at }: Statement): readonly Fault[] {
  const first = tokens.find(it => it.word !== '(' && it.word !== ')');
  const isLabel = tokens[1]?.word === ':' || first?.word === '<';
  if (!first || starts.has(first.word) || isLabel) return [];
  return [{ why: `not a statement we know: \`${first.text.slice(0, 40)}\``, at }];
}

function statementEffects(statement: Statement, context: Context): readonly Effect[] {
  const own = lexed(statement, context);
  if (own.length || statement.routine) return own;
  return parsed(statement, context);
}

/** Words without which no tree has anything to say. */
const destructive = /delete|update|drop|truncate|alter/i;

function parsed({ at, tokens }: Statement, { text, given }: Context): readonly Effect[] {
  const part = text.slice(...at);
  if (!destructive.test(part) || /^(?:EXPLAIN|DESC|DESCRIBE)$/.test(tokens[0]?.word ?? '')) return [];
  const trees = given.parse(part, given.dialect) ?? [];
  return treeEffects(trees, serviceOf(given.dialect)).map(doing => ({ ...doing, at }));
}

/** A routine's body runs when it is called: only its head counts now. */
function lexed({ tokens, routine }: Statement, context: Context): readonly Effect[] {
  const { memory, reading } = context;
  const effects: Effect[] = [];
  let owner: Owner | undefined;
  const end = routine ? 1 : tokens.length;
  for (let at = 0; at < end && memory.budget.left > 0; at++) {
    const token = tokens[at];
    if (!token) break;
    if (tokens[at + 1]?.word === '(') effects.push(...callEffects(tokens, at, context));
    if (!token.word || tokens[at - 1]?.word === '.') continue;
    const found = formAt(tokens, at, owner, context);
    if (!found) continue;
    const [form, taken] = found;
    const rest = clause(tokens, taken.to, reading, memory.budget);
    const deeds = form.does({
      service: serviceOf(context.given.dialect),
      names: taken.names,
      text: taken.text,
      taken: tokens.slice(at, taken.to),
      rest,
      owner,
    });
    const span: Span = [token.at[0], (rest.at(-1) ?? tokens[taken.to - 1] ?? token).at[1]];
    for (const deed of deeds) {
      if (deed.does === 'stop') return effects;
      if (deed.does === 'alter') owner = deed.owner;
      else effects.push(...done(deed, span, undefined, context));
    }
    at = taken.to - 1;
  }
  return effects;
}

function formAt(
  tokens: readonly Token[],
  at: number,
  owner: Owner | undefined,
  { reading, memory }: Context,
): readonly [Form, Match] | undefined {
  const candidates = forms.get(tokens[at]?.word ?? '');
  if (!candidates || isDenied(tokens, at)) return undefined;
  const begins = isStart(tokens, at, reading);
  if (!begins && verbs.has(tokens[at]?.word ?? '') && isInert(tokens, reading)) return undefined;
  for (const form of candidates) {
    if ((form.start && !begins) || (form.part && !owner)) continue;
    const taken = match(form.pattern, tokens, at, memory.budget);
    if (taken) return [form, taken];
  }
  return undefined;
}

const beforeStart = new Set(
  'BEGIN THEN ELSE LOOP DO AS ( ) ANALYZE ANALYSE VERBOSE ATOMIC TRY CATCH INSTEAD ALSO REPEAT : > FOR'.split(
    ' ',
  ),
);

function isStart(tokens: readonly Token[], at: number, { loose }: Reading): boolean {
  if (at === 0) return true;
  return loose ? !sign.test(tokens[at - 1]?.word ?? '') : beforeStart.has(tokens[at - 1]?.word ?? '');
}

const sign = /^[=,+\-*/%<>!|&~^#[`]+$/;
const verbs = new Set('DROP TRUNCATE DELETE UPDATE INSERT CREATE LOAD COPY'.split(' '));
const inert = new Set('SELECT VALUES TABLE SHOW INSERT REPLACE'.split(' '));

/** Whether no other statement can begin in the middle of this one. */
function isInert(tokens: readonly Token[], { loose }: Reading): boolean {
  return loose || inert.has(tokens[0]?.word ?? '');
}

const grants = new Set(['GRANT', 'REVOKE', 'DENY']);
const happenings = new Set(['DELETE', 'UPDATE', 'TRUNCATE', 'EXECUTE', 'EXEC', 'ALTER', 'DROP']);
/** What stands behind `ON DELETE` and `ON UPDATE` where they name an event: `SET NOCOUNT ON DELETE FROM a` deletes. */
const eventual = /^(?:CASCADE|SET|NO|RESTRICT|TO|CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP)$/;

/** `ON DELETE CASCADE`, `FOR UPDATE`, `GRANT EXECUTE`: a word that names what may happen, and does not do it. */
function isDenied(tokens: readonly Token[], at: number): boolean {
  const [word = '', before = '', after = ''] = [at, at - 1, at + 1].map(it => tokens[it]?.word);
  if (!happenings.has(word)) return false;
  if (before === 'ON') return (word === 'DELETE' || word === 'UPDATE') && eventual.test(after);
  if (before === 'KEY') return word === 'UPDATE' && /^(?:DUPLICATE|NO)$/.test(tokens[at - 2]?.word ?? '');
  return grants.has(before) || (before === 'FOR' && tokens[0]?.word !== 'SET');
}

const looseStarts = new Set(
  (
    'SELECT INSERT UPDATE DELETE DROP TRUNCATE ALTER CREATE EXEC EXECUTE MERGE DECLARE PRINT IF WHILE BEGIN END ELSE ' +
    'RETURN COMMIT ROLLBACK GRANT REVOKE DENY USE BACKUP RESTORE DBCC SHUTDOWN KILL GOTO RAISERROR THROW WAITFOR'
  ).split(' '),
);
const operators = /^[=,+\-*/%<>!|&(~^]+$|^(?:AND|OR|NOT|IN|LIKE|BETWEEN|AS|ON|BY|CASE|WHEN|THEN)$/;

/** What stands behind a column's name, and never behind a verb. */
const assigning = /^[=<>!,.)]+$/;

/** The tokens from a place to the end of what they belong to: a parenthesis, or where the next statement begins. */
function clause(
  tokens: readonly Token[],
  from: number,
  { loose }: Reading,
  budget: Budget,
): readonly Token[] {
  let [depth, cases] = [0, 0];
  for (let at = from; at < tokens.length && budget.left-- > 0; at++) {
    const word = tokens[at]?.word ?? '';
    if (word === '(') depth++;
    if (word === ')' && --depth < 0) return tokens.slice(from, at);
    if (word === 'CASE') cases++;
    else if (word === 'END' && cases > 0) cases--;
    else if (loose && depth === 0 && cases === 0 && looseStarts.has(word) && startsHere(tokens, at))
      return tokens.slice(from, at);
  }
  return tokens.slice(from);
}

function startsHere(tokens: readonly Token[], at: number): boolean {
  return !operators.test(tokens[at - 1]?.word ?? '') && !assigning.test(tokens[at + 1]?.word ?? '');
}

function callEffects(tokens: readonly Token[], at: number, context: Context): readonly Effect[] {
  const token = tokens[at];
  if (!token || (token.kind !== 'word' && token.kind !== 'name')) return [];
  const does = called(token.text.toUpperCase());
  if (!does || /^(?:FUNCTION|PROCEDURE|INTO|TABLE)$/.test(tokens[at - 1]?.word ?? '')) return [];
  const end = closing(tokens, at + 1, context.memory.budget);
  const span: Span = [token.at[0], tokens[end]?.at[1] ?? token.at[1]];
  const args = commaSeparated(tokens.slice(at + 2, end));
  return does(args, serviceOf(context.given.dialect)).flatMap(deed => done(deed, span, undefined, context));
}

function commaSeparated(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += token.word === '(' ? 1 : token.word === ')' ? -1 : 0;
    if (depth === 0 && token.word === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** A deed as effects, read further where it must be. */
function done(
  deed: ClientDeed,
  at: Span,
  piece: { readonly line: string; readonly at: Span } | undefined,
  { given, memory }: Pick<Context, 'given' | 'memory'>,
): readonly Effect[] {
  switch (deed.does) {
    case 'sql':
      return dynamicEffects(deed, at, given);
    case 'text':
      // Not run yet, and perhaps no SQL at all: only what it would destroy counts.
      return nestedEffects(deed.sql, at, { ...given, body: true }).filter(it => it.does === 'destroy');
    case 'shell':
      return deed.on === 'client' ? clientShell(deed.line, at, piece, given) : serverShell(deed.line, at);
    case 'use':
      memory.database = deed.database;
      return [];
    case 'prepare':
      memory.prepared.add(deed.name.toLowerCase());
      return [];
    case 'execute':
      return memory.prepared.has(deed.name.toLowerCase()) ? [] : [unknown(`runs \`${deed.name}\``, at)];
    case 'stop':
    case 'alter':
    case 'strange':
      return [];
    case 'destroy':
      return [
        { ...deed, ...(memory.database === undefined ? {} : { reach: { database: memory.database } }), at },
      ];
    default:
      return [{ ...deed, at }];
  }
}

function clientShell(
  line: string,
  at: Span,
  piece: { readonly line: string } | undefined,
  given: Given,
): readonly Effect[] {
  if (!line) return [unknown('starts a shell', at)];
  const offset = piece?.line.lastIndexOf(line) ?? -1;
  return offset < 0 ? given.shell(line, at[0]).map(it => ({ ...it, at })) : given.shell(line, at[0] + offset);
}

/** A line for the shell of the machine that the database runs on: nobody here can look at that machine. */
function serverShell(line: string, at: Span): readonly Effect[] {
  const program = line.trim().split(/\s/, 1)[0] ?? '';
  return [
    { does: 'run', program, origin: 'unfamiliar', at },
    unknown("runs a program on the database's machine", at),
  ];
}

function unreadShell(line: string, at: number): readonly Effect[] {
  const span: Span = [at, at + line.length];
  const program = line.trim().split(/\s/, 1)[0] ?? '';
  return [{ does: 'run', program, origin: 'unfamiliar', at: span }, unknown('a line for the shell', span)];
}

/** SQL that is made from text. Literal parts are read; anything else in it is not known. */
function dynamicEffects(
  { tokens, body }: Extract<Deed, { readonly does: 'sql' }>,
  at: Span,
  given: Given,
): readonly Effect[] {
  const strings = tokens.filter(it => it.kind === 'string');
  const isLiteral = strings.length > 0 && tokens.every(it => it.kind === 'string' || glue.has(it.word));
  const only = strings.length === 1 ? strings[0] : undefined;
  const inner = { ...given, body: body ?? !isLiteral };
  const effects =
    isLiteral && only?.inner !== undefined
      ? understood(only.text, deeper(inner)).map(it => moved(it, only.inner ?? 0))
      : nestedEffects(strings.map(it => it.text).join(isLiteral ? '' : ' '), at, inner);
  return isLiteral
    ? effects
    : [...effects.filter(it => it.does === 'destroy'), unknown('SQL made while it runs', at)];
}

const glue = new Set(['+', '||', '(', ')']);

function nestedEffects(text: string, at: Span, given: Given): readonly Effect[] {
  return understood(text, deeper(given)).map(it => ({ ...it, at }));
}

function deeper(given: Given): Given {
  return { ...given, depth: given.depth + 1 };
}

function serviceOf(dialect: SqlDialect): string {
  return dialect === 'unknown' ? 'sql' : dialect;
}

function unknown(why: string, at: Span): Effect {
  return { does: 'unknown', why, at };
}

function moved<E extends Effect>(effect: E, by: number): E {
  return by === 0 ? effect : { ...effect, at: [effect.at[0] + by, effect.at[1] + by] };
}

function unique(effects: readonly Effect[]): readonly Effect[] {
  const key = (it: Effect): string => JSON.stringify({ ...it, at: it.at[0] });
  return [...new Map(effects.map((it): [string, Effect] => [key(it), it])).values()];
}
