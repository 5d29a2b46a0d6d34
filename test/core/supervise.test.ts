import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Action, Attempt, Decision, Entry, Lead } from '../../src/core/model.ts';
import type { Supervision } from '../../src/core/ports.ts';
import { noFacts, questions, supervise } from '../../src/core/supervise.ts';
import { actionFor, attemptTo, effectsFor, paperLine, rulingFor, type PaperLine } from '../support/line.ts';

/*
 * The whole line with fakes at its ends: who was asked what, what came of it, and what stands in the record.
 */

interface Story {
  readonly ruling: string;
  /** How often a person was asked. */
  readonly asked: number;
  /** What the record says. */
  readonly recorded: readonly string[];
}

async function story(action: Action | string, options: PaperLine = {}, more: Partial<Supervision> = {}) {
  const asked: Decision[] = [];
  const entries: Entry[] = [];
  const attempt = attemptTo(actionFor(action));
  const ruling = await supervise(attempt, { ...paperLine({ ...options, asked, entries }), ...more });
  const told: Story = {
    ruling: `${ruling.outcome} by ${ruling.by}`,
    asked: asked.length,
    recorded: entries.map(it => `${it.verdict} ${it.outcome} ${it.by}${it.spared ? ` ${it.spared}` : ''}`),
  };
  return { told, ruling, entries };
}

describe('who is asked', () => {
  const yes = { answer: { outcome: 'allowed', by: 'person' } } as const;
  const no = { answer: { outcome: 'refused', by: 'person' } } as const;
  for (const [line, options, told] of [
    ['ls', {}, { ruling: 'allowed by policy', asked: 0, recorded: ['allow allowed policy'] }],
    ['rm -rf data', yes, { ruling: 'allowed by person', asked: 1, recorded: ['ask allowed person'] }],
    ['rm -rf data', no, { ruling: 'refused by person', asked: 1, recorded: ['ask refused person'] }],
    ['rm -rf data', {}, { ruling: 'refused by nobody', asked: 1, recorded: ['ask refused nobody'] }],
    ['rm -rf /etc', yes, { ruling: 'refused by policy', asked: 0, recorded: ['deny refused policy'] }],
    [
      'rm -rf /etc',
      { mode: 'watch' },
      { ruling: 'allowed by policy', asked: 0, recorded: ['allow allowed policy watch'] },
    ],
    [
      'rm -rf data',
      { mode: 'paused' },
      { ruling: 'allowed by policy', asked: 0, recorded: ['allow allowed policy paused'] },
    ],
    [
      'rm ~/.claude/settings.json',
      { mode: 'paused' },
      { ruling: 'refused by policy', asked: 0, recorded: ['deny refused policy paused'] },
    ],
    [
      'rm -rf data',
      { verdicts: { 'files.delete-many': 'allow' } },
      { ruling: 'allowed by policy', asked: 0, recorded: ['allow allowed policy'] },
    ],
    [
      'rm -rf data',
      { verdicts: { 'files.delete-many': 'allow' }, floors: { 'files.delete-many': 'deny' } },
      { ruling: 'refused by policy', asked: 0, recorded: ['deny refused policy'] },
    ],
  ] as const)
    test(`${line} ${JSON.stringify(options)}`, async () =>
      assert.deepEqual((await story(line, options)).told, withoutFloor(told, line, options)));

  /** A pause spares what is not kept always: the same verdict is then no sparing at all. */
  function withoutFloor(told: Story, line: string, { mode }: PaperLine): Story {
    return mode === 'paused' && line.includes('.claude')
      ? { ...told, recorded: told.recorded.map(it => it.replace(/ paused$/, '')) }
      : told;
  }
});

describe('what fails is asked, never allowed', () => {
  const failing: Readonly<Record<string, Partial<Supervision>>> = {
    'a world that rejects': { world: { ...paperLine().world, answer: () => Promise.reject(new Error('x')) } },
    'a world that throws': {
      world: {
        ...paperLine().world,
        answer: () => {
          throw new Error('x');
        },
      },
    },
    'a world that throws something else': {
      world: { ...paperLine().world, answer: () => Promise.reject('x') },
    },
    'an understanding that throws': {
      understand: () => {
        throw new TypeError('x');
      },
    },
    'a policy that throws': {
      policy: {
        ...paperLine().policy,
        rules: [
          {
            ...paperLine().policy.rules[0]!,
            minds: () => {
              throw new Error('x');
            },
          },
        ],
      },
    },
  };
  for (const [name, more] of Object.entries(failing))
    test(name, async () => {
      const { told, ruling } = await story('cat notes.txt', {}, more);
      assert.deepEqual(told, { ruling: 'refused by nobody', asked: 1, recorded: ['ask refused nobody'] });
      assert.deepEqual(
        ruling.decision.findings.map(it => it.rule),
        ['execution.unjudged'],
      );
    });

  test('a world that cannot read a lead', async () => {
    const world = { ...paperLine().world, read: () => Promise.reject(new Error('x')) };
    assert.equal((await story('bash x.sh', {}, { world })).told.ruling, 'refused by nobody');
  });

  test('what a world could not tell is taken for the worst', async () => {
    const { told } = await story('rm -rf node_modules', { failing: ['/work/project/node_modules'] });
    assert.equal(told.asked, 1);
  });

  test('an approver that rejects and a ledger that rejects end the line without a yes', async () => {
    const approver = { ask: () => Promise.reject(new Error('gone')) };
    await assert.rejects(story('rm -rf data', {}, { approver }));
    const ledger = { append: () => Promise.reject(new Error('full')) };
    await assert.rejects(story('ls', {}, { ledger }));
  });
});

