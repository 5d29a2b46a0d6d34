/**
 * The name that a value is given to, by what stands before it: `export A_TOKEN="`, `"a.b": "`, `env['A'] = '`, `--token `.
 * Empty where there is none. Looks back over a bounded stretch.
 */
export function nameIn(before: string): string {
  const end = back(before, before.length, 1, quotes);
  const flagged = flag(before, end);
  if (flagged !== undefined) return flagged;
  const separator = back(before, back(before, end, 1, quotes), 8, ' \t');
  const name = separated(before, separator);
  if (name === undefined) return '';
  const to = back(before, back(before, name, 8, ' \t'), 3, `${quotes}]\\`);
  return before.slice(back(before, to, longest, letters), to);
}

const longest = 100;
const quotes = '"\'`';
const letters = '_.-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The name of `--token `, `ENV A_TOKEN `: one that a blank alone parts from its value. */
function flag(text: string, end: number): string | undefined {
  const to = back(text, end, 4, ' \t');
  const from = back(text, to, longest, letters);
  if (to === end || from === to) return undefined;
  const name = text.slice(from, to);
  if (name.startsWith('--')) return name.slice(2);
  return /\b(?:ENV|setenv) {1,4}$/.test(text.slice(Math.max(0, from - 12), from)) ? name : undefined;
}

/** Where `=`, `:`, `=>` or `:=` begins that ends at a place; `undefined` where none does. */
function separated(text: string, end: number): number | undefined {
  if (text.endsWith('=>', end) || text.endsWith(':=', end)) return end - 2;
  return text[end - 1] === '=' || text[end - 1] === ':' ? end - 1 : undefined;
}

/** The place before at most so many of these characters. */
function back(text: string, from: number, most: number, characters: string): number {
  let place = from;
  while (place > 0 && from - place < most && characters.includes(text[place - 1] ?? ' ')) place--;
  return place;
}
