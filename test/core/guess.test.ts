import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effectsFor } from '../support/line.ts';
import { told } from '../support/told.ts';

/** A line → its effects beside the running of a program that nobody described. */
const table: Readonly<Record<string, readonly (readonly [line: string, ...effects: string[]])[]>> = {
  'a program that plainly takes something away': [
    ['frobnicate volume delete v-1', 'destroy volume v-1 (frobnicate)'],
    ['frobnicate destroy prod', 'destroy resource prod (frobnicate)'],
    ['frobnicate purge', 'destroy resource (frobnicate)'],
    ['frobnicate drop-db', 'destroy database (frobnicate)'],
    ['frobnicate db:drop', 'destroy database (frobnicate)'],
    ['frobnicate --profile x backups wipe', 'destroy backup (frobnicate)'],
    ['frobnicate factory-reset', 'destroy resource (frobnicate)'],
    ['FROBNICATE nodes terminate n1', 'destroy cluster n1 (frobnicate)'],
  ],
  'what does not': [
    ['frobnicate'],
    ['frobnicate list delete'],
    ['frobnicate remove x'],
    ['frobnicate reset'],
    ['frobnicate --mode delete x'],
    ['frobnicate a b c delete'],
    ['frobnicate "delete everything"'],
    ['frobnicate delete --help'],
    ['frobnicate delete --dry-run'],
    ['frobnicate no-delete'],
    ['frobnicate ./delete', 'read delete'],
  ],
  'a launcher': [
    ['frobnicate --x -- rm -rf a', 'delete a deep'],
    ['frobnicate x -- RM -rf a', 'delete a deep'],
    ['frobnicate -- sudo rm -rf a', 'delete a deep'],
    ['frobnicate -- gobbledygook'],
  ],
  'a statement that is typed': [
    ['DROP TABLE a;', 'destroy table a (sql)'],
    ['drop database a', 'destroy database a (sql)'],
    ['DELETE FROM a', 'destroy rows a (sql) all'],
    ['DELETE FROM a WHERE id = 1', 'change rows a (sql)'],
    ['UPDATE a SET b = 1', 'destroy rows a (sql) all'],
    ['TRUNCATE TABLE a', 'destroy rows a (sql) all'],
    ['FLUSHALL', 'destroy database (redis) all'],
    ['flushdb async', 'destroy database (redis) all'],
    ['pwd; FLUSHDB', 'destroy database (redis) all'],
  ],
  'what is none': [['truncate -s 0 a', 'write a empty'], ['drop'], ['update a'], ['grant x'], ['flushall x']],
};

for (const [group, rows] of Object.entries(table))
  describe(group, () => {
    for (const [line, ...effects] of rows)
      test(line, async () =>
        assert.deepEqual((await effectsFor(line)).filter(it => it.does !== 'run').map(told), effects),
      );
  });
