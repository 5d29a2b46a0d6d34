import { expand } from 'brace-expansion';
import type { Span } from '../model.ts';
import { parameter } from './parameters.ts';
import type { DoubleQuotedChild, Word as WordNode, WordPart } from './parse.ts';

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
  /** Of an array, and of `$@`: all that it holds. */
  readonly list?: readonly Item[];
}

export type Item = Pick<Word, 'text' | 'known' | 'wild'>;

/** What expanding needs to ask of whoever walks the tree. */
export interface Scope {
  /** Where a place in this text is in the text the agent sent. */
  readonly place: (from: number, to: number) => Span;
  readonly variable: (name: string) => Value | undefined;
  /** `${X:=default}` sets it. */
  readonly assign?: (name: string, value: Value) => void;
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
  readonly list?: readonly Item[];
  /** Unquoted, a pattern may become many names, and a value is split at blanks besides. */
  readonly is?: 'pattern' | 'value';
}

/** More than this many words from one is not followed further. */
const mostWords = 256;
/** The most characters of one word, and of choices times pieces. */
const longest = 65_536;

/** A word of the tree to the words it becomes: braces, known variables and word splitting done. */
export function expandWord(node: WordNode, scope: Scope): readonly Word[] {
  return expandChoices(node, scope).flat();
}

/** The same, each way that it may turn out apart. */
export function expandChoices(node: WordNode, scope: Scope): readonly (readonly Word[])[] {
  const at = scope.place(node.pos, node.end);
  if (!node.parts) return [[literal(node, at)]];
  const pieces = piecesOfWord(node.parts, scope);
  const splits = separators(scope);
  const braced = node.parts.some(part => part.type === 'BraceExpansion') ? braces(pieces) : [pieces];
  const choices = braced.map(it => alternatives(it).map(chosen => fields(chosen, at, splits)));
  const [only] = choices;
  const ways = choices.length === 1 && only ? only : [choices.flat(2)];
  const words = ways.flat();
  return words.length < mostWords
    ? ways
    : [[...words.slice(0, mostWords), { text: node.text, known: false, wild: true, at }]];
}

/** The single text of a word that is not split: an assignment's value, a here-string, a redirection's target. */
export function joinWord(node: WordNode, scope: Scope): Value & { readonly word: Word } {
  if (!node.parts) return asWritten(node.value, scope.place(node.pos, node.end));
  const pieces = node.parts.flatMap(part => piecesOf(part, scope));
  const options = alternatives(pieces).map(chosen => chosen.map(wholeText).join(''));
  const known = pieces.every(piece => piece.known);
  const word: Word = { text: options[0] ?? '', known, wild: false, at: scope.place(node.pos, node.end) };
  return { options: options.length > 1 ? [...new Set(options)] : options, known, word };
}

function asWritten(text: string, at: Span): Value & { readonly word: Word } {
  return { options: [text], known: true, word: { text, known: true, wild: false, at } };
}

function wholeText({ text, list }: Chosen): string {
  return list ? list.map(item => item.text).join(' ') : text;
}

function literal(node: WordNode, at: Span): Word {
  const quotedTilde = node.value.startsWith('~') && !node.text.startsWith('~');
  return { text: quotedTilde ? `./${node.value}` : node.value, known: true, wild: false, at };
}

/**
 * `rm$IFS$9-rf`: an argument that is hardly ever there ends the name `IFS`. And a temporary folder that is perhaps not
 * set is none where its files are patterns: `$TMPDIR/*` may be all there is.
 */
