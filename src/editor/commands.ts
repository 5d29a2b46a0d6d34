import { commands, Disposable, l10n, Uri, window, workspace, type LogOutputChannel } from 'vscode';
import { walkthroughId, type CommandId, type ViewId } from '../core/contributes.ts';
import type { Modal } from './approvals/modal.ts';
import type { ApprovalQueue } from './approvals/queue.ts';
import type { Tree } from './approvals/tree.ts';
import type { ModeSwitch } from './mode.ts';
import { chooseLists, startGuarded, type Guarding } from './guarded.ts';
import { question } from './question.ts';
import { secretHandlers, type SecretCommands } from './secrets/commands.ts';
import { setForPerson } from './settings.ts';

/** One for every command there is: a missing one does not compile. */
export type Handlers = Readonly<Record<CommandId, (row?: unknown) => unknown>>;

export function register(handlers: Handlers, log: LogOutputChannel): Disposable {
  return Disposable.from(
    ...Object.entries(handlers).map(([id, run]) => commands.registerCommand(id, caught(id, run, log))),
  );
}

/** An agent as `install` and `uninstall` offer it. */
export interface Installable {
  readonly id: string;
  readonly name: string;
  /** Whether there is a trace of it on this machine. */
  readonly found: boolean;
  readonly wired: boolean;
}

/** What the commands need. Functions that cannot do their work reject, with an error whose message is for a person. */
export interface Commanded {
  readonly extension: string;
  readonly log: LogOutputChannel;
  readonly queue: ApprovalQueue;
  readonly modal: Modal;
  readonly tree: Tree;
  readonly mode: ModeSwitch;
  readonly agents: {
    readonly list: () => Promise<readonly Installable[]>;
    readonly install: (id: string) => Promise<void>;
    readonly uninstall: (id: string) => Promise<void>;
  };
  readonly ledger: {
    /** The absolute path of the newest file; `undefined` while nothing was recorded. */
    readonly file: () => Promise<string | undefined>;
    readonly verify: () => Promise<{ readonly sound: boolean; readonly text: string }>;
  };
  /** What works and what does not, as Markdown. */
  readonly doctor: () => Promise<string>;
  readonly secrets: SecretCommands;
  readonly guarding: Guarding;
}

/**
 * Agents can call commands, with arguments of their own. So arguments are ignored but for rows of our tree, and whatever
 * loosens ends in a modal that a person must answer.
 */
export function handlers(given: Commanded): Handlers {
  const { queue, modal, tree, mode, ledger, log } = given;
  return {
    'chaperone.approvals.show': () =>
      commands.executeCommand(`${'chaperone.approvals' satisfies ViewId}.focus`),
    'chaperone.approvals.next': () => reviewNext(queue, modal),
    'chaperone.approvals.allow': row => {
      const pending = tree.pendingOf(row);
      if (pending) modal.review(pending);
    },
    'chaperone.approvals.deny': row => {
      const pending = tree.pendingOf(row);
      if (pending) queue.answer(pending.id, { outcome: 'refused', by: 'person' });
    },
    'chaperone.grants.revoke': row => {
      const grant = tree.grantOf(row);
      if (grant) queue.revoke(grant.id);
    },
    'chaperone.mode.switch': () => mode.pick(),
    'chaperone.mode.pause': () => mode.pickPause(),
    'chaperone.mode.resume': () => mode.resume(),
    'chaperone.agents.install': () => install(given),
    'chaperone.agents.uninstall': () => uninstall(given),
    'chaperone.ledger.open': () => openLedger(ledger),
    'chaperone.ledger.verify': () => verifyLedger(ledger),
    ...secretHandlers(given.secrets),
    'chaperone.log.show': () => log.show(),
    'chaperone.terminal.agent': () => startGuarded(given.guarding),
    'chaperone.lists.choose': () => chooseLists(given.guarding),
    'chaperone.doctor': async () => showPage(await given.doctor()),
    'chaperone.walkthrough.open': () =>
      commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${given.extension}#${walkthroughId}`,
        false,
      ),
    'chaperone.settings.open': () =>
      commands.executeCommand('workbench.action.openSettings', `@ext:${given.extension}`),
  };
}

function caught(id: string, run: Handlers[CommandId], log: LogOutputChannel) {
  return async (row?: unknown) => {
    try {
      await run(row);
    } catch (error) {
      log.error(`cannot run ${id}`, error);
      void window.showErrorMessage(
        l10n.t('Chaperone: {0}', error instanceof Error ? error.message : String(error)),
      );
    }
  };
}

function reviewNext(queue: ApprovalQueue, modal: Modal): void {
  if (queue.pending.length > 0) modal.review();
  else void window.showInformationMessage(l10n.t('No agent waits for your answer.'));
}

async function install({ agents }: Commanded): Promise<void> {
  const all = await agents.list();
  const open = all.filter(it => !it.wired).sort((a, b) => Number(b.found) - Number(a.found));
  if (open.length === 0)
    return void window.showInformationMessage(l10n.t('Chaperone guards every agent it knows.'));
  const picked = await window.showQuickPick(
    open.map(it => ({
      agent: it,
      label: it.name,
      description: it.found ? l10n.t('found on this machine') : '',
      picked: it.found,
    })),
    { title: l10n.t('Which agents should Chaperone guard?'), canPickMany: true },
  );
  if (!picked?.length) return;
  for (const { agent } of picked) await agents.install(agent.id);
  await remember(await agents.list());
  const names = picked.map(it => it.label).join(', ');
  void window.showInformationMessage(
    l10n.t('Chaperone guards {0}. Start running sessions anew, so that they know.', names),
  );
}

async function uninstall({ agents }: Commanded): Promise<void> {
  const wired = (await agents.list()).filter(it => it.wired);
  if (wired.length === 0)
    return void window.showInformationMessage(l10n.t('Chaperone guards no agent by its own hooks.'));
  const picked = await window.showQuickPick(
    wired.map(it => ({ agent: it, label: it.name })),
    { title: l10n.t('Which agent should Chaperone stop guarding?') },
  );
  if (!picked) return;
  const yes = l10n.t('Stop Guarding {0}', picked.label);
  const asked = {
    message: l10n.t('Stop guarding {0}?', picked.label),
    detail: l10n.t(
      '{0} will be able to delete, publish and read secrets without asking you. Its settings will be as they were before.',
      picked.label,
    ),
    no: l10n.t('Keep Guarding It'),
  };
  if ((await question(asked, yes)) !== yes) return;
  await agents.uninstall(picked.agent.id);
  await remember(await agents.list());
}

async function remember(all: readonly Installable[]): Promise<void> {
  await setForPerson(
    'agents',
    all.filter(it => it.wired).map(it => it.id),
  );
}

async function openLedger(ledger: Commanded['ledger']): Promise<void> {
  const file = await ledger.file();
  if (file) await window.showTextDocument(Uri.file(file), { preview: true });
  else void window.showInformationMessage(l10n.t('Nothing was recorded yet.'));
}

async function verifyLedger(ledger: Commanded['ledger']): Promise<void> {
  const { sound, text } = await ledger.verify();
  if (sound) void window.showInformationMessage(text);
  else void window.showErrorMessage(text);
}

async function showPage(content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ content, language: 'markdown' }), {
    preview: true,
  });
}
