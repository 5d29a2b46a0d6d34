import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Agent, Launch } from '../../src/core/agent.ts';
import { plain, tree } from '../../src/system/jsonc.ts';
import { install, uninstall, wiringStatus, type WiringGiven } from '../../src/system/wiring.ts';

const root = fs.mkdtempSync(path.join(tmpdir(), 'wiring-test-'));
after(() => fs.rmSync(root, { recursive: true }));
const posix = process.platform !== 'win32';

const launch: Launch = { node: '/opt/node', guard: '/s/bin/guard.js', state: '/s', platform: 'posix' };
const command = ({ node, guard }: Launch): string => `"${node}" "${guard}" hook tester`;
const group = (it: Launch): object => ({ matcher: '*', hooks: [{ type: 'command', command: command(it) }] });
const agent: Agent = {
  id: 'tester',
  name: 'Tester',
  hooks: {},
  timeout: 60,
  traces: [],
  trials: () => [],
  switches: [],
  off: [],
  coverage: { sees: ['commands'], failing: 'unknown', gaps: [], known: 'run', source: 'this test' },
  wiring: [
    { file: '~/.tester/settings.json', at: ['hooks', 'PreToolUse'], entry: group },
    { file: '~/.tester/settings.json', at: ['hooks', 'PostToolUse'], entry: group },
  ],
};
const oneHook: Agent = { ...agent, wiring: agent.wiring.slice(0, 1) };
const installed = group(launch);

describe('a file that is not there', () => {
  test('is made with its folders, and goes again with them', async () => {
    const { home, given, file } = fresh();
    assert.deepEqual(await install(agent, launch, given), { changed: [file] });
    assert.deepEqual(read(file), { hooks: { PreToolUse: [installed], PostToolUse: [installed] } });
    assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'wired' });
    assert.deepEqual(await uninstall(agent, given), { changed: [file] });
    assert.deepEqual(fs.readdirSync(home), []);
    assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'absent' });
  });

  test('stays with what others put into it', async () => {
    const { given, file } = fresh();
    await install(agent, launch, given);
    const value = read(file) as { hooks: object };
    fs.writeFileSync(file, JSON.stringify({ model: 'm', hooks: value.hooks }, null, 2));
    await uninstall(agent, given);
    assert.equal(fs.readFileSync(file, 'utf8'), '{\n  "model": "m"\n}');
  });

  test('goes when others only wrote it in another form', async () => {
    const { given, file } = fresh();
    await install(agent, launch, given);
    fs.writeFileSync(file, JSON.stringify(read(file)));
    await uninstall(agent, given);
    assert.equal(fs.existsSync(file), false);
    assert.equal(fs.existsSync(path.dirname(file)), false);
  });

  test('is not minded when somebody removed it', async () => {
    const { given, file } = fresh();
    await install(agent, launch, given);
    fs.rmSync(file);
    assert.deepEqual(await uninstall(agent, given), { changed: [] });
    assert.equal(fs.existsSync(path.dirname(file)), false);
  });
});

const ours = (indent: string, eol: string): string =>
  JSON.stringify(installed, null, 2).replaceAll('\n', eol + indent);
const golden: readonly (readonly [name: string, before: string, after: string])[] = [
  ['nothing', '', `{\n  "hooks": {\n    "PreToolUse": [\n      ${ours('      ', '\n')}\n    ]\n  }\n}\n`],
  [
    'comments and a trailing comma',
    '{\n  // mine\n  "a": 1, // one\n  "b": [1, 2,],\n  /* end */\n}\n',
    `{\n  // mine\n  "a": 1, // one\n  "b": [1, 2,],\n  /* end */\n  "hooks": {\n    "PreToolUse": [\n      ${ours('      ', '\n')}\n    ]\n  },\n}\n`,
  ],
  [
    'windows line ends and a byte order mark',
    '\uFEFF{\r\n  "a": 1\r\n}\r\n',
    `\uFEFF{\r\n  "a": 1,\r\n  "hooks": {\r\n    "PreToolUse": [\r\n      ${ours('      ', '\r\n')}\r\n    ]\r\n  }\r\n}\r\n`,
  ],
  ['one line', '{"a":1}', `{"a":1, "hooks": ${JSON.stringify({ PreToolUse: [installed] })}}`],
  [
    'hooks of others',
    '{\n  "hooks": {\n    "PreToolUse": [\n      {"matcher": "Bash", "hooks": []} // theirs\n    ],\n    "Stop": []\n  }\n}',
    `{\n  "hooks": {\n    "PreToolUse": [\n      {"matcher": "Bash", "hooks": []}, // theirs\n      ${ours('      ', '\n')}\n    ],\n    "Stop": []\n  }\n}`,
  ],
];
describe('golden', () => {
  for (const [name, before, expected] of golden)
    test(name, async () => {
      const { given, file } = fresh(before);
      await install(oneHook, launch, given);
      assert.equal(fs.readFileSync(file, 'utf8'), expected);
      assert.deepEqual(await install(oneHook, launch, given), { changed: [] });
      // Somebody adds a space: nothing is byte for byte as written any more.
      fs.appendFileSync(file, ' ');
      await uninstall(oneHook, given);
      if (before !== '') assert.equal(fs.readFileSync(file, 'utf8'), `${before} `);
      else assert.equal(fs.readFileSync(file, 'utf8').trim(), '{}');
    });
});

