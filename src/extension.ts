import { createRequire } from 'node:module';
import path from 'node:path';
import {
  commands,
  Disposable,
  env,
  ExtensionMode,
  window,
  workspace,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import { markedAgent, markedNames } from './core/marks.ts';
import type { CommandId } from './core/contributes.ts';
import type { Reply } from './core/model.ts';
import { handedAsked, secretAsked } from './core/origin.ts';
import { callOf, passed, type Passed } from './core/passed.ts';
import type { Approver, Ledger } from './core/ports.ts';
import { readSettings } from './core/settings.ts';
import { heartbeat } from './editor/agents/heartbeat.ts';
import { offerGuarding } from './editor/agents/offering.ts';
import { coverageTree, type CoverageTree } from './editor/agents/tree.ts';
import { surfaces } from './editor/approvals/index.ts';
import { ApprovalQueue } from './editor/approvals/queue.ts';
import { handlers, register, type Commanded } from './editor/commands.ts';
import { excludes } from './editor/excludes.ts';
import { guardedProfile, type Guarding } from './editor/guarded.ts';
import { ModeSwitch } from './editor/mode.ts';
import { offer } from './editor/tools/index.ts';
import { readFile } from './editor/tools/readFile.ts';
import { query, type QueryAsked } from './editor/tools/query.ts';
import { runWithSecrets } from './editor/tools/run.ts';
import { runCommand } from './editor/tools/runCommand.ts';
import { desk, type Desk } from './editor/secrets/desk.ts';
import { Problems } from './editor/problems.ts';
import type { Serving } from './editor/servers.ts';
import { watchFiles } from './editor/files.ts';
import { show, type SecretCommands } from './editor/secrets/commands.ts';
import { diagnostics } from './editor/secrets/diagnostics.ts';
import { Findings } from './editor/secrets/findings.ts';
import { guide } from './editor/secrets/guide.ts';
import type { HandingOut } from './editor/secrets/handingOut.ts';
import { quickFixes } from './editor/secrets/quickFixes.ts';
import { remind, type RotationGiven } from './editor/secrets/rotation.ts';
import { secretsTree } from './editor/secrets/tree.ts';
import { vault, type Vault } from './editor/secrets/vault.ts';
import { watching } from './editor/secrets/watching.ts';
import { personalValues, watchSettings, type Watched } from './editor/settings.ts';
import type { Line } from './injected.ts';
import type { Given, Supervisor } from './parts.ts';
import { endpoint, type Asked } from './system/endpoint.ts';
import { fileLedger, verifyLedger } from './system/ledger.ts';
import { hearing } from './system/heard.ts';
import { thisMachine } from './system/machine.ts';
import { markedBelow } from './system/marked.ts';
import { saveSettings } from './system/settings.ts';
import { pathStart } from './system/shims.ts';
import { parts, stateFolder } from './system/state.ts';

/*
 * Root in the editor: builds the parts and pushes the disposables. Nothing is awaited that can come later, and what judges
 * and what wires is loaded when it is first needed.
 */

const engine = () => import('./parts.ts');
const wired = () => import('./wired.ts');
const injected = () => import('./injected.ts');
const kept = () => import('./kept.ts');
const shells = () => import('./shells.ts');
const rotations = async () => (await import('./secrets/rotation.ts')).rotations;

export function activate(context: ExtensionContext): void {
  const began = performance.now();
  const log = window.createOutputChannel('Chaperone', { log: true });
  const problems = new Problems();
  const watched = watchSettings(read => {
    problems.set('settings', read.problems);
    mode.refresh();
    keepSettings(state, watched, problems);
  });
  const queue = new ApprovalQueue(() => watched.current().settings.approvalTimeout);
  const mode = new ModeSwitch(() => watched.current().settings.mode);
  const state = context.globalStorageUri.fsPath;
  const program = path.join(context.extensionPath, 'dist');
  const { version } = context.extension.packageJSON as { readonly version: string };
  const stored = vault(context);
  const given = { context, log, problems, watched, queue, mode, state, program, version };
  const editor: Editor = { ...given, vault: stored, desk: desk(stored, queue), passed: passed(Date.now) };
  context.subscriptions.push(log, problems, watched, queue, mode, stored);
  problems.set('settings', watched.current().problems);
  each(editor, {
    surfaces: () => showSurfaces(editor),
    hooks: () => answerHooks(editor),
    tools: () => offerTools(editor),
    launcher: () => showLauncher(editor),
    wiring: () => keepWired(editor),
    shells: () => keepShells(editor),
    lists: () => keepLists(editor),
    excludes: () => keepExcludes(editor),
  });
  const development = context.extensionMode === ExtensionMode.Development ? ', in development' : '';
  const took = Math.round(performance.now() - began);
  log.info(`Chaperone ${version} is here, in mode ${mode.mode}${development}, after ${took} ms`);
}

interface Editor {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly problems: Problems;
  readonly watched: Watched;
  readonly queue: ApprovalQueue;
  readonly mode: ModeSwitch;
  /** Where Chaperone keeps its state: the extension's global storage. */
  readonly state: string;
  /** Where the bundles lie. */
  readonly program: string;
  readonly version: string;
  readonly vault: Vault;
  readonly desk: Desk;
  readonly passed: Passed;
}

/** Starts each part by itself: one that fails says so in the log and the status bar while the others protect. */
function each({ log, problems }: Editor, parts: Readonly<Record<string, () => void>>): void {
  for (const [name, start] of Object.entries(parts))
    try {
      start();
    } catch (error) {
      log.error(`cannot start ${name}`, error);
      problems.set(name, [`cannot start ${name}: ${error instanceof Error ? error.message : String(error)}`]);
    }
}

function showSurfaces(editor: Editor): void {
  const { context, log, queue, mode } = editor;
  const [contextKeys, modal, statusBar, tree] = [
    surfaces.context(editor),
    surfaces.modal(editor),
    surfaces.statusBar(editor),
    surfaces.tree(editor),
  ];
  const commanded: Commanded = {
    extension: context.extension.id,
    log,
    queue,
    modal,
    tree,
    mode,
    agents: wirable(editor),
    coverage: showCoverage(editor),
    ledger: record(editor),
    doctor: () => examination(editor),
    secrets: showSecrets(editor),
    guarding: guarding(editor),
    servers: serving(editor),
  };
  context.subscriptions.push(guardedProfile(commanded.guarding));
  context.subscriptions.push(contextKeys, modal, statusBar, tree, register(handlers(commanded), log));
}

/** Milliseconds between notes of when agents spoke. */
const timeBetweenNotes = 500;

/** How each agent is covered; a person is asked once about those that are not. */
function showCoverage(editor: Editor): CoverageTree {
  const { context, state, watched, log, problems } = editor;
  const tree = coverageTree(async () =>
    (await wired()).standingsIn(state, folders(), watched.current().settings.hidden),
  );
  const agents = wirable(editor);
  const offer = () =>
    offerGuarding({
      list: agents.list,
      memory: context.globalState,
      choose: () => commands.executeCommand('chaperone.agents.install' satisfies CommandId),
    }).catch((error: unknown) => log.warn('cannot look for agents', error));
  const soon = setTimeout(() => void offer(), timeToSettle);
  const beating = heartbeat({
    marked: async shells => markedBelow(shells, markedAgent),
    heard: hearing(state, Date.now).read,
    nameOf: id => markedNames.get(id) ?? id,
    complain: sentences => problems.set('heartbeat', sentences),
  });
  context.subscriptions.push(tree, beating, new Disposable(() => clearTimeout(soon)));
  return tree;
}

/** Milliseconds after which a person who opened a window may be asked something. */
const timeToSettle = 4_000;

/** What is found in files, where it is shown, and what can be done about it. Nothing is loaded before something is looked at. */
function showSecrets(editor: Editor): SecretCommands {
  const { context, log, problems, watched, state, program } = editor;
  let loaded: ReturnType<typeof load> | undefined;
  const load = async () => {
    const its = await (await kept()).keep(state, program, watched.current().settings.hidden, folders());
    context.subscriptions.push(its.scanner);
    return its;
  };
  const get = () =>
    (loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    }));
  const complain = (sentence: string) => {
    log.warn(sentence);
    problems.set('secrets', [sentence]);
  };
  const findings = new Findings({
    scanner: async () => (await get()).scanner,
    ages: { note: async secrets => (await get()).ages.note(secrets) },
    days: () => watched.current().settings.rotationDays,
    complain,
  });
  const [tree, fixes, shown, pages, stored] = [
    secretsTree(findings),
    quickFixes(findings),
    diagnostics(findings),
    guide(rotations),
    editor.vault,
  ];
  const settings = () => watched.current().settings.scan;
  const looking = watching({ findings, settings, folders, complain });
  const rotation: RotationGiven = {
    findings,
    memory: context.globalState,
    log,
    rotating: async () => (await get()).rotating,
    commands: () => watched.current().settings.rotationCommands,
    show,
  };
  const reminding = findings.onDidChange(() => void remind(rotation, Date.now()));
  context.subscriptions.push(findings, tree, fixes, shown, pages, looking, reminding);
  return {
    findings,
    rotation,
    tree,
    fixes,
    guide: pages,
    folders,
    vault: { ...stored, remove: editor.desk.remove },
    handing: handing(editor),
    ignored: async () => (await get()).ignored,
    git: {
      about: async file => (await get()).git.about(file),
      ignore: async file => (await get()).git.ignore(file),
    },
  };
}

