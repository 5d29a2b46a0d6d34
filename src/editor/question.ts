import { l10n, window } from 'vscode';
import { visible } from '../core/visible.ts';

/**
 * Asks in a modal, which no command can press: not the agent's either. `no` is the first button, because that is the one
 * Enter presses; closing the dialog is a no as well. VS Code would make another button the default if `no` were the one
 * that closes it.
 */
export async function question<T extends string>(
  asked: { readonly message: string; readonly detail: string; readonly no: string },
  ...yes: readonly T[]
): Promise<T | undefined> {
  const { message, detail, no } = asked;
  const options = { modal: true, detail: visible(folded(detail)) };
  const pressed = await window.showWarningMessage<string>(visible(message), options, no, ...yes);
  return yes.find(it => it === pressed);
}

/** A wall of lines would push the reasons, which come last, out of sight. */
function folded(detail: string): string {
  const lines = detail.split('\n');
  const left = lines.length - first - last;
  if (left <= 0) return detail;
  return [...lines.slice(0, first), `… ${l10n.t('{0} more lines', left)} …`, ...lines.slice(-last)].join(
    '\n',
  );
}

const first = 10;
const last = 16;