describe('what others did since', () => {
  test('stays, and a hook in our own group too', async () => {
    const { given, file } = fresh('{}');
    await install(agent, launch, given);
    const value = read(file) as { hooks: { PreToolUse: { hooks: unknown[] }[] } };
    value.hooks.PreToolUse[0]?.hooks.unshift({ type: 'command', command: 'theirs' });
    fs.writeFileSync(file, JSON.stringify(value));
    assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'outdated' });
    await uninstall(agent, given);
    assert.deepEqual(read(file), {
      hooks: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command: 'theirs' }] }] },
    });
  });

  test('is what comes back after the program has moved', async () => {
    const { given, file } = fresh('{"a": 1}');
    await install(agent, launch, given);
    const value = read(file) as object;
    fs.writeFileSync(file, JSON.stringify({ ...value, b: 2 }));
    const moved = { ...launch, node: '/elsewhere/node' };
    assert.deepEqual(await wiringStatus(agent, moved, given), { is: 'outdated' });
    await install(agent, moved, given);
    assert.deepEqual(read(file), {
      a: 1,
      b: 2,
      hooks: { PreToolUse: [group(moved)], PostToolUse: [group(moved)] },
    });
    await uninstall(agent, given);
    assert.deepEqual(read(file), { a: 1, b: 2 });
  });

  test('is respected without a record', async () => {
    const { given, file, state } = fresh('{"a": 1, "hooks": {"PreToolUse": [1]}}');
    await install(agent, launch, given);
    fs.rmSync(path.join(state, 'wiring'), { recursive: true });
    assert.deepEqual(await install(agent, launch, given), { changed: [] });
    fs.rmSync(path.join(state, 'wiring'), { recursive: true });
    await uninstall(agent, given);
    assert.deepEqual(read(file), { a: 1, hooks: { PreToolUse: [1], PostToolUse: [] } });
  });

  test('entries of an agent whose name begins as ours stay', async () => {
    const theirs = { command: '"/opt/node" "/s/bin/guard.js" hook tester-two' };
    const { given, file } = fresh(JSON.stringify({ hooks: { PreToolUse: [theirs] } }));
    await uninstall(agent, given);
    assert.deepEqual(read(file), { hooks: { PreToolUse: [theirs] } });
  });

  test('the words of a command may stand apart', async () => {
    const own = { command: '/opt/node', args: ['/s/bin/guard.js', 'hook', 'tester'] };
    const { given, file } = fresh(JSON.stringify({ hooks: { PreToolUse: [own, 1] } }));
    await uninstall(agent, given);
    assert.deepEqual(read(file), { hooks: { PreToolUse: [1] } });
  });
});

