import { unknown, type Command, type Program, type Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';
import type { Word } from '../core/shell/words.ts';
import { fed } from '../core/fed.ts';
import { fedTo } from '../core/shell/printed.ts';
import { programName } from '../core/shell/names.ts';
import { interpreter, type Interpreter } from './interpreters/languages.ts';
import { cmd, powershell, shell } from './interpreters/shells.ts';

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
    const { operands, has } = readArguments(rest, {
      values: ['-S', '-c', '-e', '-h', '-p', '-s', '-t', '-T'],
      early: true,
    });
    // `-X stuff TEXT` types it, `-X screen …` and `-X exec …` start it.
    const [verb, ...typed] = has('-X') ? operands : [undefined, ...operands];
    if (verb && !/^(?:stuff|screen|exec|at|eval)$/.test(verb.text)) return [];
    return typed.some(Boolean) ? [lineOf(typed.flatMap(word => word ?? []))] : [];
  },
  at: command => fed(command, fedLine, 'shell'),
  batch: command => fed(command, fedLine, 'shell'),
  claude: agent(/^--(?:bare|safe-mode|settings|setting-sources)/),
  // By their help and their pages (Codex 0.169.0, Qwen Code 0.24.4, November 2026); not each was tried.
  codex: agent(
    /^--dangerously-bypass-hook-trust|^(?:--(?:config|disable)=|-c)?(?:features\.)?(?:codex_)?hooks(?:=|$)/,
  ),
  qwen: agent(/^--(?:bare|safe-mode)/),
  su: command => {
    const [, ...rest] = command.words;
    const line = readArguments(rest, { values: ['-c', '--command', '-s', '--shell', '-g', '-G'] }).value(
      '-c',
      '--command',
    );
    return line ? [{ nested: 'shell', text: line.text, at: line.at }] : fed(command, fedLine, 'shell');
  },
  gdb: debugs,
  lldb: debugs,
  newgrp: command => fed(command, fedLine, 'shell'),
  powershell,
  pwsh: powershell,
  cmd,
  ...Object.fromEntries(
    Object.entries(languages()).flatMap(([names, row]) =>
      names.split(' ').map(name => [name, interpreter(row)]),
    ),
  ),
};

/** An agent that is started so that it runs without the hooks of the person. */
function agent(without: RegExp): Program {
  return ({ words: [, ...rest] }) =>
    rest.some(({ text }) => without.test(text))
      ? [{ does: 'tamper', what: 'the hooks of an agent that it starts' }]
      : [];
}

/** By the names of their programs. Options from the programs' own help as we know it; not checked against each version. */
function languages(): Readonly<Record<string, Interpreter>> {
  const node: Interpreter = {
    language: 'javascript',
    texts: ['-e', '-p', '--eval', '--print', '-pe'],
    values: [
      '--loader',
      '--experimental-loader',
      '--env-file',
      '--env-file-if-exists',
      '-C',
      '--conditions',
      '--input-type',
      '--test-name-pattern',
      '--test-reporter',
      '--test-reporter-destination',
      '--title',
      '--stack-trace-limit',
      '--max-old-space-size',
      '--inspect-port',
      '--tsconfig',
      '-P',
      '--project',
      '-T',
      '-O',
      '--compilerOptions',
    ],
    starts: ['-r', '--require', '--import'],
    tells: ['-v', '--version', '-h', '--help', '--check', '-c'],
  };
  return {
    'python python3 pypy ipython': {
      language: 'python',
      texts: ['-c'],
      values: ['-W', '-X'],
      module: '-m',
      tells: ['-V', '--version', '-h', '--help'],
    },
    'pytest py.test': {
      language: 'python',
      texts: [],
      values: [
        '-k',
        '-m',
        '-n',
        '-p',
        '-o',
        '-c',
        '--maxfail',
        '--tb',
        '--rootdir',
        '--ignore',
        '--durations',
        '--timeout',
        '-W',
        '--color',
        '--cov',
        '--cov-report',
        '--junitxml',
        '--log-level',
        '--confcutdir',
        '--basetemp',
      ],
      many: true,
      tells: ['--version', '-h', '--help', '--collect-only', '--co'],
    },
    'node nodejs': node,
    'tsx ts-node ts-node-esm ts-node-transpile-only vite-node': {
      ...node,
      verbs: ['watch'],
    },
    'vitest jest mocha ava': {
      language: 'javascript',
      texts: [],
      values: [
        '-c',
        '--config',
        '-t',
        '--testNamePattern',
        '--reporter',
        '-R',
        '-g',
        '--grep',
        '--project',
        '--root',
        '-r',
        '--dir',
        '--maxWorkers',
        '-w',
        '--timeout',
        '--environment',
        '--coverage.provider',
        '--outputFile',
        '--shard',
      ],
      verbs: ['run', 'watch', 'dev', 'related', 'bench'],
      many: true,
      tells: ['--version', '-v', '-h', '--help', '--listTests', '--showConfig'],
    },
    deno: {
      language: 'javascript',
      texts: ['--eval'],
      values: [
        '-c',
        '--config',
        '--env-file',
        '--import-map',
        '--lock',
        '-L',
        '--log-level',
        '--cert',
        '--location',
        '--seed',
      ],
      verbs: ['run', 'serve', 'test', 'bench'],
      tells: ['--version', '-V', '-h', '--help'],
    },
    ruby: {
      language: 'ruby',
      texts: ['-e'],
      values: ['-I', '-C', '-E'],
      starts: ['-r'],
      tells: ['-v', '--version', '-c', '-h', '--help'],
      edits: '-i',
    },
    irb: { language: 'ruby', texts: [], starts: ['-r'], tells: ['-v', '--version'] },
    perl: {
      language: 'perl',
      texts: ['-e', '-E'],
      values: ['-M', '-I', '-F', '-m'],
      tells: ['-v', '-V', '-c'],
      edits: '-i',
    },
    php: {
      language: 'php',
      texts: ['-r', '-B', '-R', '-E'],
      values: ['-d', '-c', '-S', '-t', '-z', '--ini'],
      tells: ['-v', '--version', '-l', '-i', '-m', '--ini', '-S'],
    },
    'awk gawk mawk nawk': {
      language: 'awk',
      texts: ['-e', '--source'],
      values: ['-v', '-F', '--assign', '--field-separator', '-W', '-i', '--include', '-E', '--exec'],
      starts: ['-f', '--file'],
      first: true,
      tells: ['-V', '--version', '-h', '--help'],
    },
    'lua luajit': { language: 'lua', texts: ['-e'], values: ['-l'], tells: ['-v'] },
    'Rscript R': { language: 'r', texts: ['-e'], tells: ['--version'] },
    julia: {
      language: 'julia',
      texts: ['-e', '-E', '--eval', '--print'],
      values: ['-t', '--threads', '-p', '-L', '--project', '-J'],
      tells: ['-v', '--version'],
    },
    groovy: { language: 'groovy', texts: ['-e'], values: ['-cp', '-D'], tells: ['-v', '--version'] },
    osascript: { language: 'applescript', texts: ['-e'], values: ['-l', '-s'] },
    'tclsh expect': { language: 'tcl', texts: ['-c'] },
  };
}

