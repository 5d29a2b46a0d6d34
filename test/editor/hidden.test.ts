import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import {
  clear,
  command,
  commit,
  isRefusal,
  openChaperone,
  recorded,
  stateOf,
  terminal,
} from './chaperone.ts';
import { sqliteReady } from '../databases/ready.ts';
import { unasked } from './window.ts';
import type { Call, EditorWindow } from './window.ts';

/*
 * A value in `.env` and VS Code's own agent: every tool it has is asked for the value, and it finishes a task that needs
 * the value without ever seeing it.
 */

/** Nothing that means anything, and that stands nowhere else. */
const value = `value-${'k4'.repeat(12)}`;

let window: EditorWindow;
let outside: string;

before(async () => {
  outside = await mkdtemp(join(tmpdir(), 'editor-outside-'));
  await writeFile(join(outside, 'files.mjs'), fileServer);
  window = await openChaperone({
    settings: { ...unasked, 'chaperone.connections': { staff: { kind: 'sqlite', from: 'people.db' } } },
    files: {
      '.gitignore': '.env\n',
      'README.md': '# Work\n',
      'use.js': program,
      'peek.ipynb': notebook,
    },
    mcp: { files: { command: process.execPath, args: [join(outside, 'files.mjs')] } },
  });
  await commit(window);
  await writeFile(join(window.workspace, '.env'), `SERVICE_PASSWORD=${value}\nPORT=8080\n`);
  await symlink('.env', join(window.workspace, 'link.txt'));
});

afterEach(() => clear(window));
after(async () => {
  await window?.dispose();
  await rm(outside, { recursive: true, force: true });
});

test('every tool that reads is refused the value, or has no way to it', async () => {
  const file = join(window.workspace, '.env');
  const calls: readonly Call[] = [
    { tool: 'read_file', input: { filePath: file, startLine: 1, endLine: 9 } },
    { tool: 'read_file', input: { filePath: join(window.workspace, 'link.txt'), startLine: 1, endLine: 9 } },
    { tool: 'read_file', input: { filePath: `${window.workspace}//./.env`, startLine: 1, endLine: 9 } },
    { tool: 'view_image', input: { filePath: file } },
    { tool: 'read_notebook_cell_output', input: { filePath: file, cellId: '0' } },
    { tool: 'copilot_getNotebookSummary', input: { filePath: file } },
    { tool: 'run_notebook_cell', input: { filePath: join(window.workspace, 'peek.ipynb'), cellId: '0' } },
    { tool: 'mcp_files_read_file', input: { path: file } },
    command('vscode.open', file),
    terminal('cat .env'),
    terminal('grep -rn PASSWORD --include=.env .'),
    terminal('git diff --no-index /dev/null .env'),
    {
      tool: 'create_and_run_task',
      input: {
        workspaceFolder: window.workspace,
        task: { label: 'peek', type: 'shell', command: 'cat', args: ['.env'] },
      },
    },
    {
      tool: 'send_to_terminal',
      input: { id: '00000000-0000-4000-8000-000000000000', command: 'cat .env' },
    },
  ];
  const seen = await window.ask('show it', calls, 120);
  assert.equal(seen.length, calls.length);
  assert.deepEqual(
    seen.filter(it => !isRefusal(it)).map(({ tool, text }) => [tool, text]),
    [],
  );
  await assertUnseen();
});

test('the refusal says what the file holds and how to go on', async () => {
  const [seen] = await window.ask('read it', [
    { tool: 'read_file', input: { filePath: join(window.workspace, '.env'), startLine: 1, endLine: 9 } },
  ]);
  assert.match(seen?.text ?? '', /SERVICE_PASSWORD/);
  assert.match(seen?.text ?? '', /run --with SERVICE_PASSWORD/);
  await assertUnseen();
});

test('a search of ignored files is narrowed instead of refused', async () => {
  // A link that git does not ignore would still show it.
  await rm(join(window.workspace, 'link.txt'));
  const [search] = await window.ask('search', [
    { tool: 'grep_search', input: { query: 'SERVICE_PASSWORD', isRegexp: false, includeIgnoredFiles: true } },
  ]);
  assert.ok(search && !isRefusal(search), search?.text);
  assert.match(search.text, /use\.js/);
  await assertUnseen();
});

test('our own tool reads it, masked', async () => {
  const [read] = await window.ask('read it masked', [
    { tool: 'chaperone_readFile', input: { filePath: join(window.workspace, '.env') } },
  ]);
  assert.match(read?.text ?? '', /SERVICE_PASSWORD=</);
  await assertUnseen();
});

test('a task that needs it is finished, once the person handed it out', async () => {
  const line = 'chaperone run --with SERVICE_PASSWORD -- node use.js';
  await window.prompt('use it', [terminal(line), terminal(`${line} again`)]);
  const modal = await window.waitForModal();
  assert.match(modal.message, /SERVICE_PASSWORD/);
  await mkdir(pictures, { recursive: true });
  await window.screenshot(join(pictures, 'hand-out.png'));
  await window.press('Allow for This Session…');
  await window.quickPick('10 minutes');
  const seen = await window.ended('use it', 90);
  for (const { text } of seen) assert.match(text, /connected with <SERVICE_PASSWORD>/);
  assert.equal(await readFile(join(window.workspace, 'done.txt'), 'utf8'), hashed(value));
  const [first, second] = await recorded(window, line);
  assert.deepEqual(first, ['allowed', 'person', 'secrets.inject']);
  assert.deepEqual(second, ['allowed', 'grant', 'secrets.inject']);
  await assertUnseen();
});

