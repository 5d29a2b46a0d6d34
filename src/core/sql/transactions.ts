import type { Effect } from '../model.ts';
import type { Reading, Token } from './lexer.ts';

/** A statement with its tokens, or a client's line without, and what it does. */
export interface Step {
  readonly tokens?: readonly Token[];
  readonly effects: readonly Effect[];
}

/**
 * What is left of the effects when a transaction is certain to roll back: the text begins and ends it, and nothing
 * between can end it otherwise. Only where schema changes roll back too, and no server makes exceptions by its tables.
 */
export function rolledBack(steps: readonly Step[], dialect: Reading['dialect']): readonly Effect[] {
  const certain = dialect === 'postgresql' ? inPostgres : dialect === 'sqlite' ? inSqlite : undefined;
  if (!certain || !steps.some(isRollback)) return steps.flatMap(it => it.effects);
  const effects: Effect[] = [];
  for (let at = 0; at < steps.length; at++) {
    const end = certain.begin(steps[at]) ? endOf(steps, at) : undefined;
    const inside = end === undefined ? [] : steps.slice(at + 1, end);
    if (end === undefined || !certain.holds(inside)) effects.push(...(steps[at]?.effects ?? []));
    else {
      effects.push(...inside.flatMap(left));
      at = end;
    }
  }
  return effects;
}

interface Certain {
  readonly begin: (step: Step | undefined) => boolean;
  readonly holds: (inside: readonly Step[]) => boolean;
}

const inPostgres: Certain = {
  begin: step => /^(?:BEGIN|START TRANSACTION)\b/.test(words(step)),
  holds: inside => inside.every(it => it.tokens !== undefined),
};

// A conflict may roll back the first of two changes and with it end the transaction: then the second stays.
const inSqlite: Certain = {
  begin: step => /^BEGIN(?: DEFERRED)?(?: TRANSACTION)?$/.test(words(step)),
  holds: inside =>
    inside.every(it => it.tokens !== undefined) &&
    inside.filter(it => !/^(?:SELECT|VALUES|EXPLAIN)\b/.test(words(it))).length <= 1,
};

/** The statement that rolls back what this one begins, if no other ends it before. */
function endOf(steps: readonly Step[], from: number): number | undefined {
  for (let at = from + 1; at < steps.length; at++) {
    const step = steps[at];
    if (isRollback(step)) return at;
    if (/^(?:COMMIT|END|PREPARE TRANSACTION|ROLLBACK PREPARED|BEGIN|START)\b/.test(words(step)))
      return undefined;
  }
  return undefined;
}

function isRollback(step: Step | undefined): boolean {
  if (!ending.has(step?.tokens?.[0]?.word ?? '')) return false;
  return /^(?:ROLLBACK|ABORT)(?: WORK| TRANSACTION)?$/.test(words(step));
}

const ending = new Set(['ROLLBACK', 'ABORT']);

function words(step: Step | undefined): string {
  const tokens = step?.tokens ?? [];
  return tokens
    .slice(0, 8)
    .map(it => it.word || '…')
    .join(' ');
}

const returning =
  /^(?:DELETE|UPDATE|INSERT|REPLACE|MERGE|TRUNCATE|DROP|ALTER|CREATE|WITH|EXPLAIN|GRANT|REVOKE|COMMENT)\b/;
const kept = new Set(['database', 'volume', 'backup', 'service', 'cluster']);

/** What a statement does beyond rows and schema is not undone. */
function left(step: Step): readonly Effect[] {
  if (!returning.test(words(step)) || /^ALTER SYSTEM\b/.test(words(step))) return step.effects;
  return step.effects.filter(it => (it.does !== 'destroy' && it.does !== 'change') || kept.has(it.what));
}
