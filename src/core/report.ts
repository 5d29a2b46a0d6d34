import type { Rating } from './model.ts';

/*
 * What a scan tells. Nothing in here is a value: a secret is known again by its fingerprint, which nobody can make
 * without the key in the state folder.
 */

/** A secret that stands in a file, as it may be shown and kept. */
export interface Secret {
  /** Of the value alone: the same wherever and whenever it is found on this machine. */
  readonly fingerprint: string;
  /** Absolute. */
  readonly file: string;
  /** From 1, as are columns, which count UTF-16 units; `endColumn` is that of the first character behind. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The detector's id, with `secretlint.` before it where only secretlint knows the kind. */
  readonly detector: string;
  readonly title: string;
  readonly provider: string;
  readonly rating: Rating;
  /** The value as it may be shown: its mark and length, the rest masked. */
  readonly shown: string;
  /** It is a credential without doubt; else it looks like one. */
  readonly sure: boolean;
  /** Why a person said that it does not matter. It is still told, and counts no more. */
  readonly ignored?: string;
}

/** Why a file was not read to its end, or not at all. */
export type Skip = 'binary' | 'large' | 'unreadable' | 'changing' | 'slow' | 'special' | 'many';

export interface Skipped {
  /** Absolute; of `many` the folder in which the walk ended. */
  readonly file: string;
  readonly why: Skip;
}

export interface Report {
  readonly secrets: readonly Secret[];
  /** Files that were looked at, of which `unchanged` were known from an earlier scan. */
  readonly files: number;
  readonly unchanged: number;
  /** What was read. */
  readonly bytes: number;
  readonly skipped: readonly Skipped[];
  /** Milliseconds. */
  readonly took: number;
  /** Ended by a person: there may be more. */
  readonly cancelled: boolean;
  /** Why the scan could not be done, in words: then nothing in it is to be relied on. */
  readonly failed?: string;
}

/** How far a scan is. `files` grows while folders are still looked through. */
export interface Progress {
  readonly files: number;
  readonly done: number;
  readonly found: number;
}

/** What is to be scanned, and who wants to know. */
export interface Scan {
  /** Folders and files, absolute. */
  readonly paths: readonly string[];
  /**
   * Everything that git ignores too. Without it, what is ignored is left out but for files that hold secrets by their
   * name: an ignored `.env` is where secrets are.
   */
  readonly ignored: boolean;
  readonly progress?: (progress: Progress) => void;
  readonly signal?: Ending;
}

/** How a scan is ended before its end: an `AbortSignal` is one. */
export interface Ending {
  readonly aborted: boolean;
  readonly addEventListener: (type: 'abort', listener: () => void) => void;
  readonly removeEventListener: (type: 'abort', listener: () => void) => void;
}
