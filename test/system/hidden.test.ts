import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { describedVariables } from '../../src/core/envFile.ts';
import { exceptedBy, hiddenBy, toldBy } from '../../src/core/hidden.ts';
import { holding } from '../../src/core/holding.ts';
import { keptIn } from '../../src/core/kept.ts';
import type { Search } from '../../src/core/model.ts';
import type { Machine } from '../../src/core/ports.ts';
import { searchKey } from '../../src/core/rule.ts';
import { secretContents } from '../../src/secrets/contents.ts';
import { secretFiles } from '../../src/secrets/files.ts';
import { detectors } from '../../src/secrets/index.ts';
import { machineWorld } from '../../src/system/world.ts';

/*
 * What is hidden for what stands in it, and what is told of what is hidden, on a disk. The tables are the real ones.
 */

const made: string[] = [];
after(() => made.forEach(folder => rmSync(folder, { recursive: true, force: true })));

interface How {
  readonly globs?: readonly string[];
  /** Whether files are looked through before anything is asked; else a search looks for itself. */
  readonly traced?: boolean;
  readonly bound?: number;
}

function disk(
  files: Readonly<Record<string, string>>,
  { globs = [], traced = true, bound = 10_000 }: How = {},
) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hidden-')));
  made.push(root);
  const at = (path: string) => join(root, path);
  for (const folder of ['ws', 'home', 'tmp']) mkdirSync(at(folder));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
  const machine: Machine = { platform: 'posix', home: at('home') };
  const world = machineWorld({
    machine,
    workspace: [at('ws')],
    temp: [at('tmp')],
    hiddenBy: hiddenBy(secretFiles, globs, machine),
    guarded: () => undefined,
    exposes: (text, path) => holding(path, text, secretContents, detectors),
    excepted: exceptedBy(globs, machine),
    told: toldBy(secretFiles, text => describedVariables(text, detectors)),
    ...(traced && {
      traces: {
        kept: (path, text, hidden) => keptIn(path, text, hidden, detectors),
        holds: (path, text, kept) =>
          holding(path, text, secretContents, kept.length ? detectors : [])?.hidden === true,
        spotted: () => undefined,
        places: [],
        stays: true,
      },
    }),
    bound,
  });
  const contents = async (path: string) =>
    (await world.answer([{ about: 'contents', path: at(path) }])).contents.get(at(path));
  const path = async (name: string) =>
    (await world.answer([{ about: 'path', path: at(name), loss: false }])).paths.get(at(name));
  /** The files below `ws` whose lines a search shows. */
  const shows = async (search: Partial<Search> = {}) => {
    const whole: Search = { query: 'token', regex: true, ignored: true, path: at('ws'), ...search };
    const { searches, failed } = await world.answer([{ about: 'search', ...whole }]);
    assert.deepEqual(failed, []);
    return (searches.get(searchKey(whole))?.shows ?? assert.fail('no answer'))
      .map(it => it.slice(at('ws').length + 1))
      .sort();
  };
  return { at, contents, path, shows, changed: world.changed };
}

const account = JSON.stringify({
  type: 'service_account',
  private_key: `-----BEGIN PRIVATE KEY-----\n${sample(base62, 64)}`,
});
describe('hidden for what stands in it', () => {
  test('a service account, whatever its name, and by a glob, a link and another name', async () => {
    const it = disk({ 'ws/deploy/robot.txt': account });
    symlinkSync(it.at('ws/deploy/robot.txt'), it.at('ws/soft'));
    linkSync(it.at('ws/deploy/robot.txt'), it.at('ws/hard'));
    for (const path of ['ws/deploy/robot.txt', 'ws/deploy/*', 'ws/*/r?bot.txt', 'ws/soft', 'ws/hard'])
      assert.deepEqual(
        [(await it.contents(path))?.hidden, (await it.contents(path))?.holds],
        [true, 'service account'],
        path,
      );
  });

  test('settings of package managers and of Docker only with a login in them', async () => {
    const it = disk({
      'ws/.npmrc': 'save-exact=true\n',
      'ws/a/.npmrc': `//registry.example.com/:_authToken=${sample(base62, 36)}\n`,
      'home/.docker/config.json': '{"auths":{"ghcr.io":{}},"credsStore":"pass"}',
      'home/other/config.json': `{"auths":{"ghcr.io":{"auth":"${sample(base62, 20)}"}}}`,
    });
    const hidden = async (path: string) => (await it.contents(path))?.hidden ?? (await it.path(path))?.hidden;
    assert.equal(await hidden('ws/.npmrc'), undefined);
    assert.equal(await hidden('ws/a/.npmrc'), true);
    assert.equal(await hidden('home/.docker/config.json'), undefined);
    assert.equal(await hidden('home/other/config.json'), true);
  });

  test('not where a person shows it, by its own name and not by that of a link', async () => {
    const it = disk(
      { 'ws/shown/robot.json': account, 'ws/kept/robot.json': account },
      {
        globs: ['!shown/**'],
      },
    );
    symlinkSync(it.at('ws/kept/robot.json'), it.at('ws/shown/link.json'));
    assert.equal(await it.contents('ws/shown/robot.json'), undefined);
    assert.equal((await it.contents('ws/kept/robot.json'))?.hidden, true);
    assert.equal((await it.contents('ws/shown/link.json'))?.hidden, true);
  });
});

