import type { Command, Program, Said } from '../../core/program.ts';
import { readArguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { read } from './reading.ts';

/** What moves and copies files, on this machine and to others (not checked against their manual pages). */
export const copying: Readonly<Record<string, Program>> = {
  mv,
  cp,
  install: cp,
  ln,
  link: ln,
  dd,
  dcfldd: dd,
  dc3dd: dd,
  ddrescue: ({ words: [, ...rest] }) => {
    const [from, to] = readArguments(rest, { values: ['-b', '-s', '-i', '-o', '-r', '-m', '-l'] }).operands;
    return [
      ...(from ? read(from) : []),
      ...(to ? [{ does: 'write', path: to.text, how: 'empty', at: to.at } as const] : []),
    ];
  },
  rsync,
  scp: copyAway,
  sftp: copyAway,
};

const nothing = '/dev/null';

/** What is moved to where nothing is kept is gone. */
function mv({ words: [, ...rest] }: Command): readonly Said[] {
  const { from, to } = sourcesAndTarget(rest, ['-S', '--suffix']);
  if (!to) return [];
  return from.map(({ text, at, wild }): Said =>
    to.text === nothing
      ? { does: 'delete', path: text, deep: wild, at }
      : { does: 'move', path: text, to: to.text, at },
  );
}

/** A copy is read where it lies and written where it goes, so that a copy of a secret is a secret read. */
function cp({ words: [, ...rest] }: Command): readonly Said[] {
  const { has } = readArguments(rest);
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
  if (has('-d', '--directory') && rest[0]?.text !== 'cp' && !to) return [];
  const emptied = from.length === 1 && from[0]?.text === nothing;
  return [
    ...from.flatMap(read),
    ...(to
      ? [
          emptied
            ? ({ does: 'write', path: to.text, how: 'empty', text: '', at: to.at } as const)
            : ({ does: 'write', path: to.text, how: 'edit', at: to.at } as const),
        ]
      : []),
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

function rsync({ words: [, ...rest], at }: Command): readonly Said[] {
  const { operands, flags, has, all } = readArguments(rest, {
    values: ['-e', '--rsh', '--exclude', '--include', '--filter', '-f', '--files-from', '--exclude-from'],
  });
  if (has('-n', '--dry-run', '--list-only')) return [];
  const [from, to] = [operands.slice(0, -1), operands.at(-1)];
  const deletesThere = flags.some(flag => /^--del(?:ete(?:-\w+)?)?$/.test(flag.text));
  return [
    ...from.filter(local).flatMap(read),
    ...(deletesThere && to
      ? [local(to) ? ({ does: 'delete', path: to.text, deep: true, at: to.at } as const) : destroyedThere(to)]
      : []),
    ...(has('--remove-source-files', '--remove-sent-files')
      ? from.filter(local).map((word): Said => ({ does: 'delete', path: word.text, deep: true, at }))
      : []),
    ...all('-e', '--rsh').map((word): Said => ({ nested: 'shell', text: word.text, at: word.at })),
    ...operands.filter(word => !local(word)).map(sent),
  ];
}

function copyAway({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, all } = readArguments(rest, {
    values: ['-i', '-P', '-o', '-F', '-J', '-l', '-c', '-S', '-b', '-B', '-R', '-s', '-D', '-X'],
  });
  return [
    ...all('-b').flatMap(read),
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
