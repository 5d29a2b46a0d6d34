import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agents } from '../../src/agents/index.ts';
import {
  ago,
  coverLines,
  coverOf,
  coverWords,
  silentAgents,
  type Standing,
} from '../../src/core/coverage.ts';

const [agent] = agents.filter(it => it.wiring.length > 0);
assert.ok(agent);
const now = Date.UTC(2026, 10, 29);
const standing = (more: Partial<Standing> = {}): Standing => ({
  agent,
  found: '/usr/bin/agent',
  version: '1.2.3',
  wired: 'wired',
  off: [],
  heard: { at: now - 120_000, events: { PreToolUse: now - 120_000 } },
  lists: [],
  ...more,
});

describe('how an agent is covered', () => {
  const cases: readonly (readonly [Partial<Standing>, string, string])[] = [
    [{}, 'covered', 'guarded, spoke 2 minutes ago'],
    [{ heard: undefined }, 'waiting', 'hook in place, nothing heard yet'],
    [{ wired: 'outdated' }, 'broken', 'hook out of date'],
    [{ off: ['it is off'] }, 'broken', 'its hooks are switched off'],
    [{ wired: 'unreadable', problem: 'no' }, 'broken', 'cannot be read'],
    [{ wired: 'absent', heard: undefined }, 'open', 'not guarded'],
    // What once spoke and is not written any more protects nobody.
    [{ wired: 'absent' }, 'open', 'not guarded'],
    [{ wired: 'absent', found: undefined, heard: undefined }, 'elsewhere', 'not found here'],
  ];
  for (const [more, cover, words] of cases)
    test(words, () => {
      assert.equal(coverOf(standing(more)), cover);
      assert.equal(coverWords(standing(more), now), words);
    });

  test('is by what was heard, not by what was written, where the hook comes with the extension', () => {
    const ours = { ...agent, wiring: [] };
    assert.equal(coverOf(standing({ agent: ours, wired: 'absent', found: undefined })), 'covered');
    assert.equal(
      coverOf(standing({ agent: ours, wired: 'absent', found: undefined, heard: undefined })),
      'waiting',
    );
  });

  test('is told whole: what is not covered, what its lists cover and leave, and how that is known', () => {
    const lists = [{ file: './.ignore', is: 'written', covers: 'reads', leaves: 'commands' }];
    const lines = coverLines(standing({ lists, off: ['off by a file'] }), now);
    const titles = lines.map(({ title }) => title);
    for (const title of ['switched off', 'found', 'hook', 'seen', 'is told of', 'if our hook fails', 'known'])
      assert.ok(titles.includes(title), title);
    assert.equal(titles.filter(it => it === 'not covered').length, agent.coverage.gaps.length);
    assert.match(lines.find(it => it.title === 'list written')?.words ?? '', /covers reads; leaves commands/);
  });
});

describe('every agent says how far its hook reaches', () => {
  for (const { id, coverage } of agents)
    test(id, () => {
      assert.ok(coverage.sees.length > 0);
      assert.ok(coverage.source.length > 3);
      for (const gap of coverage.gaps) assert.doesNotMatch(gap, /\.$/);
    });
});

test('times are told as people say them', () => {
  assert.deepEqual(
    [-5, 0, 59, 61, 3600, 7200, 86_400, 900_000].map(seconds => ago(now - seconds * 1000, now)),
    [
      'in the last minute',
      'in the last minute',
      'in the last minute',
      '1 minute ago',
      '1 hour ago',
      '2 hours ago',
      '1 day ago',
      '10 days ago',
    ],
  );
});

describe('an agent whose hook is silent', () => {
  const at = (heard?: number) =>
    heard === undefined ? {} : { codex: { at: heard, events: { PreToolUse: heard } } };
  const runs = (started: number) => [{ pid: 1, agent: 'codex', started }];
  const silent = (started: number, heard?: number, since = now - 60_000) =>
    silentAgents(runs(started), at(heard), since, now);

  test('is one with a command of some seconds and nothing heard', () => {
    assert.deepEqual(silent(now - 5_000), ['codex']);
    assert.deepEqual(silent(now - 5_000, now - 600_000), ['codex']);
  });
  test('is none that just began, or spoke before its command, or began before we looked', () => {
    assert.deepEqual(silent(now - 1_000), []);
    assert.deepEqual(silent(now - 5_000, now - 5_200), []);
    assert.deepEqual(silent(now - 5_000, now - 1_000), []);
    assert.deepEqual(silent(now - 120_000), []);
  });
  test('is told once', () => {
    const two = [...runs(now - 5_000), ...runs(now - 6_000)];
    assert.deepEqual(silentAgents(two, {}, 0, now), ['codex']);
  });
});
