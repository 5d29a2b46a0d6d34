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

/**
 * Why a file was not read, or not to its end: of `slow` and `failed`, which ended what reads it, and of `many`, which has
 * more findings or a folder more files than are told, what was found is told.
 */
export type Skip = 'binary' | 'large' | 'unreadable' | 'changing' | 'slow' | 'failed' | 'special' | 'many';

export interface Skipped {
  /** Absolute; a folder where it could not be looked through. */
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
  /** Why the scan did not come to its end, in words: there may be more. */
  readonly failed?: string;
}

/** What a commit would add, and what stands on lines that the last commit has already. */
export interface Staged extends Report {
  readonly former: readonly Secret[];
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

/** Whether a secret must not go further: without doubt one, not said to be for tests, and nobody ignores it. */
export function isLive({ sure, rating, ignored }: Secret): boolean {
  return sure && rating.stage !== 'test' && ignored === undefined;
}
