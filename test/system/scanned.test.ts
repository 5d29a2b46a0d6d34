import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import type { Staged } from '../../src/core/report.ts';
import { bench, run } from '../support/guard.ts';

/*
 * `guard scan` as a person and as git starts it: the built guard and its worker, in repositories of the real git.
 */

const its = bench();
after(its.dispose);
const posix = { skip: process.platform === 'win32' };

const github = `ghp_${sample(base62, 36)}`;
const stripe = `sk_live_${sample(base62, 24)}`;
const forTests = `sk_test_${sample(base62, 24)}`;
const state = its.state();
const env = { HOME: its.home, CHAPERONE_STATE: '', GIT_CONFIG_NOSYSTEM: '1', DEBUG: '*' };

async function guard(cwd: string, ...args: readonly string[]) {
  const ended = await run([process.execPath, its.guard, 'scan', ...args, '--state', state], {
    cwd,
    input: '',
    env,
    patience: 60_000,
  });
  for (const value of [github, stripe, forTests])
    assert.ok(!`${ended.stdout}${ended.stderr}`.includes(value), 'a value was shown');
  return ended;
}

const json = async (cwd: string, ...args: readonly string[]) => {
  const { stdout, stderr, exit } = await guard(cwd, ...args, '--json');
  assert.ok(stdout.startsWith('{'), stderr);
  return { ...(JSON.parse(stdout) as Staged), exit };
};

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-C', cwd, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

/** What git says where it refuses. */
function refusal(cwd: string, ...args: readonly string[]): string {
  try {
    git(cwd, ...args);
  } catch (error) {
    return (error as { readonly stderr: string }).stderr;
  }
  return assert.fail('git did it');
}

function repository(files: Readonly<Record<string, string>> = {}): string {
  const folder = fs.mkdtempSync(path.join(its.root, 'repository-'));
  git(folder, 'init', '-q');
  write(folder, files);
  return folder;
}

function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

const where = ({ secrets }: Pick<Staged, 'secrets'>, folder: string) =>
  secrets.map(it => `${path.relative(folder, it.file).replaceAll(path.sep, '/')}:${it.line}`).sort();

