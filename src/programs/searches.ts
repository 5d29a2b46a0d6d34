import { absolute, basename, isWithin } from '../core/paths.ts';
import type { Machine } from '../core/ports.ts';
import type { Command, Program, Said } from '../core/program.ts';
import { namesCredentials, secretName, soughtAmong, soughtBy } from '../core/seek.ts';
import { readArguments, type Arguments } from '../core/shell/flags.ts';
import { findArguments } from '../core/shell/found.ts';
import { isAnything, programName } from '../core/shell/wrappers.ts';
import type { Word } from '../core/shell/words.ts';

interface Searcher {
  /** Options with which folders are searched; `true` where that is the way of the program. */
  readonly recursive: readonly string[] | true;
  /** Options with which ignored files are searched too. */
  readonly ignored: readonly string[] | true;
  /** Options with which no line is shown. */
  readonly silent: readonly string[];
  readonly values: readonly string[];
}

const common =
  `-e -f -m -A -B -C --regexp --file --max-count --context --after-context --before-context`.split(' ');
const silent = `-l --files-with-matches --files-without-match -c --count -q --quiet --silent`.split(' ');

/** grep 3.12 and its kin (not checked against their manual pages). */
const grep: Searcher = {
  recursive: ['-r', '-R', '--recursive', '--dereference-recursive'],
  ignored: true,
  silent: [...silent, '-L'],
  values: [
    ...common,
    ...`-d -D --include --exclude --exclude-dir --exclude-from --label --directories --devices --binary-files`.split(
      ' ',
    ),
  ],
};
/** ripgrep 15 (not checked against its manual page). */
const ripgrep: Searcher = {
  recursive: true,
  ignored: `-u -uu -uuu --unrestricted --no-ignore --no-ignore-vcs --hidden -.`.split(' '),
  silent: [...silent, '--count-matches'],
  values: [
    ...common,
    ...`-g -t -T -j -M -r -E -d --glob --iglob --type --type-not --color --colors --sort --sortr --encoding --engine
      --max-columns --max-depth --replace --threads --pre --pre-glob --ignore-file --path-separator --max-filesize
      --context-separator --type-add --type-clear`.split(/\s+/),
  ],
};
const silverSearcher: Searcher = {
  recursive: true,
  ignored: ['-u', '-U', '--unrestricted', '--hidden', '-a', '--all-types', '-t'],
  silent: [...silent, '-L'],
  values: [...common, '-G', '-g', '-p', '--ignore', '--ignore-dir', '--depth', '--path-to-ignore', '--type'],
};

/** Looking for text, and showing what the environment holds. */
export const searches: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(
    Object.entries({
      grep,
      egrep: grep,
      fgrep: grep,
      ggrep: grep,
      zgrep: grep,
      bzgrep: grep,
      xzgrep: grep,
      pcregrep: grep,
      pcre2grep: grep,
      ugrep: grep,
      rg: ripgrep,
      ag: silverSearcher,
      ack: { ...silverSearcher, ignored: [] },
    }).map(([name, searcher]): [string, Program] => [
      name,
      (command, machine) => search(command, searcher, machine),
    ]),
  ),
  env: command => revealed(command, 'the whole environment'),
  printenv: command => revealed(command, 'the whole environment'),
  set: command => (command.words.length === 1 ? revealed(command, 'the whole environment') : []),
  export: dumped,
  declare: dumped,
  typeset: dumped,
  ps: processes,
  history: ({ words: [, ...rest] }) =>
    readArguments(rest).has('-r', '-n')
      ? readArguments(rest).operands.map(({ text, at }): Said => ({ does: 'read', path: text, at }))
      : readArguments(rest).has('-c', '-d')
        ? [
            {
              does: 'destroy',
              what: 'resource',
              service: 'shell',
              name: 'the history of commands',
              all: true,
            },
          ]
        : [],
  echo: printsSecret,
  printf: printsSecret,
  ...Object.fromEntries(
    `john hashcat hydra ncrack ophcrack pdfcrack fcrackzip zip2john ssh2john aircrack-ng patator crowbar kerbrute
      mimikatz pypykatz lazagne LaZagne laZagne.py lazagne.py pwdump fgdump gsecdump secretsdump.py crackmapexec netexec nxc
      linpeas linpeas.sh winpeas LinEnum.sh responder Responder.py`
      .split(/\s+/)
      .map((name): [string, Program] => [name, cracks]),
  ),
};

/** Programs made to get at passwords that nobody handed out. */
function cracks({ words: [, ...rest], at }: Command): readonly Said[] {
  const { operands, has } = readArguments(rest);
  return has('--help', '--version')
    ? []
    : [...operands.flatMap(reads), { does: 'seek', what: 'credentials', at }];
}

function reads({ text, at }: Word): readonly Said[] {
  return /[./~]/.test(text) ? [{ does: 'read', path: text, at }] : [];
}

