import type { Action, Attempt, Decision, Doer, Effect, Facts, Finding, Grant, Handed } from './model.ts';
import { secretKey } from './rule.ts';

/*
 * A grant is the only thing that loosens. So it is narrow: the same agent and session, in the same folder, the same
 * rules minding the same effects. What an effect does not say exactly, the action's own text must say. Only a secret that
 * was handed out before anything asked is for more than one session: it covers the use of that very secret, and no more.
 */

/**
 * The first of the live grants with which a person already said yes to all of this, or `undefined`. Every finding that
 * asks must be covered, by one grant or by several; what is denied or has to be typed never is. `now` in milliseconds.
 */
export function covers(
  grants: readonly Grant[],
  attempt: Attempt,
  decision: Decision,
  now: number,
): Grant | undefined {
  const findings = asking(decision);
  const live = grants.filter(it => it.until > now && isOf(it, attempt.subject));
  const covering = keysOf(attempt, decision)?.map((key, index) =>
    live.find(it => it.keys.includes(key) && isGiven(it, findings[index], attempt, decision)),
  );
  return covering?.every(it => it !== undefined) ? covering[0] : undefined;
}

/**
 * A yes to everything that asks in this decision, until then (milliseconds since 1970). `undefined` where no yes may be
 * remembered: something is denied, must be typed each time, or cannot be told apart from something else.
 */
export function grantFor(attempt: Attempt, decision: Decision, until: number, id: string): Grant | undefined {
  const keys = keysOf(attempt, decision);
  if (!keys) return undefined;
  const { agent, session } = attempt.subject;
  const titles = new Set(asking(decision).map(it => it.title));
  const handed = handedBy(attempt, decision);
  return {
    id,
    session,
    agent,
    keys: [...new Set(keys)],
    title: [...titles].join(', '),
    until,
    ...(handed.length && { handed }),
  };
}

/**
 * A secret that a person hands out before anything asks for it, until then (milliseconds since 1970): to every session of
 * an agent, by its id, or without one to every agent. It is used by its source or by its name alone.
 */
export function handOut(secret: Handed, agent: string | undefined, until: number, id: string): Grant {
  const { name, from, cwd } = secret;
  const keys = [...new Set([from, ''])].flatMap(source => {
    const effect: Effect = { does: 'inject', name, from: source, at: [0, 0] };
    return keyOf({ rule: usedByName, effect }, cwd) ?? [];
  });
  const to = agent === undefined ? 'every agent' : 'every session';
  return { id, session: '', agent: agent ?? '', keys, title: 'Handed out', until, handed: [secret], to };
}

const usedByName = 'secrets.inject';

/** The secrets that a yes to this hands out. */
export function handedBy({ subject }: Attempt, decision: Decision): readonly Handed[] {
  return asking(decision).flatMap(it => handedFor(it, subject, decision.facts) ?? []);
}

/** Whether a grant hands out all the secrets that this asks for. */
export function handsOutAll(grant: Grant, attempt: Attempt, decision: Decision): boolean {
  return (
    isOf(grant, attempt.subject) &&
    handedBy(attempt, decision).every(asked => grant.handed?.some(it => isFor(it, asked, grant)))
  );
}

/** Whether a live grant hands out what stands in a file to somebody: by its name, where that is known. */
export function handsOut(
  grants: readonly Grant[],
  secret: { readonly name?: string; readonly file: string },
  by: Doer,
  now: number,
): boolean {
  return grants
    .filter(it => it.until > now && isOf(it, by))
    .flatMap(({ to, handed = [] }) => handed.filter(it => to === undefined || it.cwd === by.cwd))
    .some(it => it.file === secret.file && (secret.name === undefined || it.name === secret.name));
}

/** What live grants hand out ahead in a folder: to an agent by its id, without one what is for every agent. */
export function handedAhead(
  grants: readonly Grant[],
  { agent, cwd }: Pick<Doer, 'agent' | 'cwd'>,
  now: number,
): readonly Handed[] {
  return grants
    .filter(it => it.to !== undefined && it.until > now && isOf(it, { agent, cwd, session: '' }))
    .flatMap(({ handed = [] }) => handed.filter(it => it.cwd === cwd));
}

/**
 * What exactly was minded: the rule and its effect, wherever it stood. The same for the same, in whatever order the
 * effect's fields are; `undefined` where it is nested too deeply to tell. It may hold a credential's value, and so stays
 * in the process.
 */
