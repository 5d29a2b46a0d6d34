import type { Interrupted, Lost, Reach, Resource, SqlDialect } from './model.ts';
import type { Command, Program, Said } from './program.ts';
import { isVerb, resourceOf, takesAway, wordsOf } from './resources.ts';
import { readArguments, type Arguments } from './shell/flags.ts';
import type { Word } from './shell/words.ts';

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
  /** Which options name the thing, where no operand does: `--stack-name`, `--*-id`. */
  readonly named?: string;
  /** Options with which nothing happens, beside `--help` and `--dry-run`. */
  readonly dry?: string;
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
    /** The rest, behind so many operands, is a command. */
    | { readonly runs: number }
    /** A line for a shell, or a text in a language, stands in these options or behind so many operands. */
    | Evaluates
    /** A statement stands in these options, or behind so many operands; in a file behind those of `file`. */
    | Queries
    /** Copies between this machine and elsewhere, as `cp` does: what is not `scheme://…` or `name:…` is a local path. */
    | { readonly copies: true }
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
  const values = [...list(table.values), ...Object.values(table.reach ?? {}).flatMap(list)];
  const options = { values, ...(table.single && { single: table.single }) };
  let paths: readonly Path[] | undefined;
  return command => {
    paths ??= pathsOf(table.verbs);
    const [, ...rest] = command.words;
    const given = readArguments(rest, options);
    const use = { table, rest, given, command };
    const fits = longest(tokens(given, rest), paths);
    if (isDry(use, fits)) return [];
    if (!fits) return table.guesses === false ? [] : guessed(use);
    return fits.rows.filter(row => holds(row, use)).flatMap(row => said(row, fits, use));
  };
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
  readonly stars: number;
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
      stars: path.split('*').length - 1,
    }))
    .sort((a, b) => b.steps.length - a.steps.length || a.stars - b.stars);
}

function step(text: string): (word: string) => boolean {
  if (!text.includes('*')) {
    const words = new Set(text.split('|'));
    return word => words.has(word);
  }
  const parts = text.split('|').map(it => it.replace(/[.+?^${}()[\]\\]/g, '\\$&').replaceAll('*', '[^ ]*'));
  const pattern = new RegExp(`^(?:${parts.join('|')})$`);
  return word => pattern.test(word);
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
  const thing = nameOf(after, use);
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
  if ('runs' in does) return commandIn(after.slice(does.runs), rest);
  if ('evaluates' in does)
    return texts(does, after, use).map(({ text, at }): Said =>
      does.evaluates === 'shell'
        ? { nested: 'shell', text, at }
        : { nested: 'code', language: does.evaluates, text, at },
    );
  if ('queries' in does) return queried(does, after, use);
  if ('copies' in does) return copied(after);
  return [];
}

/** The words of a command, with their options: what stands behind the verbs and `--`. */
function commandIn(words: readonly Word[], rest: readonly Word[]): readonly Said[] {
  const [first] = words;
  if (!first) return [];
  const whole = rest.slice(rest.indexOf(first));
  return [{ nested: 'words', words: whole, at: [first.at[0], whole.at(-1)?.at[1] ?? first.at[1]] }];
}

/** A credential that goes into a program which reads one from its input: `gh auth token | docker login --password-stdin`. */
function isHandedOver({ into }: Command): boolean {
  return into?.words.some(({ text }) => /^--?(?:[a-z-]*stdin|with-token)$/.test(text)) ?? false;
}

function texts(does: Queries | Evaluates, after: readonly Word[], { rest }: Use): readonly Word[] {
  return [
    ...optionValues(does.text ?? '', rest),
    ...(does.after === undefined ? [] : after.slice(does.after)),
  ];
}

function queried(does: Queries, after: readonly Word[], use: Use): readonly Said[] {
  return [
    ...texts(does, after, use).map((word): Said => ({
      nested: 'sql',
      text: word.text,
      dialect: does.queries,
      reach: reachOf(use),
      at: word.at,
    })),
    ...optionValues(does.file ?? '', use.rest).map((word): Said => ({
      does: 'follow',
      lead: { to: 'file', path: word.text, as: 'sql' },
      at: word.at,
    })),
  ];
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

function reads({ text, at }: Word): Said {
  return { does: 'read', path: text, at };
}

function nameOf(after: readonly Word[], { table, rest }: Use): string | undefined {
  return optionValues(table.named ?? '', rest)[0]?.text ?? after[0]?.text;
}

function reachOf({ table, rest }: Use): Reach {
  return Object.fromEntries(
    Object.entries(table.reach ?? {}).flatMap(([key, options]) => {
      const value = optionValues(options, rest).at(-1)?.text;
      return value === undefined ? [] : [[key, value]];
    }),
  );
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
  for (const { word, loose } of tokens(use.given, use.rest).slice(0, 5)) {
    const words = wordsOf(word.text);
    if (!/^[a-z][\w:.-]*$/i.test(word.text) || isVerb(words)) return [];
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
