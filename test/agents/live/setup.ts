import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { agents } from './agents.ts';
import type { LiveAgentId } from './agents.ts';

/**
 * The path of an agent's program, installed from npm on first use into a cache outside the project.
 * Two processes may ask at once: each installs beside the cache, and the first to be done wins.
 */
export async function ensureAgent(id: LiveAgentId): Promise<string> {
  const agent = agents[id];
  const folder = join(cache(), `${id}-${agent.version}`);
  const program = join(folder, agent.program);
  if (!(await exists(program))) await install(`${agent.package}@${agent.version}`, agent.program, folder);
  return program;
}

function cache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'chaperone-tests');
}

async function install(what: string, program: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const sibling = await mkdtemp(`${folder}.`);
  try {
    await npmInstall(what, sibling);
    if (!(await exists(join(sibling, program)))) throw new Error(`cannot install \`${what}\`: no ${program}`);
    await rename(sibling, folder).catch(unlessThere);
  } finally {
    await rm(sibling, { recursive: true, force: true });
  }
}

async function npmInstall(what: string, folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  // The package's own install script puts the binary for this machine in place.
  const args = ['install', what, '--ignore-scripts=false', '--no-audit', '--no-fund'];
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  await promisify(execFile)('npm', args, {
    cwd: folder,
    env: { ...process.env, PATH: path },
    timeout: 300_000,
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
