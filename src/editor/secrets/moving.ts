import { l10n, Position, Range, Uri, window, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import type { Aged } from '../../core/aged.ts';
import { variablesIn } from '../../core/envFile.ts';
import { isVariableName, variableName, withVariable } from '../../core/envLine.ts';
import type { Ignored, Tracked } from '../../core/ports.ts';
import { nameIn } from '../../core/named.ts';
import { referenceTo } from '../../core/reference.ts';
import type { Secret } from '../../core/report.ts';
import { label } from '../../core/visible.ts';
import { question } from '../question.ts';
import { rangeOf } from './diagnostics.ts';
import type { Findings } from './findings.ts';
import type { Vault } from './vault.ts';

export interface MovingGiven {
  readonly findings: Findings;
  readonly vault: Pick<Vault, 'names' | 'value' | 'store' | 'remove'>;
  readonly ignored: () => Promise<Ignored>;
  readonly git: {
    readonly about: (file: string) => Promise<Tracked>;
    /** Adds the file to the `.gitignore` of its repository, whose path it gives. Rejects where that cannot be. */
    readonly ignore: (file: string) => Promise<string>;
  };
}

/** What a person can do about a secret. A value goes from the text to where it is moved, and nowhere else. */
export function moving(given: MovingGiven) {
  return {
    store: (aged: Aged) => store(aged, given),
    reference: (aged: Aged) => reference(aged, given),
    gitignore: (aged: Aged) => gitignore(aged, given),
    ignore: (aged: Aged) => ignore(aged, given),
    mind: (aged: Aged) => mind(aged, given),
  };
}

async function store(aged: Aged, given: MovingGiven): Promise<void> {
  const found = await standing(aged, given);
  if (!found) return;
  const name = await askName(found, l10n.t('Move to VS Code’s secret storage under which name?'));
  if (name === undefined) return;
  const { vault } = given;
  const known = vault.names().some(it => it.name === name);
  if (known && (await vault.value(name)) !== found.value)
    throw new Error(l10n.t('cannot store it as `{0}`: another secret has this name', name));
  const { environment } = found.secret.rating;
  if (!known) await vault.store(name, found.value, environment);
  await replace(found, name, new WorkspaceEdit());
  await told(
    l10n.t('Stored as {0}. Start what needs it with: guard run --with {0} -- COMMAND', name),
    found.secret.file,
    given,
  );
}

async function reference(aged: Aged, given: MovingGiven): Promise<void> {
  const found = await standing(aged, given);
  if (!found) return;
  const folder = workspace.getWorkspaceFolder(found.document.uri);
  if (!folder) throw new Error(l10n.t('cannot use a .env file: the file is in no folder of this workspace'));
  const env = Uri.joinPath(folder.uri, '.env');
  if (env.fsPath === found.document.uri.fsPath) throw new Error(l10n.t('it is in the .env file already'));
  const name = await askName(found, l10n.t('Move to .env under which name?'));
  if (name === undefined || !(await outOfGit(env.fsPath, given))) return;
  const edit = new WorkspaceEdit();
  const before = await textOf(env);
  const text = withVariable(before?.getText() ?? '', name, found.value);
  if (text === undefined && valueIn(before?.getText() ?? '', name) !== found.value)
    throw new Error(l10n.t('cannot add `{0}` to .env: it has another value there', name));
  if (!before) edit.createFile(env, { ignoreIfExists: true });
  if (text !== undefined)
    edit.insert(env, before ? endOf(before) : new Position(0, 0), text.slice(before?.getText().length ?? 0));
  await replace(found, name, edit);
  await (await workspace.openTextDocument(env)).save();
  await told(l10n.t('Moved to .env as {0}.', name), found.secret.file, given);
}

/** A file of secrets that git does not leave alone is asked about; one that git has already is not written to. */
async function outOfGit(file: string, { git }: MovingGiven): Promise<boolean> {
  switch (await git.about(file)) {
    case 'ignored':
    case 'elsewhere':
      return true;
    case 'tracked':
      throw new Error(l10n.t('cannot use .env: git tracks it, and a secret must not get into a commit'));
    case 'untracked': {
      const yes = l10n.t('Add It to .gitignore');
      const asked = {
        message: l10n.t('Git does not ignore .env'),
        detail: l10n.t(
          'Without that, the secret would be in one of the next commits. No: nothing is changed.',
        ),
        no: l10n.t('Cancel'),
      };
      if ((await question(asked, yes)) !== yes) return false;
      await git.ignore(file);
      return true;
    }
  }
}

async function gitignore({ secret: { file } }: Aged, { git }: MovingGiven): Promise<void> {
  const name = label(workspace.asRelativePath(file));
  switch (await git.about(file)) {
    case 'elsewhere':
      throw new Error(l10n.t('cannot ignore {0}: it is in no git repository', name));
    case 'ignored':
      return void window.showInformationMessage(l10n.t('Git ignores {0} already.', name));
    case 'tracked':
      await git.ignore(file);
      return void window.showWarningMessage(
        l10n.t(
          '{0} is in .gitignore now, but git still tracks it and its history has the secret. Run `git rm --cached` on it, and replace the secret.',
          name,
        ),
      );
    case 'untracked':
      await git.ignore(file);
      return void window.showInformationMessage(l10n.t('Git ignores {0} now.', name));
  }
}

async function ignore({ secret }: Aged, { ignored, findings }: MovingGiven): Promise<void> {
  const reason = await window.showInputBox({
    title: l10n.t('Why does this not matter?'),
    prompt: l10n.t('The reason is shown with it, in the list of what is ignored.'),
    placeHolder: l10n.t('an example, a key that has been revoked'),
    ignoreFocusOut: true,
  });
  if (!reason?.trim()) return;
  const yes = l10n.t('Ignore This Secret');
  const asked = {
    message: l10n.t('Ignore {0}?', label(`${secret.title} ${secret.shown}`)),
    detail: l10n.t(
      'It will no longer be told about, wherever this value stands: {0}\n\nNo: it stays in the list.',
      label(reason),
    ),
    no: l10n.t('Cancel'),
  };
  if ((await question(asked, yes)) !== yes) return;
  (await ignored()).ignore(secret.fingerprint, reason.trim());
  await lookAgain(secret, findings);
}

async function mind({ secret }: Aged, { ignored, findings }: MovingGiven): Promise<void> {
  (await ignored()).mind(secret.fingerprint);
  await lookAgain(secret, findings);
}

async function lookAgain({ fingerprint }: Secret, findings: Findings): Promise<void> {
  const files = findings.all.filter(({ secret }) => secret.fingerprint === fingerprint);
  for (const file of new Set(files.map(({ secret }) => secret.file))) await findings.look(file);
}

/** A secret where it stands now, in a text that may not be saved yet. */
interface Standing {
  readonly document: TextDocument;
  readonly secret: Secret;
  readonly value: string;
}

async function standing({ secret }: Aged, { findings }: MovingGiven): Promise<Standing | undefined> {
  const document = await workspace.openTextDocument(Uri.file(secret.file));
  const now = await findings.where(secret.file, document.getText());
  const [nearest] = now
    .filter(it => it.fingerprint === secret.fingerprint)
    .sort((a, b) => Math.abs(a.line - secret.line) - Math.abs(b.line - secret.line));
  if (nearest) return { document, secret: nearest, value: document.getText(rangeOf(nearest)) };
  void window.showInformationMessage(l10n.t('It is not there any more.'));
  return undefined;
}

async function askName({ document, secret }: Standing, title: string): Promise<string | undefined> {
  const start = rangeOf(secret).start;
  const before = document.getText(new Range(start.with({ character: 0 }), start));
  const name = await window.showInputBox({
    title,
    prompt: l10n.t('Letters, digits and underscores'),
    value: variableName(nameIn(before), secret.detector),
    validateInput: it => (isVariableName(it) ? undefined : l10n.t('This is not the name of a variable.')),
    ignoreFocusOut: true,
  });
  return name !== undefined && isVariableName(name) ? name : undefined;
}

/** Puts the reference in the place of the value, with what else is to be changed in one go. Saves what was saved before. */
async function replace({ document, secret }: Standing, name: string, edit: WorkspaceEdit): Promise<void> {
  const range = rangeOf(secret);
  const at = [document.offsetAt(range.start), document.offsetAt(range.end)] as const;
  for (const piece of referenceTo(name, secret.file, document.getText(), at))
    edit.replace(
      document.uri,
      new Range(document.positionAt(piece.at[0]), document.positionAt(piece.at[1])),
      piece.text,
    );
  const saved = !document.isDirty;
  if (!(await workspace.applyEdit(edit)))
    throw new Error(l10n.t('cannot change {0}', label(workspace.asRelativePath(document.uri))));
  if (saved) await document.save();
}

async function textOf(uri: Uri): Promise<TextDocument | undefined> {
  try {
    await workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return workspace.openTextDocument(uri);
}

function endOf(document: TextDocument): Position {
  return document.positionAt(document.getText().length);
}

function valueIn(text: string, name: string): string | undefined {
  return variablesIn(text).findLast(it => it.name === name)?.value;
}

/** What was in a commit stays there: moving it away is not enough then. */
async function told(text: string, file: string, { git, findings }: MovingGiven): Promise<void> {
  await findings.look(file);
  if ((await git.about(file)) === 'tracked')
    void window.showWarningMessage(
      l10n.t('{0} Git’s history may still have the value: replace the secret as well.', text),
    );
  else void window.showInformationMessage(text);
}
