import type { Command, Said } from '../../core/program.ts';
import type { Shown } from '../../core/model.ts';
import { fedTo } from '../../core/shell/printed.ts';
import { soughtBy } from '../../core/seek.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';

type Verb = (words: readonly Word[], command: Command) => readonly Said[];

/** Verbs of git that show what stands in files, now or in a commit (as of git 2.39, not checked against its manual). */
export const showing: Readonly<Record<string, Verb>> = {
  show: words =>
    listsOnly(words) ? [] : [...shown(words), ...objects(words), ...kept('commits', words, one)],
  diff: words =>
    listsOnly(words) || given(words).has('--no-index')
      ? shown(words)
      : [...shown(words), ...kept('changes', words)],
  difftool: words => [...shown(words), ...kept('changes', words)],
  log: patches,
  whatchanged: patches,
  reflog: patches,
  'diff-tree': patches,
  'diff-index': patches,
  'diff-files': patches,
  'format-patch': words =>
    given(words).has('--stdout') ? [...shown(words), ...kept('commits', ranged(words))] : [],
  'range-diff': words => kept('commits', words),
  'fast-export': words => [...shown(words), ...kept('everything', [])],
  'unpack-file': objects,
  blame: shown,
  annotate: shown,
  'cat-file': (words, command) =>
    words.some(({ text }) => /^-[ets]$/.test(text)) ? [] : contents(words, command),
  'hash-object': shown,
  'checkout-index': words => (words.some(({ text }) => /^--(?:prefix|temp)/.test(text)) ? shown(words) : []),
  'merge-file': words => (words.some(({ text }) => /^(?:-p|--stdout)$/.test(text)) ? shown(words) : []),
  archive: (words, { into }) => {
    const { operands, has } = given(words);
    const printed = !has('-o', '--output', '-l', '--list') && !into && operands.length === 1;
    return [...readsOf(operands.slice(1)), ...(printed ? kept('tree', words) : [])];
  },
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
  return given(words).has('-p', '-u', '--patch', '--patch-with-stat')
    ? [...shown(words), ...kept('stash', words)]
    : [];
}

/**
 * What git keeps of files, shown by revisions: which of those are hidden, the repository alone can tell. A word that is not
 * fully known leaves what is tracked.
 */
function kept(verb: Shown['verb'], words: readonly Word[], more: readonly string[] = []): readonly Said[] {
  const { operands, flags } = given(words);
  // A file of a commit is named, and read by its name.
  if (operands.length > 0 && operands.every(({ text }) => /^[^:]*:./.test(text))) return [];
  const mark = words.findIndex(({ text }) => text === '--');
  const behind = mark < 0 ? [] : words.slice(mark + 1).map(it => it.text);
  const before = operands.map(it => it.text).filter(text => !behind.includes(text) && !text.startsWith('-'));
  const counts = flags
    .map(it => it.text)
    .filter(text => /^(?:-n?\d+|--max-count=\d+|--all|--branches|--remotes|--tags)$/.test(text));
  const number = given(words).value('-n', '--max-count')?.text;
  const at = words[0]?.at;
  return [
    {
      does: 'search',
      query: '',
      regex: false,
      path: '.',
      ignored: false,
      shown: {
        verb,
        words: [
          ...(verb === 'commits'
            ? [...counts, ...(number && /^\d+$/.test(number) ? [`--max-count=${number}`] : []), ...more]
            : []),
          ...before,
          ...(behind.length ? ['--', ...behind] : []),
        ],
      },
      ...(at && { at }),
    },
  ];
}

/** `git show` shows one commit a word, where `git log` would go on. */
const one = ['--no-walk'];

/** What may name a commit rather than a file: no slash at its beginning, no dot and extension, none of a shell's signs. */
function isRevision(text: string): boolean {
  return (
    /^[\w@^~{}./-]{1,200}$/.test(text) &&
    !/^[-/.]|^[^.]*\.\w{1,5}$|\/$/.test(text) &&
    /^(?:HEAD|@|stash|ORIG_HEAD|FETCH_HEAD|MERGE_HEAD)\b|^[0-9a-f]{7,40}\b|^(?:main|master|develop|origin\/[\w./-]+|v?\d[\w.-]*)$|[~^]|\.\./.test(
      text,
    )
  );
}

/** `format-patch X` is what came after X. */
function ranged(words: readonly Word[]): readonly Word[] {
  const counted = given(words).flags.some(({ text }) => /^-\d+$/.test(text));
  const [first] = given(words).operands;
  return counted || !first || first.text.includes('..')
    ? words
    : words.map(word => (word === first ? { ...word, text: `${word.text}..HEAD` } : word));
}

/** Objects by their hashes: nothing in the words tells of which file. */
function objects(words: readonly Word[]): readonly Said[] {
  return given(words).operands.flatMap(({ text, known, at }): readonly Said[] => {
    const inner = /\$\(|`/.test(text) ? hashed(text) : [];
    const hash = /^[0-9a-f]{4,64}$/.test(text) ? [text] : [];
    return [
      ...inner.map((path): Said => ({ does: 'read', path, at })),
      ...(hash.length || (!known && !inner.length)
        ? [search({ verb: hash.length ? 'object' : 'tree', words: hash }, at)]
        : []),
    ];
  });
}

function search(what: Shown, at: Word['at'] | undefined): Said {
  return {
    does: 'search',
    query: '',
    regex: false,
    path: '.',
    ignored: false,
    shown: what,
    ...(at && { at }),
  };
}

/** The files that a substituted command of git gives the hashes of: `$(git rev-parse HEAD:.env)`. */
function hashed(text: string): readonly string[] {
  const [, line = ''] = /git\s+(?:rev-parse|ls-files|ls-tree|hash-object)\b([^)`|]*)/.exec(text) ?? [];
  return line
    .split(/\s+/)
    .filter(word => word && !word.startsWith('-') && word !== 'HEAD')
    .map(word => word.replace(/^[^:]*:/, ''))
    .filter(Boolean);
}

/** `cat-file -p X`, or of what is fed: names of objects, a line each. */
function contents(words: readonly Word[], command: Command): readonly Said[] {
  const { has } = given(words);
  if (has('--batch-all-objects')) return has('--batch') ? kept('everything', []) : [];
  if (!words.some(({ text }) => /^--batch(?:=|$)/.test(text))) return [...shown(words), ...objects(words)];
  const text = fedTo(command);
  const lines = text?.known ? text.options.flatMap(it => it.split('\n')) : undefined;
  const at = words[0]?.at ?? ([0, 0] as const);
  return lines
    ? lines.filter(Boolean).flatMap(line => {
        const word: Word = { text: line, known: true, wild: false, at };
        return [...readsOf([word]), ...objects([word])];
      })
    : [search({ verb: 'tree', words: [] }, at)];
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
  return [...(shows ? [...shown(words), ...kept('commits', words)] : sought(words)), ...readsOf(lines)];
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
    ...(silent
      ? []
      : targets.filter(it => isRevision(it.text)).map(it => search({ verb: 'tree', words: [it.text] }, at))),
    ...(soughtBy(query) ? [{ does: 'seek', what: 'credentials', at } as const] : []),
  ];
}

function stored([verb]: readonly Word[]): readonly Said[] {
  return /^(?:get|fill)$/.test(verb?.text ?? '') ? [{ does: 'reveal', what: 'a login that git keeps' }] : [];
}
