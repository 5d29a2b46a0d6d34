import type { Span } from '../model.ts';
import { unknown, type Command, type Said } from '../program.ts';
import { wordsFound } from './found.ts';
import { nameIn, programName } from './names.ts';
import { fedTo, listedTo } from './printed.ts';
import type { Word } from './words.ts';

/*
 * What `xargs` and `parallel` make of what they read.
 */

/** The words that are read and given to a program, as far as the pipe before tells. What cannot be seen is `{}`. */
export function inputWords(command: Command, program: string, at: Span): readonly Word[] {
  const fed = fedTo(command);
  if (fed) return split(fed.options.join(' '), fed.known, at);
  const { input } = command;
  const last = input.from === 'pipe' ? input.commands.findLast(({ words }) => words.length > 0) : undefined;
  if (last && programName(last.words[0]?.text ?? '') === 'find')
    return wordsFound(last.words, program).map(word => ({ ...word, at }));
  const listed = listedTo(command, program);
  if (listed?.options.length)
    return listed.options.map(text => ({ text, known: listed.known, wild: true, at }));
  return [{ text: '{}', known: false, wild: false, at }];
}

function split(text: string, known: boolean, at: Span): readonly Word[] {
  return text
    .split(/[\s\0]+|\\0/)
    .filter(Boolean)
    .slice(0, 256)
    .map(part => ({ text: part, known, wild: false, at }));
}

const shells = new Set('sh bash zsh dash ksh ash fish rbash mksh pwsh powershell cmd'.split(' '));
const interpreters = new Set(
  'python python2 python3 node nodejs deno bun ruby perl php lua awk gawk mawk nawk osascript tclsh Rscript eval source .'.split(
    ' ',
  ),
);
const wrapping = new Set(
  'sudo doas env nohup nice ionice time timeout command exec busybox setsid stdbuf'.split(' '),
);
/** Verbs of git that do something else with another word. */
const turning =
  /^(?:merge|rebase|reset|reflog|push|stash|clean|cherry-pick|revert|am|switch|worktree|submodule|config|filter-branch|update-ref|bisect)$/;

/**
 * Where the words read would not be names that a command acts on, but choose what runs: a script, a verb, a text for a
 * shell. `words` is the command as it stands, with its marks.
 */
export function chosenByInput(
  words: readonly Word[],
  mark: string,
  marked: boolean,
  at: Span,
): readonly Said[] {
  const [name, ...rest] = behindWrappers(words);
  const why = name
    ? chooses(programName(name.text), name, rest, mark, marked)
    : 'which command runs is what is read';
  return why ? [unknown(why, at)] : [];
}

/** The command behind `sudo` and the like. */
export function behindWrappers(words: readonly Word[]): readonly Word[] {
  let from = 0;
  while (wrapping.has(programName(words[from]?.text ?? ''))) {
    from++;
    while (/^-|^[A-Za-z_]\w*=|^\d/.test(words[from]?.text ?? '')) from++;
  }
  return words.slice(from);
}

function chooses(
  program: string,
  name: Word,
  rest: readonly Word[],
  mark: string,
  marked: boolean,
): string | undefined {
  const holds = (word: Word | undefined) => word?.text.includes(mark) ?? false;
  if (holds(name)) return 'which command runs is what is read';
  const operand = rest.findIndex(word => !word.text.startsWith('-'));
  const script = operand < 0 ? undefined : rest[operand];
  const appended = !marked && !script;
  const options = operand < 0 ? rest : rest.slice(0, operand);
  if (checks.some(([names, how]) => names.test(program) && options.some(word => how.test(word.text))))
    return undefined;
  const is = (names: ReadonlySet<string>) => nameIn(it => names.has(it), program) !== undefined;
  if (is(shells)) {
    const text = rest.findIndex(word => /^-\w*c$/.test(word.text));
    if (text < 0) return appended || holds(script) ? 'the script is what is read' : undefined;
    const line = rest.slice(text + 1).find(word => word.text !== '--');
    if (!line) return 'the line for a shell is what is read';
    return isBare(line.text, mark) ? 'what is read becomes part of a line for a shell' : undefined;
  }
  if (is(interpreters)) {
    if (appended) return 'the program text is what is read';
    const texts = rest.filter(
      (word, index) =>
        holds(word) && (word.text.startsWith('-') || /^-\w*[cemEfpr]$/.test(rest[index - 1]?.text ?? '')),
    );
    return texts.length || (holds(script) && !program.endsWith('awk'))
      ? 'the program text is what is read'
      : undefined;
  }
  if (program === 'git') {
    const verb = gitVerb(rest);
    if (!verb || holds(verb)) return 'what git does is what is read';
    if (rest.some(word => holds(word) && word.text.startsWith('-')))
      return 'an option of git is what is read';
    const known = rest.some(word => word.text === '--');
    return turning.test(verb.text) && !known ? 'what git does depends on what is read' : undefined;
  }
  if (program === 'find' && !marked) return 'what `find` does with files depends on what is read';
  if (program === 'find') {
    const action = rest.findIndex(word => /^-(?:exec|ok)(?:dir)?$/.test(word.text));
    const inner = action < 0 ? [] : rest.slice(action + 1);
    return inner.length && chosenByInput(inner, mark, true, [0, 0]).length
      ? 'what `find` runs is what is read'
      : undefined;
  }
  return undefined;
}

/** A program text is only looked at for mistakes; whatever else stands there is read as files. */
const checks: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:ba|z|k|da)?sh$/, /^-n$/],
  [/^ruby$/, /^-w?c$/],
  [/^node$/, /^(?:-c|--check)$/],
  [/^php$/, /^(?:-l|--syntax-check)$/],
];

function gitVerb(rest: readonly Word[]): Word | undefined {
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] as Word;
    if (/^-[cC]$|^--(?:git-dir|work-tree|namespace)$/.test(word.text)) index++;
    else if (!word.text.startsWith('-')) return word;
  }
  return undefined;
}

/** Whether the mark stands in a line outside of quotes: within them it is a name, however it may look. */
function isBare(line: string, mark: string): boolean {
  for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + mark.length)) {
    const before = line.slice(Math.max(0, at - 256), at);
    const quotes = before.replace(/[^'"]/g, '');
    if (quotes.length % 2 === 0) return true;
  }
  return false;
}
