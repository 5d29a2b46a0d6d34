import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agents } from '../../src/agents/index.ts';

/* Who is taken to have run an agent's hook files, by what the hook is told and by the marks it was started with. */

const claude = { session_id: 's', transcript_path: '/t', cwd: '/w', hook_event_name: 'PreToolUse' };
const copilot = { sessionId: 's', cwd: '/w', toolName: 'bash', toolArgs: {} };
const { transcript_path: _, ...untold } = claude;

for (const [what, agent, said, marks, host] of [
  ['Claude Code itself', 'claude', claude, [], undefined],
  ["Claude Code, started in Copilot's shell", 'claude', claude, ['COPILOT_CLI'], undefined],
  ['Copilot with the hooks of a repository', 'claude', untold, ['COPILOT_CLI'], 'copilot'],
  ['what cannot be read', 'claude', 'text', ['COPILOT_CLI'], undefined],
  ['Copilot itself', 'copilot', copilot, ['COPILOT_CLI'], undefined],
  ["VS Code's own agent with Copilot's folder", 'copilot', claude, [], 'vscode'],
  ['what cannot be read', 'copilot', 'text', [], undefined],
] as const)
  test(`${agent}: ${what}`, () => {
    const { hosts = [] } = agents.find(it => it.id === agent) ?? assert.fail();
    assert.equal(hosts.find(it => it.is(said, marks))?.agent, host);
  });

test('every host is an agent of the table, but for those without hooks that terminals know by their marks', () => {
  const ids = new Set(agents.map(it => it.id));
  for (const { hosts = [] } of agents.filter(it => it.id !== 'shell'))
    for (const { agent } of hosts) assert.ok(ids.has(agent), agent);
});
