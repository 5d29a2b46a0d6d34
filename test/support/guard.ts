import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/*
 * The real, built guard in a folder of its own, started as an agent's hook or a person would.
 */

const root = path.resolve(import.meta.dirname, '../..');

export interface Bench {
  readonly root: string;
  readonly dist: string;
  readonly guard: string;
  /** A workspace with a mark that it is one. */
  readonly folder: string;
  readonly home: string;
  /** A new state folder, private. */
  readonly state: () => string;
  readonly dispose: () => void;
}

/** Copies what was built; builds it where that was not done. */
export function bench(): Bench {
  const built = path.join(root, 'dist');
  if (!existsSync(path.join(built, 'alone.js')))
    spawnSync(process.execPath, [path.join(root, 'test/support/ready.mjs'), 'build'], { cwd: root });
  const here = realpathSync(mkdtempSync(path.join(tmpdir(), 'guard-')));
  const dist = path.join(here, 'dist');
  cpSync(built, dist, { recursive: true, filter: from => !from.endsWith('extension.js') });
  const [folder, home] = [path.join(here, 'work'), path.join(here, 'home')];
  for (const it of [path.join(folder, '.git'), path.join(folder, 'src'), home])
    mkdirSync(it, { recursive: true });
  return {
    root: here,
    dist,
    guard: path.join(dist, 'guard.js'),
    folder,
    home,
    state: () => {
      const state = path.join(mkdtempSync(path.join(here, 'state-')), 'state');
      mkdirSync(path.join(state, 'windows'), { recursive: true, mode: 0o700 });
      return state;
    },
    dispose: () => rmSync(here, { recursive: true, force: true }),
  };
}

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds. */
  readonly took: number;
}

export interface How {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `undefined` leaves standard input open. */
  readonly input: string | Buffer | undefined;
  readonly patience?: number;
  readonly started?: (pid: number) => void;
}

/** Runs a program to its end, which is at the latest after `patience` milliseconds. */
export function run(
  [file = '', ...args]: readonly string[],
  { cwd, env, input, patience = 20_000, started }: How,
): Promise<Ended> {
  return new Promise(resolve => {
    const began = performance.now();
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, timeout: patience });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (out.stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (out.stderr += chunk.toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.on('close', exit => resolve({ ...out, exit, took: performance.now() - began }));
    if (child.pid !== undefined) started?.(child.pid);
    if (input !== undefined) child.stdin.end(input);
  });
}
