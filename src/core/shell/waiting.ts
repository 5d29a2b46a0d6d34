import type { Command } from '../program.ts';
import { readArguments, type Arguments } from './flags.ts';
import { programName, rowOf } from './names.ts';

/*
 * Programs that read what somebody types, and do it: shells, interpreters, clients of databases, editors. What counts is
 * whether the command says already what is to be done. From their manuals as we know them; not checked against each version.
 */

interface Waiting {
  /** Options that say what is to be done. */
  readonly tasks?: string;
  /** Options with which it waits all the same, once it has done it. */
  readonly stays?: string;
  /** Options that make a shell of it where it has nothing to do. */
  readonly opens?: string;
  /** What it does it does with what it reads. */
  readonly feeds?: true;
  /** The other options that are followed by a value. */
  readonly values?: string;
  /** How many operands only say with what or where; with more it has something to do. */
  readonly names?: number;
  /** Long options have one dash. */
  readonly single?: true;
  /** Where its output goes elsewhere, it waits for nobody. */
  readonly shown?: true;
}

/** Whether a command that starts no other does what is typed into it. */
export function waits(command: Command): boolean {
  const [name, ...rest] = command.words;
  if (!name?.known || !isTyped(command)) return false;
  const program = programName(name.text);
  if (rest.some(({ text }) => terminal.test(text)) && /^(?:\.|source)$/.test(program)) return true;
  if (opens([program, ...rest.map(({ text }) => text)])) return true;
  const row = rowOf(table, program);
  if (!row || (row.shown && command.into)) return false;
  return rest.some(({ text }) => terminal.test(text)) || isLeftAlone(row, rest);
}

/** Whether it does so after or beside what it starts. */
export function goesOn(command: Command): boolean {
  const [name, ...rest] = command.words;
  if (!name?.known || !isTyped(command)) return false;
  const program = programName(name.text);
  if (program === 'cmd') return rest.some(({ text }) => /^\/k/i.test(text));
  const row = rowOf(table, program);
  return row !== undefined && (row.feeds === true || argumentsOf(row, rest).has(...list(row.stays)));
}

function isLeftAlone(row: Waiting, rest: Command['words']): boolean {
  const given = argumentsOf(row, rest);
  if (given.has('--version', '--help', ...(row.single ? ['-version', '-help'] : []))) return false;
  if (given.has(...list(row.stays), ...list(row.opens))) return true;
  return (
    !given.has(...list(row.tasks)) && given.operands.filter(it => it.text !== '-').length <= (row.names ?? 0)
  );
}

function argumentsOf({ tasks, values, single }: Waiting, rest: Command['words']): Arguments {
  return readArguments(rest, {
    values: [...list(tasks), ...list(values)],
    early: true,
    ...(single && { single }),
  });
}

function list(words: string | undefined): readonly string[] {
  return words?.split(' ') ?? [];
}

function isTyped({ input }: Command): boolean {
  return input.from === 'nowhere' || (input.from === 'file' && terminal.test(input.path.text));
}

const terminal = /^\/(?:dev\/(?:stdin|tty|fd\/0|pts\/\d+)|proc\/self\/fd\/0)$/;

const always = 99;

