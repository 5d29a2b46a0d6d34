import { commands, l10n, window, type Disposable } from 'vscode';
import { details, headline, typedNames } from '../../core/explain.ts';
import type { Answer } from '../../core/ports.ts';
import { question } from '../question.ts';
import { label } from '../../core/visible.ts';
import { untilClosed, type ApprovalQueue, type Pending } from './queue.ts';

export interface Modal extends Disposable {
  /** Asks about this one next, or about the oldest. */
  readonly review: (pending?: Pending) => void;
}

/**
 * Asks about what waits, one at a time. Nothing can close a modal from outside: when what it asks about was settled
 * elsewhere or nobody answered in time, it stays, and who presses a button then is told what counted.
 */
export function modal({ queue }: { readonly queue: ApprovalQueue }): Modal {
  let asking = false;
  let listed = false;
  let preferred: string | undefined;

  const show = async () => {
    if (asking) return;
    asking = true;
    try {
      for (let next = first(); next; next = first()) {
        if ((await ask(queue, next).catch(() => unshown(queue, next))) === 'list') listed = true;
        preferred = undefined;
        await breath();
      }
    } finally {
      asking = false;
    }
  };
  const first = () => {
    const waiting = queue.pending;
    const chosen = waiting.find(it => it.id === preferred);
    return chosen ?? (listed ? undefined : waiting[0]);
  };
  const listening = queue.onDidChange(waiting => {
    if (waiting.length === 0) listed = false;
    void show();
  });
  const review = (pending = queue.pending[0]) => {
    preferred = pending?.id;
    void show();
  };
  return { review, dispose: () => listening.dispose() };
}

/** One question to its end. `list` where the person would rather see all that wait. */
async function ask(queue: ApprovalQueue, pending: Pending): Promise<'answered' | 'list'> {
  for (;;) {
    const pressed = await press(queue, pending);
    if (pressed === 'list') {
      await commands.executeCommand('chaperone.approvals.focus');
      return 'list';
    }
    const until = pressed === 'session' ? await pickEnd() : undefined;
    if (pressed === 'session' && until === undefined && queue.pending.includes(pending)) continue;
    const allowed = (pressed === 'once' || until !== undefined) && (await hasTyped(pending));
    give(queue, pending, { outcome: allowed ? 'allowed' : 'refused', by: 'person' }, until);
    return 'answered';
  }
}

/** What cannot be shown cannot be allowed, and must not keep others from being shown. */
function unshown(queue: ApprovalQueue, { id }: Pending): 'answered' {
  queue.answer(id, { outcome: 'refused', by: 'nobody', note: 'the question could not be shown' });
  return 'answered';
}

async function press(queue: ApprovalQueue, pending: Pending): Promise<'deny' | 'once' | 'session' | 'list'> {
  const { attempt, decision } = pending;
  const others = queue.pending.filter(it => it.id !== pending.id).length;
  const once = l10n.t('Allow Once');
  const session = l10n.t('Allow for This Session…');
  const list = l10n.t('Review All {0}', others + 1);
  const asked = {
    message: headline(attempt, decision),
    detail: details(attempt, decision),
    no: l10n.t('Deny'),
  };
  const offered = [
    once,
    ...(typedNames(pending.decision).length === 0 ? [session] : []),
    ...(others > 0 ? [list] : []),
  ];
  const pressed = await question(asked, ...offered);
  return pressed === once ? 'once' : pressed === session ? 'session' : pressed === list ? 'list' : 'deny';
}

async function pickEnd(): Promise<number | undefined> {
  const minute = 60_000;
  const items = [
    { label: l10n.t('10 minutes'), end: () => Date.now() + 10 * minute },
    { label: l10n.t('1 hour'), end: () => Date.now() + 60 * minute },
    { label: l10n.t('Until this window closes'), end: () => untilClosed },
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Allow exactly this, for this session of the agent, for how long?'),
    placeHolder: l10n.t('You can take it back in the Approvals view at any time'),
    ignoreFocusOut: true,
  });
  return picked?.end();
}

/** Whether every name that has to be typed was. */
async function hasTyped(pending: Pending): Promise<boolean> {
  for (const name of typedNames(pending.decision)) {
    const typed = await window.showInputBox({
      title: label(headline(pending.attempt, pending.decision)),
      prompt: l10n.t('Type `{0}` to allow it. Anything else denies it.', label(name)),
      ignoreFocusOut: true,
    });
    if (typed !== name) return false;
  }
  return true;
}

function give(queue: ApprovalQueue, pending: Pending, mine: Answer, until: number | undefined): void {
  const counted = queue.answer(pending.id, mine, until);
  if (counted.outcome === mine.outcome) return;
  const what = label(headline(pending.attempt, pending.decision));
  const text =
    counted.outcome === 'refused'
      ? l10n.t(
          'Your answer came too late, it had been refused: {0}. {1}',
          counted.note ?? l10n.t('you denied it'),
          what,
        )
      : l10n.t('Your answer came too late, it had been allowed. {0}', what);
  void window.showWarningMessage(text);
}

/** A double click on one question must not answer the next. */
function breath(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 500));
}
