import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { heard, refusalOf, refusedBy, repeatsKey, toolsIn } from '../../src/core/mcp.ts';
import { callOf } from '../../src/core/passed.ts';

describe('a line of a client', () => {
  test('without a call is nobody’s business, JSON or not', () => {
    for (const line of [
      '',
      '{',
      'null',
      '{"id":1,"method":"ping"}\n',
      '"tool/call"',
      '{"method":"prompts/get"}',
    ])
      assert.deepEqual(heard(line), { is: 'plain' });
  });

  test('is read as far as we mind it', () => {
    const line =
      '[{"id":"a","method":"tools/list"},{"method":"notifications/cancelled","params":{"requestId":3}},{"id":null,"method":"resources/read","params":7},5]\r\n';
    const read = heard(line);
    assert.ok(read.is === 'messages' && read.batch);
    assert.deepEqual(
      read.messages.map(({ asks, cancels, lists }) => asks ?? cancels ?? lists),
      ['a', 3, { event: 'ReadResource', params: {} }, undefined],
    );
  });
});

describe('a key that stands twice', () => {
  for (const [json, twice] of [
    ['{"a":1,"b":{"a":2},"c":["a",{"a":1},{"a":1}]}', false],
    ['{"a":1,"\\u0061":2}', true],
    ['{"a":1, "A" :2}', true],
    ['{"p":{"q":{"a":1,"A":2}}}', false],
    ['{"p":{"q":{"a":{"b":"{"},"a":2}}}', true],
    ['{"a":"b","c":"a","d":"\\\\","e":"\\"a"}', false],
    ['{"a":"\\\\","a":1}', true],
    ['["a","a",{"b":["b","b"]}]', false],
  ] as const)
    test(json, () => assert.equal(repeatsKey(json), twice));

  test('is in nothing that JSON.stringify writes', () => {
    const keys = fc.string().map(it => it.toLowerCase());
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), it => {
        const json = JSON.stringify({ p: { p: { p: it } } }, null, 1);
        return !repeatsKey(json);
      }),
    );
  });
});

test('what a server says of its tools is kept short', () => {
  const properties = { a: { title: 'A', description: 'x'.repeat(9000) }, b: 7, c: { enum: [1] } };
  const message = {
    id: 1,
    result: { tools: [{ name: 't', annotations: { x: 1 }, inputSchema: { properties } }, { name: 7 }] },
  };
  const found = toolsIn(message);
  assert.equal(found?.tools.length, 1);
  assert.deepEqual(
    Object.values(found.tools[0]?.schema ?? {}).map(it => String(it).length),
    [500, 0, 0],
  );
  for (const it of [null, 7, [], { id: 1 }, { id: 1, result: { tools: 'x' } }])
    assert.ok(!toolsIn(it)?.tools.length);
});

describe('a reply', () => {
  const said = (permissionDecision: string) =>
    JSON.stringify({ hookSpecificOutput: { permissionDecision, permissionDecisionReason: 'why' } });
  test('is a yes where it is silent or says so, and a no whatever else it is', () => {
    const reply = (stdout: string, exit = 0, stderr = '') => refusedBy({ stdout, stderr, exit });
    assert.equal(reply(''), undefined);
    assert.equal(reply(said('allow')), undefined);
    assert.equal(reply(said('deny')), 'why');
    assert.equal(reply(said('allow'), 2), 'why');
    assert.equal(reply('', 2, 'gone\n'), 'gone');
    for (const stdout of ['{}', 'null', '[', '"allow"', said('ask').replace('why', '')])
      assert.equal(reply(stdout), 'Chaperone refused this.');
  });

  test('has no answer where none is expected', () => {
    assert.equal(refusalOf({ event: 'CallTool', params: {} }, 'why'), undefined);
  });
});

test('a call is the same to a hook and to the gateway', () => {
  const input = { b: [{ d: 1, c: 2 }], a: null };
  const same = { b: [{ c: 2, d: 1 }], a: null };
  assert.equal(
    JSON.stringify(callOf({ kind: 'tool', server: 'a', name: 'x', input })),
    JSON.stringify(
      callOf({ kind: 'tool', server: 'b-c', name: 'x', input: same, hints: { destructive: true } }),
    ),
  );
  assert.equal(callOf({ kind: 'harmless', what: 'x' }), undefined);
});
