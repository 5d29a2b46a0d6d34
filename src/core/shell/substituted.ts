import type { Word } from './words.ts';

/** Whether the word is a process substitution, `<(…)`: a file that holds what a command prints. */
export function isSubstituted({ text }: Word): boolean {
  return text.startsWith('<(');
}

/** Whether what it prints comes from the network. */
export function isFetched({ text }: Word): boolean {
  return /^<\(\s*(?:sudo\s+)?(?:curl|wget|https?|xh|aria2c|nc|ncat)\s/.test(text);
}
