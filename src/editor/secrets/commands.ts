import { commands, env, l10n, ProgressLocation, Uri, window } from 'vscode';
import type { Aged } from '../../core/aged.ts';
import { grade } from '../../core/aged.ts';
import type { CommandId, ContextKey, ViewId } from '../../core/contributes.ts';
import type { Report } from '../../core/report.ts';
import { rangeOf } from './diagnostics.ts';
import type { Findings } from './findings.ts';
import type { Guide } from './guide.ts';
import { handOutSecret, type HandingOut } from './handingOut.ts';
import { removeSecret, storeSecret } from './storing.ts';
import { moving, type MovingGiven } from './moving.ts';
import type { QuickFixes } from './quickFixes.ts';
import { rotate, type RotationGiven } from './rotation.ts';
import type { Order, SecretsTree } from './tree.ts';

/** What the commands about secrets need. */
export interface SecretCommands extends MovingGiven {
  readonly rotation: RotationGiven;
  readonly tree: SecretsTree;
  readonly fixes: QuickFixes;
  readonly guide: Guide;
  /** The folders of the workspace, absolute. */
  readonly folders: () => readonly string[];
  readonly handing: HandingOut;
}

type SecretId = Extract<CommandId, `chaperone.secrets.${string}`>;

/** What changes one secret does nothing but for a row or a quick fix of ours. */
export function secretHandlers(
  given: SecretCommands,
): Readonly<Record<SecretId, (row?: unknown) => unknown>> {
  const { tree, fixes, findings, guide } = given;
  const move = moving(given);
  const agedOf = (row: unknown) => tree.agedOf(row) ?? fixes.agedOf(row);
  const about = (run: (aged: Aged) => unknown) => async (row?: unknown) => {
    const aged = agedOf(row);
    if (aged) await run(aged);
  };
  return {
    'chaperone.secrets.scan': () => scan(findings, given.folders()),
    'chaperone.secrets.show': show,
    'chaperone.secrets.byFile': () => group('file', tree),
    'chaperone.secrets.byKind': () => group('kind', tree),
    'chaperone.secrets.open': about(open),
    'chaperone.secrets.store': about(move.store),
    'chaperone.secrets.reference': about(move.reference),
    'chaperone.secrets.gitignore': about(move.gitignore),
    'chaperone.secrets.ignore': about(move.ignore),
    'chaperone.secrets.mind': about(move.mind),
    'chaperone.secrets.rotate': about(aged => rotate(aged, given.rotation)),
    'chaperone.secrets.guide': row => {
      const aged = agedOf(row);
      return aged ? guide.open(aged.secret.provider) : guide.pick();
    },
    'chaperone.secrets.add': () =>
      storeSecret(given.vault, name => handOutSecret(given.handing, { name, from: 'vscode' })),
    'chaperone.secrets.handOut': () => handOutSecret(given.handing),
    'chaperone.secrets.remove': () => removeSecret(given.vault),
    'chaperone.secrets.copyName': about(copyName),
  };
}

async function scan(findings: Findings, paths: readonly string[]): Promise<void> {
  if (!paths.length)
    return void window.showInformationMessage(l10n.t('No folder is open that could be looked through.'));
  const report = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Looking for secrets'), cancellable: true },
    async (progress, token) => {
      const ending = new AbortController();
      const listening = token.onCancellationRequested(() => ending.abort());
      let last = 0;
      try {
        return await findings.scan({
          paths,
          ignored: false,
          signal: ending.signal,
          progress: ({ files, done, found }) => {
            const share = files ? Math.min(100, (100 * done) / files) : 0;
            progress.report({
              message: l10n.t('{0} of {1} files, {2} found', done, files, found),
              increment: Math.max(0, share - last),
            });
            last = Math.max(last, share);
          },
        });
      } finally {
        listening.dispose();
      }
    },
  );
  if (report.failed !== undefined)
    throw new Error(l10n.t('cannot look through everything: {0}', report.failed));
  const list = l10n.t('Show');
  if ((await window.showInformationMessage(summary(report), list)) === list) await show();
}

function summary({ secrets, files, cancelled }: Report): string {
  const minded = secrets.filter(it => grade(it) !== undefined);
  const gravest = minded.filter(it => grade(it) === 'error').length;
  const found = gravest
    ? l10n.t(
        '{0} secrets in {1} files, {2} of them open a whole live account.',
        minded.length,
        files,
        gravest,
      )
    : l10n.t('{0} secrets in {1} files.', minded.length, files);
  return cancelled ? l10n.t('Stopped: {0} There may be more.', found) : found;
}

export function show(): Thenable<unknown> {
  return commands.executeCommand(`${'chaperone.secrets' satisfies ViewId}.focus`);
}

async function group(order: Order, tree: SecretsTree): Promise<void> {
  tree.sortBy(order);
  await commands.executeCommand('setContext', 'chaperone.byKind' satisfies ContextKey, order === 'kind');
}

async function open({ secret }: Aged): Promise<void> {
  await window.showTextDocument(Uri.file(secret.file), { selection: rangeOf(secret) });
}

/** What the secret is called where it stands: `GITHUB_TOKEN`. Never the secret. */
async function copyName({ secret, sighting }: Aged): Promise<void> {
  await env.clipboard.writeText(sighting?.place ?? secret.detector);
}
