import type { Span } from './model.ts';
import { unknown, type Said } from './program.ts';

/** What calling a function with plain texts as its first arguments does. */
interface Call {
  readonly languages: readonly string[];
  /** The function as it stands before the parenthesis; for `Path('x').unlink()`, `Path.unlink`. */
  readonly name: RegExp;
  readonly does: (first: string, at: Span, others: readonly string[]) => readonly Said[];
}

const python = ['python'];
const javascript = ['javascript'];
const ruby = ['ruby'];
const perl = ['perl'];
const php = ['php'];
const every = [...python, ...javascript, ...ruby, ...perl, ...php, 'awk'];

const shellLine: Call['does'] = (text, at, others) => [
  { nested: 'shell', text: [text, ...others].join(' '), at },
];
const deletesTree: Call['does'] = (path, at) => [{ does: 'delete', path, deep: true, at }];
const deletesOne: Call['does'] = (path, at) => [{ does: 'delete', path, deep: false, at }];
const readsFile: Call['does'] = (path, at) => [{ does: 'read', path, at }];
const writesFile: Call['does'] = (path, at) => [{ does: 'write', path, how: 'empty', at }];
/** What is opened to be written is not read: `open('notes.txt', 'w')`. */
const opensFile: Call['does'] = (path, at, others) =>
  /^[wax+]/.test(others[0] ?? '') ? writesFile(path, at, others) : readsFile(path, at, others);
const movesFile: Call['does'] = (path, at, [to]) =>
  to === undefined ? [] : [{ does: 'move', path, to, at }];
const copiesFile: Call['does'] = (path, at, [to]) => [
  { does: 'read', path, at },
  ...(to === undefined ? [] : [{ does: 'write', path: to, how: 'empty', at } as const]),
];

/** Calls that delete, read, write or run, in the standard libraries of each language. The next one is a row. */
const calls: readonly Call[] = [
  {
    languages: every,
    name: /(?:^|[^.\w])(?:os\.system|os\.popen|subprocess\.\w+|commands\.getoutput|execSync|execFileSync|child_process\.exec\w*|cp\.exec|exec|spawnSync|spawn|system|shell_exec|passthru|popen|qx)$/,
    does: shellLine,
  },
  { languages: javascript, name: /\.(?:execSync|execFileSync|spawnSync|spawn)$/, does: shellLine },
  { languages: python, name: /\b(?:shutil\.rmtree|rmtree|os\.removedirs)$/, does: deletesTree },
  {
    languages: python,
    name: /\b(?:os\.remove|os\.unlink|os\.rmdir|Path\.unlink|Path\.rmdir)$/,
    does: deletesOne,
  },
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
    name: /\b(?:writeFileSync|writeFile|appendFileSync|appendFile|createWriteStream|truncateSync|symlinkSync|File\.write|IO\.write|file_put_contents|Path\.(?:write_text|write_bytes|touch|open))$/,
    does: writesFile,
  },
  {
    languages: every,
    name: /\b(?:renameSync|rename|os\.rename|os\.replace|shutil\.move|FileUtils\.mv|File\.rename)$/,
    does: movesFile,
  },
  {
    languages: every,
    name: /\b(?:copyFileSync|copyFile|cpSync|shutil\.copy\w*|FileUtils\.cp\w*|linkSync|os\.link|os\.symlink)$/,
    does: copiesFile,
  },
  {
    languages: every,
    name: /(?:^|[^.\w])(?:open|io\.open|codecs\.open|openSync|File\.open|fopen)$/,
    does: opensFile,
  },
  {
    languages: every,
    name: /\b(?:readFileSync|readFile|File\.read|IO\.read|file_get_contents|createReadStream|Path|Path\.read_\w+)$/,
    does: readsFile,
  },
];

/** How a call to a shell looks whose text we cannot see. */
const blindShell =
  /\b(?:os\.system|subprocess\.\w+|execSync|shell_exec|passthru)\s{0,4}\(\s{0,4}(?![\s'"`[)rbf])/;

/** What a text in a programming language does, as far as plain calls say it. */
export function code(text: string, language: string, at: Span): readonly Said[] {
  const family = families[language] ?? language;
  const known = calls.filter(({ languages }) => languages.includes(family));
  const said = plainCalls(text).flatMap(({ name, given: [first = '', ...others] }) =>
    known.filter(call => call.name.test(name)).flatMap(call => call.does(first, at, others)),
  );
  return blindShell.test(text)
    ? [...said, unknown('a program that runs a line which cannot be read here', at)]
    : said;
}

const mostArguments = 24;
/** A text in quotes, with what may stand before it: commas, blanks, the bracket of a list. */
const plainArgument = /[\s,[]{0,8}[rbfu]?(['"`])((?:\\.|(?!\1)[^\\\n]){0,2000})\1/y;
const method = /\s{0,4}\)\s{0,4}\.(\w{1,40})/y;

/** Every call whose first argument, perhaps in a list, is a quoted text. */
function plainCalls(text: string): readonly { readonly name: string; readonly given: readonly string[] }[] {
  return [...text.matchAll(/([A-Za-z_][\w.]{0,80})\s{0,4}\(/g)].flatMap(({ 0: all, 1: name = '', index }) => {
    const given: string[] = [];
    let end = index + all.length;
    for (
      let found = at(plainArgument, text, end);
      found && given.length < mostArguments;
      found = at(plainArgument, text, end)
    ) {
      given.push(found[2] ?? '');
      end = plainArgument.lastIndex;
    }
    const called = name === 'Path' ? at(method, text, end)?.[1] : undefined;
    const whole = called ? `${name}.${called}` : `${text[index - 1] === '.' ? '.' : ''}${name}`;
    return given.length ? [{ name: whole, given }] : [];
  });
}

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

const families: Readonly<Record<string, string>> = {
  python3: 'python',
  node: 'javascript',
  typescript: 'javascript',
  deno: 'javascript',
  bun: 'javascript',
  gawk: 'awk',
};
