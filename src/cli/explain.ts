import { parseArgs } from 'node:util';
import { details, headline } from '../core/explain.ts';
import { summary } from '../core/entry.ts';
import { absolute } from '../core/paths.ts';
import { visible } from '../core/visible.ts';
import { attemptOf } from './check.ts';
import { status, UsageError, type Subcommand } from './cli.ts';

/** Every effect that was understood, and the question a person would be asked. */
export const explain: Subcommand = {
  usage: 'explain "COMMAND" [--cwd DIR]',
  summary: 'Tells each effect that was understood, and what a person would be asked.',
  run: async (args, cli) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { cwd: { type: 'string' } },
    });
    const [line] = positionals;
    if (line === undefined || positionals.length > 1)
      throw new UsageError('cannot explain: give one command, in quotes');
    const attempt = attemptOf(
      { kind: 'shell', line, dialect: 'posix' },
      absolute(values.cwd ?? '.', cli.cwd, cli.machine),
    );
    const { effects, decision } = await cli.consider(attempt);
    const lines = effects.map(
      effect =>
        `  ${summary(effect)}   (${line.slice(...effect.at).trim()})${effect.source ? `   ${effect.source.file}:${effect.source.line}` : ''}`,
    );
    cli.write(
      visible(
        `It would:\n${lines.join('\n') || '  do nothing that is worth a word'}\n\nVerdict: ${decision.verdict}\n`,
      ),
    );
    if (decision.findings.length)
      cli.write(visible(`\n${headline(attempt, decision)}\n\n${details(attempt, decision)}\n`));
    return status[decision.verdict === 'allow' ? 'fine' : decision.verdict];
  },
};
