import type { Interrupted, Resource } from './model.ts';

/** A service that is spoken with by HTTP, and what its requests take away. */
export interface Api {
  /** What findings call it, lower case, as its command line's table does. */
  readonly service: string;
  /** The whole host. */
  readonly hosts?: RegExp;
  /** Where it listens when nobody chose another place: counts on any host. */
  readonly ports?: readonly number[];
  /** The file of its socket. */
  readonly socket?: RegExp;
  /** What no row has is judged by its method and words. Without it, nothing of its own is. */
  readonly rows: readonly ApiRow[];
}

/** The first row that fits counts. `path` is matched with its query, without the host. */
export type ApiRow = {
  /** `DELETE` where it is not said; `*` is any that asks for more than to be told. */
  readonly method?: string;
  readonly path: RegExp;
  /** What stands in it too. */
  readonly also?: RegExp;
} & (
  | { readonly destroys: Resource; readonly all?: true }
  | { readonly changes: Resource }
  | { readonly interrupts: Interrupted }
  /** A statement stands in this parameter of the query, or in the body. */
  | { readonly queries: string; readonly dialect: 'clickhouse' | 'influxdb' }
  | { readonly harmless: true }
);

const one = /[^/?]+/.source;

/** From the services' public references as we know them; not checked against each. */
export const apis: readonly Api[] = [
  {
    service: 'elasticsearch',
    ports: [9200, 9201],
    hosts:
      /(?:^|\.)(?:elasticsearch|opensearch|elastic|es)(?:[.-]|$)|\.es\.amazonaws\.com$|\.elastic-cloud\.com$|\.found\.io$/,
    rows: [
      { path: /^\/_snapshot\/[^/?]+\/[^/?]+/, destroys: 'snapshot' },
      { path: /^\/_snapshot\/[^/?]+/, destroys: 'backup' },
      { path: /^\/_data_stream\//, destroys: 'table', all: true },
      {
        path: /^\/_(?:index_template|template|component_template|ilm\/policy|slm\/policy|ingest\/pipeline|transform|watcher\/watch|security\/\w+)\//,
        destroys: 'resource',
      },
      { path: /^\/(?:_search\/scroll|_async_search|_pit|_tasks|_sql\/close)/, harmless: true },
      { path: new RegExp(`^/${one}/_(?:doc|create)/`), destroys: 'rows' },
      { path: new RegExp(`^/${one}/_alias(?:es)?/`), destroys: 'resource' },
      { path: new RegExp(`^/(?:_all|\\*|${one})/?(?:\\?|$)`), destroys: 'table', all: true },
      { method: 'POST', path: /\/_delete_by_query/, destroys: 'rows', all: true },
      { method: 'POST', path: /\/_update_by_query/, destroys: 'rows', all: true },
      { method: 'POST', path: new RegExp(`^/${one}/_close`), interrupts: 'database' },
      {
        method: 'POST',
        path: /\/_(?:search|msearch|count|refresh|bulk|reindex|analyze|doc|forcemerge|flush|cache|aliases)/,
        harmless: true,
      },
    ],
  },
  {
    service: 'meilisearch',
    ports: [7700],
    hosts: /\.meilisearch\.(?:io|dev|com)$/,
    rows: [
      { path: /^\/indexes\/[^/]+\/documents\/[^/?]+/, destroys: 'rows' },
      { path: /^\/indexes\/[^/]+\/documents\/?(?:\?|$)/, destroys: 'rows', all: true },
      { path: /^\/indexes\/[^/]+\/settings/, destroys: 'resource' },
      { path: /^\/indexes\/[^/?]+/, destroys: 'table', all: true },
      { path: /^\/keys\//, destroys: 'key' },
      { method: 'POST', path: /\/documents\/delete(?:-batch)?/, destroys: 'rows', all: true },
    ],
  },
  {
    service: 'typesense',
    ports: [8108],
    hosts: /\.typesense\.net$/,
    rows: [
      { path: /^\/collections\/[^/]+\/documents\/[^/?]+/, destroys: 'rows' },
      { path: /^\/collections\/[^/]+\/documents/, destroys: 'rows', all: true },
      { path: /^\/collections\/[^/?]+/, destroys: 'table', all: true },
      { path: /^\/keys\//, destroys: 'key' },
    ],
  },
  {
    service: 'qdrant',
    ports: [6333],
    hosts: /\.qdrant\.(?:io|tech)$/,
    rows: [
      { path: /^\/collections\/[^/]+\/snapshots\//, destroys: 'snapshot' },
      { path: /^\/collections\/[^/?]+/, destroys: 'table', all: true },
      { path: /^\/snapshots\//, destroys: 'snapshot' },
      { method: 'POST', path: /\/points\/delete/, destroys: 'rows', all: true },
    ],
  },
  {
    service: 'weaviate',
    hosts: /\.weaviate\.(?:network|cloud)$|^weaviate/,
    rows: [
      { path: /^\/v1\/schema\/[^/?]+/, destroys: 'table', all: true },
      { path: /^\/v1\/objects\//, destroys: 'rows' },
      { path: /^\/v1\/batch\/objects/, destroys: 'rows', all: true },
    ],
  },
  {
    service: 'chroma',
    hosts: /\.trychroma\.com$|^chroma/,
    rows: [{ path: /\/collections\/[^/?]+/, destroys: 'table', all: true }],
  },
  {
    service: 'couchdb',
    ports: [5984],
    hosts: /^couchdb|\.cloudant\.com$/,
    rows: [
      { path: /^\/[^/?]+\/[^/?]+/, destroys: 'rows' },
      { path: /^\/[^/?]+/, destroys: 'database', all: true },
      { method: 'POST', path: /\/_purge/, destroys: 'rows', all: true },
    ],
  },
  {
    service: 'influxdb',
    ports: [8086],
    hosts: /\.influxdata\.com$|^influx/,
    rows: [
      { path: /^\/api\/v2\/buckets\//, destroys: 'bucket', all: true },
      { path: /^\/api\/v2\/orgs\//, destroys: 'project', all: true },
      { method: 'POST', path: /^\/api\/v2\/delete/, destroys: 'rows', all: true },
      { method: 'POST', path: /^\/query.*\bdrop\b/i, destroys: 'table', all: true },
    ],
  },
  {
    service: 'clickhouse',
    ports: [8123, 8443],
    hosts: /\.clickhouse\.cloud$|^clickhouse/,
    rows: [{ method: '*', path: /^/, queries: 'query', dialect: 'clickhouse' }],
  },
  {
    service: 'consul',
    ports: [8500, 8501],
    hosts: /^consul(?:[.-]|$)/,
    rows: [
      { path: /^\/v1\/kv\/.*[?&]recurse/, destroys: 'rows', all: true },
      { path: /^\/v1\/kv\/?(?:\?|$)/, destroys: 'rows', all: true },
      { path: /^\/v1\/kv\//, destroys: 'rows' },
      { path: /^\/v1\/acl\//, destroys: 'access' },
      {
        method: 'PUT',
        path: /^\/v1\/(?:agent\/(?:leave|force-leave|service\/deregister)|catalog\/deregister)/,
        interrupts: 'service',
      },
    ],
  },
  {
    service: 'etcd',
    ports: [2379, 4001],
    hosts: /^etcd/,
    rows: [
      { path: /^\/v2\/keys.*recursive=true/, destroys: 'rows', all: true },
      { path: /^\/v2\/keys\//, destroys: 'rows' },
      { method: 'POST', path: /^\/v3\w*\/kv\/deleterange/, destroys: 'rows', all: true },
    ],
  },
  {
    service: 'vault',
    ports: [8200],
    hosts: /^vault[.-]|\.hashicorp\.cloud$/,
    rows: [
      { path: /^\/v1\/sys\/mounts\//, destroys: 'key', all: true },
      { path: /^\/v1\/[^?]*\/metadata\//, destroys: 'key' },
      { path: /^\/v1\/(?:sys\/policies?|auth)\//, destroys: 'access' },
      { path: /^\/v1\//, destroys: 'key' },
      { method: '*', path: /^\/v1\/sys\/seal/, interrupts: 'service' },
      { method: '*', path: /^\/v1\/[^?]*\/destroy\//, destroys: 'key' },
      { method: '*', path: /^\/v1\/(?:sys\/leases\/revoke|auth\/token\/revoke)/, destroys: 'access' },
    ],
  },
  {
    service: 'rabbitmq',
    ports: [15672, 15671],
    rows: [
      { path: /^\/api\/queues\/[^?]*\/contents/, destroys: 'queue', all: true },
      { path: /^\/api\/(?:queues|exchanges|bindings)\//, destroys: 'queue' },
      { path: /^\/api\/vhosts\//, destroys: 'environment', all: true },
      { path: /^\/api\/(?:users|permissions)\//, destroys: 'access' },
      { path: /^\/api\/connections\//, interrupts: 'service' },
    ],
  },
  {
    service: 'jenkins',
    hosts: /(?:^|\.)(?:jenkins|ci)(?:[.-]|$)/,
    rows: [
      { method: '*', path: /\/credentials\//, also: /\/doDelete/, destroys: 'key' },
      { method: '*', path: /\/(?:computer|label)\//, also: /\/doDelete/, destroys: 'service' },
      { method: '*', path: /\/(?:doDelete|doWipeOutWorkspace|doDeleteAll)/, destroys: 'project' },
      { method: 'POST', path: /\/script(?:Text)?(?:\?|$)/, changes: 'service' },
      {
        method: '*',
        path: /\/(?:safeRestart|restart|exit|safeExit|quietDown)(?:\?|$)/,
        interrupts: 'service',
      },
      { path: /./, destroys: 'project' },
    ],
  },
  {
    service: 'docker',
    ports: [2375, 2376],
    socket: /docker\.sock$|podman\.sock$/,
    rows: [
      { path: /\/volumes\//, destroys: 'volume' },
      { path: /\/containers\//, destroys: 'container' },
      { path: /\/images\//, destroys: 'image' },
      { path: /\/(?:networks|services|secrets|configs|stacks|nodes|swarm)\//, destroys: 'service' },
      { method: 'POST', path: /\/volumes\/prune/, destroys: 'volume', all: true },
      {
        method: 'POST',
        path: /\/(?:containers|images|networks|build)\/prune/,
        destroys: 'container',
        all: true,
      },
      { method: 'POST', path: /\/containers\/[^/]+\/(?:stop|kill|restart|pause)/, interrupts: 'container' },
      { method: 'POST', path: /\/swarm\/leave/, destroys: 'cluster' },
    ],
  },
  {
    service: 'kubernetes',
    ports: [6443, 8001],
    hosts: /^kubernetes(?:\.|$)|\.(?:eks\.amazonaws\.com|azmk8s\.io|k8s\.ondigitalocean\.com)$/,
    rows: [
      { path: /\/namespaces\/[^/?]+\/?(?:\?|$)/, destroys: 'cluster', all: true },
      { path: /\/persistentvolume(?:claim)?s/, destroys: 'volume' },
      { path: /\/(?:secrets|configmaps)/, destroys: 'key' },
      { path: /\/(?:pods|jobs)/, destroys: 'container' },
      { path: /^\/apis?\//, destroys: 'service' },
    ],
  },
  {
    service: 'github',
    hosts: /^api\.github\.com$|^github\.[\w.-]+$/,
    rows: [
      { path: /^\/(?:api\/v3\/)?repos\/[^/]+\/[^/?]+\/?(?:\?|$)/, destroys: 'repository', all: true },
      { path: /\/branches\/[^/]+\/protection|\/rulesets\//, destroys: 'protection' },
      { path: /\/git\/refs\/|\/releases\/|\/tags\//, destroys: 'code' },
      { path: /\/(?:actions\/)?secrets\/|\/keys\//, destroys: 'key' },
      { path: /\/environments\//, destroys: 'environment' },
      { path: /\/(?:collaborators|members|memberships|teams|hooks|invitations)\//, destroys: 'access' },
      { path: /\/(?:packages|actions\/artifacts|actions\/caches|actions\/runs)/, destroys: 'object' },
      {
        path: /\/(?:subscription|notifications|reactions|starred|following|labels|assignees|requested_reviewers|lock)(?:\/|\?|$)|\/user\/starred\//,
        harmless: true,
      },
    ],
  },
  {
    service: 'gitlab',
    hosts: /^gitlab\.[\w.-]+$/,
    rows: [
      { path: /\/protected_(?:branches|tags)\//, destroys: 'protection' },
      { path: /\/repository\/(?:branches|tags|merged_branches)/, destroys: 'code' },
      { path: /\/(?:variables|deploy_keys|deploy_tokens|access_tokens)\//, destroys: 'key' },
      { path: /\/environments\//, destroys: 'environment' },
      { path: /\/registry\/repositories\//, destroys: 'image' },
      { path: /\/(?:projects|groups)\/[^/?]+\/?(?:\?|$)/, destroys: 'project', all: true },
      { path: /\/(?:members|hooks)\//, destroys: 'access' },
    ],
  },
  {
    service: 'vercel',
    hosts: /^api\.vercel\.com$/,
    rows: [
      { path: /\/projects\/[^/]+\/env\//, destroys: 'key' },
      { path: /\/projects\/[^/?]+/, destroys: 'project', all: true },
      { path: /\/(?:deployments|domains|aliases)\//, destroys: 'service' },
      { path: /\/storage\//, destroys: 'database', all: true },
    ],
  },
  {
    service: 'netlify',
    hosts: /^api\.netlify\.com$/,
    rows: [
      { path: /\/sites\/[^/]+\/env/, destroys: 'key' },
      { path: /\/sites\/[^/?]+/, destroys: 'project', all: true },
      { path: /\/(?:deploys|dns_zones)\//, destroys: 'service' },
    ],
  },
  {
    service: 'fly',
    hosts: /^api\.(?:machines\.dev|fly\.io)$|^_api\.internal$/,
    rows: [
      { path: /\/volumes\//, destroys: 'volume' },
      { path: /\/machines\//, destroys: 'service' },
      { path: /\/secrets\//, destroys: 'key' },
      { path: /\/apps\/[^/?]+/, destroys: 'project', all: true },
      { method: 'POST', path: /\/machines\/[^/]+\/(?:stop|suspend|restart)/, interrupts: 'machine' },
    ],
  },
  {
    service: 'heroku',
    hosts: /^api\.heroku\.com$/,
    rows: [
      { path: /^\/addons\/|\/addons\//, destroys: 'database' },
      { path: /\/config-vars/, destroys: 'key' },
      { path: /\/dynos/, interrupts: 'service' },
      { path: /^\/apps\/[^/?]+/, destroys: 'project', all: true },
    ],
  },
  {
    service: 'cloudflare',
    hosts: /^api\.cloudflare\.com$/,
    rows: [
      { path: /\/dns_records\//, destroys: 'service' },
      { path: /\/r2\/buckets\//, destroys: 'bucket' },
      { path: /\/d1\/database\//, destroys: 'database', all: true },
      { path: /\/storage\/kv\/namespaces\/[^/]+\/(?:values|bulk)/, destroys: 'object' },
      { path: /\/storage\/kv\/namespaces\//, destroys: 'database', all: true },
      { path: /\/workers\/scripts\/|\/pages\/projects\//, destroys: 'service' },
      { path: /\/zones\/[^/?]+\/?(?:\?|$)/, destroys: 'service', all: true },
      { method: 'POST', path: /\/purge_cache/, destroys: 'cache', all: true },
    ],
  },
  {
    service: 'digitalocean',
    hosts: /^api\.digitalocean\.com$/,
    rows: [
      { path: /\/volumes/, destroys: 'volume' },
      { path: /\/snapshots\//, destroys: 'snapshot' },
      { path: /\/databases\//, destroys: 'database', all: true },
      { path: /\/kubernetes\/clusters\//, destroys: 'cluster' },
      { path: /\/droplets/, destroys: 'service' },
      { method: 'POST', path: /\/droplets\/[^/]+\/actions/, interrupts: 'machine' },
    ],
  },
  {
    service: 'hetzner',
    hosts: /^api\.hetzner\.cloud$/,
    rows: [
      { path: /\/volumes\//, destroys: 'volume' },
      { path: /\/images\//, destroys: 'snapshot' },
      { path: /\/servers\//, destroys: 'service' },
      { method: 'POST', path: /\/actions\/(?:poweroff|shutdown|reset|reboot)/, interrupts: 'machine' },
      { method: 'POST', path: /\/actions\/(?:rebuild)/, destroys: 'disk' },
      { method: 'POST', path: /\/actions\/disable_backup/, destroys: 'backup', all: true },
    ],
  },
  {
    service: 'linode',
    hosts: /^api\.linode\.com$/,
    rows: [
      { path: /\/volumes\//, destroys: 'volume' },
      { path: /\/disks\//, destroys: 'disk' },
      { path: /\/databases\//, destroys: 'database', all: true },
      { path: /\/lke\/clusters\//, destroys: 'cluster' },
      { method: 'POST', path: /\/backups\/cancel/, destroys: 'backup', all: true },
      { method: 'POST', path: /\/instances\/[^/]+\/rebuild/, destroys: 'disk' },
      { method: 'POST', path: /\/instances\/[^/]+\/(?:shutdown|reboot)/, interrupts: 'machine' },
    ],
  },
  {
    service: 'supabase',
    hosts: /^api\.supabase\.com$|\.supabase\.co$/,
    rows: [
      { path: /\/v1\/projects\/[^/]+\/(?:branches|functions|secrets)/, destroys: 'resource' },
      { path: /\/v1\/projects\/[^/?]+/, destroys: 'project', all: true },
      { path: /\/storage\/v1\/bucket\//, destroys: 'bucket' },
      { path: /\/rest\/v1\//, also: /=(?:eq|in)\./, destroys: 'rows' },
      { path: /\/rest\/v1\//, destroys: 'rows', all: true },
      { path: /\/auth\/v1\/admin\/users\//, destroys: 'access' },
    ],
  },
  {
    service: 'neon',
    hosts: /^console\.neon\.tech$/,
    rows: [
      { path: /\/branches\/[^/]+\/databases\//, destroys: 'database', all: true },
      { path: /\/branches\//, destroys: 'environment' },
      { path: /\/projects\/[^/?]+\/?(?:\?|$)/, destroys: 'project', all: true },
    ],
  },
  {
    service: 'planetscale',
    hosts: /^api\.planetscale\.com$/,
    rows: [
      { path: /\/backups\//, destroys: 'backup' },
      { path: /\/branches\//, destroys: 'environment' },
      { path: /\/databases\/[^/?]+/, destroys: 'database', all: true },
    ],
  },
  {
    service: 'stripe',
    hosts: /^api\.stripe\.com$/,
    rows: [
      {
        path: /\/v1\/(?:customers|subscriptions|products|plans|coupons|invoices|accounts)\//,
        destroys: 'rows',
      },
      {
        method: 'POST',
        path: /\/v1\/(?:refunds|payouts|transfers)|\/(?:cancel|void|reverse)(?:\?|$)/,
        changes: 'rows',
      },
    ],
  },
  {
    service: 'slack',
    hosts: /^slack\.com$/,
    rows: [
      {
        method: '*',
        path: /^\/api\/(?:conversations\.archive|admin\.\w+\.(?:remove|delete)|chat\.delete|files\.delete|conversations\.kick)/,
        destroys: 'resource',
      },
    ],
  },
  { service: 'sentry', hosts: /(?:^|\.)sentry\.io$/, rows: [{ path: /\/projects\//, destroys: 'project' }] },
  { service: 'datadog', hosts: /^api\.(?:[\w-]+\.)?datadoghq\.(?:com|eu)$/, rows: [] },
  { service: 'auth0', hosts: /\.auth0\.com$/, rows: [{ path: /\/users\//, destroys: 'access' }] },
  {
    service: 'npm',
    hosts: /^registry\./,
    rows: [
      { path: /^\/-\/(?:npm\/v1\/tokens|package\/[^/]+\/dist-tags)/, destroys: 'access' },
      { path: /./, destroys: 'code', all: true },
    ],
  },
  {
    service: 'pinecone',
    hosts: /\.pinecone\.io$/,
    rows: [
      { path: /^\/indexes\//, destroys: 'table', all: true },
      { path: /^\/collections\//, destroys: 'backup' },
      { method: 'POST', path: /\/vectors\/delete/, destroys: 'rows', all: true },
    ],
  },
  {
    service: 'algolia',
    hosts: /\.algolia(?:net)?\.(?:net|com)$/,
    rows: [
      { path: /^\/1\/indexes\/[^/]+\/[^/?]+/, destroys: 'rows' },
      { path: /^\/1\/indexes\//, destroys: 'table', all: true },
      { path: /^\/1\/keys\//, destroys: 'key' },
      { method: 'POST', path: /\/(?:clear|deleteByQuery)/, destroys: 'rows', all: true },
    ],
  },
  {
    service: 'twilio',
    hosts: /\.twilio\.com$/,
    rows: [{ path: /\/IncomingPhoneNumbers\//, destroys: 'service' }],
  },
  { service: 'sendgrid', hosts: /^api\.sendgrid\.com$/, rows: [{ path: /\/api_keys\//, destroys: 'key' }] },
  {
    service: 'shopify',
    hosts: /\.myshopify\.com$/,
    rows: [{ path: /\/(?:products|customers|orders|collects)\//, destroys: 'rows' }],
  },
  {
    service: 'aws',
    hosts: /\.amazonaws\.com(?:\.cn)?$/,
    rows: [
      {
        path: /[?&](?:lifecycle|policy|versioning|encryption|publicAccessBlock)(?:[=&]|$)/,
        destroys: 'protection',
      },
      { path: /^\/[^/?]+\/./, destroys: 'object' },
      { path: /^/, destroys: 'bucket' },
      {
        method: '*',
        path: /[?&]Action=(?:Delete|Terminate|Deregister|Remove|Detach|Disable|Revoke)/,
        destroys: 'resource',
      },
    ],
  },
  {
    service: 'google',
    hosts: /\.googleapis\.com$/,
    rows: [
      { path: /^\/storage\/v1\/b\/[^/]+\/o\//, destroys: 'object' },
      { path: /^\/storage\/v1\/b\//, destroys: 'bucket' },
      { path: /\/instances\/[^/]+\/databases\//, destroys: 'database', all: true },
      { path: /^\/(?:sql|v1)\/.*\/instances\//, destroys: 'database', all: true },
      { path: /\/projects\/[^/?]+\/?(?:\?|$)/, destroys: 'project', all: true },
      { method: 'POST', path: /\/instances\/[^/]+\/(?:stop|reset|suspend)/, interrupts: 'machine' },
    ],
  },
  {
    service: 'azure',
    hosts: /^management\.azure\.com$|\.(?:blob|table|queue|vault)\.(?:core\.windows\.net|azure\.net)$/,
    rows: [
      { path: /\/resourceGroups\/[^/?]+\/?(?:\?|$)/i, destroys: 'project', all: true },
      { method: 'POST', path: /\/(?:powerOff|deallocate|restart|stop)(?:\?|$)/, interrupts: 'machine' },
    ],
  },
];

/** Which of them a request goes to. */
export function apiOf(host: string, port: number | undefined, socket?: string): Api | undefined {
  return (
    apis.find(api => socket !== undefined && api.socket?.test(socket)) ??
    apis.find(api => port !== undefined && api.ports?.includes(port)) ??
    apis.find(api => api.hosts?.test(host))
  );
}

/** What a request to it does, by its rows. */
export function rowOf(api: Api, method: string, path: string): ApiRow | undefined {
  return api.rows.find(row => {
    const wanted = row.method ?? 'DELETE';
    const fits = wanted === '*' ? !/^(?:GET|HEAD|OPTIONS)$/.test(method) : wanted === method;
    return (
      (fits || ('queries' in row && method === 'GET')) &&
      row.path.test(path) &&
      (row.also?.test(path) ?? true)
    );
  });
}
