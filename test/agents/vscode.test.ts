import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { vscode } from '../../src/agents/vscode/index.ts';
import type { Machine } from '../../src/core/ports.ts';

describe('what golden payloads cannot show', () => {
  const action = (tool_name: string, tool_input: unknown, platform: Machine['platform'] = 'posix') =>
    vscode.hooks.PreToolUse?.read(
      { session_id: 's', cwd: '/work/project', tool_name, tool_input },
      { platform, home: '/home/user' },
    )?.action;

  test('a terminal on Windows runs PowerShell', () => {
    assert.deepEqual(action('run_in_terminal', { command: 'ls' }, 'windows'), {
      kind: 'shell',
      line: 'ls',
      dialect: 'powershell',
    });
  });

  test('a file may be named by its address', () => {
    for (const filePath of ['file:///work/project/.env', 'file:///work/project/%2Eenv', '/work/project/.env'])
      assert.deepEqual(action('read_file', { filePath }), {
        kind: 'file',
        access: 'read',
        path: '/work/project/.env',
      });
    assert.deepEqual(action('read_file', { filePath: '/work/project/a%20b' }), {
      kind: 'file',
      access: 'read',
      path: '/work/project/a%20b',
    });
  });
});
