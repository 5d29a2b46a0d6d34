import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { hiddenBy, lastNames } from '../../src/core/hidden.ts';
import { secretFiles } from '../../src/secrets/files.ts';
import { walk, type Bounds } from '../../src/system/sandbox/walk.ts';

const generous: Bounds = { time: 60_000, entries: 100_000 };

describe('what is hidden is found', { skip: process.platform === 'win32' }, () => {
  let root: string;
  const at = (...parts: readonly string[]) => path.join(root, ...parts);
  const write = (file: string) => {
    fs.mkdirSync(path.dirname(at(file)), { recursive: true });
    fs.writeFileSync(at(file), 'x');
  };
  const walked = (bounds = generous, globs: readonly string[] = [], roots = [at('work'), at('home')]) => {
    const machine = { platform: 'posix', home: at('home') } as const;
    const all = [...secretFiles.flatMap(it => it.globs), ...globs];
    return walk(
      roots,
      {
        hiddenBy: hiddenBy(secretFiles, globs, machine),
        names: lastNames([...all, 'marked'], machine),
        marks: file => file.endsWith('/marked'),
      },
      bounds,
    );
  };
  before(() => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'walk-')));
    for (const file of ['work/.env', 'work/a/b/.ENV.local', 'work/.env.example', 'work/src/x.ts'])
      write(file);
    for (const file of [
      'home/.ssh/id_rsa',
      'home/.ssh/known_hosts',
      'elsewhere/secret',
      'elsewhere/keys/one',
    ])
      write(file);
    write('work/own/deep/thing.txt');
    write('work/sub/marked');
    fs.symlinkSync(at('elsewhere/secret'), at('work/.env.linked'));
    fs.symlinkSync(at('elsewhere/keys'), at('work/.ssh'));
    fs.symlinkSync('nowhere', at('work/.env.broken'));
    fs.symlinkSync('..', at('work/circle'));
    fs.linkSync(at('work/.env'), at('home/other.txt'));
  });
  after(() => fs.rmSync(root, { recursive: true, force: true }));

  test('files, folders with what is none in them, what links lead to, and other names', () => {
    const { files, folders, shown, marked, otherNames, finished } = walked();
    assert.deepEqual(files.toSorted(), [
      at('elsewhere/secret'),
      at('home/other.txt'),
      at('work/.env'),
      at('work/a/b/.ENV.local'),
    ]);
    assert.deepEqual(folders.toSorted(), [at('elsewhere/keys'), at('home/.ssh')]);
    assert.deepEqual(shown, [at('home/.ssh/known_hosts')]);
    assert.deepEqual(marked, [at('work/sub/marked')]);
    assert.deepEqual(otherNames, []);
    assert.ok(finished);
  });

  test('a person hides a folder too, and shows a file', () => {
    const { files, folders } = walked(generous, ['own', '!**/.env']);
    assert.deepEqual(folders.includes(at('work/own')), true);
    assert.equal(files.includes(at('work/.env')), false);
  });

  test('a name that was not found is told', () => {
    const { otherNames } = walked(generous, [], [at('work')]);
    assert.deepEqual(otherNames, [at('work/.env')]);
  });

  test('a root can be hidden itself, as a file and as a folder, and be missing', () => {
    const { files, folders, finished } = walked(generous, [], [at('work/.env'), at('home/.ssh'), at('no')]);
    assert.ok(files.includes(at('work/.env')));
    assert.deepEqual(folders, [at('home/.ssh')]);
    assert.ok(finished);
  });

  for (const [what, bounds] of [
    ['entries', { ...generous, entries: 3 }],
    ['time', { ...generous, time: 0 }],
  ] as const)
    test(`not all of it where ${what} run out, and that is said`, () => assert.ok(!walked(bounds).finished));

  test('the last names of globs are found whatever their case, and no others', () => {
    const is = lastNames(['**/.env', '**/*.pem', '**/.ssh/', 'keys/**', '~/.aws/credentials*', '**'], {
      platform: 'posix',
      home: '/home/x',
    });
    const names = ['.env', '.ENV', 'a.pem', '.ssh', 'keys', 'credentials.bak'];
    assert.deepEqual(names.filter(is), names);
    const strict = lastNames(['**/.env', '**/*.pem'], { platform: 'posix', home: '/' });
    assert.deepEqual(['.env.x', 'pem', 'a.pem.txt', '.envrc'].filter(strict), []);
  });
});
