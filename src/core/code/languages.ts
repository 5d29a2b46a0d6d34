/** How the languages that we read differ, as far as it matters for finding their calls. */
export interface Syntax {
  readonly name: string;
  /** Sticky. */
  readonly comment: RegExp;
  /** What stands between `"`, and whether `'` and a backtick quote too. */
  readonly double: Quoting;
  readonly single: Quoting | undefined;
  readonly backtick: Quoting | 'run' | undefined;
  /** Variables begin with a character of their own: `$x`. */
  readonly sigils?: RegExp;
  /** A new line ends a statement. */
  readonly lines: boolean;
  /** `system "x"` calls, without parentheses. */
  readonly bareCalls?: true;
  /** Texts that stand side by side are one. */
  readonly adjacent?: true;
  /** `/` may begin a pattern. */
  readonly patterns?: true;
  /** What joins texts. */
  readonly joins: readonly string[];
}

/** Which parts of a text in quotes are computed, and how `\` is read. */
export interface Quoting {
  readonly fills?: '${' | '#{' | '{' | '$' | '${$';
  readonly escapes: 'all' | 'known' | 'own' | 'none';
  /** It ends at the end of its line. */
  readonly short?: true;
}

const plain: Quoting = { escapes: 'all', short: true };
const own: Quoting = { escapes: 'own' };
const slashes = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const hash = /#[^\n]*/y;

const javascript: Syntax = {
  name: 'javascript',
  comment: slashes,
  double: plain,
  single: plain,
  backtick: { escapes: 'all', fills: '${' },
  lines: false,
  patterns: true,
  joins: ['+'],
};
const python: Syntax = {
  name: 'python',
  comment: hash,
  double: { escapes: 'known', short: true },
  single: { escapes: 'known', short: true },
  backtick: undefined,
  lines: true,
  adjacent: true,
  joins: ['+'],
};
const ruby: Syntax = {
  name: 'ruby',
  comment: /#[^\n]*|=begin\b[\s\S]*?(?:\n=end|$)/y,
  double: { escapes: 'all', fills: '#{' },
  single: own,
  backtick: 'run',
  sigils: /[@$]{1,2}[A-Za-z_]\w*|\$[!_~&0-9*$?:]/y,
  lines: true,
  bareCalls: true,
  patterns: true,
  joins: ['+'],
};
const perl: Syntax = {
  name: 'perl',
  comment: /#[^\n]*|^=[a-z][\s\S]*?(?:\n=cut|(?![\s\S]))/my,
  double: { escapes: 'all', fills: '$' },
  single: own,
  backtick: 'run',
  sigils: /\$#?\$?(?:[A-Za-z_][\w:]*|[0-9_&!@/\\,;.])|[@%]\$?[A-Za-z_][\w:]*/y,
  lines: false,
  bareCalls: true,
  patterns: true,
  joins: ['.'],
};
const php: Syntax = {
  name: 'php',
  comment: /\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
  double: { escapes: 'all', fills: '${$' },
  single: own,
  backtick: 'run',
  sigils: /\$+[A-Za-z_]\w*/y,
  lines: false,
  joins: ['.'],
};
const awk: Syntax = {
  name: 'awk',
  comment: hash,
  double: plain,
  single: undefined,
  backtick: undefined,
  sigils: /\$+(?:\w+|\()/y,
  lines: true,
  adjacent: true,
  patterns: true,
  joins: [],
};
const lua: Syntax = {
  name: 'lua',
  comment: /--\[\[[\s\S]*?(?:\]\]|$)|--[^\n]*/y,
  double: plain,
  single: plain,
  backtick: undefined,
  lines: true,
  bareCalls: true,
  joins: ['..'],
};
const groovy: Syntax = {
  name: 'groovy',
  comment: slashes,
  double: { escapes: 'all', fills: '${$' },
  single: plain,
  backtick: undefined,
  lines: true,
  bareCalls: true,
  joins: ['+'],
};
const r: Syntax = {
  name: 'r',
  comment: hash,
  double: plain,
  single: plain,
  backtick: { escapes: 'none' },
  lines: true,
  joins: [],
};
const julia: Syntax = {
  name: 'julia',
  comment: /#=[\s\S]*?(?:=#|$)|#[^\n]*/y,
  double: { escapes: 'all', fills: '${$' },
  single: plain,
  backtick: 'run',
  lines: true,
  joins: ['*'],
};
/** By the names that programs and files give them. */
export const languages: Readonly<Record<string, Syntax>> = {
  javascript,
  node: javascript,
  typescript: javascript,
  deno: javascript,
  bun: javascript,
  python,
  python3: python,
  ruby,
  perl,
  php,
  awk,
  gawk: awk,
  lua,
  groovy,
  r,
  julia,
};
