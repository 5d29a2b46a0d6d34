import { connectionIn } from '../../core/connection.ts';
import type { Reach, Resource } from '../../core/model.ts';
import { mongo as told } from '../../core/mongo.ts';
import { unknown, type Program, type Said } from '../../core/program.ts';
import { readArguments, type Arguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { fed, isWhollyUnseen, list, variableOf } from './client.ts';

/*
 * MongoDB's shell and tools; not checked against their manuals.
 */

const connecting =
  '--host -h --port -u --username -p --password --authenticationDatabase --authenticationMechanism --uri -d --db -c --collection';

/** JavaScript in `--eval`, in files, or from its input. Without an address it is this machine's. */
const shell: Program = command => {
  const [, ...rest] = command.words;
  const given = readArguments(rest, {
    values: [...list(connecting), '--eval', '--file', '-f', '--json', '--tlsCAFile'],
  });
  if (given.has('--help', '--version')) return [];
  const files = [
    ...given.all('-f', '--file'),
    ...given.operands.filter(({ text }) => /\.(?:js|mongodb|mjs|cjs)$/.test(text)),
  ];
  const place = given.operands.find(word => !files.includes(word));
  const reach = reachOf(given, place, '127.0.0.1');
  const texts = given.all('--eval');
  const script = ({ text, known, at }: Pick<Word, 'text' | 'known' | 'at'>): readonly Said[] =>
    !known && isWhollyUnseen(text)
      ? [unknown('a script that is made while it runs', at)]
      : [...told(text, at, reach), { nested: 'code', language: 'javascript', text, at }];
  const file = ({ text, known, wild, at }: Word): Said =>
    known && !wild
      ? { does: 'follow', lead: { to: 'file', path: text, as: 'mongo', reach }, at }
      : unknown('a script that is not named', at);
  return [
    ...texts.flatMap(script),
    ...files.map(file),
    ...(texts.length || files.length ? [] : fed(command, script, file)),
  ];
};

const restore: Program = tool('--nsInclude --nsExclude --nsFrom --nsTo --archive --dir -j', ({ has }) =>
  has('--dryRun') ? undefined : has('--drop') ? ['destroy', 'table'] : ['change', 'rows'],
);

export const mongo: Readonly<Record<string, Program>> = {
  mongosh: shell,
  mongo: shell,
  mongorestore: restore,
  mongoimport: tool('--file --type --fields -f --fieldFile --mode --upsertFields', ({ has }) =>
    has('--drop') ? ['destroy', 'table'] : ['change', 'rows'],
  ),
};

function tool(
  values: string,
  about: (given: Arguments) => readonly ['destroy' | 'change', Resource] | undefined,
): Program {
  return ({ words: [, ...rest], at }) => {
    const given = readArguments(rest, { values: [...list(connecting), ...list(values)] });
    const doing = given.has('--help', '--version') ? undefined : about(given);
    if (!doing) return [];
    const [does, what] = doing;
    const reach = reachOf(given, undefined, '127.0.0.1');
    const name = given.value('-c', '--collection')?.text;
    const effect = { what, service: 'mongodb', reach, at, ...(name !== undefined && { name }) };
    return [does === 'destroy' ? { does, all: true, ...effect } : { does, ...effect }];
  };
}

function reachOf({ value }: Arguments, place: Word | undefined, otherwise: string): Reach {
  const url = value('--uri') ?? place;
  const host = value('--host', '-h');
  const variable = variableOf(url) ?? variableOf(host);
  if (variable !== undefined) return { variable };
  const database = value('-d', '--db')?.text;
  const named = { ...(database !== undefined && { database }) };
  if (url && /:\/\//.test(url.text)) {
    const connection = connectionIn(url.text);
    return connection?.here
      ? { host: 'localhost', ...connection.reach, ...named }
      : { ...connection?.reach, ...named };
  }
  // `mongosh shop`, `mongosh db.example.com/shop`, `mongosh db.example.com:27017`.
  const [, near, name] = /^([\w.-]+(?::\d+)?)\/([\w-]+)$/.exec(url?.text ?? '') ?? [];
  const isHost = /[.:]/.test(url?.text ?? '');
  const there = host?.text ?? near ?? (isHost ? url?.text : undefined) ?? otherwise;
  const its = name ?? (isHost ? undefined : url?.text);
  return {
    host: there.replace(/^[^/]*\/(?=.)/, '').replace(/:\d+(?=,|$)/g, ''),
    ...(its !== undefined && { database: its }),
    ...named,
  };
}
