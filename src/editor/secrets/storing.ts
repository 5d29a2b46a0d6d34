import { l10n, window } from 'vscode';
import { isVariableName } from '../../core/origin.ts';
import { question } from '../question.ts';
import type { Vault } from './vault.ts';

/**
 * Puts a value that a person types into VS Code's secret storage, and offers to hand it out. Agents can call the command,
 * and type nothing.
 */
export async function storeSecret(
  vault: Pick<Vault, 'names' | 'store'>,
  handOut: (name: string) => Promise<void>,
): Promise<void> {
  const name = await window.showInputBox({
    title: l10n.t('Store a secret: its name'),
    prompt: l10n.t('The variable that commands find it in'),
    placeHolder: 'DATABASE_URL',
    ignoreFocusOut: true,
    validateInput: text =>
      isVariableName(text) ? undefined : l10n.t('Letters, digits and underscores only, and no digit first.'),
  });
  if (name === undefined) return;
  const value = await window.showInputBox({
    title: l10n.t('Store a secret: the value of {0}', name),
    prompt: l10n.t('It is kept by VS Code, in the keyring of this machine where there is one'),
    password: true,
    ignoreFocusOut: true,
  });
  if (!value) return;
  const environment = await window.showInputBox({
    title: l10n.t('Store a secret: the environment of {0}', name),
    prompt: l10n.t('Such as production or staging; empty where it is for none'),
    ignoreFocusOut: true,
  });
  if (environment === undefined) return;
  if (vault.names().some(it => it.name === name) && !(await replaces(name))) return;
  await vault.store(name, value, environment.trim() || undefined);
  const next = l10n.t('Hand It Out…');
  const pressed = await window.showInformationMessage(
    l10n.t('{0} is stored. Use it: chaperone run --with {0} -- COMMAND', name),
    next,
  );
  if (pressed === next) await handOut(name);
}

export async function removeSecret(vault: Pick<Vault, 'names' | 'remove'>): Promise<void> {
  const names = vault.names();
  if (!names.length) return void window.showInformationMessage(l10n.t('No secret is stored.'));
  const picked = await window.showQuickPick(
    names.map(({ name, environment = '' }) => ({ label: name, description: environment })),
    { title: l10n.t('Which secret should be removed?') },
  );
  if (!picked) return;
  const yes = l10n.t('Remove {0}', picked.label);
  const asked = {
    message: l10n.t('Remove {0} from the secret storage?', picked.label),
    detail: l10n.t('Nothing brings its value back.'),
    no: l10n.t('Keep It'),
  };
  if ((await question(asked, yes)) === yes) await vault.remove(picked.label);
}

async function replaces(name: string): Promise<boolean> {
  const yes = l10n.t('Replace {0}', name);
  const asked = {
    message: l10n.t('Replace the stored {0}?', name),
    detail: l10n.t('Nothing brings its old value back.'),
    no: l10n.t('Keep the Old One'),
  };
  return (await question(asked, yes)) === yes;
}
