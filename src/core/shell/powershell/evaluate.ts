import type { Span } from '../../model.ts';
import { basename, dirname } from '../../paths.ts';
import type { Said } from '../../program.ts';
import { callOf, type Call } from './calls.ts';
import type { Body } from './values.ts';
import {
  concatenated,
  either,
  joined,
  listOf,
  mapped,
  nothing,
  numberOf,
  only,
  plain,
  something,
  textOf,
  texts,
  type Item,
  type Value,
} from './values.ts';
import type { Block, Entry, Expression, Statement } from './tree.ts';

/** What evaluating needs of whoever walks the tree. */
export interface Host {
  readonly variable: (name: string) => Value;
  readonly forget: (name: string) => void;
  /** What statements give; what they do is said meanwhile. */
  readonly captured: (statements: readonly Statement[]) => Value;
  readonly body: (block: Block) => Body;
  readonly say: (said: readonly Said[], at: Span) => void;
  /** Runs a block, or a text as PowerShell. */
  readonly run: (value: Value, given: readonly Value[], at: Span) => Value;
  /** A text as a block. */
  readonly blockOf: (value: Value, at: Span) => Value;
  /** A node as it was written. */
  readonly written: (at: Span) => string;
  readonly place: (at: Span) => Span;
  readonly step: () => void;
}

/** What an expression gives, as far as the text tells; what it does is said to the host. */
export function evaluate(node: Expression, host: Host): Value {
  host.step();
  switch (node.kind) {
    case 'text':
      return concatenated(
        node.parts.map(part => (typeof part === 'string' ? plain(part) : evaluate(part, host))),
      );
    case 'number':
      return plain(node.text);
    case 'variable':
      return host.variable(node.name);
    case 'splat':
      return something(`@${node.name}`);
    case 'statements': {
      const value = host.captured(node.statements);
      return node.list ? { ...value, list: true } : value;
    }
    case 'block':
      return only({ text: '{…}', known: false, block: host.body(node.block) });
    case 'table':
      return only({ text: '@{…}', known: false, table: tableOf(node.entries, host) });
    case 'type':
      return only({ text: node.name, known: true, type: typeOf(node.name) });
    case 'cast':
      return cast(node.type, evaluate(node.operand, host), node.at, host);
    case 'list':
      return listOf(node.items.flatMap(item => evaluate(item, host).items));
    case 'index':
      return indexed(evaluate(node.target, host), evaluate(node.index, host), host.written(node.at));
    case 'unary':
      return counted(node, host);
    case 'binary':
      return binary(
        node.operator,
        evaluate(node.left, host),
        evaluate(node.right, host),
        host.written(node.at),
      );
    case 'member':
      return member(node, host);
  }
}

function tableOf(entries: readonly Entry[], host: Host): ReadonlyMap<string, Value> {
  return new Map(
    entries.map(({ key, value }) => [
      (textOf(evaluate(key, host)) ?? '').toLowerCase(),
      host.captured([value]),
    ]),
  );
}

function typeOf(name: string): string {
  return name.toLowerCase().replace(/^system\./, '');
}

function cast(name: string, value: Value, at: Span, host: Host): Value {
  const type = typeOf(name);
  if (type === 'char' || type === 'char[]')
    return {
      ...value,
      items: value.items.map(item => {
        const code = numberOf(only(item));
        return code === undefined || item.text.length === 1
          ? item
          : { ...item, text: String.fromCharCode(code) };
      }),
    };
  if (type === 'scriptblock' || type === 'management.automation.scriptblock') return host.blockOf(value, at);
  if (/^(?:wmiclass|type|adsi|wmi)$/.test(type)) {
    const [item] = value.items;
    return item ? only({ ...item, type: item.text.toLowerCase() }) : value;
  }
  if (/^io\.(?:file|directory)info$/.test(type)) return value;
  return value;
}

