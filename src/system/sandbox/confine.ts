import { SandboxManager, type SandboxRuntimeConfig } from '@anthropic-ai/sandbox-runtime';
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { constants, tmpdir } from 'node:os';
import * as path from 'node:path';
import { reason } from '../state.ts';
import type { Fence } from './fence.ts';

/*
 * The one place that knows Anthropic's sandbox runtime (0.0.78, its README, November 2026). It is a bundle of its own,
 * loaded when a guarded terminal is started.
 *
 * Unix sockets are not blocked by the runtime's seccomp filter: hooks ask the window through one, and builds use them.
 * What listens outside is kept out of sight instead, see `fence.ts`, and no binary of the runtime is shipped.
 */

export interface Confinement {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly fence: Fence;
  /** What the command finds in its environment, whole. */
  readonly env: Readonly<Record<string, string>>;
  /** Host names that may be reached, `*.` for those below; `*` for all. */
  readonly domains: readonly string[];
  /** Whether a person sits at it: it then gets a terminal of its own. */
  readonly terminal: boolean;
  /** The runtime's helper for Java programs, which do not know the proxy's variables. */
  readonly jar: string;
}

/** How the command ended; or why it was not started, in a sentence. */
export type Confined = { readonly exit: number } | { readonly problem: string };

/** Runs a command behind a fence, with this process's own input and output. Never without the fence. Never rejects. */
export async function confine(given: Confinement): Promise<Confined> {
  const empty = fs.mkdtempSync(path.join(tmpdir(), 'chaperone-'));
  const back = process.cwd();
  try {
    // The runtime protects what it knows in the folder it is started in, by files that it puts there: here it finds nothing.
    process.chdir(empty);
    process.env.CLAUDE_CODE_TMPDIR = given.platform === 'linux' ? '/tmp' : tmpdir();
    const started = await start(given);
    process.chdir(back);
    return 'problem' in started ? started : { exit: await ended(started.child) };
  } catch (error) {
    return { problem: `cannot start a guarded terminal: ${reason(error)}` };
  } finally {
    process.chdir(back);
    SandboxManager.cleanupAfterCommand();
    await SandboxManager.reset().catch(() => undefined);
    fs.rmSync(empty, { recursive: true, force: true });
  }
}

const patience = 20_000;

async function start(
  given: Confinement,
): Promise<{ readonly child: ChildProcess } | { readonly problem: string }> {
  const config = configOf(given);
  await inTime(SandboxManager.initialize(config, async ({ host }) => everything(given) && !isInside(host)));
  const proxy = [SandboxManager.getLinuxHttpSocketPath(), SandboxManager.getLinuxSocksSocketPath()];
  const allowRead = [...(config.filesystem.allowRead ?? []), ...proxy.filter(it => it !== undefined)];
  const wrapped = await inTime(
    SandboxManager.wrapWithSandbox(
      line(given),
      'sh',
      { filesystem: { ...config.filesystem, allowRead } },
      undefined,
      {
        commandId: 'guard sandbox',
      },
    ),
  );
  if (!given.terminal || given.platform !== 'linux')
    return { child: run(['/bin/sh', '-c', `exec ${wrapped}`], given) };
  // Its session is the terminal's own, which ends with it: what is typed into that one reaches nobody outside.
  const [before, ...rest] = wrapped.split(' --new-session ');
  if (!rest.length)
    return { problem: 'cannot start a guarded terminal: the sandbox runtime is not as it was' };
  const own = `exec ${before} ${rest.join(' --new-session ')}`;
  return { child: run(['script', '-qefc', own, '/dev/null'], given) };
}

function configOf({ fence, domains, platform, jar }: Confinement): SandboxRuntimeConfig {
  return {
    network: {
      allowedDomains: domains.filter(it => it !== '*'),
      deniedDomains: [],
      ...(platform === 'linux' ? { allowAllUnixSockets: true } : { allowUnixSockets: [...fence.sockets] }),
    },
    filesystem: {
      denyRead: [...fence.denyRead],
      allowRead: [...fence.allowRead],
      allowWrite: [...fence.allowWrite],
      denyWrite: [...fence.denyWrite],
    },
    allowPty: true,
    // Named, so that the runtime does not ask npm where they are. The filter is not used where sockets are allowed.
    javaAgentJarPath: jar,
    seccomp: { argv0: 'unused' },
  };
}

function everything({ domains }: Confinement): boolean {
  return domains.includes('*');
}

/** An address of this machine or of its cloud's own services, written as one. Names that lead there the runtime refuses. */
function isInside(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const version = isIP(bare);
  if (version === 0) return /^(?:localhost|.*\.localhost|\d+|0x.*)$/i.test(bare);
  return inside.check(bare, version === 6 ? 'ipv6' : 'ipv4');
}

const inside = new BlockList();
inside.addSubnet('127.0.0.0', 8, 'ipv4');
inside.addSubnet('0.0.0.0', 8, 'ipv4');
inside.addSubnet('169.254.0.0', 16, 'ipv4');
inside.addAddress('100.100.100.200', 'ipv4');
inside.addAddress('168.63.129.16', 'ipv4');
inside.addAddress('::1', 'ipv6');
inside.addAddress('::', 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

function run(
  [file = '', ...args]: readonly string[],
  { cwd, env, terminal, platform }: Confinement,
): ChildProcess {
  const own = terminal && platform === 'linux' ? { ...env, SHELL: '/bin/sh' } : env;
  return spawn(file, args, { cwd, env: own, stdio: 'inherit' });
}

/** The command as a shell reads it, with the person's own shell named again: `script` starts what is named there. */
function line({ command, env }: Confinement): string {
  return `export SHELL=${quoted(env.SHELL ?? '/bin/sh')}; exec ${command.map(quoted).join(' ')}`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Signals that end us end the command; what a person types is the command's alone. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const passOn = (signal: NodeJS.Signals) => void child.kill(signal);
    const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
    for (const signal of signals) process.on(signal, passOn);
    const done = () => signals.forEach(signal => process.off(signal, passOn));
    child.on('error', error => (done(), reject(error)));
    child.on('exit', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the sandbox runtime does not answer')), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
