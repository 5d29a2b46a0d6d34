import { parseArgs } from 'node:util';
import { details, headline, typedNames } from '../core/explain.ts';
import type { Attempt, Decision, Reply } from '../core/model.ts';
import type { Answer } from '../core/ports.ts';
import { visible } from '../core/visible.ts';
import { status, UsageError, type Asker, type Cli, type Subcommand } from './cli.ts';

/** Asks in this terminal, for whoever works without an editor. */
export const approve: Subcommand = {
  usage: 'approve [--answer deny|allow]',
  summary: 'Asks in this terminal what an editor window would ask, for the folder it is started in.',
  more: '--answer deny|allow   answers everything by itself: for tests, and for machines that nobody sits at',
  run: async (args, cli) => {
    const { values } = parseArgs({ args: [...args], options: { answer: { type: 'string' } } });
    if (values.answer !== undefined && !/^(?:deny|allow)$/.test(values.answer))
      throw new UsageError('cannot answer so: `--answer` is `deny` or `allow`');
    const stop = await cli.serve(asker(cli, values.answer), (attempt, reply) =>
      cli.write(reported(attempt, reply)),
    );
    cli.write(`Chaperone asks here for ${cli.cwd}. Ctrl+C ends it.\n`);
    await new Promise<void>(resolve => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    stop();
    return status.fine;
  },
};

/** One question at a time; the next waits its turn. */
function asker(cli: Cli, answer: string | undefined): Asker {
  let turn: Promise<unknown> = Promise.resolve();
  return (attempt, decision, signal) => {
    const mine = turn.then(() => asked(attempt, decision, cli, answer, signal)).catch(unasked);
    turn = mine;
    return mine;
  };
}

/** What could not be asked is not allowed, and must not keep the next from being asked. */
function unasked(error: unknown): Answer {
  const note = `the question could not be asked: ${error instanceof Error ? error.message : String(error)}`;
  return { outcome: 'refused', by: 'nobody', note };
}

async function asked(
  attempt: Attempt,
  decision: Decision,
  cli: Cli,
  answer: string | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  if (signal.aborted) return withdrawn;
  cli.write(visible(`\n${headline(attempt, decision)}\n\n${details(attempt, decision)}\n\n`));
  const yes = answer === undefined ? await confirmed(decision, cli, signal) : answer === 'allow';
  if (signal.aborted) {
    cli.write('\n→ withdrawn: nobody waits for it\n');
    return withdrawn;
  }
  cli.write(yes ? '→ allowed once\n' : '→ denied\n');
  return { outcome: yes ? 'allowed' : 'refused', by: 'person' };
}

const withdrawn: Answer = { outcome: 'refused', by: 'nobody', note: 'nobody waits for the answer' };

/** A yes, or every name typed that has to be. */
async function confirmed(decision: Decision, cli: Cli, signal: AbortSignal): Promise<boolean> {
  const names = typedNames(decision);
  if (!names.length) return /^y(?:es)?$/i.test((await cli.question('Allow once? [y/N] ', signal)).trim());
  for (const name of names) {
    const typed = await cli.question(
      visible(`Type \`${name}\` to allow this once, anything else denies: `),
      signal,
    );
    if (typed.trim() !== name) return false;
  }
  return true;
}

function reported({ subject }: Attempt, { stdout, exit }: Reply): string {
  return stdout || exit ? '' : `${subject.name}: nothing to object to\n`;
}
