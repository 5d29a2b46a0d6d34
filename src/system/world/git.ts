import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readlinkSync, type BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname, isWithin, relative } from '../../core/paths.ts';
import type { Machine } from '../../core/ports.ts';
import { share, type Clock } from './clock.ts';
import { contentNow } from './regular.ts';

/** The folder whose `.git` keeps what is at the path, if any; `apart` where the history lies elsewhere. */
interface Repository {
  readonly top: string;
  readonly apart: boolean;
}

export async function repositoryOf(path: string): Promise<Repository | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const stat = await lstat(`${folder === '/' ? '' : folder}/.git`);
      return { top: folder, apart: !stat.isDirectory() };
    } catch {
      if (dirname(folder) === folder || dirname(folder) === '.') return undefined;
    }
  }
}

/** Whether the last commit holds a file as it is now. */
export type IsSaved = (path: string, stat: BigIntStats) => boolean;

/**
 * Which files at or below `scope` git could bring back. Asks git for names and hashes only, and compares ourselves:
 * git's own comparing runs the filters that the repository's configuration names. Absent where git cannot say.
 */
export async function savedBelow(
  scope: string,
  { top }: Repository,
  given: Git,
): Promise<IsSaved | undefined> {
  // Counting comes after asking, and needs time of its own.
  const brief = { ...given, time: share(given.time, given.time.left() * 0.6) };
  const below = relative(scope, top, given.machine);
  const paths = below === '.' ? [] : ['--', below];
  const [index, tree] = await Promise.all([
    git(top, ['--literal-pathspecs', 'ls-files', '-z', '--stage', '--debug', ...paths], brief),
    git(top, ['--literal-pathspecs', 'ls-tree', '-r', '-z', '--full-tree', 'HEAD', ...paths], brief),
  ]);
  if (index === undefined || (tree === undefined && brief.time.over())) return undefined;
  const staged = stagedIn(index);
  const committed = committedIn(tree ?? '');
  const written = indexTime(top);
  return (path, stat) => {
    const name = relative(path, top, given.machine);
    const hash = committed.get(name);
    if (!hash) return false;
    const entry = staged.get(name);
    if (entry?.hash === hash && isUntouched(entry, stat, written)) return true;
    return !given.time.over() && hash === hashOf(path, stat, hash.length);
  };
}

/** Which of these paths git ignores; none where it cannot say. */
export async function ignoredOf(
  paths: readonly string[],
  { top }: Repository,
  given: Git,
): Promise<ReadonlySet<string>> {
  const names = paths.filter(path => isWithin(path, top, given.machine) && path !== top);
  if (!names.length) return new Set();
  // A name may begin with a colon, which means something to git.
  const named = (path: string) => `./${relative(path, top, given.machine)}`;
  const output = await git(
    top,
    ['check-ignore', '-z', '--stdin'],
    given,
    names.map(path => `${named(path)}\0`).join(''),
  );
  const ignored = new Set((output ?? '').split('\0'));
  return new Set(names.filter(path => ignored.has(named(path))));
}

/** Whether git ignores what is at an absolute path. */
export type Ignores = (path: string) => boolean;

/** What of a folder git ignores, with all that is in it; absent where it cannot say. A folder that is ignored itself hides nothing of its own. */
export async function ignoredBelow(
  folder: string,
  { top }: Repository,
  given: Git,
): Promise<Ignores | undefined> {
  const below = relative(folder, top, given.machine);
  const output = await git(
    top,
    [
      '--literal-pathspecs',
      ...['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'],
      ...(below === '.' ? [] : ['--', below]),
    ],
    given,
  );
  if (output === undefined) return undefined;
  const end = top === '/' ? '' : top;
  const ignored = new Set(output.split('\0').map(name => `${end}/${name.replace(/\/$/, '')}`));
  return path => {
    for (let it = path; it !== folder && isWithin(it, folder, given.machine); it = dirname(it))
      if (ignored.has(it)) return true;
    return false;
  };
}

export interface Git {
  readonly machine: Machine;
  readonly time: Clock;
  /** Folders whose programs are not trusted to be git. */
  readonly distrusted: readonly string[];
  /** Leaves where hooks lie as it is: for a question about that, which runs none. */
  readonly hooks?: true;
  /** Which repository and index it is about, as git tells the hooks that it starts. */
  readonly about?: Readonly<Record<string, string>>;
}

/** A repository's configuration may name programs; none of these is to run. */
const harmless = [
  '--no-pager',
  ...[
    'core.fsmonitor=false',
    'core.untrackedCache=false',
    'core.sshCommand=false',
    'core.askPass=',
    'credential.helper=',
    'diff.external=',
    'protocol.allow=never',
    'submodule.recurse=false',
  ].flatMap(setting => ['-c', setting]),
];

