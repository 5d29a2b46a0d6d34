import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { Rule } from '../../src/core/model.ts';
import { harmless, programs } from '../../src/programs/index.ts';
import { rules } from '../../src/rules/index.ts';
import { detectors } from '../../src/secrets/index.ts';

const source = path.join(import.meta.dirname, '../../src');
const filesIn = (folder: string) =>
  readdirSync(path.join(source, folder))
    .filter(name => name.endsWith('.ts'))
    .map(name => name.slice(0, -3))
    .filter(name => name !== 'index');
const imported = (file: string) => {
  const text = readFileSync(path.join(source, file), 'utf8');
  return new Set([...text.matchAll(/from '\.\/([\w-]+)\.ts'/g)].map(([, name]) => name));
};

describe('every file is on its table', () => {
  for (const name of filesIn('programs')) {
    // What tools and editor commands do are tables of their own: the roots give them to the line.
    const given = readFileSync(path.join(source, 'parts.ts'), 'utf8').includes(`./programs/${name}.ts`);
    test(`programs/${name}`, () => assert.ok(given || imported('programs/index.ts').has(name)));
  }
  for (const name of filesIn('rules')) {
    test(`rules/${name}`, () => assert.ok(imported('rules/index.ts').has(name)));
    test(`rules/${name} has rules of its name`, () =>
      assert.ok(rules.some(({ id }) => id.startsWith(`${name}.`))));
  }
  for (const name of filesIn('secrets').filter(
    it => !['files', 'contents', 'rotation', 'sources'].includes(it),
  ))
    test(`secrets/${name}`, () => assert.ok(imported('secrets/index.ts').has(name)));
});

test('a rule stands in the file that its id names', async () => {
  for (const name of filesIn('rules')) {
    const exported: unknown[] = Object.values(
      (await import(path.join(source, 'rules', `${name}.ts`))) as Record<string, unknown>,
    );
    const its = exported.filter(Array.isArray).flat() as readonly Rule[];
    assert.ok(its.length > 0);
    for (const { id } of its) assert.equal(id.split('.')[0], name);
  }
});

test('no id stands twice', () => {
  for (const ids of [rules.map(({ id }) => id), detectors.map(({ id }) => id)])
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
});

describe('a rule', () => {
  for (const { id, title, because, instead, examples } of rules)
    test(id, () => {
      assert.match(id, /^[a-z]+\.[a-z]+(?:-[a-z]+)*$/);
      assert.match(title, /^[A-Z][^.\n]+$/);
      assert.match(because, /^[A-Z][^\n]+\.$/);
      if (instead !== undefined) assert.equal(instead.trim(), instead);
      assert.notEqual(instead, '');
      assert.ok(examples.catches.length >= 2, 'two examples that it catches');
      assert.ok(examples.leaves.length >= 1, 'one that it leaves');
      const all = [...examples.catches, ...examples.leaves].map(it => JSON.stringify(it));
      assert.equal(new Set(all).size, all.length, 'no example twice');
    });
});

test('what may not be loosened guards the guard, and nothing else', () =>
  assert.deepEqual(
    rules.filter(it => it.always).map(it => it.id),
    rules.filter(it => it.id.startsWith('self.')).map(it => it.id),
  ));

test('a program is either read or harmless, not both', () =>
  assert.deepEqual(
    [...harmless].filter(name => Object.hasOwn(programs, name)),
    [],
  ));
