import * as fs from 'node:fs';
import type { Sighting } from '../core/ages.ts';
import { grouped } from '../core/grouped.ts';
import { nameIn } from '../core/named.ts';
import { normal } from '../core/paths.ts';
import type { Ages, Machine } from '../core/ports.ts';
import type { Secret } from '../core/report.ts';
import { fingerprint, fingerprintKey } from './fingerprint.ts';
import { locked } from './lock.ts';
import { parts, writePrivate } from './state.ts';
import { clock, each, type Clock } from './world/clock.ts';
import { sinceWhen } from './world/history.ts';
import { contentOf } from './world/regular.ts';

export interface AgesGiven {
  readonly state: string;
  readonly machine: Machine;
  /** Folders whose programs are not trusted to be git. */
  readonly distrusted: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds for asking git about all that a scan found; ours where absent. */
  readonly patience?: number;
}

/**
 * Ages in a file of the state folder, a line a secret, so that a broken line costs no other. Windows that note at once
 * take turns. A clock that went back makes nothing younger, and one that ran ahead nothing older.
 */
export function fileAges(given: AgesGiven): Ages {
  const file = parts(given.state).ages;
  return {
    known: async () => new Map(rows(file).map(row => [row.fingerprint, row])),
    note: async secrets => {
      const key = await fingerprintKey(given.state);
      const mark = fingerprint('chaperone', key).slice(0, 8);
      const now = given.now();
      const looked = await look(secrets, rows(file), key, given);
      return locked(`${file}.lock`, () => {
        const before = rows(file);
        const after = merged(before, secrets, looked, { mark, now });
        if (after !== before) write(file, after);
        const known = new Map(after.map(it => [it.fingerprint, it]));
        return new Map(
          secrets.flatMap(({ fingerprint: print }) => {
            const row = known.get(print);
            return row ? [[print, row] as const] : [];
          }),
        );
      });
    },
  };
}

/** A line of the file. */
interface Row extends Sighting {
  /** Tells the key that the fingerprint was made with. */
  readonly mark: string;
  /** There was no time to ask git. */
  readonly unasked?: true;
}

/** What a file and its history say about a secret that is not known yet, or not in that file. */
interface Looked {
  readonly place: string;
  readonly since?: number;
  readonly unasked?: true;
}

const usualPatience = 10_000;
const mostBytes = 4 * 1024 * 1024;
const mostRows = 10_000;
/** Milliseconds within which it is not written again that the same was seen. */
const hour = 60 * 60 * 1000;

/** By fingerprint. */
async function look(
  secrets: readonly Secret[],
  known: readonly Row[],
  key: Uint8Array,
  given: AgesGiven,
): Promise<ReadonlyMap<string, Looked>> {
  const places = new Map(known.map(it => [it.fingerprint, it]));
  const found = grouped(secrets, it => it.fingerprint);
  const unknown = [...found.values()].flatMap(same => {
    const row = places.get(same[0].fingerprint);
    return row && !row.unasked && same.some(it => it.file === row.file) ? [] : [same[0]];
  });
  const time = clock(given.patience ?? usualPatience);
  const files = [...grouped(unknown, it => it.file)];
  const looked = await each(files, time, ([file, its]) => lookInto(file, its, key, time, given), 4);
  const unasked = unknown.map(
    it => [it.fingerprint, { place: it.detector, unasked: true as const }] as const,
  );
  return new Map([...unasked, ...looked.flat()]);
}

async function lookInto(
  file: string,
  secrets: readonly Secret[],
  key: Uint8Array,
  time: Clock,
  { machine, distrusted }: AgesGiven,
): Promise<readonly (readonly [string, Looked])[]> {
  const content = await contentOf(file, mostBytes);
  if (content.found !== 'bytes') return [];
  const lines = content.bytes.toString('utf8').split('\n');
  const values = new Map<string, string>();
  for (const it of secrets) {
    const value = valueOf(it, lines);
    // The file may be another one by now.
    if (fingerprint(value, key) === it.fingerprint) values.set(it.fingerprint, value);
  }
  const since = await sinceWhen(normal(file, machine), [...values.values()], { machine, time, distrusted });
  return secrets.map(it => {
    const commit = since.get(values.get(it.fingerprint) ?? '');
    const before = lines[it.line - 1]?.slice(0, it.column - 1) ?? '';
    return [
      it.fingerprint,
      {
        place: (values.has(it.fingerprint) && nameIn(before)) || it.detector,
        ...(commit !== undefined && { since: commit }),
        ...(commit === undefined && time.over() && { unasked: true }),
      },
    ];
  });
}

