import type { CredentialFact } from '../../core/model.ts';
import { each, share } from './clock.ts';
import type { Known } from './known.ts';
import { contentOf } from './regular.ts';
import { walk } from './walk.ts';

/** In which file of the workspace each value stands, as far as time lets us look. Hidden files are read first. */
export async function foundIn(
  values: readonly string[],
  known: Known,
): Promise<ReadonlyMap<string, CredentialFact>> {
  const wanted = new Set(values.filter(value => value.length >= shortest));
  const found = new Map<string, CredentialFact>();
  if (!wanted.size) return found;
  const time = share(known.time, patience);
  const look = async (file: string) => {
    if (found.size === wanted.size) return;
    const content = await contentOf(file, largest);
    if (content.found !== 'bytes' || content.bytes.subarray(0, 8192).includes(0)) return;
    for (const value of wanted) {
      const at = content.bytes.indexOf(value);
      if (at >= 0 && !found.has(value)) found.set(value, { file, line: lineAt(content.bytes, at) });
    }
  };
  const { first, others } = await filesOf({ ...known, time: share(time, patience / 2) });
  await each(first, time, look);
  await each(others, time, look);
  return found;
}

/** A shorter text stands anywhere by chance. */
const shortest = 6;
const patience = 250;
const largest = 1024 * 1024;

async function filesOf({
  workspace,
  hidden,
  time,
}: Known): Promise<{ readonly first: readonly string[]; readonly others: readonly string[] }> {
  const [first, others]: [string[], string[]] = [[], []];
  for (const folder of workspace)
    await walk(folder, {
      time,
      enters: ({ name }) => name !== '.git' && name !== 'node_modules',
      sees: ({ path, kind }) => {
        if (kind === 'file') (hidden(path) === undefined ? others : first).push(path);
      },
    });
  return { first, others };
}

function lineAt(bytes: Buffer, at: number): number {
  let line = 1;
  for (let next = bytes.indexOf(10); next >= 0 && next < at; next = bytes.indexOf(10, next + 1)) line++;
  return line;
}
