import type { ParameterExpansionPart, ParameterOperation, Word as WordNode } from './parse.ts';
import type { Scope, Value } from './words.ts';

/** What `${…}` becomes, where its parts are known. `joined` expands a word within it. */
export function parameter(
  part: ParameterExpansionPart,
  scope: Scope,
  joined: (node: WordNode) => Value,
): Value | undefined {
  const { prefix, operation } = part;
  const held = holds(part, scope, joined);
  if (prefix === '#')
    return held && !part.index && !operation ? changed(held, text => String(text.length)) : undefined;
  const value = prefix === '!' ? pointedAt(held, scope) : held;
  return operation ? operated(part, operation, value, scope, joined) : value;
}

function holds(
  { parameter: name, index }: ParameterExpansionPart,
  scope: Scope,
  joined: (node: WordNode) => Value,
): Value | undefined {
  const value = scope.variable(name);
  if (!index || !value) return value;
  if (index.text === '@' || index.text === '*') return value.list ? value : undefined;
  const at = joined(index);
  const number = at.known ? Number(at.options[0]) : NaN;
  const item = value.list ? value.list.at(number) : number === 0 ? { text: value.options[0] } : undefined;
  return item?.text === undefined || !Number.isInteger(number)
    ? undefined
    : { options: [item.text], known: value.known };
}

/** `${!name}`: what the variable holds that this one names. */
function pointedAt(value: Value | undefined, scope: Scope): Value | undefined {
  const [name, more] = value?.known ? value.options : [];
  return name !== undefined && more === undefined && /^\w+$/.test(name) ? scope.variable(name) : undefined;
}

function operated(
  part: ParameterExpansionPart,
  operation: ParameterOperation,
  value: Value | undefined,
  scope: Scope,
  joined: (node: WordNode) => Value,
): Value | undefined {
  if (operation.type === 'Default') {
    const other = joined(operation.operand);
    if (operation.operator.endsWith('+')) return value ? other : { ...other, known: false };
    if (operation.operator.endsWith('?')) return value;
    const empty = operation.operator.startsWith(':') && value?.known && value.options.every(it => !it);
    if (value && !empty) return value;
    // What is not set here may be set where it runs.
    const result = empty ? other : { ...other, known: false };
    if (operation.operator.endsWith('=')) scope.assign?.(part.parameter, result);
    return result;
  }
  if (!value?.known) return undefined;
  switch (operation.type) {
    case 'Remove': {
      const pattern = plain(joined(operation.operand));
      if (pattern === undefined) return undefined;
      return changed(value, text => removed(text, pattern, operation.operator));
    }
    case 'Replace': {
      const [from, to] = [plain(joined(operation.pattern)), plain(joined(operation.replacement))];
      if (!from || to === undefined || /[*?]/.test(from)) return undefined;
      return changed(value, text => replaced(text, from, to, operation.operator));
    }
    case 'Slice': {
      const from = Number(plain(joined(operation.offset)));
      const length = operation.length ? Number(plain(joined(operation.length))) : undefined;
      if (!Number.isInteger(from) || !(length === undefined || Number.isInteger(length))) return undefined;
      if (value.list) {
        const rest = value.list.slice(Math.max(0, from - 1));
        const list = length === undefined ? rest : rest.slice(0, length);
        return { options: [list[0]?.text ?? ''], known: value.known, list };
      }
      const end = length === undefined ? undefined : length < 0 ? length : from + length;
      return changed(value, text => text.slice(from, end));
    }
    case 'CaseModification': {
      if (operation.operand) return undefined;
      const upper = operation.operator.startsWith('^');
      const cased = (text: string) => (upper ? text.toUpperCase() : text.toLowerCase());
      return changed(value, text =>
        operation.operator.length > 1 ? cased(text) : cased(text.slice(0, 1)) + text.slice(1),
      );
    }
    case 'Transform':
    case 'Names':
    case 'Unknown':
      return undefined;
  }
}

function changed({ options, known }: Value, change: (text: string) => string): Value {
  return { options: options.map(change), known };
}

/** The one known text of a word that is no character class. */
function plain({ options, known }: Value): string | undefined {
  const [text, more] = options;
  return known && more === undefined && text !== undefined && !/[[\]()]/.test(text) ? text : undefined;
}

/** More than so many characters are not cut. */
const longestCut = 1_024;

function removed(text: string, pattern: string, operator: '#' | '##' | '%' | '%%'): string {
  if (text.length > longestCut) return text;
  const cuts = Array.from({ length: text.length + 1 }, (_, it) => it);
  const front = operator.startsWith('#');
  // The shortest of a front is the first place that fits; of an end, the last.
  const order = (operator.length === 1) === front ? cuts : cuts.toReversed();
  const at = order.find(cut => fits(front ? text.slice(0, cut) : text.slice(cut), pattern));
  return at === undefined ? text : front ? text.slice(at) : text.slice(0, at);
}

function replaced(text: string, from: string, to: string, operator: '/' | '//' | '/#' | '/%'): string {
  switch (operator) {
    case '/':
      return text.replace(from, () => to);
    case '//':
      return text.replaceAll(from, () => to);
    case '/#':
      return text.startsWith(from) ? to + text.slice(from.length) : text;
    case '/%':
      return text.endsWith(from) ? text.slice(0, -from.length) + to : text;
  }
}

/** Whether a pattern of `*` and `?` is the whole text. */
function fits(text: string, pattern: string): boolean {
  let [at, read] = [0, 0];
  let [star, mark] = [-1, 0];
  while (at < text.length) {
    if (pattern[read] === '*') {
      star = read++;
      mark = at;
    } else if (read < pattern.length && (pattern[read] === '?' || pattern[read] === text[at])) {
      read++;
      at++;
    } else if (star >= 0) {
      read = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[read] === '*') read++;
  return read === pattern.length;
}
