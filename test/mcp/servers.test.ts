import {
  CreateMessageRequestSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  assertRefused,
  connected,
  databases,
  files,
  guarded,
  its,
  people,
  secret,
  somebody,
  textOf,
  type Connected,
} from './between.ts';

after(its.dispose);
const env = path.join(its.folder, '.env');

describe('the file server', () => {
  let [straight, behind]: [Connected | undefined, Connected | undefined] = [undefined, undefined];
  before(async () => {
    [straight, behind] = [await connected(files), await connected(guarded(files, 'files'))];
  });
  after(async () => {
    await straight?.client.close();
    await behind?.client.close();
  });
  const both = async <T>(ask: (to: Connected) => Promise<T>): Promise<readonly [T, T]> => {
    assert.ok(straight && behind);
    return [await ask(straight), await ask(behind)];
  };
  const call = (name: string, input: Readonly<Record<string, unknown>>) =>
    behind?.call(name, input) ?? assert.fail();

  test('is the same behind the guard: its introduction, its tools, ordinary calls', async () => {
    for (const ask of [
      async ({ client }: Connected) => [
        client.getServerVersion(),
        client.getServerCapabilities(),
        client.getInstructions(),
      ],
      ({ client }: Connected) => client.listTools(),
      ({ call: its }: Connected) => its('read_text_file', { path: 'notes.txt' }),
      ({ call: its }: Connected) => its('read_text_file', { path: 'large.txt' }),
      ({ call: its }: Connected) => its('read_text_file', { path: 'nothing.txt' }),
      ({ call: its }: Connected) => its('list_directory', { path: '.' }),
      ({ call: its }: Connected) =>
        its('write_file', { path: 'src/made.txt', content: 'ü\u2028'.repeat(300_000) }),
      ({ call: its }: Connected) => its('read_text_file', { path: 'src/made.txt' }),
      ({ client }: Connected) => client.ping(),
    ]) {
      const [one, other] = await both<unknown>(ask);
      assert.deepEqual(other, one);
    }
  });

  test('a hidden file is not read, by none of its tools, and its value comes nowhere', async () => {
    for (const [name, input] of [
      ['read_text_file', { path: env }],
      ['read_file', { path: '.env' }],
      ['read_media_file', { path: './src/../.env' }],
      ['read_multiple_files', { paths: ['notes.txt', env] }],
      ['move_file', { source: env, destination: path.join(its.folder, 'x.txt') }],
    ] as const) {
      const result = await call(name, input);
      assertRefused(result);
      assert.ok(!JSON.stringify(result).includes(secret));
    }
    assert.match(textOf(await call('read_text_file', { path: env })), /API_TOKEN/);
    assert.ok(!(behind?.stderr() ?? secret).includes(secret));
  });

  test('the tool really would: without the guard the value comes', async () => {
    assert.ok(JSON.stringify(await straight?.call('read_text_file', { path: env })).includes(secret));
  });

  test('what is known of a credential goes into no other file', async () => {
    assertRefused(await call('write_file', { path: 'src/copy.ts', content: `const token = '${secret}';\n` }));
  });
});

describe('the database server', () => {
  let opened: Connected | undefined;
  before(async () => {
    opened = await connected(guarded(databases, 'database'));
    await opened.client.listTools();
  });
  after(() => opened?.client.close());
  const it = () => opened ?? assert.fail('not connected');

  test('answers questions as ever', async () => {
    const query = 'SELECT name FROM people ORDER BY name';
    assert.equal(textOf(await it().call('read_query', { query })), '[{"name":"Ada"},{"name":"Grace"}]');
  });

  test('drops nothing where nobody says yes, though its tool is called read-only', async () => {
    assertRefused(await it().call('read_query', { query: 'DROP TABLE people' }));
    assertRefused(await it().call('read_query', { query: 'DELETE FROM people' }));
    assert.equal(people(), 2);
  });

  test('is understood by what it says of a field', async () => {
    assertRefused(await it().call('ask', { q: 'DROP TABLE people' }));
    assert.equal(people(), 2);
  });

  test('a tool that says it destroys is asked about', async () => {
    assertRefused(await it().call('tidy'));
    assert.equal(people(), 2);
  });

  test('its resources are read, a hidden file as one is not', async () => {
    const { contents } = await it().client.readResource({ uri: 'database://schema' });
    assert.deepEqual(contents, [{ uri: 'database://schema', text: 'people(name)' }]);
    await assert.rejects(
      it().client.readResource({ uri: pathToFileURL(env).href }),
      /Chaperone stopped this/,
    );
    assert.deepEqual((await it().client.listPrompts()).prompts, [{ name: 'greet' }]);
  });

  test('progress comes as it is made, and other calls are answered meanwhile', async () => {
    const seen: number[] = [];
    const slow = it().client.callTool({ name: 'slow', arguments: { pause: 60 } }, undefined, {
      onprogress: ({ progress }) => seen.push(progress),
    });
    await it().call('echo', {});
    assert.ok(seen.length < 3);
    await slow;
    assert.deepEqual(seen, [1, 2, 3]);
  });

  test('a change of its tools is told, and its own requests are answered', async () => {
    const told = new Promise<void>(resolve =>
      it().client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve()),
    );
    await it().call('more');
    await told;
    assert.ok((await it().client.listTools()).tools.some(tool => tool.name === 'another'));
    it().client.setRequestHandler(CreateMessageRequestSchema, async () => ({
      model: 'none',
      role: 'assistant',
      content: { type: 'text', text: 'hm' },
    }));
    assert.equal(textOf(await it().call('think')), '{"type":"text","text":"hm"}');
  });

  test('a person says yes, and it is done; a person says no, and it is not', async () => {
    const no = await somebody('deny');
    try {
      const refused = await it().call('read_query', { query: 'DROP TABLE people' });
      assertRefused(refused);
      assert.match(textOf(refused), /The person said no/);
      assert.equal(people(), 2);
    } finally {
      await no();
    }
    const yes = await somebody('allow');
    try {
      assert.equal(textOf(await it().call('read_query', { query: 'DROP TABLE people' })), '[]');
      assert.equal(people(), undefined);
    } finally {
      await yes();
    }
  });

  test('a server that ends is an end for the client, with its last words', async () => {
    const dying = await connected(guarded(databases, 'database'));
    const closed = new Promise<void>(resolve => Object.assign(dying.client, { onclose: resolve }));
    await assert.rejects(dying.call('die'));
    await closed;
    await sleep(50);
    assert.match(dying.stderr(), /last words/);
  });
});
