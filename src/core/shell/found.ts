import type { Word } from './words.ts';

/** A part of find's expression that does something, with what stands behind it. */
export interface FindAction {
  readonly word: Word;
  readonly rest: readonly Word[];
  /** The paths it acts on below a root, as globs; all of it where no test narrows it. */
  readonly names: readonly string[];
  /** Only on what is empty. */
  readonly empty: boolean;
}

export interface FindArguments {
  readonly roots: readonly Word[];
  readonly tests: readonly Word[];
}

/** What stands for everything that `find` finds below a root. */
export const everything = '*';

/** More words than these are not followed. */
const mostWords = 4_096;
/** The most globs that one action is followed for. */
const mostNames = 64;

/** The roots of a `find` and its expression. `words` is without the program's name. */
export function findArguments(words: readonly Word[]): FindArguments {
  const begins = words.findIndex(word => /^[-(!]/.test(word.text) && !/^-[HLPDO]/.test(word.text));
  const named = words.slice(0, begins < 0 ? undefined : begins).filter(word => !/^-[HLPDO]/.test(word.text));
  const tests = begins < 0 ? [] : words.slice(begins);
  return { roots: named.length ? named : [here(words[0])], tests };
}

/** The actions of an expression with the names that the tests before each one narrow it to; `undefined` where it is too long. */
export function findActions(tests: readonly Word[]): readonly FindAction[] | undefined {
  return tests.length > mostWords ? undefined : new Expression(tests).actions();
}

/** What a `find` prints, as globs for a program to act on. `words` is the whole command. */
export function wordsFound(words: readonly Word[], by: string): readonly Word[] {
  const { roots, tests } = findArguments(words.slice(1));
  const printing = (findActions(tests) ?? []).filter(({ word }) => prints.test(word.text));
  const names = printing.length ? printing.flatMap(it => it.names) : new Expression(tests).narrowed();
  return roots.flatMap(root => names.flatMap(name => wordsBelow(root, name, by)));
}

/** The paths of that name below a root, as the globs that tell most about what the program does with them. */
export function wordsBelow(root: Word, name: string, by: string): readonly Word[] {
  const folder = root.text.length > 1 && root.text.endsWith('/') ? root.text.slice(0, -1) : root.text;
  const at = (glob: string): Word => ({
    text: `${folder}/${glob}`,
    known: root.known,
    wild: true,
    at: root.at,
  });
  if (takesWhole.test(by)) return [at(name === everything ? name : anywhere(name))];
  // A shell's star leaves out names that begin with a dot, the star of `find` does not.
  const [, before = '', star = '', rest = ''] = /^(\*\*\/|)(\*?)(.*)$/s.exec(anywhere(name)) ?? [];
  if (!star) return [at(before + rest)];
  if (!rest) return [at(`${before}*`), at(`${before}.*`)];
  return [
    at(`${before}*${rest}`),
    at(before + rest),
    ...(rest.startsWith('.') ? [] : [at(`${before}.${rest}`)]),
  ];
}

/** Programs that take away what they are given with all that is in it. */
const takesWhole = /^(?:rm|rmdir|unlink|shred|srm|rimraf|del|trash|mv)$/;
const prints = /^-(?:printf|print0?|ls)$/;

function anywhere(name: string): string {
  return name.includes('/') ? name : `**/${name}`;
}

function here(near: Word | undefined): Word {
  return { text: '.', known: true, wild: false, at: near?.at ?? [0, 0] };
}

const executes = /^-(?:exec|execdir|ok|okdir)$/;
/** Tests and actions that stand alone; every other takes a word. */
const alone =
  /^(?:[()!,]|-(?:delete|print0?|ls|prune|quit|depth|d|empty|executable|readable|writable|follow|daystart|mount|xdev|nogroup|nouser|true|false|not|a|and|o|or|X|E|L|H|P|noleaf|warn|nowarn|help|version|noignore_readdir_race|ignore_readdir_race))$/;
const acts = /^-(?:delete|print0?|printf|ls|fprint0?|fprintf|fls|exec|execdir|ok|okdir)$/;

/** What the tests met so far leave: these names, or anything. */
interface Narrowed {
  readonly names: readonly string[] | undefined;
  readonly empty: boolean;
}

/** Reads an expression once from left to right. A class because it stands somewhere in it. */
class Expression {
  private at = 0;
  private readonly found: FindAction[] = [];
  private readonly tests: readonly Word[];

  constructor(tests: readonly Word[]) {
    this.tests = tests;
  }

  actions(): readonly FindAction[] {
    while (this.at < this.tests.length) {
      this.any({ names: undefined, empty: false });
      // A parenthesis that nothing opened: what stands behind it is read as well.
      this.at++;
    }
    return this.found;
  }

  /** The names that all of it lets through. */
  narrowed(): readonly string[] {
    return this.any({ names: undefined, empty: false }).names ?? [everything];
  }

  /** Alternatives up to a closing parenthesis: what they let through together. */
  private any(before: Narrowed): Narrowed {
    const parts = [this.all(before)];
    while (this.at < this.tests.length && this.text() !== ')') {
      this.at++;
      parts.push(this.all(before));
    }
    const names = parts.every(part => part.names)
      ? parts.flatMap(part => part.names ?? []).slice(0, mostNames + 1)
      : undefined;
    return {
      names: names && names.length <= mostNames ? [...new Set(names)] : undefined,
      empty: parts.every(part => part.empty),
    };
  }

  private all(before: Narrowed): Narrowed {
    let narrowed = before;
    let not = false;
    for (; this.at < this.tests.length; this.at++) {
      const text = this.text();
      if (text === ')' || /^(?:-or?|,)$/.test(text)) break;
      if (/^(?:!|-not)$/.test(text)) {
        not = !not;
        continue;
      }
      if (/^-(?:a|and)$/.test(text)) continue;
      const test = this.one(narrowed);
      // What a negation leaves has no name.
      if (!not) narrowed = { names: both(narrowed.names, test.names), empty: test.empty || narrowed.empty };
      not = false;
    }
    return narrowed;
  }

  private one(before: Narrowed): Narrowed {
    const word = this.tests[this.at] as Word;
    const rest = this.tests.slice(this.at + 1);
    const { text } = word;
    if (text === '(') {
      this.at++;
      return this.any(before);
    }
    if (acts.test(text))
      this.found.push({ word, rest, names: before.names ?? [everything], empty: before.empty });
    if (executes.test(text)) {
      const end = rest.findIndex(it => it.text === ';' || it.text === '+');
      this.at += end < 0 ? rest.length : end + 1;
      return { names: undefined, empty: false };
    }
    if (text === '-fprintf') this.at += 2;
    else if (!alone.test(text)) this.at++;
    return { names: nameOf(text, rest[0]), empty: text === '-empty' };
  }

  private text(): string {
    return this.tests[this.at]?.text ?? '';
  }
}

/** What two tests narrow to together: one of them, or a name below a folder. */
function both(
  first: readonly string[] | undefined,
  second: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!first || !second) return second ?? first;
  const folders = first.every(it => it.endsWith('/*')) && !second.some(it => it.includes('/'));
  return folders
    ? first.flatMap(it => second.map(name => `${it.slice(0, -1)}**/${name}`)).slice(0, mostNames)
    : second;
}

