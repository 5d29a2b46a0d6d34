import { basename, dirname } from '../paths.ts';
import type { Command } from '../program.ts';
import { fromBase32, fromBase64, fromHex, unescaped } from './decode.ts';
import { namesFitting } from './fitting.ts';
import { readArguments } from './flags.ts';
import { everything, findArguments, wordsBelow } from './found.ts';
import { programName } from './names.ts';
import { few } from './state.ts';
import type { Value, Word } from './words.ts';

/*
 * What commands certainly print: the few whose output stands in their own words or in what they are fed. Their manuals
 * are those of GNU and of bash; only plain uses are followed.
 */

/** What a command certainly prints, to the last newline. */
export function printed(command: Command): Value | undefined {
  if (!found.has(command)) {
    // A chain of pipes asks for the one before it: what asks for itself would print nothing.
    found.set(command, undefined);
    found.set(command, print(command));
  }
  return found.get(command);
}

const found = new WeakMap<Command, Value | undefined>();

/** What several commands print, one after the other. */
export function printedByAll(commands: readonly Command[]): Value | undefined {
  const values = commands.map(printed);
  const [first] = values;
  if (values.length === 1) return first;
  if (!values.length || values.some(value => value?.options.length !== 1)) return undefined;
  return {
    options: [values.map(value => value?.options[0] ?? '').join('')],
    known: values.every(value => value?.known),
  };
}

/** What a command reads, where that is plain. */
export function fedTo({ input }: Command): Value | undefined {
  if (input.from === 'text') return { options: [input.text], known: input.known };
  return input.from === 'pipe' && input.by ? printedByAll(input.by) : undefined;
}

function print(command: Command): Value | undefined {
  const words = command.words.slice(command.words.findIndex(word => !sameOutput.test(word.text)));
  const [name, ...rest] = words;
  if (!name?.known) return undefined;
  const program = name.text.slice(name.text.lastIndexOf('/') + 1);
  const known = rest.every(word => word.known && !word.wild);
  const says = Object.hasOwn(printers, program) ? printers[program] : undefined;
  const value = says?.(rest, command);
  if (value !== undefined) return typeof value === 'string' ? { options: [value], known } : value;
  const filter = Object.hasOwn(filters, program) ? filters[program]?.(rest) : undefined;
  const fed = filter && fedTo(command);
  if (!filter || !fed) return undefined;
  const options = fed.options.map(filter);
  return options.every(text => text !== undefined) ? { options, known: fed.known && known } : undefined;
}

/** What may stand in front of a command without changing what it prints. */
const sameOutput = /^(?:sudo|doas|command|builtin|nohup|time|exec|env|busybox)$/;

type Printer = (rest: readonly Word[], command: Command) => string | Value | undefined;

const silent: Printer = rest => (rest.length > 0 && !rest[0]?.text.startsWith('-p') ? '' : undefined);

/** What prints what its own words say. The next one is a row. */
const printers: Readonly<Record<string, Printer>> = {
  ...Object.fromEntries(
    ['set', 'export', 'unset', 'mkdir', 'touch', 'local', 'declare', 'readonly', 'alias'].map(name => [
      name,
      silent,
    ]),
  ),
  ...Object.fromEntries([':', 'true', 'false', 'cd'].map(name => [name, () => ''])),
  pwd: (_, { cwd }) => ({ options: [`${cwd}\n`], known: !cwd.startsWith('/(') }),
  echo: echoed,
  printf: byPrintf,
  '-v': lastOf,
  which: lastOf,
  whence: lastOf,
  type: rest => (/^-[pPt]$/.test(rest[0]?.text ?? '') ? lastOf(rest) : undefined),
  dirname: ([path, more]) => (path && !more ? `${dirname(path.text)}\n` : undefined),
  basename: ([path, ending, more]) => {
    if (!path || more || path.text.startsWith('-')) return undefined;
    const name = basename(path.text);
    return `${ending && name.endsWith(ending.text) ? name.slice(0, -ending.text.length) : name}\n`;
  },
  realpath: alone,
  readlink: rest =>
    rest.length === 2 && /^-(?:f|e|m)$/.test(rest[0]?.text ?? '') ? lastOf(rest) : undefined,
  seq: ([first, last, more]) => {
    const [from, to] = last ? [Number(first?.text), Number(last.text)] : [1, Number(first?.text)];
    if (more || !Number.isInteger(from) || !Number.isInteger(to) || to - from > 255) return undefined;
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, it) => `${from + it}\n`).join('');
  },
  mktemp: rest => {
    const { operands, value, has } = readArguments(rest, { values: ['-p', '--suffix'] });
    if (has('--tmpdir') || value('-p')) return undefined;
    const [template] = operands;
    return template?.text.includes('/') ? lastOf(rest) : '/tmp/tmp.XXXXXXXXXX\n';
  },
  // The top of a repository is this folder or one above it.
  git: (rest, { cwd }) =>
    rest.map(word => word.text).join(' ') === 'rev-parse --show-toplevel'
      ? { options: [`${cwd}\n`], known: !cwd.startsWith('/(') }
      : undefined,
  cat: rest => (rest.length === 1 && rest[0]?.text === '/dev/null' ? '' : undefined),
};

