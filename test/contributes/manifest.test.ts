import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  commandIds,
  contextKeys,
  rowKinds,
  toolIds,
  viewIds,
  walkthroughId,
} from '../../src/core/contributes.ts';
import { factory, readSettings, settingKeys, type Settings } from '../../src/core/settings.ts';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const { contributes } = manifest;
const { menus, configuration, commands, views, viewsContainers, viewsWelcome, walkthroughs } = contributes;
const menuItems = Object.values(menus).flat();
const text = JSON.stringify(manifest);

describe('package.json and the code agree about', () => {
  test('commands', () =>
    same(
      commands.map(it => it.command),
      commandIds,
    ));

  test('views', () =>
    same(
      Object.values(views)
        .flat()
        .map(it => it.id),
      viewIds,
    ));

  test('tools for models', () =>
    same(
      contributes.languageModelTools.map(it => it.name),
      toolIds,
    ));

  test('the walkthrough', () =>
    assert.deepEqual(
      walkthroughs.map(it => it.id),
      [walkthroughId],
    ));

  test('context keys', () =>
    same(
      conditions().flatMap(it => it.match(/chaperone\.(?!(?:approvals|coverage|secrets)\b)\w+/g) ?? []),
      contextKeys,
    ));

  test('kinds of rows', () =>
    same(
      conditions().flatMap(it => [...it.matchAll(/viewItem == (\w+)/g)].map(([, kind]) => kind ?? '')),
      rowKinds,
    ));

  test('settings', () =>
    same(
      Object.keys(configuration.properties),
      settingKeys.map(it => `chaperone.${it}`),
    ));

  for (const key of settingKeys)
    test(`what \`${key}\` is when nothing is set`, () =>
      assert.deepEqual(property(key).default, valueOf(key, factory)));

  for (const key of settingKeys)
    test(`which values \`${key}\` takes`, () => {
      for (const value of [property(key).default, ...edges(key)])
        assert.deepEqual(readSettings(it => (it === key ? value : undefined)).problems, []);
      for (const value of beyond(key))
        assert.equal(readSettings(it => (it === key ? value : undefined)).problems.length, 1);
    });
});

describe('package.json', () => {
  test('knows every command it mentions', () => {
    const mentioned = [
      ...menuItems.map(it => it.command),
      ...(text.match(/(?<=command:|onCommand:)[\w.]+/g) ?? []),
    ];
    assert.deepEqual(
      mentioned.filter(it => !commandIds.some(id => id === it)),
      [],
    );
  });

  test('keeps from the palette what only a row can be asked', () => {
    const hidden = menus.commandPalette.filter(it => it.when === 'false').map(it => it.command);
    // Without a row these ask which one is meant, or are about all.
    const rowless = [
      'chaperone.secrets.guide',
      'chaperone.agents.install',
      'chaperone.agents.uninstall',
      'chaperone.agents.preview',
      'chaperone.doctor',
    ];
    same(
      menus['view/item/context'].map(it => it.command).filter(it => !rowless.includes(it)),
      hidden,
    );
  });

  test('knows every view it mentions', () => {
    const mentioned = [...(text.match(/(?<=view == )[\w.]+/g) ?? []), ...viewsWelcome.map(it => it.view)];
    assert.deepEqual(
      mentioned.filter(it => !viewIds.some(id => id === it)),
      [],
    );
    same(
      Object.keys(views),
      viewsContainers.activitybar.map(it => it.id),
    );
  });

  test('names files that exist', () => {
    const media = walkthroughs.flatMap(it => [it.icon, ...it.steps.map(step => step.media.markdown)]);
    const icons = [
      manifest.icon,
      ...contributes.chatPlugins.map(it => it.path),
      ...[...viewsContainers.activitybar, ...Object.values(views).flat()].map(it => it.icon),
    ];
    assert.deepEqual(
      [...media, ...icons].filter(it => !existsSync(join(root, it))),
      [],
    );
  });

  test('has an icon as large as the marketplace wants', () => {
    const icon = readFileSync(join(root, manifest.icon));
    assert.ok(icon.readUInt32BE(16) >= 128 && icon.readUInt32BE(16) === icon.readUInt32BE(20));
  });

  test('translates every key it uses, and uses every one', () => {
    const file = join(root, 'package.nls.json');
    const keys = existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object) : [];
    same([...new Set(text.match(/(?<="%)[\w.]+(?=%")/g) ?? [])], keys);
  });

  test('keeps from a workspace what cannot merely tighten', () => {
    const personal = settingKeys.filter(it => property(it).scope === 'application');
    // `agents` and `customAgents` name files to be written, `sandbox.keep` what is handed to programs, `secretPrograms` and
    // `rotation.commands` what is started, `connections` what may be asked: those are no words for a workspace at all. The mode is tightened by what reads
    // it. Who is asked in terminals, when somebody looks for secrets and replaces them is nobody else's business, nor what a person sees in their explorer.
    same(personal, [
      'agents',
      'customAgents',
      'connections',
      'rotation.commands',
      'denyLists',
      'hideInEditor',
      'pathShims',
      'rotation.days',
      'sandbox.keep',
      'scan.onSave',
      'scan.onStartup',
      'secretPrograms',
      'shellGuard',
    ]);
  });

  test('describes every setting, and each of its values', () => {
    for (const key of settingKeys) {
      const { markdownDescription, enum: values, enumDescriptions } = property(key);
      assert.ok(markdownDescription.length > 40);
      assert.equal(enumDescriptions?.length, values?.length);
    }
  });
});

