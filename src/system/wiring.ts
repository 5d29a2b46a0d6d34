import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Agent, Launch } from '../core/agent.ts';
import { append, isBlank, nodeAt, plain, remove, tree, type Path } from './jsonc.ts';
import { locked } from './lock.ts';
import { parts, reason, writePrivate } from './state.ts';

export interface WiringGiven {
  /** Absolute. */
  readonly home: string;
  readonly state: string;
  /** Whether an entry of an agent's file is one of ours, of whatever age. */
  readonly ours?: (entry: unknown) => boolean;
}

/** The files that were written, or a sentence: then nothing was. */
export type Wired = { readonly changed: readonly string[] } | { readonly problem: string };

/** `outdated`: something of ours is there, but not all, or not as it would be written now. */
export type WiringStatus =
  { readonly is: 'wired' | 'outdated' | 'absent' } | { readonly is: 'unreadable'; readonly problem: string };

/** Of an agent, what wiring needs. */
export type Wirable = Pick<Agent, 'id' | 'name' | 'wiring'>;

/** Puts an agent's entries into its files, instead of older ones of ours. Doing it again changes nothing. */
export function install(agent: Wirable, launch: Launch, given: WiringGiven): Promise<Wired> {
  return exclusively(given, `cannot wire ${agent.name}`, () => {
    const record = readRecord(agent, given.state);
    const wanted = wantedEntries(agent, launch, given.home);
    const plans = [...wanted].map(([file, entries]) =>
      planFile(file, entries, record.get(file), agent, given),
    );
    writeRecord(agent, given.state, new Map([...record, ...plans.map(it => [it.file, it.kept] as const)]));
    return { changed: carryOut(plans) };
  });
}

/**
 * Takes an agent's entries out again. A file that is byte for byte as we wrote it becomes what it was before; from
 * any other exactly our entries go. Files and folders we made go too, where nothing else came into them.
 */
export function uninstall(agent: Wirable, given: WiringGiven): Promise<Wired> {
  return exclusively(given, `cannot unwire ${agent.name}`, () => {
    const record = readRecord(agent, given.state);
    const files = new Set([...record.keys(), ...agent.wiring.map(it => expand(it.file, given.home))]);
    const plans = [...files].map(file => planUndoing(file, record.get(file), agent, given));
    const changed = carryOut(plans);
    for (const { file, folders } of [...record.values()]) if (!fs.existsSync(file)) removeFolders(folders);
    fs.rmSync(recordFile(agent, given.state), { force: true });
    return { changed };
  });
}

/** How an agent is wired now. Never throws. */
export function wiringStatus(agent: Wirable, launch: Launch, given: WiringGiven): WiringStatus {
  try {
    const record = readRecord(agent, given.state);
    const files = [...wantedEntries(agent, launch, given.home)].map(([file, wanted]) => {
      const text = textOf(readCurrent(file));
      const found = ourEntries(text, wanted, record.get(file), agent, given);
      return { exact: isExact(text, wanted, found), any: found.length > 0 };
    });
    if (files.length > 0 && files.every(({ exact }) => exact)) return { is: 'wired' };
    return { is: files.some(({ any }) => any) ? 'outdated' : 'absent' };
  } catch (error) {
    return { is: 'unreadable', problem: `cannot read the settings of ${agent.name}: ${reason(error)}` };
  }
}

/** What was once written to a file for an agent, and what of it stands there now. Throws where the file cannot be read. */
export function recorded(
  agent: Wirable,
  file: string,
  given: WiringGiven,
): { readonly known: readonly unknown[]; readonly there: readonly unknown[] } {
  const kept = readRecord(agent, given.state).get(file);
  const wanted = wantedEntries(agent, noLaunch, given.home).get(file) ?? [];
  const there = ourEntries(textOf(readCurrent(file)), wanted, kept, agent, given);
  return { known: (kept?.entries ?? []).map(it => it.value), there: there.map(it => it.value) };
}

/** For entries that start nothing. */
export const noLaunch: Launch = { node: '', guard: '', state: '', platform: 'posix' };

interface Wanted {
  readonly at: readonly string[];
  readonly value: unknown;
}

/** What is remembered of a file that we wrote to. */
interface Kept {
  readonly file: string;
  /** Its bytes before, in base64; `null` where there was no file. */
  readonly original: string | null;
  /** The hash of what we wrote. */
  readonly wrote: string;
  /** Folders we made for it, outermost first. */
  readonly folders: readonly string[];
  /** Containers in it that we made. */
  readonly made: readonly (readonly string[])[];
  /** Ours, of this time and of times before. */
  readonly entries: readonly Wanted[];
}

