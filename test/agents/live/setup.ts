import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { agents } from './agents.ts';
import { isThere, unlessThere } from './agents/agent.ts';
import type { LiveAgent } from './agents/agent.ts';
import type { LiveAgentId } from './agents.ts';

const execute = promisify(execFile);

/** The path of an agent's program, installed from npm on first use into a cache outside the project. */
export async function ensureAgent(id: LiveAgentId): Promise<string> {
  const agent: LiveAgent = agents[id];
  const { package: what, version, program } = agent;
  return ensureInstalled({ what, version, program, folder: folderOf(id) }, folder =>
    startOnce(agent, folder),
  );
}

/** The folder an agent is installed in. */
export function folderOf(id: LiveAgentId): string {
  return join(cache(), `${id}-${agents[id].version}`);
}

/** Where what tests install is kept, outside the project. */
export function cache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'chaperone-tests');
}

/** A package of npm, pinned, the file of it that is wanted, and the folder that gets it. */
export interface Installed {
  readonly what: string;
  readonly version: string;
  readonly program: string;
  readonly folder: string;
}

/**
 * The path of the program of a package that is installed where it is not there. Two processes may ask at once: each installs
 * beside the folder, and the first to be done wins. Whatever ends an install, the next one begins anew.
 */
export async function ensureInstalled(
  { what, version, program, folder }: Installed,
  ready: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const path = join(folder, program);
  if (await isThere(path)) return path;
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  // Without the program in it: somebody took a part away.
  await rm(folder, { recursive: true, force: true });
  const sibling = await mkdtemp(`${folder}.`);
  try {
    await npmInstall(`${what}@${version}`, sibling);
    await ready(sibling);
    await rename(sibling, folder).catch(unlessThere);
  } finally {
    await rm(sibling, { recursive: true, force: true });
  }
  return path;
}

/** Installs a package into a folder, with its own install script. */
async function npmInstall(what: string, folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  // The package's own install script puts the binary for this machine in place.
  const args = ['install', what, '--ignore-scripts=false', '--no-audit', '--no-fund'];
  await execute('npm', args, { cwd: folder, env: { ...process.env, PATH: ourPath() }, timeout: 600_000 });
}

/** npm is content without the binary for this machine, and some programs unpack themselves at their first start. */
async function startOnce(agent: LiveAgent, folder: string): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'chaperone-first-'));
  const stage = { home, workspace: home, url: 'http://127.0.0.1:1', folder };
  const env = { PATH: ourPath(), HOME: home, TMPDIR: home, ...agent.env(stage.url, stage) };
  try {
    await execute(join(folder, agent.program), ['--version'], { cwd: home, env, timeout: 120_000 });
  } catch (error) {
    throw new Error(`cannot start \`${agent.package}\` after it was installed`, { cause: error });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** What an install that was ended by force left an hour ago or longer. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.`)) continue;
    const path = join(dirname(folder), name);
    const then = await stat(path).then(
      it => it.mtimeMs,
      () => Infinity,
    );
    if (then < Date.now() - 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

function ourPath(): string {
  return [dirname(process.execPath), process.env['PATH']].join(delimiter);
}
