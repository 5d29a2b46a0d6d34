import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  blockBegin,
  blockEnd,
  blockIn,
  claudeEntries,
  ignoreLines,
  isIgnoreList,
  plainGlobs,
  withBlock,
  withoutBlock,
} from '../../src/core/denyList.ts';
import { hiddenBy, takesAny } from '../../src/core/hidden.ts';
import { secretFiles } from '../../src/secrets/files.ts';

const lines = ['**/.env', '!**/.env.example'];

describe('our block in a list of lines', () => {
  const text = fc
    .array(fc.constantFrom('a', '# mine', '!b', '', '  ', '\u{1F511}', 'é'), { maxLength: 6 })
    .chain(all =>
      fc.record({ eol: fc.constantFrom('\n', '\r\n'), last: fc.boolean(), mark: fc.boolean() }).map(how => {
        const body = all.join(how.eol) + (how.last && all.length ? how.eol : '');
        return (how.mark ? '\uFEFF' : '') + body;
      }),
    );

  test('goes in and out to the byte, whatever the file was', () =>
    fc.assert(
      fc.property(text, before => {
        const written = withBlock(before, lines);
        assert.deepEqual(
          blockIn(written).is === 'there' && (blockIn(written) as { lines: unknown }).lines,
          lines,
        );
        assert.equal(withBlock(written, lines), written);
        assert.equal(withoutBlock(written), before);
        assert.equal(withoutBlock(withBlock(written, ['other'])), before);
      }),
    ));

  test('is the only thing that is touched where others wrote around it', () =>
    fc.assert(
      fc.property(text, text, (before, more) => {
        const others = `mine above\n${withBlock(before, lines)}${more}`;
        assert.equal(withoutBlock(others), `mine above\n${before}${more}`);
        assert.equal(withoutBlock(withBlock(others, ['new'])), `mine above\n${before}${more}`);
      }),
    ));

  test('goes with the file that was made for it, unless something came into it', () => {
    const made = withBlock(undefined, lines);
    assert.equal(withoutBlock(made), undefined);
    assert.equal(withoutBlock(withBlock(made, ['other'])), undefined);
    assert.equal(withoutBlock(`${made}mine\n`), 'mine\n');
    assert.equal(withoutBlock(withBlock('', lines)), '');
  });

  test('is broken where its marks are not there once each', () => {
    const whole = withBlock('x\n', lines);
    for (const broken of [
      whole.replace(blockBegin, ''),
      whole.replace(blockEnd, ''),
      whole + whole,
      `${blockEnd}\n${blockBegin}\n`,
    ])
      assert.equal(blockIn(broken).is, 'broken');
    assert.equal(blockIn('x\n').is, 'absent');
  });

  test('is written with the line ends of the file', () =>
    assert.ok(!withBlock('a\r\nb\r\n', lines).replaceAll('\r\n', '').includes('\n')));
});

describe('what is hidden, in the words of lists', () => {
  const hiding = { rows: secretFiles, globs: ['x/', 'plans/', '!plans/public', '#odd', '[x].txt', 'a\nb'] };

  test('what a row leaves comes behind what it takes, a person last; nothing can begin a line of its own', () => {
    const all = ignoreLines(hiding);
    assert.ok(all.indexOf('**/.env.*') >= 0 && all.indexOf('**/.env.*') < all.indexOf('!**/.env*.example'));
    assert.deepEqual(all.slice(-4), ['plans/', '!plans/public', '\\#odd', '\\[x\\].txt']);
    assert.ok(all.every(line => !/[\r\n]/.test(line)));
    assert.ok(all.includes('**/.ssh/**'));
    assert.ok(!all.some(line => /^!?\/|^!.*\/\*\*$/.test(line)));
  });

  test('where there are no exceptions, nothing is taken that a row leaves', () => {
    const is = hiddenBy(secretFiles, [], { platform: 'posix', home: '/home' });
    const globs = plainGlobs({ rows: secretFiles, globs: [] });
    assert.ok(globs.includes('**/.env') && globs.includes('**/.env.production'));
    assert.ok(!globs.includes('**/.env.*') && !globs.includes('**/*.pem'));
    assert.ok(globs.includes('**/id_rsa') && !globs.includes('**/id_rsa*'));
    for (const kept of [
      '/etc/ssl/private/**',
      '**/*firebase-adminsdk*.json',
      '**/*.tfstate.*',
      '**/.env.prod.local',
    ])
      assert.ok(globs.includes(kept), kept);
    const usual = [
      'id_rsa.pub',
      'id_ed25519-cert.pub',
      '.env.example',
      '.env.local.example',
      '.envrc.example',
    ];
    assert.deepEqual(
      globs.filter(glob =>
        takesAny(
          glob,
          usual.map(name => `/w/${name}`),
        ),
      ),
      [],
    );
    const taken = globs
      .filter(glob => glob.startsWith('**/') && !glob.slice(3).includes('**'))
      .map(glob => `/w/${glob.slice(3).replaceAll('*', 'q')}`);
    assert.ok(taken.length > 100);
    assert.deepEqual(
      taken.filter(path => !is(path)),
      [],
    );
  });

  test("Claude Code's entries are from the root or the home folder, and well formed", () => {
    const all = claudeEntries(hiding);
    assert.ok(
      all.includes('Read(//**/.env)') && all.includes('Read(~/.npmrc)') && all.includes('Read(//etc/shadow)'),
    );
    assert.ok(all.includes('Read(//**/x/**)'));
    // With a person's exception in it, it cannot be said without one.
    assert.ok(!all.some(it => it.includes('plans')));
    for (const entry of all) assert.match(entry, /^Read\((?:\/\/|~\/)[^()\n]+\)$/);
  });

  test('a list is known by its name', () => {
    for (const name of ['.cursorignore', 'a/.geminiignore', '/x/.aiexclude', '.clineignore', '.rooignore'])
      assert.ok(isIgnoreList(name), name);
    for (const name of ['.gitignore', '.dockerignore', 'x.cursorignore', '.cursorignore/x'])
      assert.ok(!isIgnoreList(name), name);
  });
});
