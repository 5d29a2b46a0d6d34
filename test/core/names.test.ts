import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nameIn } from '../../src/core/shell/names.ts';
import { effectsFor } from '../support/line.ts';
import { told } from '../support/told.ts';

describe('a name is known', () => {
  const knows = (name: string) => ['git', 'python', 'python3', 'psql', 'md5sum', 'R'].includes(name);
  for (const [name, found] of [
    ['git', 'git'],
    ['GIT', 'git'],
    ['python3', 'python3'],
    ['python2', 'python'],
    ['python3.11', 'python'],
    ['Python3.11', 'python'],
    ['psql-15', 'psql'],
    ['psql15', 'psql'],
    ['R', 'R'],
    ['md5sum', 'md5sum'],
    ['gitx', undefined],
    ['3', undefined],
    ['', undefined],
  ] as const)
    test(name || 'none', () => assert.equal(nameIn(knows, name), found));
});

describe('a name that hides what runs is asked about', () => {
  for (const [what, line] of Object.entries({
    'a blank that does not break': 'ls\u00a0rm a',
    'a blank of full width': 'ls\u3000a',
    'no width': 'l\u200bs a',
    'the mark at the beginning of a file': '\ufeffrm a',
    'another direction': 'ls\u202ea',
    'a vertical tab': 'ls\u000ba',
    'no name': '"" rm a',
    'an assignment that is none': '1x=2 rm a',
    'a quoted assignment': '"X=1" rm a',
    'a quote': "$'\\'' rm",
    'a blank': '"rm -rf" a',
    'a pattern': '/bin/r? -rf a',
    'another pattern': 'r[m] -rf a',
    'a variable': '$A -rf a',
  }))
    test(what, async () => assert.deepEqual((await effectsFor(line)).map(told), ['unknown']));
});

describe('a name that does not', () => {
  for (const [line, ...effects] of [
    ['RM -rf a', 'delete a deep'],
    ['!rm -rf a', 'delete a deep'],
    ['=rm -rf a', 'delete a deep'],
    ['$ rm -rf a', 'delete a deep'],
    ['rm$IFS$9-rf$IFS$9a', 'delete a deep'],
    ['"/Applications/A B.app/x" a', 'follow file /Applications/A B.app/x'],
    ['файл a', 'run файл (unfamiliar)'],
    ['a.b-c_d+e@f:g a', 'run a.b-c_d+e@f:g (unfamiliar)'],
    ['cat a\r', 'read a\r'],
    ['cat\r'],
  ] as const)
    test(line, async () =>
      assert.deepEqual(
        (await effectsFor(line)).map(told),
        effects.filter(it => !it.startsWith('follow')),
      ),
    );
});
