import type {
  Action,
  Attempt,
  Dialect,
  Effect,
  Language,
  Lead,
  Reach,
  Seen,
  Source,
  Span,
  SqlDialect,
  ToolHints,
} from './model.ts';
import { printedFiles } from './fed.ts';
import type { Met } from './met.ts';
import { mongo } from './mongo.ts';
import { absolute, dirname, ofProcess } from './paths.ts';
import type { Machine, ParseSql } from './ports.ts';
import { unknown, type Command, type Nested, type Program, type Said, type Setting } from './program.ts';
import { bodyEffects } from './request.ts';
import { said } from './said.ts';
import { walk, type Start } from './shell/commands.ts';
import { foreignScript, readForeign } from './shell/foreign.ts';
import { programName } from './shell/names.ts';
import { fedTo } from './shell/printed.ts';
import { goesOn, waits } from './shell/waiting.ts';
import { sqlEffects } from './sql/effects.ts';
import { textOf } from './text.ts';
import { unshown } from './unshown.ts';
import { hostOf } from './urls.ts';
import { Line, unseen, writtenAs } from './written.ts';

/** The tables and readers that understanding is made of. */
export interface Understanding {
  readonly programs: Readonly<Record<string, Program>>;
  /** The names of those that are a service's. */
  readonly commandLines: ReadonlySet<string>;
  /** Those of PowerShell and cmd.exe, in lower case, which come before. */
  readonly cmdlets: Readonly<Record<string, Program>>;
  /** Programs that change nothing and show nothing that is hidden, whatever their arguments. */
  readonly harmless: ReadonlySet<string>;
  /** What a text in a programming language does, as far as we read it. */
  readonly code: (text: string, language: string, at: Span) => readonly Said[];
  /** What a tool of somebody else's does, as far as its name and input say. */
  readonly tool: (
    server: string | undefined,
    name: string,
    input: unknown,
    hints?: ToolHints,
  ) => readonly Said[];
  readonly command: (id: string, input: unknown) => readonly Said[];
  readonly parseSql: ParseSql;
  readonly machine: Machine;
  /** Hears of each command that is found, where somebody explains. */
  readonly met?: (met: Met) => void;
  /** Hears of each command of the attempt itself, with what it does by itself: for the texts it hands on. */
  readonly used?: (command: Command, effects: readonly Effect[]) => void;
  /** What the line that is being understood has done by now. */
  readonly line?: Line;
  /** The line is what the attempt says itself, not the text of a file. */
  readonly typed?: true;
  /** What it starts may be typed into later, and no hook sees what. */
  readonly open?: true;
}

/** An attempt to what it would bring about. Pure; never throws: what is not understood is an effect too. */
export function understand(attempt: Attempt, given: Understanding): readonly Effect[] {
  try {
    return read(attempt.action, attempt.subject.cwd, {
      ...given,
      line: given.line ?? new Line(),
      typed: true,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ does: 'unknown', why: 'an attempt nested too deeply', at: [0, 0] }];
  }
}

/** The same for a text that the attempt leads to: its effects name the file and line they stand in. */
export function understandText(
  written: string,
  lead: Lead,
  source: Source,
  cwd: string,
  at: Span,
  given: Understanding,
): readonly Effect[] {
  const { met } = given;
  const text =
    lead.to === 'file' && foreignScript(lead) === undefined ? ownPlace(written, lead.as, source) : written;
  const here = met
    ? {
        ...given,
        met: (it: Met) => met({ ...it, source: { ...source, line: lineAt(it.at[0], text, source) } }),
      }
    : given;
  const { used: _own, ...theirs } = here;
  return textEffects(text, lead, cwd, { ...theirs, line: new Line() }).map(effect => ({
    ...effect,
    at,
    source: lineOf(effect, text, source),
  }));
}

