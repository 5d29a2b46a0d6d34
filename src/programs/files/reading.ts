import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { readArguments } from '../../core/shell/flags.ts';
import { fedTo } from '../../core/shell/printed.ts';
import { isAnything, programName } from '../../core/shell/wrappers.ts';
import { isFetched } from '../../core/shell/substituted.ts';
import type { Word } from '../../core/shell/words.ts';

/** Programs whose operands are files they show, with the options whose values are not files (not checked against their manual pages). */
export const readers: Readonly<Record<string, readonly string[]>> = {
  cat: [],
  ccat: [],
  bat: ['-l', '--language', '-r', '--line-range', '--theme', '--style'],
  batcat: ['-l', '--language', '-r', '--line-range'],
  glow: ['-s', '-w', '--style', '--width'],
  mdcat: [],
  lolcat: [],
  pygmentize: ['-l', '-f', '-O', '-o', '-S'],
  highlight: ['-S', '-O', '-s', '-o'],
  less: ['-p', '-P', '-x', '-j'],
  more: [],
  most: [],
  zless: [],
  zmore: [],
  head: ['-n', '-c', '--lines', '--bytes'],
  tail: ['-n', '-c', '-s', '--lines', '--bytes', '--pid'],
  multitail: ['-i', '-l'],
  tac: ['-s'],
  nl: ['-b', '-s', '-w'],
  pr: ['-h', '-l', '-o', '-w'],
  fmt: ['-w', '-p'],
  expand: ['-t'],
  unexpand: ['-t'],
  look: ['-t'],
  shuf: ['-n', '-i', '--head-count', '--input-range', '--random-source'],
  tsort: [],
  ptx: [],
  od: ['-A', '-t', '-N', '-j', '-w'],
  xxd: ['-l', '-s', '-c', '-g'],
  hexdump: ['-e', '-n', '-s'],
  hd: [],
  hexyl: ['-n', '-s', '-c'],
  strings: ['-n', '-t', '-e'],
  base64: ['-w', '--wrap', '-b'],
  base32: ['-w', '--wrap'],
  base58: [],
  basenc: ['-w', '--wrap'],
  uuencode: [],
  cut: ['-d', '-f', '-c', '-b', '--delimiter', '--fields'],
  paste: ['-d', '--delimiters'],
  uniq: ['-f', '-s', '-w'],
  rev: [],
  fold: ['-w'],
  column: ['-s', '-c', '-o', '-N', '-H'],
  diff: ['-U', '-C', '--label', '-x', '--exclude', '-I'],
  colordiff: ['-U', '-C'],
  diff3: [],
  sdiff: ['-w', '-o'],
  vimdiff: [],
  wdiff: [],
  dyff: [],
  delta: [],
  cmp: ['-n'],
  comm: [],
  join: ['-t', '-1', '-2', '-a', '-e', '-j', '-o', '-v'],
  iconv: ['-f', '-t', '--from-code', '--to-code', '-o', '--output'],
  dos2unix: [],
  unix2dos: [],
  csvcut: ['-c', '-d'],
  csvlook: ['-d'],
  xmllint: ['--xpath', '--schema', '--output'],
  plutil: ['-extract', '-convert', '-o', '-replace', '-insert'],
  view: [],
  nano: ['-T', '-r', '-Y'],
  pico: [],
  micro: [],
  hx: [],
  helix: [],
  joe: [],
  emacs: ['-l', '--load', '--eval', '-f', '--funcall'],
  emacsclient: ['-e', '--eval', '-s', '--socket-name'],
  gedit: [],
  kate: [],
  subl: [],
  zed: [],
  open: ['-a', '-b'],
  'xdg-open': [],
  qlmanage: ['-p', '-t', '-o', '-s'],
  lp: ['-d', '-o', '-n', '-t'],
  lpr: ['-P', '-o', '-#'],
  gunzip: ['-S'],
  zcat: [],
  gzcat: [],
  bzcat: [],
  xzcat: [],
  zstdcat: [],
  lz4cat: [],
  gzip: ['-S', '--suffix'],
  bzip2: [],
  xz: ['-T', '-F', '-S'],
  zstd: ['-T', '-o', '-D'],
  lz4: [],
  compress: ['-b'],
  split: ['-b', '-l', '-n', '-a', '-C'],
  csplit: ['-f', '-b', '-n'],
  mlr: ['--ifs', '--ofs'],
  age: ['-r', '-R', '-i', '-o', '--recipient', '--recipients-file', '--identity', '--output'],
  ccrypt: ['-k', '-K', '-E'],
};

/** A reader's operands are read. */
export function reads(values: readonly string[]): Program {
  return ({ words: [, ...rest] }) => readArguments(rest, { values }).operands.flatMap(word => read(word));
}