/** The glob that a test narrows to. */
function nameOf(test: string, value: Word | undefined): readonly string[] | undefined {
  if (!value) return undefined;
  if (/^-i?name$/.test(test)) return [value.text];
  if (/^-i?(?:path|wholename)$/.test(test)) return [below(value.text)];
  if (/^-i?regex$/.test(test)) return [below(globOf(value.text))];
  return undefined;
}

/** A pattern of a whole path, from below the root on. */
function below(path: string): string {
  const from = path.replace(/^\.\//, '');
  const [, rest] = /^\*\/(.*)$/s.exec(from) ?? [];
  if (rest !== undefined) return `**/${rest}`;
  return from.startsWith('*') || !from.includes('/') ? from.slice(from.lastIndexOf('/') + 1) : from;
}

/** A regular expression of find as a glob that takes all it takes, and more. */
function globOf(pattern: string): string {
  return pattern
    .replace(/^\^|\$$/g, '')
    .replace(
      /\\([.\-_/])|\[[^\][]*\][*+?]?|\\?[()|{}]|\.[*+?]?|[*+?]/g,
      (all, literal: string | undefined) => {
        if (literal) return literal;
        return all === '.' || all.endsWith(']') ? '?' : '*';
      },
    )
    .replace(/\*{2,}/g, '*');
}