describe('of files', () => {
  test('grouped by file, the gravest first, without a value; the status says whether', async () => {
    const folder = repository({ 'a.ts': 'const x = 1;\n' });
    const nothing = await guard(folder);
    assert.deepEqual([nothing.exit, nothing.stderr], [0, '']);
    assert.match(nothing.stdout, /^nothing found, in \d+ files/);
    assert.deepEqual(
      [(await guard(folder, '--quiet')).stdout, (await guard(folder, '--quiet')).exit],
      ['', 0],
    );
    write(folder, { 'b/c.ts': `x('${github}');\ny('${github}');\n` });
    const found = await guard(folder);
    assert.equal(found.exit, 5);
    assert.match(found.stdout, /^b\/c\.ts\n {2}1:4 +GitHub token {2}ghp_….*\n {2}2:4 +GitHub token/);
    assert.equal((await guard(path.join(folder, 'b'), 'c.ts')).stdout.split('\n')[0], 'c.ts');
    assert.equal((await guard(folder, 'a.ts')).exit, 0);
    assert.equal((await guard(folder, 'a.ts', 'b')).exit, 5);
  });

  test('--json has a shape that is promised', async () => {
    const folder = repository({ 'a.ts': `x('${github}');\n` });
    const { secrets, took, bytes, exit, ...rest } = await json(folder);
    assert.deepEqual(rest, { files: 2, unchanged: 0, skipped: [], cancelled: false });
    assert.ok(took > 0 && bytes > 0 && exit === 5);
    const [{ fingerprint, rating, ...secret } = assert.fail()] = secrets;
    assert.match(fingerprint, /^[0-9a-f]{32}$/);
    assert.equal(rating.provider, 'github');
    const place = { file: path.join(folder, 'a.ts'), line: 1, column: 4, endLine: 1, endColumn: 44 };
    assert.deepEqual(
      { ...secret, title: '' },
      { ...place, detector: 'github.token', title: '', provider: 'github', shown: 'ghp_…', sure: true },
    );
    assert.equal((await json(folder)).secrets[0]?.fingerprint, fingerprint);
  });

  test('--ignored and --live', async () => {
    const folder = repository({ '.gitignore': '*.log\n', 'a.log': github, 'b.ts': `x('${forTests}')\n` });
    assert.deepEqual(where(await json(folder), folder), ['b.ts:1']);
    assert.deepEqual(where(await json(folder, '--ignored'), folder), ['a.log:1', 'b.ts:1']);
    assert.equal((await json(folder)).exit, 5);
    const { rating } = (await json(folder)).secrets[0] ?? assert.fail();
    if (rating.stage === 'test') assert.equal((await json(folder, '--live')).exit, 0);
  });

  test('--report says how old each is, by history or by the first scan', async () => {
    const folder = repository({ 'old.ts': `x('${github}')\n` });
    git(folder, 'add', '-A');
    const then = 1_700_000_000;
    git(folder, '-c', 'core.hooksPath=/dev/null', 'commit', '-qm', 'x', '--date', `${then} +0000`);
    execFileSync(
      'git',
      ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--amend', '-m', 'y'],
      {
        env: { ...process.env, ...env, GIT_COMMITTER_DATE: `${then} +0000` },
      },
    );
    write(folder, { 'new.ts': `x('${stripe}')\n` });
    const began = Date.now();
    const { secrets } = await json(folder, '--report');
    const aged = Object.fromEntries(
      (
        secrets as unknown as readonly {
          readonly file: string;
          readonly firstSeen: number;
          readonly by: string;
        }[]
      ).map(it => [path.basename(it.file), it]),
    );
    assert.deepEqual([aged['old.ts']?.by, aged['old.ts']?.firstSeen], ['commit', then * 1000]);
    assert.equal(aged['new.ts']?.by, 'scan');
    assert.ok((aged['new.ts']?.firstSeen ?? 0) >= began);
    const { stdout, exit } = await guard(folder, '--report');
    assert.equal(exit, 5);
    assert.match(stdout, /overdue by \d+ days/);
    assert.match(stdout, /first seen today/);
    assert.match(stdout, /^1 of them overdue$/m);
  });

  test('a comment ignores what is not certain, and it counts no more', async () => {
    const doubtful = `password = "${['hunter', 'hunter'].join('2')}"`;
    const folder = repository({ 'a.ts': `${doubtful}\n` });
    assert.equal((await guard(folder)).exit, 5);
    write(folder, { 'a.ts': `// chaperone-ignore: nobody's\n${doubtful}\n` });
    const { exit, stdout } = await guard(folder);
    assert.equal(exit, 0);
    assert.match(stdout, /ignored: nobody's/);
  });

  test('called wrongly, and where nothing is', async () => {
    const folder = repository();
    assert.equal((await guard(folder, '--staged', '--ignored')).exit, 64);
    assert.equal((await guard(folder, '--nonsense')).exit, 64);
    assert.equal((await guard(folder, '--install-hook', 'x')).exit, 64);
    const gone = await guard(folder, 'gone');
    assert.deepEqual([gone.exit, gone.stdout], [1, '']);
    assert.match(gone.stderr, /cannot scan `.*gone`: it is not there/);
  });

  test('where the worker is missing it fails and does not say that nothing was found', async () => {
    const folder = repository({ a: github });
    const copy = fs.mkdtempSync(path.join(its.root, 'dist-'));
    fs.cpSync(its.dist, copy, { recursive: true });
    fs.rmSync(path.join(copy, 'scanner.js'));
    const { exit, stdout } = await run(
      [process.execPath, path.join(copy, 'guard.js'), 'scan', '--state', state],
      { cwd: folder, input: '', env },
    );
    assert.equal(exit, 1);
    assert.match(stdout, /not looked at to the end/);
  });

  test('ended by the person it says so, at once', posix, async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1500 }, (_, n) => [`f${n}`, 'word '.repeat(20_000)]),
    );
    const folder = repository(files);
    let ended = 0;
    const { exit, stdout } = await run([process.execPath, its.guard, 'scan', '--state', state], {
      cwd: folder,
      input: '',
      env,
      patience: 60_000,
      started: pid =>
        setTimeout(() => {
          ended = performance.now();
          process.kill(pid, 'SIGINT');
        }, 2500),
    });
    assert.ok(performance.now() - ended < 5000);
    if (exit === 1) assert.match(stdout, /ended before its end: there may be more/);
    else assert.ok(exit === null || exit === 0);
  });
});

