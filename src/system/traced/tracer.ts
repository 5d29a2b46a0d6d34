import { readdir, stat } from 'node:fs/promises';
import type { HiddenBy } from '../../core/hidden.ts';
import type { Kept } from '../../core/kept.ts';
import type { CredentialFact, Rating, Span } from '../../core/model.ts';
import { gravity } from '../../core/rating.ts';
import { clock, each, share, within, type Clock } from '../world/clock.ts';
import { contentOf } from '../world/regular.ts';
import { walk } from '../world/walk.ts';
import { Keyed, Values, type Mark } from './values.ts';

/** A credential that is kept in files, as far as it may be spoken of. */
export interface Trace extends CredentialFact {
  readonly kind: string;
  readonly rating: Rating;
  /** Every file it stands in, in the order they were found. */
  readonly files: readonly string[];
}

/** Knows which credentials the files of the workspace and of known places keep, without keeping them. */
export interface Tracer {
  /**
   * The credentials that stand in each text. As much of the files was looked at as time allowed; `whole` tells whether
   * that was all. Rejects where a text cannot be looked through.
   */
  readonly found: (texts: readonly string[], time: Clock) => Promise<Found>;
  /** Which files are hidden for what stands in them, as far as was looked by then. */
  readonly holders: (time: Clock) => Promise<Holders>;
  /** Hears of a file that was made, changed or deleted. */
  readonly changed: (path: string) => void;
}

export interface Found {
  readonly traces: readonly (readonly { readonly trace: Trace; readonly at: Span }[])[];
  readonly whole: boolean;
}

/** The files that are hidden for what stands in them. */
export interface Holders {
  /** With links resolved. */
  readonly files: ReadonlySet<string>;
  /** Whether a file was looked at. */
  readonly knows: (path: string) => boolean;
  readonly whole: boolean;
}

/** A file below a folder, whether it is there or not. The folder is absolute. */
export interface Place {
  readonly folder: string;
  readonly path: string;
}

export interface Traced {
  /** With links resolved. */
  readonly workspace: readonly string[];
  /** Files outside of it that programs keep credentials in, each below a folder of the person's. */
  readonly places: readonly Place[];
  readonly hidden: HiddenBy;
  readonly kept: (path: string, text: string, hidden: boolean) => readonly Kept[];
  /** Whether what stands in a file hides it; `kept` is what was found in it. */
  readonly holds: (path: string, text: string, kept: readonly Kept[]) => boolean;
  /** Whether whoever asks stays: then looking goes on behind an answer. */
  readonly stays: boolean;
  /** Milliseconds that one answer waits for files to be looked at; a second without it. */
  readonly patience?: number;
}

/** Milliseconds that a look of a process that stays may take. */
const longestLook = 20_000;
/** For so long nothing is looked at again unless a change is heard of; then known places, then all there is. */
const fresh = 2_000;
const stale = 60_000;
const mostFiles = 20_000;
const mostValues = 20_000;
/** Bytes, of one file and of all that are not hidden. */
const largest = 1024 * 1024;
const largestOrdinary = 256 * 1024;
const mostBytes = 64 * 1024 * 1024;

