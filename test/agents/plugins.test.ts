import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { agentOf } from '../../src/agents/index.ts';
import type { Launch } from '../../src/core/agent.ts';
import { asking } from '../../src/core/inProcess.ts';
import { failed } from '../../src/core/launch.ts';
import { runHook } from '../../src/system/process.ts';

/*
 * Files of ours that are programs, run for real on a guard that is a script: whatever becomes of it, nothing but its silence
 * is a yes.
 */

const skip = process.platform === 'win32' && 'what is started there is another';
const root = mkdtempSync(path.join(tmpdir(), 'plugins-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** What stands where `hook.sh` does, and what it makes of a call: a yes, a no with these words, or our own words. */
const guards: Readonly<Record<string, readonly [script: string | undefined, no: string | undefined]>> = {
  'is silent': ['cat > "$0.heard"', undefined],
  'says no': [`cat > "$0.heard"; printf '%s' '$NO'`, 'not this'],
  'does not listen': ['', undefined],
  'says no and does not listen': [`printf '%s' '$NO'`, 'not this'],
  'says no and fails': [`printf '%s' '$NO'; exit 1`, failed],
  fails: ['exit 70', failed],
  'refuses by its status': ['echo no >&2; exit 2', failed],
  'is killed': ['kill -9 $$', failed],
  'is gone': [undefined, failed],
  'says something else': ['echo hello', failed],
  'says half of it': [`printf '%s' '{"dec'`, failed],
};

function launchWith(script: string | undefined): Launch {
  const folder = mkdtempSync(path.join(root, "it's-"));
  if (script !== undefined) writeFileSync(path.join(folder, 'hook.sh'), script);
  return { node: process.execPath, guard: path.join(folder, 'guard.js'), state: folder, platform: 'posix' };
}

function textOf(agent: string, launch: Launch): string {
  const wiring = agentOf(agent)?.wiring[0];
  assert.ok(wiring && 'text' in wiring);
  return wiring.text(launch);
}

async function load<T>(text: string): Promise<T> {
  const file = path.join(mkdtempSync(path.join(root, 'module-')), 'chaperone.mjs');
  writeFileSync(file, text);
  return (await import(pathToFileURL(file).href)) as T;
}

for (const agent of ['opencode', 'kilo'])
  describe(`the plugin of ${agent}, loaded`, { skip }, () => {
    const call = async (launch: Launch): Promise<void> => {
      const plugin = await load<Record<string, (given: unknown) => Promise<Record<string, Called>>>>(
        textOf(agent, launch),
      );
      const [make, ...others] = Object.values(plugin);
      assert.deepEqual(others, []);
      const hooks = (await make?.({ directory: root })) ?? assert.fail();
      assert.deepEqual(Object.keys(hooks), ['tool.execute.before']);
      await hooks['tool.execute.before']?.(
        { tool: 'bash', sessionID: 'S', callID: 'C' },
        { args: { command: 'x'.repeat(200_000) } },
      );
    };
    for (const [what, [script, no]] of Object.entries(guards))
      test(`${no === undefined ? 'lets pass' : 'throws'} where the guard ${what}`, async () => {
        const called = call(launchWith(script?.replace('$NO', '{"decision":"deny","reason":"not this"}')));
        if (no === undefined) await called;
        else await assert.rejects(called, { message: no });
      });
  });

describe('the plugin of amp, loaded', { skip }, () => {
  for (const [what, [script, no]] of Object.entries(guards))
    test(`${no === undefined ? 'allows' : 'rejects'} where the guard ${what}`, async () => {
      const launch = launchWith(script?.replace('$NO', '{"decision":"deny","reason":"not this"}'));
      const { default: plugin } = await load<{ default: (amp: unknown) => void }>(textOf('amp', launch));
      const handlers: Record<string, (event: unknown) => Promise<unknown>> = {};
      plugin({
        on: (event: string, handler: (event: unknown) => Promise<unknown>) => (handlers[event] = handler),
      });
      assert.deepEqual(
        await handlers['tool.call']?.({ tool: 'Bash', input: { cmd: 'ls' }, thread: { id: 'T' } }),
        no === undefined ? { action: 'allow' } : { action: 'reject-and-continue', message: no },
      );
    });
});

type Called = (input: unknown, output: unknown) => Promise<void>;

test('a plugin does not wait for ever', { skip }, async () => {
  const launch = launchWith('trap "" TERM; sleep 9');
  const { ask } = await load<{ ask: (payload: unknown) => Promise<void> }>(
    `${asking(launch, 'opencode', 'tool.execute.before', 1)}\nexport { ask };`,
  );
  await assert.rejects(ask({}), { message: failed });
});

test('what cannot be said in JSON is refused', { skip }, async () => {
  const { ask } = await load<{ ask: (payload: unknown) => Promise<void> }>(
    `${asking(launchWith(''), 'opencode', 'tool.execute.before', 9)}\nexport { ask };`,
  );
  await assert.rejects(ask({ tool_input: 7n }));
});

describe('the programs of Cline, started', { skip }, () => {
  for (const id of ['cline', 'cline-cli'])
    for (const [what, [script, no]] of Object.entries(guards))
      test(`${id}: ${no === undefined ? 'silent' : 'a no'} where the guard ${what}`, async () => {
        const launch = launchWith(script?.replace('$NO', '{"cancel":true,"errorMessage":"not this"}'));
        const folder = mkdtempSync(path.join(root, 'cline-'));
        const file = path.join(folder, 'PreToolUse');
        writeFileSync(file, textOf(id, launch), { mode: 0o755 });
        const { exit, stdout } = await runHook(`'${file}'`, '{}', root);
        assert.equal(exit, 0);
        assert.deepEqual(
          stdout === '' ? undefined : JSON.parse(stdout),
          no === undefined ? undefined : { cancel: true, errorMessage: no },
        );
      });
});
