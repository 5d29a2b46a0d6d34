import type { PathFact, Variable } from './model.ts';
import { basename } from './paths.ts';
import type { Machine } from './ports.ts';

/** Why a file is hidden from agents, in words. A path that ends in `/` is known to be a folder. */
export type HiddenBy = (absolutePath: string) => string | undefined;

/** A kind of file that holds secrets, known by its name or place. */
export interface SecretFile {
  readonly id: string;
  readonly title: string;
  /** Two stars are any folders, `~/` the person's home; what ends in `/` is a folder with all that is in it. */
  readonly globs: readonly string[];
  /** What such a glob would take too, and is harmless. */
  readonly except: readonly string[];
  /** What to do rather than to read it: a sentence for an agent. */
  readonly instead: string;
  /** It sets variables, and their names are no secret. */
  readonly names?: true;
}

/** A kind of file that holds secrets, known by what stands in it, whatever its name. */
export interface SecretContent {
  readonly id: string;
  readonly title: string;
  /** Lower case. One of them stands in any text that it could be: looked for before `holds`. */
  readonly hints: readonly string[];
  /** Names that such a file mostly has: a file of that name is taken for one where nobody can look into it. */
  readonly names?: readonly string[];
  /** Where the secret stands in the text; below 0 where the text is nothing of this kind. */
  readonly holds: (text: string) => number;
  readonly instead: string;
  readonly examples: { readonly catches: readonly string[]; readonly leaves: readonly string[] };
}

/**
 * Which files agents must not read, by the table and a person's own globs. A person's `!` exceptions win over both.
 * Upper and lower case are the same: on half of all machines they name the same file.
 *
 * A row's glob hides a folder only when it ends in `/`: a virtual environment called `.env` is not a secret. A
 * person's glob hides folders too, with all that is in them, as in a `.gitignore`.
 */
export function hiddenBy(rows: readonly SecretFile[], globs: readonly string[], machine: Machine): HiddenBy {
  const mine = globs.filter(glob => !glob.startsWith('!')).map(glob => ({ glob, is: taking(glob, machine) }));
  const shown = globs.filter(glob => glob.startsWith('!')).map(glob => taking(glob.slice(1), machine));
  const table = rows.map(({ title, globs: takes, except }) => ({
    title,
    takes: takes.map(glob => ({ folder: glob.endsWith('/'), is: compiled(glob, machine) })),
    leaves: except.map(glob => compiled(glob, machine)),
  }));
  return path => {
    if (path.length > longestPath) return undefined;
    const folder = path.endsWith('/');
    const name = folded(withoutStreams(path, machine)).replace(/\/$/, '');
    if (shown.some(is => is(name))) return undefined;
    const own = mine.find(({ is }) => is(name));
    if (own) return `your setting \`${own.glob}\``;
    const row = table.find(
      ({ takes, leaves }) =>
        takes.some(take => (take.folder || !folder) && take.is(name)) && !leaves.some(is => is(name)),
    );
    return row?.title;
  };
}

/** Why a file is taken for a hidden one where nobody can look into it: by the names that such files mostly have. */
export function supposedBy(
  rows: readonly SecretContent[],
  globs: readonly string[],
  machine: Machine,
): HiddenBy {
  const named = rows.map(({ id, title, instead, names = [] }) => ({
    id,
    title,
    instead,
    globs: names,
    except: [],
  }));
  return hiddenBy(named, globs, machine);
}

/** Whether a person's `!` exceptions show this file to agents, whatever stands in it. */
export function exceptedBy(globs: readonly string[], machine: Machine): (absolutePath: string) => boolean {
  const shown = globs.filter(glob => glob.startsWith('!')).map(glob => taking(glob.slice(1), machine));
  return path => {
    const name = folded(withoutStreams(path, machine)).replace(/\/$/, '');
    return shown.some(is => is(name));
  };
}

/** What is told of a hidden file, by why it is hidden and what stands in it: never a value. */
export function toldBy(
  rows: readonly SecretFile[],
  describe: (text: string) => readonly Variable[],
): (why: string, text: string) => Pick<PathFact, 'instead' | 'variables'> {
  const byTitle = new Map(rows.map(row => [row.title, row]));
  return (why, text) => {
    const row = byTitle.get(why);
    const variables = !row || row.names ? describe(text) : [];
    return { ...(row && { instead: row.instead }), ...(variables.length > 0 && { variables }) };
  };
}

/**
 * Whether a path is one that a glob names, wherever the glob's first folder may be. Knows `*`, `**`, `?` and `~/`;
 * braces and brackets stand for themselves. A glob that names a folder takes what is in it too.
 */
