import { entry } from './entry.ts';
import { judge } from './judge.ts';
import type { Attempt, Decision, Effect, Facts, Lead, Question, Reach, Ruling, Span, Doer } from './model.ts';
import { dirname } from './paths.ts';
import type { Approver, Supervision } from './ports.ts';
import { inOrder } from './sequence.ts';
import { unshown } from './unshown.ts';
import { reachKey, searchKey, secretKey, serviceOf } from './rule.ts';

/** The whole story, top to bottom. Nothing below calls back into anything above. */
export async function supervise(attempt: Attempt, given: Supervision): Promise<Ruling> {
  const decision = await decide(attempt, given).catch(failsafe);
  const ruling =
    (await narrowed(attempt, decision, given)) ?? (await settle(attempt, decision, given.approver));
  await given.ledger.append(entry(attempt, ruling, given.redact));
  return ruling;
}

/** Everything before a person is involved. */
export async function decide(attempt: Attempt, given: Supervision): Promise<Decision> {
  return judged(await effectsOf(attempt, given), attempt.subject, given);
}

/** From effects to a decision. */
export async function judged(
  effects: readonly Effect[],
  subject: Doer,
  given: Supervision,
): Promise<Decision> {
  const facts = await given.world.answer(questions(effects, subject));
  return judge(effects, facts, given.policy);
}

/** Every effect of an attempt, those of the texts it leads to included. */
export async function effectsOf(attempt: Attempt, given: Supervision): Promise<readonly Effect[]> {
  return inOrder(await followed(given.understand(attempt), attempt.subject.cwd, given));
}

/** Leads are followed to this depth, and to so many in all: a build that calls a build that calls a build. */
const deepest = 4;
const mostLeads = 24;

/** Replaces each lead by the effects of the text it leads to. A lead back to where we came from adds nothing. */
async function followed(
  effects: readonly Effect[],
  cwd: string,
  given: Supervision,
): Promise<readonly Effect[]> {
  const done: Effect[] = [];
  const met = new Set<string>();
  let open = effects.map(effect => ({ effect, cwd }));
  for (let depth = 0; open.length > 0; depth++) {
    const next: typeof open = [];
    for (const { effect, cwd: here } of open) {
      if (effect.does !== 'follow') {
        done.push(effect);
        continue;
      }
      const key = JSON.stringify([effect.lead, effect.masked]);
      if (met.has(key)) continue;
      met.add(key);
      if (depth >= deepest || met.size > mostLeads)
        done.push({
          does: 'unknown',
          why: 'one script leads to another, too often to follow',
          at: effect.at,
        });
      else next.push(...(await follow(effect, here, given)));
    }
    open = next;
  }
  return done;
}

async function follow(
  effect: Effect & { does: 'follow' },
  cwd: string,
  { world, understandText }: Supervision,
) {
  const there = await world.read(effect.lead, cwd);
  switch (there.found) {
    case 'nothing':
      return [];
    case 'unreadable':
      return [{ effect: unread(there.why, effect.at), cwd }];
    case 'text': {
      const folder = folderOf(effect.lead, there.file) ?? cwd;
      const source = { file: there.file, line: there.line };
      const inner = understandText(there.text, effect.lead, source, folder, effect.at);
      return unshown(inner, effect.masked ?? []).map(it => ({ effect: it, cwd: folder }));
    }
  }
}

/** Scripts and targets run where they are written down, wherever they were started. */
function folderOf(lead: Lead, file: string): string | undefined {
  if (lead.to === 'script') return dirname(file);
  return lead.to === 'target' ? (lead.folder ?? dirname(file)) : undefined;
}

function unread(why: string, at: Span): Effect {
  return { does: 'unknown', why, at };
}

/** What must be known about the machine before these effects can be judged. */
export function questions(effects: readonly Effect[], subject: Doer): readonly Question[] {
  const asked = new Map<string, Question>();
  for (const question of effects.flatMap(effect => questionsOf(effect, subject))) {
    const key = keyOf(question);
    const before = asked.get(key);
    asked.set(key, before?.about === 'path' && before.loss ? before : question);
  }
  return [...asked.values()];
}

