import {
  CodeAction,
  CodeActionKind,
  l10n,
  languages,
  type Diagnostic,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { Aged } from '../../core/aged.ts';
import type { CommandId } from '../../core/contributes.ts';
import { isEnvFile } from '../../core/reference.ts';
import { rangeOf, source } from './diagnostics.ts';
import type { Findings } from './findings.ts';

export interface QuickFixes extends Disposable {
  /** What an argument of a command stands for: only the very object that a quick fix of ours carries. */
  readonly agedOf: (argument: unknown) => Aged | undefined;
}

/** What can be done about a finding where it stands. Each that changes something does nothing before a person answered a question. */
export function quickFixes(findings: Findings): QuickFixes {
  const handed = new WeakMap<object, Aged>();
  const actions = (document: TextDocument, diagnostic: Diagnostic): CodeAction[] => {
    const aged = findings
      .in(document.uri.fsPath)
      .find(({ secret }) => secret.detector === diagnostic.code && rangeOf(secret).isEqual(diagnostic.range));
    return aged ? offered(document).map(([id, title]) => action(id, title, aged, diagnostic, handed)) : [];
  };
  const registered = languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions: (document, _, { diagnostics }) =>
        diagnostics.filter(it => it.source === source).flatMap(it => actions(document, it)),
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
  return {
    agedOf: argument =>
      typeof argument === 'object' && argument !== null ? handed.get(argument) : undefined,
    dispose: () => registered.dispose(),
  };
}

type Offer = readonly [id: CommandId, title: string];

function offered(document: TextDocument): readonly Offer[] {
  const ignoring: Offer = ['chaperone.secrets.gitignore', l10n.t('Add this file to .gitignore')];
  const storing: Offer = ['chaperone.secrets.store', l10n.t('Move to secret storage…')];
  const referring: Offer = ['chaperone.secrets.reference', l10n.t('Replace by a reference to .env…')];
  return [
    ...(isEnvFile(document.uri.path) ? [ignoring, storing] : [storing, referring, ignoring]),
    ['chaperone.secrets.guide', l10n.t('How to replace it')],
    ['chaperone.secrets.ignore', l10n.t('Ignore with a reason…')],
  ];
}

function action(
  command: CommandId,
  title: string,
  aged: Aged,
  diagnostic: Diagnostic,
  handed: WeakMap<object, Aged>,
): CodeAction {
  const made = new CodeAction(title, CodeActionKind.QuickFix);
  const argument = {};
  handed.set(argument, aged);
  made.command = { command, title, arguments: [argument] };
  made.diagnostics = [diagnostic];
  return made;
}
