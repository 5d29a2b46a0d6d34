/*
 * The check digits of GitHub's and others' tokens: the CRC-32 of what stands before them, in six digits of base 62.
 * From GitHub's "Behind GitHub's new authentication token formats", April 2021.
 */

const base62Digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Whether the last six characters check those before them; `body` is without its mark. */
export function hasChecksum(body: string): boolean {
  return body.length > 6 && body.endsWith(checksum(body.slice(0, -6)));
}

/** Six digits that check a text. */
export function checksum(text: string): string {
  let [rest, result] = [crc32(text), ''];
  for (let place = 0; place < 6; place++) {
    result = (base62Digits[rest % 62] ?? '') + result;
    rest = Math.floor(rest / 62);
  }
  return result;
}

/** Of a text of ASCII. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at) & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
