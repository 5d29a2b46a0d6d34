import { apiOf, rowOf, type ApiRow } from './apis.ts';
import { destroyedBy, mutations, unprotected } from './graphql.ts';
import type { Reach, Span } from './model.ts';
import { unknown, type Said } from './program.ts';
import { resourceOf, takesAway, wordsOf } from './resources.ts';
import type { Word } from './shell/words.ts';
import { hostOf, pathOf, portOf } from './urls.ts';

/** An HTTP request as far as a command says it. */
export interface Request {
  readonly method: string;
  readonly url: Word;
  readonly headers: readonly Word[];
  readonly body?: Body;
  /** `user:password`. */
  readonly user?: Word;
  /** The file of the socket it goes through, instead of to the host. */
  readonly socket?: Word;
}
type Body = Pick<Word, 'text' | 'known' | 'at'>;

/** What a request does: what it sends, what it destroys over there, which credential it carries. */
export function requestEffects(request: Request): readonly Said[] {
  const reach: Reach = { host: hostOf(request.url.text) };
  const [url, at] = [request.url.text, request.url.at];
  const asks = /^(?:GET|HEAD|OPTIONS)$/.test(request.method);
  return [
    asks ? { does: 'fetch', reach, url, at } : { does: 'send', method: request.method, reach, url, at },
    ...destroyed(request, reach),
    ...credentials(request, reach),
  ];
}

function destroyed(request: Request, reach: Reach): readonly Said[] {
  const { method, url, body } = request;
  const path = pathOf(url.text);
  const api = apiOf(reach.host ?? '', portOf(url.text), request.socket?.text);
  const row = api && rowOf(api, method, path);
  if (api && row) return byRow(row, api.service, request, reach);
  if (/^(?:GET|HEAD|OPTIONS)$/.test(method)) return [];
  const steps = path.replace(/\?.*$/s, '').split('/').filter(Boolean);
  const words = steps.flatMap(wordsOf);
  if (method === 'DELETE' || (method === 'POST' && takesAway(words) && !words.includes('password')))
    return [
      {
        does: 'destroy',
        what: resourceOf(words),
        service: api?.service ?? 'api',
        name: steps.at(-1) ?? reach.host ?? '',
        all: false,
        reach,
        at: url.at,
      },
    ];
  return body ? byBody(body, url.text, reach) : [];
}

/** What a row of a known service says of the request. */
function byRow(row: ApiRow, service: string, { url, body }: Request, reach: Reach): readonly Said[] {
  const path = pathOf(url.text);
  const name =
    path
      .replace(/\?.*$/s, '')
      .split('/')
      .filter(it => it && !/^_?(?:delete|doDelete|_delete_by_query)$/.test(it))
      .at(-1) ?? '';
  const about = { service, reach, at: url.at, ...(name && { name }) };
  if ('destroys' in row) return [{ does: 'destroy', what: row.destroys, all: row.all ?? false, ...about }];
  if ('changes' in row) return [{ does: 'change', what: row.changes, ...about }];
  if ('interrupts' in row) return [{ does: 'interrupt', what: row.interrupts, all: false, ...about }];
  if ('queries' in row) {
    const written = new RegExp(`[?&]${row.queries}=([^&#]*)`).exec(url.text)?.[1];
    const text = written === undefined ? undefined : unescaped(written);
    return [text, body?.text]
      .filter(it => it !== undefined && it !== '')
      .map((it): Said => ({ nested: 'sql', text: it ?? '', dialect: 'clickhouse', reach, at: url.at }));
  }
  return [];
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** What a body does that was found apart from its request. */
export function bodyEffects(text: string, method: string, url: string, at: Span): readonly Said[] {
  return method === 'GET' ? [] : byBody({ text, known: true, at }, url, { host: hostOf(url) });
}

function byBody(body: Body, url: string, reach: Reach): readonly Said[] {
  const path = pathOf(url);
  if (isGraphql(path, body.text)) return byMutation(body, reach);
  const sent = parsed(body.text);
  return [...byProcedure(sent, body, reach), ...bySettings(sent ?? formOf(body.text), body, reach)];
}

function isGraphql(path: string, body: string): boolean {
  return (
    /graphql|gql/i.test(path) ||
    /"query"\s*:\s*"\s*(?:mutation|query|subscription|fragment|[{#])|^\s*mutation\b|"persistedQuery"/.test(
      body,
    )
  );
}

