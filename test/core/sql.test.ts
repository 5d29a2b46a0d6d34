import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sqlDialects } from '../../src/core/model.ts';
import type { Effect, SqlDialect } from '../../src/core/model.ts';
import type { ParseSql } from '../../src/core/ports.ts';
import { sqlEffects } from '../../src/core/sql/effects.ts';
import { readings, scanner } from '../../src/core/sql/lexer.ts';
import { statements } from '../../src/core/sql/statements.ts';
import { lazySqlParser, sqlParserFiles } from '../../src/system/sqlParser.ts';

const unparsed: ParseSql = () => undefined;
const effects = (sql: string, dialect: SqlDialect = 'unknown', parse = unparsed): readonly Effect[] =>
  sqlEffects(sql, dialect, { parse });

describe('spans', () => {
  test('an effect stands where its verb does, moved by where the text does', () => {
    const sql = 'SELECT 1; DROP TABLE orders';
    const [effect] = sqlEffects(sql, 'postgresql', { parse: unparsed, at: 100 });
    assert.deepEqual(effect, {
      does: 'destroy',
      what: 'table',
      service: 'postgresql',
      name: 'orders',
      all: false,
      at: [110, 127],
    });
  });

  test('within a block too', () => {
    const sql = 'DO $$ BEGIN DROP TABLE orders; END $$';
    const at = effects(sql, 'postgresql')[0]?.at ?? [0, 0];
    assert.equal(sql.slice(...at), 'DROP TABLE orders');
  });

  test('tokens lie one behind the other and within the text', () => {
    const dialects = fc.constantFrom(...Object.values(readings));
    fc.assert(
      fc.property(hostile(), dialects, (text, reading) => {
        const scan = scanner(text, reading);
        let end = 0;
        for (let token = scan.next(); token; token = scan.next()) {
          assert.ok(token.at[0] >= end && token.at[1] > token.at[0] && token.at[1] <= text.length);
          end = token.at[1];
        }
      }),
    );
  });
});

describe('statements', () => {
  const cut = (text: string, dialect: keyof typeof readings) =>
    statements(text, readings[dialect]).pieces.map(it =>
      it.kind === 'client' ? it.line : text.slice(...it.at),
    );

  test('end at a semicolon outside of strings, comments and bodies', () => {
    assert.deepEqual(cut("SELECT ';' /* ; */; SELECT $$;$$ -- ;\n; SELECT 3", 'postgresql'), [
      "SELECT ';'",
      'SELECT $$;$$',
      'SELECT 3',
    ]);
  });

  test('hold the body of a routine together', () => {
    const routine = 'CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; SELECT 3; END';
    assert.deepEqual(cut(`${routine}; SELECT 4`, 'sqlite'), [routine, 'SELECT 4']);
  });

  test('end at the delimiter of the moment', () => {
    assert.deepEqual(cut('DELIMITER $$\nSELECT 1; SELECT 2$$\nDELIMITER ;\nSELECT 3;', 'mysql'), [
      'SELECT 1; SELECT 2',
      'SELECT 3',
    ]);
  });

  test('end where a client sends them', () => {
    assert.deepEqual(cut('SELECT 1\nGO\nSELECT 2', 'transactsql'), ['SELECT 1', 'SELECT 2']);
    assert.deepEqual(cut('SELECT 1\\G\nSELECT 2', 'mysql'), ['SELECT 1', 'SELECT 2']);
    assert.deepEqual(cut('SELECT 1 \\g\nSELECT 2', 'postgresql'), ['SELECT 1', '\\g', 'SELECT 2']);
  });
});

describe('a shell reached through a client', () => {
  test('is read by whoever knows shells, where its line begins', () => {
    const seen: unknown[] = [];
    const shell = (line: string, at: number): readonly Effect[] => {
      seen.push([line, at]);
      return [{ does: 'delete', path: 'x', deep: true, at: [at, at + line.length] }];
    };
    const found = sqlEffects('SELECT 1;\n\\! rm -rf x', 'postgresql', { parse: unparsed, shell, here: true });
    assert.deepEqual(seen, [['rm -rf x', 13]]);
    assert.deepEqual(found, [{ does: 'delete', path: 'x', deep: true, at: [13, 21] }]);
  });
});

