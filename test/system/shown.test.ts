import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hiddenBy } from '../../src/core/hidden.ts';
import type { Search, Shown } from '../../src/core/model.ts';
import { searchKey } from '../../src/core/rule.ts';
import { secretFiles } from '../../src/secrets/files.ts';
import { machineWorld } from '../../src/system/world.ts';

/*
 * Which hidden files a command of git shows the lines of: those that are in what it shows, and no other.
 */

const root = realpathSync(mkdtempSync(join(tmpdir(), 'shown-')));
after(() => rmSync(root, { recursive: true, force: true }));
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const at = (name: string) => join(root, name);
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-C', root, ...words], {
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
const world = machineWorld({
  machine: { platform: 'posix', home: '/nowhere' },
  workspace: [root],
  temp: [],
  hiddenBy: hiddenBy(secretFiles, [], { platform: 'posix', home: '/nowhere' }),
  guarded: () => undefined,
  exposes: () => undefined,
  bound: 10_000,
});
const shows = async (verb: Shown['verb'], ...words: string[]) => {
  const search: Search = { query: '', regex: false, path: root, ignored: false, shown: { verb, words } };
  const { searches } = await world.answer([{ about: 'search', ...search }]);
  return (searches.get(searchKey(search))?.shows ?? assert.fail('no answer')).map(it =>
    it.slice(root.length + 1),
  );
};

before(() => {
  git('init', '-q', '-b', 'main');
  writeFileSync(at('a.ts'), 'one\n');
  git('add', '-A');
  git('commit', '-qm', 'one');
  git('tag', 'first');
  mkdirSync(at('b'));
  writeFileSync(at('b/.env'), 'A=1\n');
  git('add', '-A');
  git('commit', '-qm', 'two');
  writeFileSync(at('a.ts'), 'two\n');
  git('commit', '-qam', 'three');
  git('branch', 'some/where');
});

test('of commits', async () => {
  assert.deepEqual(await shows('commits', '--no-walk', 'HEAD'), []);
  assert.deepEqual(await shows('commits', '--no-walk', 'HEAD~1'), ['b/.env']);
  assert.deepEqual(await shows('commits'), ['b/.env']);
  assert.deepEqual(await shows('commits', '-1'), []);
  assert.deepEqual(await shows('commits', 'some/where'), ['b/.env']);
  assert.deepEqual(await shows('commits', '--', 'a.ts'), []);
  assert.deepEqual(await shows('everything'), ['b/.env']);
  assert.deepEqual(await shows('tree', 'HEAD'), ['b/.env']);
  assert.deepEqual(await shows('tree', 'first'), []);
  assert.deepEqual(await shows('object', git('rev-parse', 'HEAD:b/.env')), ['b/.env']);
  assert.deepEqual(await shows('object', git('rev-parse', 'HEAD:a.ts')), []);
});

test('of changes: only what has changed', async () => {
  assert.deepEqual(await shows('changes'), []);
  assert.deepEqual(await shows('changes', 'HEAD'), []);
  assert.deepEqual(await shows('changes', 'first', 'HEAD'), ['b/.env']);
  assert.deepEqual(await shows('changes', 'HEAD~1..HEAD'), []);
  assert.deepEqual(await shows('changes', 'first'), ['b/.env']);
  writeFileSync(at('a.ts'), 'three\n');
  assert.deepEqual(await shows('changes'), []);
  writeFileSync(at('b/.env'), 'A=2\n');
  assert.deepEqual(await shows('changes'), ['b/.env']);
  git('stash', '-q');
  assert.deepEqual(await shows('changes'), []);
  assert.deepEqual(await shows('stash'), ['b/.env']);
});

test('where git cannot say, what is tracked counts', async () =>
  assert.deepEqual(await shows('commits', 'no-such-thing'), ['b/.env']));