function indexed(target: Value, index: Value, written: string): Value {
  const [table] = target.items.flatMap(item => item.table ?? []);
  if (table) {
    const key = textOf(index);
    return (key === undefined ? undefined : table.get(key.toLowerCase())) ?? something(`$(${written})`);
  }
  const numbers = index.items.map(item => numberOf(only(item)));
  const text = target.list ? undefined : textOf(target);
  const all: readonly Item[] =
    text === undefined ? target.items : text.split('').map(it => ({ text: it, known: true }));
  if (text === undefined && (!target.list || !all.every(item => item.known)))
    return { items: target.items.map(item => (item.wild ? item : { ...item, known: false })), list: false };
  const found = numbers.map(number => (number === undefined ? undefined : all.at(number)));
  if (found.some(item => item === undefined))
    return target.list && all.length ? { items: all, list: false } : something(`$(${written})`);
  const items = found.flatMap(item => item ?? []);
  return { items, list: items.length > 1 };
}

/** `$i++` makes something else of a variable, who knows how often. */
function counted(node: Expression & { kind: 'unary' }, host: Host): Value {
  const value = unary(node.operator, evaluate(node.operand, host), host.written(node.at));
  const { operand } = node;
  if (/^(?:after|\+\+|--)$/.test(node.operator) && operand.kind === 'variable') host.forget(operand.name);
  return value;
}

function unary(operator: string, operand: Value, written: string): Value {
  switch (operator) {
    case 'join':
      return only(joined(operand.items, ''));
    case ',':
      return { ...operand, list: true };
    case '-': {
      const number = numberOf(operand);
      return number === undefined ? something(`$(${written})`) : plain(String(-number));
    }
    case '+':
    case 'split':
    case 'after':
    case '++':
    case '--':
      return operator === '+'
        ? operand
        : { ...operand, items: operand.items.map(item => ({ ...item, known: false })) };
    default:
      return something(`$(${written})`);
  }
}

function binary(operator: string, left: Value, right: Value, written: string): Value {
  switch (operator) {
    case '+':
      return added(left, right);
    case 'f':
      return formatted(left, right, written);
    case 'join':
      return only(joined(left.items, textOf(right) ?? '$(…)'));
    case '??':
      return either(left, right);
    case 'as':
      return left;
    case 'replace':
      return replaced(left, right, written);
    case 'split':
      return splitBy(left, right, written);
    case '..':
      return range(numberOf(left), numberOf(right), written);
    case '*': {
      const [text, times] = [textOf(left), numberOf(right)];
      return text !== undefined &&
        times !== undefined &&
        times >= 0 &&
        text.length * times <= 1_024 &&
        !/^\d+$/.test(text)
        ? plain(text.repeat(times))
        : blurred(written, left, right);
    }
    // They filter lists, and say yes or no of everything else.
    case 'like':
    case 'match':
    case 'ne':
    case 'eq':
    case 'notlike':
    case 'notmatch':
      return left.list ? left : something(`$(${written})`);
    default:
      return blurred(written, left, right);
  }
}

function blurred(written: string, ...values: readonly Value[]): Value {
  const origin = values.flatMap(value => value.items).find(item => item.origin)?.origin;
  return only({ text: `$(${written})`, known: false, ...(origin && { origin }) });
}

function added(left: Value, right: Value): Value {
  if (left.list) return listOf([...left.items, ...right.items]);
  const [one, other] = [numberOf(left), numberOf(right)];
  if (one !== undefined && other !== undefined) return plain(String(one + other));
  return concatenated([left, right]);
}

/** `'{0} {1}' -f $a, $b`. */
function formatted(left: Value, right: Value, written: string): Value {
  const format = textOf(left);
  if (format === undefined) return blurred(written, left, right);
  const given = right.list ? right.items.map(only) : [right];
  const parts = format.split(/\{(\d{1,3})(?:,-?\d{1,3})?(?::[^{}]{0,40})?\}/);
  return concatenated(
    parts.map((part, index) =>
      index % 2
        ? (given[Number(part)] ?? something('$(…)'))
        : plain(part.replace(/\{\{|\}\}/g, it => it[0] ?? '')),
    ),
  );
}

const special = /[\\^$.|?*+()[\]{}]/;

