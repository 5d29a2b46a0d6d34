import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findActions, findArguments, wordsFound } from '../../src/core/shell/found.ts';
import type { Word } from '../../src/core/shell/words.ts';

const wordsOf = (texts: readonly string[]): readonly Word[] =>
  texts.map((text, index) => ({ text, known: true, wild: false, at: [index, index + 1] }));

/** What each action of an expression is narrowed to. */
const actions = (...tests: readonly string[]) =>
  findActions(wordsOf(tests))?.map(({ word, names }) => [word.text, ...names]);

describe('an action of find is narrowed', () => {
  const table: readonly (readonly [tests: string, ...narrowed: readonly string[]])[] = [
    ['-delete', '*'],
    ['-name a -delete', 'a'],
    ['-iname a -type f -delete', 'a'],
    ['-delete -name a', '*'],
    ['! -name a -delete', '*'],
    ['-not -name a -name b -delete', 'b'],
    ['! ( -name a -o -name b ) -delete', '*'],
    ['-name a -o -name b -delete', 'b'],
    ['( -name a -o -name b ) -delete', 'a', 'b'],
    ['( -name a -o -size 1 ) -delete', '*'],
    ['-name c ( -size 1 -o -size 2 ) -delete', 'c'],
    ['-name a -prune -o -delete', '*'],
    ['-path ./a/b -delete', 'a/b'],
    ['-path */a/* -delete', '**/a/*'],
    ['-path */a/* -name b -delete', '**/a/**/b'],
    ['-regex .*[.]x$ -delete', '*?x'],
    ['-regex .*\\.x -delete', '*.x'],
    ['-newer -name -delete', '*'],
  ];
  for (const [tests, ...narrowed] of table)
    test(tests, () => assert.deepEqual(actions(...tests.split(' ')), [['-delete', ...narrowed]]));

  test('and the words of a command are its own', () =>
    assert.deepEqual(actions('-exec', 'rm', '-name', '{}', ';', '-name', 'a', '-print'), [
      ['-exec', '*'],
      ['-print', 'a'],
    ]));

  test('to what is empty', () =>
    assert.deepEqual(
      findActions(wordsOf(['-empty', '-delete', '-o', '-delete']))?.map(it => it.empty),
      [true, false],
    ));

  test('or not at all, where there is too much of it', () =>
    assert.equal(findActions(wordsOf(Array.from({ length: 5_000 }, () => '-print'))), undefined));
});

test('the roots stand before the expression', () => {
  const roots = (...texts: readonly string[]) => findArguments(wordsOf(texts)).roots.map(it => it.text);
  assert.deepEqual(roots('a', 'b', '-name', 'c'), ['a', 'b']);
  assert.deepEqual(roots('-L', 'a', '(', '-name', 'c', ')'), ['a']);
  assert.deepEqual(roots('-name', 'c'), ['.']);
});

test('what find prints is named as it acts on it', () => {
  const found = (line: string, by: string) => wordsFound(wordsOf(line.split(' ')), by).map(it => it.text);
  assert.deepEqual(found('find a -name *.x', 'cat'), ['a/**/*.x', 'a/**/.x']);
  assert.deepEqual(found('find a -name *.x', 'rm'), ['a/**/*.x']);
  assert.deepEqual(found('find a -name x*', 'cat'), ['a/**/x*']);
  assert.deepEqual(found('find a/ -type f', 'cat'), ['a/**/*', 'a/**/.*']);
  assert.deepEqual(found('find a', 'rm'), ['a/*']);
  assert.deepEqual(found('find a -name x -print -o -name y -print0', 'rm'), ['a/**/x', 'a/**/y']);
});

test('no expression makes it throw', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '(',
          ')',
          '!',
          '-o',
          '-a',
          ',',
          '-name',
          'a',
          '*',
          '-exec',
          ';',
          '+',
          '{}',
          '-delete',
          '-fprintf',
        ),
      ),
      tests => {
        assert.ok(findActions(wordsOf(tests)));
        wordsFound(wordsOf(['find', ...tests]), 'cat');
      },
    ),
  ));
