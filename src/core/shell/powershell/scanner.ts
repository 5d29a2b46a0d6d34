import type { Span } from '../../model.ts';

/** A text that PowerShell would not run, or that we will not read. */
export class Unreadable extends Error {
  readonly at: Span;

  constructor(why: string, at: Span) {
    super(why);
    this.at = at;
  }
}

/** So many blocks, brackets and texts may stand in each other. */
const deepest = 96;

const blank = /[ \t\u00a0\u200b\ufeff\f\v]+/y;
const lineEnd = /\r?\n|\r/y;
/** PowerShell takes typographic quotes and dashes for plain ones. */
export const singleQuotes = "'\u2018\u2019\u201a\u201b";
export const doubleQuotes = '"\u201c\u201d\u201e';
export const dashes = '-\u2013\u2014\u2015';

/** Walks over a text: blanks, comments, and patterns at a place. A class because a scan has a life: it moves on. */
export class Scanner {
  readonly text: string;
  index = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.index >= this.text.length;
  }

  get next(): string {
    return this.text[this.index] ?? '';
  }

  peek(offset: number): string {
    return this.text[this.index + offset] ?? '';
  }

  stands(text: string): boolean {
    return this.text.startsWith(text, this.index);
  }

  /** Moves over `text` where it stands here. */
  take(text: string): boolean {
    if (!this.stands(text)) return false;
    this.index += text.length;
    return true;
  }

  /** The match of a sticky pattern here, without moving. */
  look(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.index;
    return pattern.exec(this.text) ?? undefined;
  }

  /** The same, and moves over it. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    const found = this.look(pattern);
    if (found) this.index += found[0].length;
    return found;
  }

  expect(text: string, what: string): void {
    if (!this.take(text)) this.fail(`${what} without its \`${text}\``);
  }

  fail(why: string): never {
    throw new Unreadable(why, [this.index, Math.min(this.text.length, this.index + 1)]);
  }

  /** Blanks, comments and continued lines; not the end of a line. */
  blanks(): void {
    for (;;) {
      const from = this.index;
      this.match(blank);
      if (this.next === '`' && /[\r\n]/.test(this.peek(1))) {
        this.index++;
        this.match(lineEnd);
      }
      this.comment();
      if (this.index === from) return;
    }
  }

  /** Everything that may stand between statements. */
  gaps(): void {
    for (;;) {
      const from = this.index;
      this.lines();
      while (this.next === ';') this.index++;
      if (this.index === from) return;
    }
  }

  /** Blanks and ends of lines. */
  lines(): void {
    for (;;) {
      const from = this.index;
      this.blanks();
      this.match(lineEnd);
      if (this.index === from) return;
    }
  }

  private comment(): void {
    if (this.stands('<#')) {
      const end = this.text.indexOf('#>', this.index + 2);
      if (end < 0) this.fail('a comment without its end');
      this.index = end + 2;
    } else if (this.next === '#') {
      const rest = /[\r\n]/g;
      rest.lastIndex = this.index;
      this.index = rest.exec(this.text)?.index ?? this.text.length;
    }
  }

  /** What nests is read within a bound. */
  within<T>(read: () => T): T {
    if (this.depth >= deepest) this.fail('text nested too deeply');
    this.depth++;
    const result = read();
    this.depth--;
    return result;
  }
}
