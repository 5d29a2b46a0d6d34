import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Facts } from '../../src/core/model.ts';
import {
  any,
  does,
  factOf,
  isDatabase,
  isGravest,
  isLocalHost,
  looksLikeProduction,
  searchKey,
  shownBy,
} from '../../src/core/rule.ts';
import { noFacts } from '../../src/core/supervise.ts';

describe('looksLikeProduction', () => {
  for (const name of [
    'prod',
    'production',
    'db.prod.example.com',
    'shop-prod',
    'prod_db',
    'PROD',
    'live-db',
    'prd1',
  ])
    test(`${name}: yes`, () => assert.ok(looksLikeProduction(undefined, name)));
  for (const name of ['product-db', 'reproduce', 'delivery', 'olive', 'products', 'staging', ''])
    test(`${name}: no`, () => assert.ok(!looksLikeProduction(name, undefined)));
});

describe('isLocalHost', () => {
  for (const host of [
    'localhost',
    '127.0.0.1',
    '127.1',
    '0.0.0.0',
    '[::1]',
    '10.1.2.3',
    '192.168.0.1',
    '172.16.0.1',
    '172.31.255.1',
    'printer.local',
    'app.localhost',
    'db.internal',
    'x.test',
    'fd12:3456::1',
  ])
    test(`${host}: yes`, () => assert.ok(isLocalHost(host)));
  for (const host of [
    '',
    'example.com',
    'localhost.example.com',
    '172.32.0.1',
    '11.0.0.1',
    '127.0.0.1.example.com',
    '1127.0.0.1',
    'local',
    'fdomain.com',
    'internal.example.com',
  ])
    test(`${host || 'nothing'}: no`, () => assert.ok(!isLocalHost(host)));
});

test('does minds one kind of effect, any minds what one of them minds', () => {
  const unknown = { does: 'unknown', why: 'x', at: [0, 0] } as const;
  assert.ok(does('unknown')(unknown, noFacts));
  assert.ok(!does('unknown', it => it.why === 'y')(unknown, noFacts));
  assert.ok(!does('read')(unknown, noFacts));
  assert.ok(any(does('read'), does('unknown'))(unknown, noFacts));
  assert.ok(!any()(unknown, noFacts));
});

test('a path that nobody could tell about is taken for the worst', () =>
  assert.deepEqual(factOf('/a', noFacts), { real: '/a', exists: true, folder: true, place: 'outside' }));

test('a search that nobody could tell about shows what it searches', () => {
  const search = { query: 'x', regex: false, path: '/a', ignored: false };
  const failed: Facts = { ...noFacts, failed: ['x'] };
  assert.deepEqual(shownBy(search, noFacts).shows, []);
  assert.deepEqual(shownBy(search, failed).shows, ['/a']);
  const known: Facts = { ...failed, searches: new Map([[searchKey(search), { shows: [] }]]) };
  assert.deepEqual(shownBy(search, known).shows, []);
});

test('what a loss is mended with is the gravest', () => {
  for (const what of ['backup', 'snapshot', 'key', 'protection', 'volume', 'database'] as const)
    assert.ok(isGravest(what));
  for (const what of ['rows', 'table', 'cache', 'object'] as const) assert.ok(!isGravest(what));
});

test('every dialect is a database, also the one that nothing names', () => {
  for (const service of ['postgresql', 'mysql', 'sqlite', 'sql']) assert.ok(isDatabase(service));
  for (const service of ['git', 'railway', 'api', '']) assert.ok(!isDatabase(service));
});
