import { base64Forms, hexOf, plainForms, utf8 } from './encodings.ts';

/*
 * Values taken out of a stream of bytes, wherever it is cut. Bytes are texts of characters below 256.
 *
 * Each of three readings of the stream is searched for all forms at once, as Aho and Corasick do it: as it stands; as
 * base64, whatever breaks its lines; and as hexadecimal, whatever stands between its digits. What may yet become a form
 * is held back, so that time is linear in the stream and memory is bounded by the longest form.
 */

/** A value that is to be kept out of sight, and what stands in its place. */
export interface Named {
  readonly name: string;
  readonly value: string;
}

export interface Masker {
  /** The bytes of the stream that may be shown by now. */
  readonly push: (bytes: string) => string;
  /** What was held back and may be shown all the same, when nothing came for a while: at most the beginning of a prompt. */
  readonly pause: () => string;
  /** The rest. What began as a value and was cut off is not shown. */
  readonly end: () => string;
}

/** A shorter value stands everywhere by chance, and nobody can tell it from what is none. In characters. */
export const shortest = 4;

/**
 * Replaces every form of every value by `<NAME>`; see `encodings` for the forms. A value that overlaps another is
 * replaced with it. Of a value of several lines, each long line is replaced by itself too.
 */
export function masker(secrets: readonly Named[]): Masker {
  const readings = [
    reading(secrets, asItStands, plainForms),
    reading(secrets, base64, base64Forms),
    reading(secrets, hexadecimal, value => [hexOf(value)]),
  ];
  /** Everything before it was shown or replaced; `covered` is the end of the last value that was replaced. */
  let [shown, covered, position] = [0, 0, 0];
  let held = '';
  let waiting: readonly Match[] = [];

  const release = (safe: number): string => {
    const out: string[] = [];
    const show = (to: number) => {
      if (to <= shown) return;
      const from = position - held.length;
      out.push(held.slice(shown - from, to - from));
      shown = to;
    };
    let next = 0;
    for (; next < waiting.length; next++) {
      const { from, to, who } = waiting[next] as Match;
      if (from >= safe) break;
      if (from >= covered) {
        show(from);
        out.push(`<${secrets[who]?.name}>`);
      }
      shown = Math.max(shown, to);
      covered = Math.max(covered, to);
    }
    show(Math.min(safe, position));
    waiting = waiting.slice(next);
    held = held.slice(Math.max(0, shown - (position - held.length)));
    return out.join('');
  };

  const find = (matches: readonly Match[]) => {
    if (matches.length > 0) waiting = [...waiting, ...matches].sort((a, b) => a.from - b.from || b.to - a.to);
  };

  return {
    push: bytes => {
      const from = position;
      position += bytes.length;
      held += bytes;
      find(readings.flatMap(it => it.read(bytes, from)));
      return release(Math.min(...readings.map(it => it.begun(position))));
    },
    pause: () => release(Math.min(...readings.map(it => it.told(position)?.from ?? position))),
    end: () => {
      find(readings.flatMap(it => it.told(position) ?? []));
      return release(Infinity);
    },
  };
}

/** Positions in the stream, and the secret's number. */
interface Match {
  readonly from: number;
  readonly to: number;
  readonly who: number;
}

interface Reading {
  /** The forms that end in these bytes, which begin at `position`. */
  readonly read: (bytes: string, position: number) => readonly Match[];
  /** Where the longest text begins that may yet become a form; `position` where there is none. */
  readonly begun: (position: number) => number;
  /** What has begun and says so much of a value that it must not be shown. */
  readonly told: (position: number) => Match | undefined;
}

/** What a byte counts for in a reading: another byte, or -1 where it is passed over. */
type Folding = Int16Array;

const asItStands = folding(byte => byte);
/** A backslash stands before slashes in PHP's JSON. */
const base64 = folding(byte => (isOneOf(byte, ' \t\r\n\\') ? -1 : byte));
const hexadecimal = folding(byte =>
  isOneOf(byte, ' \t\r\n\\xX:,-%') ? -1 : byte >= 0x41 && byte <= 0x46 ? byte + 0x20 : byte,
);

function folding(fold: (byte: number) => number): Folding {
  return Int16Array.from({ length: 256 }, (_, byte) => fold(byte));
}

function isOneOf(byte: number, characters: string): boolean {
  return characters.includes(String.fromCharCode(byte));
}

/** More than these passed over at once are no break of a line, and end what had begun. */
const widestGap = 64;
/** So much of a value's beginning, or half of it, is not shown even when nothing comes after it. */
const telling = 4;
/** A line of a value, by itself. */
const longLine = 12;

