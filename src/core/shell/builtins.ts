import { absolute } from '../paths.ts';
import type { Machine } from '../ports.ts';
import type { Command } from '../program.ts';
import { fedTo, listedTo, printed } from './printed.ts';
import { assign, doExport, forget, lookUp, setArguments, somewhere, type State } from './state.ts';
import type { Value, Word } from './words.ts';

/*
 * What the shell's own commands change for those that follow them: the folder and the variables.
 */

type Builtin = (rest: readonly Word[], state: State, command: Command, machine: Machine) => void;

/** The next one is a row. What defines or calls something is the walker's. */
export const builtins: Readonly<Record<string, Builtin>> = {
  cd: changeFolder,
  chdir: changeFolder,
  pushd: changeFolder,
  popd: (_, state) => {
    [state.cwd, state.before] = [state.before ?? somewhere, state.cwd];
  },
  export: declares(true),
  declare: declares(),
  typeset: declares(),
  local: declares(),
  readonly: declares(),
  setenv: ([name, value], state) => {
    if (name && value) assign(state, name.text, { options: [value.text], known: value.known }, true);
  },
  unset: forgets,
  mapfile: forgets,
  readarray: forgets,
  read: reads,
  printf: (rest, state, command) => {
    const [option, name] = rest;
    if (option?.text !== '-v' || !name) return;
    const value = printed({ ...command, words: [...command.words.slice(0, 1), ...rest.slice(2)] });
    if (value?.known) assign(state, name.text, value);
    else forget(state, name.text);
  },
  set: (rest, state) => {
    const end = rest.findIndex(word => word.text === '--' || word.text === '-');
    if (end >= 0) setArguments(state, rest.slice(end + 1));
    else if (rest[0] && !/^[-+]/.test(rest[0].text)) setArguments(state, rest);
  },
  shift: ([count], state, { at }) => {
    const given = state.variables.get('@');
    const number = Number(count?.text ?? 1);
    if (given?.list && Number.isInteger(number))
      setArguments(
        state,
        given.list.slice(number).map(item => ({ ...item, at })),
      );
  },
};

/** The words behind `builtin`, `command` and the like, which change what the command alone would. */
export function behindPrefixes(words: readonly Word[]): readonly Word[] {
  let from = 0;
  while (prefixes.has(words[from]?.text ?? '')) {
    let next = from + 1;
    while (/^-(?:p|-)$/.test(words[next]?.text ?? '')) next++;
    if (words[next]?.text.startsWith('-') ?? true) break;
    from = next;
  }
  return from ? words.slice(from) : words;
}

const prefixes = new Set([
  'builtin',
  'command',
  'time',
  'noglob',
  'nocorrect',
  'and',
  'or',
  'not',
  'begin',
  '!',
]);

function changeFolder(rest: readonly Word[], state: State, _: Command, machine: Machine): void {
  const to = rest.find(word => word.text === '-' || !/^[-+]/.test(word.text));
  const from = state.cwd;
  if (to?.text === '-') state.cwd = state.before ?? somewhere;
  else if (to && !to.known) state.cwd = somewhere;
  else state.cwd = absolute(to?.text ?? '~', state.cwd, machine);
  state.before = from;
}

function declares(always?: true): Builtin {
  return (rest, state) => {
    const exported = always ?? (rest.some(({ text }) => /^-\w*x/.test(text)) ? true : undefined);
    for (const { text, known } of rest) {
      const equals = text.indexOf('=');
      const name = equals < 0 ? text : text.slice(0, equals).replace(/\+$/, '');
      if (!/^[A-Za-z_]\w*$/.test(name)) continue;
      if (equals > 0) assign(state, name, { options: [text.slice(equals + 1)], known }, exported);
      else if (exported) doExport(state, name);
    }
  };
}

function forgets(rest: readonly Word[], state: State): void {
  for (const { text } of rest) if (!text.startsWith('-')) forget(state, text);
}

const valued = /^-[A-Za-z]*[dinNptu]$/;

/** `read a b` of a known text: in a loop it reads one line after another, so that each may be meant. */
function reads(rest: readonly Word[], state: State, command: Command): void {
  const names: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const text = rest[index]?.text ?? '';
    if (!text.startsWith('-')) names.push(text);
    else if (valued.test(text)) index++;
  }
  const fed = fedTo(command) ?? listedTo(command);
  if (rest.some(word => /^-[A-Za-z]*a$/.test(word.text))) return readsList(names, fed, state);
  for (const [index, name] of names.entries()) {
    const last = index === names.length - 1;
    const value = fed?.known ? column(fed, index, last, lookUp('IFS', state)) : undefined;
    if (value?.options.length) assign(state, name, value);
    else forget(state, name);
  }
}

function readsList(names: readonly string[], fed: Value | undefined, state: State): void {
  const [name = ''] = names;
  const [text, more] = fed?.known && !fed.wild ? fed.options : [];
  if (text === undefined || more !== undefined) return forget(state, name);
  const list = text
    .split(/[ \t\n]+/)
    .filter(Boolean)
    .map(item => ({ text: item, known: true, wild: false }));
  assign(state, name, { options: [list[0]?.text ?? ''], known: true, list });
}

function column({ options, wild }: Value, index: number, last: boolean, ifs: Value | undefined): Value {
  const by = ifs?.options[0]?.trim().slice(0, 1);
  const lines = options.flatMap(text => text.split('\n')).filter(line => line.trim());
  const texts = lines.slice(0, 65).map(line => {
    const parts = by ? line.split(by) : line.trim().split(/[ \t]+/);
    return last ? parts.slice(index).join(by ?? ' ') : (parts[index] ?? '');
  });
  return { options: texts, known: true, ...(wild && { wild }) };
}
