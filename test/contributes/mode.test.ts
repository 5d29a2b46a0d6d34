import { clearDesk, desk } from './vscode.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import type { Settings } from '../../src/core/settings.ts';

const { ModeSwitch } = await import('../../src/editor/mode.ts');

describe('the mode', () => {
  beforeEach(clearDesk);

  for (const [from, pick, confirm, to] of [
    ['enforce', 'Watch', 'Switch to Watch', 'watch'],
    ['enforce', 'Watch', 'Keep It as It Is', 'enforce'],
    ['enforce', 'Watch', undefined, 'enforce'],
    ['strict', 'Enforce', undefined, 'strict'],
    ['enforce', undefined, undefined, 'enforce'],
  ] as const)
    test(`is loosened by a modal alone: ${from}, ${pick}, ${confirm}`, async () => {
      const { mode } = switchFrom(from);
      desk.presses = [pick, confirm];
      await mode.pick();
      assert.equal(mode.mode, to);
      if (pick)
        assert.deepEqual(
          desk.shown.map(it => it.what),
          ['pick', 'modal'],
        );
    });

  test('is tightened without another question', async () => {
    const { mode } = switchFrom('watch');
    desk.presses = ['Strict'];
    await mode.pick();
    assert.deepEqual([mode.mode, desk.shown.length], ['strict', 1]);
  });

  test('is paused for a time, told every second, and comes back', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    try {
      const { mode } = switchFrom('enforce');
      const told: string[] = [];
      mode.onDidChange(it => told.push(it));
      desk.presses = ['Paused', '5 minutes', 'Pause for 5 minutes'];
      await mode.pick();
      assert.deepEqual([mode.mode, mode.pausedUntil], ['paused', 1_300_000]);
      mock.timers.tick(299_000);
      assert.equal(mode.mode, 'paused');
      mock.timers.tick(1_000);
      assert.deepEqual([mode.mode, mode.pausedUntil, told.at(-1)], ['enforce', undefined, 'enforce']);
    } finally {
      mock.timers.reset();
    }
  });

  test('is not paused without the modal, and resumes at once', async () => {
    const { mode } = switchFrom('enforce');
    desk.presses = ['1 hour', undefined];
    await mode.pickPause();
    assert.equal(mode.mode, 'enforce');
    desk.presses = ['1 hour', 'Pause for 1 hour'];
    await mode.pickPause();
    assert.equal(mode.mode, 'paused');
    mode.resume();
    assert.equal(mode.mode, 'enforce');
    mode.dispose();
  });
});

function switchFrom(from: Settings['mode']) {
  desk.inspected.mode = { globalValue: from };
  const mode = new ModeSwitch(() => desk.inspected.mode?.globalValue as Settings['mode']);
  return { mode };
}
