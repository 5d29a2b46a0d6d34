import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { connectionIn } from '../../src/core/connection.ts';

const secret = ['not', 'a', 'password'].join('-');

describe('a connection', () => {
  for (const [text, host, database, here = false] of [
    [`postgresql://me:${secret}@db.example.com:5432/app?schema=public`, 'db.example.com', 'app'],
    [`mongodb+srv://me:${secret}@a.example.net,b.example.net/app`, 'a.example.net,b.example.net', 'app'],
    [
      `jdbc:sqlserver://h.example.com:1433;databaseName=app;user=me;password=${secret}`,
      'h.example.com',
      'app',
    ],
    ['jdbc:postgresql://h/app', 'h', 'app'],
    ['postgres://[::1]:5432/app', '[::1]', 'app'],
    [`redis://:${secret}@cache.example.com:6379/0`, 'cache.example.com', '0'],
    [`libsql://app.example.io?authToken=${secret}`, 'app.example.io', undefined],
    [`host=db.example.com dbname=app password=${secret}`, 'db.example.com', 'app'],
    [`Server=tcp:h.example.net,1433;Initial Catalog=app;Password=${secret}`, 'h.example.net', 'app'],
    ['postgres:///app', undefined, 'app', true],
    ['postgres://me@/app?host=/run/postgresql', undefined, 'app', true],
    ['dbname=app', undefined, 'app', true],
    ['file:./dev.db', undefined, './dev.db', true],
    ['sqlite:///srv/app.db', undefined, '/srv/app.db', true],
    ['sqlite::memory:', undefined, ':memory:', true],
  ] as const)
    test(text.replace(secret, '…'), () =>
      assert.deepEqual(connectionIn(text), {
        reach: { ...(host !== undefined && { host }), ...(database !== undefined && { database }) },
        here,
      }),
    );

  for (const text of ['', 'words', 'not a url', 'x'.repeat(5000), `postgres://me:${secret}@h/d?x=a@b`])
    test(`${text.slice(0, 12)} is none that can be told`, () => assert.equal(connectionIn(text), undefined));
});

test('a password is never taken for a host or a database, whatever is in it', () =>
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('q', 'Z', '9', '@', '/', ':', '?', '#', ';', '=', '%', ' '),
        minLength: 3,
        maxLength: 12,
      }),
      middle => {
        const password = `zqz${middle}zqz`;
        const found = JSON.stringify(connectionIn(`postgres://me:${password}@db.example.com/app`) ?? '');
        assert.ok(!found.includes('zqz'), found);
      },
    ),
    { numRuns: 500 },
  ));
