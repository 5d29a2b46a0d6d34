import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { guardServers, letServersGo, usualFiles } from '../../src/system/mcp/files.ts';
import { bench, run } from '../support/guard.ts';

const root = fs.mkdtempSync(path.join(fs.realpathSync(tmpdir()), 'mcp-'));
after(() => fs.rmSync(root, { recursive: true, force: true }));
let count = 0;

function made(text: string, name = '.mcp.json'): { readonly file: string; readonly state: string } {
  const folder = path.join(root, String(count++));
  fs.mkdirSync(path.join(folder, 'state'), { recursive: true });
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return { file, state: path.join(folder, 'state') };
}

const read = (file: string) => fs.readFileSync(file, 'utf8');
const launcher = (state: string) =>
  path.join(state, 'bin', process.platform === 'win32' ? 'chaperone.cmd' : 'chaperone');

const many = `\uFEFF{
  // What I use.
  "inputs": [{ "id": "key", "command": "not one" }],
  "servers": {
    "files": {
      "type": "stdio", // as ever
      "command": "npx",
      "args": [
        "-y", // yes
        "@modelcontextprotocol/server-filesystem", "\${workspaceFolder}",
      ],
      "env": { "KEY": "\${input:key}" }, "cwd": "x"
    },
    "bare": { "command": "serve \\"it\\"" }, "empty": {"args": [ ], "command":"a"},
    "far": { "type": "http", "url": "https://example.com/mcp" },
  },
}\r\n`;

describe('servers in a file', () => {
  test('are guarded, each by its name, and nothing else changes', async () => {
    const { file, state } = made(many);
    assert.deepEqual(await guardServers([file], state), [
      { file, changed: true, guarded: ['files', 'bare', 'empty'], left: ['far'] },
    ]);
    const ours = (name: string, command: string) =>
      ['mcp', '--name', name, '--', command].map(it => JSON.stringify(it)).join(', ');
    const us = JSON.stringify(launcher(state));
    assert.equal(
      read(file),
      many
        .replace('"command": "npx"', `"command": ${us}`)
        .replace('[\n        "-y"', `[${ours('files', 'npx')}, \n        "-y"`)
        .replace('"command": "serve \\"it\\""', `"command": ${us}, "args": [${ours('bare', 'serve "it"')}]`)
        .replace('[ ], "command":"a"', `[${ours('empty', 'a')} ], "command":${us}`),
    );
    const [again] = await guardServers([file], state);
    assert.ok(again && 'changed' in again && !again.changed);
    assert.deepEqual(await letServersGo([file], state), [{ file, changed: true }]);
    assert.equal(read(file), many);
  });

  test('of a file that was changed meanwhile are let go, and what was changed stays', async () => {
    const { file, state } = made(many);
    await guardServers([file], state);
    const edit = (text: string) => text.replace('// What I use.', '// What we use.').replace('"x"', '"y"');
    fs.writeFileSync(file, edit(read(file)));
    assert.deepEqual(await letServersGo([], state), [{ file, changed: true }]);
    assert.equal(read(file), edit(many).replace('[\n        "-y"', '["-y"'));
    assert.deepEqual(await letServersGo([], state), []);
  });

  test('are let go where nothing is remembered', async () => {
    const { file, state } = made('{"mcpServers":{"a":{"command":"b","args":["c"]}}}');
    const before = read(file);
    await guardServers([file], state);
    fs.rmSync(path.join(state, 'wiring', 'mcp-servers.json'));
    await letServersGo([file], state);
    assert.equal(read(file), before);
  });

  test('that came later are guarded too, and all go back', async () => {
    const { file, state } = made('{"mcpServers":{"a":{"command":"b","args":["c"]}}}');
    await guardServers([file], state);
    fs.writeFileSync(file, read(file).replace('}}}', '},"d":{"command":"e","args":[]}}}'));
    await guardServers([file], state);
    assert.equal(read(file).split(JSON.stringify(launcher(state))).length, 3);
    await letServersGo([], state);
    const { mcpServers } = JSON.parse(read(file)) as { mcpServers: unknown };
    assert.deepEqual(mcpServers, { a: { command: 'b', args: ['c'] }, d: { command: 'e', args: [] } });
  });

  test('are found where clients keep them', async () => {
    for (const text of [
      '{"mcp":{"servers":{"a":{"command":"b"}}}}',
      '{"context_servers":{"a":{"command":"b"}}}',
      '{"projects":{"/work":{"mcpServers":{"a":{"command":"b"}}}}}',
    ]) {
      const { file, state } = made(text);
      const [looked] = await guardServers([file], state);
      assert.ok(looked && 'guarded' in looked);
      assert.deepEqual(looked.guarded, ['a']);
      await letServersGo([file], state);
      assert.equal(read(file), text);
    }
  });

  test('of what is no such file are left in peace, with a reason', async () => {
    for (const text of ['{', '', 'a: b']) {
      const { file, state } = made(text);
      const [looked] = await guardServers([file], state);
      assert.match(looked && 'problem' in looked ? looked.problem : '', /does not parse as JSON/);
      assert.equal(read(file), text);
    }
    for (const text of [
      '[]',
      '7',
      '{"servers":[]}',
      '{"mcpServers":{"a":7,"b":{"command":7},"c":{"command":"d","args":7}}}',
    ]) {
      const { file, state } = made(text);
      assert.deepEqual(await guardServers([file], state), [{ file, changed: false, guarded: [], left: [] }]);
    }
    const { file, state } = made('{}');
    fs.rmSync(file);
    const [looked] = await guardServers([file], state);
    assert.ok(looked && 'problem' in looked);
  });

  test('are looked for in the folder and the home', () => {
    const { file } = made('{}');
    const folder = path.dirname(file);
    fs.mkdirSync(path.join(folder, '.vscode'));
    fs.writeFileSync(path.join(folder, '.vscode/mcp.json'), '{}');
    assert.deepEqual(usualFiles(folder, folder), [path.join(folder, '.vscode/mcp.json'), file]);
  });
});

