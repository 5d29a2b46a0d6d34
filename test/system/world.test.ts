import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { hiddenBy } from '../../src/core/hidden.ts';
import type { Facts, Loss, PathFact, Question, Search } from '../../src/core/model.ts';
import type { Machine, World } from '../../src/core/ports.ts';
import { searchKey, shownBy } from '../../src/core/rule.ts';
import { noFacts } from '../../src/core/supervise.ts';
import { secretFiles } from '../../src/secrets/files.ts';
import { machineWorld } from '../../src/system/world.ts';

const onPosix = { skip: process.platform === 'win32' };
const made: string[] = [];
after(() => made.forEach(folder => rmSync(folder, { recursive: true, force: true })));

interface Disk {
  readonly at: (path: string) => string;
  readonly world: World;
  readonly machine: Machine;
}

/** A workspace `ws`, a home `home` and a temp `tmp` in a folder of their own, with these files. */
function disk(
  files: Readonly<Record<string, string>> = {},
  bound = 10_000,
  hidden: readonly string[] = [],
): Disk {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'world-')));
  made.push(root);
  const at = (path: string) => (path ? join(root, path) : root);
  for (const folder of ['ws', 'home', 'tmp']) mkdirSync(at(folder));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
  const machine: Machine = { platform: 'posix', home: at('home') };
  const world = machineWorld({
    exposes: text =>
      text.includes('token-of-nobody') ? { kind: 'token', at: text.indexOf('token-of-nobody') } : undefined,
    machine,
    workspace: [at('ws')],
    temp: [at('tmp')],
    hiddenBy: hiddenBy(secretFiles, hidden, machine),
    guarded: path => (path.startsWith(at('home/.chaperone')) ? "Chaperone's own state" : undefined),
    bound,
  });
  return { at, world, machine };
}

async function fact({ world }: Disk, path: string, loss = false): Promise<PathFact> {
  const { paths, failed } = await world.answer([{ about: 'path', path, loss }]);
  if (loss) assert.deepEqual(failed, []);
  return paths.get(path) ?? assert.fail(`no fact: ${failed.join()}`);
}

async function shows(
  { world }: Disk,
  search: Partial<Search> & { path: string },
): Promise<readonly string[]> {
  const whole: Search = { query: 'needle', regex: false, ignored: false, ...search };
  const { searches } = await world.answer([{ about: 'search', ...whole }]);
  return [...(searches.get(searchKey(whole)) ?? assert.fail('no fact')).shows].sort();
}

function git(folder: string, ...words: string[]): void {
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false', ...words],
    { cwd: folder, stdio: 'ignore' },
  );
}

