import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Entry, Redacted } from '../../src/core/model.ts';
import { fileLedger, readLedger, verifyLedger } from '../../src/system/ledger.ts';

const root = fs.mkdtempSync(path.join(tmpdir(), 'ledger-test-'));
after(() => fs.rmSync(root, { recursive: true }));
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const redacted = (text: string): Redacted => text as Redacted;
const fresh = (): string => fs.mkdtempSync(path.join(root, 'case-'));
const fileOf = (state: string): string => path.join(state, 'ledger.jsonl');

const entry = (text: string, more: Partial<Entry> = {}): Entry => ({
  agent: 'tester',
  session: 's',
  cwd: redacted('/w'),
  action: 'shell',
  text: redacted(text),
  effects: [],
  findings: [],
  verdict: 'allow',
  outcome: 'allowed',
  by: 'policy',
  ...more,
});

async function filled(lines: number): Promise<string> {
  const state = fresh();
  await add(state, ...Array.from({ length: lines }, (_, index) => `line ${index + 1} äöü\n`));
  return state;
}

async function add(state: string, ...texts: readonly string[]): Promise<readonly string[]> {
  const complaints: string[] = [];
  const ledger = fileLedger(state, {
    now: () => new Date(0),
    complain: sentence => void complaints.push(sentence),
  });
  await Promise.all(texts.map(text => ledger.append(entry(text))));
  return complaints;
}

const linesOf = (state: string): string[] => fs.readFileSync(fileOf(state), 'utf8').split('\n').slice(0, -1);
const write = (state: string, lines: readonly string[]): void =>
  fs.writeFileSync(fileOf(state), lines.map(line => `${line}\n`).join(''));
const problemLines = async (state: string): Promise<readonly number[]> =>
  (await verifyLedger(fileOf(state))).problems.map(({ line }) => line);

describe('the chain', () => {
  test('holds, and reads back from the end', async () => {
    const state = await filled(5);
    assert.deepEqual(await verifyLedger(fileOf(state)), { lines: 5, problems: [], ok: true });
    const last = readLedger(fileOf(state), { last: 2 });
    assert.deepEqual(
      last.map(({ n, time, text }) => ({ n, time, text })),
      [
        { n: 4, time: '1970-01-01T00:00:00.000Z', text: 'line 4 äöü\n' },
        { n: 5, time: '1970-01-01T00:00:00.000Z', text: 'line 5 äöü\n' },
      ],
    );
    assert.equal(JSON.parse(linesOf(state)[0] ?? '').prev, '0'.repeat(64));
    if (process.platform !== 'win32')
      for (const name of ['ledger.jsonl', 'ledger.head'])
        assert.equal(fs.statSync(path.join(state, name)).mode & 0o777, 0o600);
    assert.deepEqual(fs.readdirSync(state).sort(), ['ledger.head', 'ledger.jsonl']);
  });

  test('no file is no lines', async () => {
    const state = fresh();
    assert.deepEqual(await verifyLedger(fileOf(state)), { lines: 0, problems: [], ok: true });
    assert.deepEqual(readLedger(fileOf(state), { last: 5 }), []);
  });

  test('lines longer than what is read at once', async () => {
    const state = fresh();
    await add(state, 'a', 'x'.repeat(200_000), 'y'.repeat(65_536), 'b');
    assert.deepEqual(await verifyLedger(fileOf(state)), { lines: 4, problems: [], ok: true });
    assert.deepEqual(
      readLedger(fileOf(state), { last: 10 }).map(({ text }) => text.length),
      [1, 200_000, 65_536, 1],
    );
  });
});

describe('tampering shows', () => {
  const cases: Readonly<Record<string, readonly [(lines: string[]) => string[], readonly number[]]>> = {
    'a line is altered': [lines => lines.with(4, lines[4]?.replace('line', 'lime') ?? ''), [5]],
    'the last line is altered': [lines => lines.with(9, lines[9]?.replace('line', 'lime') ?? ''), [10]],
    'a line is deleted': [lines => lines.toSpliced(4, 1), [5]],
    'the first line is deleted': [lines => lines.slice(1), [1]],
    'a line is repeated': [lines => lines.toSpliced(5, 0, lines[4] ?? ''), [6]],
    'a line is inserted': [
      lines => lines.toSpliced(5, 0, (lines[5] ?? '').replace('line 6', 'line 5b')),
      [7],
    ],
    'an empty line is inserted': [lines => lines.toSpliced(5, 0, ''), [6, 7]],
    'two lines change places': [lines => lines.with(4, lines[5] ?? '').with(5, lines[4] ?? ''), [5, 6, 7]],
    'the end is cut off': [lines => lines.slice(0, 8), [9]],
    'all is cut off': [() => [], [1]],
    'a line is no entry': [lines => lines.with(4, '{"n":5'), [5, 5]],
  };
  for (const [name, [tamper, expected]] of Object.entries(cases))
    test(name, async () => {
      const state = await filled(10);
      write(state, tamper(linesOf(state)));
      assert.deepEqual(await problemLines(state), expected);
    });

  test('the head is gone', async () => {
    const state = await filled(3);
    fs.rmSync(path.join(state, 'ledger.head'));
    assert.deepEqual(await problemLines(state), [3]);
  });

  for (const [name, tamper] of [
    ['cut off', (lines: string[]) => lines.slice(0, 6)],
    ['altered', (lines: string[]) => lines.with(9, lines[9]?.replace('line', 'lime') ?? '')],
    ['removed', () => []],
  ] as const)
    test(`an end that was ${name} still shows when more was recorded`, async () => {
      const state = await filled(10);
      write(state, tamper(linesOf(state)));
      const complaints = await add(state, 'more', 'and more');
      assert.equal(complaints.length, 1);
      assert.match(complaints[0] ?? '', /^cannot trust the ledger/);
      assert.equal((await verifyLedger(fileOf(state))).problems.length, 1);
    });
});

