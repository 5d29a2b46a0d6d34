import type { Span } from '../../model.ts';
import type { Command } from '../../program.ts';
import type { Word } from '../words.ts';
import type { Item } from './values.ts';

/** A word of a command of PowerShell: one thing, or several with commas between them. */
export interface Argument extends Word {
  /** Written without quotes: it may be the name of a parameter. */
  readonly bare?: true;
  readonly items: readonly Item[];
}

/** A command of PowerShell, with what comes down the pipe to it. */
export interface Invocation extends Command {
  readonly fed?: Argument;
}

/** One of the things that an argument is. */
export interface Piece extends Item {
  readonly at: Span;
}

/** The parameters of a command, lower case with blanks between them. `order` is that of those without a name. */
export interface Shape {
  readonly switches?: string;
  readonly values?: string;
  readonly order?: string;
}

export interface Given {
  readonly has: (...names: readonly string[]) => boolean;
  readonly value: (...names: readonly string[]) => Argument | undefined;
  /** All that was given to these, one by one. */
  readonly pieces: (...names: readonly string[]) => readonly Piece[];
  /** The text of the only thing given to these. */
  readonly text: (...names: readonly string[]) => string | undefined;
  /** What no parameter took. */
  readonly rest: readonly Argument[];
  /** A table of parameters that cannot be known here: anything may stand in it. */
  readonly unclear: boolean;
}

const commonSwitches = ['verbose', 'vb', 'debug', 'db', 'whatif', 'wi', 'confirm', 'cf'];
const commonValues = [
  'erroraction',
  'ea',
  'warningaction',
  'wa',
  'informationaction',
  'infa',
  'progressaction',
  'errorvariable',
  'ev',
  'outvariable',
  'ov',
  'outbuffer',
  'ob',
  'pipelinevariable',
  'pv',
];
const parameterName = /^[-\u2013\u2014\u2015]([A-Za-z_?][\w-]*)(?::(.*))?$/s;

/** Binds words to parameters as PowerShell does: without case, by the beginning of a name, by place. */
export function parameters(words: readonly Word[], { switches, values, order }: Shape): Given {
  const shape = { alone: [...list(switches), ...commonSwitches], taking: [...list(values), ...commonValues] };
  const named: { readonly name: string; readonly value?: Argument }[] = [];
  const loose: Argument[] = [];
  let unclear = false;
  const all = words.map(asArgument);
  for (let index = 0; index < all.length; index++) {
    const word = all[index] as Argument;
    if (isSplat(word)) {
      unclear = true;
      continue;
    }
    const match = word.bare ? parameterName.exec(word.items[0]?.text ?? word.text) : null;
    if (!match) {
      loose.push(word);
      continue;
    }
    const name = resolved((match[1] ?? '').toLowerCase(), shape);
    const glued = match[2];
    if (glued !== undefined && glued !== '') {
      named.push({ name, value: without(word, match[0].length - glued.length) });
    } else if (glued === '' || shape.taking.includes(name)) {
      const next = all[index + 1];
      if (next && (glued === '' || !isParameter(next))) {
        named.push({ name, value: next });
        index++;
      } else named.push({ name });
    } else named.push({ name });
  }
  const places = list(order).filter(name => !named.some(it => it.name === name));
  for (const name of places) {
    const value = loose[0];
    if (!value) break;
    named.push({ name, value });
    loose.shift();
  }
  const valuesOf = (names: readonly string[]) =>
    named.flatMap(it => (names.includes(it.name) && it.value ? [it.value] : []));
  const pieces = (...names: readonly string[]) =>
    valuesOf(names).flatMap(value => value.items.map(item => ({ ...item, at: value.at })));
  return {
    has: (...names) => named.some(it => names.includes(it.name) && !isOff(it.value)),
    value: (...names) => valuesOf(names).at(-1),
    pieces,
    text: (...names) => {
      const [first, ...more] = pieces(...names);
      return first?.known && !more.length ? first.text : undefined;
    },
    rest: loose,
    unclear,
  };
}

/** What comes down the pipe, one by one. */
export function fedTo(command: Invocation): readonly Piece[] {
  const { fed } = command;
  return fed ? fed.items.map(item => ({ ...item, at: fed.at })) : [];
}

/** What is passed on as it is: `@arguments`. */
export function isSplat({ text, known }: Word): boolean {
  return !known && text.startsWith('@');
}

export function isParameter({ text, bare }: Argument): boolean {
  return bare === true && parameterName.test(text);
}

export function asArgument(word: Word): Argument {
  if ('items' in word) return word as Argument;
  const { text, known, wild } = word;
  return { ...word, bare: true, items: [{ text, known, ...(wild && { wild }) }] };
}

function isOff(value: Argument | undefined): boolean {
  return value?.known === true && /^(?:\$?false|0)$/i.test(value.text);
}

function resolved(
  name: string,
  { alone, taking }: { readonly alone: readonly string[]; readonly taking: readonly string[] },
): string {
  const all = [...taking, ...alone];
  return all.includes(name) ? name : (all.find(it => it.startsWith(name)) ?? name);
}

function without(word: Argument, length: number): Argument {
  const [first, ...more] = word.items;
  const cut = { ...first, text: (first?.text ?? '').slice(length), known: first?.known ?? false };
  return { ...word, text: word.text.slice(length), items: [cut, ...more] };
}

function list(text: string | undefined): readonly string[] {
  return text?.split(/\s+/).filter(Boolean) ?? [];
}
