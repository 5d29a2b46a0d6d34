import type { Token } from './lexer.ts';

/** What a condition is for the rows of a table: true of each, false of each, or different from row to row. */
type Truth = 'always' | 'never' | 'depends';

/** Whether a condition chooses among a table's rows. What is too deep to be read is taken for one that does not. */
export function truth(tokens: readonly Token[], table?: string, depth = 0): Truth {
  if (depth > 16 || tokens.length === 0) return 'always';
  const inside = unwrapped(tokens);
  if (inside) return truth(inside, table, depth + 1);
  const either = split(tokens, orWords);
  if (either.length > 1) return any(either.map(part => truth(part, table, depth + 1)));
  const both = split(tokens, andWords);
  if (both.length > 1) return all(both.map(part => truth(part, table, depth + 1)));
  if (notWords.has(tokens[0]?.word ?? '')) return not(truth(tokens.slice(1), table, depth + 1));
  return isWholeTable(tokens, table) ? 'always' : comparison(tokens);
}

const orWords = new Set(['OR', '||', 'XOR']);
const andWords = new Set(['AND', '&&']);
const notWords = new Set(['NOT', '!']);
const comparing = new Set(['=', '==', '<=>', '<>', '!=', '<', '>', '<=', '>=']);

function any(truths: readonly Truth[]): Truth {
  if (truths.includes('always')) return 'always';
  return truths.includes('depends') ? 'depends' : 'never';
}

function all(truths: readonly Truth[]): Truth {
  if (truths.includes('never')) return 'never';
  return truths.includes('depends') ? 'depends' : 'always';
}

function not(it: Truth): Truth {
  return it === 'always' ? 'never' : it === 'never' ? 'always' : 'depends';
}

/** The tokens within parentheses that go around all of them. */
function unwrapped(tokens: readonly Token[]): readonly Token[] | undefined {
  if (tokens[0]?.word !== '(' || tokens.at(-1)?.word !== ')') return undefined;
  let depth = 0;
  for (const [index, { word }] of tokens.entries()) {
    depth += word === '(' ? 1 : word === ')' ? -1 : 0;
    if (depth === 0 && index < tokens.length - 1) return undefined;
  }
  return startsQuery(tokens[1]) ? undefined : tokens.slice(1, -1);
}

function startsQuery(token: Token | undefined): boolean {
  return token?.word === 'SELECT' || token?.word === 'WITH' || token?.word === 'VALUES';
}

/** Cuts at words outside of parentheses and of CASE; the AND of a BETWEEN is its own. */
function split(tokens: readonly Token[], at: ReadonlySet<string>): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let [depth, between] = [0, 0];
  for (const token of tokens) {
    const { word } = token;
    if (word === '(' || word === 'CASE') depth++;
    if (word === ')' || word === 'END') depth--;
    if (depth === 0 && word === 'BETWEEN') between++;
    const isCut = depth === 0 && at.has(word);
    if (isCut && word === 'AND' && between > 0) between--;
    else if (isCut) {
      parts.push([]);
      continue;
    }
    parts.at(-1)?.push(token);
  }
  return parts;
}

function comparison(tokens: readonly Token[]): Truth {
  const [left = [], right = [], ...more] = split(tokens, comparing).map(stripped);
  const sign = tokens.find((token, index) => index >= left.length && comparing.has(token.word))?.word;
  if (sign && right.length && !more.length) return compared(left, sign, right);
  if (tokens.length === 1 && tokens[0]) return single(tokens[0]);
  if (isAnything(tokens)) return 'always';
  return namesSomething(tokens) ? 'depends' : 'always';
}

/** `id IN (SELECT id FROM users)`, where it is `users` that loses its rows. */
function isWholeTable(tokens: readonly Token[], table: string | undefined): boolean {
  const [column, , , , chosen, , from] = tokens;
  if (tokens.length !== 8) return false;
  const shape = tokens.map(it => it.word);
  return (
    [shape[1], shape[2], shape[3], shape[5], shape[7]].join(' ') === 'IN ( SELECT FROM )' &&
    column?.text.toLowerCase() === chosen?.text.toLowerCase() &&
    from?.text.toLowerCase() === table?.toLowerCase()
  );
}