describe('paths', () => {
  test('a file, a folder and nothing', async () => {
    const it = disk({ 'ws/src/a.ts': '', 'ws/.env': '' });
    assert.deepEqual(await fact(it, it.at('ws/src/a.ts')), {
      real: it.at('ws/src/a.ts'),
      exists: true,
      folder: false,
      place: 'inside',
    });
    assert.deepEqual(await fact(it, it.at('ws/src')), {
      real: it.at('ws/src'),
      exists: true,
      folder: true,
      place: 'inside',
    });
    assert.deepEqual(await fact(it, it.at('ws/none/x')), {
      real: it.at('ws/none/x'),
      exists: false,
      folder: false,
      place: 'inside',
    });
    assert.deepEqual(await fact(it, it.at('ws/.env')), {
      real: it.at('ws/.env'),
      exists: true,
      folder: false,
      place: 'inside',
      hidden: 'environment file',
    });
    assert.deepEqual(await fact(it, it.at('ws')), {
      real: it.at('ws'),
      exists: true,
      folder: true,
      place: 'workspace',
    });
    assert.deepEqual(await fact(it, it.at('home')), {
      real: it.at('home'),
      exists: true,
      folder: true,
      place: 'home',
    });
    assert.equal((await fact(it, '~/x')).place, 'outside');
    assert.equal((await fact(it, it.at('tmp/x'))).place, 'temp');
  });

  test('links are followed, in the middle and into nothing', onPosix, async () => {
    const it = disk({ 'ws/.env': '', 'home/.ssh/work': '', 'ws/plain.txt': '' });
    symlinkSync('.env', it.at('ws/notes.txt'));
    symlinkSync(it.at('home'), it.at('ws/house'));
    symlinkSync('../home/none', it.at('ws/dangling'));
    symlinkSync('dangling', it.at('ws/twice'));
    symlinkSync('plain.txt', it.at('ws/.env.local'));
    assert.equal((await fact(it, it.at('ws/notes.txt'))).hidden, 'environment file');
    assert.equal((await fact(it, it.at('ws/house/.ssh/work'))).hidden, 'SSH keys');
    assert.equal((await fact(it, it.at('ws/house/new/file'))).real, it.at('home/new/file'));
    assert.equal((await fact(it, it.at('ws/house/new/file'))).place, 'outside');
    assert.equal((await fact(it, it.at('ws/dangling'))).real, it.at('home/none'));
    assert.equal((await fact(it, it.at('ws/twice/x'))).real, it.at('home/none/x'));
    assert.equal((await fact(it, it.at('ws/.env.local'))).hidden, 'environment file');
    assert.equal((await fact(it, it.at('ws/house'))).place, 'home');
  });

  test('a loop of links is itself', onPosix, async () => {
    const it = disk();
    symlinkSync('b', it.at('ws/a'));
    symlinkSync('a', it.at('ws/b'));
    symlinkSync('self/x', it.at('ws/self'));
    for (const name of ['a', 'self', 'self/x'])
      assert.equal((await fact(it, it.at(`ws/${name}`))).folder, false);
  });

  test('another name of a hidden file is hidden', onPosix, async () => {
    const it = disk({ 'ws/.env': '', 'ws/a.txt': '' });
    linkSync(it.at('ws/.env'), it.at('ws/copy.txt'));
    linkSync(it.at('ws/a.txt'), it.at('ws/b.txt'));
    assert.equal((await fact(it, it.at('ws/copy.txt'))).hidden, 'environment file');
    assert.equal((await fact(it, it.at('ws/b.txt'))).hidden, undefined);
  });

  test('a folder is hidden only where it itself is', async () => {
    const it = disk({ 'ws/.env/pyvenv.cfg': '', 'home/.ssh/id_rsa': '', 'ws/conf/.env': '' });
    assert.equal((await fact(it, it.at('ws/.env'))).hidden, undefined);
    assert.equal((await fact(it, it.at('ws/conf'))).hidden, undefined);
    assert.equal((await fact(it, it.at('home/.ssh'))).hidden, 'SSH keys');
  });

  test("Chaperone's own is guarded, also behind a link", onPosix, async () => {
    const it = disk({ 'home/.chaperone/ledger': '' });
    symlinkSync(it.at('home/.chaperone'), it.at('ws/x'));
    assert.ok((await fact(it, it.at('ws/x/ledger'))).guarded);
    assert.ok((await fact(it, it.at('ws/x/*'))).guarded);
    assert.equal((await fact(it, it.at('ws/y'))).guarded, undefined);
  });

  test('devices, pipes and processes are named and never opened', onPosix, async () => {
    const it = disk();
    execFileSync('mkfifo', [it.at('ws/pipe')]);
    assert.equal((await fact(it, it.at('ws/pipe'), true)).loss?.files, 1);
    assert.equal((await fact(it, '/dev/null')).place, 'temp');
    assert.equal((await fact(it, '/dev/stdout')).place, 'temp');
    assert.equal((await fact(it, '/proc/self/root/etc/shadow')).hidden, 'password hashes of the system');
    assert.equal((await fact(it, '/proc/self/environ')).hidden, 'environment of a running process');
    const { paths, failed } = await it.world.answer([
      { about: 'path', path: '/proc/self/cwd/.env', loss: false },
    ]);
    // Nobody looked: its name alone tells.
    assert.deepEqual([paths.get('/proc/self/cwd/.env')?.hidden, failed.length], ['environment file', 1]);
  });

  test('where there is no time to look, a name alone tells what is hidden', async () => {
    const it = disk({ 'ws/.env': '' }, 0);
    const names = ['ws/.env', 'ws/.e*', 'ws/*.pem', 'ws/a.ts'].map(it.at);
    const { paths } = await it.world.answer(names.map(path => ({ about: 'path', path, loss: false })));
    assert.deepEqual(
      names.map(name => paths.get(name)?.hidden),
      ['environment file', 'environment file', 'private key', undefined],
    );
  });

  test('what cannot be a path fails in words, and the others are answered', async () => {
    const it = disk({ 'ws/a': '' });
    const impossible = ['\0', '/a\0b', 'relative', '../up', '', `/${'x'.repeat(100_000)}`];
    const questions = [...impossible, it.at('ws/a')].map(
      path => ({ about: 'path', path, loss: true }) as const,
    );
    const { paths, failed } = await it.world.answer(questions);
    assert.deepEqual([...paths.keys()], [it.at('ws/a')]);
    assert.equal(failed.length, impossible.length);
  });

  test('names longer than a file system allows are places all the same', async () => {
    const it = disk();
    assert.equal((await fact(it, it.at(`ws/${'x'.repeat(300)}/y`))).place, 'inside');
    assert.equal((await fact(it, it.at(`ws/${'x/'.repeat(3000)}y`))).place, 'inside');
  });

  test('whatever the questions, an answer comes', async () => {
    const it = disk({ 'ws/a b': '', 'ws/[x]': '' }, 150);
    const path = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map(text => it.at('ws') + '/' + text),
      fc.stringMatching(/^\/[*?[\]{}a./]{0,20}$/).map(text => it.at('ws') + text),
    );
    const question: fc.Arbitrary<Question> = fc.oneof(
      path.map(path => ({ about: 'path', path, loss: true }) as const),
      fc
        .tuple(path, fc.string(), fc.boolean(), path)
        .map(
          ([path, query, regex, include]) =>
            ({ about: 'search', path, query, regex, include, ignored: regex }) as const,
        ),
      fc.string().map(value => ({ about: 'credential', value }) as const),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          question.filter(it => it.about !== 'search' || it.path.length > 20),
          { maxLength: 5 },
        ),
        async questions => {
          const facts: Facts = await it.world.answer(questions);
          assert.ok(Array.isArray(facts.failed));
        },
      ),
      { numRuns: 60, interruptAfterTimeLimit: 8000, markInterruptAsFailure: false },
    );
  });
});

