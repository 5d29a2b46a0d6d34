import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import type { Action } from '../../src/core/model.ts';
import { understand } from '../../src/core/understand.ts';
import { understandingOf } from '../../src/parts.ts';
import { lazySqlParser } from '../../src/system/sqlParser.ts';
import { attemptTo } from '../support/line.ts';
import { paperMachine } from '../support/world.ts';

/*
 * Every hook of every agent waits for what is loaded: what a line does not need is not loaded for it.
 */

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** The grammars that are loaded while these are understood. */
function loadedFor(actions: readonly Action[]): readonly string[] {
  const loaded: string[] = [];
  const parse = lazySqlParser(file => {
    loaded.push(file);
    return require(`node-sql-parser/build/${file}`);
  });
  const understanding = understandingOf(parse, paperMachine);
  for (const action of actions) understand(attemptTo(action), understanding);
  return loaded;
}

interface Row {
  readonly command?: string;
}

const lines = readFileSync(path.join(root, 'test/corpus/cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .flatMap(row => (JSON.parse(row) as Row).command ?? []);

/** Words that every statement which a grammar is asked about has one of. */
const statement = /\b(?:delete|update|drop|truncate|alter)\b/i;

test('no grammar of SQL is loaded for a line without a statement', () => {
  const without = lines.filter(line => !statement.test(line));
  assert.ok(without.length > 100);
  assert.deepEqual(loadedFor(without.map(line => ({ kind: 'shell', line, dialect: 'posix' }))), []);
});

test('a statement loads its own grammar, and once', () => {
  const line = 'psql -c "DELETE FROM a WHERE b = 1"';
  assert.deepEqual(loadedFor([1, 2].map(() => ({ kind: 'shell', line, dialect: 'posix' }))), [
    'postgresql.js',
  ]);
});

test('reading rows and adding some loads none', () => {
  const statements = ['SELECT updated_at FROM a', "INSERT INTO a (b, deleted) VALUES (1, 'x')"];
  assert.deepEqual(
    loadedFor(statements.map(it => ({ kind: 'sql', statement: it, dialect: 'postgresql' }))),
    [],
  );
});

test('neither a grammar of SQL nor a reader of YAML is loaded with the rest', () => {
  const heavy = '/node_modules/(?:yaml|node-sql-parser)/';
  const script = `
    import { registerHooks } from 'node:module';
    const met = [];
    registerHooks({ load: (url, context, next) => { met.push(url); return next(url, context); } });
    await import(${JSON.stringify(path.join(root, 'src/parts.ts'))});
    console.log(met.length > 100, met.filter(url => new RegExp(${JSON.stringify(heavy)}).test(url)).length);
  `;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
  assert.equal(stdout.trim(), 'true 0', stderr);
});
