import fs from 'node:fs';
import path from 'node:path';
import { normal } from '../core/paths.ts';
import type { Machine } from '../core/ports.ts';

/**
 * The folder a person works in, as far as the disk tells: the nearest one above that git or an editor has marked, and
 * `cwd` itself where there is none. Never the home folder or above: what lies there is not one piece of work.
 */
export function workspaceOf(cwd: string, machine: Machine): string {
  const start = normal(cwd, machine);
  for (
    let folder = start;
    folder !== path.dirname(folder) && folder !== machine.home;
    folder = path.dirname(folder)
  )
    if (marks.some(mark => fs.existsSync(path.join(folder, mark)))) return folder;
  return start;
}

const marks = ['.git', '.vscode', '.chaperone'];
