import { soughtBy } from '../../core/seek.ts';
import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { listing } from '../../core/shell/powershell/outputs.ts';
import { fedTo, parameters, type Given, type Piece, type Shape } from '../../core/shell/powershell/bind.ts';
import {
  deletes,
  fileOf,
  isRegistry,
  moves,
  providerOf,
  reads,
  withoutBrackets,
  writes,
  type Place,
} from '../../core/shell/powershell/places.ts';
import { basename, dirname } from '../../core/paths.ts';

/** Cmdlets of PowerShell that act on files and on what looks like them (not checked against learn.microsoft.com). */
export const fileCmdlets: Readonly<Record<string, Program>> = {
  'remove-item': removes,
  'clear-recyclebin': ({ at }) => [
    { does: 'destroy', what: 'object', service: 'windows', name: 'the recycle bin', all: true, at },
  ],
  'get-content': readsThere({
    values:
      'path literalpath totalcount first head tail last delimiter encoding readcount stream filter include exclude credential',
    switches: 'raw wait force asbytestream nonewline',
    order: 'path',
  }),
  'import-csv': readsThere({
    values: 'path literalpath delimiter header encoding',
    switches: 'useculture',
    order: 'path delimiter',
  }),
  'import-clixml': readsThere({ values: 'path literalpath', order: 'path' }),
  'import-powershelldatafile': readsThere({ values: 'path literalpath', order: 'path' }),
  'format-hex': readsThere({
    values: 'path literalpath encoding count offset',
    switches: 'raw',
    order: 'path',
  }),
  'select-string': searches,
  'get-childitem': lists,
  'get-item': lists,
  'set-content': writesThere('empty'),
  'add-content': writesThere('append'),
  'clear-content': writesThere('empty'),
  'out-file': (command, machine) => writesThere(hasAppend(command) ? 'append' : 'empty')(command, machine),
  'tee-object': (command, machine) => writesThere(hasAppend(command) ? 'append' : 'empty')(command, machine),
  'export-csv': writesThere('empty'),
  'export-clixml': writesThere('empty'),
  'start-transcript': writesThere('empty'),
  'new-item': makes,
  'new-itemproperty': properties,
  'set-itemproperty': properties,
  'set-item': properties,
  'rename-itemproperty': properties,
  'copy-itemproperty': properties,
  'clear-item': removesProperty,
  'clear-itemproperty': removesProperty,
  'remove-itemproperty': removesProperty,
  'move-itemproperty': removesProperty,
  'copy-item': copies,
  'move-item': movesItems,
  'rename-item': renames,
  'expand-archive': command => {
    const given = parameters(rest(command), archives);
    return [
      ...places(given, command, 'path', 'literalpath').map(reads),
      ...given.pieces('destinationpath').map(it => writes(it, 'edit')),
    ];
  },
  'compress-archive': command => {
    const given = parameters(rest(command), archives);
    return [
      ...places(given, command, 'path', 'literalpath').map(reads),
      ...given.pieces('destinationpath').map(it => writes(it, given.has('update') ? 'edit' : 'empty')),
    ];
  },
  'set-acl': command =>
    places(
      parameters(rest(command), { values: 'path literalpath aclobject', order: 'path aclobject' }),
      command,
      'path',
    ).map(({ text, at }): Said => ({ does: 'permit', path: fileOf(text), deep: false, open: false, at })),
};

const archives: Shape = {
  values: 'path literalpath destinationpath compressionlevel',
  switches: 'force update passthru',
  order: 'path destinationpath',
};

function rest({ words }: Command) {
  return words.slice(1);
}

/** What these parameters name, or what comes down the pipe. */
function places(given: Given, command: Command, ...names: readonly string[]): readonly Piece[] {
  const named = given.pieces(...names);
  return named.length ? named : fedTo(command);
}

function unclear(given: Given, command: Command, by: string): readonly Said[] {
  return given.unclear ? [unknown(`\`${by}\` with parameters that cannot be known here`, command.at)] : [];
}

function removes(command: Command): readonly Said[] {
  const given = parameters(rest(command), {
    values: 'path literalpath filter include exclude stream credential',
    switches: 'recurse force rf fr',
    order: 'path',
  });
  if (given.value('stream')) return [];
  // `rd /s /q` is written here too, by habit.
  const loose = [
    ...given.pieces('path'),
    ...given.rest.flatMap(word => word.items.map(item => ({ ...item, at: word.at }))),
  ];
  const habits = loose.filter(({ text }) => /^\/[sqf]$/i.test(text));
  const deep = given.has('recurse', 'rf', 'fr') || habits.some(({ text }) => /s/i.test(text));
  const named = [...loose.filter(item => !habits.includes(item)), ...given.pieces('literalpath')];
  const patterns = [...given.pieces('filter'), ...given.pieces('include')].map(item => item.text);
  const from = named.length ? named : fedTo(command);
  return [
    ...unclear(given, command, 'Remove-Item'),
    ...from.flatMap(place =>
      removed(
        patterns.length
          ? {
              ...place,
              text: narrowed(place.text, `${given.has('recurse') ? '**/' : ''}${patterns[0]}`),
              wild: true,
            }
          : place,
        deep,
        command,
      ),
    ),
  ];
}

