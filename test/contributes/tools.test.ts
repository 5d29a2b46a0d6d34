import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import './vscode.ts';
import type { Masked } from '../../src/core/masked.ts';
import { desk, lm } from './vscode.ts';

const { offer } = await import('../../src/editor/tools/index.ts');
const { readFile } = await import('../../src/editor/tools/readFile.ts');
const { query } = await import('../../src/editor/tools/query.ts');
const { runCommand } = await import('../../src/editor/tools/runCommand.ts');
const { runWithSecrets } = await import('../../src/editor/tools/run.ts');

interface Offered {
  readonly invoke: (options: { input: unknown }) => Promise<{ content: readonly { value: string }[] }>;
}

describe('the tool that reads masked', () => {
  const asked: string[] = [];
  let answer: Masked = { shows: 'nothing', why: 'no' };
  offer({
    chaperone_readFile: readFile(async path => {
      asked.push(path);
      return answer;
    }),
    chaperone_run: runWithSecrets(async it => `ran ${JSON.stringify(it)}`),
    chaperone_runCommand: runCommand(async it => `ran ${JSON.stringify(it)}`),
    chaperone_query: query(async it => `asked ${JSON.stringify(it)}`),
  });
  const say = async (input: unknown) => {
    const { content } = await (desk.tools.get('chaperone_readFile') as Offered).invoke({ input });
    return content.map(it => it.value).join('');
  };
  const text = (value: string) => ({ shows: 'text', text: value }) as Masked;

  test('hands on what may be seen, or why not', async () => {
    answer = text('TOKEN=<text, 8 characters>\n');
    assert.equal(await say({ filePath: '/w/.env' }), 'TOKEN=<text, 8 characters>\n');
    answer = { shows: 'nothing', why: 'it is hidden' };
    assert.equal(await say({ filePath: 'C:\\w\\.env' }), 'it is hidden');
    assert.deepEqual(asked, ['/w/.env', 'C:\\w\\.env']);
  });

  test('hands on the lines that are wanted, and not more than a model takes', async () => {
    answer = text(Array.from({ length: 5000 }, (_, index) => `${index + 1}`).join('\n'));
    assert.equal(await say({ filePath: '/a', startLine: 2, endLine: 3 }), '2\n3\n(lines 2 to 3 of 5000)');
    assert.ok((await say({ filePath: '/a' })).endsWith('2000\n(lines 1 to 2000 of 5000)'));
    answer = text('x'.repeat(1_000_000));
    assert.ok((await say({ filePath: '/a' })).length < 100_000);
  });

  test('refuses in words what it cannot read', async () => {
    asked.length = 0;
    for (const input of [
      undefined,
      {},
      { filePath: 'relative' },
      { filePath: 1 },
      { filePath: '/a', startLine: 0 },
    ])
      assert.match(await say(input), /^(?:The input|`startLine`)/);
    assert.deepEqual(asked, []);
  });
});

test('an editor that takes no tools is offered none', () => {
  const { registerTool } = lm;
  const tool = { invoke: () => undefined };
  const all = {
    chaperone_readFile: tool,
    chaperone_run: tool,
    chaperone_runCommand: tool,
    chaperone_query: tool,
  };
  desk.tools.clear();
  Reflect.deleteProperty(lm, 'registerTool');
  try {
    offer(all).dispose();
  } finally {
    lm.registerTool = registerTool;
  }
  assert.deepEqual([...desk.tools], []);
  offer(all);
  assert.equal(desk.tools.size, 4);
});

describe('the tool that runs with secrets', () => {
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: () => ({ dispose: () => undefined }),
  };
  const runs: unknown[] = [];
  const tool = runWithSecrets(async (asked, signal) => {
    runs.push([asked, signal.aborted]);
    return 'printed <DB>\n(exit status 0)';
  });
  const say = async (input: unknown) => {
    const result = (await tool.invoke({ input } as never, token)) as unknown as {
      content: readonly { value: string }[];
    };
    return result.content.map(it => it.value).join('');
  };

  test('hands on what was printed, masked', async () => {
    assert.equal(await say({ command: 'npm test', secrets: ['DB', 'DB'] }), 'printed <DB>\n(exit status 0)');
    assert.deepEqual(runs, [[{ command: 'npm test', secrets: ['DB'] }, false]]);
  });

  for (const input of [
    undefined,
    'x',
    {},
    { command: 'ls' },
    { command: ' ', secrets: ['A'] },
    { command: 'ls', secrets: [] },
    { command: 'ls', secrets: ["A'; rm -rf /"] },
    { command: 'ls', secrets: [1] },
  ])
    test(`runs nothing for ${JSON.stringify(input)}`, async () => {
      const before = runs.length;
      assert.match(await say(input), /^(?:The input|`secrets`)/);
      assert.equal(runs.length, before);
    });
});

describe('the tools that run and ask', () => {
  let taken: (() => void) | undefined;
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (then: () => void) => {
      taken = then;
      return { dispose: () => (taken = undefined) };
    },
  };
  const tools = {
    command: runCommand(async (asked, signal) => {
      if (asked.command === 'sleep') taken?.();
      return `${JSON.stringify(asked)}${signal.aborted ? ', taken back' : ''}`;
    }),
    query: query(async asked => JSON.stringify(asked)),
  };
  const say = async (tool: keyof typeof tools, input: unknown) => {
    const result = (await tools[tool].invoke({ input } as never, token as never)) as unknown as {
      content: readonly { value: string }[];
    };
    return result.content.map(it => it.value).join('');
  };

  test('hand on what came of it, and what was taken back', async () => {
    assert.equal(await say('command', { command: 'ls' }), '{"command":"ls","seconds":120}');
    assert.equal(
      await say('command', { command: 'sleep', timeout: 5 }),
      '{"command":"sleep","seconds":5}, taken back',
    );
    assert.equal(taken, undefined);
    assert.equal(
      await say('query', { connection: 'db', statement: 'SELECT 1' }),
      '{"connection":"db","statement":"SELECT 1","limit":200}',
    );
  });

  for (const [tool, input] of [
    ['command', undefined],
    ['command', { command: ' ' }],
    ['command', { command: 'ls', timeout: 0 }],
    ['command', { command: 'ls', timeout: 601 }],
    ['command', { command: 'ls', timeout: '5' }],
    ['query', null],
    ['query', { statement: 'SELECT 1' }],
    ['query', { connection: 'db', statement: '' }],
    ['query', { connection: 'db', statement: 'SELECT 1', limit: 2001 }],
    ['query', { connection: 'db', statement: 'SELECT 1', limit: 1.5 }],
  ] as const)
    test(`refuse in words: ${tool} ${JSON.stringify(input)}`, async () => {
      assert.match(await say(tool, input), /^(?:The input|`timeout`|`limit`)/);
    });

  test('show the person the words', () => {
    const prepared = (tool: keyof typeof tools, input: unknown) =>
      JSON.stringify(tools[tool].prepareInvocation?.({ input }, token as never));
    assert.ok(prepared('command', { command: 'rm -rf a' }).includes('Run this command?'));
    assert.ok(
      prepared('query', { connection: 'db', statement: 'SELECT 1' }).includes('Ask the database db?'),
    );
    assert.ok(!prepared('query', {}).includes('confirmationMessages'));
  });
});
