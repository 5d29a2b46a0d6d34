import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isEnvFile, referenceTo } from '../../src/core/reference.ts';

const value = ['va', 'lue'].join('');

/** The text after its literal, between `«` and `»`, was replaced. */
function replaced(path: string, marked: string): string {
  const from = marked.indexOf('«');
  const text = marked.replace('«', '').replace('»', '');
  const to = marked.indexOf('»') - 1;
  return [...referenceTo('NAME', path, text, [from, to])]
    .sort((a, b) => b.at[0] - a.at[0])
    .reduce((now, { at, text: its }) => now.slice(0, at[0]) + its + now.slice(at[1]), text);
}

describe('a literal becomes a reference in', () => {
  for (const [path, before, after] of [
    ['a.ts', `const a = '«${value}»';`, 'const a = process.env.NAME;'],
    ['a.mjs', `f("«${value}»", "x")`, 'f(process.env.NAME, "x")'],
    ['a.js', `f('it\\'s', '«${value}»')`, `f('it\\'s', process.env.NAME)`],
    ['a.ts', `const a = 'Bearer «${value}»';`, `const a = 'Bearer ' + process.env.NAME;`],
    ['a.ts', `const a = 'x://u:«${value}»@host';`, `const a = 'x://u:' + process.env.NAME + '@host';`],
    ['a.ts', `const a = '«${value}»@host';`, `const a = process.env.NAME + '@host';`],
    ['a.ts', `const a = \`x://u:«${value}»@\${host}\`;`, 'const a = `x://u:${process.env.NAME}@${host}`;'],
    ['a.tsx', `<Map key="«${value}»" />`, '<Map key={process.env.NAME} />'],
    ['a.tsx', `const key="«${value}»";`, 'const key=process.env.NAME;'],
    ['a.ts', `// it's «${value}»`, "// it's process.env.NAME"],
    ['a.py', `import os\na = "«${value}»"`, 'import os\na = os.environ["NAME"]'],
    ['a.py', `a = '«${value}»'`, 'import os\na = os.environ["NAME"]'],
    [
      'a.py',
      `#!/usr/bin/python3\n"""Doc."""\nfrom __future__ import annotations\nimport json, ossaudio\na = '«${value}»'`,
      '#!/usr/bin/python3\n"""Doc."""\nfrom __future__ import annotations\nimport os\nimport json, ossaudio\na = os.environ["NAME"]',
    ],
    [
      'a.py',
      `import json, os\na = 'x «${value}» y'`,
      `import json, os\na = 'x ' + os.environ["NAME"] + ' y'`,
    ],
    ['a.rb', `a = '«${value}»'`, 'a = ENV["NAME"]'],
    ['Rakefile', `a = '«${value}»'`, 'a = ENV["NAME"]'],
    ['a.go', `a := "«${value}»"`, 'a := os.Getenv("NAME")'],
    ['a.php', `$a = 'x «${value}»';`, `$a = 'x ' . getenv('NAME');`],
    ['A.java', `a("«${value}»");`, 'a(System.getenv("NAME"));'],
    ['A.cs', `a("«${value}»");`, 'a(Environment.GetEnvironmentVariable("NAME"));'],
    ['a.lua', `a = "«${value}»"`, 'a = os.getenv("NAME")'],
    ['a.pl', `my $a = '«${value}»';`, 'my $a = $ENV{NAME};'],
    ['a.ps1', `$a = "«${value}»"`, '$a = $env:NAME'],
    ['a.ps1', `$a = "Bearer «${value}»"`, '$a = "Bearer ${env:NAME}"'],
    ['a.sh', `TOKEN=«${value}»`, 'TOKEN="$NAME"'],
    ['a.sh', `TOKEN='«${value}»'`, 'TOKEN="$NAME"'],
    ['a.sh', `curl -H "Bearer «${value}»" x`, 'curl -H "Bearer ${NAME}" x'],
    ['a.sh', `curl -H 'Bearer «${value}»' x`, `curl -H 'Bearer '"$NAME" x`],
    ['a.sh', `curl -H 'a «${value}» b' x`, `curl -H 'a '"$NAME"' b' x`],
    ['.bashrc', `export A="«${value}»"`, 'export A="$NAME"'],
    ['docker-compose.yml', `  A: «${value}»`, '  A: ${NAME}'],
    ['a.json', `{"a": "«${value}»"}`, '{"a": "${NAME}"}'],
    ['.npmrc', `//x/:_authToken=«${value}»`, '//x/:_authToken=${NAME}'],
    ['.github/workflows/a.yml', `  A: «${value}»`, '  A: ${{ secrets.NAME }}'],
    ['Dockerfile', `ENV A=«${value}»`, 'ENV A=${NAME}'],
    ['.env', `A=«${value}»\nB=1`, 'A=\nB=1'],
    ['prod.env', `A="«${value}»"`, 'A='],
  ] as const)
    test(`${path}: ${before.split('\n').at(-1)}`, () => assert.equal(replaced(path, before), after));
});

test('files of variables', () => {
  for (const path of ['.env', '/a/.env.local', 'C:\\a\\.env.prod', 'x/stage.env', '.envrc'])
    assert.ok(isEnvFile(path), path);
  for (const path of ['env', 'a.environment', '.envoy.yaml', '.env/x.ts']) assert.ok(!isEnvFile(path), path);
});
