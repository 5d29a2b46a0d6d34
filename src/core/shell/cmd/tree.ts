import type { Span } from '../../model.ts';

/** The tree of a text of cmd.exe. */
export type Node =
  | {
      readonly kind: 'command';
      readonly words: readonly RawWord[];
      readonly redirects: readonly RawRedirect[];
      readonly at: Span;
    }
  | { readonly kind: 'pipe'; readonly parts: readonly Node[] }
  | {
      readonly kind: 'several';
      readonly nodes: readonly Node[];
      readonly redirects: readonly RawRedirect[];
      readonly at: Span;
    }
  | { readonly kind: 'if'; readonly body: Node; readonly otherwise?: Node }
  | {
      readonly kind: 'for';
      /** `d`, `r`, `l`, `f`, or nothing. */
      readonly way: string;
      readonly options: readonly RawWord[];
      readonly variable: string;
      readonly set: readonly RawWord[];
      readonly body: Node;
    };

export interface RawWord {
  readonly parts: readonly RawPart[];
  /** It begins with a quote: no switch. */
  readonly quoted: boolean;
  readonly at: Span;
}

export type RawPart =
  | { readonly text: string; readonly quoted: boolean }
  /** `%NAME%` or `!NAME!`, with what is cut out of it; or the letter of a loop or the number of an argument. */
  | { readonly variable: string; readonly cut: boolean; readonly quoted: boolean; readonly written: string };

export interface RawRedirect {
  readonly operator: string;
  readonly target: RawWord;
}
