import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meet } from '../../src/core/meet.ts';

test('globs meet where there is a path that both take, whichever comes first', () => {
  for (const [a, b, both] of [
    ['**/id_rsa*', '**/*.pub', true],
    ['**/id_rsa', '**/*.pub', false],
    ['**/ID_RSA*', '**/id_*.Pub', true],
    ['**/a?', '**/?', false],
    ['**/.env', '**/node_modules/**', true],
    ['/etc/a', '/usr/**', false],
    ['**/a/*.key', '**/b/**', true],
    ['a/*', 'b/*', false],
  ] as const)
    assert.deepEqual([meet(a, b), meet(b, a)], [both, both], `${a} ${b}`);
});