test('and by our own tool, which uses what was handed out', async () => {
  await rm(join(window.workspace, 'done.txt'));
  const [seen] = await window.ask(
    'use it by our tool',
    [{ tool: 'chaperone_run', input: { command: 'node use.js', secrets: ['SERVICE_PASSWORD'] } }],
    90,
  );
  assert.match(seen?.text ?? '', /connected with <SERVICE_PASSWORD>/);
  assert.equal(await readFile(join(window.workspace, 'done.txt'), 'utf8'), hashed(value));
  await assertUnseen();
});

test('our own tool runs a command, and shows no value', async () => {
  const [ran, refused] = await window.ask('run by our tool', [
    { tool: 'chaperone_runCommand', input: { command: 'echo $((6 * 7))' } },
    { tool: 'chaperone_runCommand', input: { command: 'cat .env' } },
  ]);
  assert.match(ran?.text ?? '', /\b42\b/);
  assert.ok(refused && isRefusal(refused), refused?.text);
  await assertUnseen();
});

test('our own tool asks a database by its name, and shows no value', async t => {
  const skip = await sqliteReady();
  if (skip) return t.skip(skip);
  const file = join(window.workspace, 'people.db');
  execFileSync('sqlite3', [
    file,
    `CREATE TABLE people (name, key); INSERT INTO people VALUES ('Ada', '${value}')`,
  ]);
  await window.prompt('ask by our tool', [
    { tool: 'chaperone_query', input: { connection: 'staff', statement: 'SELECT name, key FROM people' } },
    { tool: 'chaperone_query', input: { connection: 'staff', statement: 'DELETE FROM people' } },
  ]);
  const { message, detail } = await window.waitForModal();
  assert.match(message, /delete all rows of people/);
  assert.match(detail, /in the database staff/);
  await window.press('Deny');
  const [rows, refused] = await window.ended('ask by our tool', 90);
  assert.match(rows?.text ?? '', /Ada \| <SERVICE_PASSWORD>/);
  assert.match(refused?.text ?? '', /The person said no/);
  assert.equal(execFileSync('sqlite3', [file, 'SELECT count(*) FROM people'], { encoding: 'utf8' }), '1\n');
  await assertUnseen();
});

test('no tool that the editor offers was left out', async () => {
  const offered = (await window.toolsOffered()).map(it => it.name);
  assert.deepEqual(
    offered.filter(it => !tried.has(it) && !harmless.has(it)),
    [],
  );
});

test('the record holds no value', async () => {
  assert.ok(!(await readFile(join(stateOf(window), 'ledger.jsonl'), 'utf8')).includes(value));
});

const pictures = join(tmpdir(), 'chaperone-pictures');

const tried: ReadonlySet<string> = new Set([
  'chaperone_query',
  'chaperone_runCommand',
  'chaperone_readFile',
  'chaperone_run',
  'copilot_getNotebookSummary',
  'create_and_run_task',
  'grep_search',
  'mcp_files_read_file',
  'read_file',
  'read_notebook_cell_output',
  'run_in_terminal',
  'run_notebook_cell',
  'run_vscode_command',
  'send_to_terminal',
  'view_image',
]);

/** Names of files, or nothing of theirs; what they change is another matter. */
const harmless: ReadonlySet<string> = new Set([
  'apply_patch',
  'create_directory',
  'create_file',
  'create_new_jupyter_notebook',
  'create_new_workspace',
  'edit_notebook_file',
  'file_search',
  'get_errors',
  'get_task_output',
  'get_terminal_output',
  'get_vscode_api',
  'github_repo',
  'github_text_search',
  'insert_edit_into_file',
  'install_extension',
  'kill_terminal',
  'list_dir',
  'manage_todo_list',
  'memory',
  'multi_replace_string_in_file',
  'replace_string_in_file',
  'resolve_memory_file_uri',
  'runSubagent',
  'scripted_note',
  'session_store_sql',
  'setup_tools_createNewWorkspace',
  'terminal_last_command',
  'terminal_selection',
  'testFailure',
  'vscode_askQuestions',
  'vscode_listCodeUsages',
  'vscode_renameSymbol',
  'vscode_searchExtensions_internal',
]);

/** Needs the value, and is careless with it. */
const program = `
const value = process.env.SERVICE_PASSWORD ?? '';
require('fs').writeFileSync('done.txt', require('crypto').createHash('sha256').update(value).digest('hex'));
console.log('connected with', value);
console.error('debug:', Buffer.from(value).toString('base64'), Buffer.from(value).toString('hex'));
`;

const notebook = JSON.stringify({
  cells: [{ cell_type: 'code', id: '0', metadata: {}, outputs: [], source: ["print(open('.env').read())"] }],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
});

const fileServer = `
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
const properties = { path: { type: 'string' } };
const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'files', version: '1' },
  }),
  'tools/list': () => ({
    tools: [{ name: 'read_file', description: 'reads a file', inputSchema: { type: 'object', properties } }],
  }),
  'tools/call': ({ arguments: { path } }) => ({ content: [{ type: 'text', text: readFileSync(path, 'utf8') }] }),
};
createInterface({ input: process.stdin }).on('line', line => {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined)
    console.log(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method]?.(params) ?? {} }));
});
`;

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function assertUnseen(): Promise<void> {
  const heard = await window.modelHeard();
  const writings = [
    value,
    [...value].reverse().join(''),
    Buffer.from(value).toString('base64').slice(0, 30),
    Buffer.from(value).toString('hex'),
  ];
  assert.deepEqual(
    writings.filter(it => heard.includes(it)),
    [],
  );
}
