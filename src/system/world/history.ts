import { isWithin, relative } from '../../core/paths.ts';
import { bytesOfGit, repositoryOf, type Git } from './git.ts';

/**
 * Since when each of these values has stood in a file without a break, by the commits that changed the file: milliseconds
 * since 1970. Absent where the last commit does not hold it, or git cannot say in time. Git is asked for names and whole
 * contents only, which starts no program that the repository names; what is looked for is never told to it.
 */
export async function sinceWhen(
  file: string,
  values: readonly string[],
  given: Git,
): Promise<ReadonlyMap<string, number>> {
  const since = new Map<string, number>();
  const repository = await repositoryOf(file);
  if (!repository || !isWithin(file, repository.top, given.machine)) return since;
  const name = relative(file, repository.top, given.machine);
  if (name.includes('\n')) return since;
  const commits = await commitsOf(repository.top, name, given);
  let [left, atOnce] = [values, 1];
  // From the newest commit back: where a value is not there its time ends, whatever was before.
  for (let from = 0; from < commits.length && left.length;) {
    const batch = commits.slice(from, from + atOnce);
    const contents = await contentsOf(repository.top, name, batch, given);
    if (contents?.length !== batch.length) return since;
    for (const [index, { time }] of batch.entries()) {
      left = left.filter(value => contents[index]?.includes(value));
      for (const value of left) since.set(value, time);
    }
    from += batch.length;
    atOnce = Math.min(mostAtOnce, Math.ceil(mostBytes / (1 + (contents[0]?.length ?? 0))));
  }
  return since;
}

interface Commit {
  readonly id: string;
  readonly time: number;
}

/** Of one file: who changes it more often is told a later time than there is. */
const mostCommits = 400;
const mostAtOnce = 50;
const mostBytes = 8 * 1024 * 1024;

/** Newest first, along one line: those of a branch that was merged do not come in between. */
async function commitsOf(top: string, name: string, given: Git): Promise<readonly Commit[]> {
  const output = await bytesOfGit(
    top,
    [
      '--literal-pathspecs',
      ...['rev-list', '--first-parent', '--timestamp', `--max-count=${mostCommits}`, 'HEAD', '--', name],
    ],
    given,
  );
  return (output?.toString('latin1') ?? '').split('\n').flatMap(line => {
    const [, seconds, id] = /^([0-9]{1,12}) ([0-9a-f]{40,64})$/.exec(line) ?? [];
    return id ? [{ id, time: Number(seconds) * 1000 }] : [];
  });
}

/** What each commit has of the file, which is nothing where it deleted it; `undefined` where git cannot say. */
async function contentsOf(
  top: string,
  name: string,
  commits: readonly Commit[],
  given: Git,
): Promise<readonly string[] | undefined> {
  const input = commits.map(({ id }) => `${id}:${name}\n`).join('');
  const bytes = await bytesOfGit(top, ['cat-file', '--batch'], given, input);
  if (!bytes) return undefined;
  const contents: string[] = [];
  for (let at = 0; at < bytes.length;) {
    // `<id> blob <size>`, the content and a newline; `<what was asked> missing` without a content. git 2.39, 2025-11.
    const begin = bytes.indexOf(10, at) + 1;
    const size = /^[0-9a-f]{40,64} [a-z]{4,6} ([0-9]{1,10})\n$/.exec(
      bytes.toString('latin1', at, begin),
    )?.[1];
    const end = begin + Number(size ?? 0);
    contents.push(bytes.toString('utf8', begin, end));
    at = size === undefined ? begin : end + 1;
    if (!begin) return undefined;
  }
  return contents;
}