function reading(
  secrets: readonly Named[],
  folds: Folding,
  forms: (value: string) => readonly string[],
): Reading {
  const tree = new Tree();
  for (const [who, { value }] of secrets.entries())
    for (const part of partsOf(value))
      for (const form of forms(part)) if (form.length >= shortest) tree.add(folded(utf8(form), folds), who);
  const { first, sibling, byte, fail, depth, longest, whose, tells, owner, root } = tree.finished();

  /** Where each of the last bytes that count stood, in a ring as long as the longest form. */
  const ring = new Float64Array(tree.longest + 1);
  let [state, count, gap] = [0, 0, 0];

  const step = (from: number, value: number): number => {
    for (let at = from; at !== 0; at = fail[at] as number) {
      let child = first[at] as number;
      while (child !== 0 && byte[child] !== value) child = sibling[child] as number;
      if (child !== 0) return child;
    }
    return root[value] as number;
  };
  const startOf = (length: number): number => ring[(count - length) % ring.length] as number;

  return {
    read: (bytes, position) => {
      const matches: Match[] = [];
      for (let index = 0; index < bytes.length; index++) {
        const value = folds[bytes.charCodeAt(index)] as number;
        if (value < 0) {
          if (state !== 0 && ++gap > widestGap) state = 0;
          continue;
        }
        if (state === 0 && root[value] === 0) continue;
        gap = 0;
        state = step(state, value);
        if (state === 0) continue;
        ring[count % ring.length] = position + index;
        count++;
        const length = longest[state] as number;
        if (length > 0)
          matches.push({ from: startOf(length), to: position + index + 1, who: whose[state] as number });
      }
      return matches;
    },
    begun: position => {
      let at = state;
      while (at !== 0 && first[at] === 0) at = fail[at] as number;
      return at === 0 ? position : startOf(depth[at] as number);
    },
    told: position => {
      let at = state;
      while (at !== 0 && (!tells[at] || first[at] === 0)) at = fail[at] as number;
      return at === 0
        ? undefined
        : { from: startOf(depth[at] as number), to: position, who: owner[at] as number };
    },
  };
}

/** The value, without the blanks around it, and its long lines. */
function partsOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/);
  const long = lines.length > 1 ? lines.map(line => line.trim()).filter(line => line.length >= longLine) : [];
  return [...new Set([value, value.trim(), ...long])].filter(part => part.length >= shortest);
}

function folded(bytes: string, folds: Folding): readonly number[] {
  return Array.from(bytes, it => folds[it.charCodeAt(0)] as number).filter(it => it >= 0);
}

/** All forms, by their common beginnings. Node 0 is the root; a number for each node in each of the lists. */
class Tree {
  readonly #first = [0];
  readonly #sibling = [0];
  readonly #byte = [0];
  readonly #depth = [0];
  /** How long the longest form is that ends here, and whose it is. */
  readonly #longest = [0];
  readonly #whose = [0];
  readonly #tells = [0];
  readonly #owner = [0];
  longest = 0;

  add(form: readonly number[], who: number): void {
    const enough = Math.min(telling, Math.ceil(form.length / 2));
    let at = 0;
    for (const [index, value] of form.entries()) {
      at = this.#child(at, value) || this.#grown(at, value, index + 1, who);
      if (index + 1 >= enough) this.#tells[at] = 1;
    }
    if (at === 0) return;
    this.longest = Math.max(this.longest, form.length);
    if (this.#longest[at] === 0) this.#whose[at] = who;
    this.#longest[at] = form.length;
  }

  /** With where to go on from each node when nothing fits: the longest beginning of a form that it ends with. */
  finished() {
    const fail = new Int32Array(this.#first.length);
    const root = new Int32Array(256);
    for (let child = this.#first[0] as number; child !== 0; child = this.#sibling[child] as number)
      root[this.#byte[child] as number] = child;
    const queue = [...root].filter(it => it !== 0);
    for (let index = 0; index < queue.length; index++) {
      const at = queue[index] as number;
      if (this.#longest[at] === 0) {
        this.#longest[at] = this.#longest[fail[at] as number] as number;
        this.#whose[at] = this.#whose[fail[at] as number] as number;
      }
      for (let child = this.#first[at] as number; child !== 0; child = this.#sibling[child] as number) {
        const value = this.#byte[child] as number;
        let back = fail[at] as number;
        while (back !== 0 && this.#child(back, value) === 0) back = fail[back] as number;
        fail[child] = back === 0 ? (root[value] as number) : this.#child(back, value);
        queue.push(child);
      }
    }
    return {
      fail,
      root,
      first: Int32Array.from(this.#first),
      sibling: Int32Array.from(this.#sibling),
      byte: Uint8Array.from(this.#byte),
      depth: Int32Array.from(this.#depth),
      longest: Int32Array.from(this.#longest),
      whose: Int32Array.from(this.#whose),
      tells: Uint8Array.from(this.#tells),
      owner: Int32Array.from(this.#owner),
    };
  }

  #child(at: number, value: number): number {
    let child = this.#first[at] as number;
    while (child !== 0 && this.#byte[child] !== value) child = this.#sibling[child] as number;
    return child;
  }

  #grown(at: number, value: number, depth: number, who: number): number {
    const node = this.#first.length;
    this.#sibling.push(this.#first[at] as number);
    this.#first[at] = node;
    this.#first.push(0);
    this.#byte.push(value);
    this.#depth.push(depth);
    this.#longest.push(0);
    this.#whose.push(0);
    this.#tells.push(0);
    this.#owner.push(who);
    return node;
  }
}
