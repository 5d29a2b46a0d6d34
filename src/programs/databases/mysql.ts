import type { Doing, Reach } from '../../core/model.ts';
import type { Program, Said } from '../../core/program.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { list, variableOf } from './client.ts';

/*
 * What comes with MySQL and MariaDB beside the client; not checked against their manuals.
 */

const common = '-u --user -h --host -P --port -S --socket --defaults-file --default-character-set --protocol';

const admin = tool('', ({ operands }) => verbs(operands));
const imports = tool('--fields-terminated-by -c --columns --ignore-lines', ({ has }) => [
  has('-d', '--delete') ? destroys('rows') : changes('rows'),
]);
const dump = tool('-r --result-file -w --where -T --tab --ignore-table', ({ has, value }) => {
  const file = value('-r', '--result-file')?.text;
  return [
    ...(file === undefined ? [] : [{ does: 'write', path: file, how: 'empty' } as const]),
    ...(has('--delete-master-logs', '--delete-source-logs') ? [destroys('backup')] : []),
  ];
});
const check = tool('', ({ has }) =>
  has('-r', '--repair', '-o', '--optimize', '-a', '--analyze', '-g', '--check-upgrade', '--auto-repair')
    ? [changes('table')]
    : [],
);

export const mysql: Readonly<Record<string, Program>> = {
  mysqladmin: admin,
  'mariadb-admin': admin,
  mysqlimport: imports,
  'mariadb-import': imports,
  mysqldump: dump,
  'mariadb-dump': dump,
  mysqlcheck: check,
  'mariadb-check': check,
};

function tool(values: string, about: (given: Arguments) => readonly Doing[]): Program {
  const options = { values: [...list(common), ...list(values)] };
  return ({ words: [, ...rest], at }) => {
    const given = readArguments(
      rest.filter(({ text }) => !/^-p./.test(text)),
      options,
    );
    if (given.has('--help', '--version', '-V', '-?')) return [];
    const reach = reachOf(given);
    return about(given).map((doing): Said =>
      doing.does === 'destroy' || doing.does === 'change' || doing.does === 'interrupt'
        ? { ...doing, reach, at }
        : { ...doing, at },
    );
  };
}

function reachOf({ value }: Arguments): Reach {
  const host = value('-h', '--host');
  const variable = variableOf(host);
  if (variable !== undefined) return { variable };
  if (host) return { host: host.text };
  return value('-S', '--socket') ? { host: 'localhost' } : {};
}

/** `mysqladmin` takes several verbs in turn, some with a name behind them. */
function verbs(operands: readonly Word[]): readonly Doing[] {
  return operands.flatMap(({ text }, index): readonly Doing[] => {
    const name = operands[index + 1]?.text;
    switch (text) {
      case 'drop':
        return [{ ...destroys('database'), ...(name !== undefined && { name }) }];
      case 'shutdown':
      case 'stop-slave':
      case 'stop-replica':
        return [{ does: 'interrupt', what: 'database', service: 'mysql', all: text === 'shutdown' }];
      case 'kill':
        return [{ does: 'interrupt', what: 'process', service: 'mysql', all: false }];
      case 'password':
        return [{ ...destroys('access'), all: false }];
      case 'create':
        return [changes('database', name)];
      default:
        return text.startsWith('flush-') ? [changes('database')] : [];
    }
  });
}

function destroys(what: 'rows' | 'backup' | 'database' | 'access'): Doing & { readonly does: 'destroy' } {
  return { does: 'destroy', what, service: 'mysql', all: true };
}

function changes(what: 'rows' | 'table' | 'database', name?: string): Doing {
  return { does: 'change', what, service: 'mysql', ...(name !== undefined && { name }) };
}
