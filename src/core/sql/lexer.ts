import type { Span, SqlDialect } from '../model.ts';

/** How a server and its usual client read characters. One row a dialect: what differs is here and nowhere else. */
export interface Reading {
  readonly dialect: Exclude<SqlDialect, 'unknown'>;
  /** Whether a backslash escapes in a plain '…' string. */
  readonly backslash: boolean;
  readonly doubleQuote: 'name' | 'string';
  readonly backtick: boolean;
  readonly bracket: boolean;
  /** `$tag$ … $tag$`; Snowflake knows only the empty tag. */
  readonly dollar: 'tag' | 'plain' | 'no';
  /** Prefixes that make a quote a string of another kind. */
  readonly prefixes: readonly string[];
  /** Of these prefixes, the one in whose string a backslash escapes though it does not elsewhere. */
  readonly escaping?: string;
  /** Of these prefixes, the one in whose string a backslash does not end escaping but stays. */
  readonly raw?: string;
  /** Of these prefixes, the one whose string ends where its first character says: `q'[it's]'`. */
  readonly chosen?: string;
  readonly triple: boolean;
  readonly nested: boolean;
  readonly hash: boolean;
  readonly slashes: boolean;
  /** MySQL: `--x` is no comment, `-- x` is. */
  readonly dashNeedsBlank: boolean;
  /** What stands in an executable comment, one that begins with an exclamation mark, runs. */
  readonly executable: boolean;
  /** Statements need no semicolon between them. */
  readonly loose: boolean;
}

const plain = {
  backslash: false,
  doubleQuote: 'name',
  backtick: false,
  bracket: false,
  dollar: 'no',
  prefixes: ['N', 'X', 'B'],
  triple: false,
  nested: false,
  hash: false,
  slashes: false,
  dashNeedsBlank: false,
  executable: false,
  loose: false,
} as const;

const mysql = {
  ...plain,
  backslash: true,
  doubleQuote: 'string',
  backtick: true,
  hash: true,
  dashNeedsBlank: true,
  executable: true,
} as const;

export const readings: Readonly<Record<Reading['dialect'], Reading>> = {
  postgresql: {
    ...plain,
    dialect: 'postgresql',
    dollar: 'tag',
    prefixes: ['E', 'N', 'X', 'B', 'U&'],
    escaping: 'E',
    nested: true,
  },
  mysql: { ...mysql, dialect: 'mysql' },
  mariadb: { ...mysql, dialect: 'mariadb' },
  sqlite: { ...plain, dialect: 'sqlite', backtick: true, bracket: true },
  transactsql: { ...plain, dialect: 'transactsql', bracket: true, nested: true, loose: true },
  bigquery: {
    ...plain,
    dialect: 'bigquery',
    backslash: true,
    doubleQuote: 'string',
    backtick: true,
    prefixes: ['R', 'B', 'RB', 'BR'],
    raw: 'R',
    triple: true,
    hash: true,
  },
  snowflake: { ...plain, dialect: 'snowflake', backslash: true, dollar: 'plain', slashes: true },
  clickhouse: {
    ...plain,
    dialect: 'clickhouse',
    backslash: true,
    backtick: true,
    dollar: 'tag',
    prefixes: ['X', 'B'],
    hash: true,
  },
  duckdb: {
    ...plain,
    dialect: 'duckdb',
    dollar: 'tag',
    prefixes: ['E', 'N', 'X', 'B'],
    escaping: 'E',
    nested: true,
  },
  oracle: { ...plain, dialect: 'oracle', prefixes: ['Q', 'NQ', 'N'], chosen: 'Q' },
};

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'variable' | 'mark';
  /** A word in capitals; a mark as it is; empty for everything else, so that no quoted thing is taken for a word. */
  readonly word: string;
  /** What it stands for: quotes taken off, escapes undone. */
  readonly text: string;
  readonly at: Span;
  /** Of a string in which every character stands for itself: where its content begins. */
  readonly inner?: number;
}

export interface Fault {
  readonly why: string;
  readonly at: Span;
}

/** Reads a text from a place on. Every character is looked at a bounded number of times. */
export interface Scanner {
  /** Where the next token begins; blanks and comments before it are skipped. The text's length at its end. */
  readonly begin: () => number;
  readonly next: () => Token | undefined;
  /** Goes on elsewhere: behind a client's line, behind a delimiter. */
  readonly jump: (to: number) => void;
  readonly faults: readonly Fault[];
}

