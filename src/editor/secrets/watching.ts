import { Disposable, workspace, type TextDocument } from 'vscode';
import type { Settings } from '../../core/settings.ts';
import type { Findings } from './findings.ts';

export interface WatchingGiven {
  readonly findings: Findings;
  readonly settings: () => Settings['scan'];
  readonly folders: () => readonly string[];
  readonly complain: (sentence: string) => void;
}

/** Looks at files as they are opened and saved, one after the other, and at the workspace when the window has settled. */
export function watching({ findings, settings, folders, complain }: WatchingGiven): Disposable {
  let last: Promise<unknown> = Promise.resolve();
  const waiting = new Set<string>();
  const look = ({ uri }: TextDocument) => {
    const file = uri.fsPath;
    const ours = uri.scheme === 'file' && workspace.getWorkspaceFolder(uri) !== undefined;
    if (!ours || !settings().onSave || waiting.has(file)) return;
    waiting.add(file);
    last = last.then(() => {
      waiting.delete(file);
      return findings.look(file);
    });
  };
  const begin = async () => {
    workspace.textDocuments.forEach(look);
    if (!settings().onStartup || !folders().length) return;
    const { failed } = await findings.scan({ paths: folders(), ignored: false });
    if (failed !== undefined) complain(`cannot look for secrets in the whole workspace: ${failed}`);
  };
  const settled = setTimeout(
    () => void begin().catch((error: unknown) => complain(`cannot look for secrets: ${String(error)}`)),
    patience,
  );
  return Disposable.from(
    workspace.onDidOpenTextDocument(look),
    workspace.onDidSaveTextDocument(look),
    workspace.onDidDeleteFiles(({ files }) => files.forEach(({ fsPath }) => findings.forget(fsPath))),
    new Disposable(() => clearTimeout(settled)),
  );
}

/** Milliseconds until a window that was opened has other things behind it. */
const patience = 10_000;
