import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { editorExcludes } from '../../src/core/excludes.ts';
import { hiddenBy, type SecretFile } from '../../src/core/hidden.ts';
import { secretFiles } from '../../src/secrets/files.ts';

const row = (globs: readonly string[], except: readonly string[]): SecretFile => ({
  ...{ id: 'keystore', title: 'x', instead: 'x' },
  ...{ globs, except },
});
const of = (...globs: readonly string[]) => editorExcludes({ rows: [], globs });

describe("what is hidden, in the words of VS Code's excludes", () => {
  test('are names that lie in a workspace', () => {
    const all = editorExcludes({ rows: secretFiles, globs: [] });
    for (const glob of [
      '**/.env',
      '**/.env.local',
      '**/.env.production',
      '**/*.tfstate',
      '**/terraform.tfvars',
    ])
      assert.ok(all.includes(glob), glob);
    for (const glob of ['secrets.yml', 'config/secrets.yml', 'id_rsa', '*.p12'])
      assert.ok(all.includes(glob), glob);
    for (const glob of ['**/.env.*', '**/*.env', '**/secrets.yml', '**/.bash_history', '*.pem', 'id_rsa*'])
      assert.ok(!all.includes(glob), glob);
    assert.deepEqual(
      all.filter(glob => /^[~/]|^\*\*\/.*\/|[[\]{}\\]/.test(glob)),
      [],
    );
    assert.equal(new Set(all).size, all.length);
  });

  test('take nothing that agents may see', () => {
    const is = hiddenBy(secretFiles, [], { platform: 'posix', home: '/home' });
    const all = editorExcludes({ rows: secretFiles, globs: [] });
    const parts = ['q', '', 'example', 'sample', 'a.example', 'a.pub', 'public', 'cert'];
    const folders = ['', 'a/', 'node_modules/a/', 'charts/a/templates/', 'a/locales/'];
    const taken = all.flatMap(glob => {
      const name = glob.replace(/^\*\*\//, '');
      return (name === glob ? [''] : folders).flatMap(folder =>
        parts.map(part => `/w/${folder}${name.replaceAll('*', part)}`),
      );
    });
    assert.ok(taken.length > 1000);
    assert.deepEqual(
      taken.filter(path => !is(path)),
      [],
    );
  });

  test('leave what a row leaves, however the two globs are written', () => {
    const takes = (glob: string, except: string) =>
      editorExcludes({ rows: [row([glob], [except])], globs: [] });
    assert.deepEqual(takes('**/a*b', '**/*c'), ['**/a*b']);
    assert.deepEqual(takes('**/a*c', '**/*bc'), []);
    assert.deepEqual(takes('**/A*', '**/*.pub'), []);
    assert.deepEqual(takes('**/a?', '**/?b'), []);
    assert.deepEqual(takes('**/a?', '**/?'), ['**/a?']);
    assert.deepEqual(takes('**/ab', '**/x/**'), ['ab', 'config/ab']);
    assert.deepEqual(takes('**/ab', '**/config/**'), ['ab']);
    assert.deepEqual(takes('**/ab', '/etc/**'), ['**/ab']);
  });

  test("are a person's own too, wherever they lie, but no places outside", () =>
    assert.deepEqual(of('x.csv', './y.csv', '**/z/*.csv', 'plans/', '/a', '~/b', 'C:/c', '**/x.csv'), [
      ...['**/x.csv', '**/y.csv', '**/z/*.csv', '**/plans'],
    ]));

  test('leave out what cannot be said there, and what would hide everything', () =>
    assert.deepEqual(of('[id].ts', '{a,b}', 'a\\b', 'a\nb', '*', '**', '**/*', '*.*', './'), []));

  test("leave a person's exceptions", () => {
    assert.deepEqual(of('plans/', '!plans/public'), []);
    assert.deepEqual(of('*.csv', '!*.md'), ['**/*.csv']);
    assert.deepEqual(of('*.csv', '!a.csv'), []);
    assert.deepEqual(of('a.csv', '!testdata/'), ['a.csv', 'config/a.csv']);
    const all = editorExcludes({ rows: secretFiles, globs: ['!.env.test'] });
    assert.ok(all.includes('**/.env') && !all.includes('**/.env.test') && !all.includes('.env.test'));
  });

  test('take no time for what is meant to take it', () => {
    const long = (end: string) => `${'*a'.repeat(120)}${end}`;
    assert.deepEqual(of(long('.b'), `!${long('.c')}`), [`**/${long('.b')}`]);
  });
});
