import { absolute } from '../paths.ts';
import type { Machine } from '../ports.ts';
import { unknown, type Command, type Said } from '../program.ts';
import { behindWrappers, chosenByInput, inputWords } from './fed.ts';
import { readArguments, type Arguments } from './flags.ts';
import { programName, rowOf } from './names.ts';
import { settingsIn } from './variables.ts';
import { wrappers, type Wrapper } from './wrappers.ts';
import type { Word } from './words.ts';

/** What a wrapper runs. `undefined` where this is none, or runs nothing, as `env` alone. */
export function unwrap(command: Command, machine: Machine): readonly Said[] | undefined {
  const [name, ...rest] = command.words;
  if (!name?.known) return undefined;
  const program = programName(name.text);
  const found = wrapperOf(program, rest);
  if (!found) return undefined;
  const { wrapper, behind } = found;
  if (program === 'parallel') return parallel(command, behind, wrapper);
  return wrapped(command, behind, wrapper, machine);
}

/** The longest row that the name and the words behind it fit, and the words behind those. */
function wrapperOf(
  program: string,
  rest: readonly Word[],
): { readonly wrapper: Wrapper; readonly behind: readonly Word[] } | undefined {
  for (const { steps, wrapper } of verbs.get(program.toLowerCase()) ?? []) {
    const behind = after(rest, steps);
    if (behind) return { wrapper, behind };
  }
  const wrapper = rowOf(wrappers, program);
  return wrapper && { wrapper, behind: rest };
}

const verbs = new Map<string, { readonly steps: readonly string[]; readonly wrapper: Wrapper }[]>();
for (const [name, wrapper] of Object.entries(wrappers)) {
  const [program = '', ...steps] = name.split(' ');
  if (steps.length) verbs.set(program, [...(verbs.get(program) ?? []), { steps, wrapper }]);
}

/** Options may stand before a verb, and a value of one. */
function after(rest: readonly Word[], [first, ...more]: readonly string[]): readonly Word[] | undefined {
  const at = rest.slice(0, 6).findIndex(word => word.text === first);
  if (at < 0) return undefined;
  const before = rest.slice(0, at);
  const fits = before.every(
    ({ text }, index) => text.startsWith('-') || (before[index - 1]?.text ?? '').startsWith('-'),
  );
  if (!fits || more.some((verb, index) => rest[at + 1 + index]?.text !== verb)) return undefined;
  return rest.slice(at + 1 + more.length);
}

function wrapped(
  command: Command,
  all: readonly Word[],
  wrapper: Wrapper,
  machine: Machine,
): readonly Said[] | undefined {
  const { text: texts = [], after: last, pairs = [] } = wrapper;
  const rest = all.filter((_, index) => !pairs.includes(all[index - 2]?.text ?? ''));
  const values = [...(wrapper.values ?? []), ...texts, ...pairs];
  const given = readArguments(rest, { ...wrapper, values, early: true });
  if (texts.includes('-S') && given.has(...texts)) return splitByEnv(rest, given, texts);
  const lines = [
    ...given.all(...texts),
    // `flock FILE -c TEXT` has its option behind the operand.
    ...given.operands.flatMap((word, index) =>
      (index || wrapper.behind) && texts.includes(word.text) ? (given.operands[index + 1] ?? []) : [],
    ),
  ].map(({ text, at }): Said => ({ nested: 'shell', text, at }));
  if (wrapper.tells && given.has(...wrapper.tells)) return [];
  if (wrapper.lines) return [...lines, ...readArguments(rest, { values }).operands.flatMap(lineOf)];
  if (wrapper.scripts) return readArguments(rest, wrapper).operands.map(script);
  // `flock FILE psql -c TEXT`: the option may as well be that of the command.
  if (lines.length && (given.has(...texts) || !startsCommand(rest, given, wrapper))) return lines;
  const inner = withoutMark(last ? behindOption(rest, last) : commandIn(rest, given, wrapper));
  const set = wrapper.assignments ? settingsIn(inner.slice(0, assignmentsOf(inner))) : [];
  const words = wrapper.assignments ? inner.slice(assignmentsOf(inner)) : inner;
  const [first, end] = [words[0], words.at(-1)];
  if (!first || !end)
    return wrapper.shell && rest.length && (!wrapper.shell.length || given.has(...wrapper.shell))
      ? shellAlone(command)
      : undefined;
  const at = [first.at[0], end.at[1]] as const;
  const folder = given.value(...(wrapper.folder ?? []))?.text;
  const cwd = folder === undefined ? {} : { cwd: absolute(folder, command.cwd, machine) };
  const also = { ...cwd, ...(set.length && { set }) };
  if (wrapper.line)
    return [
      { nested: 'shell', text: words.map(word => word.text).join(' '), at, ...cwd },
      ...(words.length > 1 && words.some(word => /\s/.test(word.text))
        ? [{ nested: 'words', words, at, ...also } as const]
        : []),
    ];
  if (!wrapper.input) return [...lines, { nested: 'words', words: programOf(words), at, ...also }];
  const mark =
    given.value('-I', '-J', '--replace')?.text ?? (given.has('-i', '--replace') ? '{}' : undefined);
  return withInput(command, words, mark);
}

/** `uv run tool.py` starts it with Python. */
function programOf(words: readonly Word[]): readonly Word[] {
  const [first] = words;
  return first && first.text.endsWith('.py') && !first.text.includes('/')
    ? [{ ...first, text: 'python' }, ...words]
    : words;
}

function commandIn(rest: readonly Word[], given: Arguments, { behind, skip = 0 }: Wrapper): readonly Word[] {
  if (!behind) return given.operands.slice(skip);
  const at = rest.findIndex(word => word.text === '--');
  return at < 0 ? [] : rest.slice(at + 1);
}