/** What is stored and handed out, as the engine is told of it. */
function knownTo({ desk: secrets, queue }: Editor) {
  return { stored: secrets.stored, handed: queue.handed.bind(queue) };
}

/** What may be handed out before an agent asks for it, and to whom. */
function handing(editor: Editor): HandingOut {
  const { vault: stored, queue, watched, state } = editor;
  const known = knownTo(editor);
  return {
    folders,
    stored: stored.names,
    variables: async folder => (await engine()).variablesIn(folder),
    look: async (folder, secret) =>
      (await engine()).secretIn(folder, secret, watched.current().settings, known),
    agents: async () => (await wired()).agentsHere(state),
    handOut: queue.handOut.bind(queue),
  };
}

/** Opens the socket that guards ask, and tells hooks started from this window where Node and the state are. */
function answerHooks(editor: Editor): void {
  const { context, log, problems, state, mode, watched, program, desk: secrets } = editor;
  const known = knownTo(editor);
  const folder = stateFolder(state);
  if ('problem' in folder) throw new Error(folder.problem);
  const ledger = ledgerOf(editor);
  const heard = hearing(state, Date.now, timeBetweenNotes);
  let make: Supervisor | undefined;
  let focused = Date.now();
  const answer = async (asked: Asked, signal: AbortSignal): Promise<Reply> => {
    const { answerHook, hereIn, refusal, supervisor } = await engine();
    const here = hereIn(state, watched.current().settings);
    try {
      const { settings } = watched.current();
      make ??= supervisor(createRequire(__filename), 'stays', known);
      const given: Given = {
        settings,
        mode: mode.mode,
        workspace: folders(),
        own: ownFiles(state, path.dirname(program)),
        ledger,
        approver: beforeGateway(editor.passed, secrets.approver(signal)),
      };
      if (asked.secret) return await handOver(asked, given, make, secrets, signal);
      return await answerHook(asked, make(given), here, ({ subject, action }, _, ruling) => {
        const { outcome, by } = ruling;
        if (asked.agent === 'vscode' && outcome === 'allowed') editor.passed.note(action);
        const call = outcome === 'allowed' && /^(?:person|grant)$/.test(by) && callOf(action);
        if (call && subject.agent !== 'mcp') editor.passed.note(call);
        heard.note(subject.agent, asked.event);
        log.debug(`${subject.name}: ${action.kind} ${outcome}`);
      });
    } catch (error) {
      log.error(`cannot answer a hook of ${asked.agent}`, error);
      return refusal(asked, error instanceof Error ? error.message : String(error), here.custom);
    }
  };
  const here = endpoint({
    state,
    folders,
    focused: () => focused,
    answer,
    complain: sentence => log.warn(sentence),
  });
  void here.ready.then(ready =>
    problems.set(
      'socket',
      ready ? [] : ['hooks cannot reach this window: what needs your answer is refused'],
    ),
  );
  context.subscriptions.push(watchFiles(path => make?.changed(path)));
  process.env.CHAPERONE_NODE = process.execPath;
  process.env.CHAPERONE_STATE = state;
  process.env.CHAPERONE_WINDOW = here.id;
  context.subscriptions.push(
    here,
    workspace.onDidChangeWorkspaceFolders(() => here.update()),
    window.onDidChangeWindowState(({ focused: now }) => {
      if (!now) return;
      focused = Date.now();
      here.update();
    }),
  );
}

