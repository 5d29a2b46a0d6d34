import { reachAfter, reachBefore, type Detector } from './detector.ts';

/** A detector, and the stretches of a text in which a credential of its kind may stand. */
export interface Hinted {
  readonly detector: Detector;
  readonly near: readonly (readonly [from: number, to: number])[];
}

/**
 * The detectors of a table that a text gives a hint of, in their order. One pass over the text, whatever the number of
 * hints: hundreds of searches would cost more than all patterns.
 */
export function hinted(text: string, detectors: readonly Detector[]): readonly Hinted[] {
  const { first, hints } = indexOf(detectors);
  const near = new Map<number, [number, number][]>();
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const code = lower(text.charCodeAt(at));
    const bucket = first[(last << 7) | code] ?? 0;
    last = code;
    if (bucket === 0) continue;
    for (const { hint, of } of hints[bucket] ?? [])
      if (standsAt(text, at - 1, hint)) for (const index of of) extend(near, index, at - 1, text.length);
  }
  return [...near.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([index, stretches]) => {
      const detector = detectors[index];
      return detector ? [{ detector, near: stretches }] : [];
    });
}

interface Index {
  /** By the first two characters of a hint, its bucket in `hints`; 0 is none. */
  readonly first: Uint16Array;
  readonly hints: readonly (readonly { readonly hint: string; readonly of: readonly number[] }[])[];
}

/** Tables do not change: their index is made once. */
const indexes = new WeakMap<readonly Detector[], Index>();

function indexOf(detectors: readonly Detector[]): Index {
  const known = indexes.get(detectors);
  if (known) return known;
  const byHint = new Map<string, number[]>();
  detectors.forEach(({ hints }, index) => {
    for (const hint of hints) byHint.set(hint, [...(byHint.get(hint) ?? []), index]);
  });
  const first = new Uint16Array(128 * 128);
  const hints: { hint: string; of: readonly number[] }[][] = [[]];
  for (const [hint, of] of byHint) {
    const key = (lower(hint.charCodeAt(0)) << 7) | lower(hint.charCodeAt(1));
    if (first[key] === 0) first[key] = hints.push([]) - 1;
    hints[first[key] ?? 0]?.push({ hint, of });
  }
  const index = { first, hints };
  indexes.set(detectors, index);
  return index;
}

/** A code of ASCII in lower case; 0 for all else. */
function lower(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  return code < 128 ? code : 0;
}

function standsAt(text: string, at: number, hint: string): boolean {
  for (let index = 2; index < hint.length; index++)
    if (lower(text.charCodeAt(at + index)) !== hint.charCodeAt(index)) return false;
  return true;
}

function extend(near: Map<number, [number, number][]>, index: number, at: number, length: number): void {
  const stretches = near.get(index) ?? [];
  if (!near.has(index)) near.set(index, stretches);
  const [from, to] = [Math.max(0, at - reachBefore), Math.min(length, at + reachAfter)];
  const last = stretches.at(-1);
  if (last && from <= last[1]) last[1] = to;
  else stretches.push([from, to]);
}
