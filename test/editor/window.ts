import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { ensureEditor } from './setup.ts';
import type { Editor } from './setup.ts';

const run = promisify(execFile);
const vsce = join(import.meta.dirname, '../../node_modules/@vscode/vsce/vsce');

/** What a test may choose about its window. */
export interface WindowOptions {
  /** Built extensions to install, as a person would. */
  readonly vsix?: readonly string[];
  /** User settings on top of `quiet`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where the workspace is, absolute, if it matters; whoever says so removes it. */
  readonly workspace?: string;
  /** Files of the workspace: path to text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Servers of tools that the person has, by name: what to start, without trust being asked. */
  readonly mcp?: Readonly<Record<string, { readonly command: string; readonly args: readonly string[] }>>;
  /** Files of the home folder, which is empty otherwise: path to text. */
  readonly homeFiles?: Readonly<Record<string, string>>;
  /** Added to the environment of the editor, and so of extensions, hooks and terminals. */
  readonly env?: Readonly<Record<string, string>>;
  /** Leaves the built-in agent disabled, as it is until somebody signs in. */
  readonly agent?: false;
  /**
   * Offers the model other tools to change files with than the usual `replace_string_in_file` and
   * `insert_edit_into_file`. This allows proposed API to every extension in the window.
   */
  readonly editTools?: readonly EditTool[];
}

/** In turn: `replace_string_in_file`, `multi_replace_string_in_file`, `apply_patch`, `insert_edit_into_file`. */
export type EditTool = 'find-replace' | 'multi-find-replace' | 'apply-patch' | 'code-rewrite';

/** One tool call that the model makes. */
export interface Call {
  readonly tool: string;
  readonly input: object;
}

/** What the model does in one turn: a call, or several at once. */
export type Turned = Call | readonly Call[];

/** What the model was shown as the result of a call. */
export interface Seen extends Call {
  readonly callId: string;
  readonly text: string;
}

/** What a modal dialog shows. Its buttons stand as they are drawn; Enter presses the focused one. */
export interface Modal {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  readonly focused: string;
}

/** Where the editor itself asks whether a tool may be called. */
const confirmation = ':is(.chat-confirmation-widget, .chat-confirmation-widget2):visible';

/** Nothing that talks, asks, animates or looks for updates. */
const quiet = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'window.dialogStyle': 'custom',
  'chat.byokUtilityModelDefault': 'mainAgent',
  'chat.tips.enabled': false,
  'chat.mcp.autostart': 'newAndOutdated',
  'chat.tools.riskAssessment.enabled': false,
  'workbench.editor.useModal': 'off',
} as const;

/**
 * User settings under which the editor asks nothing before an agent's tool call, so that whatever stops one is ours.
 * A tool that a hook sends back to the person is still shown.
 */
export const unasked = {
  'chat.permissions.default': 'autoApprove',
} as const;

/**
 * Starts the real editor with a fresh profile and a fresh workspace, opens its window, and chooses the scripted model.
 * Whoever opens a window disposes it.
 */
export async function openWindow(options: WindowOptions = {}): Promise<EditorWindow> {
  const editor = await ensureEditor();
  const root = await mkdtemp(join(tmpdir(), 'editor-window-'));
  const window = new EditorWindow(editor, root, options.workspace);
  try {
    await window.start(options);
    return window;
  } catch (error) {
    await window.dispose();
    throw error;
  }
}

/** A window of the editor with an agent in it. Every wait ends: with what was waited for, or with an error and a picture. */
export class EditorWindow {
  /** The folder that is open. */
  readonly workspace: string;
  /** The home folder of the editor and of all it starts. */
  readonly home: string;
  readonly userData: string;
  readonly #editor: Editor;
  readonly #root: string;
  readonly #stage: string;
  #server: ChildProcess | undefined;
  #address = '';
  #browser: BrowserContext | undefined;
  #page: Page | undefined;

  constructor(editor: Editor, root: string, workspace = join(root, 'workspace')) {
    this.#editor = editor;
    this.#root = root;
    this.#stage = join(root, 'stage');
    this.workspace = workspace;
    this.home = join(root, 'home');
    this.userData = join(root, 'user data');
  }

