import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { encodings } from '../../core/encodings.ts';
import type { Span } from '../../core/model.ts';

/*
 * Values that can be recognised and not read: of each form of a value there are two keyed sums, of eight of its characters
 * and of all, and a keyed hash. The keys are made with the index, at random, and are written nowhere.
 */

/** A form of a value, without the value. */
export interface Mark {
  /** How many characters of the form stand before the eight that are looked for. */
  readonly offset: number;
  readonly length: number;
  readonly window: number;
  readonly whole: number;
  readonly hash: string;
}

/** What stands in a text: which of the values, and where. */
export interface Met<Value> {
  readonly value: Value;
  readonly at: Span;
}

const width = 8;
/** Characters of a form; no more powers are kept. */
const longest = 16_384;
/** Characters of a text that is looked through at once. */
const most = 8_000_000;

/** Keys, and what is made with them. Two of them never agree. */
export class Keyed {
  private readonly key = createSecretKey(randomBytes(32));
  private readonly base = (randomBytes(4).readUInt32LE() | 1) >>> 0;
  private readonly powers = powersOf(this.base);

  /** The marks of every form that a value is written in. Nothing where it is too short to be told from other text. */
  marksOf(value: string): readonly Mark[] {
    if (value.length < width) return [];
    return encodings(value, width)
      .filter(form => form.length <= longest)
      .map(form => {
        const sums = this.sumsOf(form);
        const offset = tellingWindow(form);
        return {
          offset,
          length: form.length,
          window: this.sum(sums, offset, width),
          whole: this.sum(sums, 0, form.length),
          hash: this.hash(form),
        };
      });
  }

  /** What a value is, to whoever has the same keys. */
  hash(text: string): string {
    return createHmac('sha256', this.key).update(text, 'utf16le').digest('base64').slice(0, 22);
  }

  /** The sums of a text up to each character, from which that of any part is one subtraction. */
  sumsOf(text: string): Uint32Array {
    const sums = new Uint32Array(text.length + 1);
    let sum = 0;
    for (let at = 0; at < text.length; at++) {
      sum = (Math.imul(sum, this.base) + text.charCodeAt(at) + 1) | 0;
      sums[at + 1] = sum;
    }
    return sums;
  }

  power(length: number): number {
    return this.powers[length] as number;
  }

  /** The sum of a part of a text. */
  sum(sums: Uint32Array, from: number, length: number): number {
    return (
      ((sums[from + length] as number) - Math.imul(sums[from] as number, this.powers[length] as number)) >>> 0
    );
  }
}

/**
 * Values by their marks. Looking through a text takes time that grows with the text alone, but for values that agree in
 * eight characters.
 */
export class Values<Value> {
  private readonly byWindow = new Map<number, { readonly mark: Mark; readonly value: Value }[]>();
  /** A bit for each window there is, by a part of its sum: most places of most texts end here. */
  private readonly bits = new Uint32Array(1 << 19);
  private readonly keyed: Keyed;

  constructor(keyed: Keyed) {
    this.keyed = keyed;
  }

  add(mark: Mark, value: Value): void {
    const bit = mark.window & 0xffffff;
    this.bits[bit >>> 5] = (this.bits[bit >>> 5] as number) | (1 << (bit & 31));
    const same = this.byWindow.get(mark.window);
    if (same) same.push({ mark, value });
    else this.byWindow.set(mark.window, [{ mark, value }]);
  }

  /** Every value that stands in the text, whatever stands around it. Throws where the text is too long to look through. */
  in(text: string): readonly Met<Value>[] {
    if (text.length < width || !this.byWindow.size) return [];
    if (text.length > most) throw new Error('a text that is too long to look through');
    const { bits, keyed } = this;
    const sums = keyed.sumsOf(text);
    const power = keyed.power(width);
    const met: Met<Value>[] = [];
    for (let at = 0; at + width <= text.length; at++) {
      const window = ((sums[at + width] as number) - Math.imul(sums[at] as number, power)) >>> 0;
      const bit = window & 0xffffff;
      if (!((bits[bit >>> 5] as number) & (1 << (bit & 31)))) continue;
      for (const { mark, value } of this.byWindow.get(window) ?? []) {
        const from = at - mark.offset;
        if (from < 0 || from + mark.length > text.length) continue;
        if (keyed.sum(sums, from, mark.length) !== mark.whole) continue;
        if (keyed.hash(text.slice(from, from + mark.length)) !== mark.hash) continue;
        met.push({ value, at: [from, from + mark.length] });
      }
    }
    return met;
  }
}

function powersOf(base: number): Uint32Array {
  const powers = new Uint32Array(longest + 1);
  powers[0] = 1;
  for (let at = 1; at <= longest; at++) powers[at] = Math.imul(powers[at - 1] as number, base);
  return powers;
}

/** The eight characters with most different ones among them, the last of several: beginnings are what values share. */
function tellingWindow(form: string): number {
  const from = Math.max(0, form.length - 64);
  const counts = new Map<number, number>();
  let [best, most] = [from, 0];
  for (let at = from; at < form.length; at++) {
    const code = form.charCodeAt(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
    if (at - from >= width) {
      const left = form.charCodeAt(at - width);
      const count = (counts.get(left) ?? 1) - 1;
      if (count > 0) counts.set(left, count);
      else counts.delete(left);
    }
    if (at - from >= width - 1 && counts.size >= most) [best, most] = [at - width + 1, counts.size];
  }
  return best;
}
