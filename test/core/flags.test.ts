import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readArguments, type Options } from '../../src/core/shell/flags.ts';

const short: Options = { values: ['-k', '--signal'] };

describe('an argument list', () => {
  check('-rf x', {}, { flags: '-r -f', operands: 'x' });
  check('-r -- -f', {}, { flags: '-r', operands: '-f' });
  check('-kTERM x', short, { flags: '-k=TERM', operands: 'x' });
  check('-k TERM x', short, { flags: '-k=TERM', operands: 'x' });
  check('-rk TERM x', short, { flags: '-r -k=TERM', operands: 'x' });
  check('-krf x', short, { flags: '-k=rf', operands: 'x' });
  check('--signal TERM x', short, { flags: '--signal=TERM', operands: 'x' });
  check('--signal=TERM x', short, { flags: '--signal=TERM', operands: 'x' });
  check('--signal= x', short, { flags: '--signal=', operands: 'x' });
  check('--other=x y', short, { flags: '--other=x', operands: 'y' });
  check('x -r', {}, { flags: '-r', operands: 'x' });
  check('x -r y', { early: true }, { flags: '', operands: 'x -r y' });
  check('-k', short, { flags: '-k', operands: '' });
  check('-', {}, { flags: '', operands: '-' });
  check('-cmd x y', { single: true, values: ['-cmd'] }, { flags: '-cmd=x', operands: 'y' });
  check('-name=x', { single: true }, { flags: '-name=x', operands: '' });
});

test('the last value counts, and all are there', () => {
  const { value, all } = read('-k a -k b', short);
  assert.equal(value('-k')?.text, 'b');
  assert.deepEqual(
    all('-k').map(it => it.text),
    ['a', 'b'],
  );
});

test('no argument is lost: each is a flag, a value or an operand', () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('-r', '-rf', '-k', 'x', '--', '--signal', '--a=b', '-', '-kx')),
      words => {
        const { operands, flags } = read(words.join(' '), { values: [] });
        const dashes = words.indexOf('--');
        assert.equal(operands.length + flags.length, words.length - (dashes < 0 ? 0 : 1));
      },
    ),
  ));

function check(
  line: string,
  options: Options,
  { flags, operands }: { readonly flags: string; readonly operands: string },
): void {
  test(`${line} ${JSON.stringify(options)}`, () => {
    const given = read(line, options);
    for (const flag of flags.split(' ').filter(Boolean)) {
      const [name = '', value] = flag.split('=');
      assert.ok(given.has(name), name);
      assert.equal(given.value(name)?.text, value);
    }
    assert.equal(given.operands.map(it => it.text).join(' '), operands);
  });
}

function read(line: string, options: Options) {
  const words = line
    .split(' ')
    .filter(Boolean)
    .map(text => ({ text, known: true, wild: false, at: [0, 0] as const }));
  return readArguments(words, options);
}