  /** The page itself, for what has no helper. */
  get page(): Page {
    if (!this.#page) throw new Error('cannot use the window: it is closed');
    return this.#page;
  }

  async start(options: WindowOptions): Promise<void> {
    await this.#furnish(options);
    await this.#install(options.vsix ?? []);
    this.#address = await this.#serve(options);
    await this.openPage();
    if (options.agent === false) return;
    await this.#enableAgent();
    await this.reload();
    await this.until(
      'the scripted model',
      () => this.#chat('.chat-input-toolbars', 'Scripted').isVisible(),
      60,
    );
  }

  // --- the agent -----------------------------------------------------------------------------------------------------

  /** Sends a message; the model then makes these calls turn by turn, and ends with a text. The message must be a new one. */
  async prompt(text: string, calls: readonly Turned[], says = 'That was all.'): Promise<void> {
    await this.scene(text, calls, says);
    await this.#focusChat();
    await this.until('the turn before to end', async () => !(await this.isBusy()));
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('Enter');
    await this.until(`the model to be asked \`${text}\``, async () => (await this.#turns(text)).length > 0);
  }

  /** What the model does when it is asked this by somebody else than `prompt`, such as a subagent's task. */
  async scene(prompt: string, calls: readonly Turned[], says = 'That was all.'): Promise<void> {
    const file = join(this.#stage, 'scenes.json');
    const scenes = JSON.parse(await readFile(file, 'utf8')) as object[];
    await writeFile(file, JSON.stringify([...scenes, { prompt, calls, says }]));
  }

  /** Sends a message, waits until the model has ended, and gives what it saw. */
  async ask(text: string, calls: readonly Turned[], seconds = 60): Promise<readonly Seen[]> {
    await this.prompt(text, calls);
    return this.ended(text, seconds);
  }

  /** Waits until the model has had the results of all calls, and gives them. */
  async ended(text: string, seconds = 60): Promise<readonly Seen[]> {
    await this.until(
      `the model to end \`${text}\``,
      async () => (await this.#turns(text)).some(turn => turn.ends),
      seconds,
    );
    return this.modelSaw(text);
  }

  /** The results that the model was shown up to now: after this message, or altogether. */
  async modelSaw(text?: string): Promise<readonly Seen[]> {
    const results = (await this.#turns(text)).flatMap(turn => turn.results);
    return [...new Map(results.map(it => [it.callId, it])).values()];
  }

  /** All that ever reached the model, whoever sent it: prompts, attachments, results and questions of the editor's own. */
  async modelHeard(): Promise<string> {
    return readFile(join(this.#stage, 'heard.txt'), 'utf8').catch(() => '');
  }

  /** Name, description and input schema of each tool that the model was last offered. */
  async toolsOffered(): Promise<readonly { readonly name: string; readonly inputSchema?: object }[]> {
    return JSON.parse(await readFile(join(this.#stage, 'tools.json'), 'utf8')) as { name: string }[];
  }

  /** Whether the agent is at work. */
  async isBusy(): Promise<boolean> {
    return this.page.locator('.interactive-input-part .codicon-stop-circle').first().isVisible();
  }

  /** Stops the agent's turn, as the stop button does. */
  async cancelTurn(): Promise<void> {
    await this.#focusChat();
    await this.page.keyboard.press('Control+Escape');
  }

  /** The editor's own question about a tool call, as soon as there is one. */
  async waitForConfirmation(seconds = 30): Promise<string> {
    const question = this.page.locator(confirmation).last();
    await this.until('the editor to ask about a tool call', () => question.isVisible(), seconds);
    return textOf(question);
  }

  async hasConfirmation(): Promise<boolean> {
    return this.page.locator(confirmation).last().isVisible();
  }

  /** Presses a button of the editor's own question by the beginning of its label, such as `Allow` or `Skip`. */
  async answerConfirmation(label: string): Promise<void> {
    const buttons = this.page.locator(`${confirmation} a.monaco-button`);
    await this.#click(`the confirmation's button \`${label}\``, buttons.filter({ hasText: label }).last());
  }

  // --- dialogs and inputs --------------------------------------------------------------------------------------------

  /** The modal dialog that is open, as soon as there is one. */
  async waitForModal(seconds = 30): Promise<Modal> {
    const box = this.page.locator('.monaco-dialog-box');
    await this.until('a modal dialog', () => box.isVisible(), seconds);
    return {
      message: await textOf(box.locator('.dialog-message-text')),
      detail: await textOf(box.locator('.dialog-message-detail')),
      buttons: (await box.locator('.dialog-buttons a.monaco-button').allInnerTexts()).map(oneLine),
      focused: await textOf(box.locator('a.monaco-button:focus')),
    };
  }

  async hasModal(): Promise<boolean> {
    return this.page.locator('.monaco-dialog-box').isVisible();
  }

  /** Presses a button of the modal dialog. */
  async press(label: string): Promise<void> {
    const button = this.page
      .locator('.monaco-dialog-box a.monaco-button')
      .filter({ hasText: exactly(label) });
    await this.#click(`the dialog's button \`${label}\``, button);
  }

  async pressEnter(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  async pressEscape(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  /** What the quick pick or input box offers: labels with their descriptions. */
  async quickItems(): Promise<readonly string[]> {
    const list = this.#quickInput();
    await this.until('a quick input', () => list.isVisible());
    return (await list.locator('.monaco-list-row').allInnerTexts()).map(oneLine);
  }

  /** Types into the quick pick or input box that is open, without ending it. */
  async quickType(text: string): Promise<void> {
    const input = this.#quickInput().locator('input[type=text], input.input, .quick-input-box input').first();
    await this.until('a quick input', () => input.isVisible());
    await input.fill(text);
  }

  /** Chooses an item of the quick pick that is open by the beginning of its text. */
  async quickPick(label: string): Promise<void> {
    await this.#click(
      `the item \`${label}\``,
      this.#quickInput().locator('.monaco-list-row').filter({ hasText: label }).first(),
    );
  }

  /** Runs a command by its whole title in the command palette, category included. */
  async runCommand(title: string): Promise<void> {
    await this.until(`the command \`${title}\``, () => this.#choseCommand(title), 60);
  }

  // --- around the editor ---------------------------------------------------------------------------------------------

  /** Text of each item of the status bar, or of those whose id holds `part`. */
  async statusBar(part = ''): Promise<readonly string[]> {
    const items = this.page.locator(`.statusbar .statusbar-item${part && `[id*="${part}"]`}:visible`);
    return (await items.allInnerTexts()).map(oneLine);
  }

  /** Clicks the item of the status bar that shows this text. */
  async clickStatusBar(text: string): Promise<void> {
    await this.#click(
      `the status bar's \`${text}\``,
      this.page.locator('.statusbar .statusbar-item', { hasText: text }).first(),
    );
  }

  /** Text of each notification that is open. */
  async notifications(): Promise<readonly string[]> {
    return (await this.page.locator('.notification-list-item-message').allInnerTexts()).map(oneLine);
  }

  async pressInNotification(label: string): Promise<void> {
    await this.#click(
      `the notification's \`${label}\``,
      this.page.locator('.notification-list-item a.monaco-button', { hasText: exactly(label) }).first(),
    );
  }

  /** Text of each visible row of a tree view, by the view's title; waits until there is one. */
  async rows(view: string): Promise<readonly string[]> {
    const rows = this.#pane(view).locator('.monaco-list-row');
    await this.until(`rows in \`${view}\``, async () => (await rows.count()) > 0);
    return (await rows.allInnerTexts()).map(oneLine);
  }

  async clickRow(view: string, row: string): Promise<void> {
    await this.#click(`the row \`${row}\``, this.#row(view, row));
  }

  /** Presses an inline action of a row by its title. */
  async clickRowAction(view: string, row: string, action: string): Promise<void> {
    await this.#row(view, row).hover();
    await this.#click(
      `\`${action}\` of the row \`${row}\``,
      this.#row(view, row).locator(`a.action-label[aria-label^="${action}"]`),
    );
  }

  async screenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
  }

  /** Changes user settings, whatever their type; `null` takes one away. Returns when the editor has taken them. */
  async set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const file = join(this.#stage, 'settings.json');
    await writeFile(`${file}.new`, JSON.stringify(settings));
    await rename(`${file}.new`, file);
    await this.until('the settings to be taken', async () => !existsSync(file));
  }

  /** The extensions that the editor says are installed, with versions. */
  async installed(): Promise<readonly string[]> {
    const words = [this.#editor.codeServer, ...this.#folders(), '--list-extensions', '--show-versions'];
    const { stdout } = await run(this.#editor.node, words, { timeout: 60_000, env: this.#environment({}) });
    return stdout.split('\n').filter(Boolean);
  }

  // --- life ----------------------------------------------------------------------------------------------------------

  /** Opens the window, or opens it again. */
  async openPage(): Promise<void> {
    this.#browser ??= await chromium.launchPersistentContext(join(this.#root, 'browser'), {
      executablePath: this.#editor.chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: 2,
    });
    this.#page = await this.#browser.newPage();
    await this.#goto();
  }

  async reload(): Promise<void> {
    await this.#goto();
  }

  /** Closes the window; the editor behind it lives on. */
  async closePage(): Promise<void> {
    await this.page.close();
    this.#page = undefined;
  }

  /** Ends everything that was started and removes its folders. */
  async dispose(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    this.#browser = this.#page = undefined;
    if (this.#server?.pid && this.#server.exitCode === null) await end(this.#server.pid);
    this.#server = undefined;
    await rm(this.#root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Waits until this holds, at most so many seconds; then the error names a picture of the window. */
  async until(what: string, holds: () => Promise<boolean>, seconds = 30): Promise<void> {
    if (await waitFor(holds, seconds)) return;
    throw new Error(`waited ${seconds} seconds for ${what} in vain: ${await this.#picture()}`);
  }

  async #furnish(options: WindowOptions): Promise<void> {
    const files = {
      'stage/scenes.json': '[]',
      'user data/User/settings.json': JSON.stringify({ ...quiet, ...options.settings }, undefined, 2),
      // Without one model that is not Copilot's, the chat asks for an account.
      'user data/User/chatLanguageModels.json': JSON.stringify([{ name: 'Scripted', vendor: 'scripted' }]),
    };
    if (options.mcp)
      Object.assign(files, { 'user data/User/mcp.json': JSON.stringify({ servers: options.mcp }) });
    for (const folder of [this.workspace, this.home]) await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await write(join(this.#root, name), text);
    for (const [name, text] of Object.entries(options.files ?? {}))
      await write(join(this.workspace, name), text);
    for (const [name, text] of Object.entries(options.homeFiles ?? {}))
      await write(join(this.home, name), text);
  }

  async #install(extensions: readonly string[]): Promise<void> {
    const scripted = join(this.#root, 'scripted-model.vsix');
    await run(
      this.#editor.node,
      [
        vsce,
        'package',
        '--no-dependencies',
        '--allow-missing-repository',
        '--skip-license',
        '--out',
        scripted,
      ],
      {
        cwd: join(import.meta.dirname, 'scripted-model'),
        timeout: 60_000,
      },
    );
    for (const vsix of [scripted, ...extensions])
      await run(
        this.#editor.node,
        [this.#editor.codeServer, ...this.#folders(), '--install-extension', vsix],
        { timeout: 60_000, env: this.#environment({}) },
      );
  }

  #folders(): readonly string[] {
    return ['--user-data-dir', this.userData, '--extensions-dir', join(this.#root, 'installed extensions')];
  }

  /** Gives the address of the window. */
  async #serve(options: WindowOptions): Promise<string> {
    const port = await freePort();
    const output = await open(join(this.#root, 'server.log'), 'a');
    const flags = [
      '--auth',
      'none',
      '--disable-telemetry',
      '--disable-update-check',
      '--config',
      join(this.#root, 'config.yaml'),
    ];
    const words = ['--bind-addr', `127.0.0.1:${port}`, ...flags, ...this.#folders(), this.workspace];
    this.#server = spawn(this.#editor.node, [this.#editor.codeServer, ...words], {
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: this.#environment(options),
    });
    this.#server.unref();
    process.once('exit', () => this.#server?.pid && send(-this.#server.pid, 'SIGKILL'));
    await output.close();
    const address = `http://127.0.0.1:${port}`;
    await this.until('the editor to listen', () => isUp(`${address}/healthz`), 60);
    const proposed = options.editTools ? { payload: JSON.stringify([['enableProposedApi', '']]) } : {};
    return `${address}/?${new URLSearchParams({ folder: this.workspace, ...proposed })}`;
  }

  #environment({ env, editTools = [] }: WindowOptions): NodeJS.ProcessEnv {
    const scripted = { SCRIPTED_MODEL_STAGE: this.#stage, SCRIPTED_MODEL_EDIT_TOOLS: editTools.join(',') };
    return { ...outside(), HOME: this.home, ...env, ...scripted };
  }

  async #goto(): Promise<void> {
    await this.page.goto(this.#address, { timeout: 120_000 });
    await this.until(
      'the workbench',
      () => this.page.locator('.monaco-workbench .statusbar').isVisible(),
      90,
    );
  }

  /**
   * The built-in agent is disabled until somebody has signed in, or enables all extensions. Right after a start the
   * command finds no extensions and does nothing, so it is repeated until the agent's extension has begun.
   */
  async #enableAgent(): Promise<void> {
    const enabled = () => this.#hostLogged('GitHub.copilot-chat');
    for (let tries = 0; tries < 6 && !(await enabled()); tries++) {
      await this.runCommand('Extensions: Enable All Extensions');
      await waitFor(enabled, 5);
    }
    await this.until('the agent to be enabled', enabled, 10);
  }

  async #hostLogged(text: string): Promise<boolean> {
    const logs = join(this.userData, 'logs');
    const names = await readdir(logs, { recursive: true }).catch(() => []);
    const hosts = names.filter(it => it.endsWith('remoteexthost.log'));
    return (await Promise.all(hosts.map(it => readFile(join(logs, it), 'utf8')))).some(it =>
      it.includes(text),
    );
  }

  /** The palette does not grow while it is open, and right after a start commands are still arriving. */
  async #choseCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    await this.quickType(`>${title}`);
    const name = this.page.locator('.label-name', { hasText: exactly(title) });
    const row = this.#quickInput().locator('.monaco-list-row').filter({ has: name }).first();
    const chosen = await row.click({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    if (!chosen) await this.pressEscape();
    return chosen;
  }

  /** By key where the chat is hidden or covered, by mouse where the key belongs to a terminal. */
  async #focusChat(): Promise<void> {
    const input = this.page.locator('.interactive-input-part .monaco-editor').first();
    const isFocused = async () =>
      (await input.getAttribute('class').catch(() => ''))?.includes('focused') ?? false;
    await this.until('the chat', async () => {
      if (await isFocused()) return true;
      await this.page.keyboard.press('Control+Alt+i');
      if (await waitFor(isFocused, 1)) return true;
      await input.click({ timeout: 1000 }).catch(() => undefined);
      return isFocused();
    });
  }

  async #turns(text?: string): Promise<readonly Turn[]> {
    const lines = await readFile(join(this.#stage, 'seen.jsonl'), 'utf8').catch(() => '');
    const turns = lines
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Partial<Turn>);
    return turns.filter(
      (it): it is Turn => it.prompt !== undefined && (text === undefined || it.prompt === text),
    );
  }

  async #click(what: string, target: Locator): Promise<void> {
    await this.until(what, () => target.isVisible());
    await target.click({ timeout: 10_000 }).catch(async error => {
      throw new Error(`cannot click ${what}: ${await this.#picture()}`, { cause: error });
    });
  }

  #chat(selector: string, text: string): Locator {
    return this.page.locator(`.interactive-input-part ${selector}`, { hasText: text }).first();
  }

  #quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  #pane(view: string): Locator {
    return this.page.locator('.pane', {
      has: this.page.locator('.pane-header .title', { hasText: exactly(view) }),
    });
  }

  #row(view: string, row: string): Locator {
    return this.#pane(view).locator('.monaco-list-row', { hasText: row }).first();
  }

  async #picture(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'editor-failure-'));
    const path = join(folder, 'window.png');
    const taken = await this.#page?.screenshot({ path, timeout: 10_000 }).catch(() => undefined);
    const log = await readFile(join(this.#root, 'server.log'), 'utf8').catch(() => '');
    await writeFile(join(folder, 'server.log'), log);
    return taken ? `see \`${path}\`` : `see \`${join(folder, 'server.log')}\``;
  }
}

interface Turn {
  readonly prompt: string;
  readonly turn: number;
  readonly ends: boolean;
  readonly results: readonly Seen[];
}

/** Whether it came to hold within so many seconds. */
async function waitFor(holds: () => Promise<boolean>, seconds: number): Promise<boolean> {
  const limit = Date.now() + seconds * 1000;
  while (Date.now() < limit) {
    if (await holds()) return true;
    await pause(100);
  }
  return false;
}

/** Our environment without what would tell the editor, or an agent in it, that it runs inside another one. */
function outside(): NodeJS.ProcessEnv {
  const foreign =
    /^(VSCODE_|ELECTRON_|CODE_SERVER_|XDG_|npm_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|AI_AGENT$|CLAUDE|COPILOT_|CURSOR_)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function isUp(address: string): Promise<boolean> {
  return fetch(address).then(
    it => it.ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Ends a process group with all its descendants: terminals and extension hosts lead groups of their own. */
async function end(pid: number): Promise<void> {
  const family = [pid, ...(await descendants(pid))];
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const member of family) send(member, signal);
    for (let waited = 0; waited < 3000 && family.some(isAlive); waited += 100) await pause(100);
  }
}

async function descendants(pid: number): Promise<readonly number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] =>
    rows.filter(row => row[1] === parent).flatMap(([child = 0]) => [child, ...below(child)]);
  return below(pid);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  return send(pid, 0);
}

async function textOf(locator: Locator): Promise<string> {
  return (await locator.count()) ? oneLine(await locator.first().innerText()) : '';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A whole text, whatever blanks and icons stand around it. */
function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
