import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { agents } from '../../src/agents/index.ts';
import { rules } from '../../src/rules/index.ts';

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
      ['agent', 'how its hook gets there', 'events'],
      agents.map(({ name, wiring, hooks }) => [
        name,
        wiring.length
          ? wiring.map(({ file }) => `\`${file}\`, on your word`).join(', ')
          : 'with the extension',
        Object.keys(hooks)
          .map(event => `\`${event}\``)
          .join(', '),
      ]),
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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
