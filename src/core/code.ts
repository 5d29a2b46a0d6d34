import type { Span } from './model.ts';
import { unknown, type Said } from './program.ts';

/** What calling a function with a plain text as its first argument does. */
interface Call {
  readonly languages: readonly string[];
  /** Stands before the opening parenthesis. */
  readonly name: RegExp;
  readonly does: (argument: string, at: Span) => Said;
}

const python = ['python'];
const javascript = ['javascript'];
const ruby = ['ruby'];
const perl = ['perl'];
const php = ['php'];
const every = [...python, ...javascript, ...ruby, ...perl, ...php];

const shellLine = (text: string, at: Span): Said => ({ nested: 'shell', text, at });
const deletesTree = (path: string, at: Span): Said => ({ does: 'delete', path, deep: true, at });
const deletesOne = (path: string, at: Span): Said => ({ does: 'delete', path, deep: false, at });
const readsFile = (path: string, at: Span): Said => ({ does: 'read', path, at });

/** Calls that delete, read or run, in the standard libraries of each language. The next one is a row. */
const calls: readonly Call[] = [
  {
    languages: every,
    name: /\b(?:os\.system|os\.popen|subprocess\.\w+|commands\.getoutput|execSync|exec|spawnSync|spawn|system|shell_exec|passthru|popen|qx)$/,
    does: shellLine,
  },
  { languages: python, name: /\b(?:shutil\.rmtree|rmtree|os\.removedirs)$/, does: deletesTree },
  { languages: python, name: /\b(?:os\.remove|os\.unlink|os\.rmdir)$/, does: deletesOne },
  {
    languages: javascript,
    name: /\b(?:rmSync|rm|rmdirSync|rmdir|removeSync|emptyDirSync|rimraf(?:\.sync)?)$/,
    does: deletesTree,
  },
  { languages: javascript, name: /\b(?:unlinkSync|unlink)$/, does: deletesOne },
  { languages: ruby, name: /\b(?:FileUtils\.(?:rm_rf|rm_r|remove_dir|rmtree))$/, does: deletesTree },
  {
    languages: [...ruby, ...perl, ...php],
    name: /\b(?:File\.delete|File\.unlink|unlink|rmdir|remove_tree|rmtree)$/,
    does: deletesOne,
  },
  {
    languages: every,
    name: /\b(?:open|readFileSync|readFile|read_text|File\.read|IO\.read|file_get_contents|createReadStream|Path)$/,
    does: readsFile,
  },
];

/** How a call to a shell looks whose text we cannot see. */
const blindShell = /\b(?:os\.system|subprocess\.\w+|execSync|shell_exec|passthru)\s*\(\s*(?![\s'"`[)rbf])/;

/** What a text in a programming language does, as far as plain calls say it. */
export function code(text: string, language: string, at: Span): readonly Said[] {
  const family = families[language] ?? language;
  const known = calls.filter(({ languages }) => languages.includes(family));
  const said = [...text.matchAll(plainCall)].flatMap(match => {
    const [, name = '', , argument = ''] = match;
    return known.filter(call => call.name.test(name)).map(call => call.does(argument, at));
  });
  return blindShell.test(text)
    ? [...said, unknown('a program that runs a line which cannot be read here', at)]
    : said;
}

/** A call whose first argument, perhaps in a list, is a quoted text. */
const plainCall =
  /([A-Za-z_][\w.]{0,80})\s{0,4}\(\s{0,4}\[?\s{0,4}[rbfu]?(['"`])((?:\\.|(?!\2)[^\\\n]){0,2000})\2/g;

const families: Readonly<Record<string, string>> = {
  python3: 'python',
  node: 'javascript',
  typescript: 'javascript',
  deno: 'javascript',
  bun: 'javascript',
};
