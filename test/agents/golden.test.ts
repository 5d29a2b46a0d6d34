import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { format } from 'prettier';
import type { Agent, Hook, Launch } from '../../src/core/agent.ts';
import type { Action, Finding, Ruling } from '../../src/core/model.ts';
import { noFacts } from '../../src/core/supervise.ts';
import { agents } from '../../src/agents/index.ts';
import { install, uninstall, wiringStatus } from '../../src/system/wiring.ts';
import { paperMachine } from '../support/world.ts';

/*
 * One JSON a payload, as the real agent sent it: what we read in it, and how each ruling is worded. A file that holds
 * a payload alone is completed, and fails once: look at what was written.
 */

interface Golden {
  readonly payload: unknown;
  readonly attempt?: unknown;
  readonly replies?: unknown;
}

const finding: Finding = {
  rule: 'files.delete',
  title: 'Deleting what cannot come back',
  verdict: 'deny',
  because: 'No commit holds these files.',
  instead: 'move them to a folder beside.',
  effect: { does: 'delete', path: '/workspace/data', deep: true, at: [0, 0] },
};
const minded = (verdict: 'ask' | 'deny') => ({
  verdict,
  findings: [{ ...finding, verdict }],
  facts: noFacts,
});
const rulings: Readonly<Record<string, Ruling>> = {
  silent: { decision: { verdict: 'allow', findings: [], facts: noFacts }, outcome: 'allowed', by: 'policy' },
  denied: { decision: minded('deny'), outcome: 'refused', by: 'policy' },
  person: { decision: minded('ask'), outcome: 'allowed', by: 'person' },
  grant: { decision: minded('ask'), outcome: 'allowed', by: 'grant' },
  personNo: { decision: minded('ask'), outcome: 'refused', by: 'person' },
  nobody: { decision: minded('ask'), outcome: 'refused', by: 'nobody', note: 'no editor window is open' },
};

for (const agent of agents)
  describe(`${agent.id}, as it speaks`, () => {
    const files = goldensOf(agent);
    test('has a golden for each hook', () => {
      const events = new Set(files.map(file => eventOf(agent, file)));
      assert.deepEqual([...events].sort(), Object.keys(agent.hooks).sort());
    });
    for (const file of files) test(path.basename(file, '.json'), () => checkGolden(agent, file));
  });

async function checkGolden(agent: Agent, file: string): Promise<void> {
  const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as Golden;
  const hook = hookOf(agent, eventOf(agent, file));
  const found = {
    payload: kept.payload,
    attempt: hook.read(kept.payload, paperMachine) ?? null,
    replies: {
      ...Object.fromEntries(Object.entries(rulings).map(([name, ruling]) => [name, worded(hook, ruling)])),
      failed: hook.refuse('the reason.'),
    },
  };
  if (kept.attempt === undefined || kept.replies === undefined) {
    fs.writeFileSync(file, await format(JSON.stringify(found), { parser: 'json', printWidth: 110 }));
    assert.fail(`written: look at it: ${file}`);
  }
  assert.deepEqual(kept, JSON.parse(JSON.stringify(found)));
}

function worded(hook: Hook, ruling: Ruling) {
  return hook.reply(ruling);
}

describe('a reply', () => {
  for (const [agent, event, hook] of hooks()) {
    test(`of ${agent.id} to ${event} is silent where nothing is objected to`, () => {
      assert.deepEqual(hook.reply(rulings['silent'] as Ruling), { stdout: '', stderr: '', exit: 0 });
    });

    test(`of ${agent.id} to ${event} that refuses is never silent, and says why`, () => {
      const noes = ['denied', 'personNo', 'nobody'].map(name => hook.reply(rulings[name] as Ruling));
      for (const [reply, why] of [
        ...noes.map(it => [it, finding.because] as const),
        [hook.refuse('the reason.'), 'the reason.'] as const,
      ]) {
        const { stdout, stderr, exit } = reply;
        assert.ok(exit !== 0 || /"(?:deny|block)"|"cancel":true/.test(stdout), stdout);
        assert.ok(`${stdout}${stderr}`.includes(why));
      }
    });
  }
});

describe('the tools that the real agents offer', () => {
  for (const agent of agents)
    for (const name of offeredBy(agent))
      test(`${agent.id} ${name} is known`, () => {
        // With no input at all a known tool may miss its fields, which is another reason than not being known.
        const action = actionFor(agent, shapesOf(agent)[0] ?? assert.fail('no shape'), name, {});
        assert.ok(
          !(action.kind === 'unreadable' && action.why.includes('not known')),
          JSON.stringify(action),
        );
      });
});

