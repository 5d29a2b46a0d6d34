import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Verdict } from '../../src/core/model.ts';
import { factory } from '../../src/core/settings.ts';
import { decide } from '../../src/core/supervise.ts';
import { supervisor } from '../../src/parts.ts';
import { attemptOf } from '../../src/cli/check.ts';
import { open, ways } from './ways.ts';

/*
 * No way to print a hidden file is let pass. Each is really run in a folder of its own, with a value made up for this
 * run: a way that does not print it proves nothing and fails, unless it needs a program that is not here.
 */

const require = createRequire(import.meta.url);
const supervision = supervisor(file => require(`node-sql-parser/build/${file.replace(/^.*\//, '')}`));
const canary = `c4n4ry${randomBytes(10).toString('hex')}`;
const root = realpathSync(mkdtempSync(join(tmpdir(), 'ways-')));
after(() => rmSync(root, { recursive: true, force: true }));
const windows = process.platform === 'win32';
const home = join(root, 'home');
const git = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b.c',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b.c',
  GIT_CONFIG_NOSYSTEM: '1',
};
const env = {
  ...git,
  PATH: process.env.PATH,
  HOME: home,
  LANG: 'C.UTF-8',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  TERM: 'dumb',
};

const template = windows ? '' : project();
let number = 0;
/** Most of a way's time is that of other programs. */
const atOnce = 3;
let [counted, absent] = [0, 0];
const verdicts: Record<Verdict, number> = { allow: 0, ask: 0, deny: 0 };

describe('no way prints a hidden file', { skip: windows, concurrency: false }, () => {
  for (const [family, lines] of Object.entries(ways))
    describe(family, { concurrency: atOnce }, () => {
      for (const way of lines)
        test(nameOf(way), async it => {
          const found = await tried(way);
          if ('missing' in found) return it.skip(`without ${found.missing.join(', ')}`);
          counted++;
          verdicts[found.verdict]++;
          assert.notEqual(found.verdict, 'allow');
        });
    });

  for (const way of open)
    test(`is known to be let past: ${way}`, async () => {
      const found = await tried(way);
      assert.equal('missing' in found ? 'allow' : found.verdict, 'allow', 'it has closed');
    });

  test('they are at least 150', it => {
    it.diagnostic(`${counted} ways: ${verdicts.deny} refused, ${verdicts.ask} asked; ${absent} not here`);
    assert.ok(counted >= 150 || absent > 100, `${counted}`);
  });
});

function nameOf(way: string | readonly string[]): string {
  return typeof way === 'string' ? way : way.join(' ⏎ ');
}

/** The strictest verdict on the calls of a way that printed the value; what is missing where it did not. */
async function tried(
  way: string | readonly string[],
): Promise<{ readonly verdict: Verdict } | { readonly missing: readonly string[] }> {
  const calls = typeof way === 'string' ? [way] : way;
  const cwd = join(root, `way-${number++}`, 'ws');
  const needsGit = calls.some(line => /\bgit\b|find|rg |back|tar/.test(line));
  cpSync(template, cwd, {
    recursive: true,
    verbatimSymlinks: true,
    filter: from => needsGit || !from.startsWith(join(template, '.git/')),
  });
  rmSync(join(cwd, 'hard'));
  linkSync(join(cwd, '.env'), join(cwd, 'hard'));
  const said: Verdict[] = [];
  let printed = false;
  for (const line of calls) {
    said.push(await alone(() => verdictOn(line, cwd)));
    printed ||= await prints(line, cwd);
  }
  rmSync(join(cwd, '..'), { recursive: true, force: true });
  if (printed) return { verdict: said.includes('deny') ? 'deny' : said.includes('ask') ? 'ask' : 'allow' };
  const missing = missingIn(calls.join(' '));
  assert.ok(missing.length, 'it does not print the value: it is no way');
  absent++;
  return { missing };
}