/** A call that a person allowed when the agent's hook asked is not asked about again when it comes to its server. */
function beforeGateway(passed: Passed, approver: Approver): Approver {
  return {
    ask: async (attempt, decision) => {
      const call = attempt.subject.agent === 'mcp' && callOf(attempt.action);
      return call && passed.take(call)
        ? { outcome: 'allowed', by: 'person' }
        : approver.ask(attempt, decision);
    },
  };
}

/** Terminals of this editor find `chaperone` by its name, and where a person chose so, what stands before programs. */
function showLauncher({ context, state, watched }: Editor): void {
  const variables = context.environmentVariableCollection;
  variables.description =
    'Where `chaperone run` and its kin lie, and what asks about lines that agents run in a terminal';
  const set = () => {
    const shimmed = watched.current().settings.pathShims && process.platform !== 'win32';
    // Again when a person's own files were read: they put folders of theirs first.
    const options = { applyAtProcessCreation: true, applyAtShellIntegration: shimmed };
    variables.prepend('PATH', pathStart(state, shimmed), options);
  };
  set();
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(event => event.affectsConfiguration('chaperone.pathShims') && set()),
  );
}

/** Shells of this editor's terminals ask about what agents do in them, where no hook of theirs does. */
function keepShells(editor: Editor): void {
  const { context, problems, watched } = editor;
  const variables = context.environmentVariableCollection;
  const set = async () => {
    const { guardShells, shellVariables } = await shells();
    const { shellGuard, pathShims } = watched.current().settings;
    const also = switchedOffHere().length ? [] : ['vscode'];
    const given = await guardShells(editor, { shellGuard, pathShims, also });
    for (const name of shellVariables) {
      const value = given[name];
      if (value === undefined) variables.delete(name);
      else if (variables.get(name)?.value !== value) variables.replace(name, value);
    }
    problems.set('shells', []);
  };
  let last = Promise.resolve();
  const setting = () => {
    last = last
      .then(set)
      .catch((error: unknown) =>
        problems.set('shells', [
          `terminals do not ask: ${error instanceof Error ? error.message : String(error)}`,
        ]),
      );
  };
  setting();
  context.subscriptions.push(
    window.onDidChangeWindowState(({ focused }) => focused && setting()),
    workspace.onDidChangeConfiguration(
      event =>
        ['chaperone.shellGuard', 'chaperone.pathShims', 'chaperone.agents', 'chat'].some(it =>
          event.affectsConfiguration(it),
        ) && setting(),
    ),
  );
}

