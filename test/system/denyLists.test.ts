import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { blockBegin, blockEnd } from '../../src/core/denyList.ts';
import { denyLists } from '../../src/agents/denyLists.ts';
import { secretFiles } from '../../src/secrets/files.ts';
import { standings, undoLists, writeLists, type DenyGiven } from '../../src/system/denyLists.ts';

const posix = { skip: process.platform === 'win32' };
const here = denyLists.filter(it => it.platform === undefined || it.platform === 'linux');

describe("agents' own lists", posix, () => {
  let root = '';
  const at = (...parts: readonly string[]) => path.join(root, ...parts);
  const given = (more: Partial<DenyGiven> = {}): DenyGiven => ({
    home: at('home'),
    state: at('state'),
    folders: [at('work')],
    hiding: { rows: secretFiles, globs: [] },
    found: () => [at('work/.env')],
    ...more,
  });
  const lists = (...ids: readonly string[]) => here.filter(it => ids.includes(it.id));
  const tree = () =>
    fs
      .readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(it => it.isFile() && !path.join(it.parentPath, it.name).startsWith(at('state')))
      .map(it => [
        path.join(it.parentPath, it.name),
        fs.readFileSync(path.join(it.parentPath, it.name), 'hex'),
      ])
      .sort(([a = ''], [b = '']) => a.localeCompare(b));
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(at(file)), { recursive: true });
    fs.writeFileSync(at(file), text);
  };
  const read = (file: string) => fs.readFileSync(at(file), 'utf8');

  beforeEach(() => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'lists-')));
    for (const folder of ['home', 'work', 'other', 'state']) fs.mkdirSync(at(folder));
    fs.chmodSync(at('state'), 0o700);
    write('work/.env', 'x');
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  test('every one is written, is so when looked at, stays so, and is undone to the byte', async () => {
    write('home/.claude/settings.json', '{ // mine\r\n  "permissions": { "allow": ["Bash(ls)"] },\r\n}');
    write('work/.cursorignore', 'dist\r\nno end');
    write('work/.rooignore', '\uFEFFwith a mark\n');
    const before = tree();
    assert.equal((await writeLists(here, given())).length, here.length);
    assert.deepEqual(
      standings(here, given()).map(it => it.is),
      here.map(() => 'written'),
    );
    assert.deepEqual(await writeLists(here, given()), []);
    assert.match(read('home/.claude/settings.json'), /"Read\(\/\/\*\*\/\.env\)"/);
    assert.deepEqual(JSON.parse(read('home/.config/Code/User/settings.json')), {
      'chat.agent.sandbox.fileSystem.linux': { denyRead: [at('work/.env')] },
    });
    assert.equal((await undoLists(here, given())).length, here.length);
    assert.deepEqual(tree(), before);
    assert.deepEqual(await undoLists(here, given()), []);
  });

  test('what others wrote meanwhile stays', async () => {
    write('home/.claude/settings.json', '{"permissions":{"deny":["Read(./mine)"]}}');
    await writeLists(lists('claude', 'cursor'), given());
    const settings = JSON.parse(read('home/.claude/settings.json')) as { permissions: { deny: string[] } };
    settings.permissions.deny.push('Read(./later)');
    write('home/.claude/settings.json', JSON.stringify(settings));
    fs.appendFileSync(at('work/.cursorignore'), 'later\n');
    await undoLists(lists('claude', 'cursor'), given());
    assert.deepEqual(JSON.parse(read('home/.claude/settings.json')), {
      permissions: { deny: ['Read(./mine)', 'Read(./later)'] },
    });
    assert.equal(read('work/.cursorignore'), 'later\n');
  });

  test('is compared both ways, and brought up to date', async () => {
    await writeLists(lists('claude', 'cursor'), given());
    const more = given({ hiding: { rows: secretFiles, globs: ['plans'] } });
    write('work/.cursorignore', read('work/.cursorignore').replace('**/.env\n', 'foreign\n'));
    const [claude, cursor] = standings(lists('claude', 'cursor'), more);
    assert.deepEqual([claude?.is, claude?.missing, claude?.extra], ['outdated', ['Read(//**/plans)'], []]);
    assert.deepEqual([cursor?.missing, cursor?.extra], [['**/.env', 'plans'], ['foreign']]);
    await writeLists(lists('claude', 'cursor'), more);
    assert.deepEqual(
      standings(lists('claude', 'cursor'), more).map(it => it.is),
      ['written', 'written'],
    );
  });

  test('is undone in every folder it was written in, from any window', async () => {
    await writeLists(lists('gemini', 'vscode'), given());
    const other = given({ folders: [at('other')], found: () => [at('other/.env')] });
    write('other/.env', 'x');
    await writeLists(lists('gemini', 'vscode'), other);
    const { 'chat.agent.sandbox.fileSystem.linux': held } = JSON.parse(
      read('home/.config/Code/User/settings.json'),
    ) as Record<string, unknown>;
    assert.deepEqual(held, { denyRead: [at('work/.env'), at('other/.env')] });
    await undoLists(lists('gemini', 'vscode'), given({ folders: [] }));
    assert.deepEqual(
      ['work/.geminiignore', 'other/.geminiignore', 'home/.config'].filter(it => fs.existsSync(at(it))),
      [],
    );
  });

  for (const [what, prepare, why] of [
    ['broken marks', () => write('work/.cursorignore', `${blockBegin}\nx\n`), /begin and end/],
    ['marks twice', () => write('work/.cursorignore', `${blockBegin}\n${blockEnd}\n`.repeat(2)), /once each/],
    ['no text', () => fs.writeFileSync(at('work/.cursorignore'), Buffer.from([0xff, 0xfe, 0x00])), /UTF-8/],
    ['a folder in its place', () => fs.mkdirSync(at('work/.cursorignore')), /not a file/],
    ['a link that leads nowhere', () => fs.symlinkSync('nowhere', at('work/.cursorignore')), /leads nowhere/],
  ] as const)
    test(`is refused and left as it is: ${what}`, async () => {
      prepare();
      const before = tree();
      await assert.rejects(writeLists(lists('cursor'), given()), why);
      assert.deepEqual(tree(), before);
      assert.equal(standings(lists('cursor'), given())[0]?.is, 'unreadable');
    });

  test('settings that do not parse are refused and left as they are', async () => {
    write('home/.claude/settings.json', '{ not json');
    await assert.rejects(writeLists(lists('claude'), given()), /does not parse/);
    assert.equal(read('home/.claude/settings.json'), '{ not json');
  });

  test('a link stays a link', async () => {
    write('other/real', 'mine\n');
    fs.symlinkSync(at('other/real'), at('work/.cursorignore'));
    await writeLists(lists('cursor'), given());
    assert.ok(fs.lstatSync(at('work/.cursorignore')).isSymbolicLink());
    assert.match(read('other/real'), /Chaperone[^]*mine\n$/);
    await undoLists(lists('cursor'), given());
    assert.equal(read('other/real'), 'mine\n');
  });

  test('two windows at once write one block', async () => {
    await Promise.all(Array.from({ length: 4 }, () => writeLists(lists('cursor', 'claude'), given())));
    assert.equal(read('work/.cursorignore').split(blockBegin).length, 2);
    assert.deepEqual(
      standings(lists('cursor', 'claude'), given()).map(it => it.is),
      ['written', 'written'],
    );
  });

  test('a record that was lost does not keep a block from being undone here', async () => {
    await writeLists(lists('cursor'), given());
    fs.writeFileSync(at('state/wiring/ignore-lists.json'), 'broken');
    await undoLists(lists('cursor'), given());
    assert.ok(!fs.existsSync(at('work/.cursorignore')));
  });
});