function search(command: Command, searcher: Searcher, machine: Machine): readonly Said[] {
  const given = readArguments(command.words.slice(1), { values: searcher.values });
  if (given.has('--version', '--help', '-V', '--type-list')) return [];
  if (given.has('--files')) return given.operands.map(listed);
  const kept = given.all('-f', '--file');
  const patterns = given.all('-e', '--regexp');
  const elsewhere = kept.length + patterns.length > 0;
  const [first, ...rest] = given.operands;
  const sought = elsewhere ? patterns : first ? [first] : [];
  const targets = (elsewhere ? given.operands : rest).filter(word => !isAnything(word));
  const prepared = given.all('--pre').map(({ text, at }): Said => ({ nested: 'shell', text, at }));
  const before = [...kept.filter(({ text }) => text !== '-').map(readOne), ...prepared];
  if (!sought.length && !kept.length) return before;
  if (!targets.length && given.operands.some(isAnything)) return before;
  const deep = searcher.recursive === true || given.has(...searcher.recursive);
  const piped = command.input.from === 'pipe' || command.input.from === 'text';
  if (!targets.length && (piped || !deep)) return [...before, ...pipedSearch(command, sought, machine)];
  return [...before, ...searched({ command, searcher, given, sought, targets, deep, machine })];
}

interface Searching {
  readonly command: Command;
  readonly searcher: Searcher;
  readonly given: Arguments;
  /** The patterns. */
  readonly sought: readonly Word[];
  readonly targets: readonly Word[];
  readonly deep: boolean;
  readonly machine: Machine;
}

function searched({ command, searcher, given, sought, targets, deep, machine }: Searching): readonly Said[] {
  const at = sought[0]?.at ?? command.at;
  const places = targets.length ? targets : [{ text: '.', known: true, wild: false, at }];
  const query = sought.map(word => word.text).join('|');
  const include = given.value('--include', '--glob', '-g', '--iglob')?.text;
  const ignored = searcher.ignored === true || given.has(...searcher.ignored);
  const everyLine = given.has('-v', '--invert-match') || !sought.length;
  const how = {
    does: 'search',
    query: everyLine ? '' : query,
    regex: !everyLine && !given.has('-F', '--fixed-strings'),
    ignored,
  } as const;
  const shows = !given.has(...searcher.silent);
  const where = (word: Word): readonly Said[] => {
    // What `find` finds is looked at line by line, as a search of its folder is.
    if (word.wild && word.text.includes('**/'))
      return shows
        ? [{ ...how, ignored: true, path: word.text, include: basename(word.text), at: word.at }]
        : [];
    if (!deep) return shows || !word.wild ? [readOne(word)] : [];
    if (!shows) return [listed(word)];
    return [{ ...how, path: word.text, at: word.at, ...(include !== undefined && { include }) }];
  };
  const unrestricted =
    searcher.ignored !== true && given.has('-u', '-uu', '-uuu', '--unrestricted', '--no-ignore');
  const away = places.filter(word => isAway(word, command.cwd, machine));
  const looked = soughtBy(query) ? places : plainWord.test(query) ? (unrestricted ? places : away) : [];
  const wide = deep || places.some(word => word.text.includes('**/'));
  return [
    ...places.flatMap(where),
    ...(wide ? looked.map((word): Said => ({ does: 'seek', what: 'credentials', path: word.text, at })) : []),
  ];
}

/** A word for a credential and nothing else: ordinary in source code, a hunt in what git ignores or in somebody's home. */
const plainWord =
  /^\W{0,4}(?:access|secret|auth)?[_ -]?(?:tokens?|secrets?|passwords?|passwd|credentials?|api[_-]?keys?)\W{0,4}$/i;

function isAway({ text, known }: Word, cwd: string, machine: Machine): boolean {
  return known && /^[~/]|^\.\.(?:\/|$)/.test(text) && !isWithin(absolute(text, cwd, machine), cwd, machine);
}

function readOne({ text, at }: Word): Said {
  return { does: 'read', path: text, at };
}

function listed({ text, at }: Word): Said {
  return { does: 'list', path: text, at };
}

/** `env | grep TOKEN` looks for a credential in what the command before it prints. */
function pipedSearch({ input }: Command, patterns: readonly Word[], machine: Machine): readonly Said[] {
  const before = input.from === 'pipe' ? input.commands : [];
  return patterns
    .filter(({ text }) => before.some(command => isHunt(command, text, machine)))
    .map(({ at }): Said => ({ does: 'seek', what: 'credentials', at }));
}

function isHunt(command: Command, pattern: string, machine: Machine): boolean {
  const [name, ...rest] = command.words;
  switch (programName(name?.text ?? '')) {
    case 'env':
    case 'printenv':
    case 'set':
    case 'export':
    case 'declare':
    case 'typeset':
      return soughtAmong(pattern) !== undefined;
    case 'history':
    case 'ps':
      return soughtBy(pattern) !== undefined || plainWord.test(pattern);
    case 'git':
      return (
        (soughtBy(pattern) !== undefined || plainWord.test(pattern)) &&
        rest.some(({ text }) => /^(?:log|show|diff|stash)$/.test(text))
      );
    case 'find':
      return (
        namesCredentials(pattern) &&
        findArguments(rest).roots.some(word => isAway(word, command.cwd, machine))
      );
    case 'ls':
    case 'fd':
    case 'tree':
      return namesCredentials(pattern) && rest.some(word => isAway(word, command.cwd, machine));
    default:
      return false;
  }
}

