import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Agent } from '../core/agent.ts';
import {
  blockIn,
  claudeEntries,
  ignoreLines,
  withBlock,
  withoutBlock,
  type DenyList,
  type Hiding,
} from '../core/denyList.ts';
import { locked } from './lock.ts';
import { parts, reason, writePrivate } from './state.ts';
import { install, noLaunch, readCurrent, recorded, replace, textIn, uninstall } from './wiring.ts';

/*
 * Agents' own lists of what they must not read, written and undone. A list of lines is a block of ours in a file that may be
 * anybody's; a list of entries is wired like a hook. What was written where is kept in the state, so that it can be
 * undone from any window.
 */

export interface DenyGiven {
  readonly home: string;
  readonly state: string;
  /** The folders that are worked in, absolute. */
  readonly folders: readonly string[];
  readonly hiding: Hiding;
  /** Hidden files that are there, for lists that take nothing but paths. */
  readonly found: () => readonly string[];
}

/** How a list stands in one file. */
export interface Standing {
  readonly id: string;
  readonly file: string;
  readonly is: 'written' | 'outdated' | 'absent' | 'unreadable';
  /** What ours has and the file lacks, and the other way round. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly problem?: string;
}

/** Writes lists anew, or for the first time, and gives the files that were changed. Rejects with a sentence. */
export async function writeLists(lists: readonly DenyList[], given: DenyGiven): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const list of lists)
    for (const file of filesOf(list, given)) changed.push(...(await written(list, file, given)));
  return changed;
}

/** Takes lists out again wherever they were written, and gives the files that were changed. Rejects with a sentence. */
export async function undoLists(lists: readonly DenyList[], given: DenyGiven): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const list of lists) {
    if (list.form.is === 'entries')
      changed.push(...wiredOr(await uninstall(asAgent(list, '', []), wiring(given))));
    else {
      const files = new Set([...(await remembered(given.state, list.id)), ...filesOf(list, given)]);
      for (const file of files) changed.push(...(await exclusively(given, () => withoutOurs(file, list))));
      await remember(given, list.id, []);
    }
  }
  return changed;
}

/** How lists stand in the folders that are worked in. Never rejects. */
export function standings(lists: readonly DenyList[], given: DenyGiven): readonly Standing[] {
  return lists.flatMap(list => filesOf(list, given).map(file => standing(list, file, given)));
}

async function written(list: DenyList, file: string, given: DenyGiven): Promise<readonly string[]> {
  if (list.form.is === 'entries')
    return wiredOr(await install(asAgent(list, file, wantedIn(list, file, given)), noLaunch, wiring(given)));
  await remember(given, list.id, [...(await remembered(given.state, list.id)), file]);
  return exclusively(given, () => {
    const current = readCurrent(file);
    const text = current.bytes && textIn(current);
    refuseBroken(text, file);
    const fresh = Buffer.from(withBlock(text, wantedIn(list, file, given)));
    if (current.bytes?.equals(fresh)) return [];
    replace(current, fresh, 0o644);
    return [file];
  });
}

function withoutOurs(file: string, { agent }: DenyList): readonly string[] {
  const current = readCurrent(file);
  if (!current.bytes) return [];
  const text = textIn(current);
  refuseBroken(text, file);
  if (blockIn(text).is === 'absent') return [];
  const rest = withoutBlock(text);
  replace(current, rest === undefined ? undefined : Buffer.from(rest), 0o644);
  return [`${file} (${agent})`];
}

function refuseBroken(text: string | undefined, file: string): void {
  const block = blockIn(text ?? '');
  if (block.is === 'broken') throw new Error(`cannot change \`${file}\`: ${block.why}`);
}