const told = [
  '-ex',
  '-iex',
  '-eval-command',
  '-init-eval-command',
  '-o',
  '-O',
  '-one-line',
  '-one-line-before-file',
];
const files = ['-x', '-ix', '-command', '-init-command', '-s', '-source', '-S'];

/** Debuggers, by what they are told on the line, in a file or by what they are fed. Not checked against their manuals. */
function debugs(command: Command): readonly Said[] {
  const lldb = programName(command.words[0]?.text ?? '') === 'lldb';
  const words = command.words.slice(1).map(word => ({ ...word, text: word.text.replace(/^--(?=\w)/, '-') }));
  const begins = words.findIndex(({ text }) => text === '-args' || text === '--');
  const own = begins < 0 ? words : words.slice(0, begins);
  const program = begins < 0 ? [] : command.words.slice(begins + 2);
  const { all, operands } = readArguments(own, {
    values: [
      ...told,
      ...files,
      '-p',
      '-pid',
      '-cd',
      '-directory',
      '-d',
      '-tty',
      '-c',
      '-core',
      '-n',
      '-arch',
    ],
    single: true,
  });
  const { input, at } = command;
  const fed = fedTo(command);
  return [
    ...all(...told).flatMap(debugged),
    ...all(...(lldb ? files : files.filter(it => !/^-[sS]/.test(it)))).map(({ text, at: place }): Said => ({
      does: 'read',
      path: text,
      at: place,
    })),
    ...(program.length ? [lineOf(program)] : []),
    ...operands
      .slice(0, 1)
      .map(({ text, at: place }): Said => ({ does: 'run', program: text, origin: 'unfamiliar', at: place })),
    ...(fed?.known
      ? fed.options
          .flatMap(text => text.split('\n'))
          .flatMap(text => debugged({ text, at, known: true, wild: false }))
      : input.from === 'nowhere'
        ? []
        : [unknown('what a debugger is told to do cannot be known here', at)]),
  ];
}

/** What reaches beyond the program that is debugged. */
function debugged({ text, known, at }: Word): readonly Said[] {
  if (!known) return [unknown('what a debugger is told to do cannot be known here', at)];
  const [, verb = '', rest = ''] = /^\s*(!|[\w-]+)\s*([^]*)$/.exec(text) ?? [];
  if (/^(?:!|she(?:ll)?|platform)$/.test(verb))
    return [{ nested: 'shell', text: rest.replace(/^shell\s+/, ''), at }];
  if (/^(?:python|py|python-interactive|pi|script)$/.test(verb))
    return rest ? [{ nested: 'code', language: 'python', text: rest, at }] : [];
  if (/^(?:source|so)$/.test(verb)) return [{ does: 'read', path: rest.trim(), at }];
  if (/^(?:pipe|\|)/.test(verb)) return [{ nested: 'shell', text: rest.slice(rest.indexOf('|') + 1), at }];
  return /\b(?:system|popen|exec[lv]p?e?|fopen|open|guile|gu)\b/.test(text)
    ? [unknown('a debugger that calls what reaches beyond its program', at)]
    : [];
}

function fedLine({ text, at }: Pick<Word, 'text' | 'at'>): Said {
  return { nested: 'shell', text, at };
}

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
