import type { Agent } from '../core/agent.ts';
import { status, UsageError, type Cli, type Subcommand, type Wired } from './cli.ts';

/** Puts Chaperone's hook into an agent's own settings. */
export const install: Subcommand = {
  usage: 'install AGENT… | install --all',
  summary: 'Puts Chaperone’s hook into an agent’s settings; what was there stays.',
  more: `--all      every agent that is found here

A copy of the file as it was is kept, and \`uninstall\` brings it back to the byte.`,
  run: async (args, cli) => {
    if (!args.includes('--all')) return each(args, cli, cli.install, 'wired');
    const here = await Promise.all(
      wireable(cli).map(async agent => ((await cli.isHere(agent)) ? [agent.id] : [])),
    );
    if (here.flat().length) return each(here.flat(), cli, cli.install, 'wired');
    cli.write('No agent is found here.\n');
    return status.fine;
  },
};

/** Takes it out again. */
export const uninstall: Subcommand = {
  usage: 'uninstall AGENT… | uninstall --all',
  summary: 'Takes Chaperone’s hook out of an agent’s settings again.',
  run: (args, cli) =>
    each(args.includes('--all') ? wireable(cli).map(({ id }) => id) : args, cli, cli.uninstall, 'unwired'),
};

async function each(
  ids: readonly string[],
  cli: Cli,
  change: (agent: Agent) => Promise<Wired>,
  done: string,
): Promise<number> {
  if (!ids.length)
    throw new UsageError(
      `cannot tell which agent: name one of ${wireable(cli)
        .map(({ id }) => id)
        .join(', ')}`,
    );
  let failed = false;
  for (const id of ids) {
    const agent = cli.agents.find(it => it.id === id);
    if (!agent)
      throw new UsageError(
        `cannot find the agent \`${id}\`: it is not one of ${cli.agents.map(it => it.id).join(', ')}`,
      );
    if (!agent.wiring.length)
      cli.write(
        `${agent.name}: there is nothing to write; ${agent.instead ?? 'the extension brings its hook'}\n`,
      );
    else {
      const wired = await change(agent);
      failed ||= 'problem' in wired;
      if ('problem' in wired) cli.complain(`${wired.problem}\n`);
      else
        cli.write(
          `${agent.name}: ${wired.changed.length ? `${done} in ${wired.changed.join(', ')}` : `was ${done} already`}\n`,
        );
    }
  }
  return failed ? status.failed : status.fine;
}

function wireable({ agents }: Cli): readonly Agent[] {
  return agents.filter(({ wiring }) => wiring.length > 0);
}
