import type { Action, Attempt, Effect, Lead, Seen, Source, Span } from './model.ts';
import type { Met } from './met.ts';
import { absolute } from './paths.ts';
import type { Machine, ParseSql } from './ports.ts';
import { unknown, type Command, type Nested, type Program, type Said } from './program.ts';
import { bodyEffects } from './request.ts';
import { walk } from './shell/commands.ts';
import { plainLine } from './shell/powershell.ts';
import type { Word } from './shell/words.ts';
import { programName, unreadableName, unwrap } from './shell/wrappers.ts';
import { sqlEffects } from './sql/effects.ts';
import { textOf } from './text.ts';
import { hostOf } from './urls.ts';

/** The tables and readers that understanding is made of. */
export interface Understanding {
  readonly programs: Readonly<Record<string, Program>>;
  /** Those of PowerShell and cmd.exe, in lower case, which come before. */
  readonly cmdlets: Readonly<Record<string, Program>>;
  /** Programs that change nothing and show nothing that is hidden, whatever their arguments. */
  readonly harmless: ReadonlySet<string>;
  /** What a text in a programming language does, as far as we read it. */
  readonly code: (text: string, language: string, at: Span) => readonly Said[];
  /** What a tool of somebody else's does, as far as its name and input say. */
  readonly tool: (server: string | undefined, name: string, input: unknown) => readonly Said[];
  readonly command: (id: string, input: unknown) => readonly Said[];
  readonly parseSql: ParseSql;
  readonly machine: Machine;
  /** Hears of each command that is found, where somebody explains. */
  readonly met?: (met: Met) => void;
}

/** An attempt to what it would bring about. Pure; never throws: what is not understood is an effect too. */
export function understand(attempt: Attempt, given: Understanding): readonly Effect[] {
  try {
    return read(attempt.action, attempt.subject.cwd, given);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ does: 'unknown', why: 'an attempt nested too deeply', at: [0, 0] }];
  }
}

/** The same for a text that the attempt leads to: its effects name the file and line they stand in. */
export function understandText(
  text: string,
  lead: Lead,
  source: Source,
  cwd: string,
  at: Span,
  given: Understanding,
): readonly Effect[] {
  const { met } = given;
  const here = met
    ? {
        ...given,
        met: (it: Met) => met({ ...it, source: { ...source, line: lineAt(it.at[0], text, source) } }),
      }
    : given;
  return read(actionOf(text, lead), cwd, here).map(effect => ({
    ...effect,
    at,
    source: lineOf(effect, text, source),
  }));
}

/** Text within text is read to this depth. */
const deepest = 6;

function actionOf(text: string, lead: Lead): Action {
  if (lead.to === 'script') return { kind: 'shell', line: text, dialect: 'posix' };
  if (lead.to === 'target') return { kind: 'shell', line: text, dialect: 'posix' };
  if (lead.to === 'body') return { kind: 'request', method: lead.method, url: lead.url, body: text };
  if (lead.to === 'cell') return { kind: 'code', language: 'python', text };
  if (lead.as === 'shell') return { kind: 'shell', line: text, dialect: 'posix' };
  if (lead.as === 'sql') return { kind: 'sql', statement: text, dialect: 'unknown' };
  return { kind: 'code', language: lead.as, text };
}

function lineOf({ at, source }: Effect, text: string, { file, line }: Source): Source {
  return source ?? { file, line: lineAt(at[0], text, { file, line }) };
}

function lineAt(index: number, text: string, { line }: Source): number {
  return line + text.slice(0, index).split('\n').length - 1;
}

