import type { Command, Program, Said } from '../../core/program.ts';
import { unknown } from '../../core/program.ts';
import { deletes, moves, reads, writes, type Place } from '../../core/shell/powershell/places.ts';
import { soughtBy } from '../../core/seek.ts';
import type { Word } from '../../core/shell/words.ts';
import { basename, dirname } from '../../core/paths.ts';
import { secretName } from './files.ts';

/** The commands of cmd.exe itself (not checked against `help`). Programs of Windows are in `native.ts`. */
export const cmdCommands: Readonly<Record<string, Program>> = {
  del: removes,
  erase: removes,
  rd: removesFolder,
  rmdir: removesFolder,
  type: command => operands(command).map(reads),
  more: command => operands(command).map(reads),
  copy: copies,
  move: movesFiles,
  ren: renames,
  rename: renames,
  mklink: command => {
    const [link, target] = operands(command);
    return [...(target ? [reads(target)] : []), ...(link ? [writes(link, 'create')] : [])];
  },
  findstr: finds,
  find: finds,
  echo: ({ words: [, ...printed], into, at }) =>
    into && !/^(?:cat|grep|more|find|findstr|clip)$/.test(into.words[0]?.text ?? '')
      ? []
      : printed.flatMap(({ text, known }): readonly Said[] => {
          const name = known ? undefined : /\$([A-Za-z_]\w*)/.exec(text)?.[1];
          return name !== undefined && secretName.test(name)
            ? [{ does: 'reveal', what: `the variable ${name}`, at }]
            : [];
        }),
  set: sets,
  ...Object.fromEntries(
    `cd chdir md mkdir dir cls title color ver vol date time path prompt pushd popd setlocal endlocal shift goto exit pause break verify
    assoc ftype attrib dpath rem call if for tree comp fc sort timeout choice chcp mode label keys where whoami hostname ipconfig`
      .split(/\s+/)
      .map(name => [name, () => []]),
  ),
};

/** `/s`, `/s/q`, `/a:h`: not a path that begins with a slash. */
const switches = /^(?:\/-?[A-Za-z?](?::[^/\\]*)?)+$/;

function rest({ words }: Command): readonly Word[] {
  return words.slice(1);
}

function isSwitch(word: Word): boolean {
  return switches.test(word.text) && 'bare' in word;
}

/** Operands, those with commas between them one by one. */
function operands(command: Command): readonly Place[] {
  return rest(command)
    .filter(word => !isSwitch(word))
    .flatMap(({ text, known, wild, at, ...word }) =>
      ('bare' in word ? text.split(/[,;]/).filter(Boolean) : [text]).map(it => ({
        text: it,
        known,
        ...(wild && { wild: true as const }),
        at,
      })),
    );
}

function has(command: Command, letter: string): boolean {
  return rest(command).some(word => isSwitch(word) && new RegExp(`/${letter}(?![a-z])`, 'i').test(word.text));
}

/** What a person looks for is the whole command. */
function whole(place: Place, { at }: Command): Place {
  return { ...place, at };
}

function removes(command: Command): readonly Said[] {
  const deep = has(command, 's');
  // `del folder` deletes everything in it.
  return operands(command).map(place =>
    deletes(whole(deep ? everywhere(place) : place, command), deep, 'del'),
  );
}

/** With `/s` a pattern is looked for in every folder below. */
function everywhere(place: Place): Place {
  const path = place.text.replaceAll('\\', '/');
  const name = basename(path);
  return /[*?]/.test(name) && !/^\*(?:\.\*)?$/.test(name)
    ? { ...place, text: path.includes('/') ? `${dirname(path)}/**/${name}` : `**/${name}` }
    : place;
}

function removesFolder(command: Command): readonly Said[] {
  const deep = has(command, 's');
  return operands(command).map(place => deletes(whole(place, command), deep, 'rd'));
}