function revealed(command: Command, what: string): readonly Said[] {
  if (narrows(command)) return [];
  const { operands, has } = readArguments(command.words.slice(1), { values: ['-u', '--unset', '-C'] });
  if (has('-i', '--ignore-environment', '--help', '--version')) return [];
  const named = operands.filter(({ text }) => soughtBy(text) || secretName.test(text));
  if (programName(command.words[0]?.text ?? '') === 'printenv' && operands.length)
    return named.map(({ text, at }): Said => ({ does: 'reveal', what: `the variable ${text}`, at }));
  return operands.some(word => !word.text.includes('=')) ? [] : [{ does: 'reveal', what }];
}

/** `export -p`, `declare -x`: all variables, or those that are named. */
function dumped(command: Command): readonly Said[] {
  const { operands, has } = readArguments(command.words.slice(1));
  if (has('-f', '-F')) return [];
  if (!operands.length)
    return revealed({ ...command, words: command.words.slice(0, 1) }, 'the whole environment');
  return has('-p')
    ? operands
        .filter(({ text }) => secretName.test(text))
        .map(({ text, at }): Said => ({ does: 'reveal', what: `the variable ${text}`, at }))
    : [];
}

/** `env | grep PATH` shows what it looks for, and says so itself where that is a credential; `cut -d= -f1` only names. */
function narrows({ into }: Command): boolean {
  const [name, ...rest] = into?.words ?? [];
  const line = rest.map(({ text }) => text).join(' ');
  switch (into && programName(name?.text ?? '')) {
    case 'grep':
    case 'egrep':
    case 'fgrep':
    case 'rg':
      return narrowing(rest);
    case 'cut':
      return /-d ?=/.test(line) && /-f ?1(?:\s|$)/.test(line);
    case 'awk':
      return /-F ?=/.test(line) && /^[^$]*\$1[^$]*$/.test(line);
    case 'sed':
      return /s(.)=\.\*\1\1/.test(line);
    case 'wc':
      return true;
    default:
      return false;
  }
}

function narrowing(rest: readonly Word[]): boolean {
  const { operands, has, value } = readArguments(rest, { values: grep.values });
  if (has('-v', '--invert-match')) return has('-q', '-c', '--quiet', '--count');
  const pattern = (value('-e', '--regexp') ?? operands[0])?.text.replace(/\\./g, '') ?? '';
  // A function's name, as `set` shows it.
  return /[a-z]{2}|\(\)/i.test(pattern);
}

/** `ps eww` shows the environment of what runs: the `e` has no dash. */
function processes({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, has } = readArguments(rest, {
    values: [
      '-o',
      '-O',
      '-p',
      '-u',
      '-U',
      '-C',
      '-g',
      '-G',
      '-t',
      '-s',
      '-k',
      '--sort',
      '--format',
      '--pid',
      '--ppid',
      '--user',
    ],
  });
  return has('-E') || /^(?=[a-zA-Z]+$)[^e]*e/.test(operands[0]?.text ?? '')
    ? [{ does: 'reveal', what: 'the environment of running programs' }]
    : [];
}

/** Programs that print what they are given, as it is or in another form, or send it as it is. */
const shows = new Set(
  `cat tee head tail less more grep sed awk gawk cut tr rev base64 base32 basenc xxd od hexdump hexyl fold wc sort nl jq strings
    bat paste column fmt pr uniq tac rg nc ncat netcat telnet mail`.split(/\s+/),
);

/** `echo $API_TOKEN` shows it; piped into a login it does not. */
function printsSecret({ words: [, ...rest], into }: Command): readonly Said[] {
  if (into && !shows.has(programName(into.words[0]?.text ?? ''))) return [];
  return rest
    .filter(({ known }) => !known)
    .flatMap(({ text, at }) =>
      // `${TOKEN:+set}` and `${#TOKEN}` only tell whether and how long.
      [...withoutCommands(text).matchAll(/\$(?:\{([A-Za-z_]\w*)(?!\w|:?\+)|([A-Za-z_]\w*))/g)]
        .map(([, braced, plain]) => braced ?? plain ?? '')
        .filter(name => secretName.test(name))
        .map((name): Said => ({ does: 'reveal', what: `the variable ${name}`, at })),
    );
}

/** What a command in the text prints is its own affair. */
function withoutCommands(text: string): string {
  const from = text.search(/\$\(|`/);
  const to = Math.max(text.lastIndexOf(')'), text.lastIndexOf('`'));
  return from < 0 ? text : text.slice(0, from) + text.slice(Math.max(from, to + 1));
}
