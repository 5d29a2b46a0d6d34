import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { gravest } from '../../src/core/gravest.ts';
import { guardShells } from '../../src/shells.ts';
import { hasShims } from '../../src/system/shims.ts';
import { shellsReady } from './ready.ts';
import { mark, stage, textOf, type More, type Stage } from './stage.ts';

/* What stands before programs of the gravest tier on PATH, called as agents call them where no hook and no shell asks. */

const without = await shellsReady();
const drop = ['psql', '-c', 'drop table users'];
const roo = 'Roo Code, in a terminal';
const silent = `${roo}: nothing to object to\n`;
const python = ['/usr/bin/python3', '/usr/local/bin/python3'].find(existsSync);

let its: Stage;
let programs: string;
/** Where a stand-in writes that it ran. */
const ran = (): string => textOf(path.join(its.folder, 'ran'));

/** A program that says what it was given, reads its input, and ends with 7. */
function standIn(
  name: string,
  script = 'for it do printf "<%s>" "$it"; done; cat; exit 7',
  into = programs,
): void {
  const file = path.join(into, name);
  writeFileSync(file, `#!/bin/sh\necho ${name} >>ran\n${script}\n`);
  chmodSync(file, 0o700);
}

async function opened(): Promise<void> {
  programs = mkdtempSync(path.join(tmpdir(), 'programs-'));
  for (const name of ['psql', 'kubectl', 'redis-cli', 'helm', 'fly']) standIn(name);
  its = await stage({ pathShims: true, path: programs });
  await its.answering('deny');
}

async function fresh(): Promise<void> {
  rmSync(path.join(its.folder, 'ran'), { force: true });
  await its.asked();
}

async function closed(): Promise<void> {
  await its?.dispose();
  rmSync(programs, { recursive: true, force: true });
}

const questions = (asked: string): number => asked.split(`${roo} wants to `).length - 1;
const shims = (): string => path.join(its.state, 'shims');
const marked = (more: More = {}): More => ({ ...more, env: { ...mark, ...more.env } });
/** A program that starts another, without a shell. */
const fromPython = (argv: readonly string[]): readonly string[] => [
  python ?? 'python3',
  '-c',
  `import subprocess, sys; sys.exit(subprocess.run(${JSON.stringify(argv)}).returncode)`,
];

