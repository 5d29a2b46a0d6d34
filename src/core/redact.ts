import type { Detector } from './detector.ts';
import { hinted, type Hinted } from './hints.ts';
import type { Redacted } from './model.ts';
import { nameIn } from './named.ts';

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
  return hinted(text, detectors).reduce(
    (result, { detector }) =>
      result.replace(detector.pattern, (...match) =>
        isNamed(detector, ...placeOf(match)) ? masked(match, detector.id) : match[0],
      ),
    text,
  );
}

/** The whole text of a match that `replace` hands over, and where in it the match begins. */
function placeOf(match: readonly unknown[]): readonly [text: string, at: number] {
  const last = typeof match.at(-1) === 'string' ? -1 : -2;
  return [match.at(last) as string, match.at(last - 1) as number];
}

function isNamed({ named }: Detector, text: string, at: number): boolean {
  if (named === undefined) return true;
  const name = nameIn(text.slice(Math.max(0, at - longestName), at));
  return name !== '' && named.every(it => it.test(name));
}

const longestName = 130;

/** A credential found in a text, and where in it. */
export interface Found {
  readonly detector: Detector;
  readonly value: string;
  readonly at: readonly [from: number, to: number];
}

/** What the patterns match in a text, in the order of the detectors. */
export function detect(text: string, detectors: readonly Detector[]): readonly Found[] {
  return hinted(text, detectors).flatMap(it => foundNear(text, it));
}

function foundNear(text: string, { detector, near }: Hinted): readonly Found[] {
  const all: Found[] = [];
  for (const [from, to] of near)
    for (const match of text.slice(from, to).matchAll(detector.pattern)) {
      // What begins where the stretch does may have begun before.
      if ((match.index > 0 || from === 0) && isNamed(detector, text, from + match.index))
        all.push(found(match, detector, from));
      if (all.length >= mostFound) return all;
    }
  return all;
}

/** Of one detector in one text. */
const mostFound = 1_000;

function found(match: RegExpExecArray, detector: Detector, offset: number): Found {
  const value = match.groups?.secret ?? match[0];
  const from = offset + match.index + match[0].lastIndexOf(value);
  return { detector, value, at: [from, from + value.length] };
}

function masked(match: readonly unknown[], id: string): string {
  const [all] = match as readonly [string];
  const groups = match.at(-1) as { readonly secret?: string } | string;
  const secret = typeof groups === 'object' ? groups.secret : undefined;
  if (secret === undefined) return `<${id}>`;
  const at = all.lastIndexOf(secret);
  return `${all.slice(0, at)}<${id}>${all.slice(at + secret.length)}`;
}