/** The method of a remote call: `{"method": "volume.delete"}`. */
function byProcedure(sent: unknown, { at }: Body, reach: Reach): readonly Said[] {
  return (Array.isArray(sent) ? sent.slice(0, 100) : [sent]).flatMap((it): readonly Said[] => {
    const method = isRecord(it) && ('params' in it || 'jsonrpc' in it) ? it['method'] : undefined;
    if (typeof method !== 'string' || !takesAway(wordsOf(method))) return [];
    return [
      {
        does: 'destroy',
        what: resourceOf(wordsOf(method)),
        service: 'api',
        name: method,
        all: false,
        reach,
        at,
      },
    ];
  });
}

const protection =
  /^(?:(?:deletion|delete|termination|disable_?api_?termination|branch|restrict)_?(?:protection\w*|protected|enabled)?|protected|prevent_?destroy|versioning|backups?_?(?:enabled|retention\w*)?|retention\w*|pitr\w*|require_?(?:mfa|2fa)|point_?in_?time_?recovery\w*)$/i;
const off = /^(?:false|off|0|no|none|disabled?|suspended|inactive)$/i;

/** Settings that take a protection away or open something to everybody. */
function bySettings(sent: unknown, { at }: Body, reach: Reach): readonly Said[] {
  return settingsIn(sent, 0).flatMap(([name, value]): readonly Said[] => {
    const key = name.replace(/([a-z])([A-Z])/g, '$1_$2').replaceAll('-', '_');
    if (protection.test(key) && off.test(String(value)))
      return [{ does: 'destroy', what: 'protection', service: 'api', name, all: false, reach, at }];
    if (
      (/^visibility$/i.test(key) && value === 'public') ||
      (/^private$/i.test(key) && /^false$/i.test(String(value)))
    )
      return [{ does: 'change', what: 'access', service: 'api', name, reach, at }];
    if (/^(?:is_)?archived$/i.test(key) && /^true$/i.test(String(value)))
      return [{ does: 'change', what: 'resource', service: 'api', name, reach, at }];
    return [];
  });
}

function settingsIn(value: unknown, depth: number): readonly (readonly [string, unknown])[] {
  if (depth > 8 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, 200)
    .flatMap(([key, it]) => {
      if (isRecord(it)) {
        const enabled = it['enabled'] ?? it['status'] ?? it['Status'];
        return [...(enabled === undefined ? [] : [[key, enabled] as const]), ...settingsIn(it, depth + 1)];
      }
      return Array.isArray(it) ? settingsIn(it, depth + 1) : [[key, it] as const];
    });
}

function formOf(text: string): unknown {
  return /^[\w.[\]-]{1,60}=/.test(text)
    ? Object.fromEntries(
        text
          .slice(0, 8_000)
          .split('&')
          .map(pair => pair.split('=', 2))
          .map(([key = '', value = '']) => [key, value]),
      )
    : undefined;
}

/** The mutation's fields name what is destroyed. A body that cannot be read may be anything. */
function byMutation(body: Body, reach: Reach): readonly Said[] {
  const operations = operationsIn(body.text);
  if (operations === undefined || !operations.length) return [unreadMutation(body, reach)];
  return operations.flatMap(({ query, name, variables, persisted }): readonly Said[] => {
    if (query === undefined)
      return persisted
        ? [unknown('a stored GraphQL request whose text is not here', body.at)]
        : [unreadMutation(body, reach)];
    const read = mutations(query, { ...(name !== undefined && { operation: name }), variables });
    if (!read.read) return /\bmutation\b/.test(body.text) || !body.known ? [unreadMutation(body, reach)] : [];
    return read.fields.flatMap(({ name: field, subject, settings }): readonly Said[] => {
      const what = destroyedBy(field) ?? (unprotected(settings) ? 'protection' : undefined);
      return what
        ? [
            {
              does: 'destroy',
              what,
              service: 'graphql',
              name: subject ?? field,
              all: false,
              reach,
              at: body.at,
            },
          ]
        : [];
    });
  });
}

