import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { masker, type Named } from '../core/masking.ts';
import { reason } from './state.ts';

/** A program that is started with secrets in its environment, and whose output is masked on its way. */
export interface Masked {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Without the secrets, which are added for this process alone. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly secrets: readonly Named[];
  /**
   * `ours`: it reads what we would, and gets the signals that we get. `nothing`: it reads nothing, and is ended with all
   * that it started when `signal` is aborted.
   */
  readonly input: 'ours' | 'nothing';
  readonly out: Writable;
  readonly error: Writable;
  readonly signal?: AbortSignal;
}

export type Ended =
  { readonly exit: number } | { readonly signal: NodeJS.Signals } | { readonly problem: string };

/** Runs it to its end. Never rejects. What it leaves running behind it is not waited for, and loses its output. */
export function runMasked(given: Masked): Promise<Ended> {
  const { argv, cwd, variables, secrets, input, signal } = given;
  const [program = '', ...args] = argv;
  const alone = input === 'nothing' && process.platform !== 'win32';
  return new Promise(resolve => {
    const injected = Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
    const failed = (error: unknown) => resolve({ problem: `cannot start \`${program}\`: ${reason(error)}` });
    let child: ChildProcess;
    try {
      child = spawn(program, args, {
        cwd,
        env: { ...variables, ...injected },
        stdio: [input === 'ours' ? 'inherit' : 'ignore', 'pipe', 'pipe'],
        detached: alone,
        windowsHide: true,
      });
    } catch (error) {
      // An argument with a zero in it, for one.
      return failed(error);
    }
    const flows = [
      [child.stdout, given.out],
      [child.stderr, given.error],
    ].flatMap(([from, to]) => (from && to ? [flow(from as Readable, to as Writable, secrets)] : []));
    const letGo = input === 'ours' ? passSignals(child) : endWith(child, signal, alone);
    child.once('error', error => {
      letGo();
      failed(error);
    });
    child.once('exit', (code, ended) => {
      letGo();
      void Promise.all(flows.map(it => it.end())).then(() =>
        resolve(ended ? { signal: ended } : { exit: code ?? 1 }),
      );
    });
  });
}

/** Milliseconds without output after which what is held back is shown, so that a prompt is whole. */
const quiet = 40;
/** How long the output of what a program left running is taken after its end, while it comes and in all. */
const lull = 1000;
const patience = 5000;

/** From a program's output to ours. `end` waits until all was read and written, as far as that takes no time. */
function flow(
  from: Readable,
  to: Writable,
  secrets: readonly Named[],
): { readonly end: () => Promise<void> } {
  const mask = masker(secrets);
  let [pausing, ended]: [NodeJS.Timeout | undefined, boolean] = [undefined, false];
  let last = performance.now();
  // Whoever read it has gone, and so the program is to learn from its pipe.
  const broken = () => void from.destroy();
  to.on('error', broken);
  const write = (text: string) => {
    if (text === '' || to.destroyed || to.write(Buffer.from(text, 'latin1')) || ended) return;
    from.pause();
    to.once('drain', () => from.resume());
  };
  from.on('data', (chunk: Buffer) => {
    last = performance.now();
    clearTimeout(pausing);
    write(mask.push(chunk.toString('latin1')));
    pausing = setTimeout(() => write(mask.pause()), quiet);
  });
  const closed = new Promise<void>(resolve => {
    from.once('close', resolve);
    from.once('error', () => resolve());
  });
  return {
    end: async () => {
      const since = performance.now();
      const looking = setInterval(() => {
        const now = performance.now();
        if (from.isPaused()) last = now;
        else if (now - last > lull || now - since > patience) from.destroy();
      }, lull / 10);
      await closed;
      clearInterval(looking);
      clearTimeout(pausing);
      ended = true;
      write(mask.end());
      await new Promise<void>(resolve => {
        if (to.destroyed || to.writableLength === 0) return resolve();
        to.once('drain', resolve);
        to.once('close', resolve);
      });
      to.off('error', broken);
    },
  };
}

/**
 * What we are told to do, the program is. What a terminal sends, it has sent to both of us already: there we only stay
 * until the program has decided what to make of it.
 */
export function passSignals(child: Pick<ChildProcess, 'kill'>): () => void {
  const fromTerminal: readonly NodeJS.Signals[] = process.stdin.isTTY ? ['SIGINT', 'SIGQUIT'] : [];
  const handlers = (['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const).map(name => {
    const pass = () => void (fromTerminal.includes(name) || child.kill(name));
    process.on(name, pass);
    return () => void process.off(name, pass);
  });
  return () => handlers.forEach(off => off());
}

/** Ends the program and what it started, when asked to: kindly, and then by force. */
function endWith(child: ChildProcess, signal: AbortSignal | undefined, alone: boolean): () => void {
  let force: NodeJS.Timeout | undefined;
  const send = (name: NodeJS.Signals) => {
    try {
      if (alone && child.pid !== undefined) process.kill(-child.pid, name);
      else child.kill(name);
    } catch {
      // It has ended by itself.
    }
  };
  const end = () => {
    send('SIGTERM');
    force = setTimeout(() => send('SIGKILL'), 2000);
  };
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  return () => {
    clearTimeout(force);
    signal?.removeEventListener('abort', end);
  };
}
