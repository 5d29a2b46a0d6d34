import type { Command, Program, Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';
import { programName } from '../core/shell/wrappers.ts';
import { archives } from './files/archives.ts';
import { copying } from './files/copying.ts';
import { deleting } from './files/deleting.ts';
import { finding } from './files/finding.ts';
import { permitting } from './files/permitting.ts';
import { readers, reads, readsAfterScript, scripted, texts } from './files/reading.ts';
import { sealing } from './files/sealing.ts';

/** What becomes of files: POSIX utilities, GNU coreutils and what is installed beside them. */
export const files: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(Object.entries(readers).map(([name, values]) => [name, reads(values)])),
  ...Object.fromEntries(Object.entries(scripted).map(([name, row]) => [name, readsAfterScript(row)])),
  ...texts,
  ...deleting,
  ...copying,
  ...archives,
  ...finding,
  ...permitting,
  ...sealing,
  ...Object.fromEntries(
    [
      ...['mkfs', 'mke2fs', 'mkdosfs', 'mkntfs', 'mkswap', 'newfs', 'wipefs', 'blkdiscard'],
      ...'ext2 ext3 ext4 xfs btrfs vfat fat msdos exfat ntfs f2fs jfs reiserfs minix cramfs bfs nilfs2 udf'
        .split(' ')
        .map(kind => `mkfs.${kind}`),
    ].map(name => [name, formats]),
  ),
};

/** Formatting writes over a whole device, or over a file that holds a file system. */
function formats({ words: [name, ...rest] }: Command): readonly Said[] {
  const kind = programName(name?.text ?? '');
  const { operands, has } = readArguments(rest);
  const dry = /ext\d$|mke2fs$/.test(kind) ? '-n' : kind.endsWith('xfs') ? '-N' : '--no-act';
  if (has(dry, '--dry-run', '--no-act', '-V', '--version', '--help')) return [];
  // Without an option that erases, wipefs lists.
  if (kind === 'wipefs' && !has('-a', '--all', '-o', '--offset', '-t', '--types')) return [];
  // Which options take a value differs from one to the next; a device is known by its name.
  const named = operands.filter(({ text }) => !/^(?:\d+[kKmMgGsS]?|[\w-]+=\S*)$/.test(text));
  const target = named.find(({ text }) => text.startsWith('/dev/')) ?? named.at(-1);
  return target ? [{ does: 'write', path: target.text, how: 'empty', at: target.at }] : [];
}