describe('what cannot be read', () => {
  const huge = 'x'.repeat(5_000_000);
  const payloads: Readonly<Record<string, unknown>> = {
    null: null,
    'a number': 7,
    'a text': 'rm -rf /',
    'a list': [],
    nothing: undefined,
    'an empty object': {},
    'five million characters': huge,
    'a tool name that is no text': { session_id: 's', cwd: '/workspace', tool_name: 7, tool_input: {} },
    'a missing tool name': { session_id: 's', cwd: '/workspace', tool_input: { command: 'ls' } },
  };
  for (const [agent, event, hook] of hooks()) {
    for (const [what, payload] of Object.entries(payloads))
      test(`${agent.id} ${event}: ${what}`, () => {
        assert.equal(hook.read(payload, paperMachine)?.action.kind, 'unreadable');
      });

    const shape = shapesOf(agent).find(it => it.event === event);
    if (!shape) continue;
    for (const name of ['teleport', 'constructor', '__proto__', 'toString', ''])
      test(`${agent.id} ${event}: the tool \`${name}\``, () => {
        assert.equal(actionFor(agent, shape, name, {}).kind, 'unreadable');
      });

    for (const input of [
      null,
      7,
      'ls',
      [],
      undefined,
      { command: 7 },
      { command: null },
      { command: ['ls'] },
    ])
      test(`${agent.id} ${event}: a shell tool with the input ${JSON.stringify(input)}`, () => {
        assert.equal(actionFor(agent, shape, shape.shell, input).kind, 'unreadable');
      });
  }
});

describe('the program that hooks start', { skip: !fs.existsSync(guardFile()) && 'no build' }, () => {
  const folder = temporary();
  const cases: Readonly<Record<string, readonly [args: readonly string[], payload: string]>> = {
    'an unknown agent': [['nobody', 'PreToolUse'], '{}'],
    'an unknown event': [['claude', 'BeforeAnything'], '{}'],
    'no event': [['claude'], '{}'],
    'no agent': [[], '{}'],
    'a payload that is no JSON': [['claude', 'PreToolUse'], '{"tool_name":'],
    'an empty payload': [['claude', 'PreToolUse'], ''],
    'five million characters': [['claude', 'PreToolUse'], 'x'.repeat(5_000_000)],
    'nine million characters': [['claude', 'PreToolUse'], 'x'.repeat(9_000_000)],
    'a payload without a tool': [['vscode', 'PreToolUse'], '{"cwd":"/"}'],
    'a session that is no text': [
      ['claude', 'PreToolUse'],
      '{"session_id":1,"cwd":"/","tool_name":"Bash","tool_input":{"command":"ls"}}',
    ],
  };
  for (const [what, [args, payload]] of Object.entries(cases))
    test(`refuses ${what}`, () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [guardFile(), 'hook', ...args, '--state', path.join(folder, 'state')],
        { input: payload, encoding: 'utf8', timeout: 20_000, env: { PATH: '/usr/bin:/bin', HOME: folder } },
      );
      const denied = status === 0 && stdout.includes('"permissionDecision":"deny"');
      assert.ok(denied || (status === 2 && stderr.trim() !== ''), JSON.stringify({ status, stdout, stderr }));
    });
});

const launch: Launch = {
  node: '/opt/node/bin/node',
  guard: '/home/user/.local/state/chaperone/bin/guard.js',
  state: '/home/user/.local/state/chaperone',
  platform: 'posix',
};

for (const agent of agents.filter(it => it.wiring.length > 0))
  describe(`${agent.id}, as it is wired`, () => {
    const folder = path.join(import.meta.dirname, agent.id, 'wiring');
    for (const variant of variantsIn(folder)) test(variant, () => checkWiring(agent, folder, variant));
  });

/**
 * Before, after, the same once more, and back to the byte. A variant is a file of the agent's first wiring as it was
 * before; what came of all its files is in one text. `told.json` is what its own program says, with `$HOME` in it.
 */
