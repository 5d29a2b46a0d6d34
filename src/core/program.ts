import type { Dialect, Doing, Lead, Reach, Seen, Span, SqlDialect } from './model.ts';
import type { Machine } from './ports.ts';
import type { Value, Word } from './shell/words.ts';

/** A simple command, ready to be asked what it does: words expanded, folder and variables as they are by then. */
export interface Command {
  /** The first names the program. Empty where there are only redirections. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** Absolute: where the command runs, after every `cd` before it. */
  readonly cwd: string;
  readonly input: Input;
  /** The command that its output goes into, instead of to whoever asked. */
  readonly into?: Command;
  /** The variable that its output goes into, and nowhere else: `TOKEN=$(gh auth token)`. */
  readonly keptIn?: string;
  /** What the line itself set, and what is the same on every machine. */
  readonly variable: (name: string) => Value | undefined;
  /** Of these, what the programs it starts find too. */
  readonly environment?: (name: string) => Value | undefined;
  /** What is assigned before it, for it alone, or by itself where there are no words. */
  readonly set?: readonly Setting[];
  /** What it runs stands among the commands behind it: a function or an alias of this line, `eval` of a known text. */
  readonly inlined?: true;
  /** Only the redirections around commands that stand before it: `{ a; b; } > c`. */
  readonly around?: true;
  readonly at: Span;
}

export interface Setting {
  readonly name: string;
  readonly value: Value;
  readonly at: Span;
}

export interface Redirect {
  readonly operator: string;
  readonly target: Word;
  /** The number before the operator, where there is one. */
  readonly descriptor?: number;
}

/** What a command reads from its standard input. */
export type Input =
  | { readonly from: 'nowhere' }
  | { readonly from: 'text'; readonly text: string; readonly known: boolean; readonly at: Span }
  | { readonly from: 'file'; readonly path: Word }
  | {
      readonly from: 'pipe';
      readonly commands: readonly Command[];
      /** Those of them that print what is read, one after the other, where that is plain. */
      readonly by?: readonly Command[];
    };

/** What a program says it does: an effect, or a text inside the text that is to be read too. */
export type Said = (Doing & Partial<Seen>) | Nested;
export type Nested =
  | {
      readonly nested: 'shell';
      readonly text: string;
      readonly at: Span;
      readonly dialect?: Dialect;
      readonly cwd?: string;
      /** What `$0`, `$1` and so on are there. */
      readonly given?: readonly Word[];
    }
  | {
      readonly nested: 'sql';
      readonly text: string;
      readonly at: Span;
      readonly dialect: SqlDialect;
      readonly reach?: Reach;
    }
  | { readonly nested: 'code'; readonly text: string; readonly at: Span; readonly language: string }
  | {
      readonly nested: 'words';
      readonly words: readonly Word[];
      readonly at: Span;
      readonly cwd?: string;
      /** Variables that it is started with, beside those it inherits. */
      readonly set?: readonly Setting[];
      /** Variables of whose values nobody sees what it prints. */
      readonly masked?: readonly string[];
      /** What it is where no service's command line has the first word's name. */
      readonly otherwise?: readonly Said[];
    };

/** What a program does with the arguments it is given. It minds nothing, and says `unknown` where it cannot tell. */
export type Program = (command: Command, machine: Machine) => readonly Said[];

export function nested(word: Word, kind: 'shell'): Nested {
  return { nested: kind, text: word.text, at: word.at };
}

export function follow(lead: Lead, at: Span): Said {
  return { does: 'follow', lead, at };
}

export function unknown(why: string, at: Span): Said {
  return { does: 'unknown', why, at };
}
