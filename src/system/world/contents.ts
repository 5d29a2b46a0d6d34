import type { ContentsFact } from '../../core/model.ts';
import { isWithin } from '../../core/paths.ts';
import { anywhere } from '../../core/hidden.ts';
import { each, share } from './clock.ts';
import { expand, isWild } from './expand.ts';
import type { Known } from './known.ts';
import { realOf } from './real.ts';
import { contentOf } from './regular.ts';

/** The first credential that stands plainly in a file, or in what a glob names; absent where there is none. */
export async function contentsFact(path: string, known: Known): Promise<ContentsFact | undefined> {
  const files = isWild(path) ? await namedBy(path, known) : [path];
  const found = await each(files.slice(0, mostFiles), known.time, file => inFile(file, known));
  return found.find(it => it?.hidden) ?? found.find(it => it !== undefined);
}

/** What a glob names. Where that is more than is looked at, files that are known to be hidden come first. */
async function namedBy(path: string, known: Known): Promise<readonly string[]> {
  const { matches, whole } = await expand(path, known.machine, share(known.time, known.time.left() / 2));
  if (whole && matches.length <= mostFiles) return matches;
  const { files } = await known.holders(share(known.time, known.time.left() / 2));
  const is = anywhere(path, known.machine);
  return [...new Set([...[...files].filter(is), ...matches])];
}

const mostFiles = 50;
/** Bytes. What is longer was made by a program, and takes longer than a question may. */
const largest = 256 * 1024;

async function inFile(file: string, known: Known): Promise<ContentsFact | undefined> {
  const content = await contentOf(file, largest);
  if (content.found !== 'bytes' || content.bytes.subarray(0, 8192).includes(0)) return undefined;
  return held(file, content.bytes.toString('utf8'), known);
}

/** What a text of that file keeps it from agents for; absent where nothing does, or a person shows it to them. */
export async function held(file: string, text: string, known: Known): Promise<ContentsFact | undefined> {
  const real = await realOf(file, known.machine).catch(() => file);
  const found = known.excepted(real) ? undefined : known.exposes(text, nearby(real, known));
  return (
    found && {
      holds: found.kind,
      file,
      line: text.slice(0, found.at).split('\n').length,
      ...(found.hidden && { hidden: true }),
      ...(found.whole && { whole: true }),
      ...(found.instead !== undefined && { instead: found.instead }),
    }
  );
}

/** From the folder of the workspace that it lies in: what that folder is called says nothing of the file. */
export function nearby(real: string, { workspace, machine }: Pick<Known, 'workspace' | 'machine'>): string {
  const folder = workspace.find(it => isWithin(real, it, machine));
  return folder === undefined ? real : real.slice(folder.length);
}
