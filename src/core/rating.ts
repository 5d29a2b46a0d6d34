import { dayOf } from './calendar.ts';
import type { Detector } from './detector.ts';
import type { Rating } from './model.ts';
import { nameIn } from './named.ts';
import { looksLikeProduction } from './rule.ts';

/**
 * What a credential could do, by what it tells itself, its line (`before` and `after` it) and the file it stands in. Nobody is asked,
 * nothing is tried.
 */
export function rated(
  { provider, rate }: Pick<Detector, 'provider' | 'rate'>,
  value: string,
  before: string,
  path: string,
  after = '',
): Rating {
  const told = rate?.(value, before, after) ?? {};
  const environment = told.environment ?? environmentIn(nameIn(before)) ?? environmentIn(fileOf(path));
  const stage = told.stage ?? (environment === 'production' ? 'live' : 'unknown');
  return {
    provider,
    reach: 'unknown',
    lasts: 'unknown',
    ...told,
    stage,
    ...(environment !== undefined && { environment }),
  };
}

/**
 * The graver the higher: what opens everything of a live account for good is on top. What is unknown counts as the
 * worse, and stands behind what is known to be so.
 */
export function gravity({ reach, stage, lasts, environment }: Rating): number {
  return (
    worse(reach, 'blanket', 'scoped') * 9 +
    worse(stage, 'live', 'test') * 6 +
    worse(lasts, 'long', 'session') * 3 +
    (environment === 'production' ? 2 : 0)
  );
}

function worse(part: string, worst: string, best: string): number {
  return part === worst ? 4 : part === best ? 0 : 3;
}

/** The same in short words for a person: `blanket, live, production`. */
export function ratingWords({ reach, stage, lasts, expires, environment }: Rating): string {
  return [
    reach === 'unknown' ? 'reach unknown' : reach,
    ...(stage === 'unknown' ? [] : [stage]),
    ...(lasts === 'session' ? ['short-lived'] : []),
    ...(environment === undefined || environment === stage ? [] : [environment]),
    ...(expires === undefined ? [] : [`ends ${dayOf(expires)}`]),
  ].join(', ');
}

/** What a credential tells of itself. */
export type Told = Partial<Omit<Rating, 'provider'>>;

/** Opens everything of an account, until somebody revokes it. */
export const blanket = (): Told => ({ reach: 'blanket', lasts: 'long' });
/** Opens one thing, or what its owner chose for it, until somebody revokes it. */
export const scoped = (): Told => ({ reach: 'scoped', lasts: 'long' });
/** Its reach was chosen when it was made, and it does not say how. */
export const long = (): Told => ({ lasts: 'long' });
/** Ends by itself within hours. */
export const session = (): Told => ({ lasts: 'session' });
export const blanketLive = (): Told => ({ reach: 'blanket', stage: 'live', lasts: 'long' });
export const scopedLive = (): Told => ({ reach: 'scoped', stage: 'live', lasts: 'long' });

const environments: readonly (readonly [name: string, said: RegExp])[] = [
  ['staging', /(?:^|[^a-z])(?:staging|stage|stg|preprod|preview|uat)(?:[^a-z]|$)/i],
  ['test', /(?:^|[^a-z])(?:test|tests|testing|ci|qa|sandbox)(?:[^a-z]|$)/i],
  ['development', /(?:^|[^a-z])(?:dev|develop|development|local|localhost)(?:[^a-z]|$)/i],
];

/** The environment a name speaks of: `.env.production`, `STAGING_DB_URL`, `db-prod.example.com`. */
export function environmentIn(name: string): string | undefined {
  if (looksLikeProduction(name)) return 'production';
  return environments.find(([, said]) => said.test(name))?.[0];
}

/** The file's name and the folder it lies in: `production/app.env`. */
function fileOf(path: string): string {
  return path.split(/[\\/]/).slice(-2).join('/');
}
