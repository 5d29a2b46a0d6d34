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
  /** Files by path: as they are on the disk, and as a document has them that is not saved. */
  disk: new Map<string, string>(),
  dirty: new Map<string, string>(),
  /** What was marked in which file. */
  marked: new Map<string, readonly Diagnostic[]>(),
  fixes: undefined as unknown,
  /** What makes the documents of a scheme, by scheme. */
  documents: new Map<string, unknown>(),
  clipboard: '',
  /** What is pressed next in a message that is no modal. */
  answers: [] as Press[],
  /** Why settings cannot be written now. */
  unwritable: undefined as string | undefined,
  /** The smaller words of each modal. */
  details: [] as string[],
};

/** Nothing shown, nothing to press, nothing set. */
export function clearDesk(): void {
  desk.shown = [];
  desk.presses = [];
  desk.inspected = {};
  desk.ran = [];
  desk.disk.clear();
  desk.dirty.clear();
  desk.marked.clear();
  desk.clipboard = '';
  desk.answers = [];
  desk.details = [];
  desk.unwritable = undefined;
}

async function press(what: string, text: string, items: readonly string[]): Promise<Press> {
  desk.shown.push({ what, text, items });
  const next = desk.presses.shift();
  return typeof next === 'function' ? next() : next;
}

interface Picking {
  readonly title: string;
  readonly canPickMany?: boolean;
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
    const [{ detail } = {}] = rest as [{ detail?: string }?];
    if (detail !== undefined) desk.details.push(detail);
    return items.length === rest.length ? message('warning', text, items) : press('modal', text, items);
  },
  showInformationMessage: (text: string, ...items: string[]) => message('information', text, items),
  showErrorMessage: (text: string, ...items: string[]) => message('error', text, items),
  showQuickPick: async (items: readonly Item[], { title, canPickMany }: Picking) => {
    const picked = await press(
      'pick',
      title,
      items.map(it => it.label),
    );
    if (picked === undefined) return undefined;
    // Several are pressed as one, with a comma between.
    if (canPickMany) return items.filter(it => picked.split(', ').includes(it.label));
    return items.find(it => it.label.includes(picked));
  },
  createTreeView: (_id: string, { treeDataProvider }: { treeDataProvider: unknown }) => {
    desk.provider = treeDataProvider;
    return {
      badge: undefined,
      visible: true,
      onDidChangeVisibility: () => ({ dispose: () => undefined }),
      dispose: () => undefined,
    };
  },
  showTextDocument: async () => void desk.shown.push({ what: 'document', text: '', items: [] }),
  showInputBox: ({ prompt }: { prompt: string }) => press('input', prompt, []),
  withProgress: async <T>(_: unknown, work: (progress: unknown, token: unknown) => Promise<T>) =>
    work(
      {
        report: ({ message: text }: { message: string }) =>
          desk.shown.push({ what: 'progress', text, items: [] }),
      },
      {
        onCancellationRequested: (end: () => void) => (
          desk.presses[0] === 'Cancel' && end(),
          new Disposable(() => undefined)
        ),
      },
    ),
};

async function message(what: string, text: string, items: readonly string[]): Promise<Press> {
  desk.shown.push({ what, text, items });
  return desk.answers.shift();
}

export const commands = {
  executeCommand: async (...call: readonly unknown[]) => void desk.ran.push(call),
  registerCommand: () => new Disposable(() => undefined),
};