describe('the parser', () => {
  const load = createRequire(import.meta.url);
  const parse = lazySqlParser(file => load(`node-sql-parser/build/${file}`));

  test('parses each dialect, and gives nothing for what it cannot', () => {
    for (const dialect of sqlDialects) {
      const trees = parse('SELECT 1', dialect);
      const hasParser = Object.hasOwn(sqlParserFiles, dialect);
      assert.equal(trees?.length, hasParser ? 1 : undefined, dialect);
    }
    assert.equal(parse('SELEC 1', 'postgresql'), undefined);
    assert.equal(parse(`SELECT ${'('.repeat(10_000)}1`, 'postgresql'), undefined);
    assert.equal(parse(`SELECT ${' '.repeat(70_000)}1`, 'postgresql'), undefined);
    assert.equal(parse('SELECT 1\0', 'postgresql'), undefined);
  });

  test('is loaded once, at first need, and is missed without harm', () => {
    const loaded: string[] = [];
    const none = lazySqlParser(file => {
      loaded.push(file);
      throw new Error('no such file');
    });
    assert.deepEqual(loaded, []);
    assert.equal(none('SELECT 1', 'mysql'), undefined);
    assert.equal(none('SELECT 2', 'mysql'), undefined);
    assert.deepEqual(loaded, ['mysql.js']);
  });

  test('adds what it sees and takes nothing away', () => {
    const sees: ParseSql = () => [{ type: 'delete', from: [{ table: 'orders' }], where: null }];
    assert.equal(effects('HANDLER x DELETE', 'mysql', sees)[0]?.does, 'destroy');
    const seesNothing: ParseSql = () => [{ type: 'select' }];
    assert.equal(effects('DROP TABLE orders', 'mysql', seesNothing)[0]?.does, 'destroy');
  });

  test('falls into traps that we do not', () => {
    const traps: readonly (readonly [string, SqlDialect])[] = [
      ["SELECT 'a\\'; DROP TABLE stock; --'", 'postgresql'],
      ['/*!80000 DROP TABLE stock */', 'mysql'],
      ['SELECT a /*!; DROP TABLE stock */', 'mysql'],
      ['/*M!100000 DROP TABLE stock */', 'mariadb'],
      ['SELECT 2 DROP TABLE stock', 'transactsql'],
      ['SELECT 2\0; DROP TABLE stock', 'postgresql'],
      ['EXPLAIN ANALYZE DELETE FROM stock', 'postgresql'],
      ['CREATE OR REPLACE TABLE stock AS SELECT 2', 'snowflake'],
    ];
    for (const [sql, dialect] of traps)
      assert.ok(
        effects(sql, dialect, parse).some(it => it.does === 'destroy'),
        sql,
      );
  });

  test('is not asked about what cannot destroy', () => {
    const refuses: ParseSql = () => assert.fail('asked');
    assert.deepEqual(effects('SELECT a FROM b', 'mysql', refuses), []);
  });
});

const graves = [
  'DROP TABLE orders',
  'TRUNCATE TABLE orders',
  'DELETE FROM orders',
  'UPDATE orders SET a = 1',
  'DELETE FROM orders WHERE 1=1',
  'ALTER TABLE orders DROP COLUMN a',
  'DROP DATABASE shop',
] as const;

