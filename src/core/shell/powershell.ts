import type { Span } from '../model.ts';
import type { Word } from './words.ts';

/**
 * The plain part of PowerShell's and cmd.exe's languages: commands of plain or simply quoted words, one after the other.
 * Whatever needs their real grammar (variables, blocks, expressions, escapes, redirections) is a reason instead.
 */
export type PlainLine =
  | { readonly ok: true; readonly commands: readonly (readonly Word[])[] }
  | { readonly ok: false; readonly why: string; readonly at: Span };

/** What separates commands; `&` does so in cmd.exe, and calls in PowerShell. */
const separators = /^(?:;|&&|\|\||\||\r?\n)/;
/** A word of characters that mean nothing but themselves in either shell. */
const bare = /^[\w.:\\/=,+~*?@-]+/;
const quoted = /^(?:'([^'\r\n]*)'|"([^"$`%\r\n]*)")/;

export function plainLine(line: string): PlainLine {
  const commands: Word[][] = [[]];
  let index = 0;
  while (index < line.length) {
    const rest = line.slice(index, index + 8_192);
    const blank = /^[ \t]+/.exec(rest)?.[0] ?? '';
    const separator = blank ? undefined : separators.exec(rest)?.[0];
    if (separator) commands.push([]);
    if (blank || separator) {
      index += blank.length + (separator?.length ?? 0);
      continue;
    }
    const word = wordAt(line, index);
    if (!word)
      return {
        ok: false,
        why: `\`${line.slice(index, index + 1)}\`, which needs the shell's own grammar`,
        at: [index, index + 1],
      };
    commands.at(-1)?.push(word);
    index = word.at[1];
  }
  return { ok: true, commands: commands.filter(words => words.length > 0) };
}

function wordAt(line: string, from: number): Word | undefined {
  let [text, index, wild] = ['', from, false];
  for (;;) {
    const rest = line.slice(index, index + 8_192);
    const plain = bare.exec(rest)?.[0];
    const quote = plain === undefined ? quoted.exec(rest) : undefined;
    if (plain === undefined && !quote) break;
    text += plain ?? quote?.[1] ?? quote?.[2] ?? '';
    wild ||= plain !== undefined && /[*?]/.test(plain);
    index += (plain ?? quote?.[0] ?? '').length;
  }
  return index > from
    ? { text: text.replaceAll('\\', '/'), known: true, wild, at: [from, index] }
    : undefined;
}
