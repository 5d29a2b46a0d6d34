import { parseArgs } from 'node:util';
import { absolute } from '../core/paths.ts';
import { visible } from '../core/visible.ts';
import { status, UsageError, type Subcommand } from './cli.ts';

/** A command where hidden files, credentials and our own files are out of reach. */
export const sandbox: Subcommand = {
  usage: 'sandbox [--cwd DIR] [--keep NAME]… [--domain NAME]… [--quiet] [--hold] -- COMMAND…',
  summary:
    'Runs a command, an agent say, where hidden files cannot be read and Chaperone’s own not be written.',
  more: `--cwd DIR      where it runs; this folder otherwise. The project around it is what it may change, and the home folder.
--keep NAME    a variable that stays although it holds a credential or leads to a program outside: the key an agent logs in with
--domain NAME  a host that can be reached, \`*.\` before it for all below; \`*\`, the default, is every host. Asked through a proxy
--quiet        does not say what is kept out
--hold         waits for Enter where it was not started, so that the reason can be read

What is hidden is looked for once, at the start; a variable that you handed out ahead in the editor stays too. Linux needs bubblewrap, socat and ripgrep; macOS nothing more.

Exit status: the command's own; 128 and the signal's number where a signal ended it; ${status.unguarded} where it was not started.`,
  run: async (args, cli) => {
    const end = args.indexOf('--');
    const command = end < 0 ? [] : args.slice(end + 1);
    if (!command.length) throw new UsageError('cannot run nothing: put the command behind `--`');
    const { values } = parseArgs({
      args: args.slice(0, end),
      options: {
        cwd: { type: 'string' },
        keep: { type: 'string', multiple: true, default: [] },
        domain: { type: 'string', multiple: true, default: [] },
        quiet: { type: 'boolean' },
        hold: { type: 'boolean' },
      },
    });
    const confined = await cli.confine({
      command,
      cwd: absolute(values.cwd ?? '.', cli.cwd, cli.machine),
      keep: values.keep,
      domains: values.domain,
      say: text => void (values.quiet || cli.complain(visible(`chaperone: ${text}\n`))),
    });
    if ('exit' in confined) return confined.exit;
    for (const problem of confined.problems) cli.complain(visible(`chaperone: ${problem}\n`));
    cli.complain('chaperone: the command was not started\n');
    if (values.hold) await cli.question('Enter closes this. ');
    return status.unguarded;
  },
};
