import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import { agents } from './agents.ts';
import type { LiveAgent } from './agents/agent.ts';
import type { LiveAgentId } from './agents.ts';
import { attempts, ids, knownAs, wiredFiles } from './attempts.ts';
import type { Attempt } from './attempts.ts';
import { guardedPlace, guardsOf, removeBuilt, shownIn, turns, until } from './guarded.ts';
import type { Guarded } from './guarded.ts';
import { past } from './past.ts';
import type { Outcome } from './run.ts';
import { writeAll } from './workspace.ts';

/*
 * Every agent's real program, guarded by what `guard install` wrote for it and by nothing else, against a model that plays
 * a script. What is left on the disk and what the model was shown is what counts.
 */

after(removeBuilt);

describe('agents', { concurrency: 2, timeout: 1_800_000 }, () => {
  for (const id of ids) describe(`${id}, guarded`, { concurrency: 1 }, () => guarded(id));
});

function guarded(id: LiveAgentId): void {
  const { calls, endsAtNo }: LiveAgent = agents[id];
  const destroys = calls.shell('rm -r data');

  describe('with nobody to ask', () => {
    const rows = attempts(id);
    let place: Guarded;
    let came: ReadonlyMap<Attempt, Came>;
    before(async () => {
      place = await settled(id);
      came = await tried(id, place, rows);
    });
    after(() => place.dispose());

    for (const row of rows)
      test(`${row.refused ? 'refuses' : 'lets be'}: ${row.what}`, t => {
        const { text, outcome } = came.get(row) ?? {};
        if (!outcome) return t.skip('it has no tool for that');
        assert.ok(row.left?.(place) ?? true, `the disk: ${text}`);
        assert.ok(!outcome.received(place.secret), 'the secret came to the model');
        if (text === undefined) assert.ok(endsAtNo && row.refused, 'no result came');
        else assert.match(text, row.refused ?? row.ran ?? /./);
        if (row.ran) assert.doesNotMatch(text ?? '', /Chaperone stopped|could not judge|hook error/);
      });

    test('has recorded each attempt that its hook was told of, without a secret', () => {
      const { status, stdout } = place.guard('audit', 'verify');
      assert.equal(status, 0, stdout);
      assert.ok(!readFileSync(join(place.state, 'ledger.jsonl'), 'utf8').includes(place.secret));
    });

    test('is well, says the doctor', () => {
      const { name } = knownAs(id);
      const { stdout } = place.guard('doctor');
      assert.match(stdout, new RegExp(`ok +${name}: wired`), stdout);
      assert.doesNotMatch(stdout, /BAD/);
    });
  });

  test('does what a person said yes to, and asks for nothing else', async t => {
    const place = await settledFor(t, id);
    const { said } = await place.approver('allow');
    const outcome = await place.run(id, turns([calls.shell('echo on'), destroys]));
    assert.equal(outcome.exit, 0, outcome.stderr);
    assert.ok(!existsSync(join(place.workspace, 'data')), shownIn(outcome).get('main 1')?.text);
    assert.equal(said().match(/wants to/g)?.length, 1, said());
  });

  test('does not do what a person said no to', async t => {
    const place = await settledFor(t, id);
    await place.approver('deny');
    const outcome = await place.run(id, turns([destroys]));
    assert.ok(dataIsThere(place));
    if (!endsAtNo) assert.match(shownIn(outcome).get('main 0')?.text ?? '', /The person said no/);
  });

  test('takes a guard that is killed in the middle for a no', async t => {
    const place = await settledFor(t, id);
    const { said } = await place.approver('nothing');
    const running = place.run(id, turns([destroys]));
    await until(() => said().includes('wants to delete'), 60_000);
    for (const guard of await guardsOf(place.home)) process.kill(guard, 'SIGKILL');
    await running;
    assert.ok(dataIsThere(place));
  });

  test('takes a guard that does not answer for a no', async t => {
    const place = await settledFor(t, id);
    const args = hurried(id, place);
    writeFileSync(join(place.state, 'bin/hook.sh'), 'sleep 100\n');
    const outcome = await place.run(id, turns([destroys]), { args, timeout: 60_000 });
    assert.notEqual(outcome.exit, 'timeout');
    assert.ok(dataIsThere(place), shownIn(outcome).get('main 0')?.text);
  });

  test('takes a window that hangs for a no', async t => {
    const place = await settledFor(t, id);
    const { pid } = await place.approver('nothing');
    process.kill(pid, 'SIGSTOP');
    await place.run(id, turns([destroys]));
    process.kill(pid, 'SIGCONT');
    assert.ok(dataIsThere(place));
  });

  test('without the program of the guard, everything is a no', async t => {
    const place = await settledFor(t, id);
    rmSync(join(place.state, 'bin'), { recursive: true });
    await place.run(id, turns([destroys, calls.shell('touch made.txt')]));
    assert.ok(dataIsThere(place));
    assert.ok(!existsSync(join(place.workspace, 'made.txt')));
  });

  test('is as it was before, to the byte, once it is taken out', async t => {
    const place = await guardedPlace(id);
    t.after(() => place.dispose());
    const texts = () => wiredFiles(id, place.home).map(file => textOf(file));
    const before = texts();
    install(id, place);
    assert.notDeepEqual(texts(), before);
    assert.equal(place.guard('uninstall', id).status, 0);
    assert.deepEqual(texts(), before);
    await place.run(id, turns([destroys]));
    assert.ok(!dataIsThere(place), 'something is still in its way');
  });

  describe('is let past, as the view of coverage says', () => {
    for (const { what, told, ...row } of past[id] ?? [])
      test(what, async t => {
        const place = await settledFor(t, id);
        assert.ok(
          knownAs(id).coverage.gaps.some(gap => told.test(gap)),
          'coverage does not say so',
        );
        await writeAll(place.workspace, row.workspace ?? {});
        await row.before?.(place);
        const script = turns(row.calls?.(place, calls) ?? [destroys]);
        const outcome = await place.run(id, script, { timeout: 90_000, ...row.run });
        const isPast = row.out ? outcome.received(place.secret) : !dataIsThere(place);
        assert.ok(isPast, `it has closed: ${[...shownIn(outcome).values()].map(it => it.text).join('\n')}`);
      });
  });
}

