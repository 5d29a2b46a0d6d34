import type { Dialect, Lead } from '../model.ts';
import type { Machine } from '../ports.ts';
import { unknown, type Command, type Program, type Said } from '../program.ts';
import { walkCmd } from './cmd.ts';
import { programName } from './names.ts';
import { isCmdlet } from './powershell/names.ts';
import { onDisk } from './powershell/places.ts';
import { walkPowershell } from './powershell/walk.ts';
import type { Start, Step, Unread } from './steps.ts';
import type { Word } from './words.ts';

/** What a line of PowerShell or cmd.exe comes down to. Where nothing is said of a command it is an ordinary program. */
export interface Foreign {
  readonly commands: readonly { readonly command: Command; readonly said?: readonly Said[] }[];
  readonly unread: readonly Unread[];
}

/** The tables that a line of these shells is read with. */
export interface Tables extends Start {
  readonly cmdlets: Readonly<Record<string, Program>>;
}

/** Reads a line of PowerShell or cmd.exe: what its commands do by the tables of these shells, and which are programs. */
export function readForeign(line: string, dialect: Exclude<Dialect, 'posix'>, given: Tables): Foreign {
  const { steps, unread } = dialect === 'powershell' ? walkPowershell(line, given) : walkCmd(line, given);
  return {
    commands: steps.map(step => {
      const command = {
        ...step.command,
        redirects: step.command.redirects.map(it => ({ ...it, target: placed(it.target, given.machine) })),
      };
      const said = step.said ?? saidBy({ ...step, command }, given);
      return said
        ? { command, said: said.map(it => onDrive(it, given.machine)) }
        : { command: asProgram(command, given.machine) };
    }),
    unread,
  };
}

/** The shell that a script is written for, by its name. */
export function dialectOf(path: string): Dialect {
  if (/\.ps[dm]?1$/i.test(path)) return 'powershell';
  return /\.(?:bat|cmd)$/i.test(path) ? 'cmd' : 'posix';
}

/** What `follow` leads to, where it is a script of these shells. */
export function foreignScript(lead: Lead): Exclude<Dialect, 'posix'> | undefined {
  const dialect = lead.to === 'file' && lead.as !== 'sql' ? dialectOf(lead.path) : 'posix';
  return dialect === 'posix' ? undefined : dialect;
}

function saidBy({ command, name }: Step, { cmdlets, machine }: Tables): readonly Said[] | undefined {
  const [first] = command.words;
  if (!first) return [];
  if (!first.known)
    return [unknown(`the command is named by \`${first.text}\`, which cannot be known here`, first.at)];
  const row = name !== undefined && Object.hasOwn(cmdlets, name) ? cmdlets[name] : undefined;
  if (row) return onlyTells(command.words, name ?? '') ? [] : row(command, machine);
  const script = scriptOf(first);
  if (script) return script;
  return name !== undefined && isCmdlet(name) ? (cmdlets['*']?.(command, machine) ?? []) : undefined;
}

/** `-WhatIf` and help: nothing happens. */
function onlyTells(words: readonly Word[], name: string): boolean {
  return name.includes('-')
    ? words.some(({ text }) => /^-(?:wha?|what|whati|whatif|wi|\?)$/i.test(text))
    : words.some(({ text }) => text === '/?');
}

function scriptOf({ text, at }: Word): readonly Said[] | undefined {
  return /\.psm?1$/i.test(text)
    ? [{ does: 'follow', lead: { to: 'file', path: text.replaceAll('\\', '/'), as: 'shell' }, at }]
    : undefined;
}

function asProgram(command: Command, machine: Machine): Command {
  const [first, ...rest] = command.words;
  if (!first) return command;
  const written = first.text.replaceAll('\\', '/');
  // What no program is called is a script here: `build.cmd`, and `npm.cmd` is npm.
  const path = /^[\w.-]+\.(?:bat|cmd)$/i.test(written) ? `./${written}` : written;
  const base = programName(path);
  // Where programs of Windows are installed their folders have blanks in their names.
  const name = path.includes('/') && !/\s/.test(path) ? path : base.toLowerCase();
  return {
    ...command,
    words: [{ ...first, text: name }, ...rest.map(word => placed(slashed(word), machine))],
  };
}

/** Paths have slashes; what may be a text of a program of its own stays as it is. */
function slashed<T extends Word>(word: T): T {
  return word.text.includes('\\') && !/['"`;|<>{}\n]|\s\\|\\\s|\\[.*+?[\]()dwsb](?![\w])/.test(word.text)
    ? { ...word, text: word.text.replaceAll('\\', '/') }
    : word;
}

function placed<T extends Word>(word: T, machine: Machine): T {
  return { ...word, text: onDisk(word.text, machine) };
}

function onDrive(said: Said, machine: Machine): Said {
  if ('nested' in said) return said;
  switch (said.does) {
    case 'read':
    case 'list':
    case 'search':
    case 'write':
    case 'delete':
    case 'permit':
      return { ...said, path: onDisk(said.path, machine) };
    case 'move':
      return { ...said, path: onDisk(said.path, machine), to: onDisk(said.to, machine) };
    default:
      return said;
  }
}