describe('a program of the gravest tier', { skip: without ?? false }, () => {
  before(opened);
  beforeEach(fresh);
  after(closed);

  const ways: Readonly<Record<string, readonly string[]>> = {
    'without a shell': drop,
    'by env': ['/usr/bin/env', ...drop],
    'by sh': ['sh', '-c', 'psql -c "drop table users"; exit $?'],
    'by sh, in its place': ['sh', '-c', 'exec psql -c "drop table users"'],
    'by dash': ['dash', '-c', 'p=psql; $p -c "drop table users"; exit $?'],
    'by a bash whose BASH_ENV was dropped': [
      '/usr/bin/env',
      '-u',
      'BASH_ENV',
      'bash',
      '-c',
      'psql -c "drop table users"; exit $?',
    ],
    'by a zsh that reads no files': ['zsh', '-f', '-c', 'psql -c "drop table users"'],
    ...(python && { 'by python': fromPython(drop) }),
  };
  for (const [way, argv] of Object.entries(ways)) {
    test(`${way} is asked about, and does not start after a no`, async () => {
      const { exit, stdout, stderr } = await its.shell(argv, marked());
      assert.deepEqual([exit, stdout, ran()], [126, '', '']);
      assert.match(stderr, /^Chaperone stopped this\./);
      assert.equal(questions(await its.asked()), 1);
    });

    test(`${way} starts at once without a mark`, async () => {
      const { exit, stdout, stderr } = await its.shell(argv, { input: 'in' });
      assert.deepEqual([exit, stdout, stderr], [7, '<-c><drop table users>in', '']);
      assert.deepEqual([ran(), await its.asked()], ['psql\n', '']);
    });
  }

  test('starts after a yes, with its input, and is asked about once', async () => {
    await its.answering('allow');
    const { exit, stdout, stderr } = await its.shell(drop, marked({ input: 'in' }));
    assert.deepEqual([exit, stdout, stderr], [7, '<-c><drop table users>in', '']);
    assert.equal(questions(await its.asked()), 1);
    await its.answering('deny');
  });

  test('is silent in ordinary use', async () => {
    for (const argv of [
      ['kubectl', 'get', 'pods'],
      ['psql', '-c', 'select 1'],
      ['psql', '--version'],
      ['helm', 'list'],
      ['fly', 'status'],
    ]) {
      const { exit, stdout, stderr } = await its.shell(argv, marked({ input: 'in' }));
      const given = argv.slice(1).map(it => `<${it}>`);
      assert.deepEqual([exit, stdout, stderr], [7, `${given.join('')}in`, ''], argv.join(' '));
      assert.equal(await its.asked(), silent);
    }
  });

  test('is asked about where a database would run what comes on its input', async () => {
    for (const program of ['psql', 'redis-cli']) {
      assert.equal((await its.shell([program], marked({ input: 'drop table users' }))).exit, 126, program);
      const quiet = await its.shell(['sh', '-c', `${program} </dev/null; exit $?`], marked());
      assert.equal(quiet.exit, 7, program);
    }
    assert.equal(ran(), 'psql\nredis-cli\n');
  });

  test('is judged by exactly its words', async () => {
    const words = [
      ...[
        "it's",
        "''",
        "'; drop table users; '",
        '$(touch made)',
        '`touch made`',
        '"',
        '\\',
        '\\\'"',
        '',
        ' ',
      ],
      ...[
        'a\nb',
        'a\tb',
        '*',
        '~',
        '{a,b}',
        '>made',
        '#',
        '!',
        '&&',
        'ünïcode 🙂',
        '-c',
        'a=b',
        '%d',
        '\u0001',
      ],
    ];
    const quick = path.join(its.state, 'bin/hook.sh');
    const text = readFileSync(quick, 'utf8');
    writeFileSync(quick, `cat >'${its.folder}/payload'\n`);
    const { stdout } = await its.shell(['kubectl', ...words], marked());
    writeFileSync(quick, text);
    const payload = JSON.parse(textOf(path.join(its.folder, 'payload'))) as {
      tool_input: { command: string };
      cwd: string;
    };
    assert.deepEqual([payload.cwd, stdout], [its.folder, words.map(it => `<${it}>`).join('')]);
    const line = payload.tool_input.command.replace(/^cat \| kubectl /, '');
    const read = await its.shell(['sh', '-c', `printf '<%s>' ${line}`]);
    assert.deepEqual([read.stdout, existsSync(path.join(its.folder, 'made'))], [stdout, false]);
    assert.equal((await its.shell(['psql', '-c', "select 'it''s; drop table users'"], marked())).exit, 7);
    assert.equal((await its.shell(['psql', '-c', "select '; drop table users; --'"], marked())).exit, 7);
    assert.equal((await its.shell(['psql', '-c', "select ''; drop table users; --'"], marked())).exit, 126);
  });

  test('is not asked about where the hook of its agent asks', async () => {
    const wired = path.join(its.state, 'shell/wired');
    writeFileSync(wired, 'roo codex\n');
    for (const env of [mark, { CODEX_THREAD_ID: 'x' }])
      assert.equal((await its.shell(drop, { env })).exit, 7);
    writeFileSync(wired, '\n');
    assert.equal(await its.asked(), '');
  });

  test('hears signals itself, and ends as it ends', async () => {
    standIn('helm', 'trap "echo heard; exit 5" TERM; kill -TERM $$; exit 1');
    assert.deepEqual((await its.shell(['helm'], {})).stdout, 'heard\n');
    standIn('helm', 'echo $$');
    const { stdout } = await its.shell(['sh', '-c', 'helm & echo $!; wait'], {});
    const [one, other] = stdout.trim().split('\n');
    assert.equal(one, other);
    standIn('helm', 'kill -KILL $$');
    assert.equal((await its.shell(['sh', '-c', 'helm; exit $?'], {})).exit, 137);
    standIn('helm');
  });
});

