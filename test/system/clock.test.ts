import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unhurried } from '../../src/system/world/clock.ts';

test('what is nearest is looked at though time is over, as long as patience lasts', () => {
  const over = { left: () => 0, over: () => true };
  let patient = true;
  const clock = unhurried(over, { left: () => 7, over: () => !patient }, 3);
  assert.deepEqual([clock.over(), clock.over(), clock.over()], [false, false, false]);
  assert.equal(clock.over(), true);
  assert.equal(clock.left(), 7);
  patient = false;
  assert.equal(unhurried(over, { left: () => 0, over: () => !patient }).over(), true);
});
