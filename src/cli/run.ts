import { constants } from 'node:os';
import { across, wanted } from '../core/origin.ts';
import { shortest, type Named } from '../core/masking.ts';
import { status, UsageError, type Cli, type Subcommand } from './cli.ts';

/** Starts a program with secrets that whoever started it does not see. */
export const run: Subcommand = {
  usage: 'run --with NAME[=SOURCE] [--with …] [--environment ENV] -- COMMAND [ARGUMENT…]',
  summary: 'Starts a command with secrets in its environment; its output shows their names instead.',
  more: `SOURCE      where the value is:
  vscode                 what was stored in the editor with **Store a Secret…**
  .env, PATH#NAME        an env file, another name in it
  env[:NAME]             a variable of the environment here
  vault:PATH#FIELD       HashiCorp Vault
  aws:NAME-OR-ARN[#KEY]  AWS Secrets Manager
  op://VAULT/ITEM/FIELD  1Password
  doppler:PROJECT/CONFIG Doppler
  exec:ID[#NAME]         a program of your own: setting chaperone.secretPrograms
  Without it the name is looked for in the editor's secret storage and in the env files here.
--environment ENV  what this is for: a production secret is not given to anything else

The value is in the environment of the command alone: in no argument, no file, and not in the environment of this program.
In what the command prints it is replaced by <NAME>, also in base64, hexadecimal, percent-encoded, in JSON and so on. A
program that changes it otherwise, prints it in pieces, writes it into a file or sends it away is not stopped by this.
Standard input, signals and the exit status pass through. The command prints into pipes: what it does for terminals
only (colours, progress bars, full-screen programs) it leaves out. What it leaves running behind it loses its output.

Example: guard run --with DATABASE_URL=.env -- npm run migrate`,
  run: async (args, cli) => {
    const { names, environment, command } = parsed(args);
    const pins = [cli.pin(), environment];
    const secrets: Named[] = [];
    for (const { name, from } of names) {
      const got = await cli.secret(name, from, command);
      if ('problem' in got) return refused(cli, got.problem, status.failed);
      const pin = pins.find(it => across(it, got.environment));
      if (pin !== undefined)
        return refused(
          cli,
          `\`${name}\` is for ${got.environment}, and this is pinned to ${pin}: it is not handed out here`,
          status.deny,
        );
      if (got.value.trim().length < shortest)
        return refused(
          cli,
          `cannot keep \`${name}\` out of what the command prints: it is shorter than ${shortest} characters`,
          status.failed,
        );
      secrets.push({ name, value: got.value });
    }
    const ended = await cli.start(command, secrets);
    if ('problem' in ended) return refused(cli, ended.problem, notStarted);
    return 'exit' in ended ? ended.exit : endedBy(ended.signal);
  },
};

/** As shells have it for what cannot be started. */
export const notStarted = 127;

function parsed(args: readonly string[]) {
  const mark = args.indexOf('--');
  const options = mark < 0 ? args : args.slice(0, mark);
  const command = mark < 0 ? [] : args.slice(mark + 1);
  const names: { readonly name: string; readonly from: string }[] = [];
  let environment: string | undefined;
  for (let index = 0; index < options.length; index++) {
    const [, option, joined] = /^(--with|--environment)(?:=([^]*))?$/.exec(options[index] ?? '') ?? [];
    if (!option)
      throw new UsageError(
        `cannot read \`${options[index]}\`: options stand before \`--\`, the command behind it`,
      );
    const value = joined ?? options[++index];
    if (option === '--environment') environment = value;
    else {
      const secret = wanted(value ?? '');
      if (!secret)
        throw new UsageError('cannot read what stands behind `--with`: it is not NAME or NAME=SOURCE');
      names.push(secret);
    }
  }
  if (!command.length) throw new UsageError('there is no command: it stands behind `--`');
  if (!names.length) throw new UsageError('there is no secret: `--with` names one');
  return { names, environment, command };
}

function refused(cli: Cli, sentence: string, exit: number): number {
  cli.complain(`chaperone: ${sentence}\n`);
  return exit;
}

/** Ends as the command did, so that whoever started us sees the same. */
export function endedBy(signal: NodeJS.Signals): number {
  process.kill(process.pid, signal);
  return 128 + constants.signals[signal];
}