describe('of what is staged', () => {
  test('the index, not the disk; without a commit and after one', async () => {
    const folder = repository({ 'a.ts': `x('${github}')\n`, 'b.ts': 'fine\n' });
    assert.deepEqual(where(await json(folder, '--staged'), folder), []);
    git(folder, 'add', '-A');
    write(folder, { 'a.ts': 'clean\n', 'b.ts': `x('${github}')\n` });
    assert.deepEqual(where(await json(folder, '--staged'), folder), ['a.ts:1']);
    assert.equal((await guard(folder, '--staged')).exit, 5);
    git(folder, 'commit', '-qm', 'x');
    assert.equal((await guard(folder, '--staged')).exit, 0);
    // Gone from the disk, and still what would be committed.
    git(folder, 'add', '-A');
    fs.rmSync(path.join(folder, 'b.ts'));
    assert.deepEqual(where(await json(folder, '--staged'), folder), ['b.ts:1']);
  });

  test('only lines that the last commit has not; a rename brings nothing new', async () => {
    const folder = repository({ 'a.ts': `one\nx('${github}')\ntwo\nthree\nfour\n` });
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'x');
    git(folder, 'mv', 'a.ts', 'b c.ts');
    const renamed = await json(folder, '--staged');
    assert.deepEqual([renamed.exit, renamed.secrets, renamed.former.length], [0, [], 1]);
    write(folder, { 'b c.ts': `zero\none\nx('${github}')\ntwo\nthree\nfour\ny('${stripe}')\n` });
    git(folder, 'add', '-A');
    const more = await json(folder, '--staged');
    assert.deepEqual([where(more, folder), more.former.length, more.exit], [['b c.ts:7'], 1, 5]);
    assert.match((await guard(folder, '--staged')).stdout, /1 on lines that the last commit has already/);
  });

  test('from a subfolder, with paths, in a worktree, with names that are hard', async () => {
    const folder = repository({
      'deep/a.ts': github,
      'other.ts': stripe,
      'ä ö\n"x".ts': github,
      ':(top)x': github,
    });
    git(folder, 'add', '-A');
    const deep = path.join(folder, 'deep');
    assert.equal(where(await json(deep, '--staged'), folder).length, 4);
    assert.deepEqual(where(await json(deep, '--staged', 'a.ts'), folder), ['deep/a.ts:1']);
    git(folder, 'commit', '-qm', 'x');
    const tree = path.join(its.root, 'worktree');
    git(folder, 'worktree', 'add', '-q', tree);
    write(tree, { 'w.ts': github });
    git(tree, 'add', '-A');
    assert.deepEqual(where(await json(tree, '--staged'), tree), ['w.ts:1']);
    assert.deepEqual(where(await json(folder, '--staged'), folder), []);
  });

  test('binaries, giants, links, submodules, attributes: told or of no matter', async () => {
    const inner = repository({ a: 'x' });
    git(inner, 'add', '-A');
    git(inner, 'commit', '-qm', 'x');
    const folder = repository({ 'a.ts': github, '.gitattributes': '*.ts binary -diff\n' });
    write(folder, { 'b.bin': Buffer.from(`\0${github}`), 'giant.txt': 'x'.repeat(5 * 1024 * 1024 + 1) });
    if (process.platform !== 'win32') fs.symlinkSync('/etc/passwd', path.join(folder, 'link'));
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
    git(folder, 'add', '-A');
    const { skipped, ...report } = await json(folder, '--staged');
    assert.deepEqual(where(report, folder), ['a.ts:1']);
    assert.deepEqual(
      skipped.map(it => [path.basename(it.file), it.why]),
      [
        ['b.bin', 'binary'],
        ['giant.txt', 'large'],
      ],
    );
    // A secret in the submodule is its own commit's.
    write(path.join(folder, 'sub'), { 's.ts': stripe });
    git(path.join(folder, 'sub'), 'add', '-A');
    assert.deepEqual(where(await json(path.join(folder, 'sub'), '--staged'), path.join(folder, 'sub')), [
      's.ts:1',
    ]);
  });

  test('a repository cannot make it run a program', posix, async () => {
    const folder = repository({ 'a.ts': github, '.gitattributes': '*.ts diff=evil filter=evil\n' });
    const mark = path.join(its.root, 'ran');
    git(folder, 'add', '-A');
    for (const key of [
      'core.fsmonitor',
      'diff.external',
      'diff.evil.textconv',
      'diff.evil.command',
      'core.pager',
    ])
      git(folder, 'config', key, `touch '${mark}' #`);
    for (const key of ['filter.evil.clean', 'filter.evil.smudge'])
      git(folder, 'config', key, `touch '${mark}'; cat`);
    assert.equal((await guard(folder, '--staged')).exit, 5);
    assert.equal((await guard(folder)).exit, 5);
    assert.equal((await guard(folder, '--install-hook')).exit, 0);
    assert.equal(fs.existsSync(mark), false);
  });

  test('outside of a repository it fails', async () => {
    const folder = fs.mkdtempSync(path.join(its.root, 'plain-'));
    const { exit, stdout } = await guard(folder, '--staged');
    assert.equal(exit, 1);
    assert.match(stdout, /git tells of no work tree here/);
  });
});

