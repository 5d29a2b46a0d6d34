import type { Detector } from './detector.ts';
import type { SecretContent } from './hidden.ts';
import { scanText, type Spotted } from './scan.ts';

/** What a file holds that agents should not have, and where in it. */
export interface Holding {
  readonly kind: string;
  readonly at: number;
  /** The whole file is hidden for it. */
  readonly hidden?: true;
  /** It is of a kind of which nothing is shown, rather than a text with a credential in it. */
  readonly whole?: true;
  readonly instead?: string;
}

/**
 * What of a text keeps its file from agents: that it is a kind of file which holds secrets, or a credential that opens
 * everything of a live account, hides it; any other credential without doubt is worth a question.
 */
export function holding(
  path: string,
  text: string,
  rows: readonly SecretContent[],
  detectors: readonly Detector[],
): Holding | undefined {
  const lower = text.toLowerCase();
  for (const { title, hints, holds, instead } of rows) {
    const at = hints.some(hint => lower.includes(hint)) ? holds(text) : -1;
    if (at >= 0) return { kind: title, at, hidden: true, whole: true, instead };
  }
  const sure = scanText(path, text, detectors).filter(it => it.sure);
  const grave = isMadeUp(path) ? undefined : sure.find(isBlanket);
  const first = grave ?? sure[0];
  if (!first) return undefined;
  const found = { kind: first.title.toLowerCase(), at: first.at[0] };
  return grave ? { ...found, hidden: true, instead: otherwise } : found;
}

const otherwise =
  'tell the person that a credential which opens everything stands in this file, and ask for what you need from it.';

function isBlanket({ rating }: Spotted): boolean {
  return rating.reach === 'blanket' && rating.stage !== 'test';
}

/** Where credentials are mostly invented: tests, and what explains. They are asked about and not hidden. */
function isMadeUp(path: string): boolean {
  return (
    /[\\/](?:tests?|__tests__|specs?|fixtures?|__fixtures__|__snapshots__|mocks?|__mocks__|testdata|docs?|examples?|samples?|node_modules)[\\/]/i.test(
      path,
    ) || /\.(?:md|mdx|rst|adoc|snap|(?:test|spec|example|sample|template)\.\w{1,8})$/i.test(path)
  );
}