/** Opens everything of a live account. */
const live = `sk_live_${sample(base62, 24)}`;

for (const traced of [true, false])
  describe(`a search where such a file lies, ${traced ? 'and files were' : 'and no file was'} looked through`, () => {
    const files = {
      'ws/a.ts': 'const token = 1;\n',
      'ws/old/pay.sh': `#!/bin/sh\n# the token of the shop\nKEY=${live}\n`,
      'ws/deploy/robot.txt': account,
      'ws/tried.sh': `token=sk_test_${sample(base62, 24)}\n`,
      'ws/test/pay.sh': `token=${live}\n`,
    };

    test('shows it where a line of it matches, and only then', async () => {
      const it = disk(files, { traced });
      assert.deepEqual(await it.shows(), ['old/pay.sh']);
      assert.deepEqual(await it.shows({ query: 'service_account', regex: false }), ['deploy/robot.txt']);
      assert.deepEqual(await it.shows({ query: '' }), ['deploy/robot.txt', 'old/pay.sh']);
      assert.deepEqual(await it.shows({ query: 'KEY', path: it.at('ws/old') }), ['old/pay.sh']);
      assert.deepEqual(await it.shows({ query: 'KEY', path: it.at('ws/old/pay.sh') }), ['old/pay.sh']);
      assert.deepEqual(await it.shows({ query: 'nowhere' }), []);
      assert.deepEqual(await it.shows({ query: 'nowhere', path: it.at('ws/old/pay.sh') }), []);
      assert.deepEqual(await it.shows({ path: it.at('ws/deploy') }), []);
      assert.deepEqual(await it.shows({ path: it.at('ws/test') }), []);
      assert.deepEqual(await it.shows({ path: it.at('ws/none') }), []);
    });

    test('leaves it out where its glob does', async () => {
      const it = disk(files, { traced });
      assert.deepEqual(await it.shows({ include: '*.ts' }), []);
      assert.deepEqual(await it.shows({ include: '*.sh' }), ['old/pay.sh']);
    });

    test('shows it by a link too, wherever it lies, and not where a person shows it', async () => {
      const it = disk({ ...files, 'home/pay.sh': `token=${live}\n` }, { traced, globs: ['!old/**'] });
      symlinkSync(it.at('home/pay.sh'), it.at('ws/soft'));
      symlinkSync(it.at('ws/old/pay.sh'), it.at('ws/shown'));
      assert.deepEqual(await it.shows(), ['soft']);
    });

    test('leaves it out where git ignores it, unless it looks there', async () => {
      const it = disk({ ...files, 'ws/.gitignore': 'old/\n' }, { traced });
      execFileSync('git', ['init', '-q', it.at('ws')]);
      assert.deepEqual(await it.shows({ ignored: false }), []);
      assert.deepEqual(await it.shows({ ignored: true }), ['old/pay.sh']);
    });

    test('looks at it as it is now', async () => {
      const it = disk(files, { traced });
      assert.deepEqual(await it.shows(), ['old/pay.sh']);
      const write = (path: string, text: string) => {
        writeFileSync(it.at(path), text);
        it.changed(it.at(path));
      };
      write('ws/old/pay.sh', '# the token comes from the vault\n');
      write('ws/new.sh', `token=${live}\n`);
      assert.deepEqual(await it.shows(), ['new.sh']);
      rmSync(it.at('ws/new.sh'));
      assert.deepEqual(await it.shows(), []);
    });

    test('says nothing of what is no text, too long or cannot be read', async () => {
      const it = disk(
        {
          'ws/image.bin': `\0 token ${live}`,
          'ws/long.txt': `token ${live}\n${'x\n'.repeat(200_000)}`,
          'ws/closed.sh': `token=${live}\n`,
          'ws/node_modules/x/a.sh': `token=${live}\n`,
        },
        { traced },
      );
      chmodSync(it.at('ws/closed.sh'), 0);
      assert.deepEqual(await it.shows(), process.getuid?.() === 0 ? ['closed.sh'] : []);
    });
  });