export interface Current {
  /** Links resolved. */
  readonly real: string;
  readonly bytes: Buffer | undefined;
  readonly stat: fs.Stats | undefined;
}

/** What a file is to become; `undefined` bytes where it is to go. */
interface Plan {
  readonly file: string;
  readonly current: Current;
  readonly target: Buffer | undefined;
}

const maxFile = 4 * 1024 * 1024;
const maxEntries = 2000;
const byteOrderMark = '\uFEFF';

async function exclusively(
  { state }: WiringGiven,
  what: string,
  work: () => { readonly changed: readonly string[] },
): Promise<Wired> {
  const folder = parts(state).wiring;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return await locked(path.join(folder, 'lock'), work);
  } catch (error) {
    return { problem: `${what}: ${reason(error)}` };
  }
}

function planFile(
  file: string,
  wanted: readonly Wanted[],
  before: Kept | undefined,
  agent: Wirable,
  given: WiringGiven,
): Plan & { readonly kept: Kept } {
  const current = readCurrent(file);
  const text = textOf(current);
  const untouched = before !== undefined && isAsWritten(current, before);
  const found = untouched ? [] : ourEntries(text, wanted, before, agent, given);
  const base = untouched ? original(before) : withoutOurs(current, found, before, file);
  const baseText = base === undefined ? '' : textOf({ ...current, bytes: base });
  const exact = isExact(text, wanted, untouched ? ourEntries(text, wanted, before, agent, given) : found);
  const target = exact && current.bytes ? current.bytes : Buffer.from(withEntries(baseText, wanted, file));
  const made = missingContainers(baseText, wanted);
  return {
    file,
    current,
    target,
    kept: {
      file,
      original: base?.toString('base64') ?? null,
      wrote: hashOf(target),
      folders: [...new Set([...(before?.folders ?? []), ...missingFolders(path.dirname(file))])],
      made: unique([...(untouched ? [] : (before?.made ?? [])), ...made]),
      entries: unique([...wanted, ...(before?.entries ?? [])]).slice(0, maxEntries),
    },
  };
}

function planUndoing(file: string, kept: Kept | undefined, agent: Wirable, given: WiringGiven): Plan {
  const current = readCurrent(file);
  if (kept && isAsWritten(current, kept)) return { file, current, target: original(kept) };
  const wanted = agent.wiring
    .filter(wiring => expand(wiring.file, given.home) === file)
    .map(({ at }) => ({ at, value: undefined }));
  const found = ourEntries(textOf(current), wanted, kept, agent, given);
  return { file, current, target: withoutOurs(current, found, kept, file) };
}

function wantedEntries(agent: Wirable, launch: Launch, home: string): ReadonlyMap<string, readonly Wanted[]> {
  const files = new Map<string, Wanted[]>();
  for (const { file, at, entry } of agent.wiring) {
    const place = expand(file, home);
    const value: unknown = JSON.parse(JSON.stringify(entry(launch)));
    files.set(place, [...(files.get(place) ?? []), { at, value }]);
  }
  return files;
}

function expand(file: string, home: string): string {
  return file.startsWith('~/') ? path.join(home, file.slice(2)) : path.normalize(file);
}

/** A file as it is, links followed. Throws a sentence where it cannot be read, or is none, or too large. */
export function readCurrent(file: string): Current {
  if (!fs.lstatSync(file, { throwIfNoEntry: false }))
    return { real: file, bytes: undefined, stat: undefined };
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new Error(`\`${file}\` is a link that leads nowhere`);
  if (!stat.isFile()) throw new Error(`\`${file}\` is not a file`);
  if (stat.size > maxFile) throw new Error(`\`${file}\` is larger than ${maxFile / 1024 / 1024} MB`);
  try {
    return { real: fs.realpathSync(file), bytes: fs.readFileSync(file), stat };
  } catch (error) {
    throw new Error(`\`${file}\` cannot be read: ${reason(error)}`, { cause: error });
  }
}

/** Its text, with a byte order mark where there is one. Throws a sentence where it is none. */
export function textIn({ real, bytes }: Pick<Current, 'real' | 'bytes'>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(`\`${real}\` is not text in UTF-8`);
  }
}

/** The text without a byte order mark, and nothing for a file that is not there or empty. */
function textOf({ real, bytes }: Pick<Current, 'real' | 'bytes'>): string {
  if (!bytes) return '';
  const text = textIn({ real, bytes });
  const bare = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  if (bare.trim() === '') return '';
  if (!tree(bare)) throw new Error(`\`${real}\` does not parse as JSON`);
  return text;
}