describe('before each commit', posix, () => {
  const hook = (folder: string) => path.join(folder, '.git/hooks/pre-commit');

  test('a live secret is stopped, the rest passes, and a person can insist', async () => {
    const folder = repository({ 'a.ts': 'fine\n' });
    const installed = await guard(folder, '--install-hook');
    assert.deepEqual([installed.exit, installed.stderr], [0, '']);
    assert.ok(installed.stdout.includes(hook(folder)));
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'fine');
    write(folder, { 'a.ts': `x('${github}')\n` });
    const said = refusal(folder, 'commit', '-qam', 'bad');
    assert.match(said, /a\.ts\n {2}1:4 +GitHub token {2}ghp_…/);
    assert.match(said, /chaperone: this commit would add the secrets above/);
    assert.match(said, /git commit --no-verify/);
    assert.ok(!said.includes(github));
    // \`git commit FILE\` has an index of its own, and so has a commit from a subfolder.
    git(folder, 'reset', '-q');
    assert.match(refusal(folder, 'commit', '-qm', 'bad', 'a.ts'), /would add the secrets/);
    fs.mkdirSync(path.join(folder, 'sub'));
    assert.match(refusal(path.join(folder, 'sub'), 'commit', '-qam', 'bad'), /would add the secrets/);
    git(folder, 'commit', '-qam', 'insisted', '--no-verify');
    // It is there already, so that the next commit does not add it.
    write(folder, { 'a.ts': `x('${github}')\nmore\n` });
    git(folder, 'commit', '-qam', 'more');
  });

  test('a program that is gone or fails locks nobody out, and says so', async () => {
    const folder = repository({ 'a.ts': `x('${github}')\n` });
    const copy = its.state();
    const start = [process.execPath, its.guard, 'scan', '--install-hook', '--state', copy];
    assert.equal((await run(start, { cwd: folder, input: '', env })).exit, 0);
    git(folder, 'add', '-A');
    assert.match(refusal(folder, 'commit', '-qm', 'x'), /would add the secrets/);
    const commit = () =>
      run(['git', '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--allow-empty', '-qm', 'x'], {
        cwd: folder,
        input: '',
        env,
      });
    for (const bundle of fs.globSync(path.join(copy, 'bin/*/scanner.js'))) fs.rmSync(bundle);
    const failing = await commit();
    assert.equal(failing.exit, 0);
    assert.match(failing.stderr, /NOT LOOKED AT FOR SECRETS \(1\)/);
    fs.rmSync(copy, { recursive: true });
    const gone = await commit();
    assert.equal(gone.exit, 0);
    assert.match(gone.stderr, /NOT LOOKED AT FOR SECRETS \(its program is gone\)/);
  });

  test('what is there is kept, and taken out to the byte', async () => {
    const folder = repository({ 'a.ts': 'x\n' });
    const texts = [
      undefined,
      '#!/bin/sh -e\necho kept >&2\nexit 0\n',
      '#!/usr/bin/env bash\necho kept >&2',
      '#!/bin/sh',
      '\n# no shebang \xe4\necho kept >&2\n',
    ];
    for (const text of texts) {
      fs.rmSync(hook(folder), { force: true });
      if (text !== undefined) fs.writeFileSync(hook(folder), Buffer.from(text, 'latin1'), { mode: 0o755 });
      for (let twice = 0; twice < 2; twice++) assert.equal((await guard(folder, '--install-hook')).exit, 0);
      assert.equal(fs.statSync(hook(folder)).mode & 0o777, 0o755);
      write(folder, { 'b.ts': github });
      git(folder, 'add', '-A');
      assert.match(refusal(folder, 'commit', '-qm', 'x'), /would add the secrets/);
      git(folder, 'reset', '-q', '--', 'b.ts');
      assert.equal((await guard(folder, '--uninstall-hook')).exit, 0);
      assert.equal(fs.existsSync(hook(folder)), text !== undefined);
      if (text !== undefined) assert.equal(fs.readFileSync(hook(folder), 'latin1'), text);
    }
    const nothing = await guard(folder, '--uninstall-hook');
    assert.equal(nothing.exit, 1);
    assert.match(nothing.stderr, /nothing of ours/);
  });

  test('the hook that git really uses: another folder, a worktree', async () => {
    const folder = repository({ 'a.ts': 'x\n' });
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'x');
    const hooks = path.join(its.root, 'my hooks ä');
    git(folder, 'config', 'core.hooksPath', hooks);
    assert.equal((await guard(folder, '--install-hook')).exit, 0);
    assert.ok(fs.existsSync(path.join(hooks, 'pre-commit')));
    assert.ok(!fs.existsSync(hook(folder)));
    const tree = path.join(its.root, 'worktree2');
    git(folder, 'worktree', 'add', '-q', tree);
    write(tree, { 'w.ts': github });
    git(tree, 'add', '-A');
    assert.match(refusal(tree, 'commit', '-qm', 'x'), /would add the secrets/);
    assert.equal((await guard(tree, '--uninstall-hook')).exit, 0);
    git(tree, 'commit', '-qm', 'x');
  });

  test('where something else keeps the hooks, what to add is said and nothing is changed', async () => {
    const cases = [
      ['.husky/_', undefined, /husky .*`\.husky\/pre-commit`.* scan --staged --live --quiet/],
      ['shared', undefined, /part of the repository/],
      [undefined, '#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\n', /pre-commit-config/],
      [undefined, '#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n', /lefthook\.yml/],
      [undefined, '#!/usr/bin/env python3\nprint(1)\n', /no shell script/],
    ] as const;
    for (const [hooks, text, says] of cases) {
      const folder = repository();
      if (hooks) git(folder, 'config', 'core.hooksPath', hooks);
      if (text) fs.writeFileSync(hook(folder), text, { mode: 0o755 });
      const { exit, stderr } = await guard(folder, '--install-hook');
      assert.equal(exit, 1);
      assert.match(stderr, says);
      if (text) assert.equal(fs.readFileSync(hook(folder), 'utf8'), text);
      else assert.ok(!fs.existsSync(path.join(folder, hooks, 'pre-commit')));
    }
    const folder = repository();
    fs.writeFileSync(hook(folder), '#!/bin/sh\nfalse\n', { mode: 0o644 });
    assert.match((await guard(folder, '--install-hook')).stderr, /not executable/);
    fs.rmSync(hook(folder));
    fs.symlinkSync('../../gone', hook(folder));
    assert.match((await guard(folder, '--install-hook')).stderr, /leads to another file/);
    const plain = fs.mkdtempSync(path.join(its.root, 'plain-'));
    assert.match((await guard(plain, '--install-hook')).stderr, /no work tree/);
  });
});
