import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Sighting } from '../../src/core/ages.ts';
import type { Secret } from '../../src/core/report.ts';
import { scanText } from '../../src/core/scan.ts';
import { detectors } from '../../src/secrets/index.ts';
import { fileAges } from '../../src/system/ages.ts';
import { fingerprint, fingerprintKey } from '../../src/system/fingerprint.ts';
import { parts } from '../../src/system/state.ts';

const made: string[] = [];
after(() => made.forEach(folder => fs.rmSync(folder, { recursive: true, force: true })));

const day = 24 * 60 * 60 * 1000;
const today = Date.UTC(2026, 10, 29);
const token = () => `ghp_${randomBytes(18).toString('hex')}`;

/** A workspace with a history, and a state folder. */
function desk() {
  const root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'ages-')));
  made.push(root);
  const [ws, state] = [join(root, 'ws'), join(root, 'state')];
  for (const folder of [ws, state]) fs.mkdirSync(folder);
  const at = (name: string) => join(ws, name);
  const write = (name: string, text: string) => {
    fs.mkdirSync(dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
  };
  const git = (date: number, ...words: string[]) => {
    const [time, who] = [`${date / 1000} +0000`, ['-c', 'user.name=x', '-c', 'user.email=x@example.com']];
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_DATE: time,
      GIT_COMMITTER_DATE: time,
    };
    execFileSync('git', [...who, '-C', ws, ...words], { env, stdio: 'pipe', timeout: 20_000 });
  };
  const commit = (date: number) => {
    if (!fs.existsSync(at('.git'))) git(date, 'init', '-q', '-b', 'main');
    git(date, 'add', '-A', '-f');
    git(date, 'commit', '-qm', 'x');
  };
  const ages = (now = today, more: { readonly patience?: number } = {}) =>
    fileAges({ state, machine: { platform: 'posix', home: root }, distrusted: [], now: () => now, ...more });
  /** What a scan finds in these files. */
  const scan = async (...names: string[]): Promise<readonly Secret[]> => {
    const key = await fingerprintKey(state);
    return names.flatMap(name => {
      const text = fs.readFileSync(at(name), 'utf8');
      return scanText(at(name), text, detectors).map(({ value, ...it }) => {
        const lines = value.split('\n');
        const column = it.column + 1;
        const last = lines.at(-1)?.length ?? 0;
        return {
          ...it,
          file: at(name),
          fingerprint: fingerprint(value, key),
          column,
          endLine: it.line + lines.length - 1,
          endColumn: lines.length > 1 ? last + 1 : column + last,
        };
      });
    });
  };
  const note = async (now: number, ...names: string[]) => {
    const noted = await ages(now).note(await scan(...names));
    return [...noted.values()];
  };
  return { root, ws, state, at, write, git, commit, ages, scan, note };
}

const said = (it: Sighting | undefined) =>
  it && { place: it.place, by: it.by, days: (today - it.firstSeen) / day };

