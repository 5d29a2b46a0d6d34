import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does `work` while no other process does work under the same lock file. A lock whose owner is dead, or which stands
 * unchanged for three seconds while we wait, is broken: work under a lock must be short. Rejects with what `work`
 * throws, or when the lock cannot be had within `wait` milliseconds.
 */
export async function locked<T>(file: string, work: () => T | Promise<T>, wait = 8000): Promise<T> {
  const owner = `${process.pid} ${hostname()} ${randomBytes(6).toString('hex')}`;
  await take(file, owner, wait);
  try {
    return await work();
  } finally {
    if (ownerOf(file) === owner) fs.rmSync(file, { force: true });
  }
}

/** Milliseconds after which a lock that did not change hands is broken; less where nobody signed it. */
const patience = { signed: 3000, unsigned: 500 };

async function take(file: string, owner: string, wait: number): Promise<void> {
  const end = performance.now() + wait;
  let seen: { readonly owner: string | undefined; readonly since: number } | undefined;
  while (!create(file, owner)) {
    const now = performance.now();
    const current = ownerOf(file);
    if (seen?.owner !== current || !seen) seen = { owner: current, since: now };
    // Time is counted while we look, not by the file's date: a clock can jump and a laptop sleeps.
    const waited = now - seen.since;
    if (isDead(current) || waited > (current ? patience.signed : patience.unsigned)) breakLock(file, current);
    if (now > end) throw new Error(`cannot lock \`${file}\`: another process holds it`);
    await sleep(1 + Math.random() * 8);
  }
}

/**
 * The lock is a symbolic link that leads to its owner's name and nowhere: made in one go, so that a process which is
 * killed at that moment has signed it or not made it. Where links cannot be made it is a file.
 */
function create(file: string, owner: string): boolean {
  try {
    if (process.platform === 'win32') return createFile(file, owner);
    fs.symlinkSync(owner, file);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(code)) return createFile(file, owner);
    throw error;
  }
}

function createFile(file: string, owner: string): boolean {
  let handle;
  try {
    handle = fs.openSync(file, 'wx', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Windows answers so while a removed file is still held open by somebody.
    if (code === 'EEXIST' || (process.platform === 'win32' && code === 'EPERM')) return false;
    throw error;
  }
  try {
    fs.writeSync(handle, owner);
    return true;
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  } finally {
    fs.closeSync(handle);
  }
}

function ownerOf(file: string): string | undefined {
  for (const read of [() => fs.readlinkSync(file), () => fs.readFileSync(file, 'utf8')])
    try {
      return read();
    } catch {
      // Not of this kind, or not there.
    }
  return undefined;
}

function isDead(owner: string | undefined): boolean {
  const [pid, host] = (owner ?? '').split(' ');
  if (!pid || host !== hostname() || !/^[1-9]\d*$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Only who holds the second lock may remove somebody else's first one, after looking at it once more. */
function breakLock(file: string, owner: string | undefined): void {
  const second = `${file}.breaking`;
  const made = fs.lstatSync(second, { throwIfNoEntry: false })?.mtimeMs;
  // Held for a few microseconds, so that one of two seconds was left behind.
  if (made !== undefined && Math.abs(Date.now() - made) > 2000) fs.rmSync(second, { force: true });
  if (!create(second, String(process.pid))) return;
  try {
    if (ownerOf(file) === owner) fs.rmSync(file, { force: true });
  } finally {
    fs.rmSync(second, { force: true });
  }
}
