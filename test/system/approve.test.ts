import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approve } from '../../src/cli/approve.ts';
import type { Asker, Cli } from '../../src/cli/cli.ts';
import type { Answer } from '../../src/core/ports.ts';
import { attemptTo, decisionFor } from '../support/line.ts';

const two = `curl -X DELETE https://api.example.com/v1/volumes/v-1; curl -X DELETE https://api.example.com/v1/volumes/v-2`;

/** What the terminal answers to two gravest deletions, where a person types this; a failing terminal is an `Error`. */
async function answered(
  typed: readonly (string | Error)[],
  { signal } = new AbortController(),
): Promise<Answer> {
  const lines = [...typed];
  let ask: Asker | undefined;
  const cli: Partial<Cli> = {
    cwd: '/work/project',
    write: () => undefined,
    question: async () => {
      const next = lines.shift() ?? '';
      if (next instanceof Error) throw next;
      return next;
    },
    serve: async given => {
      ask = given;
      return () => undefined;
    },
  };
  const running = approve.run([], cli as Cli);
  await new Promise(setImmediate);
  const decision = await decisionFor(two);
  const answer = await ask?.(attemptTo({ kind: 'shell', line: two, dialect: 'posix' }), decision, signal);
  process.emit('SIGTERM');
  await running;
  return answer ?? assert.fail('nobody was asked');
}

test('every name is typed before something grave is allowed', async () => {
  assert.equal((await answered(['v-1', 'v-2'])).outcome, 'allowed');
  assert.equal((await answered(['v-1'])).outcome, 'refused');
  assert.equal((await answered(['v-2', 'v-1'])).outcome, 'refused');
  assert.equal((await answered(['y'])).outcome, 'refused');
});

test('a terminal that fails is nobody, and a no', async () => {
  const { outcome, by } = await answered([new Error('gone')]);
  assert.deepEqual({ outcome, by }, { outcome: 'refused', by: 'nobody' });
});

test('what nobody waits for is not asked, and a yes to it counts for nothing', async () => {
  const gone = new AbortController();
  gone.abort();
  assert.equal((await answered(['v-1', 'v-2'], gone)).outcome, 'refused');
});
