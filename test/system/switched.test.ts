import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { claude } from '../../src/agents/claude/index.ts';
import { codex } from '../../src/agents/codex/index.ts';
import { gemini } from '../../src/agents/gemini/index.ts';
import { grok } from '../../src/agents/grok/index.ts';
import { vscode } from '../../src/agents/vscode/index.ts';
import { switchedOff } from '../../src/system/switched.ts';

const root = mkdtempSync(path.join(tmpdir(), 'switched-'));
after(() => rmSync(root, { recursive: true, force: true }));

test('settings that switch hooks off are told, wherever they stand', () => {
  const given = { home: path.join(root, 'home'), workspace: path.join(root, 'work') };
  assert.deepEqual(switchedOff(claude, given), []);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('home/.claude/settings.json', '\uFEFF{ // a comment\n "disableAllHooks": true, }');
  write('work/.claude/settings.local.json', '{"disableAllHooks": false}');
  write('work/.claude/settings.json', 'not json');
  write('work/.vscode/settings.json', '{"chat.useHooks": false, "chat.plugins.enabled": true}');
  assert.equal(switchedOff(claude, given).length, 1);
  assert.match(switchedOff(claude, given)[0] ?? '', /disableAllHooks/);
  assert.deepEqual(
    switchedOff(vscode, given).map(it => /`chat\.useHooks`/.test(it)),
    [true],
  );
});

test('keys within keys, members of lists and tables of TOML are found', () => {
  const given = { home: path.join(root, 'home2'), workspace: path.join(root, 'work2') };
  const off = (agent: typeof codex, file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, 'work2', file)), { recursive: true });
    writeFileSync(path.join(root, 'work2', file), text);
    return switchedOff(agent, given).length;
  };
  for (const [text, count] of [
    ['[features]\nhooks = false # why\n', 1],
    ['features.hooks = false\n', 1],
    ['features = { web = true, hooks = false }\n', 1],
    ['[features]\nhooks = true\n', 0],
    ['[other]\nhooks = false\n', 0],
    ['', 0],
  ] as const)
    assert.equal(off(codex, '.codex/config.toml', text), count, text);
  for (const [text, count] of [
    ['{"hooksConfig": {"enabled": false}}', 1],
    ['{"hooksConfig": {"disabled": ["other", "chaperone"]}}', 1],
    ['{"hooksConfig": {"enabled": true, "disabled": ["other"]}}', 0],
    ['{"hooksConfig": 7}', 0],
    ['[]', 0],
  ] as const)
    assert.equal(off(gemini, '.gemini/settings.json', text), count, text);
});

test('a line of its own, and a key above all tables, are found', () => {
  const given = { home: path.join(root, 'home3'), workspace: path.join(root, 'work3') };
  const folder = path.join(given.home, '.grok');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'disabled-hooks'), 'global/other:pre_tool_use[0].hooks[0]\n');
  assert.deepEqual(switchedOff(grok, given), []);
  writeFileSync(path.join(folder, 'disabled-hooks'), 'x\nglobal/chaperone:pre_tool_use[0].hooks[0]\n');
  writeFileSync(path.join(folder, 'requirements.toml'), 'allow_managed_hooks_only = true\n');
  assert.equal(switchedOff(grok, given).length, 2);
});