export function anywhere(glob: string, machine: Machine): (absolutePath: string) => boolean {
  const is = taking(glob, machine);
  return path => is(folded(path));
}

/** Whether a glob, with what lies in a folder that it names, takes one of these absolute paths. */
export function takesAny(glob: string, paths: readonly string[]): boolean {
  const is = compiled(glob, { platform: 'posix', home: '/home' });
  return paths.some(path => is(folded(path)));
}

/**
 * Whether a name is one with which a path that a glob names can end: its last part, or that of a folder which is named
 * with all that is in it. Quick, for whoever goes through a whole disk from above.
 */
export function lastNames(globs: readonly string[], machine: Machine): (name: string) => boolean {
  const lasts = globs.map(
    glob =>
      folded(machine.platform === 'windows' ? glob.replaceAll('\\', '/') : glob)
        .split('/')
        .findLast(part => part && part !== '**') ?? '*',
  );
  const plain = new Set(lasts.filter(last => !/[*?]/.test(last)));
  const wild = [...new Set(lasts.filter(last => /[*?]/.test(last)))].map(last => ({
    hint: longest(last.split(/[*?]+/)),
    is: segment(last),
  }));
  const known = new Map<string, boolean>();
  return name => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const bare = folded(name);
    const is = plain.has(bare) || wild.some(it => bare.includes(it.hint) && it.is(bare));
    known.set(name, is);
    return is;
  };
}

export const star = Symbol('any number of them');

/**
 * Whether the steps take all the items, one each; `star` takes any number. Never looks back further than the last
 * star, so that no pattern makes it slower than steps times items.
 */
export function takesAll<Step, Item>(
  steps: readonly (Step | typeof star)[],
  items: ArrayLike<Item>,
  one: (step: Step, item: Item) => boolean,
): boolean {
  let [step, item, lastStar, resume] = [0, 0, -1, 0];
  while (item < items.length) {
    const wanted = steps[step];
    if (wanted === star) {
      lastStar = step++;
      resume = item;
    } else if (step < steps.length && one(wanted as Step, items[item] as Item)) {
      step++;
      item++;
    } else if (lastStar >= 0) {
      step = lastStar + 1;
      item = ++resume;
    } else return false;
  }
  while (steps[step] === star) step++;
  return step === steps.length;
}

const longestGlob = 256;
const longestPath = 32_768;

function taking(glob: string, machine: Machine): (foldedPath: string) => boolean {
  const written = machine.platform === 'windows' ? glob.replaceAll('\\', '/') : glob;
  const rooted = /^(?:\/|~\/|\*\*\/|[A-Za-z]:\/)/.test(written);
  return compiled(`${rooted ? written : `**/${written.replace(/^\.\//, '')}`}/`, machine);
}

/** Takes a path that `folded` made. A glob longer than any setting may be names nothing. */
function compiled(glob: string, machine: Machine): (path: string) => boolean {
  if (glob.length > longestGlob + '**//'.length) return () => false;
  const written = glob.startsWith('~/') ? machine.home + glob.slice(1) : glob;
  const parts = folded(machine.platform === 'windows' ? written.replaceAll('\\', '/') : written)
    .split('/')
    .filter((part, index) => part || index === 0);
  if (glob.endsWith('/') && parts.at(-1) !== '**') parts.push('**');
  const steps = parts.map(part => (part === '**' ? star : segment(part)));
  const hint = longest(parts.filter(part => part !== '**').flatMap(part => part.split(/[*?]+/)));
  const last = steps.at(-1);
  return path => {
    if (!path.includes(hint)) return false;
    if (last && last !== star && !last(basename(path))) return false;
    return takesAll(steps, path.split('/'), (is, name) => is(name));
  };
}

function segment(pattern: string): (name: string) => boolean {
  if (!/[*?]/.test(pattern)) return name => name === pattern;
  const steps = Array.from({ length: pattern.length }, (_, at) =>
    pattern[at] === '*' ? star : (pattern[at] as string),
  );
  return name => takesAll(steps, name, (step, character) => step === '?' || step === character);
}

function longest(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}

/** Upper case first: a long s or a dotless i becomes the letter that a file system takes it for. */
function folded(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase();
}

/** Windows opens `.env` when asked for `.env.`, `.env ` or `.env::$DATA`. */
function withoutStreams(path: string, { platform }: Machine): string {
  if (platform !== 'windows') return path;
  return path
    .replaceAll('\\', '/')
    .split('/')
    .map((part, index) => (index === 0 ? part : withoutDots(part.split(':')[0] as string)))
    .join('/');
}

function withoutDots(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end--;
  return end > 0 ? name.slice(0, end) : name;
}
