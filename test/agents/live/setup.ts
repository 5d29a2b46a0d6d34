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

/**
 * The path of an agent's program, installed from npm on first use into a cache outside the project.
 * Two processes may ask at once: each installs beside the cache, and the first to be done wins.
 */
export async function ensureAgent(id: LiveAgentId): Promise<string> {
  const agent: LiveAgent = agents[id];
  const folder = folderOf(id);
  const program = join(folder, agent.program);
  if (!(await isThere(program))) await install(agent, folder);
  return program;
}

/** The folder an agent is installed in. */
export function folderOf(id: LiveAgentId): string {
  return join(cache(), `${id}-${agents[id].version}`);
}

/** Where what tests install is kept, outside the project. */
export function cache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'chaperone-tests');
}

/** Under its name the folder is there only when it is whole: whatever ends an install, the next one begins anew. */
async function install(agent: LiveAgent, folder: string): Promise<void> {
  const what = `${agent.package}@${agent.version}`;
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  // Without the program in it: somebody took a part away.
  await rm(folder, { recursive: true, force: true });
  const sibling = await mkdtemp(`${folder}.`);
  try {
    await npmInstall(what, sibling);
    await startOnce(agent, sibling);
    await rename(sibling, folder).catch(unlessThere);
  } finally {
    await rm(sibling, { recursive: true, force: true });
  }
}

/** Installs a package into a folder, with its own install script. */
export async function npmInstall(what: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
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
