import { lstatSync, type Stats } from 'node:fs';
import { basename, dirname, isWithin } from '../../core/paths.ts';
import type { Machine } from '../../core/ports.ts';
import type { Skipped } from '../../core/report.ts';
import { clock } from '../world/clock.ts';
import { ignoredBelow, repositoryOf, type Ignores } from '../world/git.ts';
import { walk } from '../world/walk.ts';
import type { Listed } from './messages.ts';
import { largest, markOf } from './read.ts';

export interface Wanted {
  readonly paths: readonly string[];
  /** What git ignores too. */
  readonly ignored: boolean;
  readonly machine: Machine;
  /** Whether a file holds secrets by its name. */
  readonly named: (path: string) => boolean;
}

/**
 * The files to read below some paths, each once. Links are not followed: what they lead to is read where it lies.
 * Never rejects.
 */
export async function* filesBelow(
  wanted: Wanted,
): AsyncGenerator<{ readonly files: readonly Listed[]; readonly skipped: readonly Skipped[] }> {
  const seen = new Set<string>();
  for (const path of wanted.paths) {
    const skipped: Skipped[] = [];
    const stat = lstatSync(path, { throwIfNoEntry: false });
    const found = stat?.isDirectory() ? await below(path, wanted, skipped) : [path];
    const files: Listed[] = [];
    for (const file of found.toSorted()) {
      if (seen.has(file)) continue;
      seen.add(file);
      const its = stated(file);
      if (!its) skipped.push({ file, why: 'unreadable' });
      else if (!its.isFile()) skipped.push({ file, why: 'special' });
      else if (its.size > largest) skipped.push({ file, why: 'large' });
      else files.push({ file, mark: markOf(its), size: its.size });
    }
    yield { files, skipped };
  }
}

/** Milliseconds for one folder and for one question to git. */
const patience = { walk: 60_000, git: 10_000 };

async function below(folder: string, wanted: Wanted, skipped: Skipped[]): Promise<readonly string[]> {
  const { machine, named } = wanted;
  const ignores = wanted.ignored ? nothing : await ignoresIn(folder, wanted);
  const [files, repositories]: [string[], string[]] = [[], []];
  let unreadable = 0;
  const whole = await walk(folder, {
    time: clock(patience.walk),
    enters: ({ name }) => name !== '.git' && (wanted.ignored || name !== 'node_modules'),
    sees: ({ path, name, kind }) => {
      // A remote's address can hold a token.
      if (name === '.git' && kind === 'folder') files.push(`${path}/config`);
      if (name === '.git' && dirname(path) !== folder) repositories.push(dirname(path));
      if (kind === 'other') skipped.push({ file: path, why: 'special' });
      if (kind === 'file' && name !== '.git' && (named(path) || !ignores(path))) files.push(path);
    },
    fails: path => {
      unreadable++;
      skipped.push({ file: path, why: 'unreadable' });
    },
  });
  if (!whole && !unreadable) skipped.push({ file: folder, why: 'many' });
  if (wanted.ignored || !repositories.length) return files;
  const inner: (readonly [top: string, ignores: Ignores])[] = [];
  for (const top of repositories) inner.push([top, await ignoresIn(top, wanted)]);
  return files.filter(
    file =>
      named(file) || isConfig(file) || !inner.some(([top, is]) => isWithin(file, top, machine) && is(file)),
  );
}

const nothing: Ignores = () => false;

function isConfig(file: string): boolean {
  return basename(dirname(file)) === '.git';
}

async function ignoresIn(folder: string, { machine, paths }: Wanted): Promise<Ignores> {
  const repository = await repositoryOf(folder);
  if (!repository) return nothing;
  const given = { machine, time: clock(patience.git), distrusted: paths };
  return (await ignoredBelow(folder, repository, given)) ?? nothing;
}

function stated(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch {
    return undefined;
  }
}
