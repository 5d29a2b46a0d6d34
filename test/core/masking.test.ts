import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { masker, type Named } from '../../src/core/masking.ts';

const token = sample(base62, 40);
const secret: readonly Named[] = [{ name: 'TOKEN', value: token }];

function shown(bytes: string, secrets = secret): string {
  const mask = masker(secrets);
  return mask.push(bytes) + mask.end();
}

describe('masked output', () => {
  test('names what was there', () => {
    assert.equal(shown(`a ${token} b ${token}${token}`), 'a <TOKEN> b <TOKEN><TOKEN>');
  });

  test('finds base64 and hex over the ends of lines, and leaves what is around', () => {
    const long = `${'x'.repeat(40)}${token}${'y'.repeat(50)}`;
    const wrapped = (
      Buffer.from(long)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n');
    const back = Buffer.from(shown(wrapped).replace(/<TOKEN>/, ''), 'base64').toString('latin1');
    assert.ok(/^x{39,40}/.test(back) && back.endsWith('y'.repeat(48)), back);
    const dump = (Buffer.from(token).toString('hex').match(/../g) ?? []).join(' ');
    assert.equal(shown(`00 ${dump} 00`), '00 <TOKEN> 00');
  });

  test('says the longer of two values that begin alike, and one of two that overlap', () => {
    const [short, long] = [
      { name: 'SHORT', value: 'abcdef' },
      { name: 'LONG', value: 'abcdefghij' },
    ];
    assert.equal(shown('abcdefghij abcdefghi.', [short, long]), '<LONG> <SHORT>ghi.');
    assert.equal(
      shown('abcdefgh12345', [
        { name: 'A', value: 'abcdefgh' },
        { name: 'B', value: 'gh12345' },
      ]),
      '<A>',
    );
  });

  test('replaces the lines of a value of several lines', () => {
    const key = `-----BEGIN KEY-----\n${sample(base62, 64)}\n${token}\n-----END KEY-----\n`;
    assert.equal(shown(`  ${token}\r\n`, [{ name: 'KEY', value: key }]), '  <KEY>\r\n');
  });

  test('shows a prompt after a pause, and holds what has begun to tell', () => {
    const mask = masker([{ name: 'TOKEN', value: ': secret' }]);
    assert.equal(mask.push('Password:'), 'Password');
    assert.equal(mask.pause(), ':');
    assert.equal(mask.push(' secret'), '<TOKEN>');
    assert.equal(mask.push('go: sec') + mask.pause(), 'go');
    assert.equal(mask.end(), '<TOKEN>');
  });

  test('holds no more than the longest form, however long the stream overlaps itself', () => {
    const mask = masker([{ name: 'A', value: 'aaaaaaaa' }]);
    let out = '';
    for (let round = 0; round < 2000; round++) out += mask.push('a'.repeat(1000));
    assert.equal(out + mask.end(), '<A>');
  });
});
