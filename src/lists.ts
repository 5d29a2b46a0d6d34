import type { DenyList } from './core/denyList.ts';
import { editorExcludes } from './core/excludes.ts';
import { hiddenBy, lastNames } from './core/hidden.ts';
import { denyLists } from './agents/denyLists.ts';
import { secretFiles } from './secrets/files.ts';
import { standings, undoLists, writeLists, type DenyGiven, type Standing } from './system/denyLists.ts';
import { thisMachine } from './system/machine.ts';
import { walk } from './system/sandbox/walk.ts';

/*
 * Agents' own lists of what they must not read, for both roots. Loaded when they are needed.
 */

export interface Around {
  readonly state: string;
  readonly folders: readonly string[];
  /** A person's globs of hidden files. */
  readonly hidden: readonly string[];
}

export interface Lists {
  readonly all: readonly DenyList[];
  /** Each rejects with a sentence where it cannot; gives the files that were changed. */
  readonly write: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly undo: (ids: readonly string[]) => Promise<readonly string[]>;
  /** How the lists stand in these folders. */
  readonly standings: (ids: readonly string[]) => readonly Standing[];
}

const here = denyLists.filter(it => it.platform === undefined || it.platform === process.platform);

export function listsIn(around: Around): Lists {
  const given = givenIn(around);
  return {
    all: here,
    write: async ids => writeLists(named(ids), given),
    undo: async ids => undoLists(named(ids), given),
    standings: ids => standings(named(ids), given),
  };
}

/** What a person who chose so has hidden from themselves too, as VS Code's excludes have it. */
export function excludedInEditor(hidden: readonly string[]): readonly string[] {
  return editorExcludes({ rows: secretFiles, globs: hidden });
}

function named(ids: readonly string[]): readonly DenyList[] {
  return ids.map(id => {
    const list = here.find(it => it.id === id);
    if (!list)
      throw new Error(`cannot find the list \`${id}\`: it is not one of ${here.map(it => it.id).join(', ')}`);
    return list;
  });
}

function givenIn({ state, folders, hidden }: Around): DenyGiven {
  const machine = thisMachine();
  const globs = [...secretFiles.flatMap(it => it.globs), ...hidden.filter(glob => !glob.startsWith('!'))];
  let found: readonly string[] | undefined;
  return {
    home: machine.home,
    state,
    folders,
    hiding: { rows: secretFiles, globs: hidden },
    found: () => {
      found ??= walk(
        folders,
        {
          hiddenBy: hiddenBy(secretFiles, hidden, machine),
          names: lastNames(globs, machine),
          marks: () => false,
        },
        { time: 5000, entries: 300_000 },
      ).files;
      return found;
    },
  };
}
