import type { Effect, Source, Span } from './model.ts';

/** A command that understanding found, for whoever explains it: after those that stand inside it. */
export interface Met {
  /** Its words as they are once expanded. */
  readonly text: string;
  readonly at: Span;
  /** How many texts it stands in. */
  readonly depth: number;
  /** What it does itself. */
  readonly effects: readonly Effect[];
  /** Where it stands, if not in the attempt's own text. */
  readonly source?: Source;
}
