import { guessed } from './guess.ts';
import type { Machine } from './ports.ts';
import { unknown, type Command, type Program, type Redirect, type Said, type Setting } from './program.ts';
import { behindMark, nameIn, oddName, programName, rowOf } from './shell/names.ts';
import { pathsAmong } from './shell/paths.ts';
import { printed } from './shell/printed.ts';
import { unwrap } from './shell/unwrap.ts';
import { settingEffects, settingsIn } from './shell/variables.ts';
import { wrappers } from './shell/wrappers.ts';
import { typedStatement } from './typed.ts';

/** The tables that a command is looked up in. */
interface Known {
  readonly programs: Readonly<Record<string, Program>>;
  readonly harmless: ReadonlySet<string>;
  readonly machine: Machine;
}

/**
 * What a command of a shell says it does: by the variables it sets, by its program, by its redirections. `does` is what
 * its program says, where somebody else has asked it.
 */
export function said(command: Command, given: Known, does?: readonly Said[]): readonly Said[] {
  const settings = [...(command.set ?? []), ...declared(command)];
  return [
    ...settings.flatMap(it => settingEffects(it, command, given.machine)),
    ...(does ?? done(command, given)),
    ...command.redirects.flatMap(it => redirection(it, command)),
  ];
}

function declared({ words: [first, ...rest] }: Command): readonly Setting[] {
  return /^(?:export|declare|typeset|readonly)$/.test(first?.text ?? '') ? settingsIn(rest) : [];
}

function done(command: Command, given: Known): readonly Said[] {
  const [first] = command.words;
  if (!first) return [];
  const name = programName(first.text.endsWith('\r') ? first.text.slice(0, -1) : first.text);
  if (command.inlined && name === 'eval') return [];
  const wrapped = unwrap(command, given.machine);
  if (wrapped) return wrapped;
  const marked = behindMark(command);
  if (marked) return [{ nested: 'words', words: marked, at: command.at }];
  const odd = oddName(first);
  if (odd) return [unknown(odd, first.at)];
  const program = rowOf(given.programs, name);
  return program ? program(command, given.machine) : unfamiliar(command, name, given);
}

function unfamiliar(command: Command, name: string, { programs, harmless }: Known): readonly Said[] {
  const [first, ...rest] = command.words;
  if (!first || command.inlined || nameIn(it => harmless.has(it), name) !== undefined) return [];
  const typed = typedStatement(command.words.map(word => word.text).join(' '), command.at);
  if (typed.length) return typed;
  // `@scope/name` is a package that `npx` fetches, not a file.
  if (first.text.includes('/') && !/^@[\w.-]+\/[\w.-]+$/.test(first.text))
    return [{ does: 'follow', lead: { to: 'file', path: first.text, as: 'other' }, at: first.at }];
  // A launcher that nobody knows: what it launches stands behind `--`.
  const behind = rest.slice(rest.findIndex(word => word.text === '--') + 1);
  const knows = (it: string) =>
    Object.hasOwn(programs, it) || Object.hasOwn(wrappers, it) || harmless.has(it);
  const launched =
    behind.length < rest.length && behind[0] && nameIn(knows, programName(behind[0].text)) !== undefined;
  return [
    { does: 'run', program: name, origin: 'unfamiliar', at: first.at },
    ...pathsAmong(rest).map(({ text, at }): Said => ({ does: 'read', path: text, at })),
    ...guessed(name, command),
    ...(launched ? [{ nested: 'words', words: behind, at: command.at } as const] : []),
  ];
}

function redirection({ operator, target, descriptor = 1 }: Redirect, command: Command): readonly Said[] {
  const { text: path, at } = target;
  if (/^\/dev\/(?:tcp|udp)\//.test(path))
    return [
      { does: 'send', method: 'TCP', reach: { host: path.split('/')[3] ?? '' }, at },
      ...(operator.includes('>') && !printsNothing(command) ? [unknown('a raw connection', at)] : []),
    ];
  const read: readonly Said[] = operator.startsWith('<') ? [{ does: 'read', path, at }] : [];
  if (!operator.includes('>')) return read;
  const how = operator === '<>' ? 'edit' : operator.includes('>>') ? 'append' : 'empty';
  const empties = how === 'empty' && (descriptor === 1 || operator.startsWith('&')) && printsNothing(command);
  const text = empties ? '' : how === 'append' ? plainly(command) : undefined;
  return [...read, { does: 'write', path, how, at, ...(text !== undefined && { text }) }];
}

/** The one text that it prints, where that is plain. */
function plainly(command: Command): string | undefined {
  const value = command.words.length ? printed(command) : undefined;
  return value?.known && value.options.length === 1 ? value.options[0] : undefined;
}

/** `> x`, `: > x`, `cat /dev/null > x`: nothing but the emptying is meant. */
function printsNothing(command: Command): boolean {
  if (!command.words.length) return !command.around;
  const value = printed(command);
  return !!value?.known && value.options.every(text => !text.trim());
}
