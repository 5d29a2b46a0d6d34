import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Place } from '../../src/core/model.ts';
import { gravest, placeOf } from '../../src/core/places.ts';
import type { Machine } from '../../src/core/ports.ts';

const posix: Machine = { platform: 'posix', home: '/home/user' };
const windows: Machine = { platform: 'windows', home: 'C:/Users/user' };
const here = { workspace: ['/home/user/code/app'], temp: ['/tmp'], machine: posix };

const onPosix: Record<Place, readonly string[]> = {
  root: ['/', '/mnt/c', '/mnt/disk', '/Volumes/Backup', '/media/user/stick', '/mnt'],
  system: [
    '/etc',
    '/etc/passwd',
    '/usr/bin/x',
    '/var',
    '/var/tmp',
    '/boot',
    '/opt/x',
    '/dev',
    '/proc/1/maps',
    '/mnt/c/Windows/System32',
  ],
  device: ['/dev/sda', '/dev/nvme0n1p1', '/dev/mem', '/dev/tcp/host/80'],
  home: [
    '/home',
    '/home/user',
    '/home/user/Documents',
    '/home/user/.ssh',
    '/home/user/.config',
    '/home/other',
    '/root',
  ],
  outside: [
    '/home/user/x',
    '/home/user/.bashrc',
    '/home/user/code/other',
    '/srv/x',
    '/tmp',
    '/home/user/code/app2',
    '/home/other/x',
  ],
  temp: [
    '/tmp/x',
    '/tmp/a/b',
    '/dev/null',
    '/dev/stdout',
    '/dev/fd/3',
    '/dev/tty',
    '/dev/shm/x',
    '/proc/self/fd/1',
  ],
  workspace: ['/home/user/code/app', '/home/user/code'],
  inside: [
    '/home/user/code/app/x',
    '/home/user/code/app/bin',
    '/home/user/code/app/lib/data',
    '/home/user/code/app/vendor/x',
    '/home/user/code/app/.github',
    '/home/user/code/app/.gitignore',
    '/home/user/code/app/src/build/x.ts',
    '/home/user/code/app/src/cmake-build-x',
    '/home/user/code/app/distribution',
  ],
  rebuilt: [
    '/home/user/code/app/dist',
    '/home/user/code/app/node_modules/x/.git',
    '/home/user/code/app/packages/a/build/b',
    '/home/user/code/app/x.egg-info',
    '/home/user/code/app/src/__pycache__/a.pyc',
    '/home/user/code/app/.venv/bin/python',
    '/home/user/code/app/package-lock.json',
    '/home/user/code/app/cmake-build-debug/x',
    '/home/user/code/app/infra/.terraform',
  ],
  repository: [
    '/home/user/code/app/.git',
    '/home/user/code/app/.git/build/x',
    '/home/user/code/app/lib/.git',
    '/home/user/code/.git/config',
  ],
};

for (const [place, paths] of Object.entries(onPosix))
  for (const path of paths) test(`${path} is ${place}`, () => assert.equal(placeOf(path, here), place));

const onWindows: readonly (readonly [string, Place])[] = [
  ['C:/', 'root'],
  ['d:\\', 'root'],
  ['C:/Windows/System32', 'system'],
  ['c:\\Program Files\\x', 'system'],
  ['C:/Users', 'home'],
  ['C:/Users/user', 'home'],
  ['c:/users/USER/documents', 'home'],
  ['C:/Users/other', 'home'],
  ['C:/Users/user/AppData/Local/Temp/x', 'temp'],
  ['D:/app', 'workspace'],
  ['d:/APP/Dist/x', 'rebuilt'],
  ['D:/app/.GIT/config', 'repository'],
  ['D:/app/x', 'inside'],
  ['D:/other', 'outside'],
  ['D:/other/nul', 'temp'],
];
const there = { workspace: ['D:/app'], temp: ['C:/Users/user/AppData/Local/Temp'], machine: windows };
for (const [path, place] of onWindows)
  test(`${path} is ${place} on Windows`, () => assert.equal(placeOf(path, there), place));

test('a workspace in a temporary or a system folder is a workspace', () => {
  const at = (workspace: string, path: string) => placeOf(path, { ...here, workspace: [workspace] });
  assert.equal(at('/tmp/app', '/tmp/app/x'), 'inside');
  assert.equal(at('/tmp/app', '/tmp/app'), 'workspace');
  assert.equal(at('/var/www/app', '/var/www/app/x'), 'inside');
  assert.equal(at('/var/www/app', '/var/www/app'), 'workspace');
  assert.equal(at('/var/www/app', '/var/www'), 'system');
  assert.equal(at('/mnt/work', '/mnt/work'), 'workspace');
});

test('a whole disk as workspace takes nothing out of its place', () => {
  for (const place of ['root', 'system', 'device', 'home', 'outside'] as const)
    for (const path of onPosix[place]) assert.equal(placeOf(path, { ...here, workspace: ['/'] }), place);
});

test('with the home folder as workspace its own folders stay what they are', () => {
  const at = (path: string) => placeOf(path, { ...here, workspace: ['/home/user'] });
  assert.deepEqual(['/home/user', '/home/user/.ssh', '/home/user/notes.md'].map(at), [
    'home',
    'home',
    'inside',
  ]);
});

test('the gravest place wins', () => {
  assert.equal(gravest(['inside', 'workspace', 'temp']), 'workspace');
  assert.equal(gravest(['rebuilt', 'temp']), 'temp');
  assert.equal(gravest(['outside', 'root', 'home']), 'root');
  assert.equal(gravest([]), 'inside');
});

const path = fc
  .array(fc.constantFrom('..', '.', '', 'a', 'dist', '.git', 'src', 'etc', 'home', 'user', 'tmp'), {
    maxLength: 8,
  })
  .map(parts => `/${parts.join('/')}`);

test('every path has a place, however it is written', () => {
  fc.assert(
    fc.property(path, it => {
      assert.equal(placeOf(it, here), placeOf(`${it}/./x/../`, here));
    }),
  );
});

test('what holds a workspace is never inside one', () => {
  fc.assert(
    fc.property(path, it => {
      const place = placeOf(it, { ...here, workspace: [`${it}/below`] });
      assert.ok(['root', 'system', 'home', 'workspace', 'device', 'repository'].includes(place), place);
    }),
  );
});
