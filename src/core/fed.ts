import type { Language, Span } from './model.ts';
import { unknown, type Command, type Said } from './program.ts';
import { programName } from './shell/names.ts';
import { fedTo, printed } from './shell/printed.ts';
import type { Word } from './shell/words.ts';

interface Text {
  readonly text: string;
  readonly at: Span;
}

/** What an interpreter reads from its input: plain text is read too, a download or a decoded text is said to be one. */
export function fed(command: Command, make: (text: Text) => Said, as: Language): readonly Said[] {
  const { input, words } = command;
  const program = programName(words[0]?.text ?? '');
  switch (input.from) {
    case 'nowhere':
      return [];
    case 'text':
      return [make(input)];
    case 'file':
      return input.path.known
        ? [{ does: 'follow', lead: { to: 'file', path: input.path.text, as }, at: input.path.at }]
        : [unknown(`\`${program}\` runs a file which cannot be known here`, input.path.at)];
    case 'pipe': {
      const last = input.commands.findLast(it => it.words.length > 0);
      return last ? piped(last, command, input.commands, program, make, as) : [];
    }
  }
}

const downloads = new Set(
  'curl wget http https xh xhs fetch aria2c axel lynx nc ncat netcat socat telnet ssh scp ftp gh'.split(' '),
);
const decoders = new Set(
  'base64 base32 base58 basenc xxd openssl gunzip zcat uudecode rev tr gzip bzip2 bunzip2 bzcat xz xzcat unxz zstd zstdcat gpg uncompress'.split(
    ' ',
  ),
);

function piped(
  last: Command,
  command: Command,
  all: readonly Command[],
  program: string,
  make: (text: Text) => Said,
  as: Language,
): readonly Said[] {
  const { at } = last;
  const names = all.map(({ words: [name] }) => programName(name?.text ?? ''));
  if (names.some(name => downloads.has(name))) return [{ does: 'run', program, origin: 'download', at }];
  if (names.some(name => decoders.has(name))) return [{ does: 'run', program, origin: 'decoded', at }];
  const text = fedTo(command) ?? printed(last);
  if (text?.known && text.options.length) return text.options.map(option => make({ text: option, at }));
  const files = printedFiles(last);
  if (files.length && files.every(word => word.known))
    return files.map((word): Said => ({
      does: 'follow',
      lead: { to: 'file', path: word.text, as },
      at: word.at,
    }));
  return [unknown(`\`${program}\` runs what \`${last.words[0]?.text ?? ''}\` prints`, at)];
}

/**
 * The files that are printed whole. A selection of their lines is something else: a line that is text in a
 * here-document of the file is a command where it stands alone.
 */
export function printedFiles({ words: [name, ...rest] }: Command): readonly Word[] {
  return programName(name?.text ?? '') === 'cat' ? rest.filter(word => !word.text.startsWith('-')) : [];
}
