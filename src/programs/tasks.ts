import type { Lead, Span } from '../core/model.ts';
import type { Machine } from '../core/ports.ts';
import { unknown, type Command, type Program, type Said } from '../core/program.ts';
import { recipesIn } from '../core/recipes.ts';
import { readArguments } from '../core/shell/flags.ts';
import { fedTo } from '../core/shell/printed.ts';
import type { Value, Word } from '../core/shell/words.ts';

/** How a runner of tasks is told which, and from which file. The next one is a row. */
interface Runner {
  /** The file it reads where none is named. */
  readonly file: string;
  /** Verbs of its own behind which the name stands; without them the first operand is the name. */
  readonly verbs?: readonly string[];
  /** Whether the name may stand there without such a verb; then these are verbs that run nothing of the file's. */
  readonly bare?: true;
  readonly others?: readonly string[];
  /** Options that are followed by a value, those that name the file, and those that name the folder. */
  readonly values: readonly string[];
  readonly named: readonly string[];
  readonly folder: readonly string[];
  /** Options with which nothing runs. */
  readonly dry: readonly string[];
  /** Every operand is a task. Else what stands behind the name is its own. */
  readonly many?: true;
  /** It runs where it was started, wherever its files lie. */
  readonly here?: true;
  /** Without a name, one runs all the same. */
  readonly otherwise?: true;
}

const make: Runner = {
  file: 'Makefile',
  values: ['-I', '--include-dir', '-o', '--old-file', '-W', '--what-if', '--eval'],
  named: ['-f', '--file', '--makefile'],
  folder: ['-C', '--directory'],
  dry: ['-n', '--just-print', '--dry-run', '--recon', '-h', '--help', '-v', '--version', '-q', '--question'],
  many: true,
  here: true,
  otherwise: true,
};

const task: Runner = {
  file: 'Taskfile.yml',
  values: ['-o', '--output', '-C', '--concurrency', '-I', '--interval', '--sort'],
  named: ['-t', '--taskfile'],
  folder: ['-d', '--dir'],
  dry: [
    '-n',
    '--dry',
    '-l',
    '--list',
    '-a',
    '--list-all',
    '--summary',
    '-h',
    '--help',
    '--version',
    '-i',
    '--init',
  ],
  many: true,
  otherwise: true,
};

const python: Runner = {
  file: 'pyproject.toml',
  values: [],
  named: [],
  folder: ['-C', '--directory', '-p', '--project'],
  dry: ['-h', '--help', '--version', '-d', '--dry-run'],
};

/** Not checked against their manuals. */
const runners: Readonly<Record<string, Runner>> = {
  just: {
    file: 'justfile',
    values: ['--set', '--shell', '--shell-arg', '--color', '--dotenv-path', '--dotenv-filename', '--chooser'],
    named: ['-f', '--justfile'],
    folder: ['-d', '--working-directory'],
    dry: [
      '-n',
      '--dry-run',
      '-l',
      '--list',
      '--summary',
      '-s',
      '--show',
      '--dump',
      '--evaluate',
      '--fmt',
      '-h',
      '--help',
      '-V',
      '--version',
      '--choose',
      '-e',
      '--edit',
    ],
    many: true,
    otherwise: true,
  },
  task,
  'go-task': task,
  composer: {
    file: 'composer.json',
    verbs: ['run', 'run-script'],
    bare: true,
    others:
      'about archive audit browse home bump check-platform-reqs clear-cache clearcache config create-project depends why diagnose dump-autoload dumpautoload exec fund global help info init install i licenses list outdated prohibits why-not reinstall remove rm require r search self-update selfupdate show status suggests update u upgrade validate'.split(
        ' ',
      ),
    values: ['--timeout'],
    named: [],
    folder: ['-d', '--working-dir'],
    dry: ['-l', '--list', '-h', '--help', '-V', '--version'],
  },
  poe: python,
};

/** Programs that run tasks that a file of the project keeps, and scripts by several names at once. */
export const tasks: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(Object.entries(runners).map(([name, row]) => [name, runner(row)])),
  make: makes,
  gmake: makes,
  turbo: everywhere(['run']),
  lerna: everywhere(['run', 'run-script']),
  nx,
};

const makesAsNamed = runner(make);

/** Beside what it makes of its file: what it is told on the line, or fed, as a part of that file. */
function makes(command: Command, machine: Machine): readonly Said[] {
  const { all } = readArguments(command.words.slice(1), {
    values: [...make.values, ...make.named, ...make.folder],
  });
  const told = all('--eval').flatMap(({ text, known, at }) => makefile({ options: [text], known }, at));
  const isFed = all(...make.named).some(({ text }) => text === '-' || text === '/dev/stdin');
  return isFed
    ? [...told, ...makefile(fedTo(command), command.at)]
    : [...told, ...makesAsNamed(command, machine)];
}

