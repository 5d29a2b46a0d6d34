import { lstatSync } from 'node:fs';
import type { Shown } from '../../core/model.ts';
import { git, hashOf, repositoryOf, type Git } from './git.ts';
import { share } from './clock.ts';
import type { Known } from './known.ts';

/**
 * The hidden files whose lines a command of git shows: of commits, of changes, of a tree. Git is asked for names only, and
 * never compares with the working tree, which would run what the repository's configuration names. Where it cannot say in
 * time, what is tracked counts; where it cannot say even that, the repository itself is named.
 */
export async function shownByGit(folder: string, shown: Shown, known: Known): Promise<readonly string[]> {
  const repository = await repositoryOf(folder);
  if (!repository) return [];
  const { files: holders } = await known.holders(share(known.time, known.time.left() / 2));
  const hides: Hides = path =>
    known.hidden(path) !== undefined || (holders.has(path) && !known.excepted(path));
  const ask = (words: readonly string[]) => git(folder, words, asking(known));
  const names = await namesShown(shown, ask);
  const told = names ?? (await ask(['ls-files', '-z', '--full-name']));
  if (told === undefined) return [repository.top];
  const worktree = shown.verb === 'changes' && !isBetween(shown.words);
  const index = worktree ? await git(repository.top, ['ls-files', '-z', '--stage'], asking(known)) : '';
  if (index === undefined) return [repository.top];
  const paths = new Set(
    told
      .split(/[\0\n]/)
      .filter(Boolean)
      .map(name => `${repository.top}/${name}`),
  );
  const hidden = [...paths].filter(hides);
  return [...new Set([...hidden, ...unstaged(repository.top, index, hides)])].slice(0, mostShown);
}

type Hides = (path: string) => boolean;

const mostShown = 20;
/** Commits; what is further back is seldom looked at. */
const deepest = '--max-count=3000';
const names = ['--name-only', '-z', '--no-ext-diff', '--no-textconv', '--no-renames'];

function asking({ machine, time, distrusted }: Known): Git {
  return { machine, time, distrusted };
}

async function namesShown(
  { verb, words }: Shown,
  ask: (words: readonly string[]) => Promise<string | undefined>,
): Promise<string | undefined> {
  switch (verb) {
    case 'commits':
      return ask(['log', '-m', '--format=', ...names, deepest, ...words]);
    case 'everything':
      return ask(['log', '--all', '-m', '--format=', ...names, deepest]);
    case 'stash': {
      const [stash = 'stash@{0}'] = words;
      return joined(
        await ask(['diff-tree', '-r', ...names, `${stash}^`, stash]),
        await ask(['show', '--format=', ...names, `${stash}^3`]).then(it => it ?? ''),
      );
    }
    case 'tree':
      return ask(['ls-tree', '-r', '-z', '--name-only', '--full-tree', words[0] ?? 'HEAD']);
    case 'object':
      return joined(
        ...(await Promise.all(
          words.map(word =>
            ask(['log', '--all', '-m', '--format=', ...names, deepest, `--find-object=${word}`]),
          ),
        )),
      );
    case 'changes': {
      // Of two commits nothing in the working tree is looked at, and `--cached` is not understood.
      const staged = await ask(['diff', ...names, '--cached', ...words]);
      return staged ?? (isBetween(words) ? ask(['diff', ...names, ...words]) : undefined);
    }
  }
}

/** The hidden files that are tracked and differ from what is staged: by their hashes, since git's own comparing runs filters. */
function unstaged(top: string, index: string, hides: Hides): readonly string[] {
  return index.split('\0').flatMap(entry => {
    const [, hash, name] = /^1\d{5} ([0-9a-f]{40,64}) \d\t(.+)$/s.exec(entry) ?? [];
    const path = `${top}/${name}`;
    if (hash === undefined || name === undefined || !hides(path)) return [];
    const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stat && hashOf(path, stat, hash.length) === hash ? [] : [path];
  });
}

function isBetween(words: readonly string[]): boolean {
  const mark = words.indexOf('--');
  const before = mark < 0 ? words : words.slice(0, mark);
  return before.length > 1 || before.some(word => word.includes('..'));
}

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.some(it => it === undefined) ? undefined : parts.join('\0');
}
