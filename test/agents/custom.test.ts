import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { agentOf, agents, agentsWith } from '../../src/agents/index.ts';
import { agentFrom, readCustomAgents, type CustomAgent } from '../../src/core/customAgent.ts';
import { failed } from '../../src/core/launch.ts';
import type { Action, Attempt } from '../../src/core/model.ts';
import { answerHook, refusal } from '../../src/parts.ts';
import { install, uninstall, wiringStatus } from '../../src/system/wiring.ts';
import { paperLine } from '../support/line.ts';
import { madeUp } from '../support/madeUp.ts';
import { paperMachine } from '../support/world.ts';

const agent = agentFrom(madeUp);
const hook = agent.hooks['tool'] ?? assert.fail();
const payload = (name: string, input: unknown) => ({
  run: { id: 'RUN-1', folders: ['/work/project'] },
  call: { name, with: input },
});
const read = (name: string, input: unknown): Action | undefined =>
  hook.read(payload(name, input), paperMachine)?.action;

describe('an agent that settings describe, read', () => {
  test('knows who does it, where', () => {
    assert.deepEqual(hook.read(payload('think', {}), paperMachine)?.subject, {
      agent: 'next-agent',
      name: 'Next Agent',
      session: 'RUN-1',
      cwd: '/work/project',
    });
  });

  for (const [name, input, action] of [
    ['shell', { line: 'rm -rf data' }, { kind: 'shell', line: 'rm -rf data', dialect: 'posix' }],
    ['open', { path: '.env' }, { kind: 'file', access: 'read', path: '.env' }],
    ['names', {}, { kind: 'file', access: 'list', path: '.' }],
    ['save', { path: 'a', content: 'x' }, { kind: 'file', access: 'write', path: 'a', text: 'x' }],
    ['remove', { path: 'a' }, { kind: 'file', access: 'delete', path: 'a' }],
    [
      'find',
      { words: 'TOKEN', folder: 'src' },
      { kind: 'search', query: 'TOKEN', regex: true, path: 'src', ignored: false },
    ],
    ['get', { address: 'https://a.example/' }, { kind: 'web', url: 'https://a.example/', method: 'GET' }],
    ['think', {}, { kind: 'harmless', what: 'uses its own tool think' }],
    ['db::query', { sql: 'x' }, { kind: 'tool', server: 'db', name: 'query', input: { sql: 'x' } }],
  ] as const)
    test(`${name} ${JSON.stringify(input)}`, () => assert.deepEqual(read(name, input), action));

  for (const [what, from] of Object.entries({
    nothing: undefined,
    'a text': 'rm -rf /',
    'no tool': { run: {}, call: {} },
    'a tool that was not described': payload('teleport', {}),
    'a name every object has': payload('constructor', {}),
    'a command that is no text': payload('shell', { line: ['ls'] }),
    'no command': payload('shell', {}),
  }))
    test(`cannot read ${what}`, () => {
      assert.equal(hook.read(from, paperMachine)?.action.kind, 'unreadable');
    });
});

describe('an agent that settings describe, answered', () => {
  const answer = async (custom: CustomAgent, line: string) => {
    const seen: Attempt[] = [];
    const reply = await answerHook(
      { agent: custom.id, event: 'tool', payload: JSON.stringify(payload('shell', { line })) },
      paperLine({}),
      { custom: [custom], speaks: () => true },
      attempt => seen.push(attempt),
    );
    return { reply, subject: seen[0]?.subject.agent };
  };

  test('is silent where nothing is objected to', async () => {
    assert.deepEqual(await answer(madeUp, 'ls'), {
      reply: { stdout: '', stderr: '', exit: 0 },
      subject: 'next-agent',
    });
  });

  test('is told a no in its own words', async () => {
    const { reply } = await answer(madeUp, 'rm -rf /');
    const said = JSON.parse(reply.stdout) as Readonly<Record<string, string>>;
    assert.equal(said['verdict'], 'no');
    assert.match(said['message'] ?? '', /^because: Chaperone stopped this/);
    assert.equal(reply.exit, 0);
  });

  test('is told a no by exit status 2 where it wants that', async () => {
    const { reply } = await answer({ ...madeUp, no: 'exit 2' }, 'rm -rf /');
    assert.deepEqual([reply.exit, reply.stdout], [2, '']);
    assert.match(reply.stderr, /^Chaperone stopped this/);
  });

  test('is told what failed, with what would end a text in it', () => {
    const { stdout } = refusal({ agent: 'next-agent', event: 'tool' }, 'a "$&" \\ b', [madeUp]);
    assert.ok((JSON.parse(stdout) as { message: string }).message.includes('a "$&" \\ b'));
  });

  test('is nobody where it is not described', async () => {
    await assert.rejects(
      answerHook({ agent: 'next-agent', event: 'tool', payload: '{}' }, paperLine({}), {
        custom: [],
        speaks: () => true,
      }),
    );
  });
});

