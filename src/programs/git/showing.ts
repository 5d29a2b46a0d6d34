import type { Command, Said } from '../../core/program.ts';
import { soughtBy } from '../../core/seek.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';

type Verb = (words: readonly Word[], command: Command) => readonly Said[];

/** Verbs of git that show what stands in files, now or in a commit (as of git 2.39, not checked against its manual). */
export const showing: Readonly<Record<string, Verb>> = {
  show: words => (listsOnly(words) ? [] : shown(words)),
  diff: words => (listsOnly(words) ? [] : shown(words)),
  difftool: shown,
  log: patches,
  whatchanged: patches,
  reflog: patches,
  'diff-tree': patches,
  'diff-index': patches,
  'diff-files': patches,
  'fast-export': shown,
  blame: shown,
  annotate: shown,
  'cat-file': words => (words.some(({ text }) => /^-[ets]$/.test(text)) ? [] : shown(words)),
  'hash-object': shown,
  'checkout-index': words => (words.some(({ text }) => text.startsWith('--prefix')) ? shown(words) : []),
  'merge-file': words => (words.some(({ text }) => /^(?:-p|--stdout)$/.test(text)) ? shown(words) : []),
  archive: words => readsOf(given(words).operands.slice(1)),
  grep,
  credential: ([verb]) => (verb?.text === 'fill' ? [{ does: 'reveal', what: 'a login that git keeps' }] : []),
  'credential-store': stored,
  'credential-manager': stored,
  'credential-osxkeychain': stored,
  'credential-libsecret': stored,
  'credential-cache': stored,
};

/** `git stash show -p -- .env`. */
export function stashShown(words: readonly Word[]): readonly Said[] {
  return given(words).has('-p', '-u', '--patch') ? shown(words) : [];
}

/** The same from the folder that `git -C` goes to. */
export function within(folder: string | undefined, said: readonly Said[]): readonly Said[] {
  if (folder === undefined) return said;
  return said.map(it =>
    'path' in it && it.path !== undefined && !/^[/~]/.test(it.path)
      ? { ...it, path: `${folder}/${it.path}` }
      : it,
  );
}

const values =
  `-n -S -G -L -O -U -l -b -o -I --max-count --author --committer --since --until --after --before --grep --skip
  --format --pretty --diff-filter --inter-hunk-context --word-diff-regex --ignore-revs-file --contents --prefix --output
  --remote --exec -t --path --anchored --rotate-to --skip-to`.split(/\s+/);

function given(words: readonly Word[]): Arguments {
  return readArguments(words, { values });
}

/** Only what changed and how much, not a line of it. */
function listsOnly(words: readonly Word[]): boolean {
  const patch = given(words).has('-p', '-u', '--patch', '--patch-with-stat', '--cc', '-L');
  return (
    !patch &&
    words.some(({ text }) =>
      /^(?:--(?:stat|name-only|name-status|numstat|shortstat|dirstat|summary|quiet|no-patch|raw)(?:=.*)?|-s)$/.test(
        text,
      ),
    )
  );
}

function shown(words: readonly Word[]): readonly Said[] {
  return [...sought(words), ...readsOf(given(words).operands)];
}

/** `git log` shows lines only where it is told to. */
function patches(words: readonly Word[]): readonly Said[] {
  const { has, all } = given(words);
  const lines = all('-L').flatMap(word => {
    const file = /:([^:]+)$/.exec(word.text)?.[1];
    return file ? [{ ...word, text: file }] : [];
  });
  const shows = has(
    '-p',
    '-u',
    '--patch',
    '-U',
    '--unified',
    '--cc',
    '-c',
    '--patch-with-stat',
    '--full-diff',
  );
  return [...(shows ? shown(words) : sought(words)), ...readsOf(lines)];
}

function sought(words: readonly Word[]): readonly Said[] {
  return given(words)
    .all('-S', '-G', '--grep')
    .filter(({ text }) => soughtBy(text))
    .map(({ at }): Said => ({ does: 'seek', what: 'credentials', at }));
}

/** What may be a path, or a path in a commit. Names of commits name no hidden files. */
function readsOf(words: readonly Word[]): readonly Said[] {
  return words.flatMap(({ text, at }): readonly Said[] => {
    if (/^:(?:[!^]|\((?:[^)]*,)?exclude)/.test(text)) return [];
    const path = text
      .replace(/^:\([^)]*\)|^:\//, '')
      .replace(/^[^:]*:/, '')
      .replace(/^[0-3]:/, '');
    return path ? [{ does: 'read', path, at }] : [];
  });
}

/** git grep looks at what is tracked. */
function grep(words: readonly Word[]): readonly Said[] {
  const { operands, has, all } = readArguments(words, {
    values: ['-e', '-f', '-A', '-B', '-C', '-m', '-O', '--max-depth', '--threads', '--max-count'],
  });
  const patterns = all('-e');
  const [first, ...rest] = operands;
  const looked = patterns.length ? patterns : first ? [first] : [];
  const targets = patterns.length ? operands : rest;
  const at = looked[0]?.at ?? ([0, 0] as const);
  const places = targets.length ? targets : [{ text: '.', known: true, wild: false, at }];
  const query = looked.map(word => word.text).join('|');
  const silent = has(
    '-l',
    '-L',
    '-c',
    '-q',
    '--name-only',
    '--files-with-matches',
    '--files-without-match',
    '--count',
    '--quiet',
  );
  return [
    ...readsOf(all('-f')),
    ...(silent || !looked.length
      ? []
      : places.map((word): Said => ({
          does: 'search',
          query: has('-v', '--invert-match') ? '' : query,
          regex: !has('-F', '--fixed-strings', '-v', '--invert-match'),
          path: word.text,
          ignored: has('--no-index', '--untracked') && has('--no-exclude-standard'),
          at: word.at,
        }))),
    ...(soughtBy(query) ? [{ does: 'seek', what: 'credentials', at } as const] : []),
  ];
}

function stored([verb]: readonly Word[]): readonly Said[] {
  return /^(?:get|fill)$/.test(verb?.text ?? '') ? [{ does: 'reveal', what: 'a login that git keeps' }] : [];
}
