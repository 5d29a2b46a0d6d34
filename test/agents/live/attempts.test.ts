import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Call } from '../../support/model/script.ts';
import { agents } from './agents.ts';
import type { Calls, LiveAgent } from './agents/agent.ts';
import type { LiveAgentId } from './agents.ts';
import { attempts, ids, knownAs, wiredFiles } from './attempts.ts';
import type { Attempt } from './attempts.ts';
import { guardedPlace, guardsOf, removeBuilt, shownIn, turns, until } from './guarded.ts';
import type { Guarded } from './guarded.ts';
import { past } from './past.ts';
import type { Outcome, Run } from './run.ts';
import { writeAll } from './workspace.ts';

/*
 * Every agent's real program, guarded by what `guard install` wrote for it and by nothing else, against a model that plays
 * a script. What is left on the disk and what the model was shown is what counts.
 */

after(removeBuilt);

describe('agents', { concurrency: 2, timeout: 1_800_000 }, () => {
  for (const id of ids) describe(`${id}, guarded`, { concurrency: 1 }, () => guarded(id));
});

describe('two windows, guarded', () => {
  const claude: Calls = agents.claude.calls;
  const destroys = turns([claude.shell('rm -r data')]);

  test('are asked about what happens in their own folder alone', async t => {
    const place = await settledFor(t, 'claude');
    const other = await place.approver('allow', place.home);
    const alone = await place.run('claude', destroys);
    assert.match(shownIn(alone).get('main 0')?.text ?? '', /Nobody said yes/);
    const own = await place.approver('deny');
    const asked = await place.run('claude', destroys);
    assert.match(shownIn(asked).get('main 0')?.text ?? '', /The person said no/);
    assert.match(own.said(), /wants to delete/);
    assert.doesNotMatch(other.said(), /wants to|nothing to object/);
    assert.ok(dataIsThere(place));
  });
});

test("an agent that runs another's hook files too is asked about once", async t => {
  const place = await settledFor(t, 'grok');
  install('claude', place);
  const { said } = await place.approver('allow');
  const outcome = await place.run('grok', turns([agents.grok.calls.shell('rm -r data')]));
  assert.ok(!dataIsThere(place), shownIn(outcome).get('main 0')?.text);
  assert.equal(said().match(/wants to/g)?.length, 1, said());
  assert.doesNotMatch(readFileSync(join(place.state, 'ledger.jsonl'), 'utf8'), /"claude"/);
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

  test('takes a guard that is killed for a no, and a window that hangs', async t => {
    const place = await settledFor(t, id);
    const { pid, said } = await place.approver('nothing');
    const questions = () => said().match(/wants to delete/g)?.length ?? 0;
    const running = runs(id, place, [destroys, destroys]);
    await until(() => questions() === 1, 120_000);
    for (const guard of await guardsOf(place.home)) process.kill(guard, 'SIGKILL');
    await until(() => questions() === 2, 120_000);
    process.kill(pid, 'SIGSTOP');
    await running;
    process.kill(pid, 'SIGCONT');
    assert.ok(dataIsThere(place));
  });

  test('takes a guard that does not answer for a no, and one that is gone', async t => {
    const place = await settledFor(t, id);
    const args = hurried(id, place);
    writeFileSync(join(place.state, 'bin/hook.sh'), 'rm -r "${0%/*}"; sleep 100\n');
    await runs(id, place, [destroys, calls.shell('touch data/made.txt')], { args });
    assert.ok(dataIsThere(place));
    assert.ok(!existsSync(join(place.state, 'bin')));
    assert.ok(!existsSync(join(place.workspace, 'data/made.txt')));
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

async function tried(
  id: LiveAgentId,
  place: Guarded,
  rows: readonly Attempt[],
): Promise<ReadonlyMap<Attempt, Came>> {
  const { calls, declaring = [] }: LiveAgent = agents[id];
  const all = rows.flatMap(row => {
    const call = row.call(place, calls);
    return call ? [{ row, call }] : [];
  });
  const came = await runs(
    id,
    place,
    all.map(({ call }) => call),
    { args: declaring },
  );
  return new Map(all.flatMap(({ row }, at) => (came[at] ? [[row, came[at]]] : [])));
}

/** Runs it once for all calls, or once for each where a no is its end: what came of each. */
async function runs(
  id: LiveAgentId,
  place: Guarded,
  calls: readonly Call[],
  more: Partial<Run> = {},
): Promise<readonly Came[]> {
  const { endsAtNo }: LiveAgent = agents[id];
  const came: Came[] = [];
  for (const group of endsAtNo ? calls.map(it => [it]) : [calls]) {
    const outcome = await place.run(id, turns(group), more);
    assert.equal(outcome.exit, 0, outcome.stderr);
    const shown = shownIn(outcome);
    came.push(...group.map((_, at) => ({ text: shown.get(`main ${at}`)?.text, outcome })));
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