describe('leads', () => {
  const caught = async (action: Action | string, leads: PaperLine['leads'] = {}) =>
    (await rulingFor(action, { leads })).decision.findings.map(it => it.rule);

  test('a script is followed', async () =>
    assert.deepEqual(await caught('npm test', { test: 'rm -rf /etc' }), ['files.delete-system']));
  test('a script that leads to a script', async () =>
    assert.deepEqual(
      await caught('npm test', { test: 'npm run a', a: 'bash b.sh', '/work/project/b.sh': 'rm -rf /etc' }),
      ['files.delete-system'],
    ));
  test('a cycle ends, and is nothing by itself', async () =>
    assert.deepEqual(await caught('npm run a', { a: 'npm run b', b: 'npm run a' }), []));
  test('a cycle hides nothing', async () =>
    assert.deepEqual(await caught('npm run a', { a: 'npm run b', b: 'npm run a && rm -rf /etc' }), [
      'files.delete-system',
    ]));
  test('what is too deep is not known', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `s${index}`);
    const leads = Object.fromEntries(names.map((name, index) => [name, `npm run s${index + 1}`]));
    assert.deepEqual(await caught('npm run s0', leads), ['execution.unknown']);
  });
  test('too many leads are not known', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `s${index}`);
    const leads = Object.fromEntries(names.map(name => [name, 'ls']));
    assert.ok(
      (await caught(names.map(name => `npm run ${name}`).join(';'), leads)).includes('execution.unknown'),
    );
  });
  test('a missing script is nothing', async () => assert.deepEqual(await caught('npm run missing'), []));
  test('an unreadable one is not known', async () => {
    const world = {
      ...paperLine().world,
      read: async () => ({ found: 'unreadable', why: 'too long' }) as const,
    };
    const { ruling } = await story('bash x.sh', {}, { world });
    assert.deepEqual(
      ruling.decision.findings.map(it => it.rule),
      ['execution.unknown'],
    );
  });
  test('effects of a script name its file and line, and stand where the attempt names it', async () => {
    const line = 'echo a; bash b.sh';
    const effects = await effectsFor(line, { leads: { '/work/project/b.sh': 'ls\n\nrm -rf data\n' } });
    const found = effects.find(it => it.does === 'delete');
    assert.deepEqual(found?.source, { file: '/work/project/b.sh', line: 3 });
    assert.equal(line.slice(...(found?.at ?? [0, 0])), 'b.sh');
  });
  test('a program in a file knows where it lies', async () => {
    const leads: Readonly<Record<string, string>> = {
      '/work/project/scripts/a.js': `fs.rmSync(path.join(__dirname, '..', 'dist'), { recursive: true })`,
      '/work/project/scripts/b.mjs': `fs.rmSync(new URL('../out', import.meta.url), { recursive: true })`,
      '/work/project/scripts/c.py': `shutil.rmtree(os.path.join(os.path.dirname(__file__), '..', '..', 'x'))`,
    };
    const effects = await effectsFor('node scripts/a.js; node scripts/b.mjs; python scripts/c.py', { leads });
    assert.deepEqual(
      effects.flatMap(it => (it.does === 'delete' ? [it.path] : [])),
      ['/work/project/dist', '/work/project/out', '/work/x'],
    );
  });
  test('a package script runs in the folder of its manifest', async () => {
    const leads: Readonly<Record<string, string>> = { clean: 'rm -rf data' };
    const effects = await effectsFor('npm --prefix web run clean', { leads });
    assert.deepEqual(
      effects.map(it => ('path' in it ? it.path : it.does)),
      ['/work/project/web/data'],
    );
  });
  test('a file of SQL is read as SQL', async () =>
    assert.deepEqual(await caught('psql -f a.sql', { '/work/project/a.sql': 'DROP TABLE a;' }), [
      'databases.drop',
    ]));
  test('the world is asked with the folder at hand', async () => {
    const read: [Lead, string][] = [];
    const world = {
      ...paperLine().world,
      read: async (lead: Lead, cwd: string) => {
        read.push([lead, cwd]);
        return { found: 'nothing' } as const;
      },
    };
    await story('cd web && bash x.sh', {}, { world });
    assert.deepEqual(read, [[{ to: 'file', path: '/work/project/web/x.sh', as: 'shell' }, '/work/project']]);
  });
});

test('a question is asked once, for the loss where one effect needs it', () => {
  const at = [0, 0] as const;
  const path = '/a';
  for (const effects of [
    [
      { does: 'read', path, at },
      { does: 'delete', path, deep: true, at },
    ],
    [
      { does: 'delete', path, deep: true, at },
      { does: 'read', path, at },
    ],
  ] as const)
    assert.deepEqual(
      questions(effects, { agent: 'a', cwd: '/work/project', session: 's' }).filter(
        it => it.about === 'path',
      ),
      [{ about: 'path', path, loss: true }],
    );
});

test('no facts are needed for what asks nothing', async () => {
  const answered: number[] = [];
  const world = {
    ...paperLine().world,
    answer: async (asked: readonly unknown[]) => {
      answered.push(asked.length);
      return noFacts;
    },
  };
  await story('git status', {}, { world });
  assert.deepEqual(answered, [0]);
});

test('the approver sees the attempt as it came', async () => {
  const seen: Attempt[] = [];
  const approver = {
    ask: async (attempt: Attempt) => {
      seen.push(attempt);
      return { outcome: 'refused', by: 'person' } as const;
    },
  };
  await story('rm -rf data', {}, { approver });
  assert.deepEqual(seen, [attemptTo(actionFor('rm -rf data'))]);
});
