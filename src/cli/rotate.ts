import { parseArgs } from 'node:util';
import { numbered } from '../core/rotation.ts';
import { status, UsageError, type Subcommand } from './cli.ts';

/** How a provider's credentials are replaced, step by step. */
export const rotate: Subcommand = {
  usage: 'rotate [PROVIDER]',
  summary: 'Tells how a credential is replaced: where, what to revoke, what depends on it.',
  more: 'Without a provider it lists them, as `guard scan` names them. It replaces nothing itself.',
  run: async (args, cli) => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    const [provider, ...others] = positionals;
    if (others.length) throw new UsageError('cannot tell how to rotate: give one provider');
    if (provider === undefined) {
      cli.write(`${Object.keys(cli.rotations).toSorted().join('\n')}\n`);
      return status.fine;
    }
    const rotation = Object.hasOwn(cli.rotations, provider) ? cli.rotations[provider] : undefined;
    if (!rotation) throw new UsageError(`cannot tell how to rotate \`${provider}\`: no detector names it`);
    const source = rotation.checked
      ? `From ${rotation.checked}.`
      : 'Not checked against the provider’s pages.';
    cli.write(`${[rotation.name, '', numbered(rotation), '', source].join('\n')}\n`);
    return status.fine;
  },
};
