import type { Span } from '../../model.ts';

/** The tree of a PowerShell text, as far as reading what it does needs one. `at` is always a place in that text. */
export interface Block {
  readonly parameters: readonly Parameter[];
  readonly statements: readonly Statement[];
  readonly at: Span;
}

export interface Parameter {
  readonly name: string;
  readonly fallback?: Expression;
  /** `[switch]`: no value follows it. */
  readonly alone: boolean;
}

export type Statement =
  | { readonly kind: 'pipeline'; readonly elements: readonly Element[]; readonly at: Span }
  | { readonly kind: 'several'; readonly statements: readonly Statement[] }
  | {
      readonly kind: 'assign';
      readonly target: Expression;
      readonly operator: string;
      readonly value: Statement;
    }
  | {
      readonly kind: 'if';
      readonly clauses: readonly { readonly condition: Statement; readonly body: Block }[];
      readonly otherwise?: Block;
    }
  | {
      readonly kind: 'foreach';
      readonly variable: string;
      readonly over: Statement;
      readonly body: Block;
    }
  | { readonly kind: 'loop'; readonly heads: readonly Statement[]; readonly body: Block }
  | { readonly kind: 'switch'; readonly on: readonly Statement[]; readonly cases: readonly Case[] }
  | { readonly kind: 'try'; readonly body: Block; readonly others: readonly Block[] }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: Block;
    }
  /** Bodies that run when something else asks for them: `trap`, `class`, `begin`, `process`, `end`. */
  | { readonly kind: 'bodies'; readonly bodies: readonly Block[] }
  | { readonly kind: 'flow'; readonly word: string; readonly value?: Statement };

export interface Case {
  readonly match: Expression;
  readonly body: Block;
}

export type Element =
  | {
      readonly kind: 'expression';
      readonly expression: Expression;
      readonly redirects: readonly RedirectNode[];
      readonly at: Span;
    }
  | {
      readonly kind: 'command';
      readonly call?: '&' | '.';
      readonly words: readonly Expression[];
      readonly redirects: readonly RedirectNode[];
      readonly at: Span;
    };

export interface RedirectNode {
  /** `>` or `>>`, without the number of a stream. */
  readonly operator: string;
  readonly target: Expression;
}

export type Expression = { readonly at: Span } & (
  | {
      readonly kind: 'text';
      readonly parts: readonly Part[];
      /** A bare word may be the name of a parameter, or of a command. */
      readonly quote: 'none' | 'single' | 'double';
    }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'splat'; readonly name: string }
  | { readonly kind: 'statements'; readonly statements: readonly Statement[]; readonly list: boolean }
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'table'; readonly entries: readonly Entry[] }
  | {
      readonly kind: 'member';
      readonly target: Expression;
      readonly name: Expression;
      readonly fixed: boolean;
      /** Set where it is called. */
      readonly given?: readonly Expression[];
    }
  | { readonly kind: 'index'; readonly target: Expression; readonly index: Expression }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'cast'; readonly type: string; readonly operand: Expression }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
);

/** A piece of a text: as it stands, or what an expression in it gives. */
export type Part = string | Expression;

export interface Entry {
  readonly key: Expression;
  readonly value: Statement;
}
