import { readArguments } from './flags.ts';
import { programName } from './names.ts';
import { everything } from './found.ts';
import type { Word } from './words.ts';

/*
 * What `grep` leaves of a list of paths: globs that take all its pattern takes, and more.
 */

/** The globs below the folder that was listed. `undefined` where the command leaves out what cannot be told. */
export function namesFitting([name, ...rest]: readonly Word[]): readonly string[] | undefined {
  const program = programName(name?.text ?? '');
  if (!/^(?:[ef]?grep|rg)$/.test(program)) return undefined;
  const { operands, all, has, flags } = readArguments(rest, {
    values: ['-e', '--regexp', '-m', '--max-count'],
  });
  const given = all('-e', '--regexp');
  const patterns = given.length ? given : operands.slice(0, 1);
  const other = flags.some(({ text }) => /^-\w*[vLfz]|^--(?:invert|file|null)/.test(text));
  if (other || !patterns.length || !patterns.every(it => it.known) || operands.length > 1) return undefined;
  const extended = program !== 'grep' || has('-E', '-P', '--extended-regexp', '--perl-regexp');
  const plain = program === 'fgrep' || has('-F', '--fixed-strings');
  const anyCase = has('-i', '--ignore-case');
  const names = patterns
    .flatMap(({ text }) => text.split('\n'))
    .flatMap(text =>
      plain ? [text.replace(/[^\w/ -]/g, '\\$&')] : alternatives(extended ? text : asExtended(text)),
    )
    .flatMap(text => globs(text, anyCase));
  return names.length > mostNames ? undefined : names;
}

const mostNames = 64;
const longest = 200;

/** A basic pattern of grep as an extended one. */
function asExtended(text: string): string {
  return text.replace(/\\?[(){}|+?]/g, it => (it.length > 1 ? it.slice(1) : `\\${it}`));
}

/** `\.(ts|js)$` is two patterns; what repeats a group may be anything. */
function alternatives(pattern: string): readonly string[] {
  let all = [pattern.slice(0, longest)];
  const group = /(?<!\\)\((?:\?:)?([^()\\]*(?:\\.[^()\\]*)*)\)([*+?{]?)/;
  for (let count = 0; count < 4; count++)
    all = all.flatMap(it => {
      const [whole, inner = '', more = ''] = group.exec(it) ?? [];
      if (whole === undefined) return [it];
      const choices = more ? ['.*'] : inner.split('|');
      return choices.map(choice => it.replace(whole, () => choice)).slice(0, mostNames);
    });
  return all.flatMap(it => it.split(/(?<!\\)\|/)).slice(0, mostNames + 1);
}

/** A star of a glob ends at a slash, that of a pattern does not: only what stands behind the last one counts. */
function globs(pattern: string, anyCase: boolean): readonly string[] {
  const [, begin, inner = '', end] = /^(\^?)([^]*?)((?<!\\)\$?)$/.exec(pattern) ?? [];
  const glob = globOf(inner, anyCase);
  const cut = glob.slice(glob.lastIndexOf('*') + 1).replace(/^\?+/, '');
  if (!cut || cut === '/' || cut.startsWith('(')) return [everything];
  const first = begin === '^' && cut === glob;
  // A star of a shell leaves out names that begin with a dot.
  const before = first ? [''] : cut.startsWith('/') ? ['**'] : ['**/*', '**/.*'];
  if (end === '$' && !glob.endsWith('*')) return before.map(it => it + cut);
  return before.flatMap(it => [
    `${it}${cut}*`,
    ...(cut.endsWith('/') ? [`${it}${cut}.*`] : []),
    `${it}${cut}*/**/*`,
    `${it}${cut}*/**/.*`,
  ]);
}

/** Letter by letter, with what repeats each. */
function globOf(pattern: string, anyCase: boolean): string {
  return pattern.replace(
    /(\\.|\[[^\][]*(?:\[[^\][]*)?\]|[^\\])([*+?]|\{[\d,]{0,9}\})?/gs,
    (_, one: string, more: string | undefined) => {
      const letter = /^(?:\\\W|\[[^\\^]\])$/.test(one) ? (one[1] ?? '') : one;
      const any = letter.length > 1 || one === '.' || /[[\]*?{}]/.test(letter);
      const cased =
        anyCase && /[a-z]/i.test(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : letter;
      if (more === undefined) return any ? '?' : cased;
      return more === '+' && !any ? `${cased}*` : '*';
    },
  );
}
