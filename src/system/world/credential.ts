import type { CredentialFact, MentionFact, Question, Recognised } from '../../core/model.ts';
import type { Tracer } from '../traced/tracer.ts';
import type { Surrounded } from '../world.ts';
import { each, share, type Clock } from './clock.ts';
import type { Known } from './known.ts';
import { contentOf } from './regular.ts';
import { walk } from './walk.ts';

/** Which credentials that files keep stand in each text, and what else looks like one. */
export async function mentionFacts(
  asked: readonly (Question & { readonly about: 'mention' })[],
  traced: Promise<Tracer>,
  { traces: tables, handed }: Pick<Surrounded, 'traces' | 'handed'>,
  time: Clock,
): Promise<ReadonlyMap<string, MentionFact>> {
  const { traces } = await (
    await traced
  ).found(
    asked.map(it => it.text),
    time,
  );
  return new Map(
    asked.flatMap(({ text, by }, index) => {
      const known = (traces[index] ?? []).map(({ trace, at }): Recognised => {
        const { name, files } = trace;
        const mine = files.some(file => handed?.({ ...(name !== undefined && { name }), file }, by));
        return { ...trace, at, ...(mine && { handed: true }) };
      });
      const looks = tables?.spotted(text);
      const exposes =
        looks && !known.some(it => it.at[0] < looks.at[1] && looks.at[0] < it.at[1])
          ? { kind: looks.title.toLowerCase(), at: looks.at, rating: looks.rating }
          : undefined;
      return known.length || exposes ? [[text, { known, ...(exposes && { exposes }) }] as const] : [];
    }),
  );
}

/** Where each value is kept; one that nobody keeps as a credential, where it stands. */
export async function credentialFacts(
  values: readonly string[],
  traced: Promise<Tracer>,
  known: Known,
): Promise<ReadonlyMap<string, CredentialFact>> {
  const { traces } = await (await traced).found(values, known.time);
  const kept = new Map(
    values.flatMap((value, index) => {
      const [first] = traces[index] ?? [];
      return first ? [[value, first.trace] as const] : [];
    }),
  );
  const others = await foundIn(
    values.filter(value => !kept.has(value)),
    known,
  );
  return new Map<string, CredentialFact>([...kept, ...others]);
}

/** In which file of the workspace each value stands, as far as time lets us look. Hidden files are read first. */
async function foundIn(
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
