import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { base62, sample } from '../../src/core/detector.ts';
import { factory } from '../../src/core/settings.ts';
import { runForModel } from '../../src/injected.ts';
import { paperLine } from '../support/line.ts';

/*
 * The tool that runs commands for models, without an editor. What it prints of credentials must not be seen.
 */

const folder = fs.mkdtempSync(path.join(fs.realpathSync(tmpdir()), 'command-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const [kept, ours, token] = [sample(base62, 40), `a1${sample(base62, 30)}`, `ghp_${sample(base62, 36)}`];
fs.writeFileSync(path.join(folder, '.env'), `DB_PASSWORD=${kept}\nPORT=3000\n`);

function run(command: string, { passed = true, seconds = 20, signal = AbortSignal.timeout(30_000) } = {}) {
  const vault = { window: async () => ({ problem: 'nothing is stored' }), isStored: async () => false };
  const given = paperLine({ answer: { outcome: 'refused', by: 'person' } });
  const line = { command, secrets: [], seconds, cwd: folder, workspace: folder };
  return runForModel(line, given, factory, vault, () => passed, signal);
}

describe('a command that a model runs', { skip: process.platform === 'win32' && 'it needs sh' }, () => {
  test('shows what it prints, and how it ended', async () => {
    assert.equal(await run('pwd; exit 3', { passed: false }), `${folder}\n\n(exit status 3)`);
  });

  test('is judged first', async () => {
    assert.match(await run('cat .env', { passed: false }), /^It was not run\. Chaperone stopped this/);
  });

  test('shows no credential that is known here, nor what looks like one', async () => {
    process.env['OUR_API_TOKEN'] = ours;
    try {
      const said = await run(`cat .env; printenv OUR_API_TOKEN; printf '%s' ${kept} | base64; echo ${token}`);
      for (const secret of [kept, ours, token, Buffer.from(kept).toString('base64')])
        assert.ok(!said.includes(secret), said);
      assert.ok(
        said.includes('<DB_PASSWORD>') && said.includes('<OUR_API_TOKEN>') && said.includes('PORT=3000'),
      );
    } finally {
      delete process.env['OUR_API_TOKEN'];
    }
  });

  test('shows none where its output is cut', async () => {
    const said = await run(`i=0; while [ $i -lt 4000 ]; do echo "$i DB_PASSWORD=${kept}"; i=$((i+1)); done`);
    assert.ok(said.length < 61_000 && said.includes('\n[…]\n'));
    for (let length = 6; length <= kept.length; length++) assert.ok(!said.includes(kept.slice(0, length)));
  });

  test('is ended in time, and when it is taken back', async () => {
    assert.match(
      await run('echo begun; sleep 60', { seconds: 1 }),
      /^begun\n[^]*it took longer than 1 seconds\)$/,
    );
    const taken = AbortSignal.timeout(500);
    assert.match(await run('sleep 60', { signal: taken }), /\(ended by SIGTERM\)$/);
  });

  test('reads nothing', async () => {
    assert.equal(await run('cat; echo done'), 'done\n\n(exit status 0)');
  });
});
