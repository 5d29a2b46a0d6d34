import type { Span } from '../../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { readArguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';

const shredding = ['-n', '-s', '-o', '--iterations', '--size', '--random-source'];

/** What takes files away: POSIX, GNU coreutils and what is installed beside them (not checked against their manual pages). */
export const deleting: Readonly<Record<string, Program>> = {
  rm,
  rmdir: command => deletes(command, false),
  unlink: command => deletes(command, false),
  // Overwritten before it is removed: nothing brings it back, so one file is as much as a folder.
  shred: command => beyondRecovery(deletes(command, true, shredding)),
  wipe: command =>
    beyondRecovery(deletes(command, true, ['-Q', '-q', '-x', '-p', '-o', '-l', '-S', '-R', '-b'])),
  scrub: command =>
    beyondRecovery(
      deletes(command, true, ['-p', '-s', '-b', '-D', '--pattern', '--device-size', '--blocksize']),
    ),
  srm: command => beyondRecovery(deletes(command, true)),
  trash: () => [],
  'trash-put': () => [],
  'trash-empty': ({ at }) => [{ does: 'delete', path: '~/.local/share/Trash', deep: true, at }],
  rimraf: command =>
    deletes(command, true, [
      '--preserve-root',
      '--tmp',
      '--max-retries',
      '--retry-delay',
      '--backoff',
      '--impl',
      '-g',
    ]),
  del: rm,
  truncate,
};

function rm(command: Command): readonly Said[] {
  const { has } = readArguments(command.words.slice(1));
  return deletes(command, has('-r', '-R', '--recursive', '-d'));
}

function deletes(
  { words: [name, ...rest], at }: Command,
  deep: boolean,
  values: readonly string[] = [],
): readonly Said[] {
  const { operands, has } = readArguments(rest, { values });
  if (has('--help', '--version')) return [];
  return operands.map(word => deleted(word, deep, name?.text ?? '', at));
}

function beyondRecovery(said: readonly Said[]): readonly Said[] {
  return said.map(it => ('does' in it && it.does === 'delete' ? { ...it, beyond: true } : it));
}

/** `at` is the whole command: what a person looks for is `rm -rf data`, not `data`. */
export function deleted(word: Word, deep: boolean, by: string, at: Span): Said {
  if (!word.known && /^(?:\{\}|\$\(|`)/.test(word.text))
    return unknown(`\`${by}\` deletes what another command names`, word.at);
  return { does: 'delete', path: word.text, deep: deep || word.wild, at };
}

function truncate({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands, value } = readArguments(rest, { values: ['-s', '-r', '--size', '--reference'] });
  const emptied = /^0+[A-Za-z]*$/.test(value('-s', '--size')?.text ?? '');
  return operands.map(({ text, at }): Said => ({
    does: 'write',
    path: text,
    how: 'empty',
    at,
    ...(emptied && { text: '' }),
  }));
}
