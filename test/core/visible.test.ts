import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { label, visible } from '../../src/core/visible.ts';

describe("what a person is shown of an agent's text", () => {
  for (const [name, hidden] of Object.entries({
    'a change of direction': '\u202e',
    'an escape sequence': '\u001b[2K',
    'a carriage return': 'rm -rf ~\recho hello',
    'no width': '\u200b',
    'a blank letter': '\u3164',
    'a tag': '\u{e0041}',
  }))
    test(`spells out ${name}`, () => {
      assert.match(visible(hidden), /\\u\{[\da-f]+\}/);
      assert.equal(visible(visible(hidden)), visible(hidden));
    });

  test('is left as it is otherwise', () => {
    const text = 'printf "%s\\n" "grüße, 你好" |\n\ttee größe.txt';
    assert.equal(visible(text), text);
  });

  test('fits a label', () => {
    assert.equal(label('  a\n\tb  '), 'a b');
    assert.equal(label('x'.repeat(300)).length, 200);
  });
});
