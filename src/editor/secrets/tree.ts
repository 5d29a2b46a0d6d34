import {
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
  type Disposable,
} from 'vscode';
import { agedWords, gravestFirst, grade, type Aged } from '../../core/aged.ts';
import { ageWords, dueWords } from '../../core/ages.ts';
import type { CommandId, RowKind, ViewId } from '../../core/contributes.ts';
import { grouped } from '../../core/grouped.ts';
import { ratingWords } from '../../core/rating.ts';
import { label, visible } from '../../core/visible.ts';
import type { Findings } from './findings.ts';

/** The view of what was found. */
export interface SecretsTree extends Disposable {
  /** What a row of this view stands for; `undefined` for anything else, however much it looks like one. */
  readonly agedOf: (row: unknown) => Aged | undefined;
  readonly sortBy: (order: Order) => void;
}

export type Order = 'file' | 'kind';

/** As the view of approvals, it knows a row by being the very object that it handed to VS Code. */
export function secretsTree(findings: Findings): SecretsTree {
  let order: Order = 'file';
  const handed = new WeakSet<object>();
  const changed = new EventEmitter<undefined>();
  const view = window.createTreeView<Row>('chaperone.secrets' satisfies ViewId, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: row => {
        const rows = row ? (row.children ?? []) : roots(findings, order);
        for (const it of rows) handed.add(it);
        return [...rows];
      },
      getTreeItem: row => row.item,
    },
  });
  const draw = () => {
    const minded = findings.all.filter(({ secret }) => secret.ignored === undefined);
    view.description = summary(minded);
    const nothing = findings.scanned && !findings.all.length;
    view.message = nothing ? l10n.t('No secrets were found in this workspace.') : '';
    changed.fire(undefined);
  };
  draw();
  const parts = [findings.onDidChange(draw), view, changed];
  return {
    agedOf: row =>
      typeof row === 'object' && row !== null && handed.has(row) ? (row as Row).aged : undefined,
    sortBy: it => {
      order = it;
      changed.fire(undefined);
    },
    dispose: () => parts.forEach(it => it.dispose()),
  };
}

interface Row {
  readonly item: TreeItem;
  readonly children?: readonly Row[];
  readonly aged?: Aged;
}

function summary(minded: readonly Aged[]): string {
  const overdue = minded.filter(({ due }) => due?.state === 'overdue').length;
  if (!minded.length) return '';
  return overdue ? l10n.t('{0}, {1} overdue', minded.length, overdue) : String(minded.length);
}

/** The gravest on top, in each group and of all groups; what a person ignores stands apart. */
function roots(findings: Findings, order: Order): readonly Row[] {
  const all = [...findings.all].sort(gravestFirst);
  const minded = all.filter(({ secret }) => secret.ignored === undefined);
  const ignored = all.filter(({ secret }) => secret.ignored !== undefined);
  const groups = [...grouped(minded, ({ secret }) => (order === 'file' ? secret.file : secret.title))];
  return [
    ...groups.map(([name, its]) => (order === 'file' ? fileRow(name, its) : kindRow(name, its))),
    ...(ignored.length ? [ignoredRow(ignored)] : []),
  ];
}

function fileRow(file: string, its: readonly Aged[]): Row {
  const uri = Uri.file(file);
  const item = new TreeItem(uri, TreeItemCollapsibleState.Expanded);
  item.description = label(workspace.asRelativePath(uri));
  item.iconPath = ThemeIcon.File;
  return { item, children: its.map(it => secretRow(it, l10n.t('line {0}', it.secret.line))) };
}

function kindRow(title: string, its: readonly Aged[]): Row {
  const item = new TreeItem(label(title), TreeItemCollapsibleState.Expanded);
  item.description = String(its.length);
  item.iconPath = iconOf(its[0] as Aged);
  return { item, children: its.map(it => secretRow(it, place(it))) };
}

function ignoredRow(its: readonly Aged[]): Row {
  const item = new TreeItem(l10n.t('Ignored'), TreeItemCollapsibleState.Collapsed);
  item.description = String(its.length);
  item.iconPath = new ThemeIcon('eye-closed');
  return { item, children: its.map(it => secretRow(it, place(it))) };
}

function secretRow(aged: Aged, where: string): Row {
  const { secret } = aged;
  const item = new TreeItem(label(nameOf(aged)), TreeItemCollapsibleState.None);
  item.description = label(described(aged, where));
  item.tooltip = new MarkdownString().appendText(visible(told(aged)));
  item.iconPath = iconOf(aged);
  item.contextValue = (secret.ignored === undefined ? 'secret' : 'ignoredSecret') satisfies RowKind;
  const row: Row = { item, aged };
  item.command = {
    command: 'chaperone.secrets.open' satisfies CommandId,
    title: l10n.t('Open'),
    arguments: [row],
  };
  return row;
}

/** What presses comes first: a narrow view cuts the end off. */
function described(aged: Aged, where: string): string {
  const { due, ...undated } = aged;
  return due && due.state !== 'fresh'
    ? `${dueWords(due)}, ${where}, ${agedWords(undated)}`
    : `${where}, ${agedWords(aged)}`;
}

function nameOf({ secret }: Aged): string {
  return `${secret.title} ${secret.shown}`;
}

function place({ secret }: Aged): string {
  return `${workspace.asRelativePath(Uri.file(secret.file))}:${secret.line}`;
}

function told(aged: Aged): string {
  const { secret, sighting, due } = aged;
  return [
    nameOf(aged),
    place(aged),
    ratingWords(secret.rating),
    ...(secret.sure ? [] : [l10n.t('It looks like a credential, and may be none.')]),
    ...(due ? [`${ageWords(due)}, ${dueWords(due)}`] : []),
    ...(sighting ? [firstSeen(sighting.firstSeen, sighting.by)] : []),
    ...(sighting?.after === undefined ? [] : [l10n.t('It took the place of another value.')]),
    ...(secret.ignored === undefined ? [] : [l10n.t('Ignored: {0}', secret.ignored)]),
  ].join('\n\n');
}

function firstSeen(time: number, by: 'commit' | 'scan'): string {
  const day = new Date(time).toLocaleDateString();
  return by === 'commit'
    ? l10n.t('It is in a commit of {0}.', day)
    : l10n.t('It was first seen on {0}.', day);
}

function iconOf({ secret, due }: Aged): ThemeIcon {
  switch (grade(secret)) {
    case 'error':
      return new ThemeIcon('key', new ThemeColor('list.errorForeground'));
    case 'warning':
      return new ThemeIcon('key', new ThemeColor('list.warningForeground'));
    case 'information':
      return due?.state === 'overdue'
        ? new ThemeIcon('key', new ThemeColor('list.warningForeground'))
        : new ThemeIcon('key');
    case undefined:
      return new ThemeIcon('eye-closed');
  }
}
