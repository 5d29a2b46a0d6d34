import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultState, installProgram, parts, stateFolder, writePrivate } from '../../src/system/state.ts';

const root = fs.mkdtempSync(path.join(tmpdir(), 'state-test-'));
after(() => fs.rmSync(root, { recursive: true }));
const posix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;
const fresh = (): string => path.join(fs.mkdtempSync(path.join(root, 'case-')), 'state');
const mode = (file: string): number => fs.statSync(file).mode & 0o777;

describe('the folder', () => {
  test('is made private with its parts', { skip: !posix }, () => {
    const state = fresh();
    assert.deepEqual(stateFolder(state), { parts: parts(state) });
    for (const folder of [state, ...['windows', 'wiring', 'bin'].map(it => path.join(state, it))])
      assert.equal(mode(folder), 0o700);
  });

  test('is mended when others could enter it', { skip: !posix }, () => {
    const state = fresh();
    fs.mkdirSync(state);
    fs.chmodSync(state, 0o777);
    assert.ok('parts' in stateFolder(state));
    assert.equal(mode(state), 0o700);
  });

  test('is refused when it belongs to somebody else', { skip: !isRoot }, () => {
    const state = fresh();
    fs.mkdirSync(state);
    fs.chownSync(state, 12345, 12345);
    const result = stateFolder(state);
    assert.match(
      'problem' in result ? result.problem : '',
      /^cannot use folder `.*`: it belongs to somebody else$/,
    );
  });

  test('is refused when something else is in its place', () => {
    const state = fresh();
    fs.writeFileSync(state, '');
    assert.ok('problem' in stateFolder(state));
  });
});

test('where it lies', { skip: !posix }, () => {
  assert.equal(defaultState({}, '/h', 'linux'), '/h/.local/state/chaperone');
  assert.equal(defaultState({ XDG_STATE_HOME: '/x' }, '/h', 'linux'), '/x/chaperone');
  assert.equal(defaultState({ XDG_STATE_HOME: 'x' }, '/h', 'linux'), '/h/.local/state/chaperone');
  assert.equal(
    defaultState({}, '/h', 'darwin'),
    '/h/Library/Application Support/chaperone'.replace(/c(?=haperone$)/, 'C'),
  );
});

test('a file is replaced whole and private, and a failure leaves nothing behind', { skip: !posix }, () => {
  const folder = fs.mkdtempSync(path.join(root, 'write-'));
  const file = path.join(folder, 'f');
  fs.writeFileSync(file, 'old', { mode: 0o644 });
  writePrivate(file, 'new');
  assert.equal(fs.readFileSync(file, 'utf8'), 'new');
  assert.equal(mode(file), 0o600);
  fs.mkdirSync(path.join(folder, 'd', 'inner'), { recursive: true });
  assert.throws(() => writePrivate(path.join(folder, 'd'), 'x'));
  assert.deepEqual(fs.readdirSync(folder), ['d', 'f']);
});

