import { lstatSync, type Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { blockBegin, isIgnoreList } from '../../core/denyList.ts';
import type { Loss, PathFact, Place } from '../../core/model.ts';
import { isWithin } from '../../core/paths.ts';
import { gravest, nowhere, placeOf } from '../../core/places.ts';
import { each } from './clock.ts';
import { expand, isWild, shellSegment } from './expand.ts';
import type { Known } from './known.ts';
import { lossOf } from './loss.ts';
import { realOf, stated } from './real.ts';
import { contentOf } from './regular.ts';
import { walk } from './walk.ts';

interface Path {
  readonly fact: PathFact;
  /** What would be deleted with it. */
  readonly targets: readonly string[];
  /** Set where a glob names more than was looked at. */
  readonly partly: boolean;
}

/** What is to be known about a path, without its loss. Rejects for what cannot be a path. */
export async function pathFact(written: string, known: Known): Promise<Path> {
  const path = stated(written, known.machine);
  if (isWithin(path, nowhere, known.machine))
    return { fact: unseen(path, known), targets: [], partly: false };
  if (!isWild(path)) return { ...(await one(path, known)), partly: false };
  const { base, matches, whole, everything } = await expand(path, known.machine, known.time);
  // A name may have brackets in it: a page of a web site is called `[slug].tsx`.
  const literal = await one(path, known);
  const folder = await one(base, known);
  const found = await each(matches, known.time, match => one(match, known));
  const all = [
    ...(everything ? [folder] : []),
    ...found,
    ...(literal.fact.exists || !found.length ? [literal] : []),
  ];
  const place = gravest(all.map(it => it.fact.place));
  const worst = [...found, literal].find(it => it.fact.place === place) ?? folder;
  const partly = !whole || found.length < matches.length;
  const { hidden, instead, variables }: Partial<PathFact> =
    all.slice(everything ? 1 : 0).find(it => it.fact.hidden !== undefined)?.fact ??
    named(partly && !everything ? byName(path, known) : undefined);
  const guarded = all.find(it => it.fact.guarded !== undefined)?.fact.guarded;
  const keeps = all.some(it => it.fact.keeps);
  return {
    fact: {
      real: worst.fact.real,
      // What was not looked at to its end may be there.
      exists: found.length > 0 || literal.fact.exists || !whole || found.length < matches.length,
      folder: [...found, literal].some(it => it.fact.folder),
      place,
      ...(hidden !== undefined && { hidden }),
      ...(instead !== undefined && { instead }),
      ...(variables && { variables }),
      ...(guarded !== undefined && { guarded }),
      ...(keeps && { keeps }),
    },
    targets: [...found, literal].flatMap(it => it.targets),
    partly,
  };
}

function named(hidden: string | undefined): Pick<PathFact, 'hidden'> {
  return hidden === undefined ? {} : { hidden };
}

/** A path in a folder that nobody knows: all that can be said of it is in its name. */
function unseen(path: string, known: Known): PathFact {
  const hidden = byName(path, known);
  const place = placeOf(path, known.own);
  return { real: path, exists: true, folder: true, place, ...(hidden !== undefined && { hidden }) };
}

/** Why a path is hidden by its name alone: where nobody can look, or had the time to look at all that a glob names. */
export function byName(
  path: string,
  known: Pick<Known, 'hidden' | 'supposed' | 'machine'>,
): string | undefined {
  for (const name of [path, ...likely(path, known)]) {
    const why = known.hidden(name) ?? known.supposed(name);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** What a glob names where nobody can look: itself with nothing for each star, and the names that hidden files have most. */
function likely(path: string, { machine }: Pick<Known, 'machine'>): readonly string[] {
  if (!isWild(path)) return [];
  const cut = path.lastIndexOf('/') + 1;
  const [folder, glob] = [path.slice(0, cut), path.slice(cut)];
  const tells = glob.replace(/[*?]|\[[^\][]*\]/g, '').length > 1;
  const usual = tells && glob.startsWith('.') ? ['.env', '.env.local', '.npmrc', '.netrc'] : [];
  return [
    folder + glob.replaceAll('*', ''),
    ...usual.filter(shellSegment(glob, machine)).map(name => folder + name),
  ];
}

/** What is lost with it; absent where a count would mean to walk a disk, the system or somebody's home. */
export async function lossFact({ targets, partly }: Path, known: Known): Promise<Loss | undefined> {
  const uncounted: readonly Place[] = ['root', 'system', 'device', 'home'];
  if (targets.some(target => uncounted.includes(placeOf(target, known.own)))) return undefined;
  const loss = await lossOf(targets, known);
  return partly ? { ...loss, atLeast: true } : loss;
}

async function one(path: string, known: Known): Promise<Omit<Path, 'partly'>> {
  const real = await realOf(path, known.machine);
  const { stat, missing } = await looked(real);
  const isFolder = stat?.isDirectory() ?? false;
  const hidden =
    (await hiddenFile(path, real, isFolder, stat, known)) ?? (missing ? known.supposed(path) : undefined);
  const told = hidden === undefined || isFolder ? {} : await toldOf(hidden, real, known);
  const guarded =
    known.guarded(path) ?? known.guarded(real) ?? (stat?.isFile() ? await listedIn(real) : undefined);
  const keeps = known.guarded(`${path}/`) !== undefined || known.guarded(`${real}/`) !== undefined;
  return {
    fact: {
      real,
      exists: !missing,
      folder: isFolder,
      place: placeOf(real, known.own),
      ...(hidden !== undefined && { hidden }),
      ...told,
      ...(guarded !== undefined && { guarded }),
      ...(keeps && { keeps }),
    },
    targets: stat ? [real] : [],
  };
}

/** Of an agent's own list only our block is ours, and only where it is in. One that cannot be read may hold it. */
async function listedIn(real: string): Promise<string | undefined> {
  if (!isIgnoreList(real)) return undefined;
  const content = await contentOf(real, mostListed);
  return content.found === 'unreadable' || (content.found === 'bytes' && content.bytes.includes(blockBegin))
    ? 'a list of what agents must not read'
    : undefined;
}

const mostListed = 1024 * 1024;

/** Of what stands in a hidden file, that which may be told; a larger one is none that a person keeps variables in. */
async function toldOf(why: string, real: string, { told }: Known): Promise<ReturnType<Known['told']>> {
  const content = await contentOf(real, mostTold);
  return told(
    why,
    content.found === 'bytes' && !content.bytes.includes(0) ? content.bytes.toString('utf8') : '',
  );
}

const mostTold = 64 * 1024;

/** A path that cannot be looked at, for want of rights or otherwise, is not one that is not there. */
async function looked(path: string): Promise<{ readonly stat?: Stats; readonly missing: boolean }> {
  try {
    return { stat: await lstat(path), missing: false };
  } catch (error) {
    return { missing: /^(?:ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '') };
  }
}

/**
 * A folder is hidden only where a row or setting hides the folder itself, such as `~/.ssh`: that it holds a hidden
 * file makes it none, or every project would be hidden.
 */
async function hiddenFile(
  path: string,
  real: string,
  isFolder: boolean,
  stat: Stats | undefined,
  known: Known,
) {
  const end = isFolder ? '/' : '';
  for (const spelling of spellings(path, real, known)) {
    const why = known.hidden(spelling + end);
    if (why !== undefined) return why;
  }
  if (!stat?.isFile() || stat.nlink < 2) return undefined;
  return (await known.twins()).get(identity(stat));
}

/** As written, as it is, and as it is below the home folder's usual name. */
function spellings(path: string, real: string, { machine, own }: Known): readonly string[] {
  const home = own.machine.home;
  const moved = isWithin(real, home, machine) ? [machine.home + real.slice(home.length)] : [];
  return [...new Set([path, real, ...moved])];
}

const mostTwins = 1000;

/** The hidden files in the workspace that have more than one name. */
export async function twinsIn(known: Omit<Known, 'twins'>): Promise<ReadonlyMap<string, string>> {
  const twins = new Map<string, string>();
  for (const folder of known.workspace)
    await walk(folder, {
      time: known.time,
      enters: ({ name }) => name !== '.git' && name !== 'node_modules',
      sees: ({ path, kind }) => {
        const why = kind === 'file' ? known.hidden(path) : undefined;
        const stat = why === undefined ? undefined : lstatSync(path, { throwIfNoEntry: false });
        if (why !== undefined && stat && stat.nlink > 1) twins.set(identity(stat), why);
        return twins.size < mostTwins;
      },
    });
  return twins;
}

function identity({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}
