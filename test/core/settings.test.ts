import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { environmentBy } from '../../src/core/environment.ts';
import { judge, rank } from '../../src/core/judge.ts';
import { verdicts, type Policy } from '../../src/core/model.ts';
import { across } from '../../src/core/origin.ts';
import { factory, readSettings, settingKeys, tighten, type Settings } from '../../src/core/settings.ts';
import { noFacts } from '../../src/core/supervise.ts';
import { rules } from '../../src/rules/index.ts';
import { madeUp } from '../support/madeUp.ts';

const read = (values: Readonly<Record<string, unknown>>, fallback?: Settings) =>
  readSettings(key => values[key], fallback);

describe('a value that does not parse', () => {
  const bad: Readonly<Record<(typeof settingKeys)[number], readonly unknown[]>> = {
    mode: ['paused', 'Enforce', '', 1, true, [], {}],
    rules: [[], 'x', 1, { 'git.force-push': 'warn' }, { 'git.force-push': null }, { x: {} }],
    hidden: ['x', [1], [''], ['x'.repeat(257)], {}, [null]],
    environments: [
      [],
      'x',
      1,
      { prod: 'x' },
      { prod: [1] },
      { prod: [''] },
      { prod: ['x'.repeat(257)] },
      { '': [] },
      { 'a\nb': [] },
      { ['x'.repeat(65)]: [] },
    ],
    environment: [1, [], {}, 'x'.repeat(65), 'a\nb'],
    secretPrograms: [[], 'x', { pass: 1 }, { pass: 'pass' }, { pass: './pass' }, { pass: null }],
    connections: [
      [],
      'x',
      { db: 'x' },
      { db: null },
      { db: { kind: 'oracle', from: 'A' } },
      { db: { kind: 'postgres' } },
      { db: { kind: 'postgres', from: 'postgres://me:it@there/db' } },
      { db: { kind: 'sqlite', from: '' } },
      { db: { kind: 'sqlite', from: 'a', writable: 'yes' } },
      { db: { kind: 'sqlite', from: 'a', environment: '' } },
      { '': { kind: 'sqlite', from: 'a' } },
    ],
    'approval.timeout': ['120', 4, 541, -1, Number.NaN, Number.POSITIVE_INFINITY, [], {}],
    agents: ['claude', [1], {}, [null]],
    customAgents: [{}, 'x', [1], [{}], [{ ...madeUp, id: 'A' }], [madeUp, madeUp]],
    'scan.onSave': ['true', 0, 1, [], {}],
    'scan.onStartup': ['true', 0, 1, [], {}],
    'rotation.commands': [
      [],
      'x',
      { github: 1 },
      { github: '' },
      { github: 'a | b' },
      { github: 'x'.repeat(1001) },
    ],
    'rotation.days': [-1, 3651, 1.5, '90', [], { github: -1 }, { github: '90' }],
    denyLists: ['claude', [1], {}, [null]],
    hideInEditor: ['true', 0, 1, [], {}],
    shellGuard: ['true', 0, 1, [], {}],
    pathShims: ['true', 0, 1, [], {}],
    'sandbox.domains': ['*', [1], {}, [null], [''], ['a b'], ['https://example.com'], ['*example.com']],
    'sandbox.keep': ['A', [1], {}, [null], [''], ['A B'], ['A=1']],
  };
  for (const key of settingKeys)
    for (const value of bad[key])
      test(`${key}: ${JSON.stringify(value)?.slice(0, 40)}`, () => {
        const { settings, problems } = read({ [key]: value });
        assert.deepEqual(settings, factory);
        assert.equal(problems.length, 1);
        assert.ok(problems[0]?.startsWith(`cannot use setting \`chaperone.${key}\`: `), problems[0]);
      });

  test('leaves the last good one, and the others', () => {
    const { settings: good } = read({ mode: 'strict', 'approval.timeout': 30 });
    const { settings, problems } = read({ mode: 'wrong', 'approval.timeout': 60 }, good);
    assert.deepEqual(settings, { ...good, approvalTimeout: 60 });
    assert.equal(problems.length, 1);
  });

  test('null and nothing are the fallback, without a word', () =>
    assert.deepEqual(read({ mode: null, rules: undefined }), { settings: factory, problems: [] }));
});

describe('a value that does', () => {
  for (const [values, settings] of [
    [{ mode: 'watch' }, { mode: 'watch' }],
    [{ rules: { 'git.force-push': 'allow' } }, { rules: { 'git.force-push': 'allow' } }],
    [{ hidden: ['a/**', '!a/b'] }, { hidden: ['a/**', '!a/b'] }],
    [
      { environments: { production: ['*.example.com'] } },
      { environments: { production: ['*.example.com'] } },
    ],
    [{ environments: { 'my test-2': [] } }, { environments: { 'my test-2': [] } }],
    [{ environment: 'staging' }, { environment: 'staging' }],
    [{ secretPrograms: { pass: '/usr/bin/pass' } }, { secretPrograms: { pass: '/usr/bin/pass' } }],
    [{ secretPrograms: { pass: 'C:\\bin\\pass.exe' } }, { secretPrograms: { pass: 'C:\\bin\\pass.exe' } }],
    [{ 'approval.timeout': 5 }, { approvalTimeout: 5 }],
    [{ 'approval.timeout': 540 }, { approvalTimeout: 540 }],
    [{ agents: [] }, { agents: [] }],
    [{ customAgents: [madeUp] }, { customAgents: [madeUp] }],
    [{ 'scan.onSave': false }, { scan: { onSave: false, onStartup: false } }],
    [{ 'scan.onStartup': true }, { scan: { onSave: true, onStartup: true } }],
    [
      { 'rotation.commands': { github: '~/bin/rotate now' } },
      { rotationCommands: { github: '~/bin/rotate now' } },
    ],
    [{ 'rotation.days': 0 }, { rotationDays: 0 }],
    [{ 'rotation.days': { github: 30, '*': 180 } }, { rotationDays: { github: 30, '*': 180 } }],
    [
      { connections: { db: { kind: 'mysql', from: 'A=.env', environment: 'live', x: 1 } } },
      { connections: { db: { kind: 'mysql', from: 'A=.env', environment: 'live', writable: false } } },
    ],
    [{ denyLists: ['claude'] }, { denyLists: ['claude'] }],
    [{ hideInEditor: true }, { hideInEditor: true }],
    [{ shellGuard: false }, { shellGuard: false }],
    [{ pathShims: true }, { pathShims: true }],
    [{ 'sandbox.domains': ['*.a.b:443', 'c'] }, { sandbox: { domains: ['*.a.b:443', 'c'], keep: [] } }],
    [{ 'sandbox.keep': ['A_KEY'] }, { sandbox: { domains: ['*'], keep: ['A_KEY'] } }],
  ] as const)
    test(JSON.stringify(values), () =>
      assert.deepEqual(read(values), { settings: { ...factory, ...settings }, problems: [] }),
    );
});

