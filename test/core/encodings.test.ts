import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { encodings, utf8 } from '../../src/core/encodings.ts';

const values = {
  token: sample(base62, 40),
  'a password with everything': `p@ss "w'o\\r/d" $x \`y\` <&> ä€😀!*(~)`,
  'several lines': `-----BEGIN-----\n${sample(base62, 64)}\n-----END-----\n`,
};

/** As other programs write it: each function is somebody else's. */
const writers: Readonly<Record<string, (value: string) => string>> = {
  itself: value => value,
  base64: value => Buffer.from(value).toString('base64'),
  'base64 behind one byte': value => Buffer.from(`x${value}`).toString('base64'),
  'base64 behind two bytes': value => Buffer.from(`xy${value}`).toString('base64'),
  'base64 for URLs, behind five bytes': value => Buffer.from(`abcde${value}`).toString('base64url'),
  hex: value => Buffer.from(value).toString('hex'),
  'upper-case hex': value => Buffer.from(value).toString('hex').toUpperCase(),
  encodeURIComponent: value => encodeURIComponent(value),
  'lower-case percents': value => encodeURIComponent(value).replace(/%../g, it => it.toLowerCase()),
  encodeURI: value => encodeURI(value).replaceAll('%5B', '[').replaceAll('%5D', ']'),
  form: value => new URLSearchParams({ value }).toString().slice('value='.length),
  JSON: value => JSON.stringify(value).slice(1, -1),
  'JSON with escaped slashes': value => JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/'),
  'JSON in ASCII': value =>
    JSON.stringify(value)
      .slice(1, -1)
      .replace(/[\u0080-\uffff]/g, it => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'JSON in JSON': value => JSON.stringify(JSON.stringify(value)).slice(3, -3),
  'single quotes': value => value.split("'").join("'\\''"),
  HTML: value =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
};

describe('the forms of a value', () => {
  for (const [what, value] of Object.entries(values))
    for (const [writer, write] of Object.entries(writers))
      test(`${what}: ${writer}`, () => {
        const written = write(value);
        assert.ok(encodings(value).some(form => written.includes(form)));
      });

  test('are each there once, itself first, and none too short to mean anything', () => {
    const forms = encodings(values.token);
    assert.equal(forms[0], values.token);
    assert.equal(new Set(forms).size, forms.length);
    assert.ok(forms.every(form => form.length >= 8));
    assert.deepEqual(
      encodings('hunter').filter(form => !form.startsWith('\\u')),
      ['aHVudGVy', '68756e746572', '68756E746572'],
    );
  });

  test('UTF-8 is what Node writes, halves of characters too', () => {
    for (const text of [...Object.values(values), '\ud800x', 'x\udc00', '']) {
      assert.equal(utf8(text), Buffer.from(text).toString('latin1'));
    }
  });
});