describe('the age of a secret', () => {
  test('is that of the commit that brought the value, wherever its line has gone since', async () => {
    const it = desk();
    const value = token();
    it.write('app.ts', `const before = 1;\n`);
    it.commit(today - 400 * day);
    it.write('app.ts', `const before = 1;\nconst key = '${token()}';\n`);
    it.commit(today - 300 * day);
    it.write('app.ts', `const before = 1;\nconst key = '${value}';\n`);
    it.commit(today - 200 * day);
    it.write('app.ts', `// moved\n\n  const key =   '${value}';\nconst before = 2;\n`);
    it.commit(today - 100 * day);
    it.write('app.ts', `// not committed\n// moved\n\n  const key = '${value}';\n`);
    const [seen] = await it.note(today, 'app.ts');
    assert.deepEqual(said(seen), { place: 'key', by: 'commit', days: 200 });
  });

  test('is that of its first scan where no commit holds it', async () => {
    const it = desk();
    it.write('app.ts', '');
    it.commit(today - 400 * day);
    it.write('.env', `GITHUB_TOKEN=${token()}\n`);
    const [first] = await it.note(today - 50 * day, '.env');
    assert.deepEqual(said(first), { place: 'GITHUB_TOKEN', by: 'scan', days: 50 });
    const [again] = await it.note(today, '.env');
    assert.deepEqual(said(again), said(first));
    assert.equal(again?.lastSeen, today);
  });

  test('is that of its last coming, not of a time before it was taken out', async () => {
    const it = desk();
    const value = token();
    for (const [text, ago] of [
      [`a=${value}`, 300],
      ['a=', 200],
      [`a=${value}`, 100],
    ] as const) {
      it.write('a.env', text);
      it.commit(today - ago * day);
    }
    assert.deepEqual(said((await it.note(today, 'a.env'))[0])?.days, 100);
  });

  test('survives a deletion of the file in between, blanks in names and a history of many commits', async () => {
    const it = desk();
    const value = token();
    it.write('some folder/ä b.env', `A=${value}`);
    it.commit(today - 300 * day);
    fs.rmSync(it.at('some folder/ä b.env'));
    it.write('other', '');
    it.commit(today - 250 * day);
    for (let count = 0; count < 60; count++) {
      it.write('some folder/ä b.env', `B=${count}\nA=${value}`);
      it.commit(today - (200 - count) * day);
    }
    assert.deepEqual(said((await it.note(today, 'some folder/ä b.env'))[0])?.days, 200);
  });

  test('of a key of several lines', async () => {
    const it = desk();
    const body = [1, 2, 3].map(() => randomBytes(48).toString('base64')).join('\n');
    it.write('id', `x\n-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`);
    it.commit(today - 30 * day);
    assert.equal(said((await it.note(today, 'id'))[0])?.days, 30);
  });

  test('is asked for again when there was no time to ask git', async () => {
    const it = desk();
    it.write('app.ts', `key = '${token()}'`);
    it.commit(today - 200 * day);
    const found = await it.scan('app.ts');
    const [hasty] = (await it.ages(today, { patience: 0 }).note(found)).values();
    assert.deepEqual(said(hasty), { place: 'github.token', by: 'scan', days: 0 });
    assert.deepEqual(said((await it.note(today, 'app.ts'))[0]), { place: 'key', by: 'commit', days: 200 });
  });

  test('is not in the future, whatever a commit says', async () => {
    const it = desk();
    it.write('app.ts', `key = '${token()}'`);
    it.commit(today + 400 * day);
    assert.equal(said((await it.note(today, 'app.ts'))[0])?.days, 0);
  });

  test('does not change with a clock that goes back', async () => {
    const it = desk();
    it.write('.env', `A_TOKEN=${token()}`);
    await it.note(today, '.env');
    fs.renameSync(it.at('.env'), it.at('b.env'));
    const [back] = await it.note(today - 500 * day, 'b.env');
    assert.deepEqual([back?.firstSeen, back?.lastSeen], [today, today]);
  });
});

describe('a rotation', () => {
  test('is another value in the same place', async () => {
    const it = desk();
    it.write('.env', `A_TOKEN=${token()}\nB_TOKEN=${token()}\n`);
    await it.note(today - 100 * day, '.env');
    const text = fs.readFileSync(it.at('.env'), 'utf8');
    it.write('.env', text.replace(/A_TOKEN=.*/, `A_TOKEN=${token()}`));
    const [a, b] = await it.note(today, '.env');
    assert.deepEqual([a?.place, a?.firstSeen, a?.after], ['A_TOKEN', today, today - 100 * day]);
    assert.deepEqual([b?.place, b?.firstSeen, b?.after], ['B_TOKEN', today - 100 * day, undefined]);
  });

  test('is not the same value in another place', async () => {
    const it = desk();
    const value = token();
    it.write('.env', `A_TOKEN=${value}`);
    await it.note(today - 100 * day, '.env');
    fs.rmSync(it.at('.env'));
    it.write('deep/new.env', `# moved\nOTHER_TOKEN=${value}`);
    const [moved] = await it.note(today, 'deep/new.env');
    assert.deepEqual(
      { ...said(moved), file: moved?.file, after: moved?.after },
      { place: 'OTHER_TOKEN', by: 'scan', days: 100, file: it.at('deep/new.env'), after: undefined },
    );
  });

  test('is not a value beside another that is still there', async () => {
    const it = desk();
    it.write('list', `${token()}\n`);
    await it.note(today - 100 * day, 'list');
    fs.appendFileSync(it.at('list'), `${token()}\n`);
    assert.deepEqual(
      (await it.note(today, 'list')).map(({ after: before }) => before),
      [undefined, undefined],
    );
  });

  test('is not a new key of ours: nobody can tell then, and the time goes on', async () => {
    const it = desk();
    it.write('.env', `A_TOKEN=${token()}`);
    await it.note(today - 100 * day, '.env');
    fs.writeFileSync(parts(it.state).key, 'broken');
    const [seen] = await it.note(today, '.env');
    assert.deepEqual([said(seen)?.days, seen?.after], [100, undefined]);
  });
});

