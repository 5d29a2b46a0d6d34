import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Entry } from '../core/model.ts';
import type { Ledger } from '../core/ports.ts';
import { locked } from './lock.ts';
import { parts, reason } from './state.ts';

/*
 * The ledger is JSON lines. Each carries its number and the hash of the line before, so that a line that was changed,
 * removed, inserted or moved shows; `ledger.head` beside it holds the number and hash of the last, so that a tail that
 * was cut off shows. Who can write both files can write a new history: this shows tampering, it does not prevent it.
 */

/** An entry as the ledger holds it. `time` is ISO 8601, `prev` the hash of the bytes of the line before. */
export type LedgerLine = { readonly n: number; readonly time: string; readonly prev: string } & Entry;

export interface Verification {
  readonly lines: number;
  readonly problems: readonly Problem[];
  readonly ok: boolean;
}

/** `line` counts the lines of the file from 1. */
export interface Problem {
  readonly line: number;
  readonly what: string;
}

/**
 * The ledger of a state folder. Several processes may append at once. Appending never rejects: what could not be
 * recorded is said to `complain`, a sentence each time. What was refused or minded is on the disk when it resolves.
 */
export function fileLedger(
  state: string,
  given: { readonly now: () => Date; readonly complain: (sentence: string) => void },
): Ledger {
  const file = parts(state).ledger;
  let last: Promise<void> = Promise.resolve();
  const record = async (entry: Entry): Promise<void> => {
    try {
      const cut = await locked(lockOf(file), () => append(file, entry, given.now()));
      if (cut) given.complain(`cannot trust the ledger \`${file}\`: ${cut}`);
    } catch (error) {
      given.complain(`cannot record in the ledger \`${file}\`: ${reason(error)}`);
    }
  };
  return {
    append: entry => {
      last = last.then(() => record(entry)).catch(() => {});
      return last;
    },
  };
}

/** Follows the chain from the first line to the head. Rejects when the file cannot be read; no file is no lines. */
export async function verifyLedger(file: string): Promise<Verification> {
  const { size, head } = await moment(file);
  const problems: Problem[] = [];
  let [lines, n, prev] = [0, 0, origin];
  let headHash: string | undefined;
  for await (const { bytes, ended } of linesOf(file, size)) {
    lines++;
    const line = bytes && chained(bytes.toString('utf8'));
    if (!line) problems.push({ line: lines, what: bytes ? brokenLine(ended) : 'it is too long to be read' });
    else if (line.n !== n + 1) problems.push({ line: lines, what: misnumbered(line.n, n) });
    else if (line.prev !== prev) {
      problems.push(
        lines === 1
          ? { line: 1, what: 'it does not begin the chain' }
          : { line: lines - 1, what: 'it is not the line that the next one was chained to' },
      );
    }
    n = line ? line.n : n + 1;
    prev = bytes ? hashOf(bytes) : '';
    if (n === head?.count) headHash = prev;
  }
  const end = endProblem(head, { lines, n, headHash });
  if (end) problems.push(end);
  return { lines, problems, ok: problems.length === 0 };
}

/** The last lines, oldest first, without reading the others. Lines that are not entries are left out. */
export function readLedger(file: string, { last }: { readonly last: number }): readonly LedgerLine[] {
  if (!fs.existsSync(file)) return [];
  const handle = fs.openSync(file, 'r');
  try {
    const found: LedgerLine[] = [];
    let seen = 0;
    for (const bytes of linesFromEnd(handle, fs.fstatSync(handle).size)) {
      if (seen++ === last) break;
      const line = bytes.length > 0 && entryLine(bytes.toString('utf8'));
      if (line) found.push(line);
    }
    return found.reverse();
  } finally {
    fs.closeSync(handle);
  }
}

interface Head {
  readonly count: number;
  readonly hash: string;
}

const origin = '0'.repeat(64);
const newline = 0x0a;
const chunkSize = 64 * 1024;
const maxLine = 16 * 1024 * 1024;

