import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseShell } from '../../src/core/shell/parse.ts';
import { repair } from '../../src/core/shell/repair.ts';
import { decisionFor, effectsFor } from '../support/line.ts';
import { walked } from '../support/walked.ts';

/** Pieces of texts that no shell would run by themselves → the commands in them. */
const pieces: Readonly<Record<string, readonly (readonly [piece: string, ...commands: string[]])[]>> = {
  placeholders: [
    ['git checkout <branch>', 'git checkout ‹branch›'],
    ['cp <from> <to>', 'cp ‹from› ‹to›'],
    ['rm -rf <your folder> # be careful', 'rm -rf ‹your_folder›'],
    ['ssh <user>@<host>', 'ssh ‹user›@‹host›'],
    ['x --id <a|b>; rm y', 'x --id ‹a_b›', 'rm y'],
    ['x <id> | rm y', 'x ‹id›', 'rm y <|'],
  ],
  parentheses: [
    ['find . ( -name a -o -name b ) -print', 'find . ( -name a -o -name b ) -print'],
    ['find . -type f ( -name a ) -exec rm {} \\;', 'find . -type f ( -name a ) -exec rm {} ;'],
  ],
  beginnings: [
    ['if a; then', 'a', ':'],
    ['if [ -f x ]', '[ -f x ]', ':'],
    ['if a; then rm x', 'a', 'rm x'],
    ['if a; then rm x; else', 'a', 'rm x', ':'],
    ['for f in a b; do', ':'],
    ['for f in a b', ':'],
    ['while read f; do rm "$f"', 'read f', 'rm ?$f'],
    ['for f in a; do if b; then rm x', 'b', 'rm x'],
    ['case x in'],
    ['case x in a) rm x', 'rm x'],
    ['f() {', ':'],
    ['f() { rm x', 'rm x'],
    ['{ rm x', 'rm x'],
    ['(rm x', 'rm x'],
    ['ls | while read f; do', 'ls', 'read f <|', ': <|'],
  ],
  ends: [
    ['fi', ':', ':'],
    ['done', ':', ':'],
    ['done < <(rm x)', 'rm x', ': <?‹<(rm x)›', ': <?‹<(rm x)›', '<?‹<(rm x)›'],
    ['esac'],
    ['}', ':'],
    ['} | sort', ':', 'sort <|'],
    ['} > x', ':', '>x'],
    [') && rm x', ':', 'rm x'],
    ['then rm x', ':', 'rm x'],
    ['else rm x', ':', ':', 'rm x'],
    ['elif a; then rm x', ':', ':', 'a', 'rm x'],
    ['do rm x', ':', 'rm x'],
    ['fi; rm x', ':', ':', 'rm x'],
    [';;', ':'],
    ['a) rm x ;;', 'rm x'],
  ],
};

for (const [group, rows] of Object.entries(pieces))
  describe(group, () => {
    for (const [piece, ...commands] of rows)
      test(piece, () => {
        assert.equal(parseShell(piece).ok, false);
        assert.deepEqual(walked(piece), commands);
      });
  });

describe('what is not repaired', () => {
  for (const text of [
    'rm "x',
    "rm 'x",
    'rm `x',
    'rm $(x',
    'ls |',
    'ls &&',
    '&& ls',
    'if',
    'a; ; b',
    'rm x)',
    'echo a(b)',
    'rm (ls)',
    'cat < <x>y "',
  ])
    test(text, () => assert.equal(repair(text), undefined));

  test('its commands are seen all the same, and it is asked about', async () => {
    const decision = await decisionFor('git reset --hard; echo "x');
    assert.deepEqual(decision.findings.map(it => it.rule).sort(), [
      'execution.unknown',
      'git.discard-changes',
    ]);
  });

  test('a text that is too long for it', () =>
    assert.equal(repair(`${'ls; '.repeat(3_000)}if a; then`), undefined));
});

test('what stands behind what was put into it keeps its place', async () => {
  const line = 'find . ( -name a ) -exec rm {} +';
  const [effect] = await effectsFor(line);
  assert.equal(effect && line.slice(...effect.at), 'rm {}');
});

test('what stands behind what was put before it keeps its place', async () => {
  const line = 'fi; rm x';
  const [effect] = await effectsFor(line);
  assert.deepEqual(effect && line.slice(...effect.at), 'rm x');
});

test('a placeholder is no redirection: nothing is read or written', async () =>
  assert.deepEqual(await effectsFor('git checkout <branch>'), []));
