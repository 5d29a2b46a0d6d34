import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mongo } from '../../src/core/mongo.ts';

/* A script for MongoDB's shell → what it does, in a word or two each. */
const scripts: readonly (readonly [script: string, ...effects: string[]])[] = [
  ['db.orders.find({})'],
  ['db.getCollectionNames()'],
  ['show dbs'],
  ["print('db.orders.drop()')"],
  ['// db.orders.drop()\n1'],
  ['/* db.dropDatabase() */ db.stats()'],
  ['db.dropDatabase()', 'destroy database *'],
  ["db.getSiblingDB('shop').dropDatabase()", 'destroy database shop *'],
  ['db.orders.drop()', 'destroy table orders'],
  ["db.getCollection('my orders').drop()", 'destroy table my orders'],
  ['db.orders . drop ( )', 'destroy table orders'],
  ['db.orders.deleteMany({})', 'destroy rows orders *'],
  ['db.orders.deleteMany( { } )', 'destroy rows orders *'],
  ['db.orders.deleteMany()', 'destroy rows orders *'],
  ['db.orders.remove({})', 'destroy rows orders *'],
  ['db.orders.deleteMany({paid: true})', 'change rows orders'],
  ['db.orders.deleteOne({})', 'change rows orders'],
  ['db.orders.updateMany({}, {$set: {a: 1}})', 'destroy rows orders *'],
  ['db.orders.updateMany({a: 2}, {$set: {a: 1}})', 'change rows orders'],
  ['db.users.updateOne({_id: 1}, {$set: {role: "admin"}})', 'change access users'],
  ['db.orders.update({}, {$set: {a: 1}}, {multi: true})', 'destroy rows orders *'],
  ['db.orders.insertOne({a: 1})', 'change rows orders'],
  ['db.orders.aggregate([{$match: {a: 1}}])'],
  ['db.orders.aggregate([{$out: "copy"}])', 'destroy table orders'],
  ['db.orders.aggregate([{$merge: {into: "copy"}}])', 'change rows orders'],
  ["db.dropUser('bob')", 'destroy access'],
  ['db.adminCommand({shutdown: 1})', 'interrupt database *'],
  ["db.runCommand({drop: 'orders'})", 'destroy table'],
  ['db.runCommand({ping: 1})'],
  ['db.runCommand(made)', 'unknown'],
  ['db["dropDatabase"]()', 'unknown'],
  ['rs.stepDown()', 'interrupt database *'],
  ['db.orders.renameCollection("old", true)', 'destroy table orders'],
];

describe('a script for MongoDB', () => {
  for (const [script, ...effects] of scripts)
    test(JSON.stringify(script), () =>
      assert.deepEqual(mongo(script, [0, script.length]).map(short), effects),
    );

  test('is placed where it goes', () => {
    const reach = { host: 'db.example.com' };
    assert.deepEqual(mongo('db.a.drop()', [3, 14], reach), [
      { does: 'destroy', what: 'table', service: 'mongodb', all: false, name: 'a', reach, at: [3, 14] },
    ]);
  });

  test('never throws, whatever it is', () => {
    const piece = fc.constantFrom(
      'db.',
      'drop',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '`',
      '\\',
      '/*',
      '//',
      '\n',
      ',',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), pieces => void mongo(pieces.join(''), [0, 1])));
  });

  test('a long one ends', () => {
    for (const piece of ['db.a(', '/*', '"\\', '.drop(', '`'])
      assert.ok(mongo(piece.repeat(200_000 / piece.length), [0, 1]));
  });
});

function short(effect: ReturnType<typeof mongo>[number]): string {
  if ('nested' in effect) return 'nested';
  switch (effect.does) {
    case 'destroy':
    case 'change':
    case 'interrupt': {
      const all = 'all' in effect && effect.all ? '*' : '';
      return [effect.does, effect.what, effect.name, all].filter(Boolean).join(' ');
    }
    default:
      return effect.does;
  }
}
