import { createScanner, parseTree, type Node, type ParseError } from 'jsonc-parser';

/*
 * Settings files as people write them: JSON with comments. What is put in or taken out changes nothing around it.
 * jsonc-parser's own `modify` is not used: it formats the lines it touches anew and drops comments beside what it
 * removes (3.3.1, November 2026).
 */

export type Path = readonly (string | number)[];

/** The tree of a text, or `undefined` where it does not parse or holds nothing. Trailing commas are let pass. */
export function tree(text: string): Node | undefined {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    return errors.length > 0 ? undefined : root;
  } catch {
    return undefined; // Nested deeper than the stack.
  }
}

/** The value of a node, as `JSON.parse` would make it: `__proto__` is a key like any other. */
export function plain(node: Node): unknown {
  const children = node.children ?? [];
  if (node.type === 'array') return children.map(plain);
  if (node.type !== 'object') return node.value as unknown;
  return Object.fromEntries(
    children.flatMap(({ children: [key, value] = [] }) => (key && value ? [[key.value, plain(value)]] : [])),
  );
}

/** The node at a path. Of keys that stand twice the last counts, as for `JSON.parse`. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) {
    if (typeof step === 'number') node = node?.type === 'array' ? node.children?.[step] : undefined;
    else node = property(node, step)?.children?.[1];
  }
  return node;
}

/**
 * Puts `value` at the end of the array at `at`, made with all that leads to it where it is missing. `undefined` where
 * something else is in the way. The text must parse.
 */
export function append(text: string, at: readonly string[], value: unknown): string | undefined {
  const root = tree(text);
  if (!root) return undefined;
  const style = styleOf(text, root);
  for (let depth = at.length; depth >= 0; depth--) {
    const node = nodeAt(root, at.slice(0, depth));
    if (!node) continue;
    if (depth === at.length)
      return node.type === 'array' ? addChild(text, node, '', value, style) : undefined;
    if (node.type !== 'object') return undefined;
    const made = at.slice(depth + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), [value]);
    return addChild(text, node, `${JSON.stringify(at[depth])}: `, made, style);
  }
  return undefined;
}

/** Takes the element or property at a path out, with its comma; comments stay. The text must parse. */
export function remove(text: string, path: Path): string {
  const root = tree(text);
  const parent = root && nodeAt(root, path.slice(0, -1));
  const step = path.at(-1);
  const node = typeof step === 'string' ? property(parent, step) : parent?.children?.[step ?? -1];
  if (!parent || !node) return text;
  const without = removeChild(text, parent, node);
  return parent.children?.length === 1 ? collapse(without, parent.offset) : without;
}

/** Whether nothing is between a container's brackets, not even a comment. */
export function isBlank(text: string, node: Node): boolean {
  return text.slice(node.offset + 1, node.offset + node.length - 1).trim() === '';
}

interface Style {
  readonly eol: string;
  readonly unit: string;
  /** Whether the text is written on several lines. */
  readonly spread: boolean;
}

function styleOf(text: string, root: Node): Style {
  const indent = /\n([ \t]+)["{[]/.exec(text)?.[1] ?? '  ';
  const inner = text.slice(root.offset, root.offset + root.length);
  return {
    eol: /\r?\n/.exec(text)?.[0] ?? '\n',
    unit: indent.includes('\t') ? '\t' : indent,
    spread: inner.includes('\n') || !root.children?.length,
  };
}

function property(node: Node | undefined, key: string): Node | undefined {
  return node?.type === 'object'
    ? node.children?.findLast(({ children }) => children?.[0]?.value === key)
    : undefined;
}

function addChild(text: string, container: Node, label: string, value: unknown, style: Style): string {
  const close = container.offset + container.length - 1;
  const last = container.children?.at(-1);
  const from = last ? last.offset + last.length : container.offset + 1;
  const rest = text.slice(from, close);
  const trailing = last !== undefined && tokenAt(text, from) === ',';
  const end = from + rest.trimEnd().length;
  const comma = last && !trailing ? ',' : '';
  const before = text.slice(0, from) + comma + text.slice(from, end);

  // A line comment ends its line, so a rest without a line break holds none.
  if (!rest.includes('\n') && (last || !style.spread))
    return `${before}${last ? ' ' : ''}${label}${JSON.stringify(value)}${text.slice(end)}`;

  const base = indentAt(text, container.offset);
  const indent = last && startsLine(text, last.offset) ? indentAt(text, last.offset) : base + style.unit;
  const lines = JSON.stringify(value, null, style.unit).replaceAll('\n', style.eol + indent);
  const after = text.slice(end, close).includes('\n') ? text.slice(end, close) : style.eol + base;
  return `${before}${style.eol}${indent}${label}${lines}${trailing ? ',' : ''}${after}${text.slice(close)}`;
}

function removeChild(text: string, parent: Node, node: Node): string {
  const siblings = parent.children ?? [];
  const previous = siblings[siblings.indexOf(node) - 1];
  let [from, to] = [node.offset, node.offset + node.length];
  let before = text.slice(0, from);
  const comma = commaAfter(text, to);
  if (comma !== undefined && text.slice(to, comma).trim() === '') to = comma + 1;
  let after = text.slice(to);
  if (comma !== undefined && comma >= to) after = without(after, comma - to);
  else if (comma === undefined && previous) {
    const separator = commaAfter(text, previous.offset + previous.length);
    if (separator !== undefined) before = without(before, separator);
  }
  const lineBefore = /\r?\n[ \t]*$/.exec(before);
  const lineAfter = /^[ \t]*(?=\r?\n|$)/.exec(after);
  if (lineBefore && lineAfter) return before.slice(0, lineBefore.index) + after.slice(lineAfter[0].length);
  if (comma !== undefined) return before + after.replace(/^[ \t]+/, '');
  return before.replace(/(?<![ \t])[ \t]+$/, '') + after;
}

function collapse(text: string, offset: number): string {
  const root = tree(text);
  const find = (node: Node): Node | undefined =>
    node.offset === offset && (node.type === 'array' || node.type === 'object')
      ? node
      : node.children?.map(find).find(found => found !== undefined);
  const node = root && find(root);
  return node && isBlank(text, node)
    ? text.slice(0, node.offset + 1) + text.slice(node.offset + node.length - 1)
    : text;
}

function tokenAt(text: string, offset: number): string {
  const at = tokenOffset(text, offset);
  return text.slice(at, at + 1);
}

function commaAfter(text: string, offset: number): number | undefined {
  const at = tokenOffset(text, offset);
  return text[at] === ',' ? at : undefined;
}

/** Where the next token is that is neither blank nor a comment. */
function tokenOffset(text: string, offset: number): number {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  return scanner.getTokenOffset();
}

function without(text: string, index: number): string {
  return text.slice(0, index) + text.slice(index + 1);
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function startsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}
