import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { rank } from '../../src/core/judge.ts';
import type { Example } from '../../src/core/model.ts';
import { rules } from '../../src/rules/index.ts';
import { decisionFor } from '../support/line.ts';
import { disguises, giants, hostile, otherGiants, surroundings } from './lines.ts';

/** Another seed is another run: `SEED=7 RUNS=20000 npm run suite`. */
const seed = Number(process.env.SEED ?? 20_261_122);
const runs = Number(process.env.RUNS ?? 600);

const stopped = rules
  .filter(rule => !rule.strict)
  .flatMap(rule => rule.examples.catches)
  .filter(isLine);
/** One plain command: what stands before it changes nothing. */
const simple = stopped.filter(line =>
  /^(?!cd\b|git\b.*&&|env\b|set\b|export\b)[\w./-]+ [^|&;<>\n(){}=]*$/.test(line),
);

describe('whatever it is given', () => {
  test('it judges', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async line => {
        const { verdict } = await decisionFor(line);
        assert.ok(['allow', 'ask', 'deny'].includes(verdict));
      }),
      { seed, numRuns: runs },
    );
  });

  // A bound on hanging, not a measure of speed: `npm run bench` has the times.
  for (const [name, of] of Object.entries({ ...giants, ...otherGiants }))
    for (const length of [10_000, 60_000, 100_000])
      test(`${name}, ${length} characters`, { timeout: 10_000 }, async () => {
        const { verdict } = await decisionFor(of(length));
        assert.ok(['allow', 'ask', 'deny'].includes(verdict));
      });
});

describe('what is stopped', () => {
  test('there are lines to try', () => assert.ok(simple.length > 60 && stopped.length > simple.length));

  for (const { name, of } of surroundings) test(`stays so with ${name}`, () => assertNoLooser(stopped, of));

  for (const { name, of } of disguises) test(`stays so with ${name}`, () => assertNoLooser(simple, of));

  test('stays so with several of these at once', async () => {
    const some = fc.array(fc.constantFrom(...surroundings), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...simple),
        fc.constantFrom(...disguises),
        some,
        async (line, hide, around) => {
          await assertNoLooser([line], it => around.reduce((text, { of }) => of(text), hide.of(it)));
        },
      ),
      { seed, numRuns: Math.min(runs, 300) },
    );
  });

  test('stays so whatever stands before and behind it', async () => {
    const harmless = fc.constantFrom(
      'ls',
      'npm test',
      'git status',
      'echo hello',
      'cat README.md',
      'true',
      'mkdir -p x',
    );
    const joined = fc.constantFrom('; ', ' && ', '\n', ' || ', ' & ');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...stopped),
        harmless,
        joined,
        harmless,
        async (line, before, join, behind) => {
          await assertNoLooser([line], it => `${before}${join}${it}\n${behind}`);
        },
      ),
      { seed, numRuns: Math.min(runs, 400) },
    );
  });
});

async function assertNoLooser(lines: readonly string[], of: (line: string) => string): Promise<void> {
  const loosened: string[] = [];
  for (const line of lines) {
    const [before, after] = [await decisionFor(line), await decisionFor(of(line))];
    if (rank(after.verdict) < rank(before.verdict)) loosened.push(of(line));
  }
  assert.deepEqual(loosened, []);
}

function isLine(example: Example): example is string {
  return typeof example === 'string';
}
