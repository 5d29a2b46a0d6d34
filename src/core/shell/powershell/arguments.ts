import type { Span } from '../../model.ts';
import type { Argument } from './bind.ts';
import type { Expression, Parameter } from './tree.ts';
import { plain, texts, type Item, type Value } from './values.ts';

/** A word that stands there as it is. */
export function word(text: string, at: Span): Argument {
  return { text, known: true, wild: false, at, bare: true, items: [{ text, known: true }] };
}

/** A value as a word of a command. */
export function argumentOf(value: Value, at: Span): Argument {
  const items: readonly Item[] = value.items;
  const [first] = texts(value);
  return {
    text: first?.text ?? '',
    known: items.every(item => item.known),
    wild: items.some(item => item.wild),
    at,
    items,
  };
}

/** For a program each thing is a word of its own. */
export function flat(argument: Argument): readonly Argument[] {
  if (argument.items.length === 1 || !argument.items.length)
    return [{ ...argument, wild: argument.wild || isGlob(argument) }];
  return argument.items.map(item => ({
    text: item.text,
    known: item.known,
    wild: item.wild ?? false,
    at: argument.at,
    items: [item],
  }));
}

function isGlob({ bare, text, known }: Argument): boolean {
  return bare === true && known && /[*?]/.test(text);
}

/** Whether a word is written without quotes. */
export function isBare(node: Expression | undefined): boolean {
  return node?.kind === 'text' && node.quote === 'none';
}

/** The folder of a program may be unknown where its name is not. */
export function nameOf(item: Item): Item {
  const name = item.text.replaceAll('\\', '/').split('/').at(-1) ?? '';
  return item.known ||
    (!item.text.includes('/') && !item.text.includes('\\')) ||
    !/^[\w.-]+$/.test(name) ||
    item.origin
    ? item
    : { ...item, known: true };
}

/** What is given to a function: by the names of its parameters, and what no name took. */
export function givenTo(
  parameters: readonly Parameter[],
  given: readonly Argument[],
): { readonly values: ReadonlyMap<string, Value>; readonly rest: readonly Value[] } {
  const values = new Map<string, Value>();
  const loose: Value[] = [];
  for (let index = 0; index < given.length; index++) {
    const argument = given[index] as Argument;
    const [, text, glued] = (argument.bare && /^-([A-Za-z_]\w*)(?::(.*))?$/s.exec(argument.text)) || [];
    const parameter =
      text === undefined
        ? undefined
        : parameters.find(it => it.name.toLowerCase().startsWith(text.toLowerCase()));
    const name = parameter?.name.toLowerCase();
    if (name === undefined) loose.push(valueOf(argument));
    else if (glued !== undefined || parameter?.alone) values.set(name, plain(glued ?? 'True'));
    else {
      const next = given[++index];
      if (next) values.set(name, valueOf(next));
    }
  }
  for (const { name } of parameters) {
    if (values.has(name.toLowerCase())) continue;
    const next = loose.shift();
    if (next) values.set(name.toLowerCase(), next);
  }
  return { values, rest: loose };
}

function valueOf({ items }: Argument): Value {
  return { items, list: items.length > 1 };
}
