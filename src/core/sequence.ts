import type { Effect } from './model.ts';

/*
 * What effects mean together: judging sees one at a time. Pure, and in the order in which they would happen.
 */

type Change = Effect & { readonly does: 'write' | 'move' };

/** More changes than these are not compared with each other: all is taken to be stirred then. */
const mostCompared = 256;

/** Adds what only the order tells. */
export function inOrder(effects: readonly Effect[]): readonly Effect[] {
  const changes = effects.flatMap((effect, index) => (isChange(effect) ? [{ effect, index }] : []));
  if (!changes.length) return effects;
  return effects.flatMap((effect, index): readonly Effect[] => {
    if (effect.does !== 'delete') return [effect];
    const tooMany = changes.length > mostCompared;
    const stirred = tooMany || changes.some(it => it.index < index && stirs(it.effect, effect.path));
    const cloned =
      effect.deep && !tooMany && changes.some(it => it.index > index && clones(it.effect, effect.path));
    return [
      stirred ? { ...effect, stirred: true } : effect,
      // Deleting a checkout to clone it again is how work that was never committed is lost.
      ...(cloned ? [{ does: 'discard', what: 'changes', name: effect.path, at: effect.at } as const] : []),
    ];
  });
}

function isChange(effect: Effect): effect is Change {
  return effect.does === 'write' || effect.does === 'move';
}

/** Whether it puts something at or below the path, or takes something from there: how it is now tells nothing. */
function stirs(change: Change, path: string): boolean {
  return isBelow(change.path, path) || (change.does === 'move' && isBelow(change.to, path));
}

function clones(change: Change, path: string): boolean {
  return change.does === 'write' && change.how === 'create' && change.path === path && !isScratch(path);
}

/** Below the folder for temporary files, or what `mktemp` makes: nobody keeps work there. */
function isScratch(path: string): boolean {
  return /^(?:\/private)?(?:\/var)?\/tmp\/.|^\$\{?TMPDIR\b/.test(path);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