function stripped(tokens: readonly Token[]): readonly Token[] {
  let inside = tokens;
  for (let depth = 0; depth < 8; depth++) inside = unwrapped(inside) ?? inside;
  return inside;
}

function compared(left: readonly Token[], sign: string, right: readonly Token[]): Truth {
  if (same(left, right)) return /^(?:=|==|<=>|<=|>=)$/.test(sign) ? 'always' : 'never';
  const [one, other] = [constant(left), constant(right)];
  if (one !== undefined && other !== undefined) return holds(one, sign, other) ? 'always' : 'never';
  if (isKey(left) && other !== undefined && takesEveryKey(sign, other)) return 'always';
  return namesSomething(left) || namesSomething(right) ? 'depends' : 'always';
}

function same(left: readonly Token[], right: readonly Token[]): boolean {
  const text = (tokens: readonly Token[]) => tokens.map(it => it.text.toUpperCase()).join(' ');
  return (
    left.length === right.length && left.every(it => it.kind !== 'variable') && text(left) === text(right)
  );
}

function constant(tokens: readonly Token[]): string | number | undefined {
  const [token] = tokens;
  if (tokens.length !== 1 || !token) return undefined;
  if (token.kind === 'number') return Number(token.text);
  if (token.kind === 'string') return token.text;
  return token.word === 'TRUE' ? 1 : token.word === 'FALSE' ? 0 : undefined;
}

function holds(one: string | number, sign: string, other: string | number): boolean {
  const order = typeof one === typeof other && one < other ? -1 : String(one) === String(other) ? 0 : 1;
  if (sign === '<>' || sign === '!=') return order !== 0;
  if (sign.startsWith('<') && sign !== '<=>') return order < 0 || (sign === '<=' && order === 0);
  if (sign.startsWith('>')) return order > 0 || (sign === '>=' && order === 0);
  return order === 0;
}

/** The usual ways around a client that wants a condition: `id > 0`, `id <> 0`, `id IS NOT NULL`. */
function isKey(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return (
    tokens.length <= 5 && /^(?:id|_id|rowid|ctid|uuid)$/i.test(last?.text ?? '') && last?.kind !== 'string'
  );
}

function takesEveryKey(sign: string, other: string | number): boolean {
  if (sign === '<>' || sign === '!=') return other === 0 || other === '' || /^[0-]+$/.test(String(other));
  return (sign === '>' && other === 0) || (sign === '>=' && (other === 0 || other === 1));
}

function single(token: Token): Truth {
  if (token.kind === 'number') return Number(token.text) === 0 ? 'never' : 'always';
  if (token.word === 'TRUE') return 'always';
  if (token.word === 'FALSE' || token.word === 'NULL') return 'never';
  return token.kind === 'word' || token.kind === 'name' ? 'depends' : 'always';
}

/** `LIKE '%'`, and a key that is not null. */
function isAnything(tokens: readonly Token[]): boolean {
  const [last, before] = [tokens.at(-1), tokens.at(-2)?.word ?? ''];
  const third = tokens.at(-3)?.word;
  if (/^(?:LIKE|ILIKE|GLOB|RLIKE|REGEXP)$/.test(before))
    return third !== 'NOT' && last?.kind === 'string' && /^[%*]+$|^\.\*$/.test(last.text);
  if (last?.word !== 'NULL' || before !== 'NOT' || third !== 'IS') return false;
  return isKey(tokens.slice(0, -3)) || !namesSomething(tokens.slice(0, -3));
}

const nameless = new Set(
  'TRUE FALSE NULL NOT AND OR IS IN LIKE ILIKE BETWEEN EXISTS SELECT CASE WHEN THEN ELSE END ANY ALL AS CAST DISTINCT'.split(
    ' ',
  ),
);

const castWords = new Set(['::', 'AS']);

/** Whether a column may be meant: a word that is no function's name, a quoted name. */
function namesSomething(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ kind, word }, index) =>
      (kind === 'name' || (kind === 'word' && !nameless.has(word) && tokens[index + 1]?.word !== '(')) &&
      !castWords.has(tokens[index - 1]?.word ?? ''),
  );
}
