import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ageWords, byUrgency, daysFor, due, dueWords, rotationDays, usualDays } from '../../src/core/ages.ts';

const day = 24 * 60 * 60 * 1000;
const first = 1_700_000_000_000;
const after = (days: number, of = 90) => due(first, of, first + days * day);

describe('a due date', () => {
  for (const [days, state, left, words] of [
    [0, 'fresh', 90, 'due in 90 days'],
    [75, 'fresh', 15, 'due in 15 days'],
    [76, 'fresh', 14, 'due in 14 days'],
    [77, 'soon', 13, 'due in 13 days'],
    [89, 'soon', 1, 'due in 1 day'],
    [89.5, 'soon', 0, 'due within a day'],
    [90, 'overdue', 0, 'due since today'],
    [90.5, 'overdue', 0, 'due since today'],
    [91, 'overdue', -1, 'overdue by 1 day'],
    [120.5, 'overdue', -30, 'overdue by 30 days'],
  ] as const)
    test(`after ${days} days of 90: ${words}`, () => {
      const it = after(days);
      assert.deepEqual([it.state, it.left, it.due], [state, left, first + 90 * day]);
      assert.equal(dueWords(it), words);
    });

  test('is never soon for most of a short life', () => {
    assert.equal(after(0, 7).state, 'fresh');
    assert.equal(after(5, 7).state, 'soon');
    assert.equal(after(0.1, 1).state, 'soon');
  });

  test('does not exist for what is never due', () => {
    assert.deepEqual(after(5000, 0), { state: 'fresh', age: 5000 });
    assert.equal(dueWords(after(5000, 0)), 'never due');
  });

  test('is not passed because a clock went back', () => {
    const back = due(first, 90, first - 400 * day);
    assert.deepEqual([back.state, back.age], ['fresh', 0]);
    assert.equal(ageWords(back), 'first seen today');
  });

  test('comes with an age', () => {
    assert.equal(ageWords(after(0.9)), 'first seen today');
    assert.equal(ageWords(after(1)), '1 day old');
    assert.equal(ageWords(after(102)), '102 days old');
  });
});

test('what presses most comes first', () => {
  const rows = {
    never: after(9, 0),
    fresh: after(9),
    soon: after(80),
    late: after(91),
    later: after(400, 30),
  };
  const sorted = Object.entries(rows)
    .sort(([, a], [, b]) => byUrgency(a, b))
    .map(([name]) => name);
  assert.deepEqual(sorted, ['later', 'late', 'soon', 'fresh', 'never']);
  assert.equal(byUrgency(rows.never, rows.never), 0);
});

describe('days', () => {
  test('by the most particular entry', () => {
    const days = { 'github.token': 30, github: 60, '*': 180, 'npm.token': 0 };
    assert.equal(daysFor(days, 'github.token', 'github'), 30);
    assert.equal(daysFor(days, 'github.app', 'github'), 60);
    assert.equal(daysFor(days, 'stripe.key', 'stripe'), 180);
    assert.equal(daysFor(days, 'npm.token', 'npm'), 0);
    assert.equal(daysFor({}, 'npm.token', 'npm'), usualDays);
    assert.equal(daysFor({}, 'toString', 'constructor'), usualDays);
    assert.equal(daysFor(14, 'npm.token', 'npm'), 14);
  });

  for (const value of [0, 90, 3650, {}, { github: 30, '*': 0 }])
    test(`are taken from ${JSON.stringify(value)}`, () => assert.deepEqual(rotationDays(value), value));

  for (const value of [-1, 3651, 1.5, Number.NaN, '90', null, [90], { github: '30' }, { github: -1 }])
    test(`are not taken from ${JSON.stringify(value)}`, () => assert.equal(rotationDays(value), undefined));
});
