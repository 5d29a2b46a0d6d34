import { registerHooks } from 'node:module';

/*
 * A stand-in for the module `vscode`, for parts of `editor/` whose logic needs no window. Import it before them; what a
 * person would press, and what was shown, are in `desk`.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

type Press = string | undefined;

/** The person's side: what was shown, and what they press next (nothing when there is no more). */
export const desk = {
  shown: [] as { readonly what: string; readonly text: string; readonly items: readonly string[] }[],
  presses: [] as (Press | (() => Press | Promise<Press>))[],
  inspected: {} as Record<
    string,
    { globalValue?: unknown; workspaceValue?: unknown; workspaceFolderValue?: unknown }
  >,
  ran: [] as (readonly unknown[])[],
  tools: new Map<string, unknown>(),
  /** What draws the tree that was made last. */
  provider: undefined as unknown,
};

/** Nothing shown, nothing to press, nothing set. */
export function clearDesk(): void {
  desk.shown = [];
  desk.presses = [];
  desk.inspected = {};
  desk.ran = [];
}

async function press(what: string, text: string, items: readonly string[]): Promise<Press> {
  desk.shown.push({ what, text, items });
  const next = desk.presses.shift();
  return typeof next === 'function' ? next() : next;
}

const configured = new Set<(event: { affectsConfiguration: () => boolean }) => void>();

/** Tells who listens that settings changed. */
export function reconfigure(): void {
  for (const listener of configured) listener({ affectsConfiguration: () => true });
}

interface Item {
  readonly label: string;
}

export const window = {
  showWarningMessage: (text: string, ...rest: unknown[]) => {
    const items = rest.filter(it => typeof it === 'string');
    return items.length === rest.length ? message('warning', text, items) : press('modal', text, items);
  },
  showInformationMessage: (text: string, ...items: string[]) => message('information', text, items),
  showErrorMessage: (text: string, ...items: string[]) => message('error', text, items),
  showQuickPick: async (items: readonly Item[], { title }: { title: string }) => {
    const picked = await press(
      'pick',
      title,
      items.map(it => it.label),
    );
    return items.find(it => picked !== undefined && it.label.includes(picked));
  },
  createTreeView: (_id: string, { treeDataProvider }: { treeDataProvider: unknown }) => {
    desk.provider = treeDataProvider;
    return { badge: undefined, dispose: () => undefined };
  },
  showTextDocument: async () => void desk.shown.push({ what: 'document', text: '', items: [] }),
  showInputBox: ({ prompt }: { prompt: string }) => press('input', prompt, []),
};

async function message(what: string, text: string, items: readonly string[]): Promise<Press> {
  desk.shown.push({ what, text, items });
  return undefined;
}

export const commands = {
  executeCommand: async (...call: readonly unknown[]) => void desk.ran.push(call),
  registerCommand: () => new Disposable(() => undefined),
};

export const workspace = {
  openTextDocument: async () => ({}),
  workspaceFolders: [{ uri: 'file:///one' }] as readonly { readonly uri: unknown }[],
  getConfiguration: (_section: string, uri?: unknown) => ({
    inspect: (key: string) => ({
      ...desk.inspected[key],
      ...(uri ? {} : { workspaceFolderValue: undefined }),
    }),
    update: async (key: string, value: unknown) => {
      desk.inspected[key] = { ...desk.inspected[key], globalValue: value };
      reconfigure();
    },
  }),
  onDidChangeConfiguration: (listener: (event: { affectsConfiguration: () => boolean }) => void) => {
    configured.add(listener);
    return new Disposable(() => configured.delete(listener));
  },
  onDidChangeWorkspaceFolders: () => new Disposable(() => undefined),
};

export const l10n = {
  t: (text: string, ...values: unknown[]) =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
};

export class TreeItem {
  id: string | undefined;
  readonly label: string;
  constructor(label: string) {
    this.label = label;
  }
}
export class ThemeIcon {}
export class ThemeColor {}
export class MarkdownString {
  value = '';
  appendText(text: string): this {
    this.value += text;
    return this;
  }
}
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const Uri = { file: (path: string) => path };
export const ConfigurationTarget = { Global: 1 };

export class Disposable {
  readonly #end: () => void;
  constructor(end: () => void) {
    this.#end = end;
  }
  static from(...parts: readonly { dispose: () => void }[]): Disposable {
    return new Disposable(() => parts.forEach(it => it.dispose()));
  }
  dispose(): void {
    this.#end();
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

/** What models are offered: tools by name. */
export const lm = {
  registerTool: (name: string, tool: unknown) => {
    desk.tools.set(name, tool);
    return { dispose: () => desk.tools.delete(name) };
  },
};

export class LanguageModelTextPart {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

export class LanguageModelToolResult {
  readonly content: readonly LanguageModelTextPart[];
  constructor(content: readonly LanguageModelTextPart[]) {
    this.content = content;
  }
}
