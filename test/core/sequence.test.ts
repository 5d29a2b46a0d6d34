import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inOrder } from '../../src/core/sequence.ts';
import { decisionFor, effectsFor } from '../support/line.ts';

describe('what effects mean together', () => {
  test('a checkout that is deleted to be cloned again loses what was not committed', async () => {
    const { findings } = await decisionFor('rm -rf shop && git clone https://example.com/team/shop.git', {
      missing: ['/work/project/shop'],
    });
    assert.deepEqual(
      findings.map(it => it.rule),
      ['git.discard-changes'],
    );
  });

  test('what is not there is not lost', async () => {
    const missing = ['/work/project/shop'];
    assert.equal((await decisionFor('rm -rf shop', { missing })).verdict, 'allow');
    assert.equal((await decisionFor('rm -rf shop')).verdict, 'ask');
  });

  test('but the line itself may have put it there', async () => {
    const { verdict } = await decisionFor('mv photos/a.png shop/a.png && rm -rf shop', {
      missing: ['/work/project/shop'],
    });
    assert.equal(verdict, 'ask');
  });

  test('a name that is not fully known may be anything', async () => {
    const { verdict } = await decisionFor('rm -rf "$X"', { missing: ['/work/project/$X'] });
    assert.equal(verdict, 'ask');
  });

  test('more changes than are compared stir everything', async () => {
    const line = `${Array.from({ length: 300 }, (_, index) => `echo x > f${index}`).join('; ')}; rm -rf shop`;
    const effects = inOrder(await effectsFor(line));
    assert.equal(effects.filter(it => it.does === 'delete' && it.stirred).length, 1);
  });
});
