import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { environmentBy, type Environment } from '../../src/core/environment.ts';
import type { Reach } from '../../src/core/model.ts';
import { isLocalHost, looksLikeProduction } from '../../src/core/rule.ts';

const production: Environment = { environment: 'production', production: true, local: false };
const local: Environment = { production: false, local: true };
const neither: Environment = { production: false, local: false };

describe('without patterns', () => {
  for (const [service, reach, expected] of [
    ['postgresql', { host: 'db.prod.example.com' }, production],
    ['postgresql', { host: 'db.example.com', database: 'shop_production' }, production],
    ['postgresql', { host: 'localhost', database: 'shop_production' }, production],
    ['postgresql', { host: 'localhost', database: 'shop' }, local],
    ['postgresql', { host: 'db' }, local],
    ['postgresql', { host: 'postgres,localhost' }, local],
    ['mongodb', { host: 'localhost,db.example.com' }, neither],
    ['postgresql', { host: 'db.prod.internal' }, production],
    ['postgresql', { host: 'db.example.com' }, neither],
    ['postgresql', {}, neither],
    ['sqlite', { database: '/home/user/live/app.db' }, neither],
    ['sqlite', { database: '/srv/app/prod.db' }, production],
    ['aws', { profile: 'acme-prod', region: 'eu-west-1' }, production],
    ['aws', { profile: 'acme', region: 'prod' }, neither],
    ['kubernetes', { context: 'kind-test', host: '127.0.0.1' }, local],
    ['kubernetes', { context: 'minikube', host: '192.168.49.2' }, local],
    ['kubernetes', { context: 'office', host: '192.168.49.2' }, neither],
    ['kubernetes', { context: 'prod-eu', host: '127.0.0.1' }, production],
    ['neon', { branch: 'main' }, production],
    ['neon', { branch: 'feature' }, neither],
    ['git', { branch: 'main' }, neither],
    ['git', { branch: 'fix/prod-login' }, neither],
    ['git', { branch: 'production' }, production],
    ['prisma', { variable: 'PROD_DATABASE_URL' }, production],
  ] as const satisfies readonly (readonly [string, Reach, Environment])[])
    test(`${service} ${JSON.stringify(reach)}`, () =>
      assert.deepEqual(environmentBy({})(service, reach), expected));

  test('a file or a socket is here, unless it sounds like production', () => {
    const by = environmentBy({});
    assert.deepEqual(by('sqlite', { database: 'dev.db' }, { here: true }), local);
    assert.deepEqual(by('sqlite', { database: 'prod.db' }, { here: true }), production);
    assert.deepEqual(by('docker', { host: 'build.example.com' }, { here: true }), neither);
  });
});

describe('with patterns', () => {
  const by = environmentBy({
    production: ['*.shop.example.com', 'account:1234*', 'db?'],
    staging: ['prod-stage', '*.stage.example.com', 'shop.example.net'],
    local: ['app_dev', 'SHOP.example.net'],
  });
  const named = (environment: string): Environment => ({ environment, production: false, local: false });
  for (const [reach, expected] of [
    [{ host: 'db.shop.example.com' }, production],
    [{ host: 'DB.Shop.Example.com' }, production],
    [{ host: 'shop.example.com' }, neither],
    [{ account: '123456' }, production],
    [{ project: '123456' }, neither],
    [{ database: 'db1' }, production],
    [{ database: 'db' }, neither],
    // A name that a person gave to something else is not production, whatever it sounds like.
    [{ context: 'prod-stage' }, named('staging')],
    [{ context: 'prod-stage', host: 'x.shop.example.com' }, production],
    [{ context: 'prod-other' }, production],
    [{ host: 'shop.example.net' }, named('staging')],
    [{ database: 'app_dev' }, { environment: 'local', production: false, local: true }],
  ] as const satisfies readonly (readonly [Reach, Environment])[])
    test(JSON.stringify(reach), () => assert.deepEqual(by('postgresql', reach), expected));

  test('a pattern is matched in time that does not explode', () => {
    const slow = environmentBy({ x: [`${'*a'.repeat(128)}b`] });
    assert.deepEqual(slow('postgresql', { host: 'a'.repeat(4000) }), neither);
  });

  test('whatever it is, production is never local', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('production', 'local', 'x'), fc.array(fc.constantFrom('a*', '*', 'b'))),
        fc.record({
          host: fc.constantFrom('a', 'b', 'localhost', 'prod'),
          database: fc.constantFrom('a', 'prod'),
        }),
        fc.boolean(),
        (patterns, reach, here) => {
          const found = environmentBy(patterns)('postgresql', reach, { here });
          assert.ok(!(found.production && found.local));
          assert.ok(!found.production || found.environment !== undefined);
        },
      ),
    ));
});

describe('names', () => {
  for (const name of [
    'prod',
    'PROD',
    'api-prod-2',
    'prod1',
    'prodDb',
    'shopProd',
    'liveOrders',
    'a.live.b',
    'prd_x',
    'pre-prod',
  ])
    test(`${name} looks like production`, () => assert.ok(looksLikeProduction(name)));
  for (const name of [
    'product',
    'reproduce',
    'delivery',
    'alive',
    'olive',
    'non-prod',
    'not_production',
    'nonprod',
    'shopProducts',
    'deliver',
    undefined,
  ])
    test(`${name} does not`, () => assert.ok(!looksLikeProduction(name)));

  for (const host of [
    'localhost',
    '127.0.0.1',
    '10.1.2.3',
    '[::1]',
    '::1',
    'x.local',
    'fd00::1',
    'host.docker.internal',
  ])
    test(`${host} is near`, () => assert.ok(isLocalHost(host)));
  for (const host of [
    '',
    'example.com',
    '11.1.2.3',
    '127.0.0.1.example.com',
    'db.prod.internal',
    '172.32.0.1',
  ])
    test(`${host || 'nothing'} is not`, () => assert.ok(!isLocalHost(host)));
});
