import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Example, Rule } from '../../src/core/model.ts';
import { textOf } from '../../src/core/text.ts';
import { rules } from '../../src/rules/index.ts';
import { actionFor, decisionFor } from '../support/line.ts';

for (const rule of rules)
  describe(rule.id, () => {
    for (const example of rule.examples.catches)
      test(`catches ${nameOf(example)}`, async () =>
        assert.ok((await caughtBy(example, rule)).includes(rule.id)));
    for (const example of rule.examples.leaves)
      test(`leaves ${nameOf(example)}`, async () =>
        assert.ok(!(await caughtBy(example, rule)).includes(rule.id)));
  });

async function caughtBy(example: Example, rule: Rule): Promise<readonly string[]> {
  const { findings } = await decisionFor(example, rule.strict ? { mode: 'strict' } : {});
  return findings.map(finding => finding.rule);
}

function nameOf(example: Example): string {
  return textOf(actionFor(example)).replaceAll('\n', '⏎');
}
