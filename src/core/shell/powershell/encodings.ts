/*
 * Bytes as texts of characters below 256: what decoding needs where there is neither a machine nor a browser.
 */

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(digits.split('').map((digit, index) => [digit, index] as const));

/** Base64 to bytes; none where it is no base64. */
export function decoded(text: string): string | undefined {
  const clean = text.replace(/[\s=]/g, '');
  if (!clean || clean.length > 65_536) return undefined;
  const bytes: string[] = [];
  let [bits, count] = [0, 0];
  for (const digit of clean) {
    const value = values.get(digit);
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push(String.fromCharCode((bits >> count) & 0xff));
    }
  }
  return bytes.join('');
}

export function fromHex(text: string): string | undefined {
  if (!/^(?:[\da-f]{2})+$/i.test(text)) return undefined;
  return text.replace(/../g, pair => String.fromCharCode(parseInt(pair, 16)));
}

/** Little-endian UTF-16, as `-EncodedCommand` takes it. */
export function utf16(bytes: string): string {
  const units: string[] = [];
  for (let index = 0; index + 1 < bytes.length; index += 2)
    units.push(String.fromCharCode(bytes.charCodeAt(index) | (bytes.charCodeAt(index + 1) << 8)));
  return units.join('');
}

/** UTF-8; what is none stays a character a byte. */
export function utf8(bytes: string): string {
  try {
    return decodeURIComponent(
      bytes.replace(/[^\w.-]/g, it => `%${it.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return bytes;
  }
}
