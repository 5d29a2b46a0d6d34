import { follow, type Command, type Program, type Said } from '../../core/program.ts';
import { requestEffects } from '../../core/request.ts';
import { readArguments } from '../../core/shell/flags.ts';
import type { Word } from '../../core/shell/words.ts';
import { inputOf, readFile, request } from './request.ts';

const values =
  '-X --method -f --raw-field -F --field -H --header --input -q --jq -t --template --hostname --cache -p --preview --form'.split(
    ' ',
  );

/** `gh api …` and `glab api …`: a request to the service they belong to; everything else is the table's. */
export function withApi(host: string, base: string, otherwise: Program | undefined): Program {
  return (command, machine) =>
    command.words[1]?.text === 'api' ? api(command, host, base) : (otherwise?.(command, machine) ?? []);
}

function api(command: Command, host: string, base: string): readonly Said[] {
  const given = readArguments(command.words.slice(2), { values });
  const [path] = given.operands;
  if (!path || given.has('--help')) return [];
  const fields = given.all('-f', '--raw-field', '-F', '--field', '--form');
  const input = given.value('--input');
  const method =
    given.value('-X', '--method')?.text.toUpperCase() ?? (fields.length || input ? 'POST' : 'GET');
  const there = given.value('--hostname')?.text ?? host;
  const url: Word = { ...path, text: addressOf(path.text, there, base) };
  const isGraphql = /(?:^|\/)graphql$/.test(path.text);
  const query = fields.find(({ text }) => text.startsWith('query='));
  const fromFile = query && /^query=@(.+)$/s.exec(query.text)?.[1];
  const body =
    input?.text === '-'
      ? inputOf(command)
      : fields.length && !fromFile
        ? bodyOf(fields, isGraphql)
        : undefined;
  return [
    ...requestEffects(
      request({ method, url, headers: given.all('-H', '--header'), ...(!fromFile && body && { body }) }),
    ),
    ...(fromFile ? [follow({ to: 'body', path: fromFile, method, url: url.text }, path.at)] : []),
    ...(input && input.text !== '-'
      ? [
          readFile(input, input.text),
          follow({ to: 'body', path: input.text, method, url: url.text }, input.at),
        ]
      : []),
    ...given.all('-F', '--field').flatMap(word => {
      const file = /^[^=]+=@(.+)$/s.exec(word.text)?.[1];
      return file && file !== '-' ? [readFile(word, file)] : [];
    }),
  ];
}

function addressOf(path: string, host: string, base: string): string {
  return /^https?:\/\//.test(path) ? path : `https://${host}${base}/${path.replace(/^\//, '')}`;
}

/** The fields as JSON; of GraphQL those beside `query` are its variables. */
function bodyOf(fields: readonly Word[], isGraphql: boolean): Word | undefined {
  const [first] = fields;
  if (!first) return undefined;
  const entries = fields.map(({ text }) => {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    return [key, value] as const;
  });
  const { query, operationName, ...variables } = Object.fromEntries(entries);
  const body = isGraphql ? { query, operationName, variables } : Object.fromEntries(entries);
  return { ...first, text: JSON.stringify(body), known: fields.every(word => word.known) };
}
