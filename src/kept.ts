import { secretScanner } from './parts.ts';
import { fileAges } from './system/ages.ts';
import { gitAbout, gitIgnore } from './system/gitignore.ts';
import { thisMachine } from './system/machine.ts';
import { rotating } from './system/rotation.ts';
import { stateFolder } from './system/state.ts';
import { encodings } from './core/encodings.ts';
import type { Ages, Ignored, Rotating, Scanner, Tracked } from './core/ports.ts';
import { redact } from './core/redact.ts';
import { exposed } from './core/scan.ts';
import { detectors } from './secrets/index.ts';

/*
 * Secrets as the editor's commands need them: who looks for them, what is remembered of them, what git makes of a file.
 * Loaded when it is first needed.
 */

export interface Kept {
  readonly scanner: Scanner;
  readonly ignored: Ignored;
  readonly ages: Ages;
  readonly rotating: Rotating;
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
    rotating: rotating({
      machine: asking.machine,
      path: process.env.PATH ?? '',
      workspace: () => workspace,
      exposes,
      masked,
    }),
    git: { about: file => gitAbout(file, asking), ignore: file => gitIgnore(file, asking) },
  };
}

function exposes(text: string): { readonly kind: string; readonly line: number } | undefined {
  const found = exposed(text, detectors);
  return found && { kind: found.kind, line: text.slice(0, found.at).split('\n').length };
}

/** First the values that are known, so that what is left of one does not hide it from the detectors. */
function masked(text: string, values: readonly string[]): string {
  const forms = values.flatMap(value => encodings(value)).sort((a, b) => b.length - a.length);
  return redact(
    forms.reduce((left, form) => left.replaceAll(form, '<secret>'), text),
    detectors,
  );
}