/** What a Makefile computes is not read in a text that nobody keeps, what it runs is. */
function makefile(value: Value | undefined, at: Span): readonly Said[] {
  if (!value?.known) return [unknown('a Makefile that cannot be known here', at)];
  return value.options.map((text): Said =>
    /\$[({](?:shell|file|eval|call|foreach|guile|load)\b|!=|^[ \t]*(?:-?s?include|load)\b/m.test(text)
      ? unknown('a Makefile on the line that computes what it is', at)
      : { nested: 'shell', text: recipesIn(text), at },
  );
}

function runner(row: Runner): Program {
  const options = { values: [...row.values, ...row.named, ...row.folder] };
  return ({ words: [, ...rest], at }) => {
    const { has, value, operands } = readArguments(rest, options);
    if (has(...row.dry)) return [];
    const [first] = operands;
    const verb = first && row.verbs?.includes(first.text) ? first : undefined;
    if (row.verbs && !verb && !(row.bare && first && !row.others?.includes(first.text))) return [];
    const after = operands.slice(verb ? 1 : 0);
    const values = valuesIn(after);
    // `make -j 4`: a number is no task.
    const names = after.filter(it => !/^\d+$|^[\w.-]+[:?+]?=/.test(it.text));
    const folder = value(...row.folder)?.text;
    const file = value(...row.named)?.text ?? row.file;
    const lead = (name: string): Lead => ({
      to: 'target',
      file: folder === undefined || /^[/~]/.test(file) ? file : `${folder}/${file}`,
      name,
      ...((row.here || value(...row.named)) && { folder: folder ?? '.' }),
      ...(Object.keys(values).length > 0 && { values }),
    });
    const asked = row.many ? names : names.slice(0, 1);
    if (!asked.length) return row.otherwise ? [{ does: 'follow', lead: lead(''), at }] : [];
    return asked.map((word): Said =>
      word.known
        ? { does: 'follow', lead: lead(word.text), at: word.at }
        : { does: 'unknown', why: 'the name of a task that is not known', at: word.at },
    );
  };
}

/** `make clean DIR=/`: what the command line sets, nothing in the file sets again. */
function valuesIn(words: readonly Word[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words.flatMap(({ text, known }) => {
      const match = /^([\w.-]+)[:?+]?=([^]*)$/.exec(text);
      return match ? [[match[1], known ? match[2] : '${MAKE_VALUE}']] : [];
    }),
  ) as Readonly<Record<string, string>>;
}

function script(word: Word, workspace?: string, manifest = 'package.json'): Said {
  return {
    does: 'follow',
    lead: { to: 'script', manifest, name: word.text, ...(workspace !== undefined && { workspace }) },
    at: word.at,
  };
}

/** `deno task x`: of its own manifest, or of the one it shares with Node; anything else is the program's own. */
export function withTasks(program: Program = () => []): Program {
  return (command, machine) => {
    const [, verb, ...rest] = command.words;
    if (verb?.text !== 'task') return program(command, machine);
    const [name] = readArguments(rest, { values: ['--cwd', '-c', '--config'] }).operands;
    return name ? ['deno.json', 'deno.jsonc', 'package.json'].map(it => script(name, undefined, it)) : [];
  };
}

/** `turbo run build test --filter=web`: scripts of all workspaces, or of those that are named. */
function everywhere(verbs: readonly string[]): Program {
  return ({ words: [, ...rest] }) => {
    const { has, value, operands } = readArguments(rest, {
      values: ['--filter', '-F', '--scope', '--concurrency', '--cache-dir', '--ignore', '--since'],
    });
    const [verb, ...names] = operands;
    if (!verb || !verbs.includes(verb.text) || has('--dry-run', '--dry', '--help')) return [];
    const which = value('--filter', '-F', '--scope')?.text;
    return names.map(name => script(name, which && /^[@\w./*-]+$/.test(which) ? which : '*'));
  };
}

/** `nx run web:deploy`, `nx deploy web`, `nx run-many -t deploy`. */
function nx({ words: [, ...rest] }: Command): readonly Said[] {
  const { value, operands } = readArguments(rest, {
    values: [
      '-t',
      '--target',
      '--targets',
      '-p',
      '--projects',
      '--project',
      '-c',
      '--configuration',
      '--parallel',
    ],
  });
  const [verb, name] = operands;
  if (verb?.text === 'run' && name) {
    const [project = '', target = ''] = name.text.split(':');
    return [script({ ...name, text: target }, project)];
  }
  const target = value('-t', '--target', '--targets');
  if (verb && /^(?:run-many|affected)$/.test(verb.text))
    return target ? target.text.split(',').map(it => script({ ...target, text: it }, '*')) : [];
  return verb && name && /^[\w:-]+$/.test(verb.text) ? [script(verb, name.text)] : [];
}
