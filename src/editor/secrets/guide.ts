import { commands, l10n, Uri, window, workspace, type Disposable } from 'vscode';
import { guideOf, type Rotations } from '../../core/rotation.ts';

/** How secrets are replaced, a page a provider, shown rendered. */
export interface Guide extends Disposable {
  /** Opens the page of this provider, the general one where it has none. */
  readonly open: (provider: string) => Promise<void>;
  /** The same for a provider that a person picks. */
  readonly pick: () => Promise<void>;
}

/** A page is a document of a scheme of its own, made when it is read: nothing lies anywhere and nothing is to be saved. */
export function guide(rotations: () => Promise<Rotations>): Guide {
  const provided = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async ({ path }) => guideOf(await rotations(), providerOf(path)),
  });
  return {
    open,
    pick: async () => {
      const picked = await window.showQuickPick(choices(await rotations()), {
        title: l10n.t('How to replace a secret of…'),
        matchOnDescription: true,
      });
      if (picked) await open(picked.description);
    },
    dispose: () => provided.dispose(),
  };
}

const scheme = 'chaperone-guide';

async function open(provider: string): Promise<void> {
  await commands.executeCommand('markdown.showPreview', Uri.from({ scheme, path: `/${provider}.md` }));
}

function providerOf(path: string): string {
  return path.slice(1, -'.md'.length);
}

/** By name, and what shows no provider last. */
function choices({ unknown, ...others }: Rotations) {
  const choice = ([provider, { name }]: readonly [string, { readonly name: string }]) => ({
    label: name,
    description: provider,
  });
  return [
    ...Object.entries(others)
      .map(choice)
      .sort((a, b) => a.label.localeCompare(b.label)),
    choice(['unknown', unknown]),
  ];
}
