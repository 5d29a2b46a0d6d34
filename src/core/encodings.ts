/*
 * The forms in which programs print and send a value. Pure, and no more of them than programs really write: a form that
 * nobody has named here is not recognised.
 */

/**
 * Every form of a value that somebody may write it in, itself first, each once: base64 and base64 for URLs wherever the
 * value begins among other bytes (what depends on the neighbours is cut off), hexadecimal, percent-encoded, escaped for
 * JSON, for a shell and for HTML. Texts, not bytes; other characters than ASCII count as UTF-8. What is shorter than
 * `least` characters could stand anywhere by chance and is left out.
 */
export function encodings(value: string, least = 8): readonly string[] {
  const hex = hexOf(value);
  const all = [...plainForms(value), ...base64Forms(value), hex, hex.toUpperCase()];
  return [...new Set(all)].filter(form => form.length >= least);
}

/** The forms that keep the value's own characters, but for those that are escaped. */
export function plainForms(value: string): readonly string[] {
  return [
    ...new Set([
      value,
      ...percentForms(value),
      ...jsonForms(value),
      ...shellForms(value),
      ...htmlForms(value),
    ]),
  ];
}

/** What stands in base64 wherever the value does: its three alignments, in the letters of files and of URLs. */
export function base64Forms(value: string): readonly string[] {
  const bytes = utf8(value);
  const standard = [0, 1, 2].map(before => base64Part(bytes, before));
  const forUrls = standard.map(part => part.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([...standard, ...forUrls, ...standard.map(part => percent(part, unreserved))])];
}

/** Two lower-case digits a byte. */
export function hexOf(value: string): string {
  return Array.from(utf8(value), hexDigits).join('');
}

/** A text's bytes in UTF-8, a character below 256 each. What is no character becomes the sign for that. */
export function utf8(text: string): string {
  return Array.from(text, character => {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) return character;
    if (point < 0x800) return bytes(0xc0 | (point >> 6), tail(point));
    if (point >= 0xd800 && point < 0xe000) return bytes(0xef, 0xbf, 0xbd);
    if (point < 0x10000) return bytes(0xe0 | (point >> 12), tail(point >> 6), tail(point));
    return bytes(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }).join('');
}

const bytes = (...all: readonly number[]): string => String.fromCharCode(...all);
const tail = (point: number): number => 0x80 | (point & 0x3f);
const hexDigits = (byte: string): string => byte.charCodeAt(0).toString(16).padStart(2, '0');

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The letters that say nothing of what stands before and behind, where so many bytes of three stand before. */
function base64Part(bytes: string, before: number): string {
  const part: string[] = [];
  let [bits, held] = [0, before === 0 ? 0 : before === 1 ? -4 : -2];
  for (const byte of bytes) {
    bits = ((bits << 8) | byte.charCodeAt(0)) & 0xffff;
    held += 8;
    for (; held >= 6; held -= 6) part.push(letters.charAt((bits >> (held - 6)) & 0x3f));
  }
  return part.join('');
}

const unreserved = /[A-Za-z0-9_.~-]/;

/** As encodeURIComponent, Python's `quote`, RFC 3986 and forms have it; in both cases of digits. */
function percentForms(value: string): readonly string[] {
  const encoded = utf8(value);
  const upper = [
    unreserved,
    /[A-Za-z0-9_.~/-]/,
    /[A-Za-z0-9_.~!'()*-]/,
    /[A-Za-z0-9_.~!'()*;/?:@&=+$,#-]/,
  ].map(kept => percent(encoded, kept));
  const form = percent(encoded, /[A-Za-z0-9_.* -]/).replaceAll(' ', '+');
  const all = [...upper, ...upper.map(text => text.replaceAll('%20', '+')), form];
  return [...all, ...all.map(text => text.replace(/%../g, it => it.toLowerCase()))];
}

function percent(bytes: string, kept: RegExp): string {
  return bytes.replace(/[^]/g, byte => (kept.test(byte) ? byte : `%${hexDigits(byte).toUpperCase()}`));
}

/** As JavaScript, Python, PHP and Go write a text, once and in a text that is JSON again; and every character escaped. */
function jsonForms(value: string): readonly string[] {
  const plain = JSON.stringify(value).slice(1, -1);
  const pages = plain.replace(/[<>&']/g, unicode);
  const slashed = plain.replaceAll('/', '\\/');
  const once = [plain, slashed, ascii(plain), ascii(slashed), pages, ascii(pages)];
  const twice = once.map(text => JSON.stringify(text).slice(1, -1));
  const whole = value.replace(/[^]/g, unicode);
  const all = [...once, ...twice, whole];
  return [
    ...all,
    ...all.map(text => text.replace(/\\u[\da-f]{4}/g, it => `\\u${it.slice(2).toUpperCase()}`)),
  ];
}

/** Nothing but ASCII: the rest as halves of UTF-16. */
function ascii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, unicode);
}

function unicode(half: string): string {
  return `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Quoted once as `set -x`, `printf %q`, `$'…'` and double quotes have it, and as programs print their own texts. */
function shellForms(value: string): readonly string[] {
  return [
    value.replaceAll("'", "'\\''"),
    value.replaceAll("'", `'"'"'`),
    value.replace(/[^\w@%+=:,./-]/g, it => `\\${it}`),
    value.replace(/[\\"$`]/g, it => `\\${it}`),
    value.replace(/[\\"$`!]/g, it => `\\${it}`),
    value.replace(/[\\'\n\t\r]/g, it => controls[it] ?? `\\${it}`),
  ];
}

const controls: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

function htmlForms(value: string): readonly string[] {
  const quotes = [
    ['&quot;', '&#39;'],
    ['&quot;', '&#x27;'],
    ['&quot;', '&#039;'],
    ['&#34;', '&#39;'],
    ['&quot;', '&apos;'],
    ['"', "'"],
  ] as const;
  const base = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return quotes.map(([double, single]) => base.replaceAll('"', double).replaceAll("'", single));
}
