import type { ContentsFact } from '../../core/model.ts';
import { each } from './clock.ts';
import { expand, isWild } from './expand.ts';
import type { Known } from './known.ts';
import { contentOf } from './regular.ts';

/** The first credential that stands plainly in a file, or in what a glob names; absent where there is none. */
export async function contentsFact(path: string, known: Known): Promise<ContentsFact | undefined> {
  const { matches } = isWild(path) ? await expand(path, known.machine, known.time) : { matches: [path] };
  const found = await each(matches.slice(0, mostFiles), known.time, file => inFile(file, known));
  return found.find(it => it !== undefined);
}

const mostFiles = 50;
/** Bytes. What is longer was made by a program, and takes longer than a question may. */
const largest = 256 * 1024;

async function inFile(file: string, { exposes }: Known): Promise<ContentsFact | undefined> {
  const content = await contentOf(file, largest);
  if (content.found !== 'bytes' || content.bytes.subarray(0, 8192).includes(0)) return undefined;
  const text = content.bytes.toString('utf8');
  const exposed = exposes(text);
  return exposed && { holds: exposed.kind, file, line: text.slice(0, exposed.at).split('\n').length };
}