/** The value of a stored secret for `guard run`, where a person allows it; the names of what is handed out ahead. */
async function handOver(
  { agent, payload, cwd }: Asked,
  given: Given,
  make: Supervisor,
  secrets: Desk,
  signal: AbortSignal,
): Promise<Reply> {
  if (payload === handedAsked)
    return { stdout: JSON.stringify({ handed: secrets.ahead(agent, cwd) }), stderr: '', exit: 0 };
  const asked = secretAsked(payload);
  const { supervised } = await engine();
  const got = asked
    ? await secrets.give(
        asked,
        cwd,
        given.settings.environment,
        async (attempt, approver) => (await supervised(attempt, make({ ...given, approver }))).outcome,
        signal,
      )
    : { problem: 'what was asked for is not the name of a secret' };
  if ('problem' in got) return { stdout: '', stderr: `${got.problem}\n`, exit: 1 };
  return { stdout: JSON.stringify(asked?.command ? got : { stored: true }), stderr: '', exit: 0 };
}

/** The tools by which models go on where a file is hidden from them. */
function offerTools(editor: Editor): void {
  const { context, state, program, watched, mode } = editor;
  const read = async (file: string) => {
    const { readMasked, supervisor } = await engine();
    const given = {
      settings: watched.current().settings,
      mode: mode.mode,
      workspace: folders(),
      own: ownFiles(state, path.dirname(program)),
      approver: { ask: async () => ({ outcome: 'refused', by: 'nobody' }) as const },
      ledger: { append: async () => undefined },
    };
    return readMasked(file, given.workspace, supervisor(createRequire(__filename))(given).world);
  };
  const rulingFor = async (signal: AbortSignal) => {
    const { supervisor } = await engine();
    const known = knownTo(editor);
    return supervisor(
      createRequire(__filename),
      undefined,
      known,
    )({
      settings: watched.current().settings,
      mode: mode.mode,
      workspace: folders(),
      own: ownFiles(state, path.dirname(program)),
      approver: { ask: (attempt, decision) => editor.queue.ask(attempt, decision, signal) },
      ledger: ledgerOf(editor),
    });
  };
  const storedFor = (folder: string) => ({
    window: async (name: string) => {
      editor.desk.spend(name, folder);
      const value = await editor.vault.value(name);
      const stored = editor.desk.stored(name);
      return value === undefined ? { problem: `\`${name}\` is not stored here` } : { value, ...stored };
    },
    isStored: async (name: string) => editor.desk.stored(name) !== undefined,
  });
  const run = async (asked: Omit<Line, 'cwd' | 'workspace'>, signal: AbortSignal) => {
    const { runForModel } = await injected();
    const [cwd] = folders();
    if (cwd === undefined) return 'It was not run: no folder is open.';
    const line = { ...asked, cwd, workspace: cwd };
    const { settings } = watched.current();
    return runForModel(line, await rulingFor(signal), settings, storedFor(cwd), editor.passed.take, signal);
  };
  const ask = async (asked: QueryAsked, signal: AbortSignal) => {
    const { queryForModel } = await import('./queried.ts');
    const [cwd] = folders();
    if (cwd === undefined) return 'It was not run: no folder is open.';
    const { settings } = watched.current();
    return queryForModel(
      { ...asked, cwd },
      await rulingFor(signal),
      settings,
      storedFor(cwd),
      editor.passed.take,
      signal,
    );
  };
  context.subscriptions.push(
    offer({
      chaperone_readFile: readFile(read),
      chaperone_run: runWithSecrets(run),
      chaperone_runCommand: runCommand(({ command, seconds }, signal) =>
        run({ command, seconds, secrets: [] }, signal),
      ),
      chaperone_query: query(ask),
    }),
  );
}

