import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effectsFor } from '../support/line.ts';
import { told } from '../support/told.ts';

/** A line that writes a file and then uses it → its effects, in a few words each. */
const table: Readonly<Record<string, readonly (readonly [line: string, ...effects: string[]])[]>> = {
  'a text that stands there': [
    ["echo 'rm -rf a' > x.sh; bash x.sh", 'write x.sh empty', 'delete a deep'],
    ["echo 'rm -rf a' > x.sh && chmod +x x.sh && ./x.sh", 'write x.sh empty', 'permit x.sh', 'delete a deep'],
    ["printf 'rm -rf %s\\n' a > x; . ./x", 'write x empty', 'delete a deep'],
    ["cat > x.sh <<'E'\nrm -rf a\nE\nsh x.sh", 'write x.sh empty', 'delete a deep'],
    ['tee x.sh <<< "rm -rf a"; sh x.sh', 'write x.sh empty', 'delete a deep'],
    ['echo "rm -rf a" | sudo tee x.sh; sh x.sh', 'write x.sh empty', 'delete a deep'],
    ['echo ls > x; echo "rm -rf a" >> x; sh x', 'write x empty', 'write x append', 'delete a deep'],
    [
      'cat > x.py <<E\nimport shutil\nshutil.rmtree("a")\nE\npython3 x.py',
      'write x.py empty',
      'delete a deep',
    ],
    [
      'printf \'#!/usr/bin/env python3\\nimport shutil\\nshutil.rmtree("a")\\n\' > x; chmod +x x; ./x',
      'write x empty',
      'permit x',
      'delete a deep',
    ],
    ["echo 'rm -rf a' > x; cp x y; sh y", 'write x empty', 'read x', 'write y edit', 'delete a deep'],
    ["echo 'rm -rf a' > x; mv x y; sh y", 'write x empty', 'move x to y', 'delete a deep'],
    ["cd b; echo 'rm -rf a' > x; cd ..; sh b/x", 'write b/x empty', 'delete a deep'],
    ['sh -c "echo \'rm -rf a\' > x"; sh x', 'write x empty', 'delete a deep'],
    ["echo 'sh y' > x; echo 'rm -rf a' > y; sh x", 'write x empty', 'write y empty', 'delete a deep'],
    ["echo 'rm -rf b' > x; echo 'rm -rf a' > x; sh x", 'write x empty', 'write x empty', 'delete a deep'],
    ["echo 'DROP TABLE a' > x.sql; psql -f x.sql", 'write x.sql empty', 'destroy table a (postgresql)'],
  ],
  'a text that is not known': [
    ['generate > x.sh; sh x.sh', 'run generate (unfamiliar)', 'write x.sh empty', 'unknown'],
    ['echo "$A" > x.sh; sh x.sh', 'write x.sh empty', 'unknown'],
    ['tee x.sh < y; sh x.sh', 'write x.sh empty', 'read y', 'unknown'],
  ],
  'a download': [
    ['curl -o x.sh https://h/x; sh x.sh', 'fetch h', 'write x.sh empty', 'run x.sh (download)'],
    ['curl https://h/x > x.sh; sh x.sh', 'fetch h', 'write x.sh empty', 'run x.sh (download)'],
    ['curl -sSLO https://h/a/x.sh; sh x.sh', 'fetch h', 'run x.sh (download)'],
    ['wget https://h/x.sh?a=1; sh x.sh', 'fetch h', 'run x.sh (download)'],
    ['wget -O x https://h/y; bash x', 'fetch h', 'write x empty', 'run x (download)'],
    ['curl https://h/x | tee x.sh; sh x.sh', 'fetch h', 'write x.sh empty', 'run x.sh (download)'],
    ['curl -o x https://h/x; python3 x', 'fetch h', 'write x empty', 'run x (download)'],
    ['curl -o x https://h/x; mv x y; ./y', 'fetch h', 'write x empty', 'move x to y', 'run y (download)'],
  ],
  'a file that only lies there': [
    ['curl -o x.json https://h/x; cat x.json', 'fetch h', 'write x.json empty', 'read x.json'],
    ["echo 'rm -rf a' > x.txt; cat x.txt", 'write x.txt empty', 'read x.txt'],
    ["sh x.sh; echo 'rm -rf a' > x.sh", 'write x.sh empty'],
  ],
};

for (const [group, rows] of Object.entries(table))
  describe(group, () => {
    for (const [line, ...effects] of rows)
      test(line.replaceAll('\n', '⏎'), async () =>
        assert.deepEqual((await effectsFor(line)).map(told), effects),
      );
  });

describe('a folder that was cloned', () => {
  for (const line of [
    'git clone https://h/a.git && a/install.sh',
    'git clone https://h/a.git b && cd b && ./install.sh',
    'git clone --depth 1 https://h/a.git && sh a/install.sh',
  ])
    test(line, async () =>
      assert.ok((await effectsFor(line)).map(told).includes('run install.sh (download)')),
    );
});

describe('a file that was emptied', () => {
  const emptied = async (line: string) =>
    (await effectsFor(line)).flatMap(it => (it.does === 'write' ? [it.text] : []));
  for (const line of [
    '> x',
    ': > x',
    'true > x',
    'cat /dev/null > x',
    'echo -n > x',
    "printf '' > x",
    'echo -n "" >| x',
  ])
    test(line, async () => assert.deepEqual(await emptied(line), ['']));
  for (const line of ['ls > x', 'echo a > x', '> x ls', '{ ls; } > x', 'ls 2> x', ': 2> x', 'cat < x > y'])
    test(line, async () => assert.deepEqual(await emptied(line), [undefined]));
});
