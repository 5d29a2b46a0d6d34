/** Words of a language that are no names: what stands behind is read for itself. */
export const skipped: ReadonlySet<string> = new Set(
  `return await async yield new typeof void delete not throw raise if elif elsif unless else while until do then begin ensure
  try except finally catch case when switch export default public private protected static final abstract override readonly
  let const var my our local global nonlocal with assert del in of is and or xor pass declare end fi async echo
  defer loop rescue given suspend`
    .split(/\s+/)
    .filter(Boolean),
);
/** With what an expression goes on: how tightly it binds. */
export const binary: Readonly<Record<string, number>> = {
  '=': 0,
  ':=': 0,
  '+=': 0,
  '.=': 0,
  '||=': 0,
  '??=': 0,
  '&&=': 0,
  '?': 1,
  '||': 2,
  '??': 2,
  '&&': 2,
  '|': 3,
  '|>': 3,
  '==': 4,
  '===': 4,
  '!=': 4,
  '!==': 4,
  '=~': 4,
  '!~': 4,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '<=>': 4,
  '<<': 5,
  '>>': 5,
  '+': 6,
  '-': 6,
  '.': 6,
  '..': 6,
  '&': 6,
  '*': 7,
  '/': 7,
  '//': 7,
  '%': 7,
  '**': 8,
};
export const wordy: Readonly<Record<string, number>> = { or: 2, and: 2, xor: 2, in: 4, is: 4, instanceof: 4 };
