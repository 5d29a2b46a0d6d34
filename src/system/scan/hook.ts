import * as fs from 'node:fs';
import path from 'node:path';
import type { Launch } from '../../core/agent.ts';
import { hooked, scanCommand, unhooked } from '../../core/commitHook.ts';
import { isWithin, normal } from '../../core/paths.ts';
import type { Machine } from '../../core/ports.ts';
import { reason, writePrivate } from '../state.ts';
import { clock } from '../world/clock.ts';
import { git } from '../world/git.ts';

/** The hook file that was changed, or why it was not. */
export type Changed = { readonly file: string; readonly removed?: true } | { readonly problem: string };

/** Puts our block into the pre-commit hook that git runs for a folder. Never rejects. */
export async function installCommitHook(cwd: string, launch: Launch, machine: Machine): Promise<Changed> {
  const found = await hookOf(cwd, machine);
  if ('problem' in found) return found;
  const { file, top, folder } = found;
  const line = `add this line to it: ${scanCommand(launch)}`;
  const before = textOf(file);
  const manager = managerOf(folder, before);
  if (manager)
    return { problem: `${manager.name} keeps the hooks of this repository; ${manager.to}, ${line}` };
  if (fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
    return { problem: `\`${file}\` leads to another file; ${line}` };
  if (isWithin(folder, top, machine) && !folder.split('/').includes('.git'))
    return {
      problem: `\`${folder}\` is part of the repository and so everybody's; in its pre-commit hook, ${line}`,
    };
  const mode = before === undefined ? 0o755 : fs.statSync(file).mode & 0o777;
  if (machine.platform === 'posix' && !(mode & 0o100))
    return { problem: `\`${file}\` is there and not executable, so that git does not run it` };
  const after = hooked(before, inBytes(launch));
  if ('problem' in after) return { problem: `cannot change \`${file}\`: ${after.problem}; ${line}` };
  return written(file, after.text, mode);
}

/** Takes our block out again: the file is as it was, or gone where there was none. Never rejects. */
export async function uninstallCommitHook(cwd: string, machine: Machine): Promise<Changed> {
  const found = await hookOf(cwd, machine);
  if ('problem' in found) return found;
  const { file } = found;
  const after = unhooked(textOf(file) ?? '');
  if (!after) return { problem: `there is nothing of ours in \`${file}\`` };
  if (after.text !== undefined) return written(file, after.text, fs.statSync(file).mode & 0o777);
  try {
    fs.rmSync(file);
    return { file, removed: true };
  } catch (error) {
    return { problem: `cannot remove \`${file}\`: ${reason(error)}` };
  }
}

interface Hook {
  /** The work tree. */
  readonly top: string;
  readonly folder: string;
  readonly file: string;
}

/** The pre-commit hook that git runs for a folder, whatever its settings and worktrees make of it. */
async function hookOf(cwd: string, machine: Machine): Promise<Hook | { readonly problem: string }> {
  const given = { machine, time: clock(10_000), distrusted: [cwd], hooks: true } as const;
  const ask = async (...words: readonly string[]) =>
    (await git(cwd, ['rev-parse', ...words], given))?.replace(/\r?\n$/, '');
  const [top, hooks] = [await ask('--show-toplevel'), await ask('--git-path', 'hooks')];
  if (!top || !hooks) return { problem: 'git tells of no work tree here' };
  const folder = normal(path.resolve(cwd, hooks), machine);
  return { top: normal(top, machine), folder, file: `${folder}/pre-commit` };
}

/** What keeps hooks by itself, and would write over our lines or give them to everybody. */
function managerOf(folder: string, text = ''): { readonly name: string; readonly to: string } | undefined {
  if (/\/\.husky(?:\/_)?$/.test(folder)) return { name: 'husky', to: 'in `.husky/pre-commit`' };
  const rows = [
    ['pre-commit', /pre-commit\.com/, 'with a local hook in `.pre-commit-config.yaml`'],
    ['lefthook', /lefthook/i, 'with a command in `lefthook.yml`'],
    ['overcommit', /overcommit/i, 'with a hook in `.overcommit.yml`'],
    [
      'simple-git-hooks',
      /simple-git-hooks|SKIP_SIMPLE_GIT_HOOKS/,
      'under `simple-git-hooks` in `package.json`',
    ],
  ] as const;
  const row = rows.find(([, says]) => says.test(text));
  return row && { name: row[0], to: row[2] };
}

/** A hook is read and written byte for byte, so that what is in it is kept; our paths are UTF-8. */
function inBytes({ node, guard, state, platform }: Launch): Launch {
  const bytes = (text: string) => Buffer.from(text).toString('latin1');
  return { node: bytes(node), guard: bytes(guard), state: bytes(state), platform };
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

function written(file: string, text: string, mode: number): Changed {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writePrivate(file, Buffer.from(text, 'latin1'), mode);
    return { file };
  } catch (error) {
    return { problem: `cannot change \`${file}\`: ${reason(error)}` };
  }
}