function alone(rest: readonly Word[]): string | undefined {
  return rest.length === 1 ? lastOf(rest) : undefined;
}

function lastOf(rest: readonly Word[]): string {
  return `${rest.at(-1)?.text ?? ''}\n`;
}

function echoed(rest: readonly Word[]): string {
  const begin = rest.findIndex(word => !/^-[neE]+$/.test(word.text));
  const options = rest.slice(0, begin < 0 ? undefined : begin).map(word => word.text);
  const text = rest
    .slice(options.length)
    .map(word => word.text)
    .join(' ');
  const read = options.some(option => option.includes('e')) ? unescaped(text) : text;
  return options.some(option => option.includes('n')) ? read : `${read}\n`;
}

function byPrintf(rest: readonly Word[]): Value | undefined {
  const [format, ...values] = rest[0]?.text === '--' ? rest.slice(1) : rest;
  if (!format || /^-./.test(format.text)) return undefined;
  let next = 0;
  const once = () =>
    unescaped(
      format.text.replace(/%(?:([sbqdi])|%)/g, (it, letter?: string) => {
        if (it === '%%') return '%';
        const value = values[next++]?.text ?? '';
        // A backslash of a value is its own; only `%b` reads it.
        return letter === 'b' ? value : value.replaceAll('\\', '\\\\');
      }),
    );
  let text = once();
  while (next > 0 && next < values.length && text.length < 65_536) text += once();
  return {
    options: [text],
    known:
      !/%[^%]/.test(format.text.replace(/%[sbqdi%]/g, '')) && [format, ...values].every(word => word.known),
  };
}

type Filter = (text: string) => string | undefined;

/** What prints what it is fed, made into something else. `undefined` where it reads a file, or it is not followed. */
const filters: Readonly<Record<string, (rest: readonly Word[]) => Filter | undefined>> = {
  cat: rest => (rest.every(word => word.text === '-') ? text => text : undefined),
  tee: () => text => text,
  base64: decodes(fromBase64),
  gbase64: decodes(fromBase64),
  base32: decodes(fromBase32),
  openssl: rest => {
    const words = rest.map(word => word.text);
    const plain = words.every(word => /^(?:enc|base64|-base64|-a|-A|-d)$/.test(word));
    return plain && words.includes('-d') ? fromBase64 : undefined;
  },
  xxd: rest =>
    /^(?:-r -?p(?:s)?|-?p(?:s)? -r|-rp|-pr|-r -ps|-ps -r)$/.test(textOf(rest)) ? fromHex : undefined,
  rev: rest =>
    rest.length ? undefined : text => linewise(text, line => Array.from(line).toReversed().join('')),
  tac: rest =>
    rest.length
      ? undefined
      : text =>
          linesOf(text)
            .toReversed()
            .map(line => `${line}\n`)
            .join(''),
  sort: rest =>
    rest.length
      ? undefined
      : text =>
          linesOf(text)
            .toSorted()
            .map(line => `${line}\n`)
            .join(''),
  uniq: rest => (rest.length ? undefined : text => text),
  tr: translated,
  sed: substituted,
  head: rest => some(rest, (lines, count) => lines.slice(0, count)),
  tail: rest => some(rest, (lines, count) => lines.slice(-count)),
  cut: columns,
  awk: rest => {
    const column = /^\{ ?print ?\$(\d) ?;? ?\}$/.exec(rest[0]?.text.trim() ?? '')?.[1];
    if (rest.length !== 1 || column === undefined) return undefined;
    return text =>
      linewise(text, line => (column === '0' ? line : (line.trim().split(/\s+/)[Number(column) - 1] ?? '')));
  },
  xargs: rest =>
    !rest.length || (rest.length === 1 && rest[0]?.text === 'echo')
      ? text => `${text.split(/\s+/).filter(Boolean).join(' ')}\n`
      : undefined,
};

function decodes(decode: Filter): (rest: readonly Word[]) => Filter | undefined {
  return rest =>
    rest.length > 0 && rest.every(word => /^(?:-d|-D|-di|--decode|-i|--ignore-garbage)$/.test(word.text))
      ? decode
      : undefined;
}

