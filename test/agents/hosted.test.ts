import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Attempt, Entry } from '../../src/core/model.ts';
import { answerHook } from '../../src/parts.ts';
import { paperLine } from '../support/line.ts';

/*
 * Hook files that others run too. Who has a hook of its own here is asked by that, and by no other; who has none is judged,
 * under its own name.
 */

const own = {
  session_id: 'S',
  cwd: '/work/project',
  hook_event_name: 'PreToolUse',
  transcript_path: '/home/user/.claude/projects/-work-project/S.jsonl',
  tool_name: 'Bash',
  tool_input: { command: 'rm -rf /' },
  tool_use_id: 'toolu_01',
};
const other = { ...own, transcript_path: '/home/user/elsewhere/S.jsonl' };

/** What each of them writes to Claude Code's hook, and with which marks it starts it. */
const hosts = [
  { agent: 'cursor', payload: { ...other, cursor_version: '3.15.6' }, marks: '' },
  { agent: 'cursor', payload: other, marks: 'CURSOR_VERSION' },
  { agent: 'devin', payload: { ...other, tool_name: 'exec' }, marks: 'DEVIN_PROJECT_DIR' },
  {
    agent: 'grok',
    payload: {
      ...other,
      hookEventName: 'pre_tool_use',
      sessionId: 'S',
      toolName: 'run_terminal_command',
      toolInput: { command: 'rm -rf /' },
      tool_name: 'run_terminal_command',
    },
    marks: '',
  },
  {
    agent: 'vscode',
    payload: { ...other, tool_name: 'run_in_terminal', tool_use_id: 'CALL__vscode-1' },
    marks: '',
  },
  { agent: 'vscode', payload: { ...other, tool_name: 'run_in_terminal', tool_use_id: 'CALL' }, marks: '' },
] as const;

async function answered(payload: unknown, marks: string, speaking: readonly string[]) {
  const entries: Entry[] = [];
  const seen: Attempt[] = [];
  const reply = await answerHook(
    { agent: 'claude', event: 'PreToolUse', payload: JSON.stringify(payload), marks },
    paperLine({ entries }),
    { custom: [], speaks: agent => speaking.includes(agent.id) },
    attempt => seen.push(attempt),
  );
  return { reply, subject: seen[0]?.subject, kind: seen[0]?.action.kind, entries: entries.length };
}

for (const [index, { agent, payload, marks }] of hosts.entries())
  describe(`${index}: ${agent}, which runs the hook of Claude Code`, () => {
    test('is not asked twice where it has a hook of its own', async () => {
      const { reply, entries } = await answered(payload, marks, [agent]);
      assert.deepEqual(reply, { stdout: '', stderr: '', exit: 0 });
      assert.equal(entries, 0);
    });

    test('is judged under its own name where it has none', async () => {
      const { reply, subject, kind, entries } = await answered(payload, marks, ['claude']);
      assert.equal(subject?.agent, agent);
      assert.equal(kind, 'shell');
      assert.match(reply.stdout, /"(?:deny|block)"/);
      assert.equal(entries, 1);
    });
  });

describe('Claude Code itself', () => {
  const everybody = ['claude', 'cursor', 'devin', 'grok', 'vscode'];
  for (const marks of ['', 'CURSOR_VERSION', 'DEVIN_PROJECT_DIR GROK_HOOK_EVENT'])
    test(`is judged as such, started with the marks \`${marks}\``, async () => {
      const { reply, subject } = await answered(own, marks, everybody);
      assert.equal(subject?.agent, 'claude');
      assert.match(reply.stdout, /"deny"/);
    });

  test('is judged as such where its payload says nothing of a file', async () => {
    const { transcript_path: _, ...without } = own;
    assert.equal((await answered(without, '', everybody)).subject?.agent, 'claude');
  });
});

test('an agent that does not say where it is, is where its hook runs', async () => {
  const seen: Attempt[] = [];
  const payload = JSON.stringify({ tool_name: 'Bash', tool_input: { command: 'ls' } });
  await answerHook(
    { agent: 'junie', event: 'PreToolUse', payload, cwd: '/work/project' },
    paperLine({}),
    { custom: [], speaks: () => true },
    attempt => seen.push(attempt),
  );
  assert.equal(seen[0]?.subject.cwd, '/work/project');
});
