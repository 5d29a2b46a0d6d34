import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import type { Launch, Wiring } from '../../src/core/agent.ts';
import { askProgram } from '../../src/system/asking.ts';
import { install, uninstall, wiringStatus, type WiringGiven } from '../../src/system/wiring.ts';

/* Lines in TOML, files of ours alone, and what only an agent's own program can tell. */

const root = fs.mkdtempSync(path.join(tmpdir(), 'forms-test-'));
after(() => fs.rmSync(root, { recursive: true }));
const launch: Launch = { node: '/opt/node', guard: '/s/bin/guard.js', state: '/s', platform: 'posix' };
const later: Launch = { ...launch, guard: '/elsewhere/bin/guard.js' };
const command = ({ node, guard }: Launch) => `${node} ${guard} hook tester`;
const agentWith = (...wiring: readonly Wiring[]) => ({ id: 'tester', name: 'Tester', wiring });

const toml = agentWith({
  file: '~/.tester/config.toml',
  block: it => `[[hooks.before]]\ncommand = ${JSON.stringify(command(it))}\n`,
});
const program = agentWith({
  file: '~/.tester/hooks/Before',
  text: it => `#!/bin/sh\nexec ${command(it)}\n`,
  executable: true,
});
const versioned = agentWith({
  file: '~/.tester/hooks.json',
  at: ['hooks', 'before'],
  start: { version: 1 },
  entry: it => ({ command: command(it) }),
});

describe('a file that is not there', () => {
  for (const [agent, expected] of [
    [program, `#!/bin/sh\nexec ${command(launch)}\n`],
    [
      versioned,
      `{\n  "version": 1,\n  "hooks": {\n    "before": [\n      {\n        "command": "${command(launch)}"\n      }\n    ]\n  }\n}\n`,
    ],
  ] as const)
    test(`is made: ${agent.wiring[0]?.file}`, async () => {
      const { given, home, file } = fresh(agent);
      assert.deepEqual(await install(agent, launch, given), { changed: [file] });
      assert.equal(fs.readFileSync(file, 'utf8'), expected);
      assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'wired' });
      assert.deepEqual(await wiringStatus(agent, later, given), { is: 'outdated' });
      assert.deepEqual(await install(agent, later, given), { changed: [file] });
      assert.deepEqual(await wiringStatus(agent, later, given), { is: 'wired' });
      assert.deepEqual(await uninstall(agent, given), { changed: [file] });
      assert.deepEqual(fs.readdirSync(home), []);
    });

  test('is a program where it is to be one', async () => {
    const { given, file } = fresh(program);
    await install(program, launch, given);
    assert.equal(fs.statSync(file).mode & 0o111, 0o111);
  });

  test('goes, though somebody wrote it in another form', async () => {
    const { given, file } = fresh(versioned);
    await install(versioned, launch, given);
    fs.writeFileSync(file, JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8'))));
    await uninstall(versioned, given);
    assert.equal(fs.existsSync(file), false);
  });
});

