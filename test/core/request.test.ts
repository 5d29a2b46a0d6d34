import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Said } from '../../src/core/program.ts';
import { requestEffects } from '../../src/core/request.ts';
import type { Word } from '../../src/core/shell/words.ts';

const word = (text: string): Word => ({ text, known: true, wild: false, at: [0, 0] });

interface Row {
  readonly method?: string;
  readonly url: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly user?: string;
  readonly does: readonly string[];
}

/** Effects in a word or three. */
function told(said: Said): string {
  if ('nested' in said) return 'nested';
  switch (said.does) {
    case 'destroy':
      return `destroy ${said.what} ${said.name} ${said.service} ${said.reach?.host}`;
    case 'carry':
      return `carry ${said.credential.kind} ${said.credential.value ?? `$${said.credential.variable}`} ${said.reach.host}`;
    case 'send':
      return `send ${said.method} ${said.reach.host}`;
    case 'fetch':
      return `fetch ${said.reach.host}`;
    default:
      return said.does;
  }
}

const graphql = (query: string) => JSON.stringify({ query });
const api = 'https://api.example.com';
const rows: readonly Row[] = [
  { url: `${api}/v1/x`, does: ['fetch api.example.com'] },
  { method: 'HEAD', url: `${api}/v1/x`, does: ['fetch api.example.com'] },
  { method: 'POST', url: `${api}/v1/x`, does: ['send POST api.example.com'] },
  {
    method: 'DELETE',
    url: `${api}/v1/volumes/v-1?force=1`,
    does: ['send DELETE api.example.com', 'destroy volume v-1 api api.example.com'],
  },
  {
    method: 'DELETE',
    url: `${api}/v1/volume-backups/b-1`,
    does: ['send DELETE api.example.com', 'destroy backup b-1 api api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/v1/deleteUser`,
    does: ['send POST api.example.com', 'destroy access deleteUser api api.example.com'],
  },
  { method: 'GET', url: `${api}/v1/deleted-users`, does: ['fetch api.example.com'] },
  {
    method: 'DELETE',
    url: 'api.example.com',
    does: ['send DELETE api.example.com', 'destroy resource api.example.com api api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: graphql('query { me { name } }'),
    does: ['send POST api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: graphql('mutation { volumeDelete(volumeId: "v-1") }'),
    does: ['send POST api.example.com', 'destroy volume v-1 graphql api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/x`,
    body: graphql('mutation M { a: projectDelete(id: "p") serviceCreate(name: "s") }'),
    does: ['send POST api.example.com', 'destroy project p graphql api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: 'mutation { backupDelete }',
    does: ['send POST api.example.com', 'destroy backup backupDelete graphql api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: `[${graphql('mutation { serviceDelete(id: "s") }')}]`,
    does: ['send POST api.example.com', 'destroy service s graphql api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: '{"query":"mutation { volumeDelete(volumeId: $V }"}',
    does: ['send POST api.example.com', 'destroy volume volumeDelete graphql api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: '$BODY',
    does: ['send POST api.example.com', 'unknown'],
  },
  {
    url: `${api}/x`,
    headers: ['Authorization: Bearer 0123456789', 'Accept: */*'],
    does: ['fetch api.example.com', 'carry authorization 0123456789 api.example.com'],
  },
  {
    url: `${api}/x`,
    headers: ['Authorization: Bearer $TOKEN'],
    does: ['fetch api.example.com', 'carry authorization $TOKEN api.example.com'],
  },
  {
    url: `${api}/x`,
    headers: ['X-Api-Key: ${KEY}'],
    does: ['fetch api.example.com', 'carry x-api-key $KEY api.example.com'],
  },
  {
    url: `${api}/x`,
    user: 'me:secret',
    does: ['fetch api.example.com', 'carry login secret api.example.com'],
  },
  {
    url: `${api}/x?access_token=abc&y=1`,
    does: ['fetch api.example.com', 'carry access_token abc api.example.com'],
  },
  {
    url: 'https://me:secret@api.example.com:8443/x',
    does: ['fetch api.example.com', 'carry login secret api.example.com'],
  },
  { url: 'http://[::1]:8080/x', does: ['fetch [::1]'] },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: `[${graphql('query { me }')},${graphql('mutation { volumeDelete(id: "v-1") }')}]`,
    does: ['send POST api.example.com', 'destroy volume v-1 graphql api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: JSON.stringify({ query: 'mutation M($i: ID!) { volumeDelete(id: $i) }', variables: { i: 'v-1' } }),
    does: ['send POST api.example.com', 'destroy volume v-1 graphql api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: JSON.stringify({ extensions: { persistedQuery: { version: 1 } } }),
    does: ['send POST api.example.com', 'unknown'],
  },
  {
    method: 'POST',
    url: `${api}/graphql`,
    body: graphql('mutation { serviceUpdate(id: "s", input: { deletionProtection: false }) { id } }'),
    does: ['send POST api.example.com', 'destroy protection s graphql api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/rpc`,
    body: '{"jsonrpc":"2.0","method":"volume.delete","params":["v-1"]}',
    does: ['send POST api.example.com', 'destroy volume volume.delete api api.example.com'],
  },
  {
    method: 'POST',
    url: `${api}/rpc`,
    body: '{"jsonrpc":"2.0","method":"volume.list","params":[]}',
    does: ['send POST api.example.com'],
  },
  {
    method: 'PATCH',
    url: `${api}/v1/databases/d`,
    body: '{"deletion_protection":false}',
    does: ['send PATCH api.example.com', 'destroy protection deletion_protection api api.example.com'],
  },
  {
    method: 'PUT',
    url: `${api}/v1/buckets/b`,
    body: '{"versioning":{"status":"Suspended"}}',
    does: ['send PUT api.example.com', 'destroy protection versioning api api.example.com'],
  },
  {
    method: 'PATCH',
    url: `${api}/v1/databases/d`,
    body: '{"deletion_protection":true,"name":"x"}',
    does: ['send PATCH api.example.com'],
  },
  { method: 'POST', url: `${api}/auth/reset-password`, body: 'a=b', does: ['send POST api.example.com'] },
  ...['password', 'changeme', '<token>', 'YOUR_API_KEY', 'your-token', 'xxx', '{{ token }}', '...'].map(
    placeholder => ({
      url: `${api}/x`,
      headers: [`Authorization: Bearer ${placeholder}`],
      does: ['fetch api.example.com'],
    }),
  ),
];

describe('a request', () => {
  for (const { method = 'GET', url, headers = [], body, user, does } of rows)
    test(`${method} ${url} ${headers.join(' ')}${body ?? ''}`, () =>
      assert.deepEqual(
        requestEffects({
          method,
          url: word(url),
          headers: headers.map(word),
          ...(body !== undefined && { body: word(body) }),
          ...(user !== undefined && { user: word(user) }),
        }).map(told),
        does,
      ));
});
