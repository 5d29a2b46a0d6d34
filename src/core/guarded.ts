import { anywhere } from './hidden.ts';
import type { Machine } from './ports.ts';

/** What of Chaperone's own a path is, in words. */
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
  return path => rows.find(({ is }) => is(path))?.what;
}

/** Files that hold a project's ordinary settings too: only what is written about hooks, agents and Chaperone matters there. */
export function isShared(path: string): boolean {
  return /\/\.vscode\/settings\.json$|\.code-workspace$/i.test(path);
}

/** Whether a text that is written into shared settings is about what keeps Chaperone in the way. */
export function touchesSwitches(text: string | undefined): boolean {
  return (
    text === undefined ||
    /chaperone|disableAllHooks|"hooks|chat\.(?:useHooks|hook|plugin|agent|tools|permissions)|extensions\.|security\.workspace|terminal\.integrated\.(?:env|profiles|automation)/i.test(
      text,
    )
  );
}
