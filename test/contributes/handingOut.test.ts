import { clearDesk, desk } from './vscode.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { TreeDataProvider, TreeItem } from 'vscode';
import { base62, sample } from '../../src/core/detector.ts';
import { factory } from '../../src/core/settings.ts';
import { secretIn, variablesIn } from '../../src/parts.ts';
import { secretDesk } from './secretDesk.ts';

const { secretHandlers } = await import('../../src/editor/secrets/commands.ts');
const { ApprovalQueue, untilClosed } = await import('../../src/editor/approvals/queue.ts');
const { tree } = await import('../../src/editor/approvals/tree.ts');

const handOut = (it: ReturnType<typeof secretDesk>) =>
  secretHandlers(it.given)['chaperone.secrets.handOut']() as Promise<void>;

function opened() {
  const it = secretDesk();
  it.handing.stored = [{ name: 'DB', environment: 'staging' }];
  it.handing.variables = [{ name: 'TOKEN', from: '.env' }];
  return it;
}

describe('handing out a secret', () => {
  beforeEach(clearDesk);

  test('says in a modal what it does, and does that', async () => {
    const it = opened();
    it.handing.look = (cwd, secret) => ({ ...secret, cwd, environment: 'test', file: '/w/.env' });
    desk.presses = ['TOKEN', 'Codex', '10 minutes', 'Hand Out TOKEN'];
    const before = Date.now();
    await handOut(it);
    const [{ secret, agent, until } = assert.fail('nothing is handed out')] = it.handing.out;
    assert.deepEqual(secret, {
      ...{ name: 'TOKEN', from: '.env', cwd: '/w' },
      ...{ environment: 'test', file: '/w/.env' },
    });
    assert.equal(agent, 'codex');
    assert.ok(until >= before + 600_000 && until <= Date.now() + 600_000);
    const modal = desk.shown.at(-1);
    assert.deepEqual([modal?.what, modal?.items], ['modal', ['Keep It', 'Hand Out TOKEN']]);
    assert.equal(modal?.text, 'Hand out TOKEN to Codex for 10 minutes?');
    const [detail = ''] = desk.details;
    assert.match(
      detail,
      /TOKEN from \.env \(test\) may be used by Codex in \/w for 10 minutes, without being seen/,
    );
    assert.match(detail, /Its value is not minded/);
  });

  test('to any agent, for an hour or until the window closes', async () => {
    for (const [time, least] of [
      ['an hour', Date.now() + 3_600_000],
      ['window closes', untilClosed],
    ] as const) {
      const it = opened();
      desk.presses = ['DB', 'any agent', time, 'Hand Out DB'];
      await handOut(it);
      assert.equal(it.handing.out[0]?.agent, undefined);
      assert.ok((it.handing.out[0]?.until ?? 0) >= least);
      assert.deepEqual(it.handing.out[0]?.secret, { name: 'DB', from: 'vscode', cwd: '/w' });
    }
  });

  for (const presses of [
    [],
    ['TOKEN'],
    ['TOKEN', 'Codex'],
    ['TOKEN', 'Codex', 'an hour'],
    ['TOKEN', 'Codex', 'an hour', 'Keep It'],
  ])
    test(`does nothing after ${presses.join(', ') || 'nothing is picked'}`, async () => {
      const it = opened();
      desk.presses = [...presses];
      await handOut(it);
      assert.deepEqual(it.handing.out, []);
    });

  test('of production is refused in words where another environment is pinned', async () => {
    const it = opened();
    it.handing.look = (cwd, secret) => ({ ...secret, cwd, environment: 'production', pinned: 'staging' });
    desk.presses = ['TOKEN', 'Codex', 'an hour', 'Hand Out TOKEN'];
    await handOut(it);
    assert.deepEqual(it.handing.out, []);
    assert.match(
      desk.shown.at(-1)?.text ?? '',
      /TOKEN is not handed out: it is for production, and `chaperone\.environment` pins this to staging/,
    );
  });

  test('is offered where one was stored, and says where that lies', async () => {
    const it = secretDesk();
    desk.presses = ['NEW', sample(base62, 32), '', 'Codex', 'an hour', 'Hand Out NEW'];
    desk.answers = ['Hand It Out…'];
    await secretHandlers(it.given)['chaperone.secrets.add']();
    assert.deepEqual(it.handing.out[0]?.secret, { name: 'NEW', from: 'vscode', cwd: '/w' });
    assert.match(desk.details[0] ?? '', /NEW from VS Code's secret storage may be used by Codex/);
  });

  test('says so where there is none, no folder, or the secret is gone', async () => {
    const it = secretDesk();
    await handOut(it);
    assert.match(desk.shown.at(-1)?.text ?? '', /Nothing can be handed out/);
    await secretHandlers({
      ...it.given,
      handing: { ...it.given.handing, folders: () => [] },
    })['chaperone.secrets.handOut']();
    assert.match(desk.shown.at(-1)?.text ?? '', /No folder is open/);
    const gone = opened();
    gone.handing.look = () => undefined;
    desk.presses = ['TOKEN'];
    await assert.rejects(handOut(gone), /cannot hand out `TOKEN`: it is not there any more/);
  });

  test('asks for the folder where there are several', async () => {
    const it = opened();
    const handing = { ...it.given.handing, folders: () => ['/w', '/v'] };
    desk.presses = ['/v', 'TOKEN', 'Codex', 'an hour', 'Hand Out TOKEN'];
    await secretHandlers({ ...it.given, handing })['chaperone.secrets.handOut']();
    assert.equal(it.handing.out[0]?.secret.cwd, '/v');
  });
});

test('what is handed out is a row of the view of approvals, until it is taken back', async () => {
  const queue = new ApprovalQueue(() => 60);
  const view = tree({ queue });
  const rows = async () => {
    const provider = desk.provider as TreeDataProvider<{ item: TreeItem; children?: never[] }>;
    const [held] = (await provider.getChildren()) ?? [];
    return held ? ((await provider.getChildren(held)) ?? []) : [];
  };
  queue.handOut({ name: 'DB', from: 'vscode', cwd: '/w', environment: 'staging' }, undefined, untilClosed);
  const [row = assert.fail('no row')] = await rows();
  const { label, description, contextValue } = row.item;
  assert.deepEqual(
    [label, description, contextValue],
    [
      "Handed out: DB from VS Code's secret storage for staging",
      'every agent, until this window closes',
      'grant',
    ],
  );
  queue.revoke(view.grantOf(row)?.id ?? '');
  assert.deepEqual(await rows(), []);
  view.dispose();
  queue.dispose();
});

test('the variables of env files are known by name, and what each is for', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'handed-')));
  try {
    const value = sample(base62, 32);
    writeFileSync(join(folder, '.env'), `TOKEN=${value}\nEMPTY=\n`);
    writeFileSync(join(folder, '.env.production'), `TOKEN=${value}\n`);
    writeFileSync(join(folder, '.env.example'), 'OTHER=x\n');
    const named = await variablesIn(folder);
    assert.deepEqual(named, [
      { name: 'TOKEN', from: '.env' },
      { name: 'TOKEN', from: '.env.production' },
    ]);
    const nobody = { handed: () => false, stored: () => undefined };
    const settings = { ...factory, environment: 'staging' };
    const looked = await Promise.all(named.map(it => secretIn(folder, it, settings, nobody)));
    const cwd = folder;
    assert.deepEqual(looked, [
      { name: 'TOKEN', from: '.env', cwd, file: join(folder, '.env') },
      {
        ...{ name: 'TOKEN', from: '.env.production', cwd, file: join(folder, '.env.production') },
        ...{ environment: 'production', pinned: 'staging' },
      },
    ]);
    assert.ok(!inspect([named, looked], { depth: 9 }).includes(value));
    assert.equal(await secretIn(folder, { name: 'GONE', from: '.env' }, settings, nobody), undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
