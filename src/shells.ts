import path from 'node:path';
import { gravest } from './core/gravest.ts';
import { startCommand, startPowershell } from './core/launch.ts';
import { typedPrompt } from './core/marks.ts';
import { launchFrom } from './parts.ts';
import { switchTo, writeScripts } from './system/shells.ts';
import { removeShims, writeShims } from './system/shims.ts';
import { parts } from './system/state.ts';
import { found } from './system/traces.ts';
import { thisMachine } from './system/machine.ts';
import { listed, type Home } from './wired.ts';

/*
 * What makes the shells of terminals ask, and programs that no shell starts: scripts in the state, and the variables by
 * which terminals find them. Loaded by `extension.ts`.
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

interface Wanted {
  readonly shellGuard: boolean;
  readonly pathShims: boolean;
  /** Agents that ask by something else than a file. */
  readonly also: readonly string[];
}

/**
 * What a person chose is there, and what they did not is gone, from terminals that are open too. Gives the variables for
 * terminals.
 */
export async function guardShells(
  home: Home,
  { shellGuard, pathShims, also }: Wanted,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Variables> {
  if (shellGuard || pathShims) await writeAll(home, also);
  switchTo(home.state, shellGuard);
  if (!pathShims || windows) removeShims(home.state);
  else
    await writeShims({
      state: home.state,
      from: home.program,
      quoted,
      programs: gravest,
      path: env.PATH ?? '',
    });
  return shellGuard && !windows ? variablesFor(parts(home.state).shell, env) : {};
}

const windows = process.platform === 'win32';

async function writeAll(home: Home, also: readonly string[]): Promise<void> {
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
