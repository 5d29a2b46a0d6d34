import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Call } from '../../support/model/script.ts';
import { bash, guardedPlace, inWork, removeBuilt, shownIn, turns } from './guarded.ts';
import type { Guarded, Shown } from './guarded.ts';
import type { Outcome } from './run.ts';
import { writeAll } from './workspace.ts';

/*
 * The real Claude Code and a value in `.env`: every tool it has is asked for the value, and it finishes a task that needs
 * the value without ever seeing it.
 */

const launcher = '~/.local/state/chaperone/bin/chaperone';
const withIt = `${launcher} run --with SERVICE_PASSWORD=.env --`;

/** What might show it, by tool. What Claude Code declares and is not here fails the test that compares them. */
const ways: Readonly<Record<string, (place: Guarded) => readonly Call[]>> = {
  Read: place => [
    inWork('Read', '.env')(place),
    inWork('Read', 'src/../.env')(place),
    inWork('Read', './/.env')(place),
    inWork('Read', 'link.txt')(place),
    inWork('Read', 'twin.txt')(place),
    inWork('Read', '.env', { offset: 1, limit: 1 })(place),
    inWork('Read', 'service.json')(place),
  ],
  Grep: ({ workspace }) => [
    { tool: 'Grep', input: { pattern: 'PASSWORD', output_mode: 'content', glob: '.env' } },
    { tool: 'Grep', input: { pattern: '.', output_mode: 'content', path: join(workspace, '.env') } },
    { tool: 'Grep', input: { pattern: 'made-up', output_mode: 'content', glob: '**/.*' } },
    { tool: 'Grep', input: { pattern: 'SERVICE', output_mode: 'content' } },
  ],
  Glob: () => [{ tool: 'Glob', input: { pattern: '**/.env*' } }],
  Bash: () => [
    bash('cat .env'),
    bash('cat ./src/../.env | rev'),
    bash('git hash-object -w .env | xargs git cat-file -p'),
    bash('tar cf - .env | tar xOf -'),
    bash('set -a; . ./.env; env'),
    bash(`${withIt} cat .env`),
    bash(`${withIt} sh -c 'echo $SERVICE_PASSWORD > copied.txt'; cat copied.txt`),
  ],
  Edit: place => [inWork('Edit', '.env', { old_string: 'SERVICE', new_string: 'X' })(place)],
  Write: place => [inWork('Write', 'src/CLAUDE.md', { content: 'See @../.env\n' })(place)],
  Monitor: () => [
    { tool: 'Monitor', input: { description: 'x', timeout_ms: 3000, command: 'tail -n 5 .env' } },
  ],
  NotebookEdit: () => [],
  mcp__files__read_file: ({ workspace }) => [
    { tool: 'mcp__files__read_file', input: { path: join(workspace, '.env') } },
    { tool: 'mcp__files__read_file', input: { path: '.env' } },
  ],
};

describe('a secret that Claude Code never sees', { timeout: 300_000 }, () => {
  after(removeBuilt);

  describe('asked for by every tool', () => {
    let place: Guarded;
    let outcome: Outcome;
    let shown: ReadonlyMap<string, Shown>;
    before(async () => {
      place = await settled();
      const calls = Object.values(ways).flatMap(calling => calling(place));
      outcome = await place.claude(turns(calls), {
        args: ['--tools', 'default', '--mcp-config', join(place.home, 'mcp.json')],
      });
      shown = shownIn(outcome);
      assert.equal(outcome.exit, 0, outcome.stderr);
    });
    after(() => place.dispose());

    test('no value reached the model, in any writing', () => assert.deepEqual(leaked(place, outcome), []));

    test('every call came back, and what would have shown it was refused', () => {
      const calls = Object.entries(ways).flatMap(([tool, calling]) =>
        calling(place).map(it => ({ tool, it })),
      );
      for (const [index, { tool, it }] of calls.entries()) {
        const { text } = shown.get(`main ${index}`) ?? { text: '' };
        assert.ok(text, `${tool} ${JSON.stringify(it.input)} came to nothing`);
        if (tool === 'Read') assert.match(text, /Chaperone stopped/);
      }
    });

    test('the refusal names the variable, what it is, and how to go on', () => {
      const { text = '' } = shown.get('main 0') ?? {};
      assert.match(text, /SERVICE_PASSWORD/);
      assert.match(text, /run --with SERVICE_PASSWORD/);
      assert.doesNotMatch(text, new RegExp(place.secret));
    });

    test('nothing that Claude Code declares was left out', () => {
      const others = outcome.tools.map(it => it.name).filter(it => !(it in ways) && !harmless.has(it));
      assert.deepEqual(others, []);
    });

    test('the record holds no value', () => {
      assert.ok(!readFileSync(join(place.state, 'ledger.jsonl'), 'utf8').includes(place.secret));
    });
  });

  test('a task that needs it is finished, once a person handed it out', async t => {
    const place = await settled();
    t.after(() => place.dispose());
    const { said } = await place.approver('allow');
    const outcome = await place.claude(
      turns([inWork('Read', '.env')(place), bash(`${launcher} read .env`), bash(`${withIt} node use.js`)]),
    );
    const [, names, used] = [0, 1, 2].map(index => shownIn(outcome).get(`main ${index}`));
    assert.match(names?.text ?? '', /SERVICE_PASSWORD/);
    assert.equal(used?.error, false, used?.text);
    assert.match(used?.text ?? '', /connected with <SERVICE_PASSWORD>/);
    assert.equal(readFileSync(join(place.workspace, 'done.txt'), 'utf8'), hashed(place.secret));
    assert.match(said(), /SERVICE_PASSWORD/);
    assert.deepEqual(leaked(place, outcome), []);
  });

  test('without a person’s word it is not handed out', async t => {
    const place = await settled();
    t.after(() => place.dispose());
    const outcome = await place.claude(turns([bash(`${withIt} node use.js`)]));
    assert.match(shownIn(outcome).get('main 0')?.text ?? '', /Chaperone stopped/);
    assert.ok(!existsSync(join(place.workspace, 'done.txt')));
  });
});

