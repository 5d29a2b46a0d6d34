import { terminalAgents } from './agents/terminal.ts';
import type { Agent } from './core/agent.ts';
import type { Standing } from './core/coverage.ts';
import { listsIn } from './lists.ts';
import { agentsIn, examine, launchFrom, launchIn, whereIs, wiringIn } from './parts.ts';
import { thisMachine } from './system/machine.ts';
import { switchedOff } from './system/switched.ts';
import { hearing } from './system/heard.ts';
import { versionOf } from './system/traces.ts';
import { install, preview, uninstall, wiringStatus } from './system/wiring.ts';

/*
 * The agents as the editor's commands need them: which are here, how they are wired, wiring and unwiring them. Loaded by
 * `extension.ts` when it is needed.
 */

/** Where Chaperone keeps its state, and the program it installs there. */
export interface Home {
  readonly state: string;
  readonly program: string;
  readonly version: string;
}

export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly found: boolean;
  readonly wired: boolean;
  readonly files: readonly string[];
}

/** Every agent that has hook files of its own. */
export function listed(state: string): Promise<readonly Listed[]> {
  const { home } = thisMachine();
  return Promise.all(
    wirable(state).map(async agent => ({
      id: agent.id,
      name: agent.name,
      files: [...new Set(agent.wiring.map(it => it.file))],
      found: (await whereIs(agent)) !== undefined,
      wired: (await wiringStatus(agent, launchIn(state), { home, state })).is === 'wired',
    })),
  );
}

/** The agents of this machine: those that come with the editor, and those that seem to be installed. */
export async function agentsHere(
  state: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const here = await Promise.all(
    agentsIn(state).map(async agent => {
      const isOurs = !agent.wiring.length && agent.instead === undefined;
      return isOurs || (await whereIs(agent)) !== undefined ? [agent] : [];
    }),
  );
  return here.flat().map(({ id, name }) => ({ id, name }));
}

/** The agents with a command line that are on this machine, and which of their keys would be kept out. */
export async function startable(
  keep: readonly string[],
): Promise<readonly { readonly name: string; readonly program: string; readonly keys: readonly string[] }[]> {
  const here = await Promise.all(
    terminalAgents.map(async ({ name, program, keys }) => {
      const file = await whereIs({ traces: [{ program }] });
      return file
        ? [{ name, program: file, keys: keys.filter(key => process.env[key] && !keep.includes(key)) }]
        : [];
    }),
  );
  return here.flat();
}

/** Wires an agent and gives the files that were changed. Rejects with a sentence. */
export async function wire(id: string, { state, program, version }: Home): Promise<readonly string[]> {
  const launch = await launchFrom(state, program, version);
  return changed(await install(named(id, state), launch, wiringIn(state)));
}

/** What wiring an agent would write, as Markdown: each file as it would be, with what is added marked. Rejects with a sentence. */
export async function previewed(id: string, { state }: Pick<Home, 'state'>): Promise<string> {
  const agent = named(id, state);
  const planned = await preview(agent, launchIn(state), wiringIn(state));
  const files = planned.map(({ file, before = '', after }) => {
    const old = new Set(before.split('\n'));
    const lines = after.split('\n').map(line => (old.has(line) ? `  ${line}` : `+ ${line}`));
    return `## ${file}\n\n\`\`\`diff\n${lines.join('\n').trimEnd()}\n\`\`\`\n`;
  });
  const told = agent.wiring.some(it => 'asks' in it)
    ? 'Its own program is then told to trust the hook.\n\n'
    : '';
  return `# What guarding ${agent.name} would write\n\nA copy of each file is kept, and undoing brings it back to the byte.\n\n${told}${files.join('\n')}`;
}

/** Unwires an agent and gives the files that were changed. Rejects with a sentence. */
export async function unwire(id: string, state: string): Promise<readonly string[]> {
  return changed(await uninstall(named(id, state), wiringIn(state)));
}

/** How the agents that a person agreed to stand now. */
export interface Looked {
  /** Hooks that an update had left behind, and that were written anew. */
  readonly mended: readonly string[];
  readonly missing: readonly string[];
  readonly off: readonly string[];
}

export async function lookAfter(
  ids: readonly string[],
  folders: readonly string[],
  given: Home,
): Promise<Looked> {
  const { home } = thisMachine();
  const { state } = given;
  const launch = await launchFrom(state, given.program, given.version);
  const [mended, missing]: [string[], string[]] = [[], []];
  const agreed = wirable(state).filter(({ id }) => ids.includes(id));
  for (const agent of agreed) {
    const status = await wiringStatus(agent, launch, { home, state });
    if (status.is === 'outdated') mended.push(...changed(await install(agent, launch, wiringIn(state))));
    else if (status.is === 'unreadable') missing.push(status.problem);
    else if (status.is === 'absent') missing.push(`the hook of ${agent.name} is gone: run "Guard an Agent…"`);
  }
  const off = agreed.flatMap(agent => folders.flatMap(workspace => switchedOff(agent, { home, workspace })));
  return { mended, missing, off };
}

/** How every agent stands, and what its own lists of hidden files cover in these folders. */
export async function standingsIn(
  state: string,
  folders: readonly string[],
  hidden: readonly string[],
): Promise<readonly Standing[]> {
  const { home } = thisMachine();
  const heard = hearing(state, Date.now).read();
  const lists = listsIn({ state, folders, hidden });
  const written = lists.standings(lists.all.map(({ id }) => id)).filter(({ is }) => is !== 'absent');
  return Promise.all(
    agentsIn(state).map(async agent => {
      const where = await whereIs(agent);
      const status = await wiringStatus(agent, launchIn(state), { home, state });
      const version = where === undefined ? undefined : await versionOf(where);
      return {
        agent,
        found: where,
        version,
        wired: status.is,
        ...('problem' in status && { problem: status.problem }),
        off: [...new Set(folders.flatMap(workspace => switchedOff(agent, { home, workspace })))],
        heard: heard[agent.id],
        lists: written.flatMap(({ id, file, is }) => {
          const list = lists.all.find(it => it.id === id && it.for?.includes(agent.id));
          return list ? [{ file, is, covers: list.covers, leaves: list.leaves }] : [];
        }),
      };
    }),
  );
}

/** A row of Markdown for each agent: how its hook stands, and what it said when it was started as the agent would. */
export function examined(state: string, cwd: string): Promise<readonly string[]> {
  return Promise.all(
    agentsIn(state).map(async agent => {
      if (!agent.wiring.length)
        return `| ${agent.name} | ${agent.instead ?? 'its hook comes with this extension'} | |`;
      const { found: where, wired, off, tried } = await examine(agent, state, cwd);
      const hook = [wired, where ? `found at \`${where}\`` : 'not found here', ...off].join(', ');
      const said = tried.map(it => `${it.ok ? '✓' : '✗'} ${it.what}: ${it.said} (${Math.round(it.took)} ms)`);
      return `| ${agent.name} | ${hook} | ${said.join('<br>')} |`;
    }),
  );
}

function wirable(state: string): readonly Agent[] {
  return agentsIn(state).filter(({ wiring }) => wiring.length > 0);
}

function named(id: string, state: string): Agent {
  const agent = agentsIn(state).find(it => it.id === id);
  if (!agent) throw new Error(`cannot find the agent \`${id}\``);
  return agent;
}

function changed(wired: Awaited<ReturnType<typeof install>>): readonly string[] {
  if ('problem' in wired) throw new Error(wired.problem);
  return wired.changed;
}
