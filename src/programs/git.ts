import { basename } from '../core/paths.ts';
import { unknown, type Command, type Said } from '../core/program.ts';
import { readArguments, type Arguments } from '../core/shell/flags.ts';
import type { Word } from '../core/shell/words.ts';
import { hostOf } from '../core/urls.ts';
import { showing, stashShown, within } from './git/showing.ts';

type Verb = (words: readonly Word[], command: Command) => readonly Said[];

/** What git does with the arguments it is given (as of git 2.39, not checked against its manual). Whether we mind is for `rules/git.ts` to say. */
export function git(command: Command): readonly Said[] {
  const given = readArguments(command.words.slice(1), {
    values: ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path', '--config-env'],
    early: true,
  });
  const [verb, ...rest] = given.operands;
  const settings = given.all('-c').flatMap(setting);
  // Where the file system makes no difference between letters, git finds `git-RESET` too.
  const name = verb?.text.toLowerCase() ?? '';
  const alias = settings.find(({ key }) => key === `alias.${name}`);
  const does = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  return [
    ...settings.flatMap(startedBy),
    ...(alias && verb
      ? aliased(alias, verb, rest)
      : within(given.value('-C')?.text, does?.(rest, command) ?? [])),
  ];
}

const verbs: Readonly<Record<string, Verb>> = {
  push,
  reset: words =>
    optionsOf(words, ['--hard', '--merge', '--mixed', '--soft', '--keep']).has('--hard', '--merge')
      ? changes()
      : [],
  checkout,
  restore,
  switch: words => {
    const { has, value } = optionsOf(
      words,
      ['--force', '--discard-changes', '--create', '--force-create', '--orphan', '--detach', '--merge'],
      ['-c', '-C', '--create', '--force-create', '--orphan'],
    );
    const moved = value('-C', '--force-create');
    return [
      ...(has('-f', '--force', '--discard-changes') ? changes() : []),
      ...(moved ? [lostBranch(moved)] : []),
    ];
  },
  clean,
  branch,
  tag: words => named(words, 'tag', '-d', '--delete'),
  stash,
  rebase: aborted,
  merge: aborted,
  am: aborted,
  'cherry-pick': aborted,
  revert: aborted,
  gc: words =>
    readArguments(words).flags.some(flag => /^--prune=(?:now|all)/.test(flag.text))
      ? [{ does: 'discard', what: 'reflog' }]
      : [],
  prune: words => (readArguments(words).has('-n', '--dry-run') ? [] : [{ does: 'discard', what: 'reflog' }]),
  'filter-branch': () => [{ does: 'discard', what: 'history' }],
  'filter-repo': () => [{ does: 'discard', what: 'history' }],
  replace: words =>
    readArguments(words).has('-d', '--delete') ? [{ does: 'discard', what: 'history' }] : [],
  'update-ref': words => named(words, 'branch', '-d', '--delete'),
  worktree: ([verb, ...rest]) =>
    verb?.text === 'remove' && optionsOf(rest, ['--force']).has('-f', '--force')
      ? [{ does: 'discard', what: 'worktree' }]
      : [],
  bisect: ([verb, ...rest]) =>
    verb?.text === 'run' && rest[0] ? [{ nested: 'words', words: rest, at: spanOf(rest) }] : [],
  submodule: ([verb, ...rest]) =>
    verb?.text === 'foreach'
      ? foreach(rest)
      : verb?.text === 'deinit' && optionsOf(rest, ['--force', '--all']).has('-f', '--force')
        ? changes()
        : [],
  remote: ([verb, name]) =>
    /^(?:set-url)$/.test(verb?.text ?? '') && name
      ? [{ does: 'change', what: 'code', service: 'git', name: name.text }]
      : [],
  lfs: ([verb, ...rest]) =>
    verb?.text === 'prune' && readArguments(rest).has('-f', '--force')
      ? [{ does: 'discard', what: 'history' }]
      : [],
  rm: words => {
    const { has } = optionsOf(words, ['--cached', '--force', '--dry-run', '--quiet', '--ignore-unmatch']);
    return has('--cached', '-n', '--dry-run') ? [] : removed(words);
  },
  clone: words => {
    const { operands } = readArguments(words, {
      values: [
        '-b',
        '--branch',
        '-o',
        '--origin',
        '--depth',
        '-c',
        '--config',
        '--reference',
        '-j',
        '--jobs',
        '-u',
      ],
    });
    const [from, to] = operands;
    const folder = to?.text ?? basename((from?.text ?? '').replaceAll(':', '/')).replace(/\.git$/, '');
    return from && folder
      ? [
          { does: 'fetch', reach: { host: hostOf(from.text) }, url: from.text, at: from.at },
          { does: 'write', path: folder, how: 'create', at: (to ?? from).at },
        ]
      : [];
  },
  ...showing,
  difftool: (words, command) => [
    ...(showing['difftool']?.(words, command) ?? []),
    ...readArguments(words, { values: ['-x', '--extcmd', '-t', '--tool'] })
      .all('-x', '--extcmd')
      .map(lineIn),
  ],
  reflog,
  config,
};

