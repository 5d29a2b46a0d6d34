import { parseArgs } from 'node:util';
import { absolute } from '../core/paths.ts';
import { status, UsageError, type Subcommand } from './cli.ts';

/** Prints a file as an agent may see it. */
export const read: Subcommand = {
  usage: 'read FILE [--from LINE] [--lines COUNT]',
  summary: 'Prints a file with every credential in it masked: of an env file, the names of its variables.',
  more: `An env file is shown as NAME=<kind, length>. A key, a key store or another file that is hidden as a whole is not shown,
with a sentence that says what to do instead. Of any other file the text is shown, with what is a credential replaced.

Exit status: ${status.fine} shown, ${status.deny} hidden as a whole, ${status.failed} not a text, too long or not there.`,
  run: async (args, cli) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { from: { type: 'string' }, lines: { type: 'string' } },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new UsageError('cannot read: give one file');
    const [from, count] = [counted(values.from, 1), counted(values.lines, Infinity)];
    const seen = await cli.read(absolute(file, cli.cwd, cli.machine));
    if (seen.shows === 'nothing') {
      cli.complain(`${seen.why}\n`);
      return seen.failed ? status.failed : status.deny;
    }
    cli.write(selected(seen.text, from, count));
    return status.fine;
  },
};

function counted(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError('cannot read: a line or count is a number from 1');
  return Number(text);
}

function selected(text: string, from: number, count: number): string {
  if (from === 1 && count === Infinity) return text;
  const lines = text.split('\n').slice(from - 1, from - 1 + count);
  return lines.length ? `${lines.join('\n')}\n` : '';
}