function textOf(rest: readonly Word[]): string {
  return rest.map(word => word.text).join(' ');
}

function linesOf(text: string): readonly string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

function linewise(text: string, change: (line: string) => string): string {
  return text ? linesOf(text).map(change).join('\n') + (text.endsWith('\n') ? '\n' : '') : '';
}

function some(
  rest: readonly Word[],
  choose: (lines: readonly string[], count: number) => readonly string[],
): Filter | undefined {
  const count = rest.length ? /^(?:-n ?|-)(\d{1,4})$/.exec(textOf(rest))?.[1] : '10';
  if (count === undefined) return undefined;
  return text =>
    choose(linesOf(text), Number(count))
      .map(line => `${line}\n`)
      .join('');
}

/** `tr a-z n-za-m`, `tr -d x`. */
function translated(rest: readonly Word[]): Filter | undefined {
  const [first, second, more] = rest;
  if (!first || !second || more) return undefined;
  if (first.text === '-d') {
    const gone = new Set(setOf(second.text));
    return text =>
      Array.from(text)
        .filter(letter => !gone.has(letter))
        .join('');
  }
  if (first.text.startsWith('-')) return undefined;
  const [from, to] = [setOf(first.text), setOf(second.text)];
  const table = new Map(from.map((letter, index) => [letter, to[Math.min(index, to.length - 1)] ?? letter]));
  return text => Array.from(text, letter => table.get(letter) ?? letter).join('');
}

const classes: Readonly<Record<string, string>> = {
  '[:lower:]': 'abcdefghijklmnopqrstuvwxyz',
  '[:upper:]': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '[:digit:]': '0123456789',
  '[:space:]': ' \t\n\v\f\r',
  '[:blank:]': ' \t',
};

function setOf(text: string): readonly string[] {
  const plain = unescaped(text.replace(/\[:\w{1,6}:\]/g, it => classes[it] ?? it));
  return Array.from(
    plain.replace(/(.)-(.)/gs, (it, from: string, to: string) => {
      const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
      if (last < first || last - first > 255) return it;
      return Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)).join(
        '',
      );
    }),
  );
}

