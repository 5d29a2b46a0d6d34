/** Commands, each in the line of the file it was written in: what stands between them is left out. */
export class Sheet {
  readonly #lines = new Map<number, string>();
  readonly #folder: string;
  #moved = false;
  #whole = true;

  /** `folder` is where every command starts, whatever the one before it did. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A command with a shell of its own; its text may go on in the lines that follow. Lines are from 1. */
  put(line: number, text: string): void {
    this.join(line, this.#moved ? `cd ${quoted(this.#folder)}; ${text}` : text);
    this.#moved ||= /(?:^|[^\w-])(?:cd|pushd|popd|chdir)(?![\w-])/.test(text);
  }

  /** The same for what goes on in the shell of the command before it. */
  join(line: number, text: string): void {
    text.split('\n').forEach((part, index) => {
      const before = this.#lines.get(line + index);
      // Behind a comment nothing of the same line would be read.
      const between = before?.includes('#') ? '\n' : '; ';
      this.#lines.set(line + index, before === undefined ? part : `${before}${between}${part}`);
    });
  }

  /** More belongs here than is read. */
  overflow(): void {
    this.#whole = false;
  }

  get whole(): boolean {
    return this.#whole;
  }

  get size(): number {
    return this.#lines.size;
  }

  /** Nothing where there are no commands. */
  written(): { readonly text: string; readonly line: number } | undefined {
    if (!this.#lines.size) return undefined;
    const first = Math.min(...this.#lines.keys());
    const last = Math.max(...this.#lines.keys());
    const lines = Array.from(
      { length: last - first + 1 },
      (_, index) => this.#lines.get(first + index) ?? '',
    );
    return { text: lines.join('\n'), line: first };
  }
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
