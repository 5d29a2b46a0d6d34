import { EventEmitter, l10n, window, type Disposable, type QuickPickItem } from 'vscode';
import { modes, type Mode } from '../core/model.ts';
import type { Settings } from '../core/settings.ts';
import { question } from './question.ts';
import { setForPerson } from './settings.ts';

/**
 * The mode as a person set it. A pause lives here alone and ends with the window. Whatever loosens is behind a modal:
 * a quick pick is not enough, because there are commands that choose in one, and an agent can call commands.
 */
export class ModeSwitch implements Disposable {
  readonly #set: () => Settings['mode'];
  readonly #changed = new EventEmitter<Mode>();
  #pausedUntil = 0;
  #ticking: NodeJS.Timeout | undefined;

  /** Fires when the mode changed, and every second of a pause. */
  readonly onDidChange = this.#changed.event;

  /** `set` is the mode of the settings, as it is now. */
  constructor(set: () => Settings['mode']) {
    this.#set = set;
  }

  get mode(): Mode {
    return this.pausedUntil === undefined ? this.#set() : 'paused';
  }

  /** Milliseconds since 1970; `undefined` when there is no pause. */
  get pausedUntil(): number | undefined {
    return Date.now() < this.#pausedUntil ? this.#pausedUntil : undefined;
  }

  /** To be called when the settings changed. */
  refresh(): void {
    this.#changed.fire(this.mode);
  }

  /** Lets a person choose. */
  async pick(): Promise<void> {
    const now = this.mode;
    const items = modes.map(mode => ({
      mode,
      label: `${icons[mode]} ${nameOf(mode)}`,
      description: mode === now ? l10n.t('now') : '',
      detail: meaningOf(mode),
    }));
    const picked = await window.showQuickPick<QuickPickItem & { readonly mode: Mode }>(items, {
      title: l10n.t('How should Chaperone stand in the way of agents?'),
      matchOnDetail: true,
    });
    if (picked?.mode === 'paused') await this.pickPause();
    else if (picked) await this.#choose(picked.mode);
  }

  /** Lets a person choose how long. */
  async pickPause(): Promise<void> {
    const picked = await window.showQuickPick(
      pauses().map(it => ({ ...it, description: it.minutes === longest ? l10n.t('the longest') : '' })),
      { title: l10n.t('Pause Chaperone for how long?') },
    );
    if (!picked || !(await isSure('paused', picked.label))) return;
    this.#pausedUntil = Date.now() + picked.minutes * 60_000;
    this.#tick();
  }

  /** Ends a pause. Tightens, so that nobody need be asked. */
  resume(): void {
    this.#pausedUntil = 0;
    this.#tick();
  }

  dispose(): void {
    clearTimeout(this.#ticking);
    this.#changed.dispose();
  }

  async #choose(mode: Settings['mode']): Promise<void> {
    if (loosens(this.#set(), mode) && !(await isSure(mode))) return;
    await setForPerson('mode', mode);
    this.resume();
    if (this.#set() !== mode)
      void window.showInformationMessage(l10n.t('This workspace asks for {0}.', nameOf(this.#set())));
  }

  #tick(): void {
    clearTimeout(this.#ticking);
    this.#changed.fire(this.mode);
    if (this.pausedUntil !== undefined) this.#ticking = setTimeout(() => this.#tick(), 1000);
  }
}

/** The mode's icon, as text of the status bar. */
export const icons: Readonly<Record<Mode, string>> = {
  enforce: '$(shield)',
  strict: '$(lock)',
  watch: '$(eye)',
  paused: '$(debug-pause)',
};

export function nameOf(mode: Mode): string {
  switch (mode) {
    case 'enforce':
      return l10n.t('Enforce');
    case 'strict':
      return l10n.t('Strict');
    case 'watch':
      return l10n.t('Watch');
    case 'paused':
      return l10n.t('Paused');
  }
}

export function meaningOf(mode: Mode): string {
  switch (mode) {
    case 'enforce':
      return l10n.t('Asks you before an agent destroys something, and keeps secrets out of its sight.');
    case 'strict':
      return l10n.t('Asks about unknown programs and reads outside the workspace too.');
    case 'watch':
      return l10n.t('Stops nothing. Records what it would have done.');
    case 'paused':
      return l10n.t('Stops nothing for a time that you choose, then goes on as before.');
  }
}

const longest = 60;

function pauses() {
  return [
    { minutes: 5, label: l10n.t('5 minutes') },
    { minutes: 15, label: l10n.t('15 minutes') },
    { minutes: longest, label: l10n.t('1 hour') },
  ];
}

function loosens(from: Settings['mode'], to: Settings['mode']): boolean {
  const order: readonly Settings['mode'][] = ['watch', 'enforce', 'strict'];
  return order.indexOf(to) < order.indexOf(from);
}

async function isSure(mode: Mode, time?: string): Promise<boolean> {
  const yes = time ? l10n.t('Pause for {0}', time) : l10n.t('Switch to {0}', nameOf(mode));
  const stops = mode === 'watch' || mode === 'paused';
  const asked = {
    message: time
      ? l10n.t('Pause Chaperone for {0}?', time)
      : l10n.t('Switch Chaperone to {0}?', nameOf(mode)),
    detail: [
      stops
        ? l10n.t('Agents will be able to delete, publish and read secrets without asking you.')
        : meaningOf(mode),
      l10n.t('If you did not ask for this yourself, keep it as it is.'),
    ].join('\n\n'),
    no: l10n.t('Keep It as It Is'),
  };
  return (await question(asked, yes)) === yes;
}
