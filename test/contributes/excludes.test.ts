import { clearDesk, desk, reconfigure } from './vscode.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';

const { excludes } = await import('../../src/editor/excludes.ts');

const keys = ['files.exclude', 'search.exclude'] as const;

/** A window; windows that are given the same map share what is remembered. */
async function opened(first: readonly string[] | undefined, kept = new Map<string, unknown>()) {
  let globs: readonly string[] | undefined | Error = first;
  const told: (readonly string[])[] = [];
  const window = excludes({
    wanted: async () => {
      if (globs instanceof Error) throw globs;
      return globs;
    },
    memory: {
      get: (key: string) => kept.get(key) as never,
      update: async (key: string, value: unknown) => void kept.set(key, value),
    },
    complain: problems => void told.push(problems),
  });
  // What was written tells of a change again.
  const idle = async () => {
    for (let round = 0; round < 3; round++) await window.idle();
  };
  await idle();
  const want = async (next: typeof globs) => {
    globs = next;
    reconfigure();
    await idle();
  };
  return { want, told, kept, window };
}

const both = (value: unknown) => keys.map(() => value);
const now = () => keys.map(key => desk.inspected[key]?.globalValue);
const set = (value: unknown) => {
  for (const key of keys) desk.inspected[key] = { globalValue: value };
};

describe("the person's own excludes", () => {
  beforeEach(clearDesk);

  test('are not touched by who did not choose it', async () => {
    set({ '**/.env': true });
    const before = desk.inspected[keys[0]];
    const { kept, window } = await opened([]);
    assert.deepEqual([now(), kept.size], [both({ '**/.env': true }), 0]);
    assert.equal(desk.inspected[keys[0]], before);
    window.dispose();
  });

  test('get what is wanted, and lose exactly that again', async () => {
    const mine = { '**/.git': false, a: true, b: false };
    set(mine);
    const { want, told, window } = await opened(['a', 'b', 'c', 'd']);
    assert.deepEqual(now(), both({ ...mine, c: true, d: true }));
    await want(['a', 'd', 'e']);
    assert.deepEqual(now(), both({ ...mine, d: true, e: true }));
    await want([]);
    assert.deepEqual(now(), both(mine));
    assert.deepEqual(told.flat(), []);
    window.dispose();
  });

  test('are as if never set where nothing else stands in them', async () => {
    const { want, kept, window } = await opened(['a']);
    assert.deepEqual(now(), both({ a: true }));
    await want([]);
    assert.deepEqual([now(), [...kept.values()]], [both(undefined), both(undefined)]);
    window.dispose();
  });

  test('keep what a person made of a key of ours', async () => {
    const { want, window } = await opened(['a', 'b']);
    set({ a: false, b: true });
    await want(['a', 'b']);
    set({ a: true, b: true });
    await want([]);
    assert.deepEqual(now(), both({ a: true }));
    window.dispose();
  });

  test('are the same after a restart', async () => {
    const { kept, window } = await opened(['a']);
    window.dispose();
    const again = await opened([], kept);
    assert.deepEqual(now(), both(undefined));
    again.window.dispose();
  });

  test('take no harm from two windows at once', async () => {
    set({ mine: true });
    const kept = new Map<string, unknown>();
    const [one, two] = await Promise.all([opened(['a', 'b'], kept), opened(['a', 'b'], kept)]);
    assert.deepEqual(now(), both({ mine: true, a: true, b: true }));
    await Promise.all([one.want([]), two.want([])]);
    assert.deepEqual(now(), both({ mine: true }));
    one.window.dispose();
    two.window.dispose();
  });

  test('take no harm from a window that does not know yet what another one added', async () => {
    const { want, window } = await opened(['a']);
    const late = await opened(['a']);
    await late.want([]);
    assert.deepEqual([now(), late.kept.size], [both({ a: true }), 0]);
    await want([]);
    assert.deepEqual(now(), both(undefined));
    window.dispose();
    late.window.dispose();
  });

  test('that cannot be written are a problem, until they can', async () => {
    desk.unwritable = 'the file has unsaved changes';
    const { want, told, kept, window } = await opened(['a']);
    assert.equal(told.at(-1)?.length, 2);
    assert.ok(told.at(-1)?.every((it, at) => it.includes(keys[at] ?? '?') && it.includes('unsaved changes')));
    // What is not written is not ours.
    set({ a: true });
    desk.unwritable = undefined;
    await want([]);
    assert.deepEqual([now(), told.at(-1)], [both({ a: true }), []]);
    assert.deepEqual([...kept.values()].filter(Boolean), []);
    window.dispose();
  });

  test('that are no table are left, with a problem', async () => {
    desk.inspected['files.exclude'] = { globalValue: ['x'] };
    const { told, window } = await opened(['a']);
    assert.deepEqual([now(), told.at(-1)?.length], [[['x'], { a: true }], 1]);
    window.dispose();
  });

  test('stay where what is wanted is not known', async () => {
    const { want, told, window } = await opened(['a']);
    await want(undefined);
    await want(new Error('broken'));
    assert.deepEqual([now(), told.at(-1)?.length], [both({ a: true }), 1]);
    window.dispose();
  });

  test('are not looked at any more by a window that closed', async () => {
    const { want, window } = await opened(['a']);
    window.dispose();
    await want([]);
    assert.deepEqual(now(), both({ a: true }));
  });
});
