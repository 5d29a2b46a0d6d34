import {
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type Disposable,
} from 'vscode';
import type { RowKind, ViewId } from '../../core/contributes.ts';
import { details, headline, title, shownText } from '../../core/explain.ts';
import type { Finding, Grant, Subject } from '../../core/model.ts';
import { label, visible } from '../../core/visible.ts';
import { sourceName } from '../secrets/handingOut.ts';
import { untilClosed, type ApprovalQueue, type Pending } from './queue.ts';

/** The view of what waits and what is granted. */
export interface Tree extends Disposable {
  /** What a row of this view stands for; `undefined` for anything else, however much it looks like one. */
  readonly pendingOf: (row: unknown) => Pending | undefined;
  readonly grantOf: (row: unknown) => Grant | undefined;
}

/**
 * Commands about one row must be told which, and an agent can call commands with arguments of its own. So a row is known
 * by being the very object that was handed to VS Code, never by an id in it. A handle of the view, which VS Code turns
 * into that object, could be guessed: therefore a row only says *what* is meant. Allowing it opens the modal.
 */
export function tree({ queue }: { readonly queue: ApprovalQueue }): Tree {
  const handed = new WeakSet<object>();
  const changed = new EventEmitter<undefined>();
  const hand = (rows: readonly Row[]): Row[] => {
    for (const row of rows) handed.add(row);
    return [...rows];
  };
  const rowOf = (row: unknown) =>
    typeof row === 'object' && row !== null && handed.has(row) ? (row as Row) : undefined;

  const view = window.createTreeView<Row>('chaperone.approvals' satisfies ViewId, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: row => hand(row ? (row.children ?? []) : roots(queue)),
      getTreeItem: row => row.item,
    },
  });
  const draw = () => {
    const waiting = queue.pending.length;
    view.badge =
      waiting > 0 ? { value: waiting, tooltip: l10n.t('{0} waiting for you', waiting) } : undefined;
    changed.fire(undefined);
  };
  draw();
  const parts = [queue.onDidChange(draw), view, changed];
  return {
    pendingOf: row => queue.pending.find(it => it.id === rowOf(row)?.pending),
    grantOf: row => queue.grants.find(it => it.id === rowOf(row)?.grant),
    dispose: () => parts.forEach(it => it.dispose()),
  };
}

interface Row {
  readonly item: TreeItem;
  readonly children?: readonly Row[];
  readonly pending?: string;
  readonly grant?: string;
}

function roots(queue: ApprovalQueue): readonly Row[] {
  const grants = queue.grants.map(granted);
  const held = leaf(l10n.t('Allowed for now'), 'pass', { children: grants });
  return [...queue.pending.map(approval), ...(grants.length > 0 ? [held] : [])];
}

function approval({ id, attempt, decision, until }: Pending): Row {
  const [gravest] = decision.findings;
  const sentence = headline(attempt, decision);
  const row = leaf(gravest ? title(gravest) : sentence, 'shield', {
    description: l10n.t('{0}, until {1}', attempt.subject.name, clock(until)),
    tooltip: `${sentence}\n\n${details(attempt, decision)}`,
    kind: 'approval',
    children: [
      who(attempt.subject),
      leaf(attempt.subject.cwd, 'folder', { tooltip: l10n.t('Where: {0}', attempt.subject.cwd) }),
      leaf(shownText(attempt, decision), 'terminal', { tooltip: shownText(attempt, decision) }),
      ...(decision.findings.length > 1 ? decision.findings.map(minded) : decision.findings.flatMap(why)),
    ],
  });
  row.item.id = id;
  row.item.iconPath = new ThemeIcon('shield', new ThemeColor('list.warningForeground'));
  return { ...row, pending: id };
}

function who({ name, session, subagent }: Subject): Row {
  const description = subagent ? l10n.t('through {0}', subagent) : '';
  return leaf(name, 'account', { description, tooltip: l10n.t('Session {0}', session) });
}

function minded(finding: Finding): Row {
  const { because, rule, verdict } = finding;
  return leaf(title(finding), verdict === 'deny' ? 'error' : 'warning', {
    description: rule,
    tooltip: because,
    children: why(finding),
  });
}

function why({ because, instead, typed }: Finding): readonly Row[] {
  return [
    leaf(because, 'info', { tooltip: because }),
    ...(instead ? [leaf(l10n.t('Instead: {0}', instead), 'lightbulb', { tooltip: instead })] : []),
    ...(typed ? [leaf(l10n.t('You will be asked to type {0}', typed), 'edit')] : []),
  ];
}

function granted({ id, agent, session, title, until, handed = [], to }: Grant): Row {
  const names = handed.map(({ name, from, environment }) =>
    [name, from && l10n.t('from {0}', sourceName(from)), environment && l10n.t('for {0}', environment)]
      .filter(Boolean)
      .join(' '),
  );
  const what = names.length ? `${title}: ${names.join(', ')}` : title;
  const end = until === untilClosed ? l10n.t('until this window closes') : l10n.t('until {0}', clock(until));
  const who = to === 'every agent' ? l10n.t('every agent') : agent;
  const where = handed.map(it => it.cwd).join(', ');
  const row = leaf(what, 'check', {
    description: `${who}, ${end}`,
    tooltip: to
      ? l10n.t('{0}, for {1} in any session in {2}, {3}', what, who, where, end)
      : l10n.t('{0}, exactly as it was allowed, for {1} in session {2}, {3}', what, agent, session, end),
    kind: 'grant',
  });
  row.item.id = id;
  return { ...row, grant: id };
}

interface Looks {
  readonly description?: string;
  readonly tooltip?: string;
  readonly kind?: RowKind;
  readonly children?: readonly Row[];
}

function leaf(text: string, icon: string, { description, tooltip, kind, children }: Looks = {}): Row {
  const state = children ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None;
  const item = new TreeItem(label(text), state);
  item.iconPath = new ThemeIcon(icon);
  if (description) item.description = label(description);
  if (tooltip) item.tooltip = plain(tooltip);
  if (kind) item.contextValue = kind;
  return children ? { item, children } : { item };
}

function plain(text: string): MarkdownString {
  return new MarkdownString().appendText(visible(text));
}

function clock(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