function spanOf(words: readonly Word[]): readonly [number, number] {
  return [words[0]?.at[0] ?? 0, words.at(-1)?.at[1] ?? 0];
}

function lineIn({ text, at }: Word): Said {
  return { nested: 'shell', text, at };
}

/** Its words are joined and handed to a shell, in each submodule. */
function foreach(words: readonly Word[]): readonly Said[] {
  const { operands } = readArguments(words, { early: true });
  return operands.length
    ? [{ nested: 'shell', text: operands.map(word => word.text).join(' '), at: spanOf(operands) }]
    : [];
}

function changes(): readonly Said[] {
  return [{ does: 'discard', what: 'changes' }];
}

/** Reads options as git does: any beginning of a long one that only one has (`--forc`), and `--no-x` after `--x`. */
function optionsOf(
  words: readonly Word[],
  longs: readonly string[],
  values: readonly string[] = [],
): Arguments {
  const end = words.findIndex(word => word.text === '--');
  const full = words.map((word, index) => (end >= 0 && index > end ? word : completed(word, longs)));
  const taken = full.filter(
    ({ text }, index) =>
      !full.some(
        (later, at) => at > index && later.text === text.replace(/^--/, '--no-') && text.startsWith('--'),
      ),
  );
  return readArguments(taken, { values });
}

function completed(word: Word, longs: readonly string[]): Word {
  const [, begun, value = ''] = /^(--[a-z][a-z-]+)(=.*)?$/s.exec(word.text) ?? [];
  if (begun === undefined || longs.includes(begun)) return word;
  const found = longs.filter(long => long.startsWith(begun));
  return found.length === 1 ? { ...word, text: `${found[0]}${value}` } : word;
}

interface Setting {
  /** Lower case, as git compares it. */
  readonly key: string;
  readonly value: Word;
}

/** `-c key=value`. */
function setting(word: Word): readonly Setting[] {
  const equals = word.text.indexOf('=');
  return equals < 0
    ? []
    : [
        {
          key: word.text.slice(0, equals).toLowerCase(),
          value: { ...word, text: word.text.slice(equals + 1) },
        },
      ];
}

/** Settings that name a program which git then starts. */
const starts =
  /^(?:core\.(?:hookspath|fsmonitor|sshcommand|pager|editor|askpass|gitproxy)|pager\..*|sequence\.editor|credential(?:\..*)?\.helper|filter\..*\.(?:clean|smudge|process)|diff\.external|diff\..*\.(?:command|textconv)|merge\..*\.driver|gpg\.program|uploadpack\.packobjectshook)$/;

/** A program that a setting names by a path or an unknown word is not understood; what is plain is read as a line. */
function startedBy({ key, value }: Setting): readonly Said[] {
  if (!starts.test(key) || !value.text) return [];
  const line = value.text.replace(/^!/, '');
  return value.known && !/^(?:\S*\/|\$|`)/.test(line)
    ? [{ nested: 'shell', text: line, at: value.at }]
    : [unknown(`a setting of git, \`${key}\`, that starts a program`, value.at)];
}

/** An alias that the line itself defines: `!` begins a line for the shell, anything else is a verb of git. */
function aliased({ value }: Setting, verb: Word, rest: readonly Word[]): readonly Said[] {
  const after = rest.map(word => word.text).join(' ');
  const line = value.text.startsWith('!') ? value.text.slice(1) : `git ${value.text}`;
  return [{ nested: 'shell', text: `${line} ${after}`, at: verb.at }];
}

