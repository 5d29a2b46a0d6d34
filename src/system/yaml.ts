import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type Document,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Path } from './jsonc.ts';

/*
 * Settings files of YAML as people write them. The document says where things stand; what is put in or taken out are lines,
 * or a part of one, and changes nothing around it. The library's own writer formats the whole file anew (yaml 2.9.1,
 * November 2026).
 */

/** The value of a text, whose one document it is; `undefined` for none. Throws where it does not parse. */
export function valueOf(text: string): unknown {
  return parsed(text).toJS({ maxAliasCount: 100 }) ?? undefined;
}

/** Whether a text has something at a path, be it nothing. Throws where it does not parse. */
export function hasAt(text: string, path: Path): boolean {
  return parsed(text).hasIn(path);
}

/** The text of a value as a file of its own. */
export function textOf(value: unknown): string {
  return stringify(value, plainly);
}

/**
 * Puts `value` at the end of the list at `at`, made with all that leads to it where it is missing. `undefined` where
 * something else is in the way. Throws where it does not parse.
 */
export function append(text: string, at: readonly string[], value: unknown): string | undefined {
  const document = parsed(text);
  for (let depth = at.length; depth >= 0; depth--) {
    const path = at.slice(0, depth);
    if (depth > 0 && !document.hasIn(path)) continue;
    const node = document.getIn(path, true);
    const made = at.slice(depth).reduceRight<unknown>((inner, key) => ({ [key]: inner }), [value]);
    if (isNothing(node)) return fill(text, document, path, made);
    const fits = depth === at.length ? isSeq(node) : isMap(node);
    return fits ? addTo(text, node as Collection, made) : undefined;
  }
  return undefined;
}

/** Takes the element or pair at a path out; a list or map that is empty then says so. Throws where it does not parse. */
export function remove(text: string, path: Path): string {
  const document = parsed(text);
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isCollection(parent)) return text;
  const step = path.at(-1);
  const index = isSeq(parent) ? Number(step) : parent.items.findIndex(it => keyOf(it) === step);
  const spans = (parent.items as readonly unknown[]).map(it => spanOf(it));
  const span = spans[index];
  if (!span) return text;
  if (!parent.flow) {
    const from = lineStart(text, isSeq(parent) ? dashOf(parent, index) : span.from);
    const rest = text.slice(0, from) + text.slice(lineEnd(text, span.to));
    return spans.length > 1 || path.length === 1 ? rest : saidEmpty(rest, document, path.slice(0, -1));
  }
  const [previous, next] = [spans[index - 1], spans[index + 1]];
  // A comma may stay where there is more between, such as a comment.
  const from = previous && isComma(text.slice(previous.to, span.from)) ? previous.to : span.from;
  const to = previous ? span.to : (next?.from ?? span.to);
  return text.slice(0, from) + text.slice(to);
}

/** Where a node begins, where its value ends, and where comments that the library takes for its own do. */
type Range = readonly [number, number, number];
type Collection = (YAMLMap | YAMLSeq) & { readonly range?: Range | null };

/** No line is folded: a command stays one. */
const plainly = { lineWidth: 0 } as const;

function parsed(text: string): Document.Parsed {
  const document = parseDocument(text, { keepSourceTokens: true, logLevel: 'error' });
  const [error] = document.errors;
  // Its own words may show a part of the file.
  if (error) throw new Error(`does not parse as YAML, line ${error.linePos?.[0].line ?? 1}`);
  return document;
}

/** Whether nothing is written there. */
function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null && !node.source);
}

/** Puts what is made where a key, or the file, has nothing. */
function fill(text: string, document: Document.Parsed, path: Path, made: unknown): string | undefined {
  if (path.length === 0) return insertLines(text, text.length, textOf(made), 0);
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent) || parent.flow) return undefined;
  const span = spanOf(pairAt(document, path));
  const indent = indentOf(parent);
  return span && indent !== undefined
    ? insertLines(text, lineEnd(text, span.to), textOf(made), indent + unitOf(text))
    : undefined;
}

function addTo(text: string, node: Collection, made: unknown): string | undefined {
  const { range } = node;
  if (!range) return undefined;
  const indent = indentOf(node);
  if (!node.flow)
    return indent === undefined
      ? undefined
      : insertLines(text, lineEnd(text, range[1]), textOf(made), indent);
  const close = range[1] - 1;
  const last = spanOf(node.items.at(-1));
  const rest = last ? text.slice(last.to, close) : '';
  // JSON in one line is YAML, within brackets.
  const json = JSON.stringify(made).slice(1, -1);
  // Behind a comment only the bracket's own line is left.
  const place = last && /^[ \t]*$/.test(rest) ? last.to : close;
  const comma = last && !rest.replaceAll(/#.*/g, '').includes(',') ? ', ' : '';
  return text.slice(0, place) + comma + json + text.slice(place);
}

function insertLines(text: string, place: number, lines: string, indent: number): string {
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const before = text.slice(0, place);
  const open = before === '' || before.endsWith('\n') ? '' : eol;
  const shifted = lines.replaceAll(/^(?=.)/gm, ' '.repeat(indent)).replaceAll('\n', eol);
  return before + open + shifted + text.slice(place);
}

/** A list or map in lines that has lost its last entry says that it is empty, behind its key. */
function saidEmpty(text: string, document: Document.Parsed, path: Path): string {
  const colon = pairAt(document, path)?.srcToken?.sep?.find(it => it.type === 'map-value-ind')?.offset;
  if (colon === undefined) return text;
  const empty = isSeq(document.getIn(path, true)) ? '[]' : '{}';
  return `${text.slice(0, colon + 1)} ${empty}${text.slice(colon + 1)}`;
}

function pairAt(document: Document.Parsed, path: Path): Pair | undefined {
  const parent = document.getIn(path.slice(0, -1), true);
  return isMap(parent) ? parent.items.find(it => keyOf(it) === path.at(-1)) : undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf(item: unknown): Span | undefined {
  const { key, value } = isPair(item) ? item : { key: item, value: null };
  const [first, last] = [rangeOf(key), rangeOf(value) ?? rangeOf(key)];
  return first && last && { from: first[0], to: last[1] };
}

function isPair(item: unknown): item is Pair {
  return typeof item === 'object' && item !== null && 'key' in item;
}

function rangeOf(node: unknown): Range | undefined {
  return (node as Collection | null | undefined)?.range ?? undefined;
}

function keyOf({ key }: Pair): unknown {
  return isScalar(key) ? key.value : key;
}

function indentOf(node: Collection): number | undefined {
  const token = node.srcToken;
  return token && 'indent' in token ? token.indent : undefined;
}

/** Where the dash of an element is. */
function dashOf(list: YAMLSeq, index: number): number {
  const token = list.srcToken;
  const items = token && 'items' in token ? token.items : [];
  const dashes = items.flatMap(({ start }) => start.filter(it => it.type === 'seq-item-ind'));
  return dashes[index]?.offset ?? 0;
}

function isComma(text: string): boolean {
  return text.trim() === ',';
}

/** How far the file moves its lines in. */
function unitOf(text: string): number {
  return /^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2;
}

function lineStart(text: string, place: number): number {
  return text.lastIndexOf('\n', place - 1) + 1;
}

/** Behind the line that a value ends in, with its comment; a text in lines ends there itself. */
function lineEnd(text: string, place: number): number {
  if (text[place - 1] === '\n') return place;
  const end = text.indexOf('\n', place);
  return end < 0 ? text.length : end + 1;
}
