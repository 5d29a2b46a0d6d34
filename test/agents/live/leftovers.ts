import { readdir, readFile } from 'node:fs/promises';

/**
 * Ends, by PID, every process whose HOME is this one, but those to spare; gives the PIDs. Elsewhere than on
 * Linux nobody can be found and nobody is ended.
 */
export async function endLeftovers(home: string, spare: readonly number[] = []): Promise<readonly number[]> {
  if (home === process.env['HOME']) throw new Error('cannot end processes by HOME: it is our own');
  const found: number[] = [];
  for (const pid of await pids()) {
    if (pid !== process.pid && !spare.includes(pid) && (await homeOf(pid)) === home) found.push(pid);
  }
  found.forEach(end);
  return found;
}

async function pids(): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => []);
  return names.filter(name => /^\d+$/.test(name)).map(Number);
}

async function homeOf(pid: number): Promise<string | undefined> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return environment
    .split('\0')
    .find(it => it.startsWith('HOME='))
    ?.slice('HOME='.length);
}

/** Ends a process, or with a negative PID its group; one that is gone already is well. */
export function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
