import type { Detector } from './detector.ts';
import { isRandom } from './detector.ts';
import type { Variable } from './model.ts';
import { scanText } from './scan.ts';

/** A variable that a file sets, with the line it begins in, from 1. The value is for nobody to see. */
export interface Assigned {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/**
 * The variables of an env file, in its order; a name that is set twice is there twice, and the last one counts. Takes
 * any text, in time that grows with its length.
 *
 * Read as dotenv, docker compose, direnv and shells have it in common (github.com/motdotla/dotenv, November 2026): an
 * `export` before the name, `=` or `: `, quotes of three kinds over several lines. Where they differ, as shells do: a `#`
 * begins a comment only behind a space, and double quotes know `\n`, `\"` and the like. A quote that nothing closes is a
 * character.
 */
export function variablesIn(text: string): readonly Assigned[] {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const found: Assigned[] = [];
  let line = 1;
  for (let at = 0; at < lines.length;) {
    const end = endOfLine(lines, at);
    const [head, name = ''] =
      /^[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)(?:[^\S\n]*=|:(?=\s))/.exec(lines.slice(at, end)) ?? [];
    const value = head === undefined ? undefined : valueAt(lines, at + head.length, end);
    if (value) found.push({ name, value: value.text, line });
    const next = value?.end ?? end;
    line += occurrences(lines, '\n', at, next) + 1;
    at = next + 1;
  }
  return found;
}

/**
 * The same without the values: what kind of thing each is, and how long. A name that is set twice is there once, and what
 * may be a piece of somebody's value rather than a name, such as the end of a key over several lines, is not there.
 */
export function describedVariables(text: string, detectors: readonly Detector[]): readonly Variable[] {
  const told = variablesIn(text).filter(it => !isPiece(it));
  const last = new Map(told.map(({ name, value }) => [name, value]));
  return [...last].map(([name, value]) => ({
    name,
    kind: kindOf(name, value, detectors),
    length: value.length,
  }));
}

function isPiece({ name, value }: Assigned): boolean {
  const padded = /^=?$/.test(value) && !/^[A-Z_][A-Z0-9_]*$/.test(name);
  return padded || !/^[A-Za-z_]/.test(name) || name.length > longestName || isRandom(name);
}

const longestName = 100;

interface Value {
  readonly text: string;
  /** Where the line ends in which it ends. */
  readonly end: number;
}

function valueAt(text: string, from: number, endOfFirst: number): Value {
  const start = from + (/^[^\S\n]*/.exec(text.slice(from, endOfFirst))?.[0].length ?? 0);
  return (
    quotedAt(text, start) ?? { text: bare(text.slice(start, endOfFirst), start > from), end: endOfFirst }
  );
}

/** A value in quotes, if nothing but a comment stands behind them. */
function quotedAt(text: string, start: number): Value | undefined {
  const quote = text[start] ?? '';
  if (!/^["'`]$/.test(quote)) return undefined;
  const close = closing(text, quote, start + 1);
  if (close < 0) return undefined;
  const end = endOfLine(text, close);
  if (!/^\s*(?:#.*)?$/.test(text.slice(close + 1, end))) return undefined;
  return { text: unescaped(text.slice(start + 1, close), quote), end };
}

// Stops at the next quote of its kind, which is where the next value of its kind opens at the latest: all in all one pass.
function closing(text: string, quote: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function unescaped(text: string, quote: string): string {
  if (quote !== '"') return text.replaceAll(`\\${quote}`, quote);
  return text.replace(/\\([\s\S])/g, (all, character: string) => escapes[character] ?? all);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  $: '$',
  '`': '`',
  '\n': '',
};

/** Up to a comment. `spaced`: a space stands before it, so that a `#` right at its start is one. */
function bare(text: string, spaced: boolean): string {
  if (spaced && text.startsWith('#')) return '';
  const comment = /\s#/.exec(text);
  return (comment ? text.slice(0, comment.index) : text).trim();
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function occurrences(text: string, what: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf(what, from); at >= 0 && at < to; at = text.indexOf(what, at + 1)) count++;
  return count;
}

/** A variable in words: `PORT (number, 4 characters)`. */
export function described({ name, kind, length }: Variable): string {
  return `${name} (${kind}${kind === 'empty' ? '' : `, ${length} character${length === 1 ? '' : 's'}`})`;
}

/** What a value is, in words that say nothing of which one it is. */
function kindOf(name: string, value: string, detectors: readonly Detector[]): string {
  if (value === '') return 'empty';
  if (/^(?:true|false|yes|no|on|off)$/i.test(value)) return 'true or false';
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return 'number';
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s/@]*:[^\s@]/i.test(value) && value.includes('@'))
    return 'URL with a password';
  const known = scanText('', `${name}=${value}`, detectors).find(({ sure }) => sure);
  if (known) return known.title;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return 'URL';
  return isRandom(value) ? 'random text' : 'text';
}
