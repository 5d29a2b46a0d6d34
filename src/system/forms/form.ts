import type { Path } from '../jsonc.ts';

/** Something of ours that is to stand in a file: where, from the top of it, and what. */
export interface Wanted {
  readonly at: readonly string[];
  readonly value: unknown;
}

/** Something of ours that stands there: its own place, which is one step behind `at`. */
export interface Found {
  readonly path: Path;
  readonly value: unknown;
}

/** What is remembered of a file that was wired, as far as it says what is ours. */
export interface Remembered {
  /** Whether there was no file before. */
  readonly fresh: boolean;
  /** Containers in it that we made. */
  readonly made: readonly (readonly string[])[];
}

/** Whether what stands at a place is ours, of whatever age. */
export type IsOurs = (at: readonly string[], value: unknown) => boolean;

/**
 * How a kind of file takes something of ours in, and gives it back. Texts are whole files without a byte order mark; an
 * empty one is no file or an empty one. Each throws a sentence where it cannot.
 */
export interface Form {
  /** What of the text is ours, at the places where ours may stand. */
  readonly find: (text: string, places: readonly (readonly string[])[], isOurs: IsOurs) => readonly Found[];
  /** The text with what is wanted added. */
  readonly put: (text: string, wanted: readonly Wanted[]) => string;
  /** The text without what was found; `undefined` where nothing is left that anybody put there. */
  readonly take: (text: string, found: readonly Found[], remembered: Remembered) => string | undefined;
  /** The containers that putting it in will make. */
  readonly made: (text: string, wanted: readonly Wanted[]) => readonly (readonly string[])[];
}
