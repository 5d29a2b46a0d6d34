import { destroyedBy, mutations } from './graphql.ts';
import type { Reach, Span } from './model.ts';
import { unknown, type Said } from './program.ts';
import { resourceOf, takesAway, wordsOf } from './resources.ts';
import type { Word } from './shell/words.ts';
import { hostOf } from './urls.ts';

/** An HTTP request as far as a command says it. */
export interface Request {
  readonly method: string;
  readonly url: Word;
  readonly headers: readonly Word[];
  readonly body?: Pick<Word, 'text' | 'known' | 'at'>;
  /** `user:password`. */
  readonly user?: Word;
}

/** What a request does: what it sends, what it destroys over there, which credential it carries. */
export function requestEffects(request: Request): readonly Said[] {
  const reach: Reach = { host: hostOf(request.url.text) };
  const [url, at] = [request.url.text, request.url.at];
  const asks = /^(?:GET|HEAD|OPTIONS)$/.test(request.method);
  return [
    asks ? { does: 'fetch', reach, url, at } : { does: 'send', method: request.method, reach, url, at },
    ...(asks ? [] : destroyed(request, reach)),
    ...credentials(request, reach),
  ];
}

function destroyed(request: Request, reach: Reach): readonly Said[] {
  const { method, url, body } = request;
  const path = pathOf(url.text);
  const steps = path.split('/').filter(Boolean);
  const words = steps.flatMap(wordsOf);
  if (method === 'DELETE' || (method === 'POST' && takesAway(words)))
    return [
      {
        does: 'destroy',
        what: resourceOf(words),
        service: 'api',
        name: steps.at(-1) ?? reach.host ?? '',
        all: false,
        reach,
        at: url.at,
      },
    ];
  return body && isGraphql(path, body.text) ? byMutation(body, reach) : [];
}

/** What a body does that was found apart from its request. */
export function bodyEffects(text: string, method: string, url: string, at: Span): readonly Said[] {
  const reach: Reach = { host: hostOf(url) };
  return method !== 'GET' && isGraphql(pathOf(url), text) ? byMutation({ text, known: true, at }, reach) : [];
}

function isGraphql(path: string, body: string): boolean {
  return /graphql|gql/i.test(path) || /"query"\s*:|^\s*mutation\b/.test(body);
}

/** The mutation's fields name what is destroyed. A body that cannot be read may be anything. */
function byMutation(body: Pick<Word, 'text' | 'known' | 'at'>, reach: Reach): readonly Said[] {
  const query = queryOf(body.text);
  const read = query === undefined ? undefined : mutations(query);
  if (!read || (!read.read && /\bmutation\b/.test(body.text))) {
    const field =
      /\b([a-z]\w*(?:Delete|Destroy|Remove|Purge|Wipe|Reset)\w*|(?:delete|destroy|remove|purge|wipe|drop)\w*)\b/.exec(
        body.text,
      )?.[1];
    if (field)
      return [
        {
          does: 'destroy',
          what: resourceOf(wordsOf(field)),
          service: 'graphql',
          name: field,
          all: false,
          reach,
          at: body.at,
        },
      ];
    return [unknown('a GraphQL request that cannot be read', body.at)];
  }
  if (!read.read) return [];
  return read.fields.flatMap(({ name, subject }): readonly Said[] => {
    const what = destroyedBy(name);
    return what
      ? [{ does: 'destroy', what, service: 'graphql', name: subject ?? name, all: false, reach, at: body.at }]
      : [];
  });
}

function queryOf(body: string): string | undefined {
  if (/^\s*(?:mutation|query|\{\s*\w+\s*[({])/.test(body) && !/^\s*\{\s*"/.test(body)) return body;
  try {
    const parsed: unknown = JSON.parse(body);
    const [first] = Array.isArray(parsed) ? parsed : [parsed];
    return isRecord(first) && typeof first.query === 'string' ? first.query : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const secretHeader =
  /^\s*(authorization|proxy-authorization|cookie|[\w-]*(?:api-?key|token|secret|auth)[\w-]*)\s*:\s*(\S.*)$/i;
const secretParameter = /[?&]((?:access_|auth_|api_?)?(?:token|key|secret)|apikey|password)=([^&#]+)/i;

function credentials({ url, headers, user }: Request, reach: Reach): readonly Said[] {
  const inHeaders = headers.flatMap(header => {
    const match = secretHeader.exec(header.text);
    return match?.[1] && match[2]
      ? [
          carried(
            match[1].toLowerCase(),
            match[2].replace(/^(?:bearer|basic|token)\s+/i, ''),
            header.at,
            reach,
          ),
        ]
      : [];
  });
  const parameter = secretParameter.exec(url.text);
  const login = /^[a-z]+:\/\/([^/?#@]*:[^/?#@]+)@/i.exec(url.text)?.[1];
  return [
    ...inHeaders,
    ...(user ? [carried('login', user.text.replace(/^[^:]*:/, ''), user.at, reach)] : []),
    ...(parameter?.[1] && parameter[2] ? [carried(parameter[1], parameter[2], url.at, reach)] : []),
    ...(login ? [carried('login', login.replace(/^[^:]*:/, ''), url.at, reach)] : []),
  ];
}

function carried(kind: string, value: string, at: Span, reach: Reach): Said {
  const variable = /^\$\{?([A-Za-z_]\w*)/.exec(value)?.[1];
  return {
    does: 'carry',
    credential: variable ? { kind, variable } : { kind, value: value.trim() },
    reach,
    at,
  };
}

function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
}
