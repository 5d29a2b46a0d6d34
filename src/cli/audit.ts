import { parseArgs } from 'node:util';
import { visible } from '../core/visible.ts';
import { status, UsageError, type Subcommand } from './cli.ts';

/** The record: is it whole, and what does it say last? */
export const audit: Subcommand = {
  usage: 'audit verify | audit show [--last N]',
  summary: 'Verifies the record of decisions, or shows the last of it.',
  run: async (args, cli) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { last: { type: 'string' } },
    });
    switch (positionals[0]) {
      case 'verify': {
        const { lines, problems } = await cli.verify();
        for (const { line, what } of problems) cli.write(`line ${line}: ${what}\n`);
        cli.write(
          problems.length
            ? `the ledger cannot be trusted: ${problems.length} problems in ${lines} entries\n`
            : `the ledger is whole: ${lines} entries, each chained to the one before\n`,
        );
        return problems.length ? status.failed : status.fine;
      }
      case 'show': {
        for (const { n, time, agent, outcome, by, verdict, text } of cli.recent(Number(values.last ?? 20)))
          cli.write(
            `${n}  ${time}  ${agent}  ${outcome} by ${by} (${verdict})  ${visible(text).replaceAll('\n', ' ⏎ ')}\n`,
          );
        return status.fine;
      }
      default:
        throw new UsageError('cannot tell what to do with the record: `verify` or `show`');
    }
  },
};
