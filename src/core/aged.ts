import {
  ageWords,
  byUrgency,
  daysFor,
  due,
  dueWords,
  type Due,
  type RotationDays,
  type Sighting,
} from './ages.ts';
import { gravity, ratingWords } from './rating.ts';
import type { Secret } from './report.ts';

/** A secret with what is remembered of it. */
export interface Aged {
  readonly secret: Secret;
  /** Absent where it was never noted. */
  readonly sighting?: Sighting;
  readonly due?: Due;
}

/** What is known of the age of secrets, by fingerprint, after how many days they are to be replaced, and the time. */
export interface KnownAges {
  readonly sightings: ReadonlyMap<string, Sighting>;
  readonly days: RotationDays;
  readonly now: number;
}

export function aged(
  secret: Secret,
  sightings: ReadonlyMap<string, Sighting>,
  days: RotationDays,
  now: number,
): Aged {
  const sighting = sightings.get(secret.fingerprint);
  if (!sighting) return { secret };
  return {
    secret,
    sighting,
    due: due(sighting.firstSeen, daysFor(days, secret.detector, secret.provider), now),
  };
}

/** How a secret is told: `error` is what opens everything of a live account, `information` what is for tests or no certain one. */
export function grade({ rating, sure, ignored }: Secret): 'error' | 'warning' | 'information' | undefined {
  if (ignored !== undefined) return undefined;
  if (!sure || rating.stage === 'test') return 'information';
  return rating.reach === 'blanket' && rating.stage === 'live' ? 'error' : 'warning';
}

/** For sorting: the gravest first, then what is due first, then by place. */
export function gravestFirst(a: Aged, b: Aged): number {
  return weight(b.secret) - weight(a.secret) || byDue(a, b) || byPlace(a.secret, b.secret);
}

/** For sorting: what is overdue first, then what is due soon; among equals the gravest. */
export function pressingFirst(a: Aged, b: Aged): number {
  return byDue(a, b) || gravestFirst(a, b);
}

/** `blanket, live; overdue by 12 days`. Never anything of the value. */
export function agedWords({ secret: { rating, sure, ignored }, due: its }: Aged): string {
  return [
    ratingWords(rating),
    ...(sure ? [] : ['not certain']),
    ...(its ? [its.state === 'fresh' ? ageWords(its) : dueWords(its)] : []),
    ...(ignored === undefined ? [] : [`ignored: ${ignored}`]),
  ].join('; ');
}

const grades = ['information', 'warning', 'error'] as const;

/** What is not certain never comes before what is. */
function weight(secret: Secret): number {
  const its = grade(secret);
  return (its ? grades.indexOf(its) : -1) * 1_000 + gravity(secret.rating);
}

function byDue(a: Aged, b: Aged): number {
  if (!a.due || !b.due) return Number(!a.due) - Number(!b.due);
  return byUrgency(a.due, b.due);
}

function byPlace(a: Secret, b: Secret): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}
