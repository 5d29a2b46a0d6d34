import * as fs from 'node:fs';
import * as path from 'node:path';
import { factory, readSettings, settingKeys, type Settings } from '../core/settings.ts';
import { plain, tree } from './jsonc.ts';
import { parts, reason, writePrivate } from './state.ts';

export interface Loaded {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

/** A person's settings as the editor wrote them last; what was never written or is broken is as from the factory. */
export function loadSettings(state: string): Loaded {
  const file = parts(state).settings;
  return load(file, (text): unknown => JSON.parse(text), '', factory);
}

/** Keeps what a person set, by key without `chaperone.`, for guards to load. Throws. */
export function saveSettings(state: string, raw: Readonly<Record<string, unknown>>): void {
  const known = Object.fromEntries(settingKeys.map(key => [key, raw[key]]));
  const text = `${JSON.stringify(known, null, 2)}\n`;
  if (Buffer.byteLength(text) > maxFile)
    throw new Error(`cannot keep the settings: they are larger than ${maxFile / 1024} kB`);
  writePrivate(parts(state).settings, text);
}

/** What the `.vscode/settings.json` of a folder asks for, to be used with `tighten`: by itself it asks for nothing. */
export function workspaceSettings(folder: string): Loaded {
  const parse = (text: string): unknown => {
    const root = tree(text.startsWith('\uFEFF') ? text.slice(1) : text);
    if (!root) throw new Error('it does not parse');
    return plain(root);
  };
  return load(path.join(folder, '.vscode', 'settings.json'), parse, 'chaperone.', nothing);
}

const maxFile = 1024 * 1024;

/** What never tightens anything, so that a workspace that is silent changes nothing. */
const nothing: Settings = { ...factory, mode: 'watch', approvalTimeout: Number.MAX_SAFE_INTEGER };

function load(file: string, parse: (text: string) => unknown, prefix: string, fallback: Settings): Loaded {
  const failed = (why: string): Loaded => ({
    settings: fallback,
    problems: [`cannot read settings \`${file}\`: ${why}`],
  });
  try {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (!stat) return { settings: fallback, problems: [] };
    if (!stat.isFile()) return failed('it is not a file');
    if (stat.size > maxFile) return failed(`it is larger than ${maxFile / 1024} kB`);
    const text = fs.readFileSync(file, 'utf8');
    const value = text.trim() === '' ? {} : parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return failed('it is not an object');
    const get = (key: string): unknown =>
      Object.hasOwn(value, prefix + key) ? (value as Record<string, unknown>)[prefix + key] : undefined;
    return readSettings(get, fallback);
  } catch (error) {
    return failed(error instanceof SyntaxError ? 'it does not parse' : reason(error));
  }
}
