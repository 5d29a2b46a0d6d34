import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Agent, Answered, Asking, Launch, Wiring } from '../core/agent.ts';
import { block } from './forms/block.ts';
import type { Form, Found, Wanted } from './forms/form.ts';
import { jsonEntries } from './forms/jsonEntries.ts';
import { whole } from './forms/whole.ts';
import { nodeAt, tree } from './jsonc.ts';
import { locked } from './lock.ts';
import { parts, reason, writePrivate } from './state.ts';

export interface WiringGiven {
  /** Absolute. */
  readonly home: string;
  readonly state: string;
  /** Whether an entry of an agent's file is one of ours, of whatever age. */
  readonly ours?: (entry: unknown) => boolean;
  /** Asks an agent's own program. Never rejects. */
  readonly ask?: (asking: Asking) => Promise<Answered>;
}

/** The files that were written, or a sentence: then nothing was. */
export type Wired = { readonly changed: readonly string[] } | { readonly problem: string };

/** `outdated`: something of ours is there, but not all, or not as it would be written now. */
export type WiringStatus =
  { readonly is: 'wired' | 'outdated' | 'absent' } | { readonly is: 'unreadable'; readonly problem: string };

/** Of an agent, what wiring needs. */
export type Wirable = Pick<Agent, 'id' | 'name' | 'wiring'>;

/**
 * Puts what is ours into an agent's files, instead of older things of ours. Doing it again changes nothing. What only the
 * agent's own program can tell is written after the rest.
 */
export async function install(agent: Wirable, launch: Launch, given: WiringGiven): Promise<Wired> {
  await loadForms(agent);
  const plain = agent.wiring.filter(it => !('asks' in it));
  const first = await wired(
    plain.map(wiring => wantedBy(wiring, launch)),
    agent,
    given,
  );
  if ('problem' in first || plain.length === agent.wiring.length) return first;
  const told = await toldBy(agent.wiring.filter(isAsking), launch, given);
  if ('problem' in told) return { problem: `cannot wire ${agent.name}: ${told.problem}` };
  const second = await wired(told.wanted, agent, given);
  return 'problem' in second ? second : { changed: [...new Set([...first.changed, ...second.changed])] };
}

/** What installing would make of an agent's files, without doing it. Rejects with a sentence where it cannot be done. */
export async function preview(
  agent: Wirable,
  launch: Launch,
  given: WiringGiven,
): Promise<readonly Preview[]> {
  await loadForms(agent);
  const record = readRecord(agent, given.state);
  const wanted = agent.wiring.filter(it => !isAsking(it)).map(wiring => wantedBy(wiring, launch));
  return [...byFile(wanted, given.home)].map(([file, entries]) => {
    const { current, target } = planFile(file, entries, record.get(file), agent, given);
    return {
      file,
      before: current.bytes && textOf(current),
      after: target ? textOf({ ...current, bytes: target }) : '',
    };
  });
}

/** A file as it is, where there is one, and as it would be. */
export interface Preview {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string;
}

function wired(wanted: readonly WantedIn[], agent: Wirable, given: WiringGiven): Promise<Wired> {
  return exclusively(given, `cannot wire ${agent.name}`, () => {
    const record = readRecord(agent, given.state);
    const plans = [...byFile(wanted, given.home)].map(([file, entries]) =>
      planFile(file, entries, record.get(file), agent, given),
    );
    writeRecord(agent, given.state, new Map([...record, ...plans.map(it => [it.file, it.kept] as const)]));
    return { changed: carryOut(plans) };
  });
}

/** What an agent's own program says, as it is to be written. */
async function toldBy(
  wirings: readonly AskingWiring[],
  launch: Launch,
  { home, ask }: WiringGiven,
): Promise<{ readonly wanted: readonly WantedIn[] } | { readonly problem: string }> {
  const wanted: WantedIn[] = [];
  for (const wiring of wirings) {
    const told = await ask?.(wiring.asks(home));
    if (!told || 'problem' in told) return told ?? { problem: 'nobody can ask its program' };
    const lines = wiring.block(launch, told.answers);
    if (lines === undefined) return { problem: `its program does not know the hook: ${wiring.untold}` };
    wanted.push({ wiring, at: [], value: lines });
  }
  return { wanted };
}

