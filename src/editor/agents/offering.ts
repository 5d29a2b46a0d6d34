import { l10n, window, type Memento } from 'vscode';
import type { Installable } from '../commands.ts';

/** What the offer needs. */
export interface Offering {
  readonly list: () => Promise<readonly Installable[]>;
  readonly memory: Memento;
  /** Opens the choice of agents to guard. */
  readonly choose: () => unknown;
}

/**
 * Agents that are here and not guarded: a person is asked once about those found at the first start, and once about each
 * that comes later. Nothing is written without a yes.
 */
export async function offerGuarding({ list, memory, choose }: Offering): Promise<void> {
  const known = memory.get<readonly string[]>(key, []);
  const fresh = (await list()).filter(it => it.found && !it.wired && !known.includes(it.id));
  if (!fresh.length) return;
  await memory.update(key, [...known, ...fresh.map(({ id }) => id)]);
  const names = fresh.map(({ name }) => name).join(', ');
  const guard = l10n.t('Choose…');
  const text = l10n.t(
    'Chaperone found {0} on this machine. Nothing stands in their way yet: guard them?',
    names,
  );
  const answer = await window.showInformationMessage(text, guard, l10n.t('Not Now'));
  if (answer === guard) await choose();
}

const key = 'agentsOffered';
