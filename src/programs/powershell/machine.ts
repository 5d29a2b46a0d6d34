import type { Interrupted, Resource } from '../../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { parameters } from '../../core/shell/powershell/bind.ts';
import { split } from './native.ts';

/** Cmdlets that act on the machine: disks, services, accounts, walls, tasks (not checked against learn.microsoft.com). */
export const machineCmdlets: Readonly<Record<string, Program>> = {
  ...each(
    'format-volume clear-disk remove-partition initialize-disk reset-physicaldisk remove-virtualdisk remove-storagepool remove-volume',
    () => destroys('disk', 'disks', true),
  ),
  'resize-partition': destroys('disk', 'disks', false),
  'stop-computer': interrupts('machine'),
  'restart-computer': interrupts('machine'),
  ...each('stop-service restart-service suspend-service', () => interrupts('service')),
  'set-service': command => {
    const given = parameters(rest(command), {
      values: 'name displayname startuptype status computername',
      order: 'name',
    });
    return /^(?:stopped|paused|disabled)$/i.test(given.text('status') ?? given.text('startuptype') ?? '')
      ? interrupts('service')(command, nobody)
      : [];
  },
  'remove-service': destroys('service', 'windows', false),
  ...each('remove-localuser disable-localuser remove-localgroup remove-localgroupmember', () =>
    destroys('access', 'windows', false),
  ),
  ...each('add-localgroupmember new-localuser set-localuser enable-localuser', () => changes('access')),
  'set-netfirewallprofile': command =>
    / -enabled:? \$?(?:false|0)\b/i.test(written(command))
      ? destroys('protection', 'windows', true)(command, nobody)
      : [],
  ...each('disable-netfirewallrule remove-netfirewallrule', () => destroys('protection', 'windows', false)),
  'new-netfirewallrule': changes('protection'),
  ...each('disable-netadapter reset-netadapteradvancedproperty remove-netipaddress remove-netroute', () =>
    interrupts('network'),
  ),
  'set-executionpolicy': command =>
    /\b(?:bypass|unrestricted)\b/i.test(written(command)) && !/\bprocess\b/i.test(written(command))
      ? changes('protection')(command, nobody)
      : [],
  'set-mppreference': command =>
    / -(?:disable\w{1,60}:? \$?(?:true|1)|\w{0,60}defaultaction:? \w{0,40}allow|exclusion)/i.test(
      written(command),
    )
      ? [unguarded(command)]
      : [],
  'add-mppreference': command => (/ -exclusion/i.test(written(command)) ? [unguarded(command)] : []),
  'remove-mpthreat': changes('protection'),
  ...each(
    'disable-bitlocker disable-computerrestore suspend-bitlocker uninstall-windowsfeature disable-windowsoptionalfeature',
    () => destroys('protection', 'windows', false),
  ),
  ...each('remove-bitlockerkeyprotector clear-tpm', () => destroys('key', 'windows', true)),
  ...each('clear-eventlog remove-eventlog limit-eventlog', () => destroys('resource', 'windows', true)),
  ...each('remove-ciminstance remove-wmiobject', () => command => [
    {
      does: 'destroy',
      what: /shadow/i.test(before(command)) ? 'backup' : 'resource',
      service: 'windows',
      name: /win32_\w+/i.exec(before(command))?.[0] ?? 'an instance of the system',
      all: true,
      at: command.at,
    },
  ]),
  ...each('invoke-cimmethod invoke-wmimethod', () => command => {
    const given = parameters(rest(command), {
      values: 'classname class namespace methodname name arguments argumentlist computername query',
      order: 'classname methodname arguments',
    });
    if (!/win32_process/i.test(written(command)))
      return /\b(?:delete|shutdown|reboot|uninstall|format)\w*\b/i.test(written(command))
        ? [unknown('a method of the system that takes something away', command.at)]
        : [];
    const table = given.pieces('arguments')[0]?.table?.get('commandline')?.items[0];
    const line = table?.known ? table.text : given.text('argumentlist', 'arguments');
    return line === undefined
      ? [unknown('it starts a program that cannot be known here', command.at)]
      : [{ nested: 'shell', text: line, dialect: 'cmd', at: command.at }];
  }),
  'remove-vm': destroys('volume', 'hyper-v', true),
  ...each('remove-vmsnapshot remove-vmcheckpoint', () => destroys('snapshot', 'hyper-v', false)),
  ...each('remove-vmharddiskdrive remove-vhd', () => destroys('volume', 'hyper-v', false)),
  ...each('restore-vmsnapshot restore-vmcheckpoint', () => changes('volume', 'hyper-v')),
  ...each('stop-vm restart-vm suspend-vm', () => interrupts('machine', 'hyper-v')),
  ...each(
    'register-scheduledtask new-scheduledtask set-scheduledtask register-scheduledjob register-wmievent',
    () => command => [unknown('a task that starts something later', command.at)],
  ),
  'new-scheduledtaskaction': command => {
    const given = parameters(rest(command), { values: 'execute argument workingdirectory id' });
    const line = [given.text('execute'), given.text('argument')].filter(Boolean).join(' ');
    return line ? [{ nested: 'words', words: split(line, command.at), at: command.at }] : [];
  },
  ...each('unregister-scheduledtask disable-scheduledtask unregister-scheduledjob', () =>
    destroys('resource', 'windows', false),
  ),
  ...each('publish-module publish-script publish-psresource', () => command => [
    { does: 'publish', what: 'package', force: 'no', name: 'PowerShell', at: command.at },
  ]),
};

const nobody = { platform: 'windows', home: '' } as const;

function each(names: string, make: () => Program): Readonly<Record<string, Program>> {
  return Object.fromEntries(names.split(' ').map(name => [name, make()]));
}

function rest({ words }: Command) {
  return words.slice(1);
}

/** The command as it was written, with blanks between its words. */
export function written({ words }: Command): string {
  return words.map(word => word.text).join(' ');
}

/** What stands before it in the pipe. */
function before({ input }: Command): string {
  return input.from === 'pipe' ? input.commands.map(written).join(' ') : '';
}

/** The thing that it names, and the machine that it names. */
export function about(command: Command): {
  readonly name?: string;
  readonly reach?: { readonly host: string };
} {
  const given = parameters(rest(command), {
    values:
      'name displayname id path driveletter disknumber number computername cn member group label erroraction vmname taskname logname enabled profile',
    switches: 'force passthru recurse confirm removedata removeoem',
    order: 'name',
  });
  const host = given.text('computername', 'cn');
  const name =
    host === undefined || given.value('name')
      ? given.pieces(
          'name',
          'vmname',
          'taskname',
          'logname',
          'driveletter',
          'disknumber',
          'number',
          'id',
          'displayname',
        )[0]?.text
      : undefined;
  return { ...(name !== undefined && { name }), ...(host !== undefined && { reach: { host } }) };
}

function destroys(what: Resource, service: string, all: boolean): Program {
  return command => [{ does: 'destroy', what, service, all, at: command.at, ...about(command) }];
}

function unguarded({ at }: Command): Said {
  return { does: 'destroy', what: 'protection', service: 'windows', name: 'Defender', all: false, at };
}

function changes(what: Resource, service = 'windows'): Program {
  return command => [{ does: 'change', what, service, at: command.at, ...about(command) }];
}

function interrupts(what: Interrupted, service = 'windows'): Program {
  return (command): readonly Said[] => [
    { does: 'interrupt', what, service, all: false, at: command.at, ...about(command) },
  ];
}
