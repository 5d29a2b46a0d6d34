import type { Reach, Resource } from './model.ts';
import type { Program, Said } from './program.ts';
import { readArguments } from './shell/flags.ts';
import type { Word } from './shell/words.ts';

/** A command line of a service as data: what each path of verbs does. The longest path that fits counts. */
export interface Service {
  readonly service: string;
  /** Options that are followed by a value. */
  readonly values: readonly string[];
  readonly verbs: Readonly<Record<string, VerbDoes>>;
  /** Which options say what is reached. */
  readonly reach?: { readonly [K in keyof Reach]?: readonly string[] };
  /** Options with which nothing happens. */
  readonly dry?: readonly string[];
}

export type VerbDoes =
  | { readonly destroys: Resource; readonly all?: true }
  | { readonly reveals: string }
  /** The rest is a command that runs here. */
  | { readonly runs: true }
  | { readonly publishes: 'release' };

/** The program that a table describes. */
export function service({ service: name, values, verbs, reach = {}, dry = [] }: Service): Program {
  const options = { values: [...values, ...Object.values(reach).flat()] };
  return ({ words: [, ...rest] }) => {
    const given = readArguments(rest, options);
    if (given.has(...dry)) return [];
    const [path, does] = longest(given.operands, verbs) ?? [];
    if (!path || !does) return [];
    const after = given.operands.slice(path.split(' ').length);
    const reached = Object.fromEntries(
      Object.entries(reach).flatMap(([key, flags]) =>
        given.value(...flags) ? [[key, given.value(...flags)?.text]] : [],
      ),
    ) as Reach;
    return said(does, name, after, reached);
  };
}

function longest(
  operands: readonly Word[],
  verbs: Service['verbs'],
): readonly [string, VerbDoes] | undefined {
  for (let length = Math.min(operands.length, 5); length > 0; length--) {
    const path = operands
      .slice(0, length)
      .map(word => word.text)
      .join(' ');
    const does = Object.hasOwn(verbs, path) ? verbs[path] : undefined;
    if (does) return [path, does];
  }
  return undefined;
}

function said(does: VerbDoes, name: string, after: readonly Word[], reach: Reach): readonly Said[] {
  const [first] = after;
  if ('destroys' in does)
    return [
      {
        does: 'destroy',
        what: does.destroys,
        service: name,
        all: does.all ?? false,
        reach,
        ...(first && { name: first.text }),
      },
    ];
  if ('reveals' in does) return [{ does: 'reveal', what: does.reveals }];
  if ('publishes' in does) return [{ does: 'publish', what: does.publishes, force: 'no', name }];
  return first
    ? [{ nested: 'words', words: after, at: [first.at[0], after.at(-1)?.at[1] ?? first.at[1]] }]
    : [];
}
