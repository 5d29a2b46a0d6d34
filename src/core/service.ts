import { connectionIn } from './connection.ts';
import type { Interrupted, Lost, Reach, Resource, SqlDialect } from './model.ts';
import { basename } from './paths.ts';
import { follow, unknown, type Command, type Program, type Redirect, type Said } from './program.ts';
import { isVerb, resourceOf, takesAway, wordsOf } from './resources.ts';
import { looksLikeProduction } from './rule.ts';
import { secretName } from './seek.ts';
import { readArguments, type Arguments } from './shell/flags.ts';
import { fedTo } from './shell/printed.ts';
import type { Word } from './shell/words.ts';
import { programOf } from './images.ts';
import { hostOf } from './urls.ts';

/** A command line of a service as data. `src/programs/services/` has one a service; adding one needs no logic. */
export interface Service {
  /** What findings call it, lower case: `aws`, `kubernetes`. */
  readonly service: string;
  readonly title: string;
  /** The names of its program: `fly`, `flyctl`. */
  readonly programs: readonly string[];
  /** Options that are followed by a value, with blanks between them: what is not listed is guessed from where it stands. */
  readonly values?: string;
  /** Long options have one dash, as those of Go's flag package. */
  readonly single?: true;
  /**
   * What each path of verbs does: words with blanks between them, `|` between words that mean the same, `*` for any
   * part of a word. The longest path that fits counts. Of several rows for a path all whose options stand there count.
   */
  readonly verbs: Readonly<Record<string, VerbDoes | readonly VerbDoes[]>>;
  /** Which options say what is reached. */
  readonly reach?: { readonly [K in keyof Reach]?: string };
  /** Which variables say the same, where the line sets them: `RAILS_ENV`. */
  readonly variables?: { readonly [K in keyof Reach]?: string };
  /** An environment of such a name is made anew by whoever needs it, as that of tests is: nothing is lost there. */
  readonly scratch?: RegExp;
  /** Which options name the thing, where no operand does: `--stack-name`, `--*-id`. */
  readonly named?: string;
  /** Options with which nothing happens, beside `--help` and `--dry-run`. */
  readonly dry?: string;
  /** Words that are groups of verbs here, though elsewhere they are verbs themselves: `run`, for `run services delete`. */
  readonly groups?: string;
  /** What no row has is not judged by its words. Without it, `x thing delete` destroys a thing. */
  readonly guesses?: false;
  /** Lines that are stopped, and lines that look like them and are not. */
  readonly examples: { readonly catches: readonly string[]; readonly leaves: readonly string[] };
}

/** What a verb does, and with which options only. `named` is what its own words name: `delete-volume` a volume. */
export type VerbDoes = Condition &
  (
    | { readonly destroys: Resource | 'named'; readonly all?: true }
    | { readonly changes: Resource | 'named' }
    | { readonly interrupts: Interrupted; readonly all?: true }
    | { readonly reveals: string }
    | { readonly publishes: 'release' | 'package' | 'files' }
    /** What git can no longer bring back, where a program of its own takes it away. */
    | { readonly discards: Lost }
    /** The rest, behind so many operands, is a command; of an image that is made of one program, its arguments. */
    | { readonly runs: number; readonly image?: true }
    /** A line for a shell, or a text in a language, stands in these options or behind so many operands. */
    | Evaluates
    /** A statement stands in these options, or behind so many operands; in a file behind those of `file`. */
    | Queries
    /** Copies between this machine and elsewhere, as `cp` does: what is not `scheme://…` or `name:…` is a local path. */
    | { readonly copies: true }
    /** Makes a folder here of what is elsewhere: named by the second operand, or by the end of the first. */
    | { readonly clones: true }
    /** The files in these options go with it: `--body x.json`. A `file://` is one wherever it stands. */
    | { readonly reads: string }
    | { readonly harmless: true }
  );

interface Evaluates {
  readonly evaluates: 'shell' | 'python' | 'javascript' | 'ruby' | 'php';
  readonly text?: string;
  readonly after?: number;
}

interface Queries {
  readonly queries: SqlDialect;
  readonly text?: string;
  readonly file?: string;
  readonly after?: number;
}