describe('the command line', () => {
  const its = bench();
  after(its.dispose);
  const state = its.state();
  const guard = (...args: readonly string[]) =>
    run([process.execPath, its.guard, 'mcp', ...args, '--state', state], {
      cwd: its.folder,
      input: '',
      env: { HOME: its.home },
    });

  test(
    'guards and lets go, in what it says and in what it starts',
    { skip: process.platform === 'win32' && 'sh' },
    async () => {
      const file = path.join(its.folder, '.mcp.json');
      const server = {
        command: process.execPath,
        args: ['-e', 'console.log(process.argv[1], process.env.ELECTRON_RUN_AS_NODE)', 'hello'],
      };
      const text = JSON.stringify({ mcpServers: { it: server, far: { url: 'https://example.com' } } });
      fs.writeFileSync(file, text);
      const installed = await guard('--install');
      assert.equal(installed.stdout, `${file}: it guarded\n  not covered, because reached by HTTP: far\n`);
      const { mcpServers } = JSON.parse(read(file)) as {
        mcpServers: { it: { command: string; args: string[] } };
      };
      const started = await run([mcpServers.it.command, ...mcpServers.it.args], {
        cwd: its.folder,
        input: '',
      });
      assert.deepEqual([started.stdout, started.exit], ['hello undefined\n', 0]);
      assert.equal((await guard('--uninstall')).stdout, `${file}: as it was\n`);
      assert.equal(read(file), text);
      assert.equal((await guard('--uninstall')).stdout, 'no file is guarded\n');
    },
  );

  test('says what is wrong with how it was called', async () => {
    for (const args of [[], ['x'], ['--install', '--uninstall']])
      assert.equal((await guard(...args)).exit, 64);
  });
});