/**
 * Takes an agent's entries out again. A file that is byte for byte as we wrote it becomes what it was before; from
 * any other exactly our entries go. Files and folders we made go too, where nothing else came into them.
 */
export async function uninstall(agent: Wirable, given: WiringGiven): Promise<Wired> {
  await loadForms(agent, readRecord(agent, given.state).keys());
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

/** How an agent is wired now. Never rejects. */
export async function wiringStatus(
  agent: Wirable,
  launch: Launch,
  given: WiringGiven,
): Promise<WiringStatus> {
  try {
    await loadForms(agent);
    const record = readRecord(agent, given.state);
    const all = agent.wiring.map(wiring =>
      // What its program said once is taken as it was.
      isAsking(wiring)
        ? { wiring, at: [], value: record.get(expand(wiring.file, given.home))?.entries[0]?.value }
        : wantedBy(wiring, launch),
    );
    const files = [...byFile(all, given.home)].map(([file, wanted]) => {
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
  const all = agent.wiring.filter(it => !isAsking(it)).map(wiring => wantedBy(wiring, noLaunch));
  const wanted = byFile(all, given.home).get(file) ?? [];
  const there = ourEntries(textOf(readCurrent(file)), wanted, kept, agent, given);
  return { known: (kept?.entries ?? []).map(it => it.value), there: there.map(it => it.value) };
}

/** For entries that start nothing. */
export const noLaunch: Launch = { node: '', guard: '', state: '', platform: 'posix' };

/** What is wanted, with the wiring that wants it, which says of what form its file is. */
interface WantedIn extends Wanted {
  readonly wiring: Wiring;
}

type AskingWiring = Extract<Wiring, { readonly asks: unknown }>;

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
  /** Whether it is a program. */
  readonly executable?: boolean;
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
  wanted: readonly WantedIn[],
  before: Kept | undefined,
  agent: Wirable,
  given: WiringGiven,
): Plan & { readonly kept: Kept } {
  const current = readCurrent(file);
  const text = textOf(current);
  const untouched = before !== undefined && isAsWritten(current, before);
  const found = ourEntries(text, wanted, before, agent, given);
  if (found.length === 0) assertNoneDisplaced(wanted, given.home);
  const base = untouched ? original(before) : withoutOurs(current, found, wanted, before, file);
  const baseText = base === undefined ? '' : textOf({ ...current, bytes: base });
  const exact = isExact(text, wanted, found);
  const target = exact && current.bytes ? current.bytes : withOurs(baseText, wanted, file);
  const made = formOf(wanted, file).made(baseText.slice(markOf(baseText).length), wanted);
  const executable = wanted.some(({ wiring }) => 'executable' in wiring && wiring.executable);
  return {
    file,
    current,
    target,
    executable,
    kept: {
      file,
      original: base?.toString('base64') ?? null,
      wrote: hashOf(target),
      folders: [...new Set([...(before?.folders ?? []), ...missingFolders(path.dirname(file))])],
      made: unique([...(untouched ? [] : (before?.made ?? [])), ...made]),
      entries: unique([...wanted.map(({ at, value }) => ({ at, value })), ...(before?.entries ?? [])]).slice(
        0,
        maxEntries,
      ),
    },
  };
}

/** Throws a sentence where hooks of others would not be run any more. */
function assertNoneDisplaced(wanted: readonly WantedIn[], home: string): void {
  for (const { wiring } of wanted)
    for (const { file, at } of ('displaces' in wiring && wiring.displaces) || []) {
      const root = tree(textOf(readCurrent(expand(file, home))));
      const hooks = root && nodeAt(root, at);
      if (hooks?.children?.length)
        throw new Error(
          `\`${file}\` has hooks that are not run beside \`${wiring.file}\`: move them there first`,
        );
    }
}

function planUndoing(file: string, kept: Kept | undefined, agent: Wirable, given: WiringGiven): Plan {
  const current = readCurrent(file);
  if (kept && isAsWritten(current, kept)) return { file, current, target: original(kept) };
  const wanted = agent.wiring
    .filter(wiring => expand(wiring.file, given.home) === file)
    .map(wiring => ({ wiring, at: placeOf(wiring), value: undefined }));
  const found = ourEntries(textOf(current), wanted, kept, agent, given);
  return { file, current, target: withoutOurs(current, found, wanted, kept, file) };
}

/** What a wiring wants that nobody needs to be asked about. */
function wantedBy(wiring: Wiring, launch: Launch): WantedIn {
  if ('text' in wiring) return { wiring, at: [], value: wiring.text(launch) };
  if ('block' in wiring) return { wiring, at: [], value: wiring.block(launch, []) };
  return { wiring, at: wiring.at, value: JSON.parse(JSON.stringify(wiring.entry(launch))) as unknown };
}

function placeOf(wiring: Wiring): readonly string[] {
  return 'at' in wiring ? wiring.at : [];
}

function isAsking(wiring: Wiring): wiring is AskingWiring {
  return 'asks' in wiring;
}

function byFile(wanted: readonly WantedIn[], home: string): ReadonlyMap<string, readonly WantedIn[]> {
  const files = new Map<string, WantedIn[]>();
  for (const it of wanted) {
    const place = expand(it.wiring.file, home);
    files.set(place, [...(files.get(place) ?? []), it]);
  }
  return files;
}

/** One file is of one form; one that nothing is wanted in any more holds entries. */
function formOf([first]: readonly WantedIn[], file: string): Form {
  const wiring = first?.wiring;
  if (wiring && 'text' in wiring) return whole;
  if (wiring && 'block' in wiring) return block;
  return (isYaml(file) ? yamlEntries : jsonEntries)(wiring?.start);
}

/** The reader of YAML is large, and loaded for those alone who keep hooks in it. */
async function loadForms(agent: Wirable, others: Iterable<string> = []): Promise<void> {
  if ([...agent.wiring.map(it => it.file), ...others].some(isYaml))
    ({ yamlEntries } = await import('./forms/yamlEntries.ts'));
}

let yamlEntries: typeof jsonEntries = () => {
  throw new Error('is YAML, which was not loaded');
};

function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file);
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

/** The text, and nothing for a file that is not there or empty. */
function textOf({ real, bytes }: Pick<Current, 'real' | 'bytes'>): string {
  const text = bytes ? textIn({ real, bytes }) : '';
  return text.slice(markOf(text).length).trim() === '' ? '' : text;
}

function markOf(text: string): string {
  return text.startsWith(byteOrderMark) ? byteOrderMark : '';
}

function withOurs(text: string, wanted: readonly WantedIn[], file: string): Buffer {
  const mark = markOf(text);
  return Buffer.from(mark + about(file, () => formOf(wanted, file).put(text.slice(mark.length), wanted)));
}

/** The bytes without what is ours and the containers we made for it; `undefined` where no file is left to be. */
function withoutOurs(
  current: Current,
  found: readonly Found[],
  wanted: readonly WantedIn[],
  kept: Kept | undefined,
  file: string,
): Buffer | undefined {
  if (!current.bytes || found.length === 0) return current.bytes;
  const text = textOf(current);
  const mark = markOf(text);
  const remembered = { fresh: kept?.original === null, made: kept?.made ?? [] };
  const rest = about(file, () => formOf(wanted, file).take(text.slice(mark.length), found, remembered));
  return rest === undefined ? undefined : Buffer.from(mark + rest);
}

function ourEntries(
  text: string,
  wanted: readonly WantedIn[],
  kept: Kept | undefined,
  agent: Wirable,
  given: WiringGiven,
): readonly Found[] {
  const known: readonly Wanted[] = [...wanted, ...(kept?.entries ?? [])];
  const isOurs = (at: readonly string[], entry: unknown): boolean =>
    (given.ours ?? startsGuard(agent.id))(entry) ||
    known.some(it => isDeepStrictEqual(it.at, at) && isDeepStrictEqual(it.value, entry));
  const places = [...new Map(known.map(({ at }) => [JSON.stringify(at), at])).values()];
  const file = wanted[0]?.wiring.file ?? kept?.file ?? '';
  return about(file, () => formOf(wanted, file).find(text.slice(markOf(text).length), places, isOurs));
}

/** What a form says of a text, said of its file. */
function about<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`\`${file}\` ${reason(error)}`, { cause: error });
  }
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
  const key = (at: readonly (string | number)[], value: unknown): string => JSON.stringify([at, value]);
  const have = found.map(({ path, value }) => key(path.slice(0, -1), value)).sort();
  return isDeepStrictEqual(have, wanted.map(({ at, value }) => key(at, value)).sort());
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
      replace(plan.current, plan.target, plan.executable ? 0o755 : 0o600);
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
