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

const most = 50;
const lasting = 3_600_000;
