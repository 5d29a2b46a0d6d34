/** One tool call, in the agent's own words for the tool. */
export interface Call {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Manner {
  /** Said before the calls. */
  readonly say?: string;
  /** Milliseconds before the answer. */
  readonly delay?: number;
  /** Skipped when the agent does not declare the tool. */
  readonly optional?: boolean;
  /** Played although the agent does not declare the tool: it may still know it, as by a former name. */
  readonly undeclared?: boolean;
}

/** One answer of the model: one call, several at once, or a text, which ends the run. */
export type Turn =
  (Call & Manner) | ({ readonly parallel: readonly Call[] } & Manner) | ({ readonly text: string } & Manner);

/** What the model does, turn after turn; after the last it says that it is done. */
export type Script = readonly Turn[] | Play;

/**
 * A script with parts: a conversation whose user says `[[sub:NAME]]` plays the part of that name. A subagent
 * without a part plays the turns from their start, so one that starts subagents would not end.
 */
export interface Play {
  readonly turns: readonly Turn[];
  readonly subs: Readonly<Record<string, readonly Turn[]>>;
}

/** The calls of a turn, and none for a text. */
export function callsOf(turn: Turn): readonly Call[] {
  if ('parallel' in turn) return turn.parallel;
  return 'tool' in turn ? [{ tool: turn.tool, input: turn.input }] : [];
}
