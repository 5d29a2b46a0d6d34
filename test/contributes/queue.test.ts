import './vscode.ts';
import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { allowed, attempt, decision, refused, typed } from './attempts.ts';

const { ApprovalQueue, untilClosed } = await import('../../src/editor/approvals/queue.ts');

describe('the queue', () => {
  test('gives the first answer to whoever asked, and tells the second what counted', async () => {
    const queue = new ApprovalQueue(() => 60);
    const asked = queue.ask(attempt(), decision());
    const [pending] = queue.pending;
    assert.ok(pending);
    assert.equal(queue.answer(pending.id, refused), refused);
    assert.equal(queue.answer(pending.id, allowed), refused);
    assert.equal(await asked, refused);
    assert.deepEqual(queue.pending, []);
    queue.dispose();
  });

  test('keeps the order, and tells its listeners', () => {
    const queue = new ApprovalQueue(() => 60);
    const lengths: number[] = [];
    queue.onDidChange(pending => lengths.push(pending.length));
    void queue.ask(attempt('one'), decision());
    void queue.ask(attempt('two'), decision());
    const lines = queue.pending.map(it => it.attempt.action);
    assert.deepEqual(lines, [attempt('one').action, attempt('two').action]);
    queue.answer(queue.pending[0]?.id ?? '', allowed);
    assert.deepEqual(lengths, [1, 2, 1]);
    queue.dispose();
  });

  test('refuses when nobody answers in time', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    try {
      const queue = new ApprovalQueue(() => 30);
      const asked = queue.ask(attempt(), decision());
      mock.timers.tick(29_999);
      assert.equal(queue.pending.length, 1);
      mock.timers.tick(1);
      assert.deepEqual(await asked, {
        outcome: 'refused',
        by: 'nobody',
        note: 'nobody answered within 30 seconds',
      });
      queue.dispose();
    } finally {
      mock.timers.reset();
    }
  });

  test('refuses when whoever asked has gone, before or while it waits', async () => {
    const queue = new ApprovalQueue(() => 60);
    const gone = new AbortController();
    const asked = queue.ask(attempt(), decision(), gone.signal);
    gone.abort();
    assert.equal((await asked).by, 'nobody');
    assert.equal((await queue.ask(attempt(), decision(), gone.signal)).outcome, 'refused');
    assert.deepEqual(queue.pending, []);
    queue.dispose();
  });

  test('refuses all that waits, and all that comes, once it is disposed', async () => {
    const queue = new ApprovalQueue(() => 60);
    const asked = queue.ask(attempt(), decision());
    queue.dispose();
    for (const answer of [await asked, await queue.ask(attempt(), decision())])
      assert.deepEqual([answer.outcome, answer.by], ['refused', 'nobody']);
  });

  test('never allows what is denied, and bounds how many wait', async () => {
    const queue = new ApprovalQueue(() => 60);
    assert.equal((await queue.ask(attempt(), { ...decision(), verdict: 'deny' })).outcome, 'refused');
    for (let count = 0; count < 50; count++) void queue.ask(attempt(String(count)), decision());
    assert.equal((await queue.ask(attempt(), decision())).by, 'nobody');
    queue.dispose();
  });
});

describe('a grant', () => {
  test('answers what else waits and what comes, until it is taken back', async () => {
    const queue = new ApprovalQueue(() => 60);
    const both = [queue.ask(attempt(), decision()), queue.ask(attempt(), decision())];
    queue.answer(queue.pending[0]?.id ?? '', allowed, untilClosed);
    const byGrant = { outcome: 'allowed', by: 'grant' };
    assert.deepEqual(await Promise.all(both), [allowed, byGrant]);
    assert.deepEqual(await queue.ask(attempt(), decision()), byGrant);
    queue.revoke(queue.grants[0]?.id ?? '');
    void queue.ask(attempt(), decision());
    assert.deepEqual([queue.grants.length, queue.pending.length], [0, 1]);
    queue.dispose();
  });

  test('ends', () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    try {
      const queue = new ApprovalQueue(() => 60);
      void queue.ask(attempt(), decision());
      queue.answer(queue.pending[0]?.id ?? '', allowed, Date.now() + 600_000);
      assert.equal(queue.grants.length, 1);
      mock.timers.tick(600_000);
      assert.equal(queue.grants.length, 0);
      queue.dispose();
    } finally {
      mock.timers.reset();
    }
  });

  test('is not made by a no, by an answer too late, or for what must be typed', () => {
    const queue = new ApprovalQueue(() => 60);
    const answer = (given: typeof allowed, id = queue.pending[0]?.id ?? '') =>
      queue.answer(id, given, untilClosed);
    void queue.ask(attempt(), decision());
    const late = queue.pending[0]?.id;
    answer(refused);
    answer(allowed, late);
    void queue.ask(attempt(), typed('users'));
    answer(allowed);
    assert.deepEqual(queue.grants, []);
    queue.dispose();
  });
});
