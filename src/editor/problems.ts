import { EventEmitter, type Disposable } from 'vscode';

/** Something that is wrong now, in a sentence; `since` in milliseconds since 1970. */
export interface Problem {
  readonly part: string;
  readonly text: string;
  readonly since: number;
}

/** What is wrong at the moment, by the part that found it. The status bar shows it. */
export class Problems implements Disposable {
  readonly #changed = new EventEmitter<readonly Problem[]>();
  #list: readonly Problem[] = [];

  readonly onDidChange = this.#changed.event;

  get list(): readonly Problem[] {
    return this.#list;
  }

  /** What is wrong with this part from now on; an empty list when it is well again. */
  set(part: string, texts: readonly string[]): void {
    const before = this.#list.filter(it => it.part === part);
    if (before.length === texts.length && before.every((it, index) => it.text === texts[index])) return;
    const now = Date.now();
    const since = (text: string) => before.find(it => it.text === text)?.since ?? now;
    this.#list = [
      ...this.#list.filter(it => it.part !== part),
      ...texts.map(text => ({ part, text, since: since(text) })),
    ];
    this.#changed.fire(this.#list);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
