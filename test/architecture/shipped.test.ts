import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');

/** What the .vsix holds, screenshots aside: nothing of the tests, the sources or the tools. */
const shipped = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/alone.js',
  'dist/extension.js',
  'dist/guard.js',
  'dist/hook.pl',
  'dist/hook.sh',
  'dist/scanner.js',
  'dist/sandbox.LICENSE',
  'dist/sandbox.js',
  'dist/srt-proxy-agent.jar',
  ...[
    'ask.sh',
    'conf.fish',
    'env.bash',
    'profile.ps1',
    'run.bash',
    'run.fish',
    'run.zsh',
    'shim.sh',
    'typed.bash',
    'zshenv.zsh',
  ].map(script => `dist/shell/${script}`),
  ...['bigquery', 'mariadb', 'mysql', 'postgresql', 'snowflake', 'sqlite', 'transactsql'].map(
    dialect => `dist/sql/${dialect}.js`,
  ),
  'media/icon.png',
  'media/plugin/.claude-plugin/plugin.json',
  'media/plugin/hooks/hooks.json',
  'media/plugin/plugin.json',
  'media/shield.svg',
  'media/walkthrough/agents.md',
  'media/walkthrough/question.md',
  'media/walkthrough/what.md',
  'package.json',
];

test('the package holds these files and no other', () => {
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const files = listed
    .trim()
    .split('\n')
    .filter(file => !file.startsWith('media/screenshots/'));
  assert.deepEqual(files.sort(), shipped.toSorted());
});

test('the bundles that hooks load know no editor', () => {
  for (const bundle of ['guard.js', 'alone.js', 'scanner.js', 'sandbox.js'])
    assert.doesNotMatch(
      readFileSync(path.join(root, 'dist', bundle), 'utf8'),
      /require\(["']vscode["']\)/,
      bundle,
    );
});

test('the guard is small: every hook waits for it', () => {
  assert.ok(readFileSync(path.join(root, 'dist/guard.js')).length < 16_384);
});