/** One after the other: what a verdict asks of the machine has its time. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  const done = before.then(work);
  before = done.catch(() => undefined);
  return done;
}

let before: Promise<unknown> = Promise.resolve();

/** The template that each way gets a copy of. */
function project(): string {
  const at = join(root, 'template');
  for (const folder of [home, at, join(at, 'deploy'), join(at, 'src')])
    mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(at, name), text);
  const run = (...args: string[]) => execFileSync('git', ['-C', at, ...args], { env, stdio: 'pipe' });
  write('README.md', '# Shop\n');
  write('src/index.js', 'export const shop = 1;\n');
  write('package.json', JSON.stringify({ name: 'shop', scripts: { show: 'cat .env' } }));
  write('Makefile', 'show:\n\t@cat .env\n');
  write('show.sh', '#!/bin/sh\ncat .env\n');
  execFileSync('chmod', ['+x', join(at, 'show.sh')]);
  write('show.js', `console.log(require('fs').readFileSync('.env', 'utf8'));\n`);
  write('show.py', `print(open('.env').read())\n`);
  run('init', '-q', '-b', 'main', '--template=');
  run('add', '-A');
  run('commit', '-qm', 'one');
  write('.env', `TOKEN=${canary}\nPORT=3000\n`);
  write('.npmrc', `//registry.example.com/:_authToken=${canary}${'0'.repeat(10)}\n`);
  write('server.pem', `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n`);
  write(
    'deploy/robot.json',
    JSON.stringify({
      type: 'service_account',
      private_key: `-----BEGIN PRIVATE KEY-----\n${'Q'.repeat(64)}\n${canary}\n`,
    }),
  );
  symlinkSync('.env', join(at, 'soft'));
  symlinkSync('.', join(at, 'back'));
  symlinkSync('..', join(at, 'deploy/up'));
  linkSync(join(at, '.env'), join(at, 'hard'));
  run('add', '-A');
  run('commit', '-qm', 'two');
  write('.env', `TOKEN=${canary}\nPORT=3000\nLEFT=${canary}\n`);
  run('stash', '-q');
  write('README.md', '# Shop, that sells\n');
  run('add', '-A');
  run('commit', '-qm', 'three');
  // In few files, which are quickly copied.
  run('gc', '-q');
  return at;
}

async function verdictOn(line: string, cwd: string): Promise<Verdict> {
  const given = supervision({
    settings: factory,
    mode: 'enforce',
    workspace: [cwd],
    own: [join(root, 'state')],
    approver: { ask: async () => ({ outcome: 'refused', by: 'nobody' }) },
    ledger: { append: async () => undefined },
  });
  return (await decide(attemptOf({ kind: 'shell', line, dialect: 'posix' }, cwd), given)).verdict;
}

/** Whether a line, run by bash, prints the value in any form. */
async function prints(line: string, cwd: string): Promise<boolean> {
  return readings(await outputOf(line, cwd)).some(text => text.toLowerCase().includes(canary));
}

function outputOf(line: string, cwd: string): Promise<Buffer> {
  return new Promise(resolve => {
    const child = spawn('bash', ['-c', line], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const chunks: Buffer[] = [];
    const end = setTimeout(() => {
      try {
        process.kill(-(child.pid as number), 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }, 10_000);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (it: Buffer) => void chunks.push(it));
    child.once('error', () => resolve(Buffer.alloc(0)));
    child.once('close', () => {
      clearTimeout(end);
      resolve(Buffer.concat(chunks));
    });
  });
}

/** What somebody who wants the value may read in an output. */
function readings(output: Buffer): readonly string[] {
  const plain = output.toString('latin1');
  const packed = plain.replace(/\s+/g, '');
  const columns = plain
    .replace(/^[0-9a-f]{6,8}:?\s/gim, '')
    .replace(/\s[|\s].*$/gm, '')
    .replace(/\s+/g, '');
  return [
    plain,
    packed,
    [...plain].reverse().join(''),
    plain
      .split('\n')
      .map(it => [...it].reverse().join(''))
      .join('\n'),
    Buffer.from(packed, 'base64').toString('latin1'),
    Buffer.from(packed, 'hex').toString('latin1'),
    Buffer.from(columns, 'hex').toString('latin1'),
    [...plain.matchAll(/^\s*\d+\s+([0-7]{1,3})\s+[0-7]{1,3}$/gm)]
      .map(([, it = '']) => String.fromCharCode(parseInt(it, 8)))
      .join(''),
    unpacked(output),
  ];
}

function unpacked(output: Buffer): string {
  try {
    return gunzipSync(output).toString('latin1');
  } catch {
    return '';
  }
}

/** Of the programs that a machine may lack, those that a line names and this one has not. */
function missingIn(line: string): readonly string[] {
  return optional.filter(
    name => new RegExp(`(?:^|[^\\w.-])${name}(?:[^\\w.-]|$)`).test(line) && !isHere(name),
  );
}

const here = new Map<string, boolean>();
function isHere(name: string): boolean {
  const known = here.get(name);
  if (known !== undefined) return known;
  let is = true;
  try {
    execFileSync('bash', ['-c', `command -v ${name}`], { env, stdio: 'ignore' });
  } catch {
    is = false;
  }
  here.set(name, is);
  return is;
}

const optional =
  `python3 perl ruby php lua tclsh jq xxd hexdump rsync zip unzip funzip cpio vim ex ed m4 bc openssl curl wget make npm busybox
  sqlite3 gpg ar cc cpp gdb strace script man look column strings rg socat watch zstd zstdcat bzip2 xz cmake scp ssh-keygen psql
  setsid stdbuf`.split(/\s+/);