function unreadMutation({ text, at }: Body, reach: Reach): Said {
  const field =
    /\b([a-z]\w{0,60}(?:Delete|Destroy|Remove|Purge|Wipe|Reset)\w{0,60}|(?:delete|destroy|remove|purge|wipe|drop)\w{0,60})\b/.exec(
      text,
    )?.[1];
  return field
    ? {
        does: 'destroy',
        what: resourceOf(wordsOf(field)),
        service: 'graphql',
        name: field,
        all: false,
        reach,
        at,
      }
    : unknown('a GraphQL request that cannot be read', at);
}

interface Operation {
  readonly query: string | undefined;
  readonly name?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly persisted: boolean;
}

/** The operations of a body: one, or a batch. */
function operationsIn(body: string): readonly Operation[] | undefined {
  if (/^\s*(?:mutation|query|fragment|\{\s*\w+\s*[({}])/.test(body) && !/^\s*\{\s*"/.test(body))
    return [{ query: body, variables: {}, persisted: false }];
  const sent = parsed(body) ?? undefined;
  if (!isRecord(sent) && !Array.isArray(sent)) return undefined;
  return (Array.isArray(sent) ? sent.slice(0, 100) : [sent]).map((it: unknown): Operation => {
    const record = isRecord(it) ? it : {};
    const { query, operationName, variables } = record;
    return {
      query: typeof query === 'string' ? query : undefined,
      ...(typeof operationName === 'string' && operationName && { name: operationName }),
      variables: isRecord(variables) ? variables : {},
      persisted: 'extensions' in record || 'id' in record || 'documentId' in record || 'queryId' in record,
    };
  });
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const secretHeader = /^(?:authorization|proxy-authorization|cookie)$|api-?key|token|secret|auth/i;
const secretParameter = /[?&]((?:access_|auth_|api_?)?(?:token|key|secret)|apikey|password)=([^&#]+)/i;

function credentials({ url, headers, user }: Request, reach: Reach): readonly Said[] {
  const inHeaders = headers.flatMap(({ text, at }) => {
    const colon = text.indexOf(':');
    const [name, value] = [text.slice(0, Math.max(colon, 0)).trim(), text.slice(colon + 1).trim()];
    return /^[\w-]+$/.test(name) && secretHeader.test(name) && value
      ? carried(name.toLowerCase(), value.replace(/^(?:bearer|basic|token)\s+/i, ''), at, reach)
      : [];
  });
  const parameter = secretParameter.exec(url.text);
  const login = /^[a-z]+:\/\/([^/?#@:]*:[^/?#@]+)@/i.exec(url.text)?.[1];
  return [
    ...inHeaders,
    ...(user ? carried('login', user.text.replace(/^[^:]*:/, ''), user.at, reach) : []),
    ...(parameter?.[1] && parameter[2] ? carried(parameter[1], parameter[2], url.at, reach) : []),
    ...(login ? carried('login', login.replace(/^[^:]*:/, ''), url.at, reach) : []),
  ];
}

function carried(kind: string, value: string, at: Span, reach: Reach): readonly Said[] {
  const variable = /^\$(?:env:)?\{?([A-Za-z_]\w*)/.exec(value)?.[1];
  if (variable) return [{ does: 'carry', credential: { kind, variable }, reach, at }];
  return isPlaceholder(value.trim())
    ? []
    : [{ does: 'carry', credential: { kind, value: value.trim() }, reach, at }];
}

/** What stands in an example where a credential would. */
function isPlaceholder(value: string): boolean {
  return (
    value.length < 3 ||
    /^(?:pass(?:word|wd|phrase)?|changeme|change[_-]me|token|key|api[_-]?key|todo|null|none|foo|bar|baz|test|demo|\.{3}|\*+|x+|X+|value)$/i.test(
      value,
    ) ||
    /^(?:<[^>]*>|\[[^\]]*\]|\{\{?[^}]*\}\}?)$/.test(value) ||
    /^(?:your|my|the|some|insert|replace|enter)[-_ ]?\w*?(?:token|key|secret|pass|password|here)/i.test(
      value,
    ) ||
    /example|placeholder|xxxx|redacted|changeme/i.test(value)
  );
}
