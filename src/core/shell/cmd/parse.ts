import type { Span } from '../../model.ts';
import type { Node, RawPart, RawRedirect, RawWord } from './tree.ts';

/*
 * The language of cmd.exe, as `help cmd`, `help set`, `help for` and `help if` describe it (not checked against them).
 * Variables are taken for words' parts rather than for text that is put in before anything is read.
 */

/** The most characters that are parsed. */
export const longest = 65_536;
const deepest = 96;

export type Parsed =
  | { readonly ok: true; readonly node: Node }
  | { readonly ok: false; readonly why: string; readonly at: Span };

class Unreadable extends Error {
  readonly at: Span;

  constructor(why: string, at: Span) {
    super(why);
    this.at = at;
  }
}

/** Text to tree. A text that we will not read is a reason and a place. */
export function parseCmd(text: string): Parsed {
  if (text.length > longest)
    return { ok: false, why: `a line of more than ${longest} characters`, at: [0, text.length] };
  try {
    return { ok: true, node: new Parser(text).all() };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message, at: error.at };
    throw error;
  }
}

const blanks = /(?:[ \t\u00a0]|\^\r?\n)+/y;
const redirect = /[0-9]?(>>?|<)(?:[ \t]*&([0-9-]))?/y;
const keyword = /[a-z]+/iy;
const named = /%([^%\r\n:=|&<>"^ ][^%\r\n:|&<>"^]{0,255})(:[^%\r\n]{0,512})?%/y;
const delayed = /!([A-Za-z_][\w.()#-]{0,255})(:[^!\r\n]{0,512})?!/y;
const argument = /%%?~[a-z$:]{0,16}?([A-Za-z0-9])(?![A-Za-z])|%([0-9*])|%%?([A-Za-z])/y;

/** A class because a parse has a life: it moves on. */
class Parser {
  private readonly text: string;
  private index = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  all(): Node {
    const nodes: Node[] = [];
    while (this.index < this.text.length) {
      nodes.push(this.list(false));
      // A bracket that closes nothing is a word like any other there.
      if (this.index < this.text.length) this.index++;
    }
    return { kind: 'several', nodes, redirects: [], at: [0, this.text.length] };
  }

  private get next(): string {
    return this.text[this.index] ?? '';
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.index;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.index += found[0].length;
    return found;
  }

  private fail(why: string): never {
    throw new Unreadable(why, [
      Math.min(this.index, this.text.length),
      Math.min(this.index + 1, this.text.length),
    ]);
  }

  /** Statements up to the end, or to the bracket that closes them. */
  private list(inside: boolean): Node {
    const from = this.index;
    const nodes: Node[] = [];
    for (;;) {
      this.match(/(?:[\s&;,@]|\^\r?\n)+/y);
      if (this.index >= this.text.length || (this.next === ')' && inside)) break;
      if (this.next === ')') break;
      const before = this.index;
      nodes.push(this.pipe(inside));
      // `||` and what cannot begin a command.
      if (this.next === '|') this.index++;
      if (this.index === before) this.index++;
    }
    return { kind: 'several', nodes, redirects: [], at: [from, this.index] };
  }

  private pipe(inside: boolean): Node {
    const parts = [this.single(inside)];
    for (;;) {
      this.match(blanks);
      if (this.next !== '|' || this.text[this.index + 1] === '|') break;
      this.index++;
      this.match(/(?:[ \t@]|\^\r?\n)+/y);
      parts.push(this.single(inside));
    }
    const [first] = parts;
    return parts.length === 1 && first ? first : { kind: 'pipe', parts };
  }

  private single(inside: boolean): Node {
    if (this.depth >= deepest) this.fail('text nested too deeply');
    this.depth++;
    const node = this.one(inside);
    this.depth--;
    return node;
  }

  private one(inside: boolean): Node {
    const from = this.index;
    this.match(/(?:[ \t@]|\^\r?\n)+/y);
    if (this.next === ':') {
      this.match(/[^\r\n]*/y);
      return { kind: 'several', nodes: [], redirects: [], at: [from, this.index] };
    }
    if (this.next === '(') return this.group();
    const word = this.look(keyword)?.toLowerCase();
    const after = this.text[this.index + (word?.length ?? 0)] ?? '';
    if (word === 'rem' && /^[\s/]?$/.test(after)) {
      this.match(/(?:[^\r\n^]|\^\r?\n|\^)*/y);
      return { kind: 'several', nodes: [], redirects: [], at: [from, this.index] };
    }
    if (word === 'if' && /[\s(]/.test(after)) return this.conditional(inside);
    if (word === 'for' && /\s/.test(after)) return this.loop(inside);
    return this.command(inside);
  }

  private look(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.index;
    return pattern.exec(this.text)?.[0];
  }

  private group(): Node {
    const from = this.index;
    this.index++;
    const inner = this.list(true);
    if (this.next !== ')') this.fail('a bracket that is not closed');
    this.index++;
    const redirects: RawRedirect[] = [];
    for (;;) {
      this.match(blanks);
      const found = this.redirection(false);
      if (!found) break;
      redirects.push(...found);
    }
    return { kind: 'several', nodes: [inner], redirects, at: [from, this.index] };
  }

  private command(inside: boolean): Node {
    const from = this.index;
    const words: RawWord[] = [];
    const redirects: RawRedirect[] = [];
    for (;;) {
      this.match(blanks);
      const found = this.redirection(inside);
      if (found) {
        redirects.push(...found);
        continue;
      }
      if (this.isEnd(inside)) break;
      const before = this.index;
      words.push(this.word(inside));
      if (this.index === before) this.index++;
    }
    return { kind: 'command', words, redirects, at: [from, this.index] };
  }

  private isEnd(inside: boolean): boolean {
    return /^[\r\n&|]?$/.test(this.next) || (inside && this.next === ')');
  }

  private redirection(inside: boolean): readonly RawRedirect[] | undefined {
    const found = this.match(redirect);
    if (!found) return undefined;
    if (found[2]) return [];
    this.match(blanks);
    if (this.isEnd(inside)) this.fail('a redirection without its file');
    return [{ operator: found[1] ?? '>', target: this.word(inside) }];
  }

  /** One word: carets, quotes and variables read. `ends` is what ends it beside blanks and signs. */
  private word(inside: boolean, ends = /[\s&|<>]/): RawWord {
    const from = this.index;
    const parts: RawPart[] = [];
    let [plain, quoted] = ['', false];
    const flush = () => {
      if (plain) parts.push({ text: plain, quoted });
      plain = '';
    };
    while (this.index < this.text.length) {
      const { next } = this;
      if (!quoted && (ends.test(next) || (inside && next === ')'))) break;
      if (quoted && (next === '\n' || next === '\r')) break;
      if (next === '"') {
        flush();
        if (!quoted) parts.push({ text: '', quoted: true });
        quoted = !quoted;
        this.index++;
      } else if (next === '^' && !quoted) {
        this.index++;
        const continued = this.match(/\r?\n/y);
        if (!continued && this.index < this.text.length) plain += this.text[this.index++] ?? '';
      } else {
        const variable = next === '%' || next === '!' ? this.variable(quoted) : undefined;
        if (variable) {
          flush();
          parts.push(variable);
        } else {
          plain += next;
          this.index++;
        }
      }
    }
    flush();
    return { parts, quoted: this.text[from] === '"', at: [from, this.index] };
  }

  private variable(quoted: boolean): RawPart | undefined {
    const from = this.index;
    const found = this.match(this.next === '%' ? named : delayed);
    if (found?.[1] !== undefined && !found[1].startsWith('%'))
      return { variable: found[1].toLowerCase(), cut: found[2] !== undefined, quoted, written: found[1] };
    this.index = from;
    if (this.next !== '%') return undefined;
    const letter = this.match(argument);
    const name = letter?.[1] ?? letter?.[2] ?? letter?.[3];
    return name === undefined
      ? undefined
      : {
          variable: `%${name}`,
          cut: letter?.[1] !== undefined,
          quoted,
          written: letter?.[0].replaceAll('%', '').replace('~', '') ?? name,
        };
  }

  /** `if not exist x command else command`. */
  private conditional(inside: boolean): Node {
    this.match(keyword);
    this.match(blanks);
    for (;;) {
      const flag = this.match(/(?:not|\/i)(?=\s)/iy);
      if (!flag) break;
      this.match(blanks);
    }
    const test = this.match(/(?:exist|errorlevel|defined|cmdextversion)(?=\s)/iy);
    this.match(blanks);
    if (this.isEnd(inside)) this.fail('an `if` without its test');
    const first = this.word(inside);
    if (!test) this.compared(first, inside);
    this.match(blanks);
    const then = this.branch(inside);
    const before = this.index;
    this.match(/\s+/y);
    if (!this.match(/else(?=[\s(])/iy)) {
      this.index = before;
      return { kind: 'if', body: then };
    }
    this.match(blanks);
    return { kind: 'if', body: then, otherwise: this.branch(inside) };
  }

  private branch(inside: boolean): Node {
    if (this.isEnd(inside)) this.fail('a condition without its command');
    return this.pipe(inside);
  }

  /** `a==b`, `a == b`, `a equ b`. */
  private compared(first: RawWord, inside: boolean): void {
    const written = this.text.slice(...first.at);
    const equals = written.indexOf('==');
    if (equals >= 0 && equals + 2 < written.length) return;
    this.match(blanks);
    if (equals < 0) {
      const operator = this.word(inside);
      const sign = this.text.slice(...operator.at);
      if (/^==./.test(sign)) return;
      this.match(blanks);
    }
    if (this.isEnd(inside)) this.fail('an `if` without its test');
    this.word(inside);
  }

  private loop(inside: boolean): Node {
    this.match(keyword);
    this.match(blanks);
    const way = this.match(/\/([drlf])(?=\s)/iy)?.[1]?.toLowerCase() ?? '';
    const options: RawWord[] = [];
    for (;;) {
      this.match(blanks);
      if (this.next === '%' || /[<>]/.test(this.next) || this.isEnd(inside)) break;
      options.push(this.word(inside));
    }
    const variable = this.match(/%%?([^\s%])/y)?.[1];
    this.match(blanks);
    if (variable === undefined || !this.match(/in(?=[\s(])/iy)) this.fail('a loop without its variable');
    this.match(blanks);
    if (this.next !== '(') this.fail('a loop without its set');
    const set = this.set();
    this.match(blanks);
    if (!this.match(/do(?=[\s(@])/iy)) this.fail('a loop without its command');
    this.match(blanks);
    const body = this.branch(inside);
    return { kind: 'for', way, options, variable: `%${variable}`, set, body };
  }

  /** What stands in the brackets; a command in quotes stays one word. */
  private set(): readonly RawWord[] {
    this.index++;
    const words: RawWord[] = [];
    for (;;) {
      this.match(/[\s,;=]+/y);
      if (this.index >= this.text.length) this.fail('a bracket that is not closed');
      if (this.next === ')') {
        this.index++;
        return words;
      }
      const command = this.match(/'[^'\r\n]*'|`[^`\r\n]*`/y);
      if (command)
        words.push({
          parts: [{ text: command[0], quoted: true }],
          quoted: false,
          at: [this.index - command[0].length, this.index],
        });
      else {
        const before = this.index;
        words.push(this.word(true, /[\s,;=)]/));
        if (this.index === before) this.index++;
      }
    }
  }
}