describe('the file of ages', () => {
  test('holds no value, and nobody else can read it', async () => {
    const it = desk();
    const value = token();
    it.write('.env', `A_TOKEN=${value}`);
    await it.note(today, '.env');
    for (const name of fs.readdirSync(it.state)) {
      assert.ok(!fs.readFileSync(join(it.state, name), 'utf8').includes(value.slice(4)), name);
      if (process.platform !== 'win32') assert.equal(fs.statSync(join(it.state, name)).mode & 0o077, 0, name);
    }
  });

  for (const [how, broken] of [
    ['is truncated', (text: string) => text.slice(0, -20)],
    ['has a broken line', (text: string) => `{"fingerprint":1}\n\0\0\0\n[]\nnull\n${text.replace('{', '')}`],
    ['is empty', () => ''],
  ] as const)
    test(`that ${how} loses that alone`, async () => {
      const it = desk();
      it.write('.env', `A_TOKEN=${token()}\n`);
      it.write('b.env', `B_TOKEN=${token()}\n`);
      await it.note(today - 90 * day, '.env');
      await it.note(today - 80 * day, 'b.env');
      const file = parts(it.state).ages;
      const before = await it.ages().known();
      fs.writeFileSync(file, broken(fs.readFileSync(file, 'utf8')));
      const after = await it.ages().known();
      assert.ok(after.size < before.size);
      for (const [print, row] of after) assert.deepEqual(row, before.get(print));
      const noted = await it.note(today, '.env', 'b.env');
      assert.equal(noted.length, 2);
      assert.equal((await it.ages().known()).size, 2);
    });

  test('that cannot be read is not written over', async () => {
    const it = desk();
    it.write('.env', `A_TOKEN=${token()}\n`);
    fs.mkdirSync(parts(it.state).ages);
    await assert.rejects(it.note(today, '.env'));
    assert.ok(fs.statSync(parts(it.state).ages).isDirectory());
  });

  test('keeps what two windows note at once', async () => {
    const it = desk();
    const names = Array.from({ length: 12 }, (_, index) => `${index}.env`);
    for (const name of names) it.write(name, `A_TOKEN=${token()}\n`);
    await Promise.all(names.map(async name => it.ages().note(await it.scan(name))));
    assert.equal((await it.ages().known()).size, 12);
    assert.deepEqual(fs.readdirSync(it.state).sort(), ['ages.jsonl', 'fingerprint.key']);
  });

  test('is not written for what was seen within the hour', async () => {
    const it = desk();
    it.write('.env', `A_TOKEN=${token()}\n`);
    await it.note(today, '.env');
    const before = fs.statSync(parts(it.state).ages, { bigint: true });
    await it.note(today + 1000, '.env');
    assert.equal(fs.statSync(parts(it.state).ages, { bigint: true }).ino, before.ino);
  });
});

test('git starts nothing that a repository names', async () => {
  const it = desk();
  const value = token();
  it.write('app.ts', `key = '${value}'`);
  it.write('.gitattributes', '* filter=evil diff=evil\n');
  it.commit(today - 200 * day);
  const evil = join(it.root, 'evil');
  fs.writeFileSync(evil, `#!/bin/sh\ntouch ${it.root}/was-run\ncat\n`, { mode: 0o755 });
  for (const setting of [
    'core.fsmonitor',
    'core.sshCommand',
    'core.pager',
    'filter.evil.clean',
    'filter.evil.smudge',
    'diff.evil.textconv',
    'diff.external',
    'gpg.program',
    'alias.rev-list',
    'uploadpack.packObjectsHook',
  ])
    it.git(today, 'config', setting, setting.startsWith('alias') ? `!${evil}` : evil);
  it.git(today, 'config', 'log.showSignature', 'true');
  assert.deepEqual(said((await it.note(today, 'app.ts'))[0])?.days, 200);
  assert.ok(!fs.existsSync(join(it.root, 'was-run')));
});
