import type { Doing, Reach } from '../../core/model.ts';
import type { Program, Said } from '../../core/program.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import { addressed, list, variableOf } from './client.ts';

/*
 * What comes with PostgreSQL beside psql. By the programs' own `--help`, version 15 (November 2026).
 */

const common = '-h --host -p --port -U --username -d --dbname --maintenance-db';

export const postgres: Readonly<Record<string, Program>> = {
  dropdb: tool({ about: given => all(given, 'database', true) }),
  dropuser: tool({ about: given => all(given, 'access', false) }),
  createuser: tool({
    values: '-c --connection-limit -g --role -v --valid-until --member-of --with-admin -a --with-member -m',
    about: ({ operands }) => [change('access', operands[0]?.text)],
  }),
  pg_restore: tool({
    values:
      '-f --file -F --format -I --index -j --jobs -L --use-list -n --schema -N --exclude-schema -P --function -S --superuser -t --table -T --trigger --section --role --filter',
    about: given => {
      const { has, value } = given;
      const file = value('-f', '--file')?.text;
      if (has('-l', '--list')) return [];
      if (!has('-d', '--dbname'))
        return file === undefined || file === '-' ? [] : [{ does: 'write', path: file, how: 'empty' }];
      const isClean = has('-c', '--clean');
      if (isClean && has('-C', '--create')) return [gone('database', undefined, true)];
      return [isClean ? gone('table', undefined, true) : change('table')];
    },
  }),
  pg_dump: tool({ values: '-f --file -F --format -j -n -N -t -T --table --schema', about: written }),
  pg_dumpall: tool({ values: '-f --file -l --database --roles', about: written }),
  vacuumdb: tool({ values: '-j -t --table -n --schema -N --jobs', about: () => [change('table')] }),
  reindexdb: tool({
    values: '-j -t --table -i --index -S --schema -s --jobs',
    about: () => [change('table')],
  }),
  clusterdb: tool({ values: '-t --table', about: () => [change('table')] }),
  vacuumlo: tool({ values: '-l', about: given => (given.has('-n') ? [] : all(given, 'object', true)) }),
  pgbench: tool({
    values: '-s -c -j -T -t -f -F -M -n --scale --client --jobs --time --transactions --file',
    about: ({ has }) => [has('-i', '--initialize') ? gone('table', 'pgbench_*', true) : change('rows')],
  }),
  pg_dropcluster: tool({
    about: ({ operands }) => [gone('cluster', operands.map(it => it.text).join('/') || undefined, true)],
  }),
  pg_ctl: control,
  pg_ctlcluster: control,
  pg_resetwal: tool({
    about: ({ has }) => (has('-n', '--dry-run') ? [] : [gone('backup', undefined, true)]),
  }),
  pg_archivecleanup: tool({
    values: '-x',
    about: ({ has }) => (has('-n') ? [] : [gone('backup', undefined, false)]),
  }),
  pg_rewind: tool({
    values: '-D --target-pgdata --source-pgdata --source-server',
    about: ({ has }) => (has('-n', '--dry-run') ? [] : [gone('database', undefined, true)]),
  }),
};

interface Tool {
  readonly values?: string;
  readonly about: (given: Arguments) => readonly Doing[];
}

function tool({ values, about }: Tool): Program {
  const options = { values: [...list(common), ...list(values)] };
  return ({ words: [, ...rest], at, variable }) => {
    const given = readArguments(rest, options);
    if (given.has('--help', '--version', '-V', '-?')) return [];
    const set = variable('PGHOST');
    const reach = reachOf(given, set?.known ? set.options[0] : undefined);
    return about(given).map((doing): Said => ({ ...placed(doing, reach), at }));
  };
}

/** Stops, restarts and promotes a server; the rest of it is about servers that do not run. */
function control({ words: [, ...rest], at }: Parameters<Program>[0]): readonly Said[] {
  const { operands } = readArguments(rest, {
    values: ['-D', '--pgdata', '-l', '-m', '--mode', '-o', '-t', '-p'],
  });
  const verb = operands.map(it => it.text).find(it => /^(?:stop|restart|promote|kill)$/.test(it));
  return verb ? [{ does: 'interrupt', what: 'database', service: 'postgresql', all: true, at }] : [];
}

function placed(doing: Doing, reach: Reach): Doing {
  return doing.does === 'destroy' || doing.does === 'change' ? { ...doing, reach } : doing;
}

function reachOf({ value }: Arguments, set: string | undefined): Reach {
  const database = value('-d', '--dbname');
  const host = value('-h', '--host');
  const variable = variableOf(database) ?? variableOf(host);
  if (variable !== undefined) return { variable };
  if (database && /:\/\/|^\w+=/.test(database.text)) return addressed(database.text);
  const there = host?.text ?? set;
  return {
    ...(there !== undefined && { host: there.startsWith('/') ? 'localhost' : there }),
    ...(database && { database: database.text }),
  };
}

function written({ value }: Arguments): readonly Doing[] {
  const file = value('-f', '--file')?.text;
  return file === undefined || file === '-' ? [] : [{ does: 'write', path: file, how: 'empty' }];
}

type Gone = (Doing & { readonly does: 'destroy' })['what'];

function all({ operands }: Arguments, what: Gone, every: boolean): readonly Doing[] {
  return operands.map(({ text }) => gone(what, text, every));
}

function gone(what: Gone, name: string | undefined, every: boolean): Doing {
  return { does: 'destroy', what, service: 'postgresql', all: every, ...(name !== undefined && { name }) };
}

function change(what: Gone, name?: string): Doing {
  return { does: 'change', what, service: 'postgresql', ...(name !== undefined && { name }) };
}
