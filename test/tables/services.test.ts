import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { programs } from '../../src/programs/index.ts';
import { services } from '../../src/programs/services/index.ts';
import { decisionFor } from '../support/line.ts';

describe('services', () => {
  for (const { title, examples } of services)
    describe(title, () => {
      for (const line of examples.catches)
        test(`is stopped: ${line}`, async () => {
          const { verdict } = await decisionFor(line);
          assert.notEqual(verdict, 'allow');
        });
      for (const line of examples.leaves)
        test(`is left: ${line}`, async () => {
          const { verdict, findings } = await decisionFor(line);
          assert.deepEqual([verdict, findings.map(it => it.rule)], ['allow', []]);
        });
      test('has examples of both', () => {
        assert.ok(examples.catches.length > 0 && examples.leaves.length > 0);
      });
    });

  test('no two have a program in common', () => {
    const names = services.flatMap(it => it.programs);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  test('each program is in the table of programs', () => {
    for (const { programs: names } of services)
      for (const name of names) assert.ok(Object.hasOwn(programs, name));
  });
});
