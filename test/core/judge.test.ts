import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { judge, rank, strictest } from '../../src/core/judge.ts';
import { verdicts, type Effect, type Policy, type Rule, type Verdict } from '../../src/core/model.ts';
import { noFacts } from '../../src/core/supervise.ts';
import { rules } from '../../src/rules/index.ts';
import { effectsFor, decisionFor } from '../support/line.ts';

const unread = (why: string): Effect => ({ does: 'unknown', why, at: [0, 0] });
const list = ['a', 'b', 'c', 'd', 'e'].map(unread);

/** Rules that mind the effects whose name they hold. */
const someRules = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('x.1', 'x.2', 'x.3', 'x.4', 'x.5', 'x.6'),
    verdict: fc.constantFrom('ask', 'deny'),
    minds: fc.subarray(['a', 'b', 'c', 'd', 'e']),
    always: fc.boolean(),
    strict: fc.boolean(),
    grave: fc.boolean(),
  }),
  { selector: it => it.id, maxLength: 6 },
);
type Made = (typeof someRules extends fc.Arbitrary<infer T> ? T : never)[number];

function rule({ id, verdict, minds, always, strict, grave }: Made): Rule {
  return {
    id: id,
    title: id,
    verdict: verdict,
    because: 'It is minded.',
    minds: effect => effect.does === 'unknown' && minds.includes(effect.why),
    examples: { catches: [], leaves: [] },
    ...(always && { always }),
    ...(strict && { strict }),
    ...(grave && { grave }),
  };
}

const table = fc.dictionary(
  fc.constantFrom('x.1', 'x.2', 'x.3', 'x.4', 'x.5', 'x.6'),
  fc.constantFrom(...verdicts),
);
const policy = (more: Partial<Policy> & Pick<Policy, 'rules'>): Policy => ({
  verdicts: {},
  floors: {},
  mode: 'enforce',
  ...more,
});
const verdictOf = (effects: readonly Effect[], its: Policy) => judge(effects, noFacts, its).verdict;
const mode = fc.constantFrom('enforce', 'strict', 'watch', 'paused');

describe('judge', () => {
  test('the order of rules and of effects does not matter', () =>
    fc.assert(
      fc.property(
        someRules,
        fc.shuffledSubarray(list),
        table,
        table,
        mode,
        (made, effects, chosen, floors, its) => {
          const all = made.map(rule);
          const more = { verdicts: chosen, floors, mode: its } as const;
          const one = judge(effects, noFacts, policy({ rules: all, ...more }));
          const other = judge(effects.toReversed(), noFacts, policy({ rules: all.toReversed(), ...more }));
          assert.equal(one.verdict, other.verdict);
          assert.equal(one.spared, other.spared);
          const named = (it: typeof one) => it.findings.map(found => JSON.stringify(found)).sort();
          assert.deepEqual(named(one), named(other));
        },
      ),
    ));

  test('another rule, another effect and another floor never loosen', () =>
    fc.assert(
      fc.property(someRules, fc.subarray(list), table, table, mode, (made, effects, chosen, floors, its) => {
        const all = made.map(rule);
        const full = verdictOf(effects, policy({ rules: all, verdicts: chosen, floors, mode: its }));
        const less = [
          verdictOf(effects, policy({ rules: all.slice(1), verdicts: chosen, floors, mode: its })),
          verdictOf(effects.slice(1), policy({ rules: all, verdicts: chosen, floors, mode: its })),
          verdictOf(effects, policy({ rules: all, verdicts: chosen, mode: its })),
        ];
        for (const verdict of less) assert.ok(rank(verdict) <= rank(full));
      }),
    ));

  test('the verdict is that of the strictest finding, which stands first', () =>
    fc.assert(
      fc.property(someRules, fc.subarray(list), table, (made, effects, chosen) => {
        const { verdict, findings } = judge(
          effects,
          noFacts,
          policy({ rules: made.map(rule), verdicts: chosen }),
        );
        assert.equal(verdict, strictest(findings));
        assert.equal(verdict, findings[0]?.verdict ?? 'allow');
        assert.ok(findings.every(it => it.verdict !== 'allow'));
      }),
    ));

  test('watching and pausing spare everything but what always holds', () =>
    fc.assert(
      fc.property(
        someRules,
        fc.subarray(list),
        fc.constantFrom('watch' as const, 'paused' as const),
        (made, effects, its) => {
          const all = made.map(rule);
          const lenient = judge(effects, noFacts, policy({ rules: all, mode: its }));
          const always = judge(effects, noFacts, policy({ rules: all.filter(it => it.always) }));
          const enforced = judge(effects, noFacts, policy({ rules: all }));
          assert.equal(lenient.verdict, always.verdict);
          assert.equal(lenient.spared, enforced.verdict === always.verdict ? undefined : its);
          assert.deepEqual(lenient.findings, enforced.findings);
        },
      ),
    ));

  test('a person cannot loosen what always holds, nor below a floor', () => {
    const made = rule({
      id: 'x.1',
      verdict: 'deny',
      minds: ['a'],
      always: true,
      strict: false,
      grave: false,
    });
    assert.equal(verdictOf(list, policy({ rules: [made], verdicts: { 'x.1': 'allow' } })), 'deny');
    const { always: _, ...other } = made;
    const chosen = { rules: [other], verdicts: { 'x.1': 'allow' } } as const;
    assert.equal(verdictOf(list, policy(chosen)), 'allow');
    assert.equal(verdictOf(list, policy({ ...chosen, floors: { 'x.1': 'ask' } })), 'ask');
    assert.equal(verdictOf(list, policy({ rules: [other], floors: { 'x.1': 'allow' } })), 'deny');
  });

  test('a strict rule holds in strict mode alone', () => {
    const made = rule({ id: 'x.1', verdict: 'ask', minds: ['a'], always: false, strict: true, grave: false });
    assert.equal(verdictOf(list, policy({ rules: [made] })), 'allow');
    assert.equal(verdictOf(list, policy({ rules: [made], mode: 'strict' })), 'ask');
  });
});

describe('what is typed for the gravest', () => {
  const typed = async (line: string) => (await decisionFor(line)).findings.find(it => it.typed)?.typed;
  for (const [line, name] of [
    ['dropdb shop', 'shop'],
    ['rm -rf ../other', '/work/other'],
    ['railway volume delete', 'volume'],
    ['rm notes.txt', undefined],
    ['git push --force', undefined],
  ] as const)
    test(line, async () => assert.equal(await typed(line), name));
});

test('the real rules in any order judge alike', async () => {
  for (const line of ['rm -rf / .env', 'git push -f && cat .env', 'psql -c "DROP TABLE a; DELETE FROM b"']) {
    const effects = await effectsFor(line);
    const forward = verdictOf(effects, policy({ rules }));
    assert.equal(verdictOf(effects.toReversed(), policy({ rules: rules.toReversed() })), forward);
    assert.notEqual(forward, 'allow' satisfies Verdict);
  }
});