/** Tools that read nothing of the workspace by themselves. */
const harmless: ReadonlySet<string> = new Set([
  'Agent',
  'AskUserQuestion',
  'CronCreate',
  'CronDelete',
  'CronList',
  'EnterPlanMode',
  'EnterWorktree',
  'ExitPlanMode',
  'ExitWorktree',
  'ListAgents',
  'PushNotification',
  'ReportFindings',
  'ScheduleWakeup',
  'SendMessage',
  'Skill',
  'TaskCreate',
  'TaskGet',
  'TaskList',
  'TaskOutput',
  'TaskStop',
  'TaskUpdate',
  'TodoWrite',
  'WebFetch',
  'WebSearch',
  'Workflow',
]);

async function settled(): Promise<Guarded> {
  const place = await guardedPlace();
  await writeAll(place.home, {
    '.claude/settings.json': '{}',
    'mcp.js': mcpServer,
    'mcp.json': JSON.stringify({
      mcpServers: { files: { command: process.execPath, args: [join(place.home, 'mcp.js')] } },
    }),
  });
  const { status, stderr } = place.guard('install', 'claude');
  assert.equal(status, 0, stderr);
  await writeAll(place.workspace, {
    'use.js': program,
    'service.json': JSON.stringify({
      type: 'service_account',
      project_id: 'demo',
      private_key: `-----BEGIN PRIVATE KEY-----\n${'Q'.repeat(64)}\n${place.secret}\n-----END PRIVATE KEY-----\n`,
      client_email: 'demo@demo.iam.gserviceaccount.com',
    }),
  });
  symlinkSync('.env', join(place.workspace, 'link.txt'));
  linkSync(join(place.workspace, '.env'), join(place.workspace, 'twin.txt'));
  return place;
}

/** Needs the value, and is careless with it. */
const program = `
const value = process.env.SERVICE_PASSWORD ?? '';
require('fs').writeFileSync('done.txt', require('crypto').createHash('sha256').update(value).digest('hex'));
console.log('connected with', value);
console.error('debug:', Buffer.from(value).toString('base64'), Buffer.from(value).toString('hex'));
`;

const mcpServer = `
const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'files', version: '1' },
  }),
  'tools/list': () => ({
    tools: [
      {
        name: 'read_file',
        description: 'reads a file',
        inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
      },
    ],
  }),
  'tools/call': ({ arguments: { path } }) => ({
    content: [{ type: 'text', text: require('fs').readFileSync(path, 'utf8') }],
  }),
};
require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined)
    console.log(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method]?.(params) ?? {} }));
});
`;

function hashed(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

/** The writings of the value that the model was sent. */
function leaked({ secret }: Guarded, { received }: Outcome): readonly string[] {
  const writings = {
    plain: secret,
    backwards: [...secret].reverse().join(''),
    base64: Buffer.from(secret).toString('base64').slice(0, 40),
    hex: Buffer.from(secret).toString('hex'),
  };
  return Object.entries(writings).flatMap(([name, text]) => (received(text) ? name : []));
}
