import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pluginHooks } from '../../src/agents/vscode/index.ts';

const plugin = path.resolve(import.meta.dirname, '../../media/plugin');

test('the hooks of the plugin are those of the code', () => {
  const file = path.join(plugin, 'hooks/hooks.json');
  const wanted = `${JSON.stringify(pluginHooks, null, 2)}\n`;
  const found = textOf(file);
  if (found !== wanted) writeFileSync(file, wanted);
  assert.equal(found, wanted, 'media/plugin/hooks/hooks.json was written anew: look at it and commit it');
});

test('the plugin and the package have one version', () => {
  const { version } = JSON.parse(textOf(path.resolve(plugin, '../../package.json'))) as { version: string };
  for (const file of ['plugin.json', '.claude-plugin/plugin.json'])
    assert.equal((JSON.parse(textOf(path.join(plugin, file))) as { version: string }).version, version, file);
});

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