interface Came {
  /** `undefined` where the agent gave the model no result. */
  readonly text: string | undefined;
  readonly outcome: Outcome;
}

/** In one run, or in one each where a no is the end of it. */
async function tried(
  id: LiveAgentId,
  place: Guarded,
  rows: readonly Attempt[],
): Promise<ReadonlyMap<Attempt, Came>> {
  const { calls, declaring = [], endsAtNo }: LiveAgent = agents[id];
  const all = rows.flatMap(row => {
    const call = row.call(place, calls);
    return call ? [{ row, call }] : [];
  });
  const groups = endsAtNo ? all.map(it => [it]) : [all];
  const came = new Map<Attempt, Came>();
  for (const group of groups) {
    const outcome = await place.run(id, turns(group.map(({ call }) => call)), { args: declaring });
    const shown = shownIn(outcome);
    for (const [at, { row }] of group.entries())
      came.set(row, { text: shown.get(`main ${at}`)?.text, outcome });
    assert.equal(outcome.exit, 0, outcome.stderr);
  }
  return came;
}

/** Makes what an install wrote wait three seconds for the guard. Gives what the agent is to be started with, to take it as it is. */
function hurried(id: LiveAgentId, { home }: Guarded): readonly string[] {
  for (const file of wiredFiles(id, home)) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/(timeout -k 1) \d+/g, '$1 3'));
  }
  return id === 'codex' ? ['--dangerously-bypass-hook-trust'] : [];
}

async function settled(id: LiveAgentId): Promise<Guarded> {
  const place = await guardedPlace(id);
  // Which git does not ignore, so that what searches looks into it.
  await writeAll(place.workspace, { '.env.local': `SERVICE_PASSWORD=${place.secret}\n` });
  install(id, place);
  return place;
}

function install(id: LiveAgentId, place: Guarded): void {
  const { status, stderr } = place.guard('install', id);
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
}

async function settledFor(t: TestContext, id: LiveAgentId): Promise<Guarded> {
  const place = await settled(id);
  t.after(() => place.dispose());
  return place;
}

function dataIsThere({ workspace }: Guarded): boolean {
  return existsSync(join(workspace, 'data/notes.txt'));
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