/** Going back on a merge or a rebase throws away how its conflicts were solved. */
function aborted(words: readonly Word[]): readonly Said[] {
  const longs = [
    '--abort',
    '--skip',
    '--continue',
    '--quit',
    '--autostash',
    '--onto',
    '--root',
    '--exec',
    '--interactive',
  ];
  const { has, all } = optionsOf(words, longs, [
    '-x',
    '--exec',
    '--onto',
    '-s',
    '--strategy',
    '-X',
    '-m',
    '--message',
  ]);
  const lines = all('-x', '--exec').map(({ text, at }): Said => ({ nested: 'shell', text, at }));
  return has('--abort', '--skip') ? [...changes(), ...lines] : lines;
}

function push(words: readonly Word[]): readonly Said[] {
  const longs = [
    '--force',
    '--force-with-lease',
    '--force-if-includes',
    '--delete',
    '--mirror',
    '--prune',
    '--all',
    '--tags',
    '--set-upstream',
    '--no-verify',
    '--dry-run',
  ];
  const { has, operands, flags } = optionsOf(words, longs, [
    '-o',
    '--push-option',
    '--repo',
    '--receive-pack',
    '--exec',
  ]);
  if (has('-n', '--dry-run')) return [];
  const [, ...refs] = operands;
  const lease = flags.some(flag => flag.text.startsWith('--force-with-lease'));
  const force =
    has('-f', '--force', '--mirror') || refs.some(ref => /^\+|:\+/.test(ref.text))
      ? 'yes'
      : lease
        ? 'lease'
        : 'no';
  const target = refs[0]?.text
    .split(':')
    .at(-1)
    ?.replace(/^\+/, '')
    .replace(/^refs\/heads\//, '');
  const gone = refs.filter(ref => /^:./.test(ref.text) || has('-d', '--delete'));
  return [
    { does: 'publish', what: 'commits', force, ...(target && { name: target }), reach: {} },
    ...gone.map((ref): Said => ({
      does: 'destroy',
      what: 'code',
      service: 'git',
      name: ref.text.replace(/^:/, ''),
      all: false,
      reach: {},
      at: ref.at,
    })),
    ...(has('--prune') && refs.length
      ? [{ does: 'destroy', what: 'code', service: 'git', all: true, reach: {} } as const]
      : []),
  ];
}

const checkoutLongs = [
  '--force',
  '--ours',
  '--theirs',
  '--merge',
  '--patch',
  '--detach',
  '--track',
  '--quiet',
  '--orphan',
  '--conflict',
  '--pathspec-from-file',
  '--recurse-submodules',
  '--no-recurse-submodules',
  '--overlay',
  '--guess',
  '--progress',
];

/** Switches to a branch, or takes files from one; which it is, only their names tell. */
function checkout(words: readonly Word[]): readonly Said[] {
  const dashes = words.findIndex(word => word.text === '--');
  const { has, operands, value } = optionsOf(words, checkoutLongs, [
    '-b',
    '-B',
    '--orphan',
    '--conflict',
    '--pathspec-from-file',
  ]);
  const moved = value('-B');
  if (has('-b', '-B', '--orphan')) return moved ? [lostBranch(moved)] : [];
  const behind = dashes >= 0 && dashes < words.length - 1;
  const [first] = operands;
  const files = operands.length > 1 || (first !== undefined && isFile(first.text));
  return has('-f', '--force', '--ours', '--theirs', '--pathspec-from-file', '-p', '--patch') ||
    behind ||
    files
    ? changes()
    : [];
}

/** Whether the one word given to `git checkout` is a file rather than a branch or a tag. */
function isFile(text: string): boolean {
  return (
    /^(?:\.{1,2}(?:\/|$)|:|~\/|\/)|\/$|[*?]/.test(text) ||
    (/\.[a-z][a-z0-9]{0,9}$/i.test(text) && !/^v?\d/.test(text) && !/\.(?:x|lock)$/.test(text)) ||
    /^(?:Makefile|Dockerfile|LICENSE|Gemfile|Rakefile|Procfile)$/.test(text)
  );
}

function restore(words: readonly Word[]): readonly Said[] {
  const { has, operands } = optionsOf(
    words,
    [
      '--staged',
      '--worktree',
      '--source',
      '--patch',
      '--conflict',
      '--pathspec-from-file',
      '--ours',
      '--theirs',
      '--quiet',
    ],
    ['-s', '--source', '--conflict', '--pathspec-from-file'],
  );
  const named = operands.length > 0 || has('-p', '--patch', '--pathspec-from-file');
  const onlyIndex = has('--staged', '-S') && !has('--worktree', '-W');
  return named && !onlyIndex ? changes() : [];
}

function clean(words: readonly Word[]): readonly Said[] {
  const { has } = optionsOf(
    words,
    ['--force', '--dry-run', '--exclude', '--interactive'],
    ['-e', '--exclude'],
  );
  return has('-f', '--force') && !has('-n', '--dry-run') ? [{ does: 'discard', what: 'untracked' }] : [];
}

function branch(words: readonly Word[]): readonly Said[] {
  const { has, operands } = optionsOf(
    words,
    ['--delete', '--force', '--move', '--copy', '--list', '--all', '--remotes', '--merged', '--contains'],
    ['-u', '--set-upstream-to', '--sort', '--format', '--contains'],
  );
  const forced = has('-D') || (has('-d', '--delete') && has('-f', '--force'));
  if (forced) return operands.map(lostBranch);
  const moved = has('-f', '--force', '-M', '-C') && operands.length > 1 ? operands.slice(0, 1) : [];
  return moved.map(lostBranch);
}

function lostBranch({ text, at }: Word): Said {
  return { does: 'discard', what: 'branch', name: text, at };
}

function stash([verb, ...rest]: readonly Word[]): readonly Said[] {
  if (verb?.text === 'show') return stashShown(rest);
  return verb?.text === 'clear' || verb?.text === 'drop'
    ? [{ does: 'discard', what: 'stash', ...(rest[0] && { name: rest[0].text }) }]
    : [];
}

/** Without `-f` git only removes what it can bring back. */
function removed(words: readonly Word[]): readonly Said[] {
  const { has, operands } = optionsOf(words, ['--force', '--cached', '--quiet', '--dry-run']);
  if (!has('-f', '--force')) return [];
  return [
    ...changes(),
    ...operands.map(({ text, at, wild }): Said => ({
      does: 'delete',
      path: text,
      deep: has('-r') || wild,
      at,
    })),
  ];
}

function named(words: readonly Word[], what: 'tag' | 'branch', ...flags: readonly string[]): readonly Said[] {
  const { has, operands } = optionsOf(words, ['--delete', '--force', '--list', '--annotate', '--message']);
  return has(...flags)
    ? operands.map(({ text, at }): Said => ({ does: 'discard', what, name: text, at }))
    : [];
}

/** Beside expiring it, a log of its own. */
function reflog(words: readonly Word[], command: Command): readonly Said[] {
  return /^(?:expire|delete)$/.test(words[0]?.text ?? '')
    ? [{ does: 'discard', what: 'reflog' }]
    : (showing.reflog?.(words, command) ?? []);
}

/** What is set for good: a program that git starts at the next command, unseen. */
function config(words: readonly Word[]): readonly Said[] {
  const { operands, all } = readArguments(words, { values: ['-f', '--file', '--type', '--default'] });
  const files = all('-f', '--file').filter(({ text }) => text !== '-');
  const read = files.map(({ text, at }): Said => ({ does: 'read', path: text, at }));
  const [key, value] = operands.filter(({ text }) => !/^(?:set|add|replace-all)$/.test(text));
  if (!key || !value) return read;
  const name = key.text.toLowerCase();
  const quiet =
    /^(?:core\.(?:pager|editor)|pager\..*|sequence\.editor|credential(?:\..*)?\.helper|gpg\.program)$/;
  const runs =
    (starts.test(name) && !quiet.test(name)) || (name.startsWith('alias.') && value.text.startsWith('!'));
  return runs ? [...read, unknown('a setting of git that starts a program later', key.at)] : read;
}