describe('paths with wildcards', () => {
  const files = {
    'ws/.env': '',
    'ws/.env.example': '',
    'ws/a.ts': '',
    'ws/b.js': '',
    'ws/dist/x': '',
    'ws/conf/prod/.env': '',
    'ws/[id].ts': '',
    'ws/a.log': '',
  };

  test('everything in the workspace is the workspace', async () => {
    const it = disk(files);
    const all = await fact(it, it.at('ws/*'));
    assert.deepEqual([all.place, all.hidden, all.exists], ['workspace', undefined, true]);
    assert.equal((await fact(it, it.at('ws/**'))).place, 'workspace');
  });

  test('a narrower glob is what it matches', async () => {
    const it = disk(files);
    assert.deepEqual(await fact(it, it.at('ws/*.log')), {
      real: it.at('ws/a.log'),
      exists: true,
      folder: false,
      place: 'inside',
    });
    assert.equal((await fact(it, it.at('ws/dist/*'))).place, 'rebuilt');
    assert.deepEqual(await fact(it, it.at('ws/*.none')), {
      real: it.at('ws/*.none'),
      exists: false,
      folder: false,
      place: 'inside',
    });
    assert.equal((await fact(it, it.at('*/a.ts'))).exists, true);
  });

  test('a hidden match hides it', async () => {
    const it = disk(files);
    for (const glob of [
      'ws/.e*',
      'ws/.en?',
      'ws/.[e]nv',
      'ws/.[!x]nv',
      'ws/.[a-f]nv',
      'ws/.[[:alpha:]]nv',
      'ws/*/*/.env',
      'ws/**/.env',
      'ws/conf/**/.e*',
      'ws/{.env,b.js}',
      'ws/@(.env|a)',
    ])
      assert.equal((await fact(it, it.at(glob))).hidden, 'environment file', glob);
    for (const glob of ['ws/*', 'ws/*.ts', 'ws/?env', 'ws/.env.*', 'ws/.[x]nv'])
      assert.equal((await fact(it, it.at(glob))).hidden, undefined, glob);
  });

  test('a name with brackets is a name too', async () => {
    const it = disk(files);
    assert.equal((await fact(it, it.at('ws/[id].ts'))).exists, true);
    assert.equal((await fact(it, it.at('ws/[id].ts'), true)).loss?.files, 1);
  });

  test('links among the matches are followed', onPosix, async () => {
    const it = disk(files);
    symlinkSync(it.at('home'), it.at('ws/conf/house'));
    const found = await fact(it, it.at('ws/conf/*'));
    assert.deepEqual([found.place, found.real], ['home', it.at('home')]);
  });

  test('more matches than can be looked at are said to be', async () => {
    const it = disk(Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`ws/many/${index}`, ''])));
    const { paths, failed } = await it.world.answer([
      { about: 'path', path: it.at('ws/many/*'), loss: false },
    ]);
    assert.equal(paths.get(it.at('ws/many/*'))?.place, 'inside');
    assert.equal(failed.length, 1);
  });
});

