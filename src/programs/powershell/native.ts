import type { Resource, Span } from '../../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import type { Word } from '../../core/shell/words.ts';
import { hostOf } from '../../core/urls.ts';

/*
 * Programs of Windows, which any shell may start: by what their own help says of them (not checked against it). Switches
 * begin with a slash or a dash; Git's shell doubles the slash.
 */
export const windows: Readonly<Record<string, Program>> = {
  wsl,
  reg: registry,
  wmic,
  diskshadow: command => [unknown('a script of `diskshadow`', command.at)],
  bcdedit: command =>
    is(command, /[-/](?:set|delete|deletevalue|import|store|create|default|bootsequence)\b/)
      ? changed('resource', 'the boot configuration')(command)
      : [],
  bootrec: command => (is(command, /[-/]fix/) ? changed('resource', 'the boot sector')(command) : []),
  reagentc: command =>
    is(command, /[-/]disable\b/)
      ? gone('protection', 'windows', 'the recovery environment', true)(command)
      : [],
  cipher: command => (is(command, /[-/]w\b/) ? gone('disk', 'disks', 'the free space', false)(command) : []),
  takeown: command => permits(command, optionValue(command, 'f'), /[-/]r\b/, false),
  icacls: access,
  cacls: access,
  net: accounts,
  net1: accounts,
  sc: services,
  diskpart: command => [
    { does: 'destroy', what: 'disk', service: 'disks', all: true, name: 'disk', at: command.at },
    ...(optionValue(command, 's') ? [unknown('a script of `diskpart`', command.at)] : []),
  ],
  format: command =>
    operands(command).some(({ text }) => /^[a-z]:|volume\{/i.test(text))
      ? gone('disk', 'disks', operands(command)[0]?.text ?? 'disk', true)(command)
      : [],
  fsutil: command =>
    is(
      command,
      /\b(?:usn deletejournal|file setzerodata|volume dismount|reparsepoint delete|file setvaliddata)\b/,
    )
      ? gone('disk', 'disks', operands(command).at(-1)?.text ?? 'disk', false)(command)
      : [],
  mountvol: command => (is(command, /[-/][dpr]\b/) ? changed('disk', 'a mounted disk')(command) : []),
  'manage-bde': command =>
    is(command, /-(?:off|forcerecovery|delete)\b/)
      ? gone('protection', 'windows', 'BitLocker', false)(command)
      : [],
  schtasks: command =>
    is(command, /[-/](?:create|change)\b/)
      ? [unknown('a task that starts something later', command.at)]
      : is(command, /[-/]delete\b/)
        ? gone('resource', 'windows', optionValue(command, 'tn')?.text ?? 'a task', false)(command)
        : is(command, /[-/]run\b/)
          ? [unknown('a task whose program cannot be known here', command.at)]
          : [],
  cmdkey: command =>
    is(command, /[-/]list/)
      ? [{ does: 'reveal', what: 'stored logins', at: command.at }]
      : is(command, /[-/]delete/)
        ? gone('access', 'windows', 'a stored login', false)(command)
        : [],
  vaultcmd: command =>
    is(command, /[-/]list/) ? [{ does: 'reveal', what: 'stored logins', at: command.at }] : [],
  netsh,
  robocopy,
  xcopy: command => {
    const [from, to] = operands(command);
    return [...(from ? [read(from)] : []), ...(to ? [write(to)] : [])];
  },
  certutil: command => {
    const url = operands(command).find(({ text }) => /^https?:/i.test(text));
    const last = operands(command).at(-1);
    if (url && last)
      return [
        { does: 'fetch', reach: { host: hostOf(url.text) }, url: url.text, at: url.at },
        ...(last === url ? [] : [write(last)]),
      ];
    return is(command, /[-/](?:delstore|deletekey|delkey)\b/)
      ? gone('key', 'windows', last?.text ?? 'a certificate', false)(command)
      : is(command, /[-/](?:decode|encode|dump)\b/)
        ? operands(command).slice(0, 1).map(read)
        : [];
  },
  bitsadmin: command => {
    const url = operands(command).find(({ text }) => /^https?:/i.test(text));
    return url ? [{ does: 'fetch', reach: { host: hostOf(url.text) }, url: url.text, at: url.at }] : [];
  },
  forfiles: command => {
    const [folder, mask, text] = ['p', 'm', 'c'].map(name => optionValue(command, name));
    const deep = is(command, /[-/]s\b/) ? '**/' : '';
    const found = `${folder?.text ?? '.'}/${deep}${mask?.text ?? '*'}`;
    return text
      ? [
          {
            nested: 'shell',
            text: text.text.replace(/@(?:path|file|fname|relpath)\b/gi, found),
            dialect: 'cmd',
            at: command.at,
          },
        ]
      : [];
  },
  mshta: runsDownload,
  regsvr32: runsDownload,
  msiexec: command =>
    operands(command).some(({ text }) => /^https?:/i.test(text)) ? runsDownload(command) : [],
  iisreset: command =>
    is(command, /[-/]status/)
      ? []
      : [{ does: 'interrupt', what: 'service', service: 'iis', all: true, at: command.at }],
  appcmd: command =>
    is(command, /^delete\b/)
      ? gone('service', 'iis', operands(command)[2]?.text ?? 'a site', false)(command)
      : is(command, /^stop\b/)
        ? [{ does: 'interrupt', what: 'service', service: 'iis', all: false, at: command.at }]
        : [],
  dism: command =>
    is(command, /[-/](?:disable-feature|remove-\w+|reset)/)
      ? changed('resource', 'the system image')(command)
      : [],
};

function rest({ words }: Command): readonly Word[] {
  return words.slice(1);
}

/** The words behind the name in lower case, with blanks between them. */
function line(command: Command): string {
  return rest(command)
    .map(word => word.text.replace(/^\/\//, '/'))
    .join(' ')
    .toLowerCase();
}

function is(command: Command, pattern: RegExp): boolean {
  return pattern.test(line(command));
}

function isSwitch({ text }: Word): boolean {
  return /^(?:-|\/{1,2})[\w?][^/\\]*$/.test(text);
}

function operands(command: Command): readonly Word[] {
  return rest(command).filter(word => !isSwitch(word));
}

/** The word behind `/name` or `-name`. */
function optionValue(command: Command, name: string): Word | undefined {
  const words = rest(command);
  const index = words.findIndex(
    ({ text }) => text.replace(/^(?:-|\/{1,2})/, '').toLowerCase() === name && isSwitch({ text } as Word),
  );
  return index < 0 ? undefined : words[index + 1];
}

function gone(what: Resource, service: string, name: string, all: boolean) {
  return ({ at }: Command): readonly Said[] => [{ does: 'destroy', what, service, name, all, at }];
}

function changed(what: Resource, name: string) {
  return ({ at }: Command): readonly Said[] => [{ does: 'change', what, service: 'windows', name, at }];
}

function read({ text, at }: Word): Said {
  return { does: 'read', path: text.replaceAll('\\', '/'), at };
}

function write({ text, at }: Word): Said {
  return { does: 'write', path: text.replaceAll('\\', '/'), how: 'edit', at };
}

/** Words behind the options of `wsl` are a command for Linux. */
function wsl({ words, at }: Command): readonly Said[] {
  const given = words.slice(1);
  for (let index = 0; index < given.length; index++) {
    const word = given[index] as Word;
    if (/^--(?:unregister)$/.test(word.text))
      return [
        {
          does: 'destroy',
          what: 'environment',
          service: 'wsl',
          name: given[index + 1]?.text ?? 'a distribution',
          all: true,
          at,
        },
      ];
    if (/^(?:-d|--distribution|-u|--user|--cd|--shell-type|--distribution-id)$/.test(word.text)) index++;
    else if (/^(?:-e|--exec|--)$/.test(word.text)) return run(given.slice(index + 1), at);
    else if (!word.text.startsWith('-') && word.text !== '~') return run(given.slice(index), at);
    else if (
      /^--(?:list|install|shutdown|terminate|status|version|update|help|export|import|set\w*|mount|unmount)$/.test(
        word.text,
      )
    )
      return [];
  }
  return [];
}

function run(words: readonly Word[], at: Span): readonly Said[] {
  return words.length ? [{ nested: 'words', words, at }] : [];
}

function registry(command: Command): readonly Said[] {
  const [verb, key] = operands(command);
  const name = key?.text ?? 'a key';
  const { at } = command;
  switch (verb?.text.toLowerCase()) {
    case 'delete':
      return [
        { does: 'destroy', what: 'resource', service: 'registry', name, all: is(command, /[-/]va\b/), at },
      ];
    case 'import':
    case 'restore':
    case 'load':
      return [{ does: 'change', what: 'resource', service: 'registry', name, at }];
    case 'add':
    case 'copy':
      return /^(?:hklm|hkey_local_machine|hkcr)|[\\/]run(?:once)?$/i.test(name)
        ? [{ does: 'change', what: 'resource', service: 'registry', name, at }]
        : [];
    case 'save':
    case 'export':
      return /[\\/](?:sam|security|system)(?:[\\/]|$)/i.test(name)
        ? [{ does: 'reveal', what: 'passwords of the machine', at }]
        : [];
    default:
      return [];
  }
}

function wmic(command: Command): readonly Said[] {
  const { at } = command;
  if (is(command, /shadowcopy/) && is(command, /\bdelete\b/))
    return gone('backup', 'windows', 'shadow copies', true)(command);
  const started = /call create ["']?([^"']+)/i.exec(
    rest(command)
      .map(word => word.text)
      .join(' '),
  )?.[1];
  if (started !== undefined) return [{ nested: 'shell', text: started, dialect: 'cmd', at }];
  if (is(command, /^process\b/) && is(command, /\b(?:delete|terminate)\b/)) return [];
  return is(command, /\b(?:delete|call (?:uninstall|shutdown|reboot|win32shutdown|stopservice|format))\b/)
    ? gone('resource', 'windows', operands(command)[0]?.text ?? 'the system', false)(command)
    : [];
}

function permits(command: Command, target: Word | undefined, deep: RegExp, open: boolean): readonly Said[] {
  return target
    ? [
        {
          does: 'permit',
          path: target.text.replaceAll('\\', '/'),
          deep: is(command, deep),
          open,
          at: command.at,
        },
      ]
    : [];
}

function access(command: Command): readonly Said[] {
  const open = rest(command).some(word =>
    /^(?:everyone|\*s-1-1-0|.{0,40}users):.{0,40}[fmw]/i.test(word.text),
  );
  return is(command, /[-/](?:grant|deny|remove|reset|setowner|inheritance|g|p)\b/)
    ? permits(command, rest(command)[0], /[-/]t\b/, open)
    : [];
}

function accounts(command: Command): readonly Said[] {
  const [verb, name] = operands(command);
  const { at } = command;
  switch (verb?.text.toLowerCase()) {
    case 'user':
    case 'localgroup':
    case 'group':
      if (is(command, /[-/]delete\b/))
        return gone('access', 'windows', name?.text ?? 'a user', false)(command);
      return is(command, /[-/](?:add|active)\b/) ||
        (verb.text.toLowerCase() === 'user' && operands(command).length > 2)
        ? changed('access', name?.text ?? 'a user')(command)
        : [];
    case 'stop':
      return [
        {
          does: 'interrupt',
          what: 'service',
          service: 'windows',
          name: name?.text ?? 'a service',
          all: false,
          at,
        },
      ];
    case 'share':
    case 'use':
      return is(command, /[-/]delete\b/) && verb.text === 'share'
        ? gone('access', 'windows', name?.text ?? 'a share', false)(command)
        : [];
    default:
      return [];
  }
}

function services(command: Command): readonly Said[] {
  const [verb, name] = operands(command).filter(
    ({ text }) => !text.startsWith('//') && !text.startsWith('\\\\'),
  );
  const { at } = command;
  const thing = name?.text ?? 'a service';
  switch (verb?.text.toLowerCase()) {
    case 'delete':
      return gone('service', 'windows', thing, false)(command);
    case 'stop':
    case 'pause':
      return [{ does: 'interrupt', what: 'service', service: 'windows', name: thing, all: false, at }];
    case 'config':
    case 'create':
    case 'sdset':
      return changed('service', thing)(command);
    default:
      return [];
  }
}

function netsh(command: Command): readonly Said[] {
  const wall = is(command, /firewall/);
  if (wall && is(command, /\b(?:state off|reset|opmode disable|opmode mode=disable)\b/))
    return gone('protection', 'windows', 'the firewall', true)(command);
  if (is(command, /advfirewall firewall (?:delete|add|set) rule/))
    return changed('protection', 'the firewall')(command);
  if (is(command, /wlan show profile/) && is(command, /key=clear/))
    return [{ does: 'reveal', what: 'passwords of networks', at: command.at }];
  return is(command, /\b(?:admin=disable\w*|int(?:erface)? ip reset|winsock reset)\b/)
    ? [{ does: 'interrupt', what: 'network', service: 'windows', all: false, at: command.at }]
    : [];
}

/** `/MIR` and `/PURGE` delete what the source does not have; `/MOVE` deletes the source. */
function robocopy(command: Command): readonly Said[] {
  if (is(command, /(?:^|\s)[-/]l\b/)) return [];
  const [from, to] = operands(command);
  const purges = is(command, /[-/](?:mir|purge)\b/);
  const { at } = command;
  return [
    ...(from ? [read(from)] : []),
    ...(to
      ? [
          purges
            ? ({ does: 'delete', path: to.text.replaceAll('\\', '/'), deep: true, at } as const)
            : write(to),
        ]
      : []),
    ...(from && is(command, /[-/]mov(?:e)?\b/)
      ? [
          {
            does: 'move',
            path: from.text.replaceAll('\\', '/'),
            to: to?.text.replaceAll('\\', '/') ?? '',
            at,
          } as const,
        ]
      : []),
  ];
}

function runsDownload(command: Command): readonly Said[] {
  return /https?:|javascript:|vbscript:/i.test(line(command))
    ? [{ does: 'run', program: command.words[0]?.text ?? '', origin: 'download', at: command.at }]
    : [];
}

/** A line as Windows divides it into words. */
export function split(text: string, at: Span): readonly Word[] {
  return [...text.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map(([word]) => ({
    text: word.replaceAll('"', ''),
    known: true,
    wild: false,
    at,
  }));
}