/**
 * What keeps us in this window, wherever this editor keeps it: our state and program, the person's settings, and where
 * the editor notes which extensions are installed, disabled (`state.vscdb`) or to be removed (`.obsolete`).
 */
function ownFiles(state: string, installed: string): readonly string[] {
  const [storage, extensions] = [path.dirname(state), path.dirname(installed)];
  const user = path.dirname(storage);
  return [
    state,
    installed,
    process.execPath,
    path.join(user, 'settings.json'),
    path.join(user, 'profiles'),
    path.join(path.dirname(user), 'Machine', 'settings.json'),
    ...['state.vscdb', 'state.vscdb.backup', 'storage.json'].map(name => path.join(storage, name)),
    ...['extensions.json', '.obsolete'].map(name => path.join(extensions, name)),
  ];
}

function folders(): readonly string[] {
  return (workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}

function ledgerOf({ state, log, problems }: Editor): Ledger {
  const complain = (sentence: string) => {
    log.error(sentence);
    problems.set('ledger', [sentence]);
  };
  return fileLedger(state, { now: () => new Date(), complain });
}

/** The guard decides by these where no window answers: the last that could be read. */
function keepSettings(state: string, watched: Watched, problems: Problems): void {
  if (watched.current().problems.length) return;
  try {
    saveSettings(state, personalValues());
    problems.set('kept settings', []);
  } catch (error) {
    problems.set('kept settings', [
      `cannot keep the settings for hooks: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  }
}

/** Agents a person agreed to have wired: a hook that an update left behind is mended, one that is gone is told. */
function keepWired(editor: Editor): void {
  const { context, problems, log, state, watched } = editor;
  keepSettings(state, watched, problems);
  const look = async () => {
    const { mended, missing, off } = await (
      await wired()
    ).lookAfter(watched.current().settings.agents, folders(), editor);
    for (const file of mended) log.info(`wired anew in ${file}`);
    problems.set('wiring', missing);
    problems.set('switches', [...switchedOffHere(), ...off]);
  };
  const looking = () =>
    look().catch((error: unknown) =>
      problems.set('wiring', [
        `cannot look after hooks: ${error instanceof Error ? error.message : String(error)}`,
      ]),
    );
  void looking();
  context.subscriptions.push(
    window.onDidChangeWindowState(({ focused }) => focused && void looking()),
    workspace.onDidChangeConfiguration(event => event.affectsConfiguration('chat') && void looking()),
  );
}

/** What switches off the hooks of VS Code's own agent. */
function switchedOffHere(): readonly string[] {
  const chat = workspace.getConfiguration('chat');
  return ['useHooks', 'plugins.enabled']
    .filter(key => chat.get(key) === false)
    .map(key => `the hooks of VS Code's agent are switched off: \`chat.${key}\` in your settings`);
}

/** The guarded terminal, and agents' own lists. */
function guarding({ state, program, watched }: Editor): Guarding {
  const lists = async () =>
    (await import('./lists.ts')).listsIn({
      state,
      folders: folders(),
      hidden: watched.current().settings.hidden,
    });
  return {
    guard: args => ({
      program: process.execPath,
      args: [path.join(program, 'guard.js'), ...args.slice(0, 1), '--state', state, ...args.slice(1)],
    }),
    shell: () => env.shell || process.env.SHELL || '/bin/sh',
    agents: async () => (await wired()).startable(watched.current().settings.sandbox.keep),
    lists: {
      all: async () => (await lists()).all,
      chosen: () => watched.current().settings.denyLists,
      write: async ids => (await lists()).write(ids),
      undo: async ids => (await lists()).undo(ids),
    },
  };
}

/** MCP servers in the files of this window's folders and of the home folder. */
function serving({ state, program, version, log }: Editor): Serving {
  const files = () => import('./system/mcp/files.ts');
  const said = (done: readonly ({ readonly file: string } | { readonly problem: string })[]) => {
    for (const it of done)
      if ('problem' in it) throw new Error(it.problem);
      else log.info(`looked after the MCP servers in ${it.file}`);
  };
  return {
    list: async () => {
      const { serversOf, usualFiles } = await files();
      const all = folders().flatMap(folder => usualFiles(folder, thisMachine().home));
      return serversOf([...new Set(all.length ? all : usualFiles(thisMachine().home, thisMachine().home))]);
    },
    guard: async chosen => {
      await (await engine()).launchFrom(state, program, version);
      said(await (await files()).guardServers(chosen, state));
    },
    letGo: async left => {
      if (left.length) said(await (await files()).letServersGo(left, state));
    },
  };
}

/** Lists that a person agreed to are written anew where what is hidden has changed, or somebody changed them. */
function keepLists(editor: Editor): void {
  const { context, log, problems } = editor;
  const { lists } = guarding(editor);
  const look = async () => {
    const chosen = lists.chosen();
    const changed = chosen.length ? await lists.write(chosen) : [];
    for (const file of changed) log.info(`wrote what is hidden into ${file}`);
    problems.set('lists', []);
  };
  const looking = () =>
    look().catch((error: unknown) =>
      problems.set('lists', [
        `cannot keep agents' own lists: ${error instanceof Error ? error.message : String(error)}`,
      ]),
    );
  void looking();
  context.subscriptions.push(
    window.onDidChangeWindowState(({ focused }) => focused && void looking()),
    workspace.onDidChangeConfiguration(
      event => event.affectsConfiguration('chaperone.hidden') && void looking(),
    ),
  );
}

/** Where a person chose so, what is hidden from agents is hidden in their own explorer and search. */
function keepExcludes({ context, log, problems }: Editor): void {
  const wanted = async () => {
    const values = personalValues();
    const mine = readSettings(key => (['hidden', 'hideInEditor'].includes(key) ? values[key] : undefined));
    if (mine.problems.length) return undefined;
    const { hideInEditor, hidden } = mine.settings;
    return hideInEditor ? (await import('./lists.ts')).excludedInEditor(hidden) : [];
  };
  const complain = (sentences: readonly string[]) => {
    for (const sentence of sentences) log.warn(sentence);
    problems.set('excludes', sentences);
  };
  context.subscriptions.push(excludes({ wanted, memory: context.globalState, complain }));
}

function wirable(editor: Editor): Commanded['agents'] {
  const { state, log } = editor;
  return {
    list: async () => (await wired()).listed(state),
    install: async id => log.info(`wired ${id} in ${(await (await wired()).wire(id, editor)).join(', ')}`),
    preview: async id => (await wired()).previewed(id, editor),
    uninstall: async id =>
      log.info(`unwired ${id} in ${(await (await wired()).unwire(id, state)).join(', ')}`),
  };
}

function record({ state }: Editor): Commanded['ledger'] {
  const { ledger } = parts(state);
  return {
    file: async () => ((await verifyLedger(ledger)).lines ? ledger : undefined),
    verify: async () => {
      const { ok, lines, problems } = await verifyLedger(ledger);
      const [first] = problems;
      const text = first
        ? `The record cannot be trusted: line ${first.line}: ${first.what} (${problems.length} problems in all).`
        : `The record is whole: ${lines} entries, each chained to the one before.`;
      return { sound: ok, text };
    },
  };
}

async function examination(editor: Editor): Promise<string> {
  const { state, version, problems, mode } = editor;
  const cwd = folders()[0] ?? thisMachine().home;
  const { text } = await record(editor).verify();
  const rows = await (await wired()).examined(state, cwd);
  const wrong = problems.list.length
    ? problems.list.map(it => `- ${it.text}`).join('\n')
    : 'Nothing is known to be wrong.';
  return `# Chaperone ${version} on ${env.appName}

Mode: **${mode.mode}**. State: \`${state}\`. Node: \`${process.execPath}\` (${process.versions.node}).

${wrong}

${text}

| agent | its hook | tried now |
| --- | --- | --- |
${rows.join('\n')}
`;
}