/** In a program that lies in a file the names for where it lies are known. */
function ownPlace(text: string, as: Language, { file }: Source): string {
  if ((as !== 'javascript' && as !== 'python' && as !== 'other') || !/^[\w@+:./ -]+$/.test(file)) return text;
  const named = (path: string) => `'${path}'`;
  return text
    .replace(
      /(?<![\w$'"`.-])(?:__dirname|__DIR__|__dir__|import\.meta\.dirname)(?![\w'"`-])/g,
      named(dirname(file)),
    )
    .replace(
      /(?<![\w$'"`.-])(?:__filename|__file__|__FILE__|import\.meta\.(?:filename|url))(?![\w'"`-])/g,
      named(file),
    );
}

function textEffects(text: string, lead: Lead, cwd: string, given: Understanding): readonly Effect[] {
  if (lead.to !== 'file' || !lead.reach) return read(actionOf(text, lead), cwd, given);
  const { reach, dialect = 'unknown' } = lead;
  return lead.as === 'sql'
    ? sql(text, dialect, reach, cwd, given, 0)
    : read(actionOf(text, lead), cwd, given).map(effect => reaching(effect, reach, dialect));
}

/** Text within text is read to this depth. */
const deepest = 6;

function actionOf(text: string, lead: Lead): Action {
  if (lead.to === 'script') return { kind: 'shell', line: text, dialect: 'posix' };
  if (lead.to === 'target') return { kind: 'shell', line: text, dialect: 'posix' };
  if (lead.to === 'body') return { kind: 'request', method: lead.method, url: lead.url, body: text };
  if (lead.to === 'cell') return { kind: 'code', language: 'python', text };
  const dialect = foreignScript(lead);
  if (dialect) return { kind: 'shell', line: text, dialect };
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
      return shellAction(action, cwd, action.open ? { ...given, open: true } : given, depth);
    case 'exec':
      return words(
        action.argv.map(text => ({ text, known: true, wild: false, at: whole(action) })),
        cwd,
        given,
        depth,
      );
    case 'sql':
      return sql(action.statement, action.dialect, undefined, cwd, given, depth);
    case 'code':
      return say(...codeSaid(action.text, action.language, whole(action), given));
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
      return say(...given.tool(action.server, action.name, action.input, action.hints));
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

function shellAction(
  { line, dialect }: Action & { readonly kind: 'shell' },
  cwd: string,
  given: Understanding,
  depth: number,
): readonly Effect[] {
  return dialect === 'posix'
    ? shell(line, cwd, given, depth, undefined, depth === 0 && given.typed ? { typed: true } : {})
    : foreign(line, dialect, cwd, given, depth);
}

/** The shell of MongoDB speaks JavaScript, to which it adds calls of its own. */
function codeSaid(text: string, language: string, at: Span, given: Understanding): readonly Said[] {
  return language === 'mongo'
    ? [...mongo(text, at), ...given.code(text, 'javascript', at)]
    : given.code(text, language, at);
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

function shell(
  line: string,
  cwd: string,
  given: Understanding,
  depth: number,
  at?: Span,
  start: Pick<Start, 'outer' | 'given' | 'typed'> = {},
): readonly Effect[] {
  const { commands, unread } = walk(line, {
    cwd,
    machine: given.machine,
    ...(at && { place: () => at }),
    ...start,
  });
  return [
    ...unread.map(({ why, at: where }): Effect => ({ does: 'unknown', why, at: where })),
    ...commands.flatMap(command => commandEffects(command, given, depth)),
  ];
}

/** A text of SQL. With a reach it went through a client of this machine. */
function sql(
  text: string,
  dialect: SqlDialect,
  reach: Reach | undefined,
  cwd: string,
  given: Understanding,
  depth: number,
): readonly Effect[] {
  // What a line for the shell does goes wherever that line says, not where the client connects.
  const apart = new Set<Effect>();
  const inShell = shellIn(cwd, given, depth);
  const shellThere: typeof inShell = (line, at) => {
    const effects = inShell(line, at);
    for (const effect of effects) apart.add(effect);
    return effects;
  };
  return sqlEffects(text, dialect, {
    parse: given.parseSql,
    shell: shellThere,
    here: reach !== undefined,
  }).map(effect =>
    apart.has(effect) ? effect : settled(reaching(effect, reach, dialect), cwd, given.machine),
  );
}

/** What a client was told about where it connects; the text it reads may say more. */
function reaching(effect: Effect, reach: Reach | undefined, dialect: SqlDialect): Effect {
  if (!reach) return effect;
  if (effect.does === 'destroy' || effect.does === 'change' || effect.does === 'interrupt')
    return { ...effect, reach: { ...reach, ...effect.reach } };
  const { lead } = effect.does === 'follow' ? effect : {};
  return effect.does === 'follow' && lead?.to === 'file' && lead.as === 'sql'
    ? { ...effect, lead: { ...lead, reach, dialect } }
    : effect;
}

/** `\! rm -rf x` in a client of a database is a line for the shell. */
function shellIn(cwd: string, given: Understanding, depth: number) {
  return (line: string, at: number): readonly Effect[] =>
    depth < deepest
      ? shell(line, cwd, given, depth + 1, [at, at + line.length])
      : [{ does: 'unknown', why: 'text within text, nested too deeply', at: [at, at + line.length] }];
}

/** A line of PowerShell or cmd.exe: what its tables do not know runs as an ordinary program. */
function foreign(
  line: string,
  dialect: Exclude<Dialect, 'posix'>,
  cwd: string,
  given: Understanding,
  depth: number,
): readonly Effect[] {
  const { cmdlets, machine } = given;
  const { commands, unread } = readForeign(line, dialect, { cwd, machine, cmdlets });
  return [
    ...unread.map(({ why, at }): Effect => ({ does: 'unknown', why, at })),
    ...commands.flatMap(it => commandEffects(it.command, given, depth, it.said)),
  ];
}

function commandEffects(
  command: Command,
  given: Understanding,
  depth: number,
  does?: readonly Said[],
): readonly Effect[] {
  const parts = said(command, given, does).map(it => ({
    inner: 'nested' in it && (it.nested === 'shell' || it.nested === 'words'),
    effects: effectsOf(it, command.at, command.cwd, given, depth, command),
  }));
  given.met?.({
    text: command.words.map(word => word.text).join(' '),
    at: command.at,
    depth,
    effects: parts.filter(part => !part.inner).flatMap(part => part.effects),
  });
  const traced = (given.line?.traced(command) ?? []).map(path =>
    settled({ does: 'read', path, at: command.at }, command.cwd, given.machine),
  );
  const seen = parts.flatMap(part => part.effects);
  const isOpen = given.open && (parts.some(part => part.inner) ? goesOn(command) : waits(command));
  const waiting: readonly Effect[] = isOpen ? [typedLater(command)] : [];
  const effects = [...waiting, ...seen, ...seen.flatMap(effect => before(effect, given.line)), ...traced];
  const aside = effects.some(effect => effect.does === 'publish') ? given.line?.aside(command) : undefined;
  const own = parts.filter(part => !part.inner).flatMap(part => part.effects);
  given.used?.(command, own);
  given.line?.record(command, effects, own, given.machine);
  return aside
    ? [
        ...effects,
        {
          does: 'tamper',
          what: `a guard, which \`${aside.name}\` tells to stand aside`,
          another: true,
          at: aside.at,
        },
      ]
    : effects;
}

function typedLater({ words: [name], at }: Command): Effect {
  return { does: 'unknown', why: `what is typed into \`${name?.text ?? ''}\` later, which no hook sees`, at };
}

/** What is read where the line has put it stands, before it runs, elsewhere. */
function before(effect: Effect, line: Line | undefined): readonly Effect[] {
  if (effect.does !== 'read' && effect.does !== 'search') return [];
  return line?.origins(effect.path).map(path => ({ ...effect, path })) ?? [];
}

function words(
  list: Command['words'],
  cwd: string,
  given: Understanding,
  depth: number,
  like?: Command,
  set: readonly Setting[] = [],
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
  const { set: _set, inlined: _inlined, ...plain } = command;
  const environment = (name: string) =>
    set.findLast(it => it.name === name)?.value ?? like?.environment?.(name);
  return commandEffects({ ...plain, redirects: [], environment, ...(set.length && { set }) }, given, depth);
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
  if (!('nested' in it))
    return resolved(settled({ at, ...it }, cwd, given.machine), cwd, given, depth, command);
  if (depth >= deepest) return [{ does: 'unknown', why: 'text within text, nested too deeply', at: it.at }];
  return inner(it, cwd, given, depth + 1, command).map(effect => ({ ...effect, at: within(effect.at, it) }));
}

/** What leads to a file that the line has just written is what it wrote. */
function resolved(
  effect: Effect,
  cwd: string,
  given: Understanding,
  depth: number,
  command: Command | undefined,
): readonly Effect[] {
  if (effect.does !== 'follow') return [effect];
  const { lead, at } = effect;
  const word = command?.words.find(it => it.at === at);
  if (lead.to === 'file' && word && !word.known && /^\$(?:\w+|\{\w+\})$/.test(word.text))
    return [{ does: 'unknown', why: `it runs the file \`${word.text}\`, which cannot be known here`, at }];
  if (lead.to === 'file' && completes.test(lead.path)) return [];
  if (lead.to === 'file' && word && depth < deepest && /^<\(.*\)$/s.test(word.text))
    return shell(`${word.text.slice(2, -1)} | sh`, cwd, given, depth + 1, at);
  if (lead.to === 'file' && /\/<\(/.test(lead.path))
    return [{ does: 'unknown', why: 'what another command prints is run', at }];
  const written = readsInput(lead) ? fromInput(lead, command, cwd, given) : given.line?.read(lead);
  if (!written) return [effect];
  if (depth >= deepest) return [{ does: 'unknown', why: 'text within text, nested too deeply', at }];
  return written.flatMap(it => {
    if (it === 'download' || it === 'unknown') return [unseen(it, lead, at)];
    if (it.kind === 'follow') {
      if (readsInput(it.lead)) return [unseen('unknown', lead, at)];
      // A copy of a program, or a link to one, is that program by another name.
      const [name, ...rest] = command?.words ?? [];
      if (name?.at === at && it.lead.to === 'file' && lead.to === 'file' && it.lead.path !== lead.path)
        return words([{ ...name, text: it.lead.path }, ...rest], cwd, given, depth + 1, command);
      return [settled({ does: 'follow', lead: it.lead, at }, cwd, given.machine)];
    }
    return read(it, cwd, given, depth + 1).map(inside => ({ ...inside, at }));
  });
}

/** `source <(kubectl completion bash)`: what a program prints for this very purpose. */
const completes =
  /\/<\( {0,4}[\w.-]{1,80} (?:completions?|shell-completion|generate-shell-completion) ?[\w-]{0,40} {0,4}\)$/;

/** `source /dev/stdin`, `python3 /dev/fd/0`: a file that is what is fed. */
function readsInput(lead: Lead): boolean {
  return lead.to === 'file' && /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/.test(lead.path);
}

function fromInput(
  lead: Lead,
  command: Command | undefined,
  cwd: string,
  given: Understanding,
): ReturnType<Line['read']> {
  if (!command || lead.to !== 'file') return ['unknown'];
  const { input } = command;
  if (!/(?:stdin|\/0)$/.test(lead.path)) return ['unknown'];
  if (input.from === 'nowhere') return [];
  if (input.from === 'file' && input.path.known) {
    const path = absolute(input.path.text, cwd, given.machine);
    return given.line?.read({ ...lead, path }) ?? [{ kind: 'follow', lead: { ...lead, path } }];
  }
  const fed = fedTo(command);
  if (fed?.known && fed.options.length) return fed.options.map(text => writtenAs(text, lead));
  const last = input.from === 'pipe' ? input.commands.findLast(it => it.words.length > 0) : undefined;
  const files = last ? printedFiles(last) : [];
  return files.length && files.every(word => word.known)
    ? files.map(({ text }) => ({
        kind: 'follow',
        lead: { ...lead, path: absolute(text, cwd, given.machine) },
      }))
    : ['unknown'];
}

/** What a text for a shell begins with: the same shell knows all its variables, another one what it inherits. */
function startOf(
  it: Nested & { nested: 'shell' },
  command: Command | undefined,
): Pick<Start, 'outer' | 'given'> {
  if (!command) return {};
  const name = programName(command.words[0]?.text ?? '');
  const outer = /^(?:eval|trap)$/.test(name) ? command.variable : command.environment;
  const at = command.words.findIndex(word => word.at === it.at);
  const isShell =
    /^(?:ba|z|da|k|a|fi|mk|rba)?sh$/.test(name) && at > 0 && command.words[at]?.text === it.text;
  const behind = isShell ? command.words.slice(at + 1) : undefined;
  const words = it.given ?? behind;
  return { ...(outer && { outer }), ...(words && { given: words }) };
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
      if (it.dialect && it.dialect !== 'posix')
        return foreign(it.text, it.dialect, it.cwd ?? cwd, given, depth);
      return shell(it.text, it.cwd ?? cwd, given, depth, it.at, startOf(it, command));
    case 'sql':
      return sql(it.text, it.dialect, it.reach, cwd, given, depth);
    case 'code':
      return read({ kind: 'code', language: it.language, text: it.text }, cwd, given, depth);
    case 'words':
      if (it.otherwise && !given.commandLines.has(programName(it.words[0]?.text ?? '')))
        return it.otherwise.flatMap(other => effectsOf(other, it.at, it.cwd ?? cwd, given, depth, command));
      return masked(words(it.words, it.cwd ?? cwd, given, depth, command, it.set), it.masked);
  }
}

/** What is printed of masked variables shows nothing, where it is printed and goes nowhere else. */
function masked(effects: readonly Effect[], names: readonly string[] = []): readonly Effect[] {
  return effects.some(it => !['reveal', 'run', 'read', 'follow'].includes(it.does))
    ? effects
    : unshown(effects, names);
}

// Words keep their own places; a text that was unquoted has none of its own, so the word it stood in is shown.
function within(at: Span, it: Nested): Span {
  return it.nested === 'words' ? at : it.at;
}

function settled(effect: Effect & Seen, cwd: string, machine: Machine): Effect {
  const rooted = (path: string) => absolute(ofProcess(path, cwd), cwd, machine);
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
      return {
        ...lead,
        file: rooted(lead.file),
        ...(lead.folder !== undefined && { folder: rooted(lead.folder) }),
      };
    case 'file':
    case 'body':
    case 'cell':
      return { ...lead, path: rooted(lead.path) };
  }
}
