import type { Block } from './tree.ts';

/** One thing that a value may be, as far as the text alone tells. */
export interface Item {
  readonly text: string;
  /** False where a part comes from something we cannot know; `text` then shows that part as it was written. */
  readonly known: boolean;
  /** It stands for many: what a listing finds. */
  readonly wild?: true;
  /** It comes from elsewhere, or was hidden by an encoding. */
  readonly origin?: 'download' | 'decoded';
  /** A script block, with the text that it stands in. */
  readonly block?: Body;
  readonly table?: ReadonlyMap<string, Value>;
  /** The lower-case type of an object, and what it was made with: `net.webclient`. */
  readonly type?: string;
  readonly made?: readonly Value[];
}

export interface Body {
  readonly block: Block;
  readonly source: Source;
}

/** The text that nodes stand in, and where its places are in the text that the agent sent. */
export interface Source {
  readonly text: string;
  readonly place: (from: number, to: number) => readonly [number, number];
}

/** Any of these, or, as a list, all of them. Never empty but for a list. */
export interface Value {
  readonly items: readonly Item[];
  readonly list: boolean;
}

/** So many things are followed as one value, and so many characters of all of them. */
const most = 64;
const longestText = 16_384;

export const nothing: Value = { items: [], list: true };

export function plain(text: string): Value {
  return { items: [{ text, known: true }], list: false };
}

/** Something that cannot be known here, as it was written. */
export function something(written: string): Value {
  return { items: [{ text: written.slice(0, 200), known: false }], list: false };
}

export function only(item: Item): Value {
  return { items: [item], list: false };
}

export function listOf(items: readonly Item[]): Value {
  return items.length <= most
    ? { items, list: true }
    : { items: [...items.slice(0, most), { text: '$(…)', known: false, wild: true }], list: true };
}

/** Either of these. */
export function either(...values: readonly Value[]): Value {
  const items = values.flatMap(value => (value.items.length ? value.items : []));
  const seen = new Set<string>();
  const different = items.filter(item => {
    if (item.block || item.table) return true;
    const key = `${item.known ? '' : '?'}${item.text}`;
    return !seen.has(key) && seen.add(key);
  });
  const { items: few } = listOf(different);
  return { items: few, list: values.some(value => value.list) };
}

/** What a value is as one text: any of several, or the parts of a list with blanks between them. */
export function texts(value: Value, between = ' '): readonly Item[] {
  return value.list && value.items.length !== 1 ? [joined(value.items, between)] : value.items;
}

/** Items one after the other, as one text. */
export function joined(items: readonly Item[], between: string): Item {
  const text = items.map(item => item.text).join(between);
  const origin = items.find(item => item.origin)?.origin;
  return {
    text: text.length <= longestText ? text : '…',
    known: text.length <= longestText && items.every(item => item.known),
    ...(items.some(item => item.wild) && { wild: true as const }),
    ...(origin && { origin }),
  };
}

/** Every way of putting one of each after the other. */
export function concatenated(values: readonly Value[]): Value {
  let items: readonly Item[] = [{ text: '', known: true }];
  for (const value of values) {
    const next = texts(value);
    if (!next.length) continue;
    items = combined(items, next);
  }
  return { items, list: false };
}

function combined(lefts: readonly Item[], rights: readonly Item[]): readonly Item[] {
  const items: Item[] = [];
  let room = longestText;
  for (const left of lefts)
    for (const right of rights) {
      const item = joined([left, right], '');
      room -= item.text.length;
      if (items.length >= most || room < 0) return [...items, { text: '…', known: false }];
      items.push(item);
    }
  return items;
}

/** The only text that this can be, where it is known. */
export function textOf(value: Value | undefined): string | undefined {
  if (!value) return undefined;
  const [first, ...more] = texts(value);
  return first?.known && !more.length ? first.text : undefined;
}

export function numberOf(value: Value | undefined): number | undefined {
  const text = textOf(value);
  return text !== undefined && /^-?(?:0x[\da-f]+|\d+)$/i.test(text) ? Number(text) : undefined;
}

export function isKnown(value: Value): boolean {
  return value.items.every(item => item.known);
}

/** Applies a change of text to every known item; what is not known stays so. */
export function mapped(value: Value, change: (text: string) => string): Value {
  return {
    ...value,
    items: value.items.map(({ text, known, wild, origin }) => ({
      text: known || wild ? change(text) : text,
      known,
      ...(wild && { wild }),
      ...(origin && { origin }),
    })),
  };
}
