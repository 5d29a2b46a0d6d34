import * as fs from 'node:fs';
import * as path from 'node:path';
import { parts, writeIfDifferent, writePrivate } from './state.ts';

/*
 * What terminals source lies in the state, with its places written in: an environment is nothing to believe.
 */

export interface Scripts {
  readonly state: string;
  /** The folder of our bundles, where the scripts lie as they were built. */
  readonly from: string;
  /** What asks, in a POSIX shell and in PowerShell: the payload comes on the input. */
  readonly ask: string;
  readonly askPowershell: string;
  readonly quoted: (text: string) => string;
  /** Ids of the agents whose hooks ask already. */
  readonly wired: readonly string[];
}

/** Writes the scripts anew where they differ. Throws. */
export function writeScripts({ state, from, ask, askPowershell, quoted, wired }: Scripts): void {
  const { shell } = parts(state);
  for (const [script, place] of Object.entries(places)) {
    const file = path.join(shell, place);
    const text = fs
      .readFileSync(path.join(from, 'shell', script), 'utf8')
      .replaceAll('@FOLDER@', () => quoted(shell))
      .replaceAll('@ASK@', () => (script.endsWith('.ps1') ? askPowershell : ask));
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeIfDifferent(file, Buffer.from(text));
  }
  writeIfDifferent(path.join(shell, 'wired'), Buffer.from(`${wired.join(' ')}\n`));
  tidy(path.join(shell, 'asked'));
}

/** Shells ask, or not: terminals that are open have the scripts still, and are told to let everything pass. */
export function switchTo(state: string, asking: boolean): void {
  const { shell } = parts(state);
  const off = path.join(shell, 'off');
  if (asking) fs.rmSync(off, { force: true });
  else if (fs.existsSync(shell)) writePrivate(off, '');
}

/** Shells that asked note it by their numbers, so that what they start is not asked about again. Some have ended. */
function tidy(asked: string): void {
  fs.mkdirSync(asked, { recursive: true, mode: 0o700 });
  for (const name of fs.readdirSync(asked))
    try {
      process.kill(Number(name), 0);
    } catch {
      fs.rmSync(path.join(asked, name), { force: true });
    }
}

/** Where a shell looks for each. */
const places: Readonly<Record<string, string>> = {
  'ask.sh': 'ask.sh',
  'env.bash': 'env.bash',
  'run.bash': 'run.bash',
  'typed.bash': 'typed.bash',
  'zshenv.zsh': 'zsh/.zshenv',
  'run.zsh': 'run.zsh',
  'conf.fish': 'data/fish/vendor_conf.d/chaperone.fish',
  'run.fish': 'run.fish',
  'profile.ps1': 'profile.ps1',
};