/** Patterns are not run: a plain text is replaced, and everything else is no longer known. */
function replaced(left: Value, right: Value, written: string): Value {
  const [pattern, by] = right.list ? right.items : [...right.items, { text: '', known: true }];
  const from = pattern?.text.replace(/\\([\\.$^()[\]{}|?*+/-])/g, '$1') ?? '';
  const isPlain = pattern?.known && by?.known !== false && !special.test(pattern.text.replace(/\\./g, ''));
  if (!isPlain || !from || (by?.text ?? '').includes('$')) return blurred(written, left, right);
  return mapped(left, text => text.replaceAll(from, by?.text ?? ''));
}

function splitBy(left: Value, right: Value, written: string): Value {
  const [text, by] = [textOf(left), right.items[0]];
  if (text === undefined || !by?.known || !by.text || special.test(by.text)) return blurred(written, left);
  return listOf(text.split(by.text).map(it => ({ text: it, known: true })));
}

function range(from: number | undefined, to: number | undefined, written: string): Value {
  if (from === undefined || to === undefined || Math.abs(to - from) > 60) return something(`$(${written})`);
  const step = to < from ? -1 : 1;
  return listOf(
    Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => ({
      text: String(from + index * step),
      known: true,
    })),
  );
}

/** Properties that are the thing itself, or a text of the same meaning. */
const same = new Set(
  'fullname path pspath providerpath resolvedpath source definition value content rawcontent localpath absoluteuri originalstring uri pathtotarget file innertext tostring'.split(
    ' ',
  ),
);

function member(node: Expression & { kind: 'member' }, host: Host): Value {
  const target = evaluate(node.target, host);
  const named = textOf(evaluate(node.name, host))?.toLowerCase();
  const written = host.written(node.at);
  const given = node.given?.map(argument => evaluate(argument, host));
  if (named === undefined) {
    if (given)
      host.say(
        [{ does: 'unknown', why: `a method whose name cannot be known here`, at: host.place(node.at) }],
        node.at,
      );
    return something(`$(${written})`);
  }
  return given ? called(node, target, named, given, host) : property(target, named, written);
}

/** What a property of a value is, as far as that is plain. */
export function property(target: Value, name: string, written: string): Value {
  const [table] = target.items.flatMap(item => item.table ?? []);
  if (table) return table.get(name) ?? something(`$(${written})`);
  if (same.has(name)) return target;
  const paths =
    target.items.some(item => item.wild || /[\\/.]/.test(item.text)) && !target.items.some(item => item.type);
  if (paths && name === 'name') return mapped(target, text => basename(slashed(text)));
  if (paths && name === 'basename')
    return mapped(target, text => basename(slashed(text)).replace(/\.[^.]*$/, ''));
  if (
    paths &&
    (name === 'directoryname' || name === 'directory' || name === 'parent' || name === 'psparentpath')
  )
    return mapped(target, text => dirname(slashed(text)));
  const [first] = target.items;
  const origin = target.items.find(item => item.origin)?.origin;
  return only({
    text: `$(${written})`,
    known: false,
    ...(origin && { origin }),
    ...(first?.type !== undefined && { type: `${first.type}.${name}` }),
  });
}

function called(
  node: Expression & { kind: 'member' },
  target: Value,
  name: string,
  given: readonly Value[],
  host: Host,
): Value {
  const [first] = target.items;
  const written = host.written(node.at);
  if (node.fixed && name === 'new')
    return only({
      text: given[0]?.items[0]?.text ?? `$(${written})`,
      known: /^io\.(?:file|directory)info$/.test(first?.type ?? '') && (given[0]?.items[0]?.known ?? false),
      ...(first?.type !== undefined && { type: first.type }),
      made: given,
    });
  const call: Call = {
    type: first?.type,
    target,
    fixed: node.fixed,
    name,
    given,
    at: host.place(node.at),
    written,
  };
  const { said, value, runs, blockOf } = callOf(call);
  if (said?.length) host.say(said, node.at);
  if (runs) return host.run(runs, given, node.at);
  if (blockOf) return host.blockOf(blockOf, node.at);
  return value ?? nothing;
}

/** The texts that a value may be, one by one, as what a program is given. */
export function words(value: Value): readonly Item[] {
  return value.list ? value.items : texts(value);
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
