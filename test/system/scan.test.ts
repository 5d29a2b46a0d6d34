import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import type { Secret } from '../../src/core/report.ts';
import { fingerprintKey } from '../../src/system/fingerprint.ts';
import { thisMachine } from '../../src/system/machine.ts';
import { ignoredSecrets } from '../../src/system/scan/ignored.ts';
import { largest } from '../../src/system/scan/read.ts';
import { workerScanner, type ScannerGiven } from '../../src/system/scan/scanner.ts';
import { parts, stateFolder } from '../../src/system/state.ts';

/*
 * The scanner with its real worker, from the sources, over folders that are made for it: what it finds, and that nothing
 * in them makes it hang or break.
 */

const root = path.resolve(import.meta.dirname, '../..');
const here = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'scan-')));
after(() => fs.rmSync(here, { recursive: true, force: true }));
const posix = { skip: process.platform === 'win32' };

const github = `ghp_${sample(base62, 36)}`;
const stripe = `sk_live_${sample(base62, 24)}`;
/** A kind that our detectors leave to secretlint. */
const figma = `figd_${sample(base62, 44)}`;

function scannerFor(given: Partial<ScannerGiven> = {}) {
  const scanner = workerScanner({
    machine: thisMachine(),
    key: Buffer.alloc(32, 7),
    hidden: [],
    program: path.join(root, 'src/scanner.ts'),
    ignored: { reason: () => undefined },
    ...given,
  });
  after(() => scanner.dispose());
  return scanner;
}
const scanner = scannerFor();

