import type { Span } from './model.ts';

/** A piece of a text, and what is to stand there instead. */
export interface Replacement {
  readonly at: Span;
  readonly text: string;
}

/**
 * What makes a file read a variable of the environment where a literal stood: the literal with its quotes, or the part of
 * it at `at`, in the file's own language; and what must be imported for that. A file of variables loses the value, for
 * it is such a variable. Replacements do not overlap.
 */
export function referenceTo(name: string, path: string, text: string, at: Span): readonly Replacement[] {
  const file = (path.split(/[\\/]/).at(-1) ?? '').toLowerCase();
  if (isEnvFile(path)) return [{ at: quoted(text, at, '"\'')?.whole ?? at, text: '' }];
  const language = languages.find(({ files }) => files.test(file));
  if (!language) return [{ at, text: inWorkflow(path) ? `\${{ secrets.${name} }}` : `\${${name}}` }];
  return [
    inLanguage(name, language, file, text, at),
    ...(language.needs && !language.needs.has.test(text)
      ? [{ at: importPlace(text), text: language.needs.line }]
      : []),
  ];
}

/** Whether a file holds nothing but variables: `.env`, `.env.local`, `prod.env`. */
export function isEnvFile(path: string): boolean {
  return /^(?:\.env(?:\.[\w.-]{1,60})?|[\w.-]{1,60}\.env|\.envrc)$/i.test(path.split(/[\\/]/).at(-1) ?? '');
}

interface Language {
  /** Names of files, in lower case. */
  readonly files: RegExp;
  /** The variable as an expression. */
  readonly read: (name: string) => string;
  readonly quotes: string;
  /** What puts two texts together; where there is none, the language reads variables in its texts. */
  readonly join?: string;
  /** The variable in a text that takes expressions, by its quote. */
  readonly within?: Readonly<Record<string, (name: string) => string>>;
  readonly needs?: { readonly has: RegExp; readonly line: string };
}

const languages: readonly Language[] = [
  {
    files: /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
    read: name => `process.env.${name}`,
    quotes: '"\'`',
    join: '+',
    within: { '`': name => `\${process.env.${name}}` },
  },
  {
    files: /\.pyi?$/,
    read: name => `os.environ["${name}"]`,
    quotes: '"\'',
    join: '+',
    needs: { has: /^[ \t]{0,8}import (?:[\w, ]{0,80}, ?)?os\b/m, line: 'import os\n' },
  },
  {
    files: /(?:\.(?:rb|rake|gemspec)|^(?:rakefile|gemfile))$/,
    read: name => `ENV["${name}"]`,
    quotes: '"\'',
    join: '+',
  },
  { files: /\.go$/, read: name => `os.Getenv("${name}")`, quotes: '"`', join: '+' },
  { files: /\.php$/, read: name => `getenv('${name}')`, quotes: '"\'', join: '.' },
  {
    files: /\.(?:java|kts?|scala|groovy)$/,
    read: name => `System.getenv("${name}")`,
    quotes: '"',
    join: '+',
  },
  { files: /\.cs$/, read: name => `Environment.GetEnvironmentVariable("${name}")`, quotes: '"', join: '+' },
  { files: /\.lua$/, read: name => `os.getenv("${name}")`, quotes: '"\'', join: '..' },
  { files: /\.p[lm]$/, read: name => `$ENV{${name}}`, quotes: '"\'', join: '.' },
  {
    files: /\.psm?1$/,
    read: name => `$env:${name}`,
    quotes: '"\'',
    join: '+',
    within: { '"': name => `\${env:${name}}` },
  },
  {
    files: /(?:\.(?:ba|z|k)?sh|^\.(?:bash|zsh)(?:rc|_profile|env)|^\.profile)$/,
    read: name => `"$${name}"`,
    quotes: '"\'',
    join: '',
    within: { '"': name => `\${${name}}` },
  },
];

function inLanguage(
  name: string,
  { read, quotes, join, within }: Language,
  file: string,
  text: string,
  at: Span,
): Replacement {
  const literal = quoted(text, at, quotes);
  if (!literal) return { at, text: read(name) };
  const { whole, quote } = literal;
  if (whole[0] === at[0] - 1 && whole[1] === at[1] + 1) {
    const inTag =
      /\.[jt]sx$/.test(file) &&
      /<[A-Za-z][^<>]{0,400}=$/.test(text.slice(Math.max(0, whole[0] - 400), whole[0]));
    return { at: whole, text: inTag ? `{${read(name)}}` : read(name) };
  }
  const inside = within?.[quote];
  if (inside) return { at, text: inside(name) };
  const glue = join ? ` ${join} ` : '';
  const [first, last] = [whole[0] === at[0] - 1, whole[1] === at[1] + 1];
  return {
    at: [first ? whole[0] : at[0], last ? whole[1] : at[1]],
    text: `${first ? '' : `${quote}${glue}`}${read(name)}${last ? '' : `${glue}${quote}`}`,
  };
}

/** The literal on one line that a value stands in, with its quotes. */
function quoted(
  text: string,
  [from, to]: Span,
  quotes: string,
): { readonly whole: Span; readonly quote: string } | undefined {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  let open: number | undefined;
  for (let index = start; index < from; index++) {
    const it = text[index] as string;
    if (it === '\\') index++;
    else if (open === undefined && quotes.includes(it)) open = index;
    else if (open !== undefined && it === text[open]) open = undefined;
  }
  if (open === undefined) return undefined;
  const quote = text[open] as string;
  for (let index = to; index < text.length && text[index] !== '\n'; index++)
    if (text[index] === '\\') index++;
    else if (text[index] === quote) return { whole: [open, index + 1], quote };
  return undefined;
}

/** Before the first import; behind what must come first. */
function importPlace(text: string): Span {
  const first = /^(?:import|from (?!__future__))\b/m.exec(text)?.index;
  const place = first ?? /^(?:#[^\n]*\n){0,3}/.exec(text)?.[0].length ?? 0;
  return [place, place];
}

function inWorkflow(path: string): boolean {
  return /(?:^|[\\/])\.github[\\/](?:workflows|actions)[\\/]/.test(path);
}
