import type { Command, Said } from '../../core/program.ts';
import { requestEffects } from '../../core/request.ts';
import { readArguments } from '../../core/shell/flags.ts';
import { programName } from '../../core/shell/names.ts';
import type { Word } from '../../core/shell/words.ts';
import { fileBody, inputOf, readFile, request, writeFile } from './request.ts';

const values =
  '-a --auth -A --auth-type -o --output --session --session-read-only --raw --timeout --proxy --verify --cert --cert-key -s --style -p --print --max-redirects --boundary --bearer --format-options --response-charset --response-mime'.split(
    ' ',
  );

/** HTTPie and xh: `http DELETE url header:value field=text field:=json field@file`. From their documentation; not checked against it. */
export function httpie(command: Command): readonly Said[] {
  const [name, ...rest] = command.words;
  const given = readArguments(rest, { values });
  const [first, second] = given.operands;
  if (!first || given.has('--offline')) return [];
  const isMethod =
    second !== undefined && /^(?:get|post|put|patch|delete|head|options|[A-Z]{3,10})$/.test(first.text);
  const address = isMethod ? second : first;
  const items = given.operands.slice(isMethod ? 2 : 1);
  const fields = items.filter(({ text }) => isField(text));
  const raw = given.value('--raw');
  const whole = items.find(({ text }) => text.startsWith('@'));
  const input = inputOf(command);
  const sends =
    fields.length > 0 ||
    raw !== undefined ||
    whole !== undefined ||
    input !== undefined ||
    command.input.from === 'file';
  const method = isMethod ? first.text.toUpperCase() : sends ? 'POST' : 'GET';
  const url = { ...address, text: addressOf(address.text, programName(name?.text ?? '')) };
  const bearer = given.value('--bearer');
  const headers = [
    ...items.flatMap(word => {
      const header = /^([\w-]+):(?!=|\/\/)(.*)$/s.exec(word.text);
      return header ? [{ ...word, text: `${header[1]}: ${header[2]}` }] : [];
    }),
    ...(bearer ? [{ ...bearer, text: `Authorization: Bearer ${bearer.text}` }] : []),
  ];
  const body = raw ?? (fields.length ? bodyOf(fields) : input);
  return [
    ...requestEffects(request({ method, url, headers, user: given.value('-a', '--auth'), body })),
    ...items.flatMap(word => {
      const path = /^[\w.[\]-]*(?::?=)?@(.+)$/s.exec(word.text)?.[1];
      return path ? [readFile(word, path)] : [];
    }),
    ...(whole ? fileBody(whole, method, url, command) : []),
    ...(command.input.from === 'file' && !fields.length
      ? fileBody({ ...first, text: '@-' }, method, url, command)
      : []),
    ...given.all('-o', '--output').map(writeFile),
  ];
}

/** `field=text` and `field:=json`; `field==text` stands in the address. */
function isField(text: string): boolean {
  return /^[^:=@]+(?::=|=)(?![=@])/.test(text);
}

function bodyOf(fields: readonly Word[]): Word | undefined {
  const [first] = fields;
  if (!first) return undefined;
  const entries = fields.map(({ text }) => {
    const [, key = '', mark, value = ''] = /^([^:=@]+)(:=|=)(.*)$/s.exec(text) ?? [];
    return `${JSON.stringify(key)}:${mark === ':=' ? value : JSON.stringify(value)}`;
  });
  return { ...first, text: `{${entries.join(',')}}`, known: fields.every(word => word.known) };
}

/** `:3000/x` is this machine; what names no scheme has that of the program's name. */
function addressOf(text: string, program: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  const scheme = program.endsWith('s') ? 'https' : 'http';
  return `${scheme}://${/^:(?!:)/.test(text) ? `localhost${/^:\d/.test(text) ? text : text.slice(1)}` : text}`;
}
