import type { Said } from '../core/program.ts';
import { takesAway, wordsOf } from '../core/resources.ts';

/** What commands of the editor do that an agent may run. The first row that fits counts; the next one is a row. */
const rows: readonly {
  readonly id: RegExp;
  readonly does: (input: readonly unknown[], id: string) => readonly Said[];
}[] = [
  { id: /^chaperone\./, does: () => [{ does: 'tamper', what: 'Chaperone, by its own command' }] },
  { id: /^workbench\.(?:extensions\.(?:un|dis)|action\.disable)/, does: aboutUs('whether Chaperone runs') },
  {
    id: /^(?:workbench\.action\.chat\.(?:configure|manage)?(?:Plugins|Hooks)|workbench\.profiles\.|workbench\.action\.(?:restartExtensionHost|reloadWindow|closeWindow|quit))/,
    does: (_, id) => [{ does: 'tamper', what: `what Chaperone needs to run, by ${id}` }],
  },
  { id: /^workbench\.action\.terminal\.sendSequence$/, does: ([first]) => typed(first, 'text') },
  {
    id: /^workbench\.action\.terminal\.(?:runSelectedText|runRecentCommand|runActiveFile)$/,
    does: (_, id) => [{ does: 'unknown', why: `${id}, which runs what is selected`, at: [0, 0] }],
  },
  {
    id: /^workbench\.action\.(?:tasks\.(?:runTask|build|test|reRunTask)|debug\.(?:start|run))/,
    does: (_, id) => [{ does: 'unknown', why: `${id}, which runs what a task says`, at: [0, 0] }],
  },
  { id: /^(?:vscode\.open|vscode\.openWith|explorer\.openToSide)$/, does: ([first]) => opened(first) },
  {
    id: /^(?:git\.clean|git\.cleanAll|git\.cleanAllTracked|git\.revertChange|git\.revertSelectedRanges)/,
    does: () => [{ does: 'discard', what: 'changes' }],
  },
  {
    id: /^git\.(?:pushForce|pushToForce|pushWithTagsForce)/,
    does: () => [{ does: 'publish', what: 'commits', force: 'yes' }],
  },
  {
    id: /^git\.(?:deleteBranch|deleteTag|deleteRemoteBranch|deleteRemoteTag)/,
    does: () => [{ does: 'discard', what: 'branch' }],
  },
  { id: /^git\.stash(?:Drop|DropAll|Clear)/, does: () => [{ does: 'discard', what: 'stash' }] },
];

/** What a command of the editor does, by its id and input; nothing where its name takes nothing away. */
export function commandEffects(id: string, input: unknown): readonly Said[] {
  const list = Array.isArray(input) ? input : [input];
  const row = rows.find(it => it.id.test(id));
  if (row) return row.does(list, id);
  return takesAway(wordsOf(id)) ? [{ does: 'call', tool: id, server: 'the editor', input }] : [];
}

/** Only what names us: another extension is the person's to keep or not, and VS Code asks. */
function aboutUs(what: string) {
  return (input: readonly unknown[]): readonly Said[] =>
    JSON.stringify(input).toLowerCase().includes('chaperone') || input.length === 0
      ? [{ does: 'tamper', what }]
      : [];
}

function typed(first: unknown, field: string): readonly Said[] {
  const text =
    typeof first === 'object' && first !== null ? (first as Readonly<Record<string, unknown>>)[field] : first;
  return typeof text === 'string' ? [{ nested: 'shell', text, at: [0, 0] }] : [];
}

function opened(first: unknown): readonly Said[] {
  const path =
    typeof first === 'string'
      ? first
      : typeof first === 'object' && first !== null
        ? (first as { readonly path?: unknown }).path
        : undefined;
  return typeof path === 'string' ? [{ does: 'read', path: path.replace(/^file:\/\//, '') }] : [];
}
