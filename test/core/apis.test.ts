import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apiOf, apis } from '../../src/core/apis.ts';
import { requestEffects } from '../../src/core/request.ts';
import type { Word } from '../../src/core/shell/words.ts';

const word = (text: string): Word => ({ text, known: true, wild: false, at: [0, 0] });

/** What a request to a service does there, in a word or three. */
function told(line: string): readonly string[] {
  const [method = '', url = '', socket] = line.split(' ');
  return requestEffects({
    method,
    url: word(url),
    headers: [],
    ...(socket !== undefined && { socket: word(socket) }),
  }).flatMap(it => {
    if ('nested' in it) return [`${it.nested} ${'text' in it ? it.text : ''}`];
    switch (it.does) {
      case 'destroy':
        return [`destroy ${it.what} ${it.name ?? ''} ${it.service}${it.all ? ' all' : ''}`];
      case 'change':
      case 'interrupt':
        return [`${it.does} ${it.what} ${it.service}`];
      default:
        return [];
    }
  });
}

/** A request → what it does, beside being sent. */
const table: readonly (readonly [request: string, ...effects: string[]])[] = [
  ['DELETE http://localhost:9200/logs', 'destroy table logs elasticsearch all'],
  ['DELETE http://localhost:9200/_all', 'destroy table _all elasticsearch all'],
  ['DELETE http://localhost:9200/_snapshot/r/s', 'destroy snapshot s elasticsearch'],
  ['DELETE http://localhost:9200/_data_stream/d', 'destroy table d elasticsearch all'],
  ['DELETE http://localhost:9200/a/_doc/1', 'destroy rows 1 elasticsearch'],
  ['DELETE http://localhost:9200/_search/scroll'],
  ['POST http://localhost:9200/a/_delete_by_query', 'destroy rows a elasticsearch all'],
  ['POST http://localhost:9200/a/_close', 'interrupt database elasticsearch'],
  ['POST http://localhost:9200/a/_search'],
  ['POST http://localhost:9200/_reindex'],
  ['PUT http://localhost:9200/a'],
  ['GET http://localhost:9200/a/_search?q=delete'],
  ['DELETE https://opensearch.example.com/logs', 'destroy table logs elasticsearch all'],
  ['DELETE http://localhost:7700/indexes/a', 'destroy table a meilisearch all'],
  ['DELETE http://localhost:7700/indexes/a/documents/1', 'destroy rows 1 meilisearch'],
  ['DELETE http://localhost:8108/collections/a', 'destroy table a typesense all'],
  ['DELETE http://localhost:6333/collections/a', 'destroy table a qdrant all'],
  ['POST http://localhost:6333/collections/a/points/delete', 'destroy rows points qdrant all'],
  ['DELETE http://weaviate.example.com/v1/schema/A', 'destroy table A weaviate all'],
  ['DELETE http://chroma:8000/api/v1/collections/a', 'destroy table a chroma all'],
  ['DELETE http://localhost:5984/a', 'destroy database a couchdb all'],
  ['DELETE http://localhost:5984/a/1', 'destroy rows 1 couchdb'],
  ['DELETE http://localhost:8086/api/v2/buckets/a', 'destroy bucket a influxdb all'],
  ['POST http://localhost:8123/?query=DROP%20TABLE%20a', 'sql DROP TABLE a'],
  ['GET http://localhost:8123/?query=SELECT+1', 'sql SELECT 1'],
  ['DELETE http://localhost:8500/v1/kv/a?recurse', 'destroy rows a consul all'],
  ['PUT http://localhost:8500/v1/kv/a'],
  ['POST http://localhost:2379/v3/kv/deleterange', 'destroy rows deleterange etcd all'],
  ['DELETE http://localhost:8200/v1/secret/metadata/a', 'destroy key a vault'],
  ['PUT http://localhost:8200/v1/sys/seal', 'interrupt service vault'],
  ['DELETE http://localhost:15672/api/queues/%2f/a/contents', 'destroy queue contents rabbitmq all'],
  ['POST http://jenkins.local/job/a/doDelete', 'destroy project a jenkins'],
  ['POST http://jenkins.local/credentials/x/doDelete', 'destroy key x jenkins'],
  ['POST http://jenkins.local/script', 'change service jenkins'],
  ['POST http://jenkins.local/job/a/build'],
  ['DELETE http://localhost/volumes/a /var/run/docker.sock', 'destroy volume a docker'],
  ['POST http://localhost/containers/a/start /var/run/docker.sock'],
  ['DELETE http://localhost/volumes/a', 'destroy volume a api'],
  ['DELETE https://10.0.0.1:6443/api/v1/namespaces/a', 'destroy cluster a kubernetes all'],
  ['DELETE https://10.0.0.1:6443/api/v1/namespaces/a/pods/b', 'destroy container b kubernetes'],
  ['DELETE https://api.github.com/repos/a/b', 'destroy repository b github all'],
  ['DELETE https://api.github.com/repos/a/b/branches/c/protection', 'destroy protection protection github'],
  ['DELETE https://api.github.com/repos/a/b/issues/1/labels/c'],
  ['DELETE https://gitlab.com/api/v4/projects/1', 'destroy project 1 gitlab all'],
  ['DELETE https://api.vercel.com/v9/projects/a', 'destroy project a vercel all'],
  ['DELETE https://api.netlify.com/api/v1/sites/a', 'destroy project a netlify all'],
  ['DELETE https://api.machines.dev/v1/apps/a/volumes/v', 'destroy volume v fly'],
  ['DELETE https://api.heroku.com/apps/a', 'destroy project a heroku all'],
  [
    'POST https://api.cloudflare.com/client/v4/zones/z/purge_cache',
    'destroy cache purge_cache cloudflare all',
  ],
  ['DELETE https://api.digitalocean.com/v2/volumes/a', 'destroy volume a digitalocean'],
  ['DELETE https://api.hetzner.cloud/v1/servers/1', 'destroy service 1 hetzner'],
  ['POST https://api.linode.com/v4/linode/instances/1/backups/cancel', 'destroy backup cancel linode all'],
  ['DELETE https://api.supabase.com/v1/projects/a', 'destroy project a supabase all'],
  ['DELETE https://a.supabase.co/rest/v1/t?id=eq.1', 'destroy rows t supabase'],
  ['DELETE https://a.supabase.co/rest/v1/t', 'destroy rows t supabase all'],
  ['DELETE https://console.neon.tech/api/v2/projects/a', 'destroy project a neon all'],
  ['DELETE https://api.planetscale.com/v1/organizations/o/databases/a', 'destroy database a planetscale all'],
  ['DELETE https://api.stripe.com/v1/customers/c', 'destroy rows c stripe'],
  ['POST https://slack.com/api/conversations.archive', 'destroy resource conversations.archive slack'],
  ['POST https://slack.com/api/chat.postMessage'],
  ['DELETE https://sentry.io/api/0/projects/o/p/', 'destroy project p sentry'],
  ['DELETE https://api.datadoghq.com/api/v1/dashboard/d', 'destroy resource d datadog'],
  ['DELETE https://a.auth0.com/api/v2/users/u', 'destroy access u auth0'],
  ['DELETE https://registry.example.org/a/-rev/1', 'destroy code 1 npm all'],
  ['DELETE https://api.pinecone.io/indexes/a', 'destroy table a pinecone all'],
  ['DELETE https://a-dsn.algolia.net/1/indexes/b', 'destroy table b algolia all'],
  [
    'DELETE https://api.twilio.com/2010-04-01/Accounts/A/IncomingPhoneNumbers/P.json',
    'destroy service P.json twilio',
  ],
  ['DELETE https://api.sendgrid.com/v3/api_keys/a', 'destroy key a sendgrid'],
  ['DELETE https://a.myshopify.com/admin/api/2024-01/products/1.json', 'destroy rows 1.json shopify'],
  ['DELETE https://b.s3.amazonaws.com/a', 'destroy bucket a aws'],
  ['DELETE https://storage.googleapis.com/storage/v1/b/a', 'destroy bucket a google'],
  [
    'DELETE https://management.azure.com/subscriptions/s/resourceGroups/g?api-version=1',
    'destroy project g azure all',
  ],
  ['DELETE http://localhost:3000/api/users/1', 'destroy access 1 api'],
  ['POST http://localhost:3000/api/users'],
];

describe('a request to a service', () => {
  for (const [line, ...effects] of table) test(line, () => assert.deepEqual(told(line), effects));
});

test('every service has a request here', () => {
  const met = new Set(
    table.flatMap(([line]) => {
      const [, url = '', socket] = line.split(' ');
      const { hostname, port } = new URL(url);
      return apiOf(hostname, port ? Number(port) : undefined, socket)?.service ?? [];
    }),
  );
  assert.deepEqual(
    apis.map(({ service }) => service).filter(service => !met.has(service)),
    [],
  );
});

test('no port means two services', () => {
  const ports = apis.flatMap(api => api.ports ?? []);
  assert.deepEqual(
    ports.filter((port, index) => ports.indexOf(port) !== index),
    [],
  );
});
