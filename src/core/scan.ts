import { isDummy, type Detector } from './detector.ts';
import type { Rating, Span } from './model.ts';
import { rated } from './rating.ts';
import { detect, type Found } from './redact.ts';

/** A credential that stands in a text. */
export interface Spotted {
  /** The detector's id. */
  readonly detector: Detector['id'];
  readonly title: string;
  readonly provider: string;
  /** Where the value stands, in UTF-16 units from the beginning. */
  readonly at: Span;
  /** From 1. */
  readonly line: number;
  /** From 0, in UTF-16 units. */
  readonly column: number;
  /** Never leaves the process. */
  readonly value: string;
  /** What may be shown of it: the mark of who gave it out, and `…`. */
  readonly shown: string;
  readonly rating: Rating;
  /** Without doubt a credential; else it may be one. */
  readonly sure: boolean;
}

/**
 * The credentials in a text, in its order; at most `mostSpotted`. Where findings overlap, that of the first detector of
 * the table stands: tables go from the particular to the general. Linear in the text; `path` is only a name.
 */
export function scanText(path: string, text: string, detectors: readonly Detector[]): readonly Spotted[] {
  const around = surroundings(text);
  const generated = isGenerated(path);
  const possible = detect(text, detectors).filter(({ detector, value, at }) => {
    if (generated && byPlace(detector)) return false;
    return detector.plausible?.(value, ...around(at)) ?? !isDummy(value);
  });
  const lines = lineCounter(text);
  return apart(possible)
    .slice(0, mostSpotted)
    .map(({ detector, value, at }) => {
      const { line, start } = lines(at[0]);
      const [before, after] = around(at);
      return {
        detector: detector.id,
        title: detector.title,
        provider: detector.provider,
        at,
        line,
        column: at[0] - start,
        value,
        shown: `${publicPrefix(value, detector)}…`,
        rating: rated(detector, value, before, path, after),
        sure: detector.confirm?.(value, before, after) ?? true,
      };
    });
}

/** Known only by what stands around it. */
function byPlace({ named, pattern }: Detector): boolean {
  return named !== undefined || pattern.source.includes('(?<secret>');
}

/** What a package manager or a compiler wrote is full of sums, and holds no secret of that kind. */
function isGenerated(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  return generated.has(name) || /\.(?:lock|map|snap|svg|lockfile)$/.test(name) || name.endsWith('.d.ts');
}

const generated: ReadonlySet<string> = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'go.sum',
  'package.resolved',
  'packages.lock.json',
]);

/** The line of a finding before and after it, within a bound. */
function surroundings(text: string): (at: Span) => readonly [before: string, after: string] {
  return ([from, to]) => {
    const before = text.slice(Math.max(0, from - longestAround), from);
    const after = text.slice(to, to + longestAround);
    const end = after.search(/[\r\n]/);
    return [before.slice(before.lastIndexOf('\n') + 1), end < 0 ? after : after.slice(0, end)];
  };
}

/** The first credential in a text that is one without doubt. */
export function exposed(
  text: string,
  detectors: readonly Detector[],
): { readonly kind: string; readonly at: number } | undefined {
  const first = scanText('', text, detectors).find(({ sure }) => sure);
  return first && { kind: first.title.toLowerCase(), at: first.at[0] };
}

export const mostSpotted = 1_000;
const longestAround = 400;

/** Of findings in the order of the table, those that overlap none before them, by place. */
function apart(found: readonly Found[]): readonly Found[] {
  const kept: Found[] = [];
  for (const it of found) {
    const index = firstFrom(kept, it.at[0]);
    const [left, right] = [kept[index - 1], kept[index]];
    if ((left && left.at[1] > it.at[0]) || (right && right.at[0] < it.at[1])) continue;
    kept.splice(index, 0, it);
  }
  return kept;
}

/** The index of the first finding that begins at `from` or later. */
function firstFrom(sorted: readonly Found[], from: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at[0] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Tells the line of a place and where it begins, for places in rising order. */
function lineCounter(text: string): (place: number) => { readonly line: number; readonly start: number } {
  let [line, start] = [1, 0];
  return place => {
    for (let end = text.indexOf('\n', start); end >= 0 && end < place; end = text.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    return { line, start };
  };
}

/** A mark such as `ghp_`, which everybody knows. A value that only its place tells has none. */
function publicPrefix(value: string, detector: Detector): string {
  if (byPlace(detector)) return '';
  const lower = value.toLowerCase();
  const marks = detector.hints.filter(hint => lower.startsWith(hint)).sort((a, b) => b.length - a.length);
  return value.slice(0, marks[0]?.length ?? 0);
}
