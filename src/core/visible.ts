/** Text as it is, with what an eye would not see spelt out: an agent's words must not repaint the question about them. */
export function visible(text: string): string {
  return text.replace(unseen, it => `\\u{${it.codePointAt(0)?.toString(16)}}`);
}

/** The same on one line, for labels, with at most so many characters. */
export function label(text: string, most = 200): string {
  const line = visible(text.replace(/\s+/g, ' ').trim());
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** Controls but tab and newline, formats (direction, no width, tags), separators of lines, and letters that are blank. */
const unseen = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;