/** A path that cannot be known is still a path: nothing is said of its contents. */
export function read(word: Word): readonly Said[] {
  return word.text === '-' || !word.text || isAnything(word)
    ? []
    : [{ does: 'read', path: word.text, at: word.at }];
}

/** Text tools whose first operand is a script or a pattern unless an option holds it: what follows is read. */
export const scripted: Readonly<Record<string, Scripted>> = {
  awk: awkLike(),
  gawk: awkLike(),
  mawk: awkLike(),
  nawk: awkLike(),
  jq: jsonLike(),
  gojq: jsonLike(),
  jaq: jsonLike(),
  yq: {
    values: ['-p', '-o', '-I', '--from-file', '--input-format', '--output-format', '--indent'],
    script: ['--from-file'],
    verbs: /^(?:e|ea|eval|eval-all)$/,
  },
};

interface Scripted {
  readonly values: readonly string[];
  /** Options that name a file with the script. */
  readonly script: readonly string[];
  /** Options behind which a name and a value stand, or a name and a file that is read. */
  readonly named?: readonly string[];
  readonly files?: readonly string[];
  readonly verbs?: RegExp;
}

function awkLike(): Scripted {
  return {
    values: ['-F', '-v', '-f', '-i', '-l', '--field-separator', '--assign', '--file', '--include', '--load'],
    script: ['-f', '--file'],
  };
}

function jsonLike(): Scripted {
  return {
    values: ['-f', '--from-file', '--indent', '-L'],
    script: ['-f', '--from-file'],
    named: ['--arg', '--argjson'],
    files: ['--slurpfile', '--rawfile'],
  };
}

export function readsAfterScript({ values, script, named = [], files = [], verbs }: Scripted): Program {
  return ({ words: [name, ...rest] }) => {
    const pairs = rest.flatMap((word, index) =>
      [...named, ...files].includes(word.text) ? [{ word, values: rest.slice(index + 1, index + 3) }] : [],
    );
    const taken = new Set(pairs.flatMap(pair => [pair.word, ...pair.values]));
    const given = readArguments(
      rest.filter(word => !taken.has(word)),
      { values },
    );
    const operands =
      verbs && verbs.test(given.operands[0]?.text ?? '') ? given.operands.slice(1) : given.operands;
    const written = given.all(...script);
    const [first] = written.length ? [] : operands;
    const language = programName(name?.text ?? '');
    return [
      ...(first ? [{ nested: 'code', language, text: first.text, at: first.at } as const] : []),
      ...written.flatMap(read),
      ...pairs
        .filter(pair => files.includes(pair.word.text))
        .flatMap(pair => pair.values.slice(1).flatMap(read)),
      // `awk 1 name=value file`: an assignment is no file.
      ...(first ? operands.slice(1) : operands)
        .filter(({ text }) => !/^[A-Za-z_]\w*=/.test(text))
        .flatMap(read),
    ];
  };
}

/** Text tools and editors that also write, run or follow what their own language says. */
export const texts: Readonly<Record<string, Program>> = {
  sed,
  gsed: sed,
  sort: ({ words: [, ...rest] }) => {
    const given = readArguments(rest, {
      values: ['-k', '-t', '-o', '-S', '-T', '--key', '--output', '--files0-from', '--compress-program'],
    });
    return [
      ...given.operands.flatMap(read),
      ...given.all('--files0-from').flatMap(read),
      ...given
        .all('-o', '--output')
        .map(({ text, at }): Said => ({ does: 'write', path: text, how: 'empty', at })),
      ...given.all('--compress-program').map(({ text, at }): Said => ({ nested: 'shell', text, at })),
    ];
  },
  tee,
  vim: editor,
  vi: editor,
  nvim: editor,
  gvim: editor,
  ex: editor,
  ed,
  red: ed,
  source: sourced,
  '.': sourced,
};

function tee({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, has } = readArguments(rest);
  return operands.map(({ text, at }): Said => ({
    does: 'write',
    path: text,
    how: has('-a', '--append') ? 'append' : 'empty',
    at,
  }));
}

function sed({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, has, flags, all } = readArguments(rest, {
    values: ['-e', '-f', '-l', '--expression', '--file'],
  });
  const written = all('-e', '--expression');
  const kept = all('-f', '--file');
  const scripts = written.length || kept.length ? written : operands.slice(0, 1);
  const targets = written.length || kept.length ? operands : operands.slice(1);
  const inPlace = has('-i', '--in-place') || flags.some(flag => /^-[a-zA-Z]*i/.test(flag.text));
  return [
    ...scripts.flatMap(sedScript),
    ...kept.flatMap(read),
    ...targets.flatMap((word): readonly Said[] => [
      ...read(word),
      ...(inPlace ? [{ does: 'write', path: word.text, how: 'edit', at: word.at } as const] : []),
    ]),
  ];
}

