import type { Command, Program, Said } from '../../core/program.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { read } from './reading.ts';

/** Archives: what goes into one is read, and the archive is a copy (not checked against their manual pages). */
export const archives: Readonly<Record<string, Program>> = {
  tar,
  gtar: tar,
  bsdtar: tar,
  zip,
  unzip: ({ words: [, ...rest] }) => {
    const { operands, has } = readArguments(rest, { values: ['-d', '-x', '-P'] });
    return has('-p', '-c') ? operands.slice(1).flatMap(read) : [];
  },
  '7z': sevenZip,
  '7za': sevenZip,
  '7zz': sevenZip,
  rar: sevenZip,
  ar: ({ words: [, ...rest] }) => {
    const [verb, , ...members] = readArguments(rest).operands;
    return /^-?[a-z]*[rq]/.test(verb?.text ?? '') ? members.flatMap(read) : [];
  },
  cpio: ({ words: [, ...rest], input }) => {
    const { has } = readArguments(rest, { values: ['-F', '-H', '-O', '-I', '-D', '-E'] });
    return has('-o', '--create', '-p', '--pass-through') ? namesIn(input) : [];
  },
};

/** What a list on the standard input names. */
function namesIn(input: Command['input']): readonly Said[] {
  if (input.from !== 'pipe') return [];
  const named = input.commands.flatMap(({ words: [name, ...rest] }) =>
    /^(?:echo|printf)$/.test(name?.text ?? '') ? rest : [],
  );
  return named.filter(({ text }) => !text.startsWith('-')).flatMap(read);
}

const runs = [
  '--to-command',
  '--use-compress-program',
  '--rsh-command',
  '-I',
  '--info-script',
  '--new-volume-script',
];

function tar({ words: [, ...rest], at }: Command): readonly Said[] {
  const given = readArguments(rest, {
    values: ['-C', '-f', '--file', '--directory', '--exclude', '-x', '-T', '--files-from', ...runs],
  });
  const { operands, flags, has, all } = given;
  const letters = rest[0]?.text ?? '';
  const creates =
    /^-?[a-zA-Z]*[cru]/.test(letters) || flags.some(flag => /^--(?:create|append|update)$/.test(flag.text));
  const members = creates ? operands.filter(word => word !== rest[0] || !/^[a-zA-Z]+$/.test(word.text)) : [];
  const started = [
    ...all(...runs),
    ...all('--checkpoint-action').flatMap(word => {
      const line = /^exec=(.+)$/s.exec(word.text)?.[1];
      return line ? [{ ...word, text: line }] : [];
    }),
  ];
  return [
    ...members.flatMap(read),
    ...all('-T', '--files-from').flatMap(read),
    ...printedMembers(given, letters),
    ...(creates && isPrinted(given, rest) ? members.filter(it => it.text !== '-').map(searched) : []),
    ...(creates && has('--remove-files') ? members.slice(named(letters)).map(taken(at)) : []),
    ...started.map((word): Said => ({ nested: 'shell', text: word.text, at: word.at })),
  ];
}

/** An archive that is written out rather than into a file: whoever reads it has all that is in a folder. */
function isPrinted({ value }: Arguments, rest: readonly Word[]): boolean {
  const at = rest.findIndex(({ text }) => /^-?[a-zA-Z]*f$/.test(text) && !text.startsWith('--'));
  const file = value('--file')?.text ?? rest[at + 1]?.text;
  return (
    file === '-' ||
    (at < 0 && value('--file') === undefined && !rest.some(({ text }) => /^-\w*f|^--file/.test(text)))
  );
}

function searched({ text, at }: Word): Said {
  return { does: 'search', query: '', regex: false, path: text, ignored: true, at };
}

/** `tar xOf a.tar b`: members are printed, and called as the files were. */
function printedMembers({ operands, has }: Arguments, letters: string): readonly Said[] {
  const prints = has('-O', '--to-stdout') || /^-?[a-zA-Z]*O/.test(letters);
  return prints ? operands.filter(({ text }) => text !== letters).flatMap(read) : [];
}

/** `tar czf a.tgz b`: the archive is the first of the words. */
function named(letters: string): number {
  return /^[a-zA-Z]*f$/.test(letters) ? 1 : 0;
}

function zip({ words: [, ...rest], at }: Command): readonly Said[] {
  const { operands, has, all } = readArguments(rest, {
    values: ['-x', '-i', '-n', '-t', '-tt', '-P', '-b', '-TT', '--unzip-command', '--password', '--exclude'],
  });
  const members = operands.slice(1);
  return [
    ...members.flatMap(read),
    ...(has('-m', '--move') ? members.map(taken(at)) : []),
    ...all('--unzip-command').map((word): Said => ({ nested: 'shell', text: word.text, at: word.at })),
  ];
}

function sevenZip({ words: [, ...rest], at }: Command): readonly Said[] {
  const [verb, , ...members] = readArguments(rest, { single: true }).operands;
  if (!/^[aum]/.test(verb?.text ?? '')) return [];
  return [
    ...members.flatMap(read),
    ...(rest.some(({ text }) => text === '-sdel') || verb?.text.startsWith('m')
      ? members.map(taken(at))
      : []),
  ];
}

function taken(at: Command['at']): (word: Word) => Said {
  return ({ text }) => ({ does: 'delete', path: text, deep: true, at });
}