describe('whatever is sent', () => {
  test('nothing is thrown, and every span lies in the text', () => {
    fc.assert(
      fc.property(hostile(), fc.constantFrom(...sqlDialects), (text, dialect) => {
        for (const { at } of effects(text, dialect))
          assert.ok(at[0] >= 0 && at[0] <= at[1] && at[1] <= text.length, `${at} of ${text.length}`);
      }),
      { numRuns: 600 },
    );
  });

  test('comments, case, blanks and harmless statements before hide nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...graves),
        fc.constantFrom(...sqlDialects),
        fc.array(fc.constantFrom(' ', '\n', '\t', '/* x */', "/*'*/", '-- "\n', '/*;*/ '), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(
          fc.constantFrom('SELECT 1;', "SELECT 'a''b;';", ';', 'BEGIN;', '\n', 'INSERT INTO a VALUES (1);'),
          {
            maxLength: 4,
          },
        ),
        fc.infiniteStream(fc.boolean()),
        (grave, dialect, blanks, before, upper) => {
          const cased = [...grave]
            .map(it => (upper.next().value ? it.toUpperCase() : it.toLowerCase()))
            .join('');
          const sql = `${before.join(' ')}${cased.replaceAll(' ', ` ${blanks.join('')} `)}`;
          assert.ok(
            effects(sql, dialect).some(it => it.does === 'destroy'),
            sql,
          );
        },
      ),
      { numRuns: 600 },
    );
  });

  test('an unknown dialect loses nothing that a known one finds', () => {
    const words =
      "DROP TABLE a; DELETE FROM UPDATE SET WHERE b = 1 'x' 'y''z' ( ) , SELECT BEGIN END COMMIT CASE WHEN THEN WITH AS -- \n VIEW 2 true INSERT INTO ALTER COLUMN :: @v :c != * .d ANALYZE GO".split(
        / (?!\n)/,
      );
    const dialects = ['mysql', 'mariadb', 'transactsql', 'bigquery', 'snowflake'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 16 }), parts => {
        const sql = parts.join(' ');
        const gone = (dialect: SqlDialect) =>
          effects(sql, dialect).flatMap(it => (it.does === 'destroy' ? [`${it.what} ${it.all}`] : []));
        const known = new Set(gone('unknown'));
        for (const dialect of dialects)
          for (const it of gone(dialect)) assert.ok(known.has(it), `${dialect}: ${it} of ${sql}`);
      }),
      { numRuns: 3000 },
    );
  });

  test('in words that nothing follows, a hundred thousand characters are read in a moment', () => {
    const pieces = [
      '(',
      "'",
      '$a$',
      '/*',
      '[',
      '/*!',
      'DELETE FROM t ',
      'UPDATE a ',
      'DROP TABLE a,',
      'COPY ',
      'NOT (',
    ];
    const more = [
      'DELETE FROM t WHERE ((((',
      'EXEC(',
      '\n\\copy from ',
      '\\a ',
      '\n.x',
      'CREATE PROCEDURE ',
      "E'\\",
    ];
    for (const piece of [...pieces, ...more]) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      const begin = performance.now();
      effects(text);
      // Six readings on a busy machine; what grows with the square takes minutes.
      assert.ok(performance.now() - begin < 30_000, piece);
    }
  });
});

/** Text made of what matters to a lexer, and any text at all. */
function hostile(): fc.Arbitrary<string> {
  const words =
    'DROP TABLE DELETE FROM UPDATE SET WHERE BEGIN END CASE CREATE FUNCTION EXEC DO ALTER WITH AS OR NOT'.split(
      ' ',
    );
  const signs = [
    "'",
    '"',
    '`',
    '[',
    ']',
    '(',
    ')',
    '$$',
    '$a$',
    '--',
    '/*',
    '*/',
    '/*!',
    '#',
    '\\',
    ';',
    ',',
    '.',
    '\n',
    '\0',
  ];
  const pieces = fc.constantFrom(
    ...words,
    ...signs,
    'orders',
    ' ',
    '1',
    '=',
    ':x',
    '@',
    'é',
    'GO\n',
    '\\!',
    '.shell ',
    "E'",
  );
  return fc.oneof(
    fc.array(pieces, { maxLength: 30 }).map(it => it.join(' ')),
    fc.array(pieces, { maxLength: 30 }).map(it => it.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
}