/** `src/*` of which only `*.log` is meant. */
function narrowed(path: string, pattern: string): string {
  return path === '*' ? pattern : `${path.replace(/[\\/]\*$/, '')}/${pattern}`;
}

function removed(place: Place, deep: boolean, { at, cwd }: Command): readonly Said[] {
  const text = isStore(cwd) && !/^[a-z]+:/i.test(place.text) ? `${cwd}/${place.text}` : place.text;
  if (isRegistry(text))
    return [{ does: 'destroy', what: 'resource', service: 'registry', name: text, all: deep, at }];
  const provider = place.known ? providerOf(text) : undefined;
  if (provider === 'cert')
    return [{ does: 'destroy', what: 'key', service: 'windows', name: text, all: deep, at }];
  if (provider && /^(?:env|function|alias|variable)$/.test(provider)) return [];
  return [deletes({ ...place, text, at }, deep, 'Remove-Item')];
}

/** A place that is no folder: `Set-Location HKLM:\Software`. */
function isStore(cwd: string): boolean {
  return /^(?:hk\w+|registry|cert|env|function|alias|variable):/i.test(cwd);
}

function readsThere(shape: Shape): Program {
  return command => {
    const given = parameters(rest(command), shape);
    return places(given, command, 'path', 'literalpath').flatMap(place => {
      const provider = providerOf(place.text);
      if (provider === 'env') return shown(place.text, command);
      // Nothing is said of what a path that cannot be known holds.
      return (provider && provider !== 'filesystem') || isRegistry(place.text) || isBlank(place)
        ? []
        : [reads(place)];
    });
  };
}

function isBlank({ known, text }: Place): boolean {
  return !known && !/[\\/.]/.test(withoutBrackets(text));
}

function shown(path: string, { at }: Command): readonly Said[] {
  const name = path.replace(/^env:[\\/]*/i, '');
  if (name === '' || name === '*') return [{ does: 'reveal', what: 'the whole environment', at }];
  return secretName.test(name) ? [{ does: 'reveal', what: `the variable ${name}`, at }] : [];
}

/** As names of variables that hold credentials end. */
export const secretName =
  /(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)\*?$/i;

/** `Get-ChildItem env:` shows the whole environment; folders are only listed. */
function lists(command: Command): readonly Said[] {
  const given = parameters(rest(command), listing);
  const [asked] = given.pieces('path', 'literalpath');
  const text = asked?.text ?? (/^env:/i.test(command.cwd) ? 'env:' : '');
  if (!/^env:/i.test(text)) return [];
  const into = command.into?.words.slice(1).map(word => word.text) ?? [];
  const filter = command.into?.words[0]?.text ?? '';
  // What looks for a text in it says so itself.
  if (/^(?:grep|select-string)$/i.test(filter)) return [];
  const name = /^where-object$/i.test(filter)
    ? into.find(word => !word.startsWith('-') && word !== '{…}' && !/^(?:name|key)$/i.test(word))
    : undefined;
  if (name !== undefined && !name.startsWith('$'))
    return soughtBy(name) || secretName.test(name)
      ? [{ does: 'seek', what: 'credentials', at: command.at }]
      : [];
  return shown(text, command);
}

function searches(command: Command): readonly Said[] {
  const given = parameters(rest(command), {
    values: 'pattern path literalpath inputobject encoding context include exclude culture',
    switches: 'simplematch casesensitive quiet list raw allmatches notmatch noemphasis',
    order: 'pattern path',
  });
  const query = given
    .pieces('pattern')
    .map(item => item.text)
    .join('|');
  const sought = soughtBy(query);
  const named = given.pieces('path', 'literalpath');
  const { at } = command;
  const fed = fedTo(command).filter(item => !/^[a-z]{2,}:/i.test(item.text));
  if (!named.length && !fed.some(item => item.wild)) {
    const before = command.input.from === 'pipe' ? command.input.commands : [];
    const environment = before.some(({ words }) => words.some(word => /^env:/i.test(word.text)));
    return environment && (sought || secretName.test(query))
      ? [{ does: 'seek', what: sought ?? 'credentials', at }]
      : [];
  }
  if (named.length && !named.some(item => /\*\*/.test(item.text))) return [...named.map(reads)];
  return [...named, ...fed].flatMap((item): readonly Said[] => {
    const path = fileOf(item.text);
    const name = basename(path);
    const folder = /[*?]/.test(name) ? dirname(path).replace(/(?:^|\/)\*\*$/, '') || '.' : path;
    return [
      {
        does: 'search',
        query,
        regex: !given.has('simplematch'),
        path: folder,
        ignored: true,
        at,
        ...(/[*?]/.test(name) && name !== '*' && { include: name }),
      },
      ...(sought ? [{ does: 'seek', what: sought, path: folder, at } as const] : []),
    ];
  });
}