interface Condition {
  /** One of these options stands there. */
  readonly with?: string;
  /** None of these does. */
  readonly without?: string;
  /** What stands behind the verbs, options included, fits. */
  readonly where?: RegExp;
}

/** The program that a table describes. */
export function service(table: Service): Program {
  let paths: readonly Path[] | undefined;
  let options: Parameters<typeof readArguments>[1] | undefined;
  return command => {
    paths ??= pathsOf(table.verbs);
    options ??= optionsOf(table);
    const [, ...rest] = command.words;
    const given = readArguments(rest, options);
    const use = { table, rest, given, command };
    const fits = longest(tokens(given, rest), paths);
    if (isDry(use, fits)) return [];
    const rows = fits?.rows.filter(row => holds(row, use)) ?? [];
    // The path of no words fits everything: it says nothing where none of its rows does.
    const guesses = table.guesses !== false && !rows.length && !fits?.verbs.length;
    return [
      ...filesIn(rest),
      ...(guesses ? guessed(use) : []),
      ...(fits ? rows.flatMap(row => said(row, fits, use)) : []),
    ].filter(it => !isScratch(it, table));
  };
}

function optionsOf({ values, reach = {}, single }: Service): Parameters<typeof readArguments>[1] {
  return { values: [...list(values), ...Object.values(reach).flatMap(list)], ...(single && { single }) };
}

function isScratch(said: Said, { scratch }: Service): boolean {
  if (!scratch || !('does' in said)) return false;
  if (said.does !== 'destroy' && said.does !== 'change' && said.does !== 'interrupt') return false;
  const { environment } = said.reach ?? {};
  return environment !== undefined && scratch.test(environment);
}

/** What one call is read with. */
interface Use {
  readonly table: Service;
  readonly rest: readonly Word[];
  readonly given: Arguments;
  readonly command: Command;
}

interface Path {
  readonly steps: readonly ((word: string) => boolean)[];
  readonly rows: readonly VerbDoes[];
  /** How much else would fit, where others of its length do: the narrower comes first. */
  readonly open: number;
}

interface Fit {
  readonly rows: readonly VerbDoes[];
  /** The words that are the verbs, and the operands behind them. */
  readonly verbs: readonly Word[];
  readonly after: readonly Word[];
}

function pathsOf(verbs: Service['verbs']): readonly Path[] {
  return Object.entries(verbs)
    .map(([path, does]) => ({
      steps: path.split(' ').filter(Boolean).map(step),
      rows: [does].flat() as readonly VerbDoes[],
      open: path.split(' ').reduce((sum, it) => sum + (it === '*' ? 2 : Number(it.includes('*'))), 0),
    }))
    .sort((a, b) => b.steps.length - a.steps.length || a.open - b.open);
}

function step(text: string): (word: string) => boolean {
  const all = text.split('|');
  const plain = new Set(all.filter(it => !it.includes('*')));
  const starred = all.filter(it => it.includes('*')).map(it => it.split('*'));
  return word => plain.has(word) || starred.some(parts => holdsParts(word, parts));
}

