import type { Rating } from './model.ts';

/** What a credential looks like. */
export interface Detector {
  readonly id: `${string}.${string}`;
  readonly title: string;
  /** Who gives it out: `railway`, `github`, `postgresql`; `unknown` where only the place it stands in tells. */
  readonly provider: string;
  /**
   * Lower case. One of them stands near anything the pattern could match, within `reachBefore` and `reachAfter`: looked
   * for before the pattern is tried. It may be a word that only its surroundings have.
   */
  readonly hints: readonly string[];
  /**
   * Global; the whole match is the credential, or its group `secret` where there is one. Linear on any input. What it
   * matches is hidden in what we write down: it may be generous.
   */
  readonly pattern: RegExp;
  /** What the name has in it that a match is given to, each of them: `TOKEN=…`, `"token": "…"`. Else it is no match. */
  readonly named?: readonly RegExp[];
  /** Whether a match may be one at all. What may not is no finding. Absent where the pattern is enough. */
  readonly plausible?: (value: string, before: string, after: string) => boolean;
  /** Whether a match is one without doubt: its check digit, its randomness. Absent where the pattern is enough. */
  readonly confirm?: (value: string, before: string, after: string) => boolean;
  /**
   * What the credential tells of itself; what it leaves out is unknown. `before` is the line as far as the value: a
   * variable's name, a header; `after` is the rest of it: the host of an address.
   */
  readonly rate?: (value: string, before: string, after: string) => Partial<Omit<Rating, 'provider'>>;
  /** How its reach and its stage are told, for the manual; absent where `rate` is. */
  readonly rates?: string;
  readonly examples: { readonly catches: readonly string[]; readonly leaves: readonly string[] };
}

/** How far before and behind a hint a credential may stand, in UTF-16 units. */
export const [reachBefore, reachAfter] = [2_048, 16_384];

export const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const base36 = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
export const digits = '0123456789';
export const hex = '0123456789abcdef';

/** An invented value of `length` characters: the same at every call, and nobody's. */
export function sample(alphabet: string, length: number): string {
  return Array.from({ length }, (_, index) => alphabet[(index * 7 + 3) % alphabet.length]).join('');
}

/** An invented UUID. */
export const sampleUuid = [8, 4, 4, 4, 12].map(length => sample(hex, length)).join('-');

/** Whether a value looks made by chance rather than by a person: long, mixed, and no placeholder. */
export function isRandom(value: string): boolean {
  return value.length >= 20 && /\d.*\d/.test(value) && !isDummy(value) && entropy(value) >= 3;
}

/** Whether a value stands for a credential and is none: a placeholder, a variable, a row of the same or of the next. */
export function isDummy(value: string): boolean {
  const lower = value.toLowerCase();
  return (
    placeholders.some(it => lower.includes(it)) ||
    /%[a-z]/i.test(value) ||
    new Set(value).size < Math.min(5, value.length / 2)
  );
}

const placeholders = [
  ...[
    'example',
    'placeholder',
    'changeme',
    'change_me',
    'change-me',
    'your_',
    'your-',
    'dummy',
    'sample',
    'fake',
  ],
  ...[
    'redacted',
    'replace_',
    'replace-',
    'insert_',
    'insert-',
    'notreal',
    'not_real',
    'not-real',
    'deadbeef',
  ],
  ...['xxxx', '***', '000000', '1234567', 'abcdefg', '${', '{{', '$(', '<', '...', '…'],
];

/** Shannon's, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}
