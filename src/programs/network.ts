import type { Command, Program, Said } from '../core/program.ts';
import { readArguments } from '../core/shell/flags.ts';
import type { Word } from '../core/shell/words.ts';
import { fed } from '../core/fed.ts';
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
function ssh(command: Command): readonly Said[] {
  const [, ...rest] = command.words;
  const given = readArguments(rest, {
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
  const [host, ...behind] = given.operands;
  const [first, ...more] = behind[0]?.text === '--' ? behind.slice(1) : behind;
  const started = given.all('-o').flatMap(proxied);
  if (!host) return started;
  const there: Said = {
    does: 'send',
    method: 'SSH',
    reach: { host: host.text.replace(/^.*@/, '') },
    at: host.at,
  };
  if (!first) return [...started, there, ...fed(command, overThere, 'shell')];
  const text = [first, ...more].map(word => word.text).join(' ');
  const at = [first.at[0], (more.at(-1) ?? first).at[1]] as const;
  return [
    ...started,
    there,
    { nested: 'shell', text, at },
    // A shell over there that is told nothing reads what is fed here.
    ...(startsShell(text) ? fed(command, overThere, 'shell') : []),
  ];
}

/** Whether a line is nothing but a shell that reads what it is fed: `sudo bash -s x`, but not `bash -c x`. */
function startsShell(text: string): boolean {
  const words = text.split(/\s+/).filter(Boolean);
  const name = words.findIndex(word => !/^(?:sudo|doas|env|exec|-.*|\w+=.*)$/s.test(word));
  const rest = words.slice(name + 1);
  if (name < 0 || !/(?:^|\/)(?:ba|z|da|k|a)?sh$/.test(words[name] ?? '')) return false;
  const reads = rest.indexOf('-s');
  return rest.slice(0, reads < 0 ? undefined : reads).every(word => /^--?$|^-[a-bd-zA-Z]+$/.test(word));
}

function overThere({ text, at }: Pick<Word, 'text' | 'at'>): Said {
  return { nested: 'shell', text, at };
}

/** `-o ProxyCommand=…`: a line for a shell here, before anything is sent. */
export function proxied({ text, at }: Word): readonly Said[] {
  const line = /^(?:ProxyCommand|LocalCommand|KnownHostsCommand)[= ]{1,4}(.+)$/is.exec(text.trimStart())?.[1];
  return line && line !== 'none' ? [{ nested: 'shell', text: line, at }] : [];
}