export function tracer(given: Traced): Tracer {
  const { patience = 1_000 } = given;
  const keyed = new Keyed();
  const places = new Set(given.places.map(({ folder, path }) => `${folder}/${path}`));
  const files = new Map<string, Looked>();
  const dirty = new Set<string>();
  let values: Values<Trace> | undefined;
  let looking: Promise<void> | undefined;
  let whole = false;
  let [looked, checked] = [-Infinity, -Infinity];

  const look = async (path: string, hidden: boolean, most: number): Promise<number> => {
    const stamp = await stampOf(path);
    if (stamp === undefined) {
      if (files.delete(path)) values = undefined;
      return 0;
    }
    if (files.get(path)?.stamp === stamp) return 0;
    const content = await contentOf(path, most);
    const text = content.found === 'bytes' ? textOf(content.bytes) : undefined;
    const kept = text === undefined ? [] : given.kept(path, text, hidden);
    const holds = text !== undefined && !hidden && given.holds(path, text, kept);
    const before = files.get(path)?.kept.length ?? 0;
    files.set(path, { stamp, hidden, holds, kept: kept.map(it => marked(it, path, keyed)) });
    if (before || kept.length) values = undefined;
    return text?.length ?? 0;
  };

  /** Known places first, then what is hidden, then all other files, as far as time and the bounds reach. */
  const lookAtAll = async (time: Clock): Promise<void> => {
    const seen = new Set<string>(places);
    await each(await thereOf(given.places), time, path => look(path, true, largest));
    const { first, others, all } = await filesOf(given, share(time, Math.max(time.left() / 2, 50)));
    for (const path of [...first, ...others]) seen.add(path);
    const read = await each(first, time, path => look(path, true, largest));
    let bytes = 0;
    const rest = await each(others, time, async path => {
      if (bytes < mostBytes) bytes += await look(path, false, largestOrdinary);
    });
    whole = all && read.length === first.length && rest.length === others.length && bytes < mostBytes;
    if (!all) return;
    for (const path of files.keys()) if (!seen.has(path) && files.delete(path)) values = undefined;
  };

  const start = (time: Clock): Promise<void> => {
    looked = checked = performance.now();
    dirty.clear();
    looking ??= lookAtAll(time)
      .catch(() => void (whole = false))
      .finally(() => (looking = undefined));
    return looking;
  };

  const lookAgain = async (time: Clock): Promise<void> => {
    const now = performance.now();
    const again = [...dirty];
    dirty.clear();
    if (now - checked > fresh) {
      checked = now;
      again.push(
        ...(await thereOf(given.places)),
        ...[...files].flatMap(([path, it]) => (it.hidden || it.holds || it.kept.length ? [path] : [])),
      );
    }
    const hides = (path: string) => places.has(path) || given.hidden(path) !== undefined;
    await each([...new Set(again)], time, async path => {
      const hidden = hides(path);
      await look(path, hidden, hidden ? largest : largestOrdinary);
    });
  };

  const bringUp = async (time: Clock): Promise<void> => {
    const due = performance.now() - looked > (given.stays ? stale : fresh);
    if (looking) await waited(looking, time);
    else if (looked === -Infinity || !given.stays) {
      if (due || dirty.size) await waited(start(given.stays ? clock(longestLook) : time), time);
    } else {
      await lookAgain(time);
      if (due) void start(clock(longestLook));
    }
  };

  return {
    found: async (texts, time) => {
      await bringUp(share(time, patience));
      values ??= valuesOf(files, keyed);
      const known = values;
      return { traces: texts.map(text => apart(known.in(text))), whole: whole && !looking };
    },
    holders: async time => {
      await bringUp(share(time, patience));
      const holding = [...files].flatMap(([path, { holds }]) => (holds ? [path] : []));
      return { files: new Set(holding), knows: path => files.has(path), whole: whole && !looking };
    },
    changed: path => {
      if (looked !== -Infinity && dirty.size < mostFiles) dirty.add(path);
    },
  };
}

interface Looked {
  /** By what a change is noticed. */
  readonly stamp: string;
  readonly hidden: boolean;
  readonly holds: boolean;
  readonly kept: readonly Marked[];
}

/** A credential of one file, without its value. */
interface Marked {
  readonly hash: string;
  readonly marks: readonly Mark[];
  readonly fact: Omit<Trace, 'files'>;
}

function marked({ value, name, line, kind, rating }: Kept, file: string, keyed: Keyed): Marked {
  return {
    hash: keyed.hash(value),
    marks: keyed.marksOf(value),
    fact: { file, line, kind, rating, ...(name !== undefined && name !== '' && { name }) },
  };
}

