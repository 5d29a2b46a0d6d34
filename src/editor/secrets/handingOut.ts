import { l10n, window, type QuickPickItem } from 'vscode';
import type { Handed, SecretFact } from '../../core/model.ts';
import { untilClosed } from '../approvals/queue.ts';
import { question } from '../question.ts';
import type { Stored } from './vault.ts';

/** A secret as `--with` names it. */
export interface Named {
  readonly name: string;
  readonly from: string;
}

/** What handing out needs. */
export interface HandingOut {
  /** The folders of the workspace, absolute. */
  readonly folders: () => readonly string[];
  readonly stored: () => readonly Stored[];
  /** What the env files of a folder set, without the values. */
  readonly variables: (folder: string) => Promise<readonly Named[]>;
  /** What is known of a secret when it is used in a folder; `undefined` where it is gone. */
  readonly look: (
    folder: string,
    secret: Named,
  ) => Promise<(Handed & Pick<SecretFact, 'pinned'>) | undefined>;
  readonly agents: () => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Makes the grant: to an agent by its id, without one to every agent. `until` in milliseconds since 1970. */
  readonly handOut: (secret: Handed, agent: string | undefined, until: number) => void;
}

/**
 * Hands out a secret, this one if it is known which, before an agent asks for it. Agents can call the command, and answer
 * no modal.
 */
export async function handOutSecret(given: HandingOut, known?: Named): Promise<void> {
  const folder = await pickedFolder(given.folders());
  if (folder === undefined) return;
  const named = known ?? (await pickedSecret(folder, given));
  if (!named) return;
  const secret = await given.look(folder, named);
  if (!secret) throw new Error(l10n.t('cannot hand out `{0}`: it is not there any more', named.name));
  const { pinned, ...handed } = secret;
  if (pinned !== undefined)
    return void window.showWarningMessage(
      l10n.t(
        '{0} is not handed out: it is for {1}, and `chaperone.environment` pins this to {2}.',
        handed.name,
        handed.environment ?? '',
        pinned,
      ),
    );
  const agent = await pickedAgent(handed.name, given);
  if (!agent) return;
  const time = await pickedTime(handed.name);
  if (!time) return;
  if (await confirmed(handed, agent.label, time.label))
    given.handOut(handed, agent.id, time.minutes ? Date.now() + time.minutes * 60_000 : untilClosed);
}

async function pickedFolder(folders: readonly string[]): Promise<string | undefined> {
  const [first] = folders;
  if (first === undefined)
    void window.showInformationMessage(l10n.t('No folder is open in which a secret could be used.'));
  if (folders.length < 2) return first;
  const items = folders.map(label => ({ label }));
  return (await window.showQuickPick(items, { title: l10n.t('In which folder may a secret be used?') }))
    ?.label;
}

async function pickedSecret(folder: string, given: HandingOut): Promise<Named | undefined> {
  const stored = given.stored().map(({ name, environment }) => ({ name, from: 'vscode', environment }));
  const variables = await given.variables(folder);
  const items = [...stored, ...variables.map(it => ({ ...it, environment: undefined }))].map(it => ({
    label: it.name,
    description: [sourceName(it.from), it.environment].filter(Boolean).join(', '),
    named: { name: it.name, from: it.from },
  }));
  if (!items.length)
    return void window.showInformationMessage(
      l10n.t('Nothing can be handed out: no secret is stored, and no env file of this folder sets one.'),
    );
  const title = l10n.t('Which secret should be handed out?');
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.named;
}

async function pickedAgent(name: string, given: HandingOut): Promise<Choice<{ id?: string }> | undefined> {
  const agents = (await given.agents()).map(it => ({ label: it.name, id: it.id }));
  const items: readonly Choice<{ id?: string }>[] = [
    ...agents,
    { label: l10n.t('any agent in this window') },
  ];
  return window.showQuickPick(items, { title: l10n.t('Who may use {0}?', name) });
}

async function pickedTime(name: string): Promise<Choice<{ minutes?: number }> | undefined> {
  const items: readonly Choice<{ minutes?: number }>[] = [
    { label: l10n.t('for 10 minutes'), minutes: 10 },
    { label: l10n.t('for an hour'), minutes: 60 },
    { label: l10n.t('until this window closes') },
  ];
  return window.showQuickPick(items, { title: l10n.t('How long may {0} be used?', name) });
}

type Choice<T> = QuickPickItem & Readonly<T>;

async function confirmed(
  { name, from, environment, cwd, file }: Handed,
  agent: string,
  time: string,
): Promise<boolean> {
  const source = environment === undefined ? sourceName(from) : `${sourceName(from)} (${environment})`;
  const yes = l10n.t('Hand Out {0}', name);
  const asked = {
    message: l10n.t('Hand out {0} to {1} {2}?', name, agent, time),
    detail: [
      l10n.t(
        '{0} from {1} may be used by {2} in {3} {4}, without being seen.',
        name,
        source,
        agent,
        cwd,
        time,
      ),
      l10n.t('Any command that it starts may get it, and can do with it what it likes.'),
      ...(file === undefined
        ? []
        : [l10n.t('Its value is not minded either where it stands in what that agent does there.')]),
      l10n.t('You can take it back in the Approvals view.'),
    ].join('\n'),
    no: l10n.t('Keep It'),
  };
  return (await question(asked, yes)) === yes;
}

/** Where a secret comes from, for a person. */
export function sourceName(from: string): string {
  return from === 'vscode' ? l10n.t("VS Code's secret storage") : from;
}
