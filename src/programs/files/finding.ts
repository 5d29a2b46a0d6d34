import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { absolute, isWithin } from '../../core/paths.ts';
import { nowhere } from '../../core/places.ts';
import type { Machine } from '../../core/ports.ts';
import { namesCredentials } from '../../core/seek.ts';
import { readArguments } from '../../core/shell/flags.ts';
import {
  everything,
  findActions,
  findArguments,
  wordsBelow,
  type FindAction,
} from '../../core/shell/found.ts';
import { programName } from '../../core/shell/wrappers.ts';
import type { Word } from '../../core/shell/words.ts';

/** What looks for files by their names, and acts on them: findutils, fd, locate (not checked against their manual pages). */
export const finding: Readonly<Record<string, Program>> = {
  find,
  gfind: find,
  fd,
  fdfind: fd,
  locate: located,
  mlocate: located,
  plocate: located,
  mdfind: located,
};

/** `find` reads nothing itself; its actions delete, or run what stands behind them on what it finds. */
function find(command: Command, machine: Machine): readonly Said[] {
  const { words, cwd } = command;
  const at = words[0]?.at ?? ([0, 0] as const);
  const { roots, tests } = findArguments(words.slice(1));
  const actions = roots.length * tests.length > 4_096 ? undefined : findActions(tests);
  if (!actions) return [unknown('`find` with more places and tests than are followed', at)];
  const lists = words.flatMap((word, index) =>
    word.text === '-files0-from' ? words.slice(index + 1, index + 2) : [],
  );
  return [
    ...soughtIn(roots, tests, cwd, machine),
    ...lists.map(({ text, at: where }): Said => ({ does: 'read', path: text, at: where })),
    ...actions.flatMap(action => acted(action, roots)),
  ];
}

const executes = /^-(?:exec|execdir|ok|okdir)$/;
const writesTo = /^-(?:fprint0?|fls|fprintf)$/;

function acted(action: FindAction, roots: readonly Word[]): readonly Said[] {
  const { word, rest, names, empty } = action;
  if (word.text === '-delete')
    return roots.flatMap(root =>
      names.flatMap(name =>
        wordsBelow(root, name, 'rm').map(({ text }): Said => ({
          does: 'delete',
          path: text,
          // What is empty takes nothing with it.
          deep: !empty,
          at: word.at,
        })),
      ),
    );
  if (executes.test(word.text)) return executed(rest, roots, names);
  return writesTo.test(word.text)
    ? [{ does: 'write', path: rest[0]?.text ?? '', how: 'empty', at: word.at }]
    : [];
}

function executed(rest: readonly Word[], roots: readonly Word[], names: readonly string[]): readonly Said[] {
  const end = rest.findIndex(word => word.text === ';' || word.text === '+');
  const inner = rest.slice(0, end < 0 ? undefined : end);
  const by = programName(inner[0]?.text ?? '');
  const found = roots.flatMap(root => names.flatMap(name => wordsBelow(root, name, by)));
  return run(inner, found);
}

/** A command with what is found in the place of its braces. */
function run(inner: readonly Word[], found: readonly Word[]): readonly Said[] {
  const [first] = inner;
  if (!first) return [];
  const words = inner.flatMap(word =>
    word.text.includes('{}')
      ? found.map(({ text, known }) => ({
          ...word,
          known,
          wild: true,
          text: word.text.replaceAll('{}', word.text === '{}' ? text : plain(text)),
        }))
      : [word],
  );
  return [{ nested: 'words', words, at: [first.at[0], inner.at(-1)?.at[1] ?? first.at[1]] }];
}

/** A folder that nobody knows has a name that no shell reads. */
function plain(path: string): string {
  return path.startsWith(nowhere) ? `.${path.slice(nowhere.length)}` : path;
}

