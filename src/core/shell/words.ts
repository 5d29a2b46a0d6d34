import { expand } from 'brace-expansion';
import type { Span } from '../model.ts';
import type { DoubleQuotedChild, ParameterExpansionPart, Word as WordNode, WordPart } from './parse.ts';

/** One argument as the program will see it, as far as the text alone tells. */
export interface Word {
  readonly text: string;
  /** False where a part comes from something we cannot know; `text` then shows that part as it was written. */
  readonly known: boolean;
  /** Unquoted `*`, `?` or `[`: it may become many. */
  readonly wild: boolean;
  readonly at: Span;
}

/** What a variable may hold: any of `options`, and anything else where it is not `known`. */
export interface Value {
  readonly options: readonly string[];
  readonly known: boolean;
  /** The options are patterns that were to be many names, as in `for f in *`. */
  readonly wild?: boolean;
}

/** What expanding needs to ask of whoever walks the tree. */
export interface Scope {
  /** Where a place in this text is in the text the agent sent. */
  readonly place: (from: number, to: number) => Span;
  readonly variable: (name: string) => Value | undefined;
  /** What a `$( … )` prints, where that is plain from its text. */
  readonly output: (
    part: WordPart & { readonly type: 'CommandExpansion' | 'ProcessSubstitution' },
  ) => Value | undefined;
}

interface Piece {
  readonly options: readonly string[];
  readonly quoted: boolean;
  readonly known: boolean;
  readonly wild?: boolean;
  /** Unquoted, a pattern may become many names, and a value is split at blanks besides. */
  readonly is?: 'pattern' | 'value';
}

/** More than this many words from one is not followed further. */
const mostWords = 256;
/** The most characters of one word, and of choices times pieces. */
const longest = 65_536;

/** A word of the tree to the words it becomes: braces, known variables and word splitting done. */
export function expandWord(node: WordNode, scope: Scope): readonly Word[] {
  const at = scope.place(node.pos, node.end);
  if (!node.parts) return [literal(node, at)];
  const pieces = node.parts.flatMap(part => piecesOf(part, scope));
  const braced = node.parts.some(part => part.type === 'BraceExpansion') ? braces(pieces) : [pieces];
  const words = braced.flatMap(alternatives).flatMap(chosen => fields(chosen, at));
  return words.length < mostWords
    ? words
    : [...words.slice(0, mostWords), { text: node.text, known: false, wild: true, at }];
}

/** The single text of a word that is not split: an assignment's value, a here-string, a redirection's target. */
export function joinWord(node: WordNode, scope: Scope): Value & { readonly word: Word } {
  const pieces = node.parts?.flatMap(part => piecesOf(part, scope)) ?? [
    { options: [node.value], quoted: false, known: true },
  ];
  const options = alternatives(pieces).map(chosen => chosen.map(piece => piece.text).join(''));
  const known = pieces.every(piece => piece.known);
  const word: Word = { text: options[0] ?? '', known, wild: false, at: scope.place(node.pos, node.end) };
  return { options: [...new Set(options)], known, word };
}

function literal(node: WordNode, at: Span): Word {
  const quotedTilde = node.value.startsWith('~') && !node.text.startsWith('~');
  return { text: quotedTilde ? `./${node.value}` : node.value, known: true, wild: false, at };
}

function piecesOf(part: WordPart | DoubleQuotedChild, scope: Scope, quoted = false): readonly Piece[] {
  switch (part.type) {
    case 'Literal':
      return [piece(part.value, quoted)];
    case 'Glob':
    case 'ExtendedGlob':
      return [{ ...piece(part.text, quoted), is: 'pattern' }];
    case 'BraceExpansion':
      return part.parts
        ? [piece('{', false), ...part.parts.flatMap(it => piecesOf(it, scope)), piece('}', false)]
        : [piece(part.text, false)];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [piece(part.value, true)];
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.length
        ? part.parts.flatMap(child => piecesOf(child, scope, true))
        : [piece('', true)];
    case 'SimpleExpansion':
      return [ofValue(scope.variable(part.text.slice(1)), part.text, quoted)];
    case 'ParameterExpansion':
      return [ofParameter(part, scope, quoted)];
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      return [ofValue(scope.output(part), part.text, quoted)];
    case 'ArithmeticExpansion':
      return [{ options: [part.text], quoted: true, known: false }];
  }
}

