import type { Span } from '../model.ts';
import type { Said } from '../program.ts';
import type { Syntax } from './languages.ts';
import type { Token } from './tokens.ts';
import { either, nothing, type Value } from './values.ts';

/** A call whose parts are as far known as the program's text tells. */
export interface Call {
  /** In full, as far as imports and assignments tell. */
  readonly name: string;
  readonly callee: Value;
  readonly given: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly language: string;
  readonly at: Span;
}

export type Effects = (call: Call) => readonly Said[];

export interface Read {
  readonly value: Value;
  /** The variable that it is, where it may be assigned to. */
  readonly target?: string;
}

const deepest = 200;
const mostNames = 5_000;

/** Where the reading of a program stands, and what its names mean by then. */
export class Cursor {
  readonly said: Said[] = [];
  lastValue: Value = nothing;
  protected index = 0;
  protected depth = 0;
  /** Within brackets a new line means nothing. */
  protected bracketed = 0;
  protected readonly tokens: readonly Token[];
  protected readonly syntax: Syntax;
  protected readonly offset: number;
  protected readonly scope: Map<string, Value>;
  protected effects: Effects | undefined;

  constructor(
    tokens: readonly Token[],
    syntax: Syntax,
    offset: number,
    scope: Map<string, Value>,
    effects: Effects | undefined,
  ) {
    this.tokens = tokens;
    this.syntax = syntax;
    this.offset = offset;
    this.scope = scope;
    this.effects = effects;
  }

  protected assign(name: string | undefined, value: Value): void {
    if (name === undefined || !name || this.scope.size > mostNames) return;
    const before = this.scope.get(key(name));
    if (!before && value.is === 'unknown') return;
    this.scope.set(key(name), either(before, value));
  }

  protected takeName(): string | undefined {
    const token = this.token();
    if (token?.is !== 'name') return undefined;
    this.index++;
    return token.text;
  }

  protected token(ahead = 0): Token | undefined {
    return this.tokens[this.index + ahead];
  }

  protected next(): Token | undefined {
    return this.tokens[this.index + 1];
  }

  protected sign(mark: string): boolean {
    const token = this.tokens[this.index];
    return token?.is === 'sign' && token.text === mark;
  }

  protected word(name: string): boolean {
    const token = this.tokens[this.index];
    return token?.is === 'name' && token.text === name;
  }

  protected spaced(): boolean {
    const [before, here] = [this.tokens[this.index - 1], this.token()];
    return before !== undefined && here !== undefined && before.to < here.from;
  }

  protected skipTo(mark: string): void {
    while (this.index < this.tokens.length && !this.sign(mark)) this.index++;
  }

  protected deeper<T>(read: () => T): T | undefined {
    if (this.depth >= deepest) {
      this.index++;
      return undefined;
    }
    this.depth++;
    const value = read();
    this.depth--;
    return value;
  }
}

/** `@files` and `$files` are one name to us. */
export function key(name: string): string {
  return name.replace(/^[@%](?=[A-Za-z_])/, '$');
}