export async function git(
  top: string,
  words: readonly string[],
  given: Git,
  input = '',
): Promise<string | undefined> {
  return (await bytesOfGit(top, words, given, input))?.toString('utf8');
}

/** What git says, or nothing: it is missing, fails or takes too long. Exit 1 of `check-ignore` is an empty answer. */
export function bytesOfGit(
  top: string,
  words: readonly string[],
  given: Git,
  input = '',
): Promise<Buffer | undefined> {
  if (given.time.over()) return Promise.resolve(undefined);
  const hooks = given.hooks ? [] : ['-c', 'core.hooksPath=/dev/null'];
  return new Promise(resolve => {
    const child = execFile(
      'git',
      [...harmless, ...hooks, '-C', top, ...words],
      {
        encoding: 'buffer',
        // Windows looks for programs in the current folder first.
        cwd: given.machine.platform === 'windows' ? 'C:\\' : '/',
        env: environment(given),
        timeout: Math.ceil(given.time.left()) + 1,
        killSignal: 'SIGKILL',
        maxBuffer: 32 * 1024 * 1024,
        windowsHide: true,
      },
      (error, stdout) => resolve(!error || error.code === 1 ? stdout : undefined),
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function environment({ machine, distrusted, about }: Git): NodeJS.ProcessEnv {
  const separator = machine.platform === 'windows' ? ';' : ':';
  const own = Object.entries(process.env).filter(([name]) => !/^(?:GIT_|PATH$)/i.test(name));
  const folders = (process.env['PATH'] ?? '').split(separator).filter(folder => {
    const slashed = folder.replaceAll('\\', '/');
    return /^(?:[A-Za-z]:)?\//.test(slashed) && !distrusted.some(it => isWithin(slashed, it, machine));
  });
  return {
    ...Object.fromEntries(own),
    PATH: folders.join(separator),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    LC_ALL: 'C',
    ...about,
  };
}

interface Staged {
  readonly hash: string;
  readonly seconds: bigint;
  readonly nanoseconds: bigint;
  readonly size: bigint;
}

/** Reads `ls-files --stage --debug -z`: a name, a zero byte, then lines about it. git 2.39, 2025-11. */
function stagedIn(output: string): ReadonlyMap<string, Staged> {
  const staged = new Map<string, Staged>();
  let [name, hash] = ['', ''];
  for (const chunk of output.split('\0')) {
    const about =
      /^ {2}ctime:[^\n]*\n {2}mtime: ([0-9]+):([0-9]+)\n {2}dev:[^\n]*\n {2}uid:[^\n]*\n {2}size: ([0-9]+)\b[^\n]*\n/.exec(
        chunk,
      );
    if (about && name) {
      const [seconds, nanoseconds, size] = about.slice(1).map(digits => BigInt(digits)) as [
        bigint,
        bigint,
        bigint,
      ];
      staged.set(name, { hash, seconds, nanoseconds, size });
    }
    const next = /^[0-7]{6} ([0-9a-f]{40,64}) 0\t/.exec(about ? chunk.slice(about[0].length) : chunk);
    [name, hash] = next
      ? [chunk.slice((about?.[0].length ?? 0) + next[0].length), next[1] as string]
      : ['', ''];
  }
  return staged;
}

function committedIn(output: string): ReadonlyMap<string, string> {
  return new Map(
    output.split('\0').flatMap(line => {
      const match = /^(?:100|120)[0-7]{3} blob ([0-9a-f]{40,64})\t/.exec(line);
      return match ? [[line.slice(match[0].length), match[1] as string] as const] : [];
    }),
  );
}

/** As git sees it: same size and time, and older than the index, so that it cannot have changed in between. */
function isUntouched({ seconds, nanoseconds, size }: Staged, stat: BigIntStats, written: bigint): boolean {
  const time = nanoseconds ? seconds * second + nanoseconds : seconds;
  const now = nanoseconds ? stat.mtimeNs : stat.mtimeNs / second;
  return size === stat.size && size > 0n && time === now && stat.mtimeNs < written;
}

const second = 1_000_000_000n;
const mostHashed = 1024 * 1024;

function indexTime(top: string): bigint {
  try {
    return lstatSync(`${top}/.git/index`, { bigint: true }).mtimeNs;
  } catch {
    return 0n;
  }
}

/** The name git gives to such a content, if we can say it without waiting. */
export function hashOf(path: string, stat: BigIntStats, length: number): string | undefined {
  try {
    const bytes = stat.isSymbolicLink() ? Buffer.from(readlinkSync(path)) : contentNow(path, mostHashed);
    const hash = createHash(length === 64 ? 'sha256' : 'sha1');
    return bytes && hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  } catch {
    return undefined;
  }
}
