import { clearDesk, desk } from './vscode.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import type { ApprovalQueue as Queue } from '../../src/editor/approvals/queue.ts';
import { allowed, attempt, decision, refused, typed } from './attempts.ts';

const { ApprovalQueue } = await import('../../src/editor/approvals/queue.ts');
const { modal } = await import('../../src/editor/approvals/modal.ts');

describe('the modal', () => {
  let queue: Queue;
  beforeEach(() => {
    clearDesk();
    queue = new ApprovalQueue(() => 60);
    modal({ queue });
  });
  afterEach(() => queue.dispose());

  test('has the no first, which is the button that Enter presses', async () => {
    await queue.ask(attempt(), decision());
    assert.deepEqual(desk.shown[0]?.items, ['Deny', 'Allow Once', 'Allow for This Session…']);
  });

  for (const [press, outcome] of [
    ['Deny', 'refused'],
    [undefined, 'refused'],
    ['Cancel', 'refused'],
    ['Allow Once', 'allowed'],
  ] as const)
    test(`${press ?? 'Escape'}: ${outcome}`, async () => {
      desk.presses = [press];
      assert.deepEqual(await queue.ask(attempt(), decision()), { outcome, by: 'person' });
      assert.deepEqual(queue.grants, []);
    });

  test('remembers a yes for as long as the person chose', async () => {
    desk.presses = ['Allow for This Session…', '10 minutes'];
    assert.deepEqual(await queue.ask(attempt(), decision()), allowed);
    assert.equal(queue.grants.length, 1);
  });

  test('asks again when no time was chosen', async () => {
    desk.presses = ['Allow for This Session…', undefined, 'Deny'];
    assert.deepEqual(await queue.ask(attempt(), decision()), refused);
    assert.deepEqual(
      desk.shown.map(it => it.what),
      ['modal', 'pick', 'modal'],
    );
  });

  for (const [name, outcome] of [
    ['users', 'allowed'],
    ['Users', 'refused'],
    ['users ', 'refused'],
    ['', 'refused'],
    [undefined, 'refused'],
  ] as const)
    test(`wants the name of the gravest typed: ${JSON.stringify(name)} is ${outcome}`, async () => {
      desk.presses = ['Allow Once', name];
      assert.equal((await queue.ask(attempt(), typed('users'))).outcome, outcome);
      assert.deepEqual(desk.shown[0]?.items, ['Deny', 'Allow Once']);
    });

  test('tells who says yes too late that it was refused', async () => {
    const gone = new AbortController();
    desk.presses = [
      () => {
        gone.abort();
        return 'Allow Once';
      },
    ];
    assert.equal((await queue.ask(attempt(), decision(), gone.signal)).outcome, 'refused');
    await settled();
    assert.deepEqual(
      desk.shown.map(it => it.what),
      ['modal', 'warning'],
    );
  });

  test('asks one after the other, and lists them all where the person would rather', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      desk.presses = [
        () => {
          void queue.ask(attempt('two'), decision());
          void queue.ask(attempt('three'), decision());
          return 'Deny';
        },
        'Review All 2',
      ];
      await queue.ask(attempt('one'), decision());
      assert.equal(desk.shown.length, 1);
      await settled();
      mock.timers.tick(500);
      await settled();
      mock.timers.tick(500);
      await settled();
      assert.deepEqual([desk.shown.length, queue.pending.length], [2, 2]);
      assert.deepEqual(desk.ran, [['chaperone.approvals.focus']]);
    } finally {
      mock.timers.reset();
    }
  });

  test('spells out what an eye would not see', async () => {
    await queue.ask(
      attempt(),
      decision({ effect: { does: 'delete', path: '/w/a\u202eb\u0007', deep: true, at: [0, 1] } }),
    );
    assert.ok(!/[\p{Cc}\p{Cf}]/u.test(desk.shown[0]?.text ?? '\u0007'));
  });
});

/** A few turns of the loop: what was promised has been told. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