function valueOf({ line, column, endLine, endColumn }: Secret, lines: readonly string[]): string {
  const its = lines.slice(line - 1, endLine);
  const last = its.length - 1;
  return its
    .map((text, index) => text.slice(index ? 0 : column - 1, index === last ? endColumn - 1 : undefined))
    .join('\n');
}

/** The rows after a scan: the same array where nothing is worth writing. */
function merged(
  before: readonly Row[],
  secrets: readonly Secret[],
  looked: ReadonlyMap<string, Looked>,
  { mark, now }: { readonly mark: string; readonly now: number },
): readonly Row[] {
  const rows = new Map(before.map(row => [row.fingerprint, row]));
  const found = new Map(secrets.map(it => [it.fingerprint, it]));
  const former = grouped(before, placeOf);
  let changed = false;
  for (const [print, { file, detector }] of found) {
    const row = rows.get(print);
    const its = looked.get(print);
    if (row && !its && now - row.lastSeen < hour) continue;
    changed = true;
    const place = its?.place ?? row?.place ?? detector;
    const said = its?.since === undefined ? (row?.firstSeen ?? now) : Math.min(its.since, now);
    const replaced = row ? undefined : replacedBy({ file, place }, former, found);
    // Under another key nobody can tell whether the value changed, so its time goes on.
    const first = replaced && replaced.mark !== mark ? Math.min(said, replaced.firstSeen) : said;
    const firstSeen = Math.min(row?.firstSeen ?? Infinity, first);
    const after = row?.after ?? (replaced?.mark === mark ? replaced.firstSeen : undefined);
    rows.set(print, {
      fingerprint: print,
      kind: detector,
      file: its ? file : (row?.file ?? file),
      place,
      firstSeen,
      lastSeen: Math.max(row?.lastSeen ?? 0, now),
      by: row && firstSeen === row.firstSeen ? row.by : its?.since === undefined ? 'scan' : 'commit',
      ...(after !== undefined && { after }),
      mark,
      ...(its?.unasked && { unasked: true }),
    });
  }
  return changed ? [...rows.values()].sort((a, b) => b.lastSeen - a.lastSeen).slice(0, mostRows) : before;
}

/** Whose place a new value took: one that stood there last, and stands nowhere now. */
function replacedBy(
  at: { readonly file: string; readonly place: string },
  former: ReadonlyMap<string, readonly Row[]>,
  found: ReadonlyMap<string, Secret>,
): Row | undefined {
  const gone = (former.get(placeOf(at)) ?? []).filter(it => !found.has(it.fingerprint));
  return gone.toSorted((a, b) => b.lastSeen - a.lastSeen)[0];
}

function placeOf({ file, place }: { readonly file: string; readonly place: string }): string {
  return `${file}\n${place}`;
}

/** What can be read of the file. Throws where it is there and cannot be read at all: it is not to be written over then. */
function rows(file: string): readonly Row[] {
  if (!fs.existsSync(file)) return [];
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(line => rowIn(line) ?? []);
}

function rowIn(line: string): Row | undefined {
  try {
    const row = JSON.parse(line) as Partial<Record<keyof Row, unknown>> | null;
    const texts = [row?.fingerprint, row?.kind, row?.file, row?.place, row?.mark];
    const times = [row?.firstSeen, row?.lastSeen, row?.after ?? 0];
    const sound =
      texts.every(it => typeof it === 'string') &&
      times.every(it => typeof it === 'number' && it >= 0) &&
      (row?.by === 'commit' || row?.by === 'scan');
    return sound ? (row as Row) : undefined;
  } catch {
    return undefined;
  }
}

function write(file: string, all: readonly Row[]): void {
  writePrivate(file, all.map(row => `${JSON.stringify(row)}\n`).join(''));
}
