/** What a credential looks like. */
export interface Detector {
  readonly id: `${string}.${string}`;
  readonly title: string;
  /** Lower case. One of them stands in any text the pattern could match: looked for before the pattern is tried. */
  readonly hints: readonly string[];
  /** Global; the whole match is the credential, or its group `secret` where there is one. Linear on any input. */
  readonly pattern: RegExp;
  readonly examples: { readonly catches: readonly string[]; readonly leaves: readonly string[] };
}

export const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const base36 = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const hex = '0123456789abcdef';

/** An invented value of `length` characters: the same at every call, and nobody's. */
export function sample(alphabet: string, length: number): string {
  return Array.from({ length }, (_, index) => alphabet[(index * 7 + 3) % alphabet.length]).join('');
}
