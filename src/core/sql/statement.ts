import type { Effect, Span } from '../model.ts';
import { changeOf } from './changes.ts';
import type { Form, Owner } from './deeds.ts';
import { done } from './done.ts';
import { forms, starts } from './forms.ts';
import { called } from './functions.ts';
import { serviceOf, type Context } from './given.ts';
import type { Reading, Token } from './lexer.ts';
import { closing, match, type Budget, type Match } from './pattern.ts';
import type { Piece } from './statements.ts';
import { treeEffects } from './tree.ts';

export type Statement = Extract<Piece, { readonly kind: 'statement' }>;

/** What one statement does by our own reading, and by the parser's where ours finds nothing. */
export function statementEffects(statement: Statement, context: Context): readonly Effect[] {
  const own = lexed(statement, context);
  const all = own.some(weighs) || statement.routine ? own : [...own, ...parsed(statement, context)];
  return all.some(weighs)
    ? all.filter(it => it.does !== 'change')
    : [...all, ...changed(statement, context, own)];
}

/** Beside such an effect nobody asks what else is changed. */
function weighs({ does }: Effect): boolean {
  return does === 'destroy' || does === 'interrupt' || does === 'unknown';
}

/** What a statement changes that no form told. */
function changed(
  { tokens, at }: Statement,
  { given, memory }: Context,
  own: readonly Effect[],
): readonly Effect[] {
  const first = tokens.find(it => it.word !== '(');
  if (own.some(it => it.does === 'change') || !starts.has(first?.word ?? '')) return [];
  const doing = changeOf(tokens, { service: serviceOf(given.dialect), body: given.body });
  return doing ? done(doing, at, undefined, { given, memory }) : [];
}

/** Words without which no tree has anything to say. */
const destructive = /\b(?:delete|update|drop|truncate|alter)\b/i;
/** What a statement costs the parser besides its characters. */
const setUp = 64;

function parsed({ at, tokens }: Statement, { text, given, memory }: Context): readonly Effect[] {
  const part = text.slice(...at);
  if (!destructive.test(part) || /^(?:EXPLAIN|DESC|DESCRIBE)$/.test(tokens[0]?.word ?? '')) return [];
  memory.parsed -= part.length + setUp;
  if (memory.parsed < 0) return [];
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
    const taken = match(form.pattern(), tokens, at, memory.budget);
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
  if (word === 'REPLACE') return before === 'OR';
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
