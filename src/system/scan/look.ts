import type { Detector } from '../../core/detector.ts';
import type { Span } from '../../core/model.ts';
import { rated } from '../../core/rating.ts';
import type { Secret } from '../../core/report.ts';
import { mostSpotted, scanText, type Spotted } from '../../core/scan.ts';
import { fingerprint } from '../fingerprint.ts';
import type { Looked } from './messages.ts';

/** What secretlint found, without its words: they hold the value. */
export interface Second {
  /** secretlint's own name for the kind. */
  readonly rule: string;
  readonly title: string;
  readonly provider: string;
  readonly at: Span;
  readonly sure: boolean;
}

export interface Looking {
  readonly detectors: readonly Detector[];
  /** What fingerprints are made with. */
  readonly key: Uint8Array;
  /** Asked about what our detectors did not find. */
  readonly second?: (file: string, text: string) => Promise<readonly Second[]>;
  /** Hears what our detectors found, before the second is asked. */
  readonly found?: (secrets: readonly Secret[]) => void;
}

type Finding = Omit<Spotted, 'detector' | 'line' | 'column'> & { readonly detector: string };

/** The secrets in a text, in its order. What both find is told as ours, which knows more about it. */
export async function look(
  file: string,
  text: string,
  { detectors, key, second, found }: Looking,
): Promise<Pick<Looked, 'secrets' | 'skip'>> {
  const ours = scanText(file, text, detectors);
  const told = (findings: readonly Finding[]) => secretsIn(file, text, findings, key);
  if (ours.length) found?.(told(ours));
  const others = (await second?.(file, text)) ?? [];
  const beside = others
    .filter(({ at }) => !ours.some(it => it.at[0] < at[1] && at[0] < it.at[1]))
    .map(it => finding(it, file, text, detectors));
  return {
    secrets: told([...ours, ...apart(beside)].sort((a, b) => a.at[0] - b.at[0])),
    // There may be more of them than are told.
    ...(ours.length >= mostSpotted && { skip: 'many' }),
  };
}

function finding(
  { rule, title, provider, at, sure }: Second,
  file: string,
  text: string,
  detectors: readonly Detector[],
): Finding {
  const value = text.slice(...at);
  const before = text.slice(Math.max(at[0] - longestBefore, text.lastIndexOf('\n', at[0] - 1) + 1), at[0]);
  const alike = detectors.find(it => it.provider === provider && it.rate);
  return {
    detector: `secretlint.${rule}`,
    title,
    provider,
    at,
    value,
    shown: '…',
    rating: rated({ provider, ...(alike?.rate && { rate: alike.rate }) }, value, before, file),
    sure,
  };
}

const longestBefore = 400;

/** Of findings that overlap, the first. */
function apart(findings: readonly Finding[]): readonly Finding[] {
  let end = 0;
  return findings
    .toSorted((a, b) => a.at[0] - b.at[0])
    .filter(({ at }) => {
      if (at[0] < end) return false;
      end = at[1];
      return true;
    });
}

/** The findings, in the order of the text, as they may leave the process. */
function secretsIn(
  file: string,
  text: string,
  findings: readonly Finding[],
  key: Uint8Array,
): readonly Secret[] {
  const place = placesIn(text);
  return findings.map(({ at, value, detector, title, provider, rating, shown, sure }) => {
    const start = place(at[0]);
    const end = placeAfter(text, start, at);
    const reason = sure ? undefined : ignoredBy(text, start.from);
    return {
      fingerprint: fingerprint(value, key),
      file,
      line: start.line,
      column: at[0] - start.from + 1,
      endLine: end.line,
      endColumn: at[1] - end.from + 1,
      detector,
      title,
      provider,
      rating,
      shown,
      sure,
      ...(reason !== undefined && { ignored: reason }),
    };
  });
}

interface Line {
  readonly line: number;
  /** Where it begins. */
  readonly from: number;
}

/** Tells the line of a place, for places in rising order. */
function placesIn(text: string): (place: number) => Line {
  let last: Line = { line: 1, from: 0 };
  return place => (last = lineFrom(text, last, place));
}

function placeAfter(text: string, start: Line, [, to]: Span): Line {
  return lineFrom(text, start, to);
}

function lineFrom(text: string, { line, from }: Line, place: number): Line {
  let [number, start] = [line, from];
  for (let end = text.indexOf('\n', start); end >= 0 && end < place; end = text.indexOf('\n', start)) {
    number++;
    start = end + 1;
  }
  return { line: number, from: start };
}

/** The reason in a comment on the line that begins there, or on the one before. */
function ignoredBy(text: string, from: number): string | undefined {
  const before = text.lastIndexOf('\n', from - 2) + 1;
  const end = text.indexOf('\n', from);
  const lines = text.slice(
    Math.max(before, from - longestComment),
    end < 0 ? from + longestLine : Math.min(end, from + longestLine),
  );
  const [, reason] = /chaperone-ignore: {0,8}([^\s][^\n]{0,200})/.exec(lines) ?? [];
  return reason
    ?.trim()
    .replace(/(?:\*\/|-->)$/, '')
    .trim();
}

const longestComment = 400;
const longestLine = 4_000;
