import { unknown, type Command, type Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';
import type { Word } from '../core/shell/words.ts';

type Verb = (words: readonly Word[], command: Command) => readonly Said[];

/** What git does with the arguments it is given (as of git 2.39, not checked against its manual). Whether we mind is for `rules/git.ts` to say. */
export function git(command: Command): readonly Said[] {
  const [verb, ...rest] = readArguments(command.words.slice(1), {
    values: ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path'],
    early: true,
  }).operands;
  const does = verb && Object.hasOwn(verbs, verb.text) ? verbs[verb.text] : undefined;
  return does?.(rest, command) ?? [];
}

const verbs: Readonly<Record<string, Verb>> = {
  push,
  reset: words =>
    readArguments(words).has('--hard', '--merge') ? [{ does: 'discard', what: 'changes' }] : [],
  checkout,
  restore,
  switch: words =>
    readArguments(words, { values: ['-c', '-C', '--create', '--force-create', '--orphan'] }).has(
      '-f',
      '--force',
      '--discard-changes',
    )
      ? [{ does: 'discard', what: 'changes' }]
      : [],
  clean,
  branch,
  tag: words => named(words, 'tag', '-d', '--delete'),
  stash,
  reflog: ([verb]) =>
    /^(?:expire|delete)$/.test(verb?.text ?? '') ? [{ does: 'discard', what: 'reflog' }] : [],
  gc: words =>
    readArguments(words).flags.some(flag => /^--prune=(?:now|all)/.test(flag.text))
      ? [{ does: 'discard', what: 'reflog' }]
      : [],
  prune: () => [{ does: 'discard', what: 'reflog' }],
  'filter-branch': () => [{ does: 'discard', what: 'history' }],
  'filter-repo': () => [{ does: 'discard', what: 'history' }],
  'update-ref': words => named(words, 'branch', '-d', '--delete'),
  worktree: ([verb, ...rest]) =>
    verb?.text === 'remove' && readArguments(rest).has('-f', '--force')
      ? [{ does: 'discard', what: 'worktree' }]
      : [],
  rm: words => (readArguments(words).has('--cached') ? [] : removed(words)),
  show,
  'cat-file': show,
  'hash-object': words => opened(readArguments(words, { values: ['-t', '--path'] }).operands),
  diff: words => (readArguments(words).has('--no-index') ? opened(readArguments(words).operands) : []),
  config,
};

function push(words: readonly Word[]): readonly Said[] {
  const { has, operands, flags } = readArguments(words, {
    values: ['-o', '--push-option', '--repo', '--receive-pack', '--exec'],
  });
  const [, ...refs] = operands;
  const lease = flags.some(flag => flag.text.startsWith('--force-with-lease'));
  const force =
    has('-f', '--force', '--mirror') || refs.some(ref => ref.text.startsWith('+'))
      ? 'yes'
      : lease
        ? 'lease'
        : 'no';
  const target = refs[0]?.text.replace(/^\+/, '').split(':').at(-1);
  const gone = refs.filter(ref => /^:./.test(ref.text) || has('-d', '--delete'));
  return [
    { does: 'publish', what: 'commits', force, ...(target && { name: target }) },
    ...gone.map((ref): Said => ({
      does: 'destroy',
      what: 'code',
      service: 'git',
      name: ref.text.replace(/^:/, ''),
      all: false,
      at: ref.at,
    })),
  ];
}

function checkout(words: readonly Word[]): readonly Said[] {
  const dashes = words.findIndex(word => word.text === '--');
  const { has, operands } = readArguments(words, { values: ['-b', '-B', '--orphan', '--conflict'] });
  const wholeTree = operands.some(word => word.text === '.' || word.text === ':/');
  return has('-f', '--force') || wholeTree || (dashes >= 0 && dashes < words.length - 1)
    ? [{ does: 'discard', what: 'changes' }]
    : [];
}

function restore(words: readonly Word[]): readonly Said[] {
  const { has, operands } = readArguments(words, {
    values: ['-s', '--source', '--conflict', '--pathspec-from-file'],
  });
  const named = operands.length > 0 || has('-p', '--patch', '--pathspec-from-file');
  const onlyIndex = has('--staged', '-S') && !has('--worktree', '-W');
  return named && !onlyIndex ? [{ does: 'discard', what: 'changes' }] : [];
}

function clean(words: readonly Word[]): readonly Said[] {
  const { has } = readArguments(words, { values: ['-e', '--exclude'] });
  return has('-f', '--force') && !has('-n', '--dry-run') ? [{ does: 'discard', what: 'untracked' }] : [];
}

function branch(words: readonly Word[]): readonly Said[] {
  const { has, operands } = readArguments(words, {
    values: ['-u', '--set-upstream-to', '--sort', '--format', '--contains'],
  });
  const forced = has('-D') || (has('-d', '--delete') && has('-f', '--force'));
  return forced
    ? operands.map(({ text, at }): Said => ({ does: 'discard', what: 'branch', name: text, at }))
    : [];
}

function stash([verb, ...rest]: readonly Word[]): readonly Said[] {
  return verb?.text === 'clear' || verb?.text === 'drop'
    ? [{ does: 'discard', what: 'stash', ...(rest[0] && { name: rest[0].text }) }]
    : [];
}

/** Without `-f` git only removes what it can bring back. */
function removed(words: readonly Word[]): readonly Said[] {
  const { has, operands } = readArguments(words);
  return operands.map(({ text, at, wild }): Said => ({
    does: 'delete',
    path: text,
    deep: has('-r') || wild,
    at,
  }));
}

function named(words: readonly Word[], what: 'tag' | 'branch', ...flags: readonly string[]): readonly Said[] {
  const { has, operands } = readArguments(words);
  return has(...flags)
    ? operands.map(({ text, at }): Said => ({ does: 'discard', what, name: text, at }))
    : [];
}

/** `git show HEAD:.env` shows a file without opening it. */
function show(words: readonly Word[]): readonly Said[] {
  return words.flatMap(({ text, at }): readonly Said[] => {
    const path = /^[^:]*:(.+)$/.exec(text)?.[1];
    return path ? [{ does: 'read', path, at }] : [];
  });
}

function opened(words: readonly Word[]): readonly Said[] {
  return words.map(({ text, at }): Said => ({ does: 'read', path: text, at }));
}

/** Settings of git that start a program at the next command, unseen. */
function config(words: readonly Word[]): readonly Said[] {
  const { operands } = readArguments(words, { values: ['-f', '--file', '--type', '--default'] });
  const [key, value] = operands.filter(({ text }) => !/^(?:set|add|replace-all)$/.test(text));
  const starts =
    /^(?:core\.(?:hookspath|fsmonitor|sshcommand)|filter\..*\.(?:clean|smudge)|diff\.external)$/i;
  return key && value && starts.test(key.text)
    ? [unknown('a setting of git that starts a program later', key.at)]
    : [];
}
