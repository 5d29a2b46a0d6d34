import { commands, Disposable, l10n, Uri, window, workspace, type LogOutputChannel } from 'vscode';
import { walkthroughId, type CommandId, type ViewId } from '../core/contributes.ts';
import type { Modal } from './approvals/modal.ts';
import type { ApprovalQueue } from './approvals/queue.ts';
import type { Tree } from './approvals/tree.ts';
import type { ModeSwitch } from './mode.ts';
import type { CoverageTree } from './agents/tree.ts';
import { chooseLists, startGuarded, type Guarding } from './guarded.ts';
import { question } from './question.ts';
import { guardServers, type Serving } from './servers.ts';
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
  /** What guarding it writes, with `~/` for the home folder. */
  readonly files: readonly string[];
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
    /** What `install` would write, as Markdown. */
    readonly preview: (id: string) => Promise<string>;
  };
  readonly coverage: CoverageTree;
  readonly ledger: {
    /** The absolute path of the newest file; `undefined` while nothing was recorded. */
    readonly file: () => Promise<string | undefined>;
    readonly verify: () => Promise<{ readonly sound: boolean; readonly text: string }>;
  };
  /** What works and what does not, as Markdown. */
  readonly doctor: () => Promise<string>;
  readonly secrets: SecretCommands;
  readonly guarding: Guarding;
  readonly servers: Serving;
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
    'chaperone.agents.install': row => install(given, given.coverage.agentOf(row)),
    'chaperone.agents.uninstall': row => uninstall(given, given.coverage.agentOf(row)),
    'chaperone.agents.preview': row => previewOf(given, given.coverage.agentOf(row)),
    'chaperone.coverage.show': () =>
      commands.executeCommand(`${'chaperone.coverage' satisfies ViewId}.focus`),
    'chaperone.coverage.refresh': () => given.coverage.refresh(),
    'chaperone.ledger.open': () => openLedger(ledger),
    'chaperone.ledger.verify': () => verifyLedger(ledger),
    ...secretHandlers(given.secrets),
    'chaperone.log.show': () => log.show(),
    'chaperone.terminal.agent': () => startGuarded(given.guarding),
    'chaperone.lists.choose': () => chooseLists(given.guarding),
    'chaperone.servers.guard': () => guardServers(given.servers),
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

/** Guarding only tightens: the agent of a row is guarded at once, else a person chooses. */
async function install({ agents, coverage }: Commanded, chosen?: string): Promise<void> {
  const all = await agents.list();
  const open = all
    .filter(it => !it.wired && (chosen === undefined || it.id === chosen))
    .sort((a, b) => Number(b.found) - Number(a.found));
  if (open.length === 0)
    return void window.showInformationMessage(l10n.t('Chaperone guards every agent it knows.'));
  const items = open.map(it => ({
    agent: it,
    label: it.name,
    description: it.found ? l10n.t('found on this machine') : '',
    detail: l10n.t('writes {0}', it.files.join(', ')),
    picked: it.found,
  }));
  const title = l10n.t('Which agents should Chaperone guard?');
  const picked = chosen ? items : await window.showQuickPick(items, { title, canPickMany: true });
  if (!picked?.length) return;
  const problems: string[] = [];
  for (const { agent } of picked)
    await agents
      .install(agent.id)
      .catch((error: unknown) => problems.push(error instanceof Error ? error.message : String(error)));
  await remember(await agents.list());
  coverage.refresh();
  if (problems.length) throw new Error(problems.join('; '));
  const names = picked.map(it => it.label).join(', ');
  void window.showInformationMessage(
    l10n.t('Chaperone guards {0}. Start running sessions anew, so that they know.', names),
  );
}

async function uninstall({ agents, coverage }: Commanded, chosen?: string): Promise<void> {
  const wired = (await agents.list()).filter(it => it.wired && (chosen === undefined || it.id === chosen));
  if (wired.length === 0)
    return void window.showInformationMessage(l10n.t('Chaperone guards no agent by its own hooks.'));
  const items = wired.map(it => ({ agent: it, label: it.name }));
  const picked = chosen
    ? items[0]
    : await window.showQuickPick(items, { title: l10n.t('Which agent should Chaperone stop guarding?') });
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
  coverage.refresh();
}

async function previewOf({ agents }: Commanded, chosen?: string): Promise<void> {
  const id = chosen ?? (await pickOpen(await agents.list()));
  if (id !== undefined) await showPage(await agents.preview(id));
}

async function pickOpen(all: readonly Installable[]): Promise<string | undefined> {
  const items = all.filter(it => !it.wired).map(it => ({ label: it.name, id: it.id }));
  return (await window.showQuickPick(items, { title: l10n.t('What would guarding which agent write?') }))?.id;
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
