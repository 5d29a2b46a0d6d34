import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { hearing } from '../../src/system/heard.ts';
import { markedBelow } from '../../src/system/marked.ts';

const root = fs.mkdtempSync(path.join(tmpdir(), 'heard-test-'));
after(() => fs.rmSync(root, { recursive: true }));
const state = () => fs.mkdtempSync(path.join(root, 'state-'));

describe('when agents spoke', () => {
  test('is kept for every window, by event', () => {
    const folder = state();
    let now = 1;
    const [one, other] = [hearing(folder, () => now), hearing(folder, () => now)];
    one.note('claude', 'PreToolUse');
    now = 2;
    other.note('codex', 'PreToolUse');
    now = 3;
    one.note('claude', 'PermissionRequest');
    assert.deepEqual(other.read(), {
      claude: { at: 3, events: { PreToolUse: 1, PermissionRequest: 3 } },
      codex: { at: 2, events: { PreToolUse: 2 } },
    });
  });

  test('is written now and then, and read at once', async () => {
    const folder = state();
    const its = hearing(folder, () => 7, 50);
    its.note('claude', 'PreToolUse');
    its.note('claude', 'PreToolUse');
    assert.deepEqual(fs.readdirSync(folder), []);
    await pause(200);
    assert.deepEqual(fs.readdirSync(folder), ['heard.json']);
    its.note('codex', 'PreToolUse');
    assert.deepEqual(Object.keys(its.read()), ['claude', 'codex']);
  });

  for (const [what, text] of Object.entries({
    'no JSON': '{',
    'something else': '[1, {"at": "x"}]',
    'too long': 'x'.repeat(100_000),
  }))
    test(`is nothing where the file is ${what}, and goes on`, () => {
      const folder = state();
      fs.writeFileSync(path.join(folder, 'heard.json'), text);
      const its = hearing(folder, () => 7);
      assert.deepEqual(its.read(), {});
      its.note('claude', 'PreToolUse');
      assert.deepEqual(Object.keys(its.read()), ['claude']);
    });

  test('is not minded where it cannot be kept', () => {
    const its = hearing(path.join(root, 'nowhere', 'state'), () => 7);
    its.note('claude', 'PreToolUse');
    assert.deepEqual(its.read(), {});
  });
});

describe('what runs with marks', { skip: process.platform !== 'linux' && 'only /proc shows it' }, () => {
  const marked = (environment: ReadonlyMap<string, string>) => environment.get('OUR_MARK');

  test('is found below a shell, with when it began, and nothing elsewhere', async () => {
    // A shell without marks, an agent without, its command with them.
    const shell = spawn(
      '/bin/sh',
      ['-c', 'env OUR_MARK=tester /bin/sh -c "sleep 20; true" & sleep 20; true'],
      {
        stdio: 'ignore',
        detached: true,
      },
    );
    try {
      const began = Date.now();
      let found: Awaited<ReturnType<typeof markedBelow>> = [];
      for (let tries = 0; tries < 100 && found.length < 2; tries++) {
        await pause(50);
        found = await markedBelow([shell.pid ?? 0], marked);
      }
      assert.deepEqual(
        found.map(it => it.agent),
        ['tester', 'tester'],
      );
      for (const { started } of found) assert.ok(Math.abs(started - began) < 30_000, `${started - began}`);
      assert.deepEqual(await markedBelow([process.pid], () => undefined), []);
      assert.deepEqual(await markedBelow([2 ** 30], marked), []);
    } finally {
      process.kill(-(shell.pid ?? 0));
      await once(shell, 'exit');
    }
  });
});
