import { l10n, window } from 'vscode';

/** The MCP servers in a file. */
export interface Servers {
  /** Absolute. */
  readonly file: string;
  readonly guarded: readonly string[];
  readonly open: readonly string[];
  /** Reached by HTTP: nothing stands between. */
  readonly left: readonly string[];
}

/** What cannot do its work rejects with a sentence for a person. */
export interface Serving {
  readonly list: () => Promise<readonly Servers[]>;
  readonly guard: (files: readonly string[]) => Promise<void>;
  readonly letGo: (files: readonly string[]) => Promise<void>;
}

/** Lets a person choose the files whose servers are guarded. */
export async function guardServers({ list, guard, letGo }: Serving): Promise<void> {
  const all = await list();
  if (!all.length)
    return void window.showInformationMessage(
      l10n.t('No file with MCP servers is here or in your home folder.'),
    );
  const picked = await window.showQuickPick(
    all.map(({ file, guarded, open, left }) => ({
      file,
      label: file,
      description: [...guarded, ...open].join(', '),
      ...(left.length && { detail: l10n.t('Not covered, because reached by HTTP: {0}.', left.join(', ')) }),
      picked: guarded.length > 0,
    })),
    {
      title: l10n.t(
        'In which files should Chaperone stand before the servers? Those you leave out are undone.',
      ),
      canPickMany: true,
    },
  );
  if (!picked) return;
  const chosen = picked.map(it => it.file);
  const undone = all.filter(it => it.guarded.length && !chosen.includes(it.file)).map(it => it.file);
  if (undone.length && !(await isSure(undone))) return;
  await letGo(undone);
  await guard(chosen);
  void window.showInformationMessage(
    l10n.t('Restart the servers, so that their clients read the files anew.'),
  );
}

async function isSure(files: readonly string[]): Promise<boolean> {
  const yes = l10n.t('Stop Guarding');
  const detail = l10n.t('Their calls are then seen by the agents’ hooks alone: {0}', files.join(', '));
  const title = l10n.t('Should Chaperone stop guarding these MCP servers?');
  return (await window.showWarningMessage(title, { modal: true, detail }, yes)) === yes;
}
