import * as fs from 'node:fs';
import type { HiddenBy } from '../../core/hidden.ts';

/** What a walk found of what is hidden. All paths absolute, links resolved. */
export interface Walked {
  readonly files: readonly string[];
  /** Folders that are hidden with all that is in them, but for what stands in `shown`. */
  readonly folders: readonly string[];
  /** What lies in a hidden folder and is none: `~/.ssh/known_hosts`. */
  readonly shown: readonly string[];
  /** Paths that another part must know of: see `marks`. */
  readonly marked: readonly string[];
  /** Hidden files that have another name, which was not found. */
  readonly otherNames: readonly string[];
  /** Whether everything was looked at. */
  readonly finished: boolean;
  readonly looked: number;
}

export interface Bounds {
  /** Milliseconds. */
  readonly time: number;
  readonly entries: number;
}

/** What is looked for. `names` says quickly which last names are worth a second look. */
export interface Sought {
  readonly hiddenBy: HiddenBy;
  /** Paths to be reported too. */
  readonly marks: (absolutePath: string) => boolean;
  readonly names: (name: string) => boolean;
}

/**
 * Looks for hidden files in folders and below, and at files that are named themselves. Follows no links, but hides what
 * a link with a hidden name leads to. Ends within its bounds and says whether it was through by then.
 */
export function walk(roots: readonly string[], { hiddenBy, marks, names }: Sought, bounds: Bounds): Walked {
  const until = performance.now() + bounds.time;
  const found = new Set<string>();
  const [folders, shown, marked]: [string[], string[], string[]] = [[], [], []];
  const walkedRoots = [...new Set(roots)].filter(root => !roots.some(it => it !== root && isBelow(root, it)));
  const queue: string[] = [];
  let looked = 0;
  const within = () => looked < bounds.entries && performance.now() < until;
  const lookAt = (path: string, is: Kind) => {
    if (is === 'folder' && hiddenBy(`${path}/`)) {
      folders.push(path);
      const { files, finished } = shownIn(path, hiddenBy, within);
      shown.push(...files);
      if (!finished) looked = bounds.entries;
    } else if (is === 'folder') queue.push(path);
    else {
      if (hiddenBy(path)) for (const it of realFile(path)) found.add(it);
      if (is === 'link' && hiddenBy(`${path}/`)) folders.push(...realFolder(path));
    }
  };
  for (const root of walkedRoots) {
    const kind = kindOf(fs.lstatSync(root, { throwIfNoEntry: false }));
    if (kind) lookAt(root, kind);
  }
  while (queue.length && within()) {
    const folder = queue.pop() as string;
    for (const entry of entriesOf(folder)) {
      looked++;
      const kind = kindOf(entry);
      if (names(entry.name)) {
        const path = join(folder, entry.name);
        if (marks(path)) marked.push(path);
        if (kind) lookAt(path, kind);
      } else if (kind === 'folder') queue.push(join(folder, entry.name));
    }
  }
  const files = [...found];
  const other = within() ? otherNamesOf(files, walkedRoots, within) : { files: [], unfound: [] };
  return {
    files: [...new Set([...files, ...other.files])],
    folders,
    shown,
    marked,
    otherNames: other.unfound,
    finished: queue.length === 0 && within(),
    looked,
  };
}

type Kind = 'file' | 'folder' | 'link';

/** Pipes, sockets and devices hold nothing that could be hidden. */
function kindOf(entry: fs.Dirent | fs.Stats | undefined): Kind | undefined {
  if (entry?.isDirectory()) return 'folder';
  if (entry?.isSymbolicLink()) return 'link';
  return entry?.isFile() ? 'file' : undefined;
}

/** What is in a hidden folder and is not hidden. */
function shownIn(
  root: string,
  hiddenBy: HiddenBy,
  within: () => boolean,
): { readonly files: readonly string[]; readonly finished: boolean } {
  const files: string[] = [];
  const queue = [root];
  while (queue.length && within()) {
    const folder = queue.pop() as string;
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) queue.push(path);
      else if (entry.isFile() && !hiddenBy(path)) files.push(path);
    }
  }
  return { files, finished: queue.length === 0 };
}

/**
 * A file can have two names. Those of hidden files are looked for where we looked before, only if there are any: for
 * that every file must be asked for its number.
 */
function otherNamesOf(
  files: readonly string[],
  roots: readonly string[],
  within: () => boolean,
): { readonly files: readonly string[]; readonly unfound: readonly string[] } {
  const wanted = new Map<string, { readonly links: number; readonly names: Set<string> }>();
  for (const file of files) {
    const stat = fs.lstatSync(file, { throwIfNoEntry: false, bigint: true });
    if (!stat || stat.nlink < 2n) continue;
    const key = `${stat.dev}:${stat.ino}`;
    const known = wanted.get(key) ?? { links: Number(stat.nlink), names: new Set<string>() };
    known.names.add(file);
    wanted.set(key, known);
  }
  const missing = () => [...wanted.values()].some(({ links, names }) => names.size < links);
  const queue = missing() ? [...roots] : [];
  while (queue.length && within() && missing()) {
    const folder = queue.pop() as string;
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) queue.push(path);
      if (!entry.isFile()) continue;
      const stat = fs.lstatSync(path, { throwIfNoEntry: false, bigint: true });
      if (stat && stat.nlink > 1n) wanted.get(`${stat.dev}:${stat.ino}`)?.names.add(path);
    }
  }
  const all = [...wanted.values()];
  return {
    files: all.flatMap(({ names }) => [...names]),
    unfound: all.flatMap(({ links, names }) => (names.size < links ? [[...names][0] as string] : [])),
  };
}

function entriesOf(folder: string): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // What we cannot list, a program of the same person's cannot either.
  }
}

function realFile(path: string): readonly string[] {
  return real(path, stat => stat.isFile());
}

function realFolder(path: string): readonly string[] {
  return real(path, stat => stat.isDirectory());
}

function real(path: string, is: (stat: fs.Stats) => boolean): readonly string[] {
  try {
    const target = fs.realpathSync.native(path);
    return is(fs.statSync(target)) ? [target] : [];
  } catch {
    return []; // It leads nowhere.
  }
}

function join(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