const table = fc.dictionary(
  fc.constantFrom(...rules.map(({ id }) => id as string)),
  fc.constantFrom(...verdicts),
  { maxKeys: 6 },
);
const settings: fc.Arbitrary<Settings> = fc.record({
  mode: fc.constantFrom('enforce', 'strict', 'watch'),
  rules: table,
  floors: fc.constant({}),
  hidden: fc.array(fc.constantFrom('a', '!a', 'b/**', '!.env')),
  environments: fc.dictionary(
    fc.constantFrom('production', 'live', 'staging', 'local'),
    fc.uniqueArray(fc.constantFrom('a', 'b*', 'c')),
  ),
  environment: fc.constantFrom('', 'staging', 'production'),
  secretPrograms: fc.constant({}),
  connections: fc.constant({}),
  approvalTimeout: fc.integer({ min: 5, max: 540 }),
  agents: fc.constant([]),
  customAgents: fc.constantFrom([], [madeUp]),
  rotationDays: fc.constantFrom(0, 30, { github: 30 }),
  rotationCommands: fc.constantFrom({}, { github: 'a' }),
  denyLists: fc.constant([]),
  hideInEditor: fc.boolean(),
  shellGuard: fc.boolean(),
  pathShims: fc.boolean(),
  sandbox: fc.record({
    domains: fc.uniqueArray(fc.constantFrom('*', 'a.example', 'b.example', '*.c.example')),
    keep: fc.uniqueArray(fc.constantFrom('A_KEY', 'B_KEY')),
  }),
  scan: fc.record({ onSave: fc.boolean(), onStartup: fc.boolean() }),
});

describe('a workspace', () => {
  const policy = ({ mode, rules: chosen, floors }: Settings): Policy => ({
    rules,
    verdicts: chosen,
    floors,
    mode,
  });

  test('never loosens what a person set', () =>
    fc.assert(
      fc.property(settings, settings, (person, workspace) => {
        const both = tighten(person, workspace);
        for (const effect of [
          { does: 'tamper', what: 'x', at: [0, 0] },
          { does: 'discard', what: 'changes', at: [0, 0] },
          { does: 'unknown', why: 'x', at: [0, 0] },
          { does: 'run', program: 'x', origin: 'unfamiliar', at: [0, 0] },
        ] as const) {
          const mine = judge([effect], noFacts, policy(person)).verdict;
          assert.ok(rank(judge([effect], noFacts, policy(both)).verdict) >= rank(mine));
        }
        assert.ok(both.approvalTimeout <= person.approvalTimeout);
        assert.ok(person.hidden.every(glob => both.hidden.includes(glob)));
        assert.deepEqual(
          both.hidden.slice(person.hidden.length).filter(glob => glob.startsWith('!')),
          [],
        );
        for (const [name, globs] of Object.entries(person.environments))
          assert.ok(globs.every(glob => both.environments[name]?.includes(glob)));
        for (const reach of [{ host: 'a' }, { database: 'b1' }, { context: 'c' }, { profile: 'prod' }]) {
          const [mine, ours] = [person, both].map(it => environmentBy(it.environments)('', reach));
          assert.ok(!mine?.production || ours?.production);
          assert.ok(mine?.local || !ours?.local);
        }
        for (const environment of ['production', 'staging'])
          assert.ok(!across(person.environment, environment) || across(both.environment, environment));
        assert.deepEqual(both.secretPrograms, person.secretPrograms);
        assert.deepEqual(both.agents, person.agents);
        assert.deepEqual(both.customAgents, person.customAgents);
        assert.deepEqual(both.rotationDays, person.rotationDays);
        assert.deepEqual(both.rotationCommands, person.rotationCommands);
        assert.deepEqual(both.sandbox.keep, person.sandbox.keep);
        assert.ok(
          person.sandbox.domains.includes('*') ||
            both.sandbox.domains.every(host => person.sandbox.domains.includes(host)),
        );
        assert.deepEqual(both.scan, person.scan);
        assert.equal(both.hideInEditor, person.hideInEditor);
        assert.equal(both.shellGuard, person.shellGuard);
        assert.equal(both.pathShims, person.pathShims);
      }),
    ));

  test('twice is once', () =>
    fc.assert(
      fc.property(settings, settings, (person, workspace) => {
        const once = tighten(person, workspace);
        const { hidden: _, ...rest } = tighten(once, workspace);
        const { hidden: __, ...first } = once;
        assert.deepEqual(rest, first);
      }),
    ));
});