const writing: Shape = {
  values:
    'path literalpath filepath value inputobject encoding width filter include exclude stream delimiter depth variable outputdirectory',
  switches:
    'force nonewline noclobber append passthru asbytestream notypeinformation nti useculture noheader',
  order: 'path value',
};

function hasAppend(command: Command): boolean {
  return parameters(rest(command), writing).has('append');
}

function writesThere(how: 'empty' | 'append'): Program {
  return command => {
    const given = parameters(rest(command), writing);
    const content =
      given.text('value') ??
      (command.input.from === 'text' && command.input.known ? command.input.text : undefined);
    return given
      .pieces('path', 'literalpath', 'filepath')
      .flatMap(place =>
        isRegistry(place.text) || providerOf(place.text) === 'env' || isBlank(place)
          ? []
          : [writes(place, how, content)],
      );
  };
}

function makes(command: Command): readonly Said[] {
  const given = parameters(rest(command), {
    values: 'path name itemtype type value target credential options',
    switches: 'force',
    order: 'path',
  });
  const type = given.text('itemtype', 'type')?.toLowerCase() ?? 'file';
  const names = given.pieces('name');
  const folders = given.pieces('path');
  const made: readonly Place[] = names.length
    ? names.map(name => ({ ...name, text: folders[0] ? `${folders[0].text}/${name.text}` : name.text }))
    : folders;
  const written = made.flatMap((place): readonly Said[] => {
    if (isRegistry(place.text)) return registry(place.text, command);
    if (/^dir|container/.test(type) || isBlank(place)) return [];
    return [writes(place, given.has('force') && type === 'file' ? 'empty' : 'create')];
  });
  // A link to a file is a second way to read it.
  return /link|junction/.test(type) ? [...given.pieces('value', 'target').map(reads), ...written] : written;
}

const naming: Shape = {
  values:
    'path literalpath name value propertytype type destination newname filter include exclude credential',
  switches: 'force passthru',
  order: 'path name value',
};

/** What everybody's programs are told, and what starts with the machine. */
function registry(path: string, { at }: Command): readonly Said[] {
  return /hklm|hkey_local_machine|hkcr|hkey_classes_root|\\run(?:once)?\b|\/run(?:once)?\b/i.test(path)
    ? [{ does: 'change', what: 'resource', service: 'registry', name: path, at }]
    : [];
}

function properties(command: Command): readonly Said[] {
  const given = parameters(rest(command), naming);
  const named = given.pieces('path', 'literalpath');
  const stored = isStore(command.cwd) ? [{ text: `${command.cwd}/${named[0]?.text ?? ''}` }] : [];
  return [...named, ...stored].flatMap(place =>
    isRegistry(place.text) ? registry(place.text, command) : [],
  );
}

function removesProperty(command: Command): readonly Said[] {
  const given = parameters(rest(command), naming);
  const found = places(given, command, 'path', 'literalpath').filter(
    place => isRegistry(place.text) || isStore(command.cwd),
  );
  return found.map(({ text }): Said => ({
    does: 'destroy',
    what: 'resource',
    service: 'registry',
    name: [text, given.text('name')].filter(Boolean).join('/'),
    all: false,
    at: command.at,
  }));
}

const transfer: Shape = {
  values: 'path literalpath destination filter include exclude credential tosession fromsession newname',
  switches: 'recurse force container passthru',
  order: 'path destination',
};

function copies(command: Command): readonly Said[] {
  const given = parameters(rest(command), transfer);
  return [
    ...places(given, command, 'path', 'literalpath').flatMap(place =>
      isBlank(place) || isRegistry(place.text) ? [] : [reads(place)],
    ),
    ...given
      .pieces('destination')
      .flatMap(place => (isBlank(place) || isRegistry(place.text) ? [] : [writes(place, 'edit')])),
  ];
}

function movesItems(command: Command): readonly Said[] {
  const given = parameters(rest(command), transfer);
  const [to] = given.pieces('destination');
  return [
    ...unclear(given, command, 'Move-Item'),
    ...(to
      ? places(given, command, 'path', 'literalpath').map(place =>
          moves({ ...place, at: command.at }, to.text),
        )
      : []),
  ];
}

function renames(command: Command): readonly Said[] {
  const given = parameters(rest(command), { ...transfer, order: 'path newname' });
  const [to] = given.pieces('newname');
  return to && to.text !== '{…}'
    ? places(given, command, 'path', 'literalpath').map(place =>
        moves(
          { ...place, at: command.at },
          /[\\/]/.test(to.text) ? to.text : `${dirname(fileOf(place.text))}/${to.text}`,
        ),
      )
    : [];
}