function read(action: Action, cwd: string, given: Understanding, depth = 0): readonly Effect[] {
  const say = (...said: readonly Said[]) =>
    said.flatMap(it => effectsOf(it, whole(action), cwd, given, depth));
  switch (action.kind) {
    case 'shell':
      return action.dialect === 'posix'
        ? shell(action.line, cwd, given, depth)
        : foreign(action.line, cwd, given, depth);
    case 'exec':
      return words(
        action.argv.map(text => ({ text, known: true, wild: false, at: whole(action) })),
        cwd,
        given,
        depth,
      );
    case 'sql':
      return sqlEffects(action.statement, action.dialect, given.parseSql, 0, shellIn(cwd, given, depth));
    case 'code':
      return say(...given.code(action.text, action.language, whole(action)));
    case 'file':
      return say(fileAccess(action));
    case 'search':
      return say({
        does: 'search',
        query: action.query,
        regex: action.regex,
        path: action.path,
        ignored: action.ignored,
        ...(action.include && { include: action.include }),
      });
    case 'request':
      return say(...bodyEffects(action.body, action.method, action.url, whole(action)));
    case 'web':
      return say({
        does: action.method === 'GET' ? 'fetch' : 'send',
        method: action.method,
        url: action.url,
        reach: { host: hostOf(action.url) },
      });
    case 'command':
      return say(...given.command(action.id, action.input));
    case 'tool':
      return say(...given.tool(action.server, action.name, action.input));
    case 'follow':
      return say({ does: 'follow', lead: action.lead });
    case 'several':
      return action.actions.flatMap(it => read(it, cwd, given, depth));
    case 'harmless':
      return [];
    case 'unreadable':
      return say(unknown(action.why, [0, 0]));
  }
}

function fileAccess(action: Action & { kind: 'file' }): Said {
  const { access, path, text } = action;
  switch (access) {
    case 'write':
      return { does: 'write', path, how: 'edit', ...(text !== undefined && { text }) };
    case 'delete':
      return { does: 'delete', path, deep: false };
    default:
      return { does: access, path };
  }
}

function whole(action: Action): Span {
  return [0, textOf(action).length];
}

function shell(line: string, cwd: string, given: Understanding, depth: number, at?: Span): readonly Effect[] {
  const { commands, unread } = walk(line, {
    cwd,
    machine: given.machine,
    ...(at && { place: () => at }),
  });
  return [
    ...unread.map(({ why, at: where }): Effect => ({ does: 'unknown', why, at: where })),
    ...commands.flatMap(command => commandEffects(command, given, depth)),
  ];
}

/** `\! rm -rf x` in a client of a database is a line for the shell. */
function shellIn(cwd: string, given: Understanding, depth: number) {
  return (line: string, at: number): readonly Effect[] =>
    depth < deepest
      ? shell(line, cwd, given, depth + 1, [at, at + line.length])
      : [{ does: 'unknown', why: 'text within text, nested too deeply', at: [at, at + line.length] }];
}

/** The plain part of PowerShell's and cmd.exe's languages; the rest is not understood. */
function foreign(line: string, cwd: string, given: Understanding, depth: number): readonly Effect[] {
  const read = plainLine(line);
  if (!read.ok) return [{ does: 'unknown', why: read.why, at: read.at }];
  return read.commands.flatMap(list => {
    const [first] = list as readonly [Word, ...Word[]];
    const name = programName(first.text).toLowerCase();
    const cmdlet = Object.hasOwn(given.cmdlets, name) ? given.cmdlets[name] : undefined;
    const command = {
      words: list,
      redirects: [],
      input: { from: 'nowhere' },
      variable: () => undefined,
      cwd,
      at: first.at,
    } as const;
    if (!cmdlet) return words(list, cwd, given, depth);
    return cmdlet(command, given.machine).flatMap(it => effectsOf(it, first.at, cwd, given, depth));
  });
}

function commandEffects(command: Command, given: Understanding, depth: number): readonly Effect[] {
  const redirected = command.redirects.flatMap(redirect => redirection(redirect.operator, redirect.target));
  const parts = [...said(command, given), ...redirected].map(it => ({
    inner: 'nested' in it && (it.nested === 'shell' || it.nested === 'words'),
    effects: effectsOf(it, command.at, command.cwd, given, depth, command),
  }));
  given.met?.({
    text: command.words.map(word => word.text).join(' '),
    at: command.at,
    depth,
    effects: parts.filter(part => !part.inner).flatMap(part => part.effects),
  });
  return parts.flatMap(part => part.effects);
}

function said(command: Command, given: Understanding): readonly Said[] {
  const [first] = command.words;
  if (!first) return [];
  const name = programName(first.text);
  const program = Object.hasOwn(given.programs, name) ? given.programs[name] : undefined;
  return (
    unwrap(command) ??
    unreadableName(command) ??
    program?.(command, given.machine) ??
    unfamiliar(command, name, given)
  );
}

