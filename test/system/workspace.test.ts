import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { normal } from '../../src/core/paths.ts';
import type { Machine } from '../../src/core/ports.ts';
import { workspaceOf } from '../../src/system/workspace.ts';

const platform = process.platform === 'win32' ? 'windows' : 'posix';
const paths: Machine = { platform, home: '/' };
const root = normal(realpathSync(mkdtempSync(path.join(tmpdir(), 'workspace-'))), paths);
after(() => rmSync(root, { recursive: true, force: true }));
const machine: Machine = { platform, home: `${root}/home` };

for (const folder of [
  'home/.vscode',
  'home/plain/deep',
  'home/repo/.git',
  'home/repo/src/deep',
  'home/repo/packages/web/.vscode',
  'home/tree/src',
  'home/marked/.chaperone',
])
  mkdirSync(path.join(root, folder), { recursive: true });
// A worktree's `.git` is a file.
writeFileSync(path.join(root, 'home/tree/.git'), 'gitdir: elsewhere');

describe('the folder a person works in', () => {
  for (const [cwd, expected] of [
    ['home/repo', 'home/repo'],
    ['home/repo/src/deep', 'home/repo'],
    ['home/repo/packages/web', 'home/repo/packages/web'],
    ['home/tree/src', 'home/tree'],
    ['home/marked', 'home/marked'],
    ['home/plain/deep', 'home/plain/deep'],
    ['home', 'home'],
    ['home/repo/src/gone/away', 'home/repo'],
    ['home/repo/../repo/./src', 'home/repo'],
  ] as const)
    test(cwd, () => assert.equal(workspaceOf(`${root}/${cwd}`, machine), `${root}/${expected}`));

  test('is never above the home folder, and the root is the root', () => {
    assert.equal(workspaceOf(`${root}/home/plain`, machine), `${root}/home/plain`);
    assert.equal(workspaceOf('/', machine), '/');
  });
});
