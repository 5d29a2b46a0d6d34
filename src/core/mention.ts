import type { Action, Attempt, Effect, Span } from './model.ts';
import type { Command } from './program.ts';
import { isLocalHost, looksLikeProduction } from './rule.ts';
import { programName } from './shell/names.ts';
import { fedTo } from './shell/printed.ts';
import { textOf } from './text.ts';
import { understand, type Understanding } from './understand.ts';
import { hostOf } from './urls.ts';
import { Line } from './written.ts';

/*
 * The texts of an attempt in which a credential could stand that somebody keeps: what it sends away, what it writes down,
 * and what it only uses here. Whether one stands in them is for the world to say. What a script holds that was there
 * before is not the agent's to hand on, and is not looked at.
 */

/** What an attempt would bring about, the texts that it hands on among it. Pure; never throws. */
export function understandWhole(attempt: Attempt, given: Understanding): readonly Effect[] {
  const line = new Line();
  return single(attempt.action).flatMap(action => {
    const used: Used[] = [];
    const effects = understand(
      { ...attempt, action },
      { ...given, line, used: (command, own) => void used.push({ command, effects: own }) },
    );
    return [...effects, ...mentions(action, effects, used)];
  });
}

interface Used {
  readonly command: Command;
  readonly effects: readonly Effect[];
}

/** A piece of text that goes the same way as a whole. */
interface Piece {
  readonly to: 'away' | 'kept' | 'used';
  readonly path?: string | undefined;
  readonly text: string;
  readonly at: Span;
}

function single(action: Action): readonly Action[] {
  return action.kind === 'several' ? action.actions.flatMap(single) : [action];
}

function mentions(action: Action, effects: readonly Effect[], used: readonly Used[]): readonly Effect[] {
  const line = action.kind === 'shell' || action.kind === 'exec' ? textOf(action) : undefined;
  const groups = new Map<string, { readonly first: Piece; readonly texts: Set<string>; length: number }>();
  for (const piece of pieces(action, effects, used)) {
    if (!couldHold(piece.text)) continue;
    // What stands in the line as it is written is found there.
    if (piece.to === 'used' && line !== undefined && piece.text !== line && line.includes(piece.text))
      continue;
    const key = `${piece.to} ${piece.path ?? ''}`;
    const group = groups.get(key) ?? { first: piece, texts: new Set(), length: 0 };
    groups.set(key, group);
    if (group.length > longest || group.texts.has(piece.text)) continue;
    group.texts.add(piece.text);
    group.length += piece.text.length;
  }
  return [...groups.values()].flatMap(({ first: { to, path, at }, texts, length }): readonly Effect[] => [
    { does: 'mention', text: [...texts].join('\n'), to, at, ...(path !== undefined && { path }) },
    ...(length > longest
      ? [{ does: 'unknown', why: 'more text than can be looked through for credentials', at } as const]
      : []),
  ]);
}

/** Characters of what goes one way. No person could review as many. */
const longest = 2_000_000;

/**
 * Whether a credential that is worth tracing could stand in it, in any form: eight characters without a blank, among them
 * a digit or a capital. Most lines have none.
 */
export function couldHold(text: string): boolean {
  for (const [run] of text.matchAll(/\S{8,}/g)) if (/[0-9A-Z]/.test(run)) return true;
  return false;
}

function pieces(action: Action, effects: readonly Effect[], used: readonly Used[]): readonly Piece[] {
  const at: Span = [0, textOf(action).length];
  const own = (to: Piece['to'], ...texts: readonly string[]) => texts.map(text => ({ to, text, at }));
  const leaves = effects.some(isLeaving);
  switch (action.kind) {
    case 'shell':
    case 'exec':
      return [...ofLine(action, effects, used), ...effects.flatMap(ofEffect)];
    case 'sql':
    case 'code':
      return [...own(leaves ? 'away' : 'used', textOf(action)), ...effects.flatMap(ofEffect)];
    case 'file':
      return action.access === 'write' ? ofWrite(action, effects, at) : [];
    case 'search':
      return own('used', action.query);
    case 'web':
      return own(isNear(hostOf(action.url)) ? 'used' : 'away', action.url);
    case 'request':
      return own(isNear(hostOf(action.url)) ? 'used' : 'away', action.url, action.body);
    case 'tool':
      // A server is another program, and nobody sees where it sends what it is given.
      return own(leaves || !staysHere(strings(action.input)) ? 'away' : 'used', ...strings(action.input));
    case 'command':
    case 'unreadable':
      return own('used', ...strings(action.input));
    case 'follow':
    case 'several':
    case 'harmless':
      return [];
  }
}