describe('what others wrote', () => {
  const others = [
    [toml, 'model = "m" # mine\n[tools]\nweb = false\n'],
    [toml, 'model = "m"'],
    [versioned, '{"version": 2, "hooks": {"after": []}}'],
  ] as const;
  for (const [agent, before] of others)
    test(`comes back to the byte: ${JSON.stringify(before)}`, async () => {
      const { given, file } = fresh(agent, before);
      assert.deepEqual(await install(agent, launch, given), { changed: [file] });
      for (const line of before.split('\n').filter(it => it.includes('#')))
        assert.ok(fs.readFileSync(file, 'utf8').includes(line.trim()), line);
      assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'wired' });
      assert.deepEqual(await uninstall(agent, given), { changed: [file] });
      assert.equal(fs.readFileSync(file, 'utf8'), before);
    });

  test('stays where it came after ours', async () => {
    const tomlPlace = fresh(toml, 'model = "m"\n');
    await install(toml, launch, tomlPlace.given);
    fs.appendFileSync(tomlPlace.file, '[more]\n');
    await uninstall(toml, tomlPlace.given);
    assert.equal(fs.readFileSync(tomlPlace.file, 'utf8'), 'model = "m"\n[more]\n');
  });

  test('stays where a program wrote it before our last mark', async () => {
    const { given, file } = fresh(toml, 'model = "m"\n');
    await install(toml, launch, given);
    const theirs = '\n[more]\nweb = true\n';
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/(?=# <<<)/, theirs));
    assert.deepEqual(await wiringStatus(toml, launch, given), { is: 'wired' });
    assert.deepEqual(await install(toml, launch, given), { changed: [] });
    await install(toml, later, given);
    assert.deepEqual(await wiringStatus(toml, later, given), { is: 'wired' });
    await uninstall(toml, given);
    assert.equal(fs.readFileSync(file, 'utf8'), `model = "m"\n${theirs}`);
  });

  test('is not said twice: a table of the same name is in the way', async () => {
    const table = agentWith({ file: '~/.tester/config.toml', block: () => '[state.x]\nhash = "1"\n' });
    const { given, file } = fresh(table, '[state.x]\nhash = "2"\n');
    const wired = await install(table, launch, given);
    assert.match('problem' in wired ? wired.problem : '', /has `\[state\.x\]` already/);
    assert.equal(fs.readFileSync(file, 'utf8'), '[state.x]\nhash = "2"\n');
  });

  test('is in the way of a file of ours alone, and stays', async () => {
    const { given, file } = fresh(program, '#!/bin/sh\necho theirs\n');
    const wired = await install(program, launch, given);
    assert.match('problem' in wired ? wired.problem : '', /is not ours/);
    assert.equal(fs.readFileSync(file, 'utf8'), '#!/bin/sh\necho theirs\n');
    assert.deepEqual(await wiringStatus(program, launch, given), { is: 'absent' });
  });
});

describe('what only its own program can tell', () => {
  const asking = (program: readonly string[]) =>
    agentWith(versioned.wiring[0] as Wiring, {
      file: '~/.tester/trust.toml',
      block: (_, told) => {
        const [hash] = told.flatMap(it => (it as { hash?: string }).hash ?? []);
        return hash ? `trusted = "${hash}"\n` : undefined;
      },
      asks: () => ({
        program: program[0] as string,
        args: program.slice(1),
        lines: [{ say: 'hash' }],
        isLast: it => typeof it === 'object' && it !== null && 'hash' in it,
      }),
      untold: 'say it yourself',
    });
  const answering = (body: string) => asking([process.execPath, '-e', body]);
  const ask: WiringGiven['ask'] = it => askProgram(it, { path: process.env['PATH'] ?? '', home: root }, 3000);

  test('is asked, and written', async () => {
    const agent = answering(
      `console.log('a log'); process.stdin.once('data', it => console.log(JSON.stringify({ hash: JSON.parse(it).say + '-1' })))`,
    );
    const { given, home } = fresh(agent);
    const trust = path.join(home, '.tester/trust.toml');
    assert.ok('changed' in (await install(agent, launch, { ...given, ask })));
    assert.match(fs.readFileSync(trust, 'utf8'), /trusted = "hash-1"/);
    assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'wired' });
    fs.rmSync(trust);
    assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'outdated' });
    await install(agent, launch, { ...given, ask });
    await uninstall(agent, given);
    assert.deepEqual(fs.readdirSync(home), []);
  });

  for (const [what, agent] of [
    ['is not there', asking(['/nowhere/program'])],
    ['ends', answering('')],
    ['never answers', answering('setInterval(() => {}, 1000)')],
    ['answers something else', answering(`console.log('{"hash":""}')`)],
  ] as const)
    test(`a program that ${what} is a problem, and the hook is not said to be wired`, async () => {
      const { given } = fresh(agent);
      const wired = await install(agent, launch, { ...given, ask });
      assert.match('problem' in wired ? wired.problem : '', /cannot wire Tester/);
      assert.deepEqual(await wiringStatus(agent, launch, given), { is: 'outdated' });
    });
});

function fresh(agent: { readonly wiring: readonly Wiring[] }, content?: string) {
  const base = fs.mkdtempSync(path.join(root, 'case-'));
  const [home, state] = [path.join(base, 'home'), path.join(base, 'state')];
  fs.mkdirSync(home);
  const file = path.join(home, agent.wiring[0]?.file.slice(2) ?? '');
  if (content !== undefined) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  return { home, state, file, given: { home, state } satisfies WiringGiven };
}
