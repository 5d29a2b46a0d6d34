import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { runHook } from '../../src/system/process.ts';

const skip = process.platform === 'win32' && 'the lines are for a POSIX shell';

describe('a hook that is run', { skip }, () => {
  const ran = async (command: string, payload = '', patience?: number) => {
    const { exit, stdout, stderr } = await runHook(command, payload, tmpdir(), patience);
    return { exit, stdout, stderr };
  };

  test('reads its payload, and is heard', async () =>
    assert.deepEqual(await ran('cat; echo why >&2; exit 3', '{"a":"é"}'), {
      exit: 3,
      stdout: '{"a":"é"}',
      stderr: 'why\n',
    }));
  test('may not read its payload at all', async () =>
    assert.equal((await ran('exit 0', 'x'.repeat(1_000_000))).exit, 0));
  test('that is not there fails', async () => assert.equal((await ran('/nowhere/at/all')).exit, 127));
  test('that is killed has no status', async () => assert.equal((await ran('kill -9 $$')).exit, undefined));
  test('that hangs is ended', async () => {
    const began = performance.now();
    assert.equal((await ran('exec sleep 20', '', 300)).exit, undefined);
    assert.ok(performance.now() - began < 10_000);
  });
  test('in a folder that is not there fails', async () =>
    assert.equal((await runHook('true', '', '/nowhere/at/all', 300)).exit, undefined));
});