function ofWrite(
  { text, fresh }: Action & { readonly kind: 'file' },
  effects: readonly Effect[],
  at: Span,
): readonly Piece[] {
  const written = fresh ?? text;
  const path = effects.find(it => it.does === 'write')?.path;
  return written === undefined ? [] : [{ to: 'kept', path, text: written, at }];
}

/** What code worked out: an address put together, a credential in a header, a text that is written. */
function ofEffect(effect: Effect): readonly Piece[] {
  const { at } = effect;
  switch (effect.does) {
    case 'write':
      return effect.text === undefined ? [] : [{ to: 'kept', path: effect.path, text: effect.text, at }];
    case 'send':
    case 'fetch':
      return effect.url === undefined
        ? []
        : [{ to: isLeaving(effect) ? 'away' : 'used', text: effect.url, at }];
    case 'carry': {
      const { value } = effect.credential;
      return value === undefined ? [] : [{ to: isLeaving(effect) ? 'away' : 'used', text: value, at }];
    }
    default:
      return [];
  }
}

/** The line as it is written, and each of its commands as it runs: quotes, variables and escapes undone. */
function ofLine(
  action: Action & { readonly kind: 'shell' | 'exec' },
  effects: readonly Effect[],
  used: readonly Used[],
): readonly Piece[] {
  const line = textOf(action);
  const away = new Set(used.filter(isAway).map(it => it.command));
  // What other shells hand over need not be among the words of a command: a table of headers, an object.
  const other = action.kind === 'shell' && action.dialect !== 'posix' && away.size > 0;
  const unread = effects.some(it => it.does === 'unknown') && (away.size > 0 || networked.test(line));
  const goes = (command: Command | undefined, depth = 0): boolean =>
    command !== undefined && depth < deepestPipe && (away.has(command) || goes(command.into, depth + 1));
  return [
    { to: other || unread ? 'away' : 'used', text: line, at: [0, line.length] },
    ...used.flatMap((it): readonly Piece[] => {
      const { command } = it;
      const { at } = command;
      const path = it.effects.find(effect => effect.does === 'write')?.path;
      const to =
        goes(command) || (away.size > 0 && exports.test(nameOf(command)))
          ? 'away'
          : keeps(it)
            ? 'kept'
            : 'used';
      return textsOf(command).map(text => ({ to, text, at, ...(to === 'kept' && { path }) }));
    }),
  ];
}

const deepestPipe = 32;

/** What a command is given: its words, the variables set for it, what is fed to it as far as that is plain. */
function textsOf(command: Command): readonly string[] {
  const { words, set = [], input } = command;
  return [
    ...words.map(word => word.text),
    ...set.flatMap(({ name, value }) => value.options.map(option => `${name}=${option}`)),
    ...(input.from === 'nowhere' || input.from === 'file' ? [] : (fedTo(command)?.options ?? [])),
  ];
}

function nameOf({ words: [first] }: Command): string {
  return programName(first?.text ?? '').toLowerCase();
}

/** Whether what it is given leaves this machine, or may: nobody can follow what a client of a service does with it. */
function isAway({ command, effects }: Used): boolean {
  const name = nameOf(command);
  if (effects.some(isLeaving)) return true;
  if (writers.has(name) || harmless.has(name)) return false;
  const texts = textsOf(command);
  const hosts = texts.flatMap(hostsIn);
  if (databases.has(name)) return [...hosts, ...hostOptions(command)].some(it => !isNear(it));
  const verb = command.words[1]?.text ?? '';
  if (Object.hasOwn(verbs, name) && verbs[name]?.test(verb)) return true;
  if (name === 'git' && !talking.test(verb)) return false;
  if (clients.has(name)) return !hosts.length || hosts.some(it => !isNear(it));
  return hosts.some(it => !isNear(it));
}

function isLeaving(effect: Effect): boolean {
  switch (effect.does) {
    case 'send':
    case 'fetch':
    case 'carry':
      return !isNear(effect.reach.host ?? '');
    case 'publish':
      return true;
    default:
      return false;
  }
}

