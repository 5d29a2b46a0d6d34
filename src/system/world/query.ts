import { createContext, Script, type Context } from 'node:vm';
import { anywhere } from '../../core/hidden.ts';
import type { Search } from '../../core/model.ts';
import { relative } from '../../core/paths.ts';
import type { Machine } from '../../core/ports.ts';

/** Whether a text has a line that a search would show. What we cannot try safely is taken to match. */
export function matcherOf({ query, regex }: Search): (text: string) => boolean {
  if (!regex) return literally(query);
  const patterns = readings(query);
  return patterns
    ? text => text.length > longestText || patterns.some(pattern => tried(pattern, text))
    : () => true;
}

/** Whether a search's own glob lets a file in; where we do not know the glob, it does. */
export function admitted(
  { include, path }: Search,
  folder: string,
  machine: Machine,
): (file: string) => boolean {
  if (!include) return () => true;
  const globs = alternatives(include.replace(/\[[^\][]*\]/g, '?'));
  if (!globs) return () => true;
  const [barred, wanted] = [
    globs.filter(glob => glob.startsWith('!')),
    globs.filter(glob => !glob.startsWith('!')),
  ];
  const bars = barred.map(glob => anywhere(glob.slice(1), machine));
  const takes = wanted.flatMap(glob => [
    anywhere(glob, machine),
    anywhere(glob.replace(/^\/+/, ''), machine),
  ]);
  return file => {
    // As asked for, as found, and from the folder on: a glob may be meant from any of these.
    const names = [file, `/${relative(file, folder, machine)}`, `${path}/${relative(file, folder, machine)}`];
    if (names.some(name => bars.some(is => is(name)))) return false;
    return !takes.length || names.some(name => takes.some(is => is(name)));
  };
}

const longestText = 256 * 1024;
const longestPattern = 200;
const patience = 50;

function literally(query: string): (text: string) => boolean {
  const wanted = query.toLowerCase().split('\n');
  return text => wanted.some(line => text.toLowerCase().includes(line));
}

/** The pattern as `rg` and as plain `grep` read it: to one `\|` is a bar, to the other an or. */
function readings(query: string): readonly RegExp[] | undefined {
  if (query.length > longestPattern || !isPlain(query)) return undefined;
  const basic = query.replace(/\\?[(){}|+?]/g, it => (it.length === 2 ? (it[1] as string) : `\\${it}`));
  const patterns = [query, basic].flatMap(source => compiled(source) ?? []);
  return patterns.length ? patterns : undefined;
}

/** Nothing that other engines read differently, and no repeating of what repeats. */
function isPlain(query: string): boolean {
  return (
    !/\(\?|\[\[|\[:|\[\^?\]|\\[^dDwWsSbBtnr.\-/\\()[\]{}|+?*^$'"@#:=,_ ]/.test(query) &&
    !/[*+?}]\\?\)+[*+{]/.test(query)
  );
}

function compiled(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'im');
  } catch {
    return undefined;
  }
}

/** Tries a pattern with an end to it: a slow one is taken to match. */
function tried(pattern: RegExp, text: string): boolean {
  const room = (tryingIn ??= createContext({}));
  try {
    Object.assign(room, { pattern, text });
    return test.runInContext(room, { timeout: patience }) === true;
  } catch {
    return true;
  } finally {
    Object.assign(room, { pattern: undefined, text: '' });
  }
}

/** Made once: it takes longer than most patterns. */
let tryingIn: Context | undefined;
const test = new Script('pattern.test(text)');

const mostAlternatives = 64;

/** What a glob with braces and commas stands for, if that is not too much. */
function alternatives(glob: string): readonly string[] | undefined {
  let open = commas(glob);
  for (let round = 0; round < 8; round++) {
    if (open.length > mostAlternatives) return undefined;
    if (!open.some(it => it.includes('{'))) return open;
    const next: string[] = [];
    for (const it of open) {
      const braces = /\{([^{}]*)\}/.exec(it);
      if (!braces) next.push(it.includes('{') ? '**' : it);
      else
        for (const choice of (braces[1] as string).split(',')) next.push(it.replace(braces[0], () => choice));
      if (next.length > mostAlternatives) return undefined;
    }
    open = next;
  }
  return undefined;
}

function commas(glob: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of glob) {
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (character === ',' && depth <= 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map(part => part.trim()).filter(Boolean);
}
