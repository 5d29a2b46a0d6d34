import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { encodings } from '../../src/core/encodings.ts';
import { describedVariables } from '../../src/core/envFile.ts';
import { masked } from '../../src/core/masked.ts';
import type { PathFact } from '../../src/core/model.ts';
import { detectors } from '../../src/secrets/index.ts';

const plain: PathFact = { real: '/w/a', exists: true, folder: false, place: 'inside' };
const hidden = (why: string, text = ''): PathFact => {
  const variables = describedVariables(text, detectors);
  return { ...plain, hidden: why, ...(variables.length && { variables }) };
};
const key = `sk_live_${sample(base62, 24)}`;
const password = sample(base62, 20);
const env = `# OLD=${password}\nURL=postgres://a:${password}@db/shop\nKEY=${key}\nPORT=3000\nHOST=localhost\nDB_PASSWORD=hunter22\n`;
const shown = (text: string, more: Partial<Parameters<typeof masked>[0]> = {}) =>
  masked({ path: '/w/a', text, fact: plain, around: [], ...more }, detectors);

describe('what an agent may see of a file', () => {
  test('of an env file its variables, and nothing of a value', () => {
    assert.deepEqual(shown(env, { fact: hidden('environment file', env) }), {
      shows: 'text',
      text: [
        `URL=<URL with a password, ${password.length + 21} characters>`,
        'KEY=<Stripe secret key, 32 characters>',
        'PORT=<number, 4 characters>',
        'HOST=<text, 9 characters>',
        'DB_PASSWORD=<text, 8 characters>\n',
      ].join('\n'),
    });
  });

  test('of any other file the text, without its credentials', () => {
    assert.deepEqual(shown(`a\nconst key = '${key}';\n`), {
      shows: 'text',
      text: `a\nconst key = '<stripe.key>';\n`,
    });
  });

  test('without what an env file around it keeps, in any form, but with what is no secret', () => {
    for (const form of encodings('hunter22'))
      assert.deepEqual(shown(`x ${form} localhost 3000`, { around: [env] }), {
        shows: 'text',
        text: 'x <DB_PASSWORD> localhost 3000',
      });
  });

  test('nothing of a key, of what holds a login as a whole, and of what is ours', () => {
    const reasons: readonly Partial<Parameters<typeof masked>[0]>[] = [
      { fact: { ...hidden('private key'), instead: 'give its path.' } },
      {
        contents: {
          holds: 'service account',
          file: '/w/a',
          line: 1,
          hidden: true,
          whole: true,
          instead: 'x.',
        },
      },
      { fact: { ...plain, guarded: 'the ledger' } },
    ];
    for (const reason of reasons) {
      const seen = shown(`${key}\n`, reason);
      assert.equal(seen.shows, 'nothing');
      assert.doesNotMatch(JSON.stringify(seen), new RegExp(key));
    }
  });

  test('of a file that is hidden for a credential in it, the rest', () => {
    const contents = { holds: 'stripe key', file: '/w/a', line: 1, hidden: true } as const;
    assert.deepEqual(shown(`KEY=${key}\nls\n`, { contents }), {
      shows: 'text',
      text: 'KEY=<stripe.key>\nls\n',
    });
  });
});
