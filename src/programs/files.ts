import type { Span } from '../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';
import { isAnything, programName } from '../core/shell/wrappers.ts';
import type { Word } from '../core/shell/words.ts';

/** What becomes of files: POSIX utilities, GNU coreutils and findutils (not checked against their manual pages). */
export const files: Readonly<Record<string, Program>> = {
  rm,
  rmdir: command => deletes(command, false),
  unlink: command => deletes(command, false),
  shred: command => deletes(command, false, ['-n', '-s', '--iterations', '--size', '--random-source']),
  srm: rm,
  trash: () => [],
  rimraf: command =>
    deletes(command, true, [
      '--preserve-root',
      '--tmp',
      '--max-retries',
      '--retry-delay',
      '--backoff',
      '--impl',
      '-g',
    ]),
  del: rm,
  truncate,
  mv,
  cp,
  install: cp,
  ln,
  dd,
  find,
  tee,
  rsync,
  scp: copyAway,
  tar: archive,
  zip: ({ words: [, ...rest] }) => readArguments(rest).operands.slice(1).flatMap(read),
  sed,
  chmod: command => permits(command, ['--reference']),
  chown: command => permits(command, ['--reference', '--from']),
  chgrp: command => permits(command, ['--reference']),
  mkfs: formats,
  'mkfs.ext4': formats,
  'mkfs.ext3': formats,
  'mkfs.xfs': formats,
  'mkfs.btrfs': formats,
  'mkfs.vfat': formats,
  mkswap: formats,
  wipefs: formats,
  blkdiscard: formats,
  source: sourced,
  '.': sourced,
};

/** Programs whose operands are files they show, with the options whose values are not files. */
export const readers: Readonly<Record<string, readonly string[]>> = {
  cat: [],
  bat: ['-l', '--language', '-r', '--line-range', '--theme', '--style'],
  batcat: ['-l', '--language', '-r', '--line-range'],
  less: ['-p', '-P', '-x', '-j'],
  more: [],
  most: [],
  head: ['-n', '-c', '--lines', '--bytes'],
  tail: ['-n', '-c', '-s', '--lines', '--bytes', '--pid'],
  tac: ['-s'],
  nl: ['-b', '-s', '-w'],
  od: ['-A', '-t', '-N', '-j', '-w'],
  xxd: ['-l', '-s', '-c', '-g'],
  hexdump: ['-e', '-n', '-s'],
  hd: [],
  strings: ['-n', '-t', '-e'],
  base64: ['-w', '--wrap'],
  base32: ['-w'],
  cut: ['-d', '-f', '-c', '-b', '--delimiter', '--fields'],
  paste: ['-d'],
  sort: ['-k', '-t', '-o', '-S', '-T'],
  uniq: ['-f', '-s', '-w'],
  rev: [],
  fold: ['-w'],
  column: ['-s', '-c', '-o'],
  diff: ['-U', '-C', '--label'],
  cmp: ['-n'],
  comm: [],
  join: ['-t', '-1', '-2', '-o'],
  wc: [],
  vim: ['-c', '--cmd', '-S', '-u'],
  vi: ['-c'],
  nano: [],
  view: [],
  emacs: [],
  code: [],
  open: ['-a'],
  gunzip: [],
  zcat: [],
  split: ['-b', '-l', '-n'],
};

/** A reader's operands are read. */
export function reads(values: readonly string[]): Program {
  return ({ words: [, ...rest] }) => readArguments(rest, { values }).operands.flatMap(word => read(word));
}

/** Text tools whose first operand is a script or a pattern unless an option holds it: what follows is read. */
export const scripted: Readonly<
  Record<string, { readonly values: readonly string[]; readonly script: readonly string[] }>
> = {
  awk: { values: ['-F', '-v', '-f', '--field-separator', '--assign', '--file'], script: ['-f', '--file'] },
  gawk: { values: ['-F', '-v', '-f', '--field-separator', '--assign', '--file'], script: ['-f', '--file'] },
  jq: { values: ['-f', '--from-file', '--indent', '--tab'], script: ['-f', '--from-file'] },
  yq: { values: ['-p', '-o', '--from-file'], script: ['--from-file'] },
};

