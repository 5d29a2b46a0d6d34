import type { Machine } from '../../core/ports.ts';
import type { Secret, Skip, Skipped } from '../../core/report.ts';

/*
 * What is said between a scanner and its worker. A value stays in the worker: what comes out of it is masked.
 */

/** What a worker is given as it starts. */
export interface Given {
  readonly machine: Machine;
  /** What fingerprints are made with. */
  readonly key: Uint8Array;
  /** A person's own globs of hidden files. */
  readonly hidden: readonly string[];
  /** Without secretlint: only to measure what it costs. */
  readonly alone?: boolean;
}

export type Request =
  | { readonly do: 'list'; readonly paths: readonly string[]; readonly ignored: boolean }
  | { readonly do: 'read'; readonly files: readonly string[] }
  | { readonly do: 'text'; readonly file: string; readonly text: string };

/** A file that is to be read. `mark` changes when the file does. */
export interface Listed {
  readonly file: string;
  readonly mark: string;
  readonly size: number;
}

/** What a worker answers to a request, `end` last. A worker does one at a time. */
export type Answer =
  | { readonly is: 'ready' }
  | { readonly is: 'listed'; readonly files: readonly Listed[]; readonly skipped: readonly Skipped[] }
  /** What our own detectors found in a file, while secretlint is still to be asked. */
  | { readonly is: 'found'; readonly file: string; readonly secrets: readonly Secret[] }
  | ({ readonly is: 'looked'; readonly file: string } & Looked)
  | { readonly is: 'end' };

export interface Looked {
  readonly secrets: readonly Secret[];
  readonly bytes: number;
  readonly skip?: Skip;
}
