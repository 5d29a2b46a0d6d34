import type { Command, Program, Said } from '../../core/program.ts';
import { readArguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';

/** Who may do what with files: modes, owners, lists and attributes (not checked against their manual pages). */
export const permitting: Readonly<Record<string, Program>> = {
  chmod: command => permits(command, ['--reference']),
  chown: command => permits(command, ['--reference', '--from']),
  chgrp: command => permits(command, ['--reference']),
  setfacl,
  chattr: ({ words: [, ...rest] }) => {
    const { operands, has } = readArguments(rest, { values: ['-p', '-v'] });
    return permitted(
      operands.filter(({ text }) => !/^[+=]/.test(text)),
      has('-R'),
      false,
    );
  },
};

/** `chmod MODE FILE…`: the first operand is the mode or the owner, unless it is one that begins with a dash. */
function permits({ words: [, ...rest] }: Command, values: readonly string[]): readonly Said[] {
  const { operands, has, flags } = readArguments(rest, { values });
  const dashed = has('--reference') || flags.some(flag => /^-[rwxXst]+$/.test(flag.text));
  const alone = operands.length === 1;
  const [mode, ...targets] = dashed || alone ? [undefined, ...operands] : operands;
  const open = /^[0-7]?[0-7]{2}[2367]$|^(?:a|o|ugo|go)?[+=][rxX]*w/.test(mode?.text ?? '');
  return permitted(targets, has('-R', '--recursive'), open);
}

function setfacl({ words: [, ...rest] }: Command): readonly Said[] {
  const values = [
    '-m',
    '-M',
    '-x',
    '-X',
    '--modify',
    '--modify-file',
    '--remove',
    '--remove-file',
    '--set',
    '--set-file',
    '--restore',
  ];
  const { operands, has, all } = readArguments(rest, { values });
  if (has('--test')) return [];
  const open = all('-m', '--modify', '--set').some(({ text }) => /(?:^|,)(?:d:)?o(?:ther)?::?r?w/.test(text));
  return permitted(operands, has('-R', '--recursive'), open);
}

function permitted(targets: readonly (Word | undefined)[], deep: boolean, open: boolean): readonly Said[] {
  return targets
    .flatMap(word => word ?? [])
    .map(({ text, at }): Said => ({ does: 'permit', path: text, deep, open, at }));
}
