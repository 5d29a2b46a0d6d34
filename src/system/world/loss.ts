import { lstatSync, type BigIntStats } from 'node:fs';
import type { Loss } from '../../core/model.ts';
import { dirname, isWithin } from '../../core/paths.ts';
import { repositoryOf, savedBelow, type Git, type IsSaved } from './git.ts';
import { walk } from './walk.ts';

/** What is taken away when these are deleted with all that is in them. Counts until time ends. Never rejects. */
export async function lossOf(targets: readonly string[], given: Git): Promise<Loss> {
  const isSaved = await savedOf(targets, given);
  let [files, bytes, unsaved, whole] = [0, 0n, 0, true];
  const count = (path: string) => {
    const stat = statOf(path);
    files++;
    bytes += stat?.size ?? 0n;
    if (!stat || !isSaved?.(path, stat)) unsaved++;
    return !given.time.over();
  };
  for (const target of targets) {
    if (given.time.over()) whole = false;
    else if (!statOf(target)?.isDirectory()) count(target);
    else {
      const sees = ({ path, kind }: { path: string; kind: string }) => kind === 'folder' || count(path);
      whole = (await walk(target, { time: given.time, enters: () => true, sees })) && whole;
    }
  }
  return { files, bytes: Number(bytes), ...(isSaved && { unsaved }), atLeast: !whole };
}

async function savedOf(targets: readonly string[], given: Git): Promise<IsSaved | undefined> {
  const scope = commonFolder(targets);
  const repository = scope === undefined ? undefined : await repositoryOf(scope);
  if (scope === undefined || !repository) return undefined;
  // What takes its own history along cannot be brought back from it.
  const history = `${repository.top}/.git`;
  if (!repository.apart && targets.some(target => isWithin(history, target, given.machine)))
    return () => false;
  return savedBelow(scope, repository, given);
}

function commonFolder(targets: readonly string[]): string | undefined {
  return targets.reduce<string | undefined>((common, target) => {
    let folder = common ?? target;
    while (folder !== dirname(folder) && target !== folder && !target.startsWith(`${folder}/`))
      folder = dirname(folder);
    return folder;
  }, undefined);
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
