import { lstat } from 'node:fs/promises';
import type { Search, SearchFact } from '../../core/model.ts';
import { beforeWildcard } from '../../core/paths.ts';
import type { Known } from './known.ts';
import { each, share } from './clock.ts';
import { ignoredOf, repositoryOf } from './git.ts';
import { admitted, matcherOf } from './query.ts';
import { realOf } from './real.ts';
import { contentOf } from './regular.ts';
import { shownByGit } from './shown.ts';
import { walk } from './walk.ts';

/**
 * The hidden files whose lines a search shows. Where time ends before all hidden files that were found are read, the
 * folder is named too: it may show more.
 */
export async function shownBy(search: Search, known: Known): Promise<SearchFact> {
  const folder = await realOf(beforeWildcard(search.path).folder, known.machine);
  if (search.shown) return { shows: await shownByGit(folder, search.shown, known) };
  const { files, whole } = await hiddenIn(folder, search, known);
  const matches = matcherOf(search);
  const read = await each(files, known.time, async file => ({ file, shows: await hasMatch(file, matches) }));
  const shows = read.filter(it => it.shows).map(it => it.file);
  return { shows: whole && read.length === files.length ? shows : [...shows, folder] };
}

const mostHidden = 500;
const largestRead = 256 * 1024;

async function hiddenIn(folder: string, search: Search, known: Known) {
  const stat = await lstat(folder).catch(() => undefined);
  if (!stat?.isDirectory()) {
    const hidden = known.hidden(folder) ?? known.hidden(search.path);
    return { files: stat && hidden !== undefined ? [folder] : [], whole: true };
  }
  const admits = admitted(search, folder, known.machine);
  const [files, links]: [string[], string[]] = [[], []];
  let whole = true;
  await walk(folder, {
    // What is found must be read too.
    time: share(known.time, known.time.left() * 0.6),
    enters: ({ name }) => name !== '.git' && (search.ignored || name !== 'node_modules'),
    sees: ({ path, kind }) => {
      if (kind === 'link' && links.length < mostHidden) links.push(path);
      if (kind !== 'file' || known.hidden(path) === undefined || !admits(path)) return true;
      if (files.length >= mostHidden) whole = false;
      else files.push(path);
      return whole;
    },
  });
  const linked = await each(links.filter(admits), known.time, async link =>
    (await leadsToHidden(link, known)) ? [link] : [],
  );
  const found = [...files, ...linked.flat()];
  return { files: search.ignored ? found : await notIgnored(found, folder, known), whole };
}

async function leadsToHidden(link: string, known: Known): Promise<boolean> {
  const real = await realOf(link, known.machine).catch(() => link);
  return (
    known.hidden(real) !== undefined &&
    (await lstat(real).then(
      stat => stat.isFile(),
      () => false,
    ))
  );
}

/** A search in a folder that is ignored itself looks at all of it. */
async function notIgnored(
  files: readonly string[],
  folder: string,
  known: Known,
): Promise<readonly string[]> {
  const repository = files.length ? await repositoryOf(folder) : undefined;
  if (!repository) return files;
  const ignored = await ignoredOf([folder, ...files], repository, known);
  return ignored.has(folder) ? files : files.filter(file => !ignored.has(file));
}

async function hasMatch(file: string, matches: (text: string) => boolean): Promise<boolean> {
  const content = await contentOf(file, largestRead);
  switch (content.found) {
    case 'bytes':
      return matches(content.bytes.toString('utf8'));
    case 'nothing':
      return false;
    case 'unreadable':
      return true;
  }
}
