import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agentOf } from '../../src/agents/index.ts';
import type { Entry, SearchFact } from '../../src/core/model.ts';
import { supervise } from '../../src/core/supervise.ts';
import { paperLine } from '../support/line.ts';
import { paperMachine } from '../support/world.ts';

/*
 * A search that would show a hidden file is done without it, where the agent lets its input be replaced: but only where
 * what is left shows none.
 */

const searches = [
  {
    agent: 'vscode',
    tool: 'grep_search',
    input: { query: 'TOKEN', isRegexp: false, includeIgnoredFiles: true },
    less: { query: 'TOKEN', isRegexp: false, includeIgnoredFiles: false },
    isWide: (key: string) => key.endsWith('true]'),
  },
  {
    agent: 'claude',
    tool: 'Grep',
    input: { pattern: 'TOKEN', output_mode: 'content' },
    less: undefined,
    isWide: (key: string) => !key.includes('!{.env,'),
  },
] as const;

for (const { agent, tool, input, less, isWide } of searches)
  describe(`${agent}: ${tool}`, () => {
    const hook = agentOf(agent)?.hooks.PreToolUse ?? assert.fail();
    const read = (tool_input: unknown) =>
      hook.read({ session_id: 's', cwd: '/work/project', tool_name: tool, tool_input }, paperMachine) ??
      assert.fail();
    const ruled = async (tool_input: unknown, shows: (key: string) => boolean) => {
      const entries: Entry[] = [];
      const line = paperLine({ entries });
      const answer: typeof line.world.answer = async questions => {
        const facts = await line.world.answer(questions);
        const shown = [...facts.searches].map(([key]): [string, SearchFact] => [
          key,
          { shows: shows(key) ? ['/work/project/.env'] : [] },
        ]);
        return { ...facts, searches: new Map(shown) };
      };
      const ruling = await supervise(read(tool_input), { ...line, world: { ...line.world, answer } });
      return { ruling, entry: entries[0], reply: hook.reply(ruling) };
    };

    test('is narrowed where that shows nothing hidden, on record', async () => {
      const { ruling, entry, reply } = await ruled(input, isWide);
      assert.deepEqual([ruling.outcome, ruling.by, ruling.decision.verdict], ['allowed', 'policy', 'deny']);
      assert.deepEqual([entry?.narrowed, entry?.outcome, entry?.verdict], [true, 'allowed', 'deny']);
      const { hookSpecificOutput: said } = JSON.parse(reply.stdout) as {
        hookSpecificOutput: { permissionDecision: string; updatedInput: Record<string, unknown> };
      };
      assert.equal(said.permissionDecision, 'allow');
      assert.deepEqual({ ...said.updatedInput, glob: undefined }, { ...(less ?? input), glob: undefined });
      assert.equal(reply.exit, 0);
    });

    test('is refused where it still would show a hidden file', async () => {
      const { ruling, entry } = await ruled(input, () => true);
      assert.deepEqual([ruling.outcome, ruling.narrowed, entry?.narrowed], ['refused', undefined, undefined]);
    });

    test('is let pass as it is where it shows none', async () => {
      const { ruling, reply } = await ruled(input, () => false);
      assert.deepEqual([ruling.outcome, ruling.narrowed, reply.stdout], ['allowed', undefined, '']);
    });

    test('is not narrowed where it looks for credentials, or says itself where', async () => {
      const hunting =
        agent === 'vscode' ? { ...input, query: 'RAILWAY_TOKEN' } : { pattern: 'RAILWAY_TOKEN' };
      assert.equal((await ruled(hunting, isWide)).ruling.outcome, 'refused');
      const own = agent === 'vscode' ? { query: 'x' } : { pattern: 'x', glob: '.env*' };
      assert.equal(read(own).narrower, undefined);
    });
  });
