import type { Detector } from './detector.ts';
import type { Redacted } from './model.ts';

/** The same text with every credential in it replaced by its kind. Doing it twice changes nothing more. */
export function redact(text: string, detectors: readonly Detector[]): Redacted {
  let [before, result] = ['', text];
  for (let round = 0; round < mostRounds && result !== before; round++) {
    before = result;
    result = redactedOnce(before, detectors);
  }
  return result as Redacted;
}

/** Credentials that touch each other have no boundary between them before one is gone. */
const mostRounds = 8;

function redactedOnce(text: string, detectors: readonly Detector[]): string {
  const lower = text.toLowerCase();
  let result = text;
  for (const { id, hints, pattern } of detectors)
    if (hints.some(hint => lower.includes(hint)))
      result = result.replace(pattern, (...match) => masked(match, id));
  return result;
}

/** A credential found in a text, and where in it. */
export interface Found {
  readonly detector: Detector;
  readonly value: string;
  readonly at: readonly [from: number, to: number];
}

/** Every credential in a text, in the order of the detectors. */
export function detect(text: string, detectors: readonly Detector[]): readonly Found[] {
  const lower = text.toLowerCase();
  return detectors
    .filter(({ hints }) => hints.some(hint => lower.includes(hint)))
    .flatMap(detector => [...text.matchAll(detector.pattern)].map(match => found(match, detector)));
}

function found(match: RegExpExecArray, detector: Detector): Found {
  const value = match.groups?.secret ?? match[0];
  const from = match.index + match[0].indexOf(value);
  return { detector, value, at: [from, from + value.length] };
}

function masked(match: readonly unknown[], id: string): string {
  const [all] = match as readonly [string];
  const groups = match.at(-1) as { readonly secret?: string } | string;
  const secret = typeof groups === 'object' ? groups.secret : undefined;
  return secret === undefined ? `<${id}>` : all.replace(secret, () => `<${id}>`);
}