const blank = /[\s\0]/;
const mayBeSkipped = /[-#/*\0\s\u0080-\uffff]/;
const letter = /[A-Za-z_\u0080-\uffff]/;
const wordish = /[A-Za-z0-9_$\u0080-\uffff]/;
const digit = /[0-9]/;
const markEnds = /[=:|&>@]/;
const marks = ['<=>', '::', ':=', '||', '&&', '<>', '!=', '<=', '>=', '==', '@@'];

export function scanner(text: string, reading: Reading): Scanner {
  const faults: Fault[] = [];
  let place = text.startsWith('\ufeff') ? 1 : 0;
  let executing = 0;
  const words = /[A-Za-z0-9_$\u0080-\uffff]+/y;
  const numbers = /0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
  const variables = /\?|[@:$](?=\w)[\w$]+|@@\w+|\$\(\w+\)|:(?=['"])|##?\w+/y;

  return {
    begin: () => {
      skip();
      return place;
    },
    next: () => {
      skip();
      return place < text.length ? token() : undefined;
    },
    jump: to => void (place = to),
    faults,
  };

  function skip(): void {
    while (place < text.length) {
      const code = text.charCodeAt(place);
      if (code === 32 || (code >= 9 && code <= 13) || code === 0) {
        place++;
        continue;
      }
      const to = mayBeSkipped.test(text[place] ?? '') ? pastBlank() : place;
      if (to === place) return;
      place = to;
    }
  }

  function pastBlank(): number {
    const [first, second] = [text[place] ?? '', text[place + 1] ?? ''];
    if (isBlank(first)) return place + 1;
    if (first === '-' && second === '-' && isDashComment()) return lineEnd(place);
    if (first === '#' && reading.hash) return lineEnd(place);
    if (first === '/' && second === '/' && reading.slashes && !isAddress()) return lineEnd(place);
    if (first === '/' && second === '*') return pastComment();
    if (first === '*' && second === '/' && executing > 0) {
      executing--;
      return place + 2;
    }
    return place;
  }

  /** A no-break space is a letter to most servers, a blank to SQL Server. */
  function isBlank(character: string): boolean {
    return blank.test(character) && (character < '\u0080' || reading.dialect === 'transactsql');
  }

  /** Of Snowflake's `PUT file:///…`. */
  function isAddress(): boolean {
    return /file:\/?$/i.test(text.slice(Math.max(0, place - 6), place));
  }

  function isDashComment(): boolean {
    const third = text[place + 2];
    return !reading.dashNeedsBlank || third === undefined || third <= ' ';
  }

  function lineEnd(from: number): number {
    const end = text.indexOf('\n', from);
    return end < 0 ? text.length : end + 1;
  }

  function pastComment(): number {
    if (reading.executable && (text[place + 2] === '!' || text.startsWith('M!', place + 2))) {
      executing++;
      let to = place + (text[place + 2] === '!' ? 3 : 4);
      for (let digits = 0; digits < 6 && digit.test(text[to] ?? ''); digits++) to++;
      return to;
    }
    if (!reading.nested) {
      const end = text.indexOf('*/', place + 2);
      return end < 0 ? unclosed('an unclosed comment', place) : end + 2;
    }
    let depth = 1;
    for (let to = place + 2; to < text.length; to++) {
      if (text[to] === '*' && text[to + 1] === '/') {
        to++;
        if (--depth === 0) return to + 1;
      } else if (text[to] === '/' && text[to + 1] === '*') {
        to++;
        depth++;
      }
    }
    return unclosed('an unclosed comment', place);
  }

  function unclosed(why: string, from: number): number {
    faults.push({ why, at: [from, text.length] });
    return text.length;
  }

  function token(): Token {
    const first = text[place] ?? '';
    if (letter.test(first)) return prefixed() ?? word();
    if (digit.test(first) || (first === '.' && digit.test(text[place + 1] ?? ''))) return number();
    if (first === "'") return quoted("'", 'string', reading.backslash, place);
    if (first === '"') return quoted('"', reading.doubleQuote, reading.backslash, place);
    if (first === '`' && reading.backtick) return quoted('`', 'name', reading.dialect === 'bigquery', place);
    if (first === '[' && reading.bracket) return quoted(']', 'name', false, place);
    if (first === '$') return dollar() ?? variable() ?? mark();
    if (first === '@' || first === ':' || first === '?' || first === '#') return variable() ?? mark();
    return mark();
  }

  function prefixed(): Token | undefined {
    for (const prefix of reading.prefixes) {
      const quote = text[place + prefix.length];
      const isString = quote === "'" || (quote === '"' && (reading.triple || prefix === 'U&'));
      if (!isString || text.slice(place, place + prefix.length).toUpperCase() !== prefix) continue;
      const kind = quote === '"' ? reading.doubleQuote : 'string';
      if (reading.chosen !== undefined && prefix.includes(reading.chosen)) return chosen(prefix.length);
      const raw = reading.raw !== undefined && prefix.includes(reading.raw);
      // In a raw string a backslash still keeps the quote behind it from closing.
      const escapes = reading.backslash || prefix === reading.escaping || raw;
      return quoted(quote, kind, escapes, place + prefix.length);
    }
    return undefined;
  }

  function word(): Token {
    const from = place;
    words.lastIndex = place;
    const value = words.exec(text)?.[0] ?? '';
    // A letter to others, a blank here: it ends the word.
    const end = reading.dialect === 'transactsql' ? value.search(/\s/) : -1;
    const kept = end < 0 ? value : value.slice(0, end);
    place += kept.length;
    return { kind: 'word', word: kept.toUpperCase(), text: kept, at: [from, place] };
  }

  /** Ends where the number does: `1DROP` is a number and a word to SQL Server and to older PostgreSQL. */
  function number(): Token {
    const from = place;
    numbers.lastIndex = place;
    place += numbers.exec(text)?.[0].length ?? 1;
    return { kind: 'number', word: '', text: text.slice(from, place), at: [from, place] };
  }

  function quoted(close: string, kind: 'string' | 'name', escapes: boolean, from: number): Token {
    const start = place;
    const long = reading.triple && close !== '`' && text.startsWith(close.repeat(3), from);
    const end = long ? close.repeat(3) : close;
    const inner = from + end.length;
    const parts: string[] = [];
    let exact = true;
    let kept = inner;
    let to = inner;
    for (;;) {
      if (to >= text.length) {
        unclosed(kind === 'string' ? 'an unclosed string' : 'an unclosed name', start);
        break;
      }
      if (escapes && text[to] === '\\') {
        parts.push(text.slice(kept, to), unescaped(text[to + 1] ?? ''));
        to = kept = to + 2;
        exact = false;
      } else if (!text.startsWith(end, to)) to++;
      else if (!long && text[to + 1] === close && doubles(close)) {
        parts.push(text.slice(kept, to + 1));
        to = kept = to + 2;
        exact = false;
      } else break;
    }
    parts.push(text.slice(kept, to));
    place = Math.min(text.length, to + end.length);
    const token = { kind, word: '', text: parts.join(''), at: [start, place] } as const;
    return exact ? { ...token, inner } : token;
  }

  /** Whether a closing quote that stands twice is one of the text. */
  function doubles(close: string): boolean {
    return reading.dialect !== 'bigquery' && !(close === ']' && reading.dialect === 'sqlite');
  }

  /** Oracle's `q'[…]'`: a bracket's partner, or the same character again, and a quote end it. */
  function chosen(length: number): Token {
    const start = place;
    const inner = place + length + 2;
    const open = text[inner - 1] ?? '';
    const end = text.indexOf(`${partners[open] ?? open}'`, inner);
    const close = end < 0 ? unclosed('an unclosed string', start) : end;
    place = end < 0 ? text.length : end + 2;
    return { kind: 'string', word: '', text: text.slice(inner, close), at: [start, place], inner };
  }

  function dollar(): Token | undefined {
    if (reading.dollar === 'no') return undefined;
    let to = place + 1;
    if (reading.dollar === 'tag' && letter.test(text[to] ?? ''))
      while (wordish.test(text[to] ?? '') && text[to] !== '$') to++;
    if (text[to] !== '$') return undefined;
    const tag = text.slice(place, to + 1);
    const from = place;
    const inner = to + 1;
    const end = text.indexOf(tag, inner);
    const close = end < 0 ? unclosed('an unclosed dollar quote', from) : end;
    place = end < 0 ? text.length : end + tag.length;
    return { kind: 'string', word: '', text: text.slice(inner, close), at: [from, place], inner };
  }

  /** `@x`, `:x`, `$1`, `?`, `$(x)`; `#x` and `##x` are SQL Server's temporary names. */
  function variable(): Token | undefined {
    const from = place;
    variables.lastIndex = place;
    const found = variables.exec(text)?.[0];
    if (found === undefined || (found.startsWith('#') && !reading.loose)) return undefined;
    place += found.length;
    const kind = found.startsWith('#') ? 'name' : 'variable';
    return { kind, word: '', text: found, at: [from, place] };
  }

  function mark(): Token {
    const from = place;
    const isLong = markEnds.test(text[from + 1] ?? '');
    const found = (isLong && marks.find(it => text.startsWith(it, from))) || text[from] || '';
    place += Math.max(1, found.length);
    return { kind: 'mark', word: found, text: found, at: [from, place] };
  }
}

const partners: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')', '<': '>' };

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function unescaped(character: string): string {
  return escapes[character] ?? character;
}