/** A folder with these files: a text, or what makes it. */
function folderOf(files: Readonly<Record<string, string | Buffer | ((file: string) => void)>>): string {
  const folder = fs.mkdtempSync(path.join(here, 'folder-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'function') content(file);
    else fs.writeFileSync(file, content);
  }
  return folder;
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-C', folder, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const scan = (folder: string, ignored = false) => scanner.scan({ paths: [folder], ignored });
const places = (secrets: readonly Secret[], folder: string) =>
  secrets.map(
    it =>
      `${path.relative(folder, it.file)}:${it.line}:${it.column}-${it.endLine}:${it.endColumn} ${it.detector}`,
  );

describe('what is found', () => {
  test('where it stands, masked, rated, and by a fingerprint', async () => {
    const folder = folderOf({ 'a/b.ts': `// one\nconst key = '${github}';\n`, 'c.ts': `x = "${github}"\n` });
    const { secrets, files, bytes, skipped, cancelled, failed } = await scan(folder);
    assert.deepEqual(places(secrets, folder).sort(), [
      'a/b.ts:2:14-2:54 github.token',
      'c.ts:1:6-1:46 github.token',
    ]);
    assert.deepEqual(
      { files, skipped, cancelled, failed },
      { files: 2, skipped: [], cancelled: false, failed: undefined },
    );
    assert.equal(bytes, 7 + 56 + 47);
    const [one, other] = secrets as [Secret, Secret];
    assert.equal(one.fingerprint, other.fingerprint);
    assert.match(one.fingerprint, /^[0-9a-f]{32}$/);
    assert.equal(one.provider, 'github');
    assert.ok(one.sure);
    assert.ok(!JSON.stringify(secrets).includes(sample(base62, 36).slice(0, 12)));
  });

  test('another key makes another fingerprint', async () => {
    const folder = folderOf({ a: github });
    const other = scannerFor({ key: Buffer.alloc(32, 8) });
    const [mine] = (await scan(folder)).secrets;
    const [its] = (await other.scan({ paths: [folder], ignored: false })).secrets;
    assert.ok(mine && its && mine.fingerprint !== its.fingerprint);
  });

  test('what only secretlint knows, and what both know once', async () => {
    const folder = folderOf({ a: `${figma}\n${github}\n` });
    const { secrets } = await scan(folder);
    assert.equal(secrets.length, 2);
    const [second] = secrets.filter(it => it.line === 1);
    assert.match(second?.detector ?? '', /figma/);
    assert.ok(second?.sure && !JSON.stringify(second).includes(figma.slice(8)));
    assert.equal(secrets.find(it => it.line === 2)?.detector, 'github.token');
    const alone = scannerFor({ alone: true });
    const without = await alone.scan({ paths: [folder], ignored: false });
    assert.deepEqual(
      without.secrets.map(it => it.detector).filter(it => it.startsWith('secretlint.')),
      [],
    );
  });

  test("secretlint's own comments switch nothing off", async () => {
    const folder = folderOf({ a: `/* secretlint-disable */\n${figma}\n` });
    assert.equal((await scan(folder)).secrets.length, 1);
  });

  test('UTF-16, as PowerShell writes it, and a key on many lines', async () => {
    const wide = Buffer.from(`\ufeffA=1\r\nB=${github}\r\n`, 'utf16le');
    const block = sample(base62, 64);
    const key =
      ['-----BEGIN', 'PRIVATE KEY-----'].join(' ') + `\n${block}\n${block}\n-----END PRIVATE KEY-----\n`;
    const folder = folderOf({ 'wide.txt': wide, 'k.txt': `\n${key}` });
    const { secrets } = await scan(folder);
    const found = places(secrets, folder);
    assert.equal(found.length, 2);
    assert.ok(found.some(it => it.startsWith('wide.txt:2:3-2:43 ')));
    assert.match(found.join('\n'), /^k\.txt:2:\d+-[45]:\d+ /m);
  });

  test('a text as an editor has it, without the disk', async () => {
    const found = await scanner.file('/nowhere/a.ts', `\n${stripe}`);
    assert.deepEqual(places(found, '/nowhere'), ['a.ts:2:1-2:33 stripe.key']);
    assert.deepEqual(await scanner.file('/nowhere/a.ts'), []);
  });
});

describe('what is read', () => {
  const files = {
    '.gitignore': '.env\nbuild/\nlogs\n*.tmp\n',
    '.env': `A=${github}\n`,
    'build/out.js': `a='${github}'\n`,
    'build/deep/.env.production': `A=${stripe}\n`,
    'logs/x.log': github,
    'a.tmp': github,
    'src/a.ts': github,
    'node_modules/p/.env': github,
    'node_modules/p/index.js': github,
  };
  const found = (secrets: readonly Secret[], folder: string) =>
    secrets.map(it => path.relative(folder, it.file).replaceAll(path.sep, '/')).sort();

  test('what git ignores is left, but for files that hold secrets by their name', async () => {
    const folder = folderOf(files);
    git(folder, 'init', '-q');
    assert.deepEqual(found((await scan(folder)).secrets, folder), [
      '.env',
      'build/deep/.env.production',
      'src/a.ts',
    ]);
    assert.deepEqual(
      found((await scan(folder, true)).secrets, folder),
      Object.keys(files)
        .filter(it => it !== '.gitignore')
        .sort(),
    );
  });

  test('a folder that is ignored, and is asked for, is read', async () => {
    const folder = folderOf(files);
    git(folder, 'init', '-q');
    const build = path.join(folder, 'build');
    assert.deepEqual(found((await scan(build)).secrets, build), ['deep/.env.production', 'out.js']);
    assert.deepEqual(found((await scan(path.join(folder, 'a.tmp'))).secrets, folder), ['a.tmp']);
  });

  test('without git, everything but what is installed', async () => {
    const folder = folderOf(files);
    assert.deepEqual(
      found((await scan(folder)).secrets, folder),
      Object.keys(files)
        .filter(it => it !== '.gitignore' && !it.startsWith('node_modules'))
        .sort(),
    );
  });

  test('a repository in it has its own rules, and a remote with a token is told', async () => {
    const folder = folderOf({ 'inner/.gitignore': 'x.js\n', 'inner/x.js': github, 'inner/y.js': github });
    git(folder, 'init', '-q');
    git(path.join(folder, 'inner'), 'init', '-q');
    git(path.join(folder, 'inner'), 'remote', 'add', 'origin', `https://x:${github}@example.org/a.git`);
    assert.deepEqual(found((await scan(folder)).secrets, folder), ['inner/.git/config', 'inner/y.js']);
  });

  test('a tracked file in an ignored folder', async () => {
    const folder = folderOf(files);
    git(folder, 'init', '-q');
    git(folder, 'add', '-f', 'build/out.js');
    assert.ok(found((await scan(folder)).secrets, folder).includes('build/out.js'));
  });

  test('only what changed is read again', async () => {
    const folder = folderOf({ 'a.ts': github, 'b.ts': 'nothing' });
    const own = scannerFor();
    const again = () => own.scan({ paths: [folder], ignored: false });
    const first = await again();
    const second = await again();
    assert.deepEqual([first.unchanged, first.bytes, second.unchanged, second.bytes], [0, 47, 2, 0]);
    assert.deepEqual(second.secrets, first.secrets);
    fs.writeFileSync(path.join(folder, 'b.ts'), stripe);
    fs.rmSync(path.join(folder, 'a.ts'));
    const third = await again();
    assert.deepEqual([third.files, third.unchanged, found(third.secrets, folder)], [1, 0, ['b.ts']]);
  });

  test('progress grows to all files', async () => {
    const folder = folderOf(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f${n}`, github])));
    const seen: number[] = [];
    await scanner.scan({
      paths: [folder],
      ignored: false,
      progress: ({ files: all, done, found: count }) => {
        assert.ok(done <= all && count <= done);
        seen.push(done);
      },
    });
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    assert.equal(seen.at(-1), 200);
  });
});

describe('what is ignored', () => {
  const doubtful = `password = "${['hunter', 'hunter'].join('2')}"`;

  test('by a comment with a reason, where it is not without doubt a secret', async () => {
    const [plain] = await scanner.file('/a.ts', doubtful);
    assert.equal(plain?.sure, false);
    const reasons = async (text: string) => (await scanner.file('/a.ts', text)).map(it => it.ignored);
    assert.deepEqual(await reasons(`${doubtful} // chaperone-ignore: a sample\n`), ['a sample']);
    assert.deepEqual(await reasons(`/* chaperone-ignore: a sample */\n${doubtful}\n`), ['a sample']);
    assert.deepEqual(await reasons(`# chaperone-ignore: too far\n\n${doubtful}\n`), [undefined]);
    assert.deepEqual(await reasons(`${doubtful} // chaperone-ignore:\n`), [undefined]);
    assert.deepEqual(await reasons(`x = '${github}' // chaperone-ignore: no\n`), [undefined]);
  });

  test('by a person, for every place where the value stands', async () => {
    const state = path.join(here, 'state');
    assert.ok('parts' in stateFolder(state));
    const ignored = ignoredSecrets(state, () => 5);
    const key = await fingerprintKey(state);
    const own = scannerFor({ key, ignored });
    const folder = folderOf({ a: github, b: github, c: stripe });
    const told = async () =>
      (await own.scan({ paths: [folder], ignored: false })).secrets.map(it => it.ignored);
    assert.deepEqual(await told(), [undefined, undefined, undefined]);
    const [one] = await own.file(path.join(folder, 'a'));
    ignored.ignore(one?.fingerprint ?? '', ' a key\nfor tests ');
    assert.deepEqual(await told(), ['a key for tests', 'a key for tests', undefined]);
    assert.deepEqual(
      (await own.file(path.join(folder, 'b'))).map(it => it.ignored),
      ['a key for tests'],
    );
    // Another window sees it too.
    assert.equal(ignoredSecrets(state, () => 6).reason(one?.fingerprint ?? ''), 'a key for tests');
    if (process.platform !== 'win32')
      for (const file of [parts(state).key, parts(state).ignored])
        assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    ignored.mind(one?.fingerprint ?? '');
    assert.deepEqual(await told(), [undefined, undefined, undefined]);
  });

  test('a list that is not ours ignores nothing, and is not written over', () => {
    const state = path.join(here, 'broken');
    stateFolder(state);
    fs.writeFileSync(parts(state).ignored, '[7]');
    const ignored = ignoredSecrets(state, () => 0);
    assert.equal(ignored.reason('0'), undefined);
    assert.throws(() => ignored.ignore('0', 'x'), /not what we wrote/);
    assert.equal(fs.readFileSync(parts(state).ignored, 'utf8'), '[7]');
  });
});

describe('what is hostile', () => {
  const skips = (
    report: { readonly skipped: readonly { readonly file: string; readonly why: string }[] },
    folder: string,
  ) => Object.fromEntries(report.skipped.map(({ file, why }) => [path.relative(folder, file), why]));

  test('pipes, links in a circle, devices, binaries, giants: told, and the rest is read', posix, async () => {
    const folder = folderOf({
      pipe: file => execFileSync('mkfifo', [file]),
      circle: file => fs.symlinkSync('.', file),
      nothing: file => fs.symlinkSync('gone', file),
      zero: file => fs.symlinkSync('/dev/zero', file),
      'binary.bin': Buffer.from(`\0\0${github}`),
      '.env': Buffer.from(`\0A=${github}`),
      giant: Buffer.alloc(largest + 1, 65),
      'a.ts': github,
    });
    const report = await scan(folder);
    assert.deepEqual(skips(report, folder), { pipe: 'special', 'binary.bin': 'binary', giant: 'large' });
    assert.deepEqual(report.secrets.map(it => path.basename(it.file)).sort(), ['.env', 'a.ts']);
    const piped = await scan(path.join(folder, 'pipe'));
    assert.deepEqual(
      piped.skipped.map(it => it.why),
      ['special'],
    );
  });

  test(
    'what cannot be read',
    { skip: process.platform === 'win32' || process.getuid?.() === 0 },
    async () => {
      const folder = folderOf({ 'closed/a': github, b: github, c: github });
      fs.chmodSync(path.join(folder, 'closed'), 0);
      fs.chmodSync(path.join(folder, 'b'), 0);
      const report = await scan(folder);
      fs.chmodSync(path.join(folder, 'closed'), 0o700);
      assert.deepEqual(skips(report, folder), { closed: 'unreadable', b: 'unreadable' });
      assert.equal(report.secrets.length, 1);
    },
  );

  test('a path that is not there', async () => {
    const report = await scan(path.join(here, 'gone'));
    assert.deepEqual(
      report.skipped.map(it => it.why),
      ['unreadable'],
    );
  });

  test('long lines and deep nesting, with a secret behind them', async () => {
    const long = 1_500_000;
    const folder = folderOf({
      'line.js': `${'x'.repeat(long)} ${github}`,
      'letters.txt': `${sample(base62, 62).repeat(long / 62)}\n${github}`,
      'deep.json': `${'['.repeat(long)}"${github}"`,
      'url.txt': `${'https://a:'.repeat(long / 20)}\n${github}`,
      'database.txt': `${'postgres://u:'.repeat(60_000)}\n${github}`,
      'key.txt': `${['-----BEGIN', 'PRIVATE KEY-----\n'].join(' ').repeat(40_000)}${github}`,
      'quotes.txt': `${'password="'.repeat(long / 20)}\n${github}`,
      'names/a\nb\u001b[31m.txt': github,
    });
    const report = await scan(folder);
    const missed = fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(it => it.isFile())
      .map(it => path.join(it.parentPath, it.name))
      .filter(file => !report.secrets.some(it => it.file === file && it.detector === 'github.token'));
    // With more findings than are told, the last are not; the report says so.
    const many = report.skipped.filter(it => it.why === 'many').map(it => it.file);
    assert.deepEqual(
      missed.filter(file => !many.includes(file)),
      [],
    );
    assert.equal(report.failed, undefined);
  });

  test('a tree of ten thousand empty folders and a very deep one', async () => {
    const deep = Array.from({ length: 300 }, () => 'd').join('/');
    const folder = folderOf({ [`${deep}/a`]: github });
    for (let n = 0; n < 2000; n++) fs.mkdirSync(path.join(folder, 'wide', String(n)), { recursive: true });
    const { secrets } = await scan(folder);
    assert.equal(secrets.length, 1);
  });

  /** A worker of our own making, which does as it is told by a file's name. */
  const program = path.join(here, 'worker.cjs');
  fs.writeFileSync(
    program,
    `const { parentPort } = require('node:worker_threads');
    const fs = require('node:fs');
    parentPort.on('message', request => {
      if (request.do === 'list')
        parentPort.postMessage({ is: 'listed', skipped: [], files: fs.readdirSync(request.paths[0]).map(it => ({ file: request.paths[0] + '/' + it, mark: '', size: 1 })) });
      for (const file of request.files ?? []) {
        const secret = { fingerprint: file };
        if (file.includes('partly')) parentPort.postMessage({ is: 'found', file, secrets: [secret] });
        if (file.includes('slow')) for (;;);
        if (file.includes('pattern')) /^(a+)+$/.test('a'.repeat(60) + 'b');
        if (file.includes('breaks')) throw new Error('broken');
        if (file.includes('exits')) process.exit(3);
        if (file.includes('memory')) for (const all = []; ;) all.push(Array.from({ length: 1000 }, () => ({})));
        parentPort.postMessage({ is: 'looked', file, secrets: [secret], bytes: 1 });
      }
      parentPort.postMessage({ is: 'end' });
    });
    parentPort.postMessage({ is: 'ready' });`,
  );
  const patience = { file: 700, list: 5000 };

  test('a file that takes for ever, kills a pattern, breaks the worker or eats its memory costs only itself', async () => {
    const names = ['1', '2 slow', '3', '4 pattern', '5 breaks', '6', '7 exits', '8 partly slow', '9'];
    const folder = folderOf(Object.fromEntries(names.map(it => [it, 'x'])));
    const quick = scannerFor({ program, patience });
    const report = await quick.scan({ paths: [folder], ignored: false });
    assert.deepEqual(skips(report, folder), {
      '2 slow': 'slow',
      '4 pattern': 'slow',
      '5 breaks': 'failed',
      '7 exits': 'failed',
      '8 partly slow': 'slow',
    });
    assert.deepEqual(
      report.secrets.map(it => path.basename(it.fingerprint)),
      ['1', '3', '6', '8 partly slow', '9'],
    );
    assert.deepEqual([report.cancelled, report.failed], [false, undefined]);
    // It answers on.
    assert.equal((await quick.file('ordinary')).length, 1);
    assert.deepEqual(await quick.file('slow'), []);
    assert.equal((await quick.file('ordinary')).length, 1);
    // Whether its memory or its time ends first is the machine's to say.
    const eats = await quick.scan({ paths: [folderOf({ '1 memory': '', '2': '' })], ignored: false });
    assert.match(eats.skipped.map(it => it.why).join(), /^(?:slow|failed)$/);
    assert.equal(eats.secrets.length, 1);
  });

  test('where everything breaks it, it gives up and says so', async () => {
    const folder = folderOf(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n} breaks`, 'x'])));
    const report = await scannerFor({ program, patience }).scan({ paths: [folder], ignored: false });
    assert.match(report.failed ?? '', /20 files/);
    assert.equal(report.skipped.length, 20);
  });

  test('a program that is not there, or says nothing', async () => {
    const gone = await scannerFor({ program: path.join(here, 'gone.cjs') }).scan({
      paths: [here],
      ignored: false,
    });
    assert.match(gone.failed ?? '', /does not start/);
    assert.deepEqual(await scannerFor({ program: path.join(here, 'gone.cjs') }).file('x'), []);
  });

  for (const [what, name] of [
    ['while it reads', '1'],
    ['in a pattern that never ends', 'pattern'],
    ['in a loop that never ends', 'slow'],
  ] as const)
    test(`cancelled ${what}, it ends within a tenth of a second`, async () => {
      const folder = folderOf(
        Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`${name} ${n}`, github])),
      );
      const own =
        name === '1' ? scannerFor() : scannerFor({ program, patience: { file: 60_000, list: 60_000 } });
      await own.file('ordinary');
      const ending = new AbortController();
      let aborted = 0;
      let used = process.cpuUsage();
      setTimeout(() => {
        aborted = performance.now();
        used = process.cpuUsage();
        ending.abort();
      }, 150);
      const report = await own.scan({ paths: [folder], ignored: false, signal: ending.signal });
      const took = performance.now() - aborted;
      // On a busy machine the time of our own threads counts: a worker that was not ended would go on using it.
      const { user, system } = process.cpuUsage(used);
      assert.ok(report.cancelled);
      assert.ok(took < 100 || (user + system < 100_000 && took < 5000), `it took ${took} ms`);
      assert.equal((await own.file(name === '1' ? '/gone' : 'ordinary')).length, name === '1' ? 0 : 1);
    });

  test('cancelled before it began, and after it was disposed', async () => {
    const own = scannerFor();
    const signal = AbortSignal.abort();
    assert.ok((await own.scan({ paths: [here], ignored: false, signal })).cancelled);
    own.dispose();
    assert.ok((await own.scan({ paths: [here], ignored: false })).cancelled);
    assert.deepEqual(await own.file(path.join(here, 'worker.cjs')), []);
  });

  test('a file that changes while it is scanned is told or found, and never breaks it', async () => {
    const folder = folderOf({ a: github });
    const file = path.join(folder, 'a');
    let rounds = 0;
    const writing = setInterval(() => fs.writeFileSync(file, `${github}\n`.repeat(1 + (rounds++ % 50))), 1);
    const own = scannerFor();
    for (let n = 0; n < 20; n++) {
      const { secrets, skipped, failed } = await own.scan({ paths: [folder], ignored: false });
      assert.equal(failed, undefined);
      assert.ok(secrets.length > 0 || skipped.length > 0 || rounds > 0);
    }
    clearInterval(writing);
  });
});