/** `copy a+b c` joins files; `copy con x` writes what is typed. */
function copies(command: Command): readonly Said[] {
  const all = operands(command);
  const [from, to] = all.length > 1 ? [all.slice(0, -1), all.at(-1)] : [all, undefined];
  const sources = from.flatMap(place => place.text.split('+').map(text => ({ ...place, text })));
  return [
    ...sources.filter(({ text }) => !/^(?:con|nul)$/i.test(text) && text).map(reads),
    ...(to && !/^(?:con|nul)$/i.test(to.text) ? [writes(to, 'edit')] : []),
  ];
}

/**
 * Where the target is no folder, each of several files is renamed to it and overwrites the one before: a pattern that is
 * moved elsewhere may lose all files but the last.
 */
function movesFiles(command: Command): readonly Said[] {
  const [from, to] = operands(command);
  if (!from || !to)
    return from && !from.known ? [unknown('`move` of what cannot be known here', command.at)] : [];
  const elsewhere = /^(?:\.\.|[\\/]|[A-Za-z]:|~|\$)/.test(to.text);
  return [
    moves(whole(from, command), to.text),
    ...(from.wild && elsewhere ? [deletes(whole(from, command), true, 'move')] : []),
  ];
}

function renames(command: Command): readonly Said[] {
  const [from, to] = operands(command);
  return from && to
    ? [
        moves(
          whole(from, command),
          /[\\/]/.test(to.text) ? to.text : `${dirname(from.text.replaceAll('\\', '/'))}/${to.text}`,
        ),
      ]
    : [];
}

/** `findstr /s pattern files`: what it prints are lines of files. */
function finds(command: Command): readonly Said[] {
  const given = rest(command);
  const named = given.flatMap(({ text }) => (/^\/c:/i.test(text) ? [text.slice(3)] : []));
  const words = given.filter(word => !/^\/(?:[A-Za-z]+$|-?[A-Za-z]:|off|offline)/i.test(word.text));
  const pattern = named.length ? named.join('|') : (words[0]?.text ?? '');
  const files = named.length ? words : words.slice(1);
  const deep =
    given.some(word => /^\/[a-rt-z]*s[a-z]*$/i.test(word.text)) &&
    /findstr/i.test(command.words[0]?.text ?? '');
  const sought = soughtBy(pattern);
  const { at } = command;
  if (!files.length) {
    const before = command.input.from === 'pipe' ? command.input.commands : [];
    const environment = before.some(({ words: [name, ...more] }) => name?.text === 'set' && !more.length);
    return environment && (sought || secretName.test(pattern))
      ? [{ does: 'seek', what: sought ?? 'credentials', at }]
      : [];
  }
  if (!deep) return files.map(({ text, known, at: there }) => reads({ text, known, at: there }));
  return files.flatMap(({ text }): readonly Said[] => {
    const path = text.replaceAll('\\', '/');
    const name = path.slice(path.lastIndexOf('/') + 1);
    const folder = dirname(path);
    return [
      {
        does: 'search',
        query: pattern,
        regex: true,
        path: folder,
        ignored: true,
        at,
        ...(!/^\*(?:\.\*)?$/.test(name) && { include: name }),
      },
      ...(sought ? [{ does: 'seek', what: sought, path: folder, at } as const] : []),
    ];
  });
}

/** `set` alone shows all variables, `set TOK` those that begin so. */
function sets(command: Command): readonly Said[] {
  const [first] = rest(command);
  const { at, into } = command;
  if (first?.text.includes('=')) return [];
  const wanted = /^(?:grep|find|findstr)$/.test(into?.words[0]?.text ?? '')
    ? into?.words.slice(1).find(word => !word.text.startsWith('/'))?.text
    : undefined;
  const name = wanted ?? first?.text;
  if (name === undefined) return [{ does: 'reveal', what: 'the whole environment', at }];
  return wanted === undefined && secretName.test(name)
    ? [{ does: 'reveal', what: `the variables ${name}`, at }]
    : [];
}