function keyOf(question: Question): string {
  switch (question.about) {
    case 'path':
      return `path ${question.path}`;
    case 'contents':
      return `contents ${question.path}`;
    case 'search':
      return `search ${searchKey(question)}`;
    case 'credential':
      return `credential ${question.value}`;
    case 'mention':
      return `mention ${question.text}`;
    case 'secret':
      return `secret ${secretKey(question.name, question.from)}`;
    case 'reach':
      return `reach ${reachKey(question.service, question.reach)}`;
  }
}

function questionsOf(effect: Effect, { cwd, agent, session }: Doer): readonly Question[] {
  switch (effect.does) {
    case 'read':
      return [
        { about: 'path', path: effect.path, loss: false },
        { about: 'contents', path: effect.path },
      ];
    case 'list':
    case 'write':
    case 'permit':
      return [{ about: 'path', path: effect.path, loss: false }];
    case 'delete':
      return [{ about: 'path', path: effect.path, loss: true }];
    case 'move':
      return [
        { about: 'path', path: effect.path, loss: false },
        { about: 'path', path: effect.to, loss: false },
      ];
    case 'search': {
      const { query, regex, path, include, ignored, shown } = effect;
      return [
        { about: 'path', path, loss: false },
        {
          about: 'search',
          query,
          regex,
          path,
          ignored,
          ...(include !== undefined && { include }),
          ...(shown && { shown }),
        },
      ];
    }
    case 'seek':
      return effect.path === undefined ? [] : [{ about: 'path', path: effect.path, loss: false }];
    case 'mention':
      return [
        { about: 'mention', text: effect.text, by: { agent, session, cwd } },
        ...(effect.path === undefined ? [] : [{ about: 'path', path: effect.path, loss: false } as const]),
      ];
    case 'inject':
      return [{ about: 'secret', name: effect.name, from: effect.from, cwd }];
    case 'carry':
      return [
        ...reachOf(effect, effect.reach, cwd),
        ...(effect.credential.value === undefined
          ? []
          : [{ about: 'credential', value: effect.credential.value } as const]),
      ];
    case 'destroy':
    case 'change':
    case 'interrupt':
    case 'publish':
    case 'send':
      return reachOf(effect, effect.reach, cwd);
    default:
      return [];
  }
}

function reachOf(effect: Effect, reach: Reach | undefined, cwd: string): readonly Question[] {
  return reach ? [{ about: 'reach', service: serviceOf(effect), reach, cwd }] : [];
}

/** Where less of the same is nothing to object to, that is what may be done: nobody is asked for the rest. */
async function narrowed(
  { subject, narrower }: Attempt,
  decision: Decision,
  given: Supervision,
): Promise<Ruling | undefined> {
  if (!narrower || decision.verdict === 'allow') return undefined;
  const less = await decide({ subject, action: narrower.action }, given).catch(failsafe);
  return less.findings.length
    ? undefined
    : { decision, outcome: 'allowed', by: 'policy', narrowed: narrower.input };
}

/** A no, or a yes by somebody who may give it. Only `ask` is anybody's to answer. */
async function settle(attempt: Attempt, decision: Decision, approver: Approver): Promise<Ruling> {
  if (decision.verdict !== 'ask')
    return { decision, outcome: decision.verdict === 'allow' ? 'allowed' : 'refused', by: 'policy' };
  return { decision, ...(await approver.ask(attempt, decision)) };
}

/** A supervisor that fails open is not one: what we failed to judge, a person judges. */
function failsafe(error: unknown): Decision {
  const why = `judging it failed: ${error instanceof Error ? error.message : String(error)}`;
  const effect: Effect = { does: 'unknown', why, at: [0, 0] };
  const finding = {
    rule: 'execution.unjudged',
    title: 'Not judged',
    verdict: 'ask',
    because: 'Chaperone failed to judge this, so a person must.',
    effect,
  } as const;
  return { verdict: 'ask', findings: [finding], facts: noFacts };
}

export const noFacts: Facts = {
  paths: new Map(),
  contents: new Map(),
  searches: new Map(),
  credentials: new Map(),
  mentions: new Map(),
  secrets: new Map(),
  reaches: new Map(),
  failed: [],
};
