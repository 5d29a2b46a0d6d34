import type { Language } from '../core/model.ts';
import { startsOurs } from '../core/guarded.ts';
import type { Machine } from '../core/ports.ts';
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
  tmux: ({ words: [, ...rest] }) => {
    const [verb, ...after] = readArguments(rest, { values: ['-L', '-S', '-f'], early: true }).operands;
    if (
      !verb ||
      !/^(?:new|new-session|neww|new-window|splitw|split-window|respawnp|respawn-pane|respawnw|respawn-window|run|run-shell|popup|display-popup|send|send-keys)$/.test(
        verb.text,
      )
    )
      return [];
    const { operands } = readArguments(after, {
      values: ['-s', '-n', '-c', '-t', '-x', '-y', '-e', '-F'],
      early: true,
    });
    const typed = operands.filter(({ text }) => !/^(?:Enter|C-m|C-j)$/.test(text));
    return typed.length ? [lineOf(typed)] : [];
  },
  screen: ({ words: [, ...rest] }) => {
    const { operands } = readArguments(rest, {
      values: ['-S', '-c', '-e', '-h', '-p', '-s', '-t', '-T'],
      early: true,
    });
    return operands.length ? [lineOf(operands)] : [];
  },
  at: command => fed(command, text => ({ nested: 'shell', text: text.text, at: text.at }), 'shell'),
  batch: command => fed(command, text => ({ nested: 'shell', text: text.text, at: text.at }), 'shell'),
  claude: ({ words: [, ...rest] }) =>
    rest.some(({ text }) => /^--(?:bare|safe-mode|settings|setting-sources)/.test(text))
      ? [{ does: 'tamper', what: 'the hooks of an agent that it starts' }]
      : [],
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
    ['-r', '--require', '--import', '--loader', '--env-file', '--env-file-if-exists', '-C'],
  ),
  nodejs: interpreter('javascript', ['-e', '-p', '--eval', '--print'], ['-r', '--require']),
  deno,
  ruby: interpreter('ruby', ['-e'], ['-r', '-I']),
  perl: interpreter('perl', ['-e', '-E'], ['-M', '-I', '-0', '-l', '-F']),
  php: interpreter('php', ['-r'], ['-d']),
};

/** One word is a line for a shell; several are a command and its arguments. */
function lineOf(words: readonly Word[]): Said {
  const [first, last] = [words[0], words.at(-1)];
  const at = [first?.at[0] ?? 0, last?.at[1] ?? 0] as const;
  return words.length === 1 && first
    ? { nested: 'shell', text: first.text, at: first.at }
    : { nested: 'words', words, at };
}

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
  if (startsOurs(command.words.map(word => word.text)))
    return [{ does: 'tamper', what: 'how Chaperone is wired and answered' }];
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
    const variables = given
      .all('--env-file', '--env-file-if-exists')
      .map(({ text, at }): Said => ({ does: 'read', path: text, at }));
    if (inline.length)
      return [
        ...variables,
        ...inline.map(({ text, at }): Said => ({ nested: 'code', language, text, at })),
        // What stands behind a one-liner is what it reads: `perl -ne print file`.
        ...given.operands.map(({ text, at }): Said => ({ does: 'read', path: text, at })),
      ];
    if (startsOurs(command.words.map(word => word.text)))
      return [{ does: 'tamper', what: 'how Chaperone is wired and answered' }];
    if (given.has('-m')) return [];
    const [file] = given.operands;
    if (file && file.text !== '-')
      return [{ does: 'follow', lead: { to: 'file', path: file.text, as: followed(language) }, at: file.at }];
    return fed(
      command,
      text => ({ nested: 'code', language, text: text.text, at: text.at }),
      followed(language),
    );
  };
}

/** `deno run -A file` and `deno eval text`. */
function deno(command: Command, machine: Machine): readonly Said[] {
  const [program, verb, ...rest] = command.words;
  if (!program || !verb) return [];
  if (verb.text === 'eval')
    return readArguments(rest)
      .operands.slice(0, 1)
      .map(({ text, at }): Said => ({ nested: 'code', language: 'javascript', text, at }));
  const runs = /^(?:run|serve|test|bench)$/.test(verb.text);
  if (!runs && /[./]/.test(verb.text)) return interpreter('javascript', [], [])(command, machine);
  return runs
    ? interpreter(
        'javascript',
        [],
        ['-c', '--config', '--env-file'],
      )({ ...command, words: [program, ...rest] }, machine)
    : [];
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
