import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseSync } from '@swc/core';
import { check } from 'recheck';

/*
 * No pattern of ours backtracks catastrophically: each regular expression that stands in a source is searched for a text
 * on which it takes more than linear time. A folder's texts are as long as an agent likes.
 */

const root = path.resolve(import.meta.dirname, '../..');

/** Patterns that are not linear, each with why nothing long reaches it. */
const bounded: Readonly<Record<string, string>> = {};

/** Characters read are counted, not time: a busy machine would call a linear pattern slow. Of recheck 4.5's parameters. */
const counted = { timeout: null, seedingTimeout: null, incubationTimeout: null, attackTimeout: null };

interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly file: string;
}

describe('no pattern backtracks', { concurrency: 4 }, () => {
  const patterns = sources(path.join(root, 'src')).flatMap(patternsOf);

  test('there are patterns', () => assert.ok(patterns.length > 300));

  for (const { source, flags, file } of distinct(patterns)) {
    const name = `/${source}/${flags}`;
    test(`${file}: ${name.slice(0, 120)}`, async () => {
      if (name in bounded) return;
      const { status, ...rest } = await check(source, flags.replace(/[dgv]/g, ''), counted);
      const attack = 'attack' in rest ? rest.attack?.pattern : undefined;
      assert.equal(
        status,
        'safe',
        `slow on ${attack ?? 'nothing that was found: it is too complex to check'}`,
      );
    });
  }

  test('what is said to be bounded is there', () => {
    const names = new Set(patterns.map(({ source, flags }) => `/${source}/${flags}`));
    assert.deepEqual(
      Object.keys(bounded).filter(name => !names.has(name)),
      [],
    );
  });

  test('a pattern that backtracks is found', async () => {
    assert.equal((await check('^(a+)+$', '', counted)).status, 'vulnerable');
  });
});

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort();
}

function patternsOf(file: string): readonly Pattern[] {
  const found: Pattern[] = [];
  visit(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' }), node => {
    if (node.type === 'RegExpLiteral')
      found.push({
        source: String(node.pattern),
        flags: String(node.flags),
        file: path.relative(root, file),
      });
  });
  return found;
}

function visit(node: unknown, met: (node: Readonly<Record<string, unknown>>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  met(node as Readonly<Record<string, unknown>>);
  for (const child of Object.values(node)) visit(child, met);
}

function distinct(patterns: readonly Pattern[]): readonly Pattern[] {
  return [...new Map(patterns.map(it => [`/${it.source}/${it.flags}`, it])).values()];
}
