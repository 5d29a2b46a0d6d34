/*
 * What an expression of a program may be, as far as its text alone tells. What is not known of a text stands in it
 * as `$name`, as a shell would write it: so that the line it is part of is read for what it is.
 */

export type Value = Text | List | Table | Thing | Callable | Unknown;

export interface Text {
  readonly is: 'text';
  /** It is one of these. */
  readonly options: readonly string[];
  readonly known: boolean;
  /** It stands for all files that it fits. */
  readonly wild?: true;
  /** An object that stands for a path, with methods: `Path('x').unlink()`. */
  readonly path?: true;
  /** The variable of the environment that it was read from. */
  readonly variable?: string;
}

export interface List {
  readonly is: 'list';
  readonly items: readonly Value[];
}

export interface Table {
  readonly is: 'table';
  readonly entries: ReadonlyMap<string, Value>;
}

/** A module, a function, a method or what a call gave, by its full name: `os.system`, `boto3.client.delete_bucket`. */
export interface Thing {
  readonly is: 'thing';
  readonly name: string;
  /** What the method belongs to, where that is a value. */
  readonly on?: Value;
  /** The first call with arguments on the way here: `connect('app.db')`. */
  readonly made?: Made;
}

export interface Made {
  readonly name: string;
  readonly given: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** A function of the program's own. */
export interface Callable {
  readonly is: 'function';
  readonly parameters: readonly Parameter[];
  readonly gives?: Value;
}
export type Parameter = string | readonly string[];

export interface Unknown {
  readonly is: 'unknown';
  readonly written: string;
}

export const nothing: Unknown = { is: 'unknown', written: '' };
export const none: ReadonlyMap<string, Value> = new Map();

const mostOptions = 16;
const longest = 16_384;

export function text(...options: readonly string[]): Text {
  return { is: 'text', options, known: true };
}

export function thing(name: string): Thing {
  return { is: 'thing', name };
}

/** A text with what is not known of it in the manner of a shell. */
export function textOf(value: Value | undefined): Text {
  if (value?.is === 'text') return value;
  if (value?.is === 'list' && value.items.length && value.items.every(it => it.is === 'text'))
    return joined(value.items, ' ');
  return { is: 'text', options: [placeholder(value)], known: false };
}

function placeholder(value: Value | undefined): string {
  const name = value?.is === 'unknown' ? value.written : value?.is === 'thing' ? value.name : '';
  return `$${/^(?:.*\W)?([A-Za-z_]\w*)$/s.exec(name.slice(-64))?.[1] ?? 'unknown'}`;
}

/** Texts one after the other: every choice of one with every choice of the next, within a bound. */
export function joined(values: readonly Value[], between = ''): Text {
  const parts = values.map(textOf);
  let options: readonly string[] = [''];
  parts.forEach((part, index) => {
    const before = index ? between : '';
    options = options
      .flatMap(left => part.options.map(right => left + before + right))
      .filter(option => option.length <= longest)
      .slice(0, mostOptions);
  });
  const wild = parts.some(part => part.wild);
  const known = parts.every(part => part.known) && options.length > 0;
  const variable = parts.length === 1 ? parts[0]?.variable : undefined;
  return {
    is: 'text',
    options: options.length ? options : ['$unknown'],
    known,
    ...(wild && { wild }),
    ...(variable !== undefined && { variable }),
  };
}

/** Each option of a text made another one. */
export function mapped(value: Value | undefined, make: (option: string) => string): Text {
  const from = textOf(value);
  return { ...from, options: from.options.map(option => (from.known ? make(option) : option)) };
}

/** One or the other: what is known of either. */
export function either(a: Value | undefined, b: Value): Value {
  if (!a || a === b) return b;
  if (a.is === 'text' && b.is === 'text') return eitherText(a, b);
  if (a.is === 'list' && b.is === 'list')
    return a.items.length + b.items.length > 64
      ? a
      : { is: 'list', items: distinct([...a.items, ...b.items]) };
  const [told] = [a, b].filter(it => it.is === 'text');
  if (told?.is === 'text') return told.known ? { ...told, known: false } : told;
  return b.is === 'unknown' ? a : b;
}

function eitherText(a: Text, b: Text): Text {
  const options = [...new Set([...a.options, ...b.options])].slice(0, mostOptions);
  const known = a.known && b.known && options.length <= a.options.length + b.options.length;
  return options.length === a.options.length && a.known === known ? a : { ...a, ...b, options, known };
}

function distinct(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return items.filter(item => {
    const key = item.is === 'text' ? item.options.join('\0') : undefined;
    if (key === undefined) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** What stands in it, one after the other: the items of a list, the names that a pattern stands for. */
export function items(value: Value | undefined): readonly Value[] {
  if (value?.is === 'list') return value.items;
  if (value?.is === 'text' && value.wild) return [value];
  if (value?.is === 'table') return [...value.entries.keys()].map(key => text(key));
  if (value?.is === 'thing') return [value];
  return [{ is: 'unknown', written: 'item' }];
}

/** What a loop's variable is in turn. */
export function anyOf(values: readonly Value[]): Value {
  const [first, ...rest] = values;
  return rest.reduce<Value>((all, it) => either(all, it), first ?? nothing);
}
