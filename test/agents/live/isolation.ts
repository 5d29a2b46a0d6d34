import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A program and its arguments. */
export interface Started {
  readonly program: string;
  readonly args: readonly string[];
}

/** Where the model listens: a port here, and a socket that can be reached by its path from anywhere. */
export interface Reachable {
  readonly port: number;
  readonly socket: string;
}

const raiseLoopback = 'ip link set lo up 2>/dev/null || ifconfig lo up';

/** How `unshare` gives a process a network of its own: as root, else as root of its own users. */
const ways = [['-n'], ['-r', '-n']];

/**
 * The same start, in a network namespace with loopback alone, the model at the same port inside it; or
 * undefined where this machine does not allow one. Files and Unix sockets stay those of the machine.
 */
export async function isolated(started: Started, model: Reachable): Promise<Started | undefined> {
  const way = await (allowed ??= allowedWay());
  if (!way) return undefined;
  const bridge = [process.execPath, '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', bridgeFile];
  const inside = [...bridge, String(model.port), model.socket, started.program, ...started.args];
  return {
    program: 'unshare',
    args: [...way, 'sh', '-c', `(${raiseLoopback}) && exec "$@"`, 'sh', ...inside],
  };
}

const bridgeFile = join(import.meta.dirname, 'bridge.ts');

let allowed: Promise<readonly string[] | undefined> | undefined;

async function allowedWay(): Promise<readonly string[] | undefined> {
  for (const way of ways) if (await succeeds('unshare', [...way, 'sh', '-c', raiseLoopback])) return way;
  return undefined;
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return promisify(execFile)(program, [...args], { timeout: 5_000 }).then(
    () => true,
    () => false,
  );
}
