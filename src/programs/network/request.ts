import { follow, type Command, type Said } from '../../core/program.ts';
import type { Request } from '../../core/request.ts';
import { fedTo } from '../../core/shell/printed.ts';
import type { Word } from '../../core/shell/words.ts';

type Loose = Omit<Request, 'body' | 'user' | 'socket'> & {
  readonly body?: Request['body'] | undefined;
  readonly user?: Word | undefined;
  readonly socket?: Word | undefined;
};

/** A request without what is not there. */
export function request({ body, user, socket, ...rest }: Loose): Request {
  return { ...rest, ...(body && { body }), ...(user && { user }), ...(socket && { socket }) };
}

/** The body as one text; from standard input where it says so. */
export function bodyOf(bodies: readonly Word[], command: Command): Request['body'] {
  const [first] = bodies;
  if (!first) return undefined;
  if (first.text === '@-') return inputOf(command);
  return {
    text: bodies.map(word => word.text).join('&'),
    known: bodies.every(word => word.known),
    at: first.at,
  };
}

/** What is fed to it, as far as that is plain. */
export function inputOf(command: Command): Request['body'] {
  const fed = fedTo(command);
  const [text] = fed?.options ?? [];
  return text === undefined ? undefined : { text, known: fed?.known ?? false, at: command.at };
}

/** A body that is kept in a file: `@file`, or `@-` with a file before it. */
export function fileBody(word: Word, method: string, url: Word, { input }: Command): readonly Said[] {
  const path = /^@([^;]+)/.exec(word.text)?.[1];
  const from = path === '-' ? (input.from === 'file' ? input.path.text : undefined) : path;
  return from === undefined || method === 'GET'
    ? []
    : [follow({ to: 'body', path: from, method, url: url.text }, word.at)];
}

export function readFile({ at }: Word, path: string): Said {
  return { does: 'read', path, at };
}

export function writeFile({ text, at }: Word): Said {
  return { does: 'write', path: text, how: 'empty', at };
}
