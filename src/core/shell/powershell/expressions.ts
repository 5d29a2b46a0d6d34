import { dashes, type Scanner } from './scanner.ts';
import { bracketed, hereString, isQuote, quoted, span, variable, type Grammar } from './texts.ts';
import type { Entry, Expression } from './tree.ts';

/** How tightly an operator binds; a comma binds tighter than all of them. */
const words: readonly (readonly [level: number, names: string])[] = [
  [2, 'and or xor'],
  [3, 'band bor bxor'],
  [
    4,
    `eq ne gt ge lt le like notlike match notmatch contains notcontains in notin replace split join is isnot as
    shl shr`,
  ],
  [7, 'f'],
];
const wordLevels = new Map(
  words.flatMap(([level, names]) =>
    names
      .split(/\s+/)
      .flatMap(name => [[name, level] as const, [`c${name}`, level] as const, [`i${name}`, level] as const]),
  ),
);
const symbolLevels: readonly (readonly [symbol: string, level: number])[] = [
  ['??', 1],
  ['?', 0],
  ['..', 8],
  ['+', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
];

const wordOperator = /[-\u2013\u2014\u2015]([A-Za-z]+)(?![\w-])/y;

/** An expression, commas included. */
export function expression(scan: Scanner, grammar: Grammar): Expression {
  return scan.within(() => binary(scan, grammar, 0, true));
}

/** An expression that ends at a comma: an argument of a method. */
export function item(scan: Scanner, grammar: Grammar): Expression {
  return scan.within(() => binary(scan, grammar, 0, false));
}

function binary(scan: Scanner, grammar: Grammar, least: number, commas: boolean): Expression {
  let left = commas ? list(scan, grammar) : unary(scan, grammar);
  for (;;) {
    scan.blanks();
    const found = operatorAt(scan);
    if (!found || found.level < least) return left;
    scan.index += found.length;
    scan.lines();
    if (found.name === '?') {
      const yes = binary(scan, grammar, 0, commas);
      scan.lines();
      scan.expect(':', 'a choice');
      scan.lines();
      const no = binary(scan, grammar, 0, commas);
      left = { kind: 'binary', operator: '??', left: yes, right: no, at: span(left, no) };
      continue;
    }
    const right = scan.within(() => binary(scan, grammar, found.level + 1, commas));
    left = { kind: 'binary', operator: found.name, left, right, at: span(left, right) };
  }
}

function operatorAt(scan: Scanner): { name: string; level: number; length: number } | undefined {
  const word = scan.look(wordOperator);
  const name = word?.[1]?.toLowerCase();
  const level = name === undefined ? undefined : wordLevels.get(name);
  if (word && name !== undefined && level !== undefined)
    return { name: plainOperator(name), level, length: word[0].length };
  if (
    dashes.includes(scan.next) &&
    scan.next !== '' &&
    scan.peek(1) !== '=' &&
    !/[A-Za-z-]/.test(scan.peek(1))
  )
    return { name: '-', level: 5, length: 1 };
  for (const [symbol, level] of symbolLevels)
    if (scan.stands(symbol) && scan.peek(symbol.length) !== '=' && !scan.stands('??='))
      return { name: symbol, level, length: symbol.length };
  return undefined;
}

function plainOperator(name: string): string {
  return wordLevels.has(name.slice(1)) &&
    /^[ci]/.test(name) &&
    name !== 'contains' &&
    name !== 'is' &&
    name !== 'in'
    ? name.slice(1)
    : name;
}

function list(scan: Scanner, grammar: Grammar): Expression {
  const first = unary(scan, grammar);
  const items = [first];
  for (;;) {
    scan.blanks();
    if (scan.next !== ',') break;
    scan.index++;
    scan.lines();
    items.push(unary(scan, grammar));
  }
  return items.length === 1 ? first : { kind: 'list', items, at: span(first, items.at(-1) ?? first) };
}

const unaryWord = /[-\u2013](not|bnot|join|split|isplit|csplit)(?![\w-])/iy;
const number =
  /(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)(?:[ulsyn]{0,2}(?:kb|mb|gb|tb|pb)?)(?![\w])/iy;

function unary(scan: Scanner, grammar: Grammar): Expression {
  scan.blanks();
  const from = scan.index;
  const operator =
    scan.match(unaryWord)?.[1]?.toLowerCase() ??
    (scan.next === '!' || scan.next === ',' || scan.next === '+' || scan.next === '-'
      ? signs(scan)
      : undefined);
  if (operator !== undefined) {
    scan.lines();
    const operand = scan.within(() => unary(scan, grammar));
    return { kind: 'unary', operator, operand, at: [from, operand.at[1]] };
  }
  return suffixes(scan, grammar, primary(scan, grammar));
}

/** `!`, `,`, `+`, `-`, `++`, `--`. */
function signs(scan: Scanner): string {
  const [sign] = [scan.next];
  scan.index++;
  if ((sign === '+' || sign === '-') && scan.next === sign) scan.index++;
  return sign;
}

function primary(scan: Scanner, grammar: Grammar): Expression {
  const from = scan.index;
  const { next } = scan;
  if (next === '$') {
    if (scan.peek(1) === '(') {
      scan.index += 2;
      return bracketed(scan, grammar, from, false);
    }
    return variable(scan) ?? scan.fail('a `$` without a name');
  }
  if (next === '(') {
    scan.index++;
    return bracketed(scan, grammar, from, false);
  }
  if (next === '@') return atSign(scan, grammar);
  if (next === '{') {
    scan.index++;
    return { kind: 'block', block: scan.within(grammar.block), at: [from, scan.index] };
  }
  if (next === '[') return typed(scan, grammar);
  if (isQuote(next)) return quoted(scan, grammar);
  const digits = scan.match(number);
  return digits
    ? { kind: 'number', text: digits[0], at: [from, scan.index] }
    : scan.fail('something that is no expression');
}

/** `@'…'@`, `@( … )`, `@{ … }` or `@name`. */
export function atSign(scan: Scanner, grammar: Grammar): Expression {
  const from = scan.index;
  const here = hereString(scan, grammar);
  if (here) return here;
  scan.index++;
  if (scan.take('(')) return bracketed(scan, grammar, from, true);
  if (scan.take('{')) {
    const entries = scan.within(() => entriesOf(scan, grammar));
    return { kind: 'table', entries, at: [from, scan.index] };
  }
  const name = scan.match(/[\w:]+/y)?.[0];
  return name ? { kind: 'splat', name, at: [from, scan.index] } : scan.fail('a lonely `@`');
}

const bareKey = /[\w.-]+/y;

function entriesOf(scan: Scanner, grammar: Grammar): readonly Entry[] {
  const entries: Entry[] = [];
  for (;;) {
    scan.gaps();
    if (scan.take('}')) return entries;
    const from = scan.index;
    const bare = scan.match(bareKey)?.[0];
    const key: Expression =
      bare === undefined
        ? grammar.item()
        : { kind: 'text', parts: [bare], quote: 'single', at: [from, scan.index] };
    scan.lines();
    scan.expect('=', 'an entry of a table');
    scan.lines();
    const value = grammar.statement();
    if (!value) return scan.fail('an entry without a value');
    entries.push({ key, value });
  }
}

/** `[name]`, with what stands behind it: nothing, or what is cast. */
function typed(scan: Scanner, grammar: Grammar): Expression {
  const from = scan.index;
  const name = typeName(scan);
  const type: Expression = { kind: 'type', name, at: [from, scan.index] };
  if (scan.stands('::') || scan.next === '.') return type;
  const before = scan.index;
  scan.blanks();
  if (!/[$(@[{\d!+'"\u2018-\u201e-]/.test(scan.next) || (scan.next === '[' && before !== scan.index)) {
    scan.index = before;
    return type;
  }
  if (dashes.includes(scan.next) && scan.look(wordOperator)) {
    scan.index = before;
    return type;
  }
  const operand = scan.within(() => unary(scan, grammar));
  return { kind: 'cast', type: name, operand, at: [from, operand.at[1]] };
}

/** The text between brackets, those within it and quotes counted. */
export function typeName(scan: Scanner): string {
  const from = scan.index;
  let open = 0;
  while (!scan.done) {
    const { next } = scan;
    if (isQuote(next)) {
      const end = scan.text.indexOf(next, scan.index + 1);
      if (end < 0) break;
      scan.index = end;
    } else if (next === '[' || next === '(' || next === '{') open++;
    else if (next === ']' || next === ')' || next === '}') open--;
    scan.index++;
    if (open === 0) return scan.text.slice(from + 1, scan.index - 1).trim();
  }
  return scan.fail('a type without its closing bracket');
}

const memberName = /[\w]+/y;

/** What follows a value at once: members, calls, indexes. */
export function suffixes(scan: Scanner, grammar: Grammar, begun: Expression): Expression {
  let value = begun;
  for (;;) {
    const from = scan.index;
    const fixed = scan.stands('::');
    const dotted = fixed || isDot(scan);
    if (dotted || (scan.stands('?.') && /[\w$]/.test(scan.peek(2)))) {
      scan.index += fixed || scan.next === '?' ? 2 : 1;
      scan.lines();
      value = member(scan, grammar, value, fixed);
    } else if (scan.next === '[' || scan.stands('?[')) {
      scan.index += scan.next === '[' ? 1 : 2;
      scan.lines();
      const index = scan.within(grammar.expression);
      scan.lines();
      scan.expect(']', 'an index');
      value = { kind: 'index', target: value, index, at: [value.at[0], scan.index] };
    } else if (scan.stands('++') || scan.stands('--')) {
      scan.index += 2;
      value = { kind: 'unary', operator: 'after', operand: value, at: [value.at[0], scan.index] };
    } else return value;
    if (scan.index === from) return value;
  }
}

/** A dot with a name behind it; two dots are a range. */
function isDot(scan: Scanner): boolean {
  return scan.next === '.' && /[\w$("'\r\n]/.test(scan.peek(1));
}

function member(scan: Scanner, grammar: Grammar, target: Expression, fixed: boolean): Expression {
  const from = scan.index;
  const plain = scan.match(memberName)?.[0];
  const name: Expression =
    plain === undefined
      ? primary(scan, grammar)
      : { kind: 'text', parts: [plain], quote: 'single', at: [from, scan.index] };
  if (!scan.take('(')) return { kind: 'member', target, name, fixed, at: [target.at[0], scan.index] };
  const given: Expression[] = [];
  scan.lines();
  while (scan.next !== ')') {
    given.push(scan.within(grammar.item));
    scan.lines();
    if (!scan.take(',')) break;
    scan.lines();
  }
  scan.expect(')', 'a call');
  return { kind: 'member', target, name, fixed, given, at: [target.at[0], scan.index] };
}