async function checkWiring(agent: Agent, folder: string, variant: string): Promise<void> {
  const home = temporary();
  const told = textOf(path.join(import.meta.dirname, agent.id, 'told.json')) ?? '[]';
  const answers = JSON.parse(told.replaceAll('$HOME', home)) as readonly unknown[];
  const given = { home, state: path.join(home, 'state'), ask: async () => ({ answers }) };
  const files = [...new Set(agent.wiring.map(it => path.join(home, it.file.replace('~/', ''))))];
  const [first = ''] = files;
  const before = textOf(path.join(folder, `${variant}.before.jsonc.txt`));
  if (before !== undefined) {
    fs.mkdirSync(path.dirname(first), { recursive: true });
    fs.writeFileSync(first, before);
  }
  assert.deepEqual(await install(agent, launch, given), { changed: files });
  const named = (file: string) => `=== ~${file.slice(home.length)}\n${fs.readFileSync(file, 'utf8')}`;
  const all = files.length > 1 ? files.map(named).join('\n') : fs.readFileSync(first, 'utf8');
  const wired = all.replaceAll(home, '$HOME');
  const kept = path.join(folder, `${variant}.after.jsonc.txt`);
  if (textOf(kept) === undefined) {
    fs.writeFileSync(kept, wired);
    assert.fail(`written: look at it: ${kept}`);
  }
  assert.equal(wired, textOf(kept));
  assert.deepEqual(await install(agent, launch, given), { changed: [] });
  assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'wired' });
  assert.deepEqual(await uninstall(agent, given), { changed: files });
  assert.deepEqual(
    files.map(textOf),
    files.map(file => (file === first ? before : undefined)),
  );
  assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'absent' });
}

/** `absent` has no file before: it is made, and goes again. */
function variantsIn(folder: string): readonly string[] {
  const names = fs.readdirSync(folder).map(name => name.split('.')[0] ?? name);
  return [...new Set([...names, 'absent'])].sort();
}

function goldensOf({ id }: Agent): readonly string[] {
  const folder = path.join(import.meta.dirname, id);
  return fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.json') && !['tools.json', 'shape.json', 'told.json'].includes(name))
    .map(name => path.join(folder, name));
}

/** `Event.tool.json`, and `Event.tool.which.json` where a tool has several. */
function eventOf({ hooks }: Agent, file: string): string {
  const name = path.basename(file);
  return Object.keys(hooks).find(event => name.startsWith(`${event}.`)) ?? name;
}

function hooks(): readonly (readonly [Agent, string, Hook])[] {
  return agents.flatMap(agent =>
    Object.entries(agent.hooks).map(([event, hook]) => [agent, event, hook] as const),
  );
}

function hookOf(agent: Agent, event: string): Hook {
  const hook = agent.hooks[event];
  assert.ok(hook, `${agent.id} has no hook ${event}`);
  return hook;
}

/** How a hook is told of any tool: `$TOOL` and `$INPUT` stand in `shape.json`, by event, with the name of a tool that runs commands. */
interface Shape {
  readonly event: string;
  readonly shell: string;
  readonly payload: unknown;
  /** Where an input is a text that holds JSON. */
  readonly encoded?: boolean;
}

function shapesOf({ id }: Agent): readonly Shape[] {
  const text = textOf(path.join(import.meta.dirname, id, 'shape.json')) ?? '{}';
  const shapes = JSON.parse(text) as Readonly<Record<string, Omit<Shape, 'event'>>>;
  return Object.entries(shapes).map(([event, shape]) => ({ event, ...shape }));
}

function actionFor(agent: Agent, { event, payload, encoded }: Shape, tool: string, input: unknown): Action {
  const filled = filledIn(payload, { $TOOL: tool, $INPUT: encoded ? JSON.stringify(input) : input });
  const attempt = hookOf(agent, event).read(filled, paperMachine);
  assert.ok(attempt, 'nothing was read');
  return attempt.action;
}

/** The value with others in the places of their names. */
function filledIn(value: unknown, others: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return Object.hasOwn(others, value) ? others[value] : value;
  if (Array.isArray(value)) return value.map((it: unknown) => filledIn(it, others));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, filledIn(it, others)]));
}

function offeredBy({ id }: Agent): readonly string[] {
  return JSON.parse(
    fs.readFileSync(path.join(import.meta.dirname, id, 'tools.json'), 'utf8'),
  ) as readonly string[];
}

function guardFile(): string {
  return path.join(import.meta.dirname, '../../dist/guard.js');
}

function temporary(): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(tmpdir()), 'golden-'));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function textOf(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