describe('hooks of others that would not be run beside ours', () => {
  const displacing = {
    ...oneHook,
    wiring: oneHook.wiring.map(it => ({
      ...it,
      displaces: [
        { file: '~/.tester/other.json', at: ['hooks', 'PreToolUse'] },
        { file: '~/.tester/more/hooks.json', at: [] },
      ],
    })),
  };
  for (const [other, text] of [
    ['other.json', '{"hooks": {"PreToolUse": [{}]}} // theirs'],
    ['more/hooks.json', '{"PreToolUse": []}'],
  ] as const)
    test(`stay: ${other}`, async () => {
      const { home, given, file } = fresh();
      const place = path.join(home, '.tester', other);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, text);
      const came = await install(displacing, launch, given);
      assert.match(
        'problem' in came ? came.problem : 'it was written',
        new RegExp(`${other}. has hooks that are not run`),
      );
      assert.equal(fs.existsSync(file), false);
      // Nothing of others, or ours there before them.
      fs.writeFileSync(
        place,
        '{"hooks": {"PreToolUse": []}}'.slice(0, other === 'other.json' ? undefined : 0),
      );
      assert.deepEqual(await install(displacing, launch, given), { changed: [file] });
      fs.writeFileSync(place, text);
      assert.ok('changed' in (await install(displacing, { ...launch, guard: '/else/guard.js' }, given)));
    });
});

describe('refuses', () => {
  const bad: readonly (readonly [string, string | Buffer])[] = [
    ['what does not parse', '{"a": '],
    ['a list', '[]'],
    ['hooks that are no table', '{"hooks": []}'],
    ['hooks that are null', '{"hooks": null}'],
    ['an event that is no list', '{"hooks": {"PreToolUse": {}}}'],
    ['keys that stand twice on the way', '{"hooks": {"PreToolUse": {}}, "hooks": {"PreToolUse": 1}}'],
    ['only a comment', '// nothing\n'],
    ['other encodings', Buffer.from([0xff, 0xfe, 0x7b, 0x00])],
  ];
  for (const [name, content] of bad)
    test(name, async () => {
      const { given, file } = fresh(content);
      const result = await install(agent, launch, given);
      assert.match('problem' in result ? result.problem : '', /^cannot wire Tester: .*settings\.json/);
      assert.deepEqual(fs.readFileSync(file), Buffer.from(content));
      assert.deepEqual(fs.readdirSync(path.dirname(file)), ['settings.json']);
    });

  test('a link that leads nowhere, and a folder', { skip: !posix }, async () => {
    const { given, file } = fresh();
    fs.mkdirSync(path.dirname(file));
    fs.symlinkSync('/nowhere/at/all', file);
    assert.ok('problem' in (await install(agent, launch, given)));
    fs.rmSync(file);
    fs.mkdirSync(file);
    assert.ok('problem' in (await install(agent, launch, given)));
    assert.equal((await wiringStatus(agent, launch, given)).is, 'unreadable');
  });

  test('the second file, and then leaves the first as it was', async () => {
    const { given, file, home } = fresh('{}');
    fs.writeFileSync(path.join(home, 'other.json'), 'not json');
    const two: Agent = {
      ...agent,
      wiring: [...agent.wiring, { file: '~/other.json', at: ['x'], entry: group }],
    };
    assert.ok('problem' in (await install(two, launch, given)));
    assert.equal(fs.readFileSync(file, 'utf8'), '{}');
  });
});

test('links, modes and the original bytes are kept', { skip: !posix }, async () => {
  const { given, file, home, state } = fresh();
  fs.mkdirSync(path.dirname(file));
  const real = path.join(home, 'dotfiles.json');
  fs.writeFileSync(real, '{"a":1}', { mode: 0o640 });
  fs.symlinkSync(real, file);
  await install(agent, launch, given);
  assert.ok(fs.lstatSync(file).isSymbolicLink());
  assert.equal(fs.statSync(real).mode & 0o777, 0o640);
  const record = path.join(state, 'wiring', 'tester.json');
  assert.equal(fs.statSync(record).mode & 0o777, 0o600);
  assert.ok(fs.readFileSync(record, 'utf8').includes(Buffer.from('{"a":1}').toString('base64')));
  await uninstall(agent, given);
  assert.ok(fs.lstatSync(file).isSymbolicLink());
  assert.equal(fs.readFileSync(real, 'utf8'), '{"a":1}');
});

test('two windows may wire at once', async () => {
  const { given, file } = fresh('{"a": 1}\n');
  const results = await Promise.all([1, 2, 3, 4].map(() => install(agent, launch, given)));
  assert.equal(results.filter(it => 'changed' in it && it.changed.length === 1).length, 1);
  await uninstall(agent, given);
  assert.equal(fs.readFileSync(file, 'utf8'), '{"a": 1}\n');
});