export function readsAfterScript({ values, script }: (typeof scripted)[string]): Program {
  return ({ words: [name, ...rest] }) => {
    const { operands, value } = readArguments(rest, { values });
    const [first] = value(...script) ? [] : operands;
    return [
      ...(first
        ? [
            {
              nested: 'code',
              language: programName(name?.text ?? ''),
              text: first.text,
              at: first.at,
            } as const,
          ]
        : []),
      ...(first ? operands.slice(1) : operands).flatMap(word => read(word)),
    ];
  };
}

/** A path that cannot be known is still a path: nothing is said of its contents. */
function read(word: Word): readonly Said[] {
  return word.text === '-' || isAnything(word) ? [] : [{ does: 'read', path: word.text, at: word.at }];
}

function rm(command: Command): readonly Said[] {
  const { has } = readArguments(command.words.slice(1));
  return deletes(command, has('-r', '-R', '--recursive', '-d'));
}

function deletes(
  { words: [name, ...rest], at }: Command,
  deep: boolean,
  values: readonly string[] = [],
): readonly Said[] {
  return readArguments(rest, { values }).operands.map(word => deleted(word, deep, name?.text ?? '', at));
}

/** `at` is the whole command: what a person looks for is `rm -rf data`, not `data`. */
function deleted(word: Word, deep: boolean, by: string, at: Span): Said {
  if (!word.known && /^(?:\{\}|\$\(|`)/.test(word.text))
    return unknown(`\`${by}\` deletes what another command names`, word.at);
  return { does: 'delete', path: word.text, deep: deep || word.wild, at };
}

function truncate({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, value } = readArguments(rest, { values: ['-s', '-r', '--size', '--reference'] });
  const emptied = /^0+[A-Za-z]*$/.test(value('-s', '--size')?.text ?? '');
  return operands.map(({ text, at }): Said => ({
    does: 'write',
    path: text,
    how: 'empty',
    at,
    ...(emptied && { text: '' }),
  }));
}

function mv({ words: [, ...rest] }: Command): readonly Said[] {
  const { from, to } = sourcesAndTarget(rest, ['-S', '--suffix']);
  return to ? from.map(({ text, at }): Said => ({ does: 'move', path: text, to: to.text, at })) : [];
}

/** A copy is read where it lies and written where it goes, so that a copy of a secret is a secret read. */
function cp({ words: [, ...rest] }: Command): readonly Said[] {
  const { from, to } = sourcesAndTarget(rest, [
    '-S',
    '--suffix',
    '-m',
    '-o',
    '-g',
    '--mode',
    '--owner',
    '--group',
  ]);
  return [
    ...from.flatMap(read),
    ...(to ? [{ does: 'write', path: to.text, how: 'edit', at: to.at } as const] : []),
  ];
}

/** A link to a file is a second way to read it. */
function ln({ words: [, ...rest] }: Command): readonly Said[] {
  const { from, to } = sourcesAndTarget(rest, ['-S', '--suffix']);
  return [
    ...from.flatMap(read),
    ...(to ? [{ does: 'write', path: to.text, how: 'create', at: to.at } as const] : []),
  ];
}

function sourcesAndTarget(
  words: readonly Word[],
  values: readonly string[],
): { readonly from: readonly Word[]; readonly to: Word | undefined } {
  const { operands, value } = readArguments(words, { values: [...values, '-t', '--target-directory'] });
  const folder = value('-t', '--target-directory');
  return folder
    ? { from: operands, to: folder }
    : { from: operands.slice(0, -1), to: operands.length > 1 ? operands.at(-1) : undefined };
}

function dd({ words: [, ...rest] }: Command): readonly Said[] {
  return rest.flatMap((word): readonly Said[] => {
    const path = word.text.slice(3);
    if (word.text.startsWith('of=')) return [{ does: 'write', path, how: 'empty', at: word.at }];
    if (word.text.startsWith('if=')) return [{ does: 'read', path, at: word.at }];
    return [];
  });
}

function tee({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, has } = readArguments(rest);
  return operands.map(({ text, at }): Said => ({
    does: 'write',
    path: text,
    how: has('-a', '--append') ? 'append' : 'empty',
    at,
  }));
}

function rsync({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, flags } = readArguments(rest, {
    values: ['-e', '--rsh', '--exclude', '--include', '--filter', '-f', '--files-from', '--exclude-from'],
  });
  const to = operands.at(-1);
  const deletesThere = flags.some(flag => /^--(?:delete|del\b|remove-source-files)/.test(flag.text));
  return [
    ...operands.slice(0, -1).filter(local).flatMap(read),
    ...(deletesThere && to
      ? [local(to) ? ({ does: 'delete', path: to.text, deep: true, at: to.at } as const) : destroyedThere(to)]
      : []),
    ...operands.filter(word => !local(word)).map(sent),
  ];
}

function copyAway({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands } = readArguments(rest, { values: ['-i', '-P', '-o', '-F', '-J', '-l', '-c', '-S'] });
  return [
    ...operands.slice(0, -1).filter(local).flatMap(read),
    ...operands.filter(word => !local(word)).map(sent),
  ];
}

function local({ text }: Word): boolean {
  return !/^[^/]+:/.test(text) || /^[A-Za-z]:[\\/]/.test(text);
}

function sent(word: Word): Said {
  return {
    does: 'send',
    method: 'SSH',
    reach: { host: word.text.replace(/^(?:[a-z]+:\/\/)?(?:[^@]*@)?/, '').split(/[:/]/)[0] ?? '' },
    at: word.at,
  };
}

function destroyedThere(word: Word): Said {
  const [host] = word.text.replace(/^[^@]*@/, '').split(':');
  return {
    does: 'destroy',
    what: 'object',
    service: 'rsync',
    all: true,
    at: word.at,
    reach: { host: host ?? '' },
  };
}

/** What goes into an archive is read; the archive itself is a copy. */
function archive({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, flags } = readArguments(rest, {
    values: ['-C', '-f', '--file', '--directory', '--exclude', '-x'],
  });
  const creates =
    /^-?[a-zA-Z]*[cru]/.test(rest[0]?.text ?? '') ||
    flags.some(flag => /^--(?:create|append|update)$/.test(flag.text));
  return creates
    ? operands.filter(word => !/^[a-zA-Z]*c[a-zA-Z]*f?$/.test(word.text) || word !== rest[0]).flatMap(read)
    : [];
}

function sed({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, has, flags, value } = readArguments(rest, {
    values: ['-e', '-f', '-l', '--expression', '--file'],
  });
  const targets = value('-e', '-f', '--expression', '--file') ? operands : operands.slice(1);
  const inPlace = has('-i', '--in-place') || flags.some(flag => /^-[a-zA-Z]*i/.test(flag.text));
  return targets.flatMap((word): readonly Said[] => [
    ...read(word),
    ...(inPlace ? [{ does: 'write', path: word.text, how: 'edit', at: word.at } as const] : []),
  ]);
}

/** `chmod MODE FILE…`: the first operand is the mode or the owner, unless it is one that begins with a dash. */
function permits({ words: [, ...rest] }: Command, values: readonly string[]): readonly Said[] {
  const { operands, has, flags } = readArguments(rest, { values });
  const dashed = flags.some(flag => /^-[rwxXst]+$/.test(flag.text));
  const [mode, ...targets] = dashed ? [undefined, ...operands] : operands;
  const open = /^[0-7]?[0-7]{2}[2367]$|^(?:a|o|ugo)?\+[rxX]*w/.test(mode?.text ?? '');
  return targets
    .flatMap(word => word ?? [])
    .map(({ text, at }): Said => ({ does: 'permit', path: text, deep: has('-R', '--recursive'), open, at }));
}

/** Formatting writes over a whole device, or over a file that holds a file system. */
function formats({ words: [, ...rest] }: Command): readonly Said[] {
  const values = [
    '-t',
    '-L',
    '-O',
    '-b',
    '-m',
    '-N',
    '-o',
    '-U',
    '-i',
    '-I',
    '-E',
    '-T',
    '-c',
    '-l',
    '-J',
    '-G',
    '-g',
    '-C',
    '-r',
  ];
  const { operands, has } = readArguments(rest, { values });
  if (has('-n', '--dry-run', '-V', '--version')) return [];
  return operands.slice(0, 1).map(({ text, at }): Said => ({ does: 'write', path: text, how: 'empty', at }));
}

function sourced({ words: [, file] }: Command): readonly Said[] {
  return file ? [{ does: 'follow', lead: { to: 'file', path: file.text, as: 'shell' }, at: file.at }] : [];
}

/** `find` reads nothing itself; its actions delete, or run what stands behind them on what it finds. */
function find({ words: [, ...rest] }: Command): readonly Said[] {
  const begins = rest.findIndex(word => /^[-(!]/.test(word.text) && !/^-[HLPDO]/.test(word.text));
  const roots = rest.slice(0, begins < 0 ? undefined : begins).filter(word => !/^-[HLPDO]/.test(word.text));
  const from = roots.length
    ? roots
    : [{ text: '.', known: true, wild: false, at: rest[0]?.at ?? ([0, 0] as const) }];
  const tests = begins < 0 ? [] : rest.slice(begins);
  if (from.length * tests.length > 4_096)
    return [unknown('`find` with more places and tests than are followed', rest[0]?.at ?? [0, 0])];
  return actionsOf(tests).flatMap(({ word, rest: after }): readonly Said[] => {
    if (word.text === '-delete')
      return from.map(root => ({
        does: 'delete',
        path: `${root.text}/${narrowed(tests)}`,
        deep: true,
        at: word.at,
      }));
    if (executes.test(word.text)) return [executed(after, from, narrowed(tests))];
    return writesTo.test(word.text)
      ? [{ does: 'write', path: after[0]?.text ?? '', how: 'empty', at: word.at }]
      : [];
  });
}

const executes = /^-(?:exec|execdir|ok|okdir)$/;
const writesTo = /^-(?:fprint0?|fls|fprintf)$/;
/** Tests and actions of find that stand alone; every other takes a word. */
const alone =
  /^(?:[()!,]|-(?:delete|print0?|ls|prune|quit|depth|d|empty|executable|readable|writable|follow|daystart|mount|xdev|nogroup|nouser|true|false|not|a|and|o|or|X|E|L|H|P|noleaf|warn|nowarn|help|version|noignore_readdir_race|ignore_readdir_race))$/;

/** The expression's words that do something, each with what stands behind it; the words of `-exec` are its own. */
function actionsOf(
  tests: readonly Word[],
): readonly { readonly word: Word; readonly rest: readonly Word[] }[] {
  const found: { readonly word: Word; readonly rest: readonly Word[] }[] = [];
  for (let index = 0; index < tests.length; index++) {
    const word = tests[index] as Word;
    const rest = tests.slice(index + 1);
    found.push({ word, rest });
    if (executes.test(word.text)) {
      const end = rest.findIndex(it => it.text === ';' || it.text === '+');
      index += end < 0 ? rest.length : end + 1;
    } else if (word.text === '-fprintf') index += 2;
    else if (!alone.test(word.text)) index += 1;
  }
  return found;
}

/** The names `find` was told to look for, as a glob; everything where it was told none. */
function narrowed(tests: readonly Word[]): string {
  const index = tests.findIndex(word => /^-i?name$/.test(word.text));
  return index < 0 ? '*' : (tests[index + 1]?.text ?? '*');
}

function executed(words: readonly Word[], roots: readonly Word[], name: string): Said {
  const end = words.findIndex(word => word.text === ';' || word.text === '+');
  const inner = words.slice(0, end < 0 ? undefined : end);
  const found = (word: Word): readonly Word[] =>
    word.text.includes('{}')
      ? roots.map(root => ({
          ...word,
          known: true,
          wild: true,
          text: word.text.replaceAll('{}', `${root.text}/${name}`),
        }))
      : [word];
  const [first] = inner;
  return { nested: 'words', words: inner.flatMap(found), at: [first?.at[0] ?? 0, inner.at(-1)?.at[1] ?? 0] };
}