describe('nobody is asked twice', { skip: without ?? false }, () => {
  before(opened);
  beforeEach(fresh);
  after(closed);

  for (const shell of ['bash', 'zsh', 'fish'])
    for (const line of ['kubectl get pods', 'true; env kubectl get pods', 'sh -c "kubectl get pods"; true'])
      test(`${shell} -c asked: ${line}`, async () => {
        await its.shell([shell, '-c', line], marked());
        assert.deepEqual([await its.asked(), ran()], [silent, 'kubectl\n']);
      });

  for (const shell of ['bash', 'zsh', 'fish'])
    test(`${shell} asked when it was typed`, async () => {
      const terminal = its.terminal([shell], marked());
      try {
        for (let times = 1; times < 3; times++) {
          await terminal.enter('kubectl get pods </dev/null; echo done-$(echo so)');
          await terminal.until('done-so');
          assert.equal(await its.asked(), silent);
          assert.equal(ran(), 'kubectl\n'.repeat(times));
        }
        await terminal.enter('psql -c "drop table users"');
        assert.equal(questions(await its.asked()), 1);
      } finally {
        terminal.close();
      }
    });

  test('a bash that was fed by a pipe asked', async () => {
    const argv = ['sh', '-c', 'echo "kubectl get pods </dev/null" | bash'];
    await its.shell(argv, marked({ env: { PATH: `${programs}:${process.env['PATH'] ?? ''}` } }));
    const alone = await its.asked();
    await its.shell(argv, marked());
    assert.deepEqual([await its.asked(), ran()], [alone, 'kubectl\n'.repeat(2)]);
  });

  test('but another agent that such a shell starts is asked', { skip: !python }, async () => {
    await its.answering('allow');
    const script = path.join(its.folder, 'agent.py');
    const env = '{**{k: v for k, v in os.environ.items() if k != "ROO_ACTIVE"}, "GOOSE_TERMINAL": "1"}';
    writeFileSync(
      script,
      `import os, subprocess, sys\nsys.exit(subprocess.run(["ps" "ql", "-c", "dr" "op table users"], env=${env}).returncode)\n`,
    );
    await its.shell(['bash', '-c', `${python} agent.py`], marked());
    await its.answering('deny');
    assert.match(await its.asked(), /Roo Code, in a terminal wants [^]*Goose wants /);
  });

  test('and no word of an agent, in its environment or about another process, switches asking off', async () => {
    const asked = path.join(its.state, 'shell/asked');
    const claim = `for it in $$ $PPID 1; do echo 'roo 1' >'${asked}'/$it; done; psql -c 'drop table users'; exit $?`;
    assert.equal((await its.shell(['sh', '-c', claim], marked())).exit, 126);
    for (const name of [
      'BASH_ENV',
      'ZDOTDIR',
      'CHAPERONE_ASKED',
      'CHAPERONE_SHELL',
      'asked',
      'agent',
      'line',
    ])
      assert.equal((await its.shell(drop, marked({ env: { [name]: '/dev/null' } }))).exit, 126, name);
    assert.equal(ran(), '');
  });
});

describe('where nobody can judge', { skip: without ?? false }, () => {
  before(opened);
  beforeEach(fresh);
  after(closed);

  const refused = async (why: RegExp) => {
    const { exit, stdout, stderr } = await its.shell(['kubectl', 'get', 'pods'], marked());
    assert.deepEqual([exit, stdout, ran()], [126, '', '']);
    assert.match(stderr, why);
  };

  for (const [what, file, why] of [
    ['what asks', 'shell/ask.sh', /what asks is not there/],
    ['the guard', 'bin', /switch `chaperone\.pathShims` off/],
  ] as const)
    test(`${what} is gone: it does not start`, async () => {
      const from = path.join(its.state, file);
      renameSync(from, `${from}.away`);
      await refused(why);
      renameSync(`${from}.away`, from);
    });

  test('the guard is killed, or what asks is: it does not start', async () => {
    for (const [file, why] of [
      ['bin/hook.sh', /could not judge/],
      ['shell/ask.sh', /was stopped/],
    ] as const) {
      const from = path.join(its.state, file);
      const text = readFileSync(from, 'utf8');
      writeFileSync(from, 'kill -KILL $$\n');
      await refused(why);
      writeFileSync(from, text);
    }
  });

  test('a person is needed and there is none: it does not start, and ordinary use does', async () => {
    await its.answering('nobody');
    assert.equal((await its.shell(drop, marked())).exit, 126);
    assert.equal((await its.shell(['kubectl', 'get', 'pods'], marked())).exit, 7);
    await its.answering('deny');
  });

  test('without a mark it starts all the same', async () => {
    renameSync(path.join(its.state, 'shell'), path.join(its.state, 'away'));
    assert.equal((await its.shell(drop)).exit, 7);
    renameSync(path.join(its.state, 'away'), path.join(its.state, 'shell'));
  });
});

