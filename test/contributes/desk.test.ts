import './vscode.ts';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import type { Answer, Approver } from '../../src/core/ports.ts';
import { decide, supervise } from '../../src/core/supervise.ts';
import { attemptTo, paperLine } from '../support/line.ts';

const { ApprovalQueue } = await import('../../src/editor/approvals/queue.ts');
const { desk } = await import('../../src/editor/secrets/desk.ts');
const { vault } = await import('../../src/editor/secrets/vault.ts');

const value = sample(base62, 32);
const cwd = '/work/project';

/** A secret storage and a memento as VS Code has them, without VS Code. */
function storage() {
  const [kept, state] = [new Map<string, string>(), new Map<string, unknown>()];
  return vault({
    secrets: {
      get: async (key: string) => kept.get(key),
      store: async (key: string, text: string) => void kept.set(key, text),
      delete: async (key: string) => void kept.delete(key),
    } as never,
    globalState: {
      get: (key: string) => state.get(key),
      update: async (key: string, it: unknown) => void state.set(key, it),
    } as never,
  });
}

async function opened() {
  const stored = storage();
  await stored.store('DB', value, 'production');
  await stored.store('TOKEN', value);
  const queue = new ApprovalQueue(() => 60);
  const its = desk(stored, queue);
  const decideBy = async (attempt: Parameters<Approver['ask']>[0], approver: Approver) =>
    (await supervise(attempt, { ...paperLine(), approver })).outcome;
  const give = (name: string, { pin = '', where = cwd, whether = false } = {}) =>
    its.give(
      { name, ...(!whether && { command: ['npm', 'test'] }) },
      where,
      pin,
      decideBy,
      new AbortController().signal,
    );
  const answer = async (outcome: Answer['outcome'], until?: number) => {
    for (let round = 0; round < 500 && !queue.pending.length; round++)
      await new Promise(resolve => setTimeout(resolve, 10));
    assert.equal(queue.pending.length, 1);
    const [pending] = queue.pending;
    queue.answer(pending?.id ?? '', { outcome, by: 'person' }, until);
  };
  const agentRuns = async (line: string, until?: number) => {
    const attempt = attemptTo({ kind: 'shell', line, dialect: 'posix' });
    const asked = its.approver().ask(attempt, await decide(attempt, paperLine()));
    await answer('allowed', until);
    await asked;
  };
  return { queue, its, give, answer, agentRuns, stored };
}