test('two agents may share a file, and leave it in any order', async () => {
  const { given, file } = fresh('{\n  "a": 1\n}\n');
  const second: Agent = {
    ...agent,
    id: 'other',
    wiring: agent.wiring.map(it => ({ ...it, entry: () => ({ command: '/s/bin/guard.js hook other' }) })),
  };
  await install(agent, launch, given);
  await install(second, launch, given);
  await uninstall(agent, given);
  assert.deepEqual(await wiringStatus(second, launch, given), { is: 'wired' });
  await uninstall(second, given);
  assert.deepEqual((read(file) as { a: number }).a, 1);
  assert.equal(fs.readFileSync(file, 'utf8').includes('guard.js'), false);
});

const value = fc.jsonValue({ maxDepth: 3 });
const hooks = fc.dictionary(
  fc.constantFrom('PreToolUse', 'PostToolUse', 'Stop'),
  fc.array(value, { maxLength: 3 }),
);
const settings = fc
  .record({ hooks, other: value, extra: fc.dictionary(fc.string(), value) }, { requiredKeys: [] })
  .map(({ extra, ...rest }) => ({ ...rest, ...extra, ...('hooks' in rest ? { hooks: rest.hooks } : {}) }));
/** A value as JSON with comments: between any two tokens there may be blanks, line ends and comments. */
const written = fc
  .tuple(
    settings,
    fc.array(fc.constantFrom('', ' ', '\n', '\r\n', '\t', '/* c, ] } */', '// c, " ] }\n'), {
      minLength: 1,
      maxLength: 12,
    }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([it, fill, mark, trailing]) => ({ it, text: (mark ? '\uFEFF' : '') + jsonc(it, fill, trailing) }));

test('undoing gives the same bytes, whatever they were', async () => {
  const { given, file } = fresh('{}');
  await fc.assert(
    fc.asyncProperty(written, async ({ it, text }) => {
      fs.writeFileSync(file, text);
      const result = await install(agent, launch, given);
      if ('problem' in result) {
        assert.ok('hooks' in it && !isTable((it as { hooks: unknown }).hooks), result.problem);
      } else assert.equal((await wiringStatus(agent, launch, given)).is, 'wired');
      assert.deepEqual((await uninstall(agent, given)) !== undefined, true);
      assert.equal(fs.readFileSync(file, 'utf8'), text);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
});

test('undoing after a change by others takes exactly ours', async () => {
  const { given, file } = fresh('{}');
  await fc.assert(
    fc.asyncProperty(written, async ({ it, text }) => {
      fs.writeFileSync(file, text);
      if ('problem' in (await install(agent, launch, given))) return;
      fs.appendFileSync(file, '\n');
      assert.ok('changed' in (await uninstall(agent, given)));
      const left = fs.readFileSync(file, 'utf8');
      assert.deepEqual(bare(text), JSON.parse(JSON.stringify(it)));
      assert.deepEqual(bare(left), bare(text));
      assert.deepEqual(left.match(/\/\*.*?\*\/|\/\/ c.*/g) ?? [], text.match(/\/\*.*?\*\/|\/\/ c.*/g) ?? []);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
});

function fresh(content?: string | Buffer): {
  readonly home: string;
  readonly state: string;
  readonly file: string;
  readonly given: WiringGiven;
} {
  const base = fs.mkdtempSync(path.join(root, 'case-'));
  const [home, state] = [path.join(base, 'home'), path.join(base, 'state')];
  fs.mkdirSync(home);
  const file = path.join(home, '.tester', 'settings.json');
  if (content !== undefined) {
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, content);
  }
  return { home, state, file, given: { home, state } };
}

function read(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function bare(text: string): unknown {
  const root = tree(text.replace(/^\uFEFF/, ''));
  return root && plain(root);
}

function isTable(it: unknown): boolean {
  return typeof it === 'object' && it !== null && !Array.isArray(it);
}

function jsonc(it: unknown, fill: readonly string[], trailing: boolean): string {
  let turn = 0;
  const tokens = JSON.stringify(it).match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^[\]{},:"]+/g) ?? [];
  return tokens
    .flatMap((token, index) =>
      trailing && /^[}\]]$/.test(token) && !/^[{[]$/.test(tokens[index - 1] ?? '') ? [',', token] : [token],
    )
    .map(token => token + (fill[turn++ % fill.length] ?? ''))
    .join('');
}