describe('the folder on PATH', { skip: without ?? false }, () => {
  before(opened);
  beforeEach(fresh);
  after(closed);

  const again = (wanted: { shellGuard?: boolean; pathShims?: boolean }, search: string) =>
    guardShells(
      { state: its.state, program: its.bench.dist, version: '0' },
      { shellGuard: true, pathShims: true, also: [], ...wanted },
      { PATH: search, HOME: its.bench.home },
    );
  const search = (): string => `${programs}:${process.env['PATH'] ?? ''}`;
  const names = (): readonly string[] => readdirSync(shims()).filter(it => !it.startsWith('.'));

  test('has what is installed, and nothing else', async () => {
    const there = gravest.filter(name =>
      search()
        .split(':')
        .some(folder => !hasShims(folder) && existsSync(path.join(folder, name))),
    );
    assert.deepEqual(names().toSorted(), there.toSorted());
    assert.ok(!there.includes('pscale'));
    assert.equal((await its.shell(['sh', '-c', 'command -v pscale'])).exit, 127);
  });

  test('is made anew: what came since, without what went, and not because of itself', async () => {
    standIn('pscale');
    rmSync(path.join(programs, 'fly'));
    const gone = await its.shell(['sh', '-c', 'fly; exit $?']);
    assert.deepEqual([gone.exit, gone.stderr], [127, 'fly: not found\n']);
    await again({}, `${shims()}:${search()}`);
    assert.deepEqual([names().includes('pscale'), names().includes('fly')], [true, false]);
    assert.equal((await its.shell(['pscale', 'version'], marked())).exit, 7);
    rmSync(path.join(programs, 'pscale'));
    standIn('fly');
    await again({}, `${shims()}:${search()}`);
    assert.deepEqual([names().includes('pscale'), names().includes('fly')], [false, true]);
  });

  test('goes with the setting, and stays where shells do not ask', async () => {
    await again({ pathShims: false }, search());
    assert.equal(existsSync(shims()), false);
    assert.equal((await its.shell(drop, marked())).exit, 7);
    await again({ shellGuard: false }, search());
    assert.equal((await its.shell(drop, marked())).exit, 126);
    assert.equal((await its.shell(['bash', '-c', 'psql -c "drop table users"'], marked())).exit, 126);
    await again({}, search());
  });

  test('may be there more than once, by another name, or of another editor: programs start', async () => {
    const link = path.join(its.bench.root, 'link');
    const copy = path.join(its.bench.root, 'copy');
    symlinkSync(shims(), link);
    cpSync(shims(), copy, { recursive: true });
    const PATH = [shims(), link, copy, shims(), copy, '', search()].join(':');
    for (const argv of [drop, [path.join(link, 'psql')], [path.join(copy, 'psql')]]) {
      assert.equal((await its.shell(argv, { env: { PATH } })).exit, 7);
      await its.shell(['kubectl', 'get', 'pods'], marked({ env: { PATH } }));
      assert.equal(await its.asked(), silent);
    }
    const { exit } = await its.shell([path.join(shims(), 'psql')], {
      env: { PATH: [shims(), link].join(':') },
    });
    assert.equal(exit, 127);
  });

  test('lets a program start itself by its name', async () => {
    standIn('helm', 'if [ "$1" -gt 0 ]; then helm $(($1 - 1)); else echo end; fi');
    const { stdout } = await its.shell(['helm', '3'], {});
    assert.deepEqual([stdout, ran()], ['end\n', 'helm\n'.repeat(4)]);
    const { stdout: asked } = await its.shell(['helm', '2'], marked());
    assert.equal(asked, 'end\n');
  });

  test("is Chaperone's own: an agent cannot change it, whoever answers", async () => {
    await its.answering('allow');
    const own = shims();
    for (const line of [`rm -rf '${own}'`, `rm '${own}/psql'`, `echo >'${own}/psql'`, `mv '${own}' /tmp/x`])
      assert.equal((await its.shell(['bash', '-c', line], marked())).exit, 126, line);
    assert.ok(existsSync(path.join(own, 'psql')));
    await its.answering('deny');
  });

  test('is got past by a whole path, another PATH, or without the mark: it is a second choice', async () => {
    for (const argv of [
      [path.join(programs, 'psql')],
      ['/usr/bin/env', `PATH=${search()}`, 'psql'],
      ['/usr/bin/env', '-u', 'ROO_ACTIVE', 'psql'],
    ])
      assert.equal((await its.shell([...argv, ...drop.slice(1)], marked())).exit, 7);
  });

  test('leaves the environment of a program as it was', async () => {
    rmSync(path.join(programs, 'helm'));
    symlinkSync('/usr/bin/env', path.join(programs, 'helm'));
    const env = { IFS: ':', chaperone: 'x', PATH: `${shims()}:${search()}` };
    const [direct, through] = await Promise.all(
      [path.join(programs, 'helm'), 'helm'].map(async program => {
        const { stdout } = await its.shell([program], { env });
        // What every shell sets by itself.
        return stdout
          .split('\n')
          .filter(line => !/^(?:_|SHLVL|PWD|OLDPWD)=/.test(line))
          .toSorted();
      }),
    );
    assert.deepEqual(through, direct);
    rmSync(path.join(programs, 'helm'));
    standIn('helm');
  });
});
