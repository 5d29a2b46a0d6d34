import type { SecretFile } from './hidden.ts';
import type { Machine } from './ports.ts';

/** Rows of the table whose files hold credentials as text, each at one place below the home folder. */
const rows = new Set([
  'aws',
  'cloud',
  'kubernetes',
  'docker',
  'registry',
  'login',
  'vault',
  'agent',
  'forge',
]);

/**
 * The files below a person's home in which programs keep credentials: every one that a glob of the table names without a
 * star of its own, whether it is there or not. What lies in no hidden folder of its own lies where the platform keeps
 * settings.
 */
export function credentialPlaces(
  table: readonly SecretFile[],
  { home, platform }: Machine,
): readonly { readonly folder: string; readonly path: string }[] {
  const settings =
    platform === 'windows'
      ? [`${home}/AppData/Roaming`, `${home}/AppData/Local`]
      : [`${home}/.config`, `${home}/.local/share`, `${home}/Library/Application Support`];
  const named = table
    .filter(row => rows.has(row.id))
    .flatMap(row => row.globs)
    .filter(glob => /^(?:\*\*|~)\/[^*]+[^*/]$/.test(glob))
    .map(glob => glob.replace(/^(?:\*\*|~)\//, ''));
  return [...new Set(named)].flatMap(path =>
    (path.startsWith('.') ? [home] : [home, ...settings]).map(folder => ({ folder, path })),
  );
}
