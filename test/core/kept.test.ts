import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { base36, base62, sample } from '../../src/core/detector.ts';
import { keptIn } from '../../src/core/kept.ts';
import { detectors } from '../../src/secrets/index.ts';

const password = `${sample(base62, 11)}9`;
const token = sample(base36, 32);

/** Each credential as `name line stage`, with the value where it is short enough to be invented here. */
const kept = (text: string, path = '/work/.env', hidden = true) => keptIn(path, text, hidden, detectors);
const values = (text: string, path?: string, hidden?: boolean) =>
  kept(text, path, hidden).map(it => it.value);

describe('words that anybody writes are never credentials', () => {
  for (const value of [
    'postgres',
    'password',
    'localhost',
    'localhost:5432',
    'development',
    'production',
    'changeme',
    'change-me-please',
    'secret',
    'my-super-secret-key',
    'postgres123',
    'Password1',
    'admin123',
    'test-api-key-1',
    'your-api-key-here',
    'us-east-1',
    'eu-central-1',
    'db.example.com',
    'me@example.com',
    'https://example.com/callback',
    '/var/lib/postgresql/data',
    './certs/server.key',
    '~/.ssh/id_ed25519',
    'C:\\keys\\server.pem',
    '2026-11-29',
    '10.0.0.17:8080',
    '1.24.3-alpine',
    'v20.11.0',
    '12345678',
    '3600000000',
    'true',
    '$OTHER_TOKEN',
    '${API_KEY}',
    '{{ api_key }}',
    '<your token>',
    'op://vault/item/field',
    'xxxxxxxxxxxx',
    '************',
    'aaaaaaaaAAAA1',
    'X-CSRF-Token',
    'Bearer',
    'short1A',
  ])
    test(value, () => {
      for (const name of ['DB_PASSWORD', 'API_KEY', 'SECRET', 'TOKEN', 'DATABASE_URL', 'OTHER'])
        assert.deepEqual(values(`${name}=${value}`), [], name);
    });

  test('an address with such a password', () =>
    assert.deepEqual(values('DATABASE_URL=postgres://postgres:postgres@localhost:5432/app_dev'), []));

  test('what a page shows to everybody, and what names a thing', () => {
    for (const name of ['NEXT_PUBLIC_KEY_ID', 'VITE_API_KEY', 'GIT_SHA', 'RELEASE_VERSION', 'PROJECT_ID'])
      assert.deepEqual(values(`${name}=${token}`), [], name);
  });
});

describe('in a hidden file', () => {
  test('a value is one by its name', () => {
    const [first, ...others] = kept(`# comment\nexport DB_PASSWORD='${password}' # x\r\nDEBUG=1\n`);
    assert.deepEqual(others, []);
    assert.deepEqual(first, {
      value: password,
      name: 'DB_PASSWORD',
      line: 2,
      kind: 'password',
      rating: { provider: 'unknown', reach: 'unknown', stage: 'unknown', lasts: 'unknown' },
    });
  });

  test('a value is one by its looks', () => assert.deepEqual(values(`SOMETHING=${token}`), [token]));

  test('passwords in addresses, and the addresses', () => {
    const url = `postgres://app:${password}@db.example.com:5432/shop`;
    const found = kept(`DATABASE_URL=${url}`);
    assert.deepEqual(found.map(it => it.value).sort(), [password, url].sort());
    assert.ok(found.every(it => it.rating.stage !== 'test'));
    const here = kept(`DATABASE_URL=postgres://app:${password}@localhost:5432/shop`);
    assert.deepEqual([...new Set(here.map(it => it.rating.stage))], ['test']);
    assert.ok(values('U=redis://:p%40ss-W0rd-x9@cache.example.com').includes('p@ss-W0rd-x9'));
  });

  test('a password of a database on this machine is for tests', () => {
    assert.equal(kept(`DB_HOST=localhost\nDB_PASSWORD=${password}`)[0]?.rating.stage, 'test');
    assert.equal(kept(`DB_HOST=db.example.com\nDB_PASSWORD=${password}`)[0]?.rating.stage, 'unknown');
  });

  test('the file of an environment says what it is for', () => {
    assert.equal(kept(`API_KEY=${password}`, '/work/.env.test')[0]?.rating.stage, 'test');
    assert.equal(kept(`API_KEY=${password}`, '/work/.env.local')[0]?.rating.stage, 'unknown');
    assert.equal(kept(`API_KEY=${password}`, '/work/.env.production')[0]?.rating.stage, 'live');
  });

  for (const [path, text] of Object.entries({
    '/home/.npmrc': `//registry.example.org/:_authToken=${token}`,
    '/home/.netrc': `machine example.com\nlogin me\npassword ${token}`,
    '/home/.pgpass': `db.example.com:5432:*:app:${token}`,
    '/home/.git-credentials': `https://me:${token}@example.com`,
    '/home/.docker/config.json': `{"auths":{"example.com":{"auth":"${token}"}}}`,
    '/home/.config/gh/hosts.yml': `example.com:\n    oauth_token: ${token}`,
    '/home/.aws/credentials': `[default]\naws_secret_access_key = ${token}`,
    '/home/.kube/config': `users:\n- user:\n    token: ${token}`,
  }))
    test(path, () => assert.ok(values(text, path).includes(token), text));

  test('of a private key, a line that only it has', () => {
    const lines = Array.from({ length: 4 }, (_, at) => sample(base62, 60 + at).padEnd(64, 'Qz7'));
    const key = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----`;
    assert.deepEqual(values(key, '/work/server.pem'), [lines[3]]);
  });
});

test('in any other file only what is one without doubt', () => {
  const found = kept(`#!/bin/sh\nTOKEN=${token}\n`, '/work/scripts/old.sh', false);
  assert.deepEqual(
    found.map(({ name, line, value }) => [name, line, value]),
    [['TOKEN', 2, token]],
  );
  assert.deepEqual(values(`DB_PASSWORD=${password}`, '/work/scripts/old.sh', false), []);
});

test('what stands in tests and examples is for tests', () => {
  for (const path of ['/work/test/a.ts', '/work/src/a.test.ts', '/work/docs/x.md', '/work/__tests__/a.js'])
    assert.equal(kept(`TOKEN=${token}`, path, false)[0]?.rating.stage, 'test', path);
});

test('any text is read, in time that grows with it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.boolean(), (text, hidden) => {
      kept(text, '/work/.env', hidden);
    }),
    { seed: 20_261_129, numRuns: 300 },
  );
  for (const part of ['A=', 'key ', 'x://a:b', ':::::', 'token token ', '"""', '\n\n\n'])
    kept(part.repeat(200_000 / part.length));
});
