import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hooked, unhooked } from '../../src/core/commitHook.ts';

const launch = {
  node: "/opt/my node's/node",
  guard: '/s/bin/guard.js',
  state: '/s',
  platform: 'posix',
} as const;

/** A hook as somebody may have written it: with a first line for a shell or without, and with any end. */
const hooks = fc
  .tuple(
    fc.constantFrom('', '#!/bin/sh\n', '#!/usr/bin/env bash\n', '#!/bin/sh', '#!/bin/sh -e\n'),
    fc.string({ unit: 'binary' }),
  )
  .map(([first, rest]) => (first === '#!/bin/sh' ? first : first + rest));

test('what is put into a hook comes out again to the byte, however often it was put in', () => {
  fc.assert(
    fc.property(hooks, fc.integer({ min: 1, max: 3 }), (before, times) => {
      let text = before;
      for (let n = 0; n < times; n++) {
        const after = hooked(text, launch);
        if ('problem' in after) return;
        text = after.text;
      }
      assert.deepEqual(unhooked(text), { text: before });
    }),
  );
});

test('a hook that was ours alone is gone, unless somebody wrote into it', () => {
  const made = hooked(undefined, launch);
  assert.ok('text' in made);
  assert.deepEqual(unhooked(made.text), { text: undefined });
  assert.deepEqual(hooked(made.text, launch), made);
  assert.deepEqual(unhooked(`${made.text}echo more\n`), { text: '#!/bin/sh\necho more\n' });
});

test('what is not ours is not taken out', () => {
  for (const text of ['', '#!/bin/sh\n', '# >>> chaperone\n', 'x # >>> chaperone\n# <<< chaperone\n'])
    assert.equal(unhooked(text), undefined);
});

test('a hook in another language is not changed', () => {
  for (const shebang of [
    '#!/usr/bin/env python3',
    '#!/usr/bin/perl',
    '#!/usr/bin/env node',
    '#!C:/shiny.exe',
  ])
    assert.ok('problem' in hooked(`${shebang}\nprint(1)\n`, launch));
  for (const shebang of ['#!/bin/sh', '#!/usr/bin/env bash', '#!/bin/zsh -f', '#!/bin/dash'])
    assert.ok('text' in hooked(`${shebang}\n`, launch));
});

test('paths on Windows are written as its own shell of git knows them', () => {
  const made = hooked(undefined, { ...launch, guard: 'C:\\a b\\guard.js', platform: 'windows' });
  assert.ok('text' in made && made.text.includes("'C:/a b/guard.js'"));
});
