import type { Attempt, Decision, Effect, Finding, Grant, Handed, Subject } from './model.ts';
import { secretKey } from './rule.ts';

/*
 * A grant is the only thing that loosens. So it is narrow: the same agent and session, in the same folder, the same
 * rules minding the same effects. What an effect does not say exactly, the action's own text must say.
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
  const keys = keysOf(attempt, decision);
  const live = grants.filter(it => it.until > now && isOf(it, attempt.subject));
  const covering = keys?.map(key => live.find(it => it.keys.includes(key)));
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

/** The secrets that a yes to this hands out. */
export function handedBy({ subject }: Attempt, decision: Decision): readonly Handed[] {
  return asking(decision).flatMap(({ effect }) => {
    if (effect.does !== 'inject') return [];
    const { name, from } = effect;
    const { environment, file } = decision.facts.secrets.get(secretKey(name, from)) ?? {};
    const known = { ...(environment !== undefined && { environment }), ...(file !== undefined && { file }) };
    return [{ name, from, cwd: subject.cwd, ...known }];
  });
}

/** Whether a live grant hands out what stands in a file to a session: by its name, where that is known. */
export function handsOut(
  grants: readonly Grant[],
  secret: { readonly name?: string; readonly file: string },
  session: string,
  now: number,
): boolean {
  return grants
    .filter(it => it.until > now && it.session === session)
    .flatMap(it => it.handed ?? [])
    .some(it => it.file === secret.file && (secret.name === undefined || it.name === secret.name));
}

/**
 * What exactly was minded: the rule and its effect, wherever it stood. The same for the same, in whatever order the
 * effect's fields are; `undefined` where it is nested too deeply to tell. It may hold a credential's value, and so stays
 * in the process.
 */
export function effectKey({ rule, effect }: Finding): string | undefined {
  const { at: _at, source: _source, ...doing } = effect;
  return stable([rule, doing]);
}

/** One key a finding that asks, or `undefined` where a remembered yes is out of the question. */
function keysOf(attempt: Attempt, decision: Decision): readonly string[] | undefined {
  const findings = asking(decision);
  const askable = decision.verdict === 'ask' && decision.findings.every(isAskable);
  const keys = findings.map(it => keyOf(it, attempt)).filter(it => it !== undefined);
  return askable && findings.length > 0 && keys.length === findings.length ? keys : undefined;
}

function asking(decision: Decision): readonly Finding[] {
  return decision.findings.filter(it => it.verdict === 'ask');
}

function isAskable(finding: Finding): boolean {
  return finding.verdict !== 'deny' && (finding.verdict === 'allow' || finding.typed === undefined);
}

/** The folder belongs to it: the same forced push is another one in another repository. */
function keyOf(finding: Finding, { subject, action }: Attempt): string | undefined {
  const minded = effectKey(finding);
  const rest = stable([subject.cwd, isExact(finding.effect) ? undefined : action]);
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

function isOf(grant: Grant, subject: Subject): boolean {
  return grant.agent === subject.agent && grant.session === subject.session;
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
