import * as fs from 'node:fs';
import path from 'node:path';
import { normal, relative } from '../core/paths.ts';
import type { Machine, Tracked } from '../core/ports.ts';
import { reason } from './state.ts';
import { clock } from './world/clock.ts';
import { bytesOfGit, ignoredOf, repositoryOf, type Git } from './world/git.ts';

export interface Asking {
  readonly machine: Machine;
  /** Folders whose programs are not trusted to be git. */
  readonly distrusted: readonly string[];
}

/** Whether git has a file, or leaves it alone. The file need not exist. Never rejects. */
export async function gitAbout(written: string, asking: Asking): Promise<Tracked> {
  const file = normal(written, asking.machine);
  const given: Git = { ...asking, time: clock(patience) };
  const repository = await repositoryOf(file);
  if (!repository) return 'elsewhere';
  const name = relative(file, repository.top, asking.machine);
  const words = ['--literal-pathspecs', 'ls-files', '-z', '--', name];
  const listed = await bytesOfGit(repository.top, words, given);
  if (!listed) return 'elsewhere';
  if (listed.length) return 'tracked';
  return (await ignoredOf([file], repository, given)).has(file) ? 'ignored' : 'untracked';
}

/**
 * Adds a file to the `.gitignore` of its repository, and gives the path of that. What is in it stays. Rejects where it
 * cannot be, or where git does not ignore the file even so.
 */
export async function gitIgnore(written: string, asking: Asking): Promise<string> {
  const file = normal(written, asking.machine);
  const repository = await repositoryOf(file);
  if (!repository) throw new Error(`cannot ignore \`${file}\`: it is in no git repository`);
  const list = path.join(repository.top, '.gitignore');
  const line = `/${escaped(relative(file, repository.top, asking.machine))}`;
  try {
    const text = fs.existsSync(list) ? fs.readFileSync(list, 'utf8') : '';
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    if (!text.split(/\r?\n/).includes(line))
      fs.appendFileSync(list, `${text === '' || text.endsWith('\n') ? '' : end}${line}${end}`);
  } catch (error) {
    throw new Error(`cannot write \`${list}\`: ${reason(error)}`, { cause: error });
  }
  if ((await gitAbout(file, asking)) === 'untracked')
    throw new Error(`cannot ignore \`${file}\`: another line of git's lists takes it back`);
  return list;
}

const patience = 5_000;

/** A name as a pattern that is that name alone. */
function escaped(name: string): string {
  return name.replace(/[\\*?[\]]/g, '\\$&').replace(/ $/, '\\ ');
}
