import {
  l10n,
  TerminalProfile,
  ThemeIcon,
  window,
  workspace,
  type Disposable,
  type TerminalOptions,
} from 'vscode';
import type { DenyList } from '../core/denyList.ts';
import { setForPerson } from './settings.ts';

/** An agent with a command line, as it can be started in a guarded terminal. */
export interface Startable {
  readonly name: string;
  readonly program: string;
  /** Variables it logs in with that are set here and would be kept out. */
  readonly keys: readonly string[];
}

/** What the guarded terminal and agents' own lists need. What cannot do its work rejects with a sentence for a person. */
export interface Guarding {
  /** The words that start `guard` with these arguments. */
  readonly guard: (args: readonly string[]) => { readonly program: string; readonly args: readonly string[] };
  /** The person's own. VS Code learns it after it has started, so it is asked for when it is needed. */
  readonly shell: () => string;
  readonly agents: () => Promise<readonly Startable[]>;
  readonly lists: {
    readonly all: () => Promise<readonly DenyList[]>;
    readonly chosen: () => readonly string[];
    readonly write: (ids: readonly string[]) => Promise<readonly string[]>;
    readonly undo: (ids: readonly string[]) => Promise<readonly string[]>;
  };
}

/** The profile in the terminal's menu: the person's own shell, behind the fence. */
export function guardedProfile(given: Guarding): Disposable {
  return window.registerTerminalProfileProvider('chaperone.guarded', {
    provideTerminalProfile: () => new TerminalProfile(optionsFor([given.shell()], [], folder(), given)),
  });
}

/** Starts an agent of this machine, or a command that is typed, in a guarded terminal. */
export async function startGuarded(given: Guarding): Promise<void> {
  const found = await given.agents();
  const typed = l10n.t('Another command…');
  const picked = await window.showQuickPick(
    [
      ...found.map(agent => ({ label: agent.name, description: agent.program, agent })),
      { label: typed, agent: undefined },
    ],
    { title: l10n.t('What should run in a guarded terminal?') },
  );
  if (!picked) return;
  const line = picked.agent?.program ?? (await window.showInputBox({ title: l10n.t('Command') }));
  if (!line) return;
  const keep = picked.agent?.keys.length ? await handed(picked.agent) : [];
  if (!keep) return;
  const command = picked.agent ? [line] : [given.shell(), '-c', line];
  const cwd = folder() ?? (await window.showWorkspaceFolderPick())?.uri.fsPath;
  window.createTerminal(optionsFor(command, keep, cwd, given)).show();
}

async function handed({ name, keys }: Startable): Promise<readonly string[] | undefined> {
  const picked = await window.showQuickPick(
    keys.map(key => ({ label: key, picked: true })),
    {
      title: l10n.t('Which of its keys should {0} get? What runs there can read them.', name),
      canPickMany: true,
    },
  );
  return picked?.map(it => it.label);
}

function optionsFor(
  command: readonly string[],
  keep: readonly string[],
  cwd: string | undefined,
  { guard }: Guarding,
): TerminalOptions {
  const kept = keep.flatMap(name => ['--keep', name]);
  const started = guard(['sandbox', '--hold', ...(cwd ? ['--cwd', cwd] : []), ...kept, '--', ...command]);
  return {
    name: l10n.t('Guarded'),
    iconPath: new ThemeIcon('shield'),
    shellPath: started.program,
    shellArgs: [...started.args],
    // Electron is our Node.
    env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: null },
    ...(cwd !== undefined && { cwd }),
    isTransient: true,
  };
}

/** The folder that is worked in, where there is no doubt which. */
function folder(): string | undefined {
  const all = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return all.length === 1 ? all[0]?.uri.fsPath : undefined;
}

/** Lets a person choose the lists that are written, after showing where and what each is worth. */
export async function chooseLists({ lists }: Guarding): Promise<void> {
  const [all, chosen] = [await lists.all(), lists.chosen()];
  const picked = await window.showQuickPick(
    all.map(({ id, agent, files, covers, leaves }) => ({
      id,
      label: agent,
      description: files[0] ?? '',
      // One line, whose end is cut off: what to beware of comes first.
      detail: l10n.t('Not covered: {0}. Covered: {1}.', leaves, covers).replaceAll('`', ''),
      picked: chosen.includes(id),
    })),
    {
      title: l10n.t('Which lists should name what is hidden from agents? Those you leave out are undone.'),
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  if (!picked) return;
  const ids = picked.map(it => it.id);
  const undone = await lists.undo(chosen.filter(id => !ids.includes(id)));
  const written = await lists.write(ids);
  await setForPerson('denyLists', ids);
  const changed = [...undone, ...written].map(file => workspace.asRelativePath(file));
  void window.showInformationMessage(
    changed.length
      ? l10n.t('Chaperone changed {0}.', changed.join(', '))
      : l10n.t('The lists are as you want them already.'),
  );
}
