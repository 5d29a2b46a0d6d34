import {
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import type { Disposable } from 'vscode';
import type { RowKind, ViewId } from '../../core/contributes.ts';
import { coverLines, coverOf, covers, coverWords, type Cover, type Standing } from '../../core/coverage.ts';
import { label } from '../../core/visible.ts';

/** The view of agents: which are here, how each is covered, and what is not. */
export interface CoverageTree extends Disposable {
  /** The id of the agent that a row of this view stands for; `undefined` for anything else. */
  readonly agentOf: (row: unknown) => string | undefined;
  /** Looks anew, if anybody sees it. */
  readonly refresh: () => void;
}

/** `look` rejects where it cannot tell; then the view says so. */
export function coverageTree(look: () => Promise<readonly Standing[]>): CoverageTree {
  const handed = new WeakSet<object>();
  const changed = new EventEmitter<undefined>();
  const view = window.createTreeView<Row>('chaperone.coverage' satisfies ViewId, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async row => {
        const rows = row ? (row.children ?? []) : (drawn ?? (await looked()));
        for (const it of rows) handed.add(it);
        return [...rows];
      },
      getTreeItem: row => row.item,
    },
  });
  let drawn: readonly Row[] | undefined;
  let said = '';
  const looked = async () => {
    const now = Date.now();
    const standings = await look().catch((error: unknown) => {
      view.message = l10n.t('Cannot tell: {0}', error instanceof Error ? error.message : String(error));
      return [];
    });
    if (standings.length) view.message = '';
    const sorted = [...standings].sort((a, b) => rank(a) - rank(b));
    const open = standings.filter(it => coverOf(it) === 'broken').length;
    view.badge = open
      ? { value: open, tooltip: l10n.t('the hooks of {0} agents do not work', open) }
      : undefined;
    return (drawn = sorted.map(it => rowOf(it, now)));
  };
  // Drawn anew only where something else is said: a row that is pressed meanwhile must be there.
  const lookAgain = async () => {
    if (!view.visible) return;
    await looked();
    const says = JSON.stringify(drawn?.map(({ item, children }) => [item, children?.map(it => it.item)]));
    if (says !== said) changed.fire(undefined);
    said = says;
  };
  const refresh = () => void lookAgain();
  // What was heard goes on while somebody looks.
  const timer = setInterval(refresh, timeBetweenLooks).unref();
  const shown = view.onDidChangeVisibility(refresh);
  return {
    agentOf: row =>
      typeof row === 'object' && row !== null && handed.has(row) ? (row as Row).agent : undefined,
    refresh,
    dispose: () => {
      clearInterval(timer);
      for (const it of [shown, view, changed]) it.dispose();
    },
  };
}

const timeBetweenLooks = 15_000;

interface Row {
  readonly item: TreeItem;
  readonly agent?: string;
  readonly children?: readonly Row[];
}

/** What needs a person on top, what is not here at the end. */
function rank(standing: Standing): number {
  const order: readonly Cover[] = ['broken', 'open', 'waiting', 'covered', 'elsewhere'];
  return order.indexOf(coverOf(standing)) * covers.length;
}

function rowOf(standing: Standing, now: number): Row {
  const { agent } = standing;
  const cover = coverOf(standing);
  const item = new TreeItem(agent.name, TreeItemCollapsibleState.Collapsed);
  item.id = `agent ${agent.id}`;
  item.description = coverWords(standing, now);
  item.iconPath = icons[cover];
  item.contextValue = kindOf(standing);
  const lines = coverLines(standing, now);
  const tooltip = new MarkdownString(`**${agent.name}**: ${coverWords(standing, now)}\n\n`);
  for (const { title, words } of lines) tooltip.appendText(`${title}: ${words}`).appendMarkdown('\n\n');
  item.tooltip = tooltip;
  return { item, agent: agent.id, children: lines.map(({ title, words }) => lineOf(title, words)) };
}

function kindOf({ agent, wired }: Standing): RowKind {
  if (!agent.wiring.length) return 'ownAgent';
  return wired === 'absent' ? 'openAgent' : 'guardedAgent';
}

function lineOf(title: string, words: string): Row {
  const item = new TreeItem(title);
  item.description = label(words.replaceAll('`', ''), 300);
  item.tooltip = words;
  return { item };
}

const icons: Readonly<Record<Cover, ThemeIcon>> = {
  covered: new ThemeIcon('shield', new ThemeColor('charts.green')),
  waiting: new ThemeIcon('shield'),
  broken: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  open: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  elsewhere: new ThemeIcon('circle-outline'),
};
