import { nested, unknown, type Command, type Said } from '../program.ts';
import { printed } from './commands.ts';
import { readArguments, type Options } from './flags.ts';
import type { Word } from './words.ts';

/** How to find the command behind a program that runs another: after its options and this many operands. */
interface Wrapper extends Options {
  readonly skip?: number;
  /** `NAME=value` words stand before the command. */
  readonly assignments?: true;
  /** The command is one text for a shell, in this option's value. */
  readonly text?: readonly string[];
  /** Words are added from standard input. */
  readonly input?: true;
  /** With one of these it only tells about the command. */
  readonly tells?: readonly string[];
  /** Joined words are a line for a shell, as `ssh` and `watch` take them. */
  readonly line?: true;
}

/** Programs to look behind. The next one is a row. */
export const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: {
    values: [
      '-u',
      '-g',
      '-h',
      '-p',
      '-C',
      '-r',
      '-t',
      '-T',
      '-U',
      '-D',
      '-R',
      '--user',
      '--group',
      '--chdir',
    ],
    assignments: true,
  },
  doas: { values: ['-u', '-C'] },
  env: { values: ['-u', '-C', '--unset', '--chdir'], assignments: true, text: ['-S', '--split-string'] },
  command: { tells: ['-v', '-V'] },
  builtin: {},
  exec: { values: ['-a'] },
  nohup: {},
  noglob: {},
  nocorrect: {},
  setsid: {},
  time: { values: ['-f', '-o', '--format', '--output'] },
  timeout: { values: ['-k', '-s', '--kill-after', '--signal'], skip: 1 },
  nice: { values: ['-n', '--adjustment'] },
  ionice: { values: ['-c', '-n', '-p', '--class', '--classdata'] },
  stdbuf: { values: ['-i', '-o', '-e'] },
  unbuffer: {},
  caffeinate: { values: ['-t', '-w'] },
  xargs: {
    values: [
      '-a',
      '-d',
      '-E',
      '-I',
      '-L',
      '-n',
      '-P',
      '-s',
      '--arg-file',
      '--delimiter',
      '--max-args',
      '--max-procs',
      '--replace',
    ],
    input: true,
  },
  parallel: { values: ['-j', '--jobs', '-a', '--colsep', '--delay', '--timeout'], input: true },
  watch: { values: ['-n', '--interval'], line: true },
  flock: { values: ['-w', '-E', '--timeout'], skip: 1, text: ['-c', '--command'] },
  chroot: { values: ['--userspec', '--groups'], skip: 1 },
  strace: { values: ['-e', '-o', '-p', '-s'] },
  ltrace: { values: ['-e', '-o', '-p', '-s'] },
  busybox: {},
  toybox: {},
  'dbus-run-session': {},
  'xvfb-run': { values: ['-e', '-f', '-n', '-p', '-s', '-w'] },
  'systemd-run': { values: ['-p', '-u', '--unit', '--property'] },
  'cross-env': { assignments: true },
  dotenv: { values: ['-e', '-f', '-v'] },
};

/** What a wrapper runs. `undefined` where this is none, or runs nothing, as `env` alone. */
export function unwrap(command: Command): readonly Said[] | undefined {
  const [name, ...rest] = command.words;
  const wrapper = name && rowOf(name);
  if (!wrapper || !name) return undefined;
  const { text: texts = [] } = wrapper;
  const values = [...(wrapper.values ?? []), ...texts];
  const given = readArguments(rest, { ...wrapper, values, early: true });
  const text = given.value(...texts);
  if (text)
    return [nested({ ...text, text: [text, ...given.operands].map(it => it.text).join(' ') }, 'shell')];
  if (wrapper.tells && given.has(...wrapper.tells)) return [];
  const after = given.operands.slice(wrapper.skip ?? 0);
  const begins = wrapper.assignments ? after.findIndex(word => !/^[A-Za-z_]\w*=/.test(word.text)) : 0;
  const inner = begins < 0 ? [] : after.slice(begins);
  const [first, last] = [inner[0], inner.at(-1)];
  if (!first || !last) return undefined;
  // `flock FILE -c TEXT` has its option behind the operand.
  if (texts.includes(first.text)) return inner[1] ? [nested(inner[1], 'shell')] : [];
  if (wrapper.line)
    return [{ nested: 'shell', text: inner.map(word => word.text).join(' '), at: [first.at[0], last.at[1]] }];
  const words = wrapper.input
    ? withInput(inner, given.value('-I', '--replace')?.text ?? '{}', command)
    : inner;
  return [{ nested: 'words', words, at: [first.at[0], last.at[1]] }];
}

function rowOf({ text }: Word): Wrapper | undefined {
  return Object.hasOwn(wrappers, programName(text)) ? wrappers[programName(text)] : undefined;
}

/** What `xargs` adds where nothing tells what it reads. */
export function isAnything({ text, known }: Word): boolean {
  return !known && text.includes('{}');
}

/** The words that `xargs` puts into or behind the command, as far as the pipe before it tells. */
function withInput(words: readonly Word[], mark: string, command: Command): readonly Word[] {
  const near = words.at(-1) as Word;
  const added = inputWords(command, near);
  if (!words.some(word => word.text.includes(mark))) return [...words, ...added];
  return words.flatMap(word =>
    word.text.includes(mark)
      ? added.map(it => ({ ...it, text: word.text.replaceAll(mark, it.text), at: word.at }))
      : word,
  );
}

function inputWords({ input }: Command, { at }: Word): readonly Word[] {
  const unseen: Word = { text: '{}', known: false, wild: false, at };
  if (input.from === 'text') return split(input.text, input.known, at);
  const last = input.from === 'pipe' ? input.commands.find(({ words }) => words.length > 0) : undefined;
  if (!last) return [unseen];
  const text = printed(last);
  if (text) return split(text.options.join(' '), text.known, at);
  return programName(last.words[0]?.text ?? '') === 'find'
    ? rootsOf(last).map(root => ({ ...root, text: `${root.text}/*`, wild: true, at }))
    : [unseen];
}

function rootsOf({ words }: Command): readonly Word[] {
  const end = words.findIndex((word, index) => index > 0 && /^[-(!]/.test(word.text));
  const roots = words.slice(1, end < 0 ? undefined : end);
  return roots.length ? roots : words.slice(0, 1).map(word => ({ ...word, text: '.' }));
}

function split(text: string, known: boolean, at: Word['at']): readonly Word[] {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 256)
    .map(part => ({ text: part, known, wild: false, at }));
}

/** `/usr/bin/git` is `git`, `RM.EXE` is `rm`. */
export function programName(text: string): string {
  const base = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  return /\.(?:exe|cmd|bat)$/i.test(base) ? base.slice(0, -4).toLowerCase() : base;
}

/** A command name that is not plain text can be anything. */
export function unreadableName({ words }: Command): readonly Said[] | undefined {
  const [name] = words;
  return name && !name.known
    ? [unknown(`the command is named by \`${name.text}\`, which cannot be known here`, name.at)]
    : undefined;
}
