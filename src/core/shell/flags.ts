import type { Word } from './words.ts';

/** Which of a program's options are followed by a value: `-k`, `--signal`. */
export interface Options {
  readonly values?: readonly string[];
  /** Options end at the first operand, as for `sudo` and `env`. */
  readonly early?: true;
  /** Long options have one dash, as for `find`, `java` and Go's flag package: no clusters. */
  readonly single?: true;
}

export interface Arguments {
  /** Whether any of these options stands there. */
  readonly has: (...names: readonly string[]) => boolean;
  /** The last value given to any of these options. */
  readonly value: (...names: readonly string[]) => Word | undefined;
  readonly all: (...names: readonly string[]) => readonly Word[];
  readonly operands: readonly Word[];
  readonly flags: readonly Word[];
}

/** Reads an argument list: clusters (`-rf`), glued and `=` values, `--`. `words` is without the program's name. */
export function readArguments(
  words: readonly Word[],
  { values = [], early, single }: Options = {},
): Arguments {
  const given: { readonly name: string; readonly value?: Word }[] = [];
  const operands: Word[] = [];
  const flags: Word[] = [];
  const takes = new Set(values);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Word;
    if (word.text === '--') {
      operands.push(...words.slice(index + 1));
      break;
    }
    if (!/^-./.test(word.text)) {
      operands.push(word);
      if (!early) continue;
      operands.push(...words.slice(index + 1));
      break;
    }
    flags.push(word);
    for (const option of split(word, takes, single)) {
      const next = words[index + 1];
      const waits = takes.has(option.name) && option.value === undefined && next !== undefined;
      if (waits) index++;
      given.push(waits ? { name: option.name, value: next } : option);
    }
  }
  const named = (names: readonly string[]) => given.filter(it => names.includes(it.name));
  return {
    has: (...names) => named(names).length > 0,
    value: (...names) => named(names).findLast(it => it.value)?.value,
    all: (...names) => named(names).flatMap(it => it.value ?? []),
    operands,
    flags,
  };
}

function split(
  word: Word,
  takes: ReadonlySet<string>,
  single: true | undefined,
): readonly { name: string; value?: Word }[] {
  const equals = word.text.indexOf('=');
  if (word.text.startsWith('--') || single)
    return equals < 0
      ? [{ name: word.text }]
      : [{ name: word.text.slice(0, equals), value: { ...word, text: word.text.slice(equals + 1) } }];
  const letters: { name: string; value?: Word }[] = [];
  for (let index = 1; index < word.text.length; index++) {
    const name = `-${word.text[index]}`;
    const rest = word.text.slice(index + 1);
    if (takes.has(name)) return [...letters, rest ? { name, value: { ...word, text: rest } } : { name }];
    letters.push({ name });
  }
  return letters;
}
