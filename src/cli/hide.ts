import { parseArgs } from 'node:util';
import { visible } from '../core/visible.ts';
import { status, UsageError, type Cli, type Listing, type Subcommand } from './cli.ts';

/** Agents' own lists of what they must not read: written, undone, and looked at. */
export const hide: Subcommand = {
  usage: 'hide LIST… | hide --all | hide --undo [LIST…] | hide --check [LIST…]',
  summary:
    'Writes what is hidden into agents’ own lists, undoes it, or tells how they stand and what they cover.',
  more: `--check  compares both ways, and tells of each list what it covers and what it does not; exit status ${status.failed} where one that was written is not as it should be
--undo   takes our block or entries out again wherever they were written; what was around them stays as it is
--all    every list

Lists are for the folder this is started in; those in the home folder are for every folder.`,
  run: async (args, cli) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { undo: { type: 'boolean' }, check: { type: 'boolean' }, all: { type: 'boolean' } },
    });
    const lists = await cli.lists();
    const every = lists.all.map(it => it.id);
    const ids = positionals.length ? positionals : every;
    if (values.undo) return done(await lists.undo(ids), 'undone in', 'nothing of ours was there', cli);
    if (values.check) return check(ids, lists, cli);
    if (!positionals.length && !values.all)
      throw new UsageError(`cannot tell which list: name one of ${every.join(', ')}`);
    return done(await lists.write(ids), 'written to', 'all were written already', cli);
  },
};

function done(changed: readonly string[], what: string, otherwise: string, cli: Cli): number {
  cli.write(changed.length ? changed.map(file => visible(`${what} ${file}\n`)).join('') : `${otherwise}\n`);
  return status.fine;
}

function check(ids: readonly string[], lists: Listing, cli: Cli): number {
  const all = lists.standings(ids);
  for (const { id, file, is, missing, extra, problem } of all) {
    const list = lists.all.find(it => it.id === id);
    cli.write(visible(`${is.padEnd(10)} ${id}: ${file}${problem ? `: ${problem}` : ''}\n`));
    if (is === 'outdated')
      cli.write(
        visible(
          [
            ...missing.map(it => `           lacks   ${it}\n`),
            ...extra.map(it => `           besides ${it}\n`),
          ].join(''),
        ),
      );
    cli.write(`           ${list?.agent} covers: ${list?.covers}\n           not: ${list?.leaves}\n`);
    cli.write(`           known from: ${list?.source}\n`);
  }
  return all.some(({ is }) => is === 'outdated' || is === 'unreadable') ? status.failed : status.fine;
}