/** The commands of sed that reach beyond its input: `r` reads a file, `w` writes one, `e` runs a line. */
function sedScript({ text, at }: Word): readonly Said[] {
  if (/^[gpmiI0-9]*e/.test(text.startsWith('s') ? (text.split(text[1] ?? '')[3] ?? '') : ''))
    return [unknown('a line that `sed` makes and runs', at)];
  return [...text.slice(0, 4_096).matchAll(/(?:^|[;{}\n\d$/!]) {0,4}([rRwWe]) {1,4}([^\n;}]+)/g)].map(
    ([, command, rest = '']): Said => {
      const path = rest.trim();
      if (command === 'e') return { nested: 'shell', text: path, at };
      return /r/i.test(command ?? '')
        ? { does: 'read', path, at }
        : { does: 'write', path, how: 'empty', at };
    },
  );
}

/** `vim -c '!rm x' file`: what an editor is told to do at once, or is fed. */
function editor(command: Command): readonly Said[] {
  const [name, ...rest] = command.words;
  const { operands, all, has } = readArguments(rest, {
    values: [
      '-c',
      '--cmd',
      '-S',
      '-u',
      '-i',
      // Of `ex` it says nothing, of `vim` it names a file of keys.
      ...(programName(name?.text ?? '') === 'ex' || rest.some(({ text }) => /^-\w*[eE]/.test(text))
        ? []
        : ['-s']),
      '-w',
      '-T',
      '--servername',
      '--remote-expr',
      '--remote-send',
    ],
  });
  const [told, files] = [
    operands.filter(({ text }) => text.startsWith('+')),
    operands.filter(({ text }) => !text.startsWith('+')),
  ];
  const commands = [...all('-c', '--cmd'), ...told.map(word => ({ ...word, text: word.text.slice(1) }))];
  const lines = programName(name?.text ?? '') === 'ex' || has('-e', '-E') ? typedInto(command) : [];
  return [
    ...files.flatMap(read),
    ...all('-S', '-s').flatMap(read),
    ...commands.flatMap(editorCommand),
    ...lines,
  ];
}

/** `ed` reads its commands, and prints what they say of the file that it is given; `!command` as its name is a line. */
function ed(command: Command): readonly Said[] {
  const { operands } = readArguments(command.words.slice(1), { values: ['-p', '--prompt'] });
  return [
    ...operands.flatMap((word): readonly Said[] =>
      word.text.startsWith('!') ? [{ nested: 'shell', text: word.text.slice(1), at: word.at }] : read(word),
    ),
    ...typedInto(command),
  ];
}

/** The lines that an editor is fed. What is text among them is no command, which makes no difference here. */
function typedInto(command: Command): readonly Said[] {
  const { at, input } = command;
  const fed = fedTo(command);
  if (fed?.known)
    return fed.options
      .flatMap(text => text.split('\n'))
      .flatMap(text => editorCommand({ text, at, known: true, wild: false }));
  return input.from === 'nowhere'
    ? []
    : [
        unknown(
          `what \`${programName(command.words[0]?.text ?? '')}\` is told to do cannot be known here`,
          at,
        ),
      ];
}

function editorCommand({ text, at }: Word): readonly Said[] {
  const line = /^:? {0,4}[%.\d,$]{0,8}(?:r(?:ead)? {0,4})?! {0,4}(\S.*)$/s.exec(text)?.[1];
  if (line) return [{ nested: 'shell', text: line, at }];
  const path = /^:? {0,4}(?:e|edit|r|read|sp|split|vs|vsplit|view|tabe|tabedit) {1,4}(\S+)$/.exec(text)?.[1];
  return path ? [{ does: 'read', path, at }] : [];
}

/** `. file`, and since bash 5.3 `. -p PATH file`. A name that keeps nothing of itself can be anything. */
function sourced({ words: [, ...rest], at }: Command): readonly Said[] {
  const [folder, file] =
    rest[0]?.text === '-p' ? rest.slice(1) : [undefined, ...rest.filter(({ text }) => text !== '--')];
  if (!file) return [];
  if (folder && !folder.known)
    return [
      unknown(`a file in \`${folder.text}\`, which cannot be known here, is run in this shell`, file.at),
    ];
  if (isFetched(file)) return [{ does: 'run', program: 'source', origin: 'download', at }];
  return !file.known && /^(?:\$\w+|\$\{[^}]{0,200}\}|\$\(.*\)|`.*`)$/s.test(file.text)
    ? [unknown(`the file \`${file.text}\`, which cannot be known here, is run in this shell`, file.at)]
    : [{ does: 'follow', lead: { to: 'file', path: file.text, as: 'shell' }, at: file.at }];
}
