/**
 * A text in a language with `//` and block comments, with blanks in their place; in the place of what stands in quotes
 * too, if asked. What stays open ends with the text. Linear, and as long as the text.
 */
export function withoutComments(text: string, strings: 'kept' | 'blank' = 'kept'): string {
  const parts: string[] = [];
  let kept = 0;
  let at = 0;
  const cut = (to: number) => {
    parts.push(text.slice(kept, at), ' '.repeat(to - at));
    kept = at = to;
  };
  while (at < text.length) {
    const [first, second] = [text[at], text[at + 1]];
    if (first === '/' && second === '/') cut(end(text.indexOf('\n', at), text));
    else if (first === '/' && second === '*') cut(end(text.indexOf('*/', at + 2), text, 2));
    else if (first === '"' || first === "'" || first === '`') {
      const to = behindQuote(text, at);
      if (strings === 'blank') cut(to);
      else at = to;
    } else at++;
  }
  parts.push(text.slice(kept));
  return parts.join('');
}

function end(found: number, text: string, length = 0): number {
  return found < 0 ? text.length : found + length;
}

function behindQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[open]) return at + 1;
  }
  return text.length;
}
