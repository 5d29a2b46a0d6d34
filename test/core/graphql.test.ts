import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { destroyedBy, mutations } from '../../src/core/graphql.ts';

const fields = (text: string) => {
  const read = mutations(text);
  return read.read
    ? read.fields.map(({ name, subject }) => (subject === undefined ? name : `${name} ${subject}`))
    : 'unread';
};

describe('the fields of mutations', () => {
  for (const [text, expected] of [
    ['query { me { id } }', []],
    ['{ volumeDelete }', []],
    ['subscription { volumeDelete }', []],
    ['mutation { volumeDelete(volumeId: "v-1") }', ['volumeDelete v-1']],
    ['mutation M($id: ID!) { volumeDelete(volumeId: $id) }', ['volumeDelete']],
    ['mutation { x: volumeDelete(volumeId: "v-1") { id } y: b }', ['volumeDelete v-1', 'b']],
    ['query A { a } mutation B { b }', ['b']],
    ['mutation { ...F } fragment F on M { volumeDelete }', ['volumeDelete']],
    ['mutation { ... on M { volumeDelete(id: "v-1") } }', ['volumeDelete v-1']],
    ['mutation { ...F } fragment F on M { ...F }', []],
    ['mutation { volumeDelete(input: { id: "v-1" }) { id } }', ['volumeDelete v-1']],
    ['mutation { # a comment\n volumeDelete\n}', ['volumeDelete']],
    ['mutation { "x" }', 'unread'],
    ['mutation {', 'unread'],
    ['', 'unread'],
    [`{ ${'a '.repeat(40_000)} }`, 'unread'],
    ['{ a '.repeat(5_000), 'unread'],
  ] as const)
    test(text.slice(0, 60), () => assert.deepEqual(fields(text), expected));
});

test('what is sent beside a document', () => {
  const text = 'mutation A($id: ID!) { volumeDelete(id: $id) } mutation B { ping }';
  const named = (operation: string) => mutations(text, { operation, variables: { id: 'v-1' } });
  assert.deepEqual(named('A'), {
    read: true,
    fields: [{ name: 'volumeDelete', subject: 'v-1', settings: [] }],
  });
  assert.deepEqual(named('B'), { read: true, fields: [{ name: 'ping', settings: [] }] });
});

test('what arguments switch off', () => {
  const text =
    'mutation M($on: Boolean, $all: In) { update(a: { deletionProtection: $on, b: true }, c: $all) }';
  const read = mutations(text, { variables: { on: false, all: { backups: false } } });
  assert.deepEqual(read, {
    read: true,
    fields: [
      {
        name: 'update',
        settings: [
          ['deletionProtection', false],
          ['b', true],
          ['backups', false],
        ],
      },
    ],
  });
});

describe('what a field destroys', () => {
  for (const [field, what] of [
    ['volumeDelete', 'volume'],
    ['deleteVolume', 'volume'],
    ['volume_backup_remove', 'backup'],
    ['projectScheduleDelete', 'project'],
    ['purgeCache', 'cache'],
    ['disableBackupRetention', 'protection'],
    ['removeUserFromTeam', 'project'],
    ['dropDatabase', 'database'],
    ['deleteThing', 'resource'],
    ['volumeCreate', undefined],
    ['undeleteVolume', undefined],
    ['deliverVolume', undefined],
    ['', undefined],
  ] as const)
    test(field || 'nothing', () => assert.equal(destroyedBy(field), what));
});

test('no text throws', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('mutation', '{', '}', '(', ')', ':', '"', 'x', '$', '...', '#', '\n', '@', '!'),
      ),
      parts => void mutations(parts.join(' ')),
    ),
  ));