describe('loss', () => {
  const lost = async (it: Disk, path: string): Promise<Loss | undefined> =>
    (await fact(it, it.at(path), true)).loss;

  test('without git there is no knowing what is saved', async () => {
    const it = disk({ 'ws/a/b': '12', 'ws/a/c/d': '345' });
    assert.deepEqual(await lost(it, 'ws/a'), { files: 2, bytes: 5, atLeast: false });
    assert.deepEqual(await lost(it, 'ws/a/b'), { files: 1, bytes: 2, atLeast: false });
    assert.deepEqual(await lost(it, 'ws/a/*'), { files: 2, bytes: 5, atLeast: false });
    assert.deepEqual(await lost(it, 'ws/none'), { files: 0, bytes: 0, atLeast: false });
    assert.equal((await fact(it, it.at('ws/a'))).loss, undefined);
  });

  const repository = () => {
    const it = disk({
      'ws/.gitignore': 'ignored\n',
      'ws/d/same': 'a',
      'ws/d/changed': 'a',
      'ws/d/touched': 'a',
      'ws/d/staged': 'a',
      'ws/d/with space é': 'a',
      'ws/d/quick': 'aaaa',
      'ws/e/deep/x': 'a',
    });
    git(it.at('ws'), 'init', '-q');
    git(it.at('ws'), 'add', '.');
    git(it.at('ws'), 'commit', '-qm', 'x');
    writeFileSync(it.at('ws/d/changed'), 'b');
    writeFileSync(it.at('ws/d/quick'), 'bbbb');
    utimesSync(it.at('ws/d/touched'), 1, 1);
    writeFileSync(it.at('ws/d/staged'), 'longer');
    git(it.at('ws'), 'add', 'd/staged');
    writeFileSync(it.at('ws/d/untracked'), 'a');
    writeFileSync(it.at('ws/d/ignored'), 'a');
    return it;
  };

  test('what no commit holds is unsaved', async () => {
    const it = repository();
    const found = await lost(it, 'ws/d');
    assert.deepEqual([found?.files, found?.unsaved, found?.atLeast], [8, 5, false]);
    assert.deepEqual(await lost(it, 'ws/e'), { files: 1, bytes: 1, unsaved: 0, atLeast: false });
    assert.equal((await lost(it, 'ws/d/same'))?.unsaved, 0);
    assert.equal((await lost(it, 'ws/d/with space é'))?.unsaved, 0);
    assert.equal((await lost(it, 'ws/d/quick'))?.unsaved, 1);
    assert.equal((await lost(it, 'ws/*'))?.unsaved, 5);
  });

  test('with its history everything is lost', async () => {
    const it = repository();
    for (const path of ['ws', 'ws/.git', 'ws/.git/objects']) {
      const found = await lost(it, path);
      assert.ok(found && found.files > 0);
      assert.equal(found.unsaved, found.files, path);
    }
  });

  test('before the first commit nothing is saved', async () => {
    const it = disk({ 'ws/a/b': '' });
    git(it.at('ws'), 'init', '-q');
    git(it.at('ws'), 'add', '.');
    assert.equal((await lost(it, 'ws/a'))?.unsaved, 1);
  });

  test('a worktree keeps its history elsewhere', async () => {
    const it = repository();
    git(it.at('ws'), 'worktree', 'add', '-q', it.at('ws2'));
    writeFileSync(it.at('ws2/new'), '');
    const found = await lost(it, 'ws2/d');
    assert.deepEqual([found?.files, found?.unsaved], [6, 0]);
    assert.equal((await lost(it, 'ws2'))?.unsaved, 2);
  });

  test("the repository's configuration runs nothing", onPosix, async () => {
    const it = disk({
      'ws/.gitattributes': '* filter=evil diff=evil\n',
      'ws/d/a': 'a',
      'ws/d/.env': 'needle',
    });
    git(it.at('ws'), 'init', '-q');
    git(it.at('ws'), 'add', '.');
    git(it.at('ws'), 'commit', '-qm', 'x');
    const trap = it.at('trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch ${it.at('sprung')}\ncat\n`, { mode: 0o755 });
    for (const key of [
      'core.fsmonitor',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.external',
      'diff.evil.textconv',
      'diff.evil.command',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'alias.ls-files',
      'alias.ls-tree',
    ])
      git(it.at('ws'), 'config', key, key.startsWith('alias') ? `!${trap}` : trap);
    mkdirSync(it.at('ws/.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'post-checkout', 'pre-commit', 'fsmonitor-watchman'])
      writeFileSync(it.at(`ws/.git/hooks/${hook}`), `#!/bin/sh\ntouch ${it.at('sprung')}\n`, { mode: 0o755 });
    mkdirSync(it.at('ws/bin'));
    writeFileSync(it.at('ws/bin/git'), `#!/bin/sh\ntouch ${it.at('sprung')}\n`, { mode: 0o755 });
    writeFileSync(it.at('ws/d/a'), 'b');
    const path = process.env['PATH'];
    process.env['PATH'] = `${it.at('ws/bin')}:${path}`;
    try {
      assert.equal((await lost(it, 'ws/d'))?.unsaved, 1);
      assert.deepEqual(await shows(it, { path: it.at('ws') }), [it.at('ws/d/.env')]);
    } finally {
      process.env['PATH'] = path;
    }
    assert.ok(!existsSync(it.at('sprung')));
  });

  test('a disk, the system and a home are not walked', async () => {
    const it = disk({ 'home/x': '' });
    const start = performance.now();
    for (const path of ['/', '/etc', '/*', it.at('home'), '~', '~/*'].slice(0, 5))
      assert.equal((await fact(it, path, true)).loss, undefined, path);
    assert.ok(performance.now() - start < 30_000);
  });

  test('links are counted, not followed', onPosix, async () => {
    const it = disk({ 'ws/a/b': '', 'home/x': '' });
    symlinkSync(it.at('home'), it.at('ws/a/house'));
    symlinkSync('..', it.at('ws/a/up'));
    assert.equal((await lost(it, 'ws/a'))?.files, 3);
  });

  test(
    'what cannot be read makes it at least',
    { skip: process.platform === 'win32' || process.getuid?.() === 0 },
    async () => {
      const it = disk({ 'ws/a/b': '', 'ws/a/closed/c': '' });
      execFileSync('chmod', ['000', it.at('ws/a/closed')]);
      const found = await lost(it, 'ws/a');
      execFileSync('chmod', ['700', it.at('ws/a/closed')]);
      assert.deepEqual([found?.files, found?.atLeast], [1, true]);
    },
  );
});

describe('searches', () => {
  const files = {
    'ws/.env': 'A=needle\n',
    'ws/a.ts': 'needle',
    'ws/conf/prod.env': 'B=NEEDLE',
    'ws/server.key': 'other',
    'ws/node_modules/x/.env': 'needle',
  };

  test('only hidden files that really match are shown', async () => {
    const it = disk(files);
    assert.deepEqual(await shows(it, { path: it.at('ws') }), [it.at('ws/.env'), it.at('ws/conf/prod.env')]);
    assert.deepEqual(await shows(it, { path: it.at('ws/conf') }), [it.at('ws/conf/prod.env')]);
    assert.deepEqual(await shows(it, { path: it.at('ws/.env') }), [it.at('ws/.env')]);
    assert.deepEqual(await shows(it, { path: it.at('ws/a.ts') }), []);
    assert.deepEqual(await shows(it, { path: it.at('ws'), query: 'nowhere' }), []);
    assert.deepEqual(await shows(it, { path: it.at('ws/none') }), []);
    assert.deepEqual(
      await shows(it, { path: it.at('ws'), ignored: true }),
      ['ws/.env', 'ws/conf/prod.env', 'ws/node_modules/x/.env'].map(it.at),
    );
  });

  test('a glob narrows, and one that we do not know does not', async () => {
    const it = disk(files);
    const narrowed = (include: string) => shows(it, { path: it.at('ws'), include });
    for (const include of [
      '*.ts',
      '**/*.{ts,tsx}',
      'src/**',
      '*.ts,*.js',
      '!**/*.env,!.env',
      it.at('ws/src/**'),
    ])
      assert.deepEqual(await narrowed(include), [], include);
    for (const include of [
      '.env',
      '**/.env',
      '*.{env,ts}',
      '.e[mn]v',
      '.env*',
      '{.env',
      it.at('ws/.env'),
      '**/.e??',
    ])
      assert.ok((await narrowed(include)).includes(it.at('ws/.env')), include);
    assert.deepEqual(await narrowed('conf'), [it.at('ws/conf/prod.env')]);
    assert.deepEqual(await narrowed('conf/*'), [it.at('ws/conf/prod.env')]);
    assert.deepEqual(await narrowed('!.env'), [it.at('ws/conf/prod.env')]);
  });

  test('patterns are tried where that is safe, else taken to match', async () => {
    const it = disk({ 'ws/.env': 'KEY=value(1)\n' });
    const matches = async (query: string) =>
      (await shows(it, { path: it.at('ws'), query, regex: true })).length > 0;
    for (const query of [
      '^key',
      'K.Y',
      'value\\(1\\)',
      'none\\|value',
      'none|value',
      '(?i)zzz',
      '(z+)+$',
      '(',
      '\\p{Lu}zz',
      'z'.repeat(300),
      '[[:digit:]]z',
      '\\bvalue\\b',
      'val\\(ue\\)',
    ])
      assert.ok(await matches(query), query);
    for (const query of [
      '^value',
      'KEY$',
      'none|nothing',
      'none\\|nothing',
      'import .* from',
      'function\\s+\\w+',
      'foo\\(',
      'TODO|FIXME',
    ])
      assert.ok(!(await matches(query)), query);
  });

  test('a slow pattern ends', async () => {
    const it = disk({ 'ws/.env': 'a'.repeat(60_000) });
    const start = performance.now();
    for (const query of ['a*a*a*a*a*b', '(a|a)*b', '.*.*.*.*=z', '(?:a+)+b', '(a|b|ab)*c'])
      assert.ok((await shows(it, { path: it.at('ws'), query, regex: true })).length, query);
    assert.ok(performance.now() - start < 30_000);
  });

  test('files that git ignores are shown only to a search that looks there', async () => {
    const it = disk({
      ...files,
      'ws/.gitignore': '.env\n',
      'ws/build/.env': 'needle',
      'ws/build/x.env': 'needle',
    });
    git(it.at('ws'), 'init', '-q');
    assert.deepEqual(await shows(it, { path: it.at('ws') }), [
      it.at('ws/build/x.env'),
      it.at('ws/conf/prod.env'),
    ]);
    assert.deepEqual((await shows(it, { path: it.at('ws'), ignored: true })).length, 5);
    assert.deepEqual(await shows(it, { path: it.at('ws/.env') }), [it.at('ws/.env')]);
    writeFileSync(it.at('ws/.gitignore'), 'build/\n');
    assert.deepEqual((await shows(it, { path: it.at('ws/build') })).length, 2);
  });

  test(
    'links to hidden files count, large files are taken to match, pipes are left alone',
    onPosix,
    async () => {
      const it = disk({ 'home/.ssh/work': 'needle', 'ws/big.env': 'x'.repeat(300_000) });
      symlinkSync(it.at('home/.ssh/work'), it.at('ws/notes'));
      execFileSync('mkfifo', [it.at('ws/.env')]);
      assert.deepEqual(await shows(it, { path: it.at('ws') }), [it.at('ws/big.env'), it.at('ws/notes')]);
    },
  );
});

describe('contents', () => {
  const asked = async (it: Disk, path: string) =>
    (await it.world.answer([{ about: 'contents', path }])).contents.get(path);

  test('say what stands plainly in a file, and in which line', async () => {
    const it = disk({ 'ws/old.sh': '#!/bin/sh\n\nTOKEN=token-of-nobody\n', 'ws/new.sh': 'echo hello\n' });
    const path = it.at('ws/old.sh');
    assert.deepEqual(await asked(it, path), { holds: 'token', file: path, line: 3 });
    assert.equal(await asked(it, it.at('ws/new.sh')), undefined);
    assert.deepEqual(await asked(it, it.at('ws/*.sh')), { holds: 'token', file: path, line: 3 });
  });

  test('are not looked for in folders, in what is missing, and in what is no text', async () => {
    const it = disk({
      'ws/image.png': 'a\0token-of-nobody',
      'ws/long.txt': `${'x'.repeat(300_000)}token-of-nobody`,
    });
    for (const path of ['ws', 'ws/none', 'ws/image.png', 'ws/long.txt'])
      assert.equal(await asked(it, it.at(path)), undefined, path);
  });
});

describe('credentials', () => {
  const value = `value-${'x7'.repeat(10)}`;
  const found = async ({ world }: Disk, ...values: string[]) =>
    (await world.answer(values.map(value => ({ about: 'credential', value })))).credentials;

  test('the file and line where one stands', async () => {
    const it = disk({ 'ws/a/b.ts': `one\ntwo\nkey = "${value}"`, 'ws/c': 'other-value' });
    const facts = await found(it, value, 'other-value', 'not-there');
    assert.equal(facts.size, 2);
    assert.deepEqual(facts.get(value), { file: it.at('ws/a/b.ts'), line: 3 });
    assert.deepEqual(facts.get('other-value'), { file: it.at('ws/c'), line: 1 });
  });

  test('hidden files come first; binaries, dependencies and short values are passed over', async () => {
    const it = disk({
      'ws/a': value,
      'ws/deep/er/.env': `\n${value}`,
      'ws/node_modules/x': 'inside-modules',
      'ws/binary': '\0in-a-binary',
      'ws/.git/x': 'in-the-history',
    });
    assert.deepEqual((await found(it, value)).get(value), { file: it.at('ws/deep/er/.env'), line: 2 });
    assert.equal((await found(it, 'inside-modules', 'in-a-binary', 'in-the-history', 'val', '')).size, 0);
  });

  test('a failure does not say the value', async () => {
    const it = disk({}, 0);
    const { failed } = await it.world.answer([{ about: 'credential', value }]);
    assert.ok(!failed.join().includes(value));
  });
});

describe('leads', () => {
  const manifest = JSON.stringify(
    { name: 'x', scripts: { prebuild: 'one', build: 'two', postbuild: 'three', list: ['a', 'b'], bad: 3 } },
    undefined,
    2,
  );

  test('a script with what runs before and after', async () => {
    const it = disk({ 'ws/package.json': manifest, 'ws/sub/x': '' });
    const script = (name: string, path = 'package.json', cwd = 'ws') =>
      it.world.read({ to: 'script', manifest: path, name }, it.at(cwd));
    const build = { found: 'text', text: 'one\ntwo\nthree', file: it.at('ws/package.json'), line: 5 };
    assert.deepEqual(await script('build'), build);
    assert.deepEqual(await script('build', 'package.json', 'ws/sub'), build);
    assert.deepEqual(await script('build', it.at('ws/package.json'), 'home'), build);
    assert.deepEqual(await script('build', '../package.json', 'ws/sub'), build);
    assert.deepEqual(await script('none'), { found: 'nothing' });
    assert.deepEqual(await script('toString'), { found: 'nothing' });
    assert.deepEqual(await script('build', 'no-such-manifest.json'), { found: 'nothing' });
    assert.equal((await script('bad')).found, 'unreadable');
    const list = await script('list');
    assert.equal(list.found === 'text' && list.text, 'a\nb');
  });

  test('a broken manifest is unreadable', async () => {
    const it = disk({ 'ws/package.json': 'not json' });
    assert.equal(
      (await it.world.read({ to: 'script', manifest: 'package.json', name: 'x' }, it.at('ws'))).found,
      'unreadable',
    );
  });

  test('a file, as far as it is text and not too long', onPosix, async () => {
    const it = disk({
      'ws/run.sh': 'echo',
      'ws/big.sh': 'x'.repeat(300_000),
      'ws/program': 'a\0b',
      'home/h.sql': 'select',
    });
    const file = (path: string) => it.world.read({ to: 'file', path, as: 'shell' }, it.at('ws'));
    assert.deepEqual(await file('run.sh'), {
      found: 'text',
      text: 'echo',
      file: it.at('ws/run.sh'),
      line: 1,
    });
    assert.equal((await file('~/h.sql')).found, 'text');
    assert.equal((await file('none')).found, 'nothing');
    execFileSync('mkfifo', [it.at('ws/pipe')]);
    for (const path of ['big.sh', 'program', 'pipe', '.', '/dev/zero', '/dev/tty', 'a\0b', 'x'.repeat(5000)])
      assert.equal((await file(path)).found, 'unreadable', path);
  });

  test('a cell of a notebook, or all of its code', async () => {
    const cells = [
      { cell_type: 'markdown', source: ['# text'], id: 'm' },
      { cell_type: 'code', source: ['a = 1\n', 'b'], id: 'one' },
      { cell_type: 'code', source: 'c' },
    ];
    const it = disk({ 'ws/n.ipynb': JSON.stringify({ cells }), 'ws/bad.ipynb': '[]' });
    const cell = async (id: string, path = 'n.ipynb') => {
      const read = await it.world.read({ to: 'cell', path, cell: id }, it.at('ws'));
      return read.found === 'text' ? read.text : read.found;
    };
    assert.deepEqual(await Promise.all(['one', '2', '#VSC-1a2b3c', '99'].map(id => cell(id))), [
      'a = 1\nb',
      'c',
      'a = 1\nb\nc',
      'a = 1\nb\nc',
    ]);
    assert.deepEqual(await Promise.all(['bad.ipynb', 'none.ipynb'].map(path => cell('one', path))), [
      'unreadable',
      'nothing',
    ]);
  });
});

describe('twenty thousand files', onPosix, () => {
  const huge = (bound: number): Disk => {
    const it = disk({ 'ws/.env': 'needle' }, bound);
    // Links to one file are made in a tenth of the time that files take.
    for (let folder = 0; folder < 100; folder++) {
      mkdirSync(it.at(`ws/huge/${folder}`), { recursive: true });
      writeFileSync(it.at(`ws/huge/${folder}/0.ts`), 'x');
      for (let file = 1; file < 200; file++)
        linkSync(it.at(`ws/huge/${folder}/0.ts`), it.at(`ws/huge/${folder}/${file}.ts`));
    }
    return it;
  };
  const timed = async (it: Disk, question: Question) => {
    const start = performance.now();
    const facts = await it.world.answer([question]);
    return { facts, took: performance.now() - start };
  };

  test('are counted as far as time lets us', async () => {
    const it = huge(300);
    const path = it.at('ws/huge');
    const { facts, took } = await timed(it, { about: 'path', path, loss: true });
    const loss = facts.paths.get(path)?.loss;
    assert.ok(took < 20_000, `${took}`);
    assert.ok(loss && (loss.files === 20_000 || (loss.atLeast && loss.files > 0)), JSON.stringify(loss));
  });

  test('are left when time is short', async () => {
    const it = huge(20);
    const path = it.at('ws/huge');
    const { facts, took } = await timed(it, { about: 'path', path, loss: true });
    const loss = facts.paths.get(path)?.loss;
    assert.ok(took < 20_000, `${took}`);
    assert.ok(facts.failed.length || (loss?.atLeast && loss.files < 20_000), JSON.stringify(loss));
  });

  test('do not hold up a search, another name or a credential', async () => {
    const it = huge(200);
    const questions: readonly Question[] = [
      { about: 'search', query: 'needle', regex: false, path: it.at('ws'), ignored: false },
      { about: 'path', path: it.at('ws/huge/7/7.ts'), loss: false },
      { about: 'path', path: it.at('ws/**/*.ts'), loss: true },
      { about: 'credential', value: 'nowhere-to-be-found' },
    ];
    for (const question of questions) assert.ok((await timed(it, question)).took < 20_000, question.about);
  });
});

test('a world with nothing but trouble around it still answers', async () => {
  const trouble = {
    machine: { platform: 'posix', home: 'nowhere' },
    workspace: ['/none', '\0'],
    temp: ['\0'],
    guarded: () => undefined,
    exposes: () => undefined,
  } as const;
  const question = { about: 'path', path: '/none/x', loss: true } as const;
  const calm = await machineWorld({ ...trouble, hiddenBy: () => undefined }).answer([question]);
  assert.equal(calm.paths.get('/none/x')?.place, 'inside');
  const hiddenBy = () => {
    throw new Error('broken');
  };
  const { paths, failed } = await machineWorld({ ...trouble, hiddenBy }).answer([question]);
  assert.deepEqual([paths.get('/none/x')?.hidden, failed.length], ['nobody could tell what it is', 1]);
});

test('a search that there is no time for is never taken to show nothing', async t => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hurried-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, '.env'), 'SERVICE_PASSWORD=made-up\n');
  const search = { query: 'PASSWORD', regex: true, path: folder, ignored: true } as const;
  for (const bound of [0, 0.01, 0.1, 0.3, 1, 3])
    for (let round = 0; round < 20; round++) {
      const { searches, failed } = await machineWorld({
        machine: { platform: 'posix', home: '/nobody' },
        workspace: [folder],
        temp: [],
        guarded: () => undefined,
        exposes: () => undefined,
        hiddenBy: path => (path.endsWith('/.env') ? 'environment file' : undefined),
        bound,
      }).answer([{ about: 'search', ...search }]);
      const { shows } = shownBy(search, { ...noFacts, searches, failed });
      assert.ok(shows.length, `within ${bound} ms`);
    }
});
