import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { rowsIn, tableOf, unfit, type DatabaseKind } from '../../src/core/query.ts';

describe('what a client is handed', () => {
  const reading: readonly (readonly [DatabaseKind, string])[] = [
    ['postgres', 'SELECT 1;'],
    ['postgres', "-- why\n(SELECT '\\!' || $$;$$)"],
    ['postgres', 'WITH a AS (SELECT 1) TABLE a'],
    ['mysql', "SHOW TABLES LIKE '\\_x'"],
    ['mysql', 'desc people'],
    ['sqlite', 'PRAGMA table_info(people)'],
  ];
  for (const [kind, text] of reading)
    test(`${kind}: ${text}`, () => assert.equal(unfit(text, { kind, writable: false }), undefined));

  const writing: readonly (readonly [DatabaseKind, string])[] = [
    ['postgres', 'SELECT 1; SELECT 2'],
    ['postgres', 'COMMIT; DROP TABLE a'],
    ['postgres', 'SET transaction_read_only = off'],
    ['mysql', '/*!50000 DELETE FROM a */'],
    ['sqlite', 'ATTACH "a" AS b'],
  ];
  for (const [kind, text] of writing)
    test(`${kind}, only where more than reading is allowed: ${text}`, () => {
      assert.match(unfit(text, { kind, writable: false }) ?? '', /read-only/);
      assert.equal(unfit(text, { kind, writable: true }), undefined);
    });

  const never: readonly (readonly [DatabaseKind, string])[] = [
    ['postgres', '\\! id'],
    ['postgres', 'SELECT 1 \\g |id'],
    ['postgres', "SELECT 'a"],
    ['postgres', ''],
    ['postgres', '-- nothing'],
    ['mysql', 'SELECT 1 \\! id'],
    ['mysql', 'system id'],
    ['mysql', 'SELECT "a\\"" \\! id'],
    ['sqlite', '.shell id'],
    ['sqlite', ' \n.shell id'],
    ['sqlite', 'SELECT 1\0'],
    ['sqlite', `SELECT '${'x'.repeat(100_000)}'`],
  ];
  for (const [kind, text] of never)
    test(`${kind}, never: ${JSON.stringify(text).slice(0, 40)}`, () =>
      assert.ok(unfit(text, { kind, writable: true })));
});

describe('rows', () => {
  test('are read as they were written', () =>
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2 })), rows => {
        const written = rows
          .map(row => `${row.map(it => `"${it.replaceAll('"', '""')}"`).join(',')}\n`)
          .join('');
        assert.deepEqual(rowsIn(written, ','), rows);
      }),
    ));

  test('are cut where they were cut', () => {
    assert.deepEqual(rowsIn('a,"b\n', ','), []);
    assert.deepEqual(rowsIn('a,,\r\nb', ','), [['a', '', '']]);
    assert.deepEqual(rowsIn('a\t"b"\n\tc\n', '\t'), [
      ['a', '"b"'],
      ['', 'c'],
    ]);
  });

  test('are a table, no larger than asked', () => {
    assert.equal(tableOf([], 5, false), 'No rows.');
    assert.equal(
      tableOf(
        [
          ['a|b', 'c'],
          ['1\n2', '3'],
          ['4', '5'],
        ],
        1,
        false,
      ),
      '| a\\|b | c |\n| --- | --- |\n| 1⏎2 | 3 |\n\nThe first 1 rows; there are more.',
    );
    assert.match(tableOf([['a'], ['1']], 1, false), /\n1 row\.$/);
  });
});
