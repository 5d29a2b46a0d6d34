import { approve } from './approve.ts';
import { audit } from './audit.ts';
import { check } from './check.ts';
import { status, UsageError, type Cli, type Subcommand } from './cli.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { hide } from './hide.ts';
import { mcp } from './mcp.ts';
import { rotate } from './rotate.ts';
import { scan } from './scan.ts';
import { sandbox } from './sandbox.ts';
import { read } from './read.ts';
import { run as runWithSecrets } from './run.ts';
import { install, uninstall } from './wire.ts';

/** The table of subcommands. `hook` is the one that `guard.ts` answers itself. */
export const subcommands: Readonly<Record<string, Subcommand>> = {
  hook: {
    usage: 'hook AGENT EVENT [--state DIR]',
    summary: 'Answers an agent’s hook: its payload on standard input, the reply on standard output.',
    more: 'Agents start this themselves; `install` writes it into their settings.\nNo objection is silence and exit status 0. A no is worded as the agent wants it. Any other exit status than 0 is a no too.',
    run: async () => status.usage,
  },
  check,
  explain,
  read,
  run: runWithSecrets,
  install,
  uninstall,
  doctor,
  approve,
  audit,
  scan,
  rotate,
  sandbox,
  mcp,
  hide,
};

/** Runs a subcommand. A failure is a sentence and a status, never a stack. */
export async function run([name = 'help', ...args]: readonly string[], cli: Cli): Promise<number> {
  if (name === '--version' || name === 'version') return say(cli, `${cli.version}\n`);
  if (/^(?:help|--help|-h)$/.test(name)) return say(cli, args[0] ? helpFor(args[0]) : help());
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (!subcommand)
    return fail(
      cli,
      `cannot do \`${name}\`: it is not one of ${Object.keys(subcommands).join(', ')}`,
      status.usage,
    );
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  if (own.includes('--help') || own.includes('-h')) return say(cli, helpFor(name));
  try {
    return await subcommand.run(args, cli);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const misused =
      error instanceof UsageError ||
      (error as { code?: unknown }).code?.toString().startsWith('ERR_PARSE_ARGS');
    return fail(
      cli,
      misused ? `${message}\nusage: guard ${subcommand.usage}` : message,
      misused ? status.usage : status.failed,
    );
  }
}

function help(): string {
  const width = Math.max(...Object.values(subcommands).map(({ usage }) => usage.length));
  const rows = Object.values(subcommands).map(
    ({ usage, summary }) => `  guard ${usage.padEnd(width)}  ${summary}`,
  );
  return `Chaperone stands between AI agents and what they would destroy.

${rows.join('\n')}

  guard help SUBCOMMAND tells more. --state DIR names the folder of Chaperone's state anywhere.

Exit status: 0 fine or allowed, ${status.ask} a person would be asked, ${status.deny} refused, ${status.found} secrets found, ${status.failed} failed, ${status.usage} called wrongly.
`;
}

function helpFor(name: string): string {
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  return subcommand
    ? `guard ${subcommand.usage}\n\n${subcommand.summary}\n${subcommand.more ? `\n${subcommand.more}\n` : ''}`
    : help();
}

function say(cli: Cli, text: string): number {
  cli.write(text);
  return status.fine;
}

function fail(cli: Cli, text: string, exit: number): number {
  cli.complain(`${text}\n`);
  return exit;
}
