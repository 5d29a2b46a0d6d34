import type { Effect, Reach, Span, SqlDialect } from '../model.ts';
import type { ParseSql } from '../ports.ts';
import type { Reading } from './lexer.ts';
import type { Budget } from './pattern.ts';

/** Reads a shell's line that a client would hand to the shell of this machine; `at` is where it begins. */
export type ReadShell = (line: string, at: number) => readonly Effect[];

/** What stays the same while a text and the texts in it are read. */
export interface Given {
  readonly dialect: SqlDialect;
  readonly parse: ParseSql;
  readonly shell: ReadShell;
  /** The client runs on this machine: files that it touches are this machine's. */
  readonly here: boolean;
  /** Reads a text within the text. */
  readonly understand: (text: string, given: Given) => readonly Effect[];
  readonly depth: number;
  /** Where it is a text within a text: how the server that met the outer one reads. */
  readonly within?: Reading;
  /** The text is a block's body: a statement may begin with a variable's name there. */
  readonly body: boolean;
}

/** What is remembered from one statement to the next. */
export interface Memory {
  readonly prepared: Set<string>;
  reach: Reach | undefined;
  readonly budget: Budget;
  /** How many more lines for the shell are read, and how many more characters the dialect's parser. */
  shellLines: number;
  parsed: number;
}

export interface Context {
  readonly text: string;
  readonly reading: Reading;
  readonly given: Given;
  readonly memory: Memory;
}

export function serviceOf(dialect: SqlDialect): string {
  return dialect === 'unknown' ? 'sql' : dialect;
}

export function unknown(why: string, at: Span): Effect {
  return { does: 'unknown', why, at };
}

export function moved<E extends Effect>(effect: E, by: number): E {
  return by === 0 ? effect : { ...effect, at: [effect.at[0] + by, effect.at[1] + by] };
}
