import type { Call } from './script.ts';

/** What a request says, whatever its dialect. */
export interface Conversation {
  /** Ids of the calls made so far: the turn is read from them, so a repeated request repeats its answer. */
  readonly calls: readonly string[];
  readonly results: readonly ToolResult[];
  readonly tools: readonly DeclaredTool[];
  /** What the user said, tool results aside. */
  readonly prompts: readonly string[];
  /** The JSON schema the answer must follow, where one is asked for. */
  readonly schema: unknown;
  /** The one tool that the answer must call. */
  readonly forced?: string;
}

export interface ToolResult {
  readonly id: string;
  /** False where the dialect has no word for it: the text says what failed. */
  readonly error: boolean;
  readonly text: string;
}

export interface DeclaredTool {
  readonly name: string;
  /** The whole declaration, as the agent sent it. */
  readonly declaration: unknown;
}

/** What the model answers, whatever the dialect. Without calls the run is over. */
export interface Answer {
  readonly text: string;
  readonly calls: readonly (Call & { readonly id: string })[];
  readonly delay: number;
}

/** What goes over the wire: one JSON body, or a stream of events. A text among them goes as it is, all else as JSON. */
export type Wire =
  | { readonly kind: 'body'; readonly body: unknown }
  | {
      readonly kind: 'events';
      readonly events: readonly { readonly event?: string; readonly data: unknown }[];
    };

/** How one vendor's API words a conversation. Reading never throws; `path` is without the query. */
export interface Dialect {
  readonly speaks: (path: string) => boolean;
  readonly read: (body: unknown) => Conversation;
  readonly write: (request: unknown, answer: Answer, path: string) => Wire;
}