describe('an agent that settings describe, wired', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'custom-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  const given = { home: root, state: path.join(root, 'state') };
  const launch = {
    node: '/opt/node',
    guard: '/opt/bin/guard.js',
    state: given.state,
    platform: 'posix',
  } as const;
  const file = path.join(root, '.next/settings.json');

  test('and undone, beside what others put there', async () => {
    const before = '{\n  // mine\n  "hooks": { "beforeTool": [{ "run": { "command": "lint" } }] }\n}\n';
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, before);
    assert.deepEqual(await install(agent, launch, given), { changed: [file] });
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes('guard.js hook next-agent tool --state') && text.includes('--within 40'), text);
    assert.ok(text.includes(failed) && text.includes('// mine') && text.includes('"lint"'));
    assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'wired' });
    assert.deepEqual(await install(agent, launch, given), { changed: [] });
    assert.deepEqual(await uninstall(agent, given), { changed: [file] });
    assert.equal(readFileSync(file, 'utf8'), before);
  });

  test('and undone where there was nothing', async () => {
    rmSync(path.dirname(file), { recursive: true });
    await install(agent, launch, given);
    await uninstall(agent, given);
    assert.equal(existsSync(path.dirname(file)), false);
  });

  test('and undone in YAML', async () => {
    const yaml = agentFrom({ ...madeUp, file: '~/.next/settings.yml' });
    const there = path.join(root, '.next/settings.yml');
    const before = '# mine\nhooks:\n  beforeTool: # in this order\n    - run: { command: lint }\nmodel: m\n';
    mkdirSync(path.dirname(there), { recursive: true });
    writeFileSync(there, before);
    assert.deepEqual(await install(yaml, launch, given), { changed: [there] });
    const text = readFileSync(there, 'utf8');
    assert.ok(text.startsWith(before.replace('model: m\n', '')) && text.endsWith('\nmodel: m\n'), text);
    assert.deepEqual(await wiringStatus(yaml, launch, given), { is: 'wired' });
    assert.deepEqual(await uninstall(yaml, given), { changed: [there] });
    assert.equal(readFileSync(there, 'utf8'), before);
    rmSync(path.dirname(there), { recursive: true });
  });

  test('is tried in its own dialect', () => {
    const [, deleting] = agent.trials(launch, '/work/project');
    assert.deepEqual(deleting?.payload, {
      run: { id: 'doctor', folders: ['/work/project'] },
      call: { name: 'shell', with: { line: 'rm -rf /' } },
    });
  });

  test('keeps its file from agents', () => assert.deepEqual(agent.switches, [madeUp.file]));
});

describe('the table of agents with those that settings describe', () => {
  test('has them last', () => {
    assert.deepEqual(
      agentsWith([madeUp]).map(({ id }) => id),
      [...agents.map(({ id }) => id), 'next-agent'],
    );
    assert.equal(agentOf('next-agent', [madeUp])?.name, 'Next Agent');
    assert.equal(agentOf('next-agent'), undefined);
  });

  test('keeps its own', () => {
    assert.equal(agentOf('claude', [{ ...madeUp, id: 'claude' }])?.name, 'Claude Code');
  });
});

describe('a description', () => {
  test('is taken as it is', () => {
    assert.deepEqual(readCustomAgents([madeUp]), [madeUp]);
    const { timeout: _, serverMark: __, ...short } = madeUp;
    assert.deepEqual(readCustomAgents([{ ...short, no: 'exit 2' }]), [
      { ...short, no: 'exit 2', timeout: 60 },
    ]);
  });

  for (const [what, wrong] of Object.entries<Readonly<Record<string, unknown>>>({
    'no id': { id: undefined },
    'an id with blanks': { id: 'next agent' },
    'a name of two lines': { name: 'a\nb' },
    'a file somewhere': { file: 'settings.json' },
    'a file above the home folder': { file: '~/../x/settings.json' },
    'a file of another kind': { file: '~/.bashrc' },
    'no place': { at: '' },
    'a place that every object has': { at: 'hooks.__proto__' },
    'an entry that starts nothing': { entry: { command: 'true' } },
    'a wait that is too short': { timeout: 1 },
    'a wait that is too long': { timeout: 601 },
    'a payload without a tool': { payload: { input: 'input' } },
    'a tool that does nothing known': { tools: { shell: { explodes: 'x' } } },
    'a tool that does two things': { tools: { shell: { runs: 'a', reads: 'b' } } },
    'a tool whose field is no text': { tools: { shell: { runs: 7 } } },
    'a no without a reason': { no: { json: { verdict: 'no' } } },
    'a no by another status': { no: 'exit 1' },
  }))
    test(`with ${what} is not`, () => {
      assert.equal(readCustomAgents([{ ...madeUp, ...wrong }]), undefined);
    });

  test('must be a list, of different agents', () => {
    for (const value of [madeUp, 'x', 7, [null], [madeUp, madeUp]])
      assert.equal(readCustomAgents(value), undefined);
  });
});