function piecesOfWord(parts: readonly WordPart[], scope: Scope): readonly Piece[] {
  const mentions = (pattern: RegExp) => parts.some(part => pattern.test(part.text));
  const spaced = parts.length > 1 && mentions(/^\$(?:IFS$|\{IFS\})/);
  const bare = mentions(/TMPDIR/) && mentions(/^[*?[]/);
  return parts.flatMap(part => {
    if (spaced && part.type === 'SimpleExpansion' && /^\$[1-9@*]$/.test(part.text))
      return scope.variable(part.text.slice(1)) ? piecesOf(part, scope) : [piece('', false)];
    const pieces = piecesOf(part, scope);
    return bare && part.text.includes('TMPDIR') ? pieces.map(it => ({ ...it, known: false })) : pieces;
  });
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
    case 'SimpleExpansion': {
      const name = part.text.slice(1);
      const value = scope.variable(name);
      return [ofValue(value, part.text, quoted, name)];
    }
    case 'ParameterExpansion': {
      const value = parameter(part, scope, node => joinWord(node, scope));
      return [ofValue(value, part.text, quoted, part.prefix ? '' : (part.index?.text ?? part.parameter))];
    }
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

/** Of what holds several, `which` says whether all of them are meant: `@`, or `*`, which makes one word of them in quotes. */
function ofValue(value: Value | undefined, written: string, quoted: boolean, which = ''): Piece {
  if (!value) return { options: [written], quoted, known: false };
  const { list, ...one } = value;
  if (!list || !/^[@*]$/.test(which)) return { ...one, quoted, is: 'value' };
  if (which === '@' || !quoted) return { ...one, quoted, is: 'value', list };
  const known = list.every(item => item.known);
  return { options: [list.map(item => item.text).join(' ')], known, quoted, is: 'value' };
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
  readonly list: Piece['list'];
  readonly is: Piece['is'];
}

/** Every choice of the options, at most `mostWords`. What would be longer than any line is unknown. */
function alternatives(pieces: readonly Piece[]): readonly (readonly Chosen[])[] {
  const lengths = pieces.map(({ options, list = [] }) =>
    Math.max(
      list.reduce((sum, { text }) => sum + text.length, 0),
      ...options.map(text => text.length),
    ),
  );
  if (lengths.reduce((sum, length) => sum + length, 0) > longest)
    return [[{ text: '…', quoted: true, known: false, wild: false, list: undefined, is: undefined }]];
  if (pieces.every(({ options }) => options.length === 1)) return [pieces.map(it => chosenOf(it, 0))];
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
    .map(it => {
      const chosen = chosenOf(it, left % it.options.length);
      left = Math.floor(left / it.options.length);
      return chosen;
    })
    .toReversed();
}

function chosenOf({ options, quoted, known, wild = false, list, is }: Piece, index: number): Chosen {
  return { text: options[index] ?? '', quoted, known, wild, list, is };
}

/** What splits a value: blanks, or what the line made `IFS`. */
function separators(scope: Scope): RegExp {
  const set = scope.variable('IFS')?.options[0];
  if (!set || set === ' ' || set === ' \t\n' || set.length > 16) return blanks;
  return new RegExp(`[${set.replace(/[\\\]^-]/g, '\\$&')}]+`);
}

const blanks = /[ \t\n]+/;

/** Splits what came from unquoted pieces at blanks, and says which fields are wild. */
function fields(chosen: readonly Chosen[], at: Span, splits: RegExp): readonly Word[] {
  const done: Word[] = [];
  let open: Item | undefined;
  const close = () => {
    if (open) done.push({ ...open, at });
    open = undefined;
  };
  const add = (text: string, known: boolean, wild: boolean) => {
    open = {
      text: (open?.text ?? '') + text,
      known: (open?.known ?? true) && known,
      wild: (open?.wild ?? false) || wild,
    };
  };
  for (const [index, { text, quoted, known, wild, list, is }] of chosen.entries()) {
    if (index === 0 && quoted && text.startsWith('~')) add('./', true, false);
    for (const [place, item] of (list ?? [{ text, known, wild }]).entries()) {
      if (place > 0) close();
      const parts = quoted || !item.known || is !== 'value' ? [item.text] : item.text.split(splits);
      parts.forEach((part, number) => {
        if (number > 0) close();
        if (!part && !quoted) return;
        const pattern = is !== undefined && !quoted && item.known && /[*?[]|[@+!]\(/.test(part);
        add(part, item.known, item.wild || pattern);
      });
    }
  }
  close();
  return done;
}
