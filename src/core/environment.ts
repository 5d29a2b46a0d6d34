import { star, takesAll } from './hidden.ts';
import type { Reach } from './model.ts';
import { isLocalHost, looksLikeProduction } from './rule.ts';

/** Names of environments, each with globs of what belongs to it: hosts, databases, contexts, profiles, accounts. */
export type Environments = Readonly<Record<string, readonly string[]>>;

/** What is known beside the parts of a reach. */
export interface Known {
  /** A file or a socket of this machine, or an engine that runs on it. */
  readonly here?: boolean;
}

export interface Environment {
  readonly environment?: string;
  readonly production: boolean;
  readonly local: boolean;
}

/**
 * Which environment it is: by a person's patterns, and where none of them fits, production by a cautious reading of
 * the names. Where patterns of several fit, production is what counts.
 */
export function environmentBy(
  environments: Environments,
): (service: string, reach: Reach, known?: Known) => Environment {
  const named = Object.entries(environments).map(([name, globs]) => ({
    name,
    takes: globs.map(takenBy),
  }));
  return (service, reach, { here } = {}) => {
    const fitting = named.filter(({ takes }) => takes.some(takesReach => takesReach(reach)));
    const name = (fitting.find(it => isProductionName(it.name)) ?? fitting[0])?.name;
    const production = name === undefined ? soundsLikeProduction(service, reach) : isProductionName(name);
    const environment = name ?? (production ? 'production' : undefined);
    return {
      ...(environment !== undefined && { environment }),
      production,
      local: !production && (isLocalName(name) || isHere(service, reach, here ?? false)),
    };
  };
}

/** Whether an environment of that name is one where nothing may go wrong. */
export function isProductionName(name: string): boolean {
  return looksLikeProduction(name);
}

/** The parts of a reach that name something; a region is the same for everybody. */
function parts(reach: Reach): readonly (readonly [part: string, name: string])[] {
  return Object.entries(reach).filter(
    (it): it is [string, string] => it[0] !== 'region' && typeof it[1] === 'string',
  );
}

/** What a reach can name. */
export const reachParts: ReadonlySet<string> = new Set<keyof Reach>([
  'host',
  'database',
  'environment',
  'project',
  'context',
  'namespace',
  'profile',
  'account',
  'branch',
  'region',
  'variable',
]);

/** `*.prod.example.com` is any part, `account:1234*` an account. Upper and lower case are the same. */
function takenBy(pattern: string): (reach: Reach) => boolean {
  const colon = pattern.indexOf(':');
  const only = colon > 0 && reachParts.has(pattern.slice(0, colon)) ? pattern.slice(0, colon) : undefined;
  const glob = (only === undefined ? pattern : pattern.slice(colon + 1)).toLowerCase();
  const steps = Array.from(glob, it => (it === '*' ? star : it));
  return reach =>
    Object.entries(reach).some(
      ([part, name]) =>
        (only === undefined || only === part) &&
        typeof name === 'string' &&
        takesAll(steps, name.toLowerCase(), (step, character) => step === '?' || step === character),
    );
}

/** Branches of databases that are production unless somebody said otherwise. */
const productionBranches: Readonly<Record<string, RegExp>> = {
  neon: /^(?:main|master)$/i,
  planetscale: /^(?:main|master)$/i,
};

function soundsLikeProduction(service: string, reach: Reach): boolean {
  return parts(reach).some(([part, name]) => {
    if (part === 'branch' && productionBranches[service]?.test(name)) return true;
    // A branch of a repository is named for what is done on it: `fix/prod-login` is no production.
    if (part === 'branch' && service === 'git') return /^(?:prod|production|live)$/i.test(name);
    return looksLikeProduction(part === 'database' ? lastOf(name) : name);
  });
}

/** Of a file, its name: in which folders it lies says nothing about it. */
function lastOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}

function isLocalName(name: string | undefined): boolean {
  return name !== undefined && /^(?:local|localhost|dev|development|test|testing|ci)$/i.test(name);
}

function isHere(service: string, { host, context }: Reach, here: boolean): boolean {
  if (host === undefined || host === '') return here;
  // A company's clusters are on private networks too.
  if (clusters.has(service)) return isLoopback(host) || (isLocalHost(host) && isLocalCluster(context));
  return host.split(',').every(it => isLocalHost(it) || isComposed(it));
}

const clusters: ReadonlySet<string> = new Set([
  'kubernetes',
  'helm',
  'argocd',
  'flux',
  'velero',
  'kustomize',
]);

function isLoopback(host: string): boolean {
  return /^(?:localhost|0\.0\.0\.0|::1|\[::1\]|127(?:\.\d{1,3}){3}|kubernetes\.docker\.internal)$/i.test(
    host,
  );
}

/** The names that the makers of clusters for development give to their contexts. */
function isLocalCluster(context: string | undefined): boolean {
  return /^(?:minikube|docker-desktop|rancher-desktop|orbstack|microk8s|colima\b.*|kind-.+|k3d-.+)$/.test(
    context ?? '',
  );
}

/** The names that compose files give to the services of a development machine; no name server knows them. */
function isComposed(host: string): boolean {
  return /^(?:db|database|postgres|postgresql|pg|mysql|mariadb|mongo|mongodb|redis|valkey|mssql|sqlserver|clickhouse|cassandra|elasticsearch|opensearch|minio|localstack|rabbitmq|kafka|memcached)$/i.test(
    host,
  );
}