const table: Readonly<Record<string, Waiting>> = {
  ...rows('sh bash zsh dash ksh mksh ash rbash tcsh csh fish', {
    tasks: '-c --command -n -V -v',
    stays: '-s',
    values: '-o -O +o +O --rcfile --init-file',
  }),
  ...rows('powershell pwsh', {
    tasks: '-c -Command -command -f -File -file -e -ec -enc -EncodedCommand',
    stays: '-NoExit -noexit',
    values: '-ExecutionPolicy -ep -Version -WorkingDirectory',
    single: true,
  }),
  ...rows('python python2 python3 pypy pypy3 ipython bpython ptpython', {
    tasks: '-c -m -V',
    stays: '-i',
    values: '-W -X',
  }),
  ...rows('node nodejs tsx ts-node', {
    tasks: '-e --eval -p --print -pe --run --test -v',
    stays: '-i --interactive',
    values: '-r --require --import --loader -C --conditions --env-file',
  }),
  deno: {},
  ...rows('ruby perl lua luajit tclsh julia', { tasks: '-e -E -v -V', stays: '-i -d', values: '-r -I -l' }),
  php: { tasks: '-r -f -i -m -v -S --run --file', stays: '-a --interactive', values: '-d -c -t' },
  ...rows('R radian', { tasks: '-e -f --file' }),
  ...rows('irb pry ghci scala jshell groovysh iex erl clj clojure guile racket sbcl ocaml utop dc', {
    tasks: '-e --eval -eval -c -noshell -b',
  }),
  ...rows('gdb lldb', { tasks: '-batch --batch -b', values: '-p -ex -x -o -s', names: always, single: true }),
  ...rows('vi vim nvim view ex ed nano pico emacs joe', {
    tasks: '-es -Es --batch -batch --script --headless',
    values: '-c +',
    names: always,
    single: true,
  }),
  ...rows('less more most man', { names: always, shown: true }),
  ...rows('psql pgcli cockroach-sql', {
    tasks: '-c --command -f --file -l --list -V',
    values:
      '-U --username -p --port -h --host -d --dbname -v --set --variable -o --output -L -P --pset -F -R -T',
    names: 2,
  }),
  ...rows('mysql mariadb mycli', {
    tasks: '-e --execute -V',
    values: '-u --user -h --host -P --port -D --database -S --socket --protocol --login-path',
    names: 1,
  }),
  ...rows('sqlite3 sqlite duckdb litecli', {
    tasks: '-c -s',
    values: '-cmd -init -separator -nullvalue -newline',
    names: 1,
    single: true,
  }),
  ...rows('redis-cli valkey-cli keydb-cli', {
    tasks: '--eval --scan --bigkeys --memkeys --stat --latency --rdb --pipe --cluster -v',
    values: '-h -p -s -a -u -n -r -i -d -t --user --pass',
  }),
  ...rows('mongosh mongo', {
    tasks: '--eval -f --file',
    stays: '--shell',
    values: '--host --port -u --username -p --password --authenticationDatabase',
    names: 1,
  }),
  ...rows('sqlcmd mssql-cli', {
    tasks: '-Q -i',
    stays: '-q',
    values: '-S -U -P -d -o -s -w -h -t -l -K',
  }),
  ...rows('clickhouse-client snowsql cqlsh usql cypher-shell', {
    tasks: '-q --query --queries-file -e --execute -f --file -c --command',
    values: '-h --host --port -u --user --username -p --password -d --database -a --address',
    names: 2,
  }),
  sqlplus: { values: '-r -m -c', names: 1 },
  ssh: {
    tasks: '-N -V -G -Q -O -f',
    values: '-p -i -l -o -L -R -D -F -J -b -c -e -m -w -B -E -I -S -W',
    names: 1,
  },
  ...rows('mosh telnet ftp', { values: '-p --ssh', names: 2 }),
  sftp: { tasks: '-b', values: '-P -i -o -F -c', names: 1 },
  su: { tasks: '-c --command', values: '-s --shell -g -G', names: 1 },
  ...rows('sudo doas run0', { opens: '-i -s --login --shell', values: '-u -g -h -p -C -r -t', names: -1 }),
  newgrp: { names: 1 },
  chroot: { values: '--userspec --groups', names: 1 },
  ...rows('unshare nsenter', { values: '-t -S -G -W --target --setuid --setgid --wd --root' }),
  script: { tasks: '-c --command', values: '-E -o -T -B -I -O -m', names: 1 },
  ...rows('xargs parallel', { feeds: true, names: always, values: '-I -n -P -L -d -s -E -a' }),
  ...rows('expect nix-shell', { tasks: '-c -f --run --command', values: '-p -I -A' }),
};

/** Programs of which one verb opens something to type into. */
interface Opening {
  readonly verbs: string;
  /** Options without which it does not, and with which it does not. */
  readonly needs?: string;
  readonly unless?: string;
}

const openings: readonly (readonly [programs: string, opening: Opening])[] = [
  ['rails', { verbs: 'c console db dbconsole' }],
  ['manage.py', { verbs: 'shell shell_plus dbshell' }],
  ['artisan', { verbs: 'tinker db' }],
  ['bun deno swift nix', { verbs: 'repl' }],
  ['flask poetry pipenv hatch devbox pixi', { verbs: 'shell' }],
  ['nix', { verbs: 'develop shell', unless: '-c --command' }],
  ['railway', { verbs: 'shell connect ssh' }],
  ['tmux', { verbs: 'attach attach-session a at new new-session', unless: '-d' }],
  ['docker podman', { verbs: 'run start', needs: '-i --interactive' }],
  ['docker podman kubectl', { verbs: 'attach' }],
  ['fly flyctl', { verbs: 'ssh console', unless: '-C --command' }],
  ['gcloud', { verbs: 'compute', needs: 'ssh', unless: '--command' }],
  ['aws', { verbs: 'ssm', needs: 'start-session' }],
  ['cockroach', { verbs: 'sql', unless: '-e --execute -f --file' }],
];

const consoles = new Set(['code', 'pdb', 'asyncio', 'IPython', 'sqlite3']);

function opens([program = '', ...words]: readonly string[]): boolean {
  if (program === 'cmd') return !words.some(it => /^\/c/i.test(it));
  if (/^(?:tmux|screen)$/.test(program) && !words.length) return true;
  if (program === 'screen') return words.some(it => /^-[rRx]/.test(it));
  if (program === 'crontab') return hasOne(words, '-e');
  const module = words.indexOf('-m');
  if (program.startsWith('py') && module >= 0 && consoles.has(words[module + 1] ?? '')) return true;
  const [verb = '', ...more] = words.filter(it => !it.startsWith('-'));
  // `python manage.py shell`, `php artisan tinker`.
  const script = programName(verb);
  if (/^(?:manage\.py|artisan)$/.test(script)) return opens([script, ...more]);
  return openings.some(
    ([programs, { verbs, needs, unless }]) =>
      list(programs).includes(program) &&
      list(verbs).includes(verb) &&
      (needs === undefined || hasOne(words, needs)) &&
      !(unless !== undefined && hasOne(words, unless)),
  );
}

/** Whether one of these options or words is there, also in a cluster: `-it`. */
function hasOne(words: readonly string[], names: string): boolean {
  return list(names).some(name =>
    words.some(
      it =>
        it === name ||
        it.startsWith(`${name}=`) ||
        (/^-[A-Za-z]$/.test(name) && /^-[A-Za-z]+$/.test(it) && it.includes(name.slice(1))),
    ),
  );
}

function rows(names: string, row: Waiting): Readonly<Record<string, Waiting>> {
  return Object.fromEntries(names.split(' ').map(name => [name, row]));
}
