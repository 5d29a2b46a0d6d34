import type { Span } from '../model.ts';
import type { Machine } from '../ports.ts';
import type { Said } from '../program.ts';
import type { Invocation } from './powershell/bind.ts';

/** One thing that a text of PowerShell or cmd.exe does: a command, or what was said of something that is none. */
export interface Step {
  readonly command: Invocation;
  /** The name of a command of that shell, in lower case; absent where a program of that name is meant. */
  readonly name?: string;
  readonly said?: readonly Said[];
}

export interface Start {
  readonly cwd: string;
  readonly machine: Machine;
}

export interface Unread {
  readonly why: string;
  readonly at: Span;
}

export interface Walked {
  readonly steps: readonly Step[];
  readonly unread: readonly Unread[];
}

/** What is followed of one text: what is called is counted each time it is called. Beyond, no person could review it. */
export const mostNodes = 8_192;
export const mostSteps = 1_024;
/** Words and redirections of all its commands. */
export const mostWords = 8_192;

/** More than was meant to be followed in one text. */
export class Enough extends Error {}
