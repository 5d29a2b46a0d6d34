import * as fs from 'node:fs';
import { execFile } from 'node:child_process';
import type { Marked } from '../core/coverage.ts';

/*
 * What runs below the shells of terminals with an agent's marks in its environment. On Linux by `/proc`, on macOS by `ps`;
 * on Windows nobody can see another process's environment, and nothing is found.
 */

/** Marked processes below these, at most some hundred looked at. Never rejects. */
export async function markedBelow(
  shells: readonly number[],
  agentOf: (env: ReadonlyMap<string, string>) => string | undefined,
): Promise<readonly Marked[]> {
  try {
    if (process.platform === 'linux') return onLinux(shells, agentOf);
    if (process.platform === 'darwin') return await onMac(shells, agentOf);
  } catch {
    return [];
  }
  return [];
}

const most = 400;

function onLinux(
  shells: readonly number[],
  agentOf: (env: ReadonlyMap<string, string>) => string | undefined,
): readonly Marked[] {
  const booted = Number(/^btime (\d+)$/m.exec(fs.readFileSync('/proc/stat', 'utf8'))?.[1]) * 1000;
  const found: Marked[] = [];
  const queue = shells.flatMap(childrenOf);
  for (let count = 0; queue.length && count < most; count++) {
    const pid = queue.shift() ?? 0;
    queue.push(...childrenOf(pid));
    const agent = agentOf(environmentOf(readOr(`/proc/${pid}/environ`)));
    // The fields behind the name, which may hold blanks and brackets: the 20th is the start, in hundredths of a second.
    const ticks = Number(
      readOr(`/proc/${pid}/stat`)
        .replace(/^.*\) /s, '')
        .split(' ')[19],
    );
    if (agent && ticks >= 0) found.push({ pid, agent, started: booted + ticks * 10 });
  }
  return found;
}

function childrenOf(pid: number): readonly number[] {
  return readOr(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function readOr(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function environmentOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\0').flatMap(pair => {
      const at = pair.indexOf('=');
      return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)] as const] : [];
    }),
  );
}

/** `ps -E` shows the environment behind the words of a command, with blanks between: enough for a name and a short value. */
async function onMac(
  shells: readonly number[],
  agentOf: (env: ReadonlyMap<string, string>) => string | undefined,
): Promise<readonly Marked[]> {
  const text = await new Promise<string>(resolve =>
    execFile(
      '/bin/ps',
      ['-axwwE', '-o', 'pid=,ppid=,etime=,command='],
      { maxBuffer: 16 * 1024 * 1024, timeout: 2_000 },
      (_, stdout) => resolve(stdout),
    ),
  );
  const all = text.split('\n').flatMap(line => {
    const [, pid, parent, elapsed = '', rest = ''] = /^ *(\d+) +(\d+) +([\d:-]+) (.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), elapsed, rest }] : [];
  });
  const below = new Set(shells);
  for (let grown = true; grown;) {
    const before = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
    grown = below.size > before;
  }
  return all
    .filter(({ pid }) => below.has(pid) && !shells.includes(pid))
    .flatMap(({ pid, elapsed, rest }) => {
      const words = rest.split(' ').map(word => word.replace('=', '\0').split('\0'));
      const agent = agentOf(
        new Map(words.flatMap(([name = '', value]) => (value === undefined ? [] : [[name, value]]))),
      );
      return agent ? [{ pid, agent, started: Date.now() - secondsIn(elapsed) * 1000 }] : [];
    });
}

/** `[[days-]hours:]minutes:seconds`. */
function secondsIn(elapsed: string): number {
  const [days, clock = ''] = elapsed.includes('-') ? elapsed.split('-') : ['0', elapsed];
  return clock.split(':').reduce((sum, it) => sum * 60 + Number(it), 0) + Number(days) * 86_400;
}