/** Of a credential that stands in several files, the gravest is spoken of. */
function valuesOf(files: ReadonlyMap<string, Looked>, keyed: Keyed): Values<Trace> {
  const all = new Map<string, { marks: readonly Mark[]; fact: Omit<Trace, 'files'>; files: string[] }>();
  for (const { kept } of files.values())
    for (const { hash, marks, fact } of kept) {
      const known = all.get(hash);
      if (!known && all.size < mostValues) all.set(hash, { marks, fact, files: [fact.file] });
      if (!known) continue;
      if (!known.files.includes(fact.file) && known.files.length < mostNamed) known.files.push(fact.file);
      if (gravity(fact.rating) > gravity(known.fact.rating)) known.fact = fact;
    }
  const values = new Values<Trace>(keyed);
  for (const { marks, fact, files: named } of all.values()) {
    const trace = { ...fact, files: named };
    for (const mark of marks) values.add(mark, trace);
  }
  return values;
}

const mostNamed = 200;

/** Of values that stand within each other (a password within its address), the longest. */
function apart(
  met: readonly { readonly value: Trace; readonly at: Span }[],
): readonly { readonly trace: Trace; readonly at: Span }[] {
  const [kept, ends] = [[] as { trace: Trace; at: Span }[], { last: -1 }];
  for (const { value, at } of met.toSorted((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1]))
    if (at[1] > ends.last) {
      kept.push({ trace: value, at });
      ends.last = at[1];
    }
  return kept;
}

/** Waits for work that goes on, but no longer than there is time. */
async function waited(work: Promise<void>, time: Clock): Promise<void> {
  await within(work, time.left()).catch(() => undefined);
}

async function stampOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? `${found.mtimeMs} ${found.size} ${found.ino}` : undefined;
}

/** Those that may be there: most programs were never installed, and have no folder. */
async function thereOf(places: readonly Place[]): Promise<readonly string[]> {
  const folders = new Map<string, Promise<ReadonlySet<string>>>();
  const named = async (folder: string) => new Set(await readdir(folder).catch(() => []));
  const there = await Promise.all(
    places.map(async ({ folder, path }) => {
      const names = folders.get(folder) ?? named(folder);
      folders.set(folder, names);
      const first = path.split('/')[0] ?? '';
      return (await names).has(first) ? [`${folder}/${path}`] : [];
    }),
  );
  return there.flat();
}

function textOf(bytes: Buffer): string | undefined {
  return bytes.subarray(0, 8192).includes(0) ? undefined : bytes.toString('utf8');
}

async function filesOf({ workspace, hidden }: Traced, time: Clock) {
  const [first, others]: [string[], string[]] = [[], []];
  let all = true;
  for (const folder of workspace) {
    const seen = await walk(folder, {
      time,
      enters: ({ name }) => !passedOver.has(name),
      sees: ({ path, name, kind }) => {
        if (kind !== 'file') return true;
        if (hidden(path) !== undefined) first.push(path);
        else if (!made.test(name)) others.push(path);
        return first.length + others.length < mostFiles;
      },
    });
    all &&= seen;
  }
  return { first, others, all };
}

/** Whether a file is one to look into for credentials, by its path from the folder that is looked through. */
export function isLookedInto(relative: string): boolean {
  const parts = relative.split('/');
  return !made.test(parts.at(-1) ?? '') && !parts.some(name => passedOver.has(name));
}

/** What tools make again, or bring from elsewhere. */
const passedOver = new Set(
  '.git node_modules .venv venv __pycache__ .next .nuxt .svelte-kit .turbo .cache'.split(' '),
);
/** Files made by tools, with long numbers of their own. */
const made =
  /(?:^package-lock\.json|^npm-shrinkwrap\.json|^yarn\.lock|^pnpm-lock\.yaml|^bun\.lockb?|^Cargo\.lock|^poetry\.lock|^uv\.lock|^composer\.lock|^Gemfile\.lock|^go\.sum|\.(?:min\.js|min\.css|map|snap|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|pdf|zip|gz|tgz|wasm|so|dylib|dll|exe|vsix|jar|class|pyc|mp[34]|mov))$/i;
