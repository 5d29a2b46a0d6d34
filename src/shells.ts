import path from 'node:path';
import { startCommand, startPowershell } from './core/launch.ts';
import { typedPrompt } from './core/marks.ts';
import { launchFrom } from './parts.ts';
import { switchOff, writeScripts } from './system/shells.ts';
import { parts } from './system/state.ts';
import { found } from './system/traces.ts';
import { thisMachine } from './system/machine.ts';
import { listed, type Home } from './wired.ts';

/*
 * What makes the shells of terminals ask: scripts in the state, and the variables by which shells find them. Loaded by
 * `extension.ts`.
 */

/** All variables that terminals may be given. */
export const shellVariables = [
  'BASH_ENV',
  'CHAPERONE_BASH_ENV',
  'PS0',
  'ZDOTDIR',
  'CHAPERONE_ZDOTDIR',
  'XDG_DATA_DIRS',
] as const;

type Variables = Readonly<Partial<Record<(typeof shellVariables)[number], string>>>;

/** Writes the scripts and gives the variables for terminals. `also` are agents that ask by something else than a file. */
export async function guardShells(
  home: Home,
  also: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Variables> {
  const launch = await launchFrom(home.state, home.program, home.version);
  const wired = (await listed(home.state)).filter(it => it.wired).map(it => it.id);
  writeScripts({
    state: home.state,
    from: home.program,
    ask: startCommand(launch, 'shell', 'command', 590),
    askPowershell: startPowershell(launch, 'shell', 'command', 590),
    quoted,
    wired: [...wired, ...also],
  });
  if (launch.platform === 'windows') return {};
  return variablesFor(parts(home.state).shell, env);
}

/** From now on nothing is asked, in terminals that are open either. */
export function unguardShells(state: string): void {
  switchOff(state);
}

/** What was there before is kept: scripts source it, and a shell that is not here is given nothing. */
async function variablesFor(folder: string, env: NodeJS.ProcessEnv): Promise<Variables> {
  const given = { home: thisMachine().home, path: env.PATH ?? '' };
  const has = async (program: string) => (await found({ traces: [{ program }] }, given)) !== undefined;
  const [bash, zsh, data] = ['env.bash', 'zsh', 'data'].map(it => path.join(folder, it)) as [
    string,
    string,
    string,
  ];
  const before = (name: string, ours: string) =>
    (env[name] === ours ? env[`CHAPERONE_${name}`] : env[name]) ?? '';
  const shared = (env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':').filter(it => it !== data);
  return {
    BASH_ENV: bash,
    CHAPERONE_BASH_ENV: before('BASH_ENV', bash),
    PS0: typedPrompt(quoted(path.join(folder, 'typed.bash'))),
    ...((await has('zsh')) && { ZDOTDIR: zsh, CHAPERONE_ZDOTDIR: before('ZDOTDIR', zsh) }),
    ...((await has('fish')) && { XDG_DATA_DIRS: [...shared, data].join(':') }),
  };
}

/** A path as every one of the shells reads it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
