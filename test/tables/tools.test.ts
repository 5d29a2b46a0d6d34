import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { understanding } from '../support/line.ts';
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
];

describe('a tool of an MCP server', () => {
  for (const [name, input, effects] of rows)
    test(`${name} ${JSON.stringify(input)}`, () =>
      assert.deepEqual(
        understand(attemptTo({ kind: 'tool', server: 'files', name, input }), understanding).map(told),
        effects,
      ));
});
