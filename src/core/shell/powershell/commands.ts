import { atSign } from './expressions.ts';
import type { Scanner } from './scanner.ts';
import { bareWord, bracketed, isQuote, quoted, span, variable, type Grammar } from './texts.ts';
import type { Element, Expression, RedirectNode } from './tree.ts';

/** Reads a command: its name, its words and its redirections, up to what ends it. */
export function command(scan: Scanner, grammar: Grammar): Element {
  const from = scan.index;
  const call = callOperator(scan);
  if (call) scan.blanks();
  const words: Expression[] = [];
  const redirects: RedirectNode[] = [];
  let end = scan.index;
  for (;;) {
    if (words.length || redirects.length) end = scan.index;
    scan.blanks();
    const redirect = redirection(scan, grammar);
    if (redirect) {
      redirects.push(...redirect);
      continue;
    }
    if (isEnd(scan)) break;
    const before = scan.index;
    const word = argument(scan, grammar);
    if (isVerbatimMark(word)) {
      words.push(...verbatimWords(scan));
      end = scan.index;
      break;
    }
    words.push(word);
    if (scan.index === before) scan.fail('a word that cannot be read');
  }
  if (!words.length) scan.fail('a command without a name');
  return { kind: 'command', ...(call && { call }), words, redirects, at: [from, Math.max(from, end)] };
}

const stops = new Set(['', '\n', '\r', ';', '|', '&', ')', '}']);

function isEnd(scan: Scanner): boolean {
  return stops.has(scan.next);
}

function callOperator(scan: Scanner): '&' | '.' | undefined {
  if (scan.take('&')) return '&';
  if (scan.next === '.' && /[\s'"$({&]/.test(scan.peek(1))) {
    scan.index++;
    return '.';
  }
  return undefined;
}

const stream = /(?:[1-6*])?(>>?)(?:&([12]))?/y;

/** `> file`, `2>&1`, `*>> log`; none where no redirection stands here. */
export function redirection(scan: Scanner, grammar: Grammar): readonly RedirectNode[] | undefined {
  if (scan.next === '<') scan.fail('a `<`, which PowerShell keeps for later');
  const found = scan.match(stream);
  if (!found) return undefined;
  if (found[2]) return [];
  scan.blanks();
  if (isEnd(scan)) scan.fail('a redirection without its file');
  return [{ operator: found[1] ?? '>', target: single(scan, grammar) }];
}

/** One argument: several with commas between them are a list. */
function argument(scan: Scanner, grammar: Grammar): Expression {
  const first = single(scan, grammar);
  const items = [first];
  for (;;) {
    const before = scan.index;
    scan.blanks();
    if (scan.next !== ',') {
      scan.index = before;
      break;
    }
    scan.index++;
    scan.lines();
    if (isEnd(scan)) break;
    items.push(single(scan, grammar));
  }
  return items.length === 1 ? first : { kind: 'list', items, at: span(first, items.at(-1) ?? first) };
}

function single(scan: Scanner, grammar: Grammar): Expression {
  const from = scan.index;
  const { next } = scan;
  if (isQuote(next)) return grammar.suffixes(quoted(scan, grammar));
  if (next === '(') {
    scan.index++;
    return grammar.suffixes(bracketed(scan, grammar, from, false));
  }
  if (next === '{') {
    scan.index++;
    return { kind: 'block', block: scan.within(grammar.block), at: [from, scan.index] };
  }
  if (next === '@' && /[({'"\w\u2018-\u201e]/.test(scan.peek(1))) return atSign(scan, grammar);
  if (next === '$') return valueOrWord(scan, grammar);
  if (next === ',') {
    scan.index++;
    scan.lines();
    return single(scan, grammar);
  }
  return bareWord(scan, grammar);
}

/** `$x.Name` is a value, `$x\name` a word that begins with one. */
function valueOrWord(scan: Scanner, grammar: Grammar): Expression {
  const from = scan.index;
  const nested = scan.stands('$(');
  if (nested) scan.index += 2;
  const begun = nested ? bracketed(scan, grammar, from, false) : variable(scan);
  if (!begun) return bareWord(scan, grammar);
  const value = grammar.suffixes(begun);
  return goesOn(scan) ? bareWord(scan, grammar, value) : value;
}

function goesOn({ next }: Scanner): boolean {
  return next !== '' && !/[\s;|&(){},<>\u00a0]/.test(next);
}

function isVerbatimMark(word: Expression): boolean {
  return word.kind === 'text' && word.quote === 'none' && word.parts[0] === '--%';
}

const verbatim = /[^|\r\n]*/y;

/** Behind `--%` nothing means anything but blanks and double quotes. */
function verbatimWords(scan: Scanner): readonly Expression[] {
  const from = scan.index;
  const rest = scan.match(verbatim)?.[0] ?? '';
  return [...rest.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map(({ 0: text, index }): Expression => ({
    kind: 'text',
    parts: [text.replaceAll('"', '')],
    quote: 'none',
    at: [from + index, from + index + text.length],
  }));
}
