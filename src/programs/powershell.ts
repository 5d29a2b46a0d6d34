import type { Command, Program, Said } from '../core/program.ts';
import type { Word } from '../core/shell/words.ts';

/** Cmdlets of PowerShell 7 and their aliases, and the commands of cmd.exe (not checked against learn.microsoft.com). Lower case. */
export const powershell: Readonly<Record<string, Program>> = {
  ...named(['remove-item', 'ri', 'rm', 'del', 'erase', 'rd', 'rmdir'], command => {
    const deep = options(command).some(option => /^(?:-r|-re|-rec\w*|\/s)$/i.test(option));
    return operands(command).map(({ text, at, wild }): Said => ({
      does: 'delete',
      path: text,
      deep: deep || wild,
      at,
    }));
  }),
  ...named(
    ['get-content', 'gc', 'cat', 'type', 'select-string', 'sls', 'import-csv', 'format-hex'],
    command => operands(command).map(reads),
  ),
  ...named(['copy-item', 'ci', 'cpi', 'copy', 'cp', 'xcopy', 'robocopy'], command => {
    const [from, to] = operands(command);
    return [
      ...(from ? [reads(from)] : []),
      ...(to ? [{ does: 'write', path: to.text, how: 'edit', at: to.at } as const] : []),
    ];
  }),
  ...named(['move-item', 'mi', 'move', 'mv', 'rename-item', 'rni', 'ren'], command => {
    const [from, to] = operands(command);
    return from && to ? [{ does: 'move', path: from.text, to: to.text, at: from.at }] : [];
  }),
  ...named(
    ['set-content', 'sc', 'clear-content', 'clc', 'out-file', 'new-item', 'ni', 'add-content', 'ac'],
    command =>
      operands(command)
        .slice(0, 1)
        .map(({ text, at }): Said => ({ does: 'write', path: text, how: 'empty', at })),
  ),
  ...named(['format-volume', 'clear-disk', 'format', 'diskpart'], command => [
    {
      does: 'destroy',
      what: 'disk',
      service: 'disks',
      all: true,
      name: operands(command)[0]?.text ?? 'disk',
    },
  ]),
};

/** Commands of these shells that change nothing of anybody's. Lower case. */
export const harmlessThere: ReadonlySet<string> = new Set(
  `get-childitem gci ls dir get-location gl pwd set-location sl cd chdir push-location pop-location pushd popd write-host write-output echo
  get-item gi test-path resolve-path join-path split-path get-command gcm get-help help get-process gps ps get-date measure-object measure
  select-object select sort-object sort format-table ft format-list fl out-string clear cls whoami hostname where exit git npm npx node
  pnpm yarn python py dotnet cargo go java mvn gradle`
    .split(/\s+/)
    .filter(Boolean),
);

function named(names: readonly string[], program: Program): Readonly<Record<string, Program>> {
  return Object.fromEntries(names.map(name => [name, program]));
}

function options({ words: [, ...rest] }: Command): readonly string[] {
  return rest.map(word => word.text).filter(isOption);
}

/** Words that are no options, and the values of the options that name a path. */
function operands({ words: [, ...rest] }: Command): readonly Word[] {
  return rest.filter(
    ({ text }, index) =>
      !isOption(text) &&
      !/^-(?:filter|include|exclude|encoding|pattern|itemtype|value|name|totalcount|tail)$/i.test(
        rest[index - 1]?.text ?? '',
      ),
  );
}

function isOption(text: string): boolean {
  return /^-[A-Za-z]/.test(text) || /^\/[A-Za-z]$/.test(text);
}

function reads({ text, at }: Word): Said {
  return { does: 'read', path: text, at };
}
