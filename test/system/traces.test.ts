import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { found } from '../../src/system/traces.ts';

const home = fs.mkdtempSync(path.join(tmpdir(), 'traces-test-'));
after(() => fs.rmSync(home, { recursive: true }));
const skip = process.platform === 'win32';
fs.mkdirSync(path.join(home, '.here'));
fs.mkdirSync(path.join(home, 'programs', 'a-folder'), { recursive: true });
fs.mkdirSync(path.join(home, '.local', 'bin'), { recursive: true });
fs.writeFileSync(path.join(home, 'programs', 'here-agent'), '', { mode: 0o755 });
fs.writeFileSync(path.join(home, 'programs', 'no-program'), '', { mode: 0o644 });
fs.writeFileSync(path.join(home, '.local', 'bin', 'local-agent'), '', { mode: 0o755 });
const given = {
  home,
  path: ['', 'relative', '/not/there', path.join(home, 'programs')].join(path.delimiter),
};

const cases: readonly (readonly [string, Parameters<typeof found>[0]['traces'], string | undefined])[] = [
  ['a file at home', [{ file: '~/.here' }], '.here'],
  ['no file', [{ file: '~/.not-here' }], undefined],
  ['a program', [{ program: 'here-agent' }], 'programs/here-agent'],
  ['a program that the editor has not on its path', [{ program: 'local-agent' }], '.local/bin/local-agent'],
  ['a file that cannot be run', [{ program: 'no-program' }], undefined],
  ['a folder of that name', [{ program: 'a-folder' }], undefined],
  [
    'the first of several',
    [{ file: '~/.not-here' }, { program: 'here-agent' }, { file: '~/.here' }],
    'programs/here-agent',
  ],
  ['nothing to look for', [], undefined],
];
for (const [name, traces, expected] of cases)
  test(name, { skip }, async () => {
    assert.equal(await found({ traces }, given), expected && path.join(home, expected));
  });

test('a path without end is looked at in bounds', { skip }, async () => {
  const begun = performance.now();
  const long = Array.from({ length: 20_000 }, (_, index) => `/not/there/${index}`).join(path.delimiter);
  assert.equal(
    await found({ traces: [{ program: 'nothing-of-the-kind' }] }, { home, path: long }),
    undefined,
  );
  assert.ok(performance.now() - begun < 20_000);
});
