import {
  verdicts,
  type Decision,
  type Effect,
  type Facts,
  type Finding,
  type Mode,
  type Policy,
  type Rule,
  type Verdict,
} from './model.ts';
import { borrowedIn, reachedBy } from './rule.ts';

/** Judges effects against a policy. Pure: the same arguments give the same decision. */
export function judge(effects: readonly Effect[], facts: Facts, policy: Policy): Decision {
  const rules = policy.rules.filter(rule => !rule.strict || policy.mode === 'strict');
  const findings = effects
    .flatMap(effect =>
      rules.filter(rule => rule.minds(effect, facts)).map(rule => finding(rule, effect, facts, policy)),
    )
    .filter(it => it.verdict !== 'allow')
    .sort((a, b) => rank(b.verdict) - rank(a.verdict))
    .filter(onceEach(facts));
  const decided = lenient(policy.mode)
    ? spared(findings, facts, policy)
    : { verdict: strictest(findings), findings, facts };
  return policy.program === undefined ? decided : { ...decided, program: policy.program };
}

/** The same credential in several texts of one attempt is told once, by the strictest finding. */
function onceEach(facts: Facts): (finding: Finding) => boolean {
  const told = new Set<string>();
  return ({ effect }) => {
    if (effect.does !== 'mention') return true;
    const borrowed = borrowedIn(effect, facts).map(({ file, line, name }) => `${file}:${line}:${name ?? ''}`);
    const fresh = borrowed.filter(it => !told.has(it));
    for (const it of fresh) told.add(it);
    return !borrowed.length || fresh.length > 0;
  };
}

export function rank(verdict: Verdict): number {
  return verdicts.indexOf(verdict);
}

export function strictest(findings: readonly Finding[]): Verdict {
  return findings.reduce<Verdict>(
    (worst, { verdict }) => (rank(verdict) > rank(worst) ? verdict : worst),
    'allow',
  );
}

function finding(rule: Rule, effect: Effect, facts: Facts, policy: Policy): Finding {
  const { id, title, because, instead, grave } = rule;
  const name = grave && nameOf(effect);
  const reached = reachedBy(effect, facts);
  return {
    rule: id,
    title,
    verdict: verdictOf(rule, policy),
    because,
    effect,
    ...(instead && { instead }),
    ...(name && { typed: name }),
    ...(reached && { reached }),
  };
}

// A person may loosen a rule; a workspace's floor then still holds. What guards the guard is loosened by neither.
function verdictOf({ id, verdict, always }: Rule, { verdicts: chosen, floors }: Policy): Verdict {
  const mine = always ? verdict : (chosen[id] ?? verdict);
  const floor = floors[id] ?? 'allow';
  return rank(floor) > rank(mine) ? floor : mine;
}

function lenient(mode: Mode): boolean {
  return mode === 'watch' || mode === 'paused';
}

/** What watching and pausing let pass stays on record; what would make them last for ever is stopped all the same. */
function spared(findings: readonly Finding[], facts: Facts, { mode, rules }: Policy): Decision {
  const always = new Set(rules.filter(rule => rule.always).map(rule => rule.id as string));
  const verdict = strictest(findings.filter(it => always.has(it.rule)));
  return { verdict, findings, facts, ...(rank(verdict) < rank(strictest(findings)) && { spared: mode }) };
}

/** What a person types to confirm the gravest: the shortest thing that says which one. */
function nameOf(effect: Effect): string | undefined {
  switch (effect.does) {
    case 'destroy':
      return effect.name ?? effect.reach?.database ?? effect.reach?.host ?? effect.what;
    case 'delete':
    case 'write':
    case 'move':
      return effect.path;
    default:
      return undefined;
  }
}
