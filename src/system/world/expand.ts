import { lstat, opendir } from 'node:fs/promises';
import { star, takesAll } from '../../core/hidden.ts';
import { beforeWildcard } from '../../core/paths.ts';
import type { Machine } from '../../core/ports.ts';
import { each, type Clock } from './clock.ts';
import { walk } from './walk.ts';

interface Expansion {
  readonly base: string;
  readonly matches: readonly string[];
  /** Nothing was left out. */
  readonly whole: boolean;
  /** The glob takes everything there is in `base`. */
  readonly everything: boolean;
}

export function isWild(path: string): boolean {
  return /[*?[{]|[@!+]\(/.test(path);
}

/** What a shell makes of a path with wildcards, each match once and at most 500. Never rejects. */
export async function expand(path: string, machine: Machine, time: Clock): Promise<Expansion> {
  const parts = path.split('/');
  const first = parts.findIndex(isWild);
  const base = beforeWildcard(parts.slice(0, first + 1).join('/')).folder || '/';
  let folders: readonly string[] = [parts.slice(0, first).join('/') || '/'];
  let whole = true;
  for (const [index, part] of parts.slice(first).entries()) {
    const last = first + index === parts.length - 1;
    const found = isWild(part) ? await below(folders, part, last, machine, time) : literally(folders, part);
    whole &&= found.whole;
    folders = found.matches;
  }
  const there = await each(folders, time, async match => ((await exists(match)) ? [match] : []));
  return {
    base,
    matches: [...new Set(there.flat())],
    whole: whole && !time.over(),
    everything: parts.slice(first).every(part => part.includes('*') && /^[*?]*$/.test(part)),
  };
}

/** Whether a name is one that a shell's pattern names: `*`, `?`, `[ab]`; what we do not know takes any. */
export function shellSegment(pattern: string, { platform }: Machine): (name: string) => boolean {
  const plain = pattern.replace(/[?*+@!]\([^()]*\)|\{[^{}]*\}/g, '*');
  const steps = stepsOf(platform === 'windows' ? plain.toLowerCase() : plain);
  // Windows has no notion of a name that begins with a dot.
  const dots = platform === 'windows' || /^(?:\.|\{|[?*+@!]\()/.test(pattern);
  return name =>
    (dots || !name.startsWith('.')) &&
    takesAll(steps, platform === 'windows' ? name.toLowerCase() : name, (takes, character) =>
      takes(character),
    );
}

const mostMatches = 500;

type Found = { readonly matches: readonly string[]; readonly whole: boolean };

function literally(folders: readonly string[], name: string): Found {
  return { matches: name ? folders.map(folder => join(folder, name)) : folders, whole: true };
}

async function below(
  folders: readonly string[],
  part: string,
  last: boolean,
  machine: Machine,
  time: Clock,
): Promise<Found> {
  const matches: string[] = [];
  let whole = true;
  for (const folder of folders) {
    if (part === '**') {
      if (!last) matches.push(folder);
      const complete = await walk(folder, {
        time,
        enters: ({ name }) => machine.platform === 'windows' || !name.startsWith('.'),
        sees: ({ path, name, kind }) => {
          const dotted = name.startsWith('.') && machine.platform === 'posix';
          if (!dotted && (last || kind === 'folder')) matches.push(path);
          return matches.length < mostMatches;
        },
      });
      whole &&= complete;
    } else whole = (await names(folder, shellSegment(part, machine), time, matches)) && whole;
    if (matches.length >= mostMatches || time.over())
      return { matches: matches.slice(0, mostMatches), whole: false };
  }
  return { matches, whole };
}

async function names(folder: string, takes: (name: string) => boolean, time: Clock, matches: string[]) {
  try {
    for await (const { name } of await opendir(folder, { bufferSize: 512 })) {
      if (time.over() || matches.length >= mostMatches) return false;
      if (takes(name)) matches.push(join(folder, name));
    }
    return true;
  } catch {
    // Not a folder, or not ours to list: then not the agent's either.
    return true;
  }
}

function join(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

type Step = (character: string) => boolean;

function stepsOf(pattern: string): (Step | typeof star)[] {
  const steps: (Step | typeof star)[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    const end = character === '[' ? endOfSet(pattern, at) : -1;
    if (character === '*') steps.push(star);
    else if (character === '?') steps.push(() => true);
    else if (end > 0) {
      steps.push(oneOf(pattern.slice(at + 1, end)));
      at = end;
    } else steps.push(it => it === character);
  }
  return steps;
}

/** A bracket right after the opening one is one of the set, and a named class has brackets of its own. */
function endOfSet(pattern: string, at: number): number {
  const first = at + (/[!^]/.test(pattern[at + 1] ?? '') ? 3 : 2);
  const named = pattern.startsWith('[:', first - 1) ? pattern.lastIndexOf(':]]') : -1;
  return named > at ? named + 2 : pattern.indexOf(']', first);
}

function oneOf(set: string): Step {
  // A named class such as [[:alpha:]] is taken for any character.
  if (set.includes('[:')) return () => true;
  const not = /^[!^]/.test(set);
  const body = not ? set.slice(1) : set;
  return character => {
    let is = false;
    for (let at = 0; at < body.length; at++) {
      const range = body[at + 1] === '-' && at + 2 < body.length;
      const [from, to] = [body[at] as string, body[range ? at + 2 : at] as string];
      is ||= character >= from && character <= to;
      if (range) at += 2;
    }
    return is !== not;
  };
}
