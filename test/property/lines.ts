import fc from 'fast-check';
import { quote } from 'shell-quote';

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
};
