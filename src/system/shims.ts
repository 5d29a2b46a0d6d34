import * as fs from 'node:fs';
import * as path from 'node:path';
import { parts, writeIfDifferent } from './state.ts';

/*
 * A folder of scripts that stand before programs on PATH, each named like the program that it starts.
 */

export interface Shims {
  readonly state: string;
  /** The folder of our bundles, where the script lies as it was built. */
  readonly from: string;
  readonly quoted: (text: string) => string;
  /** The programs to stand before, where they are installed. */
  readonly programs: readonly string[];
  /** PATH as terminals have it. */
  readonly path: string;
}

/** A script by each program that is installed, and by no other: what is not there must not look as if it were. Throws. */
export async function writeShims({ state, from, quoted, programs, path: search }: Shims): Promise<void> {
  const { shell, shims } = parts(state);
  const script = fs.readFileSync(path.join(from, 'shell/shim.sh'), 'utf8');
  const here = await installed(programs, search);
  fs.mkdirSync(shims, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(shims, mark), '');
  for (const name of here) {
    const text = script.replaceAll('@FOLDER@', () => quoted(shell)).replaceAll('@NAME@', name);
    writeIfDifferent(path.join(shims, name), Buffer.from(text), 0o700);
    fs.chmodSync(path.join(shims, name), 0o700);
  }
  for (const name of fs.readdirSync(shims))
    if (name !== mark && !name.endsWith('.tmp') && !here.has(name))
      fs.rmSync(path.join(shims, name), { recursive: true, force: true });
}

/** From now on every program is what PATH says, in terminals that are open too. */
export function removeShims(state: string): void {
  fs.rmSync(parts(state).shims, { recursive: true, force: true });
}

/** What PATH of terminals begins with: where `chaperone` lies, and before it what stands before other programs. */
export function pathStart(state: string, shimmed: boolean): string {
  const { bin, shims } = parts(state);
  return (shimmed ? [shims, bin] : [bin]).map(it => it + path.delimiter).join('');
}

/** Whether a folder holds such scripts, of this state or of another editor's. */
export function hasShims(folder: string): boolean {
  return fs.existsSync(path.join(folder, mark));
}

/** What scripts pass over: two editors' folders would else start each other for ever. */
const mark = '.chaperone-shims';
/** Milliseconds after which a folder, such as one on a network drive, counts as empty. */
const patience = 2000;

async function installed(programs: readonly string[], search: string): Promise<ReadonlySet<string>> {
  const folders = [...new Set(search.split(path.delimiter))].filter(it => path.isAbsolute(it));
  const found = await Promise.all(folders.map(it => inTime(programsIn(it, programs))));
  return new Set(found.flat());
}

async function inTime(names: Promise<readonly string[]>): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>(resolve => {
    timer = setTimeout(resolve, patience, []);
  });
  const first = await Promise.race([names, late]);
  clearTimeout(timer);
  return first;
}

async function programsIn(folder: string, programs: readonly string[]): Promise<readonly string[]> {
  const names = await fs.promises.readdir(folder).catch((): readonly string[] => []);
  if (names.includes(mark)) return [];
  const there = new Set(names);
  const runs = await Promise.all(
    programs.map(async name => there.has(name) && (await isProgram(path.join(folder, name)))),
  );
  return programs.filter((_, at) => runs[at]);
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await fs.promises.access(file, fs.constants.X_OK);
    return (await fs.promises.stat(file)).isFile();
  } catch {
    return false;
  }
}
