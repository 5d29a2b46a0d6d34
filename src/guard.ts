import { existsSync, read, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { callWindow, type Call, type Called } from './system/caller.ts';

/*
 * Root in hooks. It asks the window, and is as small as that: every hook of every agent waits for it. All else,
 * deciding alone and the command line, is in `alone.ts`, which is loaded only where no window answers.
 */

/** Ends with this unless something was decided: a guard that merely stops has not said yes. */
const undecided = 70;

/** Longest wait for a person, in milliseconds, where the command in the hook file does not say less. */
const patience = 580_000;
/** What agents set for the hooks that they start, looked for because several run each other's hook files. As in `hook.pl`. */
const hostMarks = [
  'COPILOT_CLI',
  'CURSOR_VERSION',
  'DEVIN_PROJECT_DIR',
  'GEMINI_CLI',
  'QWEN_CODE',
  'GROK_HOOK_EVENT',
];
const longestPayload = 8 * 1024 * 1024;
const timeToSpeak = 10_000;

process.exitCode = undecided;
const [verb = 'help', ...rest] = process.argv.slice(2);
(verb === 'hook' ? hook(rest) : commandLine()).catch(refuse);

/**
 * The shell of the hook's command. An agent whose turn is cancelled ends that shell and tells us nothing (observed with
 * VS Code 1.139): nobody waits for the answer any more, and the question must not stay open.
 */
function leaveWith(shell: number): void {
  const look = () => {
    try {
      process.kill(shell, 0);
    } catch {
      process.exit();
    }
  };
  if (shell > 1) setInterval(look, 1000).unref();
}

async function hook([agent = '', event = '', ...options]: readonly string[]): Promise<void> {
  leaveWith(Number(process.env.CHAPERONE_SHELL));
  const payload = await standardInput();
  const state = stateOf(options);
  const call = {
    state,
    agent,
    event,
    payload,
    cwd: cwdOf(payload),
    wait: patienceOf(options),
    marks: hostMarks.filter(name => process.env[name]).join(' '),
    ...preferred(),
    machine: { platform: process.platform === 'win32' ? 'windows' : 'posix', home: homedir() },
  } as const;
  const called = await asked(call, options.includes('--alone'));
  const reply =
    'reply' in called ? called.reply : await (await import('./alone.ts')).decideAlone(call, called.nobody);
  write(1, reply.stdout);
  write(2, reply.stderr);
  process.exitCode = reply.exit;
}

/** `alone` where a window was asked already, and fell silent. */
async function asked(call: Call, alone: boolean): Promise<Called> {
  if (alone) return { nobody: 'the editor window that was asked did not answer' };
  if (!call.state || !existsSync(call.state)) return { nobody: 'no editor has set Chaperone up here' };
  return callWindow(call);
}

async function commandLine(): Promise<void> {
  const { main } = await import('./alone.ts');
  process.exitCode = await main(process.argv.slice(2));
}

/** A no in every dialect at once, for when not even the tables can be loaded (tried with six agents, November 2026). */
function refuse(error: unknown): void {
  const reason = `Chaperone failed and refuses: ${error instanceof Error ? error.message : String(error)}. Ask the person to look at the Chaperone log.`;
  process.exitCode = 2;
  write(2, `${reason}\n`);
  if (verb !== 'hook') return;
  const hookSpecificOutput = {
    hookEventName: 'PreToolUse',
    permissionDecision: 'deny',
    permissionDecisionReason: reason,
  };
  const universal = {
    decision: 'block',
    reason,
    cancel: true,
    errorMessage: reason,
    permissionDecision: 'deny',
    permissionDecisionReason: reason,
    hookSpecificOutput,
  };
  write(1, JSON.stringify(universal));
}

/** Where the state is: as the hook's command says. The environment counts only where it says nothing. */
function stateOf(options: readonly string[]): string {
  const given = options[options.indexOf('--state') + 1];
  return options.includes('--state') && given ? given : (process.env.CHAPERONE_STATE ?? '');
}

function patienceOf(options: readonly string[]): number {
  const seconds = Number(options[options.indexOf('--within') + 1]);
  return options.includes('--within') && seconds > 0 ? Math.min(seconds * 1000, patience) : patience;
}

function preferred(): { readonly preferred?: string } {
  const window = process.env.CHAPERONE_WINDOW;
  return window ? { preferred: window } : {};
}

/** Where the agent says that it is, else where its hook runs. */
function cwdOf(payload: string): string {
  try {
    const said = JSON.parse(payload) as Readonly<Record<string, unknown>>;
    const [first] = [
      said['cwd'],
      said['working_dir'],
      ...folderLists.map(name => firstOf(said[name])),
    ].filter((it): it is string => typeof it === 'string' && it !== '');
    return first ?? process.cwd();
  } catch {
    return process.cwd();
  }
}

/** Where agents without a `cwd` name their folders: Cursor and Auggie, Cline, Antigravity; Goose has a word of its own. */
const folderLists = ['workspace_roots', 'workspaceRoots', 'workspacePaths'];

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? (list as unknown[])[0] : undefined;
}

/**
 * What the agent wrote to its hook. Rejects where it is too much, or does not end in time. Reads the descriptor itself:
 * to make a stream of it takes Node a tenth of its whole start.
 */
function standardInput(): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const chunk = Buffer.allocUnsafe(64 * 1024);
    let length = 0;
    const late = setTimeout(neverEnds, timeToSpeak);
    const finish = (error?: Error) => {
      clearTimeout(late);
      if (error) reject(error);
      else resolve(Buffer.concat(chunks).toString('utf8'));
    };
    const next = () =>
      read(0, chunk, 0, chunk.length, null, (error, count) => {
        // A pipe that its writer closed is an error on Windows, and an end elsewhere.
        if (error && error.code !== 'EOF')
          return error.code === 'EAGAIN' ? void setTimeout(next, 1) : finish(error);
        if (!count) return finish();
        chunks.push(Buffer.from(chunk.subarray(0, count)));
        length += count;
        if (length > longestPayload) finish(new Error('the agent wrote too much to its hook'));
        else next();
      });
    next();
  });
}

/** A read that never ends keeps a process from ending by itself. Ended by force it is no success, and so a refusal. */
function neverEnds(): void {
  refuse(new Error('the agent did not finish what it wrote to its hook'));
  process.kill(process.pid, 'SIGKILL');
}

/** Writes all of it before going on: what is left in a stream when a process ends is lost. */
function write(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) done += writeSome(descriptor, bytes, done);
}

function writeSome(descriptor: number, bytes: Buffer, from: number): number {
  try {
    return writeSync(descriptor, bytes, from);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