/** `sudo -i` alone is a shell, which reads what is fed to it. */
function shellAlone({ words: [name], at }: Command): readonly Said[] | undefined {
  return name && [{ nested: 'words', words: [{ ...name, text: 'sh' }], at }];
}

function startsCommand(rest: readonly Word[], given: Arguments, wrapper: Wrapper): boolean {
  const [first] = withoutMark(commandIn(rest, given, wrapper));
  return first !== undefined && !first.text.startsWith('-');
}

function behindOption(rest: readonly Word[], options: readonly string[]): readonly Word[] {
  const at = rest.findIndex(word => options.includes(word.text));
  return at < 0 ? [] : rest.slice(at + 1);
}

function withoutMark(words: readonly Word[]): readonly Word[] {
  return words[0]?.text === '--' ? words.slice(1) : words;
}

function assignmentsOf(words: readonly Word[]): number {
  const end = words.findIndex(word => !/^[A-Za-z_]\w*\+?=/.test(word.text));
  return end < 0 ? words.length : end;
}

/** `env -S 'sh -e' file`: the text is split, and what stands behind it are more words. */
function splitByEnv(rest: readonly Word[], given: Arguments, texts: readonly string[]): readonly Said[] {
  const text = given.value(...texts);
  if (!text) return [];
  const at = rest.findIndex(word => word.at === text.at);
  const more = rest
    .slice(at + 1)
    .map(word => (/[^\w@%+=:,./$-]/.test(word.text) ? `'${word.text.replaceAll("'", `'\\''`)}'` : word.text));
  if (!text.known) return [unknown(`the line \`${text.text}\` cannot be known here`, text.at)];
  return [{ nested: 'shell', text: [text.text, ...more].join(' '), at: text.at }];
}

function lineOf(word: Word): readonly Said[] {
  const [, name] = /^(?:npm|pnpm|yarn|bun):(.+)$/.exec(word.text) ?? [];
  return name === undefined
    ? [{ nested: 'shell', text: word.text, at: word.at }]
    : [script({ ...word, text: name })];
}

function script({ text, at }: Word): Said {
  return { does: 'follow', lead: { to: 'script', manifest: 'package.json', name: text }, at };
}

/** `xargs`: words are put into or behind the command, as far as what it reads tells. */
function withInput(command: Command, words: readonly Word[], mark = '{}'): readonly Said[] {
  const near = words.at(-1) as Word;
  const added = inputWords(command, programOfWords(words), near.at);
  const marked = words.some(word => word.text.includes(mark));
  const filled = marked
    ? words.flatMap(word =>
        word.text.includes(mark)
          ? added.map(it => ({ ...it, text: word.text.replaceAll(mark, it.text), at: word.at }))
          : word,
      )
    : [...words, ...added];
  const at = [words[0]?.at[0] ?? 0, near.at[1]] as const;
  return [
    ...argumentFile(command),
    ...chosenByInput(words, mark, marked, at),
    { nested: 'words', words: filled, at },
  ];
}

/** `xargs -a FILE`: what the command is given, and mostly prints, stands in a file. */
function argumentFile({ words }: Command): readonly Said[] {
  const at = words.findIndex(({ text }) => /^(?:-a|--arg-file)$/.test(text));
  const joined = words.find(({ text }) => text.startsWith('--arg-file='));
  const file = joined ? { ...joined, text: joined.text.slice('--arg-file='.length) } : words[at + 1];
  return at < 0 && !joined ? [] : file ? [{ does: 'read', path: file.text, at: file.at }] : [];
}

function programOfWords(words: readonly Word[]): string {
  return programName(behindWrappers(words)[0]?.text ?? '');
}

/** `parallel` runs a line for a shell for each word behind `:::`, or for each line that it reads. */
function parallel(command: Command, rest: readonly Word[], wrapper: Wrapper): readonly Said[] {
  const end = rest.findIndex(word => word.text.startsWith(':::'));
  const given = readArguments(end < 0 ? rest : rest.slice(0, end), { ...wrapper, early: true });
  const mark = given.value('-I')?.text ?? '{}';
  const words = withoutMark(given.operands);
  const [first, last] = [words[0], words.at(-1)];
  const listed = rest.slice(end + 1).filter(word => !word.text.startsWith(':::'));
  const files = rest[end]?.text.startsWith('::::');
  const at = rest[0] ? ([rest[0].at[0], rest.at(-1)?.at[1] ?? 0] as const) : command.at;
  const added = end < 0 || files ? inputWords(command, programOfWords(words), at) : listed;
  if (!first || !last)
    return [
      ...(end < 0 || files ? [unknown('the commands are those that `parallel` reads', at)] : []),
      ...added
        .filter(word => word.known)
        .map(({ text, at: place }): Said => ({ nested: 'shell', text, at: place })),
    ];
  const marked = words.some(word => /\{[^{}\s]{0,3}\}/.test(word.text));
  const named = words.map(word => ({
    ...word,
    text: word.text.replace(/\{(?:[\d.#%/]|\/\/|\/\.|\d[./]{1,2}){1,3}\}/g, mark),
  }));
  const chosen = end < 0 || files ? chosenByInput(named, mark, marked, at) : [];
  if (words.length > 1) {
    const filled = named.flatMap(word =>
      word.text.includes(mark)
        ? added.map(it => ({ ...it, text: word.text.replaceAll(mark, it.text), at: word.at }))
        : word,
    );
    return [...chosen, { nested: 'words', words: marked ? filled : [...named, ...added], at }];
  }
  return added.slice(0, 16).map(it => ({
    nested: 'shell',
    text: marked ? (named[0]?.text ?? '').replaceAll(mark, it.text) : `${first.text} ${it.text}`,
    at: first.at,
  }));
}
