import { clearDesk, desk } from './vscode.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { TreeDataProvider, TreeItem } from 'vscode';
import { commandIds } from '../../src/core/contributes.ts';
import type { Commanded } from '../../src/editor/commands.ts';
import { allowed, attempt, decision } from './attempts.ts';
import { secretDesk } from './secretDesk.ts';

const { handlers } = await import('../../src/editor/commands.ts');
const { ApprovalQueue, untilClosed } = await import('../../src/editor/approvals/queue.ts');
const { modal } = await import('../../src/editor/approvals/modal.ts');
const { coverageTree } = await import('../../src/editor/agents/tree.ts');
const { tree } = await import('../../src/editor/approvals/tree.ts');
const { ModeSwitch } = await import('../../src/editor/mode.ts');

interface Row {
  readonly item: TreeItem;
  readonly children?: readonly Row[];
}

describe('commands', () => {
  beforeEach(clearDesk);

  for (const id of commandIds)
    test(`${id} loosens nothing by itself, whatever it is called with`, async () => {
      const given = desktop();
      const [approval, held] = await rows();
      const [grant] = held?.children ?? [];
      desk.presses = forever();
      const forged = [
        approval?.item.id,
        grant?.item.id,
        { ...approval },
        { ...grant },
        structuredClone(Object.keys(approval ?? {})),
        'watch',
        { mode: 'watch' },
      ];
      for (const argument of forged) void handlers(given)[id](argument);
      await new Promise(resolve => setImmediate(resolve));
      assert.equal(given.queue.pending.length, 1);
      assert.equal(given.queue.grants.length, 1);
      assert.equal(given.mode.mode, 'enforce');
      assert.deepEqual(given.left, []);
      given.queue.dispose();
    });

  test('about a row of ours do what they say, and allow nothing without the modal', async () => {
    const given = desktop();
    const [approval, held] = await rows();
    const [grant] = held?.children ?? [];
    desk.presses = forever();
    void handlers(given)['chaperone.approvals.allow'](approval);
    assert.deepEqual([desk.shown.map(it => it.what), given.queue.pending.length], [['modal'], 1]);
    await handlers(given)['chaperone.grants.revoke'](grant);
    assert.deepEqual(given.queue.grants, []);
    given.queue.dispose();
  });

  test('deny by a row of ours', async () => {
    const given = desktop();
    const [approval] = await rows();
    await handlers(given)['chaperone.approvals.deny'](approval);
    assert.deepEqual(given.queue.pending, []);
  });

  test('leave an agent only after the modal', async () => {
    const given = desktop();
    desk.presses = ['Codex', 'Keep Guarding It'];
    await handlers(given)['chaperone.agents.uninstall']();
    assert.deepEqual(given.left, []);
    desk.presses = ['Codex', 'Stop Guarding Codex'];
    await handlers(given)['chaperone.agents.uninstall']();
    assert.deepEqual(given.left, ['codex']);
    assert.deepEqual(desk.inspected.agents, { globalValue: [] });
    given.queue.dispose();
  });

  test('guard MCP servers, and leave them only after the modal', async () => {
    const given = desktop();
    desk.presses = ['/home/.mcp.json', 'Cancel'];
    await handlers(given)['chaperone.servers.guard']();
    assert.deepEqual([given.guarded, given.left], [[], []]);
    desk.presses = ['/home/.mcp.json', 'Stop Guarding'];
    await handlers(given)['chaperone.servers.guard']();
    assert.deepEqual([given.guarded, given.left], [['/home/.mcp.json'], ['/work/.mcp.json']]);
    desk.presses = ['/work/.mcp.json, /home/.mcp.json'];
    await handlers(given)['chaperone.servers.guard']();
    assert.deepEqual([given.guarded.length, given.left.length], [3, 1]);
    given.queue.dispose();
  });
});

/** One approval waits, put off to the list; another was allowed until the window closes. */
function desktop(): Commanded & { readonly left: string[]; readonly guarded: string[] } {
  // The tree that is made last is the one that rows are asked of.
  const secrets = secretDesk().given;
  const queue = new ApprovalQueue(() => 60);
  void queue.ask(attempt(), decision());
  queue.answer(queue.pending[0]?.id ?? '', allowed, untilClosed);
  void queue.ask(attempt(), decision({ rule: 'git.other' }));
  const [left, guarded]: [string[], string[]] = [[], []];
  const coverage = coverageTree(async () => []);
  return {
    extension: 'chaperone.chaperone',
    log: { show: () => undefined } as unknown as Commanded['log'],
    queue,
    modal: modal({ queue }),
    tree: tree({ queue }),
    mode: new ModeSwitch(() => 'enforce'),
    agents: {
      list: async () => [
        { id: 'codex', name: 'Codex', found: true, wired: left.length === 0, files: ['~/.codex/hooks.json'] },
      ],
      preview: async id => `# ${id}`,
      install: async () => undefined,
      uninstall: async id => void left.push(id),
    },
    coverage,
    ledger: { file: async () => undefined, verify: async () => ({ sound: true, text: 'It is sound.' }) },
    doctor: async () => '',
    guarding: {
      guard: args => ({ program: 'node', args }),
      shell: () => 'sh',
      agents: async () => [{ name: 'Codex', program: '/bin/codex', keys: [] }],
      lists: {
        all: async () => [],
        chosen: () => [],
        write: async ids => (left.push(...ids), []),
        undo: async ids => (left.push(...ids), []),
      },
    },
    servers: {
      list: async () => [
        { file: '/work/.mcp.json', guarded: ['a'], open: [], left: [] },
        { file: '/home/.mcp.json', guarded: [], open: ['b'], left: ['c'] },
      ],
      guard: async files => void guarded.push(...files),
      letGo: async files => void left.push(...files),
    },
    secrets,
    left,
    guarded,
  };
}

/** A person who is not there. */
function forever(): typeof desk.presses {
  return Array.from({ length: 20 }, () => () => new Promise<string>(() => undefined));
}

async function rows(): Promise<readonly Row[]> {
  const provider = desk.provider as TreeDataProvider<Row>;
  const roots = (await provider.getChildren()) ?? [];
  for (const row of roots) await provider.getChildren(row);
  return roots;
}
