import {
  sqlDialects,
  type CredentialFact,
  type Does,
  type Effect,
  type Facts,
  type PathFact,
  type Place,
  type Reach,
  type ReachFact,
  type Recognised,
  type Resource,
  type Search,
  type SearchFact,
} from './model.ts';

type Minds = (effect: Effect, facts: Facts) => boolean;
type Of<D extends Does> = Effect & { readonly does: D };

/** A predicate over effects of one kind: `does('publish', it => it.force === 'yes')`. */
export function does<D extends Does>(
  kind: D,
  minds: (effect: Of<D>, facts: Facts) => boolean = () => true,
): Minds {
  return (effect, facts) => effect.does === kind && minds(effect as Of<D>, facts);
}

export function any(...minds: readonly Minds[]): Minds {
  return (effect, facts) => minds.some(minded => minded(effect, facts));
}

/**
 * The credentials in a text that somebody keeps and handed to nobody here. What stood before in the file that the text is
 * written to is not carried anywhere.
 */
export function borrowedIn({ text, path }: Of<'mention'>, facts: Facts): readonly Recognised[] {
  const there = path === undefined ? [] : [path, factOf(path, facts).real];
  const known = facts.mentions.get(text)?.known ?? [];
  return known.filter(it => !it.handed && !it.files.some(file => there.includes(file)));
}

/** Whether it opens nothing but tests or what runs on this machine. */
export function isForTests({ rating }: Pick<CredentialFact, 'rating'>): boolean {
  return rating?.stage === 'test';
}

/** What is known of a path. A path nobody could tell about lies outside of everything. */
export function factOf(path: string, facts: Facts): PathFact {
  return facts.paths.get(path) ?? unlooked(path);
}

/** What is taken to be so of a path at which nobody could look. */
export function unlooked(path: string): PathFact {
  return { real: path, exists: true, folder: true, place: 'outside' };
}

export function liesIn(path: string, facts: Facts, ...places: readonly Place[]): boolean {
  return places.includes(factOf(path, facts).place);
}

/** Whether the world looked and there is nothing there; not for a name that is not fully known, such as `$DIR/x`. */
export function isMissing(path: string, facts: Facts): boolean {
  return !/[$`]/.test(path) && facts.paths.get(path)?.exists === false;
}

/** Which hidden files a search would show. Where nobody could tell, what it searches. */
export function shownBy(search: Search, facts: Facts): SearchFact {
  return facts.searches.get(searchKey(search)) ?? { shows: facts.failed.length ? [search.path] : [] };
}

/** By what the answer to a search question is found again. */
export function searchKey({ path, query, regex, include, ignored, shown }: Search): string {
  return JSON.stringify([path, query, regex, include ?? null, ignored, ...(shown ? [shown] : [])]);
}

/** By what the answer about what an effect reaches is found again. */
export function reachKey(service: string, reach: Reach): string {
  return JSON.stringify([service, Object.entries(reach).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** By what the answer about a secret is found again. */
export function secretKey(name: string, from: string): string {
  return JSON.stringify([name, from]);
}

/** What an effect reaches, with what the machine adds; as the attempt says it where nobody could tell. */
export function reachedBy(effect: Effect, facts: Facts): ReachFact | undefined {
  if (!('reach' in effect) || !effect.reach) return undefined;
  const { reach } = effect;
  const known = facts.reaches.get(reachKey(serviceOf(effect), reach));
  if (known) return known;
  const production = looksLikeProduction(...Object.values(reach));
  return {
    reach,
    ...(production && { environment: 'production' }),
    production,
    local: !production && reach.host !== undefined && isLocalHost(reach.host),
  };
}

/** The service whose configuration says where an effect goes; a request goes where its URL says. */
export function serviceOf(effect: Effect): string {
  if (effect.does === 'publish') return effect.what === 'commits' ? 'git' : (effect.name ?? 'http');
  return 'service' in effect ? effect.service : 'http';
}

/** What a loss is mended with, and what holds everything else: never taken away on a quick yes. */
export function isGravest(what: Resource): boolean {
  return gravest.has(what);
}

const gravest: ReadonlySet<Resource> = new Set([
  'volume',
  'disk',
  'backup',
  'snapshot',
  'key',
  'protection',
  'database',
  'cluster',
  'namespace',
  'project',
  'environment',
  'repository',
]);

/** Between separators, digits and the humps of a name: `api-prod-2`, `prodDb`, `liveOrders`. */
const productionName = /(?:^|[^a-z])(?:prod|production|prd|live)(?:[^a-z]|$)/i;
const productionHump =
  /(?:[a-z](?:Prod|Production|Prd|Live)|(?:^|[^A-Za-z])(?:prod|production|prd|live|Prod|Production|Prd)(?=[A-Z]))(?![a-z])/;
const notProduction = /(?:^|[^a-z])(?:non|not|no)[-_. ]?(?:prod|production|prd|live)(?![a-z])/gi;

/** Whether a name looks like production to a cautious reader. A person's own patterns come before this one. */
export function looksLikeProduction(...names: readonly (string | undefined)[]): boolean {
  return names.some(name => {
    const left = name?.replace(notProduction, ' ');
    return left !== undefined && (productionName.test(left) || productionHump.test(left));
  });
}

/**
 * Loopback, private ranges (RFC 1918, 4193, 6762) and names that only a local network knows. A name that looks like
 * production is never local.
 */
export function isLocalHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    /^(?:localhost|0\.0\.0\.0|::1?|127(?:\.\d{1,3}){1,3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})$/.test(
      name,
    ) ||
    (/\.(?:local|localhost|internal|test)$/.test(name) && !looksLikeProduction(name)) ||
    /^f[cd][0-9a-f]{2}:/.test(name)
  );
}

/** The services that are databases: the dialects, `sql` for one that nothing names, and stores that speak no SQL. */
export function isDatabase(service: string): boolean {
  return databases.has(service);
}

const databases: ReadonlySet<string> = new Set([
  ...sqlDialects,
  'sql',
  'redis',
  'mongodb',
  'cassandra',
  'influxdb',
  'etcd',
  'consul',
  'neo4j',
  'memcached',
]);
