import assert from 'node:assert/strict';
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { describedVariables } from '../../src/core/envFile.ts';
import { exceptedBy, hiddenBy, toldBy } from '../../src/core/hidden.ts';
import { holding } from '../../src/core/holding.ts';
import type { Machine } from '../../src/core/ports.ts';
import { secretContents } from '../../src/secrets/contents.ts';
import { secretFiles } from '../../src/secrets/files.ts';
import { detectors } from '../../src/secrets/index.ts';
import { machineWorld } from '../../src/system/world.ts';

/*
 * What is hidden for what stands in it, and what is told of what is hidden, on a disk. The tables are the real ones.
 */

const made: string[] = [];
after(() => made.forEach(folder => rmSync(folder, { recursive: true, force: true })));

function disk(files: Readonly<Record<string, string>>, globs: readonly string[] = []) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hidden-')));
  made.push(root);
  const at = (path: string) => join(root, path);
  for (const folder of ['ws', 'home', 'tmp']) mkdirSync(at(folder));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
  const machine: Machine = { platform: 'posix', home: at('home') };
  const world = machineWorld({
    machine,
    workspace: [at('ws')],
    temp: [at('tmp')],
    hiddenBy: hiddenBy(secretFiles, globs, machine),
    guarded: () => undefined,
    exposes: (text, path) => holding(path, text, secretContents, detectors),
    excepted: exceptedBy(globs, machine),
    told: toldBy(secretFiles, text => describedVariables(text, detectors)),
    bound: 10_000,
  });
  const contents = async (path: string) =>
    (await world.answer([{ about: 'contents', path: at(path) }])).contents.get(at(path));
  const path = async (name: string) =>
    (await world.answer([{ about: 'path', path: at(name), loss: false }])).paths.get(at(name));
  return { at, contents, path };
}

const account = JSON.stringify({
  type: 'service_account',
  private_key: `-----BEGIN PRIVATE KEY-----\n${sample(base62, 64)}`,
});
describe('hidden for what stands in it', () => {
  test('a service account, whatever its name, and by a glob, a link and another name', async () => {
    const it = disk({ 'ws/deploy/robot.txt': account });
    symlinkSync(it.at('ws/deploy/robot.txt'), it.at('ws/soft'));
    linkSync(it.at('ws/deploy/robot.txt'), it.at('ws/hard'));
    for (const path of ['ws/deploy/robot.txt', 'ws/deploy/*', 'ws/*/r?bot.txt', 'ws/soft', 'ws/hard'])
      assert.deepEqual(
        [(await it.contents(path))?.hidden, (await it.contents(path))?.holds],
        [true, 'service account'],
        path,
      );
  });

  test('settings of package managers and of Docker only with a login in them', async () => {
    const it = disk({
      'ws/.npmrc': 'save-exact=true\n',
      'ws/a/.npmrc': `//registry.example.com/:_authToken=${sample(base62, 36)}\n`,
      'home/.docker/config.json': '{"auths":{"ghcr.io":{}},"credsStore":"pass"}',
      'home/other/config.json': `{"auths":{"ghcr.io":{"auth":"${sample(base62, 20)}"}}}`,
    });
    const hidden = async (path: string) => (await it.contents(path))?.hidden ?? (await it.path(path))?.hidden;
    assert.equal(await hidden('ws/.npmrc'), undefined);
    assert.equal(await hidden('ws/a/.npmrc'), true);
    assert.equal(await hidden('home/.docker/config.json'), undefined);
    assert.equal(await hidden('home/other/config.json'), true);
  });

  test('not where a person shows it, by its own name and not by that of a link', async () => {
    const it = disk({ 'ws/shown/robot.json': account, 'ws/kept/robot.json': account }, ['!shown/**']);
    symlinkSync(it.at('ws/kept/robot.json'), it.at('ws/shown/link.json'));
    assert.equal(await it.contents('ws/shown/robot.json'), undefined);
    assert.equal((await it.contents('ws/kept/robot.json'))?.hidden, true);
    assert.equal((await it.contents('ws/shown/link.json'))?.hidden, true);
  });
});

describe('what is told of a hidden file', () => {
  const text = `# x\nDATABASE_URL=postgres://a:${sample(base62, 16)}@db/shop\nPORT=1\n`;

  test('the names of its variables, with what they are', async () => {
    const it = disk({ 'ws/.env': text, 'ws/env.txt': text }, ['env.txt']);
    symlinkSync(it.at('ws/.env'), it.at('ws/link'));
    for (const path of ['ws/.env', 'ws/.e*', 'ws/link', 'ws/env.txt']) {
      const fact = await it.path(path);
      assert.deepEqual(
        fact?.variables?.map(variable => variable.name),
        ['DATABASE_URL', 'PORT'],
        path,
      );
      assert.doesNotMatch(JSON.stringify(fact), new RegExp(sample(base62, 16)));
    }
  });

  test('never of a key, a folder, or what is no text', async () => {
    const it = disk({
      'ws/server.key': `A=1\n${text}`,
      'home/.ssh/x': text,
      'ws/.env': `A=1\0\n${text}`,
      'ws/.env.big': `A=1\n${'#'.repeat(100_000)}`,
    });
    for (const path of ['ws/server.key', 'home/.ssh', 'home/.ssh/x', 'ws/.env', 'ws/.env.big']) {
      const fact = await it.path(path);
      assert.notEqual(fact?.hidden, undefined, path);
      assert.equal(fact?.variables, undefined, path);
    }
  });

  test('a key over several lines gives no names', async () => {
    const it = disk({
      'ws/.env': `KEY=-----BEGIN\n${sample(base62, 64)}\nAbCd1=\nxYz==\n${sample(base62, 40)}=\n`,
    });
    assert.deepEqual(
      (await it.path('ws/.env'))?.variables?.map(({ name }) => name),
      ['KEY'],
    );
  });
});
