import type { Attempt, Effect, Entry, Redacted, Ruling } from './model.ts';
import { withoutValues } from './mask.ts';
import { textOf } from './text.ts';

/** The longest text an entry keeps of an attempt, in characters. */
const longest = 4_000;

/** What the ledger keeps of a ruling. Every text in it has been through `redact`. */
export function entry(
  attempt: Attempt,
  { decision, outcome, by, note, narrowed }: Ruling,
  redacted: (text: string) => Redacted,
): Entry {
  const { subject, action } = attempt;
  const redact = (text: string) => redacted(withoutValues(text, attempt, decision));
  return {
    agent: subject.agent,
    session: subject.session,
    cwd: redact(subject.cwd),
    action: action.kind,
    text: shortened(redact(textOf(action))),
    effects: [...new Set(decision.findings.map(({ effect }) => summary(effect)))].map(redact),
    findings: decision.findings.map(({ rule, verdict, reached }) => {
      const environment = reached?.environment ?? (reached?.production ? 'production' : undefined);
      return { rule, verdict, ...(environment !== undefined && { environment: redact(environment) }) };
    }),
    verdict: decision.verdict,
    outcome,
    by,
    ...(note !== undefined && { note: redact(note) }),
    ...(narrowed && { narrowed: true }),
    ...(decision.spared && { spared: decision.spared }),
  };
}

/** Cut behind `redact`: a credential of which the cut left a half would not be known for one. */
function shortened(text: Redacted): Redacted {
  return text.length > longest
    ? (`${text.slice(0, longest)}… (${text.length} characters)` as Redacted)
    : text;
}

/** An effect in one line, for records: its kind and what it is about. Never a credential's value. */
export function summary(effect: Effect): string {
  switch (effect.does) {
    case 'read':
    case 'list':
    case 'write':
    case 'delete':
    case 'permit':
      return `${effect.does} ${effect.path}`;
    case 'search':
      return `search ${effect.path}`;
    case 'move':
      return `move ${effect.path} to ${effect.to}`;
    case 'discard':
      return `discard ${effect.what} ${effect.name ?? ''}`.trim();
    case 'publish':
      return `publish ${effect.what}${effect.force === 'no' ? '' : ', forced'}`;
    case 'destroy':
      return `destroy ${effect.what} ${effect.name ?? ''} (${effect.service})`.replace('  ', ' ');
    case 'change':
    case 'interrupt':
      return `${effect.does} ${effect.what} ${effect.name ?? ''} (${effect.service})`.replace('  ', ' ');
    case 'send':
    case 'fetch':
      return `${effect.does} ${effect.reach.host ?? ''}`.trim();
    case 'carry':
      return `carry ${effect.credential.kind} to ${effect.reach.host ?? 'somewhere'}`;
    case 'mention':
      return `mention a credential (${effect.to})`;
    case 'inject':
      return `inject ${effect.name}${effect.from && ` from ${effect.from}`}`;
    case 'seek':
    case 'reveal':
    case 'tamper':
      return `${effect.does} ${effect.what}`;
    case 'run':
      return `run ${effect.program} (${effect.origin})`;
    case 'call':
      return `call ${effect.server ?? ''} ${effect.tool}`.replace('  ', ' ');
    case 'command':
      return `command ${effect.id}`;
    case 'follow':
      return `follow ${effect.lead.to}`;
    case 'unknown':
      return `unknown: ${effect.why}`;
  }
}
