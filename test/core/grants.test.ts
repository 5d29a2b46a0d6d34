import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { covers, effectKey, grantFor, handOut, handsOut, handsOutAll } from '../../src/core/grants.ts';
import type {
  Attempt,
  Decision,
  Effect,
  Finding,
  Grant,
  Handed,
  SecretFact,
  Verdict,
} from '../../src/core/model.ts';
import { secretKey } from '../../src/core/rule.ts';
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

describe('a secret that was handed out before anything asked', () => {
  const token: Handed = { name: 'TOKEN', from: '.env', cwd: '/w', environment: 'staging', file: '/w/.env' };
  const same: SecretFact = { found: true, environment: 'staging', file: '/w/.env' };
  const ahead = handOut(token, 'claude', later, '1');
  const anybody = handOut(token, undefined, later, '2');
  const covered = (grant: Grant, tried: Attempt, decided: Decision) =>
    covers([grant], tried, decided, now) === grant;

  test('may be used in every session of the agent, by its source or by its name alone', () => {
    for (const session of ['one', 'two', ''])
      for (const from of ['.env', ''])
        assert.ok(covered(ahead, attempt('x', { session }), using({ from }, same)));
  });

  test('is for that agent, or for every one', () => {
    const other = attempt('x', { agent: 'codex' });
    assert.ok(!covered(ahead, other, using({}, same)));
    assert.ok(covered(anybody, other, using({}, same)));
    assert.ok(!covered(anybody, attempt('x', { agent: 'codex', cwd: '/w/sub' }), using({}, same)));
  });

  const uses: Readonly<Record<string, Decision>> = {
    'another name': using({ name: 'OTHER' }, same),
    'another source': using({ from: '.env.production' }, same),
    'an environment that the attempt names': using({ environment: 'production' }, same),
    'what is for another environment by now': using({}, { ...same, environment: 'production' }),
    'what is for no environment by now': using({}, { found: true, file: '/w/.env' }),
    'what lies in another file': using({ from: '' }, { ...same, file: '/w/.env.local' }),
    'what lies in the editor': using({ from: '' }, { found: true, environment: 'staging' }),
    'what is not found': using({}, { ...same, found: false }),
    'what nobody could look at': using({}, undefined),
    'the same by another rule': judged([{ ...used({}), rule: 'some.other' }], same),
    'another effect': decision(push),
    'another effect beside it': judged([used({}), finding(push)], same),
    'what is denied': judged([used({}), finding(drop, 'deny')], same),
    'what has to be typed': judged([{ ...used({}), typed: 'TOKEN' }], same),
  };
  for (const [what, decided] of Object.entries(uses))
    test(`covers no more: not ${what}`, () => {
      for (const grant of [ahead, anybody]) assert.ok(!covered(grant, attempt(), decided));
    });

  test('covers nothing in another folder, and nothing after its end', () => {
    for (const cwd of ['/', '/w/sub', '/elsewhere'])
      for (const grant of [ahead, anybody])
        assert.ok(!covered(grant, attempt('x', { cwd }), using({}, same)));
    assert.equal(covers([ahead], attempt(), using({}, same), later), undefined);
  });

  test('out of the editor is not one of which nothing is known', () => {
    const stored = handOut({ name: 'TOKEN', from: 'vscode', cwd: '/w' }, 'claude', later, '1');
    assert.ok(covered(stored, attempt(), using({ from: '' }, { found: true })));
    assert.ok(!covered(stored, attempt(), using({ from: '' }, undefined)));
    assert.ok(!covered(stored, attempt(), using({ from: '' }, { found: false })));
  });

  test('a session called as if it were every one is one session', () => {
    const decided = using({}, same);
    for (const session of ['', '*', 'every session'])
      assert.ok(!covered(granted(attempt('x', { session }), decided), attempt(), decided));
  });

  test('passes where its value stands in what the agent does in that folder', () => {
    const by = { agent: 'claude', session: 'any', cwd: '/w' };
    const secret = { name: 'TOKEN', file: '/w/.env' };
    assert.ok(handsOut([ahead], secret, by, now));
    assert.ok(handsOut([anybody], secret, { ...by, agent: 'codex' }, now));
    for (const [other, whose] of [
      [{ ...secret, name: 'OTHER' }, by],
      [{ ...secret, file: '/w/.env.local' }, by],
      [secret, { ...by, cwd: '/elsewhere' }],
      [secret, { ...by, agent: 'codex' }],
    ] as const)
      assert.ok(!handsOut([ahead], other, whose, now));
    assert.ok(!handsOut([ahead], secret, by, later));
  });

  test('is told from what was allowed just once', () => {
    assert.ok(handsOutAll(ahead, attempt('x', { session: 'two' }), using({}, same)));
    assert.ok(!handsOutAll(ahead, attempt(), using({ name: 'OTHER' }, same)));
    assert.ok(!handsOutAll(ahead, attempt('x', { agent: 'codex' }), using({}, same)));
  });

  type Use = Effect & { readonly does: 'inject' };

  function used(more: Partial<Use>): Finding {
    const effect: Effect = { does: 'inject', name: 'TOKEN', from: '.env', at: [4, 9], ...more };
    return { ...finding(effect), rule: 'secrets.inject' };
  }

  function using(more: Partial<Use>, fact: SecretFact | undefined): Decision {
    return judged([used(more)], fact);
  }
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

/** What is known of every secret that they use is `secret`. */
function judged(findings: readonly Finding[], secret?: SecretFact): Decision {
  const verdict =
    (['deny', 'ask'] as const).find(it => findings.some(finding => finding.verdict === it)) ?? 'allow';
  return {
    verdict,
    findings,
    facts: { ...noFacts, secrets: new Map(secret ? findings.flatMap(it => known(it, secret)) : []) },
  };
}

function known({ effect }: Finding, secret: SecretFact): readonly [string, SecretFact][] {
  return effect.does === 'inject' ? [[secretKey(effect.name, effect.from), secret]] : [];
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