function standing(list: DenyList, file: string, given: DenyGiven): Standing {
  const wanted = wantedIn(list, file, given);
  try {
    const there = list.form.is === 'entries' ? entriesIn(list, file, given) : linesIn(file);
    if (!there) return { id: list.id, file, is: 'absent', missing: wanted, extra: [] };
    const missing = wanted.filter(it => !there.includes(it));
    const extra = there.filter(it => !wanted.includes(it));
    return { id: list.id, file, is: missing.length || extra.length ? 'outdated' : 'written', missing, extra };
  } catch (error) {
    return { id: list.id, file, is: 'unreadable', missing: [], extra: [], problem: reason(error) };
  }
}

function linesIn(file: string): readonly string[] | undefined {
  const current = readCurrent(file);
  const block = blockIn(current.bytes ? textIn(current) : '');
  if (block.is === 'broken') throw new Error(block.why);
  return block.is === 'there' ? block.lines : undefined;
}

/** Our entries that stand in the file, by what was written there. */
function entriesIn(list: DenyList, file: string, given: DenyGiven): readonly string[] | undefined {
  const { there } = recorded(asAgent(list, file, wantedIn(list, file, given)), file, wiring(given));
  return there.length ? there.filter(it => typeof it === 'string') : undefined;
}

function wantedIn(list: DenyList, file: string, given: DenyGiven): readonly string[] {
  if (list.form.is === 'lines') return ignoreLines(given.hiding);
  if (list.form.of === 'claude') return claudeEntries(given.hiding);
  // One file for all folders of this person: those of other windows stay while their files are there.
  const { known } = recorded(asAgent(list, file, []), file, wiring(given));
  const others = known.filter(
    (it): it is string =>
      typeof it === 'string' &&
      !given.folders.some(folder => it.startsWith(`${folder}/`)) &&
      fs.existsSync(it),
  );
  return [...new Set([...others, ...given.found()])].slice(0, mostPaths);
}

const mostPaths = 500;

function filesOf({ files }: DenyList, { home, folders }: DenyGiven): readonly string[] {
  if (files[0]?.startsWith('./'))
    return folders.flatMap(folder => files.map(file => path.join(folder, file)));
  const all = files.map(file => path.join(home, file.replace(/^~\//, '')));
  return [all.find(file => fs.existsSync(file)) ?? (all[0] as string)];
}

/** A list of entries as wiring knows it. */
function asAgent(
  { id, agent, form }: DenyList,
  file: string,
  entries: readonly string[],
): Pick<Agent, 'id' | 'name' | 'wiring'> {
  const at = form.is === 'entries' ? form.at : [];
  return { id: `list-${id}`, name: agent, wiring: entries.map(entry => ({ file, at, entry: () => entry })) };
}

function wiring({ home, state }: DenyGiven) {
  return { home, state, ours: () => false };
}

function wiredOr(wired: Awaited<ReturnType<typeof install>>): readonly string[] {
  if ('problem' in wired) throw new Error(wired.problem);
  return wired.changed;
}

function exclusively<T>({ state }: DenyGiven, work: () => T): Promise<T> {
  const folder = parts(state).wiring;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return locked(path.join(folder, 'lock'), work);
}

/** Where lists of lines were written, by list. What cannot be read is none: then only this window's folders are looked at. */
async function remembered(state: string, id: string): Promise<readonly string[]> {
  return tableIn(state)[id] ?? [];
}

function tableIn(state: string): Readonly<Record<string, readonly string[]>> {
  try {
    const table: unknown = JSON.parse(fs.readFileSync(recordIn(state), 'utf8'));
    if (typeof table !== 'object' || table === null) return {};
    return Object.fromEntries(
      Object.entries(table).map(([id, files]) => [
        id,
        Array.isArray(files)
          ? files.filter((it): it is string => typeof it === 'string' && path.isAbsolute(it))
          : [],
      ]),
    );
  } catch {
    return {};
  }
}

function remember(given: DenyGiven, id: string, files: readonly string[]): Promise<void> {
  return exclusively(given, () => {
    const table = { ...tableIn(given.state), [id]: [...new Set(files)] };
    writePrivate(recordIn(given.state), `${JSON.stringify(table)}\n`);
  });
}

function recordIn(state: string): string {
  return path.join(parts(state).wiring, 'ignore-lists.json');
}
