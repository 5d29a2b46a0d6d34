import type { Language } from '../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../core/program.ts';
import { printed } from '../core/shell/commands.ts';
import { readArguments } from '../core/shell/flags.ts';
import { programName } from '../core/shell/wrappers.ts';
import type { Word } from '../core/shell/words.ts';

/** Programs that run a text: shells, and the interpreters of languages. */
export const interpreters: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(
    ['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'fish', 'rbash'].map(name => [name, shell]),
  ),
  eval: ({ words: [, ...rest] }) => (rest.length ? [evaluated(rest)] : []),
  trap: ({ words: [, ...rest] }) => {
    const [line, ...signals] = readArguments(rest).operands;
    return line && signals.length ? [{ nested: 'shell', text: line.text, at: line.at }] : [];
  },
  su: ({ words: [, ...rest] }) => {
    const line = readArguments(rest, { values: ['-c', '--command', '-s', '--shell', '-g', '-G'] }).value(
      '-c',
      '--command',
    );
    return line ? [{ nested: 'shell', text: line.text, at: line.at }] : [];
  },
  python: interpreter('python', ['-c'], ['-m', '-W', '-X']),
  python3: interpreter('python', ['-c'], ['-m', '-W', '-X']),
  node: interpreter(
    'javascript',
    ['-e', '-p', '--eval', '--print'],
    ['-r', '--require', '--import', '--loader', '--env-file', '-C'],
  ),
  nodejs: interpreter('javascript', ['-e', '-p', '--eval', '--print'], ['-r', '--require']),
  bun: interpreter('javascript', ['-e', '--eval'], []),
  deno: interpreter('javascript', [], []),
  ruby: interpreter('ruby', ['-e'], ['-r', '-I']),
  perl: interpreter('perl', ['-e', '-E'], ['-M', '-I']),
  php: interpreter('php', ['-r'], ['-d']),
};

function evaluated(words: readonly Word[]): Said {
  const text = words.map(word => word.text).join(' ');
  const at = [words[0]?.at[0] ?? 0, words.at(-1)?.at[1] ?? 0] as const;
  return words.every(word => word.known)
    ? { nested: 'shell', text, at }
    : unknown('`eval` of something that cannot be known here', at);
}

/** A shell runs its `-c` text, a script, or what it is fed. */
function shell(command: Command): readonly Said[] {
  const given = readArguments(command.words.slice(1), {
    values: ['-c', '-o', '-O', '--rcfile', '--init-file'],
    early: true,
  });
  const line = given.value('-c');
  if (line) return [line.known ? { nested: 'shell', text: line.text, at: line.at } : unreadLine(line)];
  const [script] = given.operands;
  if (script && !given.has('-s'))
    return [{ does: 'follow', lead: { to: 'file', path: script.text, as: 'shell' }, at: script.at }];
  return fed(command, text => ({ nested: 'shell', text: text.text, at: text.at }), 'shell');
}

// What stands in quotes around a variable is still plain: the variable itself may hold anything, and is shown as it stands.
function unreadLine(line: Word): Said {
  return /^\s*(?:\$|`)/.test(line.text)
    ? unknown(`the line \`${line.text}\` cannot be known here`, line.at)
    : { nested: 'shell', text: line.text, at: line.at };
}

function interpreter(
  language: (Language & ('python' | 'javascript')) | 'ruby' | 'perl' | 'php',
  texts: readonly string[],
  values: readonly string[],
): Program {
  return command => {
    const given = readArguments(command.words.slice(1), { values: [...texts, ...values], early: true });
    const inline = given.all(...texts);
    if (inline.length) return inline.map(({ text, at }): Said => ({ nested: 'code', language, text, at }));
    const [file] = given.operands;
    if (file && file.text !== '-')
      return given.has('-m')
        ? []
        : [{ does: 'follow', lead: { to: 'file', path: file.text, as: followed(language) }, at: file.at }];
    return fed(
      command,
      text => ({ nested: 'code', language, text: text.text, at: text.at }),
      followed(language),
    );
  };
}

function followed(language: string): Language {
  return language === 'python' || language === 'javascript' ? language : 'other';
}

interface Text {
  readonly text: string;
  readonly at: Said['at'] & {};
}

/** What an interpreter reads from its input: plain text is read too, a download or a decoded text is said to be one. */
function fed({ input, words: [name] }: Command, make: (text: Text) => Said, as: Language): readonly Said[] {
  const program = programName(name?.text ?? '');
  switch (input.from) {
    case 'nowhere':
      return [];
    case 'text':
      return [make(input)];
    case 'file':
      return [{ does: 'follow', lead: { to: 'file', path: input.path.text, as }, at: input.path.at }];
    case 'pipe':
      return input.commands
        .filter(({ words }) => words.length)
        .slice(-1)
        .flatMap(last => piped(last, input.commands, program, make, as));
  }
}

const downloads = new Set([
  'curl',
  'wget',
  'http',
  'https',
  'xh',
  'fetch',
  'aria2c',
  'nc',
  'ncat',
  'socat',
  'ssh',
]);
const decoders = new Set([
  'base64',
  'base32',
  'xxd',
  'openssl',
  'gunzip',
  'zcat',
  'uudecode',
  'rev',
  'tr',
  'gzip',
  'bzip2',
  'xz',
]);

function piped(
  last: Command,
  all: readonly Command[],
  program: string,
  make: (text: Text) => Said,
  as: Language,
): readonly Said[] {
  const { at } = last;
  const names = all.map(({ words: [name] }) => programName(name?.text ?? ''));
  if (names.some(name => downloads.has(name))) return [{ does: 'run', program, origin: 'download', at }];
  if (names.some(name => decoders.has(name))) return [{ does: 'run', program, origin: 'decoded', at }];
  const text = printed(last);
  if (text?.known) return text.options.map(option => make({ text: option, at }));
  const [name, ...rest] = last.words;
  if (programName(name?.text ?? '') === 'cat')
    return rest
      .filter(word => !word.text.startsWith('-'))
      .map((word): Said => ({ does: 'follow', lead: { to: 'file', path: word.text, as }, at: word.at }));
  return [unknown(`\`${program}\` runs what \`${name?.text ?? ''}\` prints`, at)];
}