const lockOf = (file: string): string => `${file}.lock`;
const headOf = (file: string): string => path.join(path.dirname(file), 'ledger.head');

/** Writes one line; to be called under the lock. Gives a sentence's end when lines have gone since the last time. */
function append(file: string, entry: Entry, time: Date): string | undefined {
  // A pipe or device in the file's place would keep us waiting.
  const there = fs.statSync(file, { throwIfNoEntry: false });
  if (there && !there.isFile()) throw new Error(there.isDirectory() ? 'it is a folder' : 'it is not a file');
  const handle = fs.openSync(file, 'a+', 0o600);
  try {
    const { size } = fs.fstatSync(handle);
    const last = lastLine(handle, size);
    const head = readHead(file);
    // Where the head knows more than the file, the chain goes on from the head: the gap stays to be seen.
    const lost = head && (head.count > last.n || (head.count === last.n && head.hash !== last.hash));
    const before = lost ? { n: head.count, hash: head.hash } : last;
    const line = JSON.stringify({ n: before.n + 1, time: time.toISOString(), prev: before.hash, ...entry });
    writeWhole(handle, `${last.ended ? '' : '\n'}${line}\n`, size);
    if (entry.outcome === 'refused' || entry.verdict !== 'allow') fs.fdatasyncSync(handle);
    writeHead(file, { count: before.n + 1, hash: hashOf(Buffer.from(line)) });
    return lost ? 'lines that were recorded are missing or changed' : undefined;
  } finally {
    fs.closeSync(handle);
  }
}

/** All of it or nothing: what a full disk cuts short is taken back. */
function writeWhole(handle: number, text: string, size: number): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += fs.writeSync(handle, bytes, written);
  } catch (error) {
    if (written > 0 && fs.fstatSync(handle).size === size + written) fs.ftruncateSync(handle, size);
    throw error;
  }
}

/** Number and hash of the last line. Lines that a crash tore count, and are chained like any other. */
function lastLine(
  handle: number,
  size: number,
): { readonly n: number; readonly hash: string; readonly ended: boolean } {
  let hash: string | undefined;
  let torn = 0;
  let ended = true;
  for (const bytes of linesFromEnd(handle, size)) {
    if (hash === undefined) {
      ended = lastByte(handle, size) === newline;
      hash = hashOf(bytes);
    }
    const line = chained(bytes.toString('utf8'));
    if (line) return { n: line.n + torn, hash, ended };
    torn++;
  }
  return { n: torn, hash: hash ?? origin, ended };
}

function lastByte(handle: number, size: number): number | undefined {
  const byte = Buffer.alloc(1);
  fs.readSync(handle, byte, 0, 1, size - 1);
  return byte[0];
}

/** Lines from the last to the first, without their ends. A missing end of the last line is not minded. */
function* linesFromEnd(handle: number, size: number): Generator<Buffer> {
  let tail: Buffer[] = [];
  let position = size;
  let first = true;
  while (position > 0) {
    const length = Math.min(chunkSize, position);
    position -= length;
    const chunk = Buffer.alloc(length);
    fs.readSync(handle, chunk, 0, length, position);
    const before = (end: number): number => (end > 0 ? chunk.lastIndexOf(newline, end - 1) : -1);
    let end = chunk.length;
    if (first && chunk[end - 1] === newline) end--;
    first = false;
    for (let cut = before(end); cut >= 0; cut = before(end)) {
      yield Buffer.concat([chunk.subarray(cut + 1, end), ...tail]);
      tail = [];
      end = cut;
    }
    tail = [chunk.subarray(0, end), ...tail];
  }
  if (size > 0) yield Buffer.concat(tail);
}