describe('the program', () => {
  const dist = (text: string): string => {
    const folder = fs.mkdtempSync(path.join(root, 'dist-'));
    fs.writeFileSync(
      path.join(folder, 'guard.js'),
      `const { word } = require('./lazy/lazy.js'); process.stdout.write('${text} ' + word + ' ' + process.argv.slice(2));`,
    );
    fs.mkdirSync(path.join(folder, 'lazy'));
    fs.writeFileSync(path.join(folder, 'lazy', 'lazy.js'), `exports.word = '${text}';`);
    fs.writeFileSync(path.join(folder, 'extension.js'), 'not for hooks');
    for (const name of ['hook.sh', 'hook.pl']) fs.writeFileSync(path.join(folder, name), `# ${text}\n`);
    return folder;
  };
  const run = (guard: string): string =>
    execFileSync(process.execPath, [guard, 'hook', 'x'], { encoding: 'utf8' });

  test('runs from the state folder when the extension is gone, whatever lies above', async () => {
    const state = fresh();
    stateFolder(state);
    fs.writeFileSync(path.join(path.dirname(state), 'package.json'), '{"type":"module"}');
    const from = dist('one');
    const guard = await installProgram(state, from, '1.0.0');
    fs.rmSync(from, { recursive: true });
    assert.equal(guard, parts(state).guard);
    assert.equal(run(guard), 'one one hook,x');
    assert.deepEqual(fs.readdirSync(parts(state).bin).sort(), [
      fs.readdirSync(parts(state).bin).find(name => name.startsWith('1.0.0')),
      ...(posix ? ['chaperone'] : ['chaperone.cmd']),
      'guard.js',
      'hook.pl',
      'hook.sh',
      'package.json',
    ]);
  });

  test('is replaced; the one before stays for those who run it, for a week', async () => {
    const state = fresh();
    await installProgram(state, dist('one'), '1.0.0');
    const before = fs.readdirSync(parts(state).bin);
    const guard = await installProgram(state, dist('two'), '1.0.0');
    assert.equal(run(guard), 'two two hook,x');
    for (const name of before) assert.ok(fs.existsSync(path.join(parts(state).bin, name)));
    const old = before.find(name => name.startsWith('1.0.0')) ?? '';
    const longAgo = Date.now() / 1000 - 8 * 24 * 3600;
    fs.utimesSync(path.join(parts(state).bin, old), longAgo, longAgo);
    await installProgram(state, dist('two'), '1.0.0');
    assert.equal(fs.existsSync(path.join(parts(state).bin, old)), false);
  });

  test('is not written again, but mended when somebody changed it', async () => {
    const state = fresh();
    const from = dist('one');
    const guard = await installProgram(state, from, '1.0.0');
    const inode = fs.statSync(guard).ino;
    await installProgram(state, from, '1.0.0');
    assert.equal(fs.statSync(guard).ino, inode);
    const folder = fs.readdirSync(parts(state).bin).find(it => it.startsWith('1.0.0')) ?? '';
    fs.writeFileSync(path.join(parts(state).bin, folder, 'guard.js'), 'process.exit(0)');
    await installProgram(state, from, '1.0.0');
    assert.equal(run(guard), 'one one hook,x');
  });

  test('a folder without a guard is refused', async () => {
    await assert.rejects(
      installProgram(fresh(), fs.mkdtempSync(path.join(root, 'no-')), '1'),
      /^Error: cannot install/,
    );
  });

  test('processes may install different ones at once, and every hook finds a whole one', async () => {
    const state = fresh();
    const guard = await installProgram(state, dist('zero'), '0');
    const module = fileURLToPath(new URL('../../src/system/state.ts', import.meta.url));
    const script = `const { installProgram } = await import(${JSON.stringify(module)});
      for (let i = 0; i < 20; i++) await installProgram(process.argv[1], process.argv[2 + (i % 2)], '1');`;
    const folders = [dist('one'), dist('two')];
    const children = folders.map(() =>
      spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, state, ...folders], {
        stdio: 'inherit',
      }),
    );
    const ends = Promise.all(children.map(it => new Promise(resolve => it.on('exit', resolve))));
    for (let i = 0; i < 8; i++) assert.match(run(guard), /^(zero zero|one one|two two) hook,x$/);
    assert.deepEqual(await ends, [0, 0]);
    assert.match(run(guard), /^(one one|two two) hook,x$/);
    assert.equal(
      fs.readdirSync(parts(state).bin).some(it => it.endsWith('.tmp')),
      false,
    );
  });
});

test(
  'what people start is beside what hooks start, with our Node and this state',
  { skip: !posix },
  async () => {
    const state = fresh();
    assert.ok('parts' in stateFolder(state));
    const dist = fs.mkdtempSync(path.join(root, "di'st-"));
    fs.writeFileSync(path.join(dist, 'guard.js'), 'console.log(JSON.stringify(process.argv.slice(2)))');
    for (const name of ['hook.sh', 'hook.pl']) fs.writeFileSync(path.join(dist, name), '');
    await installProgram(state, dist, '1.0.0');
    await installProgram(state, dist, '1.0.0');
    const { launcher } = parts(state);
    assert.equal(mode(launcher), 0o700);
    const said = execFileSync(launcher, ['run', '--with', "a'b c", '--', 'x']).toString();
    assert.deepEqual(JSON.parse(said), ['--state', state, 'run', '--with', "a'b c", '--', 'x']);
  },
);
