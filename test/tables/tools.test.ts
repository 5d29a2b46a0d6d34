import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { understanding } from '../support/line.ts';
import type { ToolHints } from '../../src/core/model.ts';
import { understand } from '../../src/core/understand.ts';
import { attemptTo } from '../support/line.ts';
import { told } from '../support/told.ts';

/** Tools of MCP servers, by what their names and inputs say: name, input, effects. */
const rows: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['read_file', { path: '.env' }, ['read .env']],
  ['read_text_file', { path: '/work/project/.env', head: 5 }, ['read .env']],
  ['read_media_file', { path: 'a.png' }, ['read a.png']],
  ['read_multiple_files', { paths: ['a', '.env'] }, ['read a', 'read .env']],
  ['get_file_info', { path: '.env' }, ['read .env']],
  ['read_resource', { uri: 'file:///work/project/%2Eenv' }, ['read .env']],
  ['read_resource', { uri: 'FILE://localhost/work/project/.env#1' }, ['read .env']],
  ['read_resource', { uri: 'https://example.com/.env' }, []],
  ['search_files', { path: '.', pattern: 'TOKEN' }, ['search . for TOKEN, ignored files too']],
  ['list_directory', { path: 'src' }, ['list src']],
  ['directory_tree', { path: 'src' }, ['list src']],
  ['write_file', { path: 'a', content: 'b' }, ['write a edit']],
  ['edit_file', { path: 'a', edits: [{ oldText: 'b', newText: 'c' }] }, ['write a edit']],
  [
    'move_file',
    { source: '.env', destination: 'b' },
    ['read .env', 'write .env edit', 'read b', 'write b edit'],
  ],
  ['send_mail', { to: 'somebody', attachments: [{ path: '.env' }] }, ['read somebody', 'read .env']],
  ['upload', { files: ['.env'] }, ['read .env']],
  ['convert_to_markdown', { uri: 'file:///work/project/server.pem' }, ['read server.pem']],
  ['navigate', { url: 'file:///work/project/.env' }, ['read .env']],
  ['navigate', { url: 'https://example.com/' }, []],
  ['echo', { text: 'path' }, []],
  ['anything', [{ path: '.env' }], []],
  ['run_select', { sql: 'DROP TABLE a' }, ['destroy table a (sql)']],
  ['write_query', { query: 'DELETE FROM a' }, ['destroy rows a (sql) all']],
  ['batch', { statements: [{ sql: 'SELECT 1' }, { sql: 'TRUNCATE a' }] }, ['destroy rows a (sql) all']],
  ['find', { query: 'drop me a line' }, []],
  ['start_process', { command: 'rm', args: ['-rf', 'it s'] }, ['delete it s deep']],
  [
    'http_request',
    { method: 'DELETE', url: 'https://api.example.com/v1/volumes/v-1' },
    ['send api.example.com DELETE', 'destroy volume v-1 (api) at api.example.com'],
  ],
  ['fetch', { url: 'https://example.com/' }, ['fetch example.com']],
  ['post', { url: 'https://example.com/', body: { a: 1 } }, ['send example.com POST']],
  [
    'api_call',
    {
      endpoint: 'https://api.example.com/graphql',
      method: 'POST',
      body: { query: 'mutation { volumeDelete(volumeId: "v") }' },
    },
    ['send api.example.com POST', 'destroy volume v (graphql) at api.example.com'],
  ],
  ['volume_delete', { id: 'v' }, ['call files volume_delete']],
];

/** What their servers say of them: hints, server, name, input, effects. */
const hinted: readonly (readonly [ToolHints, string, string, unknown, readonly string[]])[] = [
  [{ destructive: true }, 'disks', 'tidy', {}, ['call disks tidy']],
  [{ destructive: true }, 'disks', 'write_file', { path: 'a' }, ['write a edit']],
  [{}, 'disks', 'tidy', {}, []],
  [{ fields: { q: 'statement' } }, 'it', 'ask', { q: 'DROP TABLE a' }, ['destroy table a (sql)']],
  [{ fields: { what: 'path' } }, 'it', 'show', { what: '.env' }, ['read .env']],
  [{ fields: { what: 'line' } }, 'it', 'go', { what: 'rm -rf a' }, ['delete a deep']],
  [{}, 'it', 'ask', { q: 'DROP TABLE a' }, []],
  [{}, 'my-postgres', 'ask', { query: 'DROP TABLE a' }, ['destroy table a (sql)']],
];

describe('a tool of an MCP server', () => {
  for (const [name, input, effects] of rows)
    test(`${name} ${JSON.stringify(input)}`, () =>
      assert.deepEqual(
        understand(attemptTo({ kind: 'tool', server: 'files', name, input }), understanding).map(told),
        effects,
      ));
  for (const [hints, server, name, input, effects] of hinted)
    test(`${server} ${name} ${JSON.stringify(input)}, of which it says ${JSON.stringify(hints)}`, () =>
      assert.deepEqual(
        understand(attemptTo({ kind: 'tool', server, name, input, hints }), understanding).map(told),
        effects,
      ));
});