function unfamiliar({ words: [first] }: Command, name: string, { harmless }: Understanding): readonly Said[] {
  if (harmless.has(name) || !first) return [];
  if (first.text.includes('/'))
    return [{ does: 'follow', lead: { to: 'file', path: first.text, as: 'other' }, at: first.at }];
  return [{ does: 'run', program: name, origin: 'unfamiliar', at: first.at }];
}

function redirection(operator: string, target: Command['words'][number]): readonly Said[] {
  const { text: path, at } = target;
  if (/^\/dev\/(?:tcp|udp)\//.test(path))
    return [{ does: 'send', method: 'TCP', reach: { host: path.split('/')[3] ?? '' }, at }];
  const read: readonly Said[] = operator.startsWith('<') ? [{ does: 'read', path, at }] : [];
  const how = operator === '<>' ? 'edit' : operator.includes('>>') ? 'append' : 'empty';
  return operator.includes('>') ? [...read, { does: 'write', path, how, at }] : read;
}

function words(
  list: Command['words'],
  cwd: string,
  given: Understanding,
  depth: number,
  like?: Command,
): readonly Effect[] {
  const [first, last] = [list[0], list.at(-1)];
  const at: Span = [first?.at[0] ?? 0, last?.at[1] ?? 0];
  const command: Command = {
    redirects: [],
    input: { from: 'nowhere' },
    variable: () => undefined,
    ...like,
    words: list,
    cwd,
    at,
  };
  return commandEffects({ ...command, redirects: [] }, given, depth);
}

/** Makes an effect of what was said: its place filled in, its paths absolute, and text within text read. */
function effectsOf(
  it: Said,
  at: Span,
  cwd: string,
  given: Understanding,
  depth: number,
  command?: Command,
): readonly Effect[] {
  if (!('nested' in it)) return [settled({ at, ...it }, cwd, given.machine)];
  if (depth >= deepest) return [{ does: 'unknown', why: 'text within text, nested too deeply', at: it.at }];
  return inner(it, cwd, given, depth + 1, command).map(effect => ({ ...effect, at: within(effect.at, it) }));
}

function inner(
  it: Nested,
  cwd: string,
  given: Understanding,
  depth: number,
  command?: Command,
): readonly Effect[] {
  switch (it.nested) {
    case 'shell':
      if (it.dialect && it.dialect !== 'posix') return foreign(it.text, it.cwd ?? cwd, given, depth);
      return shell(it.text, it.cwd ?? cwd, given, depth, it.at);
    case 'sql':
      return sqlEffects(it.text, it.dialect, given.parseSql, 0, shellIn(cwd, given, depth)).map(effect =>
        effect.does === 'destroy' && it.reach
          ? { ...effect, reach: { ...it.reach, ...effect.reach } }
          : effect,
      );
    case 'code':
      return read({ kind: 'code', language: it.language, text: it.text }, cwd, given, depth);
    case 'words':
      return words(it.words, it.cwd ?? cwd, given, depth, command);
  }
}

// Words keep their own places; a text that was unquoted has none of its own, so the word it stood in is shown.
function within(at: Span, it: Nested): Span {
  return it.nested === 'words' ? at : it.at;
}

function settled(effect: Effect & Seen, cwd: string, machine: Machine): Effect {
  const rooted = (path: string) => absolute(path, cwd, machine);
  switch (effect.does) {
    case 'read':
    case 'list':
    case 'search':
    case 'write':
    case 'delete':
    case 'permit':
      return { ...effect, path: rooted(effect.path) };
    case 'move':
      return { ...effect, path: rooted(effect.path), to: rooted(effect.to) };
    case 'follow':
      return {
        ...effect,
        lead: settledLead(effect.lead, rooted),
      };
    default:
      return effect;
  }
}

function settledLead(lead: Lead, rooted: (path: string) => string): Lead {
  switch (lead.to) {
    case 'script':
      return { ...lead, manifest: rooted(lead.manifest) };
    case 'target':
      return { ...lead, file: rooted(lead.file) };
    case 'file':
    case 'body':
    case 'cell':
      return { ...lead, path: rooted(lead.path) };
  }
}
