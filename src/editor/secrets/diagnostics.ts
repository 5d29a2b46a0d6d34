import { Diagnostic, DiagnosticSeverity, Disposable, l10n, languages, Range, Uri } from 'vscode';
import { agedWords, grade, type Aged } from '../../core/aged.ts';
import { grouped } from '../../core/grouped.ts';
import type { Secret } from '../../core/report.ts';
import { label } from '../../core/visible.ts';
import type { Findings } from './findings.ts';

/** What is found, in the Problems view and under the text. The words hold nothing of a value but its public mark. */
export function diagnostics(findings: Findings): Disposable {
  const collection = languages.createDiagnosticCollection('chaperone.secrets');
  const draw = () => {
    const minded = findings.all.filter(({ secret }) => grade(secret) !== undefined);
    collection.clear();
    for (const [file, its] of grouped(minded, ({ secret }) => secret.file))
      collection.set(Uri.file(file), its.map(diagnostic));
  };
  return Disposable.from(collection, findings.onDidChange(draw));
}

/** Where a secret stands, as VS Code counts. */
export function rangeOf({ line, column, endLine, endColumn }: Secret): Range {
  return new Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

export const source = 'Chaperone';

function diagnostic(it: Aged): Diagnostic {
  const { secret } = it;
  const words = l10n.t('{0} ({1}): {2}', secret.title, secret.shown, agedWords(it));
  const made = new Diagnostic(rangeOf(secret), label(words), severities[grade(secret) ?? 'information']);
  made.source = source;
  made.code = secret.detector;
  return made;
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};