describe('a stored secret, asked for by a command', () => {
  test('is asked about anew where our own tool used the yes', async () => {
    const { its, give, answer, agentRuns, queue } = await opened();
    await agentRuns('chaperone run --with TOKEN -- npm test');
    its.spend('TOKEN', cwd);
    const asked = give('TOKEN');
    await answer('refused');
    assert.ok('problem' in (await asked));
    queue.dispose();
  });

  test('is handed over when a person says yes, and not when not', async () => {
    const { give, answer, queue } = await opened();
    const yes = give('TOKEN');
    await answer('allowed');
    assert.deepEqual(await yes, { value });
    const no = give('TOKEN');
    await answer('refused');
    const refused = await no;
    assert.ok('problem' in refused && !refused.problem.includes(value));
    queue.dispose();
  });

  test('what is handed out ahead is told by name, to whom and where it is for', async () => {
    const { its, queue } = await opened();
    const secret = (name: string) => ({ name, from: 'vscode', cwd });
    queue.handOut(secret('DB'), 'claude', Date.now() + 60_000);
    queue.handOut(secret('TOKEN'), undefined, Date.now() + 60_000);
    queue.handOut(secret('GONE'), undefined, Date.now() - 1);
    const [db, token] = ['DB', 'TOKEN'].map(name => ({ name, from: 'vscode' }));
    assert.deepEqual(its.ahead('claude', cwd), [db, token]);
    assert.deepEqual(its.ahead('', cwd), [token]);
    assert.deepEqual(its.ahead('vscode', cwd), [token]);
    assert.deepEqual(its.ahead('claude', `${cwd}/below`), []);
    queue.dispose();
    assert.deepEqual(its.ahead('claude', cwd), []);
  });

  test('what was allowed for a session is not handed out ahead', async () => {
    const { its, queue, agentRuns } = await opened();
    await agentRuns('chaperone run --with TOKEN=vscode -- npm test', Date.now() + 60_000);
    assert.equal(queue.grants.length, 1);
    assert.deepEqual(its.ahead('claude', queue.grants[0]?.handed?.[0]?.cwd ?? ''), []);
    queue.dispose();
  });

  test('whether it is there is told without asking', async () => {
    const { give, queue } = await opened();
    assert.deepEqual(await give('TOKEN', { whether: true }), { value: '' });
    assert.ok('problem' in (await give('OTHER', { whether: true })));
    assert.deepEqual(queue.pending, []);
    queue.dispose();
  });

  test('of production is not for what is pinned to something else, whoever would say yes', async () => {
    const { give, queue } = await opened();
    assert.ok('problem' in (await give('DB', { pin: 'staging' })));
    assert.deepEqual(queue.pending, []);
    queue.dispose();
  });

  test('a line that was just allowed gets it once, in its folder', async () => {
    const { give, agentRuns, answer, queue } = await opened();
    await agentRuns('chaperone run --with TOKEN -- npm test');
    const elsewhere = give('TOKEN', { where: '/work/other' });
    await answer('refused');
    assert.ok('problem' in (await elsewhere));
    assert.deepEqual(await give('TOKEN', { where: `${cwd}/sub` }), { value });
    const again = give('TOKEN');
    await answer('refused');
    assert.ok('problem' in (await again));
    queue.dispose();
  });

  test('a session to which it was handed out gets it until that is taken back', async () => {
    const { give, agentRuns, answer, queue } = await opened();
    await agentRuns('chaperone run --with TOKEN=vscode -- npm test', Date.now() + 60_000);
    assert.deepEqual(queue.grants[0]?.handed, [{ name: 'TOKEN', from: 'vscode', cwd }]);
    for (let round = 0; round < 3; round++) assert.deepEqual(await give('TOKEN'), { value });
    queue.revoke(queue.grants[0]?.id ?? '');
    const again = give('TOKEN');
    await answer('refused');
    assert.ok('problem' in (await again));
    queue.dispose();
  });

  test('that a person handed out is given to every session without asking, until that is taken back', async () => {
    const { give, answer, queue, its } = await opened();
    queue.handOut({ name: 'TOKEN', from: 'vscode', cwd }, 'test', Date.now() + 60_000);
    const uses = { secrets: { TOKEN: { found: true } } };
    for (const [session, line] of [
      ['one', 'chaperone run --with TOKEN=vscode -- npm test'],
      ['two', 'chaperone run --with TOKEN -- npm test'],
    ] as const) {
      const asked = attemptTo({ kind: 'shell', line, dialect: 'posix' });
      const attempt = { ...asked, subject: { ...asked.subject, session } };
      const ruling = await supervise(attempt, { ...paperLine(uses), approver: its.approver() });
      assert.deepEqual([ruling.outcome, ruling.by], ['allowed', 'grant']);
      assert.deepEqual(await give('TOKEN'), { value });
    }
    queue.revoke(queue.grants[0]?.id ?? '');
    const again = give('TOKEN');
    await answer('refused');
    assert.ok('problem' in (await again));
    queue.dispose();
    queue.handOut({ name: 'TOKEN', from: 'vscode', cwd }, 'test', Date.now() + 60_000);
    assert.deepEqual(queue.grants, []);
  });

  test('that is removed is no longer handed out, and neither is the next of its name', async () => {
    const { its, give, answer, agentRuns, queue, stored } = await opened();
    queue.handOut({ name: 'TOKEN', from: 'vscode', cwd }, undefined, Date.now() + 60_000);
    queue.handOut({ name: 'TOKEN', from: '.env', cwd }, undefined, Date.now() + 60_000);
    queue.handOut({ name: 'DB', from: 'vscode', cwd }, undefined, Date.now() + 60_000);
    await agentRuns('chaperone run --with TOKEN=vscode --with OTHER -- npm test');
    await its.remove('TOKEN');
    assert.deepEqual(
      queue.grants.flatMap(it => it.handed ?? []).map(({ name, from }) => [name, from]),
      [
        ['TOKEN', '.env'],
        ['DB', 'vscode'],
      ],
    );
    await stored.store('TOKEN', value);
    const again = give('TOKEN');
    await answer('refused');
    assert.ok('problem' in (await again));
    queue.dispose();
  });
});

test('the vault keeps names apart from values, and forgets both', async () => {
  const stored = storage();
  await stored.store('B', value, 'staging');
  await stored.store('A', value);
  assert.deepEqual(stored.names(), [{ name: 'A' }, { name: 'B', environment: 'staging' }]);
  assert.equal(await stored.value('B'), value);
  await stored.remove('B');
  assert.deepEqual([stored.names(), await stored.value('B')], [[{ name: 'A' }], undefined]);
  await assert.rejects(stored.store('no name', value));
});
