import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gravest } from '../../src/core/gravest.ts';
import { programs } from '../../src/programs/index.ts';
import { decisionFor } from '../support/line.ts';

describe('the gravest tier', () => {
  test('is names, each once, that need no quotes', () => {
    assert.equal(new Set(gravest).size, gravest.length);
    for (const name of gravest) assert.match(name, /^[\w-]+$/);
  });

  for (const name of gravest)
    test(`${name} is known, and silent where it does nothing`, async () => {
      assert.ok(Object.hasOwn(programs, name));
      for (const line of [`${name} --version`, `${name} --help`, `cat | ${name} --help`])
        assert.equal((await decisionFor(line)).verdict, 'allow', line);
    });

  test('leaves out what builds start by the hundred', () => {
    for (const name of ['rm', 'dd', 'git', 'docker', 'gh', 'sqlite3', 'sh', 'node'])
      assert.ok(!gravest.includes(name), name);
  });
});
