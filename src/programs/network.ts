import type { Command, Program, Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';
import { withApi } from './network/api.ts';
import { curl } from './network/curl.ts';
import { httpie } from './network/httpie.ts';
import { netcat, socat } from './network/sockets.ts';
import { wget } from './network/wget.ts';

/** Programs that speak with other machines. */
export const network: Readonly<Record<string, Program>> = {
  curl,
  wget,
  http: httpie,
  https: httpie,
  xh: httpie,
  xhs: httpie,
  nc: netcat,
  ncat: netcat,
  netcat,
  socat,
  ssh,
};

/** Command lines of services that send any request to it: what no table of verbs can hold. */
export function withRequests(tables: Readonly<Record<string, Program>>): Readonly<Record<string, Program>> {
  return {
    gh: withApi('api.github.com', '', tables['gh']),
    glab: withApi('gitlab.com', '/api/v4', tables['glab']),
  };
}

/** The words behind the host are a line for the shell over there. */
function ssh({ words: [, ...rest] }: Command): readonly Said[] {
  const { operands } = readArguments(rest, {
    values: [
      '-b',
      '-c',
      '-D',
      '-E',
      '-e',
      '-F',
      '-I',
      '-i',
      '-J',
      '-L',
      '-l',
      '-m',
      '-O',
      '-o',
      '-p',
      '-Q',
      '-R',
      '-S',
      '-W',
      '-w',
    ],
    early: true,
  });
  const [host, first, ...more] = operands;
  if (!host) return [];
  const there: Said = {
    does: 'send',
    method: 'SSH',
    reach: { host: host.text.replace(/^.*@/, '') },
    at: host.at,
  };
  return first
    ? [
        there,
        {
          nested: 'shell',
          text: [first, ...more].map(word => word.text).join(' '),
          at: [first.at[0], (more.at(-1) ?? first).at[1]],
        },
      ]
    : [there];
}
