import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchKey } from '../../src/core/rule.ts';
import { paperWorld, type Paper } from '../support/world.ts';

async function fact(path: string, paper?: Paper) {
  return (await paperWorld(paper).answer([{ about: 'path', path, loss: true }])).paths.get(path);
}

test('a paper world judges paths by name', async () => {
  assert.deepEqual(await fact('/work/project/src/a.ts'), {
    real: '/work/project/src/a.ts',
    exists: true,
    folder: false,
    place: 'inside',
  });
  assert.equal((await fact('/work/project/id_rsa'))?.hidden, 'private key');
  assert.equal((await fact('/work/project/.e*'))?.hidden, 'environment file');
  assert.equal((await fact('/work/project/*'))?.hidden, undefined);
  assert.equal((await fact('/work/project/*'))?.place, 'workspace');
  assert.equal((await fact('/home/user'))?.place, 'home');
  assert.equal((await fact('/work/project/src'))?.folder, true);
  assert.equal((await fact('/a', { missing: ['/a'] }))?.exists, false);
  assert.equal(await fact('/a', { failing: ['/a'] }), undefined);
  assert.equal((await fact('/work/project/x', { links: { '/work/project/x': '/etc' } }))?.place, 'system');
});

test('a paper world says what it is told', async () => {
  const search = { query: 'q', regex: false, path: '/work/project', ignored: false };
  const world = paperWorld({ shows: { q: ['/work/project/.env'] }, leads: { build: 'rm -rf dist' } });
  const { searches } = await world.answer([{ about: 'search', ...search }]);
  assert.deepEqual(searches.get(searchKey(search)), { shows: ['/work/project/.env'] });
  assert.deepEqual(
    await world.read({ to: 'script', manifest: 'package.json', name: 'build' }, '/work/project'),
    {
      found: 'text',
      text: 'rm -rf dist',
      file: '/work/project/package.json',
      line: 1,
    },
  );
});
