import type { Machine } from '../ports.ts';
import { basename } from '../paths.ts';
import { nowhere } from '../places.ts';
import type { Value, Word } from './words.ts';

/** What a variable holds, and whether programs find it in their environment. */
export interface Held extends Value {
  readonly exported?: true;
}

/** Where a walk is: the folder, and the variables. Several states share one table until one of them changes it. */
export interface State {
  cwd: string;
  /** The folder before this one. */
  before: string | undefined;
  /** The last word of the command before: `$_`. */
  last: Value | undefined;
  variables: Map<string, Held>;
  shared: boolean;
  /** How many branches deep: what is assigned there may or may not hold afterwards. */
  branch: number;
  /** What was set before this text began. */
  readonly outer: ((name: string) => Value | undefined) | undefined;
}

/** More variables than these are not followed: their values are unknown. */
const mostVariables = 256;

export function begin(cwd: string, outer?: State['outer']): State {
  return { cwd, before: undefined, last: undefined, variables: new Map(), shared: false, branch: 0, outer };
}

/** A state of its own that begins like this one. */
export function copy(state: State): State {
  state.shared = true;
  return { ...state };
}

/** What a variable holds by now. `undefined` where it may be anything. */
export function lookUp(
  name: string,
  { variables, outer }: Pick<State, 'variables' | 'outer'>,
): Held | undefined {
  const held = variables.get(name);
  if (!held) return outer?.(name);
  return held.options.length || held.list ? held : undefined;
}

/** The most characters of a value that is kept: `A=$A$A` again and again doubles it each time. */
const longestValue = 8_192;

function isShort(text: string): boolean {
  return text.length <= longestValue;
}

// In a branch the assignment may not have happened: both values stay possible.
export function assign(state: State, name: string, value: Value, exported?: true): void {
  const held = state.variables.get(name);
  const before = state.branch > 0 && held && (held.options.length || held.list) ? held : undefined;
  const options = few(either(before?.options, value.options).filter(isShort));
  const lost = !value.options.every(isShort);
  const list = value.list && [...(before?.list ?? []), ...value.list];
  const room = state.variables.size < mostVariables || held;
  const out = exported ?? held?.exported ?? (state.outer?.(name) ? true : undefined);
  if (!room) return;
  if (!options.length) return forget(state, name);
  own(state).set(name, {
    options,
    known: value.known && !lost && (before?.known ?? true),
    wild: !!value.wild || !!before?.wild,
    ...(list && list.length <= 256 && { list }),
    ...(out && { exported: out }),
  });
}

// A set reads its texts from end to end: of one that grows by a letter at a time that is done only where it must be.
function either(some: readonly string[] = [], others: readonly string[]): readonly string[] {
  return some.length + others.length < 2 ? others : [...new Set([...some, ...others])];
}

/** From here on nothing is known of it. */
export function forget(state: State, name: string): void {
  if (state.variables.has(name) || state.outer?.(name)) own(state).set(name, { options: [], known: false });
}

/** Remembers what `$_` is from here on. In a branch the command may not have run: both stay possible. */
export function follow(state: State, { text, known, wild }: Word): void {
  const before = state.branch > 0 ? state.last : undefined;
  const options = few(either(before?.options, [text]));
  state.last = options.length
    ? { options, known: known && (before?.known ?? true), wild: wild || !!before?.wild }
    : undefined;
}

export function doExport(state: State, name: string): void {
  const held = state.variables.get(name);
  if (held && !held.exported) own(state).set(name, { ...held, exported: true });
}

const positions = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** `$1`, `$2` and `$@`. */
export function setArguments(state: State, words: readonly Word[]): void {
  const list = words.slice(0, 256).map(({ text, known, wild }) => ({ text, known, wild }));
  const variables = own(state);
  const known = list.every(item => item.known);
  const every = { options: [list.map(item => item.text).join(' ')], known, list };
  variables.set('@', every).set('*', every);
  variables.set('#', { options: [String(list.length)], known });
  for (const [index, name] of positions.entries()) {
    const item = list[index];
    if (item) variables.set(name, { options: [item.text], known: item.known, wild: item.wild });
    else variables.delete(name);
  }
}

/** A line that is typed has no arguments: each of them is empty. */
export function haveNoArguments(state: State): void {
  setArguments(state, []);
  for (const name of positions) own(state).set(name, { options: [''], known: true });
}

/** From here on nobody knows the arguments: a function that something unseen calls. */
export function forgetArguments(state: State): void {
  for (const name of [...positions, '@', '*', '#']) own(state).delete(name);
}

/** Makes the arguments those of another state again: behind a function that was called. */
export function restoreArguments(state: State, from: ReadonlyMap<string, Held>): void {
  const variables = own(state);
  for (const name of [...positions, '@', '*', '#']) {
    const held = from.get(name);
    if (held) variables.set(name, held);
    else variables.delete(name);
  }
}

function own(state: State): Map<string, Held> {
  if (state.shared) {
    state.variables = new Map(state.variables);
    state.shared = false;
  }
  return state.variables;
}

/** What is the same on every machine, or follows from what is known of this one. */
export function constant(
  name: string,
  { cwd, before, last }: Pick<State, 'cwd' | 'before' | 'last'>,
  machine: Machine,
): Value | undefined {
  switch (name) {
    case 'HOME':
      return { options: [machine.home], known: true };
    case 'USER':
    case 'LOGNAME':
      return { options: [basename(machine.home)], known: true };
    case 'PWD':
      return { options: [cwd], known: true };
    case 'OLDPWD':
      return before === undefined ? undefined : { options: [before], known: true };
    case '_':
      return last;
    case 'IFS':
      return { options: [' '], known: true };
    case 'TMPDIR':
      return machine.platform === 'posix' ? { options: ['/tmp'], known: true } : undefined;
    default:
      return undefined;
  }
}

/** Where a command is after a `cd` to what cannot be known. */
export const somewhere = nowhere;

/** A value with more possibilities than these, or longer ones, is not followed: nothing is known of it. */
export function few(options: readonly string[]): readonly string[] {
  return options.length <= 64 && options.every(text => text.length <= 8_192) ? options : [];
}
