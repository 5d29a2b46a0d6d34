import type { Span } from '../../model.ts';
import { doubleQuotes, singleQuotes, type Scanner } from './scanner.ts';
import type { Block, Expression, Part, Statement } from './tree.ts';

/** What texts, expressions and commands need of each other: the parts of the grammar, introduced in `parse.ts`. */
export interface Grammar {
  /** Statements up to the closing bracket, which is not taken. */
  readonly statements: (closing: ')' | '}') => readonly Statement[];
  readonly statement: () => Statement | undefined;
  /** A block in braces, the opening one already taken. */
  readonly block: () => Block;
  /** An expression without commas at its top. */
  readonly item: () => Expression;
  readonly expression: () => Expression;
  /** What may follow a value without a blank: `.Name`, `[0]`, `::Name(…)`. */
  readonly suffixes: (value: Expression) => Expression;
}

const variableName = /(?:(?:[A-Za-z_]\w*):(?=[\w?]))?[A-Za-z_0-9?]+|[$^?]/y;
const braced = /\{((?:[^}`]|`[^])*)\}/y;

/** The variable whose `$` stands here; none where the sign means itself. */
export function variable(scan: Scanner): Expression | undefined {
  const from = scan.index;
  scan.index++;
  const name = scan.next === '{' ? scan.match(braced)?.[1] : scan.match(variableName)?.[0];
  if (name !== undefined && name !== '') return { kind: 'variable', name, at: [from, scan.index] };
  scan.index = from;
  return undefined;
}

/** `$( … )`, `@( … )` or `( … )`: the statements between, the opening already taken. */
export function bracketed(scan: Scanner, grammar: Grammar, from: number, list: boolean): Expression {
  const statements = scan.within(() => grammar.statements(')'));
  scan.expect(')', 'a bracket');
  return { kind: 'statements', statements, list, at: [from, scan.index] };
}

/** Whether a quoted text begins here. */
export function isQuote(character: string): boolean {
  return character !== '' && (singleQuotes.includes(character) || doubleQuotes.includes(character));
}

export function quoted(scan: Scanner, grammar: Grammar): Expression {
  const from = scan.index;
  const single = singleQuotes.includes(scan.next);
  scan.index++;
  const parts = single ? [verbatim(scan)] : expandable(scan, grammar, closesQuote);
  return { kind: 'text', parts, quote: single ? 'single' : 'double', at: [from, scan.index] };
}

function verbatim(scan: Scanner): string {
  let text = '';
  let from = scan.index;
  for (; !scan.done; scan.index++) {
    if (!singleQuotes.includes(scan.next)) continue;
    text += scan.text.slice(from, scan.index);
    scan.index++;
    if (scan.done || !singleQuotes.includes(scan.next)) return text;
    from = scan.index;
  }
  return scan.fail('a text without its closing quote');
}

/** Moves over the end of a text where it stands here; a doubled quote is no end. */
type Closes = (scan: Scanner) => boolean | 'doubled';

const closesQuote: Closes = scan => {
  if (!doubleQuotes.includes(scan.next)) return false;
  scan.index++;
  if (scan.done || !doubleQuotes.includes(scan.next)) return true;
  return 'doubled';
};

/** Parts up to the end that `closes` finds. */
function expandable(scan: Scanner, grammar: Grammar, closes: Closes): readonly Part[] {
  const parts: Part[] = [];
  let plain = '';
  let from = scan.index;
  const flush = () => {
    plain += scan.text.slice(from, scan.index);
  };
  while (!scan.done) {
    const character = scan.next;
    if (character === '`') {
      flush();
      const character = escaped(scan);
      plain += escapes[character] ?? character;
      from = scan.index;
      continue;
    }
    if (character === '$') {
      const at = scan.index;
      const inner = substitution(scan, grammar);
      if (!inner) {
        scan.index = at + 1;
        continue;
      }
      plain += scan.text.slice(from, at);
      if (plain) parts.push(plain);
      parts.push(inner);
      plain = '';
      from = scan.index;
      continue;
    }
    const before = scan.index;
    const end = closes(scan);
    if (end === true) {
      plain += scan.text.slice(from, before);
      if (plain) parts.push(plain);
      return parts;
    }
    if (end === 'doubled') {
      plain += scan.text.slice(from, before);
      from = scan.index;
    }
    scan.index++;
  }
  return scan.fail('a text without its closing quote');
}

