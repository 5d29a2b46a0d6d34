import { Disposable, l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { headline } from '../../core/explain.ts';
import type { CommandId } from '../../core/contributes.ts';
import { icons, meaningOf, nameOf, type ModeSwitch } from '../mode.ts';
import type { Problems } from '../problems.ts';
import { label } from '../../core/visible.ts';
import type { Drawn } from './drawn.ts';
import type { ApprovalQueue } from './queue.ts';

/** The mode, how many wait, and whether something is wrong. A click leads to what waits, or else to the modes. */
export function statusBar({ queue, mode, problems }: Drawn): Disposable {
  const item = window.createStatusBarItem('chaperone.approvals', StatusBarAlignment.Left, 100);
  item.name = 'Chaperone';
  const draw = () => {
    const waiting = queue.pending.length;
    item.text = textOf(waiting, mode, problems);
    item.tooltip = tooltipOf(queue, mode, problems);
    item.backgroundColor = colorOf(waiting, mode, problems);
    item.command = (waiting > 0 ? 'chaperone.approvals.show' : 'chaperone.mode.switch') satisfies CommandId;
    item.accessibilityInformation = { label: `Chaperone: ${item.text.replace(/\$\([^)$]*\)/g, '').trim()}` };
  };
  draw();
  item.show();
  return Disposable.from(item, queue.onDidChange(draw), mode.onDidChange(draw), problems.onDidChange(draw));
}

function textOf(waiting: number, mode: ModeSwitch, problems: Problems): string {
  const icon = problems.list.length > 0 ? '$(warning)' : icons[mode.mode];
  if (waiting > 0) return `${icon} ${l10n.t('{0} waiting', waiting)}`;
  const until = mode.pausedUntil;
  if (until !== undefined) return `${icon} ${l10n.t('Paused {0}', countdown(until - Date.now()))}`;
  return `${icon} ${mode.mode === 'enforce' ? 'Chaperone' : `Chaperone: ${nameOf(mode.mode)}`}`;
}

/** Whatever does not protect is yellow, so that it is not forgotten; red is for what is broken. */
function colorOf(waiting: number, { mode }: ModeSwitch, problems: Problems): ThemeColor | undefined {
  if (problems.list.length > 0) return new ThemeColor('statusBarItem.errorBackground');
  const warns = waiting > 0 || mode === 'paused' || mode === 'watch';
  return warns ? new ThemeColor('statusBarItem.warningBackground') : undefined;
}

function tooltipOf(queue: ApprovalQueue, { mode }: ModeSwitch, problems: Problems): MarkdownString {
  const tooltip = new MarkdownString(undefined, true);
  const links: [CommandId, string][] = [
    ['chaperone.mode.switch', l10n.t('Switch mode')],
    mode === 'paused'
      ? ['chaperone.mode.resume', l10n.t('Resume')]
      : ['chaperone.mode.pause', l10n.t('Pause')],
    ['chaperone.approvals.show', l10n.t('Approvals')],
    ['chaperone.doctor', l10n.t('Check everything')],
  ];
  tooltip.isTrusted = { enabledCommands: links.map(([id]) => id) };
  tooltip.appendMarkdown(`**Chaperone: ${nameOf(mode)}**\n\n${meaningOf(mode)}\n\n`);
  section(
    tooltip,
    '$(error)',
    problems.list.map(it => it.text),
  );
  section(
    tooltip,
    '$(clock)',
    queue.pending.map(it => headline(it.attempt, it.decision)),
  );
  section(
    tooltip,
    '$(check)',
    queue.grants.map(it => l10n.t('allowed for now: {0}', it.title)),
  );
  tooltip.appendMarkdown('---\n\n');
  tooltip.appendMarkdown(links.map(([id, text]) => `[${text}](command:${id})`).join(' &nbsp; '));
  return tooltip;
}

const mostLines = 5;

/** What others wrote goes in as text: it must not become a link. */
function section(tooltip: MarkdownString, icon: string, lines: readonly string[]): void {
  for (const line of lines.slice(0, mostLines)) tooltip.appendMarkdown(`${icon} ${escaped(line)}\n\n`);
  if (lines.length > mostLines)
    tooltip.appendMarkdown(`${l10n.t('and {0} more', lines.length - mostLines)}\n\n`);
}

/** VS Code's own escaping, with blanks at which a line may break. */
function escaped(line: string): string {
  return new MarkdownString(undefined, true).appendText(label(line)).value.replaceAll('&nbsp;', ' ').trim();
}

/** Minutes and seconds: `4:09`. */
function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
