import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Input, Said } from '../../src/core/program.ts';
import { service, type Service } from '../../src/core/service.ts';
import type { Value, Word } from '../../src/core/shell/words.ts';
import { paperMachine } from '../support/world.ts';

/*
 * How a table is read. What the tables of real programs say is proved by their examples, in tables/services.test.ts.
 */

const table: Service = {
  service: 'shop',
  title: 'A shop',
  programs: ['shop'],
  values: '-n',
  reach: { environment: '--env' },
  variables: { environment: 'SHOP_ENV' },
  scratch: /^test$/,
  verbs: {
    'crate open': { runs: 1 },
    eval: { evaluates: 'shell', after: 0 },
    calc: { evaluates: 'python', text: '-c' },
    token: { reveals: 'the token of the shop' },
    'history forget': { discards: 'history' },
    'stock drop': { destroys: 'table' },
    'stock clear *shelf|*,shelf,*|shelf-*-x': { destroys: 'bucket' },
    '': { destroys: 'database', with: '--burn' },
  },
  examples: { catches: [], leaves: [] },
};

describe('a service', () => {
  test('reads what its command runs as that command’s own, help and all', () => {
    assert.deepEqual(brief('crate open -n 3 box rm -rf data --help'), ['words rm -rf data --help']);
    assert.deepEqual(brief('crate open box rm help'), ['words rm help']);
    assert.deepEqual(brief('crate open --help box rm x'), []);
  });

  test('does nothing where it is asked how it is used', () => {
    assert.deepEqual(brief('stock drop --help'), []);
    assert.deepEqual(brief('stock drop help'), []);
    assert.deepEqual(brief('help stock drop'), []);
    assert.deepEqual(brief('stock drop shelf help'), ['destroy table shelf']);
    assert.deepEqual(brief('stock drop -- --help'), ['destroy table --help']);
  });

  test('finds texts in options and operands', () => {
    assert.deepEqual(brief('eval ls'), ['shell ls']);
    assert.deepEqual(brief('calc -c print(1)'), ['code python print(1)']);
  });

  test('takes a star for any part of a word', () => {
    for (const word of ['shelf', 'topshelf', 'a,shelf,b', 'shelf--x', 'shelf-1-x'])
      assert.deepEqual(brief(`stock clear ${word}`), ['destroy bucket'], word);
    for (const word of ['shelf1', 'ashelf,b', 'shelf-x'])
      assert.notDeepEqual(brief(`stock clear ${word}`), ['destroy bucket'], word);
  });

  test('says what git can no longer bring back', () => {
    assert.deepEqual(brief('history forget'), ['discard history']);
  });

  test('shows nothing to a program that reads a credential from its input', () => {
    assert.deepEqual(brief('token'), ['reveal the token of the shop']);
    assert.deepEqual(brief('token', { into: 'docker login --password-stdin' }), []);
    assert.deepEqual(brief('token', { into: 'cat' }), ['reveal the token of the shop']);
  });

  test('lets an environment go that is made anew', () => {
    assert.deepEqual(brief('stock drop a --env test'), []);
    assert.deepEqual(brief('stock drop a', { variables: { SHOP_ENV: 'test' } }), []);
    assert.deepEqual(brief('stock drop a --env live', { variables: { SHOP_ENV: 'test' } }), [
      'destroy table a in live',
    ]);
  });

  test('guesses where no row of the path of no words holds', () => {
    assert.deepEqual(brief('anything --burn'), ['destroy database']);
    assert.deepEqual(brief('volume delete v-1'), ['destroy volume v-1']);
    assert.deepEqual(brief('volume list'), []);
  });
});

interface Given {
  readonly into?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** What `shop …` is said to do, each in a few words. */
function brief(line: string, { into, variables = {} }: Given = {}): readonly string[] {
  const program = service(table);
  return program(
    { ...command(`shop ${line}`, variables), ...(into && { into: command(into, {}) }) },
    paperMachine,
  ).map(told);
}

function command(line: string, variables: Readonly<Record<string, string>>) {
  const input: Input = { from: 'nowhere' };
  const words = line
    .split(' ')
    .map((text, index): Word => ({ text, known: true, wild: false, at: [index, index + 1] }));
  const variable = (name: string): Value | undefined =>
    Object.hasOwn(variables, name) ? { options: [variables[name] ?? ''], known: true } : undefined;
  return { words, redirects: [], cwd: '/work/project', input, variable, at: [0, line.length] as const };
}

function told(said: Said): string {
  if ('nested' in said) {
    if (said.nested === 'words') return `words ${said.words.map(it => it.text).join(' ')}`;
    return [said.nested, ...('language' in said ? [said.language] : []), said.text].join(' ');
  }
  const where = 'reach' in said && said.reach?.environment ? `in ${said.reach.environment}` : undefined;
  return [said.does, 'what' in said && said.what, 'name' in said && said.name, where]
    .filter(Boolean)
    .join(' ');
}
