import { parseArgs } from 'node:util';
import { absolute } from '../core/paths.ts';
import { endedBy, notStarted } from './run.ts';
import { status, UsageError, type Cli, type Subcommand } from './cli.ts';

/** Stands between an agent and a server of the Model Context Protocol, and puts itself there. */
export const mcp: Subcommand = {
  usage: 'mcp [--name NAME] -- COMMAND… | mcp --install [FILE…] | mcp --uninstall [FILE…]',
  summary: 'Stands between an agent and an MCP server: judges each call before the server hears of it.',
  more: `-- COMMAND     starts the server. What client and server write passes as it is, byte for byte; a call of a tool and the
               reading of a resource wait until they are ruled on. A refusal is a tool's error, with the reason.
--name NAME    what the server is called when you are asked
--install      puts this before the servers in files such as .vscode/mcp.json, .cursor/mcp.json, .mcp.json and
               ~/.claude.json: in each FILE, or in those of them that are here and in the home folder
--uninstall    takes it out again, to the byte where nobody changed the file; without a FILE, everywhere

Servers that are reached by HTTP are not covered, and named by --install. Restart the servers afterwards. An agent that can
write such a file, or run commands, can start a server without this: it is the agent's hook that minds that.

Exit status: the server's own; 128 and the signal's number where a signal ended it; ${notStarted} where it was not started.`,
  run: async (args, cli) => {
    const end = args.indexOf('--');
    const command = end < 0 ? [] : args.slice(end + 1);
    const { values, positionals } = parseArgs({
      args: end < 0 ? [...args] : args.slice(0, end),
      options: { name: { type: 'string' }, install: { type: 'boolean' }, uninstall: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.install || values.uninstall) {
      if (command.length || (values.install && values.uninstall))
        throw new UsageError('cannot do two things at once: `--install`, `--uninstall` or a command');
      const files = positionals.map(file => absolute(file, cli.cwd, cli.machine));
      return values.install ? install(files, cli) : uninstall(files, cli);
    }
    if (positionals.length || !command.length)
      throw new UsageError('cannot tell which server: put its command behind `--`');
    const ended = await cli.standBetween(values.name ?? '', command);
    if ('problem' in ended) {
      cli.complain(`chaperone: ${ended.problem}\n`);
      return notStarted;
    }
    return 'exit' in ended ? ended.exit : endedBy(ended.signal);
  },
};

async function install(files: readonly string[], cli: Cli): Promise<number> {
  const looked = await cli.servers.guard(files);
  if (!looked.length) {
    cli.complain('cannot find a file with MCP servers: name one\n');
    return status.failed;
  }
  let failed = false;
  for (const it of looked) {
    failed ||= 'problem' in it;
    if ('problem' in it) {
      cli.complain(`${it.problem}\n`);
      continue;
    }
    const { file, guarded, left, changed } = it;
    cli.write(
      `${file}: ${guarded.length ? `${guarded.join(', ')} ${changed ? 'guarded' : 'guarded already'}` : 'nothing to guard'}\n`,
    );
    if (left.length) cli.write(`  not covered, because reached by HTTP: ${left.join(', ')}\n`);
  }
  return failed ? status.failed : status.fine;
}

async function uninstall(files: readonly string[], cli: Cli): Promise<number> {
  const looked = await cli.servers.letGo(files);
  let failed = false;
  for (const it of looked) {
    failed ||= 'problem' in it;
    if ('problem' in it) cli.complain(`${it.problem}\n`);
    else cli.write(`${it.file}: ${it.changed ? 'as it was' : 'was not guarded'}\n`);
  }
  if (!looked.length) cli.write('no file is guarded\n');
  return failed ? status.failed : status.fine;
}
