import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { Agent, Trace } from '../core/agent.ts';

/**
 * Where the first sign of an agent is, in the order of its traces, or `undefined` where it does not seem to be
 * installed. Only looks at files, starts nothing, and is back within two seconds: what has not answered then, such as
 * a network drive on `path`, counts as absent. Never rejects.
 */
export async function found(
  { traces }: Pick<Agent, 'traces'>,
  given: { readonly home: string; readonly path: string },
): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, patience, undefined);
  });
  const folders = programFolders(given);
  const signs = await Promise.all(
    traces.map(trace => Promise.race([sign(trace, folders, given.home), late])),
  );
  clearTimeout(timer);
  return signs.find(it => it !== undefined);
}

const patience = 2000;
const maxFolders = 200;
const windows = process.platform === 'win32';

async function sign(trace: Trace, folders: readonly string[], home: string): Promise<string | undefined> {
  if ('file' in trace) {
    const file = trace.file.startsWith('~/') ? path.join(home, trace.file.slice(2)) : trace.file;
    return (await exists(file)) ? file : undefined;
  }
  const names = windows ? ['.exe', '.cmd', '.bat', '.ps1'].map(end => trace.program + end) : [trace.program];
  const places = folders.flatMap(folder => names.map(name => path.join(folder, name)));
  const there = await Promise.all(places.map(isProgram));
  return places[there.indexOf(true)];
}

/** The folders of `path`, and those where installers put programs though an editor started from a menu lacks them. */
function programFolders({
  home,
  path: search,
}: {
  readonly home: string;
  readonly path: string;
}): readonly string[] {
  const usual = windows
    ? ['AppData/Roaming/npm', '.local/bin']
    : ['.local/bin', '.bun/bin', '.npm-global/bin', '.volta/bin'];
  const shared = windows ? [] : ['/usr/local/bin', '/opt/homebrew/bin'];
  const folders = search.split(path.delimiter).filter(folder => path.isAbsolute(folder));
  return [
    ...new Set([...folders.slice(0, maxFolders), ...usual.map(folder => path.join(home, folder)), ...shared]),
  ];
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

async function isProgram(file: string): Promise<boolean> {
  try {
    const stat = await fs.stat(file);
    return stat.isFile() && (windows || (stat.mode & 0o111) !== 0);
  } catch {
    return false;
  }
}

/** The version of a program that came with npm, by the package that it lies in; `undefined` where that cannot be told. */
export async function versionOf(program: string): Promise<string | undefined> {
  try {
    let folder = path.dirname(await fs.realpath(program));
    for (let steps = 0; steps < 5; steps++, folder = path.dirname(folder)) {
      const text = await fs.readFile(path.join(folder, 'package.json'), 'utf8').catch(() => '');
      if (!text) continue;
      const { name, version } = JSON.parse(text) as Readonly<Record<string, unknown>>;
      if (typeof name === 'string' && typeof version === 'string') return version;
    }
  } catch {
    return undefined;
  }
  return undefined;
}
