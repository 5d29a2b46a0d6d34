import { takesAny, type SecretFile } from './hidden.ts';
import { meet } from './meet.ts';

/** A list of an agent's own, of what it must not read. */
export interface DenyList {
  readonly id: string;
  readonly agent: string;
  /** The ids of the agents in our table that honour it. */
  readonly for?: readonly string[];
  /** `~/` is the person's home, `./` each folder that is worked in. The first that is there; the first where none is. */
  readonly files: readonly string[];
  readonly form:
    | { readonly is: 'lines' }
    | { readonly is: 'entries'; readonly at: readonly string[]; readonly of: 'claude' | 'paths' };
  /** Where it is for one platform alone. */
  readonly platform?: 'linux' | 'darwin' | 'win32';
  readonly covers: string;
  readonly leaves: string;
  /** Page and month; `not confirmed` where nobody saw it hold. */
  readonly source: string;
}

/** What is hidden, as the lists are made from it. */
export interface Hiding {
  readonly rows: readonly SecretFile[];
  /** A person's, with `!` before those that are shown. */
  readonly globs: readonly string[];
}

/**
 * Lines as in a `.gitignore`, in the order in which they must stand: what a row leaves comes behind what it takes, and a
 * person's words last. Globs of places outside of the folder are left out.
 */
export function ignoreLines({ rows, globs }: Hiding): readonly string[] {
  const lines = [
    ...rows.flatMap(row => row.globs.filter(isInside).map(contents)),
    ...rows.flatMap(row =>
      row.except.filter(it => isInside(it) && !it.endsWith('/**')).map(it => `!${escaped(it)}`),
    ),
    ...globs.map(glob => (glob.startsWith('!') ? `!${escaped(glob.slice(1))}` : escaped(glob))),
  ];
  return [...new Set(lines.filter(line => !/[\r\n]/.test(line)))];
}

/**
 * Globs for a list that knows no exceptions: of a row's globs those that take nothing which the row leaves, and names in
 * the place of others. Where a row has no such names, a glob stays that takes what the row leaves under rare names only. A
 * folder ends in `/**`.
 */
export function plainGlobs({ rows, globs }: Hiding): readonly string[] {
  const shown = globs.filter(glob => glob.startsWith('!')).map(glob => glob.slice(1));
  const own = globs
    .filter(glob => !glob.startsWith('!'))
    .map(glob =>
      glob.startsWith('/') || glob.startsWith('~/') || glob.startsWith('**/') ? glob : `**/${glob}`,
    );
  const all = rows.flatMap(row => {
    const names = instead[row.id] ?? [];
    const left = row.except.filter(it => names.length && !it.endsWith('/**'));
    const globs = row.globs.filter(glob => glob.endsWith('/') || !left.some(it => meet(glob, it)));
    return [...globs, ...names].filter(glob => !takesAny(glob, row.except.map(likeness)));
  });
  return [...new Set([...all, ...own].map(folderContents))].filter(
    glob => !/[\r\n()]/.test(glob) && !/^\/(?:proc|dev)\//.test(glob) && !takesAny(glob, shown.map(likeness)),
  );
}

/** Claude Code's words for not reading a glob: `//` is the root, `~/` the home folder (code.claude.com/docs/en/permissions, November 2026). */
export function claudeEntries(hiding: Hiding): readonly string[] {
  return plainGlobs(hiding).map(glob =>
    glob.startsWith('~/') ? `Read(${glob})` : `Read(//${glob.replace(/^\//, '')})`,
  );
}

/** Names that a row's wider globs stand for most often. */
const instead: Readonly<Record<string, readonly string[]>> = {
  environment: [
    ...['local', 'development', 'dev', 'staging', 'production', 'prod', 'test', 'secret', 'secrets'].map(
      name => `**/.env.${name}`,
    ),
    ...['development', 'dev', 'staging', 'production', 'prod', 'test'].map(name => `**/.env.${name}.local`),
    '**/.envrc.local',
  ],
  'private-key': ['rsa', 'dsa', 'ecdsa', 'ed25519'].map(kind => `**/id_${kind}`),
};

