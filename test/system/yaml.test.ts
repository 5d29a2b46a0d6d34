import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Document, parse } from 'yaml';
import type { Launch } from '../../src/core/agent.ts';
import { install, uninstall, wiringStatus } from '../../src/system/wiring.ts';

/* Hooks in a file of YAML, among what others wrote there. */

const root = fs.mkdtempSync(path.join(tmpdir(), 'yaml-test-'));
after(() => fs.rmSync(root, { recursive: true }));
const launch: Launch = { node: '/opt/node', guard: '/s/bin/guard.js', state: '/s', platform: 'posix' };
const later: Launch = { ...launch, guard: '/elsewhere/bin/guard.js' };
const entry = ({ guard }: Launch) => ({
  match: '*',
  run: [{ command: `node "${guard}" hook tester || echo '{"no": "# failed: \\"x\\""}'` }],
});
const agent = {
  id: 'tester',
  name: 'Tester',
  wiring: [{ file: '~/.tester/config.yaml', at: ['hooks', 'before'], entry }],
};
const ours = (indent: number) =>
  ['- match: "*"', '  run:', `    - command: ${JSON.stringify(entry(launch).run[0]?.command)}`]
    .map(line => `${' '.repeat(indent)}${line}\n`)
    .join('');
const json = JSON.stringify(entry(launch));

const golden: readonly (readonly [what: string, before: string, after: string])[] = [
  ['nothing', '', `hooks:\n  before:\n${ours(4)}`],
  ['a comment alone', '# mine\n', `# mine\nhooks:\n  before:\n${ours(4)}`],
  [
    'other settings, with no end to the last line',
    'model: m # mine\ntools: [a, b]',
    `model: m # mine\ntools: [a, b]\nhooks:\n  before:\n${ours(4)}`,
  ],
  [
    'hooks of others, with comments around',
    '# top\nhooks:\n  before: # first\n    - match: x # one\n    # - match: off\n\n  after: []\n\n# end\nmodel: m\n',
    `# top\nhooks:\n  before: # first\n    - match: x # one\n${ours(4)}    # - match: off\n\n  after: []\n\n# end\nmodel: m\n`,
  ],
  [
    'a list that is not moved in',
    'hooks:\n  before:\n  - match: x\n    run: |+\n      two\n\n  after: 1\n',
    `hooks:\n  before:\n  - match: x\n    run: |+\n      two\n\n${ours(2)}  after: 1\n`,
  ],
  ['a key with nothing', 'hooks: # to come\nmodel: m\n', `hooks: # to come\n  before:\n${ours(4)}model: m\n`],
  ['lists in brackets', 'hooks: { before: [ a ] } # b\n', `hooks: { before: [ a, ${json} ] } # b\n`],
  ['brackets over lines', 'hooks: {\n  a: 1, # c\n  }\n', `hooks: {\n  a: 1, # c\n  "before":[${json}]}\n`],
  ['windows line ends', 'a: 1\r\n', `a: 1\r\n${`hooks:\n  before:\n${ours(4)}`.replaceAll('\n', '\r\n')}`],
  ['a mark of its begin', '---\na: 1\n', `---\na: 1\nhooks:\n  before:\n${ours(4)}`],
];

