/**
 * The words of a line that starts one program, as a POSIX shell would take them. Nothing where it is empty, a quote is
 * open, or a shell would do more than that: variables, pipes, several commands.
 */
export function plainWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  const add = (it: string | undefined) => (word = (word ?? '') + (it ?? ''));
  for (let index = 0; index < line.length; index++) {
    const it = line[index] as string;
    if (quote) {
      if (it === quote) quote = '';
      else if (quote === '"' && '$`'.includes(it)) return undefined;
      else if (quote === '"' && it === '\\' && /["\\$`]/.test(line[index + 1] ?? '')) add(line[++index]);
      else add(it);
    } else if (it === "'" || it === '"') {
      quote = it;
      add('');
    } else if (it === '\\' && index + 1 < line.length) add(line[++index]);
    else if (it === ' ' || it === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (special.includes(it)) return undefined;
    else add(it);
  }
  if (quote) return undefined;
  if (word !== undefined) words.push(word);
  return words[0] ? words : undefined;
}

const special = '|&;<>()$`\n\r\0*?[]{}!#\\';
