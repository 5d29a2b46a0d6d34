import fc from 'fast-check';
import { quote } from 'shell-quote';
import type { Action, SqlDialect } from '../../src/core/model.ts';

/** What a line may be turned into without changing what it does. Each keeps every character that matters. */
export const disguises: readonly { readonly name: string; readonly of: (line: string) => string }[] = [
  { name: 'sudo', of: line => `sudo ${line}` },
  { name: 'a variable before it', of: line => `X=1 ${line}` },
  { name: 'env', of: line => `env A=b ${line}` },
  { name: 'nohup', of: line => `nohup ${line}` },
  { name: 'nice', of: line => `nice -n 5 ${line}` },
  { name: 'timeout', of: line => `timeout -k 1 60 ${line}` },
  { name: 'command', of: line => `command ${line}` },
  { name: 'stdbuf', of: line => `stdbuf -oL ${line}` },
  { name: 'time', of: line => `time ${line}` },
  { name: 'a leading backslash', of: line => `\\${line}` },
  { name: 'a quoted name', of: line => line.replace(/^[\w.-]+/, "'$&'") },
  { name: 'a name in two pieces', of: line => line.replace(/^([\w.-])([\w.-]*)/, '"$1"$2') },
  { name: 'an escaped letter', of: line => line.replace(/^([\w.-])([\w.-])/, '$1\\$2') },
  {
    name: 'letters by number',
    of: line => line.replace(/^[\w.-]/, it => `$'\\x${it.charCodeAt(0).toString(16)}'`),
  },
];

/** The same for lines of any shape, such as those with several commands. */
export const surroundings: readonly { readonly name: string; readonly of: (line: string) => string }[] = [
  { name: 'blanks around it', of: line => `  ${line}\t ` },
  { name: 'a line before it', of: line => `ls\n${line}` },
  { name: 'a harmless command before it', of: line => `git status && ${line}` },
  { name: 'a harmless command behind it', of: line => `${line}\necho done` },
  { name: 'a comment', of: line => `# just tidying up\n${line}` },
  { name: 'a subshell', of: line => `(${line}\n)` },
  { name: 'braces', of: line => `{ ${line}\n}` },
  { name: 'a condition', of: line => `if true; then ${line}\nfi` },
  { name: 'a loop', of: line => `for i in 1 2; do ${line}\ndone` },
  { name: 'a function', of: line => `f() { ${line}\n}; f` },
  { name: 'a shell of its own', of: line => `bash -c ${quote([line])}` },
  { name: 'two shells', of: line => `sh -c ${quote([`bash -c ${quote([line])}`])}` },
  { name: 'eval', of: line => `eval ${quote([line])}` },
  { name: 'a substitution', of: line => `echo "$(${line}\n)"` },
  { name: 'a here-document', of: line => `bash <<'END'\n${line}\nEND` },
];

/** Pieces that shells treat in a way of their own, and texts put together from them. */
const pieces = [
  ...'\'"`$(){}[]<>|&;!#*?~=\\ \t\n',
  '$(',
  '${',
  '$((',
  '<<EOF\n',
  'EOF\n',
  '<<<',
  '&&',
  '||',
  ';;',
  '[[',
  ']]',
  'rm -rf ',
  'for i in ',
  'do ',
  'done',
  'case x in ',
  'esac',
  'if ',
  'then ',
  'fi',
  'f() {',
  'sudo ',
  'eval ',
  'bash -c ',
  'psql -c ',
  'DROP TABLE users',
  'curl -X DELETE ',
  'https://example.com/a?b=c',
  'python3 -c ',
  '/dev/sda',
  '{a,b}',
  '{1..9}',
  'X=',
  '$X',
  '\u202e',
  '\u00a0',
  '\u{1f600}',
  '\0',
  '--',
  '-rf',
];

export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 12 })), { maxLength: 60 })
  .map(parts => parts.join(''));

/** Long texts of one shape: what grows faster than its length hangs here. */
export const giants: Readonly<Record<string, (length: number) => string>> = {
  'opened and never closed': length => '('.repeat(length),
  'opened substitutions': length => '$('.repeat(length / 2),
  'closed substitutions': length => `${'$('.repeat(120)}rm x${')'.repeat(120)}`.padEnd(length),
  braces: length => '{a,b}'.repeat(length / 5),
  'a chain of commands': length => 'ls && '.repeat(length / 6) + 'ls',
  'a list of commands': length => 'rm x;'.repeat(length / 5),
  'one long word': length => 'a'.repeat(length),
  'one long text': length => `echo "${'a '.repeat(length / 2)}"`,
  slashes: length => `rm ${'/'.repeat(length)}x`,
  dots: length => `rm ${'../'.repeat(length / 3)}x`,
  quotes: length => `echo '${'"'.repeat(length)}'`,
  assignments: length => 'A=1 '.repeat(length / 4) + 'ls',
  variables: length => 'A=$A$A; '.repeat(length / 8),
  'a here-document': length => `bash <<E\n${'rm x\n'.repeat(length / 5)}E`,
  statements: length => `psql -c "${'DROP TABLE a;'.repeat(length / 13)}"`,
  'a long list in a statement': length => `psql -c "DELETE FROM a WHERE b IN (${'1,'.repeat(length / 2)}1)"`,
  'nested statements': length => `psql -c "SELECT ${'('.repeat(length)}"`,
  code: length => `python3 -c "${'os.remove(\\"a\\");'.repeat(length / 17)}"`,
  'code that never ends': length => `node -e "${'f('.repeat(length / 2)}"`,
  'a long address': length => `curl https://example.com/${'a/'.repeat(length / 2)}`,
  'a long body': length =>
    `curl -d '{"query":"mutation {${' a'.repeat(length / 2)}"}' https://example.com/graphql`,
  functions: length => 'f() { f; };'.repeat(length / 11),
  'functions that call each other': length =>
    `${Array.from({ length: length / 20 }, (_, n) => `f${n}() { f${n + 1}; f${n + 1}; };`).join('')} f0`,
  brackets: length => `git checkout ${'['.repeat(length)}`,
  options: length => `rm ${'-r '.repeat(length / 3)}x`,
  placeholders: length => 'git checkout <tag> '.repeat(length / 19),
  wrappers: length => 'sudo '.repeat(length / 5) + 'rm x',
  loops: length => `${'for i in a b; do '.repeat(60)}ls${'; done'.repeat(60)}`.padEnd(length),
  encoded: length => `echo ${'QUJD'.repeat(length / 4)} | base64 -d | sh`,
  'many words': length => `rm ${'a1 '.repeat(length / 3)}`,
  redirections: length => 'a >b '.repeat(length / 5),
  'a value that grows': length => 'A+=b;echo $A;'.repeat(length / 13),
  folders: length => 'cd a; rm b\n'.repeat(length / 11),
  'lines of a client': length => `psql <<'E'\n${'\\! rm x\n'.repeat(length / 8)}E`,
  'PowerShell in it': length => `powershell -c '${'rm x;'.repeat(length / 5)}'`,
};

