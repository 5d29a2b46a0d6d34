import { secretScanner } from './parts.ts';
import { fileAges } from './system/ages.ts';
import { gitAbout, gitIgnore } from './system/gitignore.ts';
import { thisMachine } from './system/machine.ts';
import { stateFolder } from './system/state.ts';
import type { Ages, Ignored, Scanner, Tracked } from './core/ports.ts';

/*
 * Secrets as the editor's commands need them: who looks for them, what is remembered of them, what git makes of a file.
 * Loaded when it is first needed.
 */

export interface Kept {
  readonly scanner: Scanner;
  readonly ignored: Ignored;
  readonly ages: Ages;
  readonly git: {
    readonly about: (file: string) => Promise<Tracked>;
    readonly ignore: (file: string) => Promise<string>;
  };
}

/** Rejects where the state cannot be kept. `program` is the folder of our bundles, `workspace` is not trusted to hold git. */
export async function keep(
  state: string,
  program: string,
  hidden: readonly string[],
  workspace: readonly string[],
): Promise<Kept> {
  const folder = stateFolder(state);
  if ('problem' in folder) throw new Error(folder.problem);
  const asking = { machine: thisMachine(), distrusted: workspace };
  return {
    ...(await secretScanner(state, program, hidden)),
    ages: fileAges({ ...asking, state, now: Date.now }),
    git: { about: file => gitAbout(file, asking), ignore: file => gitIgnore(file, asking) },
  };
}