export const workspace = {
  openTextDocument: async (given: { readonly path?: string }) =>
    given.path === undefined ? {} : new TextDocument(given as Uri),
  registerTextDocumentContentProvider: (scheme: string, provider: unknown) => {
    desk.documents.set(scheme, provider);
    return new Disposable(() => desk.documents.delete(scheme));
  },
  fs: {
    stat: async ({ path }: Uri) => {
      if (!desk.disk.has(path)) throw new Error('not there');
    },
  },
  asRelativePath: (given: Uri | string) =>
    (typeof given === 'string' ? given : given.path).replace(/^\/w\//, ''),
  getWorkspaceFolder: ({ path }: Uri) => (path.startsWith('/w/') ? { uri: Uri.file('/w') } : undefined),
  applyEdit: async (edit: WorkspaceEdit) => {
    for (const path of edit.created) if (!desk.disk.has(path)) desk.disk.set(path, '');
    for (const [path, pieces] of edit.pieces) {
      let text = desk.dirty.get(path) ?? desk.disk.get(path) ?? '';
      const document = new TextDocument(Uri.file(path));
      const placed = pieces.map(it => ({ ...it, at: document.offsetAt(it.range.start) }));
      for (const { at, range, text: its } of placed.sort((a, b) => b.at - a.at))
        text = text.slice(0, at) + its + text.slice(document.offsetAt(range.end));
      desk.dirty.set(path, text);
    }
    return true;
  },
  workspaceFolders: [{ uri: 'file:///one' }] as readonly { readonly uri: unknown }[],
  getConfiguration: (_section?: string, uri?: unknown) => ({
    inspect: (key: string) => ({
      ...desk.inspected[key],
      ...(uri ? {} : { workspaceFolderValue: undefined }),
    }),
    update: async (key: string, value: unknown) => {
      if (desk.unwritable) throw new Error(desk.unwritable);
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
  constructor(given: string | Uri) {
    this.label = typeof given === 'string' ? given : (given.path.split('/').at(-1) ?? '');
  }
}
export class ThemeIcon {
  static readonly File = new ThemeIcon();
}
export class ThemeColor {}
export class TerminalProfile {}
export class MarkdownString {
  value = '';
  appendText(text: string): this {
    this.value += text;
    return this;
  }
  appendCodeblock(text: string): this {
    return this.appendText(text);
  }
}
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export class Uri {
  readonly scheme: string;
  readonly path: string;
  constructor(path: string, scheme = 'file') {
    this.path = path;
    this.scheme = scheme;
  }
  static from({ scheme, path }: { readonly scheme: string; readonly path: string }): Uri {
    return new Uri(path, scheme);
  }
  get fsPath(): string {
    return this.path;
  }
  static file(path: string): Uri {
    return new Uri(path);
  }
  static joinPath({ path }: Uri, name: string): Uri {
    return new Uri(`${path}/${name}`);
  }
}

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
  with({ character }: { character: number }): Position {
    return new Position(this.line, character);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...given: [Position, Position] | [number, number, number, number]) {
    const [start, end] =
      given.length === 2 ? given : [new Position(given[0], given[1]), new Position(given[2], given[3])];
    this.start = start;
    this.end = end;
  }
  isEqual(other: Range): boolean {
    return JSON.stringify(this) === JSON.stringify(other);
  }
}

class TextDocument {
  readonly uri: Uri;
  constructor(uri: Uri) {
    this.uri = uri;
  }
  get isDirty(): boolean {
    return desk.dirty.has(this.uri.path);
  }
  getText(range?: Range): string {
    const text = desk.dirty.get(this.uri.path) ?? desk.disk.get(this.uri.path) ?? '';
    return range ? text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : text;
  }
  offsetAt({ line, character }: Position): number {
    return this.getText().split('\n').slice(0, line).join('\n').length + (line ? 1 : 0) + character;
  }
  positionAt(offset: number): Position {
    const lines = this.getText().slice(0, offset).split('\n');
    return new Position(lines.length - 1, (lines.at(-1) ?? '').length);
  }
  async save(): Promise<boolean> {
    desk.disk.set(this.uri.path, this.getText());
    return desk.dirty.delete(this.uri.path);
  }
}

export class WorkspaceEdit {
  readonly created: string[] = [];
  readonly pieces = new Map<string, { readonly range: Range; readonly text: string }[]>();
  createFile({ path }: Uri): void {
    this.created.push(path);
  }
  insert(uri: Uri, at: Position, text: string): void {
    this.replace(uri, new Range(at, at), text);
  }
  replace({ path }: Uri, range: Range, text: string): void {
    this.pieces.set(path, [...(this.pieces.get(path) ?? []), { range, text }]);
  }
}

export class Diagnostic {
  source = '';
  code: unknown;
  readonly range: Range;
  readonly message: string;
  readonly severity: number;
  constructor(range: Range, text: string, severity: number) {
    this.range = range;
    this.message = text;
    this.severity = severity;
  }
}

export class CodeAction {
  command: { readonly command: string; readonly arguments: readonly unknown[] } | undefined;
  readonly title: string;
  constructor(title: string) {
    this.title = title;
  }
}

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const CodeActionKind = { QuickFix: 'quickfix' };
export const ProgressLocation = { Notification: 15 };
export const env = { clipboard: { writeText: async (text: string) => void (desk.clipboard = text) } };

export const languages = {
  createDiagnosticCollection: () => ({
    clear: () => desk.marked.clear(),
    set: ({ path }: Uri, its: readonly Diagnostic[]) => desk.marked.set(path, its),
    dispose: () => undefined,
  }),
  registerCodeActionsProvider: (_: unknown, provider: unknown) => {
    desk.fixes = provider;
    return new Disposable(() => undefined);
  },
};

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
