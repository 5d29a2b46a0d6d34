import type { Command } from '../program.ts';
import type { Word } from './words.ts';

/** `/usr/bin/git` is `git`, `RM.EXE` is `rm`. */
export function programName(text: string): string {
  const base = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  return /\.(?:exe|cmd|bat)$/i.test(base) ? base.slice(0, -4).toLowerCase() : base;
}

/**
 * The row of a program: by its name, by its name in lower case, as file systems without case find it, or by its name
 * without a version, as in `python3.11` and `psql-15`.
 */
export function rowOf<Row>(table: Readonly<Record<string, Row>>, name: string): Row | undefined {
  const known = nameIn(it => Object.hasOwn(table, it), name);
  return known === undefined ? undefined : table[known];
}

/** The name by which it is known there, in one of these forms. */
export function nameIn(knows: (name: string) => boolean, name: string): string | undefined {
  if (knows(name)) return name;
  const lower = name.toLowerCase();
  if (lower !== name && knows(lower)) return lower;
  const plain = lower.replace(/(?<=[a-z])-?v?\d{1,4}(?:\.\d{1,4}){0,3}$/, '');
  return plain !== lower && plain && knows(plain) ? plain : undefined;
}

/** Blanks and marks that nobody sees, and marks that turn the direction of writing: from, to. */
const unseen: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
];

function holdsUnseen(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (unseen.some(([from, to]) => code >= from && code <= to)) return true;
  }
  return false;
}

// What no program is called, unless it is named by a path, which may hold blanks.
const strange = /["'`=;|&<>()$*?\\]/;

/** Why the name of a command says nothing about what it is, where that is so. */
export function oddName({ text, known, wild }: Word): string | undefined {
  if (!known) return `the command is named by \`${text}\`, which cannot be known here`;
  const name = text.endsWith('\r') ? text.slice(0, -1) : text;
  if (!name) return 'the command has no name';
  if (holdsUnseen(name)) return `the name of the command \`${name}\` holds characters that nobody sees`;
  if (wild) return `the command is named by the pattern \`${name}\``;
  const path = /^(?:[A-Za-z]:\\|[./~])/.test(name);
  if (!path && (strange.test(name) || /\s/.test(name))) return `no program is called \`${name}\``;
  return undefined;
}

/** What `!cat x` and zsh's `=cat x` run: a line for a shell in an agent's prompt, a program looked up by its name. */
export function behindMark({ words }: Command): readonly Word[] | undefined {
  const [name, ...rest] = words;
  return name && /^[!=][A-Za-z./~\\]/.test(name.text)
    ? [{ ...name, text: name.text.slice(1) }, ...rest]
    : undefined;
}