test('a crash between line and head is no tampering', async () => {
  const state = await filled(3);
  const head = fs.readFileSync(path.join(state, 'ledger.head'));
  await add(state, 'four');
  fs.writeFileSync(path.join(state, 'ledger.head'), head);
  assert.deepEqual(await problemLines(state), []);
  await add(state, 'five');
  assert.deepEqual(await problemLines(state), []);
});

test('a torn last line loses nothing: it is reported, and the chain goes on', async () => {
  const state = await filled(3);
  fs.appendFileSync(fileOf(state), '{"n":4,"time":"19');
  assert.deepEqual(await add(state, 'five', 'six'), []);
  const { lines, problems, ok } = await verifyLedger(fileOf(state));
  assert.deepEqual({ lines, at: problems.map(({ line }) => line), ok }, { lines: 6, at: [4], ok: false });
  assert.deepEqual(
    readLedger(fileOf(state), { last: 4 }).map(({ n }) => n),
    [3, 5, 6],
  );
});

test('a whole last line that only lacks its end is a line', async () => {
  const state = await filled(3);
  fs.truncateSync(fileOf(state), fs.statSync(fileOf(state)).size - 1);
  assert.deepEqual(await add(state, 'four'), []);
  assert.deepEqual(await verifyLedger(fileOf(state)), { lines: 4, problems: [], ok: true });
});

