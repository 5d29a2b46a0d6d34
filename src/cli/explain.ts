import { parseArgs } from 'node:util';
import { details, headline } from '../core/explain.ts';
import { absolute } from '../core/paths.ts';
import { treeOf } from '../core/tree.ts';
import { visible } from '../core/visible.ts';
import { attemptOf, dialectOf } from './check.ts';
import { status, UsageError, type Subcommand } from './cli.ts';

/** The whole of an understanding: commands, effects, facts and findings, and the question a person would be asked. */
export const explain: Subcommand = {
  usage: 'explain "COMMAND" [--cwd DIR] [--shell SHELL]',
  summary: 'Draws what was understood: commands, effects, facts, findings; and what a person would be asked.',
  more: `--cwd DIR      where the command would run; this folder otherwise
--shell SHELL  the shell it is for: sh, powershell or cmd

What is minded is underlined. The exit status is that of \`check\`.`,
  run: async (args, cli) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { cwd: { type: 'string' }, shell: { type: 'string' } },
    });
    const [line] = positionals;
    if (line === undefined || positionals.length > 1)
      throw new UsageError('cannot explain: give one command, in quotes');
    const attempt = attemptOf(
      { kind: 'shell', line, dialect: dialectOf(values.shell, cli.machine) },
      absolute(values.cwd ?? '.', cli.cwd, cli.machine),
    );
    const { met, effects, decision } = await cli.consider(attempt);
    cli.write(visible(treeOf(line, met, effects, decision)));
    if (decision.findings.length)
      cli.write(visible(`\n${headline(attempt, decision)}\n\n${details(attempt, decision)}\n`));
    return status[decision.verdict === 'allow' ? 'fine' : decision.verdict];
  },
};
