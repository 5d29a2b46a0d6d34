import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { agents } from '../../src/agents/index.ts';
import { programName } from '../../src/core/shell/names.ts';
import { databases } from '../../src/programs/databases/index.ts';
import { files } from '../../src/programs/files.ts';
import { interpreters } from '../../src/programs/interpreters.ts';
import { network } from '../../src/programs/network.ts';
import { packages } from '../../src/programs/packages.ts';
import { windows } from '../../src/programs/powershell/native.ts';
import { searches } from '../../src/programs/searches.ts';
import { serviceFamilies } from '../../src/programs/services/index.ts';
import { tasks } from '../../src/programs/tasks.ts';
import { rules } from '../../src/rules/index.ts';
import { secretContents } from '../../src/secrets/contents.ts';
import { secretFiles } from '../../src/secrets/files.ts';
import { detectors } from '../../src/secrets/index.ts';
import { rotations } from '../../src/secrets/rotation.ts';
import { walked } from '../support/walked.ts';
import {
  familyPage,
  fileOf,
  hiddenPage,
  programsPage,
  rotationPage,
  rulesPage,
  secretsPage,
  servicesPage,
  table,
  type ProgramLine,
} from './manual.ts';
import { sources } from '../../src/secrets/sources.ts';
import { programLines } from './programLines.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readme = path.join(root, 'README.md');

/** The blocks of the README that are made from the tables, by the name between their markers. */
const blocks: Readonly<Record<string, () => string>> = {
  rules: () =>
    table(
      ['rule', 'what it minds', 'why', ''],
      rules.map(({ id, title, because, verdict, grave, strict }) => [
        `\`${id}\``,
        title,
        because,
        strict ? 'ask in strict mode' : grave ? 'ask, typed' : verdict,
      ]),
    ),
  agents: () =>
    table(
      ['agent', 'how its hook gets there', 'events', 'how it is known'],
      agents.map(({ name, wiring, instead, hooks, coverage }) => [
        name,
        wiring.length
          ? `${[...new Set(wiring.map(({ file }) => `\`${file}\``))].join(', ')}, on your word`
          : (instead ?? 'with the extension'),
        Object.keys(hooks)
          .map(event => `\`${event}\``)
          .join(', '),
        {
          run: 'seen with the real program',
          read: 'from its own pages, not tried',
          heard: 'from others, not tried',
        }[coverage.known],
      ]),
    ),
  sources: () =>
    table(
      ['SOURCE', 'where the value lies', 'how it was tried'],
      sources.map(({ form, title, known }) => [`\`${form}\``, title, known]),
    ),
  settings: () =>
    table(
      ['setting', 'default', 'what it is'],
      Object.entries(settings()).map(([id, { default: value, markdownDescription = '' }]) => [
        `\`${id}\``,
        `\`${JSON.stringify(value)}\``,
        (markdownDescription.split('\n')[0] ?? '').replace(/\[([^\]]+)\]\(command:[^)]*\)/g, '*$1*'),
      ]),
    ),
};

for (const [name, make] of Object.entries(blocks))
  test(`the ${name} of the README are those of the table`, () => {
    const text = readFileSync(readme, 'utf8');
    const [open, close] = [`<!-- ${name}: made by test/tables/pages.test.ts -->\n`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(open) + open.length, text.indexOf(close)];
    assert.ok(from >= open.length && to >= from, `the README has no block for ${name}`);
    const made = `\n${make()}\n`;
    const found = text.slice(from, to);
    if (found !== made) writeFileSync(readme, text.slice(0, from) + made + text.slice(to));
    assert.equal(found, made, 'the README was written anew: look at it and commit it');
  });

/** The pages of the manual, made whole. */
const pages: Readonly<Record<string, () => string>> = {
  'rules.md': () => rulesPage(rules),
  'hidden.md': () => hiddenPage(secretFiles, secretContents),
  'services.md': () => servicesPage(serviceFamilies),
  ...Object.fromEntries(
    Object.entries(serviceFamilies).map(([family, services]) => [
      `services/${fileOf(family)}`,
      () => familyPage(family, services),
    ]),
  ),
  'secrets.md': () => secretsPage(detectors, rotations),
  'rotation.md': () => rotationPage(rotations),
  'programs.md': () => programsPage(linesByFamily()),
};

for (const [name, make] of Object.entries(pages))
  test(`the page ${name} is that of the tables`, () => {
    const file = path.join(root, 'docs', name);
    const found = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const made = make();
    if (found !== made) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, made);
    }
    assert.equal(found, made, 'the page was written anew: look at it and commit it');
  });

test('no page is left of what is gone', () => {
  const found = readdirSync(path.join(root, 'docs'), { recursive: true })
    .map(String)
    .filter(file => file.endsWith('.md'))
    .map(file => file.replaceAll(path.sep, '/'));
  assert.deepEqual(found.sort(), Object.keys(pages).toSorted());
});

/** The lines of programs by the file of the program that the first command of each names. */
function linesByFamily(): Readonly<Record<string, readonly ProgramLine[]>> {
  const families: Readonly<Record<string, object>> = {
    Files: files,
    Git: { git: true },
    Searches: searches,
    'Shells and languages': interpreters,
    'Requests and connections': network,
    Databases: databases,
    'Package managers': packages,
    Tasks: tasks,
    'Windows programs': windows,
  };
  const familyOf = (line: string) => {
    const name = programName(walked(line).at(-1)?.split(' ')[0] ?? '');
    return Object.entries(families).find(([, programs]) => Object.hasOwn(programs, name))?.[0] ?? 'Others';
  };
  const lines = programLines.map(([line, ...effects]) => ({ line, effects, family: familyOf(line) }));
  return Object.fromEntries(
    [...Object.keys(families), 'Others'].map(family => [family, lines.filter(it => it.family === family)]),
  );
}

interface Setting {
  readonly default: unknown;
  readonly markdownDescription?: string;
}

function settings(): Readonly<Record<string, Setting>> {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    contributes: { configuration: { properties: Record<string, Setting> } };
  };
  return manifest.contributes.configuration.properties;
}
