import { clearDesk, desk } from './vscode.ts';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { day, secretDesk } from './secretDesk.ts';

const { remind, rotate } = await import('../../src/editor/secrets/rotation.ts');

const token = () => `ghp_${randomBytes(18).toString('hex')}`;
const now = () => Date.now();
const shown = () => desk.shown.map(it => it.text).join('\n');

/** Files with a token each, by how many days ago it was first seen. */
async function found(ages: Readonly<Record<string, number>>) {
  const it = secretDesk();
  for (const [name, age] of Object.entries(ages)) {
    desk.disk.set(`/w/${name}`, `const a = '${token()}';`);
    it.seen.set(`/w/${name}`, age);
  }
  await it.findings.scan({ paths: ['/w'], ignored: false });
  desk.shown = [];
  return it;
}

describe('the reminder', () => {
  beforeEach(clearDesk);

  test('comes once a week, as one, about the oldest first', async () => {
    const it = await found({ 'a.ts': 100, 'b.ts': 200, 'c.ts': 10 });
    await remind(it.given.rotation, now());
    await remind(it.given.rotation, now() + 6.9 * day);
    assert.equal(desk.shown.length, 1);
    assert.match(
      shown(),
      /^2 secrets should be replaced\. First of all GitHub token ghp_…, b\.ts \(overdue by \d+ days\)\.$/,
    );
    await remind(it.given.rotation, now() + 7.1 * day);
    assert.equal(desk.shown.length, 2);
  });

  test('does not come when nothing is overdue, and not for what is ignored', async () => {
    const it = await found({ 'a.ts': 89 });
    await remind(it.given.rotation, now());
    const late = await found({ 'b.ts': 100 });
    late.ignored.set(late.findings.in('/w/b.ts')[0]?.secret.fingerprint ?? '', 'revoked');
    await late.findings.look('/w/b.ts');
    await remind(late.given.rotation, now());
    assert.equal(desk.shown.length, 0);
  });

  test('shows the view, and never comes again for what a person said so of', async () => {
    const it = await found({ 'a.ts': 200, 'b.ts': 100 });
    desk.answers = ['Not Again for This One'];
    await remind(it.given.rotation, now());
    desk.answers = ['Show'];
    await remind(it.given.rotation, now() + 8 * day);
    assert.match(desk.shown[1]?.text ?? '', /^A secret should be replaced: GitHub token ghp_…, b\.ts/);
    assert.equal(desk.shown.at(-1)?.what, 'view');
  });

  test('comes in spite of a clock that went back and a memory of something else', async () => {
    const it = await found({ 'a.ts': 200 });
    await remind(it.given.rotation, now() + 900 * day);
    await remind(it.given.rotation, now());
    it.memory.set('chaperone.reminders', { last: 'x', muted: 7 });
    await remind(it.given.rotation, now());
    assert.equal(desk.shown.length, 3);
  });
});

describe('replacing now', () => {
  beforeEach(clearDesk);

  const one = async () => {
    const it = await found({ 'a.ts': 100 });
    const [aged] = it.findings.all;
    it.rotation.commands = { API_KEY: '/bin/rotate', github: 'another' };
    return { ...it, aged: aged ?? assert.fail('nothing found') };
  };

  test('says which names a command can have where there is none', async () => {
    const it = await one();
    it.rotation.commands = {};
    await rotate(it.aged, it.given.rotation);
    assert.match(shown(), /`API_KEY`, `github\.token` or `github`/);
  });

  test('runs nothing without the modal', async () => {
    const it = await one();
    for (const press of ['Cancel', undefined]) {
      desk.presses = [press];
      await rotate(it.aged, it.given.rotation);
    }
    assert.deepEqual(it.rotation.ran, []);
  });

  test('runs nothing that has a problem, or that was changed while the modal was open', async () => {
    const it = await one();
    const sound = it.rotation.examined();
    it.rotation.examined = () => ({ ...sound, problems: ['everybody can write to it'] });
    desk.presses = ['Run It'];
    await assert.rejects(rotate(it.aged, it.given.rotation), /not run: everybody can write to it/);
    it.rotation.examined = () => sound;
    desk.presses = [
      () => {
        it.rotation.examined = () => ({ ...sound, marks: { '/bin/rotate': '2' } });
        return 'Run It';
      },
    ];
    await assert.rejects(rotate(it.aged, it.given.rotation), /changed a moment ago/);
    assert.deepEqual(it.rotation.ran, []);
  });

  test('hands over the name and no value, and hides the value in what is said', async () => {
    const it = await one();
    const value = (desk.disk.get('/w/a.ts') ?? '').slice(11, -2);
    desk.presses = ['Run It'];
    await rotate(it.aged, it.given.rotation);
    const [{ argv, env, hide } = assert.fail('nothing ran')] = it.rotation.ran;
    assert.deepEqual([argv, hide], [['/bin/rotate'], [value]]);
    assert.deepEqual(env, {
      CHAPERONE_SECRET_NAME: 'API_KEY',
      CHAPERONE_SECRET_KIND: 'github.token',
      CHAPERONE_SECRET_FILE: '/w/a.ts',
    });
    assert.ok(!JSON.stringify([desk.shown, it.logged, [...it.memory]]).includes(value.slice(-12)));
  });

  for (const [what, text, said] of [
    ['the same value', undefined, /still the same: it was not replaced/],
    ['another value', `const a = '${token()}';`, /another one now: its time begins anew/],
    ['no value', 'const a = 1;', /is gone from a\.ts/],
  ] as const)
    test(`says so when there is ${what} afterwards, whatever the command says`, async () => {
      const it = await one();
      it.rotation.does = () => {
        if (text !== undefined) desk.disk.set('/w/a.ts', text);
        return { exit: 0, output: 'replaced!' };
      };
      desk.presses = ['Run It'];
      await rotate(it.aged, it.given.rotation);
      assert.match(desk.shown.at(-1)?.text ?? '', said);
    });

  test('says how a command ended that failed', async () => {
    const it = await one();
    it.rotation.does = () => ({ exit: 3, output: '' });
    desk.presses = ['Run It'];
    await rotate(it.aged, it.given.rotation);
    assert.match(
      desk.shown.at(-1)?.text ?? '',
      /^The command ended with 3\. The value in a\.ts is still the same/,
    );
  });

  test('tells of doubts, of the first time, and of a script that was changed since', async () => {
    const it = await one();
    const details: string[] = [];
    const ask = () => {
      details.push(desk.details.at(-1) ?? '');
      return 'Run It';
    };
    for (const mark of ['1', '1', '2']) {
      it.rotation.examined = () => ({
        argv: ['/bin/rotate'],
        problems: [],
        doubts: ['it lies there'],
        marks: { '/bin/rotate': mark },
      });
      desk.presses = [ask];
      await rotate(it.aged, it.given.rotation);
    }
    assert.deepEqual(
      details.map(it => [/it lies there/, /for the first time/, /changed since/].map(part => part.test(it))),
      [
        [true, true, false],
        [true, false, false],
        [true, false, true],
      ],
    );
  });
});
