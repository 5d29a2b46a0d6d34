import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gitAbout, gitIgnore } from '../../src/system/gitignore.ts';

const made: string[] = [];
after(() => made.forEach(folder => fs.rmSync(folder, { recursive: true, force: true })));

function repository(files: Readonly<Record<string, string>>, tracked: readonly string[] = []) {
  const root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'gitignore-')));
  made.push(root);
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', root, ...words], {
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
      stdio: 'pipe',
    });
  git('init', '-q');
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(root, name)), { recursive: true });
    fs.writeFileSync(join(root, name), text);
  }
  if (tracked.length) git('add', '-f', ...tracked);
  const asking = { machine: { platform: 'posix', home: root }, distrusted: [] } as const;
  return {
    at: (name: string) => join(root, name),
    about: (name: string) => gitAbout(join(root, name), asking),
    ignore: (name: string) => gitIgnore(join(root, name), asking),
  };
}

describe('a file', () => {
  test('is tracked, ignored, neither, or nowhere', async () => {
    const it = repository({ '.gitignore': '*.env\n', a: '', 'b.env': '', 'c.env': '' }, ['a', 'c.env']);
    assert.deepEqual(await Promise.all(['a', 'b.env', 'c.env', 'none', '../x'].map(it.about)), [
      'tracked',
      'ignored',
      'tracked',
      'untracked',
      'elsewhere',
    ]);
  });

  for (const name of [
    '.env',
    'deep/a b.env',
    '*.x',
    '[a]?',
    '#x',
    '!x',
    ':(top)x',
    'ends with ',
    'back\\slash',
  ])
    test(`becomes ignored, and nothing else with it: ${name}`, async () => {
      const it = repository({ '.gitignore': 'x.log' });
      assert.equal(await it.ignore(name), it.at('.gitignore'));
      assert.equal(await it.about(name), 'ignored');
      assert.deepEqual(await Promise.all(['a.x', 'other', 'deep/.env', 'a1', 'x', 'x.log'].map(it.about)), [
        'untracked',
        'untracked',
        'untracked',
        'untracked',
        'untracked',
        'ignored',
      ]);
      const text = fs.readFileSync(it.at('.gitignore'), 'utf8');
      await it.ignore(name);
      assert.equal(fs.readFileSync(it.at('.gitignore'), 'utf8'), text);
    });

  test('that another list takes back is not said to be ignored', async () => {
    const it = repository({ 'd/.gitignore': '!.env\n', 'd/.env': '' });
    await assert.rejects(it.ignore('d/.env'), /takes it back/);
  });

  test('of a repository whose list cannot be written is not said to be ignored', async () => {
    const it = repository({ '.gitignore/x': '' });
    await assert.rejects(it.ignore('a'), /cannot write/);
    await assert.rejects(it.ignore('../a'), /no git repository/);
  });

  test('that git tracks is written down too, and stays tracked', async () => {
    const it = repository({ '.env': '' }, ['.env']);
    await it.ignore('.env');
    assert.equal(await it.about('.env'), 'tracked');
  });
});