describe('hooks in YAML', () => {
  for (const [what, before, expected] of golden)
    test(`beside ${what}`, async () => {
      const { given, file, read } = fresh(before);
      assert.deepEqual(await install(agent, launch, given), { changed: [file] });
      assert.equal(read(), expected);
      assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'wired' });
      assert.deepEqual(await install(agent, launch, given), { changed: [] });
      await uninstall(agent, given);
      assert.equal(read(), before);
    });

  test('are taken out of a file that somebody has changed since, and nothing else is', async () => {
    for (const [, before, expected] of golden) {
      const { given, file, read } = fresh(before);
      await install(agent, launch, given);
      fs.writeFileSync(file, `${expected}\n# later\n`);
      assert.deepEqual(await install(agent, later, given), { changed: [file] });
      assert.deepEqual(await wiringStatus(agent, later, given), { is: 'wired' });
      await uninstall(agent, given);
      assert.deepEqual(
        parse(read()) ?? {},
        before.includes('to come') ? { hooks: {}, model: 'm' } : (parse(before) ?? {}),
      );
      for (const comment of `${before}# later`.match(/#.*/g) ?? [])
        assert.ok(read().includes(comment), read());
    }
  });

  test('of others in our own group stay', async () => {
    const { given, file, read } = fresh('a: 1\n');
    await install(agent, launch, given);
    fs.appendFileSync(file, '        - command: theirs # mine\n');
    await uninstall(agent, given);
    assert.equal(
      read(),
      'a: 1\nhooks:\n  before:\n    - match: "*"\n      run:\n        - command: theirs # mine\n',
    );
  });

  test('leave an empty list where the others went', async () => {
    const { given, file, read } = fresh('hooks:\n  before: # c\n    - x\n');
    await install(agent, launch, given);
    fs.writeFileSync(file, read().replace('    - x\n', ''));
    await uninstall(agent, given);
    assert.equal(read(), 'hooks:\n  before: [] # c\n');
  });

  test('go with the file where there was none, though it was written anew', async () => {
    const { given, file } = fresh();
    await install(agent, launch, given);
    fs.writeFileSync(file, JSON.stringify(parse(fs.readFileSync(file, 'utf8'))));
    await uninstall(agent, given);
    assert.equal(fs.existsSync(path.dirname(file)), false);
  });

  test('begin with what a new file needs', async () => {
    const { given, file, read } = fresh();
    const versioned = { ...agent, wiring: agent.wiring.map(it => ({ ...it, start: { version: 1 } })) };
    await install(versioned, launch, given);
    assert.match(read(), /^version: 1\nhooks:\n/);
    fs.appendFileSync(file, '\n');
    await uninstall(versioned, given);
    assert.equal(fs.existsSync(file), false);
  });

  test('stay where the file cannot be read any more, and that is told', async () => {
    const { given, file, read } = fresh('a: 1\n');
    await install(agent, launch, given);
    fs.appendFileSync(file, 'b: [\n');
    const broken = read();
    assert.equal((await wiringStatus(agent, launch, given)).is, 'unreadable');
    const came = await uninstall(agent, given);
    assert.match('problem' in came ? came.problem : 'it was changed', /does not parse as YAML, line \d+$/);
    assert.equal(read(), broken);
  });

  test('go from a file that the agent keeps none in any more', async () => {
    const { given, file, read } = fresh('a: 1\n');
    await install(agent, launch, given);
    fs.appendFileSync(file, '# later\n');
    const moved = { ...agent, wiring: agent.wiring.map(it => ({ ...it, file: '~/.tester/hooks.json' })) };
    assert.deepEqual(await uninstall(moved, given), { changed: [file] });
    assert.equal(read(), 'a: 1\n# later\n');
  });

  for (const [what, before, problem] of [
    ['what does not parse', 'a: [1\nb: SECRET: x\n', /does not parse as YAML, line \d+$/],
    ['a key twice', 'a: 1\na: 2\n', /does not parse/],
    ['two documents', 'a: 1\n---\nb: 2\n', /does not parse/],
    ['a text where the list would be', 'hooks:\n  before: x\n', /not as expected at `hooks\.before`/],
    ['a list where the table would be', 'hooks: [1]\n', /not as expected/],
    ['a list that stands for two', 'a: &it\n  - x\nhooks:\n  before: *it\n', /not as expected/],
    [
      'a list whose other place would get ours',
      'hooks:\n  before: &it\n    - x\nb: *it\n',
      /not as expected/,
    ],
    ['more aliases than can be read', bomb(), /resource|alias/i],
  ] as const)
    test(`are not put into ${what}`, async () => {
      const { given, read } = fresh(before);
      const came = await install(agent, launch, given);
      assert.match('problem' in came ? came.problem : 'it was changed', problem);
      assert.doesNotMatch('problem' in came ? came.problem : '', /SECRET/);
      assert.equal(read(), before);
    });
});

const value = fc.jsonValue({ maxDepth: 3 });
const settings = fc.record(
  {
    hooks: fc.dictionary(fc.constantFrom('before', 'after'), fc.array(value, { maxLength: 3 })),
    other: value,
    extra: fc.dictionary(fc.string({ maxLength: 6 }), value, { maxKeys: 3 }),
  },
  { requiredKeys: [] },
);
/** A value as YAML in one of its looks, with a comment before every key and behind it. */
const written = fc
  .tuple(
    settings,
    fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([it, look, comments, ends]) => {
    const document = new Document(it);
    if (comments) document.commentBefore = ' c0';
    let text = document.toString({ ...look, lineWidth: 0 });
    if (comments && look.collectionStyle === 'block')
      text = text.replaceAll(/^( *(?:- )?[a-z]+:)(?=\n)/gm, '$1 # c');
    return { it, text: ends ? text : text.trimEnd() };
  })
  // The library itself writes some looks that it does not read.
  .filter(({ it, text }) => isSame(text, it));

test('undoing gives the same bytes, and after a change by others takes exactly ours', async () => {
  await fc.assert(
    fc.asyncProperty(written, fc.boolean(), async ({ it, text }, isChanged) => {
      const { given, file, read } = fresh(text);
      assert.deepEqual(await install(agent, launch, given), { changed: [file] }, text);
      assert.equal((await wiringStatus(agent, launch, given)).is, 'wired');
      if (isChanged) fs.appendFileSync(file, '\n# later\n');
      await uninstall(agent, given);
      if (!isChanged) return assert.equal(read(), text);
      assert.deepEqual(parse(read()) ?? {}, JSON.parse(JSON.stringify(it)));
      assert.deepEqual(read().match(/# c.*/g) ?? [], text.match(/# c.*/g) ?? []);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
});

function fresh(content?: string) {
  const base = fs.mkdtempSync(path.join(root, 'case-'));
  const [home, state] = [path.join(base, 'home'), path.join(base, 'state')];
  fs.mkdirSync(home);
  const file = path.join(home, '.tester/config.yaml');
  if (content !== undefined) {
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, content);
  }
  return { given: { home, state }, file, read: () => fs.readFileSync(file, 'utf8') };
}

/** Each line stands for ten of the line before. */
function bomb(): string {
  const lines = [...'bcdefgh'].map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]}, `.repeat(10)}]\n`);
  return `a: &a [x]\n${lines.join('')}`;
}

function isSame(text: string, value: unknown): boolean {
  try {
    return isDeepStrictEqual(parse(text) ?? {}, JSON.parse(JSON.stringify(value)));
  } catch {
    return false;
  }
}
