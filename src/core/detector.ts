import type { Rating } from './model.ts';

/** What a credential looks like. */
export interface Detector {
  readonly id: `${string}.${string}`;
  readonly title: string;
  /** Who gives it out: `railway`, `github`, `postgresql`; `unknown` where only the place it stands in tells. */
  readonly provider: string;
  /** Lower case. One of them stands in any text the pattern could match: looked for before the pattern is tried. */
  readonly hints: readonly string[];
  /** Global; the whole match is the credential, or its group `secret` where there is one. Linear on any input. */
  readonly pattern: RegExp;
  /** Whether a match is a credential without doubt: its check digit, its randomness. Absent where the pattern is enough. */
  readonly confirm?: (value: string) => boolean;
  /**
   * What the credential tells of itself; what it leaves out is unknown. `before` is the line as far as the value: a
   * variable's name, a header.
   */
  readonly rate?: (value: string, before: string) => Partial<Omit<Rating, 'provider'>>;
  readonly examples: { readonly catches: readonly string[]; readonly leaves: readonly string[] };
}

export const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const base36 = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const hex = '0123456789abcdef';

/** An invented value of `length` characters: the same at every call, and nobody's. */
export function sample(alphabet: string, length: number): string {
  return Array.from({ length }, (_, index) => alphabet[(index * 7 + 3) % alphabet.length]).join('');
}

/** Whether a value looks made by chance rather than by a person: long, mixed, and no placeholder. */
export function isRandom(value: string): boolean {
  return value.length >= 20 && /\d.*\d/.test(value) && !placeholder.test(value) && entropy(value) >= 3;
}

const placeholder =
  /example|placeholder|changeme|your[-_]|dummy|sample|fake|xxxx|0000|1234567|\$\{|<|\.\.\./i;

/** Shannon's, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}