/** Lines from the first to the last within `size` bytes. `bytes` is missing where a line is too long to be one. */
async function* linesOf(
  file: string,
  size: number,
): AsyncGenerator<{ readonly bytes?: Buffer; readonly ended: boolean }> {
  if (size === 0) return;
  let rest: Buffer[] = [];
  let held = 0;
  const line = (ended: boolean): { readonly bytes?: Buffer; readonly ended: boolean } =>
    held > maxLine ? { ended } : { bytes: Buffer.concat(rest), ended };
  const stream: AsyncIterable<Buffer> = fs.createReadStream(file, {
    end: size - 1,
    highWaterMark: 256 * 1024,
  });
  for await (const chunk of stream) {
    let from = 0;
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, to));
      yield line(true);
      rest = [];
      held = 0;
      from = to + 1;
    }
    hold(chunk.subarray(from));
  }
  if (held > 0) yield line(false);

  function hold(part: Buffer): void {
    held += part.length;
    if (held <= maxLine) rest.push(part);
    else rest = [];
  }
}

/** Head and length that belong together, where the lock can be had: a reader's folder may be read-only. */
async function moment(file: string): Promise<{ readonly size: number; readonly head: Head | undefined }> {
  const look = (): { readonly size: number; readonly head: Head | undefined } => {
    const head = readHead(file);
    const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    return { size, head };
  };
  return fs.existsSync(path.dirname(file)) ? locked(lockOf(file), look, 2000).catch(look) : look();
}

function endProblem(
  head: Head | undefined,
  found: { readonly lines: number; readonly n: number; readonly headHash: string | undefined },
): Problem | undefined {
  const { lines, n, headHash } = found;
  if (!head)
    return lines > 0
      ? { line: lines, what: 'nothing says that it is the last: `ledger.head` is missing or unreadable' }
      : undefined;
  if (head.count > n)
    return { line: lines + 1, what: `the end was cut off: ${count(head.count - n)} missing` };
  if (headHash !== head.hash) return { line: lines, what: 'it is not the last line that was recorded' };
  return undefined;
}

function misnumbered(n: number, before: number): string {
  return n > before + 1
    ? `${count(n - before - 1)} missing before it`
    : `it is numbered ${n} and follows number ${before}: it was inserted, repeated or moved`;
}

function brokenLine(ended: boolean): string {
  return ended ? 'it is torn: not an entry' : 'it is torn: the writing of it was cut short';
}

function count(lines: number): string {
  return lines === 1 ? '1 line is' : `${lines} lines are`;
}

function readHead(file: string): Head | undefined {
  try {
    const [hash = '', number = ''] = fs.readFileSync(headOf(file), 'utf8').trim().split(' ');
    return /^[0-9a-f]{64}$/.test(hash) && /^\d{1,15}$/.test(number)
      ? { count: Number(number), hash }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Always the same length, written in place in one go: no moment in which it is half there. */
function writeHead(file: string, { count: number, hash }: Head): void {
  const handle = fs.openSync(headOf(file), fs.constants.O_WRONLY | fs.constants.O_CREAT, 0o600);
  try {
    fs.writeSync(handle, `${hash} ${String(number).padStart(15, '0')}\n`, 0);
  } finally {
    fs.closeSync(handle);
  }
}

function hashOf(line: Buffer): string {
  return createHash('sha256').update(line).digest('hex');
}

function chained(text: string): { readonly n: number; readonly prev: string } | undefined {
  const value = object(text);
  return value && Number.isSafeInteger(value['n']) && typeof value['prev'] === 'string'
    ? { n: value['n'] as number, prev: value['prev'] }
    : undefined;
}

function entryLine(text: string): LedgerLine | undefined {
  const value = object(text);
  const texts = ['time', 'prev', 'agent', 'session', 'cwd', 'action', 'text', 'verdict', 'outcome', 'by'];
  return value &&
    Number.isSafeInteger(value['n']) &&
    texts.every(key => typeof value[key] === 'string') &&
    Array.isArray(value['effects']) &&
    Array.isArray(value['findings'])
    ? (value as unknown as LedgerLine)
    : undefined;
}

function object(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
