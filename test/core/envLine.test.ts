import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { variablesIn } from '../../src/core/envFile.ts';
import { isVariableName, variableName, withVariable } from '../../src/core/envLine.ts';

describe('a variable more', () => {
  for (const [text, after] of [
    ['', 'NAME=a-b\n'],
    ['A=1', 'A=1\nNAME=a-b\n'],
    ['A=1\n', 'A=1\nNAME=a-b\n'],
    ['A=1\r\nB=2\r\n', 'A=1\r\nB=2\r\nNAME=a-b\r\n'],
    ['# NAME=old\nOTHER_NAME=x\n', '# NAME=old\nOTHER_NAME=x\nNAME=a-b\n'],
  ] as const)
    test(`in ${JSON.stringify(text)}`, () => assert.equal(withVariable(text, 'NAME', 'a-b'), after));

  for (const text of ['NAME=', 'export NAME=x', 'A=1\n NAME="x\ny"\n', 'NAME: x'])
    test(`not in ${JSON.stringify(text)}`, () => assert.equal(withVariable(text, 'NAME', 'a-b'), undefined));

  test('is read again as it was, whatever it is', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), value => {
        const text = withVariable('A=1', 'NAME', value) ?? assert.fail();
        assert.deepEqual(
          variablesIn(text).map(it => [it.name, it.value]),
          [
            ['A', '1'],
            ['NAME', value],
          ],
        );
      }),
    ));
});

test('names', () => {
  for (const [called, kind, name] of [
    ['apiKey', 'github.token', 'API_KEY'],
    ['GITHUB_TOKEN', 'github.token', 'GITHUB_TOKEN'],
    ['my-token.value', 'github.token', 'MY_TOKEN_VALUE'],
    ['', 'github.token', 'GITHUB_TOKEN'],
    ['§', '§', 'SECRET'],
    ['2fa', '', 'SECRET_2FA'],
  ] as const) {
    assert.equal(variableName(called, kind), name);
    assert.ok(isVariableName(name));
  }
});
