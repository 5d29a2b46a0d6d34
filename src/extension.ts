import { createRequire } from 'node:module';
import path from 'node:path';
import { env, ExtensionMode, window, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { agents } from './agents/index.ts';
import type { Agent } from './core/agent.ts';
import type { Reply } from './core/model.ts';
import type { Ledger } from './core/ports.ts';
import { surfaces } from './editor/approvals/index.ts';
import { ApprovalQueue } from './editor/approvals/queue.ts';
import { handlers, register, type Commanded } from './editor/commands.ts';
import { ModeSwitch } from './editor/mode.ts';
import { Problems } from './editor/problems.ts';
import { personalValues, watchSettings, type Watched } from './editor/settings.ts';
import { answerHook, examine, launchFrom, launchIn, refusal, supervisor, thisMachine } from './parts.ts';
import { endpoint, type Asked } from './system/endpoint.ts';
import { fileLedger, verifyLedger } from './system/ledger.ts';
import { saveSettings } from './system/settings.ts';
import { switchedOff } from './system/switched.ts';
import { parts, stateFolder } from './system/state.ts';
import { found } from './system/traces.ts';
import { install, uninstall, wiringStatus } from './system/wiring.ts';

/*
 * Root in the editor: builds the parts and pushes the disposables. Nothing is awaited that can come later.
 */

export function activate(context: ExtensionContext): void {
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
  const editor: Editor = { context, log, problems, watched, queue, mode, state, program, version };
  context.subscriptions.push(log, problems, watched, queue, mode);
  problems.set('settings', watched.current().problems);
  each(editor, {
    surfaces: () => showSurfaces(editor),
    hooks: () => answerHooks(editor),
    wiring: () => keepWired(editor),
  });
  log.info(
    `Chaperone ${version} is here, in mode ${mode.mode}${context.extensionMode === ExtensionMode.Development ? ', in development' : ''}`,
  );
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
    ledger: record(editor),
    doctor: () => examination(editor),
  };
  context.subscriptions.push(contextKeys, modal, statusBar, tree, register(handlers(commanded), log));
}

/** Opens the socket that guards ask, and tells hooks started from this window where Node and the state are. */
function answerHooks(editor: Editor): void {
  const { context, log, problems, state, queue, mode, watched, program } = editor;
  const folder = stateFolder(state);
  if ('problem' in folder) throw new Error(folder.problem);
  const make = supervisor(createRequire(__filename));
  const ledger = ledgerOf(editor);
  let focused = Date.now();
  const answer = (asked: Asked, signal: AbortSignal): Promise<Reply> => {
    const given = {
      settings: watched.current().settings,
      mode: mode.mode,
      workspace: folders(),
      own: ownFiles(state, path.dirname(program)),
      ledger,
    };
    const supervision = make({
      ...given,
      approver: { ask: (attempt, decision) => queue.ask(attempt, decision, signal) },
    });
    return answerHook(asked, supervision, (attempt, reply) =>
      log.debug(`${attempt.subject.name}: ${attempt.action.kind} ${reply.stdout ? 'answered' : 'let pass'}`),
    ).catch((error: unknown) => {
      log.error(`cannot answer a hook of ${asked.agent}`, error);
      return refusal(asked, error instanceof Error ? error.message : String(error));
    });
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
    const launch = await launchFrom(state, editor.program, editor.version);
    const missing: string[] = [];
    for (const agent of agents.filter(
      ({ id, wiring }) => wiring.length && watched.current().settings.agents.includes(id),
    )) {
      const status = wiringStatus(agent, launch, given(state));
      if (status.is === 'outdated')
        log.info(`wired ${agent.name} anew: ${JSON.stringify(await install(agent, launch, given(state)))}`);
      else if (status.is !== 'wired')
        missing.push(
          status.is === 'unreadable'
            ? status.problem
            : `the hook of ${agent.name} is gone: run "Guard an Agent…"`,
        );
    }
    problems.set('wiring', missing);
    problems.set('switches', switches(watched.current().settings.agents));
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

/** What switches off the hooks of VS Code's own agent, and of those a person agreed to have wired. */
function switches(wired: readonly string[]): readonly string[] {
  const { home } = thisMachine();
  const chat = workspace.getConfiguration('chat');
  const editors = ['useHooks', 'plugins.enabled'].filter(key => chat.get(key) === false);
  return [
    ...editors.map(key => `the hooks of VS Code's agent are switched off: \`chat.${key}\` in your settings`),
    ...agents
      .filter(({ id }) => wired.includes(id))
      .flatMap(agent => folders().flatMap(folder => switchedOff(agent, { home, workspace: folder }))),
  ];
}

function given(state: string) {
  return { home: thisMachine().home, state };
}

function wirable(editor: Editor): Commanded['agents'] {
  const { state, program, version, log } = editor;
  const named = (id: string): Agent => {
    const agent = agents.find(it => it.id === id);
    if (!agent) throw new Error(`cannot find the agent \`${id}\``);
    return agent;
  };
  return {
    list: () =>
      Promise.all(
        agents
          .filter(({ wiring }) => wiring.length > 0)
          .map(async agent => ({
            id: agent.id,
            name: agent.name,
            found:
              (await found(agent, { home: thisMachine().home, path: process.env.PATH ?? '' })) !== undefined,
            wired: wiringStatus(agent, launchIn(state), given(state)).is === 'wired',
          })),
      ),
    install: async id => {
      const wired = await install(named(id), await launchFrom(state, program, version), given(state));
      if ('problem' in wired) throw new Error(wired.problem);
      log.info(`wired ${id} in ${wired.changed.join(', ')}`);
    },
    uninstall: async id => {
      const unwired = await uninstall(named(id), given(state));
      if ('problem' in unwired) throw new Error(unwired.problem);
      log.info(`unwired ${id} in ${unwired.changed.join(', ')}`);
    },
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
  const rows = await Promise.all(
    agents.map(async agent => {
      if (!agent.wiring.length) return `| ${agent.name} | its hook comes with this extension | |`;
      const { found: where, wired, off, tried } = await examine(agent, state, cwd);
      const hook = [wired, where ? `found at \`${where}\`` : 'not found here', ...off].join(', ');
      return `| ${agent.name} | ${hook} | ${tried.map(it => `${it.ok ? '✓' : '✗'} ${it.what}: ${it.said} (${Math.round(it.took)} ms)`).join('<br>')} |`;
    }),
  );
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