/** Names that only credentials have, looked for outside of the folder at hand. */
function soughtIn(
  roots: readonly Word[],
  tests: readonly Word[],
  cwd: string,
  machine: Machine,
): readonly Said[] {
  const named = tests.find(
    (word, index) =>
      /^-(?:i?name|i?path|i?wholename|i?regex)$/.test(tests[index - 1]?.text ?? '') &&
      namesCredentials(word.text),
  );
  const away = roots.find(root => isAway(root, cwd, machine));
  return named && away ? [{ does: 'seek', what: 'credentials', path: away.text, at: named.at }] : [];
}

function isAway({ text, known }: Word, cwd: string, machine: Machine): boolean {
  return (
    known &&
    !isWithin(absolute(text, cwd, machine), cwd, machine) &&
    !/^\/(?:tmp|var\/tmp)(?:\/|$)/.test(text)
  );
}

const fdValues = [
  ...[
    '-e',
    '--extension',
    '-t',
    '--type',
    '-d',
    '--max-depth',
    '--min-depth',
    '--exact-depth',
    '-E',
    '--exclude',
  ],
  ...[
    '-S',
    '--size',
    '-o',
    '--owner',
    '-c',
    '--color',
    '-j',
    '--threads',
    '--max-results',
    '-C',
    '--base-directory',
  ],
  ...[
    '--changed-within',
    '--changed-before',
    '--search-path',
    '--format',
    '--ignore-file',
    '--path-separator',
  ],
];

/** `fd PATTERN [FOLDER…] -x COMMAND`. */
function fd({ words: [, ...rest], cwd }: Command, machine: Machine): readonly Said[] {
  const begins = rest.findIndex(({ text }) => /^(?:-x|-X|--exec|--exec-batch)$/.test(text));
  const given = readArguments(begins < 0 ? rest : rest.slice(0, begins), { values: fdValues });
  const [pattern, ...folders] = given.operands;
  const at = rest[0]?.at ?? ([0, 0] as const);
  const here: Word = {
    text: given.value('-C', '--base-directory')?.text ?? '.',
    known: true,
    wild: false,
    at,
  };
  const roots = [...folders, ...given.all('--search-path')];
  const from = roots.length ? roots : [here];
  const endings = given.all('-e', '--extension').map(({ text }) => `*.${text.replace(/^\./, '')}`);
  const name = pattern && pattern.text !== '.' ? nameOf(pattern.text, given.has('-g', '--glob')) : everything;
  const names = endings.length ? endings : [name];
  const sought = pattern && namesCredentials(pattern.text) && from.some(root => isAway(root, cwd, machine));
  const inner = begins < 0 ? [] : rest.slice(begins + 1).filter(({ text }) => text !== ';');
  const marked = inner.some(({ text }) => text.includes('{}'))
    ? inner
    : [...inner, ...(inner[0] ? [{ ...inner[0], text: '{}' }] : [])];
  const by = programName(inner[0]?.text ?? '');
  return [
    ...(sought ? [{ does: 'seek', what: 'credentials', at: pattern.at } as const] : []),
    ...run(
      marked,
      from.flatMap(root => names.flatMap(it => wordsBelow(root, it, by))),
    ),
  ];
}

/** A regular expression matches anywhere in the name. */
function nameOf(pattern: string, glob: boolean): string {
  if (glob) return pattern;
  const plain = pattern
    .replace(/^\^|\$$/g, '')
    .replace(/\\(.)|[^\w.\- ]/g, (_, literal: string | undefined) => literal ?? '*');
  return `${pattern.startsWith('^') ? '' : '*'}${plain}${pattern.endsWith('$') ? '' : '*'}`.replace(
    /\*{2,}/g,
    '*',
  );
}

function located({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands } = readArguments(rest, {
    values: ['-n', '-l', '--limit', '-d', '--database', '-onlyin', '-name'],
  });
  return operands
    .filter(({ text }) => namesCredentials(text))
    .map(({ at }): Said => ({ does: 'seek', what: 'credentials', at }));
}
