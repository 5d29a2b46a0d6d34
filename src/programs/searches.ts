import type { Command, Program, Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';
import { isAnything, programName } from '../core/shell/wrappers.ts';
import { soughtBy } from '../core/seek.ts';
import type { Word } from '../core/shell/words.ts';

/** Looking for text, and showing what the environment holds. */
export const searches: Readonly<Record<string, Program>> = {
  grep: command =>
    search(command, { recursive: ['-r', '-R', '--recursive', '--dereference-recursive'], ignored: true }),
  egrep: command => search(command, { recursive: ['-r', '-R', '--recursive'], ignored: true }),
  fgrep: command => search(command, { recursive: ['-r', '-R', '--recursive'], ignored: true }),
  zgrep: command => search(command, { recursive: [], ignored: true }),
  rg: command =>
    search(command, { recursive: true, ignored: ['-u', '--no-ignore', '--no-ignore-vcs', '--hidden', '-.'] }),
  ag: command => search(command, { recursive: true, ignored: ['-u', '-U', '--unrestricted', '--hidden'] }),
  ack: command => search(command, { recursive: true, ignored: [] }),
  env: command => revealed(command, 'the whole environment'),
  printenv: command => revealed(command, 'the whole environment'),
  set: ({ words }) => (words.length === 1 ? [{ does: 'reveal', what: 'the whole environment' }] : []),
  export: ({ words }) =>
    words.length === 1 || words[1]?.text === '-p' ? [{ does: 'reveal', what: 'the whole environment' }] : [],
  declare: ({ words }) =>
    words.length === 1 || words[1]?.text === '-p' || words[1]?.text === '-x'
      ? [{ does: 'reveal', what: 'the whole environment' }]
      : [],
  echo: printsSecret,
  printf: printsSecret,
};

interface How {
  /** Options with which folders are searched; `true` where that is the way of the program. */
  readonly recursive: readonly string[] | true;
  /** Options with which ignored files are searched too. */
  readonly ignored: readonly string[] | true;
}

const values = [
  '-e',
  '-f',
  '-m',
  '-A',
  '-B',
  '-C',
  '-d',
  '-D',
  '-g',
  '-t',
  '-T',
  '--regexp',
  '--file',
  '--include',
  '--exclude',
  '--exclude-dir',
  '--glob',
  '--type',
  '--max-count',
  '--context',
  '--color',
  '--colour',
  '--iglob',
  '-j',
];

/** grep 3.12, ripgrep 15 (not checked against their manual pages). */
function search(command: Command, { recursive, ignored }: How): readonly Said[] {
  const given = readArguments(command.words.slice(1), { values });
  const patterns = given.all('-e', '--regexp');
  const [first, ...rest] = given.operands;
  const listing = given.has('--files', '--version', '--help', '-V');
  const pattern = listing ? undefined : (patterns[0] ?? first);
  if (!pattern) return [];
  const targets = (patterns.length ? given.operands : rest).filter(word => !isAnything(word));
  if (!targets.length && given.operands.some(isAnything)) return [];
  const deep = recursive === true || given.has(...recursive);
  const piped = command.input.from === 'pipe' || command.input.from === 'text';
  if (!targets.length && (piped || !deep)) return pipedSearch(command, pattern);
  const places = targets.length ? targets : [{ text: '.', known: true, wild: false, at: pattern.at }];
  const query = (patterns.length ? patterns.map(word => word.text) : [pattern.text]).join('|');
  const include = given.value('--include', '--glob', '-g', '--iglob')?.text;
  const regex = !given.has('-F', '--fixed-strings');
  const sought = soughtBy(query);
  return [
    ...places.flatMap((word): readonly Said[] =>
      deep
        ? [
            {
              does: 'search',
              query,
              regex,
              path: word.text,
              ignored: ignored === true || given.has(...ignored),
              at: word.at,
              ...(include !== undefined && { include }),
            },
          ]
        : [{ does: 'read', path: word.text, at: word.at }],
    ),
    ...(sought && deep
      ? places.map((word): Said => ({ does: 'seek', what: sought, path: word.text, at: pattern.at }))
      : []),
  ];
}

/** `env | grep TOKEN` looks for a credential in what the command before it prints. */
function pipedSearch({ input }: Command, pattern: Word): readonly Said[] {
  const names =
    input.from === 'pipe' ? input.commands.map(({ words: [name] }) => programName(name?.text ?? '')) : [];
  const sought = soughtBy(pattern.text);
  return sought && names.some(name => /^(?:env|printenv|set|export|history|ps)$/.test(name))
    ? [{ does: 'seek', what: sought, at: pattern.at }]
    : [];
}

function revealed(command: Command, what: string): readonly Said[] {
  if (narrows(command)) return [];
  const { operands } = readArguments(command.words.slice(1), { values: ['-u', '--unset', '-C'] });
  const named = operands.filter(({ text }) => soughtBy(text) || secretName.test(text));
  if (programName(command.words[0]?.text ?? '') === 'printenv' && operands.length)
    return named.map(({ text, at }): Said => ({ does: 'reveal', what: `the variable ${text}`, at }));
  return operands.some(word => !word.text.includes('=')) ? [] : [{ does: 'reveal', what }];
}

/** `env | grep PATH` shows what it looks for, and says so itself where that is a credential. */
function narrows({ into }: Command): boolean {
  const [name, ...rest] = into?.words ?? [];
  if (!into || !/^(?:[ef]?grep|rg)$/.test(programName(name?.text ?? ''))) return false;
  const { operands, has, value } = readArguments(rest, { values });
  const pattern = value('-e', '--regexp') ?? operands[0];
  return (
    pattern !== undefined &&
    pattern.text.length > 1 &&
    !/^\.\*?$/.test(pattern.text) &&
    !has('-v', '--invert-match')
  );
}

/** Programs that print what they are given, as it is or in another form. */
const shows = new Set([
  'cat',
  'tee',
  'head',
  'tail',
  'less',
  'more',
  'grep',
  'sed',
  'awk',
  'cut',
  'tr',
  'rev',
  'base64',
  'base32',
  'xxd',
  'od',
  'hexdump',
  'fold',
  'wc',
  'sort',
  'nl',
  'jq',
  'strings',
]);

const secretName = /(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** `echo $API_TOKEN` shows it; piped into a login it does not. */
function printsSecret({ words: [, ...rest], into }: Command): readonly Said[] {
  if (into && !shows.has(programName(into.words[0]?.text ?? ''))) return [];
  return rest.flatMap(({ text, known, at }): readonly Said[] => {
    const name = known ? undefined : /\$\{?([A-Za-z_]\w*)/.exec(text)?.[1];
    return name && secretName.test(name) ? [{ does: 'reveal', what: `the variable ${name}`, at }] : [];
  });
}
