import { fields, list, text } from './json.ts';
import type { Fields } from './json.ts';

/** What a message holds: every vendor allows a text alone, or parts of several kinds. */
export function partsOf(content: unknown): readonly Fields[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : list(content).map(fields);
}

/** The parts' texts, a line each; a part of another kind is named. */
export function textOf(content: unknown): string {
  return partsOf(content)
    .map(it => text(it['text']) || `[${text(it['type'])}]`)
    .join('\n');
}
