import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  absolute,
  basename,
  beforeWildcard,
  dirname,
  isAbsolute,
  isWithin,
  normal,
  relative,
} from '../../src/core/paths.ts';
import type { Machine } from '../../src/core/ports.ts';

const posix: Machine = { platform: 'posix', home: '/home/user' };
const windows: Machine = { platform: 'windows', home: 'C:/Users/user' };

test('a path as a program writes it becomes absolute', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a', '/w/a'],
    ['./a/../b//c/', '/w/b/c'],
    ['../../..', '/'],
    ['~', '/home/user'],
    ['~/x', '/home/user/x'],
    ['~other', '/home/other'],
    ['/x/./y', '/x/y'],
    ['', '/w'],
    ['a\\b', '/w/a\\b'],
  ];
  for (const [written, expected] of cases) assert.equal(absolute(written, '/w', posix), expected);
});

test('on Windows slashes go both ways and drives are upper case', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a\\b', 'D:/w/a/b'],
    ['c:\\x\\..\\y', 'C:/y'],
    ['~\\x', 'C:/Users/user/x'],
    ['..\\..\\..', 'D:/'],
  ];
  for (const [written, expected] of cases) assert.equal(absolute(written, 'd:\\w', windows), expected);
  assert.ok(isAbsolute('c:\\x', windows));
  assert.ok(!isAbsolute('c:\\x', posix));
});

test('within is by whole names', () => {
  assert.ok(isWithin('/a/b', '/a', posix));
  assert.ok(isWithin('/a', '/a', posix));
  assert.ok(isWithin('/a', '/', posix));
  assert.ok(!isWithin('/ab', '/a', posix));
  assert.ok(!isWithin('/A/b', '/a', posix));
  assert.ok(isWithin('C:/A/b', 'c:/a', windows));
});

test('names and ways down', () => {
  assert.equal(basename('/a/b/'), 'b');
  assert.equal(basename('b'), 'b');
  assert.equal(dirname('/a/b'), '/a');
  assert.equal(dirname('/a'), '/');
  assert.equal(dirname('a'), '.');
  assert.equal(relative('/a/b/c', '/a', posix), 'b/c');
  assert.equal(relative('/a', '/a', posix), '.');
  assert.equal(relative('/a/b', '/', posix), 'a/b');
  assert.equal(relative('/x', '/a', posix), '/x');
});

test('the folder before a wildcard', () => {
  assert.deepEqual(beforeWildcard('/a/b/*.ts'), { folder: '/a/b', wild: true });
  assert.deepEqual(beforeWildcard('/*'), { folder: '/', wild: true });
  assert.deepEqual(beforeWildcard('/a/b'), { folder: '/a/b', wild: false });
  assert.deepEqual(beforeWildcard('/a/[x]/b'), { folder: '/a', wild: true });
});

test('the normal form is one, and what was joined lies within', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', '.', '..', '', 'c d'), { maxLength: 8 })
    .map(parts => parts.join('/'));
  fc.assert(
    fc.property(path, it => {
      const once = absolute(it, '/w', posix);
      assert.equal(normal(once, posix), once);
      assert.ok(isWithin(`${once === '/' ? '' : once}/x`, once, posix));
      assert.equal(absolute(relative(once, '/', posix), '/', posix), once);
    }),
  );
});
