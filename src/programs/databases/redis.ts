import { connectionIn } from '../../core/connection.ts';
import type { Doing, Reach, Resource, Span } from '../../core/model.ts';
import { unknown, type Command, type Program, type Said } from '../../core/program.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { fed, isWhollyUnseen, variableOf } from './client.ts';

/*
 * redis-cli and its like; options and commands not checked against their manuals.
 */

const options = {
  values: (
    '-h -p -s -a -u -r -i -n -X -d -D -t -b --user --pass --sni --cacert --cacertdir --cert --key --tls-ciphers --rdb ' +
    '--functions-rdb --eval --pattern --quoted-pattern --count --intrinsic-latency --lru-test --pipe-timeout --ldb'
  ).split(' '),
  early: true,
} as const;

/** A command that stands in the arguments, or the lines it is fed. */
const redisCli: Program = command => {
  const [, ...rest] = command.words;
  const given = readArguments(rest, options);
  const reach = reachOf(given);
  if (given.has('--help', '--version', '-v')) return [];
  const cluster = rest.findIndex(({ text }) => text === '--cluster');
  if (cluster >= 0) return clusterWide(rest.slice(cluster + 1), reach);
  const script = given.value('--eval');
  if (script) return [unknown('a script that runs in the database', script.at)];
  const copy = given.value('--rdb', '--functions-rdb');
  if (copy) return copy.text === '-' ? [] : [{ does: 'write', path: copy.text, how: 'empty', at: copy.at }];
  if (given.operands.length) return told(given.operands, reach, command.at);
  if (given.has('--scan', '--bigkeys', '--memkeys', '--hotkeys', '--stat', '--latency', '--latency-history'))
    return [];
  return fed(
    command,
    ({ text, known, at }) =>
      !known && isWhollyUnseen(text)
        ? [unknown('commands that are made while it runs', at)]
        : text.split('\n').flatMap(line => told(wordsIn(line, known, at), reach, at)),
    ({ at }) => unknown('commands for a database, in a file', at),
  );
};

export const redis: Readonly<Record<string, Program>> = {
  'redis-cli': redisCli,
  'valkey-cli': redisCli,
  'keydb-cli': redisCli,
  iredis: redisCli,
  rdcli: redisCli,
  redli: redisCli,
  FLUSHALL: bare,
  flushall: bare,
  FLUSHDB: bare,
  flushdb: bare,
};

