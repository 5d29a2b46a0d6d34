import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { factory, tighten, type Settings } from '../../src/core/settings.ts';
import { loadSettings, saveSettings, workspaceSettings } from '../../src/system/settings.ts';

const root = fs.mkdtempSync(path.join(tmpdir(), 'settings-test-'));
after(() => fs.rmSync(root, { recursive: true }));
const fresh = (): string => fs.mkdtempSync(path.join(root, 'case-'));

describe("a person's", () => {
  test('come back as they were saved, private, without what is no setting', () => {
    const state = fresh();
    saveSettings(state, { mode: 'strict', 'approval.timeout': 30, hidden: ['*.pem'], other: 1 });
    assert.deepEqual(loadSettings(state), {
      settings: { ...factory, mode: 'strict', approvalTimeout: 30, hidden: ['*.pem'] },
      problems: [],
    });
    const file = path.join(state, 'settings.json');
    assert.equal('other' in JSON.parse(fs.readFileSync(file, 'utf8')), false);
    if (process.platform !== 'win32') assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  test('never saved are those of the factory', () => {
    assert.deepEqual(loadSettings(fresh()), { settings: factory, problems: [] });
  });

  for (const [name, content] of [
    ['broken', '{"mode":'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['without end', `{"mode":"watch","x":"${'x'.repeat(1024 * 1024)}"}`],
  ] as const)
    test(`${name} are those of the factory, with a sentence`, () => {
      const state = fresh();
      fs.writeFileSync(path.join(state, 'settings.json'), content);
      const { settings, problems } = loadSettings(state);
      assert.deepEqual(settings, factory);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /^cannot read settings `/);
    });

  test('with one value that is none keep the others', () => {
    const state = fresh();
    saveSettings(state, { mode: 'off', 'approval.timeout': 30 });
    const { settings, problems } = loadSettings(state);
    assert.deepEqual(settings, { ...factory, approvalTimeout: 30 });
    assert.equal(problems.length, 1);
  });

  test('are not looked for in the prototype', () => {
    const state = fresh();
    fs.writeFileSync(path.join(state, 'settings.json'), '{"__proto__":{"mode":"watch"}}');
    assert.deepEqual(loadSettings(state).settings, factory);
  });
});

describe("a workspace's", () => {
  const lax: Settings = {
    ...factory,
    mode: 'watch',
    approvalTimeout: 500,
    rules: { 'git.force-push': 'allow' },
  };
  const workspace = (content?: string): string => {
    const folder = fresh();
    if (content === undefined) return folder;
    fs.mkdirSync(path.join(folder, '.vscode'));
    fs.writeFileSync(path.join(folder, '.vscode', 'settings.json'), content);
    return folder;
  };

  for (const [name, content] of [
    ['missing', undefined],
    ['empty', ''],
    ['of others', '{"editor.tabSize": 2, "mode": "strict"}'],
    ['looser', '{"chaperone.mode": "watch", "chaperone.approval.timeout": 540, "chaperone.hidden": ["!x"]}'],
  ] as const)
    test(`${name} change nothing`, () => {
      const { settings, problems } = workspaceSettings(workspace(content));
      assert.deepEqual(tighten(lax, settings), lax);
      assert.deepEqual(problems, []);
    });

  test('are read with comments, and tighten', () => {
    const text = `\uFEFF{
      // ours
      "chaperone.mode": "strict",
      "chaperone.rules": { "git.force-push": "deny", }, /* and */
      "chaperone.approval.timeout": 20,
    }`;
    assert.deepEqual(tighten(lax, workspaceSettings(workspace(text)).settings), {
      ...lax,
      mode: 'strict',
      approvalTimeout: 20,
      floors: { 'git.force-push': 'deny' },
    });
  });

  for (const content of ['{"chaperone.mode": ', '[]', '// nothing', '['.repeat(200_000)])
    test(`${content.slice(0, 20)} is a problem, and changes nothing`, () => {
      const { settings, problems } = workspaceSettings(workspace(content));
      assert.deepEqual(tighten(lax, settings), lax);
      assert.equal(problems.length, 1);
    });
});
