import type { Agent } from './agent.ts';

/** When an agent's hook spoke last, and which of its events were seen. Milliseconds since 1970. */
export interface Heard {
  readonly at: number;
  readonly events: Readonly<Record<string, number>>;
}

/** How an agent stands on this machine. */
export interface Standing {
  readonly agent: Agent;
  /** Where it was found, and its version where that can be told without starting it. */
  readonly found: string | undefined;
  readonly version: string | undefined;
  readonly wired: 'wired' | 'outdated' | 'absent' | 'unreadable';
  readonly problem?: string;
  /** What switches its hooks off now, in sentences. */
  readonly off: readonly string[];
  readonly heard: Heard | undefined;
  /** Its own lists of what it must not read: how each stands, what it covers and what it leaves. */
  readonly lists: readonly {
    readonly file: string;
    readonly is: string;
    readonly covers: string;
    readonly leaves: string;
  }[];
}

/**
 * From best to worst: its hook spoke; it is written and nothing was heard yet; something keeps it from speaking; nothing is
 * written; the agent is not here.
 */
export const covers = ['covered', 'waiting', 'broken', 'open', 'elsewhere'] as const;
export type Cover = (typeof covers)[number];

/** Coverage is what was seen to work, not what was written. */
export function coverOf({ agent, found, wired, off, heard }: Standing): Cover {
  const ours = agent.wiring.length === 0;
  if (!ours && found === undefined && wired === 'absent') return 'elsewhere';
  if (agent.instead !== undefined && !heard) return 'elsewhere';
  if (!ours && wired === 'absent') return 'open';
  if (off.length || (!ours && wired !== 'wired')) return 'broken';
  return heard ? 'covered' : 'waiting';
}

/** One line for a row: how it is covered, in words. */
export function coverWords(standing: Standing, now: number): string {
  const { heard, wired, off } = standing;
  switch (coverOf(standing)) {
    case 'covered':
      return `guarded, spoke ${ago(heard?.at ?? now, now)}`;
    case 'waiting':
      return 'hook in place, nothing heard yet';
    case 'broken':
      return off.length
        ? 'its hooks are switched off'
        : wired === 'outdated'
          ? 'hook out of date'
          : 'cannot be read';
    case 'open':
      return 'not guarded';
    case 'elsewhere':
      return 'not found here';
  }
}

/** What a person may want to know of it, a title and its words each. */
export function coverLines(
  standing: Standing,
  now: number,
): readonly { readonly title: string; readonly words: string }[] {
  const { agent, found, version, wired, problem, off, heard, lists } = standing;
  const { coverage, wiring } = agent;
  const events = Object.entries(heard?.events ?? {}).sort(([, a], [, b]) => b - a);
  const line = (title: string, words: string) => (words ? [{ title, words }] : []);
  return [
    ...off.flatMap(words => line('switched off', words)),
    ...line('problem', problem ?? ''),
    ...line('found', found === undefined ? 'not here' : `${found}${version ? `, version ${version}` : ''}`),
    ...line(
      'hook',
      wiring.length
        ? `${wired} in ${[...new Set(wiring.map(it => it.file))].join(', ')}`
        : (agent.instead ?? 'comes with the extension'),
    ),
    ...line('seen', events.map(([event, at]) => `${event} ${ago(at, now)}`).join(', ') || 'nothing yet'),
    ...line('is told of', coverage.sees.join(', ')),
    ...line('if our hook fails', failing[coverage.failing]),
    ...coverage.gaps.flatMap(gap => line('not covered', gap)),
    ...lists.flatMap(it => line(`list ${it.is}`, `${it.file} covers ${it.covers}; leaves ${it.leaves}`)),
    ...line('known', `${knowing[coverage.known]} (${coverage.source})`),
  ];
}

const failing: Readonly<Record<Agent['coverage']['failing'], string>> = {
  refuses: 'it refuses the call',
  'goes on': 'it goes on with the call: only what we answer stops it',
  unknown: 'not confirmed what it does',
};

const knowing: Readonly<Record<Agent['coverage']['known'], string>> = {
  run: 'seen with the real program',
  read: 'from its own pages or package, not tried by us',
  heard: 'from others, not confirmed',
};

/** Such as `3 minutes ago`, to the minute. A clock that went back is now. */
export function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const [count, unit] =
    seconds < 3600
      ? [Math.floor(seconds / 60), 'minute']
      : seconds < 86_400
        ? [Math.floor(seconds / 3600), 'hour']
        : [Math.floor(seconds / 86_400), 'day'];
  return seconds < 60 ? 'in the last minute' : `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** A process of a terminal that an agent's marks are on. */
export interface Marked {
  readonly pid: number;
  readonly agent: string;
  /** When it was started, in milliseconds since 1970. */
  readonly started: number;
}

/** How long before a command its hook may have spoken, and how long after its start a silence is none yet. */
const before = 30_000;
const patience = 4_000;

/**
 * Agents that run commands while their hook is silent: a process with their marks, some seconds old, before which no hook
 * of theirs was answered. Ids, each once. A hook is answered just before the command is started.
 */
export function silentAgents(
  marked: readonly Marked[],
  heard: Readonly<Record<string, Heard>>,
  since: number,
  now: number,
): readonly string[] {
  const silent = marked.filter(({ agent, started }) => {
    const at = heard[agent]?.at ?? -Infinity;
    return started >= since && now - started >= patience && at < started - before;
  });
  return [...new Set(silent.map(({ agent }) => agent))];
}
