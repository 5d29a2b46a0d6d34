import { lstat } from 'node:fs/promises';
import type { Search, SearchFact } from '../../core/model.ts';
import { beforeWildcard, isWithin } from '../../core/paths.ts';
import { isLookedInto } from '../traced/tracer.ts';
import type { Known } from './known.ts';
import { each, share, unhurried, within, type Clock } from './clock.ts';
import { held } from './contents.ts';
import { ignoredOf, repositoryOf } from './git.ts';
import { admitted, matcherOf } from './query.ts';
import { realOf } from './real.ts';
import { contentOf } from './regular.ts';
import { shownByGit } from './shown.ts';
import { walk } from './walk.ts';

/**
 * The hidden files whose lines a search shows, and those that were found and could not be read in time. Where time ends
 * before all is looked at, the folder is named too: it may show more. `patience` is for what is nearest, which a busy
 * machine must not hide.
 */
export async function shownBy(search: Search, known: Known, patience: Clock): Promise<SearchFact> {
  const folder = await realOf(beforeWildcard(search.path).folder, known.machine);
  if (search.shown) return { shows: await shownByGit(folder, search.shown, { ...known, time: patience }) };
  const admits = admitted(search, folder, known.machine);
  const { files, others, whole } = await hiddenIn(search, { folder, admits, known, patience });
  const matches = matcherOf(search);
  const read = new Set<string>();
  const shown = await each(files, patience, async file => {
    const shows = await hasMatch(file, matches);
    read.add(file);
    return shows ? [file] : [];
  });
  const holding = await holdingIn(others, { folder, matches, admits, known, patience });
  const shows = [
    ...shown.flat(),
    ...files.filter(file => !read.has(file)),
    ...(search.ignored ? holding : await notIgnored(holding, folder, known)),
  ];
  return { shows: whole ? shows : [...shows, folder] };
}

const mostHidden = 500;
const mostOthers = 5_000;
const largestRead = 256 * 1024;

async function hiddenIn(search: Search, { folder, admits, known, patience }: Omit<Asked, 'matches'>) {
  const stat = await lstat(folder).catch(() => undefined);
  if (!stat?.isDirectory()) {
    const hidden = known.hidden(folder) ?? known.hidden(search.path);
    const others = stat?.isFile() && hidden === undefined ? [folder] : [];
    return { files: stat && hidden !== undefined ? [folder] : [], others, whole: true };
  }
  const [files, others, links]: [string[], string[], string[]] = [[], [], []];
  let [whole, unreadable] = [true, 0];
  // What is found must be read too.
  const time = unhurried(share(known.time, known.time.left() * 0.6), share(patience, patience.left() * 0.6));
  const done = await walk(folder, {
    time,
    enters: ({ name }) => name !== '.git' && (search.ignored || name !== 'node_modules'),
    fails: () => void unreadable++,
    sees: ({ path, kind }) => {
      if (kind === 'link' && links.length < mostHidden) links.push(path);
      if (kind !== 'file') return true;
      if (known.hidden(path) === undefined) {
        const looked = others.length < mostOthers && isLookedInto(path.slice(folder.length + 1));
        if (looked && admits(path)) others.push(path);
        return true;
      }
      if (!admits(path)) return true;
      if (files.length >= mostHidden) whole = false;
      else files.push(path);
      return whole;
    },
  });
  // Git hides what most searches skip, and a folder that we cannot read the search cannot either.
  if (!done && search.ignored && (!unreadable || time.over())) whole = false;
  const led = links.filter(admits);
  const linked = await each(led, patience, async link => ((await leadsToHidden(link, known)) ? [link] : []));
  if (linked.length < led.length) whole = false;
  const found = [...files, ...linked.flat()];
  return {
    files: search.ignored ? found : await notIgnored(found, folder, known),
    others: [...others, ...led],
    whole,
  };
}

interface Asked {
  readonly folder: string;
  readonly matches: (text: string) => boolean;
  readonly admits: (file: string) => boolean;
  readonly known: Known;
  readonly patience: Clock;
}

/** Milliseconds for files that nobody looked into yet, and how many at once. */
const longestLook = 300;
const lookedAtOnce = 4;

/**
 * The files that are hidden for what stands in them and whose lines are shown: of those that are known to be, and of the
 * others that nobody looked into yet, as far as time reaches. What is known and could not be read in time counts.
 */
async function holdingIn(
  others: readonly string[],
  { folder, matches, admits, known, patience }: Asked,
): Promise<readonly string[]> {
  if (patience.over()) return [];
  const { files, knows } = await known.holders(share(patience, patience.left() * 0.6));
  const unread = new Set(
    [...files].filter(it => isWithin(it, folder, known.machine) && admits(it) && !known.excepted(it)),
  );
  const unknown = others.filter(file => !knows(file));
  const shown: string[] = [];
  const look = async (file: string) => {
    if (await showsHeld(file, matches, known)) shown.push(file);
    unread.delete(file);
  };
  const looking = async () => {
    await each([...unread], patience, look);
    await each(unknown, share(patience, longestLook), look, lookedAtOnce);
  };
  await within(looking(), patience.left()).catch(() => undefined);
  return [...shown, ...unread];
}

async function showsHeld(file: string, matches: (text: string) => boolean, known: Known): Promise<boolean> {
  const content = await contentOf(file, largestRead);
  if (content.found !== 'bytes' || content.bytes.subarray(0, 8192).includes(0)) return false;
  const text = content.bytes.toString('utf8');
  return matches(text) && (await held(file, text, known))?.hidden === true;
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