/** `$x`, `${x}` or `$( … )` in a text. */
function substitution(scan: Scanner, grammar: Grammar): Expression | undefined {
  const from = scan.index;
  if (scan.peek(1) === '(') {
    scan.index += 2;
    return bracketed(scan, grammar, from, false);
  }
  return variable(scan);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
};

/** What stands behind a backtick. */
function escaped(scan: Scanner): string {
  scan.index++;
  const character = scan.next;
  if (!scan.done) scan.index++;
  return character;
}

const hereOpening = /@(['"\u2018\u2019\u201a\u201b\u201c\u201d\u201e])[ \t]*\r?\n/y;

/** `@'` and a line's end, up to a line that begins with `'@`. */
export function hereString(scan: Scanner, grammar: Grammar): Expression | undefined {
  const from = scan.index;
  const opening = scan.match(hereOpening);
  if (!opening) return undefined;
  const single = singleQuotes.includes(opening[1] ?? '');
  // The end of the opening line may at once be the line's end before the closing mark.
  scan.index--;
  const parts = single ? [verbatimLines(scan)] : expandable(scan, grammar, closesLines);
  const [first, ...rest] = parts;
  const begun = typeof first === 'string' ? first.replace(/^\n/, '') : first;
  return {
    kind: 'text',
    parts: begun === undefined || begun === '' ? rest : [begun, ...rest],
    quote: single ? 'single' : 'double',
    at: [from, scan.index],
  };
}

const closingSingle = /\r?\n['\u2018\u2019\u201a\u201b]@/g;
const closingDouble = /\r?\n["\u201c\u201d\u201e]@/y;

function verbatimLines(scan: Scanner): string {
  closingSingle.lastIndex = scan.index;
  const end = closingSingle.exec(scan.text);
  if (!end) return scan.fail('a text of lines without its end');
  const text = scan.text.slice(scan.index, end.index);
  scan.index = end.index + end[0].length;
  return text;
}

const closesLines: Closes = scan => {
  if (scan.next !== '\n' && scan.next !== '\r') return false;
  return scan.match(closingDouble) !== undefined;
};

/** Characters that end a bare word. */
const ends = new Set([
  ' ',
  '\t',
  '\r',
  '\n',
  '\u00a0',
  ';',
  '|',
  '&',
  '(',
  ')',
  '{',
  '}',
  ',',
  '<',
  '>',
  '\f',
  '\v',
]);

/** A word of a command that is written without quotes: `C:\x\$name`, `--source=$url`. */
export function bareWord(scan: Scanner, grammar: Grammar, begun?: Expression): Expression {
  const from = begun?.at[0] ?? scan.index;
  const parts: Part[] = begun ? [begun] : [];
  let plain = '';
  const flush = () => {
    if (plain) parts.push(plain);
    plain = '';
  };
  while (!scan.done && !ends.has(scan.next)) {
    const character = scan.next;
    if (character === '`') {
      if (/[\r\n]/.test(scan.peek(1)) || scan.peek(1) === '') break;
      // Letters stay letters: what hides a name so must not be missed, whichever edition runs it.
      plain += escaped(scan);
    } else if (isQuote(character)) {
      flush();
      parts.push(quoted(scan, grammar));
    } else if (character === '$') {
      const inner = substitution(scan, grammar);
      if (inner) {
        flush();
        parts.push(inner);
      } else {
        plain += character;
        scan.index++;
      }
    } else {
      plain += character;
      scan.index++;
    }
  }
  flush();
  return { kind: 'text', parts, quote: 'none', at: [from, scan.index] };
}

export function span(from: Expression, to: Expression): Span {
  return [from.at[0], to.at[1]];
}