interface Property {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: { readonly maxLength?: number };
  readonly additionalProperties?: {
    readonly enum?: readonly string[];
    readonly items?: { readonly maxLength: number };
  };
}

function property(key: string): Property {
  const found = (configuration.properties as Readonly<Record<string, Property>>)[`chaperone.${key}`];
  assert.ok(found, `no setting ${key}`);
  return found;
}

/** The values at the edge of what the schema allows. */
function edges(key: string): readonly unknown[] {
  const { enum: values, minimum, maximum, items, additionalProperties } = property(key);
  return [
    ...(values ?? []),
    ...[minimum, maximum].filter(it => it !== undefined),
    ...(items?.maxLength ? [['x'.repeat(items.maxLength)]] : []),
    ...(additionalProperties?.enum?.map(verdict => ({ 'some.rule': verdict })) ?? []),
    ...(additionalProperties?.items ? [{ some: ['x'.repeat(additionalProperties.items.maxLength)] }] : []),
  ];
}

/** The nearest that it does not. */
function beyond(key: string): readonly unknown[] {
  const { enum: values, minimum, maximum, items, additionalProperties } = property(key);
  return [
    ...(values ? ['paused', 'off'] : []),
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(items?.maxLength ? [['x'.repeat(items.maxLength + 1)], ['']] : []),
    ...(additionalProperties?.enum ? [{ 'some.rule': 'off' }] : []),
    ...(additionalProperties?.items
      ? [
          { some: ['x'.repeat(additionalProperties.items.maxLength + 1)] },
          { some: [''] },
          { '': [] },
          { ['x'.repeat(65)]: [] },
        ]
      : []),
  ];
}

function valueOf(key: (typeof settingKeys)[number], settings: Settings): unknown {
  switch (key) {
    case 'mode':
    case 'rules':
    case 'hidden':
    case 'environments':
    case 'environment':
    case 'secretPrograms':
    case 'connections':
    case 'agents':
    case 'customAgents':
    case 'denyLists':
    case 'hideInEditor':
    case 'shellGuard':
    case 'pathShims':
      return settings[key];
    case 'approval.timeout':
      return settings.approvalTimeout;
    case 'scan.onSave':
      return settings.scan.onSave;
    case 'scan.onStartup':
      return settings.scan.onStartup;
    case 'rotation.commands':
      return settings.rotationCommands;
    case 'rotation.days':
      return settings.rotationDays;
    case 'sandbox.domains':
      return settings.sandbox.domains;
    case 'sandbox.keep':
      return settings.sandbox.keep;
  }
}

function conditions(): readonly string[] {
  const enablements = commands.flatMap(it => ('enablement' in it ? (it.enablement ?? []) : []));
  return [...menuItems.map(it => it.when), ...enablements];
}

function same(actual: readonly string[], expected: readonly string[]): void {
  assert.deepEqual([...new Set(actual)].sort(), [...expected].sort());
}
