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
  /** What the line itself set, and what is the same on every machine. */
  readonly variable: (name: string) => Value | undefined;
  readonly at: Span;
}

export interface Redirect {
  readonly operator: string;
  readonly target: Word;
}

/** What a command reads from its standard input. */
export type Input =
  | { readonly from: 'nowhere' }
  | { readonly from: 'text'; readonly text: string; readonly known: boolean; readonly at: Span }
  | { readonly from: 'file'; readonly path: Word }
  | { readonly from: 'pipe'; readonly commands: readonly Command[] };

/** What a program says it does: an effect, or a text inside the text that is to be read too. */
export type Said = (Doing & Partial<Seen>) | Nested;
export type Nested =
  | {
      readonly nested: 'shell';
      readonly text: string;
      readonly at: Span;
      readonly dialect?: Dialect;
      readonly cwd?: string;
    }
  | {
      readonly nested: 'sql';
      readonly text: string;
      readonly at: Span;
      readonly dialect: SqlDialect;
      readonly reach?: Reach;
    }
  | { readonly nested: 'code'; readonly text: string; readonly at: Span; readonly language: string }
  | { readonly nested: 'words'; readonly words: readonly Word[]; readonly at: Span; readonly cwd?: string };

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