function withEntries(text: string, wanted: readonly Wanted[], file: string): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  let result = text.slice(mark.length) || '{}\n';
  for (const { at, value } of wanted) {
    const before = valueOf(result);
    const expected = appended(before, at, value);
    const next = append(result, at, value);
    // Keys that stand twice, and what else we did not think of, are left to the person.
    if (next === undefined || expected === undefined || !isDeepStrictEqual(valueOf(next), expected))
      throw new Error(`\`${file}\` is not as expected at \`${at.join('.')}\``);
    result = next;
  }
  return mark + result;
}

/** The value that `append` must lead to, worked out on the value itself. */
function appended(value: unknown, at: readonly string[], entry: unknown): unknown {
  const [key, ...rest] = at;
  if (key === undefined)
    return value === undefined
      ? [entry]
      : Array.isArray(value)
        ? [...(value as unknown[]), entry]
        : undefined;
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
    return undefined;
  const held = new Map(Object.entries(value ?? {}));
  const inner = appended(held.get(key), rest, entry);
  return inner === undefined ? undefined : Object.fromEntries(held.set(key, inner));
}

function valueOf(text: string): unknown {
  const root = tree(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  return root && plain(root);
}

/** An array element of ours: where it is, and what. */
interface Found {
  readonly path: Path;
  readonly value: unknown;
}

function ourEntries(
  text: string,
  wanted: readonly Wanted[],
  kept: Kept | undefined,
  agent: Wirable,
  given: WiringGiven,
): readonly Found[] {
  const value = valueOf(text);
  const known = [...wanted, ...(kept?.entries ?? [])];
  const isOurs = (at: readonly string[], entry: unknown): boolean =>
    (given.ours ?? startsGuard(agent.id))(entry) ||
    known.some(it => isDeepStrictEqual(it.at, at) && isDeepStrictEqual(it.value, entry));
  const places = new Map(known.map(({ at }) => [JSON.stringify(at), at]));
  return [...places.values()].flatMap(at => {
    const array = at.reduce<unknown>(
      (held, key) =>
        typeof held === 'object' && held !== null && Object.hasOwn(held, key)
          ? (held as Record<string, unknown>)[key]
          : undefined,
      value,
    );
    if (!Array.isArray(array)) return [];
    return array.flatMap((entry: unknown, index) =>
      isOurs(at, entry) ? smallest([...at, index], entry, part => isOurs(at, part)) : [],
    );
  });
}

/** Somebody may have put their own hook into the group we made: then only our part of it is ours. */
function smallest(at: Path, entry: unknown, isOurs: (part: unknown) => boolean): readonly Found[] {
  if (typeof entry === 'object' && entry !== null && !Array.isArray(entry))
    for (const [key, part] of Object.entries(entry)) {
      if (!Array.isArray(part) || part.length < 2) continue;
      const items = part.filter(item => typeof item === 'object' && item !== null);
      const ours = items.filter(isOurs);
      if (ours.length === 0 || ours.length === items.length) continue;
      return part.flatMap((item: unknown, index) =>
        ours.includes(item) ? [{ path: [...at, key, index], value: item }] : [],
      );
    }
  return [{ path: at, value: entry }];
}

/** Our entries hold a command, or the words of one, in which the guard is started for this agent. */
function startsGuard(agent: string): (entry: unknown) => boolean {
  const id = agent.replaceAll(/[^\w-]/g, '\\$&');
  const call = new RegExp(`guard\\.js["']?\\s.*\\bhook["']?\\s+["']?${id}(?![\\w-])`, 's');
  return entry => call.test(textsIn(entry).join(' '));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function isExact(text: string, wanted: readonly Wanted[], found: readonly Found[]): boolean {
  if (!text || found.length !== wanted.length) return false;
  const key = (at: Path, value: unknown): string => JSON.stringify([at, value]);
  const have = found.map(({ path, value }) => key(path.slice(0, -1), value)).sort();
  return isDeepStrictEqual(have, wanted.map(({ at, value }) => key(at, value)).sort());
}

/** The bytes without our entries and the containers we made for them; `undefined` where no file is left to be. */
function withoutOurs(
  current: Current,
  found: readonly Found[],
  kept: Kept | undefined,
  file: string,
): Buffer | undefined {
  if (!current.bytes || found.length === 0) return current.bytes;
  const text = textOf(current);
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  // From the back, so that the indices of those before stay right.
  let result = [...found].reverse().reduce((rest, { path: at }) => remove(rest, at), text.slice(mark.length));
  const made = [...(kept?.made ?? [])].sort((a, b) => b.length - a.length);
  for (const at of made) result = withoutEmpty(result, at);
  const root = tree(result);
  if (!root) throw new Error(`\`${file}\` is not as expected`);
  if (kept?.original === null && isBlank(result, root)) return undefined;
  return Buffer.from(mark + result);
}

function withoutEmpty(text: string, at: readonly string[]): string {
  const root = tree(text);
  const node = root && nodeAt(root, at);
  const isEmpty = node && (node.type === 'object' || node.type === 'array') && isBlank(text, node);
  return isEmpty ? remove(text, at) : text;
}

/** The containers that wiring will have to make. */
function missingContainers(text: string, wanted: readonly Wanted[]): readonly (readonly string[])[] {
  const root = tree(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  const all = wanted.flatMap(({ at }) => at.map((_, index) => at.slice(0, index + 1)));
  return all.filter(at => !root || !nodeAt(root, at));
}

function missingFolders(folder: string): readonly string[] {
  return fs.existsSync(folder) ? [] : [...missingFolders(path.dirname(folder)), folder];
}

function removeFolders(folders: readonly string[]): void {
  for (const folder of [...folders].reverse())
    try {
      fs.rmdirSync(folder);
    } catch {
      return; // Something else is in it by now.
    }
}

/** Writes what differs; what was written is taken back when a later file cannot be. */
function carryOut(plans: readonly Plan[]): readonly string[] {
  const done: Plan[] = [];
  try {
    for (const plan of plans) {
      if (isSame(plan.current.bytes, plan.target)) continue;
      if (!isSame(readCurrent(plan.file).bytes, plan.current.bytes))
        throw new Error(`\`${plan.file}\` was changed by somebody else just now`);
      done.push(plan);
      replace(plan.current, plan.target);
    }
  } catch (error) {
    for (const { current } of done)
      replace({ ...readCurrent(current.real), stat: current.stat }, current.bytes);
    throw error;
  }
  return done.map(({ file }) => file);
}

/** Writes a file where it really is, or takes it away. What is new gets `mode`. Throws a sentence. */
export function replace({ real, stat }: Current, bytes: Buffer | undefined, mode = 0o600): void {
  if (!bytes) return fs.rmSync(real, { force: true });
  fs.mkdirSync(path.dirname(real), { recursive: true, mode: 0o700 });
  // Another owner or name of the file would be lost with a new one.
  const inPlace = stat && (stat.nlink > 1 || (process.getuid && stat.uid !== process.getuid()));
  if (inPlace) return fs.writeFileSync(real, bytes);
  try {
    writePrivate(real, bytes, stat ? stat.mode & 0o777 : mode);
  } catch (error) {
    // A single file mounted into a container cannot be renamed over, but written to.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!stat || !['EBUSY', 'EXDEV', 'EACCES', 'EPERM'].includes(code))
      throw new Error(`\`${real}\` cannot be written: ${reason(error)}`, { cause: error });
    fs.writeFileSync(real, bytes);
  }
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map(value => [JSON.stringify(value), value])).values()];
}

function isSame(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

function isAsWritten({ bytes }: Current, { wrote }: Kept): boolean {
  return bytes !== undefined && hashOf(bytes) === wrote;
}

function original({ original }: Kept): Buffer | undefined {
  return original === null ? undefined : Buffer.from(original, 'base64');
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function recordFile({ id }: Wirable, state: string): string {
  return path.join(parts(state).wiring, `${id}.json`);
}

function writeRecord(agent: Wirable, state: string, record: ReadonlyMap<string, Kept>): void {
  const text = `${JSON.stringify({ version: 1, files: [...record.values()] })}\n`;
  const file = recordFile(agent, state);
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) writePrivate(file, text);
}

/** A record that is not one is none: then our entries are found by what they look like. */
function readRecord(agent: Wirable, state: string): ReadonlyMap<string, Kept> {
  try {
    const { files } = JSON.parse(fs.readFileSync(recordFile(agent, state), 'utf8')) as { files: unknown };
    return new Map((Array.isArray(files) ? files : []).filter(isKept).map(kept => [kept.file, kept]));
  } catch {
    return new Map();
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { file, original, wrote, folders, made, entries } = value as Record<string, unknown>;
  const isPath = (it: unknown): boolean => Array.isArray(it) && it.every(step => typeof step === 'string');
  return (
    typeof file === 'string' &&
    (original === null || typeof original === 'string') &&
    typeof wrote === 'string' &&
    isPath(folders) &&
    Array.isArray(made) &&
    made.every(isPath) &&
    Array.isArray(entries) &&
    entries.every((it: unknown) => typeof it === 'object' && it !== null && 'at' in it && isPath(it.at))
  );
}