function isInside(glob: string): boolean {
  return glob.startsWith('**/');
}

function contents(glob: string): string {
  return escaped(folderContents(glob));
}

function folderContents(glob: string): string {
  return glob.endsWith('/') ? `${glob}**` : glob;
}

/** Braces and brackets stand for themselves in our globs. */
function escaped(glob: string): string {
  return glob.replaceAll(/[\\[\]]/g, '\\$&').replace(/^[#!]/, '\\$&');
}

/** A path that a glob takes. */
function likeness(glob: string): string {
  return `/${glob.replace(/^~\//, 'home/').replaceAll('**/', '').replaceAll('**', 'x').replaceAll('*', 'x').replaceAll('?', 'x')}`
    .replace(/\/$/, '/x')
    .replace('//', '/');
}

export const blockBegin = '# >>> Chaperone: this block is kept up to date, or undone, by Chaperone >>>';
export const blockEnd = '# <<< Chaperone <<<';
const blockMade = '# Chaperone made this file.';

/** Our block in a text: its lines, and whether we made the file; or what is wrong with it. */
export type Block =
  | { readonly is: 'absent' }
  | { readonly is: 'broken'; readonly why: string }
  | {
      readonly is: 'there';
      readonly lines: readonly string[];
      readonly made: boolean;
      readonly at: readonly [from: number, to: number];
    };

export function blockIn(text: string): Block {
  const [begins, ends] = [places(text, blockBegin), places(text, blockEnd)];
  const [from] = begins;
  const [last] = ends;
  if (from === undefined && last === undefined) return { is: 'absent' };
  if (from === undefined || last === undefined || begins.length > 1 || ends.length > 1 || last < from)
    return {
      is: 'broken',
      why: 'the lines that begin and end our block are not there once each, in this order',
    };
  const inner = text
    .slice(from + blockBegin.length, last)
    .split(/\r?\n/)
    .filter(line => line !== '');
  const after = /^\r?\n/.exec(text.slice(last + blockEnd.length))?.[0].length ?? 0;
  return {
    is: 'there',
    lines: inner.filter(line => line !== blockMade),
    made: inner.includes(blockMade),
    at: [from, last + blockEnd.length + after],
  };
}

/**
 * A text with our block on top, where what a person wrote below it still wins; nothing around it is changed. `undefined`
 * is a file that is not there. The text must not hold a broken block.
 */
export function withBlock(text: string | undefined, lines: readonly string[]): string {
  const now = text ?? '';
  const block = blockIn(now);
  const eol = /\r?\n/.exec(now)?.[0] ?? '\n';
  const made = text === undefined || (block.is === 'there' && block.made);
  const fresh = [blockBegin, ...(made ? [blockMade] : []), ...lines, blockEnd, ''].join(eol);
  if (block.is === 'there') return now.slice(0, block.at[0]) + fresh + now.slice(block.at[1]);
  const mark = now.startsWith('\uFEFF') ? 1 : 0;
  return now.slice(0, mark) + fresh + now.slice(mark);
}

/** The text without our block, to the byte as it was; `undefined` where we made the file and nothing else came into it. */
export function withoutBlock(text: string): string | undefined {
  const block = blockIn(text);
  if (block.is !== 'there') return text;
  const rest = text.slice(0, block.at[0]) + text.slice(block.at[1]);
  return rest === '' && block.made ? undefined : rest;
}

/** Whether a path is one of the lists that are files of lines, of which only our block is ours. */
export function isIgnoreList(path: string): boolean {
  return /(?:^|\/)\.(?:cursor|gemini|codeium|cline|roo|ai)ignore$|(?:^|\/)\.aiexclude$/i.test(path);
}

function places(text: string, line: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + line.length)) found.push(at);
  return found;
}
