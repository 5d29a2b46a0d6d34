import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import boundaries from './boundaries.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** One offence for each rule: a file that is added to a copy of the tree. */
const seeds: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'itself-and-core': [
    'src/rules/seed1.ts',
    "import { git } from '../programs/git.ts';\nexport const seed = git;\n",
  ],
  'entries-are-strangers': [
    'src/programs/seed2.ts',
    "import { git } from './git.ts';\nexport const seed = git;\n",
  ],
  'agents-are-strangers': [
    'src/agents/seed3/index.ts',
    "import { claude } from '../claude/index.ts';\nexport const seed = claude;\n",
  ],
  'pure-is-pure': ['src/core/seed4.ts', "import { join } from 'node:path';\nexport const seed = join;\n"],
  'pure-packages': [
    'src/secrets/seed5.ts',
    "import { parse } from 'jsonc-parser';\nexport const seed = parse;\n",
  ],
  'one-place-for-unbash': [
    'src/core/seed6.ts',
    "import { parse } from 'unbash';\nexport const seed = parse;\n",
  ],
  'one-place-for-brace-expansion': [
    'src/core/seed7.ts',
    "import { expand } from 'brace-expansion';\nexport const seed = expand;\n",
  ],
  'one-place-for-shell-quote': [
    'src/programs/seed8.ts',
    "import { quote } from 'shell-quote';\nexport const seed = quote;\n",
  ],
  'one-place-for-graphql': [
    'src/core/seed9.ts',
    "import { parse } from 'graphql/language/parser.js';\nexport const seed = parse;\n",
  ],
  'one-place-for-valibot': [
    'src/rules/seed10.ts',
    "import { string } from 'valibot';\nexport const seed = string;\n",
  ],
  'vscode-in-editor': [
    'src/system/seed11.ts',
    "import { window } from 'vscode';\nexport const seed = window;\n",
  ],
  'scanner-apart': [
    'src/system/seed12.ts',
    "import { secondOpinion } from './scan/secretlint.ts';\nexport const seed = secondOpinion;\n",
  ],
  'quick-guard': ['src/guard.ts', "import { judge } from './core/judge.ts';\nexport const seed = judge;\n"],
  'no-cycles': [
    'src/core/seed13.ts',
    "import { other } from './seed13b.ts';\nexport const seed = (): unknown => other;\n",
  ],
  'no-islands': ['src/core/seed14.ts', 'export const seed = 1;\n'],
  'src-never-tests': [
    'src/system/seed15.ts',
    "import { paperWorld } from '../../test/support/world.ts';\nexport const seed = paperWorld;\n",
  ],
};
const alongside: Readonly<Record<string, string>> = {
  'src/core/seed13b.ts': "import { seed } from './seed13.ts';\nexport const other = (): unknown => seed;\n",
};

describe('boundaries', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'boundaries-'));
  after(() => rmSync(copy, { recursive: true, force: true }));

  test('the tree breaks no rule', () => {
    const { violations, modules } = cruised(root);
    assert.deepEqual(violations, []);
    // With TypeScript 7 and without swc it sees no module at all and finds nothing to say.
    assert.ok(modules > 80, `only ${modules} modules were seen`);
  });

  test('every rule objects to an offence', () => {
    for (const part of ['src', 'test/architecture', 'test/support', 'tsconfig.json', 'package.json'])
      cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    for (const [file, text] of [...Object.values(seeds), ...Object.entries(alongside)])
      addTo(path.join(copy, file), text);
    const broken = new Set(
      cruised(copy).violations.map(
        ({ rule, from, to }) => `${rule}: ${from}${rule === 'no-islands' ? to : ''}`,
      ),
    );
    for (const [rule, [file]] of Object.entries(seeds))
      assert.ok(
        [...broken].some(it => it.startsWith(`${rule}: `) && it.includes(file)),
        `${rule} does not object to ${file}:\n${[...broken].join('\n')}`,
      );
  });

  test('every rule has an offence', () => {
    assert.deepEqual(boundaries.forbidden?.map(({ name }) => name).sort(), Object.keys(seeds).sort());
  });

  test('pure folders compile without Node, and not with a built-in name', () => {
    compile(root);
    addTo(path.join(copy, 'src/core/seed16.ts'), 'export const seed = process.env;\n');
    assert.throws(() => compile(copy), /Cannot find name 'process'/);
  });
});

function addTo(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${text}${safeRead(file)}`);
}

function safeRead(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

function cruised(folder: string): { readonly violations: readonly Violation[]; readonly modules: number } {
  const output = run(folder, [
    path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    'test/architecture/boundaries.mjs',
    '--output-type',
    'json',
    'src',
  ]);
  const { summary } = JSON.parse(output) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[]; totalCruised: number };
  };
  return {
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    modules: summary.totalCruised,
  };
}

function compile(folder: string): void {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  run(folder, [tsc, '-p', 'test/architecture/pure.tsconfig.json']);
}

/** Runs Node with these arguments; a failure of the program itself is an error with what it printed. */
function run(cwd: string, args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    if (stdout.startsWith('{')) return stdout;
    throw new Error(`${stdout}\n${stderr}`, { cause: error });
  }
}
