import { asksBy } from '../core/marks.ts';
import { ours } from '../core/ours.ts';
import type { Program, Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';

/** Programs that act on the editor or on Chaperone itself, and on the machine as a whole. */
export const machine: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(
    ['code', 'code-insiders', 'code-server', 'codium', 'cursor', 'windsurf', 'antigravity'].map(name => [
      name,
      editor,
    ]),
  ),
  unset: ({ words: [, ...rest] }) =>
    rest
      .filter(({ text }) => asksBy.has(text))
      .map(({ text, at }): Said => ({ does: 'tamper', what: `whether this shell asks, by \`${text}\``, at })),
  chaperone: ({ words: [, ...rest], at }) => ours(rest, at),
  // A program of somebody else's has the same name.
  guard: ({ words: [name, ...rest], at }) =>
    rest[0]?.text === 'run' && rest.some(({ text }) => /^--with(?:=|$)/.test(text))
      ? ours(rest, at)
      : [{ does: 'run', program: 'guard', origin: 'unfamiliar', ...(name && { at: name.at }) }],
};

/** `code --uninstall-extension` takes Chaperone away as a person's click would. */
function editor({ words: [, ...rest] }: Parameters<Program>[0]): readonly Said[] {
  const given = readArguments(rest, {
    values: [
      '--uninstall-extension',
      '--disable-extension',
      '--install-extension',
      '--user-data-dir',
      '--extensions-dir',
      '--profile',
      '--goto',
      '-g',
    ],
  });
  const removed = given
    .all('--uninstall-extension', '--disable-extension')
    .filter(word => /chaperone/i.test(word.text));
  return [
    ...removed.map(({ at }): Said => ({ does: 'tamper', what: 'whether Chaperone runs', at })),
    ...(given.has('--disable-extensions')
      ? [{ does: 'tamper', what: 'whether Chaperone runs' } as const]
      : []),
    ...given.operands.map(({ text, at }): Said => ({ does: 'read', path: text, at })),
  ];
}
