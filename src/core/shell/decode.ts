/*
 * The encodings that hide a text on a command line, undone without a machine. A text that is none is `undefined`.
 */

const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base64, the letters of URLs too; blanks and the end may be missing. */
export function fromBase64(text: string): string | undefined {
  return fromLetters(text.replaceAll('-', '+').replaceAll('_', '/'), valuesOf(base64Letters), 6);
}

export function fromBase32(text: string): string | undefined {
  return fromLetters(text.toUpperCase(), valuesOf(base32Letters), 5);
}

/** Plain hexadecimal digits, as `xxd -r -p` reads them. */
export function fromHex(text: string): string | undefined {
  const digits = text.replace(/\s/g, '');
  if (digits.length % 2 || /[^0-9a-f]/i.test(digits)) return undefined;
  return fromUtf8(digits.replace(/../g, pair => String.fromCharCode(parseInt(pair, 16))));
}

function valuesOf(letters: string): ReadonlyMap<string, number> {
  return new Map(Array.from(letters, (letter, value) => [letter, value]));
}

function fromLetters(text: string, values: ReadonlyMap<string, number>, width: number): string | undefined {
  const bytes: string[] = [];
  let [bits, held] = [0, 0];
  for (const letter of text.replace(/[=\s]/g, '')) {
    const value = values.get(letter);
    if (value === undefined) return undefined;
    bits = ((bits << width) | value) & 0xffff;
    held += width;
    if (held < 8) continue;
    held -= 8;
    bytes.push(String.fromCharCode((bits >> held) & 0xff));
  }
  return fromUtf8(bytes.join(''));
}

/** Bytes, a character each, as UTF-8; as they stand where they are none. */
function fromUtf8(bytes: string): string {
  try {
    return decodeURIComponent(
      bytes.replace(/[^A-Za-z0-9]/g, byte => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return bytes;
  }
}

/** The escapes that `echo -e`, `printf` and `$'…'` know. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|0?([0-7]{1,3})|(["'\\abefnrtv]))/g,
    (_, hex?: string, unicode?: string, octal?: string, letter?: string) => {
      if (letter !== undefined) return escapes[letter] ?? letter;
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
      return String.fromCharCode(parseInt(hex ?? unicode ?? '0', 16));
    },
  );
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