describe('several processes', () => {
  const module = fileURLToPath(new URL('../../src/system/ledger.ts', import.meta.url));
  const script = `const { fileLedger } = await import(${JSON.stringify(module)});
    const [state, name, count] = process.argv.slice(1);
    const ledger = fileLedger(state, { now: () => new Date(), complain: it => console.error(it) });
    for (let i = 0; i < Number(count); i++)
      await ledger.append({ ...${JSON.stringify(entry('x'.repeat(500)))}, session: name + i, outcome: i % 50 ? 'allowed' : 'refused' });`;
  const start = (state: string, name: string, count: number): ReturnType<typeof spawn> =>
    spawn(
      process.execPath,
      ['--no-warnings', '--input-type=module', '-e', script, state, name, String(count)],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
  const ended = async (child: ReturnType<typeof spawn>): Promise<{ code: number | null; said: string }> => {
    let said = '';
    child.stderr?.on('data', chunk => (said += String(chunk)));
    const code = await new Promise<number | null>(resolve => child.on('close', resolve));
    return { code, said };
  };

  test('append 200 lines each, and none is lost or torn', { timeout: 60_000 }, async () => {
    const state = fresh();
    const ends = await Promise.all(['a', 'b', 'c', 'd'].map(name => ended(start(state, name, 200))));
    assert.deepEqual(
      ends,
      ends.map(() => ({ code: 0, said: '' })),
    );
    assert.equal(ends.length, 4);
    assert.deepEqual(await verifyLedger(fileOf(state)), { lines: 800, problems: [], ok: true });
    const sessions = new Set(readLedger(fileOf(state), { last: 1000 }).map(({ session }) => session));
    assert.equal(sessions.size, 800);
  });

  test('one that is killed in the middle leaves a ledger that goes on', { timeout: 60_000 }, async () => {
    const state = fresh();
    for (let round = 0; round < 4; round++) {
      const child = start(state, 'k', 100_000);
      const end = ended(child);
      while (!fs.existsSync(fileOf(state))) await sleep(5);
      await sleep(150 + round * 37);
      child.kill('SIGKILL');
      await end;
      const before = linesOf(state).length;
      assert.deepEqual(await add(state, 'after'), []);
      assert.ok(linesOf(state).length > before);
    }
    const { problems } = await verifyLedger(fileOf(state));
    assert.deepEqual(
      problems.filter(({ what }) => !what.includes('torn')),
      [],
    );
  });

  test('one that died with the lock does not hold up the others', async () => {
    const state = await filled(1);
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise(resolve => child.on('exit', resolve));
    const lock = `${fileOf(state)}.lock`;
    const owner = `${child.pid} ${hostname()} 00`;
    const ways = [() => fs.writeFileSync(lock, owner), () => fs.writeFileSync(lock, '')];
    if (process.platform !== 'win32') ways.push(() => fs.symlinkSync(owner, lock));
    for (const leave of ways) {
      leave();
      const begun = performance.now();
      assert.deepEqual(await add(state, 'more'), []);
      assert.ok(performance.now() - begun < 20_000);
    }
    assert.equal(fs.existsSync(lock), false);
    assert.equal((await verifyLedger(fileOf(state))).ok, true);
  });

  test('one that stands still with the lock is waited for, then not', { timeout: 20_000 }, async () => {
    const state = await filled(1);
    fs.writeFileSync(`${fileOf(state)}.lock`, `${process.ppid} ${hostname()} 00`);
    const begun = performance.now();
    assert.deepEqual(await add(state, 'two'), []);
    assert.ok(performance.now() - begun > 2500);
    assert.equal((await verifyLedger(fileOf(state))).ok, true);
  });
});

describe('what cannot be written is complained about', () => {
  test('a folder in the place of the file', async () => {
    const state = fresh();
    fs.mkdirSync(fileOf(state));
    assert.match((await add(state, 'a'))[0] ?? '', /^cannot record in the ledger `.*`: it is a folder$/);
  });

  test('a device in the place of the file', { skip: process.platform === 'win32' }, async () => {
    const state = fresh();
    fs.symlinkSync('/dev/full', fileOf(state));
    assert.match((await add(state, 'a'))[0] ?? '', /it is not a file$/);
  });

  test('no folder', async () => {
    assert.equal((await add(path.join(root, 'nowhere'), 'a')).length, 1);
  });

  const mounted = async (options: string, work: (folder: string) => Promise<void>): Promise<void> => {
    const folder = fresh();
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
    try {
      await work(folder);
    } finally {
      execFileSync('umount', [folder]);
    }
  };
  const cannotMount = !isRoot || !canMount();

  test('a full disk: what does not fit leaves no trace', { skip: cannotMount }, () =>
    mounted('size=64k', async state => {
      assert.deepEqual(await add(state, 'first'), []);
      const complaints = await add(state, ...Array<string>(20).fill('x'.repeat(9000)));
      assert.ok(complaints.length > 0);
      assert.match(complaints[0] ?? '', /: the disk is full$/);
      const full = await verifyLedger(fileOf(state));
      assert.equal(full.ok, true);
      assert.equal(full.lines, 21 - complaints.length);
    }),
  );

  test('a read-only folder, which can be verified all the same', { skip: cannotMount }, () =>
    mounted('size=1m', async state => {
      await add(state, 'first');
      execFileSync('mount', ['-o', 'remount,ro', state]);
      assert.match((await add(state, 'second'))[0] ?? '', /: the disk is read-only$/);
      assert.deepEqual(await verifyLedger(fileOf(state)), { lines: 1, problems: [], ok: true });
    }),
  );

  function canMount(): boolean {
    const folder = fresh();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
      execFileSync('umount', [folder]);
      return true;
    } catch {
      return false;
    }
  }
});

test('verifies twenty thousand lines without hanging, and appends without reading them', async () => {
  const state = await filled(1);
  const { createHash } = await import('node:crypto');
  const lines = linesOf(state);
  const hash = (line: string): string => createHash('sha256').update(line).digest('hex');
  for (let n = 2; n <= 20_000; n++) {
    const { n: _n, time, prev: _prev, ...rest } = JSON.parse(lines[0] ?? '');
    lines.push(JSON.stringify({ n, time, prev: hash(lines.at(-1) ?? ''), ...rest }));
  }
  write(state, lines);
  fs.writeFileSync(
    path.join(state, 'ledger.head'),
    `${hash(lines.at(-1) ?? '')} ${'20000'.padStart(15, '0')}\n`,
  );
  const begun = performance.now();
  assert.deepEqual(await verifyLedger(fileOf(state)), { lines: 20_000, problems: [], ok: true });
  const verified = performance.now() - begun;
  assert.ok(verified < 30_000, `${verified} ms`);
  const again = performance.now();
  await add(state, ...Array<string>(100).fill('more'));
  const appended = (performance.now() - again) / 100;
  assert.ok(appended < 2_000, `${appended} ms a line`);
  assert.equal((await verifyLedger(fileOf(state))).ok, true);
});
