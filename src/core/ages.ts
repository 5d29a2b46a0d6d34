/** After how many days a secret is to be replaced: one number for all, or a table by kind, provider or `*`. 0 is never. */
export type RotationDays = number | Readonly<Record<string, number>>;

/** What we say where nobody said anything. */
export const usualDays = 90;
/** The most a setting takes: ten years. */
export const mostDays = 3650;

/** What is remembered of a secret that was seen. Times in milliseconds since 1970. Never its value. */
export interface Sighting {
  readonly fingerprint: string;
  /** The detector's id. */
  readonly kind: string;
  /** Absolute, and what in it the secret is the value of: a name, or the kind where it has none. */
  readonly file: string;
  readonly place: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** What says when it was first seen: the commit that brought it, or the first scan that found it. */
  readonly by: 'commit' | 'scan';
  /** Set where it took the place of another value, which was first seen at that time. */
  readonly after?: number;
}

/** From least to most pressing. `soon` is within the last days before it is due. */
export const freshnesses = ['fresh', 'soon', 'overdue'] as const;
export type Freshness = (typeof freshnesses)[number];

/** How old a secret is, and when it is to be replaced. Times in milliseconds since 1970. */
export interface Due {
  readonly state: Freshness;
  /** Whole days since it was first seen; none where the clock says that lies ahead. */
  readonly age: number;
  /** Absent where it is never due. */
  readonly due?: number;
  /** Whole days until then, below zero when they have gone by; absent where it is never due. */
  readonly left?: number;
}

/** When a secret that was first seen then is to be replaced, after so many days. A clock that went back makes nothing overdue. */
export function due(firstSeen: number, days: number, now: number): Due {
  const age = Math.max(0, Math.floor((now - firstSeen) / day));
  if (days <= 0) return { state: 'fresh', age };
  const at = firstSeen + days * day;
  // Adding zero makes an ordinary one of a negative.
  const left = Math.trunc((at - now) / day) + 0;
  const state = now >= at ? 'overdue' : left < Math.min(soon, days / 3) ? 'soon' : 'fresh';
  return { state, age, due: at, left };
}

/** The days for a kind (`github.token`) of a provider (`github`): the most particular entry counts. */
export function daysFor(days: RotationDays, kind: string, provider: string): number {
  if (typeof days === 'number') return days;
  const own = [kind, provider, '*'].find(key => Object.hasOwn(days, key));
  return own === undefined ? usualDays : (days[own] ?? usualDays);
}

/** Parses what a person set; `undefined` where it is neither a number of days nor a table of them. */
export function rotationDays(value: unknown): RotationDays | undefined {
  if (isDays(value)) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.values(value).every(isDays) ? (value as RotationDays) : undefined;
}

/** For sorting: what presses most comes first, and among equals what is due first; what is never due comes last. */
export function byUrgency(a: Due, b: Due): number {
  return (
    freshnesses.indexOf(b.state) - freshnesses.indexOf(a.state) ||
    (a.due ?? Infinity) - (b.due ?? Infinity) ||
    0
  );
}

/** `overdue by 3 days`, `due in 12 days`, `never due`. */
export function dueWords({ state, left }: Due): string {
  if (left === undefined) return 'never due';
  if (state === 'overdue') return left === 0 ? 'due since today' : `overdue by ${counted(-left)}`;
  return left === 0 ? 'due within a day' : `due in ${counted(left)}`;
}

/** `first seen today`, `102 days old`. */
export function ageWords({ age }: Due): string {
  return age === 0 ? 'first seen today' : `${counted(age)} old`;
}

const day = 24 * 60 * 60 * 1000;
/** Days. Of a short life only its last third is `soon`. */
const soon = 14;

function isDays(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostDays;
}

function counted(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