function piece(text: string, quoted: boolean): Piece {
  return { options: [text], quoted, known: true };
}

function ofValue(value: Value | undefined, written: string, quoted: boolean): Piece {
  return value ? { ...value, quoted, is: 'value' } : { options: [written], quoted, known: false };
}

// `${X:-default}` is what X holds or the default; what is cut out of a value is not computed.
function ofParameter(part: ParameterExpansionPart, scope: Scope, quoted: boolean): Piece {
  const value = part.prefix || part.index ? undefined : scope.variable(part.parameter);
  if (!part.operation) return ofValue(value, part.text, quoted);
  if (part.operation.type !== 'Default') return { options: [part.text], quoted, known: false };
  const fallback = joinWord(part.operation.operand, scope);
  if (part.operation.operator.endsWith('+') || !value)
    return { options: fallback.options, quoted, known: false };
  return ofValue(value, part.text, quoted);
}

/** Braces split a word before anything else does: other pieces stand in as private characters meanwhile. */
function braces(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const stands = (index: number) => String.fromCodePoint(0xe000 + index);
  const template = pieces
    .map((it, index) => (it.quoted || !it.known || it.is ? stands(index) : (it.options[0] ?? '')))
    .join('');
  return expand(template, { max: mostWords, maxSteps: 100_000 }).map(text =>
    text
      .split(/([\uE000-\uF8FF])/)
      .filter(Boolean)
      .map(part => pieces[(part.codePointAt(0) ?? 0) - 0xe000] ?? piece(part, false)),
  );
}

interface Chosen {
  readonly text: string;
  readonly quoted: boolean;
  readonly known: boolean;
  readonly wild: boolean;
  readonly is: Piece['is'];
}

/** Every choice of the options, at most `mostWords`. What would be longer than any line is unknown. */
function alternatives(pieces: readonly Piece[]): readonly (readonly Chosen[])[] {
  const lengths = pieces.map(({ options }) => Math.max(0, ...options.map(text => text.length)));
  if (lengths.reduce((sum, length) => sum + length, 0) > longest)
    return [[{ text: '…', quoted: true, known: false, wild: false, is: undefined }]];
  const room = Math.max(1, Math.min(mostWords, Math.floor(longest / pieces.length)));
  const wanted = pieces.reduce((count, { options }) => Math.min(room + 1, count * options.length), 1);
  const all = Array.from({ length: Math.min(room, wanted) }, (_, index) => choice(pieces, index));
  return wanted > room ? [...all, choice(pieces, 0).map(it => ({ ...it, known: false }))] : all;
}

/** The choice of that number: as on an odometer, the last piece turns fastest. */
function choice(pieces: readonly Piece[], index: number): readonly Chosen[] {
  let left = index;
  return pieces
    .toReversed()
    .map(({ options, quoted, known, wild = false, is }) => {
      const text = options[left % options.length] ?? '';
      left = Math.floor(left / options.length);
      return { text, quoted, known, wild, is };
    })
    .toReversed();
}

/** Splits what came from unquoted pieces at blanks, and says which fields are wild. */
function fields(chosen: readonly Chosen[], at: Span): readonly Word[] {
  const done: Word[] = [];
  let open: { text: string; known: boolean; wild: boolean } | undefined;
  const close = () => {
    if (open) done.push({ ...open, at });
    open = undefined;
  };
  for (const [index, { text, quoted, known, wild, is }] of chosen.entries()) {
    if (index === 0 && quoted && text.startsWith('~')) open = { text: './', known: true, wild: false };
    const parts = quoted || !known || is !== 'value' ? [text] : text.split(/[ \t\n]+/);
    parts.forEach((part, number) => {
      if (number > 0) close();
      if (!part && !quoted) return;
      open = {
        text: (open?.text ?? '') + part,
        known: (open?.known ?? true) && known,
        wild:
          (open?.wild ?? false) ||
          wild ||
          (is !== undefined && !quoted && known && /[*?[]|[@+!]\(/.test(part)),
      };
    });
  }
  close();
  return done;
}