export function effectKey({ rule, effect }: Minded): string | undefined {
  const { at: _at, source: _source, ...doing } = effect;
  return stable([rule, doing]);
}

type Minded = Pick<Finding, 'rule' | 'effect'>;

/** One key a finding that asks, or `undefined` where a remembered yes is out of the question. */
function keysOf(attempt: Attempt, decision: Decision): readonly string[] | undefined {
  const findings = asking(decision);
  const askable = decision.verdict === 'ask' && decision.findings.every(isAskable);
  const keys = findings
    .map(it => keyOf(it, attempt.subject.cwd, attempt.action))
    .filter(it => it !== undefined);
  return askable && findings.length > 0 && keys.length === findings.length ? keys : undefined;
}

function asking(decision: Decision): readonly Finding[] {
  return decision.findings.filter(it => it.verdict === 'ask');
}

function isAskable(finding: Finding): boolean {
  return finding.verdict !== 'deny' && (finding.verdict === 'allow' || finding.typed === undefined);
}

/** The folder belongs to it: the same forced push is another one in another repository. */
function keyOf(finding: Minded, cwd: string, action?: Action): string | undefined {
  const minded = effectKey(finding);
  const rest = stable([cwd, isExact(finding.effect) ? undefined : action]);
  return minded && rest && `${minded}${rest}`;
}

/** Whether the effect alone says what would happen. A request's body and a program's arguments are not in theirs. */
function isExact(effect: Effect): boolean {
  switch (effect.does) {
    case 'read':
    case 'list':
    case 'search':
    case 'delete':
    case 'move':
    case 'permit':
    case 'discard':
    case 'call':
    case 'command':
    case 'mention':
    case 'inject':
      return true;
    case 'write':
      return effect.text !== undefined;
    case 'publish':
    case 'destroy':
    case 'interrupt':
      return effect.name !== undefined;
    case 'fetch':
      return effect.url !== undefined;
    case 'carry':
      return effect.credential.value !== undefined && effect.reach.host !== undefined;
    case 'seek':
      return effect.path !== undefined;
    case 'change':
    case 'send':
    case 'reveal':
    case 'run':
    case 'tamper':
    case 'follow':
    case 'unknown':
      return false;
  }
}

function isOf({ agent, session, to }: Grant, by: Doer): boolean {
  if (to === 'every agent') return true;
  return agent === by.agent && (to === 'every session' || session === by.session);
}

function handedFor({ effect }: Finding, { cwd }: Doer, facts: Facts): Handed | undefined {
  if (effect.does !== 'inject') return undefined;
  const { name, from } = effect;
  const { environment, file } = facts.secrets.get(secretKey(name, from)) ?? {};
  const known = { ...(environment !== undefined && { environment }), ...(file !== undefined && { file }) };
  return { name, from, cwd, ...known };
}

/** What was handed out before anything asked must still be the same when it is used, as far as somebody could look. */
function isGiven(
  grant: Grant,
  finding: Finding | undefined,
  { subject }: Attempt,
  { facts }: Decision,
): boolean {
  if (grant.to === undefined) return true;
  const asked = finding && handedFor(finding, subject, facts);
  const found = asked && facts.secrets.get(secretKey(asked.name, asked.from))?.found;
  return found === true && grant.handed?.some(it => isFor(it, asked, grant)) === true;
}

function isFor(given: Handed, asked: Handed, { to }: Grant): boolean {
  if (given.name !== asked.name) return false;
  if (to === undefined) return given.from === asked.from;
  return (
    [given.from, ''].includes(asked.from) &&
    given.cwd === asked.cwd &&
    given.environment === asked.environment &&
    given.file === asked.file
  );
}

const deepest = 64;

/** JSON with sorted keys; `undefined` below `deepest`, where an agent could make us run out of stack. */
function stable(value: unknown, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  if (Array.isArray(value))
    return joined(
      '[',
      value.map(it => stable(it, depth + 1)),
      ']',
    );
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? typeof value;
  const fields = Object.entries(value)
    .filter(([, it]) => it !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, it]) => {
      const text = stable(it, depth + 1);
      return text && `${JSON.stringify(key)}:${text}`;
    });
  return joined('{', fields, '}');
}

function joined(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(',')}${close}`;
}