test('files outside of the workspace are looked into by the search itself', async () => {
  const it = disk({ 'other/a/pay.sh': `token=${live}\n`, 'other/b.sh': 'token\n' });
  assert.deepEqual(await it.shows({ path: it.at('other') }), [
    it.at('other/a/pay.sh').slice(it.at('ws').length + 1),
  ]);
});

test('a search without time for it is an ordinary one', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 3000 }, (_, at) => [`ws/${at % 50}/${at}.ts`, 'token\n']),
  );
  const it = disk(many, { bound: 300 });
  assert.deepEqual(await it.shows(), []);
});

test('what git shows of such a file counts as what it shows of a hidden one', async () => {
  const it = disk({ 'ws/old/pay.sh': `KEY=${live}\n`, 'ws/a.ts': '1\n' });
  const git = (...words: readonly string[]) => execFileSync('git', ['-C', it.at('ws'), ...words]);
  git('init', '-q');
  const tree = { shown: { verb: 'changes', words: [] } } as const;
  git('add', 'a.ts');
  assert.deepEqual(await it.shows(tree), []);
  git('add', '.');
  assert.deepEqual(await it.shows(tree), ['old/pay.sh']);
});

test('of a glob that names more than is looked at, such a file is', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 180 }, (_, at) => [`ws/${at % 3}/${at}.sh`, 'echo\n']),
  );
  const it = disk({ ...many, 'ws/2/z.sh': `KEY=${live}\n` });
  // A busy machine takes more than one answer to look at them all.
  for (let round = 0; round < 20 && !(await it.contents('ws/2/*')); round++);
  for (const path of ['ws/*/*.sh', 'ws/2/*', 'ws/**/*.sh'])
    assert.equal((await it.contents(path))?.hidden, true, path);
  assert.equal(await it.contents('ws/1/*'), undefined);
});

describe('what is told of a hidden file', () => {
  const text = `# x\nDATABASE_URL=postgres://a:${sample(base62, 16)}@db/shop\nPORT=1\n`;

  test('the names of its variables, with what they are', async () => {
    const it = disk({ 'ws/.env': text, 'ws/env.txt': text }, { globs: ['env.txt'] });
    symlinkSync(it.at('ws/.env'), it.at('ws/link'));
    for (const path of ['ws/.env', 'ws/.e*', 'ws/link', 'ws/env.txt']) {
      const fact = await it.path(path);
      assert.deepEqual(
        fact?.variables?.map(variable => variable.name),
        ['DATABASE_URL', 'PORT'],
        path,
      );
      assert.doesNotMatch(JSON.stringify(fact), new RegExp(sample(base62, 16)));
    }
  });

  test('never of a key, a folder, or what is no text', async () => {
    const it = disk({
      'ws/server.key': `A=1\n${text}`,
      'home/.ssh/x': text,
      'ws/.env': `A=1\0\n${text}`,
      'ws/.env.big': `A=1\n${'#'.repeat(100_000)}`,
    });
    for (const path of ['ws/server.key', 'home/.ssh', 'home/.ssh/x', 'ws/.env', 'ws/.env.big']) {
      const fact = await it.path(path);
      assert.notEqual(fact?.hidden, undefined, path);
      assert.equal(fact?.variables, undefined, path);
    }
  });

  test('a key over several lines gives no names', async () => {
    const it = disk({
      'ws/.env': `KEY=-----BEGIN\n${sample(base62, 64)}\nAbCd1=\nxYz==\n${sample(base62, 40)}=\n`,
    });
    assert.deepEqual(
      (await it.path('ws/.env'))?.variables?.map(({ name }) => name),
      ['KEY'],
    );
  });
});
