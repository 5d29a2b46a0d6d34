import type { Attempt, Decision, Finding } from '../../src/core/model.ts';
import type { Answer } from '../../src/core/ports.ts';
import { noFacts } from '../../src/core/supervise.ts';

export const allowed: Answer = { outcome: 'allowed', by: 'person' };
export const refused: Answer = { outcome: 'refused', by: 'person' };

export function attempt(line = 'git push --force origin main'): Attempt {
  return {
    subject: { agent: 'claude', name: 'Claude Code', session: 'one', cwd: '/w' },
    action: { kind: 'shell', line, dialect: 'posix' },
  };
}

/** One finding that asks. */
export function decision(more: Partial<Finding> = {}): Decision {
  const finding: Finding = {
    rule: 'git.force-push',
    title: 'Force push',
    verdict: 'ask',
    because: 'It replaces commits that others may already have.',
    effect: { does: 'publish', what: 'commits', force: 'yes', name: 'origin main', at: [0, 28] },
    ...more,
  };
  return {
    verdict: 'ask',
    findings: [finding],
    facts: noFacts,
  };
}

/** The gravest tier: this name has to be typed. */
export function typed(name: string): Decision {
  return decision({ typed: name });
}