/** What a line of text that is typed into the client would be typed as. */
function wordsIn(line: string, known: boolean, at: Span): readonly Word[] {
  return (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map(text => ({
    text: /^["']/.test(text) ? text.slice(1, -1) : text,
    known,
    wild: false,
    at,
  }));
}

/** By itself in a shell it is nothing; whoever writes it means the database. */
function bare({ words, at }: Command): readonly Said[] {
  const isAlone = words.slice(1).every(({ text }) => /^(?:a?sync);?$/i.test(text));
  const name = words[0]?.text ?? '';
  return isAlone ? told(words, {}, at) : [{ does: 'run', program: name, origin: 'unfamiliar', at }];
}

type Told = Doing | 'unread' | undefined;
type Does = (rest: readonly Word[], reach: Reach) => Told;

/** What the commands do that take something away or steer the server. What has no row reads, or writes a key. */
const commands: Readonly<Record<string, Does>> = {
  FLUSHALL: destroys('database'),
  FLUSHDB: destroys('database'),
  SWAPDB: changes('database'),
  DEL: keys,
  UNLINK: keys,
  SHUTDOWN: interrupts,
  FAILOVER: interrupts,
  DEBUG: ([sub], reach) => (/^(?:object|jmap)$/i.test(sub?.text ?? '') ? undefined : interrupts([], reach)),
  REPLICAOF: replicates,
  SLAVEOF: replicates,
  MIGRATE: keys,
  CONFIG: config,
  SCRIPT: ([sub], reach) => (/^flush$/i.test(sub?.text ?? '') ? destroys('code')([], reach) : undefined),
  FUNCTION: ([sub], reach) =>
    /^(?:flush|delete|restore)$/i.test(sub?.text ?? '') ? destroys('code')([], reach) : undefined,
  CLUSTER: ([sub], reach) =>
    /^(?:reset|failover|forget|delslots|delslotsrange|flushslots)$/i.test(sub?.text ?? '')
      ? destroys('cluster')([], reach)
      : /^(?:addslots|addslotsrange|meet|replicate|setslot)$/i.test(sub?.text ?? '')
        ? changes('cluster')([], reach)
        : undefined,
  ACL: ([sub, name], reach) =>
    /^(?:deluser|setuser|load)$/i.test(sub?.text ?? '') ? gone('access', name?.text, reach) : undefined,
  CLIENT: ([sub], reach) => (/^(?:kill|pause)$/i.test(sub?.text ?? '') ? interrupts([], reach) : undefined),
  MODULE: ([sub]) => (/^(?:load|loadex|unload)$/i.test(sub?.text ?? '') ? 'unread' : undefined),
  EVAL: lua,
  EVALSHA: () => 'unread',
  FCALL: () => 'unread',
  XGROUP: ([sub, name], reach) =>
    /^destroy$/i.test(sub?.text ?? '') ? gone('queue', name?.text, reach) : undefined,
  'FT.DROPINDEX': destroys('table'),
  'FT.DROP': destroys('table'),
  'JSON.DEL': keys,
  'GRAPH.DELETE': destroys('table'),
};

const writing =
  /^(?:SET|MSET|MSETNX|SETEX|SETNX|PSETEX|GETSET|GETDEL|APPEND|INCR\w*|DECR\w*|H(?:SET|MSET|DEL|INCR)\w*|[LR](?:PUSH|POP|SET|REM|TRIM|INSERT|MOVE)\w*|S(?:ADD|REM|POP|MOVE)\w*|Z(?:ADD|REM|INCR)\w*|X(?:ADD|DEL|TRIM)|EXPIRE\w*|PEXPIRE\w*|PERSIST|RENAME\w*|COPY|MOVE|RESTORE|GEOADD|PFADD|SETBIT|BITOP|JSON\.SET|FT\.CREATE)$/;

function told([first, ...rest]: readonly Word[], reach: Reach, at: Span): readonly Said[] {
  if (!first) return [];
  if (!first.known) return [unknown('a command for a database that is made while it runs', first.at)];
  const name = first.text.toUpperCase();
  const does = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const doing = does ? does(rest, reach) : writing.test(name) ? changes('rows')(rest, reach) : undefined;
  if (doing === undefined) return [];
  return [doing === 'unread' ? unknown('code that runs in the database', first.at) : { ...doing, at }];
}

function destroys(what: Resource): Does {
  return ([name], reach) => gone(what, name && !/^a?sync$/i.test(name.text) ? name.text : undefined, reach);
}

function gone(what: Resource, name: string | undefined, reach: Reach): Doing {
  const all = what === 'database' || what === 'code';
  return { does: 'destroy', what, service: 'redis', all, reach, ...(name !== undefined && { name }) };
}

function changes(what: Resource): Does {
  return ([name], reach) => ({
    does: 'change',
    what,
    service: 'redis',
    reach,
    ...(name && { name: name.text }),
  });
}

function interrupts(_: readonly Word[], reach: Reach): Doing {
  return { does: 'interrupt', what: 'database', service: 'redis', all: true, reach };
}

/** Keys by name are as rows by a condition; what is not seen may be every key. */
function keys(rest: readonly Word[], reach: Reach): Told {
  const isSeen = rest.length > 0 && rest.every(word => word.known && !word.wild && !word.text.includes('*'));
  return isSeen ? changes('rows')(rest, reach) : gone('rows', undefined, reach);
}

/** A replica takes the data of its master in the place of its own. */
function replicates([host]: readonly Word[], reach: Reach): Told {
  return /^no$/i.test(host?.text ?? '') ? interrupts([], reach) : gone('database', undefined, reach);
}

/** Settings by which data is kept, and by which others get in. */
const guarding =
  /^(?:requirepass|masterauth|protected-mode|bind|dir|dbfilename|appendonly|appendfilename|save|aclfile|maxmemory-policy|rename-command|enable-\w[\w-]*)$/i;

function config([sub, name]: readonly Word[], reach: Reach): Told {
  if (!/^(?:set|rewrite|resetstat)$/i.test(sub?.text ?? '')) return undefined;
  return guarding.test(name?.text ?? '')
    ? gone('protection', name?.text, reach)
    : changes('database')(name ? [name] : [], reach);
}

const readingLua = /redis\.(?:call|pcall)\(\s{0,8}['"](\w+)/gi;

/** A script whose calls stand there by name. */
function lua([text]: readonly Word[], reach: Reach): Told {
  const script = text?.known ? text.text : '';
  const calls = [...script.matchAll(readingLua)].map(([, name = '']) => name.toUpperCase());
  const all = script.match(/redis\.p?call/gi) ?? [];
  if (!script || calls.length < all.length || /load|dofile|require/.test(script)) return 'unread';
  if (calls.some(name => Object.hasOwn(commands, name)))
    return calls.some(name => name.startsWith('FLUSH')) ? gone('database', undefined, reach) : 'unread';
  return calls.some(name => writing.test(name)) ? changes('rows')([], reach) : undefined;
}

/** `redis-cli --cluster call host:port flushall`, and what takes nodes away. */
function clusterWide([verb, place, ...rest]: readonly Word[], before: Reach): readonly Said[] {
  if (!verb) return [];
  const host = place?.known ? place.text.replace(/:\d+$/, '') : undefined;
  const reach = host ? { host } : before;
  switch (verb.text) {
    case 'call':
      return told(
        rest.filter(({ text }) => !text.startsWith('--')),
        reach,
        verb.at,
      );
    case 'del-node':
    case 'fix':
      return [{ ...gone('cluster', undefined, reach), at: verb.at }];
    case 'check':
    case 'info':
    case 'help':
    case 'backup':
      return [];
    default:
      return [{ does: 'change', what: 'cluster', service: 'redis', reach, at: verb.at }];
  }
}

/** Without a host it is this machine's. */
function reachOf({ value, has }: Arguments): Reach {
  const url = value('-u');
  const host = value('-h');
  const database = value('-n')?.text;
  const variable = variableOf(url) ?? variableOf(host);
  if (variable !== undefined) return { variable };
  if (url) {
    const connection = connectionIn(url.text);
    return connection?.here ? { host: 'localhost', ...connection.reach } : (connection?.reach ?? {});
  }
  return {
    host: host?.text ?? (has('-s') ? 'localhost' : '127.0.0.1'),
    ...(database !== undefined && { database }),
  };
}
