import type { Action } from './model.ts';

/** What hooks let pass and our own tools are about to do. */
export interface Passed {
  readonly note: (action: Action) => void;
  /** Whether it passed its hook: counts once. */
  readonly take: (action: Action) => boolean;
}

/** The last few. `now` in milliseconds: what was let pass an hour ago is judged anew. */
export function passed(now: () => number): Passed {
  const noted = new Map<string, number>();
  return {
    note: action => {
      const key = JSON.stringify(action);
      noted.delete(key);
      noted.set(key, now());
      for (const [oldest] of noted) if (noted.size > most) noted.delete(oldest);
    },
    take: action => {
      const key = JSON.stringify(action);
      const at = noted.get(key);
      noted.delete(key);
      return at !== undefined && now() - at < lasting;
    },
  };
}

/**
 * A call of a tool as an agent's hook and our gateway say it alike: without the server's name, which agents shorten, and
 * without what the server says of it. `undefined` for anything else.
 */
export function callOf(action: Action): Action | undefined {
  if (action.kind !== 'tool') return undefined;
  return { kind: 'tool', name: action.name, input: sorted(action.input) };
}

/** Whoever hands an input on may change the order of its keys. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, it]) => [key, sorted(it)]));
}

const most = 50;
const lasting = 3_600_000;
