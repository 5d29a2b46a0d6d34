import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { mostSpotted, scanText } from '../../src/core/scan.ts';
import { detectors } from '../../src/secrets/index.ts';

const scan = (text: string, path = 'a.txt') => scanText(path, text, detectors);
const token = `ghp_${sample(base62, 36)}`;

describe('scanText', () => {
  test('says what it is, where, and how grave, and shows only its mark', () => {
    const text = `# a\nexport PROD_TOKEN=${token}\n`;
    const [spotted, ...others] = scan(text);
    assert.deepEqual(others, []);
    assert.equal(spotted?.detector, 'github.token');
    assert.equal(spotted.provider, 'github');
    assert.equal(text.slice(...spotted.at), token);
    assert.deepEqual([spotted.line, spotted.column], [2, 18]);
    assert.equal(spotted.value, token);
    assert.equal(spotted.shown, 'ghp_…');
    assert.equal(spotted.rating.environment, 'production');
    assert.equal(spotted.sure, true);
  });

  test('one credential is one finding, that of the most particular detector', () => {
    for (const text of [
      `GITHUB_TOKEN=${token}`,
      `Authorization: Bearer ${token}`,
      `https://x:${token}@github.com/a/b`,
    ])
      assert.deepEqual(
        scan(text).map(it => it.detector),
        ['github.token'],
      );
  });

  test('in the order of the text', () => {
    const lines = scan(
      `password=${sample(base62, 30)}\n${token}\nAKIA${sample('ABCDEFGHIJKLMNOP234567', 16)}\n`,
    );
    assert.deepEqual(
      lines.map(it => it.line),
      [1, 2, 3],
    );
  });

  test('a text of nothing but credentials has an end', () => {
    assert.equal(scan(`${token}\n`.repeat(mostSpotted + 500)).length, mostSpotted);
  });
});
