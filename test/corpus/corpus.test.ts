import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { verdicts, type Example, type Verdict } from '../../src/core/model.ts';
import { decisionFor } from '../support/line.ts';

/*
 * Lines in, verdicts out. `gaps.jsonl` holds what we get wrong today, with the right verdict: a gap that closes fails
 * here, and moves to `cases.jsonl`.
 */

interface Row {
  readonly id: string;
  readonly command?: string;
  readonly sql?: string;
  readonly read?: string;
  readonly verdict: Verdict;
  readonly note?: string;
}

const rowsOf = (name: string): readonly Row[] =>
  readFileSync(path.join(import.meta.dirname, name), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Row);
const [cases, gaps] = [rowsOf('cases.jsonl'), rowsOf('gaps.jsonl')];

function exampleOf({ command, sql, read }: Row): Example {
  if (sql !== undefined) return { kind: 'sql', statement: sql, dialect: 'unknown' };
  if (read !== undefined) return { kind: 'file', access: 'read', path: read };
  return command ?? '';
}

const nameOf = (row: Row) => `${row.id}: ${(row.command ?? row.sql ?? row.read ?? '').replaceAll('\n', '⏎')}`;

describe('cases', () => {
  for (const row of cases)
    test(nameOf(row), async () => assert.equal((await decisionFor(exampleOf(row))).verdict, row.verdict));
});

describe('gaps that are still gaps', () => {
  for (const row of gaps)
    test(nameOf(row), async () => assert.notEqual((await decisionFor(exampleOf(row))).verdict, row.verdict));
});

test('each row is one, with an id of its own, and most of them are ordinary work', () => {
  const all = [...cases, ...gaps];
  const [ids, lines] = [all.map(it => it.id), all.map(it => JSON.stringify(exampleOf(it)))];
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(new Set(lines).size, lines.length);
  for (const { verdict, command, sql, read } of all) {
    assert.ok(verdicts.includes(verdict));
    assert.equal([command, sql, read].filter(it => it !== undefined).length, 1);
  }
  for (const { note, id } of gaps) assert.ok(note, `${id} says why`);
  assert.ok(cases.filter(it => it.verdict === 'allow').length >= 120);
});
