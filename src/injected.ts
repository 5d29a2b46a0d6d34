import type { Cli } from './cli/cli.ts';
import { secretGiven, type SecretAsked } from './core/origin.ts';
import { normal } from './core/paths.ts';
import { tighten, type Settings } from './core/settings.ts';
import { originOf } from './secrets/sources.ts';
import { callWindow } from './system/caller.ts';
import { thisMachine } from './system/machine.ts';
import { runMasked } from './system/masked.ts';
import { valueOf, type Around, type Got } from './system/origins.ts';
import { loadSettings, workspaceSettings } from './system/settings.ts';
import { workspaceOf } from './system/workspace.ts';

/*
 * Secrets that a command gets and nobody sees: the table of sources, the machine and the window introduced to each other.
 */

const machine = thisMachine();

/** A person's settings in the state folder, as a workspace tightens them. */
export function settingsIn(state: string, workspace: string): Settings {
  return tighten(loadSettings(state).settings, workspaceSettings(workspace).settings);
}

/** What `guard run` needs. */
export function injecting(state: string, cwd: string): Pick<Cli, 'pin' | 'secret' | 'start'> {
  const workspace = workspaceOf(cwd, machine);
  return {
    pin: () => settingsIn(state, workspace).environment,
    secret: (name, from, command) => {
      const ask = (asked: SecretAsked) => askWindow(state, cwd, asked);
      return secretFrom(name, from, settingsIn(state, workspace), {
        cwd: process.cwd(),
        workspace,
        window: stored => ask({ name: stored, command }),
        isStored: async stored => !('problem' in (await ask({ name: stored }))),
      });
    },
    start: (argv, secrets) =>
      runMasked({
        argv,
        cwd: process.cwd(),
        variables: process.env,
        secrets,
        input: 'ours',
        out: process.stdout,
        error: process.stderr,
      }),
  };
}

/** The value that `--with NAME=from` names, or a sentence why there is none. Never rejects. */
export async function secretFrom(
  name: string,
  from: string,
  { environments, secretPrograms }: Settings,
  around: Pick<Around, 'cwd' | 'workspace' | 'window' | 'isStored'>,
): Promise<Got> {
  const origin = originOf(name, from);
  if (!origin) return { problem: `cannot get \`${name}\`: nothing is known by the name \`${from}\`` };
  return valueOf(origin, name, from, {
    ...around,
    variables: process.env,
    environments,
    programs: secretPrograms,
  });
}

async function askWindow(state: string, cwd: string, asked: SecretAsked): Promise<Got> {
  const payload = JSON.stringify(asked);
  const called = await callWindow({
    state,
    agent: '',
    event: '',
    payload,
    cwd: normal(cwd, machine),
    wait: timeToDecide,
    secret: true,
    machine,
  });
  if ('nobody' in called)
    return { problem: `cannot get \`${asked.name}\` from the editor's secret storage: ${called.nobody}` };
  const { stdout, stderr, exit } = called.reply;
  return exit === 0 ? secretGiven(stdout) : { problem: stderr.trim() };
}

/** Milliseconds for a person to say whether a command may have a secret. */
const timeToDecide = 580_000;
