import type { SqlDialect } from '../../src/core/model.ts';
import { decisionFor, effectsFor } from '../support/line.ts';

/** What is said of a statement: that it destroys, that it changes, or that it does neither and may pass. */
export async function said(
  statement: string,
  dialect: SqlDialect,
): Promise<'destroys' | 'changes' | 'harmless' | 'asked'> {
  const action = { kind: 'sql', statement, dialect } as const;
  const { verdict } = await decisionFor(action);
  const effects = await effectsFor(action);
  const does = (kind: string) => effects.some(it => it.does === kind);
  if (does('destroy')) return verdict === 'allow' ? 'changes' : 'destroys';
  if (verdict !== 'allow') return 'asked';
  return does('change') ? 'changes' : 'harmless';
}
