import { commands, Disposable } from 'vscode';
import type { ContextKey } from '../../core/contributes.ts';
import type { Drawn } from './drawn.ts';

/** Tells the menus whether somebody waits, and whether there is a pause. */
export function context({ queue, mode }: Omit<Drawn, 'problems'>): Disposable {
  const draw = () => {
    set('chaperone.waiting', queue.pending.length > 0);
    set('chaperone.paused', mode.mode === 'paused');
  };
  draw();
  return Disposable.from(queue.onDidChange(draw), mode.onDidChange(draw));
}

function set(key: ContextKey, value: boolean): void {
  void commands.executeCommand('setContext', key, value);
}