const powershell: typeof giants = {
  'a list of commands': length => 'rm x;'.repeat(length / 5),
  variables: length => '$a=$a+$a;'.repeat(length / 9),
  loops: length => 'foreach ($i in 1..9) { rm $i };'.repeat(length / 31),
  'opened texts': length => '"$('.repeat(length / 3),
  'a chain of pipes': length => `${'gci | '.repeat(length / 6)}rm`,
  'a text that is put together': length => `iex (${"'a'+".repeat(length / 4)}'b')`,
};

const cmd: typeof giants = {
  'a list of commands': length => 'del x & '.repeat(length / 8),
  variables: length => 'set a=%a%%a%&'.repeat(length / 13),
  words: length => `del ${'a '.repeat(length / 2)}`,
  redirections: length => 'a >b '.repeat(length / 5),
  loops: length => `for %i in (${'a '.repeat(length / 4)}) do ${'echo %i&'.repeat(length / 16)}`,
  'a chain of pipes': length => `${'dir | '.repeat(length / 6)}sort`,
};

const sql: typeof giants = {
  rows: length => "INSERT INTO a (b, updated_at) VALUES (1, 'x');\n".repeat(length / 47),
  'a list of rows': length => `INSERT INTO a VALUES ${"(1,'x'),".repeat(length / 8)}(2,'y');`,
  conditions: length => 'DELETE FROM a WHERE b=1;'.repeat(length / 24),
  'lines for the shell': length => '\\! rm x\n'.repeat(length / 8),
  blocks: length => 'DO $$ BEGIN DROP TABLE a; END $$;'.repeat(length / 33),
  'text within text': length => "EXECUTE 'EXECUTE ".repeat(length / 17),
  brackets: length => '['.repeat(length),
};

const code: Readonly<Record<string, readonly [language: string, of: (length: number) => string]>> = {
  'calls in Python': ['python', length => "os.remove('a')\n".repeat(length / 15)],
  'values that grow in Python': ['python', length => "a+='b'\n".repeat(length / 7)],
  'a bundle of JavaScript': [
    'javascript',
    length => '!function(e,t){var n=t(1);e.exports=n("a")};'.repeat(length / 44),
  ],
  'templates in JavaScript': ['javascript', length => '`${'.repeat(length / 3)],
  'words in Ruby': ['ruby', length => 'a '.repeat(length / 2)],
  'names in Perl': [
    'perl',
    length => Array.from({ length: length / 10 }, (_, index) => `$v${index}='a';`).join(''),
  ],
  'calls in PHP': ['php', length => "exec('rm x');".repeat(length / 13)],
  'a line in Julia': ['julia', length => `run(\`${'rm '.repeat(length / 3)}\`)`],
};

/** The same in other languages than the shell's. */
export const otherGiants: Readonly<Record<string, (length: number) => Action>> = Object.fromEntries([
  ...Object.entries(powershell).map(([name, of]) => foreign(name, 'powershell', of)),
  ...Object.entries(cmd).map(([name, of]) => foreign(name, 'cmd', of)),
  ...(['unknown', 'postgresql', 'mysql', 'transactsql'] as const).flatMap(dialect =>
    Object.entries(sql).map(([name, of]) => statement(name, dialect, of)),
  ),
  ...Object.entries(code).map(([name, [language, of]]) => [
    name,
    (length: number): Action => ({ kind: 'code', language, text: of(length) }),
  ]),
]);

function foreign(name: string, dialect: 'powershell' | 'cmd', of: (length: number) => string) {
  return [
    `${name}, ${dialect}`,
    (length: number): Action => ({ kind: 'shell', line: of(length), dialect }),
  ] as const;
}

function statement(name: string, dialect: SqlDialect, of: (length: number) => string) {
  return [
    `${name}, SQL, ${dialect}`,
    (length: number): Action => ({ kind: 'sql', statement: of(length), dialect }),
  ] as const;
}