/** Whether a word without blanks begins and ends with the outer parts, and has those between in their order. */
function holdsParts(word: string, parts: readonly string[]): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  const end = word.length - last.length;
  if (word.includes(' ') || end < first.length) return false;
  if (!word.startsWith(first) || !word.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = word.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** An operand; `loose` where it may as well be the value of the option before it, which no table lists. */
interface Token {
  readonly word: Word;
  readonly loose: boolean;
}

function tokens({ operands }: Arguments, rest: readonly Word[]): readonly Token[] {
  const before = new Map(rest.map((word, index) => [word, rest[index - 1]]));
  return operands.map(word => {
    const near = before.get(word)?.text ?? '';
    return { word, loose: /^-./.test(near) && near !== '--' && !near.includes('=') };
  });
}

function longest(all: readonly Token[], paths: readonly Path[]): Fit | undefined {
  for (const { steps, rows } of paths) {
    const verbs: Word[] = [];
    let at = 0;
    for (const fits of steps) {
      while (all[at]?.loose && !fits(all[at]?.word.text ?? '')) at++;
      const word = all[at]?.word;
      if (!word || !fits(word.text)) break;
      verbs.push(word);
      at++;
    }
    if (verbs.length === steps.length) return { rows, verbs, after: all.slice(at).map(it => it.word) };
  }
  return undefined;
}

function holds(row: Condition, { given, rest }: Use): boolean {
  if (row.with !== undefined && !stands(row.with, given, rest)) return false;
  if (row.without !== undefined && stands(row.without, given, rest)) return false;
  return !row.where || row.where.test(rest.map(word => word.text).join(' '));
}

function stands(options: string, given: Arguments, rest: readonly Word[]): boolean {
  const names = list(options);
  return (
    given.has(...names) ||
    rest.some(({ text }) => names.some(name => text === name || text.startsWith(`${name}=`)))
  );
}

const off = /^(?:none|false|no|0)$/i;

function isDry({ table, rest, given }: Use, fits: Fit | undefined): boolean {
  const names = ['--help', '--dry-run', '--dryrun', ...list(table.dry)];
  const own = rest.slice(0, ownEnd(rest, fits));
  return (
    (fits?.after.length === 1 && fits.after[0]?.text === 'help') ||
    given.operands[0]?.text === 'help' ||
    own.some(({ text }, index) => {
      const [name = '', value = own[index + 1]?.text ?? ''] = text.split('=');
      return names.includes(name) && !(off.test(value) && name !== '--help');
    })
  );
}

/** Where the program's own words end: what stands behind `--`, or belongs to the command that it runs, is no option of it. */
function ownEnd(rest: readonly Word[], fits: Fit | undefined): number {
  const runs = fits?.rows.flatMap(row => ('runs' in row ? row.runs : []))[0];
  const inner = runs === undefined ? undefined : fits?.after[runs];
  const ends = [inner ? rest.indexOf(inner) : -1, rest.findIndex(({ text }) => text === '--')];
  return Math.min(...ends.map(end => (end < 0 ? rest.length : end)));
}

function said(does: VerbDoes, { verbs, after }: Fit, use: Use): readonly Said[] {
  const { table, rest } = use;
  const { service: name } = table;
  const what = (kind: Resource | 'named') =>
    kind === 'named' ? resourceOf(verbs.flatMap(word => wordsOf(word.text))) : kind;
  // Behind no verbs the first operand is whatever the program takes first, not what is named.
  const thing = nameOf(verbs.length ? after : [], use) ?? behindKind(verbs);
  const about = { service: name, reach: reachOf(use), ...(thing !== undefined && { name: thing }) };
  if ('destroys' in does)
    return [{ does: 'destroy', what: what(does.destroys), all: does.all ?? false, ...about }];
  if ('changes' in does) return [{ does: 'change', what: what(does.changes), ...about }];
  if ('interrupts' in does)
    return [{ does: 'interrupt', what: does.interrupts, all: does.all ?? false, ...about }];
  if ('reveals' in does) return isHandedOver(use.command) ? [] : [{ does: 'reveal', what: does.reveals }];
  if ('discards' in does)
    return [{ does: 'discard', what: does.discards, ...(thing !== undefined && { name: thing }) }];
  if ('publishes' in does)
    return [
      ...(does.publishes === 'files' ? after.map(reads) : []),
      { does: 'publish', what: does.publishes, force: 'no', name, reach: reachOf(use) },
    ];
  if ('runs' in does)
    return (
      (does.image ? startedIn(after, rest) : undefined) ??
      commandIn(isBehindDashes(after, rest) ? after : after.slice(does.runs), rest)
    );
  if ('evaluates' in does)
    return texts(does, after, use).map(({ text, at }): Said =>
      does.evaluates === 'shell'
        ? { nested: 'shell', text, at }
        : { nested: 'code', language: does.evaluates, text, at },
    );
  if ('queries' in does) return queried(does, after, use);
  if ('copies' in does) return copied(after);
  if ('clones' in does) return cloned(after);
  if ('reads' in does) return optionValues(does.reads, rest).map(sent);
  return [];
}

/** The words of a command, with their options: what stands behind the verbs and `--`. One text is a line for a shell. */
function commandIn(words: readonly Word[], rest: readonly Word[]): readonly Said[] {
  const [first] = words;
  if (!first) return [];
  const whole = rest.slice(rest.indexOf(first));
  if (words.length === 1 && /\s/.test(first.text))
    return [{ nested: 'shell', text: first.text, at: first.at }];
  return [{ nested: 'words', words: whole, at: [first.at[0], whole.at(-1)?.at[1] ?? first.at[1]] }];
}

/** What a container starts, where its image or an option names the program and the words behind the image are for it. */
function startedIn([image]: readonly Word[], rest: readonly Word[]): readonly Said[] | undefined {
  const [chosen] = optionValues('--entrypoint', rest);
  const name = chosen?.text || (image && programOf(image.text));
  if (!image || !name) return undefined;
  const words = [{ ...image, text: name }, ...rest.slice(rest.indexOf(image) + 1)];
  return [{ nested: 'words', words, at: [image.at[0], words.at(-1)?.at[1] ?? image.at[1]] }];
}

/** `exec -- x` has no operands of its own, however many it could have. */
function isBehindDashes([first]: readonly Word[], rest: readonly Word[]): boolean {
  const dashes = rest.findIndex(({ text }) => text === '--');
  return first !== undefined && dashes >= 0 && dashes < rest.indexOf(first);
}

/** A credential that goes into a program which reads one from its input: `gh auth token | docker login --password-stdin`. */
function isHandedOver({ into, keptIn, redirects }: Command): boolean {
  // Only under a name that says so: whoever shows that variable afterwards is seen to show a credential.
  if (keptIn !== undefined && secretName.test(keptIn) && !redirects.some(writes) && !into) return true;
  return into?.words.some(({ text }) => /^--?(?:[a-z-]*stdin|with-token)$/.test(text)) ?? false;
}

/** `2>/dev/null` leaves what is printed where it is. */
function writes({ operator, descriptor }: Redirect): boolean {
  return operator.includes('>') && descriptor !== 2;
}

function texts(does: Queries | Evaluates, after: readonly Word[], { rest }: Use): readonly Word[] {
  return [
    ...optionValues(does.text ?? '', rest),
    ...(does.after === undefined ? [] : after.slice(does.after)),
  ];
}

function queried(does: Queries, after: readonly Word[], use: Use): readonly Said[] {
  const asked = texts(does, after, use);
  const files = optionValues(does.file ?? '', use.rest);
  const about = { nested: 'sql', dialect: does.queries, reach: reachOf(use) } as const;
  const statement = ({ text, known, at }: Pick<Word, 'text' | 'known' | 'at'>): Said =>
    !known && /^\$\(|^`|^\$\{?\w+\}?$/.test(text)
      ? unknown('a statement that another command writes', at)
      : { ...about, text, at };
  const input = asked.length || files.length ? undefined : use.command.input;
  return [
    ...asked.map(statement),
    ...[...files, ...(input?.from === 'file' ? [input.path] : [])].map((word): Said =>
      follow({ to: 'file', path: word.text, as: 'sql', reach: about.reach, dialect: about.dialect }, word.at),
    ),
    ...(input?.from === 'text' || input?.from === 'pipe' ? fed(use.command, statement) : []),
  ];
}

/** What a client of a database is fed: a text, or what a command before it prints. */
function fed(
  command: Command,
  statement: (word: Pick<Word, 'text' | 'known' | 'at'>) => Said,
): readonly Said[] {
  const { at } = command;
  const value = fedTo(command);
  if (value) return value.options.map(text => statement({ text, known: value.known, at }));
  return [unknown('what another command prints is run as SQL', at)];
}

/** `cp` of a service: what is here is read, and the last is written where it is here. */
function copied(operands: readonly Word[]): readonly Said[] {
  const isHere = ({ text }: Word) => !/^(?:[a-z][\w+.-]*:\/\/|[\w.-]{2,}:|-$)/i.test(text);
  const [to] = operands.slice(-1);
  return [
    ...operands.slice(0, -1).filter(isHere).map(reads),
    ...(to && isHere(to) && operands.length > 1
      ? [{ does: 'write', path: to.text, how: 'edit', at: to.at } as const]
      : []),
  ];
}

function cloned([from, to]: readonly Word[]): readonly Said[] {
  if (!from) return [];
  const path = to?.text ?? basename(from.text).replace(/\.git$/, '');
  return [{ does: 'write', path, how: 'create', at: (to ?? from).at }];
}

function reads({ text, at }: Word): Said {
  return { does: 'read', path: text, at };
}

/** The same, where the value says that it is a file: `@x.json`, `fileb://x.zip`. */
function sent(word: Word): Said {
  return reads({ ...word, text: word.text.replace(/^(?:fileb?:\/\/|@)/, '') });
}

function filesIn(rest: readonly Word[]): readonly Said[] {
  return rest.flatMap(word => {
    const text = word.text.startsWith('file') ? word.text : word.text.slice(word.text.indexOf('=') + 1);
    return /^fileb?:\/\//.test(text) ? [sent({ ...word, text })] : [];
  });
}

function nameOf(after: readonly Word[], { table, rest }: Use): string | undefined {
  return optionValues(table.named ?? '', rest)[0]?.text ?? after[0]?.text;
}

/** `deploy/web` is a kind and a name in one word. */
function behindKind(verbs: readonly Word[]): string | undefined {
  return verbs.map(({ text }) => /^[a-z.]+\/([\w.-]+)$/.exec(text)?.[1]).find(it => it !== undefined);
}

function reachOf({ table, rest, command }: Use): Reach {
  const set = Object.entries(table.variables ?? {}).flatMap(([key, names]) =>
    list(names).flatMap(name => {
      const value = command.variable(name)?.options.at(-1);
      return value ? placed(key, value) : [];
    }),
  );
  const said = Object.entries(table.reach ?? {}).flatMap(([key, options]) => {
    const values = optionValues(options, rest).flatMap(({ text }) => settingIn(text));
    const value = values.find(it => looksLikeProduction(it)) ?? values.at(-1);
    return value === undefined ? [] : placed(key, value);
  });
  return Object.fromEntries([...set, ...said]);
}

/** A URL is the host in it, and the database where it says one: never the user or the password. */
function placed(key: string, value: string): readonly (readonly [string, string])[] {
  if (!value.includes('://')) return [[key, value]];
  const { reach } = (key === 'host' ? connectionIn(value) : undefined) ?? {};
  return reach ? Object.entries(reach) : [[key, hostOf(value)]];
}

/** Of `name=value` the value, where the name says that it is about a place: `-var env=live`. */
function settingIn(text: string): readonly string[] {
  const [, name = '', value] = /^([\w.-]+)=(.*)$/s.exec(text) ?? [];
  if (value === undefined || text.includes('://')) return [text];
  return /env|stage|tier|workspace|project|account|cluster|namespace/i.test(name) ? [value] : [];
}

/** The values of these options, wherever they stand: behind `=`, or the next word. A `*` is any part of a name. */
function optionValues(options: string, rest: readonly Word[]): readonly Word[] {
  const names = list(options).map(step);
  return rest.flatMap((word, index) => {
    if (!names.length || !word.text.startsWith('-')) return [];
    const equals = word.text.indexOf('=');
    const name = equals < 0 ? word.text : word.text.slice(0, equals);
    if (!names.some(fits => fits(name))) return [];
    if (equals > 0) return [{ ...word, text: word.text.slice(equals + 1) }];
    const next = rest[index + 1];
    return next && !/^-./.test(next.text) ? [next] : [];
  });
}

/** What no row has, by its words: `volumes delete v-1` destroys a volume, `list` before it is harmless. */
function guessed(use: Use): readonly Said[] {
  const read: Word[] = [];
  const groups = new Set(list(use.table.groups));
  for (const { word, loose } of tokens(use.given, use.rest).slice(0, 5)) {
    const words = wordsOf(word.text);
    if (!/^[a-z][\w:.-]*$/i.test(word.text)) return [];
    if (isVerb(words) && !groups.has(word.text)) return [];
    read.push(word);
    if (!takesAway(words)) continue;
    if (loose && read.length === 1) continue;
    const after = use.given.operands.slice(use.given.operands.indexOf(word) + 1);
    if (after.length === 1 && after[0]?.text === 'help') return [];
    const named = [...read, ...after.slice(0, 1)].flatMap(it => wordsOf(it.text));
    const thing = nameOf(after, use);
    return [
      {
        does: 'destroy',
        what: resourceOf(named),
        service: use.table.service,
        all: false,
        reach: reachOf(use),
        ...(thing !== undefined && { name: thing }),
      },
    ];
  }
  return [];
}

function list(text: string | undefined): readonly string[] {
  return text?.split(/\s+/).filter(Boolean) ?? [];
}
