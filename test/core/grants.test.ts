import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { covers, effectKey, grantFor } from '../../src/core/grants.ts';
import type { Attempt, Decision, Effect, Finding, Grant, Verdict } from '../../src/core/model.ts';
import { noFacts } from '../../src/core/supervise.ts';

const now = 1_000_000;
const later = now + 60_000;

const push: Effect = { does: 'publish', what: 'commits', force: 'yes', name: 'origin main', at: [0, 26] };
const drop: Effect = {
  does: 'destroy',
  what: 'table',
  service: 'postgresql',
  name: 'users',
  all: true,
  at: [0, 9],
};
const odd: Effect = { does: 'unknown', why: 'an unclosed quote', at: [3, 4] };
const post: Effect = {
  does: 'send',
  method: 'POST',
  reach: { host: 'api.example.com' },
  url: 'https://api.example.com/graphql',
  at: [0, 4],
};

describe('effectKey', () => {
  test('is the same wherever the effect stands and in whatever order its fields are', () => {
    const moved: Effect = {
      at: [7, 33],
      source: { file: '/w/a.sh', line: 3 },
      name: 'origin main',
      force: 'yes',
      what: 'commits',
      does: 'publish',
    };
    assert.equal(effectKey(finding(push)), effectKey(finding(moved)));
  });

  test('tells rules and effects apart', () => {
    const keys = [
      finding(push),
      finding({ ...push, force: 'lease' }),
      finding(drop),
      { ...finding(push), rule: 'git.other' },
    ].map(effectKey);
    assert.equal(new Set(keys).size, keys.length);
  });

  test('does not run out of stack', () => {
    let input: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) input = [input];
    assert.equal(effectKey(finding({ does: 'call', tool: 'x', input, at: [0, 1] })), undefined);
  });
});

describe('a grant', () => {
  test('covers the same again, and nothing after its end', () => {
    const grant = granted(attempt(), decision(push));
    assert.equal(covers([grant], attempt(), decision(push), now), grant);
    assert.equal(covers([grant], attempt(), decision(push), later), undefined);
  });

  for (const other of [{ agent: 'codex' }, { session: 'two' }, { cwd: '/elsewhere' }])
    test(`does not reach another ${Object.keys(other)[0]}`, () => {
      const grant = granted(attempt(), decision(push));
      assert.equal(covers([grant], attempt('x', other), decision(push), now), undefined);
    });

  test('covers only what it was given for', () => {
    const grant = granted(attempt(), decision(push));
    assert.equal(covers([grant], attempt(), decision(push, drop), now), undefined);
    assert.equal(covers([grant], attempt(), decision({ ...push, name: 'origin release' }), now), undefined);
  });

  test('adds up with others', () => {
    const grants = [granted(attempt(), decision(drop)), granted(attempt(), decision(push))];
    assert.equal(covers(grants, attempt(), decision(push, drop), now), grants[1]);
  });

  for (const [name, effect] of Object.entries({ unread: odd, sent: post }))
    test(`holds for the same text alone where the effect is ${name}`, () => {
      const grant = granted(attempt('one'), decision(effect));
      assert.equal(covers([grant], attempt('one'), decision(effect), now), grant);
      assert.equal(covers([grant], attempt('another'), decision(effect), now), undefined);
    });

  test('is not made for what is denied, allowed, typed or without a finding', () => {
    const typed: Decision = {
      ...decision(),
      verdict: 'ask',
      findings: [{ ...finding(drop), typed: 'users' }],
    };
    const denied: Decision = {
      ...decision(),
      verdict: 'deny',
      findings: [finding(drop, 'deny'), finding(push)],
    };
    for (const it of [typed, denied, decision(), { ...decision(), verdict: 'ask' } as const])
      assert.equal(grantFor(attempt(), it, later, '1'), undefined);
  });

  test('does not cover what has to be typed, even where its keys would', () => {
    const grant = granted(attempt(), decision(drop));
    const typed: Decision = { ...decision(drop), findings: [{ ...finding(drop), typed: 'users' }] };
    assert.equal(covers([grant], attempt(), typed, now), undefined);
  });
});

describe('whatever is attempted', () => {
  const effects = fc.constantFrom(push, drop, odd, post, { ...drop, name: 'orders' }, {
    ...push,
    force: 'lease',
  } as Effect);
  const verdict = fc.constantFrom<Verdict>('ask', 'ask', 'deny', 'allow');
  const findings = fc.array(fc.record({ effect: effects, verdict, typed: fc.boolean() }), { maxLength: 4 });
  const attempts = fc
    .record({
      line: fc.constantFrom('a', 'b'),
      agent: fc.constantFrom('claude', 'codex'),
      session: fc.constantFrom('one', 'two'),
    })
    .map(({ line, ...subject }) => attempt(line, subject));
  const decisions = findings.map(all =>
    judged(all.map(it => ({ ...finding(it.effect, it.verdict), ...(it.typed && { typed: 'x' }) }))),
  );

  test('a grant covers what it was made from, or there is none', () =>
    fc.assert(
      fc.property(attempts, decisions, (tried, decided) => {
        const grant = grantFor(tried, decided, later, '1');
        assert.equal(grant && covers([grant], tried, decided, now), grant);
      }),
    ));

  test('what is denied is never covered, and more grants never cover less', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(attempts, decisions)),
        attempts,
        decisions,
        fc.nat(9),
        (given, tried, decided, some) => {
          const grants = given.flatMap(([of, it], index) => grantFor(of, it, later, String(index)) ?? []);
          const covered = covers(grants, tried, decided, now);
          if (decided.findings.some(it => it.verdict === 'deny')) assert.equal(covered, undefined);
          if (covers(grants.slice(0, some), tried, decided, now)) assert.ok(covered);
          if (covered)
            assert.deepEqual([covered.agent, covered.session], [tried.subject.agent, tried.subject.session]);
        },
      ),
    ));

  test('the order of fields does not matter', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.func(fc.integer()), (input, rank) => {
        const key = (it: unknown) => effectKey(finding({ does: 'call', tool: 'x', input: it, at: [0, 1] }));
        assert.equal(key(shuffled(input, rank)), key(input));
      }),
    ));
});

function attempt(line = 'git push --force', subject: Partial<Attempt['subject']> = {}): Attempt {
  return {
    subject: { agent: 'claude', name: 'Claude Code', session: 'one', cwd: '/w', ...subject },
    action: { kind: 'shell', line, dialect: 'posix' },
  };
}

function finding(effect: Effect, verdict: Verdict = 'ask'): Finding {
  return { rule: `some.${effect.does}`, title: effect.does, verdict, because: 'It is minded.', effect };
}

function decision(...effects: readonly Effect[]): Decision {
  return judged(effects.map(it => finding(it)));
}

function judged(findings: readonly Finding[]): Decision {
  const verdict =
    (['deny', 'ask'] as const).find(it => findings.some(finding => finding.verdict === it)) ?? 'allow';
  return {
    verdict,
    findings,
    facts: noFacts,
  };
}

function granted(tried: Attempt, decided: Decision): Grant {
  const grant = grantFor(tried, decided, later, '1');
  assert.ok(grant);
  return grant;
}

function shuffled(value: unknown, rank: (key: string) => number): unknown {
  if (Array.isArray(value)) return value.map(it => shuffled(it, rank));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(entries.map(([key, it]) => [key, shuffled(it, rank)]));
}