/** On this machine or its network: names without a dot are those of containers and of local networks. */
function isNear(host: string): boolean {
  return isLocalHost(host) || (/^[\w-]+$/.test(host) && !looksLikeProduction(host));
}

function hostsIn(text: string): readonly string[] {
  const [, ...behind] = text.split('://');
  return behind.map(rest => hostOf(`x://${/^[^\s'"<>]{0,400}/.exec(rest)?.[0] ?? ''}`));
}

function hostOptions({ words }: Command): readonly string[] {
  return words.flatMap(({ text }, index) => {
    if (/^(?:-h|-H|--host|--server|-S)$/.test(text)) return words[index + 1]?.text ?? [];
    return /^(?:--host=|-h(?=[\w.-]+\.))(.+)$/.exec(text)?.[1] ?? [];
  });
}

function staysHere(texts: readonly string[]): boolean {
  const hosts = texts.flatMap(hostsIn);
  return hosts.length > 0 && hosts.every(isNear);
}

/** Whether it writes what it is given into something that stays. */
function keeps({ command, effects }: Used): boolean {
  const name = nameOf(command);
  const writes = effects.some(it => it.does === 'write' && !it.path.startsWith('/dev/'));
  return (writes && writers.has(name)) || (name === 'git' && keeping.test(command.words[1]?.text ?? ''));
}

const keeping = /^(?:commit|tag|notes|config|remote|merge|stash|branch)$/;
const talking = /^(?:push|fetch|pull|clone|ls-remote|submodule|lfs)$/;
const exports = /^(?:export|declare|typeset|setx?)$/;
/** Programs that talk to other machines for some of what they do. */
const verbs: Readonly<Record<string, RegExp>> = Object.fromEntries(
  [
    ['docker podman nerdctl buildah skopeo crane', /^(?:login|push)$/],
    ['npm pnpm yarn bun cargo gem poetry', /^(?:login|publish|push|adduser|add-user|owner)$/],
  ].flatMap(([names, verb]) =>
    String(names)
      .split(' ')
      .map(name => [name, verb as RegExp]),
  ),
);
const networked = /\b(?:curl|wget|https?|ssh|scp|rsync|nc|ncat|socat|telnet|fetch|requests|urllib)\b/i;

/** Programs that print their own words, or a text they are fed. */
const writers = new Set(
  'echo printf cat tee sed perl awk gawk ed ex dd jq yq node deno bun python python3 ruby php add-content set-content out-file new-item write-output write-host'.split(
    ' ',
  ),
);
const harmless = new Set(
  'grep rg ag ack fgrep egrep ls test [ true : cd base64 xxd od wc tr cut sort head tail'.split(' '),
);
const databases = new Set(
  'psql pg_dump pg_dumpall pg_restore mysql mysqldump mariadb mariadb-dump mongosh mongo mongodump mongorestore redis-cli valkey-cli sqlcmd bcp sqlplus cqlsh clickhouse-client cockroach usql pgcli mycli'.split(
    ' ',
  ),
);

/** Programs that talk to other machines by nature. */
const clients = new Set(
  `curl wget wget2 http https httpie xh xhs curlie aria2c lynx links w3m nc ncat netcat socat telnet ssh scp sftp ftp lftp rsync sshpass
  git gh glab hub tea aws gcloud gsutil bq az azcopy doctl heroku fly flyctl railway vercel netlify wrangler supabase neonctl neon pscale
  turso render doppler op vault stripe twilio firebase hcloud linode-cli oci ibmcloud aliyun eb cf terraform tofu pulumi helm kubectl oc
  argocd flux nomad consul sentry-cli snyk twine mail mailx mutt sendmail ngrok cloudflared rclone s3cmd mc
  invoke-webrequest invoke-restmethod iwr irm`.split(/\s+/),
);

/** The texts in an input of any shape: values and keys. */
function strings(input: unknown, depth = 0): readonly string[] {
  if (typeof input === 'string') return [input];
  if (typeof input !== 'object' || input === null) return [];
  if (depth > deepestInput) return [JSON.stringify(input)];
  return Array.isArray(input)
    ? input.flatMap(it => strings(it, depth + 1))
    : Object.entries(input).flatMap(([key, it]) => [key, ...strings(it, depth + 1)]);
}

const deepestInput = 64;
