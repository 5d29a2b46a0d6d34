import { isIgnoreList } from './denyList.ts';
import { anywhere } from './hidden.ts';
import { basename, dirname, isWithin } from './paths.ts';
import type { Machine } from './ports.ts';

/** What of Chaperone's own a path is, in words; with a slash behind it, whether anything of ours lies in the folder. */
export type GuardedBy = (absolutePath: string) => string | undefined;

/**
 * Which files keep Chaperone in the way: its state, its program, and each agent's `switches`, which hold hooks or can
 * turn them off.
 */
export function guardedBy(own: readonly string[], switches: readonly string[], machine: Machine): GuardedBy {
  const rows = [
    ...[
      ...own.map(folder => `${folder.replaceAll('\\', '/')}/`),
      '**/extensions/chaperone.chaperone-*/',
      '**/.chaperone/',
    ].map(glob => ({ is: anywhere(glob, machine), what: "Chaperone's own files" })),
    ...switches.map(glob => ({
      is: anywhere(glob, machine),
      what: 'settings that hooks are switched on and off with',
    })),
  ];
  const folders = new Set(
    switches
      .filter(glob => !isShared(glob))
      .map(glob => basename(dirname(glob)))
      .filter(name => name.startsWith('.')),
  );
  const holds = (folder: string) => own.some(mine => isWithin(mine, folder, machine));
  return path => {
    if (path.endsWith('/'))
      return holds(path.replace(/(?<!\/)\/+$/, '') || '/')
        ? "a folder with Chaperone's own files in it"
        : undefined;
    const what = rows.find(({ is }) => is(path))?.what;
    return what ?? (folders.has(basename(path).toLowerCase()) ? 'a folder of such settings' : undefined);
  };
}

/** Files that hold a project's ordinary settings too: only what is written about hooks, agents and Chaperone matters there. */
export function isShared(path: string): boolean {
  return /\/\.vscode\/settings\.json$|\.code-workspace$/i.test(path) || isIgnoreList(path);
}

/** Whether a text that is written into shared settings is about what keeps Chaperone in the way. An empty one takes all away. */
export function touchesSwitches(text: string | undefined): boolean {
  return (
    !text ||
    /chaperone|disableAllHooks|"hooks|chat\.(?:useHooks|hook|plugin|agent|tools|permissions)|extensions\.|security\.workspace|terminal\.integrated\.(?:env|profiles|automation)/i.test(
      text,
    )
  );
}
