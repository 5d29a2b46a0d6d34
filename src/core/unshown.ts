import type { Effect } from './model.ts';

/** The effects without the showing of these variables, which are masked in all that is printed; also of what they lead to. */
export function unshown(effects: readonly Effect[], names: readonly string[]): readonly Effect[] {
  if (!names.length) return effects;
  const shown = new Set(names.map(name => `the variable ${name}`));
  return effects
    .filter(it => it.does !== 'reveal' || !shown.has(it.what))
    .map(it => (it.does === 'follow' ? { ...it, masked: names } : it));
}
