import { parse as parseJson } from 'jsonc-parser';
import { star, takesAll } from '../../core/hidden.ts';
import { basename, dirname, relative } from '../../core/paths.ts';
import type { Machine } from '../../core/ports.ts';
import { clock } from './clock.ts';
import { expand, isWild } from './expand.ts';
import { contentOf } from './regular.ts';

const largest = 1024 * 1024;
const mostMembers = 200;
const mostFolders = 12;
const patience = 500;

/**
 * The manifests of the workspaces that a name or a path stands for; a star is any part of either. The root is found
 * from the manifest upward, and is one of them where all are asked for.
 */
export async function manifestsOf(
  manifest: string,
  which: string,
  machine: Machine,
): Promise<readonly string[] | 'too many'> {
  const root = await rootOf(dirname(manifest));
  if (!root) return [manifest];
  const time = clock(patience);
  const members: string[] = [];
  for (const glob of root.globs.filter(it => !it.startsWith('!'))) {
    const path = `${root.folder}/${glob.replace(/^\.\//, '').replace(/\/$/, '')}/package.json`;
    const { matches, whole } = isWild(path)
      ? await expand(path, machine, time)
      : { matches: [path], whole: true };
    if (!whole) return 'too many';
    members.push(...matches.filter(it => !it.includes('/node_modules/')));
  }
  const all = [...new Set(members)].sort();
  if (all.length > mostMembers) return 'too many';
  if (/^\*{1,2}$/.test(which)) return [`${root.folder}/package.json`, ...all];
  const wanted = which.replace(/^\.\//, '').replace(/\/$/, '');
  const steps = Array.from(wanted.replaceAll('**', '*'), it => (it === '*' ? star : it));
  const takes = (name: string) => takesAll(steps, name, (step, character) => step === character);
  const fitting: string[] = [];
  for (const path of all) {
    const folder = relative(dirname(path), root.folder, machine);
    const name = text(await json(path), 'name') ?? '';
    if (takes(folder) || takes(name) || basename(folder) === wanted || name.split('/').at(-1) === wanted)
      fitting.push(path);
  }
  return fitting;
}

async function rootOf(
  from: string,
): Promise<{ readonly folder: string; readonly globs: readonly string[] } | undefined> {
  let folder = from;
  for (let level = 0; level < mostFolders; level++) {
    const globs =
      globsIn(await json(`${folder}/package.json`), 'workspaces') ??
      globsIn(await pnpm(`${folder}/pnpm-workspace.yaml`), 'packages') ??
      globsIn(await json(`${folder}/lerna.json`), 'packages');
    if (globs) return { folder, globs };
    if (dirname(folder) === folder || dirname(folder) === '.') return undefined;
    folder = dirname(folder);
  }
  return undefined;
}

function globsIn(value: unknown, key: string): readonly string[] | undefined {
  const found = at(value, key);
  const list = Array.isArray(found) ? found : at(found, 'packages');
  return Array.isArray(list) ? list.filter(it => typeof it === 'string') : undefined;
}

async function json(path: string): Promise<unknown> {
  const content = await contentOf(path, largest);
  return content.found === 'bytes' ? parseJson(content.bytes.toString('utf8')) : undefined;
}

async function pnpm(path: string): Promise<unknown> {
  const content = await contentOf(path, largest);
  if (content.found !== 'bytes') return undefined;
  const { parse } = await import('yaml');
  try {
    return parse(content.bytes.toString('utf8'), { maxAliasCount: 50 });
  } catch {
    return undefined;
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function text(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === 'string' ? found : undefined;
}