/** `sed s/a/b/g`, where the pattern is plain text. */
function substituted(rest: readonly Word[]): Filter | undefined {
  const script =
    rest.length === 2 && rest[0]?.text === '-e' ? rest[1] : rest.length === 1 ? rest[0] : undefined;
  const mark = script?.text[1] ?? '';
  if (!script?.text.startsWith('s') || !/[/|#,@:!]/.test(mark)) return undefined;
  const [from, to, how, more] = script.text.slice(2).split(mark);
  if (!from || to === undefined || more !== undefined || !/^g?$/.test(how ?? '-')) return undefined;
  if (/[\\.*[\]^$+?(){}&]/.test(from) || /[\\&]/.test(to)) return undefined;
  return text =>
    linewise(text, line => (how ? line.replaceAll(from, () => to) : line.replace(from, () => to)));
}

/** `cut -d: -f2`, `cut -c1-3`. */
function columns(rest: readonly Word[]): Filter | undefined {
  const { value, operands, flags } = readArguments(rest, { values: ['-d', '-f', '-c'] });
  const [field, letters] = [value('-f')?.text ?? '', value('-c')?.text ?? ''];
  const by = value('-d')?.text ?? '\t';
  if (operands.length || flags.length > 2) return undefined;
  if (/^\d{1,3}$/.test(field) && by.length === 1)
    return text =>
      linewise(text, line => (line.includes(by) ? (line.split(by)[Number(field) - 1] ?? '') : line));
  const range = /^(\d{0,4})-?(\d{0,4})$/.exec(letters);
  if (!range || !letters) return undefined;
  const from = Math.max(1, Number(range[1] || 1));
  const to = letters.includes('-') ? Number(range[2] || 9_999) : from;
  return text => linewise(text, line => line.slice(from - 1, to));
}

/** The names that a listing in the pipe before gives, for a program to act on: `ls | while read f`. */
export function listedTo({ input }: Command, by = ''): Value | undefined {
  return input.from === 'pipe' ? listedFrom(input.by, by) : undefined;
}

/** The same of what the last part of a pipe prints. */
export function listedFrom(last: readonly Command[] | undefined, program = ''): Value | undefined {
  const chain: Command[] = [];
  let by = last;
  while (by?.length === 1 && by[0] && chain.length < 16) {
    const [command] = by;
    chain.unshift(command);
    by = command.input.from === 'pipe' ? command.input.by : undefined;
  }
  return chain.length ? listed(chain, program) : undefined;
}

/**
 * The files that a listing names, as globs: `$(ls -A | grep env)` is some of what `ls -A` lists. What the filters behind it
 * leave out cannot be known, so that all of it stays possible; of a whole tree, only names that a pattern fits.
 */
function listed([first, ...behind]: readonly Command[], program: string): Value | undefined {
  const [name, ...rest] = first?.words ?? [];
  if (!name || !behind.every(narrows)) return undefined;
  if (name.text === 'ls') return listedByLs(rest);
  const fits = behind.map(({ words }) => namesFitting(words)).findLast(it => it) ?? [];
  if (programName(name.text) === 'find' && !fits.length) return listedByFind(rest);
  const roots = listedBelow(name, rest);
  if (!roots) return undefined;
  const options = roots.flatMap(({ root, names }) =>
    (names.includes(everything) && fits.length ? fits : names).flatMap(it => wordsBelow(root, it, program)),
  );
  return { options: few([...new Set(options.map(({ text }) => text))]), known: true, wild: true };
}

/** Whether it lets some of the names that it is fed pass as they are. */
function narrows({ words: [filter, ...rest] }: Command): boolean {
  return (
    narrowing.has(filter?.text ?? '') &&
    !rest.some(({ text }) => /^(?:-[^\Wo]*o\w*|--only-matching)$/.test(text))
  );
}

/** Each folder of which a command lists the files at any depth, those with a dot before their name too, and which of them. */
function listedBelow(
  name: Word,
  rest: readonly Word[],
): readonly { readonly root: Word; readonly names: readonly string[] }[] | undefined {
  const words = rest.map(({ text }) => text);
  const here: Word = { text: '.', known: true, wild: false, at: name.at };
  switch (programName(name.text)) {
    case 'git': {
      const { operands, flags } = readArguments(rest.slice(1), {});
      const plain = flags.every(({ text }) => /^(?:-[czo]|--cached|--others|--exclude-standard)$/.test(text));
      return words[0] === 'ls-files' && plain
        ? [{ root: here, names: operands.length ? operands.flatMap(pathspec) : [everything] }]
        : undefined;
    }
    case 'find':
      return findArguments(rest).roots.map(root => ({ root, names: [everything] }));
    case 'rg':
      return words.includes('--files') && words.some(it => /^(?:--hidden|-\.|-uu+)$/.test(it))
        ? [{ root: here, names: [everything] }]
        : undefined;
    case 'fd':
    case 'fdfind':
      return words.some(it => /^(?:-[^\WH]*H\w*|--hidden|-uu?|--unrestricted)$/.test(it))
        ? [{ root: here, names: [everything] }]
        : undefined;
    default:
      return undefined;
  }
}

/** A pathspec of git: its star takes folders too, and what names a folder takes all in it. */
function pathspec({ text }: Word): readonly string[] {
  const path = text.replace(/^:?\/|\/$/g, '');
  if (!path || path === '.' || path.startsWith(':')) return [everything];
  if (!path.includes('*')) return [path, `${path}/**/*`, `${path}/**/.*`];
  const slash = path.lastIndexOf('/');
  return [slash < 0 ? path : `${path.slice(0, slash)}/**${path.slice(slash)}`];
}

function listedByLs(rest: readonly Word[]): Value {
  const places = rest.filter(word => !word.text.startsWith('-')).map(word => word.text);
  const hidden = rest.some(word => /^-\w*[aA]|^--(?:almost-)?all/.test(word.text));
  const folders = places.length ? places : ['.'];
  return {
    options: few(
      folders.flatMap(place => [
        `${place}/*`,
        ...(hidden ? [`${place}/.*`] : []),
        ...(places.length ? [place] : []),
      ]),
    ),
    known: true,
    wild: true,
  };
}

function listedByFind(rest: readonly Word[]): Value {
  const end = rest.findIndex(word => /^[-(!]/.test(word.text));
  const roots = rest.slice(0, end < 0 ? undefined : end).map(word => word.text);
  const named = rest.findIndex(word => /^-i?name$/.test(word.text));
  const pattern = named < 0 ? undefined : (rest[named + 1]?.text ?? '*');
  const folders = roots.length ? roots : ['.'];
  return {
    options: few(
      folders.flatMap(root => (pattern === undefined ? [`${root}/*`, `${root}/.*`] : [`${root}/${pattern}`])),
    ),
    known: true,
    wild: true,
  };
}

const narrowing = new Set([
  'grep',
  'egrep',
  'fgrep',
  'rg',
  'head',
  'tail',
  'sort',
  'uniq',
  'tac',
  'shuf',
  'cat',
]);

/** As `$( … )` takes it: without the newlines at its end. */
export function withoutLastLines(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.slice(0, end);
}
