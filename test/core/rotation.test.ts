import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideOf } from '../../src/core/rotation.ts';

const steps = { where: 'the page', make: 'Make one.', revoke: 'Delete the old one.', depends: 'all.' };
const rotations = {
  shop: { name: 'Shop', ...steps, checked: 'shop.example, 2026-11' },
  unknown: { name: 'Another', ...steps },
};

test('the page of a provider has its steps, what to do after a leak, and where it is from', () =>
  assert.equal(
    guideOf(rotations, 'shop'),
    `# How to replace it: Shop

1. Open the page.
2. Make one.
3. Put the new one where the old one is used: all.
4. See that it works there.
5. Delete the old one.

If it leaked, begin with the last step, and replace it then: until it is revoked, whoever has it can use it.

From shop.example, 2026-11.
`,
  ));

for (const provider of ['unknown', 'nobody', '', 'toString', '__proto__'])
  test(`the page of ${JSON.stringify(provider)} is the general one, and says that it was not checked`, () => {
    const page = guideOf(rotations, provider);
    assert.match(page, /^# How to replace it: Another\n/);
    assert.match(page, /Not checked/);
  });
