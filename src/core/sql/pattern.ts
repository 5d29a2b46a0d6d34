import type { Token } from './lexer.ts';

/**
 * The way through a statement's words that a form describes:
 * `A|B` one of these words, `[A B]` perhaps these, `<names>` names with commas between, `<name>` one name,
 * `<text>` a string, `(…)` anything in parentheses, `…` anything up to what follows, outside of parentheses.
 */
export type Pattern = readonly Part[];

type Part =
  | { readonly is: 'word'; readonly words: ReadonlySet<string> }
  | { readonly is: 'maybe'; readonly parts: Pattern }
  | { readonly is: 'names' | 'name' | 'text' | 'group' }
  | { readonly is: 'gap' };

export interface Match {
  readonly names: readonly string[];
  readonly text: string | undefined;
  /** The index behind the last token that the pattern took. */
  readonly to: number;
}

/** How much may still be looked at: hostile texts would else cost the square of their length. */
export interface Budget {
  left: number;
}

export function pattern(form: string): Pattern {
  const words = form.match(/\[|\]|[^\s[\]]+/g) ?? [];
  let place = 0;
  return parts();

  function parts(): Pattern {
    const found: Part[] = [];
    while (place < words.length && words[place] !== ']') found.push(part(words[place++] ?? ''));
    place++;
    return found;
  }

  function part(word: string): Part {
    if (word === '[') return { is: 'maybe', parts: parts() };
    return special[word] ?? { is: 'word', words: new Set(word === '|' ? [word] : word.split('|')) };
  }
}

const special: Readonly<Record<string, Part>> = {
  '<names>': { is: 'names' },
  '<name>': { is: 'name' },
  '<text>': { is: 'text' },
  '(…)': { is: 'group' },
  '…': { is: 'gap' },
};

/** Tries a pattern at a place. Spends the budget; an empty one matches nothing. */
export function match(
  form: Pattern,
  tokens: readonly Token[],
  from: number,
  budget: Budget,
): Match | undefined {
  let names: readonly string[] = [];
  let text: string | undefined;
  const to = along(form, 0, from);
  return to < 0 ? undefined : { names, text, to };

  function along(parts: Pattern, index: number, at: number): number {
    const part = parts[index];
    if (!part) return at;
    if (budget.left-- <= 0) return -1;
    if (part.is === 'gap') return over(parts, index + 1, at);
    const next = past(part, at);
    return next < 0 ? -1 : along(parts, index + 1, next);
  }

  function past(part: Exclude<Part, { is: 'gap' }>, at: number): number {
    const token = tokens[at];
    switch (part.is) {
      case 'word':
        return token && part.words.has(token.word) ? at + 1 : -1;
      case 'maybe':
        return Math.max(along(part.parts, 0, at), at);
      case 'text':
        if (token?.kind !== 'string') return -1;
        text = token.text;
        return at + 1;
      case 'group':
        return token?.word === '(' ? closing(tokens, at, budget) + 1 : -1;
      case 'name':
      case 'names': {
        const found = namesAt(tokens, at, part.is === 'names', budget);
        if (found.names.length) names = found.names;
        return found.names.length ? found.to : -1;
      }
    }
  }

  function over(parts: Pattern, index: number, from: number): number {
    for (let at = from; at <= tokens.length && budget.left-- > 0; at++) {
      const found = along(parts, index, at);
      if (found >= 0) return found;
      const word = tokens[at]?.word;
      if (word === '(') at = closing(tokens, at, budget);
      if (word === ')') return -1;
    }
    return -1;
  }
}

/** The index of the parenthesis that closes the one at `from`, or of the last token. */
export function closing(tokens: readonly Token[], from: number, budget: Budget): number {
  let depth = 0;
  for (let at = from; at < tokens.length && budget.left-- > 0; at++) {
    const word = tokens[at]?.word;
    if (word === '(') depth++;
    if (word === ')' && --depth === 0) return at;
  }
  return Math.max(from, tokens.length - 1);
}

/** Words that no unquoted name is: what follows a verb here is not its object. */
const reserved = new Set(
  (
    'FROM WHERE SET ON TO AS INTO VALUES SELECT INSERT UPDATE DELETE USING AND OR NOT IN IS BY TABLE WITH JOIN ' +
    'WHEN THEN ELSE END CASE UNION GROUP ORDER HAVING RETURNING OUTPUT CASCADE RESTRICT IF EXISTS DROP ALTER CREATE COLUMN ' +
    'INNER LEFT RIGHT CROSS NATURAL FULL LIMIT'
  ).split(' '),
);

function namesAt(
  tokens: readonly Token[],
  from: number,
  several: boolean,
  budget: Budget,
): { readonly names: readonly string[]; readonly to: number } {
  const names: string[] = [];
  let to = from;
  for (let at = from; budget.left-- > 0; at = to + 1) {
    const name = nameAt(tokens, at, budget);
    if (!name) break;
    names.push(name.name);
    to = name.to;
    if (!several || tokens[to]?.word !== ',') break;
  }
  return { names, to };
}

/** `a`, `"a"`, `a.b.*`, `db..t`, `@stage/path`: what a server takes for one name. */
function nameAt(
  tokens: readonly Token[],
  from: number,
  budget: Budget,
): { readonly name: string; readonly to: number } | undefined {
  const first = tokens[from];
  const isName = first && first.kind !== 'mark' && first.kind !== 'number' && !reserved.has(first.word);
  const isAll = first?.word === '*' && tokens[from + 1]?.word === '.';
  if (!first || (!isName && !isAll)) return undefined;
  let name = first.text;
  let to = from + 1;
  while (tokens[to]?.word === '.' && budget.left-- > 0) {
    name += '.';
    to++;
    const next = tokens[to];
    if (next && (next.kind !== 'mark' || next.word === '*')) {
      name += next.text;
      to++;
    }
  }
  return { name, to };
}
