import path from 'node:path';
import { normal } from '../../core/paths.ts';
import type { Machine } from '../../core/ports.ts';
import type { Ending, Report, Secret, Skipped, Staged } from '../../core/report.ts';
import { clock } from '../world/clock.ts';
import { git, bytesOfGit, type Git } from '../world/git.ts';
import type { Looked } from './messages.ts';
import { largest, textOf } from './read.ts';

export interface Staging {
  /** Anywhere in the work tree. */
  readonly cwd: string;
  /** Only what lies below these, absolute; everything where there is none. */
  readonly paths: readonly string[];
  readonly machine: Machine;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly named: (file: string) => boolean;
  /** Finds secrets in a text. Never rejects. */
  readonly look: (file: string, text: string, signal?: Ending) => Promise<Looked>;
  readonly signal?: Ending;
}

/**
 * The secrets in what is staged: the contents that git's index holds, whatever the files on the disk say. Files are
 * named as they would lie in the work tree. Never rejects.
 */
export async function stagedSecrets(staging: Staging): Promise<Staged> {
  const began = performance.now();
  const found: Secret[] = [];
  const former: Secret[] = [];
  const skipped: Skipped[] = [];
  let [files, bytes] = [0, 0];
  const report = (rest: Pick<Report, 'cancelled' | 'failed'>): Staged => ({
    ...{ secrets: found, former, files, unchanged: 0, bytes, skipped, took: performance.now() - began },
    ...rest,
  });
  const given: Git = {
    machine: staging.machine,
    time: clock(patience),
    distrusted: [staging.cwd],
    about: aboutIn(staging),
  };
  const top = (await git(staging.cwd, ['rev-parse', '--show-toplevel'], given))?.replace(/\r?\n$/, '');
  if (!top) return report({ cancelled: false, failed: 'git tells of no work tree here' });
  const changes = await changesIn(top, staging.paths, given);
  if (!changes) return report({ cancelled: false, failed: 'git does not tell what is staged' });
  for (const part of partsOf(changes)) {
    const contents = await contentsOf(top, part, given);
    for (const { name, hash, before } of part) {
      if (staging.signal?.aborted) return report({ cancelled: true });
      const file = normal(path.posix.join(top, name), staging.machine);
      const content = contents.get(hash);
      files++;
      if (!content || 'skip' in content) {
        skipped.push({ file, why: content?.skip ?? 'failed' });
        continue;
      }
      const read = textOf(content.bytes, staging.named(file));
      if ('skip' in read) {
        skipped.push({ file, why: read.skip });
        continue;
      }
      bytes += read.bytes;
      const { secrets, skip } = await staging.look(file, read.text, staging.signal);
      if (skip) skipped.push({ file, why: skip });
      const old = secrets.length ? linesOf(before && contents.get(before)) : new Set<string>();
      const lines = secrets.length ? read.text.split('\n') : [];
      for (const secret of secrets) (isFormer(secret, lines, old) ? former : found).push(secret);
    }
  }
  return report({ cancelled: staging.signal?.aborted ?? false });
}

/** Milliseconds for all that git is asked. */
const patience = 60_000;

/** The repository and index that git means where it starts us as a hook: `git commit FILE` has an index of its own. */
function aboutIn({ env }: Staging): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE'].flatMap(name => {
      const value = env[name];
      return value ? [[name, path.resolve(value)] as const] : [];
    }),
  );
}

interface Change {
  /** From the top of the work tree. */
  readonly name: string;
  readonly hash: string;
  /** What the last commit has in its place, under this name or the one it was renamed from. */
  readonly before?: string;
}

/** Reads `diff --raw -z` (git 2.39, 2026-11): `:MODE MODE HASH HASH STATUS`, a zero byte, one name or two, each with a zero byte. */
async function changesIn(
  top: string,
  paths: readonly string[],
  given: Git,
): Promise<readonly Change[] | undefined> {
  const output = await git(
    top,
    [
      '--literal-pathspecs',
      ...['diff', '--cached', '--raw', '-z', '--no-abbrev', '-M', '--no-ext-diff', '--no-textconv'],
      ...(paths.length ? ['--', ...paths] : []),
    ],
    given,
  );
  if (output === undefined) return undefined;
  const fields = output.split('\0');
  const changes: Change[] = [];
  for (let at = 0; at < fields.length - 1;) {
    const about = /^:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])/.exec(fields[at++] ?? '');
    if (!about) return undefined;
    const [, , mode, before = '', hash = '', status = ''] = about;
    if (/[RC]/.test(status)) at++;
    const name = fields[at++] ?? '';
    // Only files: a link's content is a path, a submodule's a commit.
    if (!mode?.startsWith('100') || status === 'D') continue;
    changes.push({ name, hash, ...(!/^0+$/.test(before) && { before }) });
  }
  return changes;
}

type Content = { readonly bytes: Buffer } | { readonly skip: 'large' };

/** So many at once, that what git answers is never much. */
function partsOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  return Array.from({ length: Math.ceil(changes.length / atOnce) }, (_, index) =>
    changes.slice(index * atOnce, (index + 1) * atOnce),
  );
}

const atOnce = 100;
/** Bytes of one answer of git. */
const mostAtOnce = 16 * 1024 * 1024;

/** The contents by their hashes; what git does not have is missing. */
async function contentsOf(
  top: string,
  changes: readonly Change[],
  given: Git,
): Promise<ReadonlyMap<string, Content>> {
  const contents = new Map<string, Content>();
  const hashes = [...new Set(changes.flatMap(({ hash, before }) => [hash, ...(before ? [before] : [])]))];
  const sizes = await git(top, ['cat-file', '--batch-check'], given, hashes.map(it => `${it}\n`).join(''));
  let [wanted, sum]: [string[], number] = [[], 0];
  const fetch = async () => {
    if (!wanted.length) return;
    const output = await bytesOfGit(
      top,
      ['cat-file', '--batch'],
      given,
      wanted.map(it => `${it}\n`).join(''),
    );
    for (const [hash, bytes] of blobsIn(output)) contents.set(hash, { bytes });
    [wanted, sum] = [[], 0];
  };
  for (const line of (sizes ?? '').split('\n')) {
    const [, hash, digits] = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(line) ?? [];
    if (!hash) continue;
    const size = Number(digits);
    if (size > largest) {
      contents.set(hash, { skip: 'large' });
      continue;
    }
    if (sum + size > mostAtOnce) await fetch();
    wanted.push(hash);
    sum += size;
  }
  await fetch();
  return contents;
}

/** Reads `cat-file --batch`: `HASH blob SIZE`, a newline, the bytes, a newline. */
function* blobsIn(output: Buffer | undefined): Generator<readonly [hash: string, bytes: Buffer]> {
  for (let at = 0; output && at < output.length;) {
    const end = output.indexOf(10, at);
    const [, hash, digits] =
      /^([0-9a-f]{40,64}) blob (\d+)$/.exec(output.toString('latin1', at, end < 0 ? at : end)) ?? [];
    if (!hash) return;
    const from = end + 1;
    at = from + Number(digits) + 1;
    yield [hash, output.subarray(from, at - 1)];
  }
}

function linesOf(content: Content | '' | undefined): ReadonlySet<string> {
  const read = content && 'bytes' in content && textOf(content.bytes, true);
  return new Set(read && 'text' in read ? read.text.split('\n') : []);
}

/** Of a key that is longer, the first line alone stands in many files. */
function isFormer({ line, endLine }: Secret, lines: readonly string[], old: ReadonlySet<string>): boolean {
  return lines.slice(line - 1, endLine).every(it => old.has(it));
}
