/** What is left of a bounded time, in milliseconds. */
export interface Clock {
  readonly left: () => number;
  readonly over: () => boolean;
}

export function clock(milliseconds: number): Clock {
  const end = performance.now() + milliseconds;
  return { left: () => Math.max(0, end - performance.now()), over: () => performance.now() >= end };
}

/** The part of another clock's time that is at most so long. */
export function share(of: Clock, milliseconds: number): Clock {
  return clock(Math.min(of.left(), milliseconds));
}

/**
 * A clock for looking at many things, what is nearest first: the first so many looks have `patience`, however busy the
 * machine is; what comes after them has `time`.
 */
export function unhurried(time: Clock, patience: Clock, first = 5_000): Clock {
  let looks = 0;
  return { left: patience.left, over: () => patience.over() || (++looks > first && time.over()) };
}

/** Rejects when the work takes longer: a network folder may never answer. */
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it took too long')), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The work for each item, so many at a time. Items for which there is no time are left out. */
export async function each<Item, Result>(
  items: readonly Item[],
  time: Clock,
  work: (item: Item) => Promise<Result>,
  atOnce = 16,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length && !time.over(); from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  return results;
}
