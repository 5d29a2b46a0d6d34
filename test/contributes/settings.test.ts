import { clearDesk, desk, reconfigure } from './vscode.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { factory } from '../../src/core/settings.ts';
import { madeUp } from '../support/madeUp.ts';

const { watchSettings } = await import('../../src/editor/settings.ts');

describe('the settings', () => {
  beforeEach(clearDesk);

  test("are the factory's when nothing is set", () => {
    assert.deepEqual(read(), { settings: factory, problems: [] });
  });

  test("are a person's, whatever a workspace leaves unsaid", () => {
    desk.inspected = {
      mode: { globalValue: 'watch' },
      'approval.timeout': { globalValue: 300 },
      agents: { globalValue: ['claude'] },
    };
    assert.deepEqual(read().settings, {
      ...factory,
      mode: 'watch',
      approvalTimeout: 300,
      agents: ['claude'],
    });
  });

  test('are tightened by a workspace and its folders, never loosened', () => {
    desk.inspected = {
      mode: { globalValue: 'enforce', workspaceValue: 'watch', workspaceFolderValue: 'strict' },
      rules: {
        globalValue: { a: 'deny' },
        workspaceValue: { a: 'allow', b: 'deny', c: 'ask' },
        workspaceFolderValue: { b: 'ask', c: 'deny' },
      },
      hidden: { globalValue: ['*.csv'], workspaceValue: ['!*.csv', 'x'], workspaceFolderValue: ['y'] },
      environments: {
        globalValue: { production: ['a'], staging: ['b'] },
        workspaceValue: { production: ['c'], staging: ['d'] },
        workspaceFolderValue: { live: ['e'], local: ['a'] },
      },
      environment: { workspaceValue: 'staging' },
      secretPrograms: { globalValue: { mine: '/a' }, workspaceValue: { theirs: '/b' } },
      'approval.timeout': { workspaceValue: 500, workspaceFolderValue: 60 },
      agents: { globalValue: ['claude'], workspaceValue: [] },
      customAgents: { workspaceValue: [madeUp] },
      'rotation.days': { globalValue: { github: 30 }, workspaceValue: 0 },
      'sandbox.domains': {
        globalValue: ['a', 'b', 'c'],
        workspaceValue: ['b', 'c', 'd'],
        workspaceFolderValue: ['c'],
      },
      'sandbox.keep': { globalValue: ['A_KEY'], workspaceValue: ['B_KEY'] },
      'rotation.commands': { workspaceValue: { github: 'evil' } },
      'scan.onSave': { workspaceValue: false },
      hideInEditor: { workspaceValue: true },
      shellGuard: { workspaceValue: false },
      pathShims: { workspaceValue: true },
      'scan.onStartup': { globalValue: true, workspaceFolderValue: false },
    };
    assert.deepEqual(read().settings, {
      mode: 'strict',
      rules: { a: 'deny' },
      floors: { a: 'allow', b: 'deny', c: 'deny' },
      hidden: ['*.csv', 'x', 'y'],
      environments: { production: ['a', 'c'], staging: ['b'], live: ['e'] },
      environment: 'staging',
      secretPrograms: { mine: '/a' },
      connections: {},
      approvalTimeout: 60,
      agents: ['claude'],
      customAgents: [],
      rotationDays: { github: 30 },
      rotationCommands: {},
      denyLists: [],
      hideInEditor: false,
      sandbox: { domains: ['c'], keep: ['A_KEY'] },
      shellGuard: true,
      pathShims: false,
      scan: { onSave: true, onStartup: true },
    });
  });

  test('stay as they were where a value does not parse, and say so', () => {
    desk.inspected = { 'approval.timeout': { globalValue: 30 }, mode: { globalValue: 'strict' } };
    const told: (readonly string[])[] = [];
    const watched = watchSettings(({ problems }) => told.push(problems));
    desk.inspected = { 'approval.timeout': { globalValue: 'soon' } };
    reconfigure();
    assert.deepEqual(watched.current().settings, { ...factory, approvalTimeout: 30 });
    assert.equal(told.length, 1);
    assert.equal(told[0]?.length, 1);
    desk.inspected = {};
    reconfigure();
    assert.deepEqual(watched.current(), { settings: factory, problems: [] });
    watched.dispose();
    reconfigure();
    assert.equal(told.length, 2);
  });
});

function read() {
  const watched = watchSettings(() => undefined);
  watched.dispose();
  return watched.current();
}
